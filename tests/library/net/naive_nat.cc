// NAT gateways, zonal and regional, with NAT64: one packet out by them, and its reply back.
#include "library/net/naive_samples.h"
#include "library/net/naive_walker.h"

namespace sallyport::naive {

using net::DoorKind;

// NA-8: what an IPv6 destination stands for.
std::optional<Address> behind_nat64(Address a) {
  static const Prefix block = *parse_prefix("64:ff9b::/96");
  if (!block.contains(a)) return std::nullopt;
  return v4(static_cast<std::uint32_t>(a.low));
}

Address as_nat64(Address a) {
  Address made = parse_prefix("64:ff9b::/96")->first();
  made.low = a.low;
  return made;
}

// NA-1..NA-6, NA-8. `via`: the subnet of the attachment by which it came.
Fate Walk::translate(const Route& route, const Subnet* via) {
  const Sender& s = legs_.back();
  const Subnet* here = via != nullptr ? via : s.at;
  const Packet p = s.packet;
  const NatGateway* nat = cloud_->nat_gateways.find(route.object.as<Kind::nat_gateway>());
  if (nat == nullptr || *nat->state != State::working) return stop("NAT gateway does not work");
  if (*nat->vpc != *here->vpc) return stop("NA-6");
  for (const net::Door& door : doors_) {
    if (door.object == route.object) return unsettled("NAT gateways in a circle");
  }
  Packet inside = p;
  if (p.destination.family == Family::v6) {
    const auto behind = behind_nat64(p.destination);
    if (!behind) return unsettled("IPv6 beside 64:ff9b::/96 at a NAT gateway");
    if (p.protocol == icmpv6) return unsettled("ICMPv6 at a NAT gateway");
    inside.destination = *behind;
    choices_.meet("NA-8");
  }
  if (p.protocol != tcp && p.protocol != udp && p.protocol != icmp) return stop("NA-1");
  if (nat->regional) {
    if (s.gateway || !s.boxes.empty()) return unsettled("a regional NAT gateway behind something");
    return translate_in_zone(route, *nat, inside);
  }
  const Subnet* subnet = cloud_->subnets.find(*nat->subnet);
  if (subnet->id != here->id) {  // NA-4, AC-4
    if (via == nullptr && !acl_passes(cloud_, *here, true, p)) return stop("egress ACL of the sender");
    if (!acl_passes(cloud_, *subnet, false, p)) return stop("NA-4: ingress ACL at the NAT gateway");
  }
  if (nat->addresses.empty()) return stop("NAT gateway without address");
  const NatAddress& address = nat->addresses.items[choices_.pick(nat->addresses.size())];  // NA-7
  Sender next{subnet, *here->vpc, std::nullopt, true, inside};
  go_out_as(next, *nat, address);
  doors_.push_back({DoorKind::nat_gateway, route.object});
  start(next);
  return forward();
}

// NA-2, NA-3, NA-7.
void Walk::go_out_as(Sender& next, const NatGateway& nat, const NatAddress& address) {
  if (*nat.is_public && address.has_public) next.public_address = *address.public_address;
  next.packet.source = *address.private_address;
  if (next.packet.protocol != tcp && next.packet.protocol != udp) return;
  const auto ports = port_samples(cloud_, 1024, 65535);
  next.packet.source_port = ports[choices_.pick(ports.size())];
}

// NA-9: it stands in no subnet and asks no ACL but the sender's; it sends what comes from a
// zone by its addresses of that zone, and by its own table.
Fate Walk::translate_in_zone(const Route& route, const NatGateway& nat, const Packet& inside) {
  const Sender& s = legs_.back();
  choices_.meet("NA-9");
  if (!acl_passes(cloud_, *s.subnet, true, s.packet)) return stop("egress ACL of the sender");
  std::vector<const NatAddress*> own;
  for (const NatAddress& a : nat.addresses) {
    if (a.zone_id == s.subnet->zone_id) own.push_back(&a);
  }
  if (own.empty() && *nat.every_zone) return unsettled("NA-9: a zone that AWS has not added yet");
  if (own.empty()) return stop("NA-9: no address in the sender's zone");
  const RouteTable* table = cloud_->route_tables.find(*nat.table);
  if (table == nullptr) return unsettled("a regional NAT gateway without table");
  Sender next{s.subnet, s.vpc, std::nullopt, true, inside};
  next.table = table;
  go_out_as(next, nat, *own[choices_.pick(own.size())]);
  doors_.push_back({DoorKind::nat_gateway, route.object});
  start(next);
  return forward();
}

Fate Walk::leave_regional() {
  const Sender& s = legs_.back();
  const Route* route = select_route(cloud_, *s.table, s.packet.destination, choices_);
  if (route == nullptr) return stop("no route of the regional NAT gateway");
  if (*route->blackhole) return stop("blackhole of the regional NAT gateway");
  if (route->target != RouteTarget::internet_gateway) return unsettled("a regional NAT gateway to somewhere else");
  return leave(*route, s.packet);
}

// NA-4: each NAT gateway hands the reply back to whom it took the request from, whatever
// the reply has met before.
std::optional<Fate> Walk::behind_nat() const {
  for (std::size_t n = legs_.size() - 1; n > 0; --n) {
    const Sender& nat = legs_[n];
    const Sender& behind = legs_[n - 1];
    const bool regional = nat.table != nullptr;
    if (!behind.boxes.empty()) {
      if (const auto fate = lead_back(nat.subnet, nat.vpc, nullptr, reply_to(behind.packet), behind, false))
        return *fate;
      continue;
    }
    if (!behind.gateway && !regional && behind.subnet->id == nat.subnet->id) continue;
    const Packet inner = reply_to(behind.packet);
    if (!regional && !acl_passes(cloud_, *nat.subnet, true, inner))
      return stop("NA-4: egress ACL at the NAT gateway, for the reply");
    const RouteTable* table = regional ? nat.table : table_of(cloud_, *nat.subnet);
    const Route* route = table == nullptr ? nullptr : select_route(cloud_, *table, inner.destination, choices_);
    if (behind.gateway) {
      if (route == nullptr || *route->blackhole) return stop("no way from the NAT gateway back");
      if (route->target == RouteTarget::peering || route->target == RouteTarget::vpn_gateway ||
          route->target == RouteTarget::network_interface)
        return unsettled("a reply by another way than the request");
      if (route->target != RouteTarget::transit_gateway) return stop("no way from the NAT gateway back");
      bool beside = false;
      if (const auto fate = return_over_transit(*route, *nat.subnet, behind, inner, beside)) return *fate;
      if (beside) continue;
    } else if (route != nullptr && !*route->blackhole &&
               (route->target == RouteTarget::gateway_load_balancer_endpoint ||
                route->target == RouteTarget::network_interface)) {
      if (!acl_passes(cloud_, *behind.subnet, false, inner))
        return stop("ingress ACL behind the NAT gateway, for the reply");
      return lost("RT-15: the reply of the NAT gateway is led into an appliance");
    } else if (route == nullptr || route->target != RouteTarget::local) {
      return stop("no way from the NAT gateway back");
    }
    if (!acl_passes(cloud_, *behind.subnet, false, inner))
      return stop("ingress ACL behind the NAT gateway, for the reply");
  }
  return std::nullopt;
}

}  // namespace sallyport::naive
