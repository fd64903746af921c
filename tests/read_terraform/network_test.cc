// The network of a plan: what is given, what AWS makes along with it, what flows.
#include <algorithm>

#include "plan.h"

namespace sallyport::read {
namespace {

const std::string in_vpc = R"("vpc_id":)" + refers("aws_vpc.main.id");

Made group(const std::string& name, const std::string& after, const std::string& unknown,
           const std::string& more = {}) {
  return {"aws_security_group." + name, after, unknown, "{" + in_vpc + more + "}"};
}

Made instance(const std::string& more = R"("associate_public_ip_address":true)",
              const std::string& groups = R"("vpc_security_group_ids":)" + refers("aws_security_group.web.id")) {
  return {"aws_instance.i",
          R"({"tags":{"Name":"i"},"source_dest_check":true,"launch_template":[],"ami":"ami-1")" +
              (more.empty() ? "" : "," + more) + "}",
          R"({"id":true,"subnet_id":true,"vpc_security_group_ids":true,"private_ip":true,"public_ip":true,
              "primary_network_interface_id":true,"network_interface":true,"ipv6_addresses":true,"ipv6_address_count":true)" +
              std::string(more.empty() ? R"(,"associate_public_ip_address":true})" : "}"),
          R"({"subnet_id":)" + refers("aws_subnet.a.id") + (groups.empty() ? "" : "," + groups) + "}"};
}

const Made open_group =
    group("web", R"({"name":"web","egress":[{"cidr_blocks":["0.0.0.0/0"],"from_port":0,"to_port":0,
    "protocol":"-1","ipv6_cidr_blocks":[],"prefix_list_ids":[],"security_groups":[],"self":false}]})",
          R"({"id":true,"vpc_id":true,"ingress":true,"egress":[{}]})", R"(,"egress":{"constant_value":[]})");
const Made closed_group =
    group("web", R"({"name":"web"})", R"({"id":true,"vpc_id":true,"ingress":true,"egress":true})");
const Made gateway{"aws_internet_gateway.g", "{}", R"({"id":true,"vpc_id":true})", "{" + in_vpc + "}"};
const Made table{"aws_route_table.t", R"({"route":[{"cidr_block":"0.0.0.0/0","gateway_id":null,"nat_gateway_id":""}]})",
                 R"({"id":true,"vpc_id":true,"route":[{"gateway_id":true}],"propagating_vgws":true})",
                 "{" + in_vpc + R"(,"route":)" + refers("aws_internet_gateway.g.id") + "}"};
const Made association{
    "aws_route_table_association.x", "{}", R"({"subnet_id":true,"route_table_id":true})",
    R"({"subnet_id":)" + refers("aws_subnet.a.id") + R"(,"route_table_id":)" + refers("aws_route_table.t.id") + "}"};

TEST(TerraformNetwork, ANewVpcBringsItsTableItsAclAndItsGroup) {
  const Cloud cloud = cloud_of(plan_of(with_network({})));
  const RouteTable* main = find(cloud, cloud->route_tables, "(aws_vpc.main.default_route_table_id)");
  ASSERT_NE(main, nullptr);
  EXPECT_TRUE(*main->main);
  EXPECT_TRUE(main->routes.empty());
  const NetworkAcl* acl = find(cloud, cloud->network_acls, "(aws_vpc.main.default_network_acl_id)");
  ASSERT_NE(acl, nullptr);
  EXPECT_EQ(acl->entries.size(), 4U);  // those of IPv6 let nothing pass without a block
  const SecurityGroup* group = find(cloud, cloud->security_groups, "(aws_vpc.main.default_security_group_id)");
  ASSERT_NE(group, nullptr);
  EXPECT_EQ(group->rules.size(), 3U);
  EXPECT_EQ(cloud->vpcs.rows()[0].custom_dns, Value<bool>(false));
}

TEST(TerraformNetwork, APublicSubnetLeadsToTheInternet) {
  const Cloud cloud = cloud_of(plan_of(with_network({gateway, table, association, open_group, instance()})));
  const net::Answer a = ask(cloud, "i", "sqs");
  EXPECT_EQ(a.verdict, net::Verdict::public_);
  ASSERT_TRUE(a.has_door());
  EXPECT_EQ(a.door.kind, net::DoorKind::internet_gateway);
}

// Neither the instance nor its subnet asks for a public address.
TEST(TerraformNetwork, WithoutAPublicAddressTheGatewayDropsIt) {
  const Cloud cloud = cloud_of(plan_of(with_network({gateway, table, association, open_group, instance("")})));
  EXPECT_EQ(ask(cloud, "i", "sqs").verdict, net::Verdict::blocked);
}

TEST(TerraformNetwork, TheSubnetMayGiveThePublicAddress) {
  auto resources = with_network({gateway, table, association, open_group, instance("")});
  const std::string off = R"("map_public_ip_on_launch":false)";
  resources[1].after.replace(resources[1].after.find(off), off.size(), R"("map_public_ip_on_launch":true)");
  EXPECT_EQ(ask(cloud_of(plan_of(resources)), "i", "sqs").verdict, net::Verdict::public_);
}

TEST(TerraformNetwork, AnElasticIpMayBeThePublicAddress) {
  const Made eip{"aws_eip.e", R"({"domain":"vpc"})", R"({"id":true,"public_ip":true,"instance":true})",
                 R"({"instance":)" + refers("aws_instance.i.id") + "}"};
  EXPECT_EQ(
      ask(cloud_of(plan_of(with_network({gateway, table, association, open_group, instance(""), eip}))), "i", "sqs")
          .verdict,
      net::Verdict::public_);
}

// SG-2: Terraform takes the default egress rule away.
TEST(TerraformNetwork, AGroupWithoutRulesLetsNothingOut) {
  const Cloud cloud = cloud_of(plan_of(with_network({gateway, table, association, closed_group, instance()})));
  EXPECT_EQ(ask(cloud, "i", "sqs").verdict, net::Verdict::blocked);
  const SecurityGroup* group = find(cloud, cloud->security_groups, "(aws_security_group.web.id)");
  ASSERT_NE(group, nullptr);
  EXPECT_TRUE(group->rules.empty());
  EXPECT_TRUE(group->rules.complete());
}

TEST(TerraformNetwork, RulesOfTheirOwnAddToAGroup) {
  const Made old_rule{
      "aws_security_group_rule.r",
      R"({"type":"egress","protocol":"tcp","from_port":443,"to_port":443,"cidr_blocks":["0.0.0.0/0"],"self":false})",
      R"({"security_group_id":true,"source_security_group_id":true})",
      R"({"security_group_id":)" + refers("aws_security_group.web.id") + "}"};
  const Made new_rule{"aws_vpc_security_group_egress_rule.r", R"({"ip_protocol":"-1","cidr_ipv4":"0.0.0.0/0"})",
                      R"({"security_group_id":true,"id":true})",
                      R"({"security_group_id":)" + refers("aws_security_group.web.id") + "}"};
  for (const Made& rule : {old_rule, new_rule}) {
    const Cloud cloud = cloud_of(plan_of(with_network({gateway, table, association, closed_group, rule, instance()})));
    EXPECT_EQ(ask(cloud, "i", "sqs").verdict, net::Verdict::public_) << rule.block;
  }
  Made lost = new_rule;
  lost.expressions = R"({"security_group_id":{"references":["local.group"]}})";
  const Cloud cloud = cloud_of(plan_of(with_network({gateway, table, association, closed_group, lost, instance()})));
  EXPECT_EQ(ask(cloud, "i", "sqs").verdict, net::Verdict::unknown);
}

// The table is not tied to the subnet for sure: then the main one may hold.
TEST(TerraformNetwork, AnUnknownAssociationLeavesTheTableOpen) {
  Made lost = association;
  lost.expressions =
      R"({"subnet_id":{"references":["self.s"]},"route_table_id":)" + refers("aws_route_table.t.id") + "}";
  const Cloud cloud = cloud_of(plan_of(with_network({gateway, table, lost, open_group, instance()})));
  const net::Answer a = ask(cloud, "i", "sqs");
  EXPECT_EQ(a.verdict, net::Verdict::unknown);
  EXPECT_TRUE(a.may.has(net::Verdict::public_));
}

TEST(TerraformNetwork, ARouteWhoseTargetIsUnknownMayLeadAnywhere) {
  Made lost = table;
  lost.expressions = "{" + in_vpc + R"(,"route":{"references":["self.gateway"]}})";
  const Cloud cloud = cloud_of(plan_of(with_network({gateway, lost, association, open_group, instance()})));
  const net::Answer a = ask(cloud, "i", "sqs");
  EXPECT_EQ(a.verdict, net::Verdict::unknown);
  EXPECT_TRUE(a.may.has(net::Verdict::public_) && a.may.has(net::Verdict::private_));
}

// A table of which some route may be missing decides nothing: not even that there is none.
TEST(TerraformNetwork, ATableThatMayHoldMoreBlocksNothing) {
  Made propagating = table;
  propagating.after = R"({"route":[],"propagating_vgws":["vgw-1"]})";
  propagating.unknown = R"({"id":true,"vpc_id":true})";
  const Cloud cloud = cloud_of(plan_of(with_network({gateway, propagating, association, open_group, instance()})));
  EXPECT_EQ(ask(cloud, "i", "sqs").verdict, net::Verdict::unknown);
}

// `dynamic "route"`: the blocks are there, their expressions are not shown.
TEST(TerraformNetwork, BlocksWithoutExpressionsAreUnknownWhereTheyAreUnknown) {
  Made dynamic = table;
  dynamic.expressions = "{" + in_vpc + "}";
  const Cloud cloud = cloud_of(plan_of(with_network({gateway, dynamic, association, open_group, instance()})));
  EXPECT_EQ(ask(cloud, "i", "sqs").verdict, net::Verdict::unknown);
}

TEST(TerraformNetwork, AGatewayEndpointTakesItsServiceFromTheRoute) {
  const auto endpoint = [](const std::string& tables) {
    return Made{
        "aws_vpc_endpoint.s3", R"({"service_name":"com.amazonaws.eu-central-1.s3","vpc_endpoint_type":"Gateway"})",
        R"({"id":true,"vpc_id":true,"route_table_ids":true,"policy":true,"state":true,"private_dns_enabled":true,
                    "subnet_ids":true,"security_group_ids":true})",
        "{" + in_vpc + R"(,"service_name":{},"route_table_ids":)" + tables + "}"};
  };
  const Cloud tied = cloud_of(plan_of(
      with_network({gateway, table, association, open_group, instance(), endpoint(refers("aws_route_table.t.id"))})));
  EXPECT_EQ(ask(tied, "i", "s3").verdict, net::Verdict::private_);
  EXPECT_EQ(ask(tied, "i", "sqs").verdict, net::Verdict::public_);
  const Cloud lost = cloud_of(plan_of(with_network(
      {gateway, table, association, open_group, instance(), endpoint(R"({"references":["local.tables"]})")})));
  const net::Answer a = ask(lost, "i", "s3");
  EXPECT_EQ(a.verdict, net::Verdict::unknown);
  EXPECT_TRUE(a.may.has(net::Verdict::private_) && a.may.has(net::Verdict::public_));
}

TEST(TerraformNetwork, TheDefaultAclThatIsTakenOverAllowsOnlyWhatIsGiven) {
  const Made acl{"aws_default_network_acl.d", R"({"egress":[],"ingress":[],"subnet_ids":null})",
                 R"({"id":true,"default_network_acl_id":true})",
                 R"({"default_network_acl_id":)" + refers("aws_vpc.main.default_network_acl_id") + "}"};
  const Cloud cloud = cloud_of(plan_of(with_network({gateway, table, association, open_group, instance(), acl})));
  const net::Answer a = ask(cloud, "i", "sqs");
  EXPECT_EQ(a.verdict, net::Verdict::blocked);
  EXPECT_STREQ(a.reason.code, "SUBNET_ACL_RESTRICTION");
}

TEST(TerraformNetwork, TheDefaultGroupThatIsTakenOverAllowsOnlyWhatIsGiven) {
  const Made group{"aws_default_security_group.d", "{}", R"({"id":true,"vpc_id":true,"ingress":true,"egress":true})",
                   "{" + in_vpc + "}"};
  const Made in_default = instance(R"("associate_public_ip_address":true)", "");
  EXPECT_EQ(ask(cloud_of(plan_of(with_network({gateway, table, association, in_default}))), "i", "sqs").verdict,
            net::Verdict::public_);
  EXPECT_EQ(ask(cloud_of(plan_of(with_network({gateway, table, association, in_default, group}))), "i", "sqs").verdict,
            net::Verdict::blocked);
}

TEST(TerraformNetwork, ANatGatewayLeadsOut) {
  const Made subnet{"aws_subnet.b", R"({"cidr_block":"10.7.2.0/24"})", R"({"id":true,"vpc_id":true})",
                    "{" + in_vpc + "}"};
  const Made nat{
      "aws_nat_gateway.n", R"({"connectivity_type":"public"})",
      R"({"id":true,"subnet_id":true,"allocation_id":true,"private_ip":true,"public_ip":true,
                     "secondary_private_ip_addresses":true,"secondary_private_ip_address_count":true})",
      R"({"subnet_id":)" + refers("aws_subnet.b.id") + R"(,"allocation_id":)" + refers("aws_eip.e.id") + "}"};
  const Made eip{"aws_eip.e", R"({"domain":"vpc"})", R"({"id":true,"public_ip":true})"};
  Made of_b = association;
  of_b.expressions =
      R"({"subnet_id":)" + refers("aws_subnet.b.id") + R"(,"route_table_id":)" + refers("aws_route_table.t.id") + "}";
  const Made out{"aws_route.r", R"({"destination_cidr_block":"0.0.0.0/0"})",
                 R"({"route_table_id":true,"nat_gateway_id":true})",
                 R"({"route_table_id":)" + refers("aws_vpc.main.main_route_table_id") + R"(,"nat_gateway_id":)" +
                     refers("aws_nat_gateway.n.id") + "}"};
  const Cloud cloud =
      cloud_of(plan_of(with_network({subnet, gateway, table, of_b, eip, nat, out, open_group, instance("")})));
  const net::Answer a = ask(cloud, "i", "sqs");
  EXPECT_EQ(a.verdict, net::Verdict::public_);
  ASSERT_TRUE(a.has_door());
  EXPECT_EQ(a.door.kind, net::DoorKind::nat_gateway);
}

}  // namespace
}  // namespace sallyport::read
