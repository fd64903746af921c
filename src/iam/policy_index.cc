#include "iam/policy_index.h"

#include <boost/unordered/unordered_flat_map.hpp>
#include <string>
#include <utility>

#include "iam/glob.h"

namespace sallyport::iam {
namespace {

using Numbers = std::vector<std::uint32_t>;
using ByName = boost::unordered_flat_map<std::string_view, Numbers>;

struct Service {
  ByName literal;
  ByName wild;  // by encoded pattern
};

// A policy comes with its statements one after the other.
void note(Numbers& numbers, std::uint32_t number) {
  if (numbers.empty() || numbers.back() != number) numbers.push_back(number);
}

}  // namespace

struct PolicyIndex::Patterns {
  boost::unordered_flat_map<std::string_view, Service> services;
};

PolicyIndex::PolicyIndex(std::vector<const CompiledPolicy*> policies)
    : policies_(std::move(policies)), patterns_(std::make_unique<Patterns>()) {
  for (std::uint32_t number = 0; number < policies_.size(); ++number) {
    const CompiledPolicy& policy = *policies_[number];
    if (policy.gap()) note(always_, number);
    for (std::size_t i = 0; i < policy.size(); ++i) {
      const ActionMatcher& action = policy.statement(i).action;
      if (action.speaks_of_all()) note(always_, number);
      action.each_pattern([&](std::string_view service, std::string_view name, bool wild) {
        Service& of = patterns_->services[service];
        note((wild ? of.wild : of.literal)[name], number);
      });
    }
  }
}

PolicyIndex::~PolicyIndex() = default;
PolicyIndex::PolicyIndex(PolicyIndex&&) noexcept = default;
PolicyIndex& PolicyIndex::operator=(PolicyIndex&&) noexcept = default;

PolicySpeakers PolicyIndex::speaking_of(std::string_view action) const {
  PolicySpeakers speakers;
  speakers.policies_ = policies_;
  speakers.bits_.resize(policies_.size() / 64 + 1);
  const auto add = [&](const Numbers& numbers) {
    for (const std::uint32_t number : numbers) speakers.bits_[number / 64] |= std::uint64_t{1} << (number % 64);
  };
  add(always_);
  const std::string lower = lower_case(action);
  const ActionText text = split_action(lower);
  const auto service = patterns_->services.find(text.prefix);
  if (service == patterns_->services.end()) return speakers;
  const auto& [literal, wild] = service->second;
  if (const auto found = literal.find(text.name); found != literal.end()) add(found->second);
  for (const auto& [pattern, numbers] : wild) {
    // A pattern that is too long to be matched is undecided, so it may speak.
    if (glob::too_long(pattern, text.name) || glob::matches(pattern, text.name)) add(numbers);
  }
  return speakers;
}

}  // namespace sallyport::iam
