// What the judge knows of appliances: which let what through, and the tables of gateways.
#pragma once

#include "library/net/naive_rules.h"

namespace sallyport::naive {

// Does the user say that this lets the packet through? A reply goes by the port that its request
// was for.
bool vouched(const Cloud& cloud, const Given& given, Ref object, const Packet& packet);

// RT-14: the table of an internet gateway itself; nullptr: it has none.
const RouteTable* edge_table(const Cloud& cloud, Ref gateway);

// An appliance that a packet has passed. `entered`: the attachment's subnet by which it came into
// the appliance's VPC, if it came by a transit gateway. A firewall of the gateway itself (TG-12) has no subnet.
struct Inspected {
  Ref object;
  const Subnet* subnet = nullptr;
  VpcId vpc;
  const Subnet* entered = nullptr;
};

}  // namespace sallyport::naive
