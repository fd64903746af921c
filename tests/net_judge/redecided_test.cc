// After a change of rules, against deciding anew: the counts that a tally keeps by VPC, and an index that shares
// what does not hang on rules, must give what ones made anew give, change upon change.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "library/net/erase.h"
#include "library/net/random.h"
#include "net/tally.h"
#include "net_judge/ask.h"
#include "net_judge/compare.h"
#include "net_judge/seeds.h"

namespace sallyport::net_judge {
namespace {

// Rules, entries and routes of the cloud, to be taken from and given to others.
class Changer {
 public:
  Changer(const Cloud& cloud, std::uint64_t seed) : cloud_(cloud), random_(seed) {}

  Change next() {
    Change change(cloud_.registry_ptr());
    switch (random_.below(8)) {
      case 0:
      case 1:
      case 2: put(cloud_->security_groups, change.put.security_groups, &SecurityGroup::rules); break;
      case 3:
      case 4: put(cloud_->network_acls, change.put.network_acls, &NetworkAcl::entries); break;
      case 5:
      case 6: put(cloud_->route_tables, change.put.route_tables, &RouteTable::routes); break;
      default: more_than_rules(change);
    }
    return change;
  }

 private:
  template <class Row, class Item>
  void put(const Rows<Row>& rows, std::vector<Row>& to, List<Item> Row::* list) {
    if (rows.empty()) return;
    Row row = random_.one_of(rows.rows());
    std::vector<Item>& items = (row.*list).items;
    if (!items.empty() && random_.chance(60)) {
      items.erase(items.begin() + static_cast<std::ptrdiff_t>(random_.below(items.size())));
    }
    if (random_.chance(60)) {
      const std::vector<Item>& others = (random_.one_of(rows.rows()).*list).items;
      if (!others.empty()) {
        Item item = random_.one_of(others);
        change(item);
        items.insert(items.begin() + static_cast<std::ptrdiff_t>(random_.below(items.size() + 1)), std::move(item));
      }
    }
    to.push_back(std::move(row));
  }

  // Its own address: a prefix that no rule named before.
  Prefix prefix() {
    for (const Interface& interface : cloud_->interfaces) {
      if (random_.chance(30) && !interface.addresses.empty() && interface.addresses.items.front().known()) {
        return host(*interface.addresses.items.front());
      }
    }
    return *parse_prefix("10.0.0.0/9");
  }

  void change(GroupRule& rule) {
    if (random_.chance(30)) rule.peer = prefix();
    if (random_.chance(20)) rule.first_port = 443, rule.last_port = 443;
  }

  void change(AclEntry& entry) {
    if (random_.chance(30)) entry.cidr = prefix();
    if (random_.chance(50)) entry.allow = !entry.allow;
  }

  void change(Route& route) {
    if (random_.chance(20)) route.destination = prefix();
    if (random_.chance(20)) route.destination = *parse_prefix("64:ff9b::/96");
    // Out of an appliance, wherever it stands, replies may come.
    if (random_.chance(20) && !cloud_->interfaces.empty()) {
      route.target = RouteTarget::network_interface;
      route.object = random_.one_of(cloud_->interfaces.rows()).id;
    }
    if (random_.chance(20) && !cloud_->nat_gateways.empty()) {
      route.target = RouteTarget::nat_gateway;
      route.object = random_.one_of(cloud_->nat_gateways.rows()).id;
    }
    if (random_.chance(10) && !cloud_->transit_gateways.empty()) {
      route.target = RouteTarget::transit_gateway;
      route.object = random_.one_of(cloud_->transit_gateways.rows()).id;
    }
  }

  // All is decided anew then.
  void more_than_rules(Change& change) {
    if (random_.chance(50) && !cloud_->interfaces.empty()) {
      change.removed.push_back(random_.one_of(cloud_->interfaces.rows()).id);
    } else if (!cloud_->route_tables.empty()) {
      RouteTable table = random_.one_of(cloud_->route_tables.rows());
      if (!table.subnets.empty()) table.subnets.items.pop_back();
      change.put.route_tables.push_back(std::move(table));
    }
  }

  const Cloud& cloud_;
  generate::Random random_;
};

std::vector<net::TargetsOfRegion> asked(const net::Engine& engine) {
  const Cloud& cloud = engine.cloud();
  std::vector<net::Target> targets = net::targets(cloud, "eu-central-1");
  targets.emplace_back(net::InternetTarget{});
  for (const char* service : {"s3", "dynamodb", "lambda", "sqs", "kms", "execute-api"})
    targets.emplace_back(net::ServiceTarget{service, "eu-central-1"});
  std::vector<net::TargetsOfRegion> regions;
  std::set<std::string> seen;
  for (const net::SourceClass& c : engine.classes()) {
    const std::string region(cloud.view(c.members.front().region));
    if (seen.insert(region).second) regions.push_back({region, targets});
  }
  return regions;
}

struct Seen {
  std::size_t changes = 0, changed_counts = 0, homes = 0, homes_decided = 0;
};

// Verdicts by workload: classes of the one may be several of the other's.
std::map<Ref, std::vector<net::Decided>> by_workload(const net::Engine& engine, std::span<const net::Target> targets) {
  const auto decided = engine.decide_all(targets, 443);
  std::map<Ref, std::vector<net::Decided>> all;
  for (std::size_t c = 0; c < decided.size(); ++c) {
    for (const net::Workload& w : engine.classes()[c].members) all[w.object] = decided[c];
  }
  return all;
}

void change_upon_change(const Cloud& cloud, std::uint64_t seed, int changes, Seen& seen) {
  const net::Options terse{.hops = false, .strict = false, .reasons = false};
  auto engine = std::make_unique<net::Engine>(cloud, settings(cloud), terse);
  net::Tally tally = engine->tally(asked(*engine), 443);
  for (int n = 0; n < changes; ++n) {
    const Cloud before = engine->cloud();
    const Cloud after = apply(before, Changer(before, seed * 101 + static_cast<std::uint64_t>(n)).next());
    auto then = std::make_unique<net::Engine>(*engine, after);
    const net::Tally later = then->tally(tally);
    const net::Engine anew(after, settings(cloud), terse);
    const net::Tally expected = anew.tally(asked(*engine), 443);
    const std::vector<net::TargetsOfRegion> regions = asked(*engine);
    const std::vector<net::Target> targets = regions.empty() ? std::vector<net::Target>() : regions.front().targets;
    EXPECT_TRUE(by_workload(*then, targets) == by_workload(anew, targets)) << "seed " << seed << ", change " << n;
    EXPECT_GE(then->classes().size(), anew.classes().size());
    EXPECT_TRUE(later.counts() == expected.counts()) << "seed " << seed << ", change " << n;
    EXPECT_EQ(later.homes(), expected.homes());
    ++seen.changes;
    seen.changed_counts += later.counts() == tally.counts() ? 0 : 1;
    seen.homes += later.homes(), seen.homes_decided += later.homes_decided();
    if (testing::Test::HasFailure()) return;
    tally = later;
    engine = std::move(then);
  }
}

TEST(Redecided, AsAnew) {
  Seen seen;
  const Seeds taken = seeds(sanitized ? 6 : 400);
  for (int n = 0; n < taken.count && !testing::Test::HasFailure(); ++n) {
    const std::uint64_t seed = taken.first + static_cast<std::uint64_t>(n);
    const std::array kinds = {Estate::mixed, Estate::hubs, Estate::recent, Estate::inspected, Estate::platform};
    Cloud cloud = estate(seed, kinds[static_cast<std::size_t>(n) % kinds.size()]);
    if (n % 3 == 2) {
      generate::Random random(seed * 31 + 7);
      std::vector<std::string> erased;
      cloud = generate::erase(cloud, {8, 0}, random, erased);
    }
    change_upon_change(cloud, seed, 12, seen);
  }
  std::printf("%zu changes, %zu of them of counts; %zu of %zu VPCs decided anew\n", seen.changes, seen.changed_counts,
              seen.homes_decided, seen.homes);
  // The changes matter, and are not answered by deciding all.
  EXPECT_GT(seen.changed_counts * 20, seen.changes);
  EXPECT_LT(seen.homes_decided * 4, seen.homes * 3);
}

}  // namespace
}  // namespace sallyport::net_judge
