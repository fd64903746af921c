#include "net/flow.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "net/api_door.h"
#include "net/destination.h"
#include "net/platform.h"
#include "net/seen.h"
#include "net/start.h"

namespace sallyport::net {
namespace {

class Question {
 public:
  Question(const Index& index, const Flow& flow) : index_(index), flow_(flow) {
    // A load balancer's own name means the balancer, from wherever it is asked.
    if (const auto* host = std::get_if<HostTarget>(&flow_.to)) {
      if (const LoadBalancer* balancer = index_.balancer_named(host->host)) flow_.to = LoadBalancerTarget{balancer->id};
    }
  }

  Answer run() {
    std::visit([this](const auto& source) { from(source); }, flow_.from);
    if (outcomes_.empty()) outcomes_.push_back(no_common_family());
    for (Outcome& o : outcomes_) o = at_api(index_, flow_.to, std::move(o));
    return unite(std::move(outcomes_));
  }

 private:
  // Sources.

  void from(const Workload& workload) {
    account_ = index_.view(workload.account);
    const Departures places = departures(index_, workload);
    const PlatformWorkload* platform = platform_of(index_, workload);
    if (platform != nullptr && !places.outside) return from_platform(workload, *platform, places);
    if (places.outside) from_service(workload, outside_every_vpc);
    by_vpc(places);
  }

  void from(const InternetSource&) {
    if (to_front_door()) return;
    if (to_platform(internet(index_, Family::v4) | internet(index_, Family::v6), "internet")) return;
    Side four, six;
    four.set = internet(index_, Family::v4), six.set = internet(index_, Family::v6);
    four.outside_cloud = six.outside_cloud = true;
    enter(four, Family::v4, "internet");
    enter(six, Family::v6, "internet");
    doubt_unseen();
    if (outcomes_.empty()) unreachable_from_outside(four);
  }

  void from(const AddressSource& source) {
    bool found = false;
    std::vector<VpcId> in;
    for (const Interface& interface : index_.cloud()->interfaces) {
      const bool own = std::any_of(interface.addresses.begin(), interface.addresses.end(),
                                   [&](const Value<Address>& a) { return a.known() && *a == source.address; });
      const bool mapped = std::any_of(interface.public_addresses.begin(), interface.public_addresses.end(),
                                      [&](const PublicAddress& p) { return p.address == source.address; });
      if (!own && !mapped) continue;
      found = true;
      if (interface.vpc.known()) in.push_back(*interface.vpc);
      account_ = index_.view(interface.head.account);
      Departures places = departures(index_, interface);
      add(std::move(places.failed));
      for (const Departure& d : places.list) {
        if (mapped || d.source.set.contains(source.address)) depart(d);
      }
    }
    // Ranges of VPCs may overlap: in another one somebody else may have it, too.
    const GapId other = found && !is_public(source.address) ? index_.may_be_elsewhere(source.address, in) : GapId();
    if (other) lost(May::anything(), other);
    if (found) return;
    if (const GapId gap = may_be_inside(source.address)) return lost(May::anything(), gap);
    if (to_front_door()) return;
    if (to_platform(set_of(source.address), to_string(source.address))) return;
    Side side;
    side.set = set_of(source.address);
    enter(side, source.address.family, to_string(source.address));
    if (outcomes_.empty()) unreachable_from_outside(side);
  }

  // Set: an address that no interface of the input has may be one of the cloud all the same.
  GapId may_be_inside(Address address) const {
    const GapId unseen = is_public(address) ? index_.unseen_public() : GapId();
    const bool in_block = std::any_of(index_.cloud()->vpcs.begin(), index_.cloud()->vpcs.end(),
                                      [&](const Vpc& vpc) { return index_.blocks(vpc).set.contains(address); });
    if (unseen || (is_public(address) && !in_block)) return unseen;
    return index_.gap(GapKind::outside, "no interface of the cloud has the address `" + to_string(address) + "`");
  }

  // From a place in a VPC.
  void depart(const Departure& d) {
    for (const Aim& aim : aims(index_, d.start.vpc, flow_.to, account_)) {
      Outcomes united;
      const bool several = aim.options.size() > 1;
      for (const std::vector<Destination>& option : aim.options) {
        Outcomes outcomes;
        std::vector<Destination> made;  // NA-8
        if (d.source.set.front().family == Family::v6) made = seen_by_ipv6(index_, *d.start.subnet, option);
        for (const Destination& to : made.empty() ? option : made) walk(d, to, aim, outcomes);
        if (outcomes.empty()) continue;
        if (!several) {
          add(std::move(outcomes));
        } else {
          // One option's destinations are alternatives; the options exclude each other.
          united.push_back(as_one(std::move(outcomes)));
        }
      }
      if (united.empty()) continue;
      Outcome one = either(std::move(united));
      if (verdict_of(one.may) == Verdict::unknown) {
        one.trail.doubts.insert(one.trail.doubts.end(), aim.doubts.begin(), aim.doubts.end());
      }
      outcomes_.push_back(std::move(one));
    }
  }

  void walk(const Departure& d, const Destination& to, const Aim& aim, Outcomes& out) {
    Trail trail;
    trail.reads = aim.reads;
    trail.assumptions = aim.assumptions;
    if (d.doubt) trail.doubts.push_back(d.doubt);
    if (index_.options().hops) {
      const auto* workload = std::get_if<Workload>(&flow_.from);
      if (workload != nullptr && workload->object != d.start.object) {
        trail.hops.push_back({kind_word(*workload), workload->object, {}, "starts here", {}});
      }
      trail.hops.push_back({kind_word(index_.cloud(), d.start.object),
                            d.start.object,
                            {},
                            "from `" + to_string(d.source.set) + "` in `" + index_.show(d.start.subnet->id) + "`",
                            {}});
      trail.hops.insert(trail.hops.end(), to.hops.begin(), to.hops.end());
    }
    if (!to.has_side) {
      Outcome end = to.failed;
      end.trail.hops = trail.hops;
      end.trail.reads.insert(end.trail.reads.end(), trail.reads.begin(), trail.reads.end());
      end.trail.assumptions = trail.assumptions;
      out.push_back(std::move(end));
      return;
    }
    if (around_ != nullptr && !in_vpc(to.side, *d.start.vpc)) {
      trail.hops.push_back(
          {kind_word(index_.cloud(), around_->id), around_->id, {}, past_its_vpc, around_->head.origin});
      out.push_back(service_outcome(to, std::move(trail)));
      return;
    }
    if (to.side.set.empty() || to.side.set.front().family != d.source.set.front().family) return;
    Beam beam = beam_of(d.source, to.side, d.client_ports);
    Walker walker(index_, d.start, goal_of(index_, to));
    Outcomes ends = walker.run(std::move(beam), std::move(trail));
    if (const PlatformWorkload* target = platform_of(index_, flow_.to); target != nullptr && has_front(*target)) {
      for (Outcome& end : ends) end = admitted(index_, *target, std::move(end));
    }
    std::move(ends.begin(), ends.end(), std::back_inserter(out));
  }

  Beam beam_of(const Side& source, const Side& destination, const PortSet& client_ports) const {
    Beam beam{source, destination, client_ports, {flow_.port, flow_.port}, flow_.protocol};
    if (!beam.has_ports()) beam.source_ports = beam.destination_ports = all_ports();
    return beam;
  }

  // A platform workload in a VPC; some of its calls may go around it.
  void from_platform(const Workload& workload, const PlatformWorkload& row, const Departures& places) {
    if (std::optional<Outcome> end = calls_only_its_resource(index_, row, flow_.to)) {
      return outcomes_.push_back(std::move(*end));
    }
    const bool running = row.state.known() && *row.state == State::working;
    if (!running || row.goes_around == Value<bool>(false)) return by_vpc(places);
    if (row.goes_around.known()) return around_vpc(workload, row, places);
    Outcomes ways;
    for (const bool around : {false, true}) {
      around ? around_vpc(workload, row, places) : by_vpc(places);
      if (outcomes_.empty()) outcomes_.push_back(no_common_family());
      ways.push_back(as_one(std::move(outcomes_)));
      outcomes_.clear();
    }
    Outcome one = either(std::move(ways));
    one.trail.doubts.push_back(row.goes_around.gap());
    outcomes_.push_back(std::move(one));
  }

  void by_vpc(const Departures& places) {
    add(Outcomes(places.failed));
    for (const Departure& d : places.list) depart(d);
  }

  void around_vpc(const Workload& workload, const PlatformWorkload& row, const Departures& places) {
    const Bypass bypass = bypass_of(row);
    if (bypass == Bypass::by_address) {
      around_ = &row;
      by_vpc(places);
      around_ = nullptr;
    } else if (calls_a_service() || (bypass == Bypass::outwards && calls_outwards())) {
      from_service(workload, past_its_vpc);
    } else if (bypass == Bypass::outwards) {
      lost(May::anything(), index_.gap(GapKind::undocumented, "which way `" + index_.show(row.id) +
                                                                  "` takes to private addresses is not documented"));
    } else {
      by_vpc(places);
    }
  }

  bool calls_outwards() const {
    const auto* address = std::get_if<AddressTarget>(&flow_.to);
    return std::holds_alternative<InternetTarget>(flow_.to) || (address != nullptr && is_public(address->address));
  }

  bool calls_a_service() const {
    if (std::holds_alternative<ServiceTarget>(flow_.to) || std::holds_alternative<ResourceTarget>(flow_.to))
      return true;
    const auto* host = std::get_if<HostTarget>(&flow_.to);
    return host != nullptr && resolve(index_, nullptr, host->host).ends.front().end == NameEnd::service;
  }

  // Does it go to addresses of the VPC?
  bool in_vpc(const Side& to, const Vpc& vpc) const {
    return !to.service && (to.within ? holds(index_.blocks(vpc), to) : !disjoint(to.set, index_.blocks(vpc).set));
  }

  // LA-1: a function outside every VPC leaves from Lambda's own network: public
  // addresses are reachable from there, VPCs are not. So do platform workloads, and those
  // whose calls go around their VPC.
  void from_service(const Workload& workload, const char* why) {
    if (std::holds_alternative<WorkloadTarget>(flow_.to)) return from_service_to_workload();
    for (const Aim& aim : aims(index_, nullptr, flow_.to, account_)) {
      Outcomes united;
      for (const std::vector<Destination>& option : aim.options) {
        for (const Destination& to : option) {
          Trail trail;
          trail.hops.push_back({kind_word(workload), workload.object, {}, why, {}});
          trail.hops.insert(trail.hops.end(), to.hops.begin(), to.hops.end());
          trail.assumptions = aim.assumptions;
          united.push_back(service_outcome(to, std::move(trail)));
        }
      }
      if (united.empty()) continue;
      if (aim.options.size() > 1) {
        outcomes_.push_back(either(std::move(united)));
      } else {
        add(std::move(united));
      }
    }
  }

  // A workload is reached from there as from outside: at its public addresses.
  void from_service_to_workload() {
    if (const PlatformWorkload* row = platform_of(index_, flow_.to); row != nullptr && has_front(*row)) {
      Trail trail;
      trail.doors.push_back({DoorKind::service, {}});
      outcomes_.push_back(at_front(index_, *row, public_space(Family::v4) | public_space(Family::v6), false, trail));
      return;
    }
    if (not_running()) return;
    for (const Family family : {Family::v4, Family::v6}) {
      Side side;
      side.set = public_space(family);
      side.gap =
          index_.gap(GapKind::undocumented, "from which public address the service's own network calls is not fixed");
      enter(side, family, "the service's own network");
    }
    doubt_unseen();
    if (outcomes_.empty()) unreachable_from_outside();
  }

  Outcome service_outcome(const Destination& to, Trail trail) {
    Outcome end;
    if (!to.has_side) {
      end = to.failed;
      end.trail.hops = std::move(trail.hops);
      return end;
    }
    const Address first = to.side.set.front();
    if (!to.side.service && !is_public(first)) {
      end = refused({"NO_POSSIBLE_DESTINATION", "the service's own network reaches no private address", {}, {}});
      end.trail = std::move(trail);
      return end;
    }
    trail.doors.push_back({DoorKind::service, {}});
    const bool single = to.side.exact() && to.side.set == set_of(first);
    if (const Interface* target = single ? index_.interface_with_public(first) : nullptr) {
      Side source;
      source.set = public_space(first.family);
      source.gap =
          index_.gap(GapKind::undocumented, "from which public address the service's own network calls is not fixed");
      Outcomes ends = enter_at(source, *target, first, std::move(trail));
      return ends.size() == 1 ? std::move(ends.front()) : either(std::move(ends));
    }
    end.may = Verdict::public_;
    end.reason = {"REACHED_PUBLICLY", {}, {}, {}};
    const GapId unseen = single && !to.side.service ? index_.unseen_public() : GapId();
    if (unseen) {
      end.may = end.may | Verdict::blocked;
      trail.doubts.push_back(unseen);
    }
    Passage passage;
    passage.door = {DoorKind::service, {}};
    end.passages.push_back(std::move(passage));
    end.trail = std::move(trail);
    return end;
  }

  // From outside the cloud.

  // A resource or service behind a public API is reached by its front door, always.
  bool to_front_door() {
    const bool fronted =
        std::holds_alternative<ServiceTarget>(flow_.to) || std::holds_alternative<ResourceTarget>(flow_.to);
    const auto* host = std::get_if<HostTarget>(&flow_.to);
    if (host != nullptr) {
      const Resolved resolved = resolve(index_, nullptr, host->host);
      if (resolved.ends.front().end == NameEnd::endpoint) {
        unreachable_from_outside();
        return true;
      }
      if (resolved.ends.front().end != NameEnd::service) {
        perhaps_reached(resolved.ends.front().gap);
        return true;
      }
    } else if (!fronted) {
      return false;
    }
    Outcome end;
    end.may = Verdict::public_;
    end.reason = {"FRONT_DOOR", "the service's public API answers everybody: only policies close it", {}, {}};
    end.trail.hops.push_back({"internet", {}, "internet", "some public address outside the cloud", {}});
    end.trail.hops.push_back({"service", {}, label(index_.cloud(), flow_.to).id, "the public API", {}});
    end.trail.doors.push_back({DoorKind::front_door, {}});
    Passage passage;
    passage.door = {DoorKind::front_door, {}};
    if (const auto* source = std::get_if<AddressSource>(&flow_.from)) {
      passage.source_addresses = set_of(source->address);
      passage.source_exact = true;
    } else {
      passage.source_addresses = internet(index_, Family::v4) | internet(index_, Family::v6);
    }
    end.passages.push_back(std::move(passage));
    outcomes_.push_back(std::move(end));
    return true;
  }

  // From outside to a platform workload; false: its interfaces in a VPC decide.
  bool to_platform(const AddressSet& source, const std::string& who) {
    const PlatformWorkload* row = platform_of(index_, flow_.to);
    if (row == nullptr) return false;
    if (!has_front(*row)) return not_running();
    Trail trail;
    trail.hops.push_back({"internet", {}, who, "some public address outside the cloud", {}});
    trail.doors.push_back({DoorKind::front_door, {}});
    outcomes_.push_back(at_front(index_, *row, source, true, std::move(trail)));
    return true;
  }

  bool not_running() {
    std::optional<Outcome> end = net::not_running(index_, flow_.to);
    if (end) outcomes_.push_back(std::move(*end));
    return end.has_value();
  }

  // An interface of the workload that is not in the input may be reached too.
  void doubt_unseen() {
    const auto* t = std::get_if<WorkloadTarget>(&flow_.to);
    if (t == nullptr || outcomes_.empty()) return;
    if (const GapId missing = index_.unseen_interface(t->workload)) perhaps_reached(missing);
  }

  void enter(const Side& source, Family family, const std::string& who) {
    for (const Interface& interface : index_.cloud()->interfaces) {
      if (!is_target(index_, flow_.to, interface)) continue;
      Trail trail;
      trail.hops.push_back({"internet", {}, who, "some public address outside the cloud", {}});
      if (family == Family::v4) {
        for (const PublicAddress& p : interface.public_addresses) {
          if (is_target(index_, flow_.to, interface, p.address)) add(enter_at(source, interface, p.address, trail));
        }
        const GapId unseen = interface.public_addresses.open;
        if (unseen && (!interface.surely_public || std::holds_alternative<AddressTarget>(flow_.to)))
          at_unseen_address(source, interface, trail, unseen);
        else if (unseen)
          add(enter_at(source, interface, std::nullopt, trail));
        continue;
      }
      for (const Value<Address>& a : interface.addresses) {
        if (a.known() && a->family == Family::v6 && is_public(*a) && is_target(index_, flow_.to, interface, *a))
          add(enter_at(source, interface, *a, trail));
        const Side six = a.known() || !asks_for(flow_.to, family) ? Side() : unknown_ipv6(index_, interface, a.gap());
        if (six.set.empty()) continue;
        if (std::holds_alternative<AddressTarget>(flow_.to)) {
          perhaps_reached(a.gap());
        } else {
          add(enter_to(source, interface, six, trail));
        }
      }
      // More addresses may be there, and IPv6 ones are public.
      if (interface.addresses.open && may_have_ipv6(index_, interface) && asks_for(flow_.to, family))
        perhaps_reached(interface.addresses.open);
    }
  }

  // At a public address that the interface may have: `blocked` if even there nothing arrives.
  void at_unseen_address(const Side& source, const Interface& interface, const Trail& trail, GapId unseen) {
    Side own;  // whichever of them it may lead to
    bool all = interface.addresses.complete() && !source.set.empty() && source.set.front().family == Family::v4;
    for (const Value<Address>& a : interface.addresses) {
      all = all && a.known();
      if (a.known() && a->family == Family::v4) own.set = own.set | set_of(*a);
    }
    Outcomes ends = all && !own.set.empty() ? enter_to(source, interface, own, trail) : Outcomes();
    const auto refused = [](const Outcome& end) { return end.may == May(Verdict::blocked); };
    if (ends.empty() || !std::all_of(ends.begin(), ends.end(), refused)) return perhaps_reached(unseen);
    add(std::move(ends));
  }

  // The same of a workload that has one on one of its interfaces.
  void at_unseen_address_of(const Side& source, const PlatformWorkload& row, GapId unseen) {
    if (row.interfaces.open || row.interfaces.empty()) return perhaps_reached(unseen);
    for (const InterfaceId id : row.interfaces) {
      const Interface* interface = index_.cloud()->interfaces.find(id);
      if (interface == nullptr) return perhaps_reached(unseen);
      at_unseen_address(source, *interface, {}, unseen);
    }
  }

  Outcomes enter_at(const Side& source, const Interface& interface, std::optional<Address> address, Trail trail) const {
    Side destination;
    if (address) destination.set = set_of(*address);
    for (const PublicAddress& p : interface.public_addresses) {
      if (p.address == address) destination.set = set_of(p.private_address);
    }
    return enter_to(source, interface, destination, std::move(trail));
  }

  Outcomes enter_to(const Side& source, const Interface& interface, const Side& to, Trail trail) const {
    Walker walker(index_, {}, {nullptr, &interface});
    return walker.enter(beam_of(source, to, any_client_ports()), std::move(trail), interface);
  }

  void unreachable_from_outside(const Side& source = {}) {
    if (const auto* t = std::get_if<AddressTarget>(&flow_.to); t != nullptr && is_public(t->address)) {
      perhaps_reached(index_.gap(GapKind::outside, "`" + to_string(t->address) + "` belongs to nothing in the input"));
      return;
    }
    if (const auto* t = std::get_if<LoadBalancerTarget>(&flow_.to)) {
      if (const GapId gap = may_face_outside(index_, *t)) return perhaps_reached(gap);
    }
    if (const PlatformWorkload* row = platform_of(index_, flow_.to)) {
      if (const GapId unseen = unseen_public_of(index_, *row)) return at_unseen_address_of(source, *row, unseen);
    } else if (const auto* t = std::get_if<WorkloadTarget>(&flow_.to)) {
      if (const GapId missing = index_.unseen_interface(t->workload)) return perhaps_reached(missing);
    }
    Outcome end = refused({"IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "it has no public address", {}, {}});
    end.trail.hops.push_back({"internet", {}, "internet", "some public address outside the cloud", {}});
    outcomes_.push_back(std::move(end));
  }

  // From outside: at a public address, or not at all.
  void perhaps_reached(GapId gap) { lost(May(Verdict::public_) | May(Verdict::blocked), gap); }

  void lost(May may, GapId gap) {
    Outcome end;
    end.may = may;
    end.trail.doubts.push_back(gap);
    end.reason = {"UNKNOWN_RESOURCE", index_.registry().gaps[gap].what, {}, {}};
    Passage passage;
    passage.certain = false;
    end.passages.push_back(std::move(passage));
    outcomes_.push_back(std::move(end));
  }

  static Outcome no_common_family() {
    return refused({"NO_POSSIBLE_DESTINATION", "source and target have no address family in common", {}, {}});
  }

  void add(Outcomes more) { std::move(more.begin(), more.end(), std::back_inserter(outcomes_)); }

  static constexpr const char* outside_every_vpc = "outside every VPC: leaves from the service's own network";
  static constexpr const char* past_its_vpc =
      "this call does not take its VPC: it leaves from the service's own network";

  const Index& index_;
  Flow flow_;
  const PlatformWorkload* around_ = nullptr;  // set: what does not go to addresses of the VPC goes around it
  std::string_view account_;
  Outcomes outcomes_;
};

}  // namespace

Answer answer_flow(const Index& index, const Flow& flow) { return Question(index, flow).run(); }

}  // namespace sallyport::net
