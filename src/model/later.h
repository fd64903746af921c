// Later: an IPv6 block that Amazon takes from its public addresses once its VPC is made.
//
// A plan knows of it no more than that: it is public, nothing else in the world has any part of
// it, and a subnet's block is a part of its VPC's and of no other subnet's. Among the `cidrs` of
// a VPC or subnet it stands as the whole space that it will be taken from, which no real block is.
// Whoever reads blocks as addresses must ask `is_later` first.
// Source: VPC User Guide, "IP addressing for your VPCs and subnets" ("we automatically assign a /56
// IPv6 CIDR block from Amazon's pool of IPv6 addresses").
#pragma once

#include "base/ip.h"

namespace sallyport {

// 2000::/3, all that is public.
constexpr Prefix later_block() { return {{Family::v6, std::uint64_t{0x20} << 56, 0}, 3}; }
constexpr bool is_later(const Prefix& block) { return block == later_block(); }
// How long the block of a VPC will be, and that of a subnet at least.
constexpr int later_length = 56;

}  // namespace sallyport
