// `Fn::ForEach`: what it makes, and what is not known of it.
#include "template.h"

namespace sallyport::read {
namespace {

const std::string transform = "Transform: AWS::LanguageExtensions\n";

std::string buckets(const Cloud& cloud) {
  std::string names;
  for (const Bucket& row : cloud->buckets) names += shown(cloud.id(row.id)) + " ";
  return names;
}

TEST(CloudFormationLoops, EachValueMakesItsResources) {
  const Cloud cloud = cloud_of(transform + with_network(R"(
  'Fn::ForEach::Nets':
    - Letter
    - [b, c]
    - 'Subnet${Letter}':
        Type: AWS::EC2::Subnet
        Properties: {VpcId: !Ref Vpc, CidrBlock: 10.7.2.0/24, AvailabilityZone: !Sub 'eu-central-1${Letter}', Tags: [{Key: Name, Value: !Ref Letter}]}
  R: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  RA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {RouteTableId: !Ref R, SubnetId: !Ref Subnetc}}
)"));
  const Subnet* b = find(cloud, cloud->subnets, "(Subnetb)");
  const Subnet* c = find(cloud, cloud->subnets, "(Subnetc)");
  ASSERT_NE(b, nullptr);
  ASSERT_NE(c, nullptr);
  EXPECT_EQ(cloud.view(b->zone), "eu-central-1b");
  EXPECT_EQ(cloud.view(c->head.name), "c");
  EXPECT_EQ(cloud.registry().documents.show(c->head.origin), "template.yaml:13");  // where the fragment says it
  EXPECT_EQ(find(cloud, cloud->route_tables, "(R)")->subnets.size(), 1U);
  EXPECT_FALSE(cloud.missing(Kind::subnet, Text(), b->head.region));
}

TEST(CloudFormationLoops, CollectionsMayBeParametersAndLoopsStandInLoops) {
  const std::string parameters =
      "Parameters: {L: {Type: CommaDelimitedList, Default: 'a,b'}, S: {Type: CommaDelimitedList}}\n";
  const std::string loops = R"(
  'Fn::ForEach::Outer':
    - X
    - !Ref L
    - 'Fn::ForEach::Inner':
        - Y
        - !FindInMap [M, !Ref X, names]
        - 'B${X}${Y}': {Type: AWS::S3::Bucket, Properties: {BucketName: {'Fn::Join': ['-', [{Ref: X}, !Ref Y, '${X}']]}}}
)";
  const std::string maps = "Mappings: {M: {a: {names: [one, two]}, b: {names: [three]}, c: {names: [four]}}}\n";
  EXPECT_EQ(buckets(cloud_of(transform + parameters + maps + with_network(loops))), "a-one-a a-two-a b-three-b ");
  EXPECT_EQ(buckets(cloud_of(transform + parameters + maps + with_network(loops), {{"L", "c"}})), "c-four-c ");
  // A list that nobody gives: nothing is claimed to be complete.
  const Cloud open = cloud_of(transform + parameters + with_network(R"(
  'Fn::ForEach::Nets': [X, !Ref S, {'N${X}': {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}}]
)"));
  EXPECT_TRUE(open.missing(Kind::subnet, Text(), open->subnets.rows()[0].head.region));
  EXPECT_TRUE(says(open, "loop"));
}

TEST(CloudFormationLoops, SignsAreLeftOutOfLogicalIds) {
  const Cloud cloud = cloud_of(transform + with_network(R"(
  'Fn::ForEach::Nets':
    - Block
    - [10.7.8.0/24, 10.7.9.0/24]
    - 'N&{Block}': {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: !Ref Block}}
)"));
  const Subnet* row = find(cloud, cloud->subnets, "(N1079024)");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(to_string(*row->cidrs.items.at(0)), "10.7.9.0/24");
}

TEST(CloudFormationLoops, InPropertiesConditionsAndOutputs) {
  const std::string head = transform + R"(
Parameters: {On: {Type: CommaDelimitedList, Default: 'yes,no'}}
Conditions:
  'Fn::ForEach::All': [N, [p, q], {'Is${N}': !Equals [!Ref N, q]}]
Outputs:
  'Fn::ForEach::All': [N, [p, q], {'Out${N}': {Value: !Ref N, Export: {Name: !Sub 'x-${N}'}}}]
)";
  const Cloud cloud = cloud_of(head + with_network(R"(
  'Fn::ForEach::Buckets': [N, [p, q], {'B${N}': {Type: AWS::S3::Bucket, Condition: 'Is${N}', Properties: {BucketName: !ImportValue 'x-${N}'}}}]
  G: {Type: AWS::EC2::SecurityGroup, Properties: {'Fn::ForEach::P': [I, [VpcId], {'${I}': !Ref Vpc}], GroupDescription: g}}
)"));
  EXPECT_EQ(buckets(cloud), "q ");
  const SecurityGroup* group = find(cloud, cloud->security_groups, "(G)");
  ASSERT_NE(group, nullptr);
  EXPECT_EQ(group->vpc, Value<VpcId>(find(cloud, cloud->vpcs, "(Vpc)")->id));
}

// Without the transform CloudFormation takes no loop; what stands in one is not read, and said.
TEST(CloudFormationLoops, WithoutTheTransformNothingIsClaimed) {
  const std::string loop = "  'Fn::ForEach::X': [I, [a], {'B${I}': {Type: AWS::S3::Bucket}}]\n";
  const Cloud cloud = cloud_of(with_network(loop));
  EXPECT_EQ(buckets(cloud), "");
  EXPECT_TRUE(says(cloud, "loop"));
  const Cloud property = cloud_of(with_network(
      "  I: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref A, 'Fn::ForEach::P': [I, !Ref X, {'${I}': 1}]}}\n"));
  const Instance* row = find(property, property->instances, "(I)");
  ASSERT_NE(row, nullptr);
  EXPECT_TRUE(row->head.gap);  // some property may be there that is not seen
}

// Loops in loops make more than anybody can read.
TEST(CloudFormationLoops, HostileLoopsEnd) {
  std::string list = "[0";
  for (int i = 1; i < 300; ++i) list += "," + std::to_string(i);
  list += "]";
  for (const std::string fragment : {"{'B${V}${W}${X}': {Type: AWS::S3::Bucket}}", "{}"}) {
    const Cloud cloud =
        cloud_of(transform + with_network("  'Fn::ForEach::V': [V, " + list + ", {'Fn::ForEach::W': [W, " + list +
                                          ", {'Fn::ForEach::X': [X, " + list + ", " + fragment + "]}]}]\n"));
    EXPECT_TRUE(says(cloud, "bad-template"));
    EXPECT_TRUE(cloud.missing(Kind::subnet, Text(), cloud->subnets.rows()[0].head.region));
  }
  EXPECT_EQ(buckets(cloud_of(transform + with_network("  'Fn::ForEach::V': [V, [a], 7]\n"))), "");
  EXPECT_EQ(buckets(cloud_of(transform + with_network("  'Fn::ForEach::V': {}\n"))), "");
  EXPECT_EQ(buckets(cloud_of(transform + with_network("  'Fn::ForEach::V': [V, !Ref V, {x: {}}]\n"))), "");
}

}  // namespace
}  // namespace sallyport::read
