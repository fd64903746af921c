// The most important test of paths: what the engine claims of a cloud of which
// something is missing must be true of the full one, or be `unknown` with the truth
// among what it may be. A wrong `private` or `blocked` here is the worst of errors.
#include <gtest/gtest.h>

#include <set>

#include "library/net/erase.h"
#include "net_judge/compare.h"
#include "net_judge/seeds.h"

namespace sallyport::net_judge {
namespace {

constexpr int clouds = sanitized ? 8 : 100;  // for each way of erasing
constexpr int questions = sanitized ? 20 : 100;

// Is what a question names still in the cloud?
bool stands(const Cloud& cloud, Ref ref) {
  switch (ref.kind) {
    case Kind::instance: return cloud->instances.find(ref.as<Kind::instance>()) != nullptr;
    case Kind::function: return cloud->functions.find(ref.as<Kind::function>()) != nullptr;
    case Kind::network_interface: return cloud->interfaces.find(ref.as<Kind::network_interface>()) != nullptr;
    case Kind::load_balancer: return cloud->load_balancers.find(ref.as<Kind::load_balancer>()) != nullptr;
    case Kind::endpoint: return cloud->endpoints.find(ref.as<Kind::endpoint>()) != nullptr;
    case Kind::platform_workload: return cloud->platform_workloads.find(ref.as<Kind::platform_workload>()) != nullptr;
    case Kind::bucket: return cloud->buckets.find(ref.as<Kind::bucket>()) != nullptr;
    case Kind::table: return cloud->tables.find(ref.as<Kind::table>()) != nullptr;
    default: return false;
  }
}

bool stands(const Cloud& cloud, const naive::Question& q) {
  const Ref* from = std::get_if<Ref>(&q.from);
  const Ref* to = std::get_if<Ref>(&q.to);
  return (from == nullptr || stands(cloud, *from)) && (to == nullptr || stands(cloud, *to));
}

// `internet` is what no AWS-managed list *of the input* holds: without a list's entries
// the same word means more addresses.
bool means_the_same(const Cloud& full, const Cloud& less, const naive::Question& q) {
  if (!std::holds_alternative<naive::Internet>(q.from) && !std::holds_alternative<naive::Internet>(q.to)) return true;
  for (const PrefixList& list : full->prefix_lists) {
    const PrefixList* left = less->prefix_lists.find(list.id);
    if (*list.aws_managed && (left == nullptr || left->entries.size() != list.entries.size())) return false;
  }
  return true;
}

struct Way {
  const char* name;
  generate::Erasure erasure;
  Estate estate = Estate::mixed;
};

void PrintTo(const Way& way, std::ostream* out) { *out << way.name; }

class Soundness : public testing::TestWithParam<Way> {};

TEST_P(Soundness, NoClaimAboutWhatIsMissingIsFalse) {
  int asked = 0;
  int decided = 0;
  int wrong = 0;
  std::set<std::string> causes;
  const Seeds taken = seeds(clouds);
  for (int n = 0; n < taken.count; ++n) {
    const std::uint64_t seed = taken.first + static_cast<std::uint64_t>(n);
    const Cloud full = estate(seed, GetParam().estate);
    generate::Random random(seed * 104'729 + static_cast<std::uint64_t>(GetParam().erasure.pieces));
    std::vector<std::string> erased;
    const Cloud less = generate::erase(full, GetParam().erasure, random, erased);
    const net::Engine knowing(full, settings(full));
    // Strict: nothing that was not collected is taken to be AWS's default.
    const net::Engine engine(less, settings(full), {.hops = n % 2 == 0, .strict = true, .reasons = n % 2 == 0});
    for (int i = 0; i < questions; ++i) {
      const naive::Question q = question(full, random, GetParam().estate);
      if (!stands(less, q) || !means_the_same(full, less, q)) continue;
      const naive::Judgement truth = naive::judge(full, q, given(full));
      if (truth.unsettled) continue;
      // Where the engine errs with full knowledge, the differential test says so.
      if (compare(truth, knowing.answer(flow(full, q))).parting == Parting::wrong) continue;
      ++asked;
      const net::Answer answer = engine.answer(flow(less, q));
      Finding finding = compare(truth, answer);
      if (other_door_only(truth, answer)) finding = {};
      if (answer.verdict != net::Verdict::unknown) ++decided;
      if (finding.parting != Parting::wrong) continue;
      const std::string name = std::string(GetParam().name) + "-" + std::to_string(seed) + "-" + std::to_string(i);
      ++wrong;
      if (!causes.insert(finding.how + answer.reason.code).second) continue;  // one report a cause
      std::string what = "  erased:";
      for (const std::string& piece : erased) what += "\n    " + piece;
      ADD_FAILURE() << report(full, name, q, truth, answer, finding) << what << "\n";
    }
  }
  std::printf("%d flows, %d decided although something is missing, %d wrongly\n", asked, decided, wrong);
  EXPECT_EQ(wrong, 0);
  EXPECT_GT(asked, taken.count * questions / 2);
  EXPECT_GT(decided, asked / 10);  // `unknown` to everything would be sound, and useless
}

constexpr Way ways[] = {
    {"OnePiece", {1, 0}},
    {"ThreePieces", {3, 0}},
    {"TenPieces", {10, 0}},
    {"WholeKind", {0, 100}},
    {"HubsOnePiece", {1, 0}, Estate::hubs},
    {"HubsFivePieces", {5, 0}, Estate::hubs},
    {"HubsWholeKind", {0, 100}, Estate::hubs},
    {"BalancersOnePiece", {1, 0}, Estate::balancers},
    {"BalancersFivePieces", {5, 0}, Estate::balancers},
    {"BalancersWholeKind", {0, 100}, Estate::balancers},
    {"RecentOnePiece", {1, 0}, Estate::recent},
    {"InspectedOnePiece", {1, 0}, Estate::inspected},
    {"InspectedWholeKind", {0, 100}, Estate::inspected},
    {"RecentWholeKind", {0, 100}, Estate::recent},
    {"PlatformOnePiece", {1, 0}, Estate::platform},
    {"PlatformWholeKind", {0, 100}, Estate::platform},
};
INSTANTIATE_TEST_SUITE_P(Erase, Soundness, testing::ValuesIn(ways),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace sallyport::net_judge
