#include "guard/belts.h"

#include <algorithm>
#include <array>

#include "access/asker.h"
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

// Objects of which the bucket's policy speaks apart, and one of which it does not.
std::vector<std::string> named_objects(const Cloud& cloud, const Guarded& what) {
  std::vector<std::string> objects;
  const Policy* policy = what.policy.known() ? cloud->policies.find(*what.policy) : nullptr;
  if (policy == nullptr) return objects;
  for (const Statement& s : policy->document.statements) {
    for (const Text resource : s.resources) {
      const std::string_view pattern = cloud.view(resource);
      if (!pattern.starts_with(what.arn + "/") || pattern.find("${") != std::string_view::npos) continue;
      if (pattern.substr(what.arn.size()) != "/*") objects.push_back(access::instance_of(pattern));
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

std::vector<Guarded> guarded(const access::Access& access) {
  const Cloud& cloud = access.cloud();
  std::vector<Guarded> all;
  const auto add = [&](Guarded& g, const char* prefix, const auto& actions, const std::string& resource) {
    for (const auto& action : actions) {
      // What the table of actions says does not work on this, is not asked.
      auto thing = access.things().find(prefix + std::string(action), resource, {});
      if (thing) g.asks.push_back(std::move(*thing));
    }
  };
  const std::vector<std::string> of_objects = object_actions();
  for (const Bucket& bucket : cloud->buckets) {
    Guarded g{bucket.id,
              "arn:aws:s3:::" + std::string(cloud.id(bucket.id)),
              std::string(cloud.view(bucket.head.account)),
              bucket.policy,
              {}};
    add(g, "s3:", of_objects, some_object(g.arn));
    add(g, "s3:", listing_actions, g.arn);
    for (const std::string& object : named_objects(cloud, g)) add(g, "s3:", first_object_actions, object);
    all.push_back(std::move(g));
  }
  for (const Table& table : cloud->tables) {
    const std::string arn(cloud.id(table.id));
    Guarded g{table.id, arn, std::string(access::arn_part(arn, 4)), table.policy, {}};
    add(g, "dynamodb:", table_actions, arn);
    all.push_back(std::move(g));
  }
  for (const Function& function : cloud->functions) {
    if (function.urls.empty()) continue;  // its front door is then the API of Lambda
    const std::string arn(cloud.id(function.id));
    Guarded g{function.id, arn, std::string(cloud.view(function.head.account)), function.policy, {}};
    add(g, "lambda:", std::array{"InvokeFunctionUrl"}, arn);
    all.push_back(std::move(g));
  }
  return all;
}

Passed ask(const access::Access& access, const Guarded& what, const access::Caller& caller,
           const access::Arrival& arrival) {
  Passed worst;
  access::Asker asker(access, caller, arrival);
  for (const access::Thing& thing : what.asks) {
    const iam::Outcome outcome = asker.outcome(thing);
    if (outcome == iam::Outcome::unknown) {
      const std::vector<GapId> gaps = asker.explained(thing).decision.gaps;
      worst.gaps.insert(worst.gaps.end(), gaps.begin(), gaps.end());
    }
    if (rank(outcome) > rank(worst.outcome)) {
      worst.outcome = outcome;
      worst.action = thing.action;
    }
    if (worst.outcome == iam::Outcome::allowed) break;
  }
  std::sort(worst.gaps.begin(), worst.gaps.end());
  worst.gaps.erase(std::unique(worst.gaps.begin(), worst.gaps.end()), worst.gaps.end());
  return worst;
}

Named named_in(const Cloud& cloud, const Guarded& what) {
  if (!what.policy.known()) return {};
  return access::named_in(cloud, {&*what.policy, 1});
}

Apart::Apart(const access::Access& access) : access_(access) {
  for (const OrgNode& node : access.cloud()->org_nodes) {
    for (const PolicyId id : node.scps) add(id);
    for (const PolicyId id : node.rcps) add(id);
  }
}

Apart Apart::with(const Guarded& what) const {
  Apart both = *this;
  if (what.policy.known()) both.add(*what.policy);
  return both;
}

void Apart::add(PolicyId id) {
  const Cloud& cloud = access_.cloud();
  const Policy* policy = cloud->policies.find(id);
  if (policy == nullptr) return;
  for (const Statement& s : policy->document.statements) {
    for (const PrincipalEntry& p : s.principals) {
      if (p.kind == PrincipalKind::aws) patterns_.emplace_back(cloud.view(p.value));
    }
    other_ = other_ || s.not_principal;
    for (const Condition& c : s.conditions) {
      const std::string_view key = cloud.view(c.key);
      if (matches_ignoring_case("aws:principaltag/*", key)) {
        tags_ = true;
      } else if (equals_ignoring_case("aws:principalarn", key)) {
        for (const Text value : c.values) {
          const std::string_view pattern = cloud.view(value);
          other_ = other_ || pattern.find("${") != std::string_view::npos;
          patterns_.emplace_back(pattern);
        }
      } else if (matches_ignoring_case("aws:principal*", key) || matches_ignoring_case("aws:user*", key)) {
        // Of the account, and so the same for all of it; or of the kind of principal.
        const bool of_account = matches_ignoring_case("aws:principalorg*", key) ||
                                equals_ignoring_case("aws:principalaccount", key) ||
                                matches_ignoring_case("aws:principal*service*", key);
        other_ = other_ || !of_account;
      }
    }
  }
}

std::vector<bool> Apart::matched(std::string_view arn) const {
  std::vector<bool> hits;
  hits.reserve(patterns_.size());
  for (const std::string& pattern : patterns_) hits.push_back(matches(pattern, arn));
  return hits;
}

bool Apart::tells(const access::Caller& caller) const {
  if (other_) return true;
  const bool tagged = caller.user != nullptr ? !caller.user->tags.empty() || caller.user->tags.open : true;
  // A role's sessions may bring tags of their own: left to the decision.
  if (tags_ && tagged) return true;
  if (patterns_.empty()) return false;
  const access::Caller anybody = access_.callers().key_holder(caller.principal.account);
  return matched(caller.arn) != matched(anybody.arn);
}

}  // namespace sallyport::guard
