// Links of which each alone is not known, and all together are (spread.h).
#include <gmock/gmock.h>

#include <algorithm>
#include <utility>

#include "plan.h"

namespace sallyport::read {
namespace {

using ::testing::HasSubstr;

const std::string one_of_p = R"({"references":["aws_subnet.p","count.index"]})";

// `number` subnets of one block, in the VPC of all plans here.
std::vector<Made> subnets(int number) {
  std::vector<Made> made;
  for (int i = 0; i < number; ++i) {
    made.push_back({"aws_subnet.p",
                    R"({"cidr_block":"10.7.)" + std::to_string(10 + i) +
                        R"(.0/24","availability_zone":"eu-central-1a","map_public_ip_on_launch":false})",
                    R"({"id":true,"vpc_id":true})", R"({"vpc_id":)" + refers("aws_vpc.main.id") + "}", R"(["create"])",
                    "null", std::to_string(i)});
  }
  return made;
}

Made table(const std::string& name, const std::string& route = {}) {
  return {"aws_route_table." + name, route.empty() ? "{}" : R"({"route":[)" + route + "]}",
          R"({"id":true,"vpc_id":true)" + std::string(route.empty() ? R"(,"route":true})" : "}"),
          R"({"vpc_id":)" + refers("aws_vpc.main.id") + (route.empty() ? "" : R"(,"route":{}})") +
              (route.empty() ? "}" : "")};
}

// An association of a table (one of those that `tables` mentions) with one of the subnets.
void associate(std::vector<Made>& made, int number, const std::string& tables) {
  for (int i = 0; i < number; ++i) {
    made.push_back({"aws_route_table_association.p", "{}", R"({"id":true,"subnet_id":true,"route_table_id":true})",
                    R"({"subnet_id":)" + one_of_p + R"(,"route_table_id":)" + tables + "}", R"(["create"])", "null",
                    std::to_string(i)});
  }
}

Cloud read(std::vector<Made> made) { return cloud_of(plan_of(with_network(std::move(made)))); }

TEST(TerraformSpread, AsManyAssociationsAsSubnetsNameEachOnce) {
  auto made = subnets(3);
  made.push_back(table("r"));
  associate(made, 3, refers("aws_route_table.r.id"));
  const Cloud cloud = read(made);
  const RouteTable* row = find(cloud, cloud->route_tables, "(aws_route_table.r.id)");
  ASSERT_NE(row, nullptr);
  EXPECT_TRUE(row->subnets.complete());
  EXPECT_EQ(row->subnets.size(), 3U);
}

TEST(TerraformSpread, FewerAssociationsLeaveOpenWhichSubnetHasTheTable) {
  auto made = subnets(3);
  made.push_back(table("r"));
  associate(made, 2, refers("aws_route_table.r.id"));
  const Cloud cloud = read(made);
  const RouteTable* row = find(cloud, cloud->route_tables, "(aws_route_table.r.id)");
  ASSERT_NE(row, nullptr);
  EXPECT_TRUE(row->subnets.open);
}

TEST(TerraformSpread, TablesWithTheSameRoutesStandForEachOther) {
  const std::string both = R"({"references":["aws_route_table.r.id","aws_route_table.r","aws_route_table.s.id",)"
                           R"("aws_route_table.s","count.index"]})";
  auto made = subnets(2);
  made.push_back(table("r"));
  made.push_back(table("s"));
  associate(made, 2, both);
  const Cloud cloud = read(made);
  bool stands = false;
  for (const RouteTable& row : cloud->route_tables) {
    if (show_symbols(cloud.id(row.id)).find("one of the tables") == std::string::npos) continue;
    stands = true;
    EXPECT_EQ(row.subnets.size(), 2U);
  }
  EXPECT_TRUE(stands);
}

TEST(TerraformSpread, TablesWithOtherRoutesDoNot) {
  const std::string both = R"({"references":["aws_route_table.r.id","aws_route_table.r","aws_route_table.s.id",)"
                           R"("aws_route_table.s","count.index"]})";
  auto made = subnets(2);
  made.push_back(table("r"));
  made.push_back(table("s"));
  made.push_back({"aws_route.out", R"({"destination_cidr_block":"0.0.0.0/0","gateway_id":"igw-1"})",
                  R"({"id":true,"route_table_id":true})",
                  R"({"route_table_id":)" + refers("aws_route_table.s.id") + R"(,"gateway_id":{}})"});
  associate(made, 2, both);
  const Cloud cloud = read(made);
  for (const char* name : {"(aws_route_table.r.id)", "(aws_route_table.s.id)"}) {
    const RouteTable* row = find(cloud, cloud->route_tables, name);
    ASSERT_NE(row, nullptr);
    EXPECT_TRUE(row->subnets.open) << name;
  }
}

// `number` tables of one block, each with one of them associated with a subnet of its own number.
std::vector<Made> tables(int number) {
  std::vector<Made> made;
  for (int i = 0; i < number; ++i) {
    made.push_back({"aws_route_table.t", "{}", R"({"id":true,"vpc_id":true,"route":true})",
                    R"({"vpc_id":)" + refers("aws_vpc.main.id") + "}", R"(["create"])", "null", std::to_string(i)});
  }
  return made;
}

// Routes to `destination` in one of the tables; `target`: `"gateway_id":"igw-1"`, or an expression.
void route_to(std::vector<Made>& made, int number, const std::string& destination, const std::string& target,
              const std::string& block = "aws_route.out", const std::string& expression = {}) {
  for (int i = 0; i < number; ++i) {
    made.push_back(
        {block, R"({"destination_cidr_block":")" + destination + "\"" + (target.empty() ? "" : "," + target) + "}",
         R"({"id":true,"route_table_id":true)" + std::string(expression.empty() ? "}" : R"(,"nat_gateway_id":true})"),
         R"({"route_table_id":{"references":["aws_route_table.t","count.index"]})" +
             (expression.empty() ? R"(,"gateway_id":{}})" : R"(,"nat_gateway_id":)" + expression + "}"),
         R"(["create"])", "null", std::to_string(i)});
  }
}

// How many of the tables surely have the route, and how many perhaps.
std::pair<int, int> with_route(const Cloud& cloud) {
  int surely = 0, perhaps = 0;
  for (const RouteTable& row : cloud->route_tables) {
    for (const Route& r : row.routes) ++(r.perhaps || r.gap ? perhaps : surely);
  }
  return {surely, perhaps};
}

const char* igw = R"("gateway_id":"igw-1")";

// A table has one route to a destination.
TEST(TerraformSpread, AsManyRoutesAsTablesAreInEachOnce) {
  auto made = tables(3);
  route_to(made, 3, "0.0.0.0/0", igw);
  EXPECT_EQ(with_route(read(made)), std::pair(3, 0));
}

TEST(TerraformSpread, FewerRoutesThanTablesMayBeInAny) {
  auto made = tables(3);
  route_to(made, 2, "0.0.0.0/0", igw);
  EXPECT_EQ(with_route(read(made)), std::pair(0, 6));
}

// Both may be in one table, if they lead to different destinations, or are of different blocks.
TEST(TerraformSpread, RoutesToDifferentDestinationsMayBeInOneTable) {
  auto made = tables(2);
  route_to(made, 1, "0.0.0.0/0", igw);
  made.back().index = "0";
  route_to(made, 1, "192.0.2.0/24", igw);
  made.back().index = "1";
  EXPECT_EQ(with_route(read(made)), std::pair(0, 4));
}

TEST(TerraformSpread, RoutesOfDifferentBlocksAreNotCountedTogether) {
  auto made = tables(2);
  route_to(made, 1, "0.0.0.0/0", igw, "aws_route.a");
  route_to(made, 1, "0.0.0.0/0", igw, "aws_route.b");
  EXPECT_EQ(with_route(read(made)), std::pair(0, 4));
}

// One of them is there already: in which table, nobody shows.
TEST(TerraformSpread, ARouteThatIsThereIsNotCounted) {
  auto made = tables(2);
  route_to(made, 2, "0.0.0.0/0", igw);
  made.back().actions = R"(["update"])";
  const auto [surely, perhaps] = with_route(read(made));
  EXPECT_EQ(surely, 0);
}

const std::string one_of_g = R"({"references":["aws_nat_gateway.g","count.index"]})";

// `number` NAT gateways in subnets of a block of their own.
std::vector<Made> gateways(int number, const std::string& type = "public") {
  auto made = subnets(number);
  for (int i = 0; i < number; ++i) {
    made.push_back({"aws_nat_gateway.g",
                    R"({"connectivity_type":")" + (i == 0 ? std::string("public") : type) + R"("})",
                    R"({"id":true,"subnet_id":true,"public_ip":true})", R"({"subnet_id":)" + one_of_p + "}",
                    R"(["create"])", "null", std::to_string(i)});
  }
  for (Made& m : tables(number)) made.push_back(m);
  return made;
}

// The gateways to which routes lead.
std::vector<std::string> led_to(const Cloud& cloud) {
  std::vector<std::string> names;
  for (const RouteTable& row : cloud->route_tables) {
    for (const Route& r : row.routes) {
      if (r.target == RouteTarget::nat_gateway) names.push_back(show_symbols(cloud.id(r.object)));
    }
  }
  return names;
}

TEST(TerraformSpread, OneOfSeveralGatewaysThatAreAlikeStandsForThem) {
  auto made = gateways(2);
  route_to(made, 2, "0.0.0.0/0", "", "aws_route.nat", one_of_g);
  const Cloud cloud = read(made);
  EXPECT_EQ(with_route(cloud), std::pair(2, 0));
  ASSERT_EQ(led_to(cloud).size(), 2U);
  EXPECT_THAT(led_to(cloud)[0], HasSubstr("one of"));
  const auto row = std::find_if(cloud->nat_gateways.begin(), cloud->nat_gateways.end(), [&](const NatGateway& n) {
    return show_symbols(cloud.id(n.id)).find("one of") != std::string::npos;
  });
  ASSERT_NE(row, cloud->nat_gateways.end());
  EXPECT_EQ(row->is_public, Value<bool>(true));
  EXPECT_FALSE(row->addresses.items.front().public_address.known());  // which of them it is decides that
}

TEST(TerraformSpread, GatewaysOfWhichOneIsPrivateDoNot) {
  auto made = gateways(2, "private");
  route_to(made, 2, "0.0.0.0/0", "", "aws_route.nat", one_of_g);
  const Cloud cloud = read(made);
  EXPECT_THAT(led_to(cloud), ::testing::IsEmpty());
  EXPECT_EQ(with_route(cloud), std::pair(0, 2));
}

// One of the subnets in which they may stand has a table of its own.
TEST(TerraformSpread, GatewaysInSubnetsOfWhichOneHasAnotherTableDoNot) {
  auto made = gateways(2);
  made.push_back(table("own"));
  made.push_back({"aws_route_table_association.first", "{}", R"({"id":true,"subnet_id":true,"route_table_id":true})",
                  R"({"subnet_id":{"references":["aws_subnet.p[0].id","aws_subnet.p[0]","aws_subnet.p"]},)"
                  R"("route_table_id":)" +
                      refers("aws_route_table.own.id") + "}"});
  route_to(made, 2, "0.0.0.0/0", "", "aws_route.nat", one_of_g);
  EXPECT_THAT(led_to(read(made)), ::testing::IsEmpty());
}

Made gateway() {
  return {"aws_nat_gateway.n", R"({"connectivity_type":"public"})", R"({"id":true,"subnet_id":true,"public_ip":true})",
          R"({"subnet_id":)" + one_of_p + "}"};
}

TEST(TerraformSpread, AGatewayInOneOfSubnetsThatAreAlikeStandsInOne) {
  auto made = subnets(2);
  made.push_back(gateway());
  const Cloud cloud = read(made);
  const NatGateway* row = find(cloud, cloud->nat_gateways, "(aws_nat_gateway.n.id)");
  ASSERT_NE(row, nullptr);
  ASSERT_TRUE(row->subnet.known());
  EXPECT_THAT(show_symbols(cloud.id(*row->subnet)), HasSubstr("aws_nat_gateway.n.subnet_id"));
}

TEST(TerraformSpread, NotWhereOneHasAnotherTable) {
  auto made = subnets(2);
  made.push_back(table("r"));
  made.push_back({"aws_route_table_association.first", "{}", R"({"id":true,"subnet_id":true,"route_table_id":true})",
                  R"({"subnet_id":{"references":["aws_subnet.p[0].id","aws_subnet.p[0]","aws_subnet.p"]},)"
                  R"("route_table_id":)" +
                      refers("aws_route_table.r.id") + "}"});
  made.push_back(gateway());
  const Cloud cloud = read(made);
  EXPECT_FALSE(find(cloud, cloud->nat_gateways, "(aws_nat_gateway.n.id)")->subnet.known());
}

// An instance in one of the subnets, and one in the first of them, both open.
void instances(std::vector<Made>& made) {
  made.push_back({"aws_security_group.open",
                  R"({"ingress":[{"protocol":"-1","from_port":0,"to_port":0,"cidr_blocks":["0.0.0.0/0"]}],
                      "egress":[{"protocol":"-1","from_port":0,"to_port":0,"cidr_blocks":["0.0.0.0/0"]}]})",
                  R"({"id":true,"vpc_id":true})",
                  R"({"ingress":{},"egress":{},"vpc_id":)" + refers("aws_vpc.main.id") + "}"});
  const std::string first = R"({"references":["aws_subnet.p[0].id","aws_subnet.p[0]","aws_subnet.p"]})";
  for (const auto& [name, subnet] : {std::pair("some", one_of_p), std::pair("first", first)}) {
    made.push_back(
        {"aws_instance." + std::string(name), R"({"tags":{"Name":")" + std::string(name) + R"("}})",
         R"({"id":true,"subnet_id":true,"vpc_security_group_ids":true,"private_ip":true,
                        "primary_network_interface_id":true})",
         R"({"subnet_id":)" + subnet + R"(,"vpc_security_group_ids":)" + refers("aws_security_group.open.id") + "}"});
  }
}

// An ACL of both subnets, which lets nothing through, or all.
void acl_of_both(std::vector<Made>& made, const std::string& entry) {
  const std::string entries = entry.empty() ? "[]" : "[" + entry + "]";
  made.push_back({"aws_network_acl.n", R"({"ingress":)" + entries + R"(,"egress":)" + entries + "}",
                  R"({"id":true,"vpc_id":true,"subnet_ids":true})",
                  R"({"ingress":{},"egress":{},"vpc_id":)" + refers("aws_vpc.main.id") + "}"});
  for (const char* n : {"0", "1"}) {
    const std::string subnet = "aws_subnet.p[" + std::string(n) + "]";
    made.push_back({"aws_network_acl_association.n" + std::string(n), "{}",
                    R"({"id":true,"subnet_id":true,"network_acl_id":true})",
                    R"({"network_acl_id":)" + refers("aws_network_acl.n.id") + R"(,"subnet_id":{"references":[")" +
                        subnet + R"(.id",")" + subnet + R"(","aws_subnet.p"]}})"});
  }
}

const char* everything_passes =
    R"({"rule_no":100,"action":"allow","protocol":"-1","from_port":0,"to_port":0,"cidr_block":"0.0.0.0/0"})";

TEST(TerraformSpread, AnInstanceInOneOfSubnetsThatAreAlike) {
  auto made = subnets(2);
  instances(made);
  const Cloud cloud = read(made);
  EXPECT_EQ(ask(cloud, "some", "sqs").verdict, net::Verdict::blocked);  // no route, from either
  EXPECT_EQ(ask(cloud, "some", "first").verdict, net::Verdict::private_);
}

// Within a subnet no ACL is asked, between two it is: only where it lets all through is that the same.
TEST(TerraformSpread, WhatAnAclDecidesBetweenTheSubnetsIsNotKnown) {
  auto closed = subnets(2);
  instances(closed);
  acl_of_both(closed, {});
  EXPECT_EQ(ask(read(closed), "some", "first").verdict, net::Verdict::unknown);
  auto open = subnets(2);
  instances(open);
  acl_of_both(open, everything_passes);
  EXPECT_EQ(ask(read(open), "some", "first").verdict, net::Verdict::private_);
}

TEST(TerraformSpread, AnInstanceInOneOfSubnetsWithOtherTablesIsNotPlaced) {
  auto made = subnets(2);
  made.push_back(table("r"));
  made.push_back({"aws_route_table_association.first", "{}", R"({"id":true,"subnet_id":true,"route_table_id":true})",
                  R"({"subnet_id":{"references":["aws_subnet.p[0].id","aws_subnet.p[0]","aws_subnet.p"]},)"
                  R"("route_table_id":)" +
                      refers("aws_route_table.r.id") + "}"});
  instances(made);
  EXPECT_EQ(ask(read(made), "some", "sqs").verdict, net::Verdict::unknown);
}

// VPC Block Public Access may spare the one and not the other.
TEST(TerraformSpread, NotWhereOneIsSpared) {
  auto made = subnets(2);
  made.push_back({"aws_vpc_block_public_access_exclusion.e",
                  R"({"internet_gateway_exclusion_mode":"allow-bidirectional"})", R"({"id":true,"subnet_id":true})",
                  R"({"subnet_id":{"references":["aws_subnet.p[0].id","aws_subnet.p[0]","aws_subnet.p"]}})"});
  made.push_back(gateway());
  const Cloud cloud = read(made);
  EXPECT_FALSE(find(cloud, cloud->nat_gateways, "(aws_nat_gateway.n.id)")->subnet.known());
}

}  // namespace
}  // namespace sallyport::read
