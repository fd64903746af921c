#include "read/authorize/policy_texts.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "read/policy/policy.h"

namespace sallyport::read {
namespace {

std::uint64_t word_at(const char* from) {
  std::uint64_t word = 0;
  std::memcpy(&word, from, sizeof word);
  return word;
}

// Two lanes of eight bytes a step. Texts are compared afterwards, so it need not be good,
// only fast.
std::uint64_t hash_of(std::string_view text, std::uint64_t seed) {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15ULL;
  std::uint64_t a = seed ^ text.size();
  std::uint64_t b = ~seed;
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 16; at += 16, left -= 16) {
    a = (std::rotl(a, 29) ^ word_at(at)) * odd;
    b = (std::rotl(b, 31) ^ word_at(at + 8)) * odd;
  }
  std::uint64_t rest[2] = {};
  if (left > 0) std::memcpy(rest, at, left);
  a = (std::rotl(a, 29) ^ rest[0]) * odd;
  b = (std::rotl(b, 31) ^ rest[1]) * odd;
  const std::uint64_t mixed = (a ^ std::rotl(b, 32)) * odd;
  return mixed ^ mixed >> 32U;
}

std::uint64_t hash_of(std::string_view json, const PolicyPlace& place) {
  const auto where = static_cast<std::uint64_t>(place.level + 1) << 32U | static_cast<std::uint32_t>(place.index + 1);
  return hash_of(json, hash_of(place.member, where));
}

}  // namespace

std::string PolicyPlace::text() const {
  std::string text(member);
  for (const int number : {level, index}) {
    if (number >= 0) text += "[" + std::to_string(number) + "]";
  }
  return text;
}

std::shared_ptr<const PolicyDocument> PolicyTexts::fresh(std::string_view json, const PolicyPlace& place,
                                                         Diagnostics& diagnostics) {
  std::string buffer = parser_.buffer();
  buffer.assign(json);
  const Result<json::Tree> tree = parser_.parse(std::move(buffer));
  if (!tree || tree->roots().size() != 1) {
    broken_ = true;
    return std::make_shared<const PolicyDocument>();
  }
  const std::string label = "`" + place.text() + "`";
  return std::make_shared<const PolicyDocument>(read_policy(tree->root(), label, registry_, diagnostics));
}

AuthorizeDocument PolicyTexts::again(const Kept& kept, std::uint32_t number, Diagnostics& diagnostics) {
  diagnostics.insert(diagnostics.end(), kept.diagnostics.begin(), kept.diagnostics.end());
  return {kept.document, static_cast<std::uint32_t>(std::max(kept.place.index, 0)), number};
}

AuthorizeDocument PolicyTexts::read(json::Node node, const PolicyPlace& place, Diagnostics& diagnostics) {
  if (const std::uint32_t number = node.known(); number != 0 && kept_[number - 1].place == place) {
    return again(kept_[number - 1], number, diagnostics);
  }
  const std::string_view json = node.sealed_text();
  const auto index = static_cast<std::uint32_t>(std::max(place.index, 0));
  const std::uint64_t hash = hash_of(json, place);
  if (const auto found = numbers_.find(hash); found != numbers_.end()) {
    const Kept& kept = kept_[found->second - 1];
    if (kept.place != place || kept.text != json) return {fresh(json, place, diagnostics), index};
    return again(kept, found->second, diagnostics);
  }
  std::uint64_t& seen = seen_[hash % seen_count];
  if (seen != hash) {
    seen = hash;
    return {fresh(json, place, diagnostics), index};
  }
  Kept kept{place, std::string(json), nullptr, {}};
  kept.document = fresh(json, place, kept.diagnostics);
  diagnostics.insert(diagnostics.end(), kept.diagnostics.begin(), kept.diagnostics.end());
  if (broken_) return {kept.document, index};
  bytes_ += json.size();
  kept_.push_back(std::move(kept));
  const auto number = static_cast<std::uint32_t>(kept_.size());
  numbers_.emplace(hash, number);
  if (node.sealed_structure() > 0) known_.add(kept_.back().text, node.sealed_structure(), number);
  return {kept_.back().document, index, number};
}

}  // namespace sallyport::read
