// Several stacks: nested, importing from each other, of the CDK; over a base; transforms.
#include <gmock/gmock.h>

#include "read/input.h"
#include "template.h"

namespace sallyport::read {
namespace {

using ::testing::HasSubstr;
using Files = std::vector<std::pair<std::string, std::string>>;

Cloud cloud_of_files(const Files& files, std::size_t roots, const Given& given = {}) {
  const auto registry = std::make_shared<Registry>();
  return apply(Cloud(registry), change_of(registry, files, roots, given));
}

std::string example(const std::string& path) { return std::string(SALLYPORT_SOURCE_DIR) + "/examples/" + path; }

const char* net = R"(
Parameters: {Cidr: {Type: String}, Zones: {Type: CommaDelimitedList}}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Cidr}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.7.1.0/24, AvailabilityZone: !Select [0, !Ref Zones]}}
Outputs: {Vpc: {Value: !Ref Vpc}, A: {Value: !GetAtt A.SubnetId}}
)";
const char* parent = R"(
Resources:
  Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./net.yaml, Parameters: {Cidr: 10.7.0.0/16, Zones: !Join [',', [eu-central-1a, eu-central-1b]]}}}
  G: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !GetAtt Net.Outputs.Vpc}}
)";

TEST(CloudFormationStacks, NestedStacksAreReadWithWhatTheyAreGiven) {
  const Cloud cloud = cloud_of_files({{"dir/parent.yaml", parent}, {"dir/net.yaml", net}}, 1);
  const Vpc* vpc = find(cloud, cloud->vpcs, "(Net.Vpc)");
  ASSERT_NE(vpc, nullptr);
  EXPECT_EQ(to_string(*vpc->cidrs.items[0]), "10.7.0.0/16");
  const SecurityGroup* group = find(cloud, cloud->security_groups, "(G)");
  ASSERT_NE(group, nullptr);
  EXPECT_EQ(group->vpc, Value<VpcId>(vpc->id));
  const Subnet* subnet = find(cloud, cloud->subnets, "(Net.A)");
  ASSERT_NE(subnet, nullptr);
  EXPECT_EQ(cloud.view(subnet->zone), "eu-central-1a");
}

// A nested template that is given, too, is a part of the other, not a stack of its own.
TEST(CloudFormationStacks, ATemplateThatAnotherNestsIsReadOnce) {
  const Cloud cloud = cloud_of_files({{"dir/net.yaml", net}, {"dir/parent.yaml", parent}}, 2);
  EXPECT_EQ(cloud->vpcs.size(), 1U);
}

TEST(CloudFormationStacks, ANestedStackThatIsNotThereHidesAnything) {
  const Cloud cloud = cloud_of(with_network(
      "  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://example.com/x.yaml'}}\n"));
  EXPECT_TRUE(says(cloud, "nested-stack"));
  EXPECT_THAT(why(cloud, cloud.missing(Kind::endpoint, Text(), cloud->vpcs.rows()[0].head.region)),
              HasSubstr("the nested stack `N` is not read"));
}

TEST(CloudFormationStacks, StacksThatNestEachOtherEnd) {
  const char* loop = "Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: b.yaml}}}";
  const char* back = "Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: a.yaml}}}";
  EXPECT_TRUE(says(cloud_of_files({{"a.yaml", loop}, {"b.yaml", back}}, 2), "nested-stack"));
}

TEST(CloudFormationStacks, ImportsFindExportsOfTheTemplatesGivenTogether) {
  const char* one = R"(
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.7.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.7.1.0/24, AvailabilityZone: eu-central-1a}}
Outputs: {V: {Value: !Ref Vpc, Export: {Name: !Sub 'shared-vpc'}}}
)";
  const char* two = R"(
Parameters: {Prefix: {Type: String, Default: shared}}
Resources:
  G: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !ImportValue {'Fn::Sub': '${Prefix}-vpc'}}}
  H: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: {'Fn::ImportValue': !Sub 'other-vpc'}}}
)";
  const Cloud cloud = cloud_of_files({{"one.yaml", one}, {"two.yaml", two}}, 2, {{"AWS::Region", "eu-central-1"}});
  const SecurityGroup* group = find(cloud, cloud->security_groups, "(two.G)");
  const Vpc* vpc = find(cloud, cloud->vpcs, "(one.Vpc)");
  ASSERT_NE(group, nullptr);
  ASSERT_NE(vpc, nullptr);
  EXPECT_EQ(group->vpc, Value<VpcId>(vpc->id));
  EXPECT_TRUE(says(cloud, "not-exported"));
  // H is in a VPC that is not among those made here.
  EXPECT_TRUE(cloud.missing(Kind::endpoint, Text(), vpc->head.region));
}

TEST(CloudFormationStacks, TransformsThatMayChangeAnythingTaintEverything) {
  const Cloud cloud = cloud_of("Transform: [AWS::LanguageExtensions, MyMacro]\n" + with_network(""));
  EXPECT_TRUE(says(cloud, "transform"));
  const Vpc* vpc = find(cloud, cloud->vpcs, "(Vpc)");
  ASSERT_NE(vpc, nullptr);
  EXPECT_EQ(why(cloud, vpc->head.gap), "the transform `MyMacro` may change anything in the template");
  const Cloud known = cloud_of("Transform: AWS::LanguageExtensions\n" + with_network(""));
  EXPECT_FALSE(find(known, known->vpcs, "(Vpc)")->head.gap);
  EXPECT_FALSE(says(known, "transform"));
  const Cloud loops = cloud_of(with_network("  'Fn::ForEach::X': [I, [a, b], {'S${I}': {Type: AWS::EC2::Subnet}}]\n"));
  EXPECT_TRUE(loops.missing(Kind::subnet, Text(), loops->vpcs.rows()[0].head.region));
}

TEST(CloudFormationStacks, WithoutARegionNothingIsClaimed) {
  const Cloud cloud = cloud_of("Resources: {Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.7.0.0/16}}}");
  EXPECT_TRUE(says(cloud, "no-region"));
  EXPECT_TRUE(cloud.missing(Kind::endpoint, Text(), Text()));
  EXPECT_TRUE(says(cloud_of(with_network(""), {{"Nope", "x"}}), "unused-parameter"));
}

TEST(CloudFormationStacks, AnAssemblyIsReadByItsManifest) {
  const auto registry = std::make_shared<Registry>();
  const auto cloud = read_cloud(registry, {example("cloudformation/cdk.out")});
  ASSERT_TRUE(cloud.has_value()) << cloud.error().message;
  EXPECT_TRUE(cloud->diagnostics().empty());  // tree.json lies beside it
  const Function* f = find(*cloud, (*cloud)->functions, "arn:aws:lambda:eu-central-1:111122223333:function:lf6c");
  ASSERT_NE(f, nullptr);
  ASSERT_TRUE(f->network.known());
  EXPECT_EQ(shown(cloud->id(f->network->vpc)), "(Net.Vpc8F1)");
  const Bucket* bucket = find(*cloud, (*cloud)->buckets, "(App.Bucket5)");
  ASSERT_NE(bucket, nullptr);
  EXPECT_EQ(cloud->view(bucket->head.name), "App/s3delta");  // the construct's path
  EXPECT_EQ(ask(*cloud, "lf6c", "App/s3delta").verdict, net::Verdict::private_);
}

TEST(CloudFormationStacks, ManifestsInManifestsAndBrokenOnes) {
  std::vector<std::string> nested;
  const auto tree = parse_template(
      R"({"version":"48.0.0","artifacts":{"S":{"type":"aws:cloudformation:stack","environment":"aws://unknown-account/unknown-region",
          "properties":{"templateFile":"S.json","stackName":"prod-S"}},"assembly-P":{"type":"cdk:cloud-assembly","properties":{"directoryName":"assembly-P"}},
          "T":{"type":"aws:cloudformation:stack"},"U":7}})",
      0);
  ASSERT_TRUE(tree.has_value());
  const auto stacks = stacks_of_assembly(*tree, "out/", nested);
  ASSERT_EQ(stacks.size(), 1U);
  EXPECT_EQ(stacks[0].path, "out/S.json");
  EXPECT_EQ(stacks[0].name, "prod-S");
  EXPECT_EQ(stacks[0].region + stacks[0].account, "");
  EXPECT_THAT(nested, ::testing::ElementsAre("out/assembly-P/"));
}

TEST(CloudFormationStacks, ParameterFilesComeInBothForms) {
  const auto values = [](const std::string& text) {
    const auto tree = parse_template(text, 0);
    EXPECT_TRUE(tree.has_value());
    const auto given = template_parameters(*tree);
    std::string all;
    if (!given) return "error: " + given.error().message;
    for (const auto& [name, value] : given->values) all += name + "=" + value.value + ";";
    return all;
  };
  EXPECT_EQ(values(R"([{"ParameterKey":"A","ParameterValue":"1"},{"ParameterKey":"B","UsePreviousValue":true}])"),
            "A=1;");
  EXPECT_EQ(values(R"({"A":"1","B":[1,"x"],"C":true})"), "A=1;B=1,x;C=true;");
  EXPECT_EQ(values(R"({"Parameters":{"A":"1"}})"), "A=1;");
  EXPECT_EQ(values("A: x\nB: 012345678901\n"), "A=x;B=012345678901;");
  EXPECT_THAT(values(R"([{"A":"1"}])"), HasSubstr("error"));
  EXPECT_THAT(values(R"("x")"), HasSubstr("error"));
  EXPECT_THAT(values(R"({"A":{"B":1}})"), HasSubstr("error"));
}

TEST(CloudFormationStacks, ATemplateIsLaidOverABase) {
  const auto registry = std::make_shared<Registry>();
  InputOptions options;
  options.base = example("article/2-endpoints");
  const auto cloud = read_cloud(registry, {example("cloudformation/template.yaml")}, nullptr, options);
  ASSERT_TRUE(cloud.has_value()) << cloud.error().message;
  EXPECT_EQ((*cloud)->vpcs.size(), 2U);
  EXPECT_TRUE(says(*cloud, "laid-over"));
  // By name it is the same bucket; the account is that of the base.
  EXPECT_EQ((*cloud)->buckets.size(), 1U);
  EXPECT_NE(find(*cloud, (*cloud)->roles, "arn:aws:iam::111122223333:role/lf6c-role"), nullptr);
  // The base lists all endpoints that there were, the template all that come.
  EXPECT_FALSE(cloud->missing(Kind::endpoint, registry->text("111122223333"), registry->text("eu-central-1")));
}

// Whatever the base lists, it does not list what may be new.
TEST(CloudFormationStacks, WhatMayBeNewHidesOverABaseToo) {
  const auto registry = std::make_shared<Registry>();
  const auto base = read_cloud(registry, {example("article/2-endpoints")});
  ASSERT_TRUE(base.has_value());
  const std::string function =
      "  F: {Type: AWS::Lambda::Function, Properties: {FunctionName: f, VpcConfig: {SubnetIds: [!Ref A], "
      "SecurityGroupIds: "
      "[!GetAtt Vpc.DefaultSecurityGroup]}}}\n";
  const auto asked = [&](const std::string& more) {
    const Cloud cloud = apply(*base, change_of(registry, {{"t.yaml", with_network(function + more)}}, 1, {}, &*base));
    return ask(cloud, "f", "s3.eu-central-1").verdict;
  };
  EXPECT_EQ(asked(""), net::Verdict::blocked);
  EXPECT_EQ(asked("  X: {Type: AWS::Logs::LogGroup}\n"), net::Verdict::blocked);
  EXPECT_EQ(asked("  X: {Type: AWS::NetworkFirewall::Firewall}\n"), net::Verdict::unknown);
}

// A parameter without value may name a group, a table or an ACL that exists: each may get what is added to it.
TEST(CloudFormationStacks, PartsOfSomethingThatNobodyNamesMayBeOfTheBases) {
  const auto registry = std::make_shared<Registry>();
  const auto base = read_cloud(registry, {example("article/2-endpoints")});
  ASSERT_TRUE(base.has_value());
  const auto read = [&](const std::string& more, const Given& given) {
    return change_of(registry, {{"t.yaml", "Parameters: {P: {Type: String}}\n" + with_network(more)}}, 1, given,
                     &*base);
  };
  const std::string rule =
      "  R: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !Ref P, IpProtocol: '-1', CidrIp: "
      "0.0.0.0/0}}\n";
  const std::string route =
      "  R: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref P, DestinationCidrBlock: 0.0.0.0/0, GatewayId: "
      "igw-1}}\n";
  const std::string entry =
      "  R: {Type: AWS::EC2::NetworkAclEntry, Properties: {NetworkAclId: !Ref P, RuleNumber: 1, Protocol: -1, "
      "RuleAction: deny, CidrBlock: 0.0.0.0/0}}\n";
  const Change open = read(rule, {});
  for (const SecurityGroup& row : (*base)->security_groups) {
    const auto found = std::find_if(open.put.security_groups.begin(), open.put.security_groups.end(),
                                    [&](const SecurityGroup& g) { return g.id == row.id; });
    ASSERT_NE(found, open.put.security_groups.end());
    EXPECT_TRUE(found->rules.open);
  }
  EXPECT_EQ(read(rule, {{"P", "sg-of-nobody"}}).put.security_groups.size(), 2U);  // that one, and the VPC's own
  const Change routed = read(route, {});
  EXPECT_GT(routed.put.route_tables.size(), (*base)->route_tables.size());
  for (const RouteTable& row : routed.put.route_tables) {
    EXPECT_TRUE(std::any_of(row.routes.begin(), row.routes.end(), [](const Route& r) { return bool(r.perhaps); }));
  }
  const Change denied = read(entry, {});
  EXPECT_GT(denied.put.network_acls.size(), (*base)->network_acls.size());
  for (const NetworkAcl& row : denied.put.network_acls) EXPECT_TRUE(row.entries.open);
}

TEST(CloudFormationStacks, OptionsThatHaveNothingToDoAreErrors) {
  const auto error = [](const std::vector<std::string>& paths, const InputOptions& options) {
    const auto cloud = read_cloud(std::make_shared<Registry>(), paths, nullptr, options);
    return cloud ? std::string() : cloud.error().message;
  };
  EXPECT_THAT(error({example("article/2-endpoints")}, {example("article/1-no-endpoints"), {}}), HasSubstr("--base"));
  EXPECT_THAT(error({example("article/2-endpoints")}, {{}, {"x.json"}}), HasSubstr("--parameters"));
  EXPECT_THAT(error({example("cloudformation/template.yaml")}, {{}, {"nothing.json"}}), HasSubstr("nothing.json"));
}

}  // namespace
}  // namespace sallyport::read
