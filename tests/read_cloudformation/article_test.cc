// The article as template, as CDK output, as Terraform plan and as snapshot gives the same
// flows wherever two of them know. Real templates are read without a crash.
#include <gmock/gmock.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "read/input.h"
#include "read_terraform/types.h"
#include "template.h"

namespace sallyport::read {
namespace {

namespace fs = std::filesystem;

struct Told {
  net::Verdict verdict;
  std::string door;
  std::string why;
};
using Flows = std::map<std::string, Told>;  // "alpha5 -> s3 (service)"

// `ArticleNet/alpha5` -> `alpha5`: what the CDK puts before names.
std::string plain(std::string name) { return name.substr(name.rfind('/') + 1); }

Cloud cloud_at(const std::vector<std::string>& paths, const InputOptions& options = {}) {
  auto cloud = read_cloud(std::make_shared<Registry>(), paths, nullptr, options);
  EXPECT_TRUE(cloud.has_value()) << (cloud ? "" : cloud.error().message);
  return cloud ? *cloud : Cloud(std::make_shared<Registry>());
}

// All flows of all workloads to all targets, by names: ids differ between the forms.
Flows flows_of(const Cloud& cloud) {
  Flows flows;
  const net::Engine engine(cloud);
  for (const net::Workload& workload : net::workloads(cloud)) {
    std::vector<net::Target> targets = net::targets(cloud, "eu-central-1");
    for (const char* service : {"sqs", "kms", "sts"}) targets.emplace_back(net::ServiceTarget{service, "eu-central-1"});
    for (const net::Workload& other : net::workloads(cloud)) {
      if (other.kind == net::WorkloadKind::instance) targets.emplace_back(net::WorkloadTarget{other});
    }
    for (const net::Target& target : targets) {
      const net::Answer a = engine.answer({workload, target, tcp, 443});
      const net::Label to = net::label(cloud, target);
      Told told{a.verdict, a.has_door() ? net::name(a.door.kind) : "", {}};
      for (const GapId gap : a.gaps) {
        if (told.why.empty()) told.why = cloud.registry().gaps[gap].what;
      }
      flows[plain(std::string(cloud.view(workload.name))) + " -> " + plain(to.name) + " (" + to.kind + ")"] = told;
    }
  }
  return flows;
}

// Prints where the two differ; counts flows of both, decided by the first, and contradictions.
struct Compared {
  std::size_t both = 0, decided_left = 0, contradictions = 0;
};
Compared compare(const std::string& names, const Flows& left, const Flows& right) {
  Compared c;
  std::cout << "  " << names << ":\n";
  for (const auto& [flow, a] : left) {
    const auto found = right.find(flow);
    if (found == right.end()) continue;
    const Told& b = found->second;
    ++c.both;
    const bool known_a = a.verdict != net::Verdict::unknown;
    const bool known_b = b.verdict != net::Verdict::unknown;
    c.decided_left += known_a;
    const bool same = a.verdict == b.verdict && a.door == b.door;
    c.contradictions += known_a && known_b && !same;
    if (same) continue;
    std::printf("    %-28s %-8s %-18s | %-8s %-18s %s\n", flow.c_str(), net::name(a.verdict), a.door.c_str(),
                net::name(b.verdict), b.door.c_str(), (known_a ? b.why : a.why).c_str());
  }
  std::printf("    %zu flows, %zu decided by the first, %zu contradictions\n", c.both, c.decided_left,
              c.contradictions);
  return c;
}

std::string example(const std::string& path) { return std::string(SALLYPORT_SOURCE_DIR) + "/examples/" + path; }

TEST(CloudFormationArticle, OurTemplateGivesTheFlowsOfOurSnapshotAndPlan) {
  const Flows stack = flows_of(cloud_at({example("cloudformation/template.yaml")}));
  for (const auto& [name, path] : {std::pair("template against snapshot", "article/2-endpoints"),
                                   std::pair("template against plan", "terraform/plan.json")}) {
    const Compared c = compare(name, stack, flows_of(cloud_at({example(path)})));
    EXPECT_EQ(c.contradictions, 0U);
    EXPECT_GE(c.both, 18U);
    // Only what depends on addresses that do not exist yet is open.
    EXPECT_GE(c.decided_left, c.both - 2);
  }
  EXPECT_EQ(stack.at("lf6c -> s3delta (bucket)").door, "gateway-endpoint");
  EXPECT_EQ(stack.at("alpha5 -> lambda (service)").door, "interface-endpoint");
  EXPECT_EQ(stack.at("lf6c -> sqs (service)").door, "nat-gateway");
}

TEST(CloudFormationArticle, WithoutItsDoorsItIsTheFirstState) {
  InputOptions options;
  options.parameters = {example("cloudformation/parameters.json")};
  const Flows stack = flows_of(cloud_at({example("cloudformation/template.yaml")}, options));
  const Compared c = compare("template without doors against snapshot", stack,
                             flows_of(cloud_at({example("article/1-no-endpoints")})));
  EXPECT_EQ(c.contradictions, 0U);
  EXPECT_GE(c.decided_left, c.both - 2);
  EXPECT_EQ(stack.at("lf6c -> s3delta (bucket)").door, "nat-gateway");
}

class CloudFormationCorpus : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* root = std::getenv("SALLYPORT_CORPORA");
    if (root == nullptr || !fs::is_directory(std::string(root) + "/cloudformation")) {
      GTEST_SKIP() << "SALLYPORT_CORPORA names no folder with `cloudformation`";
    }
    root_ = std::string(root) + "/cloudformation";
  }
  std::string root_;
};

// The CDK's article has no NAT gateway and an endpoint for each service: what both forms
// have a door for goes through the same one.
TEST_F(CloudFormationCorpus, TheCdksArticleAgreesWithOurs) {
  const Flows ours = flows_of(cloud_at({example("cloudformation/template.yaml")}));
  const Flows whole = flows_of(cloud_at({root_ + "/cdk-article"}));
  EXPECT_GT(whole.size(), 20U);
  for (const char* file : {"/cdk-article/ArticleNet.template.json", "/cdk-article/ArticleNetAgnostic.template.json"}) {
    const Flows cdk = flows_of(cloud_at({root_ + file}));
    compare("the CDK's against ours", cdk, ours);
    std::size_t decided = 0;
    for (const auto& [flow, told] : cdk) decided += told.verdict != net::Verdict::unknown;
    EXPECT_EQ(decided, cdk.size());
    for (const char* flow : {"alpha5 -> s3 (service)", "lf6c -> s3 (service)", "alpha5 -> dynamodb (service)",
                             "alpha5 -> lambda (service)", "lf6c -> dy_epsilon (table)", "alpha5 -> lf6c (function)"}) {
      ASSERT_TRUE(cdk.contains(flow)) << flow;
      EXPECT_EQ(cdk.at(flow).verdict, ours.at(flow).verdict) << flow;
      EXPECT_EQ(cdk.at(flow).door, ours.at(flow).door) << flow;
    }
    EXPECT_EQ(cdk.at("alpha5 -> sts (service)").door, "interface-endpoint");
    EXPECT_EQ(cdk.at("alpha5 -> kms (service)").verdict, net::Verdict::blocked);  // no endpoint, and no way out
  }
}

struct Read {
  std::size_t files = 0, templates = 0, objects = 0, flows = 0, decided = 0;
  std::map<std::string, std::size_t> said;
  std::map<std::string, std::pair<TypeCounts, TypeCounts>> corpora;  // by folder: all types, those that are not read
};

// Every file of the corpus, one by one.
Read read_all(const std::string& root, const InputOptions& options) {
  Read r;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string path = entry.path().string();
    if (!entry.is_regular_file() || path.find("MANIFEST") != std::string::npos || path.ends_with(".txt") ||
        path.ends_with("/tree.json") || path.ends_with("/manifest.json"))
      continue;
    ++r.files;
    const auto cloud = read_cloud(std::make_shared<Registry>(), {path}, nullptr, options);
    if (!cloud) {
      // Tests of rules that hold templates as cases, and nothing else.
      EXPECT_THAT(cloud.error().message, ::testing::AnyOf(::testing::HasSubstr("is YAML and no template"),
                                                          ::testing::HasSubstr("there is none")))
          << path;
      continue;
    }
    ++r.templates;
    each_kind(cloud->tables(), [&](const auto& rows) { r.objects += rows.size(); });
    auto& [all, unread] = r.corpora[path.find("/templates/") != std::string::npos ? "templates" : "cdk"];
    for (const Unread& u : cloud->unread()) unread[u.what] += u.files;
    std::ifstream in(path, std::ios::binary);
    if (auto tree = parse_template({std::istreambuf_iterator<char>(in), {}}, 0)) {
      for (const json::Member m : tree->root()["Resources"].members()) {
        if (const std::string type(m.value["Type"].text()); !type.empty()) ++all[type];
      }
    }
    for (const Diagnostic& d : cloud->diagnostics()) {
      EXPECT_NE(d.severity, Severity::error) << path << ": " << d.message;
      EXPECT_FALSE(d.message.empty());
      ++r.said[d.code];
    }
    for (const auto& [_, told] : flows_of(*cloud)) {
      ++r.flows;
      r.decided += told.verdict != net::Verdict::unknown;
    }
  }
  return r;
}

TEST_F(CloudFormationCorpus, EveryTemplateIsRead) {
  const Read plain = read_all(root_, {});
  const std::string file = ::testing::TempDir() + "region.json";
  std::ofstream(file) << R"({"AWS::Region": "eu-central-1"})";
  const Read placed = read_all(root_, {{}, {file}});
  fs::remove(file);
  EXPECT_GE(plain.files, 310U);
  EXPECT_GE(plain.templates, 300U);
  EXPECT_GT(plain.objects, 7'000U);
  EXPECT_GE(placed.objects, plain.objects);
  EXPECT_GT(placed.decided, plain.decided);
  std::printf("  %zu files, %zu templates, %zu objects\n", plain.files, plain.templates, plain.objects);
  std::printf("  %zu of %zu flows decided; where the Region is given %zu of %zu\n  said:", plain.decided, plain.flows,
              placed.decided, placed.flows);
  for (const auto& [code, number] : plain.said) std::printf(" %s %zu,", code.c_str(), number);
  std::printf("\n");
  for (const auto& [corpus, counts] : plain.corpora) print_types(corpus.c_str(), counts.first, counts.second, 4);
}

}  // namespace
}  // namespace sallyport::read
