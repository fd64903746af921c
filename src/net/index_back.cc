// What may bring a reply back into a subnet by another way than the request's.
#include <algorithm>

#include "net/index.h"

namespace sallyport::net {

GapId Index::middlebox_in(const Subnet& subnet) const {
  auto found = places_->middleboxes.of_subnet.find(subnet.id.number());
  if (found == places_->middleboxes.of_subnet.end()) {
    if (!subnet.vpc.known()) return {};
    found = places_->middleboxes.unplaced_of_vpc.find(subnet.vpc->number());
    if (found == places_->middleboxes.unplaced_of_vpc.end()) return {};
  }
  return gap(GapKind::undocumented, "a reply may come out of `" + show(found->second) + "` in `" + show(subnet.id) +
                                        "`, and crosses no network ACL then");
}

GapId Index::transit_attachment_in(const Subnet& subnet) const {
  if (!places_->middleboxes.transit || !subnet.vpc.known()) return {};
  const auto found = parts_->attachments_of_vpc.find(subnet.vpc->number());
  if (found != parts_->attachments_of_vpc.end()) {
    for (const TransitAttachment* attachment : found->second) {
      const auto& subnets = attachment->subnets;
      if (subnets.open) return subnets.open;
      if (std::find(subnets.begin(), subnets.end(), subnet.id) == subnets.end()) continue;
      return gap(GapKind::undocumented, "a reply may come out of `" + show(attachment->id) + "` in `" +
                                            show(subnet.id) + "`, and crosses no network ACL then");
    }
  }
  if (const GapId unknown = stray(Kind::transit_attachment)) return unknown;
  return cloud_.missing(Kind::transit_attachment, subnet.head.account, registry().ids.scope(subnet.id));
}

}  // namespace sallyport::net
