// Lacks: what a list of flows may lack, because the input does not hold all
// workloads or all targets. An empty list is a claim only without it.
#pragma once

#include <vector>

#include "base/gap.h"
#include "model/cloud.h"

namespace sallyport::cli {

// The kinds of objects that were not collected, account by account and Region by
// Region, of all that the input speaks of. Sorted by number, distinct.
std::vector<GapId> lacking_workloads(const Cloud& cloud);
std::vector<GapId> lacking_targets(const Cloud& cloud);

}  // namespace sallyport::cli
