#include "iam/action.h"

#include <algorithm>

#include "iam/glob.h"

namespace sallyport::iam {
namespace {

bool plain(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return c == '*' || c == '?'; });
}

char fold(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), fold);
  return lower;
}

ActionText split_action(std::string_view lower) {
  const std::size_t colon = lower.find(':');
  if (colon == std::string_view::npos) return {lower, {}, lower, {}, Word(lower)};
  const std::string_view prefix = lower.substr(0, colon);
  const std::string_view name = lower.substr(colon + 1);
  return {lower, prefix, name, Word(prefix), Word(name)};
}

ActionMatcher::ActionMatcher(std::span<const Text> actions, bool negated, const TextPool& texts, TextArena& arena)
    : negated_(negated) {
  struct Pattern {
    Word service;
    Word name;
    bool wild;
    std::uint32_t position;
  };
  std::vector<Pattern> patterns;
  patterns.reserve(actions.size());
  for (const Text text : actions) {
    const std::string_view written = texts.view(text);
    if (written == "*" || written == "*:*") {
      any_ = true;
      continue;
    }
    char* const lower = arena.room(written.size());
    std::transform(written.begin(), written.end(), lower, fold);
    const ActionText action = split_action({lower, written.size()});
    const bool plain_name = plain(action.name);
    if (action.prefix.empty() || action.name.empty() || !plain(action.prefix) || glob::has_symbol(action.full)) {
      glob::encode_in_place({lower, written.size()});
      odd_.push_back(action.full);
      continue;
    }
    if (!plain_name) glob::encode_in_place({lower + action.prefix.size() + 1, action.name.size()});
    // The first bytes may be wildcards now, so that the head is taken anew.
    patterns.push_back({action.service, plain_name ? action.word : Word(action.name), !plain_name,
                        static_cast<std::uint32_t>(patterns.size())});
  }
  std::sort(patterns.begin(), patterns.end(), [](const Pattern& a, const Pattern& b) {
    if (!(a.service == b.service)) return a.service < b.service;
    if (a.wild != b.wild) return b.wild;
    return a.wild ? a.position < b.position : a.name < b.name;
  });
  names_.reserve(patterns.size());
  for (const Pattern& pattern : patterns) {
    const auto at = static_cast<std::uint32_t>(names_.size());
    if (groups_.empty() || !(groups_.back().service == pattern.service))
      groups_.push_back({pattern.service, at, at, at});
    names_.push_back(pattern.name);
    groups_.back().last = at + 1;
    if (!pattern.wild) groups_.back().wild = at + 1;
  }
}

ActionMatcher::Group ActionMatcher::group_of(const Word& service) const {
  const auto range = std::lower_bound(groups_.begin(), groups_.end(), service,
                                      [](const Range& r, const Word& wanted) { return r.service < wanted; });
  const bool found = range != groups_.end() && range->service == service;
  return found ? static_cast<Group>(range - groups_.begin()) : none;
}

Match ActionMatcher::listed(const ActionText& action, Group group, const Rules& rules, const Why& why) const {
  if (group != none) {
    const Range& range = groups_[group];
    const auto literal = names_.begin() + range.first;
    const auto wild = names_.begin() + range.wild;
    const auto name = std::lower_bound(literal, wild, action.word);
    if (name != wild && *name == action.word) return Match::yes;
    for (auto pattern = wild; pattern != names_.begin() + range.last; ++pattern) {
      if (glob::too_long(pattern->text, action.name)) return why.unknown(rules.too_long);
      if (glob::matches(pattern->text, action.name)) return Match::yes;
    }
  }
  for (const std::string_view pattern : odd_) {
    if (glob::too_long(pattern, action.full)) return why.unknown(rules.too_long);
    if (glob::may_match(pattern, action.full)) return why.unknown(rules.odd_action);
  }
  return Match::no;
}

}  // namespace sallyport::iam
