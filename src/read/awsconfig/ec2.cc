// Networks: the items of EC2's types. Members of each type:
// https://github.com/awslabs/aws-config-resource-schema (config/properties/resource-types)
#include <algorithm>

#include "read/awsconfig/types.h"
#include "read/json/parse.h"
#include "read/json/text.h"

namespace sallyport::read::awsconfig {
namespace {

using json::Node;

bool asked_whole(const Item& item, std::string_view member) {
  if (!item.in_part) return true;
  std::string small(member);
  if (small[0] >= 'A' && small[0] <= 'Z') small[0] = static_cast<char>(small[0] - 'A' + 'a');
  return item.whole.contains(small) || item.whole.contains(std::string(member));
}

// The configuration with its id and tags. Of a select: members that were asked for only in
// part are left out, and those whose absence would mean "none" are not recorded.
Object object_of(const Resource& r, const char* id, std::initializer_list<const char*> optional = {},
                 const char* tags = "Tags") {
  Object object(r.configuration);
  object.set(tags, r.tags);
  if (r.item.in_part) {
    for (const json::Member m : r.configuration.members()) {
      std::string name(m.name());
      if (asked_whole(r.item, name)) continue;
      if (name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
      object.drop(name);
    }
    for (const char* member : optional) {
      if (!asked_whole(r.item, member)) object.set(member, not_recorded());
    }
  }
  object.set(id, text(r.item.id));
  return object;
}

void list(const Resource& r, Telling& t, const char* operation, const char* key, const Object& object) {
  say(t, r.item, operation, answer(key, object.done()));
}

void tell_vpc(const Resource& r, Telling& t) {
  list(r, t, "ec2-describe-vpcs", "Vpcs",
       object_of(r, "VpcId", {"CidrBlockAssociationSet", "Ipv6CidrBlockAssociationSet"}));
}

void tell_subnet(const Resource& r, Telling& t) {
  const Object object = object_of(r, "SubnetId", {"Ipv6CidrBlockAssociationSet"});
  list(r, t, "ec2-describe-subnets", "Subnets", object);
}

void tell_route_table(const Resource& r, Telling& t) {
  list(r, t, "ec2-describe-route-tables", "RouteTables", object_of(r, "RouteTableId"));
}

void tell_acl(const Resource& r, Telling& t) {
  list(r, t, "ec2-describe-network-acls", "NetworkAcls", object_of(r, "NetworkAclId"));
}

// `ipv4Ranges` are the call's `IpRanges`; before there was a description, `ipRanges` held texts.
std::string permissions(Node list) {
  if (!list.is(json::Kind::array)) return not_recorded();
  std::string out = "[";
  for (const Node permission : list.items()) {
    Object object(permission);
    const Node ranges = permission["ipv4Ranges"].absent() ? permission["ipRanges"] : permission["ipv4Ranges"];
    std::string objects = "[";
    for (const Node range : ranges.items()) {
      if (objects.size() > 1) objects += ',';
      if (range.is(json::Kind::string)) {
        objects += "{\"CidrIp\":" + text(range.text()) + "}";
      } else {
        write(range, Letters::upper, objects);
      }
    }
    object.drop("Ipv4Ranges").set("IpRanges", ranges.absent() ? std::string() : objects + "]");
    if (out.size() > 1) out += ',';
    out += object.done();
  }
  return out + "]";
}

void tell_group(const Resource& r, Telling& t) {
  Object object = object_of(r, "GroupId");
  for (const auto& [small, member] :
       {std::pair{"ipPermissions", "IpPermissions"}, {"ipPermissionsEgress", "IpPermissionsEgress"}}) {
    if (asked_whole(r.item, small)) object.set(member, permissions(r.configuration[small]));
  }
  list(r, t, "ec2-describe-security-groups", "SecurityGroups", object);
}

void tell_interface(const Resource& r, Telling& t) {
  list(r, t, "ec2-describe-network-interfaces", "NetworkInterfaces", object_of(r, "NetworkInterfaceId", {}, "TagSet"));
}

void tell_instance(const Resource& r, Telling& t) {
  const std::string instance = object_of(r, "InstanceId").done();
  say(t, r.item, "ec2-describe-instances",
      answer("Reservations", "{\"OwnerId\":" + text(r.item.account) + ",\"Instances\":[" + instance + "]}"));
}

void tell_internet_gateway(const Resource& r, Telling& t) {
  list(r, t, "ec2-describe-internet-gateways", "InternetGateways", object_of(r, "InternetGatewayId"));
}

void tell_egress_gateway(const Resource& r, Telling& t) {
  list(r, t, "ec2-describe-egress-only-internet-gateways", "EgressOnlyInternetGateways",
       object_of(r, "EgressOnlyInternetGatewayId"));
}

void tell_nat(const Resource& r, Telling& t) {
  list(r, t, "ec2-describe-nat-gateways", "NatGateways", object_of(r, "NatGatewayId"));
}

// The Region in a service's name: `com.amazonaws.eu-central-1.s3`, `com.amazonaws.vpce.eu-west-1.vpce-svc-0a1`.
std::string region_in(std::string_view service) {
  constexpr std::string_view prefix = "com.amazonaws.";
  if (!service.starts_with(prefix)) return {};
  service.remove_prefix(prefix.size());
  if (service.starts_with("vpce.")) service.remove_prefix(5);
  const std::string_view region = service.substr(0, service.find('.'));
  return std::count(region.begin(), region.end(), '-') >= 2 ? std::string(region) : std::string();
}

// Only where there are gateway endpoints, too, private names may be for resolver endpoints alone:
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DnsOptionsSpecification.html
bool has_gateway_endpoints(std::string_view service) {
  const std::string_view name = service.substr(service.rfind('.') + 1);
  return name == "s3" || name == "dynamodb" || name == "s3express";
}

// Not recorded: whether private names hold for resolver endpoints only, and the Region of
// the service, which its name tells.
void tell_endpoint(const Resource& r, Telling& t) {
  Object object = object_of(r, "VpcEndpointId");
  const Node options = r.configuration["dnsOptions"];
  if (options["privateDnsOnlyForInboundResolverEndpoint"].absent() &&
      has_gateway_endpoints(r.configuration["serviceName"].text())) {
    object.set("DnsOptions", Object(options).set("PrivateDnsOnlyForInboundResolverEndpoint", not_recorded()).done());
  }
  const std::string region = region_in(r.configuration["serviceName"].text());
  if (r.configuration["serviceRegion"].absent() && !region.empty()) object.set("ServiceRegion", text(region));
  list(r, t, "ec2-describe-vpc-endpoints", "VpcEndpoints", object);
}

void tell_endpoint_service(const Resource& r, Telling& t) {
  Object object(r.configuration);
  list(r, t, "ec2-describe-vpc-endpoint-service-configurations", "ServiceConfigurations", object.set("Tags", r.tags));
}

void tell_peering(const Resource& r, Telling& t) {
  Object object = object_of(r, "VpcPeeringConnectionId");
  const Node status = r.configuration["status"];
  if (status.is(json::Kind::string)) object.set("Status", "{\"Code\":" + text(status.text()) + "}");
  list(r, t, "ec2-describe-vpc-peering-connections", "VpcPeeringConnections", object);
}

void tell_address(const Resource& r, Telling& t) {
  list(r, t, "ec2-describe-addresses", "Addresses", object_of(r, "AllocationId"));
}

// State and options of a transit gateway and of what is attached are not recorded.
void tell_transit_gateway(const Resource& r, Telling& t) {
  list(r, t, "ec2-describe-transit-gateways", "TransitGateways", object_of(r, "TransitGatewayId"));
}

void tell_transit_attachment(const Resource& r, Telling& t) {
  list(r, t, "ec2-describe-transit-gateway-vpc-attachments", "TransitGatewayVpcAttachments",
       object_of(r, "TransitGatewayAttachmentId"));
}

void tell_transit_table(const Resource& r, Telling& t) {
  list(r, t, "ec2-describe-transit-gateway-route-tables", "TransitGatewayRouteTables",
       object_of(r, "TransitGatewayRouteTableId"));
}

// Only the lists that the account keeps itself, with their entries.
void tell_prefix_list(const Resource& r, Telling& t) {
  list(r, t, "ec2-describe-managed-prefix-lists", "PrefixLists", object_of(r, "PrefixListId").drop("Entries"));
  const Node entries = r.configuration["Entries"];
  if (!entries.is(json::Kind::array)) return;
  std::string out;
  write(entries, Letters::upper, out);
  say(t, r.item, "ec2-get-managed-prefix-list-entries", "{\"Entries\":" + out + "}", r.item.id,
      "ec2-describe-managed-prefix-lists");
}

void tell_dhcp(const Resource& r, Telling& t) {
  std::string values;
  for (const Node server : r.configuration["DomainNameServers"].items()) {
    values += (values.empty() ? "{\"Value\":" : ",{\"Value\":") + text(server.text()) + "}";
  }
  const std::string servers = "{\"Key\":\"domain-name-servers\",\"Values\":[" + values + "]}";
  list(r, t, "ec2-describe-dhcp-options", "DhcpOptions",
       Object(Node())
           .set("DhcpOptionsId", text(r.item.id))
           .set("DhcpConfigurations", values.empty() ? "[]" : "[" + servers + "]"));
}

void tell_public_access(const Resource& r, Telling& t) {
  std::string options;
  write(r.configuration, Letters::upper, options);
  say(t, r.item, "ec2-describe-vpc-block-public-access-options", "{\"VpcBlockPublicAccessOptions\":" + options + "}");
}

void tell_exclusion(const Resource& r, Telling& t) {
  const std::string vpc(r.configuration["VpcId"].text());
  const std::string subnet(r.configuration["SubnetId"].text());
  const std::string what = subnet.empty() ? "vpc/" + vpc : "subnet/" + subnet;
  Object object = object_of(r, "ExclusionId");
  object.set("ResourceArn", text("arn:aws:ec2:" + r.item.region + ":" + r.item.account + ":" + what));
  list(r, t, "ec2-describe-vpc-block-public-access-exclusions", "VpcBlockPublicAccessExclusions", object);
}

constexpr Type table[] = {
    {"AWS::EC2::VPC", tell_vpc, {Kind::vpc}, false, true, true},
    {"AWS::EC2::Subnet", tell_subnet, {Kind::subnet}, false, true, true, "availabilityZone"},
    {"AWS::EC2::RouteTable", tell_route_table, {Kind::route_table}, false, true, true},
    {"AWS::EC2::NetworkAcl", tell_acl, {Kind::network_acl}, false, true, true},
    {"AWS::EC2::SecurityGroup", tell_group, {Kind::security_group}, false, true, true},
    {"AWS::EC2::NetworkInterface", tell_interface, {Kind::network_interface}, false, true},
    {"AWS::EC2::Instance", tell_instance, {Kind::instance}, false, true},
    {"AWS::EC2::InternetGateway", tell_internet_gateway, {Kind::internet_gateway}, false, true, true},
    {"AWS::EC2::EgressOnlyInternetGateway", tell_egress_gateway, {Kind::egress_only_gateway}, false, false, true},
    {"AWS::EC2::NatGateway", tell_nat, {Kind::nat_gateway}},
    {"AWS::EC2::VPCEndpoint", tell_endpoint, {Kind::endpoint}},
    {"AWS::EC2::VPCEndpointService", tell_endpoint_service},
    {"AWS::EC2::VPCPeeringConnection", tell_peering, {Kind::peering}},
    {"AWS::EC2::EIP", tell_address},
    {"AWS::EC2::VPNGateway", nullptr, {Kind::vpn_gateway}, false, true},
    {"AWS::EC2::VPNConnection"},
    {"AWS::EC2::CustomerGateway"},
    {"AWS::EC2::TransitGateway", tell_transit_gateway, {Kind::transit_gateway}},
    {"AWS::EC2::TransitGatewayAttachment", tell_transit_attachment},  // those of VPCs; others are not of this type
    {"AWS::EC2::TransitGatewayRouteTable", tell_transit_table},
    {"AWS::EC2::PrefixList", tell_prefix_list},
    {"AWS::EC2::DHCPOptions", tell_dhcp},
    {"AWS::EC2::SubnetRouteTableAssociation"},  // the tables' own items have them
    {"AWS::EC2::VPCBlockPublicAccessOptions", tell_public_access},
    {"AWS::EC2::VPCBlockPublicAccessExclusion", tell_exclusion, {Kind::public_access_exclusion}},
    {"AWS::EC2::Volume"},
    {"AWS::EC2::FlowLog"},
};

}  // namespace

void note_subnet(const Item& item, Telling& telling) {
  if (item.type != "AWS::EC2::Subnet") return;
  const auto tree = json::parse(item.configuration);
  const std::string vpc(tree ? tree->root()["vpcId"].text() : std::string_view());
  if (vpc.empty()) return;
  const Node blocks = tree->root()["ipv6CidrBlockAssociationSet"];
  telling.subnets[{item.region, item.id}] = {vpc, blocks.size() > 0 || item.in_part};
}

std::span<const Type> network_types() { return table; }

}  // namespace sallyport::read::awsconfig
