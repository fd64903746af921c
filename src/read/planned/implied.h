// What AWS makes along with a VPC, and no plan or template shows: a main route table with the
// local route, a default network ACL that allows everything, a default security group
// that lets its members talk to each other and out.
// Sources: VPC User Guide, "Route tables", "Default network ACL", "Default security groups".
#pragma once

#include "read/planned/work.h"

namespace sallyport::read::planned {

// Their ids; of one that is empty no row is made.
struct ImpliedIds {
  RouteTableId table;
  NetworkAclId acl;
  SecurityGroupId group;
};

// Adds the rows of what comes with `vpc`, a new VPC; `address` is what messages call it.
void imply_parts(Work& work, const Vpc& vpc, const ImpliedIds& ids, std::string_view address);

// The rule that allows everything from or to `peer`.
GroupRule allow_all(bool egress, RulePeer peer, Origin place);

}  // namespace sallyport::read::planned
