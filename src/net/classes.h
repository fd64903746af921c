// Classes of workloads: two workloads are one class if every look-up of a walk gives
// both the same: subnets, groups, the atoms of their addresses, how they stand to
// public addresses.
#pragma once

#include <memory>
#include <vector>

#include "net/index.h"
#include "net/workload.h"

namespace sallyport::net {

// The classes of the cloud's workloads (see Engine::classes), in the order of their first
// members, on all processors; of an index that has its atoms. Cost: n log n.
std::vector<SourceClass> source_classes(const Index& index, std::vector<Workload> all);

// The classes of `before`, of which those are split whose members the finer atoms of `index` tell apart; both are of
// the same workloads. Each class of `index` is then one of these or several. Shared where none is split.
// Cost: a look at each class.
std::shared_ptr<const std::vector<SourceClass>> split_classes(const Index& index, const Atoms& atoms_before,
                                                              std::shared_ptr<const std::vector<SourceClass>> before);

}  // namespace sallyport::net
