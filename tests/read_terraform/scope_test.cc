// Local values: what they may be made of, and plans that try to have a wrong link claimed.
#include "plan.h"

namespace sallyport::read {
namespace {

// `{"address": ...}` of a change, and of a block in the configuration.
std::string change(const std::string& module, const std::string& block, const std::string& after,
                   const std::string& unknown, const std::string& mode = "managed") {
  const std::size_t dot = block.find('.');
  const std::string prefix = module.empty() ? "" : module + ".";
  return R"({"address":")" + prefix + (mode == "data" ? "data." : "") + block + "\"" +
         (module.empty() ? "" : R"(,"module_address":")" + module + "\"") + R"(,"mode":")" + mode + R"(","type":")" +
         block.substr(0, dot) + R"(","name":")" + block.substr(dot + 1) + R"(","change":{"actions":[")" +
         (mode == "data" ? "read" : "create") + R"("],"before":null,"after":)" + after + R"(,"after_unknown":)" +
         unknown + "}}";
}

std::string block(const std::string& name, const std::string& expressions, const std::string& mode = "managed") {
  const std::size_t dot = name.find('.');
  return R"({"address":")" + std::string(mode == "data" ? "data." : "") + name + R"(","mode":")" + mode +
         R"(","type":")" + name.substr(0, dot) + R"(","name":")" + name.substr(dot + 1) +
         R"(","provider_config_key":"aws","expressions":)" + expressions + "}";
}

// A module that makes a VPC, and a subnet in `local.vpc`; `given` is its argument. Beside the
// module stand `changes` and `blocks`, within it `inner_changes` and `inner_blocks`.
struct Around {
  std::string given = "{}";
  std::string changes, blocks;
  std::string inner_changes, inner_blocks;
};
std::string plan(const Around& a) {
  const auto more = [](const std::string& text) { return text.empty() ? text : "," + text; };
  return R"({"format_version":"1.2","resource_changes":[)" +
         change("module.m", "aws_vpc.this", R"({"cidr_block":"10.0.0.0/16"})", R"({"id":true})") + "," +
         change("module.m", "aws_subnet.s", R"({"cidr_block":"10.0.1.0/24"})", R"({"id":true,"vpc_id":true})") +
         more(a.changes) + more(a.inner_changes) +
         R"(],"configuration":{"provider_config":{"aws":{"expressions":{"region":{"constant_value":"eu-central-1"}}}},
         "root_module":{"resources":[)" +
         a.blocks + R"(],"module_calls":{"m":{"expressions":)" + a.given + R"(,"module":{"variables":{"vpc":{}},
           "resources":[)" +
         block("aws_vpc.this", "{}") + "," + block("aws_subnet.s", R"({"vpc_id":{"references":["local.vpc"]}})") +
         more(a.inner_blocks) + "]}}}}}}";
}

bool is_linked(const Around& a) {
  const Cloud cloud = cloud_of(plan(a));
  const Subnet* row = find(cloud, cloud->subnets, "(module.m.aws_subnet.s.id)");
  EXPECT_NE(row, nullptr);
  return row != nullptr && row->vpc.known();
}

TEST(TerraformScope, TheOnlyVpcOfTheModuleIsMeant) { EXPECT_TRUE(is_linked({})); }

TEST(TerraformScope, AnArgumentThatIsKnownChangesNothing) {
  EXPECT_TRUE(is_linked({R"({"vpc":{"constant_value":"x"}})", {}, {}, {}, {}}));
}

// The caller gives the id of a VPC that it looks up while applying: the local may be that.
TEST(TerraformScope, AVpcThatIsLookedUpByTheCallerMayBeMeant) {
  EXPECT_FALSE(is_linked({R"({"vpc":{"references":["data.aws_vpc.old.id","data.aws_vpc.old"]}})",
                          change("", "aws_vpc.old", "{}", R"({"id":true})", "data"),
                          block("aws_vpc.old", "{}", "data"),
                          {},
                          {}}));
}

// The same by what a stack puts out, or a share gives.
TEST(TerraformScope, WhatAStackPutsOutMayBeMeant) {
  EXPECT_FALSE(
      is_linked({R"({"vpc":{"references":["aws_cloudformation_stack.net.outputs","aws_cloudformation_stack.net"]}})",
                 change("", "aws_cloudformation_stack.net", "{}", R"({"id":true,"outputs":true})"),
                 block("aws_cloudformation_stack.net", "{}"),
                 {},
                 {}}));
}

// A cluster in subnets that exist shows the VPC of these, deep inside it.
TEST(TerraformScope, TheVpcOfAClusterElsewhereMayBeMeant) {
  const std::string unknown = R"({"id":true,"vpc_config":[{"vpc_id":true,"cluster_security_group_id":true}]})";
  EXPECT_FALSE(is_linked(
      {"{}",
       {},
       {},
       change("module.m", "aws_eks_cluster.c", R"({"name":"c","vpc_config":[{"subnet_ids":["subnet-0aa"]}]})", unknown),
       block("aws_eks_cluster.c", R"({"vpc_config":[{"subnet_ids":{"constant_value":["subnet-0aa"]}}]})")}));
}

TEST(TerraformScope, TheVpcOfAClusterInItIsThis) {
  const std::string unknown = R"({"id":true,"vpc_config":[{"subnet_ids":true,"vpc_id":true}]})";
  EXPECT_TRUE(
      is_linked({"{}",
                 {},
                 {},
                 change("module.m", "aws_eks_cluster.c", R"({"name":"c","vpc_config":[{}]})", unknown),
                 block("aws_eks_cluster.c", R"({"vpc_config":[{"subnet_ids":)" + refers("aws_subnet.s.id") + "}]}")}));
}

// A second VPC in the module, with what its change and its block say besides.
bool is_linked_beside(const std::string& other, const std::string& more_changes = {}, const std::string& more = {}) {
  return is_linked({"{}",
                    {},
                    {},
                    change("module.m", "aws_vpc.other", other, R"({"id":true})") + more_changes,
                    block("aws_vpc.other", "{}") + more});
}

// A subnet's block is a part of its VPC's (settle.h).
TEST(TerraformScope, ASecondVpcThatCannotHoldTheSubnetIsNotMeant) {
  EXPECT_TRUE(is_linked_beside(R"({"cidr_block":"10.1.0.0/16"})"));
}

TEST(TerraformScope, ASecondVpcThatCanHoldItLeavesItOpen) {
  EXPECT_FALSE(is_linked_beside(R"({"cidr_block":"10.0.0.0/16"})"));
  EXPECT_FALSE(is_linked_beside(R"({"cidr_block":"10.0.0.0/23"})"));
  EXPECT_FALSE(is_linked_beside(R"({})"));
}

// It gets another block, which may be any: 10.0.1.0/24 among others.
TEST(TerraformScope, ASecondVpcThatGetsABlockLaterLeavesItOpen) {
  const std::string association = block("aws_vpc_ipv4_cidr_block_association.more",
                                        R"({"vpc_id":)" + refers("aws_vpc.other.id") + R"(,"cidr_block":{}})");
  EXPECT_FALSE(is_linked_beside(R"({"cidr_block":"10.1.0.0/16"})",
                                "," + change("module.m", "aws_vpc_ipv4_cidr_block_association.more", "{}",
                                             R"({"id":true,"vpc_id":true,"cidr_block":true})"),
                                "," + association));
  EXPECT_FALSE(is_linked_beside(R"({"cidr_block":"10.1.0.0/16"})",
                                "," + change("module.m", "aws_vpc_ipv4_cidr_block_association.more",
                                             R"({"cidr_block":"10.0.0.0/20"})", R"({"id":true,"vpc_id":true})"),
                                "," + association));
}

// A module that makes a group, and a rule for `local.group`. Is it that group's?
bool is_rule_of_the_group(const std::string& given = "{}", const std::string& more = {},
                          const std::string& blocks = {}) {
  const auto with = [&](const std::string& text) { return text.empty() ? text : "," + text; };
  const std::string json =
      R"({"format_version":"1.2","resource_changes":[)" +
      change("", "aws_vpc.v", R"({"cidr_block":"10.0.0.0/16"})", R"({"id":true})") + "," +
      change("", "aws_security_group.theirs", "{}", R"({"id":true,"vpc_id":true})") + "," +
      change("module.m", "aws_security_group.own", "{}", R"({"id":true,"vpc_id":true})") + "," +
      change("module.m", "aws_security_group_rule.r",
             R"({"type":"ingress","protocol":"tcp","from_port":443,"to_port":443,"cidr_blocks":["10.0.0.0/8"]})",
             R"({"id":true,"security_group_id":true})") +
      with(more) +
      R"(],"configuration":{"provider_config":{"aws":{"expressions":{"region":{"constant_value":"eu-central-1"}}}},
         "root_module":{"resources":[)" +
      block("aws_vpc.v", "{}") + "," +
      block("aws_security_group.theirs", R"({"vpc_id":)" + refers("aws_vpc.v.id") + "}") +
      R"(],"module_calls":{"m":{"expressions":)" + given + R"(,"module":{"variables":{"vpc":{},"x":{}},"resources":[)" +
      block("aws_security_group.own", R"({"vpc_id":{"references":["var.vpc"]}})") + "," +
      block("aws_security_group_rule.r", R"({"security_group_id":{"references":["local.group"]}})") + with(blocks) +
      "]}}}}}}";
  const Cloud read = cloud_of(json);
  const SecurityGroup* own = find(read, read->security_groups, "(module.m.aws_security_group.own.id)");
  const SecurityGroup* theirs = find(read, read->security_groups, "(aws_security_group.theirs.id)");
  EXPECT_TRUE(own != nullptr && theirs != nullptr);
  return own != nullptr && own->rules.size() == 1 && own->rules.complete() && theirs->rules.complete();
}

TEST(TerraformScope, TheOnlyGroupOfAModuleOfGroupsIsMeant) {
  EXPECT_TRUE(is_rule_of_the_group());
  EXPECT_TRUE(is_rule_of_the_group(R"({"vpc":)" + refers("aws_vpc.v.id") + "}"));
}

// A group that the caller gives, a VPC as a whole (its default group), an instance (its groups): each may be meant.
TEST(TerraformScope, AGroupThatIsGivenMayBeMeant) {
  EXPECT_FALSE(is_rule_of_the_group(R"({"x":)" + refers("aws_security_group.theirs.id") + "}"));
  EXPECT_FALSE(is_rule_of_the_group(R"({"x":{"references":["aws_vpc.v"]}})"));
  EXPECT_FALSE(is_rule_of_the_group(R"({"x":)" + refers("aws_vpc.v.default_security_group_id") + "}"));
}

TEST(TerraformScope, AGroupThatComesAlongWithAClusterMayBeMeant) {
  EXPECT_FALSE(is_rule_of_the_group("{}",
                                    change("module.m", "aws_eks_cluster.c", R"({"name":"c","vpc_config":[{}]})",
                                           R"({"id":true,"vpc_config":[{"subnet_ids":true,"vpc_id":true}]})"),
                                    block("aws_eks_cluster.c", R"({"vpc_config":[{"subnet_ids":{}}]})")));
}

}  // namespace
}  // namespace sallyport::read
