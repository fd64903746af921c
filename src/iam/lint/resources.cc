// Resources on which none of the statement's actions works.
//
// Source: the Service Authorization Reference, column "Resource types": an action without
// one takes `*` alone. Only actions named in full are looked at, and only resources as the
// reference writes their ARNs.
#include <algorithm>
#include <vector>

#include "base/wildcard.h"
#include "iam/lint/known.h"
#include "iam/lint/patterns.h"
#include "iam/lint/work.h"

namespace sallyport::iam::lint {
namespace {

// The six parts of an ARN or a pattern of one; empty where there are fewer.
std::vector<std::string_view> parts(std::string_view arn) {
  std::vector<std::string_view> out;
  while (out.size() < 5) {
    const std::size_t colon = arn.find(':');
    if (colon == std::string_view::npos) return {};
    out.push_back(arn.substr(0, colon));
    arn.remove_prefix(colon + 1);
  }
  out.push_back(arn);
  return out;
}

// May both match one ARN? A `*` that ends an earlier part of the pattern may reach beyond
// its colon (MA-3), so that only patterns without one are compared part by part.
bool meet(std::string_view pattern, std::string_view type) {
  const auto a = parts(pattern);
  const auto b = parts(type);
  const bool reaches = a.empty() || b.empty() || std::any_of(a.begin(), a.begin() + 5, [](std::string_view part) {
                         return part.ends_with('*') || part.ends_with('}');
                       });
  if (reaches) return may_meet(pattern, type);
  return std::equal(a.begin(), a.end(), b.begin(),
                    [](std::string_view x, std::string_view y) { return may_meet(x, y); });
}

// Can an ARN that the pattern matches be of that type?
bool may_be(std::string_view pattern, const facts::ResourceType& type) {
  // A bucket's name holds no slash; the reference's variables may stand for anything.
  if (type.prefix() == "s3" && type.name() == "bucket" && pattern.find('/') != std::string_view::npos) return false;
  return meet(pattern, type.arn());
}

// Does the reference know ARNs of that form for the service at all? Where it does not, its
// list of types is no proof (`transform/Serverless-2016-10-31` of CloudFormation).
bool known_form(std::string_view pattern, std::string_view prefix) {
  for (const facts::ResourceType type : facts::resource_types(prefix)) {
    if (may_be(pattern, type)) return true;
  }
  return false;
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
  for (const Word& r : s.resources) {
    if (!known_form(r.text, action.prefix())) return Fit::yes;
  }
  return Fit::no;
}

void look(Work& work, const StatementView& s) {
  if (s.open || !s.plain_action() || !s.plain_resource() || s.resources.empty()) return;
  const bool stars_only = work.for_identities();
  std::size_t length = 0;
  for (const Word& r : s.resources) length += r.text.size();
  for (const Word& word : s.actions) {
    if (has_wildcard(word.text)) continue;
    const auto action = facts::action(word.text);
    if (!action || !work.spend(length * (action->resources().size() + 20))) continue;
    switch (fit(*action, s)) {
      case Fit::yes: break;
      case Fit::only_star:
        if (!stars_only) break;
        work.found("needs-star", word.at,
                   "AWS's reference lists no type of resource for `" + action->full_name() +
                       "`, which then works on `*` alone: the statement does not speak of it",
                   &s);
        break;
      case Fit::no: {
        std::string types;
        for (const facts::ResourceUse use : action->resources()) {
          if (types.size() > 100) break;
          types += (types.empty() ? "`" : ", `") + std::string(use.type.arn()) + "`";
        }
        work.found("no-resource-for-action", word.at,
                   "none of the statement's resources is one that `" + action->full_name() +
                       "` works on by AWS's reference: " + types,
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
