// Endpoints, their services, interfaces, instances and prefix lists as AWS answers them.
#include "read/snapshot_reading.h"

namespace sallyport::read {
namespace {

constexpr const char* interface_endpoint =
    R"({"VpcEndpoints": [{"VpcEndpointId": "vpce-1", "VpcEndpointType": "Interface",
  "VpcId": "vpc-1", "OwnerId": "111122223333", "ServiceName": "com.amazonaws.eu-central-1.lambda", "State": "available",
  "PolicyDocument": "{\"Version\": \"2012-10-17\", \"Statement\": []}", "RouteTableIds": [], "SubnetIds": ["subnet-1"],
  "NetworkInterfaceIds": ["eni-1"], "Groups": [{"GroupId": "sg-1"}], "PrivateDnsEnabled": true,
  "DnsEntries": [{"DnsName": "vpce-1-abc.lambda.eu-central-1.vpce.amazonaws.com"}, {"DnsName": "lambda.eu-central-1.amazonaws.com"}]}]})";

TEST(Endpoints, ReadEveryMember) {
  Reading r;
  r.answer("ec2-describe-vpc-endpoints", interface_endpoint);
  const Cloud cloud = r.cloud();
  const Endpoint& e = cloud->endpoints.rows()[0];
  EXPECT_EQ(e.type, Value<EndpointType>(EndpointType::interface));
  EXPECT_EQ(e.state, Value<State>(State::working));
  EXPECT_EQ(cloud.view(e.service), "com.amazonaws.eu-central-1.lambda");
  EXPECT_EQ(e.service_region, r.region());
  ASSERT_TRUE(e.policy.known());
  EXPECT_NE(cloud->policies.find(*e.policy), nullptr);
  EXPECT_EQ(e.subnets.size(), 1U);
  EXPECT_EQ(e.interfaces.size(), 1U);
  EXPECT_EQ(e.groups.size(), 1U);
  EXPECT_EQ(e.private_dns, Value<bool>(true));
  EXPECT_EQ(e.private_dns_only_inbound, Value<bool>(false));
  EXPECT_EQ(e.dns_names.size(), 2U);
  EXPECT_TRUE(e.dns_names.complete());
}

TEST(Endpoints, DoubtWhatIsMissing) {
  Reading r;
  r.answer("ec2-describe-vpc-endpoints", R"({"VpcEndpoints": [{"VpcEndpointId": "vpce-1", "State": "weird"}]})");
  const Cloud cloud = r.cloud();
  const Endpoint& e = cloud->endpoints.rows()[0];
  EXPECT_FALSE(e.type.known());
  EXPECT_FALSE(e.state.known());
  EXPECT_FALSE(e.vpc.known());
  EXPECT_FALSE(e.policy.known());
  EXPECT_FALSE(e.private_dns.known());
  EXPECT_FALSE(e.route_tables.complete());
  EXPECT_FALSE(e.groups.complete());
}

TEST(Endpoints, MalformedNamesAreNotNames) {
  Reading r;
  r.answer(
      "ec2-describe-vpc-endpoints",
      R"({"VpcEndpoints": [{"VpcEndpointId": "vpce-1", "DnsEntries": [{"DnsName": "vpce-1-1a2b.com.amazonaws.eu-central-1.lambda"}]}]})");
  const Cloud cloud = r.cloud();
  EXPECT_FALSE(cloud->endpoints.rows()[0].dns_names.complete());
  EXPECT_TRUE(cloud->endpoints.rows()[0].dns_names.empty());
  EXPECT_EQ(said(cloud, "bad-value"), 1U);
}

std::string network_interface(const std::string& id, const std::string& more) {
  return R"({"NetworkInterfaces": [{"NetworkInterfaceId": ")" + id +
         R"(", "VpcId": "vpc-1", "SubnetId": "subnet-1", "OwnerId": "111122223333",
    "SourceDestCheck": true, )" +
         more + "}]}";
}
constexpr const char* subnet =
    R"({"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24", "AvailabilityZone": "eu-central-1a"}]})";

TEST(Endpoints, AgreeWithTheirInterfaces) {
  Reading r;
  r.answer("ec2-describe-vpc-endpoints", interface_endpoint);
  r.answer("ec2-describe-subnets", subnet);
  r.answer("ec2-describe-network-interfaces",
           network_interface("eni-1", R"("InterfaceType": "vpc_endpoint", "Status": "in-use",
    "Groups": [{"GroupId": "sg-1"}], "PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": "10.0.0.9"}])"));
  const Cloud cloud = r.cloud();
  EXPECT_EQ(said(cloud, "contradiction"), 0U);
  const Interface& i = cloud->interfaces.rows()[0];
  EXPECT_EQ(i.kind, InterfaceKind::endpoint);
  EXPECT_TRUE(i.groups.complete());
  EXPECT_TRUE(i.addresses.items[0].known());
}

// A stand-in's answers: each contradiction makes what it touches unknown, no more.
TEST(Endpoints, ThatContradictTheirInterfacesAreInDoubtOnlyThere) {
  Reading r;
  r.answer("ec2-describe-vpc-endpoints", interface_endpoint);
  r.answer("ec2-describe-subnets", subnet);
  r.answer("ec2-describe-network-interfaces",
           network_interface("eni-1", R"("InterfaceType": "interface", "Status": "available",
    "Groups": [{"GroupId": "sg-9"}], "PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": "192.168.7.7"}])"));
  const Cloud cloud = r.cloud();
  const Interface& i = cloud->interfaces.rows()[0];
  EXPECT_EQ(i.kind, InterfaceKind::endpoint);
  EXPECT_FALSE(i.state.known());
  EXPECT_FALSE(i.groups.complete());
  EXPECT_TRUE(i.groups.empty());
  EXPECT_FALSE(i.addresses.items[0].known());
  EXPECT_TRUE(i.subnet.known());
  EXPECT_EQ(said(cloud, "contradiction"), 4U);
}

TEST(EndpointServices, UniteTheTwoEntriesOfOneName) {
  Reading r;
  r.answer("ec2-describe-vpc-endpoint-services", R"({"ServiceNames": [], "ServiceDetails": [
    {"ServiceName": "com.amazonaws.eu-central-1.s3", "ServiceType": [{"ServiceType": "Gateway"}], "Owner": "amazon",
     "VpcEndpointPolicySupported": true, "AcceptanceRequired": false, "AvailabilityZones": ["eu-central-1a"]},
    {"ServiceName": "com.amazonaws.eu-central-1.s3", "ServiceType": [{"ServiceType": "Interface"}], "Owner": "amazon",
     "VpcEndpointPolicySupported": true, "AcceptanceRequired": false, "AvailabilityZones": ["eu-central-1a"],
     "PrivateDnsName": "s3.eu-central-1.amazonaws.com",
     "PrivateDnsNames": [{"PrivateDnsName": "s3.eu-central-1.amazonaws.com"}, {"PrivateDnsName": "*.s3.eu-central-1.amazonaws.com"}]}]})");
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->endpoint_services.size(), 1U);
  const EndpointService& s = cloud->endpoint_services.rows()[0];
  EXPECT_EQ(s.gateway_type, Value<bool>(true));
  EXPECT_EQ(s.interface_type, Value<bool>(true));
  EXPECT_EQ(s.private_dns_names.size(), 2U);
  EXPECT_EQ(said(cloud, "contradiction"), 0U);
}

TEST(EndpointServices, NamesAloneAreNotCollected) {
  Reading r;
  r.answer("ec2-describe-vpc-endpoint-services", R"({"ServiceNames": ["com.amazonaws.eu-central-1.s3"]})");
  EXPECT_TRUE(r.cloud().missing(Kind::endpoint_service, r.account(), r.region()));
}

TEST(Interfaces, HaveTheirPrimaryAddressFirst) {
  Reading r;
  r.answer("ec2-describe-network-interfaces",
           network_interface("eni-1", R"("InterfaceType": "interface", "Status": "in-use",
    "Attachment": {"InstanceId": "i-1", "Status": "attached"}, "Groups": [{"GroupId": "sg-1"}],
    "Association": {"PublicIp": "198.51.100.7"},
    "PrivateIpAddresses": [{"Primary": false, "PrivateIpAddress": "10.0.0.6"},
      {"Primary": true, "PrivateIpAddress": "10.0.0.5", "Association": {"PublicIp": "198.51.100.7"}}],
    "Ipv6Addresses": [{"Ipv6Address": "2001:db8::5"}])"));
  const Cloud cloud = r.cloud();
  const Interface& i = cloud->interfaces.rows()[0];
  ASSERT_EQ(i.addresses.size(), 3U);
  EXPECT_EQ(to_string(*i.addresses.items[0]), "10.0.0.5");
  ASSERT_EQ(i.public_addresses.size(), 1U);
  EXPECT_EQ(to_string(i.public_addresses.items[0].private_address), "10.0.0.5");
  EXPECT_EQ(i.instance, r.id<InstanceId>("i-1"));
  EXPECT_EQ(i.kind, InterfaceKind::plain);
}

TEST(Interfaces, KnowWhoMadeThem) {
  const std::pair<const char*, InterfaceKind> kinds[] = {
      {R"("InterfaceType": "nat_gateway")", InterfaceKind::nat_gateway},
      {R"("InterfaceType": "lambda")", InterfaceKind::function},
      {R"("InterfaceType": "network_load_balancer")", InterfaceKind::load_balancer},
      {R"("InterfaceType": "gateway_load_balancer_endpoint")", InterfaceKind::gateway_load_balancer_endpoint},
      {R"("InterfaceType": "quantum")", InterfaceKind::other},
      {R"("InterfaceType": "interface", "RequesterManaged": true, "Description": "VPC Endpoint Interface vpce-1")",
       InterfaceKind::endpoint},
      {R"("InterfaceType": "interface", "RequesterManaged": true, "Description": "RDSNetworkInterface")",
       InterfaceKind::managed},
      {R"("InterfaceType": "interface", "Description": "AWS Lambda VPC ENI-x")", InterfaceKind::function},
      {R"("InterfaceType": "interface", "Description": "ELB app/x/1", "Attachment": {"InstanceId": "i-1"})",
       InterfaceKind::plain},
      {R"("Description": "")", InterfaceKind::plain}};
  for (const auto& [members, kind] : kinds) {
    Reading r;
    r.answer("ec2-describe-network-interfaces", network_interface("eni-1", members));
    EXPECT_EQ(r.cloud()->interfaces.rows()[0].kind, kind) << members;
  }
}

TEST(Interfaces, DoubtWhatIsMissing) {
  Reading r;
  r.answer(
      "ec2-describe-network-interfaces",
      R"({"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "Ipv4Prefixes": [{"Ipv4Prefix": "10.0.0.16/28"}]}]})");
  const Cloud cloud = r.cloud();
  const Interface& i = cloud->interfaces.rows()[0];
  EXPECT_FALSE(i.vpc.known());
  EXPECT_FALSE(i.subnet.known());
  EXPECT_FALSE(i.source_dest_check.known());
  EXPECT_FALSE(i.state.known());
  EXPECT_FALSE(i.addresses.complete());
  EXPECT_FALSE(i.groups.complete());
}

TEST(Instances, KnowTheirInterfacesAndProfile) {
  Reading r;
  r.answer("ec2-describe-instances", R"({"Reservations": [{"OwnerId": "111122223333", "Instances": [
    {"InstanceId": "i-1", "State": {"Name": "running"}, "VpcId": "vpc-1", "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1"}],
     "IamInstanceProfile": {"Arn": "arn:aws:iam::111122223333:instance-profile/p"}, "Platform": "windows", "Tags": [{"Key": "Name", "Value": "alpha5"}]},
    {"InstanceId": "i-2", "State": {"Name": "terminated"}},
    {"InstanceId": "i-3", "State": {"Name": "stopped"}, "VpcId": "vpc-1", "NetworkInterfaces": []}]}]})");
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->instances.size(), 2U);
  const Instance& i = *cloud->instances.find(r.id<InstanceId>("i-1"));
  EXPECT_EQ(cloud.view(i.head.name), "alpha5");
  EXPECT_EQ(i.state, Value<State>(State::working));
  EXPECT_EQ(*i.profile, r.global_id<InstanceProfileId>("arn:aws:iam::111122223333:instance-profile/p"));
  EXPECT_TRUE(i.windows);
  const Instance& stopped = *cloud->instances.find(r.id<InstanceId>("i-3"));
  EXPECT_EQ(stopped.state, Value<State>(State::not_working));
  EXPECT_EQ(stopped.profile, Value<InstanceProfileId>(InstanceProfileId()));
}

TEST(PrefixLists, JoinNamesAndEntries) {
  Reading r;
  r.answer("ec2-describe-managed-prefix-lists", R"({"PrefixLists": [
    {"PrefixListId": "pl-1", "PrefixListArn": "arn:x", "PrefixListName": "com.amazonaws.eu-central-1.s3", "OwnerId": "AWS"},
    {"PrefixListId": "pl-2", "PrefixListArn": "arn:x", "PrefixListName": "offices", "OwnerId": "111122223333"}]})");
  r.answer("ec2-get-managed-prefix-list-entries/pl-1",
           R"({"Entries": [{"Cidr": "3.5.136.0/22"}, {"Cidr": "52.219.44.0/22"}]})");
  const Cloud cloud = r.cloud();
  const PrefixList& s3 = *cloud->prefix_lists.find(r.id<PrefixListId>("pl-1"));
  EXPECT_EQ(s3.aws_managed, Value<bool>(true));
  EXPECT_EQ(s3.entries.size(), 2U);
  EXPECT_TRUE(s3.entries.complete());
  const PrefixList& offices = *cloud->prefix_lists.find(r.id<PrefixListId>("pl-2"));
  EXPECT_EQ(offices.aws_managed, Value<bool>(false));
  EXPECT_FALSE(offices.entries.complete());
}

TEST(PrefixLists, OpenWhereEntriesAreNotAllThere) {
  for (const char* entries : {R"({"Entries": [{"Cidr": "3.5.136.0/22"}], "NextToken": "x"})",
                              R"({"Entries": [{"Cidr": "nonsense"}]})", R"({"Error": {"Code": "AccessDenied"}})", ""}) {
    Reading r;
    r.answer("ec2-describe-managed-prefix-lists",
             R"({"PrefixLists": [{"PrefixListId": "pl-1", "PrefixListArn": "a", "PrefixListName": "x"}]})");
    r.answer("ec2-get-managed-prefix-list-entries/pl-1", entries);
    EXPECT_FALSE(r.cloud()->prefix_lists.rows()[0].entries.complete()) << entries;
  }
}

TEST(PrefixLists, ReadTheOlderListWithItsBlocks) {
  Reading r;
  r.add(
      "aws_configs/us-east-1/PrefixLists.json",
      R"({"PrefixLists": [{"Cidrs": ["54.231.0.0/17"], "PrefixListId": "pl-63a5400a", "PrefixListName": "com.amazonaws.us-east-1.s3"}]})");
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->prefix_lists.size(), 1U);
  EXPECT_EQ(cloud->prefix_lists.rows()[0].entries.size(), 1U);
  EXPECT_EQ(cloud->prefix_lists.rows()[0].aws_managed, Value<bool>(true));
  EXPECT_TRUE(cloud.missing(Kind::prefix_list, Text(), r.text("us-east-1")));  // customers' lists are not in it
}

// GE-5
TEST(PrefixLists, EqualInTwoRegionsAreMadeUp) {
  Reading r;
  for (const std::string region : {"eu-central-1", "eu-west-1"}) {
    r.add(
        "111122223333/" + region + "/ec2-describe-managed-prefix-lists.json",
        R"({"PrefixLists": [{"PrefixListId": "pl-1", "PrefixListArn": "a", "OwnerId": "AWS", "PrefixListName": "com.amazonaws.)" +
            region + R"(.s3"}]})");
    r.add("111122223333/" + region + "/ec2-get-managed-prefix-list-entries/pl-1.json",
          R"({"Entries": [{"Cidr": "3.5.136.0/22"}]})");
  }
  const Cloud cloud = r.cloud();
  EXPECT_EQ(said(cloud, "contradiction"), 1U);
  for (const PrefixList& list : cloud->prefix_lists) EXPECT_FALSE(list.entries.complete());
}

}  // namespace
}  // namespace sallyport::read
