// Transit gateways: out of a VPC by its attachment, through the gateways' tables, into
// another VPC by the subnets of its attachment.
#include <algorithm>
#include <string>
#include <utility>

#include "net/walk.h"

namespace sallyport::net {
namespace {

constexpr int most_gateways = 4;  // a longer way is a circle of peerings

std::string quoted(const std::string& id) { return "`" + id + "`"; }

}  // namespace

// A zone that no attachment can have: a Local Zone reaches the gateway by the zone
// that it belongs to, which no answer names.
bool Walker::is_local_zone(const Subnet& subnet) const {
  const std::string_view region = index_.view(subnet.head.region);
  const std::string_view zone = index_.view(subnet.zone);
  const std::string_view id = index_.view(subnet.zone_id);
  const bool plain = zone.empty() || (zone.size() == region.size() + 1 && zone.starts_with(region));
  return !plain || std::count(id.begin(), id.end(), '-') > 1;
}

// Names of zones differ between accounts, their ids do not (RT-17).
Truth Walker::same_zone(const Subnet& a, const Subnet& b) const {
  if (a.id == b.id) return Truth::yes;
  if (!a.zone_id.empty() && !b.zone_id.empty()) return truth(a.zone_id == b.zone_id);
  if (!a.zone.empty() && !b.zone.empty() && a.head.account == b.head.account) return truth(a.zone == b.zone);
  return Truth::unknown;
}

Found<Subnet> Walker::in_zone(const TransitAttachment& attachment, const Subnet& subnet) const {
  GapId gap = attachment.subnets.open;
  for (const SubnetId id : attachment.subnets) {
    const Subnet* own = index_.cloud()->subnets.find(id);
    const Truth same = own == nullptr ? Truth::unknown : same_zone(*own, subnet);
    if (same == Truth::yes) return {own, {}};
    if (same == Truth::unknown) {
      gap = own == nullptr ? index_.absent(id)
                           : index_.gap(GapKind::not_collected,
                                        "the zones of `" + show(id) + "` and `" + show(subnet.id) + "` are not known",
                                        listing_command(Kind::subnet));
    }
  }
  if (!gap && is_local_zone(subnet)) {
    gap = index_.gap(GapKind::not_modelled,
                     "which zone " + quoted(show(subnet.id)) + " of a Local Zone belongs to is not known");
  }
  return {nullptr, gap};
}

// Without appliance mode a flow stays in its zone, if the attachment has a subnet there.
Walker::Exits Walker::exits(const TransitAttachment& attachment, const Subnet* entry) const {
  Exits result;
  for (const SubnetId id : attachment.subnets) {
    if (const Subnet* subnet = index_.cloud()->subnets.find(id)) {
      result.subnets.push_back(subnet);
    } else {
      result.gap = index_.absent(id);
      result.unseen = true;
    }
  }
  if (attachment.subnets.open) {
    result.gap = attachment.subnets.open;
    result.unseen = true;
  }
  if (!attachment.appliance_mode.known()) {
    if (!result.gap) result.gap = attachment.appliance_mode.gap();
  } else if (!*attachment.appliance_mode && entry != nullptr) {
    const Found<Subnet> same = in_zone(attachment, *entry);
    if (same.object != nullptr) return {{same.object}, {}, false};
    if (same.gap && !result.gap) result.gap = same.gap;
  }
  if (result.subnets.size() == 1 && !result.unseen) result.gap = {};
  return result;
}

// Without the attachment the route were a black hole: the answers do not fit together.
GapId Walker::not_attached(TransitGatewayId gateway, VpcId vpc) const {
  return index_.gap(
      GapKind::contradictory,
      quoted(show(vpc)) + " has an active route to " + quoted(show(gateway)) + ", but no attachment to it",
      listing_command(Kind::transit_attachment));
}

void Walker::by_transit_gateway(Ray ray, const Route& r) {
  const auto id = r.object.as<Kind::transit_gateway>();
  ray.trail.reads.push_back(r.object);
  const Reason unknown{"UNKNOWN_RESOURCE", {}, r.object, r.place};
  const bool again = ray.crossing.subnet != nullptr;
  if (again && (ray.inspected.empty() || ray.inspected.back().vpc != ray.vpc)) {
    return lost(ray, may_be(ray),
                index_.gap(GapKind::undocumented, "whether " + quoted(show(ray.vpc->id)) + " passes on to " +
                                                      quoted(show(id)) + " what came by a transit gateway"),
                unknown);
  }
  back_through_appliance(ray, nullptr, "transit gateway");
  ray.appliance = {};
  const Found<TransitAttachment> found = index_.attachment(id, ray.vpc->id);
  if (found.object == nullptr) {
    return lost(ray, may_be(ray), found.gap ? found.gap : not_attached(id, ray.vpc->id), unknown);
  }
  const TransitAttachment& attachment = *found.object;
  ray.trail.reads.push_back(attachment.id);
  if (attachment.head.gap) return lost(ray, may_be(ray), attachment.head.gap, unknown);
  if (!attachment.state.known()) {
    ray.trail.doubts.push_back(attachment.state.gap());
  } else if (*attachment.state == State::not_working) {
    return stop(ray, {"BAD_STATE_ATTACHMENT", quoted(show(attachment.id)) + " is not available", attachment.id,
                      attachment.head.origin});
  }
  const Found<Subnet> entry = in_zone(attachment, *ray.subnet);
  if (entry.object == nullptr && !entry.gap) {
    return stop(ray, {"TGW_ROUTE_AZ_RESTRICTION",
                      quoted(show(attachment.id)) + " has no subnet in the zone of " + quoted(show(ray.subnet->id)),
                      attachment.id, attachment.head.origin});
  }
  if (again) {
    ++ray.crossing.gateways;
  } else {
    ray.crossing = {ray.subnet, ray.vpc, id, 1, nullptr, {}};
  }
  // AC-9: out of the sender's subnet, into the attachment's; also where it is the same.
  Rays rays;
  if (entry.object != nullptr) {
    rays = pass_acl(std::move(ray), *entry.object, Direction::ingress);
  } else {
    ray.trail.doubts.push_back(entry.gap);
    rays.push_back(std::move(ray));
  }
  for (Ray& in : rays) {
    in.trail.doors.push_back({DoorKind::transit_gateway, id});
    at_gateway(std::move(in), attachment, entry.object);
  }
}

// TG-1: the table that is associated with the attachment routes what enters by it.
void Walker::at_gateway(Ray ray, const TransitAttachment& in, const Subnet* entry) {
  const auto lost_here = [&](GapId gap) {
    lost(ray, may_be(ray), gap, {"TGW_RTB_ROUTES_ARE_UNKNOWN", {}, in.id, in.head.origin});
  };
  if (ray.crossing.gateways > most_gateways) {
    return lost(ray, May::anything(), index_.gap(GapKind::contradictory, "routes lead in a circle"),
                {"UNKNOWN_DESTINATION", "routes lead in a circle", {}, {}});
  }
  if (!in.table.known()) return lost_here(in.table.gap());
  if (!*in.table) {
    return stop(ray, {"TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION",
                      quoted(show(in.id)) + " is associated with no route table", in.id, in.head.origin});
  }
  const TransitTable* table = index_.cloud()->transit_tables.find(*in.table);
  if (table == nullptr) return lost_here(index_.absent(*in.table));
  ray.trail.reads.push_back(table->id);
  for (Lane& lane : route(index_, *table, ray.beam)) {
    Ray piece = ray;
    piece.beam = std::move(lane.beam);
    const Route* only = lane.routes.size() == 1 ? lane.routes.front() : nullptr;
    const Ref gateway = ray.trail.doors.back().object;
    if (index_.options().hops) {
      hop(piece, "transit-gateway", gateway,
          lane.routes.size() > 1
              ? quoted(show(table->id)) + " has several routes to " + describe_destination(piece.beam)
          : only == nullptr ? quoted(show(table->id)) + " has no route to " + describe_destination(piece.beam)
          : only->object    ? quoted(show(table->id)) + " routes it to " + quoted(show(only->object))
                            : quoted(show(table->id)) + " drops it",
          only != nullptr ? only->place : table->head.origin);
    }
    each_route(lane.routes, lane.random, lane.gap, [&](const Route* r) { to_attachment(piece, r, in, entry); });
  }
}

void Walker::to_attachment(Ray ray, const Route* r, const TransitAttachment& in, const Subnet* entry) {
  if (r == nullptr) {
    return stop(ray, {"TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT",
                      quoted(show(*in.table)) + " has no route to " + describe_destination(ray.beam), *in.table,
                      in.head.origin});
  }
  const Reason unknown{"UNKNOWN_RESOURCE", {}, r->object ? r->object : Ref(*in.table), r->place};
  if (r->gap) return lost(ray, may_be(ray), r->gap, unknown);
  if (!r->blackhole.known()) {
    ray.trail.doubts.push_back(r->blackhole.gap());
  } else if (*r->blackhole) {
    return stop(ray, {"TGW_RTB_BAD_STATE_ROUTE", "the route is a black hole", *in.table, r->place});
  }
  const TransitAttachment* out = index_.cloud()->transit_attachments.find(r->object.as<Kind::transit_attachment>());
  if (out == nullptr) return lost(ray, may_be(ray), index_.absent(r->object), unknown);
  ray.trail.reads.push_back(out->id);
  if (out->head.gap) return lost(ray, may_be(ray), out->head.gap, unknown);
  if (!out->state.known()) {
    ray.trail.doubts.push_back(out->state.gap());
  } else if (*out->state == State::not_working) {
    return stop(ray, {"BAD_STATE_ATTACHMENT", quoted(show(out->id)) + " is not available", out->id, r->place});
  }
  if (!out->kind.known()) return lost(ray, may_be(ray), out->kind.gap(), unknown);
  switch (*out->kind) {
    case AttachmentKind::vpc: return into_attached_vpc(std::move(ray), *out, entry);
    case AttachmentKind::peering: {
      if (!out->peer.known()) return lost(ray, may_be(ray), out->peer.gap(), unknown);
      const TransitAttachment* far = index_.cloud()->transit_attachments.find(*out->peer);
      if (far == nullptr) return lost(ray, may_be(ray), index_.absent(*out->peer), unknown);
      ray.trail.reads.push_back(far->id);
      if (far->head.gap) return lost(ray, may_be(ray), far->head.gap, unknown);
      if (!far->gateway.known()) return lost(ray, may_be(ray), far->gateway.gap(), unknown);
      ++ray.crossing.gateways;
      ray.trail.doors.push_back({DoorKind::transit_gateway, *far->gateway});
      return at_gateway(std::move(ray), *far, nullptr);
    }
    case AttachmentKind::vpn:
    case AttachmentKind::direct_connect: return to_outside_attachment(std::move(ray), *out, *r);
    case AttachmentKind::connect:
      return lost(ray, may_be(ray),
                  index_.gap(GapKind::outside, "what lies behind " + quoted(show(out->id)) + " is not in the input"),
                  unknown);
    case AttachmentKind::other: return by_network_function(std::move(ray), *out, *r);
  }
}

// TG-6: the table of the attachment's subnet routes what comes in.
void Walker::into_attached_vpc(Ray ray, const TransitAttachment& out, const Subnet* entry) {
  const Reason unknown{"UNKNOWN_RESOURCE", {}, out.id, out.head.origin};
  if (!out.vpc.known()) return lost(ray, may_be(ray), out.vpc.gap(), unknown);
  const Vpc* vpc = index_.cloud()->vpcs.find(*out.vpc);
  if (vpc == nullptr) return lost(ray, may_be(ray), index_.absent(*out.vpc), unknown);
  ray.vpc = vpc;
  const Exits found = exits(out, entry);
  const auto enter_each = [&] {
    for (const Subnet* subnet : found.subnets) {
      Ray in = ray;
      in.subnet = subnet;
      in.crossing.entered = subnet;
      in.crossing.by = out.id;
      hop(in, "subnet", subnet->id, "enters `" + show(vpc->id) + "` by " + quoted(show(out.id)));
      leave(std::move(in));
    }
    if (found.unseen) lost(ray, may_be(ray), found.gap, unknown);
  };
  if (found.gap) return one_of(enter_each, found.gap);
  if (found.subnets.empty()) {
    return stop(ray, {"BAD_STATE_ATTACHMENT", quoted(show(out.id)) + " has no subnet", out.id, out.head.origin});
  }
  enter_each();
}

}  // namespace sallyport::net
