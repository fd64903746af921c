// Classes of workloads: two workloads are one class if every look-up of a walk gives
// both the same: subnets, groups, the atoms of their addresses, how they stand to
// public addresses.
#pragma once

#include <vector>

#include "net/atoms.h"
#include "net/index.h"
#include "net/workload.h"

namespace sallyport::net {

// What classes need of a cloud before it is indexed.
struct ClassGround {
  explicit ClassGround(const Cloud& cloud) : atoms(cloud), all(workloads(cloud)) {}

  Atoms atoms;
  std::vector<Workload> all;
};

// The classes of the cloud's workloads (see Engine::classes), in the order of their first
// members, on all processors. Cost: n log n.
std::vector<SourceClass> source_classes(const Index& index, ClassGround ground);

}  // namespace sallyport::net
