#include "library/net/naive_transit.h"

#include <algorithm>

#include "library/net/naive_inspection.h"

namespace sallyport::naive {
namespace {

using End = Crossed::End;

Crossed ended(End end, std::string why) { return {end, std::move(why), {}, nullptr, {}, nullptr, {}, false}; }

const TransitAttachment* attachment_of(const Cloud& cloud, TransitGatewayId gateway, VpcId vpc) {
  for (const TransitAttachment& a : cloud->transit_attachments) {
    if (*a.kind == AttachmentKind::vpc && *a.gateway == gateway && *a.vpc == vpc) return &a;
  }
  return nullptr;
}

// TG-5: one subnet a zone.
const Subnet* in_zone(const Cloud& cloud, const TransitAttachment& a, Text zone_id) {
  for (const SubnetId id : a.subnets) {
    const Subnet* subnet = cloud->subnets.find(id);
    if (subnet->zone_id == zone_id) return subnet;
  }
  return nullptr;
}

int matched_length(const Cloud& cloud, const TransitRoute& route, Address to) {
  if (const Prefix* cidr = std::get_if<Prefix>(&route.destination)) return cidr->contains(to) ? cidr->length : -1;
  const PrefixList* list = cloud->prefix_lists.find(std::get<PrefixListId>(route.destination));
  int longest = -1;
  if (list == nullptr) return longest;
  for (const Prefix& entry : list->entries) {
    if (entry.contains(to)) longest = std::max(longest, static_cast<int>(entry.length));
  }
  return longest;
}

// TG-3: the longest; then static, prefix list, propagated.
const TransitRoute* select(const Cloud& cloud, const TransitTable& table, Address to) {
  const TransitRoute* best = nullptr;
  std::pair<int, int> best_order;
  for (const TransitRoute& route : table.routes) {
    const int length = matched_length(cloud, route, to);
    if (length < 0) continue;
    const int rank = route.propagated ? 2 : std::holds_alternative<PrefixListId>(route.destination) ? 1 : 0;
    const std::pair order(-length, rank);
    if (best != nullptr && best_order <= order) continue;
    best = &route;
    best_order = order;
  }
  return best;
}

// By which subnet a gateway hands over what entered it in that zone (none: elsewhere).
const Subnet* way_out(const Cloud& cloud, const TransitAttachment& a, Text zone_id, Choices& choices) {
  if (!*a.appliance_mode && !zone_id.empty()) {
    if (const Subnet* same = in_zone(cloud, a, zone_id)) return same;
  }
  if (a.subnets.empty()) return nullptr;
  return cloud->subnets.find(a.subnets.items[choices.pick(a.subnets.size())]);  // TG-10
}

// From a gateway's side of `in` to an attachment of a VPC. `zone`: where it entered.
Crossed through(const Cloud& cloud, const Given& given, const TransitAttachment* in, Text zone, const Packet& packet,
                Choices& choices, Crossed crossed) {
  for (int gateways = 0; gateways < 5; ++gateways) {
    const TransitTable* table = cloud->transit_tables.find(*in->table);
    if (table == nullptr) return ended(End::dropped, "TG-1: no table is associated");
    const TransitRoute* route = select(cloud, *table, packet.destination);
    if (route == nullptr) return ended(End::dropped, "the gateway has no route");
    if (*route->blackhole) return ended(End::dropped, "a black hole of the gateway");
    const TransitAttachmentId to = route->attachments[choices.pick(route->attachments.size())];
    const TransitAttachment* out = cloud->transit_attachments.find(to);
    if (out == nullptr || *out->state != State::working) return ended(End::dropped, "the attachment does not work");
    switch (*out->kind) {
      case AttachmentKind::vpc: {
        crossed.at = way_out(cloud, *out, zone, choices);
        if (crossed.at == nullptr) return ended(End::dropped, "an attachment without subnets");
        crossed.vpc = *out->vpc;
        crossed.appliance_mode = *out->appliance_mode;
        crossed.end = End::arrived;
        return crossed;
      }
      case AttachmentKind::peering: {  // TG-8
        in = cloud->transit_attachments.find(*out->peer);
        if (in == nullptr) return ended(End::unsettled, "a peering without other side");
        crossed.doors.push_back({net::DoorKind::transit_gateway, *in->gateway});
        zone = Text();
        break;
      }
      case AttachmentKind::vpn:
      case AttachmentKind::direct_connect:
        crossed.end = End::unknown;
        crossed.why = "VG-3: what lies behind an attachment";
        crossed.outside = out;
        return crossed;
      case AttachmentKind::connect: return ended(End::unknown, "VG-3: what lies behind an attachment");
      case AttachmentKind::other: {
        const bool again =
            std::find(crossed.passed.begin(), crossed.passed.end(), Ref(out->id)) != crossed.passed.end();
        if (again || !vouched(cloud, given, out->id, packet)) {
          crossed.end = End::unknown;
          crossed.why = "TG-12";
          return crossed;
        }
        choices.meet("TG-12");
        crossed.passed.push_back(out->id);
        crossed.doors.push_back({net::DoorKind::appliance, out->id});
        crossed.doors.push_back({net::DoorKind::transit_gateway, *out->gateway});
        in = out;
        zone = Text();
        break;
      }
    }
  }
  return ended(End::unsettled, "gateways in a circle");
}

}  // namespace

Crossed cross(const Cloud& cloud, const Given& given, Ref gateway, const Subnet& from, const Packet& packet,
              Choices& choices) {
  const TransitAttachment* in = attachment_of(cloud, gateway.as<Kind::transit_gateway>(), *from.vpc);
  if (in == nullptr) return ended(End::dropped, "the VPC is not attached");
  if (*in->state != State::working) return ended(End::dropped, "the attachment does not work");
  const Subnet* entry = in_zone(cloud, *in, from.zone_id);
  if (entry == nullptr) return ended(End::dropped, "TG-5: no attachment subnet in the zone");
  if (!acl_passes(cloud, *entry, false, packet)) return ended(End::dropped, "AC-9: into the attachment's subnet");
  Crossed crossed;
  crossed.doors.push_back({net::DoorKind::transit_gateway, gateway});
  return through(cloud, given, in, entry->zone_id, packet, choices, std::move(crossed));
}

Crossed cross_from(const Cloud& cloud, const Given& given, const TransitAttachment& in, const Packet& packet,
                   Choices& choices) {
  return through(cloud, given, &in, Text(), packet, choices, {});
}

bool references(const Cloud& cloud, TransitGatewayId gateway, VpcId a, VpcId b) {
  const TransitGateway* row = cloud->transit_gateways.find(gateway);
  const TransitAttachment* one = attachment_of(cloud, gateway, a);
  const TransitAttachment* other = attachment_of(cloud, gateway, b);
  return row != nullptr && one != nullptr && other != nullptr && *row->group_referencing && *one->group_referencing &&
         *other->group_referencing;
}

}  // namespace sallyport::naive
