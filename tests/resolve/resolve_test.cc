// What is refused before anything runs; and, where Terraform is on the machine, the whole way.
#include "resolve/resolve.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "net/engine.h"
#include "read/json/parse.h"
#include "read/terraform/resolved.h"
#include "read/terraform/terraform.h"
#include "resolve/data.h"
#include "resolve/process.h"
#include "resolve/source.h"

namespace sallyport::resolve {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Resolve : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "resolve-test-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
    fs::create_directories(root_ / "source");
    fs::create_directories(root_ / "scratch");
  }
  void TearDown() override { fs::remove_all(root_); }

  void put(const std::string& name, const std::string& text) {
    fs::create_directories((root_ / "source" / name).parent_path());
    std::ofstream(root_ / "source" / name) << text;
  }
  std::string source() const { return (root_ / "source").string(); }
  std::string scratch() const { return (root_ / "scratch").string(); }

  fs::path root_;
};

TEST_F(Resolve, ProvisionersAndExternalDataAreSeenInTheText) {
  const std::pair<const char*, const char*> bad[] = {
      {"main.tf", "resource \"null_resource\" \"x\" {\n  provisioner \"local-exec\" {\n"},
      {"main.tf", "resource \"null_resource\" \"x\" {\n\tprovisioner local-exec {\n"},
      {"m/main.tf", "data \"external\" \"x\" {\n"},
      {"main.tf", "/* a\n# b */ provisioner \"local-exec\" {\n"},
      {"m/x.tf.json", R"({"resource":{"null_resource":{"x":{"provisioner":[]}}}})"},
  };
  for (const auto& [name, text] : bad) {
    put(name, text);
    EXPECT_NE(refusal_of_text(source()), "") << text;
    fs::remove(root_ / "source" / name);
  }
  put("main.tf", "resource \"aws_vpc\" \"v\" {\n  description = \"external\"\n}\n# provisioner\n");
  EXPECT_EQ(refusal_of_text(source()), "");
}

TEST_F(Resolve, StatesTestsAndLinksAreNotCopied) {
  put("main.tf", "");
  put("modules/net/main.tf", "");
  put("terraform.tfstate", "{}");
  put("old.tftest.hcl", "");
  fs::create_symlink("/etc/hostname", root_ / "source" / "link.tf");
  EXPECT_EQ(copy_source(source(), {}, scratch()).value_or(""), scratch());
  EXPECT_TRUE(fs::exists(root_ / "scratch/main.tf"));
  EXPECT_TRUE(fs::exists(root_ / "scratch/modules/net/main.tf"));
  for (const char* name : {"terraform.tfstate", "old.tftest.hcl", "link.tf"}) {
    EXPECT_FALSE(fs::exists(root_ / "scratch" / name)) << name;
  }
}

// The layout of most repositories: `environments/production` calls `../../modules/...`.
TEST_F(Resolve, ModulesElsewhereAreCopiedToWhereTheyAreCalled) {
  for (const char* name : {"environments/production/main.tf", "environments/production/files/user-data.sh",
                           "environments/test/main.tf", "modules/vpc/main.tf", "modules/vpc/templates/policy.json",
                           "modules/vpc/examples/own/main.tf", "modules/names/main.tf", "modules/unused/main.tf"}) {
    put(name, "");
  }
  const auto plan = read::json::parse(R"({"configuration":{"root_module":{"module_calls":{
      "vpc":{"source":"../../modules/vpc","module":{"module_calls":{"names":{"source":"../names/","module":{}}}}},
      "s3":{"source":"terraform-aws-modules/s3/aws","module":{"module_calls":{"own":{"source":"./own","module":{}}}}}}}}})");
  ASSERT_TRUE(plan.has_value());
  const std::vector<std::string> modules = local_modules(plan->root());
  EXPECT_EQ(modules, (std::vector<std::string>{"../../modules/names", "../../modules/vpc"}));
  const auto root = copy_source(source() + "/environments/production/", modules, scratch());
  ASSERT_TRUE(root.has_value()) << root.error().message;
  EXPECT_TRUE(fs::exists(*root + "/files/user-data.sh"));
  EXPECT_TRUE(fs::exists(*root + "/../../modules/vpc/main.tf"));
  EXPECT_TRUE(fs::exists(*root + "/../../modules/vpc/templates/policy.json"));
  EXPECT_TRUE(fs::exists(*root + "/../../modules/names/main.tf"));
  // What is not called need not be looked at, nor refused.
  EXPECT_FALSE(fs::exists(*root + "/../test"));
  EXPECT_FALSE(fs::exists(*root + "/../../modules/unused"));
  EXPECT_FALSE(fs::exists(*root + "/../../modules/vpc/examples/own"));
}

TEST_F(Resolve, AFolderWithoutConfigurationIsRefused) {
  put("README.md", "");
  const auto done = copy_source(source(), {}, scratch());
  ASSERT_FALSE(done.has_value());
  EXPECT_THAT(done.error().message, HasSubstr("no `*.tf`"));
}

std::string why(const std::string& configuration) {
  const auto tree = read::json::parse(R"({"configuration":)" + configuration + "}");
  return tree ? refusal(tree->root()) : "no JSON";
}

TEST(ResolveRefusal, WhatTerraformShowsCounts) {
  EXPECT_EQ(why(R"({"root_module":{"resources":[
          {"address":"aws_vpc.v","mode":"managed","type":"aws_vpc"},
          {"address":"data.aws_region.r","mode":"data","type":"aws_region"}]}})"),
            "");
  EXPECT_THAT(why(R"({"root_module":{"module_calls":{"m":{"module":{"resources":[
      {"address":"null_resource.x","mode":"managed","type":"null_resource","provisioners":[{"type":"local-exec"}]}]}}}}})"),
              HasSubstr("provisioner"));
  EXPECT_NE(why("null"), "");
}

read::json::Tree parsed(const char* text) {
  auto tree = read::json::parse(text);
  EXPECT_TRUE(tree.has_value());
  return std::move(*tree);
}

TEST(ResolveData, WhatThePlanHasReadIsTold) {
  const auto plan = parsed(R"({"prior_state":{"values":{"root_module":{
      "resources":[{"address":"aws_vpc.v","mode":"managed","values":{"id":"x"}}],
      "child_modules":[{"resources":[{"address":"module.m.data.aws_vpc.v[\"a\"]","mode":"data","type":"aws_vpc",
        "values":{"id":"vpc-1","main":true,"tags":{"Name":"${x} %{y} \"q\""},"l":[1,null]}}]}]}}}})");
  const std::vector<ReadData> told = read_data(plan.root());
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].address, "module.m.data.aws_vpc.v[\"a\"]");
  // What would insert something is written as a text.
  EXPECT_THAT(told[0].values, HasSubstr(R"("$${x} %%{y} \"q\"")"));
  EXPECT_THAT(overrides(told), HasSubstr("override_data {\n  target = module.m.data.aws_vpc.v[\"a\"]\n  values = {"));
  EXPECT_EQ(refusal_of_made_up(plan.root()["prior_state"]["values"], told), "");
  EXPECT_THAT(refusal_of_made_up(plan.root()["prior_state"]["values"], {}), HasSubstr("asks for what exists"));
}

TEST(ResolveData, WhatIsReadOnlyLaterIsRefused) {
  EXPECT_THAT(refusal_of_data(parsed(R"({"resource_changes":[
                {"address":"data.aws_vpc.v","mode":"data","type":"aws_vpc","change":{"actions":["read"]}}]})")
                                  .root()),
              HasSubstr("`data.aws_vpc.v` asks for what exists"));
  EXPECT_EQ(refusal_of_data(parsed(R"({"resource_changes":[
                {"address":"data.aws_iam_policy_document.d","mode":"data","type":"aws_iam_policy_document"}]})")
                                .root()),
            "");
}

TEST(ResolveRefusal, AProviderOfAModuleCannotBeMocked) {
  const auto tree = read::json::parse(
      R"({"configuration":{"provider_config":{"aws.b":{"name":"aws","alias":"b"},
          "module.m:aws":{"name":"aws","module_address":"module.m","expressions":{"region":{}}}},
          "root_module":{"resources":[{"provider_config_key":"aws.b"},{"provider_config_key":"random"}],
          "module_calls":{"m":{"module":{"resources":[{"provider_config_key":"KEY"}]}}}}}})");
  ASSERT_TRUE(tree.has_value());
  const auto fine = providers_of(tree->root());
  ASSERT_TRUE(fine.has_value());
  const std::vector<Provider> expected = {{"KEY", ""}, {"aws", "b"}, {"random", ""}};
  EXPECT_EQ(*fine, expected);
  const auto own = read::json::parse(
      R"({"configuration":{"provider_config":{"module.m:aws":{"name":"aws","module_address":"module.m","expressions":{}}},
          "root_module":{"module_calls":{"m":{"module":{"resources":[{"provider_config_key":"module.m:aws"}]}}}}}})");
  EXPECT_FALSE(providers_of(own->root()).has_value());
}

TEST(ResolveMerge, WhatIsGivenIsTakenAndWhatAwsChoosesStaysUnknown) {
  const auto plan = read::json::parse(R"({"resource_changes":[
    {"address":"aws_subnet.a","mode":"managed","type":"aws_subnet","name":"a","change":{"actions":["create"],
     "after":{"cidr_block":"10.0.0.0/24"},"after_unknown":{"id":true,"vpc_id":true,"ipv6_cidr_block":true,"owner_id":true}}}],
    "configuration":{"root_module":{"resources":[{"address":"aws_subnet.a","mode":"managed","type":"aws_subnet",
     "name":"a","expressions":{"vpc_id":{"references":["local.vpc"]},"owner_id":{"references":["local.x"]}}}]}}})");
  const auto state = read::json::parse(R"({"root_module":{"resources":[{"address":"aws_subnet.a","values":
    {"id":"i1","vpc_id":"v1","ipv6_cidr_block":"made-up","owner_id":"SallyportMocked"}}]}})");
  ASSERT_TRUE(plan && state);
  const auto made = read::json::parse(read::resolved_plan(plan->root(), state->root()));
  ASSERT_TRUE(made.has_value()) << made.error().message;
  const auto change = made->root()["resource_changes"].at(0)["change"];
  EXPECT_EQ(change["after"]["vpc_id"].text(), "v1");
  EXPECT_EQ(change["after"]["id"].text(), "i1");
  EXPECT_TRUE(change["after"]["ipv6_cidr_block"].absent());
  EXPECT_EQ(change["after_unknown"]["ipv6_cidr_block"].boolean(), true);
  // The mock had to be told: not believed.
  EXPECT_TRUE(change["after"]["owner_id"].absent());
  EXPECT_EQ(change["after_unknown"]["owner_id"].boolean(), true);
}

// A configuration cuts the blocks of subnets out of the VPC's, which Amazon has yet to give.
TEST(ResolveMerge, BlocksOutOfAMadeUpOneStayUnknown) {
  const auto plan = read::json::parse(R"({"resource_changes":[
    {"address":"aws_subnet.a","mode":"managed","type":"aws_subnet","name":"a","change":{"actions":["create"],
     "after":{"cidr_block":"10.0.0.0/24"},"after_unknown":{"id":true,"ipv6_cidr_block":true}}}],
    "configuration":{"root_module":{"resources":[{"address":"aws_subnet.a","mode":"managed","type":"aws_subnet",
     "name":"a","expressions":{"ipv6_cidr_block":{"references":["aws_vpc.v.ipv6_cidr_block","aws_vpc.v"]}}}]}}})");
  const auto state = read::json::parse(R"({"root_module":{"resources":[{"address":"aws_subnet.a","values":
    {"id":"i1","ipv6_cidr_block":"2001:db8:5a11:7::/64"}}]}})");
  ASSERT_TRUE(plan && state);
  const auto made = read::json::parse(read::resolved_plan(plan->root(), state->root()));
  ASSERT_TRUE(made.has_value()) << made.error().message;
  const auto change = made->root()["resource_changes"].at(0)["change"];
  EXPECT_TRUE(change["after"]["ipv6_cidr_block"].absent());
  EXPECT_EQ(change["after_unknown"]["ipv6_cidr_block"].boolean(), true);
}

// `private_ip = var.address`, and the variable is null: then the mock makes it up, although the configuration speaks of
// it.
TEST(ResolveMerge, WhatTheConfigurationLeavesToTheProviderStaysUnknown) {
  const auto plan = read::json::parse(R"({"resource_changes":[
    {"address":"aws_instance.a","mode":"managed","type":"aws_instance","name":"a","change":{"actions":["create"],
     "after":{},"after_unknown":{"id":true,"private_ip":true,"associate_public_ip_address":true,"subnet_id":true,
       "vpc_security_group_ids":true,"secondary_private_ips":true,"source_dest_check":true}}}],
    "configuration":{"root_module":{"resources":[{"address":"aws_instance.a","mode":"managed","type":"aws_instance",
     "name":"a","expressions":{"private_ip":{"references":["var.ip"]},"associate_public_ip_address":{"references":["var.p"]},
       "subnet_id":{"references":["aws_subnet.s.id","aws_subnet.s"]},"vpc_security_group_ids":{"references":["var.g"]},
       "secondary_private_ips":{"references":["var.x"]},"source_dest_check":{"references":["var.y"]}}}]}}})");
  const auto state = read::json::parse(R"({"root_module":{"resources":[
    {"address":"aws_instance.a","mode":"managed","type":"aws_instance","values":{"id":"abcd1234","private_ip":"ffql5fce",
      "associate_public_ip_address":false,"subnet_id":"subnet88","vpc_security_group_ids":["zzzz0000"],
      "secondary_private_ips":[],"source_dest_check":true}},
    {"address":"aws_subnet.s","mode":"managed","type":"aws_subnet","values":{"id":"subnet88"}}]}})");
  ASSERT_TRUE(plan && state);
  const auto made = read::json::parse(read::resolved_plan(plan->root(), state->root()));
  ASSERT_TRUE(made.has_value()) << made.error().message;
  const auto change = made->root()["resource_changes"].at(0)["change"];
  EXPECT_EQ(change["after"]["subnet_id"].text(), "subnet88");
  EXPECT_EQ(change["after"]["source_dest_check"].boolean(), true);
  for (const char* left :
       {"private_ip", "associate_public_ip_address", "vpc_security_group_ids", "secondary_private_ips"}) {
    EXPECT_TRUE(change["after"][left].absent()) << left;
    EXPECT_EQ(change["after_unknown"][left].boolean(), true) << left;
  }
}

TEST_F(Resolve, AMissingProgramIsSaid) {
  put("main.tf", "");
  const auto plan = resolve({source(), R"({"configuration":{}})", "no-such-terraform", {}, {}, scratch(), 10});
  ASSERT_FALSE(plan.has_value());
  EXPECT_THAT(plan.error().message, HasSubstr("is not there"));
  EXPECT_THAT(plan.error().hint, HasSubstr("--program"));
}

TEST_F(Resolve, AProgramThatHangsIsEnded) {
  const auto ran = run({"sleep", "30"}, scratch(), 1);
  ASSERT_FALSE(ran.has_value());
  EXPECT_THAT(ran.error().message, HasSubstr("too long"));
}

// Where Terraform and the AWS provider are on the machine; SALLYPORT_TERRAFORM_PLUGINS names a folder of
// plugins.
class ResolveWithTerraform : public Resolve {
 protected:
  void SetUp() override {
    Resolve::SetUp();
    const auto there = run({"terraform", "version"}, scratch(), 60);
    const char* plugins = std::getenv("SALLYPORT_TERRAFORM_PLUGINS");
    if (!there || there->status != 0) GTEST_SKIP() << "there is no `terraform`";
    if (plugins == nullptr) GTEST_SKIP() << "SALLYPORT_TERRAFORM_PLUGINS names no folder of plugins";
    std::ofstream(root_ / "rc") << "provider_installation {\n  filesystem_mirror { path = \"" << plugins
                                << "\" }\n  direct { exclude = [\"*/*/*\"] }\n}\n";
    setenv("TF_CLI_CONFIG_FILE", (root_ / "rc").c_str(), 1);
  }
};

TEST_F(ResolveWithTerraform, TheArticleIsDecided) {
  const std::string same = std::string(SALLYPORT_SOURCE_DIR) + "/tests/same/article/";
  fs::copy_file(same + "main.tf", root_ / "source/main.tf");
  fs::copy_file(same + "providers.tf", root_ / "source/providers.tf");
  put("lf6c.zip", "");
  std::ifstream in(same + "plan-4.json");
  const std::string planned(std::istreambuf_iterator<char>(in), {});
  const auto plan = resolve({source(), planned, "terraform", {"state=4"}, {}, scratch(), 300});
  ASSERT_TRUE(plan.has_value()) << plan.error().message;
  const auto registry = std::make_shared<Registry>();
  const auto tree = read::json::parse(std::string(*plan), registry->documents.add_text("resolved.json", *plan));
  ASSERT_TRUE(tree.has_value());
  const Cloud cloud = apply(Cloud(registry), read::read_terraform(Cloud(registry), *tree));
  const net::Engine engine(cloud);
  const auto door = [&](const char* from, const char* to) {
    const auto source = net::parse_source(cloud, from);
    const auto target = net::parse_target(cloud, to, "eu-central-1");
    EXPECT_TRUE(source && target);
    if (!source || !target) return std::string();
    const net::Answer a = engine.answer({*source, *target, tcp, 443});
    return a.has_door() ? std::string(net::name(a.door.kind)) : net::name(a.verdict);
  };
  EXPECT_EQ(door("lf6c", "s3delta"), "nat-gateway");
  EXPECT_EQ(door("lf6c", "dy_epsilon"), "gateway-endpoint");
  EXPECT_EQ(door("alpha5", "s3delta"), "gateway-endpoint");
  EXPECT_EQ(door("alpha5", "lambda"), "interface-endpoint");
}

// Which subnet it is, a data source says: what the plan has read of it decides, not what a mock makes up.
TEST_F(ResolveWithTerraform, WhatChoosesByDataChoosesAsThePlanDid) {
  put("main.tf", R"(data "aws_vpc" "v" { default = true }
data "aws_region" "r" {}
resource "aws_subnet" "s" {
  count      = 2
  vpc_id     = data.aws_vpc.v.id
  cidr_block = cidrsubnet(data.aws_vpc.v.cidr_block, 8, count.index)
}
resource "aws_route_table" "t" { vpc_id = data.aws_vpc.v.id }
resource "aws_route_table_association" "a" {
  subnet_id      = data.aws_region.r.name == "eu-west-1" ? aws_subnet.s[0].id : aws_subnet.s[1].id
  route_table_id = aws_route_table.t.id
}
)");
  const char* plan = R"({"format_version":"1.2","prior_state":{"values":{"root_module":{"resources":[
      {"address":"data.aws_vpc.v","mode":"data","type":"aws_vpc","values":{"id":"vpc-0aaa","cidr_block":"10.1.0.0/16"}},
      {"address":"data.aws_region.r","mode":"data","type":"aws_region","values":{"id":"eu-west-1","name":"eu-west-1"}}]}}},
    "resource_changes":[
      {"address":"aws_subnet.s[0]","mode":"managed","type":"aws_subnet","name":"s","index":0,
       "change":{"actions":["create"],"after":{"cidr_block":"10.1.0.0/24"},"after_unknown":{"id":true}}},
      {"address":"aws_subnet.s[1]","mode":"managed","type":"aws_subnet","name":"s","index":1,
       "change":{"actions":["create"],"after":{"cidr_block":"10.1.1.0/24"},"after_unknown":{"id":true}}},
      {"address":"aws_route_table_association.a","mode":"managed","type":"aws_route_table_association","name":"a",
       "change":{"actions":["create"],"after":{},"after_unknown":{"id":true,"subnet_id":true,"route_table_id":true}}}],
    "configuration":{"provider_config":{"aws":{"name":"aws"}},"root_module":{"resources":[
      {"address":"aws_subnet.s","mode":"managed","type":"aws_subnet","name":"s","provider_config_key":"aws","expressions":{}},
      {"address":"aws_route_table_association.a","mode":"managed","type":"aws_route_table_association","name":"a",
       "provider_config_key":"aws","expressions":{"subnet_id":{"references":["data.aws_region.r.name","aws_subnet.s"]}}},
      {"address":"data.aws_vpc.v","mode":"data","type":"aws_vpc","name":"v","provider_config_key":"aws"}]}}})";
  const auto made = resolve({source(), plan, "terraform", {}, {}, scratch(), 300});
  ASSERT_TRUE(made.has_value()) << made.error().message;
  const auto tree = read::json::parse(std::string(*made));
  ASSERT_TRUE(tree.has_value());
  const auto after = [&](std::size_t n, const char* name) {
    return std::string(tree->root()["resource_changes"].at(n)["change"]["after"][name].text());
  };
  EXPECT_NE(after(0, "id"), "");
  EXPECT_NE(after(0, "id"), after(1, "id"));
  EXPECT_EQ(after(2, "subnet_id"), after(0, "id"));
}

TEST_F(ResolveWithTerraform, AProvisionerNeverRuns) {
  put("main.tf",
      "resource \"aws_vpc\" \"v\" {\n  cidr_block = \"10.0.0.0/16\"\n  provisioner \"local-exec\" {\n    command = "
      "\"touch " +
          (root_ / "ran").string() + "\"\n  }\n}\n");
  EXPECT_FALSE(resolve({source(), R"({"configuration":{}})", "terraform", {}, {}, scratch(), 300}).has_value());
  EXPECT_FALSE(fs::exists(root_ / "ran"));
}

}  // namespace
}  // namespace sallyport::resolve
