#include "net/tally.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <numeric>
#include <thread>
#include <tuple>
#include <utility>

#include "net/alike.h"
#include "net/flow.h"
#include "net/shapes.h"

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

class Worker {
 public:
  Worker(const Index& index, const ShapeGround& ground) : index_(index), ground_(ground), shapes_(ground) {}

  // What the class's first member reaches, in order of the groups.
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
    if (!to.has_side) return all.push_back(shortened(to.failed));
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

// The VPC in which a workload stands, to work VPC by VPC; 0 where there is none.
std::uint32_t home_of(const Index& index, const Workload& w) {
  const auto of = [](const Interface* i) { return i != nullptr && i->vpc.known() ? i->vpc->number() : 0; };
  if (const Instance* i = index.cloud()->instances.find(w.object.as<Kind::instance>())) {
    const auto interfaces = index.interfaces_of(*i);
    return interfaces.empty() ? 0 : of(interfaces.front());
  }
  if (const Function* f = index.cloud()->functions.find(w.object.as<Kind::function>())) {
    return f->network.known() ? f->network->vpc.number() : 0;
  }
  return of(index.cloud()->interfaces.find(w.object.as<Kind::network_interface>()));
}

// Sums, by account and group.
class Counts {
 public:
  using Key = std::tuple<Text, std::string, Verdict, DoorKind, bool>;

  void add(Text account, std::span<const AlikeTargets> groups, const std::vector<Decided>& decided,
           std::size_t members) {
    if (account != account_ || groups.data() != groups_.data()) flush(), account_ = account, groups_ = groups;
    cells_.resize(groups.size() * cells_of_a_group);
    for (std::size_t g = 0; g < groups.size(); ++g) {
      const Decided& d = decided[g];
      const std::size_t cell = (static_cast<std::size_t>(d.verdict) * doors + static_cast<std::size_t>(d.door)) * 2;
      cells_[g * cells_of_a_group + cell + (d.has_door ? 1 : 0)] += members * groups[g].count;
    }
  }

  std::map<Key, std::size_t> take() {
    flush();
    return std::move(sums_);
  }

 private:
  static constexpr std::size_t doors = static_cast<std::size_t>(DoorKind::local) + 1;
  static constexpr std::size_t cells_of_a_group = 4 * doors * 2;

  void flush() {
    for (std::size_t n = 0; n < cells_.size(); ++n) {
      if (cells_[n] == 0) continue;
      const std::size_t cell = n % cells_of_a_group;
      sums_[{account_, groups_[n / cells_of_a_group].service, static_cast<Verdict>(cell / 2 / doors),
             static_cast<DoorKind>(cell / 2 % doors), cell % 2 == 1}] += cells_[n];
    }
    cells_.clear();
  }

  Text account_;
  std::span<const AlikeTargets> groups_;
  std::vector<std::size_t> cells_;
  std::map<Key, std::size_t> sums_;
};

}  // namespace

std::vector<Count> tally(const Index& index, std::span<const TargetsOfRegion> targets, std::uint16_t port) {
  const ShapeGround ground(index, port);
  std::vector<std::vector<AlikeTargets>> groups;
  for (const TargetsOfRegion& t : targets) groups.push_back(alike(index, t.targets).groups);
  const std::vector<SourceClass>& classes = index.classes();
  std::vector<std::pair<std::uint32_t, std::uint32_t>> order;  // home, class
  for (std::size_t n = 0; n < classes.size(); ++n) {
    order.emplace_back(home_of(index, classes[n].members.front()), static_cast<std::uint32_t>(n));
  }
  std::sort(order.begin(), order.end());
  const auto groups_of = [&](const Workload& w) -> std::span<const AlikeTargets> {
    for (std::size_t n = 0; n < targets.size(); ++n) {
      if (targets[n].region == index.view(w.region)) return groups[n];
    }
    return {};
  };

  // A thread takes the classes of one VPC after the other: sums do not depend on who did.
  std::atomic<std::size_t> next = 0;
  const auto take = [&](std::size_t& begin, std::size_t& end) {
    begin = next.load();
    do {
      end = begin;
      while (end < order.size() && order[end].first == order[begin].first) ++end;
    } while (begin < order.size() && !next.compare_exchange_weak(begin, end));
    return begin < order.size();
  };
  const std::size_t threads = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 16);
  std::vector<std::map<Counts::Key, std::size_t>> sums(threads);
  const auto work = [&](std::size_t n) {
    Worker worker(index, ground);
    Counts counts;
    std::vector<Decided> decided;
    for (std::size_t begin = 0, end = 0; take(begin, end);) {
      for (std::size_t i = begin; i < end; ++i) {
        const SourceClass& c = classes[order[i].second];
        const auto of_region = groups_of(c.members.front());
        worker.decide(c.members.front(), of_region, decided);
        counts.add(c.members.front().account, of_region, decided, c.members.size());
      }
    }
    sums[n] = counts.take();
  };
  std::vector<std::jthread> others;
  for (std::size_t n = 1; n < threads && order.size() > 64; ++n) others.emplace_back(work, n);
  work(0);
  others.clear();  // waits

  for (std::size_t n = 1; n < threads; ++n) {
    for (const auto& [key, flows] : sums[n]) sums[0][key] += flows;
  }
  std::vector<Count> all;
  for (const auto& [key, flows] : sums[0]) {
    const auto& [account, service, verdict, door, has_door] = key;
    all.push_back({account, service, verdict, door, has_door, flows});
  }
  return all;
}

std::vector<std::vector<Decided>> decide_all(const Index& index, std::span<const Target> targets, std::uint16_t port) {
  const ShapeGround ground(index, port);
  const Alikes alikes = alike(index, targets);
  Worker worker(index, ground);
  std::vector<std::vector<Decided>> all;
  std::vector<Decided> decided;
  for (const SourceClass& c : index.classes()) {
    worker.decide(c.members.front(), alikes.groups, decided);
    std::vector<Decided>& of_class = all.emplace_back();
    for (const std::uint32_t group : alikes.group_of) of_class.push_back(decided[group]);
  }
  return all;
}

}  // namespace sallyport::net
