// The way there: out of the sender's subnet, and by which door.
#include "library/net/naive_walker.h"

namespace sallyport::naive {

using net::DoorKind;
using net::Verdict;

Packet reply_to(const Packet& p) {
  return {p.destination, p.source, p.protocol, p.destination_port, p.source_port, true};
}

Fate Walk::send(const Interface& from, const Packet& p) {
  if (from.kind == InterfaceKind::endpoint) return stop("an endpoint never initiates");  // IF-4
  if (from.kind == InterfaceKind::nat_gateway) return unsettled("a NAT gateway is no source");
  if (!works(from)) return stop("the source does not run");  // RT-18
  if (!has_address(from, p.source)) return stop("not an address of the source");
  if (has_address(from, p.destination)) return unsettled("to itself");
  if (from.kind == InterfaceKind::function && p.protocol != tcp && p.protocol != udp) return stop("LA-4");
  if (!groups_pass(cloud_, *from.vpc, from.groups.items, true, p)) return stop("egress groups of the source");
  start({cloud_->subnets.find(*from.subnet), *from.vpc, public_of(from, p.source), false, p});
  return forward();
}

// A leg that a load balancer opens by itself.
Fate Walk::send_from_node(const Interface& node, const Packet& p, bool filtered) {
  if (filtered && !groups_pass(cloud_, *node.vpc, node.groups.items, true, p))
    return stop("egress groups of the balancer");
  start({cloud_->subnets.find(*node.subnet), *node.vpc, public_of(node, p.source), false, p});
  return forward();
}

Fate Walk::enter(const Packet& p, bool from_service_network) {
  if (from_service_network) doors_.push_back({DoorKind::service, {}});
  start({nullptr, {}, p.source, false, p});
  return outside(p);
}

Fate Walk::arrived() const {
  Fate fate{Verdict::private_, doors_, "", false, at_};
  for (const net::Door& door : doors_) {
    if (door.kind == DoorKind::internet_gateway || door.kind == DoorKind::egress_only_gateway ||
        door.kind == DoorKind::service)
      fate.verdict = Verdict::public_;
  }
  if (fate.doors.empty()) fate.doors.push_back({DoorKind::local, {}});
  return fate;
}

bool Walk::is_ours(Address a) const {
  return std::any_of(given_.ours.begin(), given_.ours.end(), [&](const Prefix& p) { return p.contains(a); });
}

void Walk::start(Sender s) {
  s.at = s.subnet;
  s.at_vpc = s.vpc;
  legs_.push_back(std::move(s));
}

// The packet stands at the router of a subnet, that of the sender or of an appliance, or is
// switched inside it.
Fate Walk::forward() {
  const Sender& s = legs_.back();
  const Packet& p = s.packet;
  if (s.table != nullptr) return leave_regional();
  const Subnet& at = *s.at;
  const bool inspected = !s.boxes.empty();
  if (in_subnet(at, p.destination)) {
    if (inspected) return unsettled("to a neighbour of the appliance");
    return deliver(s.vpc, p, Way::switched);  // RT-13
  }
  const RouteTable* table = table_of(cloud_, at);
  const Route* route = table == nullptr ? nullptr : select_route(cloud_, *table, p.destination, choices_);
  if (route == nullptr) return stop("no route");
  if (*route->blackhole) return stop("blackhole");  // RT-11: no fall-back
  if (route->target == RouteTarget::nat_gateway) return translate(*route);
  if (route->target == RouteTarget::gateway_load_balancer_endpoint) return into_inspection(*route, false);
  if (!acl_passes(cloud_, at, true, p)) return stop("egress ACL of the sender");  // AC-4
  switch (route->target) {
    case RouteTarget::local: return deliver(s.at_vpc, p, s.gateway ? Way::transit : Way::local);
    case RouteTarget::internet_gateway:
      if (s.gateway) return out_of_another_vpc(p);
      return leave(*route, p);
    case RouteTarget::transit_gateway:
      if (inspected && !s.gateway) return unsettled("from an appliance of one's own to a transit gateway");
      if (s.gateway && (!inspected || s.boxes.back().vpc != s.at_vpc))
        return lost_on_the_way("a VPC that passes on what came by a transit gateway");
      return over_transit(*route);
    case RouteTarget::network_interface: return into_appliance(*route);
    default: break;
  }
  if (inspected && route->target == RouteTarget::gateway_endpoint && s.gateway) return stop("TG-11");
  if (inspected) return unsettled("out of an appliance to something else");
  switch (route->target) {
    case RouteTarget::egress_only_gateway: return leave_only(*route, p);
    case RouteTarget::gateway_endpoint: return to_service(*route, p);
    case RouteTarget::peering: return across(*route, p);
    case RouteTarget::lattice: return to_lattice();
    case RouteTarget::vpn_gateway:
      if (!acl_passes(cloud_, at, false, reply_to(p))) return stop("ingress ACL of the sender, for the reply");
      if (!is_ours(p.destination)) return lost_on_the_way("what lies behind a VPN");  // VG-3
      doors_.push_back({DoorKind::vpn_gateway, route->object});
      return back(reply_to(p), false);
    default: return lost_on_the_way("a target that the configuration does not settle");
  }
}

// NA-6: what came by a transit gateway, at a gateway to the internet.
Fate Walk::out_of_another_vpc(const Packet& p) const {
  if (p.destination.family == Family::v6) return unsettled("IPv6 of another VPC at a gateway");
  return stop("NA-6: no public address behind a transit gateway");
}

// TG-1..TG-12: into the VPC behind, where the attachment's subnet routes it (TG-6).
Fate Walk::over_transit(const Route& to) {
  Sender& s = legs_.back();
  const Crossed crossed = cross(cloud_, given_, to.object, *s.at, s.packet, choices_);
  switch (crossed.end) {
    case Crossed::End::arrived: break;
    case Crossed::End::dropped: return stop(crossed.why);
    case Crossed::End::unsettled: return unsettled(crossed.why);
    case Crossed::End::unknown:
      if (!s.boxes.empty() || !crossed.passed.empty()) return unsettled("past an appliance to outside");
      return outside_our_vpcs(crossed);
  }
  if (!s.gateway) s.gateway = to.object;
  s.several = s.several || crossed.doors.size() > 1;
  for (const Ref& function : crossed.passed) s.boxes.push_back({function, nullptr, {}, nullptr});
  s.at = s.entered = crossed.at;
  s.at_vpc = crossed.vpc;
  doors_.insert(doors_.end(), crossed.doors.begin(), crossed.doors.end());
  const Packet p = s.packet;
  if (in_subnet(*crossed.at, p.destination)) return deliver(crossed.vpc, p, Way::transit, crossed.at);  // AC-9
  if (!acl_passes(cloud_, *crossed.at, true, p)) return stop("AC-9: out of the attachment's subnet");
  const RouteTable* table = table_of(cloud_, *crossed.at);
  const Route* route = table == nullptr ? nullptr : select_route(cloud_, *table, p.destination, choices_);
  if (route == nullptr) return stop("no route behind the gateway");
  if (*route->blackhole) return stop("blackhole behind the gateway");
  switch (route->target) {
    case RouteTarget::local: return deliver(crossed.vpc, p, Way::transit, crossed.at);
    case RouteTarget::nat_gateway: return translate(*route, crossed.at);
    case RouteTarget::internet_gateway:
    case RouteTarget::egress_only_gateway: return out_of_another_vpc(p);
    case RouteTarget::gateway_endpoint: return stop("TG-11");
    case RouteTarget::vpn_gateway: return stop("VG-1");
    case RouteTarget::peering: return stop("PX-2");
    case RouteTarget::network_interface: return into_appliance(*route);
    case RouteTarget::gateway_load_balancer_endpoint: return into_inspection(*route, true);
    default: return lost_on_the_way("a target that the configuration does not settle");
  }
}

// The reply of somebody in `from` goes to a transit gateway: back to the sender of
// leg `n`? Switched: no ACL is left to ask.
std::optional<Fate> Walk::return_over_transit(const Route& route, const Subnet& from, const Sender& to,
                                              const Packet& reply, bool& switched) const {
  return comes_to(cross(cloud_, given_, route.object, from, reply, choices_), to, reply, switched);
}

// VG-3: by a VPN or Direct Connect attachment, through which the reply comes in, too.
Fate Walk::outside_our_vpcs(const Crossed& crossed) {
  const Sender& s = legs_.back();
  if (crossed.outside == nullptr || !is_ours(s.packet.destination)) return lost_on_the_way(crossed.why);
  doors_.insert(doors_.end(), crossed.doors.begin(), crossed.doors.end());
  const bool direct = *crossed.outside->kind == AttachmentKind::direct_connect;
  doors_.push_back({direct ? DoorKind::direct_connect : DoorKind::vpn_gateway, crossed.outside->id});
  const Packet reply = reply_to(s.packet);
  bool switched = false;
  if (const auto fate = comes_to(cross_from(cloud_, given_, *crossed.outside, reply, choices_), s, reply, switched))
    return *fate;
  return back(reply, switched);
}

// A reply that gateways have handed over: is it at the sender's?
std::optional<Fate> Walk::comes_to(const Crossed& crossed, const Sender& to, const Packet& reply,
                                   bool& switched) const {
  switch (crossed.end) {
    case Crossed::End::arrived: break;
    case Crossed::End::dropped: return stop("the reply: " + crossed.why);
    case Crossed::End::unknown:
    case Crossed::End::unsettled: return unsettled("the reply: " + crossed.why);
  }
  if (!crossed.passed.empty()) return unsettled("TG-12: the reply passes a firewall that the request did not");
  switched = crossed.vpc == to.vpc && crossed.at->id == to.subnet->id;  // AC-9
  if (switched) return std::nullopt;
  if (!acl_passes(cloud_, *crossed.at, true, reply)) return stop("AC-9: the reply out of the attachment's subnet");
  const RouteTable* table = table_of(cloud_, *crossed.at);
  const Route* on = table == nullptr ? nullptr : select_route(cloud_, *table, reply.destination, choices_);
  if (on == nullptr || *on->blackhole) return stop("no route for the reply behind the gateway");
  if (on->target != RouteTarget::local) return unsettled("the reply goes on behind the gateway");
  if (crossed.vpc != to.vpc) return stop("the reply gets into another VPC");
  return std::nullopt;
}

// IG-1, IG-3.
Fate Walk::leave(const Route& route, Packet p) {
  const Sender& s = legs_.back();
  const InternetGateway* igw = cloud_->internet_gateways.find(route.object.as<Kind::internet_gateway>());
  if (igw == nullptr || !contains(igw->vpcs, s.vpc)) return stop("internet gateway is not attached");
  if (behind_nat64(p.destination)) return unsettled("NA-8: who translates beyond the VPC");
  if (!is_public(p.destination)) return stop("IG-3: not a public destination");
  if (!s.public_address) return stop("IG-1: no public address");
  if (auto blocked = blocked_out(false)) return *blocked;
  doors_.push_back({DoorKind::internet_gateway, route.object});
  p.source = *s.public_address;
  return outside(p);
}

// IG-8.
Fate Walk::leave_only(const Route& route, const Packet& p) {
  const EgressOnlyGateway* gateway = cloud_->egress_only_gateways.find(route.object.as<Kind::egress_only_gateway>());
  if (gateway == nullptr || !contains(gateway->vpcs, legs_.back().vpc)) return stop("not attached");
  if (p.destination.family != Family::v6) return stop("IG-8: IPv6 only");
  if (behind_nat64(p.destination)) return unsettled("NA-8: who translates beyond the VPC");
  if (!is_public(p.destination)) return stop("not a public destination");
  if (auto blocked = blocked_out(true)) return *blocked;
  doors_.push_back({DoorKind::egress_only_gateway, route.object});
  return outside(p);
}

// BP-1..BP-4, by a gateway of the VPC where the last leg started.
std::optional<Fate> Walk::blocked_out(bool egress_only) const {
  const Sender& s = legs_.back();
  const Sender* behind = s.is_nat ? &legs_[legs_.size() - 2] : nullptr;
  const Subnet* inside = behind == nullptr || behind->gateway ? nullptr : behind->at;
  return blocked(leaves(cloud_, *s.at, s.is_nat, inside, egress_only));
}

std::optional<Fate> Walk::blocked(Passes passes) const {
  if (passes == Passes::unsettled) return unsettled("an exclusion of one of two subnets");
  if (passes == Passes::no) return stop("BP: VPC Block Public Access");
  return std::nullopt;
}

// The packet is on the internet: to somebody there, or back into the cloud.
Fate Walk::outside(Packet p) {
  if (const Interface* to = interface_with_public(cloud_, p.destination)) {
    if (!legs_.back().boxes.empty()) return unsettled("IG-9: past an appliance, and in again");
    const InternetGateway* igw = nullptr;
    for (const InternetGateway& gateway : cloud_->internet_gateways) {
      if (contains(gateway.vpcs, *to->vpc)) igw = &gateway;
    }
    if (igw == nullptr) return stop("IG-2: no internet gateway at the destination");
    if (!is_public(p.source)) return stop("IG-3: not a public source");
    if (auto closed = blocked(enters(cloud_, *cloud_->subnets.find(*to->subnet)))) return *closed;
    doors_.push_back({DoorKind::internet_gateway, igw->id});
    for (const PublicAddress& a : to->public_addresses) {
      if (a.address == p.destination) p.destination = a.private_address;
    }
    if (const RouteTable* edge = edge_table(cloud_, igw->id)) {  // RT-14
      const Route* route = select_route(cloud_, *edge, p.destination, choices_);
      if (route == nullptr) return stop("RT-14: the edge table has no route");
      if (*route->blackhole) return stop("RT-14: a black hole of the edge table");
      if (legs_.back().subnet != nullptr) return unsettled("IG-9: out, and in by an edge table");
      if (route->target != RouteTarget::local) return enter_inspected(*route, *to, p);
    }
    return arrive(*to, p, Way::internet);
  }
  for (const NatGateway& nat : cloud_->nat_gateways) {
    for (const NatAddress& a : nat.addresses) {
      if (a.has_public && *a.public_address == p.destination) return stop("NA-5");
    }
  }
  for (const Vpc& vpc : cloud_->vpcs) {
    if (in_vpc(vpc, p.destination)) return stop("nobody has that address");
  }
  if (!is_public(p.destination)) return stop("not a public destination");
  if (legs_.back().subnet == nullptr && doors_.empty()) return unsettled("from the internet to the internet");
  return back(reply_to(p), false);
}

// GE-5, GE-6, GE-9.
Fate Walk::to_service(const Route& route, const Packet& p) {
  if (legs_.back().is_nat) return unsettled("from a NAT gateway into a gateway endpoint");
  const Endpoint* endpoint = cloud_->endpoints.find(route.object.as<Kind::endpoint>());
  if (endpoint == nullptr || *endpoint->state != State::working) return stop("endpoint does not work");
  if (*endpoint->vpc != legs_.back().vpc) return stop("GE-6");
  if (p.protocol != tcp && p.protocol != icmp && p.protocol != icmpv6) return stop("GE-9");
  doors_.push_back({DoorKind::gateway_endpoint, route.object});
  return back(reply_to(p), false);
}

// PX-1..PX-3.
Fate Walk::across(const Route& route, const Packet& p) {
  const Peering* peering = cloud_->peerings.find(route.object.as<Kind::peering>());
  const VpcId here = legs_.back().vpc;
  if (peering == nullptr || *peering->state != State::working) return stop("PX-1: peering is not active");
  if (here != peering->requester.vpc && here != peering->accepter.vpc) return stop("not a peering of this VPC");
  const VpcId there = here == peering->requester.vpc ? peering->accepter.vpc : peering->requester.vpc;
  const Vpc* vpc = cloud_->vpcs.find(there);
  if (!in_vpc(*cloud_->vpcs.find(here), p.source) || !in_vpc(*vpc, p.destination)) return stop("PX-2");
  if (legs_.back().is_nat) return unsettled("from a NAT gateway into a peering");  // NA-6 has the other direction only
  doors_.push_back({DoorKind::peering, route.object});
  return deliver(there, p, Way::peering);
}

// RT-16: what an appliance does, no configuration says.
Fate Walk::into_appliance(const Route& route) {
  for (const Interface& i : cloud_->interfaces) {
    if (route.object != Ref(i.id) && route.object != Ref(i.instance)) continue;
    if (!i.instance || !works(i)) return stop("RT-16: not attached to a running instance");
    if (*i.source_dest_check) return stop("RT-16: source/destination check");
    return lost_on_the_way("an appliance");  // in the sender's own subnet its reply meets no ACL
  }
  return stop("no such interface");
}
Fate walk(const Cloud& cloud, const Interface& from, const Packet& packet, Choices& choices, const Given& given) {
  return Walk(cloud, choices, given).send(from, packet);
}

namespace {}

Fate walk_from_internet(const Cloud& cloud, const Packet& packet, Choices& choices, const Given& given) {
  return Walk(cloud, choices, given).enter(packet, false);
}

Fate walk_from_service_network(const Cloud& cloud, const Packet& packet, Choices& choices, const Given& given) {
  return Walk(cloud, choices, given).enter(packet, true);
}

}  // namespace sallyport::naive
