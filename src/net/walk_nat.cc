// NAT gateways: zonal and regional ones, and NAT64 (NA-1..10).
#include <algorithm>
#include <optional>
#include <utility>

#include "net/walk.h"

namespace sallyport::net {
namespace {

PortSet translated_ports() { return {1024, 65535}; }  // NA-3

std::string quoted(const std::string& id) { return "`" + id + "`"; }

// Does the table lead anything into an appliance?
bool redirects(const RouteTable& table) {
  return std::any_of(table.routes.begin(), table.routes.end(), [](const Route& r) {
    return r.target == RouteTarget::gateway_load_balancer_endpoint || r.target == RouteTarget::network_interface;
  });
}

}  // namespace

// NA-9: a regional gateway sends what comes from a zone by the addresses of that zone.
Truth Walker::serves(const NatGateway& nat, const NatAddress& address, const Subnet& subnet) const {
  if (!nat.regional) return Truth::yes;
  if (!address.zone_id.empty() && !subnet.zone_id.empty()) return truth(address.zone_id == subnet.zone_id);
  if (!address.zone.empty() && !subnet.zone.empty() && nat.head.account == subnet.head.account)
    return truth(address.zone == subnet.zone);
  return Truth::unknown;
}

// NA-8: the IPv4 addresses that a NAT64 destination stands for.
Side Walker::behind(const Side& destination) const {
  if (!goal_.behind64.set.empty() && (!destination.exact() || destination.service)) return goal_.behind64;
  Side side = destination;
  side.set = behind64(destination.set);
  return side;
}

void Walker::by_nat_gateway(Ray ray, const Route& r) {
  const auto id = r.object.as<Kind::nat_gateway>();
  const NatGateway* nat = index_.cloud()->nat_gateways.find(id);
  ray.trail.reads.push_back(r.object);
  const Reason unknown{"UNKNOWN_RESOURCE", {}, r.object, r.place};
  if (nat == nullptr) return lost(ray, may_be(ray), index_.absent(r.object), unknown);
  if (nat->head.gap) return lost(ray, may_be(ray), nat->head.gap, unknown);
  if (!nat->state.known()) {
    ray.trail.doubts.push_back(nat->state.gap());
  } else if (*nat->state == State::not_working) {
    return stop(ray, {"BAD_STATE", quoted(show(id)) + " is not available", r.object, r.place});
  }
  const bool six = ray.beam.family() == Family::v6;
  if (six) {  // NA-8: it takes IPv6 to addresses that stand for IPv4 ones
    Cut parts = cut(ray.beam.destination, {nat64_space(), {}, {}, {}});
    const auto silent = [&](const std::string& what) {
      return index_.gap(GapKind::undocumented, "what " + quoted(show(id)) + " does with " + what);
    };
    for (const std::optional<Side>* other : {&parts.outside, &parts.maybe}) {
      if (!*other) continue;
      Ray out = ray;
      out.beam.destination = **other;
      lost(out, May::anything(), silent("IPv6 addresses outside 64:ff9b::/96"), unknown);
    }
    if (!parts.inside) return;
    ray.beam.destination = std::move(*parts.inside);
    if (ray.beam.protocol == icmpv6) return lost(ray, May::anything(), silent("ICMPv6"), unknown);
  }
  if (ray.beam.protocol != tcp && ray.beam.protocol != udp && ray.beam.protocol != icmp) {
    return stop(ray, {"PROTOCOL_RESTRICTION", "a NAT gateway passes TCP, UDP and ICMP only", r.object, r.place});
  }
  if (!nat->vpc.known()) return lost(ray, may_be(ray), nat->vpc.gap(), unknown);
  if (ray.nat == nat) {
    return stop(ray, {"NO_ROUTE_TO_DESTINATION", "the gateway's own subnet routes back to " + quoted(show(id)),
                      r.object, r.place});
  }
  if (*nat->vpc != ray.vpc->id) {
    return stop(ray, {"NGW_REQUIRES_SOURCE_IN_VPC", quoted(show(id)) + " stands in another VPC", r.object, r.place});
  }
  if (nat->regional) return by_regional_gateway(std::move(ray), r, *nat);
  if (!nat->subnet.known()) return lost(ray, may_be(ray), nat->subnet.gap(), unknown);
  const Subnet* subnet = index_.cloud()->subnets.find(*nat->subnet);
  if (subnet == nullptr) return lost(ray, may_be(ray), index_.absent(*nat->subnet), unknown);

  ray.trail.doors.push_back({DoorKind::nat_gateway, r.object});
  Side own;
  for (const NatAddress& a : nat->addresses) {
    if (a.private_address.known())
      own.set = own.set | set_of(*a.private_address);
    else
      own.gap = a.private_address.gap();
  }
  if (nat->addresses.open) own.gap = nat->addresses.open;
  if (own.gap || own.set.empty()) {
    own.set = index_.blocks(*subnet).set;
    if (!own.gap) own.gap = index_.absent(r.object);
    // Of a subnet that stands for one of several (a plan) only the VPC is known.
    if (own.set.empty()) own.set = index_.blocks(*ray.vpc).set & set_of(everything(Family::v4));
  }
  if (own.set.empty()) return lost(ray, may_be(ray), own.gap, unknown);
  const bool same_subnet = ray.subnet == subnet;
  ray.inside = ray.crossing.subnet == nullptr ? ray.subnet : nullptr;
  // NA-4: the ACL of its subnet judges both legs; the destination is unchanged.
  Rays arrived = same_subnet ? Rays{std::move(ray)} : cross_acl(std::move(ray), *subnet, Direction::ingress);
  if (!arrived.empty() && arrived.front().crossing.subnet != nullptr) {
    Rays answered;
    for (Ray& in : arrived) {
      for (Ray& out : reply_over_transit(std::move(in), *subnet, same_subnet)) answered.push_back(std::move(out));
    }
    arrived = std::move(answered);
  }
  for (Ray& in : arrived) {
    // RT-15: its own subnet's table leads the reply back, past an appliance or not.
    const RouteTable* home = index_.route_table(*subnet).object;
    const bool straight = in.crossing.subnet == nullptr && !same_subnet && home != nullptr && redirects(*home);
    if (in.appliance || straight) back_through_appliance(in, home, "NAT gateway");
    in.appliance = {};
    in.crossing = {};
    in.inspected.clear();
    if (six) in.beam.destination = behind(in.beam.destination);
    hop(in, "nat-gateway", r.object, "source becomes `" + to_string(own.set) + "`", r.place);
    in.beam.source = own;
    in.beam.source_ports = in.beam.has_ports() ? translated_ports() : in.beam.source_ports;
    in.subnet = subnet;
    in.nat = nat;
    if (!nat->is_public.known()) in.trail.doubts.push_back(nat->is_public.gap());
    leave(std::move(in));
  }
}

// NA-9: it stands in no subnet. The table that belongs to it routes what it sends; no ACL of
// its own is asked. A zone in which it has no address it serves only where AWS registers it by
// itself, as soon as it does.
void Walker::by_regional_gateway(Ray ray, const Route& r, const NatGateway& nat) {
  const Reason unknown{"UNKNOWN_RESOURCE", {}, r.object, r.place};
  if (!nat.table.known()) return lost(ray, may_be(ray), nat.table.gap(), unknown);
  const RouteTable* table = index_.route_table(*nat.table);
  if (table == nullptr) {
    const GapId gap = *nat.table ? index_.absent(*nat.table)
                                 : index_.gap(GapKind::not_collected,
                                              "the route table of " + quoted(show(nat.id)) + " is not in the input",
                                              listing_command(Kind::route_table));
    return lost(ray, may_be(ray), gap, unknown);
  }
  Truth registered = nat.addresses.open ? Truth::unknown : Truth::no;
  Side own;
  for (const NatAddress& a : nat.addresses) {
    const Truth served = serves(nat, a, *ray.subnet);
    registered = registered | served;
    if (served == Truth::no) continue;
    if (a.private_address.known()) own.set = own.set | set_of(*a.private_address);
    if (!a.private_address.known()) own.gap = a.private_address.gap();
    if (served == Truth::unknown) own.gap = index_.absent(nat.id);
  }
  const std::string zone = "the zone of " + quoted(show(ray.subnet->id));
  if (registered == Truth::no && truth(nat.every_zone) == Truth::no) {
    return stop(ray, {"REGIONAL_NGW_ROUTE_AZ_RESTRICTION",
                      quoted(show(nat.id)) + " has no address in " + zone + ", and AWS adds none by itself", r.object,
                      r.place});
  }
  if (registered != Truth::yes) {
    ray.trail.doubts.push_back(
        index_.gap(GapKind::undocumented,
                   "whether " + quoted(show(nat.id)) + " serves " + zone + ", in which its answer shows no address",
                   "collect describe-nat-gateways again"));
  }
  if (own.set.empty() || own.gap) {
    own.set = index_.blocks(*ray.vpc).set & set_of(everything(Family::v4));
    if (!own.gap) own.gap = index_.absent(r.object);
  }
  if (own.set.empty()) return lost(ray, may_be(ray), own.gap, unknown);
  ray.trail.doors.push_back({DoorKind::nat_gateway, r.object});
  ray.trail.reads.push_back(table->id);
  ray.inside = ray.crossing.subnet == nullptr ? ray.subnet : nullptr;
  Rays answered;
  if (ray.crossing.subnet != nullptr) {
    const Back at{ray.subnet, ray.vpc, false, 0, table};
    answered = reply_from(std::move(ray), at);
  } else {
    answered.push_back(std::move(ray));
  }
  for (Ray& in : answered) {
    if (in.appliance) back_through_appliance(in, table, "NAT gateway");
    in.appliance = {};
    in.crossing = {};
    in.inspected.clear();
    if (in.beam.family() == Family::v6) in.beam.destination = behind(in.beam.destination);
    hop(in, "nat-gateway", r.object, "source becomes an address of its own for the zone", r.place);
    in.beam.source = own;
    in.beam.source_ports = in.beam.has_ports() ? translated_ports() : in.beam.source_ports;
    in.nat = &nat;
    if (!nat.is_public.known()) in.trail.doubts.push_back(nat.is_public.gap());
    for (Lane& lane : route(index_, *table, in.vpc, in.beam, true)) {
      each_route(lane.routes, lane.random, lane.gap, [&](const Route* out) {
        Ray piece = in;
        piece.beam = lane.beam;
        if (out == nullptr) {
          return stop(piece, {"NO_ROUTE_TO_DESTINATION",
                              quoted(show(table->id)) + " has no route to " + describe_destination(piece.beam),
                              table->id, table->head.origin});
        }
        if (!out->gap && out->blackhole.known() && !*out->blackhole && out->target == RouteTarget::internet_gateway)
          return by_internet_gateway(std::move(piece), *out);
        const GapId gap = out->gap
                              ? out->gap
                              : index_.gap(GapKind::not_modelled, "where " + quoted(show(nat.id)) + " sends it by " +
                                                                      quoted(show(table->id)) + " is not modelled");
        lost(piece, may_be(piece), gap, {"UNSUPPORTED_COMPONENT", {}, out->object, out->place});
      });
    }
  }
}

}  // namespace sallyport::net
