// VPCs and subnets.
#include "model/later.h"
#include "read/planned/implied.h"
#include "read/terraform/families.h"
#include "read/terraform/owners.h"
#include "read/terraform/settle.h"

namespace sallyport::read::terraform {
namespace {

// The IPv6 block, if there is or will be one.
void add_ipv6(const Block& b, bool will_have_one, List<Value<Prefix>>& cidrs) {
  switch (b.has("ipv6_cidr_block")) {
    case Has::nothing: break;
    case Has::computed:
      if (!will_have_one) break;
      [[fallthrough]];
    case Has::unknown: cidrs.items.emplace_back(b.gap("ipv6_cidr_block")); break;
    case Has::value:
      if (!b.node("ipv6_cidr_block").text().empty()) cidrs.items.push_back(b.prefix("ipv6_cidr_block"));
  }
}

// The ids of what comes with a new VPC.
planned::ImpliedIds implied_ids(const Block& b) {
  const auto text = [&](const char* attribute) {
    const Value<Text> id = meaning(b.work(), b.resource(), attribute);
    return id.known() ? *id : Text();
  };
  return {b.id<RouteTableId>(text("default_route_table_id")), b.id<NetworkAclId>(text("default_network_acl_id")),
          b.id<SecurityGroupId>(text("default_security_group_id"))};
}

}  // namespace

void read_vpc(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> name = b.own_id();
  if (!name) return;  // a default VPC that is taken over: which is known after apply
  Vpc row;
  row.id = b.id<VpcId>(*name);
  if (work.stands(work.base->vpcs, row.id, b.resource())) return;
  const bool is_new = b.resource().is_new();
  row.head = b.head();
  row.cidrs.items.push_back(b.prefix("cidr_block"));
  const Value<bool> generated = b.flag("assign_generated_ipv6_cidr_block", false);
  // The provider takes `ipv6_cidr_block` with a pool only; without one it is Amazon's own, if it asks for that.
  if (is_new && generated.known() && !b.gives("ipv6_ipam_pool_id") && b.has("ipv6_cidr_block") != Has::value) {
    if (*generated) row.cidrs.items.emplace_back(later_block());
  } else {
    add_ipv6(b, !generated.known() || *generated || b.gives("ipv6_ipam_pool_id"), row.cidrs);
  }
  row.dns_support = b.flag("enable_dns_support", true);
  row.dns_hostnames = b.flag("enable_dns_hostnames", false);
  if (is_new) {
    // A new VPC asks Amazon's resolver until options are associated (DN-10).
    row.custom_dns = false;
    work.created.insert(row.id);
  } else {
    row.cidrs.open = beside(work);
    row.custom_dns = beside(work);
  }
  const Vpc& put = work.put(work.change.put.vpcs, std::move(row));
  if (is_new) planned::imply_parts(work, Vpc(put), implied_ids(b), b.resource().address);
}

void read_subnet(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> name = b.own_id();
  if (!name) return;
  Subnet row;
  row.id = b.id<SubnetId>(*name);
  work.subnet_defaults[row.id] = {b.flag("map_public_ip_on_launch", false),
                                  b.flag("assign_ipv6_address_on_creation", false)};
  if (work.stands(work.base->subnets, row.id, b.resource())) return;
  row.head = b.head();
  row.vpc = b.ref<VpcId>("vpc_id");
  note_vpcs(b, row.vpc, row.id);
  if (const Value<Text> zone = b.text("availability_zone"); zone.known()) row.zone = *zone;
  if (const Value<Text> zone = b.text("availability_zone_id"); zone.known()) row.zone_id = *zone;
  row.dns64 = b.flag("enable_dns64", false);
  const bool ipv6_only = b.node("ipv6_native").boolean().value_or(false);
  if (!ipv6_only || !b.node("cidr_block").text().empty()) row.cidrs.items.push_back(b.prefix("cidr_block"));
  add_ipv6(b, false, row.cidrs);
  if (b.resource().is_new() && b.has("ipv6_cidr_block") == Has::unknown)
    work.with_ipv6[row.id] = b.gap("ipv6_cidr_block");
  if (b.resource().is_new()) work.created.insert(row.id);
  work.put(work.change.put.subnets, std::move(row));
}

void read_cidr_association(const Block& b) {
  Work& work = b.work();
  const Value<VpcId> vpc = b.ref<VpcId>("vpc_id");
  const bool ipv6 = b.resource().type == "aws_vpc_ipv6_cidr_block_association";
  if (vpc.known() && b.resource().fate == Fate::kept && work.base->vpcs.find(*vpc) != nullptr) return;
  take_base(b, "vpc_id", vpc, work.change.put.vpcs, work.base->vpcs);
  if (vpc.known()) work.row_or_base(work.change.put.vpcs, work.base->vpcs, *vpc);
  for (Vpc& row : work.change.put.vpcs) {
    if (vpc.known() && row.id != *vpc) continue;
    if (!vpc.known() || !b.resource().stays()) {
      row.cidrs.open = vpc.known() ? beside(work) : vpc.gap();
    } else if (ipv6) {
      add_ipv6(b, true, row.cidrs);
    } else {
      row.cidrs.items.push_back(b.prefix("cidr_block"));
    }
  }
}

// DHCP options with servers other than Amazon's (DN-10). Any association leaves it open, unless the options stand in
// the plan.
void read_dhcp_association(const Block& b) {
  Work& work = b.work();
  const Value<VpcId> vpc = b.ref<VpcId>("vpc_id");
  const Value<Text> options = b.named("dhcp_options_id", Kind::dhcp_options);
  if (vpc.known() && b.resource().fate == Fate::kept && work.base->vpcs.find(*vpc) != nullptr) return;
  take_base(b, "vpc_id", vpc, work.change.put.vpcs, work.base->vpcs);
  if (vpc.known()) work.row_or_base(work.change.put.vpcs, work.base->vpcs, *vpc);
  Value<bool> custom = !vpc.known() ? vpc.gap()
                       : !options.known()
                           ? options.gap()
                           : b.registry().gaps.add({GapKind::not_collected,
                                                    "the DHCP options `" + show_symbols(b.registry().view(*options)) +
                                                        "` are not in the plan",
                                                    "aws ec2 describe-dhcp-options", b.origin()});
  std::vector<Address> addresses;
  for (const Resource* r : work.document.of_type("aws_vpc_dhcp_options")) {
    if (!r->stays() || !options.known() || meaning(work, *r, "id") != Value<Text>(*options)) continue;
    const Block block(work, *r);
    const Node servers = block.node("domain_name_servers");
    if (servers.size() == 1 && servers.at(0).text() == "AmazonProvidedDNS") custom = false;
    if (servers.size() > 0 && servers.at(0).text() != "AmazonProvidedDNS") custom = true;
    for (const Node server : servers.items()) {
      if (const auto address = parse_address(server.text())) addresses.push_back(*address);
    }
    if (addresses.size() < servers.size()) addresses.clear();
  }
  for (Vpc& row : work.change.put.vpcs) {
    if (vpc.known() && row.id != *vpc) continue;
    row.custom_dns = vpc.known() ? custom : Value<bool>(vpc.gap());
    row.dns_servers = addresses;
  }
}

}  // namespace sallyport::read::terraform
