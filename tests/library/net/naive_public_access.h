// The judge's VPC Block Public Access: may one packet pass an internet gateway (BP-1..4)?
#pragma once

#include "model/cloud.h"

namespace sallyport::naive {

enum class Passes { yes, no, unsettled };

// Out of `at`. `nat`: sent by a NAT gateway there, for somebody in `inside` (null: in
// another VPC).
Passes leaves(const Cloud& cloud, const Subnet& at, bool nat, const Subnet* inside, bool egress_only);

// In to an interface of `at`.
Passes enters(const Cloud& cloud, const Subnet& at);

}  // namespace sallyport::naive
