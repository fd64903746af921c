#include "iam/lint/known.h"

#include <algorithm>
#include <map>

#include "base/wildcard.h"
#include "facts/keys.h"

namespace sallyport::iam::lint {
namespace {

// `aws:RequestTag/${TagKey}`, `s3:RequestObjectTag/<key>` as patterns.
std::string as_pattern(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool variable = name.substr(i, 2) == "${";
    if (!variable && name[i] != '<') {
      out += name[i];
      continue;
    }
    out += '*';
    i = std::min(name.find(variable ? '}' : '>', i), name.size() - 1);
  }
  return out;
}

bool is_template(std::string_view name) { return name.find_first_of("$<") != std::string_view::npos; }

bool key_fits(std::string_view table_name, std::string_view name) {
  return is_template(table_name) ? matches_ignoring_case(as_pattern(table_name), name)
                                 : equals_ignoring_case(table_name, name);
}

struct Keys {
  std::map<std::string, facts::ConditionKey> literal;                  // by lower-case name
  std::vector<std::pair<std::string, facts::ConditionKey>> templates;  // by pattern
};

// All keys of all services.
const Keys& keys() {
  static const Keys all = [] {
    Keys k;
    for (const std::string& prefix : service_prefixes()) {
      for (const facts::ConditionKey key : facts::condition_keys(prefix)) {
        if (is_template(key.name())) {
          k.templates.emplace_back(as_pattern(key.name()), key);
        } else {
          k.literal.emplace(lower(key.name()), key);
        }
      }
    }
    return k;
  }();
  return all;
}

}  // namespace

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

bool only_stars(std::string_view pattern) {
  return !pattern.empty() && pattern.find_first_not_of('*') == std::string_view::npos;
}

bool has_wildcard(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) == "${") {
      i = std::min(text.find('}', i), text.size());
    } else if (text[i] == '*' || text[i] == '?') {
      return true;
    }
  }
  return false;
}

std::string_view service_of(std::string_view action) {
  const std::size_t colon = action.find(':');
  return colon == std::string_view::npos ? std::string_view() : action.substr(0, colon);
}

const std::vector<std::string>& service_prefixes() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> list;
    for (const facts::Action action : facts::actions()) {
      if (list.empty() || list.back() != action.prefix()) list.emplace_back(action.prefix());
    }
    return list;
  }();
  return all;
}

std::vector<std::string> action_names(std::string_view prefix) {
  std::vector<std::string> list;
  for (const facts::Action action : facts::actions(prefix)) list.push_back(action.full_name());
  return list;
}

std::optional<KnownKey> known_key(std::string_view name) {
  if (const facts::GlobalKey* global = facts::global_key(name); global != nullptr) {
    return KnownKey{global->name, global->type, global->multivalued, true};
  }
  if (const auto found = keys().literal.find(lower(name)); found != keys().literal.end()) {
    return KnownKey{found->second.name(), found->second.type(), found->second.multivalued(), false};
  }
  for (const auto& [pattern, key] : keys().templates) {
    if (matches_ignoring_case(pattern, name)) return KnownKey{key.name(), key.type(), key.multivalued(), false};
  }
  return std::nullopt;
}

std::vector<std::string> key_names(std::string_view prefix) {
  std::vector<std::string> list;
  const auto add = [&](std::string_view name) {
    if (equals_ignoring_case(service_of(name), prefix)) list.emplace_back(name);
  };
  for (const facts::GlobalKey& key : facts::global_keys()) add(key.name);
  for (const auto& [name, key] : keys().literal) add(key.name());
  return list;
}

ListedKey::ListedKey(std::string_view key) {
  for (const std::string& prefix : service_prefixes()) {
    for (const facts::ConditionKey known : facts::condition_keys(prefix)) {
      if (!is(known) && key_fits(known.name(), key)) numbers_.push_back(known.number());
    }
  }
}

bool ListedKey::is(facts::ConditionKey key) const {
  return std::find(numbers_.begin(), numbers_.end(), key.number()) != numbers_.end();
}

bool ListedKey::by(facts::Action action) const {
  for (const facts::ConditionKey key : action.keys()) {
    if (is(key)) return true;
  }
  for (const facts::ResourceUse use : action.resources()) {
    for (const facts::ConditionKey key : use.type.keys()) {
      if (is(key)) return true;
    }
  }
  return false;
}

Expansion expand(std::span<const Word> patterns) {
  Expansion out;
  std::vector<std::uint32_t> numbers;
  for (const Word& word : patterns) {
    if (only_stars(word.text)) {
      out.everything = true;
      continue;
    }
    if (!has_wildcard(word.text)) {
      if (const auto action = facts::action(word.text)) {
        numbers.push_back(action->number());
      } else {
        out.complete = false;
      }
      continue;
    }
    const std::string_view prefix = service_of(word.text);
    const std::string_view name = word.text.substr(prefix.size() + (prefix.size() < word.text.size() ? 1 : 0));
    const std::size_t before = numbers.size();
    for (const facts::Action action : facts::actions(prefix)) {
      if (matches_ignoring_case(name, action.name())) numbers.push_back(action.number());
    }
    if (numbers.size() == before) out.complete = false;
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  for (const std::uint32_t n : numbers) out.actions.emplace_back(n);
  return out;
}

}  // namespace sallyport::iam::lint
