// Seen from outside: addresses that may be reached from the internet although no input shows them.
#pragma once

#include "net/index.h"
#include "net/target.h"

namespace sallyport::net {

// Is the interface one of the target, or may it be (of an address)? `address`: at this address.
bool is_target(const Index& index, const Target& target, const Interface& interface);
bool is_target(const Index& index, const Target& target, const Interface& interface, Address address);

// Does the flow ask for an address of that family, or for whatever the target has?
bool asks_for(const Target& target, Family family);

// Where an address of the interface lies that is not known, if it can only be of IPv6 (and so public); an
// empty set: it is an IPv4 one, or that is not known.
Side unknown_ipv6(const Index& index, const Interface& interface, GapId gap);

// Has the subnet of the interface an IPv6 block, or may it have one?
bool may_have_ipv6(const Index& index, const Interface& interface);

// Set: a load balancer without a public address in the input may have one.
GapId may_face_outside(const Index& index, const LoadBalancerTarget& target);

}  // namespace sallyport::net
