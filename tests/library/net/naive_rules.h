// Pieces of the naive walker: filters, routes, and who has which address.
// Everything is a linear scan, on purpose (see naive.h).
#pragma once

#include <optional>

#include "library/net/naive.h"

namespace sallyport::naive {

// AC-1..AC-8: does the ACL of `subnet` pass the packet in that direction?
bool acl_passes(const Cloud& cloud, const Subnet& subnet, bool egress, const Packet& packet);

// How a packet came into the VPC of a group that judges it.
struct Came {
  TransitGatewayId gateway;                              // TG-9: by this one; none: not by a transit gateway
  bool without_groups = false;                           // over several, or to an endpoint
  bool inspected = false;                                // SG-8: through an appliance
  const std::vector<SecurityGroupId>* sender = nullptr;  // its groups, where nobody knows its address
};

// SG-1..SG-7: do the groups of an interface in `vpc` pass the packet? The peer is
// the destination on egress and the source on ingress.
bool groups_pass(const Cloud& cloud, VpcId vpc, const std::vector<SecurityGroupId>& groups, bool egress,
                 const Packet& packet, const Came& came = {});

// Does an inbound rule name a group of a VPC that is peered with this one?
bool names_a_peer(const Cloud& cloud, VpcId vpc, const std::vector<SecurityGroupId>& groups);

// RT-1: the table of a subnet; nullptr only in a broken cloud.
const RouteTable* table_of(const Cloud& cloud, const Subnet& subnet);

// RT-2..RT-9: the route that `to` selects; nullptr: none. Ties that AWS breaks at
// random are a choice.
const Route* select_route(const Cloud& cloud, const RouteTable& table, Address to, Choices& choices);

const Interface* interface_with(const Cloud& cloud, VpcId vpc, Address private_address);
const Interface* interface_with_public(const Cloud& cloud, Address public_address);
bool has_address(const Interface& interface, Address address);
std::optional<Address> public_of(const Interface& interface, Address private_address);
bool in_subnet(const Subnet& subnet, Address address);
bool in_vpc(const Vpc& vpc, Address address);

// RT-18: in use, and its instance (if it has one) runs.
bool runs(const Cloud& cloud, const Interface& interface);

// IG-3: RFC 1918 and RFC 6598, and what else no public host has.
bool is_public(Address address);

// The peering is active and joins these two VPCs, in either order.
bool joins(const Peering& peering, VpcId one, VpcId other);

}  // namespace sallyport::naive
