// Platform workloads: what services of AWS run for us, in subnets of a VPC or in a
// network of their own: tasks, clusters, databases, notebooks, build projects.
//
// One row serves both directions. As a client it starts traffic from where it stands,
// or around its VPC (`goes_around`). As a target it answers at `host` and `port`.
#pragma once

#include <cstdint>

#include "base/ip.h"
#include "base/value.h"
#include "model/ids.h"
#include "model/network.h"
#include "model/object.h"

namespace sallyport {

// Where something runs: in subnets of a VPC, or outside any VPC (LA-1).
struct Placement {
  VpcId vpc;  // none: the service's own network
  List<SubnetId> subnets;
  List<SecurityGroupId> groups;
  bool ipv6 = false;  // Ipv6AllowedForDualStack (LA-4), and what is like it
  // All it sends goes to this resource of VPC Lattice (a private connection of EventBridge).
  ResourceConfigurationId through;

  friend bool operator==(const Placement&, const Placement&) = default;
};

struct PlatformWorkload {
  PlatformWorkloadId id;   // by ARN
  Head head;               // name = as its service calls it
  Kind what = Kind::none;  // Kind::task, cluster, database ...
  Value<State> state;
  Value<Placement> place;
  List<InterfaceId> interfaces;  // that are known to be its own
  Value<RoleId> role;            // none: it calls nothing by itself
  // Its calls to services leave from the service's own network although it stands in a
  // VPC: Redshift without enhanced VPC routing, notebooks with direct internet access.
  Value<bool> goes_around = false;
  Value<bool> public_address = false;  // its interfaces have public IPv4 addresses (tasks)

  // As a target: empty host and port 0 where nothing connects to it.
  Text host;
  std::vector<Text> further_hosts;  // a cluster's name for reading, names of its brokers
  std::uint16_t port = 0;
  Value<bool> publicly_accessible = false;  // it has a public address as well
  List<Prefix> admits;                      // ranges that may use the public one; empty: all
};

}  // namespace sallyport
