#include "library/net/naive_public_access.h"

namespace sallyport::naive {
namespace {

PublicAccessMode mode_of(const Cloud& cloud, const Subnet& at) {
  const Vpc& vpc = *cloud->vpcs.find(*at.vpc);
  for (const PublicAccessBlock& block : cloud->public_access_blocks) {
    if (block.head.account == vpc.head.account && block.head.region == vpc.head.region) return *block.mode;
  }
  return PublicAccessMode::off;
}

// Is the subnet, or its VPC, excluded in this mode?
bool excluded(const Cloud& cloud, const Subnet& at, ExclusionMode mode) {
  for (const PublicAccessExclusion& e : cloud->public_access_exclusions) {
    if (*e.mode == mode && (e.what == Ref(at.id) || e.what == Ref(*at.vpc))) return true;
  }
  return false;
}

// BP-4: an exclusion for what goes out only counts where both ways are blocked.
bool may_go_out(const Cloud& cloud, const Subnet& at, PublicAccessMode mode) {
  if (excluded(cloud, at, ExclusionMode::allow_bidirectional)) return true;
  return mode == PublicAccessMode::block_bidirectional && excluded(cloud, at, ExclusionMode::allow_egress);
}

}  // namespace

Passes leaves(const Cloud& cloud, const Subnet& at, bool nat, const Subnet* inside, bool egress_only) {
  const PublicAccessMode mode = mode_of(cloud, at);
  if (mode == PublicAccessMode::off) return Passes::yes;                                    // BP-1
  if (mode == PublicAccessMode::block_ingress && (nat || egress_only)) return Passes::yes;  // BP-3
  const bool here = may_go_out(cloud, at, mode);                                            // BP-2
  if (!nat || inside == nullptr) return here ? Passes::yes : Passes::no;
  const bool there = may_go_out(cloud, *inside, mode);
  if (here != there) return Passes::unsettled;  // no page says whose exclusion it takes
  return here ? Passes::yes : Passes::no;
}

Passes enters(const Cloud& cloud, const Subnet& at) {
  if (mode_of(cloud, at) == PublicAccessMode::off) return Passes::yes;
  return excluded(cloud, at, ExclusionMode::allow_bidirectional) ? Passes::yes : Passes::no;
}

}  // namespace sallyport::naive
