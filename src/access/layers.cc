#include "access/layers.h"

#include <algorithm>
#include <array>

#include "access/doors.h"
#include "facts/keys.h"

namespace sallyport::access {

using iam::PolicySet;
using iam::PolicyType;

// Services none of whose resources takes a resource policy. Short on purpose: a
// service that is not on it has `unknown` resource policies until it is read.
// Source: IAM User Guide, reference_aws-services-that-work-with-iam.
constexpr std::array without_resource_policies = {
    "autoscaling", "cloudformation", "cloudwatch", "ec2",     "ecs", "elasticache", "elasticloadbalancing",
    "iam",         "organizations",  "rds",        "route53", "tag"};

// Services whose resource policies are read.
constexpr std::array with_read_policies = {"s3",  "dynamodb",       "lambda", "sts",    "sqs",        "sns",
                                           "kms", "secretsmanager", "ecr",    "events", "execute-api"};

OwnPolicy policy_of(const Cloud& cloud, const Thing& thing) {
  if (const Bucket* bucket = cloud->buckets.find(thing.object.as<Kind::bucket>())) {
    return {true, bucket->policy, bucket->head.gap};
  }
  const Table* table = cloud->tables.find(thing.object.as<Kind::table>());
  if (table != nullptr && thing.arn.find("/stream/") == std::string::npos) {
    return {true, table->policy, table->head.gap};
  }
  const Function* function = cloud->functions.find(thing.object.as<Kind::function>());
  if (function != nullptr && cloud.id(function->id) == thing.arn) {
    return {true, function->policy, function->head.gap};
  }
  const Role* role = cloud->roles.find(thing.object.as<Kind::role>());
  if (role != nullptr && thing.prefix == "sts") return {true, role->trust, {}};
  if (const Resource* other = cloud->resources.find(thing.object.as<Kind::resource>())) {
    return {true, other->policy, other->head.gap};
  }
  return {};
}

class Gatherer {
 public:
  Gatherer(const Cloud& cloud, const Org& org, const Policies& policies, LayerSet& out,
           const std::vector<char>* voices = nullptr)
      : cloud_(cloud), org_(org), policies_(policies), out_(out), layers_(out.layers_), voices_(voices) {}

  void identity(const Caller& caller) {
    LayerSet::List& list = out_.lists_.emplace_back();
    if (caller.full_power) {
      list.push_back(policies_.everything());
    } else if (caller.role != nullptr) {
      add(caller.role->policies, PolicyType::identity, list, layers_.identity.open);
      boundary(caller.role->boundary);
    } else if (caller.user != nullptr) {
      add(caller.user->policies, PolicyType::identity, list, layers_.identity.open);
      for (const GroupId id : caller.user->groups) {
        if (const Group* group = cloud_->groups.find(id)) {
          add(group->policies, PolicyType::identity, list, layers_.identity.open);
        } else {
          layers_.identity.open = missing(id);
        }
      }
      if (caller.user->groups.open) layers_.identity.open = caller.user->groups.open;
      boundary(caller.user->boundary);
    } else if (caller.missing) {
      layers_.identity.open = caller.missing;
      layers_.boundary.emplace().open = caller.missing;
    }
    layers_.identity.policies = list;
  }

  void scp(const Caller& caller) {
    layers_.management_account = org_.management_account();
    // What the organization of a hypothetical stranger says is the stranger's choice.
    const bool ours =
        caller.membership.kind == Membership::Kind::ours || caller.membership.kind == Membership::Kind::none;
    if (caller.full_power && !ours) return;
    if (iam::in_account(caller.principal.type)) levels(caller.membership, true, layers_.scp);
  }

  void rcp(const Thing& thing) {
    const Resource* key = cloud_->resources.find(thing.object.as<Kind::resource>());
    if (key != nullptr && key->aws_managed) return;  // RC-2
    if (facts::rcp_supported(thing.prefix) && !thing.wide_open) levels(thing.membership, false, layers_.rcp);
  }

  void resource(const Thing& thing) {
    LayerSet::List& list = out_.lists_.emplace_back();
    GapId& open = layers_.resource.open;
    if (thing.arn == "*") {
      // No resource, no policy on one.
    } else if (thing.wide_open) {
      list.push_back(policies_.wide_open());
    } else if (const OwnPolicy own = policy_of(cloud_, thing); own.read) {
      add(own.policy, PolicyType::resource, list, open);
      if (own.doubt) open = own.doubt;
      if (const Bucket* bucket = cloud_->buckets.find(thing.object.as<Kind::bucket>())) {
        if (bucket->block_public_access.known()) {
          layers_.restrict_public_buckets = truth(bucket->block_public_access->restrict_public_buckets);
        } else {
          layers_.restrict_public_buckets = Truth::unknown;
          layers_.public_access_gap = bucket->block_public_access.gap();
        }
      }
    } else if (!without_policies(thing.prefix)) {
      open = not_read(thing);
      if (thing.prefix == "s3") {
        layers_.restrict_public_buckets = Truth::unknown;
        layers_.public_access_gap = open;
      }
    }
    layers_.resource.policies = list;
  }

  void endpoint(const Arrival& arrival) {
    if (arrival.by == Arrival::By::publicly) return;
    iam::EndpointLayer& layer = layers_.endpoint.emplace();
    LayerSet::List& list = out_.lists_.emplace_back();
    if (arrival.strangers) {  // whoever made it wrote its policy
      list.push_back(policies_.default_endpoint_policy());
      layer.policy.policies = list;
      return;
    }
    const Endpoint* e = cloud_->endpoints.find(arrival.endpoint);
    if (e == nullptr) {
      // It may be none, or any.
      layer.policy.open = arrival.endpoint ? missing(arrival.endpoint) : arrival.gap;
      layer.policy_supported = Truth::unknown;
      layer.support_gap = layer.policy.open;
      return;
    }
    if (!e->type.known()) {
      layer.policy.open = e->type.gap();
    } else if (*e->type == EndpointType::gateway) {
      layer.kind = iam::EndpointPolicyKind::gateway;
    }
    const PolicySupport support = policy_support(cloud_, *e);
    layer.policy_supported = support.honoured;
    layer.support_gap = support.gap;
    if (e->policy.known() && !*e->policy) {
      list.push_back(policies_.default_endpoint_policy());
    } else {
      add(e->policy, PolicyType::endpoint, list, layer.policy.open);
    }
    if (e->head.gap) layer.policy.open = e->head.gap;
    layer.policy.policies = list;
  }

 private:
  GapId missing(Ref ref) const {
    return cloud_.registry().gaps.add({GapKind::not_collected,
                                       "`" + std::string(cloud_.id(ref)) + "` is referred to, but is not in the input",
                                       listing_command(ref.kind)});
  }

  GapId not_read(const Thing& thing) const {
    Gaps& gaps = cloud_.registry().gaps;
    const std::string shown = "`" + show_symbols(thing.arn) + "`";
    if (thing.strangers || thing.account.empty() || !org_.is_ours(thing.account)) {
      return gaps.add({GapKind::outside, shown + " is not in the input, so its policy is not known", ""});
    }
    if (std::find(with_read_policies.begin(), with_read_policies.end(), thing.prefix) != with_read_policies.end()) {
      return gaps.add({GapKind::not_collected, shown + " is not in the input, so its policy is not known",
                       "collect the account in full"});
    }
    return gaps.add({GapKind::not_modelled, "resource policies of `" + thing.prefix + "` are not read yet", ""});
  }

  static bool without_policies(std::string_view prefix) {
    return std::find(without_resource_policies.begin(), without_resource_policies.end(), prefix) !=
           without_resource_policies.end();
  }

  void add(PolicyId id, PolicyType type, LayerSet::List& list, GapId& open) {
    if (!id) return;
    if (const iam::CompiledPolicy* policy = policies_.find(id, type)) {
      list.push_back(policy);
    } else {
      open = missing(id);
    }
  }
  void add(const Value<PolicyId>& id, PolicyType type, LayerSet::List& list, GapId& open) {
    if (id.known()) {
      add(*id, type, list, open);
    } else {
      open = id.gap();
    }
  }
  void add(const List<PolicyId>& ids, PolicyType type, LayerSet::List& list, GapId& open) {
    for (const PolicyId id : ids) {
      const bool silent = voices_ != nullptr && type == PolicyType::identity && id.number() < voices_->size() &&
                          (*voices_)[id.number()] == 0;
      if (!silent) add(id, type, list, open);
    }
    if (ids.open) open = ids.open;
  }

  void boundary(const Value<PolicyId>& id) {
    if (id.known() && !*id) return;
    PolicySet& set = layers_.boundary.emplace();
    LayerSet::List& list = out_.lists_.emplace_back();
    add(id, PolicyType::boundary, list, set.open);
    set.policies = list;
  }

  void levels(const Membership& m, bool scp, iam::PolicyLevels& out) {
    if (m.kind == Membership::Kind::none) return;
    if (m.kind == Membership::Kind::foreign) {
      out.open =
          cloud_.registry().gaps.add({GapKind::outside, "policies of other organizations are not in the input", ""});
      return;
    }
    if (m.chain.empty()) {
      out.open = m.gap;
      return;
    }
    std::vector<PolicySet>& levels = out_.levels_.emplace_back();
    for (const OrgNode* node : m.chain) {
      LayerSet::List& list = out_.lists_.emplace_back();
      PolicySet set;
      add(scp ? node->scps : node->rcps, scp ? PolicyType::scp : PolicyType::rcp, list, set.open);
      set.policies = list;
      levels.push_back(set);
    }
    out.levels = levels;
  }

  const Cloud& cloud_;
  const Org& org_;
  const Policies& policies_;
  LayerSet& out_;
  iam::Layers& layers_;
  const std::vector<char>* voices_;
};

void gather(const Cloud& cloud, const Org& org, const Policies& policies, const Caller& caller, const Thing& thing,
            const Arrival& arrival, LayerSet& out) {
  Gatherer g(cloud, org, policies, out);
  g.identity(caller);
  g.scp(caller);
  g.resource(thing);
  g.rcp(thing);
  g.endpoint(arrival);
}

void gather_own(const Cloud& cloud, const Org& org, const Policies& policies, const Caller& caller,
                const std::vector<char>* voices, LayerSet& out) {
  Gatherer(cloud, org, policies, out, voices).identity(caller);
}

}  // namespace sallyport::access
