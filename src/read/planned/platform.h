// Platform workloads that do not exist yet: tasks, databases, clusters and the rest of what services run
// in our subnets (PW). What AWS makes along with them: interfaces with addresses that it chooses.
#pragma once

#include <string_view>

#include "read/planned/work.h"

namespace sallyport::read::planned {

// A row begun: it works, is open to nobody, and has no role until its reader says otherwise.
PlatformWorkload begin_workload(PlatformWorkloadId id, Kind what, Head head);

// The VPC of the subnets, and the VPC's default group where no group is given.
void complete_place(Work& work, Placement& place);

// Puts the row with an interface in each of its subnets: AWS chooses the subnet, or takes all, so each is
// an alternative. Where the base shows the row, its interfaces stay. `has_public`: a public address stands in front.
void put_workload(Work& work, PlatformWorkload row, InterfaceKind kind, const Value<bool>& has_public);

// Adds one interface, in the one subnet of `place` with its groups, to a row that is put already.
void add_interface(Work& work, PlatformWorkload& row, const Placement& place, const Value<Address>& address);

// The same without interfaces of its own in a VPC.
void put_outside(Work& work, PlatformWorkload row);

// A gap of something that a plan or template does not determine.
GapId undetermined(Work& work, std::string what, std::string remedy, Origin place);

}  // namespace sallyport::read::planned
