// The independent judge of decisions: a policy evaluator that is too simple to be wrong.
//
// WHY IT EXISTS. The engine compiles policies, matches with tries, interns keys and
// shares work between requests. This one shares no thought with it: it was written
// from the numbered rules of IAM evaluation and from the contract of `authorize`
// alone, reads the JSON of ONE request anew each time, walks through all statements
// and writes the formula down as it stands. It includes nothing of src/, not even
// the reader. No compilation, no caches, no cleverness: do not make it faster, and
// do not make it agree with the engine without a rule that says so.
//
// Rules are cited by id in the code: EV evaluation, SC and RC organization policies,
// EP endpoint policies, MA matching, CO conditions.
//
// Where the rules leave a choice, it takes the text as it stands; where AWS itself
// does not say, `unknown`. The places, each with the reading taken:
//   MA-3  a `*` that ends a middle segment: unknown where expanding it decides
//   MA-2  a wildcard in the service segment: unknown where it decides
//   MA-5  a session without aws:PrincipalArn: the role of that name, whatever its path
//   CO-4  an ARN pattern of fewer than six parts that ends in `*`: unknown where it decides
//   CO-1  a key that is present and empty: whether it is Null is unknown
//   CO-2  several values without ForAllValues or ForAnyValue: unknown unless all agree
//   CO-2  ForAllValues and values that are all empty texts: "a null data set" on AWS's older
//         page only, so unknown unless they match
//   CO-5  a number, date or address that is none: unknown
//   CO-6  a variable without value: AWS's page on variables goes further than the rule: its text
//         matches nothing, so NotResource and negated operators hold; of several values: unknown
//   MA-7  an empty list in the place of actions, resources, principals or values: unknown
//   CO-6  a variable in Bool: unknown
//   EV-1  table ResDirect, user ARN and a federated session: whose session it is, is unknown
//   EV-1  table ResDirect, aws:PrincipalArn: positive String and Arn operators only
//   EV-5  root has all its account's permissions, across accounts too; a key or role policy
//         must still allow it, and allowing the account is enough; but root assumes no role (AWS: STS)
//   EV-1  a federated user's session without a session policy has no permissions of its user's
//         (AWS: GetFederationToken)
//   EV-6  NotPrincipal that lists only some of account, role and session: unknown; so is a
//         federated user whatever is listed, since who is behind the session is not known
//   EV-9  sts:GetCallerIdentity: allowed whatever identity and organization say; an endpoint
//         policy that does not allow it: unknown (EV-4 makes no exception)
//   SC-1  identity providers are no users, roles or root: SCPs spare them
//   RC-6  RCPs apply to service principals
// An ARN without account whose `resourceAccount` is not given makes the answer unknown,
// as the contract says, even where a Deny would decide. A resource `*` is the caller's own.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace sallyport::naive::iam {

struct Answer {
  std::string decision;                       // allowed, denied, unknown
  std::map<std::string, std::string> layers;  // allow, deny, none, unknown; absent: does not apply
};

// One line of `authorize`. The line must be well-formed: it throws on what is not.
Answer authorize(const nlohmann::json& line);

}  // namespace sallyport::naive::iam
