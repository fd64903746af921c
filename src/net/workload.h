// Workloads: what starts traffic, and the places it starts from.
#pragma once

#include <span>
#include <vector>

#include "base/value.h"
#include "model/cloud.h"

namespace sallyport::net {

enum class WorkloadKind : std::uint8_t { instance, function, network_interface, platform };

// An instance, a function, a platform workload, or an interface that belongs to none.
struct Workload {
  WorkloadKind kind = WorkloadKind::instance;
  Ref object;  // Kind::instance, Kind::function, Kind::network_interface or Kind::platform_workload
  Text name;   // Name tag or function name; empty if none
  Text account;
  Text region;
  Value<RoleId> role;      // none: it has no credentials of its own
  Kind what = Kind::none;  // of a platform workload: task, database ...
};

// The words of the answers: "instance", "function", "network-interface", "task", "database" ...
const char* kind_word(const Workload& workload);
// The same of any object: a platform workload goes by what it is.
const char* kind_word(const Cloud& cloud, Ref object);

// All workloads of the cloud, sorted by name, then id. Interfaces of endpoints,
// NAT gateways, functions and platform workloads are no workloads of their own; those of
// load balancers and other managed services are kept, as `network-interface`.
std::vector<Workload> workloads(const Cloud& cloud);

}  // namespace sallyport::net
