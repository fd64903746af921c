#include "iam/rules.h"

namespace sallyport::iam {

Rules::Rules(Gaps& gaps) {
  const auto undocumented = [&](const char* what, const char* remedy) {
    return gaps.add({GapKind::undocumented, what, remedy});
  };
  middle_star = undocumented("whether a `*` that ends a middle part of a resource ARN reaches beyond its colon",
                             "write the part out, or end the ARN with the `*`");
  arn_pattern = undocumented("what a pattern stands for that is not an ARN of six parts", "write the ARN in full");
  odd_action = undocumented("what an action stands for that is not of the form `service:Name`",
                            "write the service's prefix out");
  symbol = gaps.add({GapKind::known_after_apply, "a policy or a request names something that does not exist yet",
                     "apply the plan, then read the state"});
  too_long = gaps.add({GapKind::not_modelled, "a text in a policy or request is longer than AWS accepts", ""});
  gateway_principal = undocumented("which principal an ARN in the policy of a gateway endpoint stands for",
                                   "use `\"Principal\": \"*\"` and a condition on `aws:PrincipalArn`");
  not_principal =
      undocumented("whom a `NotPrincipal` spares that lists only some of the ARNs of account, role and session",
                   "use `\"Principal\": \"*\"` and a condition on `aws:PrincipalArn`");
  wildcard_principal = undocumented("what a wildcard inside a principal's ARN stands for",
                                    "use `\"Principal\": \"*\"` and a condition on `aws:PrincipalArn`");
  canonical_user = gaps.add(
      {GapKind::not_collected, "whose canonical user id a policy names", "write the account's ARN in its place"});
  federated_by = gaps.add({GapKind::not_collected, "which IAM user stands behind a federated-user session",
                           "give the context key `aws:PrincipalArn`"});
  star_limited =
      undocumented("whether a boundary or session policy without an Allow limits what a resource policy grants to `*`",
                   "allow the action in the boundary and the session policy, or name the principal");
  resource_account =
      gaps.add({GapKind::not_collected, "which account owns the resource", "give the resource's account"});
  multivalued =
      undocumented("how several values of a key compare under an operator without ForAllValues or ForAnyValue",
                   "use ForAllValues or ForAnyValue");
  empty_value = undocumented("whether a key with an empty value counts as present", "");
  unreadable_value = undocumented("how a value that is not of the operator's type compares", "");
  variable = undocumented("how a policy variable behaves in this place", "write the value out");
  service_linked = gaps.add({GapKind::not_collected, "whether a session is one of a service-linked role",
                             "give the context key `aws:PrincipalArn`"});
  scp_exempt = undocumented("whether a service control policy restricts this task", "");
  always_allowed = undocumented("whether an endpoint policy restricts an action that is always allowed", "");
}

}  // namespace sallyport::iam
