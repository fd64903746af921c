// The public module's `complete` example in three forms: the state of a real apply (against a stand-in
// of AWS), the stand-in's answers after it, and the plan filled in by a mocked apply. Where two of
// them know, they agree.
//
// The example has no workloads, so each subnet gets a probe, named after its block: the forms
// share blocks and names, not ids.
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

#include "flows.h"
#include "plan.h"
#include "probes.h"
#include "read/terraform/resolved.h"

namespace sallyport::read {
namespace {

namespace fs = std::filesystem;

// The stand-in has a default VPC (172.31.0.0/16) beside the example's.
bool is_of_the_example(const Subnet& subnet) {
  const Value<Prefix>& block = subnet.cidrs.items[0];
  return block.known() && parse_prefix("10.0.0.0/16")->contains(block->base);
}

Flows probe(const Cloud& plain) {
  const Cloud cloud = with_probes(plain, is_of_the_example);
  const net::Engine engine(cloud);
  Flows flows;
  const auto is_probe = [&](const net::Workload& w) { return cloud.view(w.name).starts_with("probe in "); };
  for (const net::Workload& workload : net::workloads(cloud)) {
    if (!is_probe(workload)) continue;
    const std::string region(cloud.view(workload.region));
    std::vector<net::Target> targets;
    for (const char* service : {"s3", "dynamodb", "sqs", "kms", "ecs", "ecr", "lambda"}) {
      targets.emplace_back(net::ServiceTarget{service, region});
    }
    for (const net::Workload& other : net::workloads(cloud)) {
      if (is_probe(other) && other.object != workload.object) targets.emplace_back(net::WorkloadTarget{other});
    }
    for (const net::Target& target : targets) {
      const net::Answer a = engine.answer({workload, target, tcp, 443});
      Told told{a.verdict, a.has_door() ? net::name(a.door.kind) : "", {}, a.may};
      for (const GapId gap : a.gaps) {
        if (told.why.empty()) told.why = cloud.registry().gaps[gap].what;
      }
      flows[std::string(cloud.view(workload.name)) + " -> " + net::label(cloud, target).name] = told;
    }
  }
  return flows;
}

class TamvpcComplete : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* root = std::getenv("SALLYPORT_CORPORA");
    if (root == nullptr || !fs::is_directory(std::string(root) + "/terraform/tamvpc-complete-applied")) {
      GTEST_SKIP() << "SALLYPORT_CORPORA names no folder with `terraform/tamvpc-complete-applied`";
    }
    root_ = root;
  }
  Flows of(const std::string& path) const {
    const auto registry = std::make_shared<Registry>();
    const auto cloud = read_cloud(registry, {root_ + path});
    EXPECT_TRUE(cloud.has_value()) << (cloud ? "" : cloud.error().message);
    return cloud ? probe(*cloud) : Flows();
  }
  Flows resolved() const {
    const auto registry = std::make_shared<Registry>();
    const auto tree = [&](const std::string& path, std::string text) {
      auto parsed = json::parse(std::move(text), registry->documents.add_text(path, ""));
      EXPECT_TRUE(parsed.has_value()) << path;
      return std::move(*parsed);
    };
    const std::string example = "/terraform/planned/terraform-aws-modules/tamvpc--examples_complete.plan.json";
    const json::Tree plan = tree("plan", file(root_ + example));
    const json::Tree state = tree("state", file(root_ + "/terraform/mock-test-state/tamvpc-complete.test_state.json"));
    const json::Tree whole = tree("resolved", resolved_plan(plan.root(), state.root()));
    return probe(apply(Cloud(registry), read_terraform(Cloud(registry), whole)));
  }
  std::string root_;
};

TEST_F(TamvpcComplete, StateSnapshotAndResolvedPlanAgree) {
  const Flows state = of("/terraform/tamvpc-complete-applied/state-show.json");
  const Flows raw = of("/terraform/tamvpc-complete-applied/terraform.tfstate");
  const Flows snapshot = of("/aws-stand-in/tamvpc-complete");
  const Flows plan = resolved();
  // The two states are one: what one shows, the other does.
  ASSERT_EQ(state.size(), raw.size());
  for (const auto& [flow, told] : state) EXPECT_EQ(raw.at(flow).verdict, told.verdict) << flow;
  const Compared a = compare("state", state, "snapshot", snapshot);
  const Compared b = compare("resolved plan", plan, "snapshot", snapshot);
  const Compared c = compare("state", state, "resolved plan", plan);
  for (const Compared& one : {a, b, c}) {
    EXPECT_EQ(one.contradictions, 0U);
    EXPECT_GE(one.both, 400U);
  }
  EXPECT_GE(b.decided_both, 1U);
}

}  // namespace
}  // namespace sallyport::read
