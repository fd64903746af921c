// Rules: the gaps for what AWS leaves undocumented or only the running service
// knows. One gap per cause, made once, so that the census counts by cause.
#pragma once

#include "base/gap.h"

namespace sallyport::iam {

struct Rules {
  explicit Rules(Gaps& gaps);

  GapId middle_star;         // MA-3: a `*` that ends a middle segment of a resource ARN
  GapId arn_pattern;         // an ARN pattern that AWS would not accept, or of fewer than six parts
  GapId odd_action;          // an action pattern that AWS would not accept
  GapId symbol;              // a text holds an id that does not exist yet
  GapId too_long;            // a text beyond what AWS accepts
  GapId gateway_principal;   // EP-2: ARN as Principal of a gateway endpoint's policy
  GapId not_principal;       // EV-6: NotPrincipal that lists only part of a principal's ARNs
  GapId wildcard_principal;  // MA-5: `*` inside a principal's ARN
  GapId canonical_user;      // whose account a CanonicalUser is
  GapId federated_by;        // which user stands behind a federated-user session
  GapId star_limited;        // Principal "*" where boundary or session policy does not allow
  GapId resource_account;    // the account that owns the resource
  GapId multivalued;         // several values under an operator without quantifier
  GapId empty_value;         // what an empty value is: present, or null
  GapId unreadable_value;    // a request's value is not of the operator's type
  GapId variable;            // a variable where AWS's pages disagree (Bool, NotResource)
  GapId service_linked;      // whether a session is of a service-linked role
  GapId scp_exempt;          // SC-2: tasks that SCPs cannot restrict
  GapId always_allowed;      // EV-9: sts:GetCallerIdentity behind an endpoint policy
};

}  // namespace sallyport::iam
