// Through what stands in the way and the user vouches for (GW-1..3, RT-14, RT-15, TG-10, TG-12): one
// packet into a Gateway Load Balancer endpoint and on, and its reply back through the same ones.
#include "library/net/naive_inspection.h"

#include "library/net/naive_walker.h"

namespace sallyport::naive {

using net::DoorKind;
using net::Verdict;

// GW-3: only the user can say what an appliance lets through.
bool vouched(const Cloud& cloud, const Given& given, Ref object, const Packet& packet) {
  const std::uint16_t port = packet.reply ? packet.source_port : packet.destination_port;
  for (const Assumption& a : given.assumptions) {
    if (a.passes && a.object == cloud.id(object) && (!a.port || *a.port == port)) return true;
  }
  return false;
}

const RouteTable* edge_table(const Cloud& cloud, Ref gateway) {
  for (const RouteTable& table : cloud->route_tables) {
    for (const Ref& g : table.gateways) {
      if (g == gateway) return &table;
    }
  }
  return nullptr;
}

// GW-2: out of the endpoint's own subnet, by its table, addresses unchanged. `asked`: the ACL of
// the subnet that the packet leaves has let it out.
Fate Walk::into_inspection(const Route& route, bool asked) {
  Sender& s = legs_.back();
  const Packet p = s.packet;
  const Endpoint* box = cloud_->endpoints.find(route.object.as<Kind::endpoint>());
  if (box == nullptr) return unsettled("no such endpoint");
  if (*box->state != State::working) return stop("RT-18: the endpoint of the appliance does not work");
  const Subnet* subnet = cloud_->subnets.find(box->subnets.items.at(0));
  const bool again =
      std::any_of(s.boxes.begin(), s.boxes.end(), [&](const Inspected& b) { return b.object == route.object; });
  if (subnet->id != s.at->id && !asked && !acl_passes(cloud_, *s.at, true, p))
    return stop("egress ACL in front of the appliance");
  const bool known = !again && *subnet->vpc == s.at_vpc && vouched(cloud_, given_, route.object, p);
  // Addresses are unchanged, so the reply meets the sender's ACL, whatever the appliance does.
  const bool own = !known && !s.gateway && s.boxes.empty() && subnet->id != s.at->id;
  if (own && !acl_passes(cloud_, *s.at, false, reply_to(p))) return stop("ingress ACL of the sender, for the reply");
  if (again || *subnet->vpc != s.at_vpc || !vouched(cloud_, given_, route.object, p))
    return lost_on_the_way("an appliance");
  choices_.meet(s.gateway ? "TG-10" : "GW-2");
  if (subnet->id != s.at->id && !acl_passes(cloud_, *subnet, false, p)) return stop("ingress ACL of the appliance");
  doors_.push_back({DoorKind::gateway_load_balancer_endpoint, route.object});
  s.boxes.push_back({route.object, subnet, s.at_vpc, s.entered});
  s.at = subnet;
  return forward();
}

// RT-14: in from the internet by an edge table that leads into an appliance; on by its subnet's.
Fate Walk::enter_inspected(const Route& route, const Interface& to, const Packet& p) {
  if (route.target != RouteTarget::gateway_load_balancer_endpoint) return lost_on_the_way("RT-14: an appliance");
  const Endpoint* box = cloud_->endpoints.find(route.object.as<Kind::endpoint>());
  if (box == nullptr) return unsettled("no such endpoint");
  if (*box->state != State::working) return stop("RT-18: the endpoint of the appliance does not work");
  const Subnet* subnet = cloud_->subnets.find(box->subnets.items.at(0));
  if (*to.subnet == subnet->id || *subnet->vpc != *to.vpc || !vouched(cloud_, given_, route.object, p))
    return lost_on_the_way("RT-14: an appliance");
  choices_.meet("RT-14");
  if (auto closed = blocked(enters(cloud_, *subnet))) return *closed;  // BP-5
  if (!acl_passes(cloud_, *subnet, false, p)) return stop("ingress ACL of the appliance");
  const RouteTable* table = table_of(cloud_, *subnet);
  const Route* on = table == nullptr ? nullptr : select_route(cloud_, *table, p.destination, choices_);
  if (on == nullptr || *on->blackhole) return stop("no route behind the appliance");
  if (on->target != RouteTarget::local) return unsettled("out of the appliance to something else");
  if (!acl_passes(cloud_, *subnet, true, p)) return stop("egress ACL of the appliance");
  doors_.push_back({DoorKind::gateway_load_balancer_endpoint, route.object});
  legs_.back().boxes.push_back({route.object, subnet, *to.vpc, nullptr});
  return arrive(to, p, Way::internet);
}

// RT-15: the reply to what entered so goes through the appliance, and from its subnet to the
// gateway. It has left the destination's subnet.
Fate Walk::out_past_inspection(const Interface& to, const Packet& reply, const Route& route) {
  const Inspected box = legs_.back().boxes.back();
  if (route.object != box.object) {
    // By its own subnet's table it would not come out either: no page says which of both counts.
    const RouteTable* own = table_of(cloud_, *box.subnet);
    const Route* out = own == nullptr ? nullptr : select_route(cloud_, *own, reply.destination, choices_);
    if (out == nullptr || *out->blackhole || out->target != RouteTarget::internet_gateway)
      return unsettled("RT-15: the reply goes past the appliance, which has no way out");
    return lost_on_the_way("RT-15: the reply goes past the appliance");
  }
  if (!acl_passes(cloud_, *box.subnet, false, reply)) return stop("ingress ACL of the appliance, for the reply");
  const RouteTable* table = table_of(cloud_, *box.subnet);
  const Route* on = table == nullptr ? nullptr : select_route(cloud_, *table, reply.destination, choices_);
  if (on == nullptr || *on->blackhole) return stop("no route for the reply behind the appliance");
  if (on->target == RouteTarget::nat_gateway) return stop("IG-8: a NAT gateway brings no reply out");
  if (on->target != RouteTarget::internet_gateway) return unsettled("the reply goes elsewhere behind the appliance");
  const InternetGateway* igw = cloud_->internet_gateways.find(on->object.as<Kind::internet_gateway>());
  if (igw == nullptr || !contains(igw->vpcs, *to.vpc)) return stop("no gateway for the reply");
  if (!acl_passes(cloud_, *box.subnet, true, reply)) return stop("egress ACL of the appliance, for the reply");
  return arrived();
}

// The reply stands at `from` (none: at a gateway whose own table is `table`) and has to find the
// sender of a leg, past all that the request has met, the last one first.
std::optional<Fate> Walk::lead_back(const Subnet* from, VpcId vpc, const RouteTable* table, const Packet& reply,
                                    const Sender& to, bool asked) const {
  std::vector<Inspected> left = to.boxes;
  const auto out_of = [&](const Subnet* subnet) {
    return asked || subnet == nullptr || acl_passes(cloud_, *subnet, true, reply);
  };
  // Another way than that of the request; out of this subnet and into the sender's it has to in
  // any case.
  const auto astray = [&](const char* why) {
    if (!to.gateway && !out_of(from)) return stop("egress ACL on the way back");
    if (!to.gateway && !acl_passes(cloud_, *to.subnet, false, reply))
      return stop("ingress ACL of the sender, for the reply");
    return lost(why);
  };
  for (int steps = 0; steps < 12; ++steps) {
    if (table == nullptr) table = table_of(cloud_, *from);
    const Route* route = table == nullptr ? nullptr : select_route(cloud_, *table, reply.destination, choices_);
    if (!to.gateway && (route == nullptr || *route->blackhole))
      return astray("RT-15: the reply goes past the appliance");
    if (route == nullptr) return stop("no route for the reply");
    if (*route->blackhole) return stop("a black hole for the reply");
    table = nullptr;
    if (route->target == RouteTarget::gateway_load_balancer_endpoint ||
        route->target == RouteTarget::network_interface) {
      if (left.empty() || left.back().object != route->object || left.back().vpc != vpc)
        return astray("RT-15: the reply goes through another appliance");
      const Subnet* subnet = left.back().subnet;
      left.pop_back();
      if (from == nullptr || from->id != subnet->id) {
        if (!out_of(from)) return stop("egress ACL in front of the appliance, for the reply");
        if (!acl_passes(cloud_, *subnet, false, reply)) return stop("ingress ACL of the appliance, for the reply");
      }
      from = subnet;
      asked = false;
      continue;
    }
    if (!to.gateway) {
      if (!left.empty() || route->target != RouteTarget::local)
        return astray("RT-15: the reply goes past the appliance");
      if (from->id == to.subnet->id) return std::nullopt;
      if (!out_of(from)) return stop("egress ACL of the appliance, for the reply");
      if (!acl_passes(cloud_, *to.subnet, false, reply)) return stop("ingress ACL of the sender, for the reply");
      return std::nullopt;
    }
    switch (route->target) {
      case RouteTarget::transit_gateway: break;
      case RouteTarget::peering:
      case RouteTarget::vpn_gateway: return unsettled("a reply by another way than the request");
      default: return stop("the reply goes elsewhere");
    }
    if (!out_of(from)) return stop("egress ACL in front of the gateway, for the reply");
    asked = false;
    const Crossed crossed = cross(cloud_, given_, route->object, *from, reply, choices_);
    if (crossed.end == Crossed::End::dropped) return stop("the reply: " + crossed.why);
    if (crossed.end != Crossed::End::arrived) return lost("the reply: " + crossed.why);
    for (const Ref& function : crossed.passed) {
      if (left.empty() || left.back().object != function) return lost("TG-12: the reply passes another firewall");
      left.pop_back();
    }
    from = crossed.at;
    vpc = crossed.vpc;
    if (!left.empty()) {
      if (left.back().vpc != vpc) return lost("the reply goes past the appliance");
      if (crossed.appliance_mode && left.back().entered != nullptr) from = left.back().entered;  // TG-10
      continue;
    }
    if (vpc != to.vpc) {
      if (in_vpc(*cloud_->vpcs.find(vpc), reply.destination)) return stop("another VPC has the range, and gets it");
      return lost("the reply goes through another VPC");
    }
    if (from->id == to.subnet->id) return std::nullopt;  // AC-9
    if (!acl_passes(cloud_, *from, true, reply)) return stop("AC-9: the reply out of the attachment's subnet");
    const RouteTable* home = table_of(cloud_, *from);
    const Route* last = home == nullptr ? nullptr : select_route(cloud_, *home, reply.destination, choices_);
    if (last == nullptr || *last->blackhole || last->target != RouteTarget::local)
      return unsettled("the reply goes on behind the gateway");
    if (!acl_passes(cloud_, *to.subnet, false, reply)) return stop("ingress ACL of the sender, for the reply");
    return std::nullopt;
  }
  return unsettled("the reply goes in a circle");
}

// The reply to what left by an internet gateway: its own table leads it, if it has one (RT-14).
std::optional<Fate> Walk::back_from_internet(const Packet& reply) const {
  const Sender& s = legs_.back();
  const auto door = std::find_if(doors_.begin(), doors_.end(), [](const net::Door& d) {
    return d.kind == DoorKind::internet_gateway || d.kind == DoorKind::egress_only_gateway;
  });
  if (door == doors_.end() || s.subnet == nullptr) return std::nullopt;
  const RouteTable* edge = door->kind == DoorKind::internet_gateway ? edge_table(cloud_, door->object) : nullptr;
  if (edge == nullptr && s.boxes.empty()) return std::nullopt;
  const Packet inside = seen_by(s, reply);
  if (edge == nullptr) {
    // Whichever way it comes, it enters the sender's subnet, unless out of an appliance there (AC-9).
    const bool beside =
        std::any_of(s.boxes.begin(), s.boxes.end(), [&](const auto& b) { return b.subnet == s.subnet; });
    if (!beside && !acl_passes(cloud_, *s.subnet, false, inside))
      return stop("ingress ACL of the sender, for the reply");
    return lost("RT-15: no table leads the reply back through the appliance");
  }
  if (s.boxes.empty()) {
    const Route* route = select_route(cloud_, *edge, inside.destination, choices_);
    if (route != nullptr && route->target == RouteTarget::local) return std::nullopt;
    return lost("RT-14: the reply is led into an appliance");
  }
  return lead_back(nullptr, s.vpc, edge, inside, s, true);
}

}  // namespace sallyport::naive
