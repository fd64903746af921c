// A plan so large that it is read by two threads, and its keys are numbered.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "flows.h"
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

// What looks keys up by number, in one pass, finds what is found one by one.
TEST(TerraformLarge, IsReadAsASmallOneIs) {
  namespace fs = std::filesystem;
  std::vector<fs::path> plans;
  const fs::path source = SALLYPORT_SOURCE_DIR;
  for (const fs::directory_entry& entry : fs::directory_iterator(source / "tests/cases/plan")) {
    if (fs::exists(entry.path() / "plan.json")) plans.push_back(entry.path() / "plan.json");
  }
  for (const char* state : {"1", "2", "3", "4"}) {
    plans.push_back(source / "tests/same/article" / (std::string("plan-") + state + ".json"));
  }
  ASSERT_GT(plans.size(), 20U);
  const fs::path copy = fs::path(::testing::TempDir()) / "large-plan.json";
  std::size_t compared = 0;
  for (const fs::path& plan : plans) {
    std::string text = file(plan.string());
    text.insert(text.find('{') + 1, "\"padding\":\"" + std::string(std::size_t{9} << 20, 'x') + "\",");
    std::ofstream(copy, std::ios::binary) << text;
    const Flows small = flows_of({plan.string()});
    const Flows large = flows_of({copy.string()});
    ASSERT_EQ(small.size(), large.size()) << plan;
    for (const auto& [flow, told] : small) {
      const auto found = large.find(flow);
      ASSERT_NE(found, large.end()) << plan << flow;
      EXPECT_EQ(told.verdict, found->second.verdict) << plan << flow;
      EXPECT_EQ(told.door, found->second.door) << plan << flow;
      EXPECT_EQ(told.why, found->second.why) << plan << flow;
      ++compared;
    }
  }
  EXPECT_GT(compared, 300U);
  fs::remove(copy);
}

// Blocks are looked for where the one before stood: they may stand elsewhere.
TEST(TerraformLarge, BlocksMayStandInAnyOrder) {
  std::vector<Made> all = with_network({});
  const auto vpc = [](const std::string& name) { return R"({"vpc_id":)" + refers("aws_vpc." + name + ".id") + "}"; };
  for (const char* name : {"p", "q", "r"}) {
    all.push_back({std::string("aws_vpc.") + name, R"({"cidr_block":"10.9.0.0/16"})", R"({"id":true})"});
  }
  for (const char* name : {"p", "q", "r"}) {
    all.push_back({std::string("aws_subnet.") + name, R"({"cidr_block":"10.9.1.0/24"})", R"({"id":true,"vpc_id":true})",
                   vpc(name)});
  }
  std::string plan = plan_of(all);
  // The block of `aws_subnet.p` goes behind all others, and one that makes nothing stands where it was.
  const std::string mark = R"({"address":"aws_subnet.p")";
  const std::size_t at = plan.find(mark, plan.find("\"root_module\""));
  ASSERT_NE(at, std::string::npos);
  const std::size_t end = plan.find(R"({"address":"aws_subnet.q")", at);
  const std::string block = plan.substr(at, end - at - 1);
  std::string nothing = block;
  nothing.replace(nothing.find("aws_subnet.p"), 12, "aws_subnet.z");
  plan.replace(at, block.size(), nothing);
  const std::string last = R"({"address":"aws_subnet.r")";
  plan.insert(plan.find(last, at), block + ",");
  const Cloud cloud = cloud_of(plan);
  std::size_t found = 0;
  for (const Subnet& subnet : cloud->subnets) {
    std::string id(cloud.id(subnet.id));
    for (const char* name : {"p", "q", "r"}) {
      if (id.find(std::string("aws_subnet.") + name + ".id") == std::string::npos) continue;
      ++found;
      ASSERT_TRUE(subnet.vpc.known());
      EXPECT_EQ(std::string(cloud.id(*subnet.vpc)), id.replace(id.find("aws_subnet."), 11, "aws_vpc."));
    }
  }
  EXPECT_EQ(found, 3U);
}

}  // namespace
}  // namespace sallyport::read
