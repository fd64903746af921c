// Destinations one by one: what a side, an interface, an endpoint or a balancer is as a destination.
#pragma once

#include <string_view>
#include <vector>

#include "net/destination.h"

namespace sallyport::net {

// Somewhere in `side`, of what `goal` says.
Destination aimed(Side side, Goal goal);
// Where it is, `gap` keeps from being known: the end may be anything. A reason without message tells the gap's.
Destination lost(const Index& index, GapId gap, Reason reason);
// There is none: `blocked`.
Destination nothing(Reason reason);

// The private and IPv6 addresses of an interface, each a destination of its own.
void at_interface(const Index& index, const Interface& interface, Goal goal, std::vector<Destination>& out);
// The interfaces of an endpoint (of one zone, if named); where they are not in the input, some address of each of its
// subnets.
void at_endpoint(const Index& index, const Endpoint& endpoint, std::string_view zone, std::vector<Destination>& out);
// The nodes of a load balancer: its name has their public addresses where it faces the internet, else the private ones.
void at_balancer(const Index& index, const LoadBalancer& balancer, std::vector<Destination>& out);

}  // namespace sallyport::net
