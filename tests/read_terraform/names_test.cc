// What answers names in VPCs of a plan: DNS Firewall, Route 53 Profiles; and further VPCs of security groups.
#include "plan.h"

namespace sallyport::read {
namespace {

Cloud read(std::vector<Made> made) { return cloud_of(plan_of(with_network(std::move(made)))); }

const std::string in_main = R"("vpc_id":)" + refers("aws_vpc.main.id");

// A rule group on the VPC with one rule, of `action`, for the names in `domains` (as they change).
std::vector<Made> firewall(const std::string& action, const std::string& domains = R"({"domains":["*.evil.example."]})",
                           const std::string& unknown = R"({"id":true})") {
  return {{"aws_route53_resolver_firewall_domain_list.l", domains, unknown, R"({"domains":{}})"},
          {"aws_route53_resolver_firewall_rule_group.g", R"({"name":"g"})", R"({"id":true})"},
          {"aws_route53_resolver_firewall_rule.r",
           R"({"name":"r","priority":100,"action":")" + action + R"(","block_response":"NXDOMAIN"})",
           R"({"id":true,"firewall_rule_group_id":true,"firewall_domain_list_id":true})",
           R"({"firewall_rule_group_id":)" + refers("aws_route53_resolver_firewall_rule_group.g.id") +
               R"(,"firewall_domain_list_id":)" + refers("aws_route53_resolver_firewall_domain_list.l.id") + "}"},
          {"aws_route53_resolver_firewall_rule_group_association.a", R"({"name":"a","priority":200})",
           R"({"id":true,"vpc_id":true,"firewall_rule_group_id":true})",
           R"({"firewall_rule_group_id":)" + refers("aws_route53_resolver_firewall_rule_group.g.id") + "," + in_main +
               "}"}};
}

const DnsFirewall& only(const Cloud& cloud) {
  EXPECT_EQ(cloud->dns_firewalls.size(), 1U);
  return *cloud->dns_firewalls.begin();
}

TEST(TerraformNames, AFirewallGroupHasTheRulesAndDomainsOfThePlan) {
  const Cloud cloud = read(firewall("BLOCK"));
  const DnsFirewall& row = only(cloud);
  ASSERT_TRUE(row.vpc.known());
  EXPECT_TRUE(row.rules.complete());
  ASSERT_EQ(row.rules.size(), 1U);
  EXPECT_EQ(row.rules.items[0].blocks, Value<bool>(true));
  ASSERT_EQ(row.rules.items[0].domains.size(), 1U);
  EXPECT_EQ(cloud.view(row.rules.items[0].domains.items[0]), "*.evil.example");
  EXPECT_EQ(only(read(firewall("ALERT"))).rules.items[0].blocks, Value<bool>(false));
}

TEST(TerraformNames, DomainsThatAreNotKnownYetLeaveTheListOpen) {
  const Cloud cloud = read(firewall("BLOCK", "{}", R"({"id":true,"domains":true})"));
  EXPECT_TRUE(only(cloud).rules.items[0].domains.open);
}

// A list by its id: AWS's own, or somebody else's.
TEST(TerraformNames, AListThatIsNotInThePlanMayHoldAnyName) {
  auto made = firewall("BLOCK");
  made[2].after =
      R"({"priority":100,"action":"BLOCK","block_response":"NODATA","firewall_domain_list_id":"rslvr-fdl-1"})";
  made[2].unknown = R"({"id":true,"firewall_rule_group_id":true})";
  EXPECT_TRUE(only(read(made)).rules.items[0].domains.open);
}

// Which rule is asked first is not known: none decides.
TEST(TerraformNames, ARuleWithoutAKnownRankLeavesTheGroupInDoubt) {
  auto made = firewall("BLOCK");
  made[2].after = R"({"action":"BLOCK","block_response":"NODATA"})";
  made[2].unknown = R"({"id":true,"priority":true,"firewall_rule_group_id":true,"firewall_domain_list_id":true})";
  made[2].expressions.insert(1, R"("priority":{"references":["var.p"]},)");
  EXPECT_TRUE(only(read(made)).head.gap);
}

// A profile on the VPC that brings a private zone.
std::vector<Made> profile(const std::string& resource) {
  return {
      {"aws_route53_zone.z", R"({"name":"inner.example"})", R"({"id":true,"zone_id":true,"arn":true})"},
      {"aws_route53profiles_profile.p", R"({"name":"p"})", R"({"id":true,"arn":true})"},
      {"aws_route53profiles_association.a", R"({"name":"a"})", R"({"id":true,"profile_id":true,"resource_id":true})",
       R"({"profile_id":)" + refers("aws_route53profiles_profile.p.id") + R"(,"resource_id":)" +
           refers("aws_vpc.main.id") + "}"},
      {"aws_route53profiles_resource_association.r", R"({"name":"r"})",
       R"({"id":true,"profile_id":true,"resource_arn":true})",
       R"({"profile_id":)" + refers("aws_route53profiles_profile.p.id") + R"(,"resource_arn":)" + refers(resource) +
           "}"}};
}

TEST(TerraformNames, AProfileBringsAZoneToItsVpc) {
  const Cloud cloud = read(profile("aws_route53_zone.z.arn"));
  const HostedZone* zone = find(cloud, cloud->hosted_zones, "(aws_route53_zone.z.zone_id)");
  ASSERT_NE(zone, nullptr);
  EXPECT_EQ(zone->vpcs.size(), 1U);
  const Vpc& vpc = *cloud->vpcs.begin();
  EXPECT_FALSE(cloud.missing(Kind::hosted_zone, vpc.head.account, Text()));
}

// VPC Lattice answers names of a network's resources by zones of its own.
TEST(TerraformNames, WhatAnAssociationWithAServiceNetworkBringsLeavesNamesInDoubt) {
  const auto missing = [](const std::string& more) {
    const Cloud cloud =
        read({{"aws_vpclattice_service_network.n", R"({"name":"n"})", R"({"id":true,"arn":true})"},
              {"aws_vpclattice_service_network_vpc_association.a", "{" + more + "}",
               R"({"id":true,"vpc_identifier":true,"service_network_identifier":true})",
               R"({"vpc_identifier":)" + refers("aws_vpc.main.id") + R"(,"service_network_identifier":)" +
                   refers("aws_vpclattice_service_network.n.id") + "}"}});
    return cloud.missing(Kind::hosted_zone, cloud->vpcs.begin()->head.account, Text());
  };
  EXPECT_FALSE(missing(""));
  EXPECT_FALSE(missing(R"("private_dns_enabled":false)"));
  EXPECT_TRUE(missing(R"("private_dns_enabled":true)"));
}

TEST(TerraformNames, AProfileBringsTheNamesOfAnEndpoint) {
  auto made = profile("aws_vpc_endpoint.e.arn");
  made.push_back({"aws_vpc_endpoint.e",
                  R"({"service_name":"com.amazonaws.eu-central-1.sqs","vpc_endpoint_type":"Interface"})",
                  R"({"id":true,"arn":true,"vpc_id":true})", "{" + in_main + "}"});
  const Cloud cloud = read(made);
  const Vpc& vpc = *cloud->vpcs.begin();
  EXPECT_FALSE(cloud.missing(Kind::hosted_zone, vpc.head.account, Text()));
  EXPECT_EQ(cloud->endpoints.begin()->profile_vpcs.items, std::vector{vpc.id});
}

// What filters names, say: it may be about any.
TEST(TerraformNames, WhatElseAProfileBringsLeavesNamesInDoubt) {
  auto made = profile("aws_route53_resolver_firewall_rule_group.g.arn");
  made.push_back({"aws_route53_resolver_firewall_rule_group.g", R"({"name":"g"})", R"({"id":true,"arn":true})"});
  const Cloud cloud = read(made);
  const Vpc& vpc = *cloud->vpcs.begin();
  EXPECT_TRUE(cloud.missing(Kind::hosted_zone, vpc.head.account, Text()));
}

TEST(TerraformNames, AGroupServesTheVpcsThatItIsAssociatedWith) {
  const Cloud cloud =
      read({{"aws_vpc.other", R"({"cidr_block":"10.8.0.0/16"})", R"({"id":true})"},
            {"aws_security_group.s", "{}", R"({"id":true,"vpc_id":true})", "{" + in_main + "}"},
            {"aws_vpc_security_group_vpc_association.a", "{}", R"({"id":true,"security_group_id":true,"vpc_id":true})",
             R"({"security_group_id":)" + refers("aws_security_group.s.id") + R"(,"vpc_id":)" +
                 refers("aws_vpc.other.id") + "}"}});
  const SecurityGroup* group = find(cloud, cloud->security_groups, "(aws_security_group.s.id)");
  ASSERT_NE(group, nullptr);
  EXPECT_EQ(group->also.size(), 1U);
}

}  // namespace
}  // namespace sallyport::read
