#include "net/walk.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace sallyport::net {
namespace {

constexpr int most_legs = 6;  // a longer way is a routing loop

// Instance metadata, Amazon DNS, time: answered next to the instance, outside
// routing and filters (RT-12, AC-5).
const AddressSet& link_local(Family family) {
  static const auto block = [](const char* text) {
    const Result<Prefix> p = parse_prefix(text);
    SP_ASSERT(p.has_value());
    return set_of(*p);
  };
  static const AddressSet v4 = block("169.254.0.0/16");
  static const AddressSet v6 = block("fd00:ec2::/32");
  return family == Family::v4 ? v4 : v6;
}

std::string show_route(const Index& index, const Route& r) {
  if (r.gap) return "a route that is not known in full";
  if (const auto* prefix = std::get_if<Prefix>(&r.destination)) {
    return r.origin == RouteOrigin::created_with_table && r.target == RouteTarget::local
               ? "local route"
               : "`" + to_string(*prefix) + "`";
  }
  const PrefixListId id = std::get<PrefixListId>(r.destination);
  const PrefixList* list = index.cloud()->prefix_lists.find(id);
  const std::string list_name = list == nullptr ? "" : " (" + std::string(index.view(list->head.name)) + ")";
  return "`" + index.show(id) + "`" + list_name;
}

// One of `left` pieces of a ray: a copy, the last one the ray itself.
Ray piece_of(Ray& ray, std::size_t& left) { return --left == 0 ? std::move(ray) : ray; }

std::size_t pieces(const Sifted& s) { return s.passed.size() + s.doubted.size() + s.stopped.size(); }

}  // namespace

std::string describe_destination(const Beam& beam) {
  if (beam.destination.service) return "the service's public addresses";
  return to_string(beam.destination.set);
}

Outcomes Walker::run(Beam beam, Trail trail) {
  Ray ray;
  ray.beam = std::move(beam);
  ray.trail = std::move(trail);
  ray.subnet = start_.subnet;
  ray.vpc = start_.vpc;
  if (start_.function && ray.beam.protocol != tcp && ray.beam.protocol != udp) {
    stop(ray, {"PROTOCOL_RESTRICTION", "functions in a VPC send TCP and UDP only", start_.object, {}});
    return std::move(ends_);
  }
  ray.balancers = start_.balancers;
  if (!answered_beside(ray)) return std::move(ends_);
  if (start_.unfiltered) {
    leave(std::move(ray));
    return std::move(ends_);
  }
  for (Ray& r : pass_groups(std::move(ray), start_.groups, start_.vpc->id, Direction::egress, start_.object)) {
    leave(std::move(r));
  }
  return std::move(ends_);
}

bool Walker::answered_beside(Ray& ray) {
  const bool dns = ray.beam.has_ports() && ray.beam.destination_ports == PortSet(53, 53);
  if (!dns && disjoint(ray.beam.destination.set, link_local(ray.beam.family()))) return true;
  AddressSet beside = link_local(ray.beam.family());
  if (dns && !ray.vpc->cidrs.empty() && ray.vpc->cidrs.items.front().known()) {
    beside = beside | set_of(next(next(ray.vpc->cidrs.items.front()->base)));
  }
  Cut parts = cut(ray.beam.destination, {beside, {}, {}, {}});
  if (parts.inside) {
    Ray here = ray;
    here.beam.destination = std::move(*parts.inside);
    hop(here, "local", {}, "answered next to the workload, outside routing and filters");
    arrive(std::move(here), Verdict::private_, {}, {"REACHED", "answered next to the workload", {}, {}});
  }
  if (!parts.outside && !parts.maybe) return false;
  ray.beam.destination = parts.outside ? std::move(*parts.outside) : std::move(*parts.maybe);
  return true;
}

// From the edge of an interface in `ray.subnet`: within the subnet it is switched
// (RT-13), else the ACL and the table of the subnet decide.
void Walker::leave(Ray ray) {
  if (++ray.legs > most_legs) {
    lost(ray, May::anything(), index_.gap(GapKind::contradictory, "routes lead in a circle"),
         {"UNKNOWN_DESTINATION", "routes lead in a circle", {}, {}});
    return;
  }
  if (!misses(ray.beam.destination, index_.blocks(*ray.subnet))) {
    Cut parts = cut(ray.beam.destination, index_.blocks(*ray.subnet));
    if (parts.inside) {
      Ray here = ray;
      here.beam.destination = std::move(*parts.inside);
      into_subnet(std::move(here), *ray.subnet);
    }
    if (parts.maybe) {
      Ray here = ray;
      here.beam.destination = std::move(*parts.maybe);
      lost(here, may_be(ray), parts.gap,
           {"UNKNOWN_DESTINATION", "the subnet's own range is not known", ray.subnet->id, ray.subnet->head.origin});
    }
    if (!parts.outside) return;
    ray.beam.destination = std::move(*parts.outside);
  }

  for (Ray& out : pass_acl(std::move(ray), *ray.subnet, Direction::egress)) {
    const Found<RouteTable> table = index_.route_table(*out.subnet);
    if (table.object == nullptr) {
      lost(out, may_be(out), table.gap,
           {"UNKNOWN_RESOURCE", "the route table of `" + show(out.subnet->id) + "` is not known", out.subnet->id, {}});
      continue;
    }
    out.trail.reads.push_back(table.object->id);
    std::vector<Lane> lanes = route(index_, *table.object, out.vpc, out.beam, out.nat != nullptr);
    std::size_t left = lanes.size();
    for (Lane& lane : lanes) {
      Ray piece = piece_of(out, left);
      piece.beam = std::move(lane.beam);
      const Route* chosen = lane.routes.size() == 1 ? lane.routes.front() : nullptr;
      if (index_.options().hops) {
        hop(piece, "route-table", table.object->id,
            chosen != nullptr
                ? show_route(index_, *chosen) +
                      (chosen->object ? " leads to `" + show(chosen->object) + "`" : " leads on inside the VPC")
            : lane.routes.size() == 1 ? "no route to " + describe_destination(piece.beam)
            : lane.random             ? "prefix lists overlap: AWS takes one of their routes at random"
                                      : "it is not known which route is taken",
            chosen != nullptr ? chosen->place : table.object->head.origin);
      }
      each_route(lane.routes, lane.random, lane.gap, [&](const Route* r) { take(piece, r); });
    }
  }
}

// The reply crosses the ACL of the subnet as well; what goes or came by a transit
// gateway has a reply with a way of its own (AC-9, reply_over_transit).
void Walker::take(Ray ray, const Route* r) {
  const bool judged = r != nullptr && ray.crossing.subnet == nullptr && r->target != RouteTarget::transit_gateway &&
                      r->target != RouteTarget::core_network && r->target != RouteTarget::other;
  if (!judged) return take_through(std::move(ray), r);
  const Subnet& subnet = *ray.subnet;
  for (Ray& out : pass_reply(std::move(ray), subnet, Direction::egress, r)) take_through(std::move(out), r);
}

void Walker::take_through(Ray ray, const Route* r) {
  if (r == nullptr) {
    const Found<RouteTable> table = index_.route_table(*ray.subnet);
    stop(ray, {"NO_ROUTE_TO_DESTINATION", "no route leads to " + describe_destination(ray.beam), table.object->id,
               table.object->head.origin});
    return;
  }
  if (r->gap && r->target == RouteTarget::other) {
    lost(ray, may_be(ray), r->gap, {"UNKNOWN_RESOURCE", "a route's target is not known", r->object, r->place});
    return;
  }
  if (!r->blackhole.known()) {
    ray.trail.doubts.push_back(r->blackhole.gap());
  } else if (*r->blackhole) {
    stop(ray, {"BAD_STATE_ROUTE", "the route is a black hole: its target is gone", r->object, r->place});
    return;
  }
  switch (r->target) {
    case RouteTarget::local: return deliver(std::move(ray));
    case RouteTarget::internet_gateway: return by_internet_gateway(std::move(ray), *r);
    case RouteTarget::egress_only_gateway: return by_egress_only_gateway(std::move(ray), *r);
    case RouteTarget::nat_gateway: return by_nat_gateway(std::move(ray), *r);
    case RouteTarget::gateway_endpoint: return by_gateway_endpoint(std::move(ray), *r);
    case RouteTarget::peering: return by_peering(std::move(ray), *r);
    case RouteTarget::vpn_gateway: return by_vpn_gateway(std::move(ray), *r);
    case RouteTarget::transit_gateway: return by_transit_gateway(std::move(ray), *r);
    case RouteTarget::gateway_load_balancer_endpoint:
    case RouteTarget::network_interface: return by_appliance(std::move(ray), *r);
    case RouteTarget::local_gateway:
    case RouteTarget::carrier_gateway:
    case RouteTarget::core_network:
    case RouteTarget::other: return by_unmodelled(std::move(ray), *r);
  }
}

Walker::Rays Walker::cross_acl(Ray ray, const Subnet& subnet, Direction direction) {
  Rays result;
  for (Ray& passed : pass_acl(std::move(ray), subnet, direction)) {
    for (Ray& out : pass_reply(std::move(passed), subnet, direction)) result.push_back(std::move(out));
  }
  return result;
}

Walker::Rays Walker::pass_acl(Ray ray, const Subnet& subnet, Direction direction) {
  const Found<NetworkAcl> acl = index_.network_acl(subnet);
  if (acl.object == nullptr) {
    ray.trail.doubts.push_back(acl.gap);
    return {std::move(ray)};
  }
  ray.trail.reads.push_back(acl.object->id);
  const auto place = [&] {
    return std::string(direction == Direction::egress ? "out of " : "into ") + "`" + show(subnet.id) + "`";
  };
  Rays result;
  Sifted sifted = sift(index_, *acl.object, direction, ray.beam, false);
  std::size_t left = pieces(sifted);
  for (Passed& p : sifted.passed) {
    Ray out = piece_of(ray, left);
    out.beam = std::move(p.beam);
    if (index_.options().hops) hop(out, "network-acl", acl.object->id, place() + ": " + p.what, p.place);
    result.push_back(std::move(out));
  }
  for (Doubted& d : sifted.doubted) {
    Ray out = piece_of(ray, left);
    out.beam = std::move(d.beam);
    out.trail.doubts.push_back(d.gap);
    hop(out, "network-acl", acl.object->id, place() + ": not known whether it passes");
    result.push_back(std::move(out));
  }
  for (Passed& p : sifted.stopped) {
    Ray out = piece_of(ray, left);
    out.beam = std::move(p.beam);
    hop(out, "network-acl", acl.object->id, "stops it " + place() + ": " + p.what, p.place);
    stop(out, {"SUBNET_ACL_RESTRICTION", "network ACL stops it " + place() + ": " + p.what, acl.object->id, p.place});
  }
  return result;
}

// AC-3: judged by the entries of the opposite direction, at the client's port.
Walker::Rays Walker::pass_reply(Ray ray, const Subnet& subnet, Direction direction, const Route* by) {
  const Found<NetworkAcl> acl = index_.network_acl(subnet);
  if (acl.object == nullptr) return {std::move(ray)};  // the doubt is there from the request
  const Direction back = direction == Direction::egress ? Direction::ingress : Direction::egress;
  Rays result;
  Sifted sifted = sift(index_, *acl.object, back, reversed(ray.beam), true);
  std::size_t left = pieces(sifted);
  for (Passed& p : sifted.passed) {
    Ray out = piece_of(ray, left);
    out.beam = reversed(p.beam);
    result.push_back(std::move(out));
  }
  for (Doubted& d : sifted.doubted) {
    Ray out = piece_of(ray, left);
    out.beam = reversed(d.beam);
    out.trail.doubts.push_back(d.gap);
    result.push_back(std::move(out));
  }
  for (Passed& p : sifted.stopped) {
    Ray out = piece_of(ray, left);
    out.beam = reversed(p.beam);
    if (const GapId gap = by == nullptr ? GapId() : crosses_no_acl(out, subnet, *by)) {
      out.trail.doubts.push_back(gap);
      result.push_back(std::move(out));
      continue;
    }
    hop(out, "network-acl", acl.object->id, "stops the reply at `" + show(subnet.id) + "`: " + p.what, p.place);
    stop(out,
         {"SUBNET_ACL_RESTRICTION", "the reply to the client's port is stopped: " + p.what, acl.object->id, p.place});
  }
  return result;
}

Walker::Rays Walker::pass_groups(Ray ray, const List<SecurityGroupId>& groups, VpcId vpc, Direction direction,
                                 Ref owner, bool endpoint) {
  for (const SecurityGroupId id : groups) ray.trail.reads.push_back(id);
  const std::string way = direction == Direction::egress ? "out: " : "in: ";
  Rays result;
  Carried carried;
  carried.as_groups = ray.as_groups;
  carried.re_emitted = ray.without_groups;
  if (ray.crossing.subnet != nullptr) {
    carried.gateway = ray.crossing.gateway;
    carried.loses_groups = endpoint || ray.crossing.gateways > 1;
    for (const Subnet* subnet : {ray.crossing.subnet, ray.subnet}) {
      if (subnet == nullptr || index_.view(subnet->zone_id) != "use1-az3") continue;
      carried.doubt = index_.gap(GapKind::undocumented,
                                 "references between groups over a transit gateway are not supported in "
                                 "use1-az3: what a rule with one does there AWS does not say",
                                 "name the addresses instead");
    }
  }
  Sifted sifted = sift(index_, groups, vpc, direction, ray.beam, carried);
  std::size_t left = pieces(sifted);
  for (Passed& p : sifted.passed) {
    Ray out = piece_of(ray, left);
    out.beam = std::move(p.beam);
    hop(out, "security-group", p.by, way + p.what, p.place);
    result.push_back(std::move(out));
  }
  for (Doubted& d : sifted.doubted) {
    Ray out = piece_of(ray, left);
    out.beam = std::move(d.beam);
    out.trail.doubts.push_back(d.gap);
    hop(out, "security-group", groups.items.empty() ? Ref() : Ref(groups.items.front()),
        way + "not known whether a rule allows it");
    result.push_back(std::move(out));
  }
  for (Passed& p : sifted.stopped) {
    Ray out = piece_of(ray, left);
    out.beam = std::move(p.beam);
    const bool none =
        groups.complete() && std::all_of(groups.begin(), groups.end(), [&](SecurityGroupId id) {
          const SecurityGroup* group = index_.cloud()->security_groups.find(id);
          return group != nullptr && std::none_of(group->rules.begin(), group->rules.end(), [&](const GroupRule& r) {
                   return r.egress == (direction == Direction::egress);
                 });
        });
    hop(out, "security-group", p.by,
        way + "no rule allows " + std::string(direction == Direction::egress ? "it to leave" : "it to enter"));
    stop(out, {none ? "SG_HAS_NO_RULES" : "ENI_SG_RULES_MISMATCH",
               "no rule of the security groups of `" + show(owner ? owner : p.by) + "` allows it " +
                   (direction == Direction::egress ? "out" : "in"),
               p.by ? p.by : owner,
               {}});
  }
  return result;
}

void Walker::arrive(Ray ray, Verdict verdict, Passage passage, Reason reason) {
  Outcome end;
  end.may = verdict;
  passage.door = ray.trail.doors.empty() ? Door{} : naming_door(ray.trail.doors);
  passage.certain = ray.trail.doubts.empty();
  end.passages.push_back(std::move(passage));
  end.reason = std::move(reason);
  if (!ray.trail.doubts.empty()) {
    end.may = end.may | Verdict::blocked;
    end.reason.code = "UNKNOWN_RESOURCE";
    end.reason.message = index_.registry().gaps[ray.trail.doubts.front()].what;
  }
  end.trail = std::move(ray.trail);
  ends_.push_back(std::move(end));
}

void Walker::stop(const Ray& ray, Reason reason) {
  Outcome end;
  end.may = Verdict::blocked;
  end.trail = ray.trail;
  end.trail.doubts.clear();  // whatever they are, it does not get through
  end.reason = std::move(reason);
  ends_.push_back(std::move(end));
}

void Walker::lost(const Ray& ray, May may, GapId gap, Reason reason) {
  SP_ASSERT(gap);
  Outcome end;
  end.may = may;
  // It may get through by a way that is not known: nothing bounds its keys.
  Passage passage;
  passage.certain = false;
  end.passages.push_back(std::move(passage));
  end.trail = ray.trail;
  end.trail.doubts.push_back(gap);
  if (reason.message.empty()) reason.message = index_.registry().gaps[gap].what;
  end.reason = std::move(reason);
  ends_.push_back(std::move(end));
}

May Walker::may_be(const Ray& ray) const {
  const Side& to = ray.beam.destination;
  const bool may_be_public = to.service || to.set.overlaps(public_space(ray.beam.family()));
  return may_be_public ? May::anything() : May(Verdict::private_) | May(Verdict::blocked);
}

void Walker::hop(Ray& ray, const char* kind, Ref object, std::string detail, Origin place) const {
  if (!index_.options().hops) return;
  ray.trail.hops.push_back({kind, object, {}, std::move(detail), place});
}

}  // namespace sallyport::net
