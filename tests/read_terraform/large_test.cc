// A plan so large that it is read by two threads, and its keys are numbered.
#include <map>
#include <set>

#include "plan.h"

namespace sallyport::read {
namespace {

constexpr std::size_t subnets = 4'000;  // with a table and an association each: over 10,000 resources

TEST(TerraformLarge, EachTableKeepsItsSubnet) {
  std::vector<Made> all = with_network({});
  const std::string padding(700, 'x');  // over 8 MB in all
  for (std::size_t n = 0; n < subnets; ++n) {
    const std::string name = "s" + std::to_string(n);
    const std::string cidr = "10." + std::to_string(n >> 8U) + "." + std::to_string(n & 255U) + ".0/24";
    const std::string zone = std::string("eu-central-1") + static_cast<char>('a' + n % 3);
    const std::string vpc = R"({"vpc_id":)" + refers("aws_vpc.main.id") + "}";
    all.push_back({"aws_subnet." + name,
                   R"({"cidr_block":")" + cidr + R"(","availability_zone":")" + zone + R"(","x":")" + padding + "\"}",
                   R"({"id":true,"vpc_id":true})", vpc});
    all.push_back({"aws_route_table." + name, R"({"x":")" + padding + "\"}", R"({"id":true,"vpc_id":true})", vpc});
    all.push_back({"aws_route_table_association." + name, R"({"x":")" + padding + "\"}",
                   R"({"id":true,"subnet_id":true,"route_table_id":true})",
                   R"({"subnet_id":)" + refers("aws_subnet." + name + ".id") + R"(,"route_table_id":)" +
                       refers("aws_route_table." + name + ".id") + "}"});
  }
  const std::string plan = plan_of(all);
  ASSERT_GT(plan.size(), std::size_t{8} << 20);
  const Cloud cloud = cloud_of(plan);
  std::map<std::string, std::string> table_of;
  for (const RouteTable& table : cloud->route_tables) {
    for (const SubnetId subnet : table.subnets) table_of[std::string(cloud.id(subnet))] = cloud.id(table.id);
  }
  std::set<std::string> zones;
  std::size_t found = 0;
  for (const Subnet& subnet : cloud->subnets) {
    std::string id(cloud.id(subnet.id));
    EXPECT_EQ(cloud.view(subnet.head.account), "111122223333");
    EXPECT_EQ(cloud.view(subnet.head.region), "eu-central-1");
    zones.insert(std::string(cloud.view(subnet.zone)));
    const auto table = table_of.find(id);
    if (table == table_of.end()) continue;
    ++found;
    EXPECT_EQ(table->second, id.replace(id.find("aws_subnet."), 11, "aws_route_table."));
  }
  EXPECT_EQ(found, subnets);
  EXPECT_EQ(zones.size(), 3U);
}

}  // namespace
}  // namespace sallyport::read
