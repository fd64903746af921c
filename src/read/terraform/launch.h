// Launch: what a launch template or configuration says of the instances that are started by it.
#pragma once

#include "read/terraform/attributes.h"

namespace sallyport::read::terraform {

struct Launch {
  List<SecurityGroupId> groups;  // of the primary interface
  Value<bool> public_address;
  bool says_public = false;  // else the subnet does
  Value<InstanceProfileId> profile;
  GapId ipv6 = {};  // set: the primary interface gets IPv6 addresses, or may
  GapId more = {};  // set: there are more interfaces than one
};

// What is said of the instances that `b` (an instance, an auto scaling group, a node group) starts in that VPC, as far
// as the plan holds the template.
Launch launch_of(const Block& b, const Value<VpcId>& vpc);

}  // namespace sallyport::read::terraform
