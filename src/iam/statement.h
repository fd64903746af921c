// CompiledStatement: one statement of a policy, ready to be held against requests.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/origin.h"
#include "base/text.h"
#include "iam/action.h"
#include "iam/arn_pattern.h"
#include "iam/condition.h"
#include "iam/principal_match.h"
#include "model/policy.h"

namespace sallyport::iam {

struct CompiledStatement {
  Effect effect = Effect::deny;
  bool effect_known = true;
  GapId gap;  // not understood, or not legal in its layer: never more than `unknown`
  PrincipalMatcher principal;
  ActionMatcher action;
  bool any_resource = true;  // no element `Resource`, or `*` alone
  bool not_resource = false;
  std::vector<ArnPattern> resources;
  std::vector<Predicate> conditions;
  // Everybody, narrowed by a condition on `aws:PrincipalArn`: what it grants no
  // boundary limits (reference_policies_elements_principal, "IAM role principals").
  bool by_principal_arn = false;
  std::uint32_t index = 0;  // in the document, 0-based
  Text sid;
  Origin origin;
};

// A request as all statements see it. Views must outlive it.
struct Prepared {
  Caller caller;
  ActionText action;
  ArnText resource;
  const Context* context = nullptr;
};

// Does the statement apply, and to the principal in which way? `principals`: the
// layer has `Principal` elements (resource and endpoint policies); elsewhere the
// statement is about whoever it is attached to, and `direct` stands for that. `group`:
// of the action's service in the statement, where the caller has it
// (CompiledPolicy::speaking_of).
Named applies(const CompiledStatement& statement, ActionMatcher::Group group, const Prepared& request, bool principals,
              PrincipalReading reading, const Rules& rules, const Why& why);
inline Named applies(const CompiledStatement& statement, const Prepared& request, bool principals,
                     PrincipalReading reading, const Rules& rules, const Why& why) {
  return applies(statement, statement.action.group_of(request.action.service), request, principals, reading, rules,
                 why);
}

}  // namespace sallyport::iam
