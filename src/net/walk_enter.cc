// From outside into a VPC by an internet gateway, straight to an interface or through an
// appliance to which the gateway's own table leads (IG-2, RT-14..16).
#include <algorithm>
#include <utility>

#include "net/assumed.h"
#include "net/walk.h"

namespace sallyport::net {
namespace {

std::string quoted(const std::string& id) { return "`" + id + "`"; }

// The table of the internet gateway of a VPC, where the gateway itself is not in the input.
const RouteTable* edge_table_in(const Index& index, VpcId vpc) {
  const auto tables = index.route_tables(vpc);
  const auto found = std::find_if(tables.begin(), tables.end(), [](const RouteTable* table) {
    return std::any_of(table->gateways.begin(), table->gateways.end(),
                       [](const Ref& g) { return g.kind == Kind::internet_gateway; });
  });
  return found == tables.end() ? nullptr : *found;
}

}  // namespace

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
  // A public address whose number is not known (a plan's) leads to the primary private one.
  Side& to = ray.beam.destination;
  if (to.set.empty() && !interface.addresses.empty()) {
    const Value<Address>& inside = interface.addresses.items.front();
    to.set = inside.known() ? set_of(*inside) : within_subnet(interface, Family::v4);
    if (!inside.known()) to.gap = inside.gap();
  }
  if (to.set.empty()) {
    const GapId gap = interface.addresses.open ? interface.addresses.open : index_.absent(interface.id);
    lost(ray, May(Verdict::public_) | May(Verdict::blocked), gap, {"UNKNOWN_DESTINATION", {}, interface.id, {}});
    return std::move(ends_);
  }
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
  }
  if (!open_to_public(ray, may_enter(index_, *vpc, *subnet))) return std::move(ends_);
  ray.trail.doors.push_back({DoorKind::internet_gateway, door});
  hop(ray, "internet-gateway", door, "enters to `" + to_string(ray.beam.destination.set) + "`");
  const RouteTable* edge = gateway == nullptr ? edge_table_in(index_, vpc->id) : index_.edge_table(door);
  if (edge == nullptr) {
    // One that is not in the input may lead it into an appliance, which may send it on as its own.
    const GapId unseen = index_.cloud().missing(Kind::route_table, vpc->head.account, vpc->head.region);
    const Ray as_it_came = unseen ? ray : Ray();
    const auto go = [&] { admit(std::move(ray), *subnet, interface); };
    if (!unseen) return go(), std::move(ends_);
    one_of(
        [&] {
          go();
          lost(as_it_came, may_be(as_it_came), unseen, {"UNKNOWN_RESOURCE", {}, vpc->id, vpc->head.origin});
        },
        unseen);
    return std::move(ends_);
  }
  // RT-14: the gateway's own table routes what enters.
  ray.trail.reads.push_back(edge->id);
  for (Lane& lane : route(index_, *edge, vpc, ray.beam)) {
    each_route(lane.routes, lane.random, lane.gap, [&](const Route* r) {
      Ray piece = ray;
      piece.beam = lane.beam;
      if (r == nullptr) {
        stop(piece,
             {"NO_ROUTE_TO_DESTINATION", quoted(show(edge->id)) + " has no route for it", edge->id, edge->head.origin});
      } else if (!r->gap && r->target == RouteTarget::local) {
        admit(std::move(piece), *subnet, interface);
      } else {
        enter_by_appliance(std::move(piece), *r);
      }
    });
  }
  return std::move(ends_);
}

void Walker::admit(Ray ray, const Subnet& subnet, const Interface& interface) {
  for (Ray& in : cross_acl(std::move(ray), subnet, Direction::ingress)) {
    in.subnet = nullptr;
    // The reply must find the gateway again: its own subnet's table decides.
    for (Ray& back : find_way_back(std::move(in), subnet)) at_interface(std::move(back), interface);
  }
}

// RT-14..16: to an appliance, as far as the user vouches for it, and by the table of its subnet
// to the interface; the reply comes back through it, and out by the gateway.
void Walker::enter_by_appliance(Ray ray, const Route& r) {
  const auto redirected = [&] {
    const GapId gap = r.gap ? r.gap
                            : index_.gap(GapKind::not_modelled,
                                         "an edge route table sends what enters through " + quoted(show(r.object)));
    lost(ray, may_be(ray), gap, {"INGRESS_RTB_TRAFFIC_REDIRECTION", {}, r.object, r.place});
  };
  if (r.gap || !r.blackhole.known()) return redirected();
  if (*r.blackhole) {
    return stop(ray, {"BAD_STATE_ROUTE", "the route is a black hole: its target is gone", r.object, r.place});
  }
  if (r.target != RouteTarget::gateway_load_balancer_endpoint && r.target != RouteTarget::network_interface)
    return redirected();
  const Appliance a = appliance_of(r);
  if (!appliance_works(ray, r, a)) return;
  if (a.interface != nullptr && a.interface->public_addresses.complete() && a.interface->public_addresses.empty() &&
      !a.interface->surely_public && ray.beam.family() == Family::v4) {
    return stop(ray, {"INGRESS_RTB_NO_PUBLIC_IP",
                      quoted(show(r.object)) + " has no public address: it takes nothing from the internet", r.object,
                      r.place});
  }
  const Assumption* assumed = vouched(ray, r, a);
  // Out of the appliance's own subnet the reply would not go back through it.
  if (assumed != nullptr && goal_.interface != nullptr && goal_.interface->subnet.known() &&
      *goal_.interface->subnet == a.subnet->id)
    return redirected();
  if (assumed == nullptr || (a.interface != nullptr && *assumed->translates)) return redirected();
  if (!open_to_public(ray, may_enter(index_, *ray.vpc, *a.subnet))) return;  // BP-5
  ray.trail.assumptions.push_back(shown(*assumed));
  if (!a.state.known()) ray.trail.doubts.push_back(a.state.gap());
  const bool routed = a.interface != nullptr;
  for (Ray& in : cross_acl(std::move(ray), *a.subnet, Direction::ingress)) {
    for (Ray& back : find_way_back(std::move(in), *a.subnet)) {
      back.trail.doors.push_back({routed ? DoorKind::appliance : DoorKind::gateway_load_balancer_endpoint, r.object});
      hop(back, name(r.object.kind), r.object, "is assumed to let it through", r.place);
      back.without_groups = true;  // SG-8
      if (!routed) {
        leave_appliance(std::move(back), a);
        continue;
      }
      for (Ray& taken :
           pass_groups(std::move(back), a.interface->groups, *a.subnet->vpc, Direction::ingress, a.interface->id)) {
        for (Ray& out :
             pass_groups(std::move(taken), a.interface->groups, *a.subnet->vpc, Direction::egress, a.interface->id))
          leave_appliance(std::move(out), a);
      }
    }
  }
}

}  // namespace sallyport::net
