// Blocks of addresses that are not there yet (model/later.h).
#pragma once

#include "model/network.h"

namespace sallyport::read::planned {

// Is Amazon's block, which is not there yet, the only IPv6 block that the VPC will have? Then a subnet's is a
// part of it.
bool has_only_later(const Vpc& vpc);

}  // namespace sallyport::read::planned
