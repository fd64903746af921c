#include "iam/action.h"

#include <algorithm>
#include <map>

#include "iam/glob.h"

namespace sallyport::iam {
namespace {

bool plain(std::string_view text) { return text.find_first_of("*?") == std::string_view::npos; }

}  // namespace

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

ActionText split_action(std::string_view lower) {
  const std::size_t colon = lower.find(':');
  if (colon == std::string_view::npos) return {lower, {}, lower};
  return {lower, lower.substr(0, colon), lower.substr(colon + 1)};
}

ActionMatcher::ActionMatcher(std::span<const Text> actions, bool negated, const TextPool& texts, TextArena& arena)
    : negated_(negated) {
  struct Names {
    std::vector<std::string_view> literal;
    std::vector<std::string_view> wild;
  };
  std::map<std::string_view, Names> by_prefix;
  for (const Text text : actions) {
    const std::string lower = lower_case(texts.view(text));
    if (lower == "*" || lower == "*:*") {
      any_ = true;
      continue;
    }
    const ActionText action = split_action(arena.keep(lower));
    if (action.prefix.empty() || action.name.empty() || !plain(action.prefix) || glob::has_symbol(lower)) {
      odd_.push_back(arena.keep(glob::encode(lower)));
    } else if (plain(action.name)) {
      by_prefix[action.prefix].literal.push_back(action.name);
    } else {
      by_prefix[action.prefix].wild.push_back(arena.keep(glob::encode(action.name)));
    }
  }
  groups_.reserve(by_prefix.size());
  for (auto& [prefix, names] : by_prefix) {
    Group group{prefix, static_cast<std::uint32_t>(names_.size()), 0, 0};
    std::sort(names.literal.begin(), names.literal.end());
    names_.insert(names_.end(), names.literal.begin(), names.literal.end());
    group.wild = static_cast<std::uint32_t>(names_.size());
    names_.insert(names_.end(), names.wild.begin(), names.wild.end());
    group.last = static_cast<std::uint32_t>(names_.size());
    groups_.push_back(group);
  }
}

Match ActionMatcher::listed(const ActionText& action, const Rules& rules, const Why& why) const {
  const auto group = std::lower_bound(groups_.begin(), groups_.end(), action.prefix,
                                      [](const Group& g, std::string_view prefix) { return g.prefix < prefix; });
  if (group != groups_.end() && group->prefix == action.prefix) {
    const auto literal = names_.begin() + group->first;
    const auto wild = names_.begin() + group->wild;
    if (std::binary_search(literal, wild, action.name)) return Match::yes;
    for (auto pattern = wild; pattern != names_.begin() + group->last; ++pattern) {
      if (glob::too_long(*pattern, action.name)) return why.unknown(rules.too_long);
      if (glob::matches(*pattern, action.name)) return Match::yes;
    }
  }
  for (const std::string_view pattern : odd_) {
    if (glob::too_long(pattern, action.full)) return why.unknown(rules.too_long);
    if (glob::may_match(pattern, action.full)) return why.unknown(rules.odd_action);
  }
  return Match::no;
}

}  // namespace sallyport::iam
