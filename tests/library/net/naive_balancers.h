// The judge's load balancers: what becomes of one packet that stands at a node (SG-13, PL-4..6).
#pragma once

#include <functional>

#include "library/net/naive_rules.h"

namespace sallyport::naive {

// The balancer of an interface, or the nodes of an endpoint service of our own; nullptr: none.
const LoadBalancer* balancer_of(const Cloud& cloud, InterfaceId interface);
const EndpointService* own_service(const Cloud& cloud, const Endpoint& endpoint);

// Do the balancer's groups let the packet in? A network one without groups has nothing to say.
bool balancer_admits(const Cloud& cloud, const LoadBalancer& balancer, const Packet& packet, const Came& came);

// Walks one packet that a node sends: through which of its groups is told by `filtered`.
using Send = std::function<Fate(const Interface& node, const Packet& packet, bool filtered)>;

// A client's packet at a node whose groups let it in: listener, target, and the way there.
// Private where the target answers, else how it ends.
Fate behind_balancer(const Cloud& cloud, const LoadBalancer& balancer, const Interface& node, const Packet& packet,
                     bool private_link, Choices& choices, const Send& send);

// A client's packet that an endpoint in `subnet` has let in, for a service of our own.
Fate behind_endpoint(const Cloud& cloud, const EndpointService& service, const Subnet& subnet, const Packet& packet,
                     Choices& choices, const Send& send);

}  // namespace sallyport::naive
