// VPC Block Public Access: what may still pass internet and egress-only gateways (BP-1..6).
//
// https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
#pragma once

#include <string>

#include "base/truth.h"
#include "net/index.h"

namespace sallyport::net {

// Does the owner's setting let something pass?
struct PublicAccess {
  Truth open = Truth::yes;
  GapId gap;               // why `open` is unknown
  std::string assumption;  // set: "off" stands in for what was not collected
  std::string why;         // where it is closed, for people
  Ref by;
  Origin place;
};

// From `subnet` out to a gateway of `vpc`. `behind_nat`: a NAT gateway in `subnet` sends
// it, for somebody in `inside` (null: in another VPC). `egress_only`: to an egress-only
// gateway. Cost: constant, and one look-up for each subnet.
PublicAccess may_leave(const Index& index, const Vpc& vpc, const Subnet& subnet, bool behind_nat, const Subnet* inside,
                       bool egress_only);

// From an internet gateway of `vpc` in to an interface of `subnet`.
PublicAccess may_enter(const Index& index, const Vpc& vpc, const Subnet& subnet);

}  // namespace sallyport::net
