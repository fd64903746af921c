#include "net/decider.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "net/confined.h"
#include "net/flow.h"

namespace sallyport::net {
namespace {

// An outcome as far as verdict and door go.
struct Short {
  May may;
  DoorKind door = DoorKind::local;
};
using Shorts = std::vector<Short>;

Short shortened(const Outcome& o) {
  return {o.may, o.trail.doors.empty() ? DoorKind::local : naming_door(o.trail.doors).kind};
}

// The twins of `unite` and `either` (outcome.h): the first of the rank that decides.
int rank(const Short& s) {
  switch (verdict_of(s.may)) {
    case Verdict::public_: return 0;
    case Verdict::unknown: return 1;
    case Verdict::private_: return 2;
    case Verdict::blocked: return 3;
  }
  return 3;
}

const Short& deciding(const Shorts& all) {
  return *std::min_element(all.begin(), all.end(), [](const Short& a, const Short& b) { return rank(a) < rank(b); });
}

Short either(const Shorts& all) {
  Short one = deciding(all);
  for (const Short& s : all) one.may = one.may | s.may;
  return one;
}

Decided unite(const Shorts& all) {
  if (all.empty()) return {Verdict::blocked, DoorKind::local, false};
  const Short& first = deciding(all);
  const Verdict verdict = verdict_of(first.may);
  const bool door = verdict == Verdict::private_ || verdict == Verdict::public_;
  return {verdict, door ? first.door : DoorKind::local, door};
}

// A destination and what a walk can see of it.
struct Aimed {
  Destination to;
  std::optional<DestinationShape> shape;
};

struct ShortAim {
  std::vector<std::vector<Aimed>> options;
};

struct MemoKey {
  std::uint32_t start = 0, to = 0;
  std::uint64_t members = 0;
  friend bool operator==(const MemoKey&, const MemoKey&) = default;
  friend std::size_t hash_value(const MemoKey& k) {
    return (std::uint64_t{k.start} << 32 | k.to) * 0x9E3779B97F4A7C15u ^ k.members * 0xD1B54A32D192ED03u;
  }
};

}  // namespace

class Decider::Impl {
 public:
  Impl(const Index& index, const ShapeGround& ground) : index_(index), ground_(ground), shapes_(index, ground) {}

  void decide(const Workload& from, std::span<const AlikeTargets> groups, std::vector<Decided>& out) {
    out.clear();
    const Departures places = departures(index_, from);
    // From the service's own network, perhaps around the VPC, or to addresses that DNS64 makes:
    // each has a way of its own.
    if (places.outside || from.kind == WorkloadKind::platform || asks_for_more(places)) {
      for (const AlikeTargets& group : groups) {
        const Answer a = answer_flow(index_, {from, *group.first, tcp, ground_.port});
        out.push_back({a.verdict, a.has_door() ? a.door.kind : DoorKind::local, a.has_door()});
      }
      return;
    }
    const std::uint32_t home = places.list.empty() ? 0 : places.list.front().start.vpc->id.number();
    if (home != home_) forget(home);
    std::vector<StartShape> shapes;
    for (const Departure& d : places.list) shapes.push_back(shapes_.of(d));
    for (std::size_t g = 0; g < groups.size(); ++g) {
      Shorts all;
      for (const Outcome& o : places.failed) all.push_back(shortened(o));
      for (std::size_t n = 0; n < places.list.size(); ++n) depart(places.list[n], shapes[n], from, groups[g], all);
      out.push_back(unite(all));
    }
  }

 private:
  static bool asks_for_more(const Departures& places) {
    return std::any_of(places.list.begin(), places.list.end(), [](const Departure& d) {
      return d.source.set.front().family == Family::v6 && makes_addresses(*d.start.subnet) != Truth::no;
    });
  }

  // What is remembered is of one VPC's workloads.
  void forget(std::uint32_t home) {
    home_ = home;
    shapes_.clear();
    aims_.clear();
    ends_.clear();
  }

  void depart(const Departure& d, const StartShape& shape, const Workload& from, const AlikeTargets& to, Shorts& all) {
    for (const ShortAim& aim : aims_of(*d.start.vpc, to, from.account)) {
      const bool several = aim.options.size() > 1;
      Shorts united;
      for (const std::vector<Aimed>& option : aim.options) {
        Shorts one;
        Shorts& ends = several ? one : all;
        for (const Aimed& aimed : option) walk(d, shape, aimed, ends);
        if (!several || one.empty()) continue;
        united.push_back(alternatives(one));
      }
      if (!united.empty()) all.push_back(either(united));
    }
  }

  // Alternatives within an option, as Question::as_one tells them.
  static Short alternatives(const Shorts& all) {
    const Decided decided = unite(all);
    if (decided.verdict != Verdict::unknown) return {decided.verdict, decided.door};
    Short one;
    bool forced = false;
    bool all_may_block = true;
    for (const Short& s : all) {
      forced = forced || s.may == May(Verdict::public_);
      all_may_block = all_may_block && s.may.has(Verdict::blocked);
      one.may = one.may | s.may;
    }
    May may;
    if (one.may.has(Verdict::public_)) may = may | Verdict::public_;
    if (!forced && one.may.has(Verdict::private_)) may = may | Verdict::private_;
    if (!forced && all_may_block) may = may | Verdict::blocked;
    return {may, DoorKind::local};
  }

  void walk(const Departure& d, const StartShape& from, const Aimed& aimed, Shorts& all) {
    const Destination& to = aimed.to;
    if (!to.has_side) {
      Short end = shortened(to.failed);
      end.may = confined(index_, *d.start.subnet, end.may);
      return all.push_back(end);
    }
    if (to.side.set.empty() || to.side.set.front().family != d.source.set.front().family) return;
    std::optional<std::uint64_t> members;
    if (aimed.shape) members = from.by_atom ? shapes_.memberships(d, aimed.shape->asks) : 0;
    if (!members) {
      for (const Outcome& o : ends_of(d, to)) all.push_back(shortened(o));
      return;
    }
    const auto [entry, is_new] = ends_.try_emplace(MemoKey{from.number, aimed.shape->number, *members});
    if (is_new) {
      for (const Outcome& o : ends_of(d, to)) {
        const Short s = shortened(o);
        const bool told = std::any_of(entry->second.begin(), entry->second.end(),
                                      [&](const Short& t) { return t.may == s.may && t.door == s.door; });
        if (!told) entry->second.push_back(s);
      }
    }
    all.insert(all.end(), entry->second.begin(), entry->second.end());
  }

  Outcomes ends_of(const Departure& d, const Destination& to) const {
    Trail trail;
    if (d.doubt) trail.doubts.push_back(d.doubt);
    Beam beam{d.source, to.side, d.client_ports, {ground_.port, ground_.port}, tcp};
    return Walker(index_, d.start, goal_of(index_, to)).run(std::move(beam), std::move(trail));
  }

  const std::vector<ShortAim>& aims_of(const Vpc& vpc, const AlikeTargets& to, Text account) {
    const auto [entry, is_new] = aims_.try_emplace({vpc.id.number(), to.first, account});
    if (!is_new) return entry->second;
    std::vector<std::vector<std::uint32_t>> seen;
    for (Aim& aim : aims(index_, &vpc, *to.first, index_.view(account))) {
      ShortAim one;
      std::vector<std::uint32_t> key;  // names that lead to the same are one alternative
      bool whole = true;
      for (std::vector<Destination>& option : aim.options) {
        std::vector<Aimed>& list = one.options.emplace_back();
        key.push_back(0xFFFFFFFFu);
        for (Destination& to_one : option) {
          std::optional<DestinationShape> shape = shapes_.of(to_one);
          whole = whole && shape;
          if (shape && std::any_of(list.begin(), list.end(),
                                   [&](const Aimed& a) { return a.shape && a.shape->number == shape->number; }))
            continue;
          if (shape) key.push_back(shape->number);
          list.push_back({std::move(to_one), std::move(shape)});
        }
      }
      if (whole && std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
      if (whole) seen.push_back(std::move(key));
      entry->second.push_back(std::move(one));
    }
    return entry->second;
  }

  const Index& index_;
  const ShapeGround& ground_;
  Shapes shapes_;
  std::uint32_t home_ = 0xFFFFFFFFu;
  std::map<std::tuple<std::uint32_t, const Target*, Text>, std::vector<ShortAim>> aims_;
  boost::unordered_flat_map<MemoKey, Shorts> ends_;
};

Decider::Decider(const Index& index, const ShapeGround& ground) : impl_(std::make_unique<Impl>(index, ground)) {}

Decider::~Decider() = default;

void Decider::decide(const Workload& from, std::span<const AlikeTargets> groups, std::vector<Decided>& out) {
  impl_->decide(from, groups, out);
}

}  // namespace sallyport::net
