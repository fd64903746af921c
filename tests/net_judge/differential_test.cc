// The engine against the independent judge, on random clouds of which everything is
// known: every verdict must be the same, and every door one that a packet takes.
//
// The engine may be weaker where it says so (`unknown`, the truth among `may`): its
// sets lump together what the judge's single packets tell apart. That must stay rare.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "net_judge/compare.h"
#include "net_judge/seeds.h"

namespace sallyport::net_judge {
namespace {

constexpr int clouds = sanitized ? 10 : 250;    // a shard
constexpr int questions = sanitized ? 20 : 50;  // a cloud; each is a hundred packets and more

struct Share {
  int number;
  Estate estate;
};

void PrintTo(const Share& share, std::ostream* out) { *out << "share " << share.number; }

class Differential : public testing::TestWithParam<Share> {};

TEST_P(Differential, EngineAgreesWithTheJudgeOfSinglePackets) {
  std::size_t packets = 0;
  int asked = 0;
  int weaker = 0;
  int wrong = 0;
  int verdicts[4] = {};
  int over_transit = 0;
  std::set<std::string> causes;
  std::map<std::string, int> met;
  const Seeds taken = seeds(clouds);
  for (int n = 0; n < taken.count; ++n) {
    const std::uint64_t seed = taken.first + static_cast<std::uint64_t>(GetParam().number * 10'000 + n);
    const Cloud cloud = estate(seed, GetParam().estate);
    // By turns: what every step was, or no more than how it ends (fate.h).
    const net::Engine engine(cloud, settings(cloud), {.hops = n % 2 == 0, .strict = false, .reasons = n % 2 == 0});
    const net::Engine telling(cloud, settings(cloud), {});
    generate::Random random(seed * 7919 + 1);
    for (int i = 0; i < questions; ++i) {
      const naive::Question q = question(cloud, random, GetParam().estate);
      const naive::Judgement truth = naive::judge(cloud, q, given(cloud));
      packets += truth.packets;
      if (truth.unsettled) continue;  // the rules do not say
      ++asked;
      ++verdicts[static_cast<int>(truth.verdict)];
      for (const std::string& rule : truth.met) ++met[rule];
      const net::Answer answer = engine.answer(flow(cloud, q));
      if (std::any_of(answer.doors.begin(), answer.doors.end(),
                      [](const net::Door& d) { return d.kind == net::DoorKind::transit_gateway; }))
        ++over_transit;
      Finding finding = compare(truth, answer);
      if (other_door_only(truth, answer)) finding = {};
      if (finding.parting == Parting::weaker) ++weaker;
      if (finding.parting != Parting::wrong) continue;
      const std::string name = "seed-" + std::to_string(seed) + "-" + std::to_string(i);
      ++wrong;
      // One report a cause.
      if (causes.insert(finding.how + answer.reason.code).second)
        ADD_FAILURE() << report(cloud, name, q, truth, telling.answer(flow(cloud, q)), finding);
      dump(cloud, name, q, truth);
    }
  }
  std::printf(
      "%d flows, %zu packets: %d private, %d public, %d blocked, %d unknown; %d over transit "
      "gateways; engine weaker in %d, wrong in %d\n",
      asked, packets, verdicts[0], verdicts[1], verdicts[2], verdicts[3], over_transit, weaker, wrong);
  for (const auto& [rule, flows] : met) std::printf("  %s: %d\n", rule.c_str(), flows);
  EXPECT_EQ(wrong, 0);
  // Shares mean something of thousands of flows; the release run holds them.
  if (sanitized) return;
  EXPECT_LE(weaker, asked / (GetParam().estate == Estate::mixed ? 100 : 50));
  // A generator that makes one kind of flow only would prove nothing.
  if (GetParam().estate == Estate::hubs) {
    EXPECT_GE(over_transit, asked / 40);
    return;
  }
  if (GetParam().estate == Estate::inspected) {
    for (const char* rule : {"GW-2", "RT-14", "TG-10", "TG-12"})
      EXPECT_GE(met[rule] * 100, asked) << "too few flows meet " << rule;
    return;
  }
  if (GetParam().estate == Estate::recent) {
    for (const char* rule : {"NA-8", "NA-8: DNS64", "NA-9", "DN-13", "DN-16", "RE-1", "RE-2", "RE-7"})
      EXPECT_GE(met[rule] * 100, asked) << "too few flows meet " << rule;
    return;
  }
  if (GetParam().estate == Estate::platform) {
    for (const char* rule : {"PW-1", "PW-2", "PW-3", "PW-4", "PW-5", "PW-6"})
      EXPECT_GE(met[rule] * 100, asked) << "too few flows meet " << rule;
    return;
  }
  if (GetParam().estate == Estate::balancers) {
    EXPECT_GE(verdicts[0] + verdicts[1], asked / 12);
    return;
  }
  for (int v = 0; v < 3; ++v) EXPECT_GE(verdicts[v] * 100, asked * 15 - 500) << "too few of verdict " << v;
}

INSTANTIATE_TEST_SUITE_P(Shard, Differential,
                         testing::Values(Share{0, Estate::mixed}, Share{1, Estate::mixed}, Share{2, Estate::mixed},
                                         Share{3, Estate::mixed}));
INSTANTIATE_TEST_SUITE_P(Hubs, Differential, testing::Values(Share{4, Estate::hubs}, Share{5, Estate::hubs}));
INSTANTIATE_TEST_SUITE_P(Balancers, Differential,
                         testing::Values(Share{6, Estate::balancers}, Share{7, Estate::balancers}));
INSTANTIATE_TEST_SUITE_P(Inspected, Differential,
                         testing::Values(Share{10, Estate::inspected}, Share{11, Estate::inspected}));
INSTANTIATE_TEST_SUITE_P(Platform, Differential,
                         testing::Values(Share{12, Estate::platform}, Share{13, Estate::platform}));
INSTANTIATE_TEST_SUITE_P(Recent, Differential, testing::Values(Share{8, Estate::recent}, Share{9, Estate::recent}));

}  // namespace
}  // namespace sallyport::net_judge
