// Standing: what an interface gets from the subnet that it stands in, and its addresses.
#pragma once

#include "read/planned/standing.h"
#include "read/terraform/attributes.h"

namespace sallyport::read::terraform {

using planned::Stand;

// VPC and subnet of something with an argument `subnet_id`.
Stand stand_of(const Block& b);

// The groups that `attribute` gives, else the VPC's default one.
List<SecurityGroupId> groups_of(const Block& b, const char* attribute, const Value<VpcId>& vpc);

// Adds the addresses in the list `attribute`.
void add_addresses(const Block& b, const char* attribute, Interface& row);

// Adds IPv6 addresses, or leaves the list open where it will have some.
void add_ipv6(const Block& b, const SubnetDefaults& defaults, Interface& row);

}  // namespace sallyport::read::terraform
