// Condition keys that exist, and that requests for the statement's actions carry.
//
// Source: the Service Authorization Reference and the page of global condition keys, in
// the tables of facts/. Keys of identity providers (`token.actions.githubusercontent.com:sub`)
// are the providers' own and not looked at.
#include <algorithm>

#include "base/wildcard.h"
#include "facts/keys.h"
#include "iam/lint/known.h"
#include "iam/lint/work.h"

namespace sallyport::iam::lint {
namespace {

// Does the key name a provider, `accounts.google.com:sub`? So do placeholders of samples.
bool of_provider(std::string_view prefix) {
  return prefix.find_first_of("./<[") != std::string_view::npos || equals_ignoring_case(prefix, "saml");
}

// Does the reference list the key for some action at all? Where it does not, it says nothing of actions.
bool listed_for_some(const ListedKey& listed, std::string_view key, const Expansion& actions) {
  std::vector<std::string> prefixes = {lower(service_of(key))};
  for (const facts::Action& action : actions.actions) {
    if (prefixes.back() != action.prefix()) prefixes.emplace_back(action.prefix());
  }
  for (const std::string& prefix : prefixes) {
    for (const facts::Action action : facts::actions(prefix)) {
      if (listed.by(action)) return true;
    }
  }
  return false;
}

// False: the key is not known, and that was said.
bool known(Work& work, const StatementView& s, const Line& line) {
  const std::string_view prefix = service_of(line.key);
  if (prefix.empty()) {
    work.found("malformed-key", line.at, quote(line.key) + " is no condition key: it is written `service:Name`", &s,
               true);
    return false;
  }
  if (known_key(line.key)) return true;
  if (of_provider(prefix)) return false;
  const bool global = equals_ignoring_case(prefix, "aws");
  if (!global && !facts::is_action_prefix(prefix)) {
    work.found("unknown-key", line.at,
               quote(line.key) + " is no condition key: there is no service " + quote(prefix) +
                   work.meant(lower(prefix), service_prefixes),
               &s, true);
    return false;
  }
  work.found("unknown-key", line.at,
             quote(line.key) +
                 (global ? " is not among the global condition keys" : " is no condition key in AWS's reference") +
                 work.meant(line.key, [&] { return key_names(prefix); }),
             &s, true);
  return false;
}

// A key of a service, which no request for any of the actions carries.
void sent(Work& work, const StatementView& s, const Expansion& actions, const Line& line) {
  const auto key = known_key(line.key);
  if (!key || key->global || line.op.comparison == Comparison::null) return;
  if (actions.everything || !actions.complete || actions.actions.empty() || s.open) return;
  if (!work.spend(5000 + 10 * actions.actions.size())) return;
  const ListedKey listed(line.key);
  std::size_t with = 0;
  const facts::Action* without = nullptr;
  for (const facts::Action& action : actions.actions) {
    if (listed.by(action)) {
      ++with;
    } else {
      without = &action;
    }
  }
  if (without == nullptr) return;
  const bool holds = line.op.negated || line.op.if_exists || line.op.quantifier == Quantifier::for_all_values;
  if (with == 0) {
    if (!listed_for_some(listed, line.key, actions)) return;
    work.found("key-not-sent", line.at,
               "AWS's reference lists " + quote(line.key) + " for none of the statement's actions, so " +
                   quote(line.op_name) + (holds ? " always holds" : " never holds"),
               &s, true);
    return;
  }
  // Part of the actions: only where they were named one by one, and the rest is lost by it.
  if (holds || !s.allows()) return;
  for (const Word& word : s.actions) {
    if (has_wildcard(word.text)) return;
  }
  work.found("key-sent-by-some", line.at,
             "AWS's reference does not list " + quote(line.key) + " for `" + without->full_name() +
                 "`, which the statement then does not allow",
             &s, true);
}

}  // namespace

void check_keys(Work& work) {
  for (const StatementView& s : work.outline().statements) {
    if (s.conditions.empty()) continue;
    const bool plain = s.plain_action();
    const Expansion actions = plain ? expand(s.actions) : Expansion{{}, true, true};
    for (const Line& line : s.conditions) {
      if (line.key.find("${") != std::string_view::npos) continue;
      if (known(work, s, line) && plain) sent(work, s, actions, line);
    }
  }
}

}  // namespace sallyport::iam::lint
