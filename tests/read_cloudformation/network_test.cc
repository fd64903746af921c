// What templates make of a network: AWS's defaults, what comes along, what is not known.
#include "model/later.h"
#include "template.h"

namespace sallyport::read {
namespace {

TEST(CloudFormationNetwork, AVpcBringsItsPartsAlong) {
  const Cloud cloud = cloud_of(with_network(""));
  const Vpc* vpc = find(cloud, cloud->vpcs, "(Vpc)");
  const Subnet* subnet = find(cloud, cloud->subnets, "(A)");
  ASSERT_NE(vpc, nullptr);
  ASSERT_NE(subnet, nullptr);
  EXPECT_EQ(subnet->vpc, Value<VpcId>(vpc->id));
  EXPECT_EQ(cloud.view(subnet->head.region), "eu-central-1");  // by its zone
  EXPECT_EQ(vpc->dns_support, Value<bool>(true));              // AWS::EC2::VPC: enabled by default
  const RouteTable* table = find(cloud, cloud->route_tables, "(Vpc.MainRouteTable)");
  ASSERT_NE(table, nullptr);
  EXPECT_EQ(table->main, Value<bool>(true));
  EXPECT_NE(find(cloud, cloud->network_acls, "(Vpc.DefaultNetworkAcl)"), nullptr);
  EXPECT_NE(find(cloud, cloud->security_groups, "(Vpc.DefaultSecurityGroup)"), nullptr);
  EXPECT_FALSE(cloud.missing(Kind::route_table, Text(), subnet->head.region));
}

// "If you do not add egress rules, we add egress rules that allow all outbound traffic."
TEST(CloudFormationNetwork, AGroupWithoutEgressLetsAllOut) {
  const auto rules = [](const std::string& more) {
    const Cloud cloud = cloud_of(with_network(more));
    const SecurityGroup* group = find(cloud, cloud->security_groups, "(G)");
    EXPECT_NE(group, nullptr);
    return group == nullptr ? std::vector<GroupRule>() : group->rules.items;
  };
  const auto none = rules("  G: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc}}\n");
  ASSERT_EQ(none.size(), 2U);
  EXPECT_TRUE(none[0].egress);
  EXPECT_FALSE(none[0].gap);
  const auto own = rules(
      "  G: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc, SecurityGroupEgress: [{IpProtocol: tcp, "
      "FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8}]}}\n");
  ASSERT_EQ(own.size(), 1U);
  EXPECT_EQ(own[0].first_port, 443);
  // Beside a rule that is a resource it is not documented whether they stay.
  const auto apart = rules(
      "  G: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc}}\n"
      "  E: {Type: AWS::EC2::SecurityGroupEgress, Properties: {GroupId: !Ref G, IpProtocol: tcp, FromPort: 443, "
      "ToPort: 443, "
      "CidrIp: 10.0.0.0/8}}\n");
  ASSERT_EQ(apart.size(), 3U);
  EXPECT_FALSE(apart[0].gap);
  EXPECT_TRUE(apart[1].gap);
}

TEST(CloudFormationNetwork, RulesAndEntriesHaveTheirPeersAndPorts) {
  const Cloud cloud = cloud_of(with_network(R"(
  G:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: !Ref Vpc
      SecurityGroupIngress:
        - {IpProtocol: icmp, FromPort: 8, ToPort: -1, CidrIp: 10.0.0.0/8}
        - {IpProtocol: '-1', SourceSecurityGroupId: !GetAtt Vpc.DefaultSecurityGroup}
        - {IpProtocol: '6', FromPort: 1, ToPort: 2, SourcePrefixListId: !Ref L}
        - {IpProtocol: tcp, FromPort: 1, ToPort: 2}
  L: {Type: AWS::EC2::PrefixList, Properties: {PrefixListName: l, Entries: [{Cidr: 10.9.0.0/16}]}}
  N: {Type: AWS::EC2::NetworkAcl, Properties: {VpcId: !Ref Vpc}}
  N1: {Type: AWS::EC2::NetworkAclEntry, Properties: {NetworkAclId: !Ref N, RuleNumber: 200, Protocol: 6, RuleAction: allow, CidrBlock: 0.0.0.0/0, PortRange: {From: 443, To: 443}}}
  N2: {Type: AWS::EC2::NetworkAclEntry, Properties: {NetworkAclId: !Ref N, RuleNumber: 100, Protocol: 1, RuleAction: deny, Egress: true, CidrBlock: 0.0.0.0/0, Icmp: {Type: 8, Code: -1}}}
  NA: {Type: AWS::EC2::SubnetNetworkAclAssociation, Properties: {NetworkAclId: !Ref N, SubnetId: !Ref A}}
)"));
  const SecurityGroup* group = find(cloud, cloud->security_groups, "(G)");
  ASSERT_NE(group, nullptr);
  ASSERT_EQ(group->rules.size(), 6U);
  EXPECT_EQ(group->rules.items[0].protocol, icmp);
  EXPECT_EQ(group->rules.items[0].icmp_type, 8);
  EXPECT_TRUE(std::holds_alternative<GroupPeer>(group->rules.items[1].peer));
  EXPECT_TRUE(std::holds_alternative<PrefixListId>(group->rules.items[2].peer));
  EXPECT_TRUE(group->rules.items[3].gap);  // no peer: AWS would add none, and the template is wrong
  EXPECT_TRUE(says(cloud, "bad-value"));
  const NetworkAcl* acl = find(cloud, cloud->network_acls, "(N)");
  ASSERT_NE(acl, nullptr);
  ASSERT_EQ(acl->entries.size(), 2U);
  EXPECT_FALSE(acl->entries.items[0].egress);
  EXPECT_EQ(acl->entries.items[0].first_port, 443);
  EXPECT_EQ(acl->entries.items[1].icmp_type, 8);
  EXPECT_FALSE(acl->entries.items[1].allow);
  EXPECT_EQ(acl->subnets.size(), 1U);
}

TEST(CloudFormationNetwork, RoutesLeadWhereTheyAreSaidTo) {
  const Cloud cloud = cloud_of(with_network(R"(
  T: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  TA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref T}}
  I: {Type: AWS::EC2::InternetGateway}
  IA: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref I}}
  R1: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref T, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref I}}
  R2: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref T, DestinationCidrBlock: 10.9.0.0/16, TransitGatewayId: tgw-1}}
  R3: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref T, DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: !Ref E}}
  E: {Type: AWS::EC2::EgressOnlyInternetGateway, Properties: {VpcId: !Ref Vpc}}
)"));
  const RouteTable* table = find(cloud, cloud->route_tables, "(T)");
  ASSERT_NE(table, nullptr);
  ASSERT_EQ(table->routes.size(), 3U);
  EXPECT_EQ(table->routes.items[0].target, RouteTarget::internet_gateway);
  EXPECT_EQ(table->routes.items[0].blackhole, Value<bool>(false));
  EXPECT_EQ(table->routes.items[1].target, RouteTarget::transit_gateway);
  EXPECT_FALSE(table->routes.items[1].blackhole.known());  // it exists, and nothing says in which state
  EXPECT_EQ(table->routes.items[2].target, RouteTarget::egress_only_gateway);
  EXPECT_EQ(table->subnets.size(), 1U);
  EXPECT_TRUE(table->routes.complete());
}

// A condition that is not decided: a part opens what it is part of, a thing its kind.
TEST(CloudFormationNetwork, WhatMayOrMayNotBeThereTaints) {
  const std::string conditions = "Parameters: {U: {Type: String}}\nConditions: {C: !Equals [!Ref U, x]}\n";
  const Cloud cloud = cloud_of(conditions + with_network(R"(
  T: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  TA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref T}}
  I: {Type: AWS::EC2::InternetGateway}
  R: {Type: AWS::EC2::Route, Condition: C, Properties: {RouteTableId: !Ref T, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref I}}
  D: {Type: AWS::EC2::VPCEndpoint, Condition: C, Properties: {VpcId: !Ref Vpc, ServiceName: com.amazonaws.eu-central-1.s3, RouteTableIds: [!GetAtt T.RouteTableId]}}
)"));
  const RouteTable* table = find(cloud, cloud->route_tables, "(T)");
  ASSERT_NE(table, nullptr);
  EXPECT_TRUE(table->routes.complete());
  ASSERT_EQ(table->routes.size(), 2U);
  for (const Route& route : table->routes) {
    EXPECT_EQ(why(cloud, route.perhaps), "the condition `C` depends on what is not given");
  }
  const Endpoint* endpoint = find(cloud, cloud->endpoints, "(D)");
  ASSERT_NE(endpoint, nullptr);
  EXPECT_FALSE(endpoint->state.known());
  EXPECT_TRUE(endpoint->route_tables.empty());  // so that nothing derives a route that is surely there
  EXPECT_FALSE(cloud.missing(Kind::endpoint, Text(), table->head.region));
  EXPECT_FALSE(cloud.missing(Kind::subnet, Text(), table->head.region));
  EXPECT_TRUE(says(cloud, "undecided-condition"));
}

// Of which service the endpoint is that may be there, nothing says: any route may stand in its table.
TEST(CloudFormationNetwork, AnEndpointInDoubtForSomeServiceOpensItsTables) {
  const Cloud cloud =
      cloud_of("Parameters: {U: {Type: String}}\nConditions: {C: !Equals [!Ref U, x]}\n" + with_network(R"(
  T: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  D: {Type: AWS::EC2::VPCEndpoint, Condition: C, Properties: {VpcId: !Ref Vpc, ServiceName: !Ref U, RouteTableIds: [!Ref T]}}
)"));
  const RouteTable* table = find(cloud, cloud->route_tables, "(T)");
  ASSERT_NE(table, nullptr);
  EXPECT_TRUE(table->routes.open);
}

// A route to nobody knows where, under a condition that nobody decides, may take anything.
TEST(CloudFormationNetwork, ARouteInDoubtToSomewhereOpensItsTable) {
  const Cloud cloud =
      cloud_of("Parameters: {U: {Type: String}}\nConditions: {C: !Equals [!Ref U, x]}\n" + with_network(R"(
  T: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  R: {Type: AWS::EC2::Route, Condition: C, Properties: {RouteTableId: !Ref T, DestinationCidrBlock: !Ref U, GatewayId: igw-1}}
)"));
  EXPECT_TRUE(find(cloud, cloud->route_tables, "(T)")->routes.open);
}

TEST(CloudFormationNetwork, BlocksThatAmazonWillGive) {
  const std::string six =
      "  Six: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref Vpc, AmazonProvidedIpv6CidrBlock: true}}\n"
      "  S: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.7.9.0/24, Ipv6CidrBlock: !Select [0, "
      "!Cidr [!Select [0, !GetAtt Vpc.Ipv6CidrBlocks], 4, 64]]}}\n";
  const auto block = [](const Cloud& cloud) { return find(cloud, cloud->subnets, "(S)")->cidrs.items.at(1); };
  const Cloud cloud = cloud_of(with_network(six));
  EXPECT_EQ(find(cloud, cloud->vpcs, "(Vpc)")->cidrs.items.at(1), Value<Prefix>(later_block()));
  EXPECT_EQ(block(cloud), Value<Prefix>(later_block()));
  // Of a pool there is no telling which part of whose.
  const Cloud pool = cloud_of(with_network(
      six + "  P: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref Vpc, Ipv6IpamPoolId: ipam-pool-1}}\n"));
  EXPECT_FALSE(block(pool).known());
}

TEST(CloudFormationNetwork, RegionalNatGatewaysStandInNoSubnet) {
  const Cloud cloud = cloud_of(with_network(R"(
  N: {Type: AWS::EC2::NatGateway, Properties: {AvailabilityMode: regional, VpcId: !Ref Vpc}}
  M: {Type: AWS::EC2::NatGateway, Properties: {AvailabilityMode: regional, VpcId: !Ref Vpc, AvailabilityZoneAddresses: [{AvailabilityZone: eu-central-1a, AllocationIds: [eipalloc-1]}]}}
)"));
  const NatGateway* row = find(cloud, cloud->nat_gateways, "(N)");
  const NatGateway* manual = find(cloud, cloud->nat_gateways, "(M)");
  ASSERT_NE(row, nullptr);
  ASSERT_NE(manual, nullptr);
  EXPECT_TRUE(row->regional);
  EXPECT_EQ(row->subnet, Value<SubnetId>(SubnetId()));
  EXPECT_EQ(row->vpc, Value<VpcId>(find(cloud, cloud->vpcs, "(Vpc)")->id));
  EXPECT_EQ(row->every_zone, Value<bool>(true));
  EXPECT_TRUE(row->addresses.open);
  EXPECT_FALSE(row->table.known());
  EXPECT_FALSE(manual->every_zone.known());
}

// Rules that are not understood in full leave what is asked of the VPC's resolver open.
TEST(CloudFormationNetwork, FirewallsOfNamesAndProfilesInDoubt) {
  const std::string conditions = "Parameters: {U: {Type: String}}\nConditions: {C: !Equals [!Ref U, x]}\n";
  const auto firewall = [&](const std::string& rule, const std::string& group = "") {
    const Cloud cloud =
        cloud_of(conditions + with_network("  L: {Type: AWS::Route53Resolver::FirewallDomainList, Properties: "
                                           "{Domains: [a.example]}}\n  R: {Type: "
                                           "AWS::Route53Resolver::FirewallRuleGroup, Properties: "
                                           "{FirewallRules: [" +
                                           rule +
                                           "]}}\n  F: {Type: "
                                           "AWS::Route53Resolver::FirewallRuleGroupAssociation, " +
                                           group +
                                           " Properties: {FirewallRuleGroupId: !Ref R, VpcId: !Ref Vpc, "
                                           "Priority: 101}}\n"));
    const DnsFirewall* row = find(cloud, cloud->dns_firewalls, "(F)");
    EXPECT_NE(row, nullptr);
    return row == nullptr ? DnsFirewall() : *row;
  };
  const DnsFirewall plain =
      firewall("{Priority: 1, Action: BLOCK, BlockResponse: NODATA, FirewallDomainListId: !Ref L}");
  ASSERT_EQ(plain.rules.size(), 1U);
  EXPECT_EQ(plain.rules.items[0].blocks, Value<bool>(true));
  EXPECT_TRUE(plain.rules.items[0].domains.complete());
  EXPECT_FALSE(plain.head.gap);
  EXPECT_TRUE(firewall("{Priority: !Ref U, Action: ALLOW, FirewallDomainListId: !Ref L}").head.gap);
  EXPECT_FALSE(firewall("{Priority: 1, Action: !Ref U, FirewallDomainListId: !Ref L}").rules.items[0].blocks.known());
  EXPECT_TRUE(firewall("{Priority: 1, Action: ALLOW, FirewallDomainListId: rslvr-fdl-1}").rules.items[0].domains.open);
  EXPECT_FALSE(firewall("{Priority: 1, Action: ALLOW, FirewallDomainListId: !Ref L}", "Condition: C,").state.known());
  // A profile whose parts are not all read may bring any zone and any rule.
  const auto zones = [&](const std::string& more) {
    const Cloud cloud = cloud_of(
        conditions +
        with_network(
            "  P: {Type: AWS::Route53Profiles::Profile}\n  PA: {Type: AWS::Route53Profiles::ProfileAssociation, "
            "Properties: {ProfileId: !Ref P, ResourceId: !Ref Vpc}}\n" +
            more));
    return cloud.missing(Kind::hosted_zone, Text(), Text());
  };
  EXPECT_FALSE(zones(""));
  EXPECT_TRUE(
      zones("  PR: {Type: AWS::Route53Profiles::ProfileResourceAssociation, Properties: {ProfileId: !Ref P, "
            "ResourceArn: !Ref U}}\n"));
}

TEST(CloudFormationNetwork, AParameterWithoutValueMayBeAnySubnet) {
  const Cloud cloud = cloud_of(
      "Parameters: {S: {Type: 'AWS::EC2::Subnet::Id'}, L: {Type: 'List<AWS::EC2::Subnet::Id>'}}\n" + with_network(R"(
  T: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  F: {Type: AWS::Lambda::Function, Properties: {FunctionName: f, VpcConfig: {SubnetIds: !Ref L, SecurityGroupIds: []}}}
)"));
  const Function* f = find(cloud, cloud->functions, "arn:aws:lambda:eu-central-1:(account?):function:f");
  ASSERT_NE(f, nullptr);
  ASSERT_FALSE(f->network.known());
  EXPECT_EQ(why(cloud, f->network.gap()), "the parameter `L` has no value");
  // It may be in a VPC that exists: what this template lists is not all there is.
  EXPECT_TRUE(cloud.missing(Kind::endpoint, Text(), f->head.region));
}

TEST(CloudFormationNetwork, InstancesHaveInterfaces) {
  const Cloud cloud = cloud_of(with_network(R"(
  I: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref A, SecurityGroupIds: [!GetAtt Vpc.DefaultSecurityGroup]}}
  J: {Type: AWS::EC2::Instance, Properties: {LaunchTemplate: {LaunchTemplateId: !Ref LT, Version: !GetAtt LT.LatestVersionNumber}}}
  LT:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData: {NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref A, Groups: [!Ref G], AssociatePublicIpAddress: true}]}
  G: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc}}
  K: {Type: AWS::EC2::Instance, Properties: {NetworkInterfaces: [{DeviceIndex: '0', NetworkInterfaceId: !Ref N}]}}
  N: {Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: !Ref A, PrivateIpAddress: 10.7.1.9}}
  P: {Type: AWS::EC2::EIP, Properties: {InstanceId: !Ref I}}
)"));
  const Interface* own = find(cloud, cloud->interfaces, "(I.PrimaryNetworkInterface)");
  ASSERT_NE(own, nullptr);
  EXPECT_TRUE(own->surely_public);  // the Elastic IP
  EXPECT_EQ(own->groups.size(), 1U);
  const Interface* launched = find(cloud, cloud->interfaces, "(J.PrimaryNetworkInterface)");
  ASSERT_NE(launched, nullptr);
  EXPECT_TRUE(launched->surely_public);
  ASSERT_EQ(launched->groups.size(), 1U);
  EXPECT_EQ(shown(cloud.id(launched->groups.items[0])), "(G)");
  const Interface* given = find(cloud, cloud->interfaces, "(N)");
  ASSERT_NE(given, nullptr);
  EXPECT_EQ(given->state, Value<State>(State::working));
  EXPECT_FALSE(given->surely_public);
  EXPECT_EQ(given->groups.size(), 1U);  // none given: the default one
  const Instance* k = find(cloud, cloud->instances, "(K)");
  ASSERT_NE(k, nullptr);
  EXPECT_TRUE(k->vpc.known() && *k->vpc);
}

TEST(CloudFormationNetwork, PrivateDnsThatIsNotGivenIsNotGuessed) {
  const Cloud cloud = cloud_of(with_network(R"(
  D: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Vpc, VpcEndpointType: Interface, ServiceName: com.amazonaws.eu-central-1.sqs, SubnetIds: [!Ref A]}}
  O: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Vpc, VpcEndpointType: Interface, ServiceName: !Sub 'com.amazonaws.vpce.eu-central-1.${S}', SubnetIds: [!Ref A]}}
  S: {Type: AWS::EC2::VPCEndpointService, Properties: {NetworkLoadBalancerArns: []}}
)"));
  const Endpoint* d = find(cloud, cloud->endpoints, "(D)");
  ASSERT_NE(d, nullptr);
  EXPECT_FALSE(d->private_dns.known());
  EXPECT_EQ(d->state, Value<State>(State::working));
  EXPECT_EQ(d->interfaces.size(), 1U);
  const Endpoint* own = find(cloud, cloud->endpoints, "(O)");
  ASSERT_NE(own, nullptr);
  EXPECT_FALSE(own->head.gap);       // the service stands in the same template
  EXPECT_FALSE(own->state.known());  // its owner accepts it, or not
}

TEST(CloudFormationNetwork, ZonesOfAVpcAnswerInIt) {
  const Cloud cloud = cloud_of(with_network(R"(
  Z: {Type: AWS::Route53::HostedZone, Properties: {Name: Corp.Example., VPCs: [{VPCId: !Ref Vpc, VPCRegion: !Ref 'AWS::Region'}]}}
  R: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Z, Name: DB.corp.example, Type: A, ResourceRecords: [10.7.1.5]}}
  U: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: corp.example., Name: !Sub '${Q}.corp.example', Type: A, ResourceRecords: [10.7.1.6]}}
  Q: {Type: AWS::SQS::Queue}
)"));
  const HostedZone* zone = find(cloud, cloud->hosted_zones, "(Z)");
  ASSERT_NE(zone, nullptr);
  EXPECT_EQ(zone->is_private, Value<bool>(true));
  EXPECT_EQ(zone->vpcs.size(), 1U);
  ASSERT_EQ(zone->records.size(), 1U);
  EXPECT_EQ(cloud.view(zone->records.items[0].name), "db.corp.example");
  EXPECT_TRUE(zone->records.open);  // a name that is not known may be any
}

TEST(CloudFormationNetwork, TypesThatMayHideSomethingHoldCoverageBack) {
  const auto missing = [](const std::string& more, Kind kind) {
    const Cloud cloud = cloud_of(with_network(more));
    return why(cloud, cloud.missing(kind, Text(), cloud->vpcs.rows()[0].head.region));
  };
  EXPECT_EQ(missing("  X: {Type: AWS::Logs::LogGroup}\n", Kind::endpoint), "known");
  EXPECT_EQ(missing("  X: {Type: AWS::NetworkFirewall::Firewall}\n", Kind::endpoint),
            "resources of the type `AWS::NetworkFirewall::Firewall` are not read");
  EXPECT_EQ(missing("  X: {Type: AWS::NetworkFirewall::Firewall}\n", Kind::subnet), "known");
  EXPECT_EQ(missing("  X: {Type: AWS::VpcLattice::ServiceNetwork}\n", Kind::endpoint), "known");
  EXPECT_EQ(missing("  X: {Type: AWS::VpcLattice::ServiceNetworkVpcAssociation}\n", Kind::resolver_rule), "known");
  EXPECT_EQ(missing("  X: {Type: AWS::EC2::SomethingNew}\n", Kind::subnet),
            "resources of the type `AWS::EC2::SomethingNew` are not read");
  // Code of the user's: it may change what it is given.
  EXPECT_EQ(missing("  X: {Type: 'Custom::Mine', Properties: {Name: x}}\n", Kind::subnet), "known");
  EXPECT_EQ(missing("  X: {Type: 'Custom::Mine', Properties: {Deep: [{V: !Ref Vpc}]}}\n", Kind::subnet),
            "resources of the type `Custom::Mine` are not read");
}

TEST(CloudFormationNetwork, TheCdkEmptiesADefaultGroup) {
  const Cloud cloud =
      cloud_of(with_network("  X: {Type: 'Custom::VpcRestrictDefaultSG', Properties: {DefaultSecurityGroupId: !GetAtt "
                            "Vpc.DefaultSecurityGroup}}\n"));
  const SecurityGroup* group = find(cloud, cloud->security_groups, "(Vpc.DefaultSecurityGroup)");
  ASSERT_NE(group, nullptr);
  EXPECT_TRUE(group->rules.empty());
  EXPECT_TRUE(group->rules.complete());
}

TEST(CloudFormationNetwork, OriginsNameTheLine) {
  const Cloud cloud = cloud_of(with_network(""));
  const Subnet* subnet = find(cloud, cloud->subnets, "(A)");
  ASSERT_NE(subnet, nullptr);
  EXPECT_EQ(cloud.registry().documents.show(subnet->head.origin), "template.yaml:5");
}

}  // namespace
}  // namespace sallyport::read
