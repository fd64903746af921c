// Resolver rules, resolver endpoints and profiles as AWS answers them.
#include "read/snapshot_reading.h"

namespace sallyport::read {
namespace {

constexpr const char* rules = R"({"ResolverRules": [
  {"Id": "rslvr-autodefined-rr-internet-resolver", "RuleType": "RECURSIVE", "DomainName": "."},
  {"Id": "rslvr-rr-1", "OwnerId": "111122223333", "Name": "corp", "RuleType": "FORWARD", "DomainName": "Corp.Example.",
   "TargetIps": [{"Ip": "10.0.0.53", "Port": 53}, {"Ip": "10.0.1.53", "Port": 53}]},
  {"Id": "rslvr-rr-2", "OwnerId": "111122223333", "RuleType": "SYSTEM", "DomainName": "amazonaws.com."}]})";

constexpr const char* associations = R"({"ResolverRuleAssociations": [
  {"ResolverRuleId": "rslvr-rr-1", "VPCId": "vpc-1", "Status": "COMPLETE"},
  {"ResolverRuleId": "rslvr-autodefined-rr-internet-resolver", "VPCId": "vpc-1", "Status": "COMPLETE"}]})";

TEST(ResolverRules, AreJoinedWithTheirAssociations) {
  Reading r;
  r.answer("route53resolver-list-resolver-rules", rules);
  r.answer("route53resolver-list-resolver-rule-associations", associations);
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->resolver_rules.size(), 2U);  // AWS's own change nothing
  const ResolverRule& corp = *cloud->resolver_rules.find(r.id<ResolverRuleId>("rslvr-rr-1"));
  EXPECT_EQ(cloud.view(corp.domain), "corp.example");
  EXPECT_EQ(corp.type, Value<ResolverRuleType>(ResolverRuleType::forward));
  EXPECT_EQ(corp.servers.size(), 2U);
  ASSERT_EQ(corp.vpcs.size(), 1U);
  EXPECT_TRUE(corp.vpcs.complete());
  const ResolverRule& aws = *cloud->resolver_rules.find(r.id<ResolverRuleId>("rslvr-rr-2"));
  EXPECT_EQ(aws.type, Value<ResolverRuleType>(ResolverRuleType::system));
  EXPECT_TRUE(aws.vpcs.empty() && aws.vpcs.complete());
  EXPECT_FALSE(cloud.missing(Kind::resolver_rule, r.account(), r.region()));
}

TEST(ResolverRules, MayActOnAnyVpcWithoutTheAssociations) {
  Reading r;
  r.answer("route53resolver-list-resolver-rules", rules);
  const Cloud cloud = r.cloud();
  for (const ResolverRule& rule : cloud->resolver_rules) EXPECT_TRUE(rule.vpcs.open);
}

TEST(ResolverRules, ThatAreOnlyAssociatedMayBeAboutAnyName) {
  Reading r;
  r.answer("route53resolver-list-resolver-rule-associations", associations);
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->resolver_rules.size(), 1U);
  EXPECT_TRUE(cloud->resolver_rules.rows()[0].head.gap);
}

TEST(ResolverRules, AnAssociationWithoutRuleSettlesNoName) {
  Reading r;
  r.answer("route53resolver-list-resolver-rules", rules);
  r.answer("route53resolver-list-resolver-rule-associations",
           R"({"ResolverRuleAssociations": [{"VPCId": "vpc-1", "Status": "COMPLETE"}]})");
  const Cloud cloud = r.cloud();
  const GapId gap = cloud.missing(Kind::resolver_rule, r.account(), r.region());
  ASSERT_TRUE(gap);
  // Not one that a default of AWS stands in for.
  EXPECT_EQ(r.registry->gaps[gap].kind, GapKind::not_readable);
}

TEST(Lists, WithAnObjectThatHasNoIdAreNotWhole) {
  Reading r;
  r.answer("ec2-describe-vpc-endpoints", R"({"VpcEndpoints": [{"VpcEndpointIdX": "vpce-1", "VpcId": "vpc-1"}]})");
  const Cloud cloud = r.cloud();
  EXPECT_TRUE(cloud.missing(Kind::endpoint, r.account(), r.region()));
}

TEST(ResolverEndpoints, HaveTheirAddressesFromAnAnswerOfTheirOwn) {
  Reading r;
  r.answer("route53resolver-list-resolver-endpoints", R"({"ResolverEndpoints": [
    {"Id": "rslvr-in-1", "Direction": "INBOUND", "HostVPCId": "vpc-1", "Status": "OPERATIONAL", "SecurityGroupIds": ["sg-1"]},
    {"Id": "rslvr-out-1", "Direction": "OUTBOUND", "HostVPCId": "vpc-1", "Status": "ACTION_NEEDED", "SecurityGroupIds": []}]})");
  r.answer("route53resolver-list-resolver-endpoint-ip-addresses/rslvr-in-1",
           R"({"IpAddresses": [{"IpId": "rni-1", "SubnetId": "subnet-1", "Ip": "10.0.0.53", "Status": "ATTACHED"}]})");
  const Cloud cloud = r.cloud();
  const ResolverEndpoint& in = *cloud->resolver_endpoints.find(r.id<ResolverEndpointId>("rslvr-in-1"));
  EXPECT_EQ(in.inbound, Value<bool>(true));
  EXPECT_EQ(in.state, Value<State>(State::working));
  ASSERT_EQ(in.addresses.size(), 1U);
  EXPECT_EQ(to_string(*in.addresses.items[0]), "10.0.0.53");
  const ResolverEndpoint& out = *cloud->resolver_endpoints.find(r.id<ResolverEndpointId>("rslvr-out-1"));
  EXPECT_EQ(out.state, Value<State>(State::not_working));
  EXPECT_TRUE(out.addresses.open);
}

TEST(Profiles, BringZonesAndRulesToTheirVpcs) {
  Reading r;
  r.answer("route53resolver-list-resolver-rules", rules);
  r.answer("route53resolver-list-resolver-rule-associations", R"({"ResolverRuleAssociations": []})");
  r.global("route53-list-hosted-zones",
           R"({"HostedZones": [{"Id": "/hostedzone/Z1", "Name": "corp.", "Config": {"PrivateZone": true}}]})");
  r.global("route53-get-hosted-zone/Z1",
           R"({"HostedZone": {"Id": "/hostedzone/Z1", "Name": "corp.", "Config": {"PrivateZone": true}}, "VPCs": []})");
  r.answer(
      "route53profiles-list-profile-associations",
      R"({"ProfileAssociations": [{"Id": "a", "ProfileId": "rp-1", "ResourceId": "vpc-2", "Status": "COMPLETE"}]})");
  r.answer("route53profiles-list-profile-resource-associations/rp-1", R"({"ProfileResourceAssociations": [
    {"ProfileId": "rp-1", "ResourceArn": "arn:aws:route53:::hostedzone/Z1", "ResourceType": "PRIVATE_HOSTED_ZONE", "Status": "COMPLETE"},
    {"ProfileId": "rp-1", "ResourceArn": "arn:aws:route53resolver:eu-central-1:111122223333:resolver-rule/rslvr-rr-1",
     "ResourceType": "RESOLVER_RULE", "Status": "COMPLETE"}]})");
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->hosted_zones.rows()[0].vpcs.size(), 1U);
  EXPECT_EQ(cloud->hosted_zones.rows()[0].vpcs.items[0], r.id<VpcId>("vpc-2"));
  EXPECT_EQ(cloud->resolver_rules.find(r.id<ResolverRuleId>("rslvr-rr-1"))->vpcs.size(), 1U);
  EXPECT_EQ(cloud->resolver_rules.size(), 2U);  // no profile stays unread
}

TEST(Profiles, WithoutTheirResourcesMayBringAnyName) {
  Reading r;
  r.answer(
      "route53profiles-list-profile-associations",
      R"({"ProfileAssociations": [{"Id": "a", "ProfileId": "rp-1", "ResourceId": "vpc-2", "Status": "COMPLETE"}]})");
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->resolver_rules.size(), 1U);
  EXPECT_TRUE(cloud->resolver_rules.rows()[0].head.gap);
  EXPECT_EQ(cloud->resolver_rules.rows()[0].vpcs.size(), 1U);
}

}  // namespace
}  // namespace sallyport::read
