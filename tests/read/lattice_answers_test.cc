// VPC Lattice, DNS Firewall, VPCs of security groups, regional NAT gateways as AWS answers them.
#include "read/snapshot_reading.h"

namespace sallyport::read {
namespace {

constexpr const char* resource = R"("arn": "arn:aws:vpc-lattice:eu-central-1:111122223333:resourceconfiguration/rcfg-1",
  "id": "rcfg-1", "name": "db", "status": "ACTIVE", "type": "SINGLE", "resourceGatewayId": "rgw-1")";

std::string one(const std::string& more) { return "{" + std::string(resource) + more + "}"; }

TEST(ResourceConfigurations, AreWhatTheirOwnAnswersSay) {
  Reading r;
  r.answer("vpc-lattice-list-resource-configurations", R"({"items": [)" + one("") + "]}");
  r.answer(
      "vpc-lattice-get-resource-configuration",
      one(R"(, "portRanges": ["5432", "8000-8010"], "resourceConfigurationDefinition": {"ipResource": {"ipAddress": "10.0.0.7"}})"));
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->resource_configurations.size(), 1U);
  const ResourceConfiguration& row = cloud->resource_configurations.rows()[0];
  EXPECT_FALSE(row.head.gap);
  ASSERT_TRUE(row.address.known());
  EXPECT_EQ(to_string(*row.address), "10.0.0.7");
  ASSERT_TRUE(row.ports.known());
  EXPECT_TRUE(row.ports->contains(8005) && row.ports->contains(5432) && !row.ports->contains(443));
  ASSERT_TRUE(row.gateway.known());
  EXPECT_EQ(cloud.id(*row.gateway), "arn:aws:vpc-lattice:eu-central-1:111122223333:resourcegateway/rgw-1");
}

TEST(ResourceConfigurations, ThatAreOnlyListedHaveNoDefinition) {
  Reading r;
  r.answer("vpc-lattice-list-resource-configurations", R"({"items": [)" + one("") + "]}");
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->resource_configurations.size(), 1U);
  EXPECT_FALSE(cloud->resource_configurations.rows()[0].address.known());
  EXPECT_FALSE(cloud->resource_configurations.rows()[0].ports.known());
}

TEST(ResourceConfigurations, WithPortsThatAreNoneAreNotRead) {
  Reading r;
  r.answer("vpc-lattice-get-resource-configuration",
           one(R"(, "portRanges": ["8010-8000"], "resourceConfigurationDefinition": {})"));
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->resource_configurations.size(), 1U);
  EXPECT_FALSE(cloud->resource_configurations.rows()[0].ports.known());
}

TEST(ServiceNetworks, WithoutTheirAssociationsAreOpen) {
  Reading r;
  r.answer(
      "vpc-lattice-list-service-networks",
      R"({"items": [{"arn": "arn:aws:vpc-lattice:eu-central-1:111122223333:servicenetwork/sn-1", "id": "sn-1"}]})");
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->service_networks.size(), 1U);
  const ServiceNetwork& row = cloud->service_networks.rows()[0];
  EXPECT_TRUE(row.vpcs.open && row.resources.open && row.services.open);
  EXPECT_FALSE(row.authorizes.known());
}

constexpr const char* group = R"({"FirewallRuleGroupAssociations": [{"Id": "rslvr-frgassoc-1",
  "FirewallRuleGroupId": "rslvr-frg-1", "VpcId": "vpc-1", "Priority": 101, "Status": "COMPLETE"}]})";

TEST(DnsFirewall, HasItsRulesByPriority) {
  Reading r;
  r.answer("route53resolver-list-firewall-rule-group-associations", group);
  r.answer("route53resolver-list-firewall-rules",
           R"({"FirewallRules": [
             {"FirewallRuleGroupId": "rslvr-frg-1", "FirewallDomainListId": "rslvr-fdl-2", "Priority": 2, "Action": "BLOCK",
              "BlockResponse": "NODATA"},
             {"FirewallRuleGroupId": "rslvr-frg-1", "FirewallDomainListId": "rslvr-fdl-1", "Priority": 1, "Action": "ALERT"},
             {"FirewallRuleGroupId": "rslvr-frg-1", "FirewallDomainListId": "rslvr-fdl-1", "Priority": 3, "Action": "BLOCK",
              "BlockResponse": "OVERRIDE", "BlockOverrideDomain": "sink.example"}]})");
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->dns_firewalls.size(), 1U);
  const DnsFirewall& row = cloud->dns_firewalls.rows()[0];
  ASSERT_EQ(row.rules.size(), 3U);
  EXPECT_EQ(row.rules.items[0].blocks, Value<bool>(false));
  EXPECT_EQ(row.rules.items[1].blocks, Value<bool>(true));
  EXPECT_FALSE(row.rules.items[2].blocks.known());
  for (const DnsFirewallRule& rule : row.rules) EXPECT_TRUE(rule.domains.open);  // nobody collected them
}

TEST(DnsFirewall, WithoutItsRulesFiltersAnyName) {
  Reading r;
  r.answer("route53resolver-list-firewall-rule-group-associations", group);
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->dns_firewalls.size(), 1U);
  EXPECT_TRUE(cloud->dns_firewalls.rows()[0].rules.open);
  EXPECT_FALSE(cloud.missing(Kind::dns_firewall, r.account(), r.region()));
}

TEST(SecurityGroups, ServeTheVpcsThatTheyAreAssociatedWith) {
  Reading r;
  r.answer(
      "ec2-describe-security-groups",
      R"({"SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-1", "IpPermissions": [], "IpPermissionsEgress": []}]})");
  r.answer("ec2-describe-security-group-vpc-associations",
           R"({"SecurityGroupVpcAssociations": [{"GroupId": "sg-1", "VpcId": "vpc-2", "State": "associated"},
                                                {"GroupId": "sg-1", "VpcId": "vpc-3", "State": "disassociated"}]})");
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->security_groups.size(), 1U);
  EXPECT_EQ(cloud->security_groups.rows()[0].also.items, std::vector<VpcId>{r.id<VpcId>("vpc-2")});
}

TEST(NatGateways, OfARegionHaveZonesAndATable) {
  Reading r;
  r.answer(
      "ec2-describe-nat-gateways",
      R"({"NatGateways": [{"NatGatewayId": "nat-1", "VpcId": "vpc-1", "State": "available", "ConnectivityType": "public",
             "AvailabilityMode": "regional", "AutoProvisionZones": "disabled", "RouteTableId": "rtb-1",
             "NatGatewayAddresses": [{"PublicIp": "203.0.113.1", "AvailabilityZoneId": "euc1-az2", "Status": "succeeded"},
                                     {"PublicIp": "203.0.113.2", "AvailabilityZoneId": "euc1-az3", "Status": "associating"}]}]})");
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->nat_gateways.size(), 1U);
  const NatGateway& row = cloud->nat_gateways.rows()[0];
  EXPECT_TRUE(row.regional);
  EXPECT_EQ(row.every_zone, Value<bool>(false));
  EXPECT_EQ(row.table, Value<RouteTableId>(r.id<RouteTableId>("rtb-1")));
  ASSERT_EQ(row.addresses.size(), 1U);
  EXPECT_TRUE(row.addresses.open);  // the other one is on its way
  EXPECT_EQ(cloud.view(row.addresses.items[0].zone_id), "euc1-az2");
}

}  // namespace
}  // namespace sallyport::read
