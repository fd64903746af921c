#include "read/planned/peering.h"

#include "model/later.h"

namespace sallyport::read::planned {

PeeringSide peering_side(Work& work, const Value<Text>& vpc, Text account, Text region, Head& head) {
  PeeringSide side;
  side.region = region;
  side.account = account;
  side.dns_resolution = false;  // off until somebody turns it on
  if (!vpc.known()) {
    head.gap = vpc.gap();
    return side;
  }
  side.vpc = work.registry.ids.get<VpcId>(region, *vpc);
  const Vpc* there = work.row(work.change.put.vpcs, side.vpc);
  if (there == nullptr) there = work.base->vpcs.find(side.vpc);
  if (there == nullptr || there->cidrs.open) {
    head.gap = there == nullptr ? beside(work) : there->cidrs.open;
    return side;
  }
  for (const Value<Prefix>& cidr : there->cidrs) {
    if (cidr.known() && is_later(*cidr)) continue;  // it stands in the VPC's own row
    if (cidr.known()) {
      side.cidrs.push_back(*cidr);
    } else {
      head.gap = cidr.gap();
    }
  }
  return side;
}

}  // namespace sallyport::read::planned
