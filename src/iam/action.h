// ActionMatcher: the `Action` or `NotAction` element of a statement.
//
// Idea: patterns are grouped by service prefix; within a group literal names are
// sorted (binary search) and the few patterns follow. So AWS's ReadOnlyAccess with
// its thousand patterns costs one search of prefixes, one of names and a handful of
// patterns. Prefixes compare by their first eight bytes as a number (`head`); only
// equal heads are looked at as texts. Case is folded when compiling (MA-1); requests
// come folded.
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

// The first eight bytes of a text as a number that sorts as the text does.
inline std::uint64_t head_of(std::string_view text) {
  std::uint64_t head = 0;
  for (std::size_t i = 0; i < 8; ++i) head = head << 8U | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  return head;
}

// A service's prefix, in lower case, that compares fast.
struct ServicePrefix {
  std::uint64_t head = 0;
  std::string_view text;
  ServicePrefix() = default;
  explicit ServicePrefix(std::string_view prefix) : head(head_of(prefix)), text(prefix) {}
  friend bool operator==(const ServicePrefix& a, const ServicePrefix& b) {
    return a.head == b.head && a.text == b.text;
  }
  friend bool operator<(const ServicePrefix& a, const ServicePrefix& b) {
    return a.head != b.head ? a.head < b.head : a.text < b.text;
  }
};

// An action of a request, in lower case and split: "s3", "getobject".
struct ActionText {
  std::string_view full;
  std::string_view prefix;
  std::string_view name;
  ServicePrefix service;  // `prefix` again
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
    for (const Group& group : groups_) visit(group.service);
  }
  // Every `service:name` with a plain service: its name, and whether that is a pattern as
  // iam/glob.h encodes them.
  template <class Visit>
  void each_pattern(Visit visit) const {
    for (const Group& group : groups_) {
      for (std::uint32_t i = group.first; i < group.last; ++i) visit(group.service.text, names_[i], i >= group.wild);
    }
  }

 private:
  struct Group {
    ServicePrefix service;
    std::uint32_t first, wild, last;  // names_[first, wild) literal, sorted; [wild, last) patterns
  };
  Match listed(const ActionText& action, const Rules& rules, const Why& why) const;

  bool any_ = false;
  bool negated_ = false;
  std::vector<Group> groups_;  // sorted
  std::vector<std::string_view> names_;
  std::vector<std::string_view> odd_;  // not `prefix:name`: AWS would not accept them
};

}  // namespace sallyport::iam
