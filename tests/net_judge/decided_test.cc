// How much is decided: of the flows that `paths` asks, how many are not `unknown`, and why the
// others are. Where all was collected it must be all of them, but for what the input itself
// contradicts and for what only the user can say (what lies behind a VPN, what an appliance
// passes): a flow that lacks something which was collected is a finding.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <string>

#include "net_judge/ask.h"
#include "net_judge/compare.h"
#include "read/input.h"

namespace sallyport::net_judge {
namespace {

struct Share {
  std::size_t all = 0;
  std::size_t unknown = 0;
  std::map<GapKind, std::size_t> kinds;  // of the first gap of each unknown flow
  std::map<std::string, std::size_t> causes;
  double decided() const { return all == 0 ? 1 : 1 - static_cast<double>(unknown) / static_cast<double>(all); }
};

void count(const Cloud& cloud, const Settings& settings, Share& share) {
  const net::Engine engine(cloud, settings);
  for (const net::SourceClass& c : engine.classes()) {
    for (const net::Target& target : net::targets(cloud, cloud.view(c.members.front().region))) {
      const net::Answer a = engine.answer({c.members.front(), target, tcp, 443});
      const std::size_t flows = c.members.size();
      share.all += flows;
      if (a.verdict != net::Verdict::unknown) continue;
      share.unknown += flows;
      ASSERT_FALSE(a.gaps.empty());
      const Gap& gap = cloud.registry().gaps[a.gaps.front()];
      share.kinds[gap.kind] += flows;
      share.causes[gap.what] += flows;
    }
  }
}

void print(const std::string& what, const Share& share) {
  std::printf("%-32s %8zu flows, %6.2f %% decided\n", what.c_str(), share.all, 100 * share.decided());
}

Share of_folder(const std::string& folder) {
  Share share;
  const auto cloud = read::read_cloud(std::make_shared<Registry>(), {folder});
  EXPECT_TRUE(cloud) << folder;
  if (cloud) count(*cloud, {}, share);
  print(folder.substr(folder.rfind('/', folder.rfind('/') - 1) + 1), share);
  for (const auto& [cause, flows] : share.causes) std::printf("    %6zu  %s\n", flows, cause.c_str());
  return share;
}

TEST(Decided, ArticleInItsFourStates) {
  for (const char* state : {"1-no-endpoints", "2-endpoints", "3-front-door-closed", "4-route-table-forgotten"}) {
    const Share share = of_folder(std::string(SALLYPORT_SOURCE_DIR) + "/examples/article/" + state);
    EXPECT_GT(share.all, 0U);
    EXPECT_EQ(share.unknown, 0U) << state;
  }
}

TEST(Decided, SnapshotsOfTheStandIn) {
  const char* corpora = std::getenv("SALLYPORT_CORPORA");
  if (corpora == nullptr) GTEST_SKIP() << "SALLYPORT_CORPORA is not set";
  // The stand-in gives the endpoint's interface another group than the endpoint. In AWS the groups
  // of an endpoint are those of its interfaces (CreateVpcEndpoint, SecurityGroupIds), so one of its
  // two answers is false: by the one the endpoint admits the workloads, by the other nobody. Both
  // flows stay open, and say so.
  for (const char* folder : {"/aws-stand-in/article", "/aws-stand-in/article-org"}) {
    const Share share = of_folder(std::string(corpora) + folder);
    EXPECT_EQ(share.all, 12U);
    EXPECT_EQ(share.unknown, 2U);
    EXPECT_EQ(share.kinds, (std::map<GapKind, std::size_t>{{GapKind::contradictory, 2}})) << folder;
  }
  const Share complete = of_folder(std::string(corpora) + "/aws-stand-in/tamvpc-complete");
  EXPECT_EQ(complete.all, 6U);
  EXPECT_EQ(complete.unknown, 0U);
}

// Generated networks hold what no AWS answer settles: own DNS servers, resolver rules that lead
// outside, VPNs, appliances for which nobody vouches, records in a circle. Nothing that AWS's
// answers could hold is missing in them: the one thing of the kind `not_collected` that may be
// met are the addresses of a service without a prefix list, where rules tell public ones apart.
TEST(Decided, GeneratedEstates) {
  const struct {
    const char* what;
    Estate kind;
    double least;
  } estates[] = {
      {"generated, mixed", Estate::mixed, 0.80},         {"generated, transit gateways", Estate::hubs, 0.84},
      {"generated, balancers", Estate::balancers, 0.88}, {"generated, recent", Estate::recent, 0.88},
      {"generated, inspected", Estate::inspected, 0.76}, {"generated, platform workloads", Estate::platform, 0.84}};
  for (const auto& [what, kind, least] : estates) {
    Share share;
    for (std::uint64_t seed = 1; seed <= (sanitized ? 5U : 150U); ++seed) {
      const Cloud cloud = estate(seed, kind);
      count(cloud, settings(cloud), share);
    }
    print(what, share);
    for (const auto& [gap, flows] : share.kinds) std::printf("    %6zu  %s\n", flows, name(gap));
    std::size_t addresses = 0;
    for (const auto& [cause, flows] : share.causes) {
      const bool of_a_service = cause.starts_with("the public addresses of ") ||
                                cause.starts_with("whether the service's public addresses lies behind ");
      if (of_a_service) addresses += flows;
    }
    const auto missing = share.kinds.find(GapKind::not_collected);
    EXPECT_LE(missing == share.kinds.end() ? 0 : missing->second, addresses) << what;
    EXPECT_GE(share.decided(), sanitized ? 0 : least) << what;
  }
}

}  // namespace
}  // namespace sallyport::net_judge
