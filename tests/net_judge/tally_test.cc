// What walks share, against answers one by one: the verdict and the door of every class
// for every target must be those that `Engine::answer` gives, on random clouds, in full
// and with pieces missing.
#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>

#include "library/net/erase.h"
#include "net/tally.h"
#include "net_judge/ask.h"
#include "net_judge/compare.h"
#include "net_judge/seeds.h"

namespace sallyport::net_judge {
namespace {

// `cloud` with buckets: some like any other, some that a private zone or a strange name
// sets apart.
Cloud with_buckets(const Cloud& cloud) {
  Registry& registry = cloud.registry();
  std::set<std::string> names = {"plain-1", "plain-2", "with.dots", "a-vpce-b", "UPPER", "s3-control", "dualstack"};
  for (const HostedZone& zone : cloud->hosted_zones) {
    for (const DnsRecord& record : zone.records) {
      const std::string name(cloud.view(record.name));
      if (const std::size_t at = name.find(".s3."); at != std::string::npos && at > 0) names.insert(name.substr(0, at));
    }
  }
  Change change(cloud.registry_ptr());
  for (const std::string& name : names) {
    Bucket bucket;
    bucket.id = registry.ids.get<BucketId>(registry.text("aws"), registry.text(name));
    bucket.head = {registry.text(name), registry.text("111122223333"), {}, {}, {}};
    bucket.region = registry.text("eu-central-1");
    if (name == "plain-2") bucket.region = registry.gaps.add({GapKind::not_collected, "its location", ""});
    if (cloud->buckets.find(bucket.id) == nullptr) change.put.buckets.push_back(bucket);
  }
  return apply(cloud, std::move(change));
}

std::vector<net::Target> asked(const Cloud& cloud) {
  std::vector<net::Target> all = net::targets(cloud, "eu-central-1");
  for (const char* service : {"s3", "dynamodb", "lambda", "sqs", "kms", "ecr", "execute-api", "iam"})
    all.emplace_back(net::ServiceTarget{service, "eu-central-1"});
  all.emplace_back(net::ServiceTarget{"s3", "us-east-1"});
  return all;
}

// Every appliance passes some names, so that what is assumed hangs on the name asked.
Settings vouching(const Cloud& cloud) {
  Settings s = settings(cloud);
  for (const Instance& instance : cloud->instances) {
    Assumption a;
    a.object = std::string(cloud.id(instance.id));
    a.passes = true;
    a.to = "s*.amazonaws.com";
    a.translates = true;
    s.assumptions.push_back(std::move(a));
  }
  return s;
}

void compare_all(const Cloud& cloud, std::uint64_t seed, std::uint16_t port, bool strict, std::size_t& flows) {
  const Settings vouched = seed % 4 == 1 ? vouching(cloud) : settings(cloud);
  const net::Engine engine(cloud, vouched, {.hops = false, .strict = strict, .reasons = false});
  const net::Engine telling(cloud, vouched, {.hops = true, .strict = strict, .reasons = true});
  const std::vector<net::Target> targets = asked(cloud);
  const auto decided = engine.decide_all(targets, port);
  ASSERT_EQ(decided.size(), engine.classes().size());
  std::map<std::tuple<Text, std::string, net::Verdict, net::DoorKind, bool>, std::size_t> counts;
  for (std::size_t c = 0; c < decided.size(); ++c) {
    ASSERT_EQ(decided[c].size(), targets.size());
    const net::SourceClass& from = engine.classes()[c];
    for (std::size_t t = 0; t < targets.size(); ++t) {
      const net::Flow flow{from.members.front(), targets[t], tcp, port};
      const net::Answer a = telling.answer(flow);
      const net::Answer terse = engine.answer(flow);
      EXPECT_TRUE(terse.verdict == a.verdict && terse.may == a.may && terse.has_door() == a.has_door() &&
                  terse.doors == a.doors)
          << "seed " << seed << ": " << cloud.id(from.members.front().object) << " to "
          << net::label(cloud, targets[t]).id << ": terse " << net::name(terse.verdict);
      const net::DoorKind door = a.has_door() ? a.door.kind : net::DoorKind::local;
      ++flows;
      counts[{from.members.front().account, net::label(cloud, targets[t]).service, a.verdict, door, a.has_door()}] +=
          from.members.size();
      EXPECT_TRUE((decided[c][t] == net::Decided{a.verdict, door, a.has_door()}))
          << "seed " << seed << ": " << cloud.id(from.members.front().object) << " to "
          << net::label(cloud, targets[t]).id << ": " << net::name(a.verdict) << " by " << net::name(door)
          << ", shared: " << net::name(decided[c][t].verdict) << " by " << net::name(decided[c][t].door);
    }
  }
  // Counted, by the same targets for every Region.
  std::vector<net::TargetsOfRegion> regions;
  std::set<std::string> seen;
  for (const net::SourceClass& c : engine.classes()) {
    const std::string region(cloud.view(c.members.front().region));
    if (seen.insert(region).second) regions.push_back({region, targets});
  }
  const std::vector<net::Count> tallied = engine.tally(regions, port).counts();
  ASSERT_EQ(tallied.size(), counts.size()) << "seed " << seed;
  auto expected = counts.begin();
  for (const net::Count& count : tallied) {
    EXPECT_TRUE(
        (std::tuple(count.account, count.service, count.verdict, count.door, count.has_door) == expected->first))
        << "seed " << seed;
    EXPECT_EQ(count.flows, expected->second) << "seed " << seed;
    ++expected;
  }
}

TEST(Tally, SharedWalksDecideAsSingleAnswersDo) {
  std::size_t flows = 0;
  const std::array kinds = {Estate::hubs, Estate::mixed, Estate::platform, Estate::mixed};
  const Seeds taken = seeds(sanitized ? 5 : 80);
  for (int n = 0; n < taken.count; ++n) {
    const std::uint64_t seed = taken.first + static_cast<std::uint64_t>(n);
    const Cloud cloud = with_buckets(estate(seed, kinds[static_cast<std::size_t>(n) % kinds.size()]));
    compare_all(cloud, seed, n % 5 == 0 ? 53 : 443, false, flows);
    generate::Random random(seed * 31 + 7);
    std::vector<std::string> erased;
    const Cloud less = generate::erase(cloud, {n % 2 == 0 ? 3 : 12, n % 4 == 0 ? 100 : 0}, random, erased);
    compare_all(less, seed, 443, n % 2 == 0, flows);
    if (testing::Test::HasFailure()) break;
  }
  std::printf("%zu flows\n", flows);
  EXPECT_GT(flows, 1000u);
}

}  // namespace
}  // namespace sallyport::net_judge
