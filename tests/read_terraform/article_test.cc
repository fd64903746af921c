// The article as plan, state and snapshot gives the same flows wherever two of them know.
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <map>

#include "flows.h"
#include "plan.h"
#include "read/terraform/document.h"
#include "types.h"

namespace sallyport::read {
namespace {

namespace fs = std::filesystem;

std::string example(const std::string& path) { return std::string(SALLYPORT_SOURCE_DIR) + "/examples/" + path; }

TEST(TerraformArticle, OurPlanGivesTheFlowsOfOurSnapshot) {
  const Flows plan = flows_of({example("terraform/plan.json")});
  const Flows snapshot = flows_of({example("article/2-endpoints")});
  const Compared c = compare("plan", plan, "snapshot", snapshot);
  EXPECT_EQ(c.contradictions, 0U);
  EXPECT_GE(c.both, 18U);
  // Only what depends on addresses that do not exist yet is open.
  EXPECT_GE(c.decided_left, c.both - 2);
  EXPECT_EQ(plan.at("lf6c -> s3delta (bucket)").door, "gateway-endpoint");
  EXPECT_EQ(plan.at("alpha5 -> lambda (service)").door, "interface-endpoint");
  EXPECT_EQ(plan.at("lf6c -> sqs (service)").door, "nat-gateway");
}

TEST(TerraformArticle, APlanOverASnapshotChangesNothingThatItDoesNotManage) {
  const Flows snapshot = flows_of({example("article/4-route-table-forgotten")});
  const auto registry = std::make_shared<Registry>();
  const auto both = read_cloud(registry, {example("article/4-route-table-forgotten"), example("terraform/plan.json")});
  ASSERT_TRUE(both.has_value());
  EXPECT_EQ((*both)->vpcs.size(), 2U);
  const net::Engine engine(*both);
  for (const net::Workload& workload : net::workloads(*both)) {
    if (both->registry().texts.has_symbol(both->registry().ids.id(workload.object)) ||
        workload.kind != net::WorkloadKind::instance)
      continue;
    const net::Answer a = engine.answer({workload, net::ServiceTarget{"s3", "eu-central-1"}, tcp, 443});
    EXPECT_EQ(a.verdict, snapshot.at("alpha5 -> s3 (service)").verdict);
  }
}

class TerraformCorpus : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* root = std::getenv("SALLYPORT_CORPORA");
    if (root == nullptr || !fs::is_directory(std::string(root) + "/terraform")) {
      GTEST_SKIP() << "SALLYPORT_CORPORA names no folder with `terraform`";
    }
    root_ = root;
  }
  std::string root_;
};

TEST_F(TerraformCorpus, PlanStateAndSnapshotOfTheArticleAgree) {
  const Flows plan = flows_of({root_ + "/terraform/article/plan.json"});
  const Flows snapshot = flows_of({root_ + "/aws-stand-in/article"});
  const Compared c = compare("plan", plan, "snapshot of the stand-in", snapshot);
  EXPECT_EQ(c.contradictions, 0U);
  EXPECT_GE(c.both, 18U);
  EXPECT_GE(c.decided_left, c.both - 2);
  for (const char* state : {"state-show.json", "terraform.tfstate"}) {
    const Compared s = compare(state, flows_of({root_ + "/terraform/article/" + state}), "plan", plan);
    EXPECT_EQ(s.contradictions, 0U);
    EXPECT_GE(s.both, 18U);
  }
}

// A state beside the snapshot of the same estate adds nothing and hides nothing.
TEST_F(TerraformCorpus, AStateOverTheSnapshotOfItsEstateChangesNoFlow) {
  const Flows alone = flows_of({root_ + "/aws-stand-in/article"});
  const Flows both = flows_of({root_ + "/aws-stand-in/article", root_ + "/terraform/article/state-show.json"});
  ASSERT_EQ(alone.size(), both.size());
  for (const auto& [flow, told] : alone) EXPECT_EQ(both.at(flow).verdict, told.verdict) << flow;
}

TEST_F(TerraformCorpus, EveryPublicPlanAndStateIsRead) {
  std::size_t files = 0, rows = 0;
  std::map<std::string, std::pair<TypeCounts, TypeCounts>> corpora;  // by folder: all types, those that are not read
  for (const auto& entry : fs::recursive_directory_iterator(root_ + "/terraform")) {
    const std::string path = entry.path().string();
    if (!entry.is_regular_file() || path.find("MANIFEST") != std::string::npos ||
        (!path.ends_with(".json") && !path.ends_with(".tfstate")))
      continue;
    const auto registry = std::make_shared<Registry>();
    const auto cloud = read_cloud(registry, {path});
    // The output of `terraform test` is neither plan nor state.
    if (path.find("mock-test-state") != std::string::npos) continue;
    ASSERT_TRUE(cloud.has_value()) << path << ": " << cloud.error().message;
    ++files;
    rows += (*cloud)->vpcs.size() + (*cloud)->subnets.size() + (*cloud)->route_tables.size() +
            (*cloud)->security_groups.size() + (*cloud)->endpoints.size();
    auto& [all, unread] = corpora[path.find("/public/") != std::string::npos ? "public" : "planned, applied"];
    for (const Unread& u : cloud->unread()) unread[u.what] += u.files;
    if (auto tree = json::parse(file(path), 0)) {
      const terraform::Document document(*tree);
      for (const terraform::Resource& r : document.resources()) {
        if (r.stays()) ++all[std::string(r.type)];
      }
    }
    for (const Diagnostic& d : cloud->diagnostics())
      EXPECT_NE(d.severity, Severity::error) << path << ": " << d.message;
  }
  EXPECT_GE(files, 40U);
  EXPECT_GT(rows, 100U);
  std::printf("  %zu files, %zu network rows\n", files, rows);
  for (const auto& [corpus, counts] : corpora) print_types(corpus.c_str(), counts.first, counts.second, 0);
}

}  // namespace
}  // namespace sallyport::read
