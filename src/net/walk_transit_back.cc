// The reply to what came by transit gateways. It is routed anew: by the table of the
// subnet it leaves, by the gateways' tables, and by that of the attachment's subnet in
// the client's VPC. All is judged on the request's beam, seen from the other end.
#include <algorithm>
#include <string>
#include <utility>

#include "net/walk.h"

namespace sallyport::net {
namespace {

constexpr int most_gateways = 4;

std::string quoted(const std::string& id) { return "`" + id + "`"; }

template <class T>
void append(std::vector<T>& to, std::vector<T> more) {
  std::move(more.begin(), more.end(), std::back_inserter(to));
}

}  // namespace

// Out of `subnet`. `same_subnet`: the request came by an attachment there, so that no
// ACL was asked for either direction yet.
Walker::Rays Walker::reply_over_transit(Ray ray, const Subnet& subnet, bool same_subnet) {
  const Back at{&subnet, ray.vpc, same_subnet, 0, nullptr};
  return reply_from(std::move(ray), at);
}

Walker::Rays Walker::reply_from(Ray ray, const Back& at) {
  Rays rays;
  Found<RouteTable> table{at.table, {}};
  if (table.object == nullptr) table = index_.route_table(*at.subnet);
  if (table.object == nullptr) {
    ray.trail.doubts.push_back(table.gap);
    rays.push_back(std::move(ray));
    return rays;
  }
  ray.trail.reads.push_back(table.object->id);
  for (const Lane& lane : route(index_, *table.object, at.vpc, reversed(ray.beam))) {
    Ray piece = ray;
    piece.beam = reversed(lane.beam);
    if (lane.routes.size() == 1 || lane.random) {
      for (const Route* back : lane.routes) append(rays, reply_by(piece, at, back));
    } else {
      piece.trail.doubts.push_back(lane.gap);
      rays.push_back(std::move(piece));
    }
  }
  return rays;
}

// A doubt may end the reply anywhere behind it: what follows need not be looked at.
Walker::Rays Walker::doubted(Ray ray, GapId gap) const {
  ray.trail.doubts.push_back(gap);
  Rays rays;
  rays.push_back(std::move(ray));
  return rays;
}

Walker::Rays Walker::reply_by(Ray ray, const Back& at, const Route* back) {
  const Subnet& subnet = *at.subnet;
  const auto no_way = [&](const std::string& why, Origin place) {
    stop(ray, {"NO_ROUTE_TO_DESTINATION", "the reply finds no way back: " + why, subnet.id, place});
    return Rays();
  };
  if (back == nullptr) {
    return no_way("the table of " + quoted(show(subnet.id)) + " has no route for it", subnet.head.origin);
  }
  if (back->gap) return doubted(std::move(ray), back->gap);
  if (!back->blackhole.known()) return doubted(std::move(ray), back->blackhole.gap());
  if (*back->blackhole) return no_way("its route is a black hole", back->place);
  switch (back->target) {
    case RouteTarget::transit_gateway: break;
    case RouteTarget::local:
    case RouteTarget::internet_gateway:
    case RouteTarget::egress_only_gateway:
    case RouteTarget::nat_gateway:
    case RouteTarget::lattice:
    case RouteTarget::gateway_endpoint: return no_way(quoted(show(subnet.id)) + " routes it elsewhere", back->place);
    case RouteTarget::gateway_load_balancer_endpoint:
    case RouteTarget::network_interface: return reply_by_appliance(std::move(ray), at, *back);
    case RouteTarget::peering:
    case RouteTarget::vpn_gateway:
    case RouteTarget::local_gateway:
    case RouteTarget::carrier_gateway:
    case RouteTarget::core_network:
    case RouteTarget::other:
      return doubted(std::move(ray),
                     index_.gap(GapKind::not_modelled,
                                "the reply goes another way than the request: by `" + show(back->object) + "`"));
  }
  const Found<TransitAttachment> found = index_.attachment(back->object.as<Kind::transit_gateway>(), at.vpc->id);
  if (found.object == nullptr) {
    const auto gateway = back->object.as<Kind::transit_gateway>();
    const GapId gap = found.gap ? found.gap : not_attached(gateway, at.vpc->id);
    return doubted(std::move(ray), gap);
  }
  const TransitAttachment& in = *found.object;
  ray.trail.reads.push_back(in.id);
  if (in.head.gap) return doubted(std::move(ray), in.head.gap);
  if (!in.state.known()) return doubted(std::move(ray), in.state.gap());
  if (*in.state == State::not_working) return no_way(quoted(show(in.id)) + " is not available", in.head.origin);
  const Found<Subnet> entry = in_zone(in, subnet);
  if (entry.object == nullptr) {
    if (entry.gap) return doubted(std::move(ray), entry.gap);
    stop(ray, {"TGW_ROUTE_AZ_RESTRICTION",
               "the reply finds no way back: " + quoted(show(in.id)) + " has no subnet in the zone of " +
                   quoted(show(subnet.id)),
               in.id, in.head.origin});
    return {};
  }
  // AC-9: out of this subnet, into the attachment's.
  Rays rays;
  Rays left;
  if (at.ask) {
    left = pass_reply(std::move(ray), subnet, Direction::ingress);
  } else {
    left.push_back(std::move(ray));
  }
  for (Ray& out : left) {
    for (Ray& entered : pass_reply(std::move(out), *entry.object, Direction::egress)) {
      append(rays, reply_at_gateway(std::move(entered), in, entry.object, at.gateways + 1));
    }
  }
  return rays;
}

Walker::Rays Walker::reply_at_gateway(Ray ray, const TransitAttachment& in, const Subnet* entry, int gateways) {
  if (gateways > most_gateways) {
    return doubted(std::move(ray), index_.gap(GapKind::contradictory, "routes lead in a circle"));
  }
  if (!in.table.known()) return doubted(std::move(ray), in.table.gap());
  if (!*in.table) {
    stop(ray, {"TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION",
               "the reply is dropped: " + quoted(show(in.id)) + " is associated with no route table", in.id,
               in.head.origin});
    return {};
  }
  const TransitTable* table = index_.cloud()->transit_tables.find(*in.table);
  if (table == nullptr) return doubted(std::move(ray), index_.absent(*in.table));
  ray.trail.reads.push_back(table->id);
  Rays rays;
  for (const Lane& lane : route(index_, *table, reversed(ray.beam))) {
    Ray piece = ray;
    piece.beam = reversed(lane.beam);
    if (lane.routes.size() == 1 || lane.random) {
      for (const Route* back : lane.routes) append(rays, reply_to_attachment(piece, back, in, entry, gateways));
    } else {
      append(rays, doubted(std::move(piece), lane.gap));
    }
  }
  return rays;
}

Walker::Rays Walker::reply_to_attachment(Ray ray, const Route* back, const TransitAttachment& in, const Subnet* entry,
                                         int gateways) {
  const auto dropped = [&](const char* code, const std::string& why, Origin place) {
    stop(ray, {code, "the reply is dropped: " + why, *in.table, place});
    return Rays();
  };
  if (back == nullptr) {
    return dropped("TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT",
                   quoted(show(*in.table)) + " has no route to " + to_string(ray.beam.source.set), in.head.origin);
  }
  if (back->gap) return doubted(std::move(ray), back->gap);
  if (!back->blackhole.known()) return doubted(std::move(ray), back->blackhole.gap());
  if (*back->blackhole) return dropped("TGW_RTB_BAD_STATE_ROUTE", "its route is a black hole", back->place);
  const TransitAttachment* out = index_.cloud()->transit_attachments.find(back->object.as<Kind::transit_attachment>());
  if (out == nullptr) return doubted(std::move(ray), index_.absent(back->object));
  ray.trail.reads.push_back(out->id);
  if (out->head.gap) return doubted(std::move(ray), out->head.gap);
  if (!out->state.known()) return doubted(std::move(ray), out->state.gap());
  if (*out->state == State::not_working) {
    return dropped("BAD_STATE_ATTACHMENT", quoted(show(out->id)) + " is not available", back->place);
  }
  if (!out->kind.known()) return doubted(std::move(ray), out->kind.gap());
  if (*out->kind == AttachmentKind::peering) {
    if (!out->peer.known()) return doubted(std::move(ray), out->peer.gap());
    const TransitAttachment* far = index_.cloud()->transit_attachments.find(*out->peer);
    if (far == nullptr) return doubted(std::move(ray), index_.absent(*out->peer));
    ray.trail.reads.push_back(far->id);
    return reply_at_gateway(std::move(ray), *far, nullptr, gateways + 1);
  }
  if (*out->kind == AttachmentKind::other && !ray.inspected.empty() && ray.inspected.back().object == Ref(out->id)) {
    ray.inspected.pop_back();  // TG-12
    return reply_at_gateway(std::move(ray), *out, nullptr, gateways + 1);
  }
  if (*out->kind != AttachmentKind::vpc) {
    return doubted(std::move(ray), index_.gap(GapKind::outside, "the reply goes to " + quoted(show(out->id)) +
                                                                    ", and from there nobody knows"));
  }
  if (!out->vpc.known()) return doubted(std::move(ray), out->vpc.gap());
  if (!ray.inspected.empty()) return reply_into_inspection(std::move(ray), *out, entry, gateways);
  if (*out->vpc == ray.crossing.vpc->id) return reply_into_vpc(std::move(ray), *out, entry);
  // Another VPC. If its own range holds the client's address, the reply stays there.
  const Vpc* other = index_.cloud()->vpcs.find(*out->vpc);
  if (other != nullptr && index_.blocks(*other).set.contains(ray.beam.source.set)) {
    return dropped("NO_POSSIBLE_DESTINATION", quoted(show(*out->vpc)) + " has the same range, and gets it",
                   back->place);
  }
  return doubted(std::move(ray),
                 index_.gap(GapKind::not_modelled, "the reply goes through " + quoted(show(*out->vpc))));
}

Walker::Rays Walker::reply_into_vpc(Ray ray, const TransitAttachment& out, const Subnet* entry) {
  const Exits found = exits(out, entry);
  if (found.gap) return doubted(std::move(ray), found.gap);
  const Subnet& home = *ray.crossing.subnet;
  Rays rays;
  for (const Subnet* subnet : found.subnets) {
    if (subnet == &home) {  // AC-9: none evaluated
      rays.push_back(ray);
      continue;
    }
    for (Ray& left : pass_reply(ray, *subnet, Direction::ingress)) {
      const Found<RouteTable> table = index_.route_table(*subnet);
      if (table.object == nullptr) {
        append(rays, doubted(std::move(left), table.gap));
        continue;
      }
      left.trail.reads.push_back(table.object->id);
      for (const Lane& lane : route(index_, *table.object, left.crossing.vpc, reversed(left.beam))) {
        Ray piece = left;
        piece.beam = reversed(lane.beam);
        const auto is_local = [](const Route* r) {
          return r != nullptr && !r->gap && r->target == RouteTarget::local && r->blackhole.known() && !*r->blackhole;
        };
        if (!std::all_of(lane.routes.begin(), lane.routes.end(), is_local)) {
          // The client's VPC sends it on to something else: an appliance, by RT-7.
          append(rays, doubted(std::move(piece), lane.gap ? lane.gap
                                                          : index_.gap(GapKind::not_modelled,
                                                                       "the reply goes through another target of " +
                                                                           quoted(show(table.object->id)))));
          continue;
        }
        append(rays, pass_reply(std::move(piece), home, Direction::egress));
      }
    }
  }
  if (found.subnets.empty()) {
    stop(ray, {"BAD_STATE_ATTACHMENT", "the reply is dropped: " + quoted(show(out.id)) + " has no subnet", out.id,
               out.head.origin});
  }
  return rays;
}

}  // namespace sallyport::net
