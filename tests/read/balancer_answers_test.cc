// Load balancers and endpoint services of our own as AWS answers them.
#include "read/snapshot_reading.h"

namespace sallyport::read {
namespace {

constexpr const char* nlb =
    "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/net/front/50dc6c495c0c9188";
constexpr const char* alb =
    "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/web/0467ef3c8400ae65";
constexpr const char* group_a = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/a/73e2d6bc24d8a067";
constexpr const char* group_b = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/b/943f017f100becff";

std::string balancer(std::string_view arn, std::string_view type, std::string_view more = "") {
  return R"({"LoadBalancers": [{"LoadBalancerArn": ")" + std::string(arn) +
         R"(", "DNSName": "Front-50dc6c495c0c9188.elb.eu-central-1.amazonaws.com", "LoadBalancerName": "front",
    "Scheme": "internal", "VpcId": "vpc-1", "State": {"Code": "active"}, "Type": ")" +
         std::string(type) + R"(", "AvailabilityZones": [{"ZoneName": "eu-central-1a", "SubnetId": "subnet-1"},
    {"ZoneName": "eu-central-1b", "SubnetId": "subnet-2"}], "IpAddressType": "ipv4")" +
         std::string(more) + "}]}";
}

std::string listener(std::string_view arn, std::string_view protocol, std::string_view actions) {
  std::string own(arn);
  own.replace(own.find(":loadbalancer/"), 14, ":listener/");
  return R"({"Listeners": [{"ListenerArn": ")" + own + R"(/f2f7dc8efc522ab2", "LoadBalancerArn": ")" +
         std::string(arn) + R"(", "Port": 443, "Protocol": ")" + std::string(protocol) + R"(", "DefaultActions": )" +
         std::string(actions) + "}]}";
}

std::string forward(std::string_view group) {
  return R"([{"Type": "forward", "TargetGroupArn": ")" + std::string(group) + R"("}])";
}

std::string group(std::string_view arn, std::string_view more) {
  return R"({"TargetGroups": [{"TargetGroupArn": ")" + std::string(arn) + R"(", "TargetGroupName": "a", )" +
         std::string(more) + "}]}";
}

const LoadBalancer& only_balancer(const Cloud& cloud) {
  EXPECT_EQ(cloud->load_balancers.size(), 1U);
  return cloud->load_balancers.rows()[0];
}

TEST(Balancers, AreOneRowOutOfSeveralAnswers) {
  Reading r;
  r.answer("elbv2-describe-load-balancers", balancer(nlb, "network"));
  // A file's name may hold the ARN, percent-encoded, or its last part.
  r.answer("elbv2-describe-listeners/50dc6c495c0c9188", listener(nlb, "TLS", forward(group_a)));
  r.add(
      "111122223333/eu-central-1/elbv2-describe-load-balancer-attributes/"
      "arn%3Aaws%3Aelasticloadbalancing%3Aeu-central-1%3A111122223333%3Aloadbalancer%2Fnet%2Ffront%2F50dc6c495c0c9188."
      "json",
      R"({"Attributes": [{"Key": "load_balancing.cross_zone.enabled", "Value": "true"}]})");
  r.answer("ec2-describe-network-interfaces", R"({"NetworkInterfaces": [
    {"NetworkInterfaceId": "eni-1", "Description": "ELB net/front/50dc6c495c0c9188", "InterfaceType": "network_load_balancer",
     "OwnerId": "111122223333", "SubnetId": "subnet-1", "VpcId": "vpc-1", "Status": "in-use", "PrivateIpAddresses": [], "Groups": []},
    {"NetworkInterfaceId": "eni-2", "Description": "ELB net/front/50dc6c495c0c9189", "InterfaceType": "network_load_balancer",
     "OwnerId": "111122223333", "SubnetId": "subnet-1", "VpcId": "vpc-1", "Status": "in-use", "PrivateIpAddresses": [], "Groups": []}]})");
  const Cloud cloud = r.cloud();
  const LoadBalancer& row = only_balancer(cloud);
  EXPECT_EQ(row.type, Value<BalancerType>(BalancerType::network));
  EXPECT_EQ(row.state, Value<State>(State::working));
  EXPECT_EQ(row.internet_facing, Value<bool>(false));
  EXPECT_EQ(row.vpc, Value<VpcId>(r.id<VpcId>("vpc-1")));
  EXPECT_EQ(row.subnets.size(), 2U);
  EXPECT_TRUE(row.groups.empty() && row.groups.complete());
  EXPECT_EQ(row.cross_zone, Value<bool>(true));
  EXPECT_EQ(cloud.view(row.host), "front-50dc6c495c0c9188.elb.eu-central-1.amazonaws.com");
  ASSERT_EQ(row.interfaces.size(), 1U);
  EXPECT_EQ(row.interfaces.items[0], r.id<InterfaceId>("eni-1"));
  EXPECT_TRUE(row.interfaces.complete());
  ASSERT_EQ(row.listeners.size(), 1U);
  EXPECT_TRUE(row.listeners.complete());
  EXPECT_EQ(row.listeners.items[0].port, 443);
  EXPECT_EQ(row.listeners.items[0].protocol, tcp);
  EXPECT_EQ(row.listeners.items[0].answers, Value<bool>(false));
  ASSERT_EQ(row.listeners.items[0].groups.size(), 1U);
  EXPECT_EQ(row.listeners.items[0].groups.items[0], r.global_id<TargetGroupId>(group_a));
  EXPECT_TRUE(row.listeners.items[0].groups.complete());
  EXPECT_FALSE(cloud.missing(Kind::load_balancer, r.account(), r.region()));
}

TEST(Balancers, LackWhatNobodyCollected) {
  Reading r;
  r.answer("elbv2-describe-load-balancers", balancer(nlb, "network"));
  const Cloud cloud = r.cloud();
  const LoadBalancer& row = only_balancer(cloud);
  EXPECT_TRUE(row.listeners.open);
  EXPECT_TRUE(row.interfaces.open);
  EXPECT_FALSE(row.cross_zone.known());
}

TEST(Balancers, WithoutListenersHaveNone) {
  Reading r;
  r.answer("elbv2-describe-load-balancers", balancer(nlb, "network"));
  r.answer("elbv2-describe-listeners/50dc6c495c0c9188", R"({"Listeners": []})");
  const Cloud cloud = r.cloud();
  EXPECT_TRUE(only_balancer(cloud).listeners.empty());
  EXPECT_TRUE(only_balancer(cloud).listeners.complete());
}

TEST(Balancers, GroupsOfANetworkOneJudgePrivateLinkUnlessSwitchedOff) {
  for (const char* word : {"on", "off"}) {
    Reading r;
    r.answer(
        "elbv2-describe-load-balancers",
        balancer(
            nlb, "network",
            std::string(R"(, "SecurityGroups": ["sg-1"], "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic": ")") +
                word + '"'));
    const Cloud cloud = r.cloud();
    EXPECT_EQ(only_balancer(cloud).filters_private_link, Value<bool>(std::string_view(word) == "on"));
  }
  Reading r;
  r.answer("elbv2-describe-load-balancers", balancer(nlb, "network", R"(, "SecurityGroups": ["sg-1"])"));
  EXPECT_FALSE(only_balancer(r.cloud()).filters_private_link.known());
}

TEST(Listeners, OfAnApplicationOneForwardByRulesToo) {
  Reading r;
  r.answer("elbv2-describe-load-balancers", balancer(alb, "application", R"(, "SecurityGroups": ["sg-1"])"));
  r.answer("elbv2-describe-listeners/0467ef3c8400ae65", listener(alb, "HTTPS", forward(group_a)));
  {
    const Cloud cloud = r.cloud();
    EXPECT_TRUE(only_balancer(cloud).listeners.items[0].groups.open);
    EXPECT_FALSE(only_balancer(cloud).listeners.items[0].answers.known());
  }
  Reading whole;
  whole.answer("elbv2-describe-load-balancers", balancer(alb, "application", R"(, "SecurityGroups": ["sg-1"])"));
  whole.answer("elbv2-describe-listeners/0467ef3c8400ae65", listener(alb, "HTTPS", forward(group_a)));
  whole.answer(
      "elbv2-describe-rules/f2f7dc8efc522ab2",
      R"({"Rules": [{"RuleArn": "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener-rule/app/web/0467ef3c8400ae65/f2f7dc8efc522ab2/9683b2d02a6cabee",
        "Priority": "1", "Actions": [{"Type": "authenticate-oidc"}, {"Type": "forward", "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": ")" +
          std::string(group_a) + R"(", "Weight": 1}, {"TargetGroupArn": ")" + group_b + R"(", "Weight": 1}]}}]}]})");
  const Cloud cloud = whole.cloud();
  const Listener& l = only_balancer(cloud).listeners.items[0];
  EXPECT_EQ(l.groups.size(), 2U);
  EXPECT_TRUE(l.groups.complete());
  EXPECT_EQ(l.answers, Value<bool>(true));
  EXPECT_EQ(only_balancer(cloud).cross_zone, Value<bool>(true));
}

TEST(Listeners, OfAnActionThatIsNotKnownMayForwardAnywhere) {
  Reading r;
  r.answer("elbv2-describe-load-balancers", balancer(nlb, "network"));
  r.answer("elbv2-describe-listeners/50dc6c495c0c9188", listener(nlb, "TCP_UDP", R"([{"Type": "teleport"}])"));
  const Cloud cloud = r.cloud();
  const Listener& l = only_balancer(cloud).listeners.items[0];
  EXPECT_TRUE(l.both_protocols);
  EXPECT_TRUE(l.groups.open);
  EXPECT_EQ(r.kind(l.groups.open), GapKind::not_modelled);
}

TEST(TargetGroups, HaveTargetsAttributesAndHealth) {
  Reading r;
  r.answer("elbv2-describe-target-groups",
           group(group_a, R"("Protocol": "TCP", "Port": 8080, "VpcId": "vpc-1", "TargetType": "ip")"));
  r.answer("elbv2-describe-target-group-attributes/73e2d6bc24d8a067",
           R"({"Attributes": [{"Key": "preserve_client_ip.enabled", "Value": "true"},
               {"Key": "load_balancing.cross_zone.enabled", "Value": "use_load_balancer_configuration"}]})");
  r.answer("elbv2-describe-target-health/73e2d6bc24d8a067", R"({"TargetHealthDescriptions": [
    {"Target": {"Id": "10.0.1.7", "Port": 8081, "AvailabilityZone": "all"}, "TargetHealth": {"State": "healthy"}},
    {"Target": {"Id": "10.0.1.8", "Port": 8080}, "TargetHealth": {"State": "unhealthy"}},
    {"Target": {"Id": "10.0.1.9", "Port": 8080}, "TargetHealth": {"State": "initial"}}]})");
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->target_groups.size(), 1U);
  const TargetGroup& row = cloud->target_groups.rows()[0];
  EXPECT_EQ(row.type, Value<TargetType>(TargetType::ip));
  EXPECT_EQ(row.keeps_client_address, Value<bool>(true));
  EXPECT_FALSE(row.says_cross_zone);
  ASSERT_EQ(row.targets.size(), 3U);
  EXPECT_TRUE(row.targets.complete());
  EXPECT_EQ(std::get<Address>(row.targets.items[0].what), *parse_address("10.0.1.7"));
  EXPECT_EQ(row.targets.items[0].port, 8081);
  EXPECT_EQ(cloud.view(row.targets.items[0].zone), "all");
  EXPECT_EQ(row.targets.items[0].healthy, Value<bool>(true));
  EXPECT_EQ(row.targets.items[1].healthy, Value<bool>(false));
  EXPECT_FALSE(row.targets.items[2].healthy.known());
}

TEST(TargetGroups, WithoutHealthMayHaveAnyTarget) {
  Reading r;
  r.answer("elbv2-describe-target-groups",
           group(group_a, R"("Protocol": "HTTP", "Port": 80, "VpcId": "vpc-1", "TargetType": "instance")"));
  const Cloud cloud = r.cloud();
  const TargetGroup& row = cloud->target_groups.rows()[0];
  EXPECT_TRUE(row.targets.open);
  EXPECT_EQ(row.keeps_client_address, Value<bool>(false));  // an application balancer never does
  EXPECT_FALSE(row.own_cross_zone.known());
}

TEST(TargetGroups, OfFunctions) {
  Reading r;
  r.answer("elbv2-describe-target-groups", group(group_a, R"("TargetType": "lambda")"));
  r.answer(
      "elbv2-describe-target-health/73e2d6bc24d8a067",
      R"({"TargetHealthDescriptions": [{"Target": {"Id": "arn:aws:lambda:eu-central-1:111122223333:function:f:live"},
               "TargetHealth": {"State": "unavailable", "Reason": "Target.HealthCheckDisabled"}}]})");
  const Cloud cloud = r.cloud();
  const TargetGroup& row = cloud->target_groups.rows()[0];
  ASSERT_EQ(row.targets.size(), 1U);
  EXPECT_EQ(std::get<FunctionId>(row.targets.items[0].what),
            r.global_id<FunctionId>("arn:aws:lambda:eu-central-1:111122223333:function:f"));
  EXPECT_EQ(row.targets.items[0].healthy, Value<bool>(true));
  EXPECT_FALSE(row.head.gap);
}

TEST(ClassicBalancers, HaveAGroupForEachPort) {
  Reading r;
  r.answer("elb-describe-load-balancers", R"({"LoadBalancerDescriptions": [{"LoadBalancerName": "old",
    "DNSName": "old-1.eu-central-1.elb.amazonaws.com", "Scheme": "internet-facing", "VPCId": "vpc-1", "Subnets": ["subnet-1"],
    "SecurityGroups": ["sg-1"], "Instances": [{"InstanceId": "i-1"}, {"InstanceId": "i-2"}],
    "ListenerDescriptions": [
      {"Listener": {"Protocol": "HTTPS", "LoadBalancerPort": 443, "InstanceProtocol": "HTTP", "InstancePort": 80}},
      {"Listener": {"Protocol": "TCP", "LoadBalancerPort": 22, "InstanceProtocol": "TCP", "InstancePort": 22}}]}]})");
  r.answer("elb-describe-load-balancer-attributes/old",
           R"({"LoadBalancerAttributes": {"CrossZoneLoadBalancing": {"Enabled": false}}})");
  r.answer(
      "elb-describe-instance-health/old",
      R"({"InstanceStates": [{"InstanceId": "i-1", "State": "InService"}, {"InstanceId": "i-2", "State": "OutOfService"}]})");
  const Cloud cloud = r.cloud();
  const LoadBalancer& row = only_balancer(cloud);
  EXPECT_EQ(cloud.id(row.id), "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/old");
  EXPECT_EQ(row.type, Value<BalancerType>(BalancerType::classic));
  EXPECT_EQ(row.internet_facing, Value<bool>(true));
  EXPECT_EQ(row.cross_zone, Value<bool>(false));
  ASSERT_EQ(row.listeners.size(), 2U);
  ASSERT_EQ(cloud->target_groups.size(), 2U);
  const TargetGroup* web = cloud->target_groups.find(row.listeners.items[0].groups.items[0]);
  ASSERT_NE(web, nullptr);
  EXPECT_EQ(web->port, 80);
  ASSERT_EQ(web->targets.size(), 2U);
  EXPECT_EQ(web->targets.items[0].healthy, Value<bool>(true));
  EXPECT_EQ(web->targets.items[1].healthy, Value<bool>(false));
}

constexpr const char* offer = R"({"ServiceConfigurations": [{"ServiceType": [{"ServiceType": "Interface"}],
  "ServiceId": "vpce-svc-1", "ServiceName": "com.amazonaws.vpce.eu-central-1.vpce-svc-1", "ServiceState": "Available",
  "AvailabilityZones": ["eu-central-1a"], "AcceptanceRequired": false, "ManagesVpcEndpoints": false,
  "NetworkLoadBalancerArns": ["arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/net/front/50dc6c495c0c9188"],
  "PrivateDnsName": "api.example.com", "PrivateDnsNameConfiguration": {"State": "pendingVerification"}}]})";

TEST(EndpointOffers, AreTheOwnersView) {
  Reading r;
  // To a consumer, and read before: the owner's answer wins.
  r.answer("ec2-describe-vpc-endpoint-services", R"({"ServiceNames": [], "ServiceDetails": [
    {"ServiceName": "com.amazonaws.vpce.eu-central-1.vpce-svc-1", "ServiceType": [{"ServiceType": "Interface"}],
     "AvailabilityZones": ["eu-central-1a", "eu-central-1b"], "Owner": "111122223333", "PrivateDnsName": "api.example.com",
     "VpcEndpointPolicySupported": false, "AcceptanceRequired": true}]})");
  r.answer("ec2-describe-vpc-endpoint-service-configurations", offer);
  r.answer("ec2-describe-vpc-endpoint-service-permissions/vpce-svc-1",
           R"({"AllowedPrincipals": [{"PrincipalType": "Account", "Principal": "arn:aws:iam::444455556666:root"}]})");
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->endpoint_services.size(), 1U);
  const EndpointService& row = cloud->endpoint_services.rows()[0];
  EXPECT_TRUE(row.configured);
  EXPECT_EQ(row.state, Value<State>(State::working));
  EXPECT_EQ(row.acceptance_required, Value<bool>(false));
  EXPECT_EQ(row.aws_owned, Value<bool>(false));
  ASSERT_EQ(row.balancers.size(), 1U);
  EXPECT_EQ(row.balancers.items[0], r.global_id<LoadBalancerId>(nlb));
  ASSERT_EQ(row.principals.size(), 1U);
  EXPECT_TRUE(row.principals.complete());
  EXPECT_TRUE(row.private_dns_names.empty());  // the domain is not verified
  EXPECT_EQ(row.zones.size(), 1U);
}

TEST(EndpointOffers, WithoutPermissionsAreOpenToWhoKnows) {
  Reading r;
  r.answer("ec2-describe-vpc-endpoint-service-configurations", offer);
  const Cloud cloud = r.cloud();
  EXPECT_TRUE(cloud->endpoint_services.rows()[0].principals.open);
}

TEST(EndpointOffers, NobodyIsAllowedByAnEmptyList) {
  Reading r;
  r.answer("ec2-describe-vpc-endpoint-service-configurations", offer);
  r.answer("ec2-describe-vpc-endpoint-service-permissions/vpce-svc-1", R"({"AllowedPrincipals": []})");
  const Cloud cloud = r.cloud();
  EXPECT_TRUE(cloud->endpoint_services.rows()[0].principals.empty());
  EXPECT_TRUE(cloud->endpoint_services.rows()[0].principals.complete());
}

TEST(EndpointConnections, ContradictTheConsumersView) {
  const auto state = [](std::string_view owners) {
    Reading r;
    r.answer("ec2-describe-vpc-endpoints",
             R"({"VpcEndpoints": [{"VpcEndpointId": "vpce-1", "VpcEndpointType": "Interface",
      "VpcId": "vpc-1", "ServiceName": "com.amazonaws.vpce.eu-central-1.vpce-svc-1", "State": "available", "RouteTableIds": [],
      "SubnetIds": [], "NetworkInterfaceIds": [], "Groups": [], "PrivateDnsEnabled": false}]})");
    r.answer("ec2-describe-vpc-endpoint-connections", R"({"VpcEndpointConnections": [{"ServiceId": "vpce-svc-1",
      "VpcEndpointId": "vpce-1", "VpcEndpointOwner": "444455556666", "VpcEndpointState": ")" +
                                                          std::string(owners) + R"("}]})");
    return r.cloud()->endpoints.rows()[0].state;
  };
  EXPECT_EQ(state("available"), Value<State>(State::working));
  EXPECT_FALSE(state("rejected").known());
}

}  // namespace
}  // namespace sallyport::read
