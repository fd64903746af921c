// Starts: the places from which a workload's packets leave, one per interface (or
// subnet of a function) and address family.
#pragma once

#include <vector>

#include "net/outcome.h"
#include "net/target.h"
#include "net/walk.h"

namespace sallyport::net {

struct Departure {
  Start start;
  Side source;           // one family
  PortSet client_ports;  // the client's ephemeral ports (AC-3)
  GapId doubt = {};      // set: it is not known whether anything runs there
};

struct Departures {
  std::vector<Departure> list;
  Outcomes failed;       // places from which nothing leaves, or of which too little is known
  bool outside = false;  // outside every VPC: the service's own network (LA-1)
};

// Where an address of an interface in the subnet may lie that is not known: in the IPv4 block, if there
// is one, else in the IPv6 block. An empty set: that is not known either.
Side somewhere_in(const Index& index, const Subnet& subnet, GapId gap);

Departures departures(const Index& index, const Workload& workload);
Departures departures(const Index& index, const Interface& interface);

PortSet any_client_ports();  // 1024-65535: operating system not known (AC-3a)

}  // namespace sallyport::net
