// What the walk looks up of transit gateways.
#include <algorithm>

#include "net/index.h"

namespace sallyport::net {
namespace {

// One route of a VPC's form per attachment.
void add_routes(const TransitRoute& from, List<Route>& to) {
  Route route;
  route.destination = from.destination;
  route.target = RouteTarget::transit_gateway;
  route.origin = from.propagated ? RouteOrigin::propagated : RouteOrigin::fixed;
  route.blackhole = from.blackhole;
  route.gap = from.gap;
  route.place = from.place;
  if (from.attachments.empty()) to.items.push_back(route);
  for (const TransitAttachmentId attachment : from.attachments) {
    route.object = attachment;
    to.items.push_back(route);
  }
}

}  // namespace

void IndexParts::add_transit(const Cloud& cloud) {
  GapId& stray = strays[static_cast<std::size_t>(Kind::transit_attachment)];
  for (const TransitAttachment& attachment : cloud->transit_attachments) {
    if (!attachment.kind.known()) stray = attachment.kind.gap();
    if (!attachment.gateway.known()) stray = attachment.gateway.gap();
    if (!attachment.vpc.known()) {
      stray = attachment.vpc.gap();
    } else if (*attachment.vpc) {
      attachments_of_vpc[attachment.vpc->number()].push_back(&attachment);
    }
  }
  for (const TransitTable& table : cloud->transit_tables) {
    List<Route>& routes = transit_routes[table.id.number()];
    routes.open = table.head.gap ? table.head.gap : table.routes.open;
    for (const TransitRoute& route : table.routes) add_routes(route, routes);
  }
}

Found<TransitAttachment> Index::attachment(TransitGatewayId gateway, VpcId vpc) const {
  const auto found = parts_->attachments_of_vpc.find(vpc.number());
  if (found != parts_->attachments_of_vpc.end()) {
    for (const TransitAttachment* attachment : found->second) {
      if (attachment->gateway == Value<TransitGatewayId>(gateway)) return {attachment, {}};
    }
  }
  if (const GapId unknown = stray(Kind::transit_attachment)) return {nullptr, unknown};
  const Vpc* row = cloud_->vpcs.find(vpc);
  const Text account = row == nullptr ? Text() : row->head.account;
  return {nullptr, cloud_.missing(Kind::transit_attachment, account, registry().ids.scope(vpc))};
}

Truth Index::referencing(TransitGatewayId gateway, VpcId a, VpcId b) const {
  const TransitGateway* row = cloud_->transit_gateways.find(gateway);
  Truth result = row == nullptr ? Truth::unknown : truth(row->group_referencing);
  for (const VpcId vpc : {a, b}) {
    const Found<TransitAttachment> side = attachment(gateway, vpc);
    if (side.object != nullptr) {
      result = result & truth(side.object->group_referencing);
    } else {
      result = result & (side.gap ? Truth::unknown : Truth::no);
    }
  }
  return result;
}

}  // namespace sallyport::net
