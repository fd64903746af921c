// How much of what a new build will do its plan decides: for a probe in each subnet, with all
// that a mocked apply of the same configuration makes known beside it.
//
// Real plans have few workloads; so each subnet gets one, whose group lets everything through and
// which has no public address, and it is asked for services and for the other probes.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "flows.h"
#include "plan.h"
#include "probes.h"
#include "read/terraform/resolved.h"

namespace sallyport::read {
namespace {

namespace fs = std::filesystem;

// For DNS servers of one's own somebody vouches: they ask the VPC's resolver.
Settings vouching(const Cloud& cloud) {
  Settings settings;
  for (const Vpc& vpc : cloud->vpcs) {
    Assumption a;
    a.object = a.with = std::string(cloud.id(vpc.id));
    a.answers = true;
    settings.assumptions.push_back(std::move(a));
  }
  return settings;
}

Flows probe(const Cloud& plain, bool vouched = false) {
  const Cloud cloud = with_probes(plain);
  const net::Engine engine(cloud, vouched ? vouching(cloud) : Settings());
  Flows flows;
  for (const net::Workload& workload : net::workloads(cloud)) {
    if (workload.kind != net::WorkloadKind::instance) continue;
    const std::string region(cloud.view(workload.region));
    std::vector<net::Target> targets;
    for (const char* service : {"s3", "dynamodb", "sqs", "kms", "sts", "ecr", "lambda"}) {
      targets.emplace_back(net::ServiceTarget{service, region});
    }
    for (const net::Workload& other : net::workloads(cloud)) {
      if (other.kind == net::WorkloadKind::instance && other.object != workload.object) {
        targets.emplace_back(net::WorkloadTarget{other});
      }
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

json::Tree tree_of(const RegistryPtr& registry, const std::string& name, std::string text) {
  auto tree = json::parse(std::move(text), registry->documents.add_text(name, ""));
  EXPECT_TRUE(tree.has_value()) << name << ": " << (tree ? "" : tree.error().message);
  return std::move(*tree);
}

Flows flows_of_plan(const std::string& text, bool vouched = false) {
  const auto registry = std::make_shared<Registry>();
  const json::Tree tree = tree_of(registry, "plan", text);
  return probe(apply(Cloud(registry), read_terraform(Cloud(registry), tree)), vouched);
}

std::size_t decided(const Flows& flows) {
  return static_cast<std::size_t>(std::count_if(
      flows.begin(), flows.end(), [](const auto& f) { return f.second.verdict != net::Verdict::unknown; }));
}

// The causes that leave most flows open.
void print_causes(const Flows& flows) {
  std::map<std::string, std::size_t> causes;
  for (const auto& [_, told] : flows) {
    if (told.verdict == net::Verdict::unknown) ++causes[told.why];
  }
  std::vector<std::pair<std::size_t, std::string>> sorted;
  for (const auto& [why, n] : causes) sorted.emplace_back(n, why);
  std::sort(sorted.rbegin(), sorted.rend());
  for (std::size_t i = 0; i < std::min<std::size_t>(5, sorted.size()); ++i) {
    std::printf("      %zu: %s\n", sorted[i].first, sorted[i].second.c_str());
  }
}

// Flows of both that both decide, and how many of them alike.
std::pair<std::size_t, std::size_t> agreement(const Flows& a, const Flows& b) {
  std::size_t both = 0, alike = 0;
  for (const auto& [flow, x] : a) {
    const auto y = b.find(flow);
    if (y == b.end() || x.verdict == net::Verdict::unknown || y->second.verdict == net::Verdict::unknown) continue;
    ++both;
    const bool same = x.verdict == y->second.verdict && x.door == y->second.door;
    alike += same;
    if (!same) std::printf("      DIFFERS: %s\n", flow.c_str());
  }
  return {both, alike};
}

class TerraformDecided : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* root = std::getenv("SALLYPORT_CORPORA");
    if (root == nullptr || !fs::is_directory(std::string(root) + "/terraform/planned")) {
      GTEST_SKIP() << "SALLYPORT_CORPORA names no folder with `terraform/planned`";
    }
    root_ = std::string(root) + "/terraform/";
  }
  std::string root_;
};

TEST_F(TerraformDecided, EachPlanAlone) {
  std::vector<std::string> paths;
  for (const auto& entry : fs::recursive_directory_iterator(root_ + "planned")) {
    const std::string path = entry.path().string();
    if (path.ends_with(".plan.json")) paths.push_back(path);
  }
  std::sort(paths.begin(), paths.end());
  std::size_t all = 0, known = 0;
  for (const std::string& path : paths) {
    const Flows flows = flows_of_plan(file(path));
    all += flows.size();
    known += decided(flows);
    std::printf("  %-60s %4zu of %4zu\n", fs::path(path).filename().c_str(), decided(flows), flows.size());
    print_causes(flows);
  }
  std::printf("  %zu of %zu flows decided\n", known, all);
  EXPECT_GE(paths.size(), 8U);
  EXPECT_GE(known * 5, all * 4);  // the floor: 80 %
}

// The public module's `complete` example: the plan alone, and filled in by the mocked apply.
TEST_F(TerraformDecided, WhatThePlanDecidesTheMockedApplyConfirms) {
  const std::string plan = file(root_ + "planned/terraform-aws-modules/tamvpc--examples_complete.plan.json");
  const auto registry = std::make_shared<Registry>();
  const json::Tree planned = tree_of(registry, "plan", plan);
  const json::Tree mocked = tree_of(registry, "state", file(root_ + "mock-test-state/tamvpc-complete.test_state.json"));
  const Flows alone = flows_of_plan(plan);
  const Flows resolved = flows_of_plan(resolved_plan(planned.root(), mocked.root()));
  const auto [both, alike] = agreement(alone, resolved);
  std::printf("  alone %zu of %zu, resolved %zu of %zu, both %zu, alike %zu\n", decided(alone), alone.size(),
              decided(resolved), resolved.size(), both, alike);
  print_causes(resolved);
  EXPECT_EQ(both, alike);
  // All but those whose names custom DNS servers answer; and these, once somebody says what they answer. (An endpoint
  // of S3 is given an empty list of subnets, which looks like none given.)
  EXPECT_GE(decided(resolved), 306U);
  const Flows vouched = flows_of_plan(resolved_plan(planned.root(), mocked.root()), true);
  std::printf("  resolved, and the DNS servers vouched for: %zu of %zu\n", decided(vouched), vouched.size());
  print_causes(vouched);
  EXPECT_GE(decided(vouched) * 100, vouched.size() * 95);
}

// What `resolve` makes of the same plans, where somebody has run it: SALLYPORT_RESOLVED names a folder in which each
// file has its plan's name. (The configurations are public, but not in the corpora.)
TEST_F(TerraformDecided, ResolvedPlansThatAreGiven) {
  const char* folder = std::getenv("SALLYPORT_RESOLVED");
  if (folder == nullptr) GTEST_SKIP() << "SALLYPORT_RESOLVED names no folder of resolved plans";
  std::size_t all = 0, known = 0, known_vouched = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const std::string of = name.starts_with("tamvpc") ? "terraform-aws-modules/" : "FonNkwenti/";
    const Flows alone = flows_of_plan(file(root_ + "planned/" + of + name));
    const Flows resolved = flows_of_plan(file(entry.path().string()));
    const auto [both, alike] = agreement(alone, resolved);
    std::printf("  %-50s alone %zu of %zu, resolved %zu of %zu, both %zu, alike %zu\n", name.c_str(), decided(alone),
                alone.size(), decided(resolved), resolved.size(), both, alike);
    print_causes(resolved);
    known_vouched += decided(flows_of_plan(file(entry.path().string()), true));
    EXPECT_EQ(both, alike);
    EXPECT_EQ(alone.size(), resolved.size());
    all += resolved.size(), known += decided(resolved);
  }
  std::printf("  %zu of %zu flows decided, %zu where DNS servers are vouched for\n", known, all, known_vouched);
  EXPECT_GT(all, 0U);
}

}  // namespace
}  // namespace sallyport::read
