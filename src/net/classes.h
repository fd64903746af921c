// Classes of workloads: two workloads are one class if every look-up of a walk gives
// both the same: subnets, groups, the atoms of their addresses, how they stand to
// public addresses.
#pragma once

#include <vector>

#include "net/index.h"
#include "net/workload.h"

namespace sallyport::net {

// The classes of the cloud's workloads (see Engine::classes), in the order of their first
// members, on all processors; of an index that has its atoms. Cost: n log n.
std::vector<SourceClass> source_classes(const Index& index, std::vector<Workload> all);

}  // namespace sallyport::net
