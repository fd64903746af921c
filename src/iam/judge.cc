#include "iam/judge.h"

#include <algorithm>

#include "facts/keys.h"

namespace sallyport::iam {
namespace {

// An action in lower case, on the stack where it is as short as AWS's are.
class Lowered {
 public:
  explicit Lowered(std::string_view action) {
    if (action.size() > buffer_.size()) {
      large_ = lower_case(action);
      text_ = large_;
      return;
    }
    std::transform(action.begin(), action.end(), buffer_.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    text_ = {buffer_.data(), action.size()};
  }
  Lowered(const Lowered&) = delete;
  Lowered& operator=(const Lowered&) = delete;
  std::string_view text() const { return text_; }

 private:
  std::array<char, 128> buffer_;
  std::string large_;
  std::string_view text_;
};

const Context& context_of(const Request& request) {
  static const Context none;
  return request.context == nullptr ? none : *request.context;
}

// The principal with what `aws:PrincipalArn` tells of the role or user behind it.
Caller caller_of(const Request& request, const Layers& layers) {
  Caller caller;
  caller.principal = request.principal;
  caller.context = &context_of(request);
  Principal& p = caller.principal;
  const bool session = p.type == PrincipalType::session;
  const bool federated = p.type == PrincipalType::federated_user;
  const std::string* arn = session || federated ? caller.context->single("aws:PrincipalArn") : nullptr;
  if (arn != nullptr) {
    const Arn parts = split_arn(*arn);
    if (session && parts.whole() && parts.resource().starts_with("role/")) {
      caller.role_arn = *arn;
      p.service_linked = truth(parts.resource().starts_with("role/aws-service-role/"));
    }
    if (federated && parts.whole() && parts.resource().starts_with("user/")) caller.user_arn = *arn;
  }
  if (in_account(p.type) && p.type != PrincipalType::root && layers.boundary) {
    caller.bounded = layers.boundary->open ? Match::unknown : Match::yes;
  }
  return caller;
}

bool twelve_digits(std::string_view text) {
  return text.size() == 12 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Empty: not known.
std::string_view resource_account(const Request& request, const Prepared& prepared) {
  if (!request.resource_account.empty()) return request.resource_account;
  if (request.resource == "*") return request.principal.account;
  const Arn& arn = prepared.resource.parts();
  return arn.whole() && twelve_digits(arn.account()) ? arn.account() : std::string_view();
}

// Resource part of an ARN of that service, without `prefix`; empty if it is none.
bool is_resource(const Prepared& request, std::string_view service, std::string_view prefix) {
  const Arn& arn = request.resource.parts();
  return arn.whole() && arn.service() == service && arn.resource().starts_with(prefix);
}

// No policy controls these: "No permissions are required to perform this operation"
// (STS API Reference, GetCallerIdentity; IAM User Guide,
// id_credentials_temp_control-access_getsessiontoken).
bool no_permission_needed(const Prepared& request) {
  const PrincipalType type = request.caller.principal.type;
  if (request.action.full == "sts:getcalleridentity") return type != PrincipalType::anonymous;
  return request.action.full == "sts:getsessiontoken" && (type == PrincipalType::user || type == PrincipalType::root);
}

// Tasks that SCPs cannot restrict (SC-2), as far as they are actions.
bool scp_may_not_reach(const Prepared& request) {
  const ActionText& action = request.action;
  if (action.prefix == "support") return request.caller.principal.type == PrincipalType::root;
  if (action.prefix == "mechanicalturk" || action.prefix == "awis" || action.prefix == "alexatopsites") return true;
  return action.prefix == "cloudfront" && (action.name.find("publickey") != std::string_view::npos ||
                                           action.name.find("keygroup") != std::string_view::npos);
}

class Judge {
 public:
  Judge(const Prepared& prepared, const Request& request, const Layers& layers, const Rules& rules, Trace& trace)
      : request_(prepared),
        layers_(layers),
        rules_(rules),
        evaluation_{prepared, rules, trace},
        account_(resource_account(request, prepared)) {}

  Judgement run() {
    const PrincipalType type = principal().type;
    j_.in_account = in_account(type);
    j_.root = type == PrincipalType::root;
    j_.service = type == PrincipalType::service;
    j_.always_allowed = no_permission_needed(request_);
    j_.same_account = !j_.in_account     ? Match::no
                      : account_.empty() ? Match::unknown
                                         : match(account_ == principal().account);
    const bool key = request_.action.prefix == "kms" && is_resource(request_, "kms", "key/");
    const bool trust = request_.action.prefix == "sts" && is_resource(request_, "iam", "role/");
    if (key || trust) j_.delegation = Delegation::explicit_only;

    // First what the request's own accounts decide: most refusals are found there.
    identity();
    resource();
    core();
    for (const auto layer : {&Judge::endpoint, &Judge::scp, &Judge::rcp, &Judge::block_public_access}) {
      if (settled()) break;
      (this->*layer)();
    }
    for (const Match m : j_.deny) j_.denied = j_.denied | m;
    j_.result = j_.core & !j_.denied;
    for (const Layer layer : {Layer::endpoint_policy, Layer::scp}) j_.result = j_.result & j_.allows(layer);
    if (j_.always_allowed) {
      const Match door = j_.allows(Layer::endpoint_policy) & !j_.denies(Layer::endpoint_policy);
      j_.result = door == Match::yes ? Match::yes : Match::unknown;
    }
    return j_;
  }

 private:
  const Principal& principal() const { return request_.caller.principal; }

  // Surely refused, whatever the layers say that were not asked yet: enough for whoever
  // wants the outcome alone.
  bool settled() const {
    const bool outcome_alone = !evaluation_.trace.on && !j_.always_allowed;
    return outcome_alone && (refused_ || j_.core == Match::no);
  }

  void put(Layer layer, Match allow, Match deny) {
    const auto i = static_cast<std::size_t>(layer);
    j_.applies[i] = true;
    j_.allow[i] = allow;
    j_.deny[i] = deny;
    const bool must_allow = layer == Layer::endpoint_policy || layer == Layer::scp;
    refused_ = refused_ || deny == Match::yes || (must_allow && allow == Match::no);
  }
  void does_not_apply(Layer layer) { j_.allow[static_cast<std::size_t>(layer)] = Match::yes; }

  void attached(const std::optional<PolicySet>& set, Layer layer) {
    if (!set || !j_.in_account) return does_not_apply(layer);
    Tally tally;
    evaluation_.add(*set, layer, 0, PrincipalReading::ordinary, tally);
    put(layer, tally.allows(), tally.deny);
  }

  void identity() {
    attached(layers_.identity, Layer::identity_policy);
    if (!j_.in_account) j_.allow[static_cast<std::size_t>(Layer::identity_policy)] = Match::no;
    // The root user has no policies of its own (EV-5).
    if (j_.root && layers_.identity.policies.empty())
      j_.applies[static_cast<std::size_t>(Layer::identity_policy)] = false;
    attached(layers_.boundary, Layer::boundary);
    // A federated user whose session was made without a policy has no permissions of
    // the user behind it (reference_policies_evaluation-logic, "Session policies").
    static const std::optional<PolicySet> nothing = PolicySet{};
    const bool bare = principal().type == PrincipalType::federated_user && !layers_.session;
    attached(bare ? nothing : layers_.session, Layer::session_policy);
  }

  void resource() {
    if (layers_.resource.policies.empty() && !layers_.resource.open) return;
    Tally tally;
    evaluation_.add(layers_.resource, Layer::resource_policy, 0, PrincipalReading::ordinary, tally);
    j_.resource = tally.allow;
    put(Layer::resource_policy, tally.allows(), tally.deny);
  }

  void endpoint() {
    if (!layers_.endpoint || layers_.endpoint->policy_supported == Truth::no) {
      return does_not_apply(Layer::endpoint_policy);
    }
    const bool gateway = layers_.endpoint->kind == EndpointPolicyKind::gateway;
    Tally tally;
    evaluation_.add(layers_.endpoint->policy, Layer::endpoint_policy, 0,
                    gateway ? PrincipalReading::gateway_endpoint : PrincipalReading::ordinary, tally);
    Match allow = tally.allows();
    Match deny = tally.deny;
    if (layers_.endpoint->policy_supported == Truth::unknown && (allow != Match::yes || deny != Match::no)) {
      evaluation_.missing(Layer::endpoint_policy, layers_.endpoint->support_gap);
      allow = allow | Match::unknown;
      deny = deny & Match::unknown;
    }
    put(Layer::endpoint_policy, allow, deny);
  }

  // SC-1: all principals of member accounts but service-linked roles.
  void scp() {
    const bool none = layers_.scp.levels.empty() && !layers_.scp.open;
    if (none || !j_.in_account || principal().service_linked == Truth::yes ||
        (!layers_.management_account.empty() && layers_.management_account == principal().account)) {
      return does_not_apply(Layer::scp);
    }
    LevelTally tally = evaluate_levels(evaluation_, layers_.scp, Layer::scp);
    if (tally.allow != Match::yes || tally.deny != Match::no) {
      if (principal().service_linked == Truth::unknown) spare(tally, Layer::scp, rules_.service_linked);
      if (scp_may_not_reach(request_)) spare(tally, Layer::scp, rules_.scp_exempt);
    }
    put(Layer::scp, tally.allow, tally.deny);
  }

  // The layer may not apply, for that reason.
  void spare(LevelTally& tally, Layer layer, GapId gap) {
    evaluation_.missing(layer, gap);
    tally.allow = tally.allow | Match::unknown;
    tally.deny = tally.deny & Match::unknown;
  }

  // RC-1, RC-2, RC-5: resources of member accounts, in services that know RCPs.
  void rcp() {
    does_not_apply(Layer::rcp);
    const bool none = layers_.rcp.levels.empty() && !layers_.rcp.open;
    if (none || principal().service_linked == Truth::yes || request_.action.full == "kms:retiregrant" ||
        is_resource(request_, "kms", "alias/aws/") || is_resource(request_, "iam", "role/aws-service-role/") ||
        (!layers_.management_account.empty() && layers_.management_account == account_)) {
      return;
    }
    LevelTally tally = evaluate_levels(evaluation_, layers_.rcp, Layer::rcp);
    tally.allow = Match::yes;  // RCPFullAWSAccess is attached everywhere and cannot be detached (EV-2)
    if (tally.deny != Match::no) {
      if (!facts::rcp_supported(request_.action.prefix)) return;
      if (principal().service_linked == Truth::unknown) spare(tally, Layer::rcp, rules_.service_linked);
      if (account_.empty() && !layers_.management_account.empty()) spare(tally, Layer::rcp, rules_.resource_account);
      tally.allow = Match::yes;
    }
    put(Layer::rcp, tally.allow, tally.deny);
  }

  // RestrictPublicBuckets: a public bucket policy serves only AWS services and the
  // bucket's own account.
  void block_public_access() {
    does_not_apply(Layer::s3_block_public_access);
    if (layers_.restrict_public_buckets == Truth::no || request_.action.prefix != "s3" ||
        principal().type == PrincipalType::service || j_.same_account == Match::yes) {
      return;
    }
    Match is_public = Match::no;
    GapId why = layers_.resource.open;
    for (const CompiledPolicy* policy : layers_.resource.policies) {
      is_public = is_public | match(policy->is_public());
      if (policy->is_public() == Truth::unknown && !why) why = policy->public_gap();
    }
    if (layers_.resource.open) is_public = is_public | Match::unknown;
    if (is_public == Match::no) return put(Layer::s3_block_public_access, Match::yes, Match::no);
    const Match blocks = match(layers_.restrict_public_buckets) & is_public & !j_.same_account;
    if (blocks == Match::unknown) {
      const Layer layer = Layer::s3_block_public_access;
      if (is_public == Match::unknown) evaluation_.missing(layer, why);
      if (layers_.restrict_public_buckets == Truth::unknown) evaluation_.missing(layer, layers_.public_access_gap);
      if (j_.same_account == Match::unknown) evaluation_.missing(layer, rules_.resource_account);
    }
    put(Layer::s3_block_public_access, Match::yes, blocks);
  }

  Match granted(Naming naming) const { return j_.resource[static_cast<std::size_t>(naming)]; }

  void core() {
    const Match any = overall(j_.resource);
    if (!j_.in_account) {
      // EV-7, EV-8: only the resource's policy grants. AssumeRole must be signed.
      const bool unsigned_sts = principal().type == PrincipalType::anonymous && request_.action.prefix == "sts";
      j_.core = j_.core_cross = unsigned_sts ? Match::no : any;
      return;
    }
    const Match identity = j_.root ? Match::yes : j_.allows(Layer::identity_policy);
    const Match limit = j_.root ? Match::yes : j_.allows(Layer::boundary) & j_.allows(Layer::session_policy);
    j_.core_cross = identity & limit & any;
    j_.core_same = same_account(identity, limit);
    // "You cannot use AWS account root user credentials to call AssumeRole."
    if (j_.root && request_.action.full == "sts:assumerole") j_.core_same = j_.core_cross = Match::no;
    switch (j_.same_account) {
      case Match::yes: j_.core = j_.core_same; break;
      case Match::no: j_.core = j_.core_cross; break;
      default: j_.core = either(j_.core_same, j_.core_cross); break;
    }
  }

  // The table ResDirect of docs/internals/iam.md.
  Match same_account(Match identity, Match limit) {
    if (j_.delegation == Delegation::ordinary && j_.root) return Match::yes;
    const Match handed_over =
        j_.delegation == Delegation::explicit_only ? granted(Naming::account) & identity : identity;
    const Match limited = (granted(Naming::role) | handed_over) & limit;
    Match everyone = granted(Naming::everyone);
    if (everyone != Match::no && limit != Match::yes && (granted(Naming::direct) | limited) != Match::yes) {
      j_.star_undocumented = true;
      everyone = everyone & Match::unknown;
    }
    return granted(Naming::direct) | limited | everyone;
  }

  const Prepared& request_;
  const Layers& layers_;
  const Rules& rules_;
  Evaluation evaluation_;
  std::string_view account_;
  Judgement j_;
  bool refused_ = false;  // some layer surely denies, or does not allow though it must
};

}  // namespace

Judgement judge(const Request& request, const Layers& layers, const Rules& rules, Trace& trace) {
  const Lowered action(request.action);
  const Prepared prepared{caller_of(request, layers), split_action(action.text()), arn_text(request.resource),
                          &context_of(request)};
  return Judge(prepared, request, layers, rules, trace).run();
}

Outcome outcome_of(Match result) {
  switch (result) {
    case Match::yes: return Outcome::allowed;
    case Match::no: return Outcome::denied;
    case Match::conditional: return Outcome::conditional;
    case Match::unknown: return Outcome::unknown;
  }
  return Outcome::unknown;
}

Outcome Engine::outcome(const Request& request, const Layers& layers) const {
  Trace trace;
  return outcome_of(judge(request, layers, rules_, trace).result);
}

Decision Engine::decide(const Request& request, const Layers& layers) const {
  Trace trace;
  trace.on = true;
  trace.hits.reserve(16);
  const Judgement judgement = judge(request, layers, rules_, trace);
  Decision decision = explain(judgement, context_of(request), rules_, trace);
  if (decision.outcome == Outcome::conditional) {
    decision.needs = formula(judgement, request.resource, context_of(request), rules_, trace);
  }
  return decision;
}

}  // namespace sallyport::iam
