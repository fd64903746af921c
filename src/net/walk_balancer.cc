// Through load balancers: into a node, and from there a way of its own to each target (SG-13, PL-5, PL-6).
#include <algorithm>
#include <utility>

#include "net/walk.h"

namespace sallyport::net {
namespace {

constexpr int most_balancers = 4;  // more behind each other are taken for a circle

std::string quoted(const std::string& id) { return "`" + id + "`"; }

bool is_network(const LoadBalancer& balancer) { return *balancer.type == BalancerType::network; }

bool takes(const Listener& listener, const Beam& beam) {
  return listener.port == beam.destination_ports.front() &&
         (listener.protocol == beam.protocol || (listener.both_protocols && beam.has_ports()));
}

}  // namespace

May Walker::perhaps(const Ray& ray) const {
  return (ray.by_internet() ? May(Verdict::public_) : May(Verdict::private_)) | May(Verdict::blocked);
}

// Network balancers may have none (SG-13).
bool Walker::unfiltered(const LoadBalancer& balancer) const {
  return is_network(balancer) && balancer.groups.empty() && balancer.groups.complete();
}

// A client of the network at one of the balancer's interfaces (null: one that is not in the
// input, in the ray's subnet).
void Walker::at_balancer(Ray ray, const LoadBalancer& balancer, const Interface* interface) {
  ray.trail.reads.push_back(balancer.id);
  if (!usable(ray, balancer)) return;
  // What comes from outside stands in no subnet: the interface says in which it is.
  const Subnet* subnet = ray.subnet;
  if (subnet == nullptr && interface != nullptr && interface->subnet.known())
    subnet = index_.cloud()->subnets.find(*interface->subnet);
  SP_ASSERT(subnet != nullptr);
  const Node node = node_of(balancer, interface, *subnet);
  if (unfiltered(balancer)) return serve(std::move(ray), balancer, node, false);
  const bool own_groups = interface != nullptr && (!interface->groups.empty() || interface->groups.open);
  const List<SecurityGroupId>& groups = own_groups ? interface->groups : balancer.groups;
  const VpcId vpc = ray.vpc->id;
  for (Ray& in : pass_groups(std::move(ray), groups, vpc, Direction::ingress, balancer.id))
    serve(std::move(in), balancer, node, false);
}

// Does it work, and is its kind known? Ends the ray otherwise.
bool Walker::usable(Ray& ray, const LoadBalancer& balancer) {
  const Reason unknown{"UNKNOWN_RESOURCE", {}, balancer.id, balancer.head.origin};
  GapId gap = balancer.head.gap;
  if (!gap && !balancer.type.known()) gap = balancer.type.gap();
  if (!gap && !balancer.vpc.known()) gap = balancer.vpc.gap();
  if (!gap && *balancer.type == BalancerType::gateway) {
    gap = index_.gap(GapKind::not_modelled, quoted(show(balancer.id)) + " is a gateway load balancer: what its " +
                                                "appliances do is not in the input");
  }
  if (!gap && ++ray.balancers > most_balancers)
    gap = index_.gap(GapKind::contradictory, "load balancers have each other for targets");
  if (gap) {
    lost(ray, perhaps(ray), gap, unknown);
    return false;
  }
  if (!balancer.state.known()) {
    ray.trail.doubts.push_back(balancer.state.gap());
  } else if (*balancer.state == State::not_working) {
    stop(ray, {"BAD_STATE", quoted(show(balancer.id)) + " is not active", balancer.id, balancer.head.origin});
    return false;
  }
  return true;
}

Walker::Node Walker::node_of(const LoadBalancer& balancer, const Interface* interface, const Subnet& subnet) const {
  Node node{&subnet, {}, interface != nullptr ? Ref(interface->id) : Ref(balancer.id)};
  if (interface != nullptr) {
    for (const Value<Address>& a : interface->addresses) {
      if (a.known()) node.addresses.set = node.addresses.set | set_of(*a);
      if (!a.known()) node.addresses.gap = a.gap();
    }
    if (interface->addresses.open) node.addresses.gap = interface->addresses.open;
  }
  if (node.addresses.gap || node.addresses.set.empty()) {
    node.addresses.set = index_.blocks(subnet).set;
    if (!node.addresses.gap) {
      node.addresses.gap =
          index_.gap(GapKind::not_collected, "the addresses of " + quoted(show(balancer.id)) + " are not in the input",
                     listing_command(Kind::network_interface));
    }
  }
  return node;
}

// At a node whose groups let it in: which listener takes it, and where that leads.
void Walker::serve(Ray ray, const LoadBalancer& balancer, const Node& node, bool by_private_link) {
  if (!ray.beam.has_ports()) {
    return lost(ray, perhaps(ray),
                index_.gap(GapKind::undocumented, "what " + quoted(show(balancer.id)) + " does with other protocols"),
                {"PROTOCOL_RESTRICTION", {}, balancer.id, balancer.head.origin});
  }
  const auto found = std::find_if(balancer.listeners.begin(), balancer.listeners.end(),
                                  [&](const Listener& l) { return takes(l, ray.beam); });
  if (found == balancer.listeners.end()) {
    if (balancer.listeners.open) {
      return lost(ray, perhaps(ray), balancer.listeners.open,
                  {"UNKNOWN_RESOURCE", {}, balancer.id, balancer.head.origin});
    }
    const bool classic = *balancer.type == BalancerType::classic;
    return stop(ray, {classic ? "ELB_LISTENER_PORT_RESTRICTION" : "ELBV2_LISTENER_PORT_RESTRICTION",
                      quoted(show(balancer.id)) + " has no listener on port " +
                          std::to_string(ray.beam.destination_ports.front()),
                      balancer.id, balancer.head.origin});
  }
  const Listener& listener = *found;
  if (listener.gap) {
    return lost(ray, perhaps(ray), listener.gap, {"UNKNOWN_RESOURCE", {}, balancer.id, listener.place});
  }
  hop(ray, "load-balancer", balancer.id, "the listener on port " + std::to_string(listener.port) + " takes it",
      listener.place);
  if (truth(listener.answers) == Truth::yes) answered(ray, balancer, "a rule of the listener answers by itself");
  if (truth(listener.answers) == Truth::unknown)
    lost(ray, perhaps(ray), listener.answers.gap(), {"UNKNOWN_RESOURCE", {}, balancer.id, listener.place});
  for (const TargetGroupId id : listener.groups) to_group(ray, balancer, id, node, by_private_link);
  if (listener.groups.open) {
    lost(ray, perhaps(ray), listener.groups.open, {"UNKNOWN_RESOURCE", {}, balancer.id, listener.place});
  } else if (listener.groups.empty() && truth(listener.answers) == Truth::no) {
    stop(ray, {"ELBV2_LISTENER_HAS_NO_TG", "the listener forwards to no target group", balancer.id, listener.place});
  }
}

void Walker::answered(Ray ray, const LoadBalancer& balancer, const char* how) {
  hop(ray, "load-balancer", balancer.id, how, balancer.head.origin);
  Passage passage;
  passage.source_addresses = ray.beam.source.set;
  passage.source_exact = ray.beam.source.exact();
  const bool by_internet = !ray.trail.doors.empty() && ray.trail.doors.back().kind == DoorKind::internet_gateway;
  arrive(std::move(ray), by_internet ? Verdict::public_ : Verdict::private_, std::move(passage),
         {by_internet ? "REACHED_PUBLICLY" : "REACHED", how, balancer.id, balancer.head.origin});
}

namespace {

// Nothing is known of the group's attributes: it may say otherwise than its balancer.
bool untold_cross_zone(const TargetGroup& group) { return !group.says_cross_zone && !group.own_cross_zone.known(); }

}  // namespace

void Walker::to_group(const Ray& ray, const LoadBalancer& balancer, TargetGroupId id, const Node& node,
                      bool by_private_link) {
  const TargetGroup* group = index_.cloud()->target_groups.find(id);
  const Reason unknown{"UNKNOWN_RESOURCE", {}, id, {}};
  if (group == nullptr) return lost(ray, perhaps(ray), index_.absent(id), unknown);
  if (group->head.gap) return lost(ray, perhaps(ray), group->head.gap, unknown);
  if (group->targets.open) lost(ray, perhaps(ray), group->targets.open, unknown);
  std::size_t here = 0;
  for (const BalancerTarget& target : group->targets) {
    const Truth serves = same_zone(balancer, *group, target, node);
    if (serves == Truth::no) continue;
    ++here;
    Ray piece = ray;
    if (untold_cross_zone(*group) && truth(balancer.cross_zone) == Truth::yes) {
      piece.trail.assumptions.push_back("targets of " + quoted(show(id)) +
                                        " get requests from every zone, as its balancer says (not collected)");
    }
    if (serves == Truth::unknown) {
      piece.trail.doubts.push_back(
          untold_cross_zone(*group) ? group->own_cross_zone.gap()
          : balancer.cross_zone.known()
              ? index_.gap(GapKind::not_collected, "in which zone a target of " + quoted(show(id)) + " stands")
              : balancer.cross_zone.gap());
    }
    to_target(std::move(piece), balancer, *group, target, node, by_private_link);
  }
  if (here > 0 || group->targets.open) return;
  if (group->targets.empty()) {
    return stop(ray, {"ELBV2_LISTENER_HAS_NO_TG", quoted(show(id)) + " has no targets", id, group->head.origin});
  }
  stop(ray, {"ELBV2_NO_TARGETS_IN_AZ",
             quoted(show(id)) + " has no target in the zone of " + quoted(show(node.subnet->id)) +
                 ", and cross-zone load balancing is off",
             id, group->head.origin});
}

namespace {

// Where the answer does not say the zone of a target: that of its interfaces, of the subnet of the group's VPC that
// holds its address ("automatically detected"), those of a balancer's nodes.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html
std::vector<Text> zones_of(const Index& index, const TargetGroup& group, const BalancerTarget& target) {
  std::vector<Text> zones;
  const auto add = [&](const Subnet* subnet) {
    if (subnet != nullptr && std::find(zones.begin(), zones.end(), subnet->zone) == zones.end())
      zones.push_back(subnet->zone);
  };
  if (const auto* id = std::get_if<InstanceId>(&target.what)) {
    const Instance* instance = index.cloud()->instances.find(*id);
    if (instance == nullptr) return zones;
    for (const Interface* interface : index.interfaces_of(*instance)) {
      if (interface->subnet.known()) add(index.cloud()->subnets.find(*interface->subnet));
    }
  } else if (const auto* address = std::get_if<Address>(&target.what); address != nullptr && group.vpc.known()) {
    for (const Subnet* subnet : index.subnets(*group.vpc)) {
      const Named& blocks = index.blocks(*subnet);
      if (!blocks.gap && blocks.set.contains(*address)) add(subnet);
    }
  } else if (const auto* id = std::get_if<LoadBalancerId>(&target.what)) {
    const LoadBalancer* next = index.cloud()->load_balancers.find(*id);
    if (next == nullptr || next->subnets.open) return zones;
    for (const SubnetId subnet : next->subnets) add(index.cloud()->subnets.find(subnet));
  }
  return zones;
}

}  // namespace

// PL-5: without cross-zone load balancing a node serves the targets of its own zone.
Truth Walker::same_zone(const LoadBalancer& balancer, const TargetGroup& group, const BalancerTarget& target,
                        const Node& node) const {
  const Value<bool> cross = group.says_cross_zone ? group.own_cross_zone : balancer.cross_zone;
  const bool strictly_untold = untold_cross_zone(group) && index_.options().strict;
  if (truth(cross) == Truth::yes && !strictly_untold) return Truth::yes;
  const Text own = node.subnet->zone;
  Text zone = target.zone;
  if (zone.empty()) {
    const std::vector<Text> zones = zones_of(index_, group, target);
    const bool has_own = std::find(zones.begin(), zones.end(), own) != zones.end();
    // A balancer has a node in each; an auto scaling group has instances in whichever it takes.
    if (has_own && !own.empty() && std::holds_alternative<LoadBalancerId>(target.what)) return Truth::yes;
    if (zones.size() != 1) return Truth::unknown;
    zone = zones.front();
  }
  if (index_.view(zone) == "all" || zone == own) return Truth::yes;
  if (zone.empty() || own.empty() || untold_cross_zone(group)) return Truth::unknown;
  return truth(cross) == Truth::no ? Truth::no : Truth::unknown;
}

std::optional<std::vector<const Interface*>> Walker::interfaces_of(const Ray& ray, const LoadBalancer& balancer,
                                                                   const TargetGroup& group,
                                                                   const BalancerTarget& target) {
  const Reason unknown{"UNKNOWN_RESOURCE", {}, group.id, target.place};
  std::vector<const Interface*> at;
  const auto add = [&](const List<InterfaceId>& ids) {
    for (const InterfaceId id : ids) {
      if (const Interface* interface = index_.cloud()->interfaces.find(id)) at.push_back(interface);
    }
  };
  if (const auto* id = std::get_if<InstanceId>(&target.what)) {
    const Instance* instance = index_.cloud()->instances.find(*id);
    if (instance == nullptr) return lost(ray, perhaps(ray), index_.absent(*id), unknown), std::nullopt;
    const auto interfaces = index_.interfaces_of(*instance);
    at.assign(interfaces.begin(), interfaces.end());
  } else if (const auto* address = std::get_if<Address>(&target.what)) {
    const Interface* interface = index_.interface_at(*balancer.vpc, *address);
    if (interface != nullptr) at.push_back(interface);
    return at;
  } else if (const auto* tasks = std::get_if<PlatformWorkloadId>(&target.what)) {
    const PlatformWorkload* row = index_.cloud()->platform_workloads.find(*tasks);
    if (row == nullptr) return lost(ray, perhaps(ray), index_.absent(*tasks), unknown), std::nullopt;
    add(row->interfaces);
    if (row->interfaces.open) lost(ray, perhaps(ray), row->interfaces.open, unknown);
    if (row->interfaces.open && at.empty()) return std::nullopt;
  } else {
    const LoadBalancer* next = index_.cloud()->load_balancers.find(std::get<LoadBalancerId>(target.what));
    if (next == nullptr) {
      return lost(ray, perhaps(ray), index_.absent(std::get<LoadBalancerId>(target.what)), unknown), std::nullopt;
    }
    add(next->interfaces);
  }
  if (!at.empty()) return at;
  lost(ray, perhaps(ray),
       index_.gap(GapKind::not_collected,
                  "the interfaces of a target of " + quoted(show(group.id)) + " are not in the input",
                  listing_command(Kind::network_interface)),
       unknown);
  return std::nullopt;
}

void Walker::to_target(Ray ray, const LoadBalancer& balancer, const TargetGroup& group, const BalancerTarget& target,
                       const Node& node, bool by_private_link) {
  if (std::holds_alternative<FunctionId>(target.what))
    return answered(std::move(ray), balancer, "the balancer invokes the function that is its target");
  auto found = interfaces_of(ray, balancer, group, target);
  if (!found) return;
  std::vector<const Interface*>& at = *found;
  const auto* address = std::get_if<Address>(&target.what);
  const Address elsewhere = address != nullptr ? *address : Address();
  const bool outside = address != nullptr && at.empty();
  const std::uint16_t port = target.port != 0 ? target.port : group.port;
  ray.beam.destination_ports = PortSet(port, port);
  ray.beam.protocol = group.protocol;
  // SG-13, PL-6: of clients' addresses only network balancers keep any, and never those of PrivateLink.
  const Truth keeps =
      !is_network(balancer) || by_private_link || outside ? Truth::no : truth(group.keeps_client_address);
  const auto go = [&](const Interface* interface) {
    if (keeps != Truth::no) forward_as_client(ray, balancer, *interface, node);
    if (keeps != Truth::yes) forward(ray, balancer, interface, elsewhere, node);
  };
  if (at.size() <= 1 && keeps != Truth::unknown) return go(at.empty() ? nullptr : at.front());
  // The tasks of a service are each a target of their own, those of the node's zone where that counts.
  if (std::holds_alternative<PlatformWorkloadId>(target.what) && keeps != Truth::unknown) {
    for (const Interface* interface : at) go(interface);
    return;
  }
  const GapId which = keeps == Truth::unknown
                          ? group.keeps_client_address.gap()
                          : index_.gap(GapKind::undocumented, "which of several interfaces a target of " +
                                                                  quoted(show(group.id)) + " answers at");
  one_of(
      [&] {
        for (const Interface* interface : at) go(interface);
      },
      which);
}

// An address that is not known yet (a plan's) lies in its subnet.
AddressSet Walker::within_subnet(const Interface& interface, Family family) const {
  const Subnet* subnet = interface.subnet.known() ? index_.cloud()->subnets.find(*interface.subnet) : nullptr;
  return subnet == nullptr ? AddressSet() : index_.blocks(*subnet).set & set_of(everything(family));
}

// From the node's own address, by the node's subnet's table.
void Walker::forward(Ray ray, const LoadBalancer& balancer, const Interface* target, Address address,
                     const Node& node) {
  if (node.addresses.set.empty())  // of a subnet whose range is not known
    return lost(ray, perhaps(ray), node.addresses.gap, {"UNKNOWN_RESOURCE", {}, balancer.id, balancer.head.origin});
  Start start;
  start.subnet = node.subnet;
  start.vpc = index_.cloud()->vpcs.find(*balancer.vpc);
  start.groups = balancer.groups;
  start.unfiltered = is_network(balancer);
  start.object = node.object;
  start.balancers = ray.balancers;
  Side to;
  to.set = set_of(address);
  if (target != nullptr) {
    to.set = {};
    for (const Value<Address>& a : target->addresses) {
      if (!a.known()) to.gap = a.gap();
      if (a.known() && a->family == node.addresses.set.front().family && to.set.empty()) to.set = set_of(*a);
    }
    if (!to.set.empty()) to.gap = {};
    if (to.gap) to.set = within_subnet(*target, node.addresses.set.front().family);
    if (to.set.empty()) {
      const GapId gap = to.gap ? to.gap : target->addresses.open ? target->addresses.open : index_.absent(target->id);
      return lost(ray, perhaps(ray), gap, {"UNKNOWN_DESTINATION", {}, target->id, target->head.origin});
    }
  }
  if (start.vpc == nullptr) {
    return lost(ray, perhaps(ray), index_.absent(*balancer.vpc), {"UNKNOWN_RESOURCE", {}, balancer.id, {}});
  }
  GapId unsure;  // AWS names health checks only, where it says what outbound rules judge
  if (is_network(balancer) && !unfiltered(balancer)) {
    Beam out = ray.beam;
    out.source = node.addresses;
    out.destination = to;
    Carried carried;
    if (to.gap && target != nullptr && target->vpc.known()) {
      carried.remote_groups = &target->groups;
      carried.remote_vpc = *target->vpc;
    }
    const Sifted sifted = sift(index_, balancer.groups, *balancer.vpc, Direction::egress, out, carried);
    if (sifted.passed.empty()) {
      unsure = index_.gap(GapKind::undocumented,
                          "whether outbound rules of " + quoted(show(balancer.id)) + " judge what it forwards",
                          "let its security groups reach the targets");
    }
  }
  Beam beam = ray.beam;
  beam.source = node.addresses;
  beam.source.set = beam.source.set & set_of(everything(to.set.front().family));
  if (beam.source.set.empty()) {
    return lost(ray, perhaps(ray),
                index_.gap(GapKind::not_collected,
                           "from which address of its family " + quoted(show(balancer.id)) + " reaches a target",
                           listing_command(Kind::network_interface)),
                {"UNKNOWN_RESOURCE", {}, balancer.id, balancer.head.origin});
  }
  beam.destination = std::move(to);
  beam.source_ports = {1024, 65535};  // AC-3
  Trail trail = std::move(ray.trail);
  if (unsure) trail.doubts.push_back(unsure);
  if (index_.options().hops) {
    trail.hops.push_back(
        {"load-balancer",
         balancer.id,
         {},
         "forwards from " + quoted(to_string(beam.source.set)) + " to " + quoted(to_string(beam.destination.set)),
         balancer.head.origin});
  }
  if (target != nullptr && *balancer.type == BalancerType::classic && target->subnet.known() && target->vpc.known() &&
      *target->subnet == node.subnet->id) {
    Ray leg;
    leg.beam = std::move(beam);
    leg.trail = std::move(trail);
    leg.subnet = node.subnet;
    leg.vpc = start.vpc;
    leg.balancers = start.balancers;
    return beside_classic(std::move(leg), balancer, *target);
  }
  // The leg has doors and a way back of its own; the flow as a whole came by those before.
  const std::vector<Door> before = std::exchange(trail.doors, {});
  const bool by_internet = !before.empty() && before.back().kind == DoorKind::internet_gateway;
  Walker leg(index_, std::move(start), {nullptr, target});
  for (Outcome& end : leg.run(std::move(beam), std::move(trail))) {
    end.trail.doors.insert(end.trail.doors.begin(), before.begin(), before.end());
    if (by_internet && end.may.has(Verdict::private_))
      end.may = May(Verdict::public_) | (end.may.has(Verdict::blocked) ? May(Verdict::blocked) : May());
    for (Passage& passage : end.passages) {
      if (!end.trail.doors.empty()) passage.door = naming_door(end.trail.doors);
    }
    ends_.push_back(std::move(end));
  }
}

// AC-10: what a Classic balancer sends crosses the ACL in its own subnet, too.
void Walker::beside_classic(Ray ray, const LoadBalancer& balancer, const Interface& target) {
  const Subnet& subnet = *ray.subnet;
  const VpcId vpc = ray.vpc->id;
  for (Ray& sent : pass_groups(std::move(ray), balancer.groups, vpc, Direction::egress, balancer.id)) {
    for (Ray& out : cross_acl(std::move(sent), subnet, Direction::egress)) {
      for (Ray& in : cross_acl(std::move(out), subnet, Direction::ingress)) at_interface(std::move(in), target);
    }
  }
}

// With the client's address kept: the balancer hands it over inside the VPC, and takes the reply
// back whatever the target's routes say; ACLs and groups see the client.
void Walker::forward_as_client(Ray ray, const LoadBalancer& balancer, const Interface& target, const Node& node) {
  const Subnet* subnet = target.subnet.known() ? index_.cloud()->subnets.find(*target.subnet) : nullptr;
  const Reason unknown{"UNKNOWN_DESTINATION", {}, target.id, target.head.origin};
  if (subnet == nullptr) {
    return lost(ray, perhaps(ray), target.subnet.known() ? index_.absent(*target.subnet) : target.subnet.gap(),
                unknown);
  }
  if (!target.vpc.known()) return lost(ray, perhaps(ray), target.vpc.gap(), unknown);
  // "NAT loopback, also known as hairpinning, is not supported when client IP preservation is enabled":
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-troubleshooting.html
  if (start_.object == Ref(target.id)) {
    return stop(ray, {"NAT_LOOPBACK", "a target does not reach itself through a balancer that keeps clients' addresses",
                      target.id, target.head.origin});
  }
  Side to;
  for (const Value<Address>& a : target.addresses) {
    if (a.known() && a->family == ray.beam.family() && to.set.empty()) to.set = set_of(*a);
    if (!a.known()) to.gap = a.gap();
  }
  if (!to.set.empty()) to.gap = {};
  if (to.gap) to.set = within_subnet(target, ray.beam.family());
  if (to.set.empty()) {
    return lost(ray, perhaps(ray),
                to.gap                  ? to.gap
                : target.addresses.open ? target.addresses.open
                                        : index_.absent(target.id),
                unknown);
  }
  ray.beam.destination = std::move(to);
  ray.crossing = {};
  ray.as_groups = &balancer.groups;
  hop(ray, "load-balancer", balancer.id,
      "forwards to " + quoted(to_string(ray.beam.destination.set)) + " with the client's address",
      balancer.head.origin);
  Rays rays;
  if (subnet == node.subnet) {
    rays.push_back(std::move(ray));
  } else {
    for (Ray& out : cross_acl(std::move(ray), *node.subnet, Direction::egress)) {
      for (Ray& in : cross_acl(std::move(out), *subnet, Direction::ingress)) rays.push_back(std::move(in));
    }
  }
  for (Ray& in : rays) {
    in.subnet = subnet;
    at_interface(std::move(in), target);
  }
}

}  // namespace sallyport::net
