// Real snapshots, read whole: nothing crashes, and what was read is counted.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "read/input.h"

namespace sallyport::read {
namespace {

namespace fs = std::filesystem;

std::string corpora() {
  const char* folder = std::getenv("SALLYPORT_CORPORA");
  return folder == nullptr || !fs::is_directory(folder) ? std::string() : std::string(folder);
}

struct Counts {
  std::size_t rows = 0;
  std::size_t warnings = 0;
  std::size_t notes = 0;
};

Counts count(const Cloud& cloud) {
  Counts counts;
  const CloudTables& t = cloud.tables();
  counts.rows = t.vpcs.size() + t.subnets.size() + t.route_tables.size() + t.network_acls.size() +
                t.security_groups.size() + t.interfaces.size() + t.instances.size() + t.internet_gateways.size() +
                t.nat_gateways.size() + t.endpoints.size() + t.endpoint_services.size() + t.prefix_lists.size() +
                t.peerings.size() + t.functions.size() + t.buckets.size() + t.tables.size() + t.roles.size() +
                t.users.size() + t.policies.size() + t.org_nodes.size() + t.hosted_zones.size();
  for (const Diagnostic& d : cloud.diagnostics()) ++(d.severity == Severity::note ? counts.notes : counts.warnings);
  return counts;
}

Cloud read_one(const std::string& folder) {
  const auto registry = std::make_shared<Registry>();
  const auto cloud = read_cloud(registry, {folder});
  EXPECT_TRUE(cloud) << folder << ": " << (cloud ? "" : cloud.error().message);
  if (!cloud) return Cloud(registry);
  const Counts c = count(*cloud);
  std::printf("%-48s %5zu objects %4zu warnings %4zu notes\n", fs::path(folder).filename().c_str(), c.rows, c.warnings,
              c.notes);
  return *cloud;
}

TEST(Corpora, EverySnapshotIsRead) {
  if (corpora().empty()) GTEST_SKIP() << "SALLYPORT_CORPORA is not set";
  std::vector<std::string> folders = {corpora() + "/cloudmapper-demo"};
  for (const char* parent : {"/batfish", "/aws-stand-in"}) {
    for (const auto& entry : fs::directory_iterator(corpora() + parent)) {
      if (entry.is_directory()) folders.push_back(entry.path().string());
    }
  }
  std::sort(folders.begin(), folders.end());
  EXPECT_GE(folders.size(), 20U);
  for (const std::string& folder : folders) read_one(folder);
}

TEST(Corpora, TheStandInsMistakesAreSaid) {
  if (corpora().empty()) GTEST_SKIP() << "SALLYPORT_CORPORA is not set";
  const Cloud cloud = read_one(corpora() + "/aws-stand-in/article");
  const auto says = [&](std::string_view code, std::string_view words) {
    return std::any_of(cloud.diagnostics().begin(), cloud.diagnostics().end(), [&](const Diagnostic& d) {
      return d.code == code && d.message.find(words) != std::string::npos;
    });
  };
  EXPECT_TRUE(says("contradiction", "lies outside its subnet"));
  EXPECT_TRUE(says("contradiction", "is of another type"));
  EXPECT_TRUE(says("contradiction", "has other security groups"));
  EXPECT_TRUE(says("bad-value", "is no endpoint's DNS name"));
}

TEST(Corpora, TheLayoutOfOthersTellsRegionAndAccount) {
  if (corpora().empty()) GTEST_SKIP() << "SALLYPORT_CORPORA is not set";
  const Cloud demo = read_one(corpora() + "/cloudmapper-demo");
  ASSERT_FALSE(demo->subnets.empty());
  EXPECT_EQ(demo.view(demo->subnets.rows()[0].head.region), "us-east-1");
  EXPECT_EQ(demo.view(demo->subnets.rows()[0].head.account), "123456789012");
  ASSERT_FALSE(demo->buckets.empty());
  EXPECT_EQ(demo.view(demo->buckets.rows()[0].head.name), "cloudmapper_demo");
  EXPECT_TRUE(demo->buckets.rows()[0].policy.known());
  const Cloud flat = read_one(corpora() + "/batfish/test-public-private-subnet");
  EXPECT_EQ(flat.view(flat->subnets.rows()[0].head.region), "us-east-2");
}

// The house's own examples hold nothing that is not known.
TEST(Examples, AreCollectedCompletely) {
  for (const char* state : {"1-no-endpoints", "2-endpoints", "3-front-door-closed", "4-route-table-forgotten"}) {
    const auto registry = std::make_shared<Registry>();
    const auto cloud = read_cloud(registry, {std::string(SALLYPORT_SOURCE_DIR "/examples/article/") + state});
    ASSERT_TRUE(cloud) << state;
    EXPECT_TRUE(cloud->diagnostics().empty()) << cloud->diagnostics()[0].message;
    EXPECT_EQ(registry->gaps.size(), 2U) << state;  // the empty cloud's own: its organization
  }
}

TEST(Input, RefusesWhatIsNoInput) {
  const auto refusal = [](std::vector<std::string> paths) {
    const auto cloud = read_cloud(std::make_shared<Registry>(), paths);
    return cloud ? std::string() : cloud.error().message;
  };
  EXPECT_EQ(refusal({"does-not-exist"}), "`does-not-exist` does not exist");
  EXPECT_EQ(refusal({SALLYPORT_SOURCE_DIR "/src"}), "nothing in the input could be read");
  EXPECT_NE(refusal({SALLYPORT_SOURCE_DIR "/README.md"}), "");
  EXPECT_EQ(refusal({"-"}), "standard input cannot be read here");
}

}  // namespace
}  // namespace sallyport::read
