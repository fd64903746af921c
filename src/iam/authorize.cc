#include "iam/authorize.h"

#include <string>
#include <utility>
#include <vector>

#include "iam/arn.h"

namespace sallyport::iam {
namespace {

// Compiles the documents of a case and arranges them as layers. Lives as long as
// the decision is being made.
class Arrangement {
 public:
  Arrangement(const AuthorizeCase& request, Registry& registry, std::deque<CompiledPolicy>& policies)
      : registry_(registry), policies_(policies) {
    layers_.identity = set(request.identity, PolicyType::identity, "identityPolicies");
    layers_.resource = set(request.resource_policy, PolicyType::resource, "resourcePolicy");
    if (request.endpoint_policy) {
      EndpointLayer& endpoint = layers_.endpoint.emplace();
      endpoint.kind = request.endpoint.gateway ? EndpointPolicyKind::gateway : EndpointPolicyKind::interface;
      endpoint.policy = set(*request.endpoint_policy, PolicyType::endpoint, "endpointPolicy");
      endpoint.policy_supported = request.endpoint.policy_supported;
      if (endpoint.policy_supported == Truth::unknown) {
        endpoint.support_gap =
            registry.gaps.add({GapKind::not_collected, "whether the service honours endpoint policies",
                               "aws ec2 describe-vpc-endpoint-services"});
      }
    }
    layers_.scp = levels(request.scp, PolicyType::scp, "serviceControlPolicies");
    layers_.rcp = levels(request.rcp, PolicyType::rcp, "resourceControlPolicies");
    if (request.boundary) layers_.boundary = set(*request.boundary, PolicyType::boundary, "permissionBoundary");
    if (request.session) layers_.session = set(*request.session, PolicyType::session, "sessionPolicy");
    layers_.management_account = request.management_account;
    layers_.restrict_public_buckets = truth(request.restrict_public_buckets);
  }
  Arrangement(const Arrangement&) = delete;
  Arrangement& operator=(const Arrangement&) = delete;

  const Layers& layers() const { return layers_; }

 private:
  PolicySet set(const AuthorizePolicies& from, PolicyType type, const std::string& label) {
    auto& list = lists_.emplace_back();
    for (std::size_t i = 0; i < from.documents.size(); ++i) {
      const bool single = from.documents.size() == 1 && (type == PolicyType::resource || type == PolicyType::endpoint ||
                                                         type == PolicyType::boundary || type == PolicyType::session);
      list.push_back(&policies_.emplace_back(from.documents[i], type,
                                             single ? label : label + "[" + std::to_string(i) + "]", registry_));
    }
    return {list, from.unknown ? not_collected(label) : GapId{}};
  }

  PolicyLevels levels(const AuthorizeLevels& from, PolicyType type, const std::string& label) {
    auto& sets = sets_.emplace_back();
    for (std::size_t i = 0; i < from.levels.size(); ++i) {
      sets.push_back(set(from.levels[i], type, label + "[" + std::to_string(i) + "]"));
    }
    return {sets, from.unknown ? not_collected(label) : GapId{}};
  }

  GapId not_collected(const std::string& label) {
    return registry_.gaps.add({GapKind::not_collected, "`" + label + "` was not collected", "give the policies"});
  }

  Registry& registry_;
  std::deque<CompiledPolicy>& policies_;
  std::deque<std::vector<const CompiledPolicy*>> lists_;
  std::deque<std::vector<PolicySet>> sets_;
  Layers layers_;
};

// The contract: the account of an ARN that has none (S3) must be given, "else the
// answer is `unknown`", even where it would make no difference.
void require_account(const AuthorizeCase& request, Registry& registry, Decision& decision) {
  if (!request.resource_account.empty() || request.resource == "*" || decision.outcome == Outcome::unknown) return;
  if (const Arn arn = split_arn(request.resource); arn.whole() && !arn.account().empty()) return;
  decision.outcome = Outcome::unknown;
  decision.gaps = {
      registry.gaps.add({GapKind::not_collected, "the account that owns `" + std::string(request.resource) + "`",
                         "give `resourceAccount`"})};
}

}  // namespace

Result<Authorized> authorize(const AuthorizeCase& request, Registry& registry) {
  const auto principal = parse_principal(request.principal);
  if (!principal) return tl::unexpected(principal.error());
  Authorized authorized;
  const Arrangement arrangement(request, registry, authorized.policies);
  Context context;
  for (const auto& [key, values] : request.context) context.set(key, values);
  const Engine engine(registry.gaps);
  authorized.decision = engine.decide({.principal = *principal,
                                       .action = request.action,
                                       .resource = request.resource,
                                       .resource_account = request.resource_account,
                                       .context = &context},
                                      arrangement.layers());
  require_account(request, registry, authorized.decision);
  return authorized;
}

}  // namespace sallyport::iam
