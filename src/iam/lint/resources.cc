// Resources on which none of the statement's actions works.
//
// Source: the Service Authorization Reference, column "Resource types": an action without
// one takes `*` alone. Only actions named in full are looked at, and only resources as the
// reference writes their ARNs.
#include <algorithm>

#include "base/wildcard.h"
#include "iam/lint/known.h"
#include "iam/lint/patterns.h"
#include "iam/lint/work.h"

namespace sallyport::iam::lint {
namespace {

// Can an ARN that the pattern matches be of that type?
bool may_be(std::string_view pattern, const facts::ResourceType& type) {
  // A bucket's name holds no slash; the reference's variables may stand for anything.
  if (type.prefix() == "s3" && type.name() == "bucket" && pattern.find('/') != std::string_view::npos) return false;
  return may_meet(pattern, type.arn());
}

enum class Fit { yes, only_star, no };

Fit fit(const facts::Action& action, const StatementView& s) {
  for (const Word& r : s.resources) {
    if (only_stars(r.text) || r.text.size() > 2048 || r.text.find("${") == 0) return Fit::yes;
    // Not an ARN: `*foo`, which the resource elements' rules do not tell.
    if (!r.text.starts_with("arn:")) return Fit::yes;
  }
  if (action.resources().empty()) return Fit::only_star;
  for (const facts::ResourceUse use : action.resources()) {
    for (const Word& r : s.resources) {
      if (may_be(r.text, use.type)) return Fit::yes;
    }
  }
  return Fit::no;
}

void look(Work& work, const StatementView& s) {
  if (s.open || !s.plain_action() || !s.plain_resource() || s.resources.empty()) return;
  const bool stars_only = work.for_identities();
  for (const Word& word : s.actions) {
    if (has_wildcard(word.text) || !work.spend(s.resources.size() + 1)) continue;
    const auto action = facts::action(word.text);
    if (!action) continue;
    switch (fit(*action, s)) {
      case Fit::yes: break;
      case Fit::only_star:
        if (!stars_only) break;
        work.found("needs-star", word.at,
                   "`" + action->full_name() + "` works on no resource of a type: the statement " +
                       (s.denies() ? "does not deny" : "does not allow") + " it unless `Resource` is `*`",
                   &s);
        break;
      case Fit::no: {
        std::string types;
        for (const facts::ResourceUse use : action->resources()) {
          if (types.size() > 100) break;
          types += (types.empty() ? "`" : ", `") + std::string(use.type.arn()) + "`";
        }
        work.found("no-resource-for-action", word.at,
                   "none of the statement's resources is one that `" + action->full_name() + "` works on: " + types,
                   &s);
        break;
      }
    }
  }
}

// `Resource` that is no ARN at all.
void shape(Work& work, const StatementView& s) {
  for (const Word& r : s.resources) {
    if (only_stars(r.text) || r.text.starts_with("arn:") || has_wildcard(r.text) ||
        r.text.find("${") != std::string_view::npos)
      continue;
    work.found("malformed-resource", r.at, "a resource is `*` or an ARN, not " + quote(r.text), &s);
  }
}

}  // namespace

void check_resources(Work& work) {
  for (const StatementView& s : work.outline().statements) {
    shape(work, s);
    look(work, s);
  }
}

}  // namespace sallyport::iam::lint
