// What may bring a reply back into a subnet by another way than the request's.
#include <algorithm>

#include "net/index.h"

namespace sallyport::net {

void Index::index_middleboxes() {
  for (const RouteTable& table : cloud_->route_tables) {
    for (const Route& route : table.routes) {
      routes_to_transit_ = routes_to_transit_ || route.target == RouteTarget::transit_gateway;
      bool placed = false;
      if (route.target == RouteTarget::network_interface) {
        const Interface* interface = cloud_->interfaces.find(route.object.as<Kind::network_interface>());
        placed = interface != nullptr && interface->subnet.known();
        if (placed) middlebox_of_subnet_.try_emplace(interface->subnet->number(), route.object);
      } else if (route.target == RouteTarget::gateway_load_balancer_endpoint) {
        const Endpoint* endpoint = cloud_->endpoints.find(route.object.as<Kind::endpoint>());
        placed = endpoint != nullptr && !endpoint->subnets.open;
        if (endpoint == nullptr) continue;
        for (const SubnetId id : endpoint->subnets) middlebox_of_subnet_.try_emplace(id.number(), route.object);
      } else {
        continue;
      }
      if (!placed && table.vpc.known()) unplaced_middlebox_of_vpc_.try_emplace(table.vpc->number(), route.object);
    }
  }
}

GapId Index::middlebox_in(const Subnet& subnet) const {
  auto found = middlebox_of_subnet_.find(subnet.id.number());
  if (found == middlebox_of_subnet_.end()) {
    if (!subnet.vpc.known()) return {};
    found = unplaced_middlebox_of_vpc_.find(subnet.vpc->number());
    if (found == unplaced_middlebox_of_vpc_.end()) return {};
  }
  return gap(GapKind::undocumented, "a reply may come out of `" + show(found->second) + "` in `" + show(subnet.id) +
                                        "`, and crosses no network ACL then");
}

GapId Index::transit_attachment_in(const Subnet& subnet) const {
  if (!routes_to_transit_ || !subnet.vpc.known()) return {};
  const auto found = attachments_of_vpc_.find(subnet.vpc->number());
  if (found != attachments_of_vpc_.end()) {
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
