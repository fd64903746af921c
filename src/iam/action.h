// ActionMatcher: the `Action` or `NotAction` element of a statement.
//
// Idea: patterns are grouped by service prefix; within a group literal names are
// sorted (binary search) and the few patterns follow. So AWS's ReadOnlyAccess with
// its thousand patterns costs one search of prefixes, one of names and a handful of
// patterns. A policy knows the group of each of its statements beforehand and spares
// the first search (CompiledPolicy::speaking_of). Case is folded when compiling (MA-1);
// requests come folded.
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

// A text that compares fast: by its first eight bytes as a number that sorts as the
// text does; only where those are equal the rest is looked at. For prefixes and names of
// actions, which are in lower case and mostly short.
struct Word {
  std::uint64_t head = 0;
  std::string_view text;
  Word() = default;
  explicit Word(std::string_view of) : head(head_of(of)), text(of) {}

  friend bool operator==(const Word& a, const Word& b) {
    return a.head == b.head && a.text.size() == b.text.size() && (a.text.size() <= 8 || a.text == b.text);
  }
  friend bool operator<(const Word& a, const Word& b) {
    if (a.head != b.head) return a.head < b.head;
    return a.text.size() <= 8 && b.text.size() <= 8 ? a.text.size() < b.text.size() : a.text < b.text;
  }

 private:
  static std::uint64_t head_of(std::string_view text) {
    std::uint64_t head = 0;
    const std::size_t size = text.size() < 8 ? text.size() : 8;
    for (std::size_t i = 0; i < size; ++i) head = head << 8U | static_cast<unsigned char>(text[i]);
    return size == 0 ? 0 : head << 8 * (8 - size);
  }
};

// An action of a request, in lower case and split: "s3", "getobject".
struct ActionText {
  std::string_view full;
  std::string_view prefix;
  std::string_view name;
  Word service;  // `prefix` again
  Word word;     // `name` again
};
// `lower` must be in lower case and outlive the result.
ActionText split_action(std::string_view lower);
std::string lower_case(std::string_view text);

class ActionMatcher {
 public:
  ActionMatcher() = default;
  ActionMatcher(std::span<const Text> actions, bool negated, const TextPool& texts, TextArena& arena);

  // Where the patterns of one service stand; `none`: there are none.
  using Group = std::uint32_t;
  static constexpr Group none = ~Group{0};
  Group group_of(const Word& service) const;

  // `group` must be that of the action's service.
  Match matches(const ActionText& action, Group group, const Rules& rules, const Why& why) const {
    const Match m = any_ ? Match::yes : listed(action, group, rules, why);
    return negated_ ? !m : m;
  }
  Match matches(const ActionText& action, const Rules& rules, const Why& why) const {
    return matches(action, group_of(action.service), rules, why);
  }

  // False: the statement can speak only of the prefixes below.
  bool speaks_of_all() const { return any_ || negated_ || !odd_.empty(); }
  template <class Visit>
  void each_prefix(Visit visit) const {
    for (Group g = 0; g < groups_.size(); ++g) visit(groups_[g].service, g);
  }
  // Every `service:name` with a plain service: its name, and whether that is a pattern as
  // iam/glob.h encodes them.
  template <class Visit>
  void each_pattern(Visit visit) const {
    for (const Range& range : groups_) {
      for (std::uint32_t i = range.first; i < range.last; ++i) {
        visit(range.service.text, names_[i].text, i >= range.wild);
      }
    }
  }

 private:
  struct Range {
    Word service;
    std::uint32_t first, wild, last;  // names_[first, wild) literal, sorted; [wild, last) patterns
  };
  Match listed(const ActionText& action, Group group, const Rules& rules, const Why& why) const;

  bool any_ = false;
  bool negated_ = false;
  std::vector<Range> groups_;  // sorted
  std::vector<Word> names_;
  std::vector<std::string_view> odd_;  // not `prefix:name`: AWS would not accept them
};

}  // namespace sallyport::iam
