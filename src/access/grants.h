// Grants: who may do what through a door, in representative actions.
#pragma once

#include <vector>

#include "access/audience.h"

namespace sallyport::access {

// For each user and role of the cloud, and for a stranger: what they may do through
// the endpoint with the resources of the cloud behind it, and with a stranger's that
// is open to everybody (where data could be carried to). Principals that may do the
// same stand together. Cost: some decisions for each principal and resource.
std::vector<Grant> grants(const Access& access, const Endpoint& door);

}  // namespace sallyport::access
