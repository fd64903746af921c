// VPCs, subnets, gateways, interfaces, instances, functions as AWS answers.
#include <algorithm>

#include "library/net/snapshot_parts.h"

namespace sallyport::generate {
namespace {

std::string ipv6_blocks(const List<Value<Prefix>>& cidrs) {
  std::vector<std::string> blocks;
  for (const Value<Prefix>& p : cidrs) {
    if (p->family() == Family::v4) continue;
    blocks.push_back(object({{"AssociationId", json_string("cidr-assoc-" + std::to_string(blocks.size()))},
                             {"Ipv6CidrBlock", json_string(to_string(*p))},
                             {"Ipv6CidrBlockState", object({{"State", json_string("associated")}})}}));
  }
  return array(blocks);
}

std::vector<std::string> ipv4(const List<Value<Prefix>>& cidrs) {
  std::vector<std::string> blocks;
  for (const Value<Prefix>& p : cidrs) {
    if (p->family() == Family::v4) blocks.push_back(to_string(*p));
  }
  return blocks;
}

const char* interface_type(InterfaceKind kind) {
  switch (kind) {
    case InterfaceKind::nat_gateway: return "nat_gateway";
    case InterfaceKind::endpoint: return "vpc_endpoint";
    case InterfaceKind::gateway_load_balancer_endpoint: return "gateway_load_balancer_endpoint";
    case InterfaceKind::function: return "lambda";
    case InterfaceKind::load_balancer: return "network_load_balancer";
    case InterfaceKind::transit_gateway: return "transit_gateway";
    case InterfaceKind::plain:
    case InterfaceKind::managed:
    case InterfaceKind::other: break;
  }
  return "interface";
}

std::string attached(const std::vector<std::string>& vpcs) {
  std::vector<std::string> all;
  for (const std::string& vpc : vpcs) all.push_back(object({{"State", json_string("available")}, {"VpcId", vpc}}));
  return array(all);
}

}  // namespace

std::string Writer::tags(const Head& head) const {
  if (head.name.empty()) return "[]";
  return array({object({{"Key", json_string("Name")}, {"Value", json_string(text(head.name))}})});
}

std::string Writer::group_names(const List<SecurityGroupId>& groups) const {
  std::vector<std::string> all;
  for (const SecurityGroupId g : groups) {
    const SecurityGroup* row = cloud->security_groups.find(g);
    all.push_back(object({{"GroupName", json_string(row == nullptr ? "" : text(row->head.name))}, {"GroupId", id(g)}}));
  }
  return array(all);
}

std::vector<std::string> Writer::vpcs() const {
  std::vector<std::string> all;
  for (const Vpc& vpc : cloud->vpcs) {
    if (!here(vpc.head)) continue;
    const auto blocks = ipv4(vpc.cidrs);
    std::vector<std::string> set;
    for (const std::string& block : blocks) {
      set.push_back(object({{"AssociationId", json_string("vpc-cidr-assoc-" + std::to_string(set.size()))},
                            {"CidrBlock", json_string(block)},
                            {"CidrBlockState", object({{"State", json_string("associated")}})}}));
    }
    all.push_back(object({{"OwnerId", owner(vpc.head)},
                          {"InstanceTenancy", json_string("default")},
                          {"Ipv6CidrBlockAssociationSet", ipv6_blocks(vpc.cidrs)},
                          {"CidrBlockAssociationSet", array(set)},
                          {"IsDefault", "false"},
                          {"Tags", tags(vpc.head)},
                          {"VpcId", id(vpc.id)},
                          {"State", json_string("available")},
                          {"CidrBlock", json_string(blocks.empty() ? "" : blocks[0])},
                          {"DhcpOptionsId", json_string(*vpc.custom_dns ? "dopt-own" : "dopt-amazon")}}));
  }
  return all;
}

std::vector<std::string> Writer::subnets() const {
  std::vector<std::string> all;
  for (const Subnet& subnet : cloud->subnets) {
    if (!here(subnet.head)) continue;
    const auto blocks = ipv4(subnet.cidrs);
    all.push_back(object({{"AvailabilityZoneId", json_string(text(subnet.zone_id))},
                          {"OwnerId", owner(subnet.head)},
                          {"AssignIpv6AddressOnCreation", "false"},
                          {"Ipv6CidrBlockAssociationSet", ipv6_blocks(subnet.cidrs)},
                          {"Tags", tags(subnet.head)},
                          {"EnableDns64", "false"},
                          {"Ipv6Native", "false"},
                          {"SubnetId", id(subnet.id)},
                          {"State", json_string("available")},
                          {"VpcId", id(*subnet.vpc)},
                          {"CidrBlock", json_string(blocks.empty() ? "" : blocks[0])},
                          {"AvailableIpAddressCount", "240"},
                          {"AvailabilityZone", json_string(text(subnet.zone))},
                          {"DefaultForAz", "false"},
                          {"MapPublicIpOnLaunch", "false"}}));
  }
  return all;
}

std::vector<std::string> Writer::interfaces() const {
  std::vector<std::string> all;
  for (const Interface& i : cloud->interfaces) {
    if (!here(i.head)) continue;
    std::vector<std::string> v4s;
    std::vector<std::string> v6s;
    std::string first;
    for (const Value<Address>& a : i.addresses) {
      if (a->family == Family::v6) {
        v6s.push_back(object({{"Ipv6Address", json_string(to_string(*a))}, {"IsPrimaryIpv6", "false"}}));
        continue;
      }
      std::string association;
      for (const PublicAddress& p : i.public_addresses) {
        if (p.private_address != *a) continue;
        association = object({{"AllocationId", json_string("eipalloc-" + to_string(p.address))},
                              {"AssociationId", json_string("eipassoc-" + to_string(p.address))},
                              {"IpOwnerId", owner(i.head)},
                              {"PublicDnsName", json_string("")},
                              {"PublicIp", json_string(to_string(p.address))}});
      }
      if (first.empty()) first = json_string(to_string(*a));
      v4s.push_back(object({{"Association", association},
                            {"Primary", boolean(v4s.empty())},
                            {"PrivateIpAddress", json_string(to_string(*a))}}));
    }
    const Subnet* subnet = cloud->subnets.find(*i.subnet);
    const bool managed = i.kind != InterfaceKind::plain;
    const std::string attachment = object({{"AttachmentId", json_string("eni-attach-" + std::string(cloud.id(i.id)))},
                                           {"DeleteOnTermination", "true"},
                                           {"DeviceIndex", "0"},
                                           {"InstanceId", i.instance ? id(i.instance) : std::string()},
                                           {"InstanceOwnerId", i.instance ? owner(i.head) : json_string("amazon-aws")},
                                           {"Status", json_string("attached")}});
    all.push_back(object({{"Attachment", i.instance || managed ? attachment : std::string()},
                          {"AvailabilityZone", json_string(subnet == nullptr ? "" : text(subnet->zone))},
                          {"Description", json_string(text(i.description))},
                          {"Groups", group_names(i.groups)},
                          {"InterfaceType", json_string(interface_type(i.kind))},
                          {"Ipv6Addresses", array(v6s)},
                          {"MacAddress", json_string("02:00:00:00:00:01")},
                          {"NetworkInterfaceId", id(i.id)},
                          {"OwnerId", owner(i.head)},
                          {"PrivateIpAddress", first},
                          {"PrivateIpAddresses", array(v4s)},
                          {"RequesterManaged", boolean(managed)},
                          {"SourceDestCheck", boolean(*i.source_dest_check)},
                          {"Status", json_string(*i.state == State::working ? "in-use" : "available")},
                          {"SubnetId", id(*i.subnet)},
                          {"TagSet", tags(i.head)},
                          {"VpcId", id(*i.vpc)}}));
  }
  return all;
}

// An interface as `describe-instances` repeats it.
std::string Writer::interface_of_instance(const Interface& i) const {
  std::vector<std::string> v4s, v6s;
  std::string first;
  for (const Value<Address>& a : i.addresses) {
    if (a->family == Family::v6) {
      v6s.push_back(object({{"Ipv6Address", json_string(to_string(*a))}, {"IsPrimaryIpv6", "false"}}));
      continue;
    }
    if (first.empty()) first = json_string(to_string(*a));
    v4s.push_back(object({{"Primary", boolean(v4s.empty())}, {"PrivateIpAddress", json_string(to_string(*a))}}));
  }
  return object({{"Attachment", object({{"AttachTime", json_string("2026-03-01T08:00:00+00:00")},
                                        {"AttachmentId", json_string("eni-attach-" + std::string(cloud.id(i.id)))},
                                        {"DeleteOnTermination", "true"},
                                        {"DeviceIndex", "0"},
                                        {"Status", json_string("attached")},
                                        {"NetworkCardIndex", "0"}})},
                 {"Description", json_string(text(i.description))},
                 {"Groups", group_names(i.groups)},
                 {"Ipv6Addresses", array(v6s)},
                 {"MacAddress", json_string("02:00:00:00:00:01")},
                 {"NetworkInterfaceId", id(i.id)},
                 {"OwnerId", owner(i.head)},
                 {"PrivateIpAddress", first},
                 {"PrivateIpAddresses", array(v4s)},
                 {"SourceDestCheck", boolean(*i.source_dest_check)},
                 {"Status", json_string("in-use")},
                 {"SubnetId", id(*i.subnet)},
                 {"VpcId", id(*i.vpc)},
                 {"InterfaceType", json_string("interface")},
                 {"Operator", object({{"Managed", "false"}})}});
}

// Members that AWS always sends, in its order.
std::vector<std::string> Writer::reservations() const {
  std::vector<std::string> all;
  for (const Instance& i : cloud->instances) {
    if (!here(i.head)) continue;
    std::vector<std::string> interfaces;
    const Interface* primary = nullptr;
    for (const InterfaceId n : i.interfaces) {
      const Interface* interface = cloud->interfaces.find(n);
      if (primary == nullptr) primary = interface;
      interfaces.push_back(interface == nullptr ? object({{"NetworkInterfaceId", id(n)}})
                                                : interface_of_instance(*interface));
    }
    const bool runs = *i.state == State::working;
    const std::string profile = i.profile.known() && *i.profile
                                    ? object({{"Arn", id(*i.profile)}, {"Id", json_string("AIPA")}})
                                    : std::string();
    const std::string volume = object({{"AttachTime", json_string("2026-03-01T08:00:00+00:00")},
                                       {"DeleteOnTermination", "true"},
                                       {"Status", json_string("attached")},
                                       {"VolumeId", json_string("vol-" + std::string(cloud.id(i.id)))}});
    const auto of_primary = [&](const std::string& value) { return primary == nullptr ? std::string() : value; };
    const std::string instance =
        object({{"Architecture", json_string("arm64")},
                {"BlockDeviceMappings", array({object({{"DeviceName", json_string("/dev/xvda")}, {"Ebs", volume}})})},
                {"ClientToken", json_string("")},
                {"EbsOptimized", "true"},
                {"EnaSupport", "true"},
                {"Hypervisor", json_string("xen")},
                {"IamInstanceProfile", profile},
                {"NetworkInterfaces", array(interfaces)},
                {"RootDeviceName", json_string("/dev/xvda")},
                {"RootDeviceType", json_string("ebs")},
                {"SecurityGroups", of_primary(primary == nullptr ? "" : group_names(primary->groups))},
                {"SourceDestCheck", of_primary(primary == nullptr ? "" : boolean(*primary->source_dest_check))},
                {"Tags", tags(i.head)},
                {"VirtualizationType", json_string("hvm")},
                {"CpuOptions", object({{"CoreCount", "2"}, {"ThreadsPerCore", "1"}})},
                {"CapacityReservationSpecification", object({{"CapacityReservationPreference", json_string("open")}})},
                {"HibernationOptions", object({{"Configured", "false"}})},
                {"MetadataOptions", object({{"State", json_string("applied")},
                                            {"HttpTokens", json_string("required")},
                                            {"HttpPutResponseHopLimit", "2"},
                                            {"HttpEndpoint", json_string("enabled")},
                                            {"HttpProtocolIpv6", json_string("disabled")},
                                            {"InstanceMetadataTags", json_string("disabled")}})},
                {"EnclaveOptions", object({{"Enabled", "false"}})},
                {"PlatformDetails", json_string(i.windows ? "Windows" : "Linux/UNIX")},
                {"UsageOperation", json_string(i.windows ? "RunInstances:0002" : "RunInstances")},
                {"UsageOperationUpdateTime", json_string("2026-03-01T08:00:00+00:00")},
                {"PrivateDnsNameOptions", object({{"HostnameType", json_string("ip-name")},
                                                  {"EnableResourceNameDnsARecord", "false"},
                                                  {"EnableResourceNameDnsAAAARecord", "false"}})},
                {"MaintenanceOptions", object({{"AutoRecovery", json_string("default")}})},
                {"CurrentInstanceBootMode", json_string("uefi")},
                {"Operator", object({{"Managed", "false"}})},
                {"InstanceId", id(i.id)},
                {"ImageId", json_string("ami-1")},
                {"State", object({{"Code", runs ? "16" : "80"}, {"Name", json_string(runs ? "running" : "stopped")}})},
                {"PrivateDnsName", json_string("")},
                {"PublicDnsName", json_string("")},
                {"StateTransitionReason", json_string("")},
                {"AmiLaunchIndex", "0"},
                {"ProductCodes", "[]"},
                {"InstanceType", json_string("t4g.micro")},
                {"LaunchTime", json_string("2026-03-01T08:00:00+00:00")},
                {"Placement", object({{"GroupName", json_string("")}, {"Tenancy", json_string("default")}})},
                {"Platform", i.windows ? json_string("windows") : std::string()},
                {"Monitoring", object({{"State", json_string("disabled")}})},
                {"SubnetId", of_primary(primary == nullptr ? "" : id(*primary->subnet))},
                {"VpcId", id(*i.vpc)}});
    all.push_back(object({{"ReservationId", json_string("r-" + std::string(cloud.id(i.id)))},
                          {"OwnerId", owner(i.head)},
                          {"Groups", "[]"},
                          {"Instances", array({instance})}}));
  }
  return all;
}

std::vector<std::string> Writer::internet_gateways() const {
  std::vector<std::string> all;
  for (const InternetGateway& g : cloud->internet_gateways) {
    if (!here(g.head)) continue;
    std::vector<std::string> vpcs;
    for (const VpcId v : g.vpcs) vpcs.push_back(id(v));
    all.push_back(object({{"Attachments", attached(vpcs)},
                          {"InternetGatewayId", id(g.id)},
                          {"OwnerId", owner(g.head)},
                          {"Tags", tags(g.head)}}));
  }
  return all;
}

std::vector<std::string> Writer::egress_only_gateways() const {
  std::vector<std::string> all;
  for (const EgressOnlyGateway& g : cloud->egress_only_gateways) {
    if (!here(g.head)) continue;
    std::vector<std::string> vpcs;
    for (const VpcId v : g.vpcs) vpcs.push_back(id(v));
    all.push_back(
        object({{"Attachments", attached(vpcs)}, {"EgressOnlyInternetGatewayId", id(g.id)}, {"Tags", tags(g.head)}}));
  }
  return all;
}

std::vector<std::string> Writer::nat_gateways() const {
  std::vector<std::string> all;
  for (const NatGateway& n : cloud->nat_gateways) {
    if (!here(n.head)) continue;
    std::vector<std::string> addresses;
    for (const NatAddress& a : n.addresses) {
      const std::string outside = a.has_public ? json_string(to_string(*a.public_address)) : std::string();
      addresses.push_back(object({{"AllocationId", a.has_public ? json_string("eipalloc-1") : std::string()},
                                  {"PrivateIp", json_string(to_string(*a.private_address))},
                                  {"PublicIp", outside},
                                  {"IsPrimary", boolean(addresses.empty())},
                                  {"Status", json_string("succeeded")}}));
    }
    all.push_back(object({{"NatGatewayAddresses", array(addresses)},
                          {"NatGatewayId", id(n.id)},
                          {"State", json_string(*n.state == State::working ? "available" : "failed")},
                          {"SubnetId", id(*n.subnet)},
                          {"VpcId", id(*n.vpc)},
                          {"Tags", tags(n.head)},
                          {"ConnectivityType", json_string(*n.is_public ? "public" : "private")}}));
  }
  return all;
}

std::vector<std::string> Writer::functions() const {
  std::vector<std::string> all;
  for (const Function& f : cloud->functions) {
    if (!here(f.head)) continue;
    const Placement& n = *f.network;
    const std::string vpc = object({{"SubnetIds", ids(n.subnets)},
                                    {"SecurityGroupIds", ids(n.groups)},
                                    {"VpcId", json_string(n.vpc ? cloud.id(n.vpc) : std::string_view())},
                                    {"Ipv6AllowedForDualStack", boolean(n.ipv6)}});
    const std::string role = f.role.known() && *f.role ? std::string(cloud.id(*f.role))
                                                       : "arn:aws:iam::" + text(f.head.account) + ":role/function";
    all.push_back(object({{"FunctionName", json_string(text(f.head.name))},
                          {"FunctionArn", id(f.id)},
                          {"Runtime", json_string("python3.13")},
                          {"Role", json_string(role)},
                          {"Handler", json_string("app.handler")},
                          {"Version", json_string("$LATEST")},
                          {"VpcConfig", n.vpc ? vpc : std::string()},
                          {"PackageType", json_string("Zip")}}));
  }
  return all;
}

}  // namespace sallyport::generate
