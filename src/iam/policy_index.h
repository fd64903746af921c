// PolicyIndex: which of many policies can speak of an action at all.
//
// For sweeps, one action asked of thousands of principals: most of their policies are
// about other services. The index turns the question round. Every action pattern that
// stands somewhere is kept once, with the policies that hold it; an action is looked up
// among the literal names of its service and matched with that service's few different
// patterns, and no policy is touched that does not speak of it.
//
//   PolicyIndex index(policies);                    // numbers are places in that list
//   PolicySpeakers speakers = index.speaking_of("s3:GetObject");
//   for (role : roles) {
//     speakers.filter(role.numbers, list);          // the few that matter
//     engine.outcome(request_of(role), {.identity = {list, {}}, ...});
//   }
//
// What is left out could neither allow nor deny: the decision, and the statements that it
// names, are those of the whole list.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "iam/policy.h"

namespace sallyport::iam {

// A set of policies of an index, which must outlive it. Immutable; shared by threads.
class PolicySpeakers {
 public:
  bool contains(std::uint32_t number) const { return (bits_[number / 64] >> (number % 64) & 1U) != 0; }

  // Those of `numbers` that are in the set, in their order, into `out` (emptied before).
  void filter(std::span<const std::uint32_t> numbers, std::vector<const CompiledPolicy*>& out) const {
    out.clear();
    for (const std::uint32_t number : numbers) {
      if (contains(number)) out.push_back(policies_[number]);
    }
  }

 private:
  friend class PolicyIndex;
  std::span<const CompiledPolicy* const> policies_;
  std::vector<std::uint64_t> bits_;
};

class PolicyIndex {
 public:
  // The policies must outlive the index. Cost: one look-up for each pattern in them.
  explicit PolicyIndex(std::vector<const CompiledPolicy*> policies);
  ~PolicyIndex();
  PolicyIndex(PolicyIndex&&) noexcept;
  PolicyIndex& operator=(PolicyIndex&&) noexcept;

  std::span<const CompiledPolicy* const> policies() const { return policies_; }

  // Those with a statement whose `Action` may name the action, or of which something was
  // not understood. Case does not matter. Cost: a bit for each policy, and those found.
  PolicySpeakers speaking_of(std::string_view action) const;

 private:
  struct Patterns;
  std::vector<const CompiledPolicy*> policies_;
  std::vector<std::uint32_t> always_;
  std::unique_ptr<Patterns> patterns_;
};

}  // namespace sallyport::iam
