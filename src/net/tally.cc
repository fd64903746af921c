#include "net/tally.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/parallel.h"
#include "net/changed_rules.h"
#include "net/platform.h"

namespace sallyport::net {
namespace {

constexpr std::size_t worth_threads = 64;  // classes

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
  if (w.kind == WorkloadKind::platform) {
    const PlatformWorkload* row = platform_of(index, w);
    return row != nullptr && row->place.known() ? row->place->vpc.number() : 0;
  }
  return of(index.cloud()->interfaces.find(w.object.as<Kind::network_interface>()));
}

// Classes of one VPC.
struct Stretch {
  std::uint32_t vpc = 0;
  std::vector<const SourceClass*> classes;
};

std::vector<Stretch> by_home(const Index& index) {
  std::vector<std::pair<std::uint32_t, const SourceClass*>> order;
  for (const SourceClass& c : index.classes()) order.emplace_back(home_of(index, c.members.front()), &c);
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Stretch> homes;
  for (const auto& [vpc, of_home] : order) {
    if (homes.empty() || homes.back().vpc != vpc) homes.push_back({vpc, {}});
    homes.back().classes.push_back(of_home);
  }
  return homes;
}

bool intersect(const std::vector<Ref>& a, const std::vector<Ref>& b) {
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    if (*x == *y) return true;
    *x < *y ? ++x : ++y;
  }
  return false;
}

}  // namespace

struct Tally::Question {
  std::vector<TargetsOfRegion> targets;
  std::uint16_t port = 0;
  std::vector<std::vector<AlikeTargets>> groups;       // by place in `targets`
  std::vector<std::vector<std::uint32_t>> service_of;  // of a group: in `services`
  std::vector<std::string> services;                   // sorted

  // Nothing: nobody asks for targets in that Region.
  std::optional<std::size_t> place_of(std::string_view region) const {
    for (std::size_t n = 0; n < targets.size(); ++n) {
      if (targets[n].region == region) return n;
    }
    return std::nullopt;
  }
};

struct Tally::HomeCounts {
  struct Cell {
    Text account;
    std::uint32_t service = 0;
    Decided decided;
    std::size_t flows = 0;
  };
  std::vector<Cell> cells;  // of one account and service one after the other
  std::vector<Ref> consulted;
};

namespace {

// Sums of one home, by account and service.
template <class Cell>
class Sums {
 public:
  explicit Sums(std::size_t services) : flows_(services * cells_of_a_service) {}

  void add(Text account, std::uint32_t service, const Decided& d, std::size_t flows) {
    if (account != account_) flush();
    account_ = account;
    const std::size_t cell = (static_cast<std::size_t>(d.verdict) * doors + static_cast<std::size_t>(d.door)) * 2;
    flows_[service * cells_of_a_service + cell + (d.has_door ? 1 : 0)] += flows;
  }

  std::vector<Cell> take() {
    flush();
    return std::exchange(cells_, {});
  }

 private:
  static constexpr std::size_t doors = static_cast<std::size_t>(DoorKind::local) + 1;
  static constexpr std::size_t cells_of_a_service = 4 * doors * 2;

  void flush() {
    for (std::size_t n = 0; n < flows_.size(); ++n) {
      if (flows_[n] == 0) continue;
      const std::size_t cell = n % cells_of_a_service;
      const Decided decided{static_cast<Verdict>(cell / 2 / doors), static_cast<DoorKind>(cell / 2 % doors),
                            cell % 2 == 1};
      cells_.push_back({account_, static_cast<std::uint32_t>(n / cells_of_a_service), decided, flows_[n]});
      flows_[n] = 0;
    }
  }

  Text account_;
  std::vector<std::size_t> flows_;
  std::vector<Cell> cells_;
};

}  // namespace

Tally::Tally(const Index& index, std::vector<TargetsOfRegion> targets, std::uint16_t port, const Progress& progress)
    : cloud_(index.cloud()), middleboxes_(index.middleboxes()) {
  const auto question = std::make_shared<Question>();
  question->targets = std::move(targets);
  question->port = port;
  for (const TargetsOfRegion& t : question->targets) {
    question->groups.push_back(alike(index, t.targets).groups);
    for (const AlikeTargets& group : question->groups.back()) question->services.push_back(group.service);
  }
  auto& services = question->services;
  std::sort(services.begin(), services.end());
  services.erase(std::unique(services.begin(), services.end()), services.end());
  for (const std::vector<AlikeTargets>& groups : question->groups) {
    std::vector<std::uint32_t>& of = question->service_of.emplace_back();
    for (const AlikeTargets& group : groups) {
      const auto at = std::lower_bound(services.begin(), services.end(), group.service);
      of.push_back(static_cast<std::uint32_t>(at - services.begin()));
    }
  }
  question_ = question;
  decide(index, nullptr, {}, progress);
}

Tally::Tally(const Tally& before, const Index& index) : cloud_(index.cloud()), middleboxes_(index.middleboxes()) {
  const std::optional<std::vector<Ref>> changed = changed_rules(before.cloud_, cloud_);
  if (!changed || middleboxes_ != before.middleboxes_) {
    *this = Tally(index, before.question_->targets, before.question_->port);
    return;
  }
  question_ = before.question_;
  decide(index, &before, *changed, {});
}

Tally::~Tally() = default;

// `before` null: all homes.
void Tally::decide(const Index& index, const Tally* before, const std::vector<Ref>& changed, const Progress& progress) {
  const std::vector<Stretch> stretches = by_home(index);
  std::vector<std::size_t> anew;  // places in `stretches`
  std::size_t classes = 0;
  for (const Stretch& stretch : stretches) {
    homes_.push_back({stretch.vpc, {}});
    if (before != nullptr) {
      const auto old = std::lower_bound(before->homes_.begin(), before->homes_.end(), stretch.vpc,
                                        [](const Home& h, std::uint32_t vpc) { return h.vpc < vpc; });
      SP_ASSERT(old != before->homes_.end() && old->vpc == stretch.vpc);  // workloads stay where they are
      if (!intersect(old->counts->consulted, changed)) homes_.back().counts = old->counts;
    }
    if (homes_.back().counts) continue;
    anew.push_back(homes_.size() - 1);
    classes += stretch.classes.size();
  }
  homes_decided_ = anew.size();
  if (anew.empty()) return;

  const ShapeGround ground(index, question_->port);
  // What a thread keeps from home to home.
  struct Hand {
    Hand(const Index& index, const ShapeGround& ground, std::size_t services)
        : noting(index.noting_in(consulted)), decider(noting, ground), sums(services) {}
    Consulted consulted;
    Index noting;
    Decider decider;
    Sums<HomeCounts::Cell> sums;
    std::vector<Decided> decided;
  };
  // As many parts as threads, each taking homes one after the other: sums do not depend on who did.
  std::atomic<std::size_t> next = 0;
  const std::size_t hands = std::min(most_threads, anew.size());
  const auto asking = std::this_thread::get_id();
  each_part(hands, classes > worth_threads, [&](std::size_t) {
    std::unique_ptr<Hand> hand;
    for (std::size_t n = next++; n < anew.size(); n = next++) {
      if (progress && std::this_thread::get_id() == asking) progress(n, anew.size());
      if (!hand) hand = std::make_unique<Hand>(index, ground, question_->services.size());
      for (const SourceClass* c : stretches[anew[n]].classes) {
        const Workload& first = c->members.front();
        const std::optional<std::size_t> place = question_->place_of(index.view(first.region));
        if (!place) continue;
        const std::vector<AlikeTargets>& groups = question_->groups[*place];
        hand->decider.decide(first, groups, hand->decided);
        for (std::size_t g = 0; g < groups.size(); ++g) {
          hand->sums.add(first.account, question_->service_of[*place][g], hand->decided[g],
                         c->members.size() * groups[g].count);
        }
      }
      homes_[anew[n]].counts = std::make_shared<const HomeCounts>(hand->sums.take(), hand->consulted.take());
    }
  });
}

std::vector<Count> Tally::counts() const {
  std::map<std::tuple<Text, std::uint32_t, Verdict, DoorKind, bool>, std::size_t> sums;
  for (const Home& home : homes_) {
    for (const HomeCounts::Cell& c : home.counts->cells) {
      sums[{c.account, c.service, c.decided.verdict, c.decided.door, c.decided.has_door}] += c.flows;
    }
  }
  std::vector<Count> all;
  for (const auto& [key, flows] : sums) {
    const auto& [account, service, verdict, door, has_door] = key;
    all.push_back({account, question_->services[service], verdict, door, has_door, flows});
  }
  return all;
}

std::vector<std::vector<Decided>> decide_all(const Index& index, std::span<const Target> targets, std::uint16_t port) {
  const ShapeGround ground(index, port);
  const Alikes alikes = alike(index, targets);
  Decider decider(index, ground);
  std::vector<std::vector<Decided>> all;
  std::vector<Decided> decided;
  for (const SourceClass& c : index.classes()) {
    decider.decide(c.members.front(), alikes.groups, decided);
    std::vector<Decided>& of_class = all.emplace_back();
    for (const std::uint32_t group : alikes.group_of) of_class.push_back(decided[group]);
  }
  return all;
}

}  // namespace sallyport::net
