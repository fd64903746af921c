#include <algorithm>

#include "library/net/naive_names.h"
#include "library/net/naive_platform.h"
#include "library/net/naive_rules.h"
#include "library/net/naive_samples.h"
#include "library/net/naive_walker.h"

namespace sallyport::naive {
namespace {

using net::Verdict;

Fate blocked(std::string why) { return {Verdict::blocked, {}, std::move(why), false, {}}; }
Fate unknown(std::string why) { return {Verdict::unknown, {}, std::move(why), false, {}}; }
Fate unsettled(std::string why) { return {Verdict::unknown, {}, std::move(why), true, {}}; }

template <class List, class Item>
bool contains(const List& list, const Item& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// Where a flow may start: an interface and one of its addresses, or outside.
struct Start {
  const Interface* interface = nullptr;  // null: outside the cloud
  Address address;
  bool service_network = false;
  std::uint16_t first_port = 1024;  // AC-3: of the client
  std::uint16_t last_port = 65535;
};

// What a question stands for: where it may start, and to which addresses.
class Flow {
 public:
  Flow(const Cloud& cloud, const Question& question, const Given& given)
      : cloud_(cloud), question_(question), given_(given) {}

  // The addresses that services without prefix list may have: one world each.
  std::vector<Address> worlds() const { return outside_samples(cloud_, Family::v4, false); }

  const std::set<std::string>& met() const { return met_; }  // by names

  // Does anything depend on the world? Asked after `enter`.
  bool world_used() const { return world_used_; }

  // Lists all alternatives under one assumption.
  void enter(Address world) {
    world_ = world;
    starts_ = starts();
    ports_.clear();
    for (const Start& s : starts_) ports_.push_back(port_samples(cloud_, s.first_port, s.last_port));
    view_ = starts_.empty() || starts_[0].interface == nullptr ? VpcId() : *starts_[0].interface->vpc;
    note_platform();
    targets_ = targets();
  }

  // One of the packets that the question stands for.
  Fate one(Choices& choices) const {
    const bool any = std::any_of(starts_.begin(), starts_.end(),
                                 [&](const Start& s) { return s.interface == nullptr || runs(cloud_, *s.interface); });
    const PlatformWorkload* const caller = platform(question_.from);
    const PlatformWorkload* const called = platform(question_.to);
    if (caller != nullptr && caller->place->vpc && caller->interfaces.empty())
      return unsettled("from which addresses of its subnets it calls");
    if (!any || (caller != nullptr && !naive::runs(*caller))) return blocked("nothing to start from");
    if (caller != nullptr && leaves(*caller, question_.to) == Leaves::nobody_says)
      return unsettled("which way a warehouse takes to private addresses");
    if (called != nullptr && !naive::runs(*called)) return blocked("the target does not run");
    const Aim& aim = targets_[choices.pick(targets_.size())];
    if (aim.settled) return *aim.settled;
    if (called != nullptr && aim.at_front) {
      const Start& place = starts_[choices.pick(starts_.size())];
      if (place.interface == nullptr) return at_front(*called, place);
      if (!called->admits.empty()) return unsettled("by which address it meets the ranges of a front");
    }
    if (aim.addresses.empty()) return blocked("the name or target has no address");
    const bool six =
        std::any_of(aim.addresses.begin(), aim.addresses.end(), [](Address a) { return a.family == Family::v6; });
    if (six && starts_[0].service_network) return unsettled("IPv6 of a function outside every VPC");
    // A client speaks the family that both sides have.
    std::vector<Address> both = aim.addresses;
    const bool made = aim.by_name && !six;  // DNS64 makes addresses only where there are none
    if (made) {
      for (const Address a : aim.addresses) both.push_back(as_nat64(a));
    }
    std::erase_if(both, [&](Address a) { return starts_for(a, made).empty(); });
    if (six && caller != nullptr && *caller->goes_around) return unsettled("IPv6 around the VPC");
    if (both.empty()) return blocked("no address family in common");
    const Address destination = both[choices.pick(both.size())];
    const std::vector<std::size_t> from = starts_for(destination, made);
    const std::size_t chosen = from[choices.pick(from.size())];
    if (made && destination.family == Family::v6) choices.meet("NA-8: DNS64");
    Start start = starts_[chosen];
    if (caller != nullptr && leaves(cloud_, *caller, destination) == Leaves::from_the_service) {
      start = {nullptr, world_, true};
    }
    Packet packet{start.address, destination, question_.protocol, 0, 0, false};
    if (packet.protocol == tcp || packet.protocol == udp) {
      packet.source_port = ports_[chosen][choices.pick(ports_[chosen].size())];
      packet.destination_port = question_.port;
    }
    const Fate fate = start.service_network        ? walk_from_service_network(cloud_, packet, choices, given_)
                      : start.interface == nullptr ? walk_from_internet(cloud_, packet, choices, given_)
                                                   : walk(cloud_, *start.interface, packet, choices, given_);
    // With ranges that overlap another interface may have taken it, whatever became of
    // the reply.
    const bool arrived = fate.verdict == Verdict::private_ || fate.verdict == Verdict::public_;
    if ((arrived || fate.at) && !aim.meant.empty() && !contains(aim.meant, fate.at))
      return blocked("somebody else has that address");
    return fate;
  }

 private:
  // One name or object, and the addresses that it means; or its fate, whatever they are.
  struct Aim {
    std::vector<Address> addresses;
    std::optional<Fate> settled;
    std::vector<InterfaceId> meant;  // who must get it; none: whoever has the address
    bool by_name = false;
    bool at_front = false;  // of a platform workload
  };

  // Who may send to that address: those that have its family, and NA-8: to one that DNS64
  // made (`made`), those in a subnet whose resolver does so.
  std::vector<std::size_t> starts_for(Address to, bool made) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < starts_.size(); ++i) {
      if (starts_[i].address.family != to.family) continue;
      if (made && to.family == Family::v6) {
        if (starts_[i].interface == nullptr) continue;
        const Subnet& subnet = *cloud_->subnets.find(*starts_[i].interface->subnet);
        if (!*subnet.dns64 || *cloud_->vpcs.find(*subnet.vpc)->custom_dns) continue;
      }
      found.push_back(i);
    }
    return found;
  }

  void add(std::vector<Start>& starts, const Interface& interface, Address address) const {
    Start start{&interface, address};
    const Instance* instance = cloud_->instances.find(interface.instance);
    if (instance != nullptr) {  // AC-3: by its operating system
      start.first_port = instance->windows ? 49152 : 32768;
      start.last_port = instance->windows ? 65535 : 61000;
    }
    starts.push_back(start);
  }

  const Function* function() const {
    const Ref* ref = std::get_if<Ref>(&question_.from);
    return ref == nullptr ? nullptr : cloud_->functions.find(ref->as<Kind::function>());
  }

  template <class End>
  const PlatformWorkload* platform(const End& end) const {
    const Ref* ref = std::get_if<Ref>(&end);
    return ref == nullptr ? nullptr : cloud_->platform_workloads.find(ref->as<Kind::platform_workload>());
  }

  // Calls from a service's own network, not from just anywhere outside.
  bool from_a_workload() const { return function() != nullptr || platform(question_.from) != nullptr; }

  void note_platform() {
    const PlatformWorkload* from = platform(question_.from);
    const PlatformWorkload* to = platform(question_.to);
    if (from != nullptr && *from->goes_around) met_.insert(from->what == Kind::notebook ? "PW-2" : "PW-1");
    if (from != nullptr && !from->place->vpc) met_.insert("PW-6");
    if (from != nullptr && from->what == Kind::task) met_.insert("PW-3");
    if (to != nullptr) met_.insert(to->what == Kind::cluster ? "PW-5" : "PW-4");
  }

  // Behind it stands no interface.
  Fate at_front(const PlatformWorkload& row, const Start& caller) const {
    if (!*row.publicly_accessible) return blocked("no public address");
    if (caller.service_network && !row.admits.empty())
      return unsettled("by which address it meets the ranges of a front");
    if (!admits(row, caller.address)) return blocked("PW-5: its ranges do not hold the caller");
    const net::DoorKind door = caller.service_network ? net::DoorKind::service : net::DoorKind::front_door;
    return {Verdict::public_, {{door, {}}}, "front door", false, {}};
  }

  std::vector<Start> starts() {
    std::vector<Start> found;
    if (const Address* a = std::get_if<Address>(&question_.from)) {
      for (const Interface& i : cloud_->interfaces) {
        if (has_address(i, *a)) add(found, i, *a);
        for (const PublicAddress& p : i.public_addresses) {
          if (p.address == *a) add(found, i, p.private_address);  // named by its public address
        }
      }
      if (found.empty()) found.push_back({nullptr, *a});
      return found;
    }
    if (std::holds_alternative<Internet>(question_.from)) {
      for (const Family family : {Family::v4, Family::v6}) {
        for (const Address a : outside_samples(cloud_, family, false)) found.push_back({nullptr, a});
      }
      return found;
    }
    if (const Function* f = function()) return starts_of(*f);
    const Ref ref = std::get<Ref>(question_.from);
    const PlatformWorkload* row = platform(question_.from);
    if (row != nullptr && leaves(*row, question_.to) == Leaves::from_the_service) {
      world_used_ = true;
      return {{nullptr, world_, true}};
    }
    for (const Interface& i : cloud_->interfaces) {
      const bool owned = row != nullptr && contains(row->interfaces, i.id);
      if (!owned && ref != Ref(i.id) && ref != Ref(i.instance)) continue;
      for (const Value<Address>& a : i.addresses) add(found, i, *a);
    }
    return found;
  }

  std::vector<Start> starts_of(const Function& function) {
    std::vector<Start> found;
    const Placement& network = *function.network;
    if (!network.vpc) {  // LA-1; from which address, only AWS knows
      world_used_ = true;
      found.push_back({nullptr, world_, true});
    }
    for (const Interface& i : cloud_->interfaces) {  // LA-2, LA-5
      if (i.kind != InterfaceKind::function || !contains(network.subnets, *i.subnet)) continue;
      if (!std::is_permutation(i.groups.begin(), i.groups.end(), network.groups.begin(), network.groups.end()))
        continue;
      for (const Value<Address>& a : i.addresses) {
        if (a->family == Family::v4 || network.ipv6) add(found, i, *a);  // LA-4
      }
    }
    return found;
  }

  std::vector<Address> service_addresses(const Service& service) {
    const std::string list = "com.amazonaws." + service.region + "." + service.name;
    for (const PrefixList& l : cloud_->prefix_lists) {
      if (cloud_.view(l.head.name) != list) continue;
      std::vector<Address> found;
      for (const Prefix& entry : l.entries) {
        const auto samples = address_samples(cloud_, entry.first(), entry.last());
        found.insert(found.end(), samples.begin(), samples.end());
      }
      return found;
    }
    world_used_ = true;
    return {world_};
  }

  Aim named(const std::string& host) {
    Aim aim;
    aim.by_name = true;
    if (instance_name(cloud_, view_, host)) met_.insert("DN-13");
    if (firewall_blocks(cloud_, view_, host)) met_.insert("DN-16");
    for (const Family family : {Family::v4, Family::v6}) {
      const Resolved r = resolve(cloud_, view_, host, family);
      if (r.unsettled) aim.settled = unsettled("two zones of one name");
      if (r.unknown) aim.settled = unknown("DN-10: own DNS servers");
      if (r.elsewhere) aim.settled = unknown("a name of which the input says nothing");
      aim.addresses.insert(aim.addresses.end(), r.addresses.begin(), r.addresses.end());
      if (!r.meant.empty()) aim.meant = r.meant;
      if (!r.service) continue;
      const auto more = service_addresses(*r.service);
      aim.addresses.insert(aim.addresses.end(), more.begin(), more.end());
    }
    return aim;
  }

  // One aim a name.
  std::vector<Aim> targets() {
    const bool outside = !view_;  // the internet, an address there, a function in no VPC
    if (const Address* a = std::get_if<Address>(&question_.to)) return {{{*a}, {}, {}}};
    if (std::holds_alternative<Internet>(question_.to)) {
      Aim aim{outside_samples(cloud_, Family::v4, false), {}, {}, false};
      const auto more = outside_samples(cloud_, Family::v6, false);
      aim.addresses.insert(aim.addresses.end(), more.begin(), more.end());
      if (routes_to_nat64()) {  // NA-8: by what stands for them
        for (const Address a : outside_samples(cloud_, Family::v4, false)) aim.addresses.push_back(as_nat64(a));
      }
      return {aim};
    }
    if (const Host* host = std::get_if<Host>(&question_.to)) return {named(host->name)};
    if (const Service* service = std::get_if<Service>(&question_.to)) {
      if (outside && !from_a_workload())
        return {{{}, Fate{Verdict::public_, {{net::DoorKind::front_door, {}}}, "front door", false, {}}, {}, false}};
      std::vector<Aim> aims;
      for (const std::string& name : default_names(*service)) aims.push_back(named(name));
      return aims;
    }
    const Ref to = std::get<Ref>(question_.to);
    if (to.kind == Kind::bucket || to.kind == Kind::table) {
      if (outside && !from_a_workload())
        return {{{}, Fate{Verdict::public_, {{net::DoorKind::front_door, {}}}, "front door", false, {}}, {}, false}};
      if (to.kind == Kind::bucket) {
        const std::string region(cloud_.view(*cloud_->buckets.find(to.as<Kind::bucket>())->region));
        const std::string name = "s3." + region + ".amazonaws.com";
        return {named(name), named(std::string(cloud_.id(to)) + "." + name)};
      }
      const std::string region(cloud_.view(cloud_->tables.find(to.as<Kind::table>())->head.region));
      std::vector<Aim> aims;
      for (const std::string& name : default_names({"dynamodb", region})) aims.push_back(named(name));
      return aims;
    }
    return {aim_at(to, outside)};
  }

  bool routes_to_nat64() const {
    for (const RouteTable& table : cloud_->route_tables) {
      if (!view_ || *table.vpc != view_) continue;
      for (const Route& route : table.routes) {
        const Prefix* p = std::get_if<Prefix>(&route.destination);
        if (route.target == RouteTarget::nat_gateway && p != nullptr && p->family() == Family::v6) return true;
      }
    }
    return false;
  }

  Aim aim_at(const PlatformWorkload& row) {
    const Answering found = answering(cloud_, row, view_);
    Aim aim;
    aim.addresses = found.addresses;
    aim.at_front = found.at_front;
    if (!found.at_front) aim.meant = row.interfaces.items;
    if (found.at_front && view_) {  // at some address of AWS's
      world_used_ = true;
      aim.addresses = {world_};
    }
    return aim;
  }

  Aim aim_at(Ref to, bool outside) {
    if (const PlatformWorkload* row = platform(question_.to)) return aim_at(*row);
    const Endpoint* endpoint = cloud_->endpoints.find(to.as<Kind::endpoint>());
    if (endpoint != nullptr && *endpoint->type == EndpointType::gateway)
      return {{}, unsettled("a gateway endpoint has no address"), {}, false};
    Aim aim;
    if (const LoadBalancer* balancer = cloud_->load_balancers.find(to.as<Kind::load_balancer>())) {
      for (const InterfaceId id : balancer->interfaces) {
        const Interface& node = *cloud_->interfaces.find(id);
        aim.meant.push_back(id);
        if (*balancer->internet_facing) {  // LB-1
          for (const PublicAddress& a : node.public_addresses) aim.addresses.push_back(a.address);
        } else if (!outside) {
          for (const Value<Address>& a : node.addresses) aim.addresses.push_back(*a);
        }
      }
      return aim;
    }
    for (const Interface& i : cloud_->interfaces) {
      const bool meant =
          to == Ref(i.id) || to == Ref(i.instance) || (endpoint != nullptr && contains(endpoint->interfaces, i.id));
      if (!meant) continue;
      aim.meant.push_back(i.id);
      for (const Value<Address>& a : i.addresses) {
        if (!outside || a->family == Family::v6) aim.addresses.push_back(*a);
      }
      for (const PublicAddress& a : i.public_addresses) {
        if (outside) aim.addresses.push_back(a.address);
      }
    }
    return aim;
  }

  const Cloud& cloud_;
  const Question& question_;
  const Given& given_;
  std::set<std::string> met_;
  Address world_;
  bool world_used_ = false;
  VpcId view_;  // the VPC whose resolver the client asks
  std::vector<Start> starts_;
  std::vector<std::vector<std::uint16_t>> ports_;  // of each start
  std::vector<Aim> targets_;
};

void remember(Judgement& j, const Fate& fate) {
  if (fate.verdict != j.verdict || j.packets == 1) {
    j.verdict = fate.verdict;
    j.doors.clear();
    j.why = fate.why;
  }
  if (fate.doors.empty()) return;
  net::Door naming = fate.doors.front();
  const auto rank = [](const net::Door& d) {
    switch (d.kind) {
      case net::DoorKind::gateway_endpoint:
      case net::DoorKind::interface_endpoint:
      case net::DoorKind::resource_endpoint: return 0;
      case net::DoorKind::gateway_load_balancer_endpoint: return 1;
      case net::DoorKind::nat_gateway:
      case net::DoorKind::internet_gateway:
      case net::DoorKind::egress_only_gateway: return 2;
      default: return 3;
    }
  };
  for (const net::Door& d : fate.doors) {
    if (rank(d) < rank(naming)) naming = d;
  }
  if (!contains(j.doors, naming)) j.doors.push_back(naming);
}

// Public before unknown before private before blocked.
int weight(Verdict v) {
  switch (v) {
    case Verdict::public_: return 3;
    case Verdict::unknown: return 2;
    case Verdict::private_: return 1;
    case Verdict::blocked: return 0;
  }
  return 0;
}

Judgement in_world(Flow& flow, Address world) {
  Judgement j;
  bool some_blocked = false;
  flow.enter(world);
  Choices choices;
  do {
    const Fate fate = flow.one(choices);
    ++j.packets;
    some_blocked = some_blocked || fate.verdict == Verdict::blocked;
    j.unsettled = j.unsettled || fate.unsettled;
    if (weight(fate.verdict) > weight(j.verdict) || (fate.verdict == j.verdict)) remember(j, fate);
  } while (choices.next() && j.packets < 100'000);
  j.degraded = j.verdict == Verdict::private_ && some_blocked;
  j.met = choices.met();
  j.met.insert(flow.met().begin(), flow.met().end());
  return j;
}

}  // namespace

Judgement judge(const Cloud& cloud, const Question& question, const Given& given) {
  Flow flow(cloud, question, given);
  const std::vector<Address> worlds = flow.worlds();
  Judgement all;
  bool first = true;
  for (const Address world : worlds) {
    Judgement j = in_world(flow, world);
    const net::May seen = all.worlds | (j.verdict == Verdict::unknown ? net::May::anything() : net::May(j.verdict));
    const bool unsettled = all.unsettled || j.unsettled;
    const std::size_t packets = all.packets + j.packets;
    const bool differs = !first && j.verdict != all.verdict;
    if (!first && !differs) {  // the doors of all worlds
      for (const net::Door& d : all.doors) {
        if (!contains(j.doors, d)) j.doors.push_back(d);
      }
    }
    j.met.insert(all.met.begin(), all.met.end());
    const bool was_unknown = !first && all.verdict == Verdict::unknown;
    all = std::move(j);
    if (differs || was_unknown) all.verdict = Verdict::unknown;
    all.worlds = seen;
    all.unsettled = unsettled;
    all.packets = packets;
    first = false;
    if (!flow.world_used()) break;
  }
  return all;
}

}  // namespace sallyport::naive
