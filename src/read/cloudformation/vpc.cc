// VPCs and subnets.
#include "base/wildcard.h"
#include "model/later.h"
#include "read/cloudformation/families.h"
#include "read/cloudformation/owners.h"
#include "read/planned/blocks.h"
#include "read/planned/implied.h"

namespace sallyport::read::cloudformation {
namespace {

// The IPv6 block of a subnet: mostly cut out of that of its VPC, which is not there yet.
void add_ipv6(const Properties& p, Subnet& row) {
  Value<Prefix> block = p.gives("Ipv6CidrBlock") ? p.prefix("Ipv6CidrBlock") : Value<Prefix>(p.gap("Ipv6CidrBlock"));
  if (!block.known()) p.work().with_ipv6[row.id].insert(block.gap());
  row.cidrs.items.push_back(block);
}

// "Requests an Amazon-provided IPv6 CIDR block with a /56 prefix length for the VPC."
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpccidrblock.html
bool is_amazons(const Properties& p) {
  const Value<bool> asked = p.flag("AmazonProvidedIpv6CidrBlock", false);
  return asked.known() && *asked && !p.gives("Ipv6Pool") && !p.gives("Ipv6IpamPoolId") && !p.gives("Ipv6CidrBlock");
}

}  // namespace

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
  if (p.gives("Ipv6CidrBlock") || p.gives("Ipv6IpamPoolId")) add_ipv6(p, row);
  work.subnet_defaults[row.id] = {p.flag("MapPublicIpOnLaunch", false), p.flag("AssignIpv6AddressOnCreation", false)};
  work.created.insert(row.id);
  work.put(work.change.put.subnets, std::move(row));
}

void read_cidr_block(const Properties& p) {
  Work& work = p.work();
  const auto vpc = owner<VpcId>(p, "VpcId", work.change.put.vpcs, work.base->vpcs);
  if (vpc.known()) work.row_or_base(work.change.put.vpcs, work.base->vpcs, *vpc);
  for (Vpc& row : work.change.put.vpcs) {
    if (vpc.known() && row.id != *vpc) continue;
    if (!vpc.known() || p.doubt()) {
      row.cidrs.open = vpc.known() ? p.doubt() : vpc.gap();
    } else if (p.gives("CidrBlock")) {
      row.cidrs.items.push_back(p.prefix("CidrBlock"));
    } else if (is_amazons(p) && work.created.contains(Ref(row.id))) {
      row.cidrs.items.emplace_back(later_block());
    } else {
      // From a pool: AWS chooses it.
      row.cidrs.items.push_back(p.gives("Ipv6CidrBlock") ? p.prefix("Ipv6CidrBlock")
                                                         : Value<Prefix>(p.gap("Ipv6CidrBlock")));
    }
  }
}

void read_subnet_cidr_block(const Properties& p) {
  Work& work = p.work();
  const auto subnet = owner<SubnetId>(p, "SubnetId", work.change.put.subnets, work.base->subnets);
  if (subnet.known()) work.row_or_base(work.change.put.subnets, work.base->subnets, *subnet);
  for (Subnet& row : work.change.put.subnets) {
    if (subnet.known() && row.id != *subnet) continue;
    if (!subnet.known() || p.doubt()) {
      row.cidrs.open = subnet.known() ? p.doubt() : subnet.gap();
    } else {
      add_ipv6(p, row);
    }
  }
}

// A subnet's block is a part of one of its VPC's.
void finish_blocks(Work& work) {
  for (const auto& [id, gaps] : work.with_ipv6) {
    Subnet* row = work.row(work.change.put.subnets, id);
    const Vpc* vpc = row != nullptr && row->vpc.known() ? work.row(work.change.put.vpcs, *row->vpc) : nullptr;
    if (vpc == nullptr || !work.created.contains(Ref(vpc->id)) || !planned::has_only_later(*vpc)) continue;
    for (Value<Prefix>& block : row->cidrs.items) {
      if (!block.known() && gaps.contains(block.gap())) block = later_block();
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
  const auto vpc = owner<VpcId>(p, "VpcId", work.change.put.vpcs, work.base->vpcs);
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
    if (vpc.known() && row.id != *vpc) continue;
    row.custom_dns = custom;
    row.dns_servers.clear();  // which they are is not followed
  }
}

}  // namespace sallyport::read::cloudformation
