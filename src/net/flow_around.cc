#include "net/question.h"

#include <algorithm>
#include <utility>

#include "net/platform.h"

namespace sallyport::net {

// A platform workload in a VPC; some of its calls may go around it.
void Question::from_platform(const Workload& workload, const PlatformWorkload& row, const Departures& places) {
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

void Question::around_vpc(const Workload& workload, const PlatformWorkload& row, const Departures& places) {
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

bool Question::calls_outwards() const {
  const auto* address = std::get_if<AddressTarget>(&flow_.to);
  return std::holds_alternative<InternetTarget>(flow_.to) || (address != nullptr && is_public(address->address));
}

bool Question::calls_a_service() const {
  if (std::holds_alternative<ServiceTarget>(flow_.to) || std::holds_alternative<ResourceTarget>(flow_.to)) return true;
  const auto* host = std::get_if<HostTarget>(&flow_.to);
  return host != nullptr && resolve(index_, nullptr, host->host).ends.front().end == NameEnd::service;
}

// Does it go to addresses of the VPC?
Truth Question::in_vpc(const Side& to, const Vpc& vpc) const {
  const Named& blocks = index_.blocks(vpc);
  if (to.service) return Truth::no;
  if (to.within ? holds(blocks, to) : !disjoint(to.set, blocks.set)) return Truth::yes;
  const bool six = !to.set.empty() && to.set.front().family == Family::v6;
  return blocks.gap || (blocks.later && six) ? Truth::unknown : Truth::no;
}

// What does not go to addresses of the VPC, or perhaps not.
Outcome Question::past_vpc(const Destination& to, const Vpc& vpc, Trail trail) {
  trail.hops.push_back({kind_word(index_.cloud(), around_->id), around_->id, {}, past_its_vpc, around_->head.origin});
  Outcome end = service_outcome(to, std::move(trail));
  if (in_vpc(to.side, vpc) == Truth::no) return end;
  const Named& blocks = index_.blocks(vpc);
  end.may = May::anything();
  end.trail.doubts.push_back(blocks.gap ? blocks.gap : blocks.later);
  if (end.passages.empty()) end.passages.emplace_back();
  for (Passage& passage : end.passages) passage.certain = false;
  return end;
}

// LA-1: a function outside every VPC leaves from Lambda's own network: public
// addresses are reachable from there, VPCs are not. So do platform workloads, and those
// whose calls go around their VPC.
void Question::from_service(const Workload& workload, const char* why) {
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
void Question::from_service_to_workload() {
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

Outcome Question::service_outcome(const Destination& to, Trail trail) {
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

}  // namespace sallyport::net
