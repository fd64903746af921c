// Confined: what a packet to an unknown destination may come to.
//
// Where it is not known to what a name leads, the packet may be for anybody; but from a subnet without a way out it
// stays inside whoever that is.
#pragma once

#include "net/answer.h"
#include "net/index.h"

namespace sallyport::net {

// `may` without `public`, if all routes that the subnet may have lead into its own VPC, a peered one or a gateway
// endpoint (nobody's gateways are used by a peering: PX-3); else as it is. Of what does leave by the VPC alone: not of
// what a service sends around it. Cost: the routes of the tables.
May confined(const Index& index, const Subnet& from, May may);

}  // namespace sallyport::net
