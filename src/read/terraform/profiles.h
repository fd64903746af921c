// Route 53 Profiles: what they bring to the VPCs that they are associated with.
#pragma once

#include "read/terraform/attributes.h"

namespace sallyport::read::terraform {

// `aws_route53profiles_association`: the zones and rules of the plan that the profile holds are
// associated with its VPC. What else it may hold leaves names in doubt.
void read_profile_association(const Block& b);

}  // namespace sallyport::read::terraform
