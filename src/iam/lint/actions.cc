// Services and actions that exist.
//
// Source: the Service Authorization Reference, in the table of facts/actions.h. AWS adds
// actions every week, so the findings say that the table does not know them.
#include <algorithm>

#include "base/wildcard.h"
#include "iam/lint/known.h"
#include "iam/lint/work.h"

namespace sallyport::iam::lint {
namespace {

void look(Work& work, const StatementView& s, const Word& word) {
  const std::string_view action = word.text;
  if (only_stars(action)) return;
  const std::size_t colon = action.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == action.size()) {
    std::string meant;
    if (colon == std::string_view::npos && has_wildcard(action))
      meant = "; only `*` stands for all actions of all services";
    work.found("malformed-action", word.at, quote(action) + " is no action: it is written `service:Name`" + meant, &s);
    return;
  }
  const std::string_view prefix = action.substr(0, colon);
  const std::string_view name = action.substr(colon + 1);
  if (has_wildcard(prefix)) {
    if (!only_stars(prefix)) {
      work.found("wildcard-service", word.at, "AWS documents no wildcard in the name of a service: " + quote(action),
                 &s);
    }
    return;
  }
  if (!facts::is_action_prefix(prefix)) {
    work.found("unknown-service", word.at,
               quote(prefix) + " is no service in AWS's reference" + work.meant(lower(prefix), service_prefixes), &s);
    return;
  }
  if (only_stars(name)) return;
  if (!has_wildcard(name)) {
    if (facts::action(action)) return;
    work.found(
        "unknown-action", word.at,
        quote(action) + " is no action in AWS's reference" + work.meant(action, [&] { return action_names(prefix); }),
        &s);
    return;
  }
  if (!work.spend(facts::actions(prefix).size())) return;
  for (const facts::Action known : facts::actions(prefix)) {
    if (matches_ignoring_case(name, known.name())) return;
  }
  work.found("pattern-without-action", word.at, quote(action) + " matches no action in AWS's reference", &s);
}

}  // namespace

void check_actions(Work& work) {
  for (const StatementView& s : work.outline().statements) {
    for (const Word& word : s.actions) {
      if (word.text.find("${") == std::string_view::npos) look(work, s, word);
    }
  }
}

}  // namespace sallyport::iam::lint
