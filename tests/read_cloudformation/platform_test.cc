// Load balancers, tasks, databases and clusters of templates: what would be claimed wrongly without each.
#include <gmock/gmock.h>

#include "template.h"

namespace sallyport::read {
namespace {

using ::testing::HasSubstr;

const std::string front = R"(
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Name: front, Scheme: internal, Subnets: [!Ref A]}
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 8080, Protocol: HTTP, TargetType: ip, VpcId: !Ref Vpc}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Front
      Port: 80
      Protocol: HTTP
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]
)";

std::string service(const std::string& more) {
  return R"(
  Service:
    Type: AWS::ECS::Service
)" + more +
         R"(
    Properties:
      ServiceName: shop
      TaskDefinition: !Ref Definition
      NetworkConfiguration: {AwsvpcConfiguration: {AssignPublicIp: DISABLED, Subnets: [!Ref A]}}
      LoadBalancers: [{TargetGroupArn: !Ref Targets, ContainerName: shop, ContainerPort: 8080}]
  Definition: {Type: AWS::ECS::TaskDefinition, Properties: {Family: shop}}
)";
}

TEST(CloudFormationBalancers, AListenerForwardsToTasks) {
  const Cloud cloud = cloud_of(with_network(front + service("")));
  ASSERT_EQ(cloud->load_balancers.size(), 1U);
  const LoadBalancer& row = cloud->load_balancers.rows()[0];
  EXPECT_TRUE(row.listeners.complete());
  ASSERT_EQ(row.listeners.size(), 1U);
  const TargetGroup* group = cloud->target_groups.find(row.listeners.items[0].groups.items.at(0));
  ASSERT_NE(group, nullptr);
  EXPECT_TRUE(group->targets.complete());
  EXPECT_EQ(group->targets.size(), 1U);
  // Without a role in its definition a task has none.
  EXPECT_EQ(cloud->platform_workloads.rows()[0].role, Value<RoleId>(RoleId()));
}

// What may be there leaves open what it would add to: not "no targets".
TEST(CloudFormationBalancers, AServiceInDoubtLeavesItsTargetsOpen) {
  const std::string maybe = "Parameters: {On: {Type: String}}\nConditions: {On: !Equals [!Ref On, \"yes\"]}\n";
  const Cloud cloud = cloud_of(maybe + with_network(front + service("    Condition: On")));
  ASSERT_EQ(cloud->target_groups.size(), 1U);
  EXPECT_TRUE(cloud->target_groups.rows()[0].targets.open);
}

TEST(CloudFormationBalancers, ARuleForAListenerThatIsNotToldOpensAll) {
  const Cloud cloud = cloud_of("Parameters: {Arn: {Type: String}}\n" + with_network(front + R"(
  Rule:
    Type: AWS::ElasticLoadBalancingV2::ListenerRule
    Properties:
      ListenerArn: !Ref Arn
      Priority: 1
      Conditions: [{Field: path-pattern, Values: ["/x"]}]
      Actions: [{Type: redirect, RedirectConfig: {StatusCode: HTTP_301}}]
)"));
  const Listener& listener = cloud->load_balancers.rows()[0].listeners.items[0];
  EXPECT_TRUE(listener.groups.open);
}

// Two subnet groups of one name (in two Regions, say): which is meant is not told.
TEST(CloudFormationDatabases, ANameThatTwoHaveNamesNeither) {
  const std::string database = R"(
  Db:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, PubliclyAccessible: false, DBSubnetGroupName: main}
  One:
    Type: AWS::RDS::DBSubnetGroup
    Properties: {DBSubnetGroupName: main, DBSubnetGroupDescription: x, SubnetIds: [!Ref A]}
)";
  const Cloud known = cloud_of(with_network(database));
  ASSERT_EQ(known->platform_workloads.size(), 1U);
  EXPECT_TRUE(known->platform_workloads.rows()[0].place.known());
  const Cloud two = cloud_of(with_network(database + R"(
  Two:
    Type: AWS::RDS::DBSubnetGroup
    Properties: {DBSubnetGroupName: main, DBSubnetGroupDescription: x, SubnetIds: [!Ref A]}
)"));
  EXPECT_FALSE(two->platform_workloads.rows()[0].place.known());
}

const std::string database_in_a_group = R"(
  Db:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, DBSubnetGroupName: !Ref Group}
  Group:
    Type: AWS::RDS::DBSubnetGroup
    Properties: {DBSubnetGroupDescription: x, SubnetIds: [!Ref A]}
)";

// RDS derives it from the network where it is not given: in a VPC without an internet gateway nothing is public.
TEST(CloudFormationDatabases, WithoutAGatewayItIsPrivate) {
  const auto is_public = [](const std::string& more) {
    const std::string conditions = "Parameters: {U: {Type: String}}\nConditions: {C: !Equals [!Ref U, x]}\n";
    return cloud_of(conditions + with_network(database_in_a_group + more))
        ->platform_workloads.rows()[0]
        .publicly_accessible;
  };
  EXPECT_EQ(is_public(""), Value<bool>(false));
  EXPECT_EQ(is_public("  I: {Type: AWS::EC2::InternetGateway}\n"), Value<bool>(false));
  const std::string attached = "Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref I}}\n";
  EXPECT_FALSE(is_public("  I: {Type: AWS::EC2::InternetGateway}\n  IA: {Type: AWS::EC2::VPCGatewayAttachment, "
                         "Condition: C, " +
                         attached)
                   .known());
  EXPECT_FALSE(is_public("  I: {Type: AWS::EC2::InternetGateway, Condition: C}\n").known());
  EXPECT_FALSE(is_public("  X: {Type: 'Custom::Mine', Properties: {V: !Ref Vpc}}\n").known());
  EXPECT_FALSE(is_public("  X: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://x'}}\n").known());
}

TEST(CloudFormationDatabases, WhetherItIsPublicIsNotGuessed) {
  const Cloud cloud = cloud_of(with_network(database_in_a_group + R"(
  I: {Type: AWS::EC2::InternetGateway}
  IA: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref I}}
)"));
  const Value<bool>& open = cloud->platform_workloads.rows()[0].publicly_accessible;
  ASSERT_FALSE(open.known());
  EXPECT_THAT(why(cloud, open.gap()), HasSubstr("publicly accessible"));
  const net::Answer outside = ask(cloud, "internet", "Db", 5432);
  EXPECT_FALSE(outside.may.has(net::Verdict::private_));
}

TEST(CloudFormationClusters, MakeAGroupOfTheirOwn) {
  const Cloud cloud = cloud_of(with_network(R"(
  Cluster:
    Type: AWS::EKS::Cluster
    Properties: {Name: c, ResourcesVpcConfig: {SubnetIds: [!Ref A], EndpointPrivateAccess: true}}
  Nodes: {Type: AWS::EKS::Nodegroup, Properties: {ClusterName: !Ref Cluster, Subnets: [!Ref A]}}
)"));
  const SecurityGroup* group = find(cloud, cloud->security_groups, "(Cluster.ClusterSecurityGroupId)");
  ASSERT_NE(group, nullptr);
  EXPECT_EQ(group->rules.size(), 3U);
  ASSERT_EQ(cloud->instances.size(), 1U);
  const Interface* node = cloud->interfaces.find(cloud->instances.rows()[0].interfaces.items.at(0));
  ASSERT_NE(node, nullptr);
  EXPECT_EQ(node->groups.items, std::vector<SecurityGroupId>{group->id});
}

TEST(CloudFormationScaling, InstancesTakeTheirGroupsFromTheTemplate) {
  const Cloud cloud = cloud_of(with_network(R"(
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: g, VpcId: !Ref Vpc}}
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties: {LaunchTemplateData: {SecurityGroupIds: [!Ref Group]}}
  Instances:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: "2"
      VPCZoneIdentifier: [!Ref A]
      LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}
)"));
  ASSERT_EQ(cloud->instances.size(), 1U);
  const Interface* one = cloud->interfaces.find(cloud->instances.rows()[0].interfaces.items.at(0));
  ASSERT_NE(one, nullptr);
  ASSERT_EQ(one->groups.size(), 1U);
  EXPECT_EQ(shown(cloud.id(one->groups.items[0])), "(Group)");
}

TEST(CloudFormationResolver, ARuleOfSomebodyElsesLeavesNamesInDoubt) {
  const std::string ask_for = R"(
  Client: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-1, SubnetId: !Ref A}}
)";
  const Cloud plain = cloud_of(with_network(ask_for));
  EXPECT_EQ(plain.missing(Kind::resolver_rule, Text(), plain->vpcs.rows()[0].head.region), GapId());
  const Cloud cloud = cloud_of("Parameters: {Rule: {Type: String}}\n" + with_network(ask_for + R"(
  Shared: {Type: AWS::Route53Resolver::ResolverRuleAssociation, Properties: {ResolverRuleId: !Ref Rule, VPCId: !Ref Vpc}}
)"));
  EXPECT_NE(cloud.missing(Kind::resolver_rule, Text(), cloud->vpcs.rows()[0].head.region), GapId());
}

}  // namespace
}  // namespace sallyport::read
