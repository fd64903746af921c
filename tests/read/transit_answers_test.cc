// Transit gateways as AWS answers them, each attachment in several answers.
#include "read/snapshot_reading.h"

namespace sallyport::read {
namespace {

// An attachment of vpc-1 to tgw-1, with what `more` adds.
std::string attachment(const std::string& more) {
  return R"({"TransitGatewayAttachments": [{"TransitGatewayAttachmentId": "tgw-attach-1", "TransitGatewayId": "tgw-1",
    "TransitGatewayOwnerId": "111122223333", "ResourceOwnerId": "111122223333", "ResourceType": "vpc",
    "ResourceId": "vpc-1", "State": "available")" +
         more + "}]}";
}

constexpr const char* associated =
    R"(, "Association": {"TransitGatewayRouteTableId": "tgw-rtb-1", "State": "associated"})";

constexpr const char* subnets = R"({"TransitGatewayVpcAttachments": [{"TransitGatewayAttachmentId": "tgw-attach-1",
  "TransitGatewayId": "tgw-1", "VpcId": "vpc-1", "State": "available", "SubnetIds": ["subnet-2", "subnet-1"],
  "Options": {"DnsSupport": "enable", "Ipv6Support": "disable", "ApplianceModeSupport": "enable"}}]})";

constexpr const char* table =
    R"({"TransitGatewayRouteTables": [{"TransitGatewayRouteTableId": "tgw-rtb-1", "TransitGatewayId": "tgw-1",
        "State": "available"}]})";

TEST(TransitAttachments, AreOneRowOutOfSeveralAnswers) {
  Reading r;
  r.answer("ec2-describe-transit-gateway-attachments", attachment(associated));
  r.answer("ec2-describe-transit-gateway-vpc-attachments", subnets);
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->transit_attachments.size(), 1U);
  const TransitAttachment& row = cloud->transit_attachments.rows()[0];
  EXPECT_EQ(row.kind, Value<AttachmentKind>(AttachmentKind::vpc));
  EXPECT_EQ(row.state, Value<State>(State::working));
  EXPECT_EQ(row.vpc, Value<VpcId>(r.id<VpcId>("vpc-1")));
  EXPECT_EQ(row.table, Value<TransitTableId>(r.id<TransitTableId>("tgw-rtb-1")));
  EXPECT_EQ(row.subnets.size(), 2U);
  EXPECT_TRUE(row.subnets.complete());
  EXPECT_EQ(row.appliance_mode, Value<bool>(true));
  EXPECT_EQ(row.ipv6, Value<bool>(false));
  // Answers from before there was the option.
  EXPECT_FALSE(row.group_referencing.known());
  EXPECT_FALSE(row.head.gap);
}

TEST(TransitAttachments, LackWhatNobodyCollected) {
  Reading r;
  r.answer("ec2-describe-transit-gateway-attachments", attachment(associated));
  const Cloud cloud = r.cloud();
  EXPECT_TRUE(cloud->transit_attachments.rows()[0].subnets.open);
  EXPECT_FALSE(cloud->transit_attachments.rows()[0].appliance_mode.known());
}

TEST(TransitAttachments, ContradictEachOther) {
  Reading r;
  r.answer("ec2-describe-transit-gateway-attachments", attachment(associated));
  std::string other = subnets;
  other.replace(other.find("vpc-1"), 5, "vpc-2");
  r.answer("ec2-describe-transit-gateway-vpc-attachments", other);
  EXPECT_EQ(r.kind(r.cloud()->transit_attachments.rows()[0].head.gap), GapKind::contradictory);
}

// "No association" drops what enters: said only by the owner, and without policy tables.
TEST(TransitAttachments, HaveNoTableOnlyWhereTheOwnerSaysSo) {
  const auto table_of = [](const std::string& owner, const char* policies) {
    Reading r;
    std::string answer = attachment("");
    const std::string mine = R"("TransitGatewayOwnerId": "111122223333")";
    answer.replace(answer.find(mine), mine.size(), R"("TransitGatewayOwnerId": ")" + owner + "\"");
    r.answer("ec2-describe-transit-gateway-attachments", answer);
    if (policies != nullptr) r.answer("ec2-describe-transit-gateway-policy-tables", policies);
    return r.cloud()->transit_attachments.rows()[0].table;
  };
  EXPECT_EQ(table_of("111122223333", R"({"TransitGatewayPolicyTables": []})"), Value<TransitTableId>(TransitTableId()));
  EXPECT_FALSE(table_of("111122223333", nullptr).known());
  EXPECT_FALSE(table_of("111122223333", R"({"TransitGatewayPolicyTables": [{"TransitGatewayPolicyTableId": "tgw-ptb-1",
                                             "State": "available"}]})")
                   .known());
  EXPECT_FALSE(table_of("444455556666", R"({"TransitGatewayPolicyTables": []})").known());
}

TEST(TransitAttachments, OfPeeringsNameTheOtherSide) {
  const char* peering = R"({"TransitGatewayPeeringAttachments": [{"TransitGatewayAttachmentId": "tgw-attach-p",
    "RequesterTgwInfo": {"TransitGatewayId": "tgw-1", "OwnerId": "111122223333", "Region": "eu-central-1"},
    "AccepterTgwInfo": {"TransitGatewayId": "tgw-9", "OwnerId": "444455556666", "Region": "eu-west-1"},
    "State": "available"}]})";
  Reading r;
  r.answer("ec2-describe-transit-gateway-peering-attachments", peering);
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->transit_attachments.size(), 2U);
  const TransitAttachment& one = cloud->transit_attachments.rows()[0];
  const TransitAttachment& two = cloud->transit_attachments.rows()[1];
  EXPECT_EQ(one.peer, Value<TransitAttachmentId>(two.id));
  EXPECT_EQ(two.peer, Value<TransitAttachmentId>(one.id));
  EXPECT_EQ(cloud.view(two.head.region), "eu-west-1");
  EXPECT_EQ(cloud.view(two.head.account), "444455556666");
}

TEST(TransitTables, TakeRoutesFromTheSearchOfTheirName) {
  Reading r;
  r.answer("ec2-describe-transit-gateway-route-tables", table);
  r.answer("ec2-search-transit-gateway-routes/tgw-rtb-1", R"({"Routes": [
    {"DestinationCidrBlock": "10.1.0.0/16", "Type": "propagated", "State": "active",
     "TransitGatewayAttachments": [{"TransitGatewayAttachmentId": "tgw-attach-1", "ResourceType": "vpc"}]},
    {"DestinationCidrBlock": "10.2.0.0/16", "Type": "static", "State": "blackhole"}], "AdditionalRoutesAvailable": false})");
  const Cloud cloud = r.cloud();
  const TransitTable& row = cloud->transit_tables.rows()[0];
  ASSERT_EQ(row.routes.size(), 2U);
  EXPECT_TRUE(row.routes.complete());
  EXPECT_TRUE(row.routes.items[0].propagated);
  EXPECT_EQ(row.routes.items[1].blackhole, Value<bool>(true));
}

TEST(TransitTables, AreOpenWhereMoreRoutesWait) {
  const auto complete = [](const char* routes) {
    Reading r;
    r.answer("ec2-describe-transit-gateway-route-tables", table);
    r.answer("ec2-get-transit-gateway-route-table-propagations/tgw-rtb-1",
             R"({"TransitGatewayRouteTablePropagations": []})");
    if (routes != nullptr) r.answer("ec2-search-transit-gateway-routes/tgw-rtb-1", routes);
    return r.cloud()->transit_tables.rows()[0].routes.complete();
  };
  EXPECT_TRUE(complete(R"({"Routes": []})"));
  EXPECT_FALSE(complete(nullptr));
  EXPECT_FALSE(complete(R"({"Routes": [], "AdditionalRoutesAvailable": true})"));
  EXPECT_FALSE(complete(R"({"Error": {"Code": "UnauthorizedOperation"}})"));
  EXPECT_FALSE(complete(R"({"Routes": null})"));
}

// TG-2: a search for static routes; what is propagated follows from the VPC.
TEST(TransitTables, DeriveWhatIsPropagated) {
  const auto with = [](const char* propagations) {
    Reading r;
    r.answer("ec2-describe-vpcs", R"({"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}]})");
    r.answer("ec2-describe-transit-gateway-attachments", attachment(associated));
    r.answer("ec2-describe-transit-gateway-vpc-attachments", subnets);
    r.answer("ec2-describe-transit-gateway-route-tables", table);
    r.answer("ec2-search-transit-gateway-routes/tgw-rtb-1", R"({"Routes": []})");
    if (propagations != nullptr) r.answer("ec2-get-transit-gateway-route-table-propagations/tgw-rtb-1", propagations);
    return r.cloud()->transit_tables.rows()[0].routes;
  };
  const List<TransitRoute> derived = with(R"({"TransitGatewayRouteTablePropagations": [
      {"TransitGatewayAttachmentId": "tgw-attach-1", "ResourceType": "vpc", "State": "enabled"}]})");
  ASSERT_EQ(derived.size(), 1U);
  EXPECT_TRUE(derived.complete());
  EXPECT_EQ(std::get<Prefix>(derived.items[0].destination), *parse_prefix("10.0.0.0/16"));
  EXPECT_FALSE(with(nullptr).complete());
  EXPECT_FALSE(with(R"({"TransitGatewayRouteTablePropagations": [
      {"TransitGatewayAttachmentId": "tgw-attach-9", "ResourceType": "vpn", "State": "enabled"}]})")
                   .complete());
}

}  // namespace
}  // namespace sallyport::read
