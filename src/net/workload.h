// Workloads: what starts traffic, and the places it starts from.
#pragma once

#include <span>
#include <vector>

#include "base/value.h"
#include "model/cloud.h"

namespace sallyport::net {

enum class WorkloadKind : std::uint8_t { instance, function, network_interface };

// An instance, a function, or an interface that belongs to neither.
struct Workload {
  WorkloadKind kind = WorkloadKind::instance;
  Ref object;  // Kind::instance, Kind::function or Kind::network_interface
  Text name;   // Name tag or function name; empty if none
  Text account;
  Text region;
  Value<RoleId> role;  // none: it has no credentials of its own
};

const char* name(WorkloadKind kind);  // "instance", "function", "network-interface"

// All workloads of the cloud, sorted by name, then id. Interfaces of endpoints,
// NAT gateways and functions are no workloads of their own; those of load
// balancers and managed services are kept, as `network-interface`.
std::vector<Workload> workloads(const Cloud& cloud);

}  // namespace sallyport::net
