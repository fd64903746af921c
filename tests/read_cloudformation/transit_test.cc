// Transit gateways of templates: defaults, own tables, and what leaves them in doubt.
#include "template.h"

namespace sallyport::read {
namespace {

using net::May;
using net::Verdict;

// Two VPCs, each with a subnet and a way to `T`; `more` attaches them.
std::string with_two(const std::string& more) {
  return R"(
Parameters: {U: {Type: String}}
Conditions: {C: !Equals [!Ref U, x]}
Resources:
  V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.7.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref V, CidrBlock: 10.7.1.0/24, AvailabilityZone: eu-central-1a}}
  W: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.8.0.0/16}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref W, CidrBlock: 10.8.1.0/24, AvailabilityZone: eu-central-1a}}
  X: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.8.1.0/24}}
  Y: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref X, CidrBlock: 10.8.1.0/24, AvailabilityZone: eu-central-1a}}
  GV: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref V}}
  GW: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref W, SecurityGroupIngress: [{IpProtocol: '-1', CidrIp: 0.0.0.0/0}]}}
  TV: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref V}}
  TVA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {RouteTableId: !Ref TV, SubnetId: !Ref A}}
  RV: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref TV, DestinationCidrBlock: 10.8.0.0/16, TransitGatewayId: !Ref T}}
  TW: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref W}}
  TWB: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {RouteTableId: !Ref TW, SubnetId: !Ref B}}
  RW: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref TW, DestinationCidrBlock: 10.7.0.0/16, TransitGatewayId: !Ref T}}
  Left: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref A, SecurityGroupIds: [!Ref GV]}}
  Right: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref B, PrivateIpAddress: 10.8.1.10, SecurityGroupIds: [!Ref GW]}}
)" + more;
}

const std::string bare =
    "  T: {Type: AWS::EC2::TransitGateway, Properties: {DefaultRouteTableAssociation: disable, "
    "DefaultRouteTablePropagation: disable}}\n";
const std::string attachments = R"(
  AV: {Type: AWS::EC2::TransitGatewayAttachment, Properties: {TransitGatewayId: !Ref T, VpcId: !Ref V, SubnetIds: [!Ref A]}}
  AW: {Type: AWS::EC2::TransitGatewayVpcAttachment, Properties: {TransitGatewayId: !Ref T, VpcId: !Ref W, SubnetIds: [!Ref B]}}
)";
const std::string tables = R"(
  M: {Type: AWS::EC2::TransitGatewayRouteTable, Properties: {TransitGatewayId: !Ref T}}
  MV: {Type: AWS::EC2::TransitGatewayRouteTableAssociation, Properties: {TransitGatewayRouteTableId: !Ref M, TransitGatewayAttachmentId: !Ref AV}}
  MW: {Type: AWS::EC2::TransitGatewayRouteTableAssociation, Properties: {TransitGatewayRouteTableId: !Ref M, TransitGatewayAttachmentId: !GetAtt AW.Id}}
)";
const std::string propagations = R"(
  PV: {Type: AWS::EC2::TransitGatewayRouteTablePropagation, Properties: {TransitGatewayRouteTableId: !Ref M, TransitGatewayAttachmentId: !Ref AV}}
  PW: {Type: AWS::EC2::TransitGatewayRouteTablePropagation, Properties: {TransitGatewayRouteTableId: !Ref M, TransitGatewayAttachmentId: !Ref AW}}
)";

May may(const std::string& more) { return ask(cloud_of(with_two(more)), "Left", "Right").may; }

TEST(CloudFormationTransit, DefaultsLeadThroughTheDefaultTable) {
  EXPECT_EQ(may("  T: {Type: AWS::EC2::TransitGateway}\n" + attachments), May(Verdict::private_));
  EXPECT_EQ(may(bare + attachments), May(Verdict::blocked));
}

TEST(CloudFormationTransit, OwnTablesLeadByPropagationAndByRoutes) {
  EXPECT_EQ(may(bare + attachments + tables), May(Verdict::blocked));
  EXPECT_EQ(may(bare + attachments + tables + propagations), May(Verdict::private_));
  EXPECT_EQ(may(bare + attachments + tables + R"(
  QV: {Type: AWS::EC2::TransitGatewayRoute, Properties: {TransitGatewayRouteTableId: !Ref M, DestinationCidrBlock: 10.7.0.0/16, TransitGatewayAttachmentId: !Ref AV}}
  QW: {Type: AWS::EC2::TransitGatewayRoute, Properties: {TransitGatewayRouteTableId: !Ref M, DestinationCidrBlock: 10.8.0.0/16, TransitGatewayAttachmentId: !Ref AW}}
)"),
            May(Verdict::private_));
  EXPECT_EQ(may(bare + attachments + tables + propagations +
                "  Q: {Type: AWS::EC2::TransitGatewayRoute, Properties: {TransitGatewayRouteTableId: !Ref M, "
                "DestinationCidrBlock: 10.8.1.0/24, Blackhole: true}}\n"),
            May(Verdict::blocked));
}

// What may be there, and what is not known, may take the packets elsewhere.
TEST(CloudFormationTransit, DoubtIsNotPassedOver) {
  const std::string own = bare + attachments + tables + propagations;
  const auto unknown = [&](const std::string& more) {
    const May m = may(own + more);
    return m.has(Verdict::private_) && m != May(Verdict::private_);
  };
  // A longer route that may be there, by a condition, an attachment or a connection.
  EXPECT_TRUE(unknown(
      "  Q: {Type: AWS::EC2::TransitGatewayRoute, Condition: C, Properties: {TransitGatewayRouteTableId: !Ref M, "
      "DestinationCidrBlock: 10.8.1.0/24, Blackhole: true}}\n"));
  EXPECT_TRUE(
      unknown("  AX: {Type: AWS::EC2::TransitGatewayAttachment, Condition: C, Properties: {TransitGatewayId: !Ref T, "
              "VpcId: !Ref X, SubnetIds: [!Ref Y]}}\n"));
  EXPECT_TRUE(unknown(R"(
  DA: {Type: AWS::DirectConnect::DirectConnectGatewayAssociation, Properties: {DirectConnectGatewayId: d, AssociatedGatewayId: !Ref T}}
)"));
  EXPECT_TRUE(
      unknown("  PX: {Type: AWS::EC2::TransitGatewayRouteTablePropagation, Properties: {TransitGatewayRouteTableId: "
              "!Ref M, TransitGatewayAttachmentId: !If [C, !Ref AV, !Ref AW]}}\n"));
  // Not known with which table: some other may lead it nowhere.
  const May associated = may(bare + attachments + tables + propagations +
                             "  N: {Type: AWS::EC2::TransitGatewayRouteTable, Properties: {TransitGatewayId: !Ref T}}\n"
                             "  NV: {Type: AWS::EC2::TransitGatewayRouteTableAssociation, Condition: C, Properties: "
                             "{TransitGatewayRouteTableId: !Ref N, TransitGatewayAttachmentId: !Ref AV}}\n");
  EXPECT_NE(associated, May(Verdict::private_));
}

// What a gateway that exists does by default, nobody says: its tables may get the routes of a new VPC.
TEST(CloudFormationTransit, ANewAttachmentMayComeIntoTheTablesOfTheBase) {
  const auto registry = std::make_shared<Registry>();
  Change below(registry);
  const auto id = [&](auto of, const char* text) {
    return registry->ids.get<decltype(of)>(registry->text("eu-central-1"), registry->text(text));
  };
  TransitTable table;
  table.id = id(TransitTableId(), "tgw-rtb-1");
  table.head.region = registry->text("eu-central-1");
  table.gateway = id(TransitGatewayId(), "tgw-1");
  TransitTable other = table;
  other.id = id(TransitTableId(), "tgw-rtb-2");
  other.gateway = id(TransitGatewayId(), "tgw-2");
  below.put.transit_tables = {table, other};
  const Cloud base = apply(Cloud(registry), std::move(below));
  const Change change = change_of(registry, {{"t.yaml", with_network(R"(
  AV: {Type: AWS::EC2::TransitGatewayAttachment, Properties: {TransitGatewayId: tgw-1, VpcId: !Ref Vpc, SubnetIds: [!Ref A]}}
)")}},
                                  1, {}, &base);
  ASSERT_EQ(change.put.transit_tables.size(), 1U);
  EXPECT_EQ(change.put.transit_tables[0].id, table.id);
  EXPECT_TRUE(change.put.transit_tables[0].propagations.open);
}

// A VPN's routes are learned; by default they come into the table that all attachments use.
TEST(CloudFormationTransit, AVpnPutsRoutesIntoTheDefaultTable) {
  const std::string vpn =
      "  N: {Type: AWS::EC2::VPNConnection, Properties: {TransitGatewayId: !Ref T, CustomerGatewayId: cgw-1, Type: "
      "ipsec.1}}\n";
  EXPECT_NE(may("  T: {Type: AWS::EC2::TransitGateway}\n" + attachments + vpn), May(Verdict::private_));
  EXPECT_EQ(may(bare + attachments + tables + propagations + vpn), May(Verdict::private_));
  const Cloud cloud = cloud_of(with_two(bare + vpn));
  const TransitAttachment* row = find(cloud, cloud->transit_attachments, "(N.Attachment)");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->kind, Value<AttachmentKind>(AttachmentKind::vpn));
}

TEST(CloudFormationTransit, OptionsAndPeerings) {
  const Cloud cloud = cloud_of(with_two(bare + attachments + R"(
  AO: {Type: AWS::EC2::TransitGatewayAttachment, Properties: {TransitGatewayId: !Ref T, VpcId: !Ref X, SubnetIds: [!Ref Y], Options: {ApplianceModeSupport: enable, DnsSupport: enable, SecurityGroupReferencingSupport: disable}}}
  P: {Type: AWS::EC2::TransitGatewayPeeringAttachment, Properties: {TransitGatewayId: !Ref T, PeerTransitGatewayId: tgw-2, PeerRegion: us-east-1, PeerAccountId: '111122223333'}}
  K: {Type: AWS::EC2::TransitGatewayConnect, Properties: {TransportTransitGatewayAttachmentId: !Ref AV, Options: {Protocol: gre}}}
)"));
  const TransitAttachment* plain = find(cloud, cloud->transit_attachments, "(AV)");
  const TransitAttachment* set = find(cloud, cloud->transit_attachments, "(AO)");
  ASSERT_NE(plain, nullptr);
  ASSERT_NE(set, nullptr);
  EXPECT_EQ(plain->appliance_mode, Value<bool>(false));
  EXPECT_FALSE(plain->dns_support.known());  // the pages do not agree
  EXPECT_FALSE(plain->group_referencing.known());
  EXPECT_EQ(set->appliance_mode, Value<bool>(true));
  EXPECT_EQ(set->dns_support, Value<bool>(true));
  EXPECT_EQ(set->group_referencing, Value<bool>(false));
  const TransitAttachment* peering = find(cloud, cloud->transit_attachments, "(P)");
  ASSERT_NE(peering, nullptr);
  EXPECT_FALSE(peering->state.known());
  EXPECT_EQ(peering->table, Value<TransitTableId>(TransitTableId()));
  EXPECT_NE(find(cloud, cloud->transit_attachments, "(K)"), nullptr);
}

// A route to the internet gateway that may not be made is not one to a VPN.
TEST(CloudFormationTransit, GatewaysOfRoutesAreWhatTheTemplateSays) {
  const Cloud cloud = cloud_of(with_two(bare + R"(
  I: {Type: AWS::EC2::InternetGateway, Condition: C}
  N: {Type: AWS::EC2::VPNGateway, Properties: {Type: ipsec.1}}
  R1: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref TV, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref I}}
  R2: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref TW, DestinationCidrBlock: 10.9.0.0/16, GatewayId: !Ref N}}
)"));
  const auto target = [&](const char* table, std::size_t n) {
    return find(cloud, cloud->route_tables, table)->routes.items.at(n).target;
  };
  EXPECT_EQ(target("(TV)", 1), RouteTarget::internet_gateway);
  EXPECT_EQ(target("(TW)", 1), RouteTarget::vpn_gateway);
  EXPECT_EQ(find(cloud, cloud->route_tables, "(TW)")->routes.items.at(1).blackhole, Value<bool>(false));
}

}  // namespace
}  // namespace sallyport::read
