#include "guard/belts.h"

#include <algorithm>
#include <array>

#include "base/wildcard.h"
#include "facts/actions.h"

namespace sallyport::guard {
namespace {

// On the data in a table; the table's own life is another matter. Source: Service
// Authorization Reference, Amazon DynamoDB.
constexpr std::array table_actions = {
    "GetItem",       "PutItem",       "UpdateItem",     "DeleteItem",         "Query",
    "Scan",          "BatchGetItem",  "BatchWriteItem", "ConditionCheckItem", "PartiQLSelect",
    "PartiQLInsert", "PartiQLUpdate", "PartiQLDelete"};

constexpr std::array first_object_actions = {"GetObject", "PutObject", "DeleteObject"};
constexpr std::array listing_actions = {"ListBucket", "ListBucketVersions", "ListBucketMultipartUploads"};

// Every action that works on objects, the telling ones first.
std::vector<std::string> object_actions() {
  std::vector<std::string> actions(first_object_actions.begin(), first_object_actions.end());
  for (const facts::Action action : facts::actions("s3")) {
    for (const facts::ResourceUse use : action.resources()) {
      const bool new_one = std::find(actions.begin(), actions.end(), action.name()) == actions.end();
      if (use.type.name() == "object" && new_one) actions.emplace_back(action.name());
    }
  }
  return actions;
}

// The key of an object that may be any: patterns that do not cover all keys leave it
// undecided (a symbol, base/text.h).
std::string some_object(const std::string& bucket) {
  return bucket +
         "/\xFF"
         "some object\xFE";
}

// A key that a pattern over objects covers: `reports/*` gives `reports/x`.
std::string instance_of(std::string_view pattern) {
  std::string text(pattern);
  std::replace(text.begin(), text.end(), '*', 'x');
  std::replace(text.begin(), text.end(), '?', 'x');
  return text;
}

// Objects of which the bucket's policy speaks apart, and one of which it does not.
std::vector<std::string> named_objects(const Cloud& cloud, const Guarded& what) {
  std::vector<std::string> objects;
  const Policy* policy = what.policy.known() ? cloud->policies.find(*what.policy) : nullptr;
  if (policy == nullptr) return objects;
  for (const Statement& s : policy->document.statements) {
    for (const Text resource : s.resources) {
      const std::string_view pattern = cloud.view(resource);
      if (!pattern.starts_with(what.arn + "/") || pattern.find("${") != std::string_view::npos) continue;
      if (pattern.substr(what.arn.size()) != "/*") objects.push_back(instance_of(pattern));
    }
  }
  if (!objects.empty()) objects.push_back(what.arn + "/of-which-no-policy-speaks");
  std::sort(objects.begin(), objects.end());
  objects.erase(std::unique(objects.begin(), objects.end()), objects.end());
  return objects;
}

int rank(iam::Outcome o) {
  switch (o) {
    case iam::Outcome::allowed: return 3;
    case iam::Outcome::conditional: return 2;
    case iam::Outcome::unknown: return 1;
    case iam::Outcome::denied: return 0;
  }
  return 1;
}

}  // namespace

std::vector<Guarded> guarded(const Cloud& cloud) {
  std::vector<Guarded> all;
  const std::vector<std::string> of_objects = object_actions();
  for (const Bucket& bucket : cloud->buckets) {
    Guarded g{bucket.id,
              "arn:aws:s3:::" + std::string(cloud.id(bucket.id)),
              std::string(cloud.view(bucket.head.account)),
              bucket.policy,
              {}};
    for (const std::string& action : of_objects) g.asks.push_back({"s3:" + action, some_object(g.arn)});
    for (const char* action : listing_actions) g.asks.push_back({std::string("s3:") + action, g.arn});
    for (const std::string& object : named_objects(cloud, g)) {
      for (const char* action : first_object_actions) g.asks.push_back({std::string("s3:") + action, object});
    }
    all.push_back(std::move(g));
  }
  for (const Table& table : cloud->tables) {
    const std::string arn(cloud.id(table.id));
    Guarded g{table.id, arn, std::string(access::arn_part(arn, 4)), table.policy, {}};
    for (const char* action : table_actions) g.asks.push_back({std::string("dynamodb:") + action, arn});
    all.push_back(std::move(g));
  }
  return all;
}

Passed ask(const access::Access& access, const Guarded& what, const access::Caller& caller,
           const access::Arrival& arrival) {
  Passed worst;
  for (const Guarded::Ask& one : what.asks) {
    const Result<access::Thing> thing = access.things().find(one.action, one.resource, {});
    if (!thing) continue;  // the table of actions says that it does not work on this
    const access::Alternative a = access.decide({.caller = caller, .thing = *thing, .arrival = arrival});
    if (a.decision.outcome == iam::Outcome::unknown) {
      worst.gaps.insert(worst.gaps.end(), a.decision.gaps.begin(), a.decision.gaps.end());
    }
    if (rank(a.decision.outcome) > rank(worst.outcome)) {
      worst.outcome = a.decision.outcome;
      worst.action = one.action;
    }
    if (worst.outcome == iam::Outcome::allowed) break;
  }
  std::sort(worst.gaps.begin(), worst.gaps.end());
  worst.gaps.erase(std::unique(worst.gaps.begin(), worst.gaps.end()), worst.gaps.end());
  return worst;
}

namespace {

void sort_unique(std::vector<std::string>& v) {
  std::sort(v.begin(), v.end());
  v.erase(std::unique(v.begin(), v.end()), v.end());
}

// An account id, a principal's ARN (perhaps with wildcards), or an organization, or a
// path in one: whatever of these the text is.
void add_named(std::string_view text, Named& named) {
  const bool digits = text.size() == 12 && text.find_first_not_of("0123456789") == std::string_view::npos;
  if (digits) {
    named.accounts.emplace_back(text);
  } else if (text.starts_with("o-")) {
    named.organizations.emplace_back(text.substr(0, text.find('/')));
  } else if (text.starts_with("arn:")) {
    const std::string account(access::arn_part(text, 4));
    if (!text.ends_with(":root")) named.principals.push_back(instance_of(text));
    if (account.size() == 12) named.accounts.push_back(account);
  }
}

}  // namespace

Named named_in(const Cloud& cloud, const Guarded& what) {
  Named named;
  const Policy* policy = what.policy.known() ? cloud->policies.find(*what.policy) : nullptr;
  if (policy == nullptr) return named;
  for (const Statement& s : policy->document.statements) {
    if (s.effect == Effect::allow) {
      for (const PrincipalEntry& p : s.principals) add_named(cloud.view(p.value), named);
    }
    for (const Condition& c : s.conditions) {
      if (!matches_ignoring_case("aws:principal*", cloud.view(c.key))) continue;
      for (const Text value : c.values) add_named(cloud.view(value), named);
    }
  }
  sort_unique(named.accounts);
  sort_unique(named.principals);
  sort_unique(named.organizations);
  return named;
}

bool tells_principals_apart(const access::Access& access, const Guarded& what) {
  const Cloud& cloud = access.cloud();
  const auto looks = [&](PolicyId id) {
    const Policy* policy = cloud->policies.find(id);
    if (policy == nullptr) return false;
    return std::any_of(policy->document.statements.begin(), policy->document.statements.end(), [&](const Statement& s) {
      const bool by_name = s.not_principal || std::any_of(s.principals.begin(), s.principals.end(),
                                                          [](const auto& p) { return p.kind == PrincipalKind::aws; });
      return by_name || std::any_of(s.conditions.begin(), s.conditions.end(), [&](const Condition& c) {
               const std::string_view key = cloud.view(c.key);
               return matches_ignoring_case("aws:principal*", key) || matches_ignoring_case("aws:user*", key);
             });
    });
  };
  if (what.policy.known() && *what.policy && looks(*what.policy)) return true;
  for (const OrgNode& node : cloud->org_nodes) {
    if (std::any_of(node.scps.begin(), node.scps.end(), looks)) return true;
    if (std::any_of(node.rcps.begin(), node.rcps.end(), looks)) return true;
  }
  return false;
}

}  // namespace sallyport::guard
