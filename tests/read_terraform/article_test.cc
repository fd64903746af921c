// The article as plan, state and snapshot gives the same flows wherever two of them know.
#include <gmock/gmock.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>

#include "plan.h"
#include "read/input.h"

namespace sallyport::read {
namespace {

namespace fs = std::filesystem;

struct Told {
  net::Verdict verdict;
  std::string door;
  std::string why;
};
using Flows = std::map<std::string, Told>;  // "alpha5 -> s3 (service)"

// All flows of all workloads to all targets, by names: ids differ between the forms.
Flows flows_of(const std::vector<std::string>& paths) {
  const auto registry = std::make_shared<Registry>();
  const auto cloud = read_cloud(registry, paths);
  EXPECT_TRUE(cloud.has_value()) << (cloud ? "" : cloud.error().message);
  Flows flows;
  if (!cloud) return flows;
  const net::Engine engine(*cloud);
  for (const net::Workload& workload : net::workloads(*cloud)) {
    std::vector<net::Target> targets = net::targets(*cloud, "eu-central-1");
    for (const char* service : {"sqs", "kms", "sts"}) targets.emplace_back(net::ServiceTarget{service, "eu-central-1"});
    for (const net::Workload& other : net::workloads(*cloud)) {
      if (other.kind == net::WorkloadKind::instance) targets.emplace_back(net::WorkloadTarget{other});
    }
    for (const net::Target& target : targets) {
      const net::Answer a = engine.answer({workload, target, tcp, 443});
      const net::Label to = net::label(*cloud, target);
      Told told{a.verdict, a.has_door() ? net::name(a.door.kind) : "", {}};
      for (const GapId gap : a.gaps) {
        if (told.why.empty()) told.why = registry->gaps[gap].what;
      }
      flows[std::string(cloud->view(workload.name)) + " -> " + to.name + " (" + to.kind + ")"] = told;
    }
  }
  return flows;
}

// Prints where the two differ; counts flows of both, decided by both, and contradictions.
struct Compared {
  std::size_t both = 0, decided_left = 0, decided_both = 0, contradictions = 0;
};
Compared compare(const std::string& left_name, const Flows& left, const std::string& right_name, const Flows& right) {
  Compared c;
  std::cout << "  " << left_name << " against " << right_name << ":\n";
  for (const auto& [flow, a] : left) {
    const auto found = right.find(flow);
    if (found == right.end()) continue;
    const Told& b = found->second;
    ++c.both;
    const bool known_a = a.verdict != net::Verdict::unknown;
    const bool known_b = b.verdict != net::Verdict::unknown;
    c.decided_left += known_a;
    c.decided_both += known_a && known_b;
    const bool same = a.verdict == b.verdict && a.door == b.door;
    c.contradictions += known_a && known_b && !same;
    if (same) continue;
    std::printf("    %-28s %-8s %-18s | %-8s %-18s %s\n", flow.c_str(), net::name(a.verdict), a.door.c_str(),
                net::name(b.verdict), b.door.c_str(), (known_a ? b.why : a.why).c_str());
  }
  std::printf("    %zu flows, %zu decided by the first, %zu by both, %zu contradictions\n", c.both, c.decided_left,
              c.decided_both, c.contradictions);
  return c;
}

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
  std::map<std::string, std::size_t> unread;
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
    for (const Unread& u : cloud->unread()) unread[u.what] += u.files;
    for (const Diagnostic& d : cloud->diagnostics())
      EXPECT_NE(d.severity, Severity::error) << path << ": " << d.message;
  }
  EXPECT_GE(files, 40U);
  EXPECT_GT(rows, 100U);
  std::printf("  %zu files, %zu network rows; types that are not read:", files, rows);
  for (const auto& [type, number] : unread) std::printf(" %s %zu,", type.c_str(), number);
  std::printf("\n");
}

}  // namespace
}  // namespace sallyport::read
