// decide: is a request allowed, by which statements, and if not, what is missing?
//
// The formula of policy evaluation over all layers (docs/internals/iam.md):
//
//   allowed = no Deny in any layer that applies
//         and the endpoint's policy allows, if the request comes through one
//         and every SCP level allows, for the principal's account
//         and no RCP level denies, for the resource's account
//         and S3 Block Public Access does not refuse
//         and the core: same account   direct grant, or (identity or role grant)
//                                      within boundary and session policy
//                       cross account  identity within boundary and session policy,
//                                      and the resource policy
//
// Every part is one of no, conditional, unknown, yes, and so is the whole. Source:
// IAM User Guide, reference_policies_evaluation-logic.
//
//   Engine engine(registry.gaps);
//   Decision d = engine.decide({.principal = *parse_principal(arn), .action = "s3:GetObject",
//                               .resource = "arn:aws:s3:::b/x", .resource_account = "111122223333",
//                               .context = &context}, layers);
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/gap.h"
#include "base/truth.h"
#include "iam/context.h"
#include "iam/formula.h"
#include "iam/layer.h"
#include "iam/match.h"
#include "iam/policy.h"
#include "iam/principal.h"
#include "iam/rules.h"

namespace sallyport::iam {

struct Request {
  Principal principal;
  std::string_view action;    // "s3:GetObject"; case does not matter
  std::string_view resource;  // an ARN, or "*" for an action without resource level
  // Twelve digits. Empty: the account in the ARN; for "*" the principal's own; else
  // unknown, and the answer is that on which same and cross account agree.
  std::string_view resource_account;
  const Context* context = nullptr;  // nullptr: no keys at all
};

// The documents of one layer. `open` set: there may be others, for that reason.
struct PolicySet {
  std::span<const CompiledPolicy* const> policies;
  GapId open;
};

// SCPs or RCPs, one set a level, the root's first. No levels: in no organization.
struct PolicyLevels {
  std::span<const PolicySet> levels;
  GapId open;  // set: the levels themselves are not known
};

enum class EndpointPolicyKind : std::uint8_t { gateway, interface };

struct EndpointLayer {
  EndpointPolicyKind kind = EndpointPolicyKind::interface;
  PolicySet policy;
  // Does the service honour endpoint policies (EP-3, EP-4)? `unknown`: by `support_gap`.
  Truth policy_supported = Truth::yes;
  GapId support_gap;
};

struct Layers {
  PolicySet identity;                     // of the user and its groups, or of the role
  PolicySet resource;                     // bucket policy, key policy, trust policy ...; empty: there is none
  std::optional<EndpointLayer> endpoint;  // none: no endpoint on the way
  PolicyLevels scp;                       // of the principal's account
  PolicyLevels rcp;                       // of the resource's; RCPFullAWSAccess is implied
  std::optional<PolicySet> boundary;      // none: no boundary
  std::optional<PolicySet> session;       // none: no session policy was passed
  std::string_view management_account;    // of the organization; empty: there is none
  Truth restrict_public_buckets = Truth::no;
  GapId public_access_gap;  // why `restrict_public_buckets` is unknown
};

enum class Outcome : std::uint8_t { allowed, denied, conditional, unknown };
const char* name(Outcome outcome);

// A statement that bears on the decision.
struct By {
  Layer layer = Layer::identity_policy;
  const CompiledPolicy* policy = nullptr;  // nullptr: nothing in the layer allows, `effect` is what misses
  std::uint32_t level = 0;                 // SCP and RCP: 0 = root
  std::uint32_t statement = 0;             // 0-based
  Text sid;
  Origin origin;
  Effect effect = Effect::allow;
  Match applies = Match::yes;  // conditional, unknown: the decision hangs on it
};

// A condition that only the caller decides. `show(*condition, texts)` puts it in
// words; it lives as long as its policy.
struct OpenCondition {
  Layer layer = Layer::identity_policy;
  const CompiledPolicy* policy = nullptr;
  std::uint32_t statement = 0;  // 0-based
  Effect effect = Effect::allow;
  const Predicate* condition = nullptr;  // nullptr: a variable in `Resource`
};

struct Decision {
  Outcome outcome = Outcome::denied;
  std::array<Say, layer_count> layers{};  // by Layer
  // Denied: the denying statements, else an entry without policy for each layer
  // that had to allow and did not. Allowed: the statements that grant. Conditional
  // and unknown: the statements on which it hangs.
  std::vector<By> by;
  std::vector<OpenCondition> conditions;  // only if conditional
  Formula needs;                          // only if conditional: how they work together
  std::vector<GapId> gaps;                // only if unknown; sorted, distinct
  std::vector<std::string_view> notes;    // rules worth knowing that shaped the answer
  Say say(Layer layer) const { return layers[static_cast<std::size_t>(layer)]; }
};

// Decides. Holds only the gaps of what AWS leaves undocumented; thread-safe.
class Engine {
 public:
  explicit Engine(Gaps& gaps) : rules_(gaps) {}

  // With all explanations.
  Decision decide(const Request& request, const Layers& layers) const;

  // The outcome alone, without allocating.
  Outcome outcome(const Request& request, const Layers& layers) const;

 private:
  Rules rules_;
};

}  // namespace sallyport::iam
