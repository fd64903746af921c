// IPv6 blocks that Amazon will give (model/later.h): what is decided without knowing which, and what must not be.
#include "plan.h"

namespace sallyport::read {
namespace {

using net::Verdict;

// What is put in the place of the network's own parts, and beside them.
struct Around {
  std::string vpc = R"("assign_generated_ipv6_cidr_block":true)";
  std::string route_to_eigw = "::/0";
  std::string allowed = R"(["::/0"])";  // by the group of both instances
  std::vector<Made> more;
};

Made native(const std::string& name) {
  return {"aws_subnet." + name,
          R"({"availability_zone":"eu-central-1a","ipv6_native":true,"assign_ipv6_address_on_creation":true})",
          R"({"id":true,"vpc_id":true,"ipv6_cidr_block":true})",
          R"({"vpc_id":)" + refers("aws_vpc.six.id") + R"(,"ipv6_cidr_block":)" +
              refers("aws_vpc.six.ipv6_cidr_block") + "}"};
}

Made instance(const std::string& name) {
  return {"aws_instance." + name, R"({"tags":{"Name":")" + name + R"("}})",
          R"({"id":true,"subnet_id":true,"vpc_security_group_ids":true,"private_ip":true,
              "primary_network_interface_id":true,"ipv6_addresses":true,"ipv6_address_count":true})",
          R"({"subnet_id":)" + refers("aws_subnet." + name + ".id") + R"(,"vpc_security_group_ids":)" +
              refers("aws_security_group.open.id") + "}"};
}

// `inner` leaves by an egress-only gateway, `outer` by an internet gateway.
Cloud network(const Around& a = {}) {
  const std::string in_vpc = R"({"vpc_id":)" + refers("aws_vpc.six.id") + "}";
  const std::string all = R"("protocol":"-1","from_port":0,"to_port":0,"ipv6_cidr_blocks":)" + a.allowed;
  const auto table = [&](const std::string& name, const std::string& destination, const std::string& target,
                         const std::string& gateway) -> std::vector<Made> {
    return {{"aws_route_table." + name, "{}", R"({"id":true,"vpc_id":true,"route":true})", in_vpc},
            {"aws_route." + name, R"({"destination_ipv6_cidr_block":")" + destination + "\"}",
             R"({"id":true,"route_table_id":true,")" + target + R"(":true})",
             R"({"destination_ipv6_cidr_block":{},"route_table_id":)" + refers("aws_route_table." + name + ".id") +
                 ",\"" + target + "\":" + refers(gateway) + "}"},
            {"aws_route_table_association." + name, "{}", R"({"id":true,"subnet_id":true,"route_table_id":true})",
             R"({"subnet_id":)" + refers("aws_subnet." + name + ".id") + R"(,"route_table_id":)" +
                 refers("aws_route_table." + name + ".id") + "}"}};
  };
  std::vector<Made> made = {
      {"aws_vpc.six",
       R"({"cidr_block":"10.7.0.0/16","enable_dns_support":true,"enable_dns_hostnames":true,)" + a.vpc + "}",
       R"({"id":true,"default_route_table_id":true,"main_route_table_id":true,"default_network_acl_id":true,
           "default_security_group_id":true,"ipv6_cidr_block":true})"},
      native("inner"),
      native("outer"),
      {"aws_internet_gateway.g", "{}", R"({"id":true,"vpc_id":true})", in_vpc},
      {"aws_egress_only_internet_gateway.e", "{}", R"({"id":true,"vpc_id":true})", in_vpc},
      {"aws_security_group.open", R"({"ingress":[{)" + all + R"(}],"egress":[{"protocol":"-1","from_port":0,"to_port":0,
           "ipv6_cidr_blocks":["::/0"]}]})",
       R"({"id":true,"vpc_id":true})",
       R"({"vpc_id":)" + refers("aws_vpc.six.id") +
           R"(,"ingress":{"constant_value":[]},"egress":{"constant_value":[]}})"},
      instance("inner"),
      instance("outer")};
  for (const auto& part :
       {table("inner", a.route_to_eigw, "egress_only_gateway_id", "aws_egress_only_internet_gateway.e.id"),
        table("outer", "::/0", "gateway_id", "aws_internet_gateway.g.id")})
    made.insert(made.end(), part.begin(), part.end());
  made.insert(made.end(), a.more.begin(), a.more.end());
  return cloud_of(plan_of(made));
}

Verdict asked(const Cloud& cloud, const std::string& from, const std::string& to) {
  return ask(cloud, from, to).verdict;
}

TEST(TerraformLater, RoutesToEverythingAndTheLocalOneDecide) {
  const Cloud cloud = network();
  EXPECT_EQ(asked(cloud, "inner", "outer"), Verdict::private_);
  EXPECT_EQ(asked(cloud, "outer", "inner"), Verdict::private_);
  const net::Answer out = ask(cloud, "inner", "internet");
  EXPECT_EQ(out.verdict, Verdict::public_);
  EXPECT_EQ(out.door.kind, net::DoorKind::egress_only_gateway);
  EXPECT_EQ(ask(cloud, "outer", "internet").door.kind, net::DoorKind::internet_gateway);
  EXPECT_EQ(asked(cloud, "internet", "outer"), Verdict::public_);
  EXPECT_EQ(asked(cloud, "internet", "inner"), Verdict::blocked);
}

// The address with which it calls is one of all that are public: no key may claim more.
TEST(TerraformLater, TheSourceAddressIsNotClaimed) {
  const net::Answer out = ask(network(), "outer", "internet");
  ASSERT_FALSE(out.passages.empty());
  for (const net::Passage& p : out.passages) EXPECT_FALSE(p.source_exact);
}

// Amazon may take the block from what the route names, or not; a shorter one loses to the local route.
TEST(TerraformLater, ARouteToAPartOfThePublicAddressesLeavesItOpen) {
  EXPECT_EQ(asked(network({.route_to_eigw = "2600:1f18:0:1::/64", .more = {}}), "inner", "outer"), Verdict::unknown);
  EXPECT_EQ(asked(network({.route_to_eigw = "2600:1f00::/24", .more = {}}), "inner", "outer"), Verdict::private_);
  EXPECT_EQ(asked(network({.route_to_eigw = "fd00::/8", .more = {}}), "inner", "outer"), Verdict::private_);
}

TEST(TerraformLater, ARuleForAPartOfThePublicAddressesLeavesItOpen) {
  EXPECT_EQ(asked(network({.allowed = R"(["2600:1f00::/24"])", .more = {}}), "inner", "outer"), Verdict::unknown);
  EXPECT_EQ(asked(network({.allowed = R"(["fd00::/8"])", .more = {}}), "inner", "outer"), Verdict::blocked);
  EXPECT_EQ(asked(network({.allowed = R"(["2000::/3"])", .more = {}}), "inner", "outer"), Verdict::private_);
}

// It may be one of the VPC's own.
TEST(TerraformLater, ALiteralPublicAddressMayBeInside) {
  EXPECT_EQ(asked(network(), "inner", "2600:1f18::5"), Verdict::unknown);
  EXPECT_EQ(asked(network(), "inner", "fd00::5"), Verdict::blocked);
}

// Out of a pool of one's own, or of nobody knows which, it may be any, also a private one.
TEST(TerraformLater, ABlockOfAPoolIsNotAmazons) {
  const std::string pool = R"("assign_generated_ipv6_cidr_block":false,"ipv6_ipam_pool_id":"ipam-pool-1")";
  EXPECT_EQ(asked(network({.vpc = pool, .more = {}}), "inner", "outer"), Verdict::unknown);
}

// The subnets' blocks may be parts of the other one.
TEST(TerraformLater, AFurtherBlockOfTheVpcLeavesOpenWhoseTheSubnetsAre) {
  const Made further{"aws_vpc_ipv6_cidr_block_association.b", R"({"ipv6_ipam_pool_id":"ipam-pool-1"})",
                     R"({"id":true,"vpc_id":true,"ipv6_cidr_block":true})",
                     R"({"vpc_id":)" + refers("aws_vpc.six.id") + R"(,"ipv6_ipam_pool_id":{}})"};
  EXPECT_EQ(asked(network({.more = {further}}), "inner", "outer"), Verdict::unknown);
}

}  // namespace
}  // namespace sallyport::read
