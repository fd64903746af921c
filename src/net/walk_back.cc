#include <algorithm>
#include <optional>
#include <utility>

#include "net/walk.h"

namespace sallyport::net {
namespace {

// Where another way than that of the request leads to: may the reply come back from there
// all the same? Routes are not checked for symmetry (PX-1), and a way through a middlebox
// one way only is called "not supported", not dropped (RT-15).
bool may_bring_back(RouteTarget target, bool by_internet, Family family) {
  const bool v6 = family == Family::v6;  // the same address on either way
  switch (target) {
    case RouteTarget::network_interface:
    case RouteTarget::gateway_load_balancer_endpoint:
    case RouteTarget::transit_gateway:
    case RouteTarget::core_network:
    case RouteTarget::other: return true;
    // On to the client's network by whoever stands behind it (VG-3). A client of the
    // internet knows the public IPv4 address only, which no other gateway puts in front.
    case RouteTarget::vpn_gateway:
    case RouteTarget::local_gateway: return v6 || !by_internet;
    case RouteTarget::local:
    case RouteTarget::peering: return v6 && by_internet;
    case RouteTarget::internet_gateway: return v6 && !by_internet;
    // IG-8: it lets nothing in that was begun outside, so what came in by the internet
    // gateway is not answered through it either.
    case RouteTarget::egress_only_gateway: return v6 && !by_internet;
    case RouteTarget::lattice:
    case RouteTarget::gateway_endpoint:
    case RouteTarget::nat_gateway:
    case RouteTarget::carrier_gateway: return false;
  }
  return true;
}

}  // namespace

// yes: by the door of the request, or by the local route. no: dropped, or sent where it is
// of no use.
Truth Walker::comes_back(const Ray& ray, const Route* route) const {
  if (route == nullptr) return Truth::no;
  if (route->gap || !route->blackhole.known()) return Truth::unknown;
  if (*route->blackhole) return Truth::no;
  if (ray.appliance) return route->object == ray.appliance ? Truth::yes : Truth::unknown;
  bool same_way = route->target == RouteTarget::local;
  if (ray.peering != nullptr) {
    same_way = route->object == Ref(ray.peering->id);
  } else if (ray.by_internet()) {
    const auto last = std::find_if(ray.trail.doors.rbegin(), ray.trail.doors.rend(),
                                   [](const Door& d) { return d.kind == DoorKind::internet_gateway; });
    const Ref door = last->object;
    same_way = route->target == RouteTarget::internet_gateway && (!door || route->object == door);
  }
  if (same_way) return Truth::yes;
  return may_bring_back(route->target, ray.by_internet(), ray.beam.family()) ? Truth::unknown : Truth::no;
}

// Whichever of these tables the subnet has, the reply surely comes back.
bool Walker::comes_back_by_each(const Ray& ray, const std::vector<const RouteTable*>& possible) const {
  const Beam reply = reversed(ray.beam);
  const auto by = [&](const RouteTable* table) {
    const auto lanes = route(index_, *table, ray.vpc, reply);
    return std::all_of(lanes.begin(), lanes.end(), [&](const Lane& lane) {
      return std::all_of(lane.routes.begin(), lane.routes.end(),
                         [&](const Route* back) { return comes_back(ray, back) == Truth::yes; });
    });
  };
  return !possible.empty() && std::all_of(possible.begin(), possible.end(), by);
}

// The reply's way out of the destination's subnet. Several rays only where the table
// parts the client's addresses, or AWS takes one of several routes.
Walker::Rays Walker::find_way_back(Ray ray, const Subnet& subnet) {
  const Found<RouteTable> table = index_.route_table(subnet);
  if (table.object == nullptr) {
    if (!comes_back_by_each(ray, index_.possible_tables(subnet))) ray.trail.doubts.push_back(table.gap);
    return {std::move(ray)};
  }
  ray.trail.reads.push_back(table.object->id);
  std::optional<Ray> certain;
  std::optional<Ray> doubtful;
  const auto unite = [&](std::optional<Ray>& all, const Side& source) {
    if (all) {
      all->beam.source.set = all->beam.source.set | source.set;
    } else {
      all = ray;
      all->beam.source = source;
    }
  };
  const auto elsewhere = [&] { return "`" + show(table.object->id) + "` sends the reply elsewhere"; };
  const auto go = [&](Truth comes, const Side& source, GapId gap) {
    if (comes == Truth::yes) return unite(certain, source);
    if (comes == Truth::unknown && !gap)
      gap = index_.gap(GapKind::not_modelled, elsewhere() + ", by a way not modelled");
    if (comes == Truth::unknown && !(ray.peering != nullptr && ray.beam.family() == Family::v6)) {
      unite(doubtful, source);
      doubtful->trail.doubts.push_back(gap);
      return;
    }
    Ray end = ray;
    end.beam.source = source;
    const Ref where = table.object->id;
    const Origin place = table.object->head.origin;
    if (comes == Truth::unknown) return lost(end, may_be(end), gap, {"UNKNOWN_DESTINATION", {}, where, place});
    stop(end, {"NO_ROUTE_TO_DESTINATION", "the reply finds no way back: " + elsewhere() + ", or has no route", where,
               place});
  };
  std::vector<Lane> lanes = route(index_, *table.object, ray.vpc, reversed(ray.beam));
  if (lanes.size() == 1 && lanes[0].routes.size() == 1 && comes_back(ray, lanes[0].routes[0]) == Truth::yes) {
    ray.beam.source = std::move(lanes[0].beam.destination);
    return {std::move(ray)};  // all but few
  }
  for (const Lane& lane : lanes) {
    const auto each = [&](Truth what) {
      return std::all_of(lane.routes.begin(), lane.routes.end(),
                         [&](const Route* back) { return comes_back(ray, back) == what; });
    };
    if (!lane.random) {
      const Truth comes = each(Truth::yes) ? Truth::yes : each(Truth::no) ? Truth::no : Truth::unknown;
      go(comes, lane.beam.destination, lane.gap);
      continue;
    }
    for (const Route* back : lane.routes) {  // RT-9: each is one that AWS may take
      go(comes_back(ray, back), lane.beam.destination, back == nullptr ? GapId() : back->gap);
    }
  }
  Rays result;
  if (certain) result.push_back(std::move(*certain));
  if (doubtful) result.push_back(std::move(*doubtful));
  return result;
}

// Set: the reply may come into the sender's subnet without being asked by its ACL, as it
// comes out of something that stands there. No other gateway brings back what left by an
// internet gateway as IPv4, which is addressed to the public address.
GapId Walker::crosses_no_acl(const Ray& ray, const Subnet& home, const Route& by) const {
  if (const GapId gap = index_.middlebox_in(home)) return gap;
  const bool by_internet = by.target == RouteTarget::internet_gateway && ray.beam.family() == Family::v6;
  return by_internet || by.target == RouteTarget::peering ? index_.transit_attachment_in(home) : GapId();
}

}  // namespace sallyport::net
