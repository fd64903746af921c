// Resolved: a plan whose unknown attributes are filled in from a mocked apply of the same
// configuration (`terraform test`), so that every link is known.
//
// Taken over is what the configuration gives, and the ids that it gives to others. What AWS
// chooses stays unknown, since a mock makes it up. What the mock says that holds
// `mocked_mark`, or a block out of `mocked_block`, stays unknown, too: a default that had to be given to it.
#pragma once

#include <string>

#include "read/json/tree.h"

namespace sallyport::read {

inline constexpr const char* mocked_mark = "SallyportMocked";
// Of a VPC, so that the configuration can cut subnets' blocks out of it. For documentation only (RFC 3849).
inline constexpr const char* mocked_block = "2001:db8:5a11::/56";

// `plan` as Terraform prints it, `values` the member of that name of a state. The result is the
// JSON text of a plan. Cost: linear.
std::string resolved_plan(json::Node plan, json::Node values);

}  // namespace sallyport::read
