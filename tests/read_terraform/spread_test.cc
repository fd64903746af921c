// Links of which each alone is not known, and all together are (spread.h).
#include <gmock/gmock.h>

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
