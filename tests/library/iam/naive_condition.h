// Conditions for the naive judge: CO-1 .. CO-6 and MA-6 of the rules, nothing else.
#pragma once

#include <optional>

#include "library/iam/naive_text.h"

namespace sallyport::naive::iam {

// Does the `Condition` of a statement hold? `variables`: the document's Version is 2012-10-17.
Kleene condition_holds(const Json& condition, const Context& context, bool variables);

// Does it test `aws:PrincipalArn` by a positive String or Arn operator (the sixth row of ResDirect)?
bool names_principal_arn(const Json& condition);

// A CIDR or a bare address, IPv4 or IPv6; nothing when it is neither.
std::optional<bool> address_in(const std::string& block, const std::string& address);

// Seconds since 1970 of an ISO 8601 date or of epoch seconds; nothing when it is neither.
std::optional<double> seconds(const std::string& date);

}  // namespace sallyport::naive::iam
