// Settle: in which of several new VPCs something is, by what AWS lets be.
//
//   vpc_id = local.vpc_id      # in a module; its caller knows two VPCs that do not exist yet
//
// What an expression may give is a set of VPCs (reading.h). A plan is about what will be there
// once it was applied, and AWS applies no
//   subnet whose IPv4 block is no part of its VPC's          "a subset of the CIDR block for the VPC"
//   association of a table with a subnet of another VPC      "must be in the same VPC"
//   route to an internet gateway that is another VPC's       "attached to your VPC"
//   route into its own VPC by a gateway of another kind      RT-7
// So where one VPC of the set is left, it is that one. Where several are, it stays unknown; but it
// is known to be a new one, which is all that coverage asks for.
// Sources: VPC User Guide, "Subnet CIDR blocks"; EC2 API, AssociateRouteTable and CreateRoute.
#pragma once

#include <vector>

#include "read/terraform/attributes.h"

namespace sallyport::read::terraform {

// Keeps of which VPCs `object` may be in one, where its `vpc_id` leaves that open, all being new.
void note_vpcs(const Block& b, const Value<VpcId>& vpc, Ref object);

// The VPC that all of these subnets are in; else unknown with `gap`.
Value<VpcId> vpc_of_all(Work& work, const std::vector<SubnetId>& subnets, GapId gap);

// Once VPCs and subnets were read: places subnets by their blocks, and tells which of them take
// their IPv6 block out of one that Amazon will give their VPC (model/later.h).
void settle_subnets(Work& work);

// Once everything was read: places tables by their subnets, and gateways by the tables that lead to them;
// takes routes out that are perhaps there, and that AWS would refuse.
void settle_tables(Work& work);

}  // namespace sallyport::read::terraform
