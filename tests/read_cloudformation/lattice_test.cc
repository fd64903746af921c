// VPC Lattice of templates: what is in doubt is neither there nor absent.
#include "template.h"

namespace sallyport::read {
namespace {

using net::May;
using net::Verdict;

// Two VPCs with an instance each: `V` is associated with a network that holds a service;
// either association may have a condition.
May may(const std::string& of_association, const std::string& of_service, const std::string& from) {
  return ask(cloud_of(R"(
Parameters: {U: {Type: String}}
Conditions: {C: !Equals [!Ref U, x]}
Resources:
  V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.7.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref V, CidrBlock: 10.7.1.0/24, AvailabilityZone: eu-central-1a}}
  W: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.8.0.0/16}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref W, CidrBlock: 10.8.1.0/24, AvailabilityZone: eu-central-1a}}
  GV: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref V}}
  GW: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref W}}
  Left: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref A, SecurityGroupIds: [!Ref GV]}}
  Right: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref B, SecurityGroupIds: [!Ref GW]}}
  N: {Type: AWS::VpcLattice::ServiceNetwork}
  S: {Type: AWS::VpcLattice::Service}
  NS: {Type: AWS::VpcLattice::ServiceNetworkServiceAssociation)" +
                      of_service + R"(, Properties: {ServiceIdentifier: !Ref S, ServiceNetworkIdentifier: !Ref N}}
  NV: {Type: AWS::VpcLattice::ServiceNetworkVpcAssociation)" +
                      of_association + R"(, Properties: {VpcIdentifier: !Ref V, ServiceNetworkIdentifier: !Ref N}}
)"),
             from, "169.254.171.32")
      .may;
}

TEST(CloudFormationLattice, AnAssociationInDoubtMayBringItsRoute) {
  const May either = May(Verdict::private_) | May(Verdict::blocked);
  EXPECT_EQ(may("", "", "Left"), either);
  EXPECT_EQ(may(", Condition: C", "", "Left"), either);
  EXPECT_EQ(may(", Condition: C", "", "Right"), May(Verdict::blocked));  // the VPC is known
}

TEST(CloudFormationLattice, ANetworkOfWhichAServiceIsInDoubtIsNotEmpty) {
  EXPECT_EQ(may("", ", Condition: C", "Left"), May(Verdict::private_) | May(Verdict::blocked));
}

TEST(CloudFormationLattice, NamesThatAnAssociationBringsAreNotClaimedAbsent) {
  const auto missing = [](const std::string& more) {
    const Cloud cloud = cloud_of(with_network(R"(
  N: {Type: AWS::VpcLattice::ServiceNetwork}
  X: {Type: AWS::VpcLattice::ServiceNetworkVpcAssociation, Properties: {VpcIdentifier: !Ref Vpc, ServiceNetworkIdentifier: !Ref N)" +
                                              more + "}}\n"));
    return why(cloud, cloud.missing(Kind::hosted_zone, Text(), Text()));
  };
  EXPECT_EQ(missing(""), "known");
  EXPECT_EQ(missing(", PrivateDnsEnabled: true"), "the names that `X` brings to its VPC are not read");
}

}  // namespace
}  // namespace sallyport::read
