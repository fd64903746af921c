// Any bytes that parse are read: no crash, no hang, nothing unbounded.
#include <chrono>
#include <random>

#include "template.h"

namespace sallyport::read {
namespace {

using Clock = std::chrono::steady_clock;

TEST(CloudFormationHostile, WrongTypesEverywhere) {
  for (const char* text :
       {"Resources: []", "Resources: x",
        "Resources: {A: 1, B: [], C: {Type: {}}, D: {Type: AWS::EC2::VPC, Properties: 7}}",
        "Resources: {A: {Type: AWS::EC2::VPC, Properties: []}}",
        "Parameters: 1\nMappings: []\nConditions: x\nResources: {}",
        "Resources: {A: {Type: AWS::EC2::Subnet, Properties: {VpcId: {}, CidrBlock: [1], AvailabilityZone: {a: b}}}}",
        "Resources: {A: {Type: AWS::EC2::Instance, Properties: {NetworkInterfaces: 3, LaunchTemplate: x, Tags: {}}}}",
        "Resources: {A: {Type: AWS::Lambda::Function, Properties: {VpcConfig: [], FunctionName: {}}}}",
        "Resources: {A: {Type: AWS::S3::Bucket, Condition: []}}", "Resources: {A: !Ref A}", "[]", "x", "",
        "Resources: {A: {Type: AWS::IAM::Role, Properties: {Policies: [1], AssumeRolePolicyDocument: !Ref A}}}",
        "Transform: {}\nResources: {A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: []}}}"}) {
    const Cloud cloud = cloud_of(text);
    EXPECT_EQ(cloud->endpoints.size(), 0U) << text;
  }
}

TEST(CloudFormationHostile, FunctionsWithWrongArguments) {
  for (const char* call : {"!Ref []",
                           "!Ref ''",
                           "!GetAtt x",
                           "!GetAtt []",
                           "!GetAtt [A]",
                           "!GetAtt [A, {}]",
                           "!Sub {}",
                           "!Sub []",
                           "!Sub '${'",
                           "!Sub '${}'",
                           "!Sub ['${a}', x]",
                           "!Join x",
                           "!Join [x]",
                           "!Join ['', [{}]]",
                           "!Join [[], []]",
                           "!Split [x]",
                           "!Split ['', abc]",
                           "!Split [[], []]",
                           "!Select x",
                           "!Select [-1, [a]]",
                           "!Select [99999999999999999999, [a]]",
                           "!Select [0, []]",
                           "!Cidr x",
                           "!Cidr [10.0.0.0/8, 999999999, 1]",
                           "!Cidr ['0.0.0.0/0', 256, 32]",
                           "!Cidr ['255.255.255.255/32', 2, 0]",
                           "!Cidr ['::/0', 3, 128]",
                           "!If x",
                           "!If [x, a]",
                           "!If [[], a, b]",
                           "!FindInMap x",
                           "!FindInMap [a, b]",
                           "!FindInMap [[], [], []]",
                           "!ImportValue {}",
                           "!Base64 []",
                           "!GetAZs []",
                           "!Transform {Name: x}",
                           "{'Fn::Nope': 1}",
                           "{'Fn::Transform': {}, a: b}",
                           "!Equals [a, b]",
                           "!Nope x"}) {
    const Cloud cloud =
        cloud_of("Resources: {A: {Type: AWS::S3::Bucket, Properties: {BucketName: " + std::string(call) + "}}}");
    EXPECT_LE(cloud->buckets.size(), 1U) << call;
  }
}

TEST(CloudFormationHostile, WhatRefersToItselfEnds) {
  const Clock::time_point begin = Clock::now();
  cloud_of(
      "Resources: {A: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !GetAtt B.CidrBlock}}, "
      "B: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !GetAtt A.CidrBlock}}}");
  // Each name is made of twenty of the next.
  std::string text = "Resources:\n";
  for (int i = 0; i < 40; ++i) {
    std::string parts;
    for (int k = 0; k < 20; ++k) parts += (k ? ", " : "") + ("!Ref B" + std::to_string((i + 1) % 40));
    text += "  B" + std::to_string(i) + ": {Type: AWS::S3::Bucket, Properties: {BucketName: !Join ['', [" + parts +
            "]]}}\n";
  }
  const Cloud cloud = cloud_of(text);
  EXPECT_LE(cloud->buckets.size(), 40U);
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(20));
}

TEST(CloudFormationHostile, ManyResourcesTakeLinearTime) {
  std::string text = with_network("");
  for (int i = 0; i < 20000; ++i) {
    text += "  R" + std::to_string(i) +
            ": {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref T, DestinationCidrBlock: 10." +
            std::to_string(i % 250) + ".0.0/16, NatGatewayId: nat-1}}\n";
  }
  text += "  T: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}\n";
  const Clock::time_point begin = Clock::now();
  const Cloud cloud = cloud_of(text);
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(10));
  EXPECT_EQ(find(cloud, cloud->route_tables, "(T)")->routes.size(), 20000U);
}

// Templates with a byte changed, or a piece cut out: whatever still parses is read.
TEST(CloudFormationHostile, DamagedTemplates) {
  const auto registry = std::make_shared<Registry>();
  std::string text = with_network(R"(
  G: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 1, ToPort: 2, CidrIp: !GetAtt Vpc.CidrBlock}]}}
  F: {Type: AWS::Lambda::Function, Properties: {FunctionName: f, VpcConfig: {SubnetIds: [!Ref A], SecurityGroupIds: [!Ref G]}}}
  D: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Vpc, ServiceName: !Sub 'com.amazonaws.${AWS::Region}.s3', RouteTableIds: [!Ref T]}}
  T: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
)");
  std::mt19937 random(7);
  std::size_t read = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string damaged = text;
    const std::size_t at = random() % damaged.size();
    if (i % 2 == 0) {
      damaged[at] = static_cast<char>(random() % 96 + 32);
    } else {
      damaged.erase(at, random() % 20);
    }
    auto tree = parse_template(damaged, 0);
    if (!tree) continue;
    std::vector<Template> templates;
    templates.push_back({std::move(*tree), "t.yaml", {}, {}, {}});
    const Cloud cloud = apply(Cloud(registry), read_cloudformation(Cloud(registry), templates, {}, {}));
    read += cloud->vpcs.size();
  }
  EXPECT_GT(read, 500U);
}

}  // namespace
}  // namespace sallyport::read
