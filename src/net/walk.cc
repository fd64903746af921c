#include "net/walk.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace sallyport::net {
namespace {

constexpr int most_legs = 8;            // a longer way is a routing loop
constexpr std::size_t most_reads = 16;  // of most walks: more are possible

// Instance metadata, Amazon DNS, time: answered next to the instance, outside
// routing and filters (RT-12, AC-5).
const AddressSet& link_local(Family family) {
  static const auto block = [](const char* text) {
    const Result<Prefix> p = parse_prefix(text);
    SP_ASSERT(p.has_value());
    return set_of(*p);
  };
  // VPC Lattice's addresses there are routed and filtered (RE-7).
  static const AddressSet v4 = block("169.254.0.0/16") - block("169.254.171.0/24");
  static const AddressSet v6 = block("fd00:ec2::/32") - block("fd00:ec2:80::/64");
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

bool may_stand_in(const NatGateway& nat, const Subnet& subnet) {
  return !nat.regional && (!nat.subnet.known() || *nat.subnet == subnet.id);
}

// May the route lead to a NAT gateway in that subnet? Then neither packet nor reply leaves it (AC-4).
bool may_stay_in(const Cloud& cloud, const Route& r, const Subnet& subnet) {
  if (r.target != RouteTarget::nat_gateway) return false;
  const NatGateway* nat = cloud->nat_gateways.find(r.object.as<Kind::nat_gateway>());
  return nat == nullptr || may_stand_in(*nat, subnet);
}

// NA-8: does the ray go to addresses that a NAT gateway in its own subnet may translate?
template <class Ray>
bool nat64_beside(const Cloud& cloud, const Ray& ray) {
  if (ray.beam.family() != Family::v6 || disjoint(ray.beam.destination.set, nat64_space())) return false;
  if (cloud.missing(Kind::nat_gateway, ray.vpc->head.account, ray.subnet->head.region)) return true;
  return std::any_of(cloud->nat_gateways.begin(), cloud->nat_gateways.end(),
                     [&](const NatGateway& nat) { return may_stand_in(nat, *ray.subnet); });
}

}  // namespace

std::string describe_destination(const Beam& beam) {
  if (beam.destination.service) return "the service's public addresses";
  return to_string(beam.destination.set);
}

Outcomes Walker::run(Beam beam, Trail trail) {
  Ray ray;
  ray.beam = std::move(beam);
  ray.trail = std::move(trail);
  ray.trail.reads.reserve(most_reads);
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

  const bool beside = nat64_beside(index_.cloud(), ray);
  const std::size_t before = ends_.size();
  Rays let_out = pass_acl(std::move(ray), *ray.subnet, Direction::egress);
  // AC-4: to a gateway in the same subnet no ACL is asked; here it is, before the route is known.
  for (std::size_t n = before; beside && n < ends_.size(); ++n) {
    ends_[n].may = May::anything();
    ends_[n].trail.doubts.push_back(index_.gap(
        GapKind::not_modelled, "whether a network ACL is asked on the way to a NAT gateway in the same subnet"));
    ends_[n].passages.emplace_back().certain = false;
  }
  for (Ray& out : let_out) {
    const Found<RouteTable> table = index_.route_table(*out.subnet);
    if (table.object != nullptr) {
      leave_by(std::move(out), *table.object);
      continue;
    }
    const std::vector<const RouteTable*> possible = index_.possible_tables(*out.subnet);
    if (possible.empty()) {
      lost(out, may_be(out), table.gap,
           {"UNKNOWN_RESOURCE", "the route table of `" + show(out.subnet->id) + "` is not known", out.subnet->id, {}});
      continue;
    }
    one_of(
        [&] {
          for (const RouteTable* one : possible) leave_by(out, *one);
        },
        table.gap);
  }
}

void Walker::leave_by(Ray ray, const RouteTable& table) {
  ray.trail.reads.push_back(table.id);
  const auto led = [&](Ray& piece, const Route* r) {
    if (!index_.options().hops) return;
    hop(piece, "route-table", table.id,
        r == nullptr
            ? "no route to " + describe_destination(piece.beam)
            : show_route(index_, *r) + (r->object ? " leads to `" + show(r->object) + "`" : " leads on inside the VPC"),
        r == nullptr ? table.head.origin : r->place);
  };
  const bool from_nat = ray.nat != nullptr;
  if (const auto sole = sole_route(index_, table, ray.vpc, ray.beam, from_nat)) {
    led(ray, *sole);
    take(std::move(ray), *sole);
    return;
  }
  std::vector<Lane> lanes = route(index_, table, ray.vpc, ray.beam, from_nat);
  std::size_t left = lanes.size();
  for (Lane& lane : lanes) {
    Ray piece = piece_of(ray, left);
    piece.beam = std::move(lane.beam);
    if (lane.routes.size() == 1) {
      led(piece, lane.routes.front());
      take(std::move(piece), lane.routes.front());
      continue;
    }
    hop(piece, "route-table", table.id,
        lane.random ? "prefix lists overlap: AWS takes one of their routes at random"
                    : "it is not known which route is taken",
        table.head.origin);
    each_route(lane.routes, lane.random, lane.gap, [&](const Route* r) { take(piece, r); });
  }
}

// The reply crosses the ACL of the subnet as well; what goes or came by a transit
// gateway has a reply with a way of its own (AC-9, reply_over_transit).
void Walker::take(Ray ray, const Route* r) {
  const bool judged = r != nullptr && ray.crossing.subnet == nullptr && r->target != RouteTarget::transit_gateway &&
                      r->target != RouteTarget::core_network && r->target != RouteTarget::other &&
                      !(nat64_beside(index_.cloud(), ray) && may_stay_in(index_.cloud(), *r, *ray.subnet));
  if (!judged) return take_through(std::move(ray), r);
  const Subnet& subnet = *ray.subnet;
  for (Ray& out : pass_reply(std::move(ray), subnet, Direction::egress, r)) take_through(std::move(out), r);
}

void Walker::take_through(Ray ray, const Route* r) {
  if (r == nullptr) {
    const RouteTable* table = index_.route_table(*ray.subnet).object;  // null: one of several
    stop(ray, {"NO_ROUTE_TO_DESTINATION", "no route leads to " + describe_destination(ray.beam),
               table != nullptr ? Ref(table->id) : Ref(ray.subnet->id),
               table != nullptr ? table->head.origin : ray.subnet->head.origin});
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
    case RouteTarget::lattice: return at_lattice(std::move(ray), *r);
    case RouteTarget::local_gateway:
    case RouteTarget::carrier_gateway:
    case RouteTarget::core_network:
    case RouteTarget::other: return by_unmodelled(std::move(ray), *r);
  }
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

bool Ray::by_internet() const {
  return std::any_of(trail.doors.begin(), trail.doors.end(),
                     [](const Door& d) { return d.kind == DoorKind::internet_gateway; });
}

May Walker::may_be(const Ray& ray) const {
  if (ray.by_internet()) return May(Verdict::public_) | May(Verdict::blocked);
  const Side& to = ray.beam.destination;
  if (!to.set.empty() && ray.beam.family() == Family::v6 && to.set.overlaps(nat64_space())) return May::anything();
  const bool may_be_public = to.service || to.set.overlaps(public_space(ray.beam.family()));
  return may_be_public ? May::anything() : May(Verdict::private_) | May(Verdict::blocked);
}

void Walker::hop(Ray& ray, const char* kind, Ref object, std::string detail, Origin place) const {
  if (!index_.options().hops) return;
  ray.trail.hops.push_back({kind, object, {}, std::move(detail), place});
}

}  // namespace sallyport::net
