// Told: what the engines say to a question that AWS is asked.
#pragma once

#include <optional>
#include <string>

#include "access/access.h"
#include "base/result.h"
#include "confirm/probe.h"

namespace sallyport::confirm {

// `yes`: a path is there; the request is allowed. Nothing: we do not say, for that reason.
struct Told {
  std::optional<bool> yes;
  std::string words;  // "private through interface-endpoint vpce-0b7", "denied by identity-policy"
};

// Is there such a path? Errors: a name of the question that nothing in the cloud has.
//
// By an internet gateway: what leaves by another one leaves the question open. By a
// gateway endpoint: the ways of the flow tell. Reachability Analyzer asks for no name,
// so that an interface endpoint is its own target here, whatever DNS says.
Result<Told> told(const net::Engine& engine, const PathQuestion& question);

// What the caller's own policies, its boundary and the SCPs say, alone: the simulator
// knows no resource policy, endpoint policy or RCP. What hangs on any condition key is
// left open, for the simulator is given none; so is an allowance under an SCP with
// conditions. Errors: a principal that the input does not hold, an action that is none.
// Source: IAM API reference, SimulatePrincipalPolicy.
Result<Told> told(const access::Access& access, const PolicyQuestion& question);

}  // namespace sallyport::confirm
