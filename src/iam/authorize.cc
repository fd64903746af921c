#include "iam/authorize.h"

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "iam/arn.h"

namespace sallyport::iam {

// Compiles the documents of a case, as far as they are not, and arranges them as
// layers. Lives as long as the decision is being made.
class Arrangement {
 public:
  Arrangement(const AuthorizeCase& request, Authorizer& authorizer, Authorized& authorized)
      : authorizer_(authorizer), registry_(authorizer.registry_), policies_(authorized.policies) {
    make_room(request);
    layers_.identity = set(request.identity, PolicyType::identity, "identityPolicies");
    layers_.resource = set(request.resource_policy, PolicyType::resource, "resourcePolicy");
    if (request.endpoint_policy) {
      EndpointLayer& endpoint = layers_.endpoint.emplace();
      endpoint.kind = request.endpoint.gateway ? EndpointPolicyKind::gateway : EndpointPolicyKind::interface;
      endpoint.policy = set(*request.endpoint_policy, PolicyType::endpoint, "endpointPolicy");
      endpoint.policy_supported = request.endpoint.policy_supported;
      if (endpoint.policy_supported == Truth::unknown) {
        endpoint.support_gap =
            registry_.gaps.add({GapKind::not_collected, "whether the service honours endpoint policies",
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
  static constexpr int no_level = -1;

  static std::string label(const char* member, int level) {
    return level == no_level ? member : member + ("[" + std::to_string(level) + "]");
  }

  // Layers point into the lists, which must not move while they grow.
  void make_room(const AuthorizeCase& request) {
    std::size_t documents = request.identity.documents.size() + request.resource_policy.documents.size();
    for (const auto* one : {&request.endpoint_policy, &request.boundary, &request.session}) {
      if (*one) documents += (*one)->documents.size();
    }
    for (const AuthorizeLevels* one : {&request.scp, &request.rcp}) {
      for (const AuthorizePolicies& level : one->levels) documents += level.documents.size();
    }
    list_.reserve(documents);
    sets_.reserve(request.scp.levels.size() + request.rcp.levels.size());
  }

  PolicySet set(const AuthorizePolicies& from, PolicyType type, const char* member, int level = no_level) {
    const bool alone = from.documents.size() == 1 && (type == PolicyType::resource || type == PolicyType::endpoint ||
                                                      type == PolicyType::boundary || type == PolicyType::session);
    const std::size_t first = list_.size();
    for (const AuthorizeDocument& one : from.documents) {
      const auto compile = [&] {
        const std::string where = label(member, level);
        return std::make_unique<const CompiledPolicy>(
            *one.document, type, alone ? where : where + "[" + std::to_string(one.index) + "]", registry_);
      };
      if (one.number == 0) {
        list_.push_back(policies_.emplace_back(compile()).get());
        continue;
      }
      const std::size_t place = std::size_t{2} * one.number + (alone ? 1 : 0);
      if (place >= authorizer_.kept_.size()) authorizer_.kept_.resize(place + place / 2 + 1);
      auto& kept = authorizer_.kept_[place];
      if (kept == nullptr) kept = compile();
      list_.push_back(kept.get());
    }
    return {std::span(list_).subspan(first), from.unknown ? not_collected(label(member, level)) : GapId{}};
  }

  PolicyLevels levels(const AuthorizeLevels& from, PolicyType type, const char* member) {
    const std::size_t first = sets_.size();
    for (const AuthorizePolicies& level : from.levels) {
      sets_.push_back(set(level, type, member, static_cast<int>(sets_.size() - first)));
    }
    return {std::span(sets_).subspan(first), from.unknown ? not_collected(member) : GapId{}};
  }

  GapId not_collected(const std::string& label) {
    return registry_.gaps.add({GapKind::not_collected, "`" + label + "` was not collected", "give the policies"});
  }

  Authorizer& authorizer_;
  Registry& registry_;
  std::vector<std::unique_ptr<const CompiledPolicy>>& policies_;
  std::vector<const CompiledPolicy*> list_;  // of all layers, one after the other
  std::vector<PolicySet> sets_;              // of all levels
  Layers layers_;
};

namespace {

// The contract: the account of an ARN that has none (S3) must be given, "else the
// answer is `unknown`", even where it would make no difference.
bool lacks_account(const AuthorizeCase& request) {
  if (!request.resource_account.empty() || request.resource == "*") return false;
  const Arn arn = split_arn(request.resource);
  return !arn.whole() || arn.account().empty();
}

}  // namespace

template <class Answer>
Result<void> Authorizer::ask(AuthorizeCase& request, Authorized& authorized, Answer answer) {
  const auto principal = parse_principal(request.principal);
  if (!principal) return tl::unexpected(principal.error());
  const Arrangement arrangement(request, *this, authorized);
  Context context;
  context.reserve(request.context.size());
  for (auto& [key, values] : request.context) context.set(key, std::move(values));
  answer(Request{.principal = *principal,
                 .action = request.action,
                 .resource = request.resource,
                 .resource_account = request.resource_account,
                 .context = &context},
         arrangement.layers());
  return {};
}

Result<Authorized> Authorizer::decide(AuthorizeCase request) {
  Authorized authorized;
  Decision& decision = authorized.decision;
  const auto asked =
      ask(request, authorized, [&](const Request& r, const Layers& layers) { decision = engine_.decide(r, layers); });
  if (!asked) return tl::unexpected(asked.error());
  if (decision.outcome != Outcome::unknown && lacks_account(request)) {
    decision.outcome = Outcome::unknown;
    decision.gaps = {
        registry_.gaps.add({GapKind::not_collected, "the account that owns `" + std::string(request.resource) + "`",
                            "give `resourceAccount`"})};
  }
  return authorized;
}

Result<Outcome> Authorizer::outcome(AuthorizeCase request) {
  Authorized authorized;
  Outcome outcome = Outcome::unknown;
  const auto asked =
      ask(request, authorized, [&](const Request& r, const Layers& layers) { outcome = engine_.outcome(r, layers); });
  if (!asked) return tl::unexpected(asked.error());
  return lacks_account(request) ? Outcome::unknown : outcome;
}

Result<Authorized> authorize(const AuthorizeCase& request, Registry& registry) {
  return Authorizer(registry).decide(request);
}

}  // namespace sallyport::iam
