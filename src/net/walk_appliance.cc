// Through what stands in the way by a route: interfaces of appliances, Gateway Load Balancer
// endpoints (RT-14..16, GW-1..3, SG-8). What they let through only the user can say.
#include <algorithm>
#include <utility>

#include "net/assumed.h"
#include "net/walk.h"

namespace sallyport::net {
namespace {

std::string quoted(const std::string& id) { return "`" + id + "`"; }

}  // namespace

// Where it stands. `gap`: that is not known.
Walker::Appliance Walker::appliance_of(const Route& r) const {
  Appliance a;
  a.object = r.object;
  Value<SubnetId> subnet;
  if (r.target == RouteTarget::gateway_load_balancer_endpoint) {
    const Endpoint* endpoint = index_.cloud()->endpoints.find(r.object.as<Kind::endpoint>());
    if (endpoint == nullptr || endpoint->subnets.open || endpoint->subnets.size() != 1) {
      a.gap = endpoint != nullptr && endpoint->subnets.open ? endpoint->subnets.open : index_.absent(r.object);
      return a;
    }
    a.state = endpoint->state;
    subnet = endpoint->subnets.items.front();
  } else {
    if (const Instance* instance = index_.cloud()->instances.find(r.object.as<Kind::instance>())) {
      const auto interfaces = index_.interfaces_of(*instance);
      if (interfaces.size() == 1) a.interface = interfaces.front();
    } else {
      a.interface = index_.cloud()->interfaces.find(r.object.as<Kind::network_interface>());
    }
    if (a.interface == nullptr) {
      a.gap = index_.absent(r.object);
      return a;
    }
    a.state = a.interface->state;
    subnet = a.interface->subnet;
  }
  a.subnet = subnet.known() ? index_.cloud()->subnets.find(*subnet) : nullptr;
  if (a.subnet == nullptr) {
    a.gap = subnet.known() ? index_.absent(*subnet) : subnet.gap();
  } else if (!a.subnet->vpc.known()) {
    a.gap = a.subnet->vpc.gap();
  }
  return a;
}

// RT-16, RT-18: false: whatever it would do, it gets nothing, and the ray ends.
bool Walker::appliance_works(const Ray& ray, const Route& r, const Appliance& a) {
  if (a.state.known() && *a.state == State::not_working) {
    stop(ray, {"BAD_STATE", quoted(show(r.object)) + " does not work", r.object, r.place});
    return false;
  }
  if (a.interface == nullptr) return true;
  const Instance* instance = index_.cloud()->instances.find(a.interface->instance);
  if (!a.interface->instance && a.interface->kind == InterfaceKind::plain) {
    stop(ray, {"BAD_STATE", quoted(show(r.object)) + " is not attached to an instance", r.object, r.place});
    return false;
  }
  if (instance != nullptr && instance->state.known() && *instance->state == State::not_working) {
    stop(ray, {"BAD_STATE", quoted(show(instance->id)) + " is not running", instance->id, r.place});
    return false;
  }
  if (truth(a.interface->source_dest_check) == Truth::yes) {
    stop(ray, {"ENI_SOURCE_DEST_CHECK_RESTRICTION",
               "the source/destination check of " + quoted(show(a.interface->id)) + " is on", r.object, r.place});
    return false;
  }
  return true;
}

// What the user says of it, where that settles what happens; nullptr: nothing does.
const Assumption* Walker::vouched(const Ray& ray, const Route& r, const Appliance& a) const {
  const Assumption* assumed = assumed_to_pass(index_, r.object, ray.beam, goal_.host);
  if (assumed == nullptr && a.interface != nullptr && a.interface->instance)
    assumed = assumed_to_pass(index_, a.interface->instance, ray.beam, goal_.host);
  // A route leads to what stands in its own VPC.
  const bool here = !a.gap && *a.subnet->vpc == ray.vpc->id;
  const bool again = ray.appliance == r.object || std::any_of(ray.inspected.begin(), ray.inspected.end(),
                                                              [&](const Inspected& i) { return i.object == r.object; });
  const bool settled = assumed != nullptr && here && !again && (a.interface == nullptr || assumed->translates);
  return settled ? assumed : nullptr;
}

void Walker::by_appliance(Ray ray, const Route& r) {
  const Appliance a = appliance_of(r);
  if (!appliance_works(ray, r, a)) return;
  const Assumption* assumed = vouched(ray, r, a);
  if (assumed == nullptr) return by_unmodelled(std::move(ray), r);
  through_appliance(std::move(ray), r, a, *assumed);
}

void Walker::through_appliance(Ray ray, const Route& r, const Appliance& a, const Assumption& assumed) {
  ray.trail.assumptions.push_back(shown(assumed));
  const bool routed = a.interface != nullptr;
  const bool translates = routed && *assumed.translates;
  const bool crossed = ray.crossing.subnet != nullptr;  // the reply has a way of its own
  const bool same = ray.subnet == a.subnet;
  if (!a.state.known()) ray.trail.doubts.push_back(a.state.gap());
  ray.trail.doors.push_back({routed ? DoorKind::appliance : DoorKind::gateway_load_balancer_endpoint, r.object});
  hop(ray, name(r.object.kind), r.object, "is assumed to let it through", r.place);
  ray.without_groups = true;  // SG-8
  Rays inside;
  if (same) {
    inside.push_back(std::move(ray));
  } else if (crossed && !translates) {
    inside = pass_acl(std::move(ray), *a.subnet, Direction::ingress);
  } else {
    inside = cross_acl(std::move(ray), *a.subnet, Direction::ingress);
  }
  for (Ray& in : inside) {
    if (!routed) {
      leave_appliance(std::move(in), a);
      continue;
    }
    for (Ray& taken :
         pass_groups(std::move(in), a.interface->groups, *a.subnet->vpc, Direction::ingress, a.interface->id)) {
      if (translates && crossed) {
        for (Ray& back : reply_over_transit(std::move(taken), *a.subnet, same)) leave_translated(std::move(back), a);
        continue;
      }
      if (translates) {
        leave_translated(std::move(taken), a);
        continue;
      }
      for (Ray& out :
           pass_groups(std::move(taken), a.interface->groups, *a.subnet->vpc, Direction::egress, a.interface->id))
        leave_appliance(std::move(out), a);
    }
  }
}

// GW-2: out of the same subnet, by its table, addresses unchanged.
void Walker::leave_appliance(Ray ray, const Appliance& a) {
  ray.subnet = a.subnet;
  if (ray.crossing.subnet != nullptr) {
    ray.inspected.push_back({a.object, a.subnet, ray.vpc, ray.crossing.entered, ray.crossing.by});
  } else {
    ray.appliance = a.object;
  }
  leave(std::move(ray));
}

// With its own address in front: a way of its own, and back to the client inside the VPC.
void Walker::leave_translated(Ray ray, const Appliance& a) {
  const Vpc* vpc = index_.cloud()->vpcs.find(ray.vpc->id);
  Start start;
  start.subnet = a.subnet;
  start.vpc = vpc;
  start.groups = a.interface->groups;
  start.public_addresses = a.interface->public_addresses.items;
  start.public_gap = a.interface->public_addresses.open;
  start.surely_public = a.interface->surely_public;
  start.object = a.interface->id;
  start.balancers = ray.balancers + 1;
  Beam beam = ray.beam;
  beam.source = {};
  for (const Value<Address>& own : a.interface->addresses) {
    if (own.known() && own->family == beam.family() && beam.source.set.empty()) beam.source.set = set_of(*own);
    if (!own.known()) beam.source.gap = own.gap();
  }
  if (beam.source.set.empty() || start.balancers > 4) {
    const GapId gap = beam.source.gap ? beam.source.gap : index_.absent(a.interface->id);
    return lost(ray, may_be(ray), gap, {"UNKNOWN_RESOURCE", {}, a.object, {}});
  }
  beam.source.gap = {};
  if (beam.has_ports()) beam.source_ports = {1024, 65535};
  Trail trail = std::move(ray.trail);
  const std::vector<Door> before = std::exchange(trail.doors, {});
  Walker leg(index_, std::move(start), goal_);
  for (Outcome& end : leg.run(std::move(beam), std::move(trail))) {
    end.trail.doors.insert(end.trail.doors.begin(), before.begin(), before.end());
    for (Passage& passage : end.passages) {
      if (!end.trail.doors.empty()) passage.door = naming_door(end.trail.doors);
    }
    ends_.push_back(std::move(end));
  }
}

// RT-15: what left through an appliance must come back through it, and what did not must not be
// led into one. `table` (null: there is none) routes the reply at the door where it comes in; else
// a doubt.
void Walker::back_through_appliance(Ray& ray, const RouteTable* table, const char* by) {
  if (!ray.appliance && table == nullptr) return;
  bool back = table != nullptr;
  if (table != nullptr) {
    for (const Lane& lane : route(index_, *table, ray.vpc, reversed(ray.beam))) {
      for (const Route* r : lane.routes) {
        const bool right =
            r != nullptr && !r->gap && (ray.appliance ? r->object == ray.appliance : r->target == RouteTarget::local);
        back = back && right;
      }
    }
  }
  if (back) return;
  const std::string through = ray.appliance
                                  ? "whether the reply finds its way back through " + quoted(show(ray.appliance))
                                  : "what becomes of a reply that " + quoted(show(table->id)) + " redirects";
  ray.trail.doubts.push_back(index_.gap(GapKind::not_modelled, through + ", from the " + by));
}

}  // namespace sallyport::net
