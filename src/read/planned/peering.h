// Peerings that do not exist yet (PX).
#pragma once

#include "read/planned/work.h"

namespace sallyport::read::planned {

// One side: the VPC with its blocks as far as rows or base hold them. What is not known
// leaves the peering in doubt (`head.gap`).
PeeringSide peering_side(Work& work, const Value<Text>& vpc, Text account, Text region, Head& head);

}  // namespace sallyport::read::planned
