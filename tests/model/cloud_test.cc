#include "model/cloud.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

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

// Enough rows for several threads, in no order, some replaced, removed, or there twice.
TEST_F(CloudTest, ManyRowsStandInOrderOfScopesAndIds) {
  std::mt19937 random(7);
  std::vector<std::pair<std::string, std::string>>
      names;  // scope, id: some share their first bytes, or all of the shorter
  for (int n = 0; n < 15000; ++n) {
    const std::string id = "eni-" + std::string(static_cast<std::size_t>(n % 3) * 5, '0') + std::to_string(n / 3);
    names.emplace_back(n % 2 == 0 ? "eu-central-1" : "eu-west-1", id);
  }
  std::shuffle(names.begin(), names.end(), random);
  const auto filled = [&](std::size_t first, std::size_t last, const char* name) {
    Change change(registry);
    for (std::size_t n = first; n < last; ++n) {
      const Text scope = registry->text(names[n].first), text = registry->text(names[n].second);
      Interface interface;
      interface.id = registry->ids.get<InterfaceId>(scope, text);
      interface.head = head(name);
      change.put.interfaces.push_back(interface);
      Subnet subnet;
      subnet.id = registry->ids.get<SubnetId>(scope, text);
      subnet.head = head(name);
      change.put.subnets.push_back(subnet);
    }
    return change;
  };
  const Cloud before = apply(Cloud(registry), filled(0, 12000, "before"));
  Change change = filled(8000, 15000, "after");
  change.put.interfaces.push_back(change.put.interfaces.front());
  const InterfaceId twice = change.put.interfaces.front().id;
  const InterfaceId removed = before->interfaces.begin()->id;
  change.removed.push_back(removed);
  const Cloud after = apply(before, std::move(change));

  std::map<std::pair<std::string, std::string>, std::string> expected;  // and whose row stands there
  for (std::size_t n = 0; n < names.size(); ++n) expected[names[n]] = n < 8000 ? "before" : "after";
  const bool stays =
      expected[{registry->texts.string(registry->ids.scope(removed)), std::string(registry->id(removed))}] == "after";
  const auto check = [&](const auto& rows) {
    auto row = rows.begin();
    for (const auto& [name, whose] : expected) {
      ASSERT_NE(row, rows.end());
      EXPECT_EQ(registry->texts.string(registry->ids.scope(row->id)), name.first);
      EXPECT_EQ(registry->id(row->id), name.second);
      EXPECT_EQ(after.view(row->head.name), whose);
      EXPECT_EQ(rows.find(row->id), &*row);
      ++row;
    }
    EXPECT_EQ(row, rows.end());
  };
  check(after->subnets);
  if (!stays)
    expected.erase({registry->texts.string(registry->ids.scope(removed)), std::string(registry->id(removed))});
  check(after->interfaces);
  EXPECT_TRUE(after->interfaces.find(twice)->head.gap);
  ASSERT_EQ(after.diagnostics().size(), 1u);
  EXPECT_EQ(std::string(after.diagnostics().front().code), "contradiction");
}

}  // namespace
}  // namespace sallyport
