// VPC Block Public Access: a Region's setting, and exclusions of VPCs and subnets.
#include <set>

#include "library/net/generate_parts.h"

namespace sallyport::generate {

void Plan::make_public_access(std::uint64_t seed) {
  // A stream of its own, so that all else of a seed's cloud stays what it is.
  Random own(seed * 7'368'787 + 5);
  std::swap(random, own);
  std::set<std::string> seen;
  for (const Site& site : sites) {
    if (!seen.insert(site.region).second || !random.chance(knobs.public_access_block)) continue;
    PublicAccessBlock block;
    block.id = id<PublicAccessBlockId>(site, "111122223333");
    block.head = head(site);
    block.mode = random.chance(10)   ? PublicAccessMode::off
                 : random.chance(50) ? PublicAccessMode::block_ingress
                                     : PublicAccessMode::block_bidirectional;
    change.put.public_access_blocks.push_back(block);
  }
  if (change.put.public_access_blocks.empty()) return std::swap(random, own);
  const auto exclude = [&](const Site& site, Ref what) {
    PublicAccessExclusion e;
    e.id = id<PublicAccessExclusionId>(site, "vpcbpa-exclude-" + number());
    e.head = head(site);
    e.what = what;
    e.mode = random.chance(60) ? ExclusionMode::allow_bidirectional : ExclusionMode::allow_egress;
    change.put.public_access_exclusions.push_back(e);
  };
  for (const Site& site : sites) {
    if (random.chance(30)) exclude(site, site.vpc);
    for (const SubnetId subnet : site.subnets) {
      if (random.chance(25)) exclude(site, subnet);
    }
  }
  std::swap(random, own);
}

}  // namespace sallyport::generate
