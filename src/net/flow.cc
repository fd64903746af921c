#include "net/flow.h"

#include <algorithm>
#include <utility>

#include "net/api_door.h"
#include "net/confined.h"
#include "net/platform.h"
#include "net/question.h"
#include "net/walk.h"

namespace sallyport::net {

Question::Question(const Index& index, const Flow& flow) : index_(index), flow_(flow) {
  // A load balancer's own name means the balancer, from wherever it is asked.
  if (const auto* host = std::get_if<HostTarget>(&flow_.to)) {
    if (const LoadBalancer* balancer = index_.balancer_named(host->host)) flow_.to = LoadBalancerTarget{balancer->id};
  }
}

Answer Question::run() {
  std::visit([this](const auto& source) { from(source); }, flow_.from);
  if (outcomes_.empty()) outcomes_.push_back(no_common_family());
  for (Outcome& o : outcomes_) o = at_api(index_, flow_.to, std::move(o));
  return unite(std::move(outcomes_));
}

void Question::from(const Workload& workload) {
  account_ = index_.view(workload.account);
  const Departures places = departures(index_, workload);
  const PlatformWorkload* platform = platform_of(index_, workload);
  if (platform != nullptr && !places.outside) return from_platform(workload, *platform, places);
  if (places.outside) from_service(workload, outside_every_vpc);
  by_vpc(places);
}

void Question::from(const AddressSource& source) {
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
  if (const GapId gap = may_be_inside(source.address)) {
    // IG-3: nothing with a private source comes in by an internet gateway.
    const bool stays = !is_public(source.address) && asks_inside();
    return lost(stays ? May(Verdict::private_) | May(Verdict::blocked) : May::anything(), gap);
  }
  if (to_front_door()) return;
  if (to_platform(set_of(source.address), to_string(source.address))) return;
  Side side;
  side.set = set_of(source.address);
  enter(side, source.address.family, to_string(source.address));
  if (outcomes_.empty()) unreachable_from_outside(side);
}

// Does it ask for private addresses of VPCs?
bool Question::asks_inside() const {
  if (const auto* address = std::get_if<AddressTarget>(&flow_.to))
    return address->address.family == Family::v4 && !is_public(address->address);
  const auto* workload = std::get_if<WorkloadTarget>(&flow_.to);
  return std::holds_alternative<EndpointTarget>(flow_.to) ||
         (workload != nullptr && platform_of(index_, workload->workload) == nullptr);
}

// Set: an address that no interface of the input has may be one of the cloud all the same.
GapId Question::may_be_inside(Address address) const {
  const GapId unseen = is_public(address) ? index_.unseen_public() : GapId();
  const bool in_block = std::any_of(index_.cloud()->vpcs.begin(), index_.cloud()->vpcs.end(),
                                    [&](const Vpc& vpc) { return index_.blocks(vpc).set.contains(address); });
  if (unseen || (is_public(address) && !in_block)) return unseen;
  return index_.gap(GapKind::outside, "no interface of the cloud has the address `" + to_string(address) + "`");
}

// From a place in a VPC.
void Question::depart(const Departure& d) {
  for (const Aim& aim : aims(index_, d.start.vpc, flow_.to, account_)) {
    Outcomes united;
    const bool several = aim.options.size() > 1;
    for (const std::vector<Destination>& option : aim.options) {
      Outcomes outcomes;
      std::vector<Destination> made;  // NA-8
      const bool zonal =
          std::any_of(option.begin(), option.end(), [](const Destination& to) { return !to.zone.empty(); });
      if (zonal) made = seen_in_zone(option, d.start.subnet->zone);
      if (!zonal && d.source.set.front().family == Family::v6) made = seen_by_ipv6(index_, *d.start.subnet, option);
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

void Question::by_vpc(const Departures& places) {
  add(Outcomes(places.failed));
  for (const Departure& d : places.list) depart(d);
}

void Question::walk(const Departure& d, const Destination& to, const Aim& aim, Outcomes& out) {
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
    if (around_ == nullptr) end.may = confined(index_, *d.start.subnet, end.may);
    end.trail.hops = trail.hops;
    end.trail.reads.insert(end.trail.reads.end(), trail.reads.begin(), trail.reads.end());
    end.trail.assumptions = trail.assumptions;
    out.push_back(std::move(end));
    return;
  }
  if (around_ != nullptr && in_vpc(to.side, *d.start.vpc) != Truth::yes) {
    return out.push_back(past_vpc(to, *d.start.vpc, std::move(trail)));
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

Beam Question::beam_of(const Side& source, const Side& destination, const PortSet& client_ports) const {
  Beam beam{source, destination, client_ports, {flow_.port, flow_.port}, flow_.protocol};
  if (!beam.has_ports()) beam.source_ports = beam.destination_ports = all_ports();
  return beam;
}

void Question::lost(May may, GapId gap) {
  Outcome end;
  end.may = may;
  end.trail.doubts.push_back(gap);
  end.reason = {"UNKNOWN_RESOURCE", index_.registry().gaps[gap].what, {}, {}};
  Passage passage;
  passage.certain = false;
  end.passages.push_back(std::move(passage));
  outcomes_.push_back(std::move(end));
}

Outcome Question::no_common_family() {
  return refused({"NO_POSSIBLE_DESTINATION", "source and target have no address family in common", {}, {}});
}

Answer answer_flow(const Index& index, const Flow& flow) { return Question(index, flow).run(); }

}  // namespace sallyport::net
