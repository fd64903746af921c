// Any bytes that parse are read: no crash, no hang, nothing unbounded.
#include <chrono>
#include <random>

#include "plan.h"

namespace sallyport::read {
namespace {

using Clock = std::chrono::steady_clock;

TEST(TerraformHostile, WrongTypesEverywhere) {
  for (
      const char* text :
      {R"({"resource_changes":{}})", R"({"resource_changes":[1,null,"x",{},[]]})",
       R"({"resource_changes":[{"type":"aws_vpc","change":{"actions":"create","after":[],"after_unknown":3}}]})",
       R"({"resource_changes":[{"type":"aws_vpc","name":{},"address":7,"mode":"managed","change":{"actions":["create"],"after":{"cidr_block":{}},"after_unknown":{"id":true}}}]})",
       R"({"values":{"root_module":{"resources":[{"type":"aws_subnet","values":{"id":1,"vpc_id":{},"cidr_block":"x"}}],"child_modules":{}}}})",
       R"({"version":4,"resources":[{"type":"aws_route","instances":[{"attributes":{"route_table_id":[]}},{}]}]})",
       R"({"planned_values":[],"configuration":[],"prior_state":"x","variables":1})", R"([])", R"("x")", R"(null)"}) {
    const Cloud cloud = cloud_of(text);
    EXPECT_EQ(cloud->endpoints.size(), 0U) << text;
  }
}

TEST(TerraformHostile, BadValuesAreSaidAndUnknown) {
  const Cloud cloud =
      cloud_of(plan_of({{"aws_subnet.a", R"({"id":"subnet-1","vpc_id":"vpc-1","cidr_block":"10.0.0.0/99"})", "{}", "{}",
                         R"(["no-op"])"}}));
  const Subnet* subnet = find(cloud, cloud->subnets, "subnet-1");
  ASSERT_NE(subnet, nullptr);
  ASSERT_EQ(subnet->cidrs.size(), 1U);
  EXPECT_FALSE(subnet->cidrs.items[0].known());
  ASSERT_FALSE(cloud.diagnostics().empty());
  EXPECT_EQ(cloud.diagnostics()[0].code, "bad-value");
}

// References in a circle of many modules, each mentioned by all.
TEST(TerraformHostile, ReferencesThatMultiplyAreBounded) {
  std::string changes, blocks, all;
  const int many = 300;
  for (int i = 0; i < many; ++i) {
    const std::string name = "aws_subnet.s" + std::to_string(i);
    all += (i ? "," : "") + ("\"" + name + ".vpc_id\"");
    changes +=
        (i ? "," : "") +
        (R"({"address":")" + name + R"(","mode":"managed","type":"aws_subnet","name":"s)" + std::to_string(i) +
         R"(","change":{"actions":["create"],"after":{"cidr_block":"10.0.0.0/24"},"after_unknown":{"id":true,"vpc_id":true}}})");
  }
  for (int i = 0; i < many; ++i) {
    blocks += (i ? "," : "") + (R"({"address":"aws_subnet.s)" + std::to_string(i) +
                                R"(","expressions":{"vpc_id":{"references":[)" + all + "]}}}");
  }
  const auto begin = Clock::now();
  const Cloud cloud = cloud_of(R"({"resource_changes":[)" + changes +
                               R"(],"configuration":{"root_module":{"resources":[)" + blocks + "]}}}");
  EXPECT_EQ(cloud->subnets.size(), static_cast<std::size_t>(many));
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(20));
}

TEST(TerraformHostile, ModulesNestedWithoutEndAreBounded) {
  std::string address;
  for (int i = 0; i < 20000; ++i) address += (i ? "." : "") + std::string("module.m");
  const auto begin = Clock::now();
  cloud_of(
      R"({"resource_changes":[{"address":")" + address + R"(.aws_vpc.v","module_address":")" + address +
      R"(","mode":"managed","type":"aws_vpc","name":"v","change":{"actions":["create"],"after":{},"after_unknown":{"id":true}}}]})");
  std::string calls = "{}";
  for (int i = 0; i < 150; ++i) calls = R"({"module_calls":{"m":{"module":)" + calls + "}}}";
  cloud_of(R"({"resource_changes":[],"configuration":{"root_module":)" + calls + "}}");
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(20));
}

// The example's plan with one value after the other replaced, members dropped, types
// changed: whatever comes of it, it is read, and applied.
TEST(TerraformHostile, MutatedPlansAreRead) {
  const std::string plan = file(std::string(SALLYPORT_SOURCE_DIR) + "/examples/terraform/plan.json");
  ASSERT_GT(plan.size(), 1000U);
  std::mt19937 random(714);
  const std::vector<std::string> pieces = {
      "null",  "true", "[]", "{}", "\"\"", "-1", "\"aws_vpc.article.id\"", "[null]", "{\"references\":[\"a\"]}",
      "[true]"};
  std::size_t read = 0;
  for (int round = 0; round < 400; ++round) {
    std::string text = plan;
    for (int edits = 0; edits < 3; ++edits) {
      // Replace a value: from behind a colon to the next comma or bracket.
      const std::size_t colon = text.find(": ", std::uniform_int_distribution<std::size_t>(0, text.size() - 1)(random));
      if (colon == std::string::npos) continue;
      const std::size_t end = text.find_first_of(",}]", colon);
      if (end == std::string::npos) continue;
      text.replace(colon + 2, end - colon - 2, pieces[random() % pieces.size()]);
    }
    const auto registry = std::make_shared<Registry>();
    const auto tree = json::parse(text, registry->documents.add_text("plan.json", text));
    if (!tree) continue;
    ++read;
    const Cloud cloud = apply(Cloud(registry), read_terraform(Cloud(registry), *tree));
    const net::Engine engine(cloud);
    for (const net::SourceClass& c : engine.classes()) {
      engine.answer({c.members.front(), net::ServiceTarget{"s3", "eu-central-1"}, tcp, 443});
    }
  }
  EXPECT_GT(read, 100U);
}

}  // namespace
}  // namespace sallyport::read
