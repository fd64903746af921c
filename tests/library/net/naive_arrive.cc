// The arrival, and the way of the reply.
#include "library/net/naive_walker.h"

namespace sallyport::naive {

using net::DoorKind;
using net::Verdict;

// To the interface of that private address in `vpc`.
Fate Walk::deliver(VpcId vpc, const Packet& p, Way way, const Subnet* via) {
  const Interface* to = interface_with(cloud_, vpc, p.destination);
  if (to == nullptr) return stop("nobody has that address");
  return arrive(*to, p, way, via);
}

Fate Walk::arrive(const Interface& to, const Packet& p, Way way, const Subnet* via) {
  const Subnet* subnet = cloud_->subnets.find(*to.subnet);
  const bool beside = via != nullptr && via->id == subnet->id;  // AC-9
  if (way != Way::switched && !beside && !acl_passes(cloud_, *subnet, false, p))
    return stop("ingress ACL of the destination");
  switch (to.kind) {
    case InterfaceKind::nat_gateway: return stop("NA-5");
    case InterfaceKind::function: return stop("LA-2");
    case InterfaceKind::gateway_load_balancer_endpoint:
    case InterfaceKind::transit_gateway: return unsettled("an interface of a middlebox");
    case InterfaceKind::endpoint: {
      const Endpoint* endpoint = endpoint_of(to);
      if (endpoint == nullptr) return unsettled("an interface of an endpoint that is not there");
      if (*endpoint->state != State::working) return stop("IF-10");
      if (*endpoint->type == EndpointType::service_network) return unsettled("RE-6: which of many services is meant");
      if (*endpoint->type == EndpointType::resource) {
        if (p.protocol != tcp) return unsettled("RE-1: other protocols than TCP");
        doors_.push_back({DoorKind::resource_endpoint, endpoint->id});
        break;
      }
      const bool aws = !cloud_.view(endpoint->service).starts_with("com.amazonaws.vpce.");
      if (aws && p.protocol != tcp) return stop("IF-5");
      if (!aws && p.protocol != tcp) return unsettled("IF-5: endpoint services may be UDP");
      doors_.push_back({DoorKind::interface_endpoint, endpoint->id});
      break;
    }
    case InterfaceKind::load_balancer:
      if (balancer_of(cloud_, to.id) == nullptr) return unsettled("an interface of a balancer that is not there");
      break;
    default: break;
  }
  if (!works(to)) return stop("the destination does not run");
  Came came;
  came.inspected = !legs_.back().boxes.empty();  // SG-8
  came.sender = legs_.back().groups;
  if (way == Way::transit) {
    came.gateway = legs_.back().gateway.as<Kind::transit_gateway>();
    came.without_groups = legs_.back().several || to.kind == InterfaceKind::endpoint;
    if (names_a_peer(cloud_, *to.vpc, to.groups.items)) return unsettled("references over a peering, by a gateway");
  }
  const LoadBalancer* balancer = balancer_of(cloud_, to.id);
  const bool admitted = balancer != nullptr ? balancer_admits(cloud_, *balancer, p, came)
                                            : groups_pass(cloud_, *to.vpc, to.groups.items, false, p, came);
  if (!admitted) return stop("ingress groups of the destination");
  if (const auto ended = what_lies_behind(to, balancer, p)) return *ended;
  at_ = to.id;
  return answer_from(to, reply_to(p), way);
}

// A balancer, or an endpoint for a service of our own, asks its targets first.
std::optional<Fate> Walk::what_lies_behind(const Interface& to, const LoadBalancer* balancer, const Packet& p) {
  const Send send = [&](const Interface& node, const Packet& packet, bool filtered) {
    return Walk(cloud_, choices_, given_).send_from_node(node, packet, filtered);
  };
  Fate behind{Verdict::private_, {}, "", false, {}};
  if (balancer != nullptr) behind = behind_balancer(cloud_, *balancer, to, p, false, choices_, send);
  const Endpoint* endpoint = to.kind == InterfaceKind::endpoint ? endpoint_of(to) : nullptr;
  const bool resource = endpoint != nullptr && *endpoint->type == EndpointType::resource;
  if (resource) behind = behind_resource(*endpoint, p);
  const EndpointService* service = endpoint == nullptr || resource ? nullptr : own_service(cloud_, *endpoint);
  if (service != nullptr)
    behind = behind_endpoint(cloud_, *service, *cloud_->subnets.find(*to.subnet), p, choices_, send);
  if (behind.verdict != Verdict::private_ && behind.verdict != Verdict::public_) return behind;
  for (const net::Door& door : behind.doors) {
    if (door.kind != DoorKind::local) doors_.push_back(door);
  }
  return std::nullopt;
}

// The reply leaves the destination: groups are stateful (SG-3), ACLs are not (AC-3).
Fate Walk::answer_from(const Interface& to, Packet p, Way way) {
  if (way == Way::switched) return back(p, true);
  const Subnet* subnet = cloud_->subnets.find(*to.subnet);
  if (!acl_passes(cloud_, *subnet, true, p)) return stop("egress ACL of the destination, for the reply");
  const RouteTable* table = table_of(cloud_, *subnet);
  const Route* route = table == nullptr ? nullptr : select_route(cloud_, *table, p.destination, choices_);
  if (!legs_.back().boxes.empty() && way != Way::internet) {
    const auto fate = lead_back(subnet, *to.vpc, nullptr, p, legs_.back(), true);
    return fate ? *fate : back(p, true);
  }
  if (route == nullptr) return stop("no route for the reply");
  if (*route->blackhole) return stop("blackhole for the reply");
  if (!legs_.back().boxes.empty()) return out_past_inspection(to, p, *route);
  if (route->target == RouteTarget::gateway_load_balancer_endpoint) {
    // Addresses are unchanged: the reply meets the sender's ACL all the same.
    const Sender& s = legs_.back();
    if (s.subnet != nullptr && s.table == nullptr && way != Way::transit &&
        !acl_passes(cloud_, *s.subnet, false, seen_by(s, p)))
      return stop("ingress ACL of the sender, for the reply");
    return lost_on_the_way("an appliance, for the reply");
  }
  if (route->target == RouteTarget::network_interface) return into_appliance(*route);
  if (route->target == RouteTarget::transit_gateway && way == Way::internet && p.destination.family == Family::v6)
    return unsettled("a reply by another way than the request");
  if (route->target == RouteTarget::transit_gateway && way != Way::transit) {
    // Out of an attachment in the sender's own subnet it meets no ACL (AC-9), else it does.
    const Sender& s = legs_.back();
    if (s.subnet != nullptr && !s.is_nat && !attached_in(*s.subnet) &&
        !acl_passes(cloud_, *s.subnet, false, seen_by(s, p)))
      return stop("ingress ACL of the sender, for the reply by a transit gateway");
    return lost_on_the_way("the reply by a transit gateway");
  }
  const bool six = p.destination.family == Family::v6;  // not translated: good on any way
  if (route->target == RouteTarget::vpn_gateway && (six || way != Way::internet))
    return lost_on_the_way("the reply by a VPN");  // PX-1, VG-3
  switch (way) {
    case Way::local:
      if (route->target != RouteTarget::local) return stop("the reply goes elsewhere");
      break;
    case Way::peering: {
      if (six && (route->target == RouteTarget::internet_gateway || route->target == RouteTarget::egress_only_gateway))
        return unsettled("a reply by another way than the request");
      if (route->target != RouteTarget::peering) return stop("the reply goes elsewhere");
      const Peering* peering = cloud_->peerings.find(route->object.as<Kind::peering>());
      if (peering == nullptr || !joins(*peering, *to.vpc, legs_.back().vpc)) return stop("PX-1: no way back");
      break;
    }
    case Way::internet: {
      if (six && route->target == RouteTarget::local && *to.vpc == legs_.back().vpc) break;
      if (six && route->target == RouteTarget::peering) return unsettled("a reply by another way than the request");
      if (route->target == RouteTarget::egress_only_gateway) return stop("IG-8");
      if (route->target != RouteTarget::internet_gateway) return stop("the reply goes elsewhere");
      const InternetGateway* igw = cloud_->internet_gateways.find(route->object.as<Kind::internet_gateway>());
      if (igw == nullptr || !contains(igw->vpcs, *to.vpc)) return stop("no gateway for the reply");
      break;
    }
    case Way::transit: {
      if (route->target == RouteTarget::peering || route->target == RouteTarget::vpn_gateway)
        return unsettled("a reply by another way than the request");
      if (route->target != RouteTarget::transit_gateway) return stop("the reply goes elsewhere");
      bool switched = false;
      if (const auto fate = return_over_transit(*route, *subnet, legs_.back(), p, switched)) return *fate;
      return back(p, switched);
    }
    case Way::switched: break;
  }
  return back(p, false);
}

// Does an attachment of a transit gateway stand in the subnet?
bool Walk::attached_in(const Subnet& subnet) const {
  return std::any_of(cloud_->transit_attachments.begin(), cloud_->transit_attachments.end(),
                     [&](const TransitAttachment& a) { return contains(a.subnets, subnet.id); });
}

// The reply with the addresses under which its sender knows both ends.
Packet Walk::seen_by(const Sender& s, const Packet& reply) {
  Packet seen = reply;
  seen.destination = s.packet.source;
  seen.source = s.packet.destination;
  return seen;
}

// The reply enters the sender's subnet, and, behind a NAT gateway, goes on from there.
Fate Walk::back(const Packet& p, bool switched) {
  const Sender& s = legs_.back();
  if (s.subnet == nullptr) return arrived();
  if (!switched) {
    if (const auto fate = back_from_internet(p)) return *fate;
    switched = !s.boxes.empty();  // asked on that way
  }
  if (!switched && s.table == nullptr && !acl_passes(cloud_, *s.subnet, false, seen_by(s, p)))
    return stop("ingress ACL of the sender, for the reply");
  if (auto stopped = behind_nat()) return *stopped;
  return arrived();
}

// Where the reply would come from, the configuration does not say.
Fate Walk::lost_on_the_way(std::string why) const {
  if (auto stopped = behind_nat()) return *stopped;
  return {Verdict::unknown, {}, std::move(why), false, at_};
}

const Endpoint* Walk::endpoint_of(const Interface& i) const {
  for (const Endpoint& endpoint : cloud_->endpoints) {
    if (contains(endpoint.interfaces, i.id)) return &endpoint;
  }
  return nullptr;
}
}  // namespace sallyport::naive
