// Standing: what something gets from the subnet that it stands in, and the interfaces that
// AWS makes for it there.
#pragma once

#include "read/planned/work.h"

namespace sallyport::read::planned {

struct Stand {
  Value<SubnetId> subnet;
  Value<VpcId> vpc;
  SubnetDefaults defaults;
};

// What stands in `subnet`. None given: in a default subnet of the default VPC, which is
// unknown with `none`.
Stand stand_in(Work& work, const Value<SubnetId>& subnet, GapId none);

// The groups, else the VPC's default one.
List<SecurityGroupId> groups_or_default(Work& work, List<SecurityGroupId> groups, const Value<VpcId>& vpc);

// The VPC that the first subnet that is there stands in.
Value<VpcId> vpc_of(Work& work, const List<SubnetId>& subnets);

// A function in a VPC has an interface in each of its subnets (LA-2). `known_as` tells its
// interfaces from those of other functions.
void put_function_interfaces(Work& work, const Function& function, const Placement& network, std::string_view known_as);

// Puts Elastic IPs in front of the interfaces that they belong to: once all were read.
void finish_interfaces(Work& work);

// A public address that AWS chooses stands in front of the interface.
void add_public(Work& work, Interface& row, Origin origin);

}  // namespace sallyport::read::planned
