#include <algorithm>
#include <utility>

#include "net/walk.h"

namespace sallyport::net {
namespace {

PortSet translated_ports() { return {1024, 65535}; }  // NA-3

std::string quoted(const std::string& id) { return "`" + id + "`"; }

}  // namespace

void Walker::by_internet_gateway(Ray ray, const Route& r) {
  const auto id = r.object.as<Kind::internet_gateway>();
  const InternetGateway* gateway = index_.cloud()->internet_gateways.find(id);
  ray.trail.reads.push_back(r.object);
  if (gateway == nullptr) {
    // An active route to it says that it was attached; what is left in doubt is
    // whether it still is.
    ray.trail.doubts.push_back(index_.absent(r.object));
  } else {
    const Truth attached = index_.attached(*gateway, ray.vpc->id);
    if (attached == Truth::no) {
      return stop(ray, {"BAD_STATE_ATTACHMENT", quoted(show(id)) + " is not attached to " + quoted(show(ray.vpc->id)),
                        r.object, r.place});
    }
    if (attached == Truth::unknown) ray.trail.doubts.push_back(gateway->vpcs.open);
  }
  // IG-3: nothing to private or shared ranges leaves by it.
  Side& to = ray.beam.destination;
  if (!to.service) {
    Cut parts = cut(to, {private_space(ray.beam.family()), {}, {}, {}});
    if (parts.inside) {
      Ray out = ray;
      out.beam.destination = std::move(*parts.inside);
      const bool shared = in_rfc6598(out.beam.destination.set.front());
      stop(out,
           {shared ? "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS" : "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS",
            "an internet gateway drops what goes to private addresses", r.object, r.place});
    }
    if (parts.maybe) {
      Ray out = ray;
      out.beam.destination = std::move(*parts.maybe);
      lost(out, May(Verdict::public_) | May(Verdict::blocked), parts.gap,
           {"UNKNOWN_DESTINATION", {}, r.object, r.place});
    }
    if (!parts.outside) return;
    to = std::move(*parts.outside);
  }
  // IG-1: for IPv4 the source needs a public address in front of it.
  Passage passage;
  if (ray.crossing.subnet != nullptr) return not_of_this_vpc(std::move(ray), r, "internet gateway");
  GapId unseen;  // set: from which address it leaves is not known in full
  if (ray.beam.family() == Family::v6) {
    passage.source_addresses = ray.beam.source.set;
    unseen = ray.beam.source.gap;
  } else if (ray.nat != nullptr) {
    // NA-2: only a public gateway has a public address in front of it.
    const bool none =
        ray.nat->addresses.complete() && std::none_of(ray.nat->addresses.begin(), ray.nat->addresses.end(),
                                                      [](const NatAddress& a) { return a.has_public; });
    if (none || (ray.nat->is_public.known() && !*ray.nat->is_public)) {
      return stop(ray, {"IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
                        quoted(show(ray.nat->id)) + " has no public address: the internet gateway drops it",
                        ray.nat->id, r.place});
    }
    unseen = ray.nat->addresses.open;
    for (const NatAddress& a : ray.nat->addresses) {
      if (a.has_public && !a.public_address.known()) unseen = a.public_address.gap();
      if (a.has_public && a.public_address.known())
        passage.source_addresses = passage.source_addresses | set_of(*a.public_address);
    }
    if (unseen) passage.source_addresses = {};  // the others bound nothing
  } else {
    for (const PublicAddress& p : start_.public_addresses) {
      if (ray.beam.source.set.contains(p.private_address))
        passage.source_addresses = passage.source_addresses | set_of(p.address);
    }
    if (passage.source_addresses.empty() && !start_.surely_public) {
      if (start_.public_gap && !start_.function) {
        ray.trail.doubts.push_back(start_.public_gap);
      } else {
        const std::string who = start_.function ? "a function in a VPC never has a public address"
                                                : quoted(show(start_.object)) + " has no public address";
        return stop(ray, {"IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", who + ": the internet gateway drops it",
                          start_.object, r.place});
      }
    }
    if (passage.source_addresses.empty()) unseen = start_.public_gap ? start_.public_gap : index_.absent(start_.object);
  }
  passage.source_exact = !unseen && !passage.source_addresses.empty();
  back_through_appliance(ray, index_.edge_table(r.object), "internet gateway");
  if (!open_to_public(ray, may_leave(index_, *ray.vpc, *ray.subnet, ray.nat != nullptr, ray.inside, false))) return;
  ray.trail.doors.push_back({DoorKind::internet_gateway, r.object});
  hop(ray, "internet-gateway", r.object, "leaves to " + describe_destination(ray.beam), r.place);
  // IG-9: the public address of an interface of the cloud: out, and in again.
  if (to_cloud(ray, passage.source_addresses, unseen)) return;
  hop(ray, to.service ? "service" : "internet", {}, "reached at a public address");
  arrive(std::move(ray), Verdict::public_, std::move(passage),
         {"REACHED_PUBLICLY", "the route leads to the internet, and the destination is a public address", r.object,
          r.place});
}

bool Walker::open_to_public(Ray& ray, const PublicAccess& access) {
  if (access.by) ray.trail.reads.push_back(access.by);
  if (!access.assumption.empty()) ray.trail.assumptions.push_back(access.assumption);
  if (access.open == Truth::unknown) ray.trail.doubts.push_back(access.gap);
  if (access.open != Truth::no) return true;
  stop(ray, {"VPC_BLOCK_PUBLIC_ACCESS_ENABLED", access.why, access.by, access.place});
  return false;
}

// NA-6: what came in by a transit gateway has no public address here. Whether IPv6
// addresses of another VPC pass (IG-4 speaks of spoofed ones) AWS does not say.
void Walker::not_of_this_vpc(Ray ray, const Route& r, const char* door) {
  if (ray.beam.family() == Family::v6) {
    return lost(ray, May(Verdict::public_) | May(Verdict::blocked),
                index_.gap(GapKind::undocumented, "whether the " + std::string(door) + " " + quoted(show(r.object)) +
                                                      " takes IPv6 addresses of another VPC"),
                {"GATEWAY_REJECTS_SPOOFED_TRAFFIC", {}, r.object, r.place});
  }
  stop(ray,
       {"IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
        "what comes by a transit gateway has no public address in " + quoted(show(ray.vpc->id)), r.object, r.place});
}

bool Walker::to_cloud(Ray& ray, const AddressSet& seen_as, GapId unseen) {
  const Side& to = ray.beam.destination;
  if (to.service || !to.exact() || to.set != set_of(to.set.front())) return false;
  if (const Interface* target = index_.interface_with_public(to.set.front())) {
    to_cloud_by_public_address(ray, *target, seen_as, unseen);
    return true;
  }
  // It may be one of the cloud's all the same, with filters of its own.
  if (const GapId unseen = index_.unseen_public()) ray.trail.doubts.push_back(unseen);
  return false;
}

void Walker::to_cloud_by_public_address(Ray ray, const Interface& target, AddressSet seen_as, GapId unseen) {
  Beam beam = ray.beam;
  const Address public_address = beam.destination.set.front();
  for (const PublicAddress& p : target.public_addresses) {
    if (p.address == public_address) beam.destination.set = set_of(p.private_address);
  }
  if (seen_as.empty()) {
    seen_as = public_space(beam.family());
    if (!unseen) unseen = index_.absent(ray.trail.doors.back().object);
  }
  beam.source = {std::move(seen_as), unseen, {}, false};
  Walker inside(index_, {}, {nullptr, &target});
  for (Outcome& end : inside.enter(std::move(beam), std::move(ray.trail), target)) ends_.push_back(std::move(end));
}

Outcomes Walker::enter(Beam beam, Trail trail, const Interface& interface) {
  Ray ray;
  ray.beam = std::move(beam);
  ray.trail = std::move(trail);
  const Vpc* vpc = interface.vpc.known() ? index_.cloud()->vpcs.find(*interface.vpc) : nullptr;
  const Subnet* subnet = interface.subnet.known() ? index_.cloud()->subnets.find(*interface.subnet) : nullptr;
  if (vpc == nullptr || subnet == nullptr) {
    const GapId gap = !interface.vpc.known() ? interface.vpc.gap()
                      : !interface.subnet.known()
                          ? interface.subnet.gap()
                          : index_.absent(vpc == nullptr ? Ref(*interface.vpc) : Ref(*interface.subnet));
    lost(ray, May(Verdict::public_) | May(Verdict::blocked), gap, {"UNKNOWN_RESOURCE", {}, interface.id, {}});
    return std::move(ends_);
  }
  ray.vpc = vpc;
  if (interface.kind == InterfaceKind::endpoint) {
    // IF-8; it has no public IPv4 address either.
    stop(ray, {"NO_POSSIBLE_DESTINATION", "the addresses of an endpoint are not reachable from the internet",
               interface.id, interface.head.origin});
    return std::move(ends_);
  }
  // IG-2: by the gateway that is attached to the interface's VPC.
  const InternetGateway* gateway = nullptr;
  GapId unsure = index_.cloud().missing(Kind::internet_gateway, vpc->head.account, vpc->head.region);
  for (const InternetGateway& g : index_.cloud()->internet_gateways) {
    const Truth attached = index_.attached(g, vpc->id);
    if (attached == Truth::yes) gateway = &g;
    if (attached == Truth::unknown) unsure = g.vpcs.open;
  }
  if (gateway == nullptr && !unsure) {
    stop(ray, {"NO_POSSIBLE_DESTINATION", "no internet gateway is attached to " + quoted(show(vpc->id)), vpc->id,
               vpc->head.origin});
    return std::move(ends_);
  }
  const Ref door = gateway == nullptr ? Ref() : Ref(gateway->id);
  if (gateway == nullptr) {
    ray.trail.doubts.push_back(unsure);
  } else {
    ray.trail.reads.push_back(door);
    if (const RouteTable* edge = index_.edge_table(door)) {
      const GapId gap = index_.gap(GapKind::not_modelled, "edge route table " + quoted(show(edge->id)) +
                                                              " may send what enters through an appliance");
      lost(ray, May(Verdict::public_) | May(Verdict::blocked), gap,
           {"INGRESS_RTB_TRAFFIC_REDIRECTION", {}, edge->id, edge->head.origin});
      return std::move(ends_);
    }
  }
  if (!open_to_public(ray, may_enter(index_, *vpc, *subnet))) return std::move(ends_);
  ray.trail.doors.push_back({DoorKind::internet_gateway, door});
  hop(ray, "internet-gateway", door, "enters to `" + to_string(ray.beam.destination.set) + "`");
  for (Ray& in : cross_acl(std::move(ray), *subnet, Direction::ingress)) {
    in.subnet = nullptr;
    // The reply must find the gateway again: its own subnet's table decides.
    for (Ray& back : find_way_back(std::move(in), *subnet)) at_interface(std::move(back), interface);
  }
  return std::move(ends_);
}

void Walker::by_egress_only_gateway(Ray ray, const Route& r) {
  const auto id = r.object.as<Kind::egress_only_gateway>();
  const EgressOnlyGateway* gateway = index_.cloud()->egress_only_gateways.find(id);
  ray.trail.reads.push_back(r.object);
  if (ray.beam.family() == Family::v4) {
    return stop(ray, {"PROTOCOL_RESTRICTION", "an egress-only gateway takes IPv6 only", r.object, r.place});
  }
  if (gateway == nullptr) {
    ray.trail.doubts.push_back(index_.absent(r.object));
  } else if (std::find(gateway->vpcs.begin(), gateway->vpcs.end(), ray.vpc->id) == gateway->vpcs.end()) {
    if (gateway->vpcs.complete()) {
      return stop(ray, {"BAD_STATE_ATTACHMENT", quoted(show(id)) + " is not attached to " + quoted(show(ray.vpc->id)),
                        r.object, r.place});
    }
    ray.trail.doubts.push_back(gateway->vpcs.open);
  }
  if (ray.crossing.subnet != nullptr) return not_of_this_vpc(std::move(ray), r, "egress-only gateway");
  Passage passage;
  passage.source_addresses = ray.beam.source.set;
  passage.source_exact = ray.beam.source.exact();
  back_through_appliance(ray, nullptr, "egress-only gateway");
  if (!open_to_public(ray, may_leave(index_, *ray.vpc, *ray.subnet, false, nullptr, true))) return;
  ray.trail.doors.push_back({DoorKind::egress_only_gateway, r.object});
  hop(ray, "egress-only-gateway", r.object, "leaves to " + describe_destination(ray.beam), r.place);
  if (to_cloud(ray, passage.source_addresses, ray.beam.source.gap)) return;
  arrive(std::move(ray), Verdict::public_, std::move(passage),
         {"REACHED_PUBLICLY", "the route leads to the internet, and the destination is a public address", r.object,
          r.place});
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
  if (ray.beam.protocol != tcp && ray.beam.protocol != udp && ray.beam.protocol != icmp) {
    return stop(ray, {"PROTOCOL_RESTRICTION", "a NAT gateway passes TCP, UDP and ICMP only", r.object, r.place});
  }
  const auto not_modelled = [&](const char* what) {
    return index_.gap(GapKind::not_modelled, quoted(show(id)) + " is " + what + ", which is not modelled");
  };
  if (nat->regional) return lost(ray, may_be(ray), not_modelled("a regional NAT gateway"), unknown);
  if (ray.beam.family() == Family::v6) return lost(ray, may_be(ray), not_modelled("a NAT64 gateway"), unknown);
  if (!nat->vpc.known() || !nat->subnet.known()) {
    return lost(ray, may_be(ray), nat->vpc.known() ? nat->subnet.gap() : nat->vpc.gap(), unknown);
  }
  if (ray.nat == nat) {
    return stop(ray, {"NO_ROUTE_TO_DESTINATION", "the gateway's own subnet routes back to " + quoted(show(id)),
                      r.object, r.place});
  }
  if (*nat->vpc != ray.vpc->id) {
    return stop(ray, {"NGW_REQUIRES_SOURCE_IN_VPC", quoted(show(id)) + " stands in another VPC", r.object, r.place});
  }
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
    if (in.appliance) back_through_appliance(in, index_.route_table(*subnet).object, "NAT gateway");
    in.appliance = {};
    in.crossing = {};
    hop(in, "nat-gateway", r.object, "source becomes `" + to_string(own.set) + "`", r.place);
    in.beam.source = own;
    in.beam.source_ports = in.beam.has_ports() ? translated_ports() : in.beam.source_ports;
    in.subnet = subnet;
    in.nat = nat;
    if (!nat->is_public.known()) in.trail.doubts.push_back(nat->is_public.gap());
    leave(std::move(in));
  }
}

}  // namespace sallyport::net
