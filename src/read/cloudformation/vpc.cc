// VPCs and subnets.
#include "base/wildcard.h"
#include "read/cloudformation/families.h"
#include "read/planned/implied.h"

namespace sallyport::read::cloudformation {

// Defaults: AWS::EC2::VPC, `EnableDnsSupport` ("enabled by default"), `EnableDnsHostnames`
// ("disabled by default for nondefault VPCs").
void read_vpc(const Properties& p) {
  Work& work = p.work();
  Vpc row;
  row.id = p.own_id<VpcId>();
  row.head = p.head();
  // From a pool of IPAM: which block is not known yet.
  row.cidrs.items.push_back(p.gives("CidrBlock") ? p.prefix("CidrBlock") : Value<Prefix>(p.gap("CidrBlock")));
  row.dns_support = p.flag("EnableDnsSupport", true);
  row.dns_hostnames = p.flag("EnableDnsHostnames", false);
  row.custom_dns = false;  // Amazon's resolver until options are associated (DN-10)
  work.created.insert(row.id);
  const planned::ImpliedIds ids{p.own_id<RouteTableId>("MainRouteTable"), p.own_id<NetworkAclId>("DefaultNetworkAcl"),
                                p.own_id<SecurityGroupId>("DefaultSecurityGroup")};
  planned::imply_parts(work, Vpc(work.put(work.change.put.vpcs, std::move(row))), ids, p.resource().address);
}

// Defaults: AWS::EC2::Subnet, `MapPublicIpOnLaunch` false, `AssignIpv6AddressOnCreation` false.
void read_subnet(const Properties& p) {
  Work& work = p.work();
  Subnet row;
  row.id = p.own_id<SubnetId>();
  row.head = p.head();
  row.vpc = p.ref<VpcId>("VpcId");
  if (const Value<Text> zone = p.text("AvailabilityZone"); zone.known()) row.zone = *zone;
  if (const Value<Text> zone = p.text("AvailabilityZoneId"); zone.known()) row.zone_id = *zone;
  row.dns64 = p.flag("EnableDns64", false);
  const Value<bool> only_ipv6 = p.flag("Ipv6Native", false);
  if (p.gives("CidrBlock")) {
    row.cidrs.items.push_back(p.prefix("CidrBlock"));
  } else if (!only_ipv6.known() || !*only_ipv6) {
    row.cidrs.items.emplace_back(p.gap("CidrBlock"));
  }
  if (p.gives("Ipv6CidrBlock")) row.cidrs.items.push_back(p.prefix("Ipv6CidrBlock"));
  if (p.gives("Ipv6IpamPoolId")) row.cidrs.items.emplace_back(p.gap("Ipv6CidrBlock"));
  work.subnet_defaults[row.id] = {p.flag("MapPublicIpOnLaunch", false), p.flag("AssignIpv6AddressOnCreation", false)};
  work.created.insert(row.id);
  work.put(work.change.put.subnets, std::move(row));
}

void read_cidr_block(const Properties& p) {
  Work& work = p.work();
  const Value<VpcId> vpc = p.ref<VpcId>("VpcId");
  if (vpc.known()) work.row_or_base(work.change.put.vpcs, work.base->vpcs, *vpc);
  for (Vpc& row : work.change.put.vpcs) {
    if (vpc.known() && row.id != *vpc) continue;
    if (!vpc.known() || p.doubt()) {
      row.cidrs.open = vpc.known() ? p.doubt() : vpc.gap();
    } else if (p.gives("CidrBlock")) {
      row.cidrs.items.push_back(p.prefix("CidrBlock"));
    } else {
      // IPv6 of Amazon's, or from a pool: AWS chooses it.
      row.cidrs.items.push_back(p.gives("Ipv6CidrBlock") ? p.prefix("Ipv6CidrBlock")
                                                         : Value<Prefix>(p.gap("Ipv6CidrBlock")));
    }
  }
}

void read_subnet_cidr_block(const Properties& p) {
  Work& work = p.work();
  const Value<SubnetId> subnet = p.ref<SubnetId>("SubnetId");
  if (subnet.known()) work.row_or_base(work.change.put.subnets, work.base->subnets, *subnet);
  for (Subnet& row : work.change.put.subnets) {
    if (subnet.known() && row.id != *subnet) continue;
    if (!subnet.known() || p.doubt()) {
      row.cidrs.open = subnet.known() ? p.doubt() : subnet.gap();
    } else {
      row.cidrs.items.push_back(p.gives("Ipv6CidrBlock") ? p.prefix("Ipv6CidrBlock")
                                                         : Value<Prefix>(p.gap("Ipv6CidrBlock")));
    }
  }
}

void read_dhcp_options(const Properties& p) {
  const List<Text> servers = p.texts("DomainNameServers");
  Registry& registry = p.registry();
  Value<bool> custom = false;
  for (const Text server : servers) {
    if (registry.texts.has_symbol(server)) {
      custom = p.gap("DomainNameServers");
    } else if (!equals_ignoring_case(registry.view(server), "AmazonProvidedDNS")) {
      custom = true;
    }
  }
  if (servers.open && custom == Value<bool>(false)) custom = servers.open;
  p.work().custom_dns[p.own_text()] = custom;
}

// Options without servers leave the VPC without Amazon's resolver: nothing answers, which
// is not told apart from other servers (DN-10).
void read_dhcp_association(const Properties& p) {
  Work& work = p.work();
  const Value<VpcId> vpc = p.ref<VpcId>("VpcId");
  const Value<Text> options = p.text("DhcpOptionsId");
  Value<bool> custom = false;
  if (!vpc.known() || p.doubt()) {
    custom = vpc.known() ? p.doubt() : vpc.gap();
  } else if (!options.known()) {
    custom = options.gap();
  } else if (work.registry.view(*options) == "default") {
    custom = true;  // `default`: no options, so no resolver
  } else if (const auto found = work.custom_dns.find(*options); found != work.custom_dns.end()) {
    custom = found->second;
  } else {
    custom = work.registry.gaps.add(
        {GapKind::not_collected,
         "the DHCP options `" + show_symbols(work.registry.view(*options)) + "` are not in the templates",
         "aws ec2 describe-dhcp-options", p.origin()});
  }
  if (vpc.known()) work.row_or_base(work.change.put.vpcs, work.base->vpcs, *vpc);
  for (Vpc& row : work.change.put.vpcs) {
    if (!vpc.known() || row.id == *vpc) row.custom_dns = custom;
  }
}

}  // namespace sallyport::read::cloudformation
