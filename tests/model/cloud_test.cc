#include "model/cloud.h"

#include <gtest/gtest.h>

namespace sallyport {
namespace {

class CloudTest : public testing::Test {
 protected:
  RegistryPtr registry = std::make_shared<Registry>();
  Text region = registry->text("eu-central-1");
  Text account = registry->text("111122223333");

  template <class IdType>
  IdType id(const char* text) {
    return registry->ids.get<IdType>(region, registry->text(text));
  }
  Head head(const char* name) { return {registry->text(name), account, region, {}, {}}; }

  Change with_endpoint() {
    Change change(registry);
    RouteTable table;
    table.id = id<RouteTableId>("rtb-1");
    table.head = head("");
    table.vpc = id<VpcId>("vpc-1");
    change.put.route_tables.push_back(table);
    Endpoint endpoint;
    endpoint.id = id<EndpointId>("vpce-1");
    endpoint.head = head("");
    endpoint.type = EndpointType::gateway;
    endpoint.service = registry->text("com.amazonaws.eu-central-1.s3");
    endpoint.ip_type = EndpointIpType::ipv4;
    endpoint.route_tables.items = {table.id};
    change.put.endpoints.push_back(endpoint);
    return change;
  }
};

TEST_F(CloudTest, AGatewayEndpointPutsItsRouteIntoItsTables) {
  const Cloud cloud = apply(Cloud(registry), with_endpoint());
  const RouteTable* table = cloud->route_tables.find(id<RouteTableId>("rtb-1"));
  ASSERT_NE(table, nullptr);
  ASSERT_EQ(table->routes.size(), 1u);
  EXPECT_EQ(table->routes.items[0].object, Ref(id<EndpointId>("vpce-1")));
  const PrefixList* list = cloud->prefix_lists.find(std::get<PrefixListId>(table->routes.items[0].destination));
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(cloud.view(list->head.name), "com.amazonaws.eu-central-1.s3");
  EXPECT_FALSE(list->entries.complete());
}

TEST_F(CloudTest, TheRouteVanishesWithTheEndpoint) {
  const Cloud before = apply(Cloud(registry), with_endpoint());
  Change removal(registry);
  removal.removed.push_back(id<EndpointId>("vpce-1"));
  const Cloud after = apply(before, std::move(removal));
  EXPECT_EQ(after->endpoints.find(id<EndpointId>("vpce-1")), nullptr);
  EXPECT_TRUE(after->route_tables.find(id<RouteTableId>("rtb-1"))->routes.empty());
  EXPECT_EQ(before->route_tables.find(id<RouteTableId>("rtb-1"))->routes.size(), 1u) << "a cloud never changes";
}

TEST_F(CloudTest, TheRouteComesBackWhenItsTableIsRewritten) {
  const Cloud before = apply(Cloud(registry), with_endpoint());
  Change rewrite(registry);
  RouteTable table;
  table.id = id<RouteTableId>("rtb-1");
  rewrite.put.route_tables.push_back(table);
  EXPECT_EQ(apply(before, std::move(rewrite))->route_tables.find(table.id)->routes.size(), 1u);
}

TEST_F(CloudTest, SortsAclEntriesByTheirNumbers) {
  Change change(registry);
  NetworkAcl acl;
  acl.id = id<NetworkAclId>("acl-1");
  for (const std::uint16_t number : {32767, 200, 100}) {
    AclEntry entry;
    entry.number = number;
    acl.entries.items.push_back(entry);
  }
  change.put.network_acls.push_back(acl);
  const Cloud cloud = apply(Cloud(registry), std::move(change));
  const auto& entries = cloud->network_acls.find(acl.id)->entries;
  EXPECT_EQ(entries.items[0].number, 100);
  EXPECT_EQ(entries.items[2].number, 32767);
}

TEST_F(CloudTest, TwoRowsOfOneIdContradictEachOther) {
  Change change(registry);
  for (const char* name : {"a", "b"}) {
    Vpc vpc;
    vpc.id = id<VpcId>("vpc-1");
    vpc.head = head(name);
    change.put.vpcs.push_back(vpc);
  }
  const Cloud cloud = apply(Cloud(registry), std::move(change));
  EXPECT_EQ(cloud->vpcs.size(), 1u);
  EXPECT_TRUE(cloud->vpcs.find(id<VpcId>("vpc-1"))->head.gap);
  EXPECT_EQ(cloud.diagnostics().size(), 1u);
}

TEST_F(CloudTest, WhatIsOnlyReferredToIsNotFound) {
  const VpcId never_read = id<VpcId>("vpc-9");
  const Cloud cloud = apply(Cloud(registry), Change(registry));
  EXPECT_EQ(cloud->vpcs.find(never_read), nullptr);
  EXPECT_EQ(cloud->vpcs.find(VpcId()), nullptr);
}

TEST_F(CloudTest, AnEmptyListMeansCollectedAndNone) {
  Change change(registry);
  change.collected(Kind::vpc, account, region);
  const Cloud cloud = apply(Cloud(registry), std::move(change));
  EXPECT_FALSE(cloud.missing(Kind::vpc, account, region));
  EXPECT_TRUE(cloud.missing(Kind::subnet, account, region));
  EXPECT_TRUE(cloud.missing(Kind::vpc, registry->text("444455556666"), region));
  EXPECT_TRUE(cloud.missing(Kind::vpc, account, registry->text("us-east-1")));
  EXPECT_FALSE(cloud.missing(Kind::vpc, Text(), region)) << "all accounts that were seen are complete";
  const GapId gap = cloud.missing(Kind::subnet, account, region);
  EXPECT_EQ(registry->gaps[gap].remedy, "aws ec2 describe-subnets --region eu-central-1");
}

TEST_F(CloudTest, ACompleteSourceSettlesAGap) {
  const GapId refused = registry->gaps.add({GapKind::not_readable, "access denied", ""});
  Change change(registry);
  change.collected(Kind::vpc, account, region, refused);
  change.collected(Kind::vpc, account, region);
  change.collected(Kind::subnet, account, region, refused);
  const Cloud cloud = apply(Cloud(registry), std::move(change));
  EXPECT_FALSE(cloud.missing(Kind::vpc, account, region));
  EXPECT_EQ(cloud.missing(Kind::subnet, account, region), refused);
}

TEST_F(CloudTest, AnInterfaceCostsAFewHundredBytes) { EXPECT_LE(sizeof(Interface), 320u); }

}  // namespace
}  // namespace sallyport
