// ActionMatcher: the `Action` or `NotAction` element of a statement.
//
// Idea: patterns are grouped by service prefix; within a group literal names are
// sorted (binary search) and the few patterns follow. So AWS's ReadOnlyAccess with
// its thousand patterns costs one search of prefixes, one of names and a handful of
// patterns. Case is folded when compiling (MA-1); requests come folded.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "iam/arena.h"
#include "iam/rules.h"
#include "iam/why.h"

namespace sallyport::iam {

// An action of a request, in lower case and split: "s3", "getobject".
struct ActionText {
  std::string_view full;
  std::string_view prefix;
  std::string_view name;
};
// `lower` must be in lower case and outlive the result.
ActionText split_action(std::string_view lower);
std::string lower_case(std::string_view text);

class ActionMatcher {
 public:
  ActionMatcher() = default;
  ActionMatcher(std::span<const Text> actions, bool negated, const TextPool& texts, TextArena& arena);

  Match matches(const ActionText& action, const Rules& rules, const Why& why) const {
    const Match m = any_ ? Match::yes : listed(action, rules, why);
    return negated_ ? !m : m;
  }

  // False: the statement can speak only of the prefixes below.
  bool speaks_of_all() const { return any_ || negated_ || !odd_.empty(); }
  template <class Visit>
  void each_prefix(Visit visit) const {
    for (const Group& group : groups_) visit(group.prefix);
  }

 private:
  struct Group {
    std::string_view prefix;
    std::uint32_t first, wild, last;  // names_[first, wild) literal, sorted; [wild, last) patterns
  };
  Match listed(const ActionText& action, const Rules& rules, const Why& why) const;

  bool any_ = false;
  bool negated_ = false;
  std::vector<Group> groups_;  // sorted by prefix
  std::vector<std::string_view> names_;
  std::vector<std::string_view> odd_;  // not `prefix:name`: AWS would not accept them
};

}  // namespace sallyport::iam
