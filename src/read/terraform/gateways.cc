// Internet, egress-only and NAT gateways (IG, NA).
#include <algorithm>

#include "read/planned/parts.h"
#include "read/planned/public_access.h"
#include "read/planned/standing.h"
#include "read/terraform/families.h"
#include "read/terraform/owners.h"
#include "read/terraform/settle.h"

namespace sallyport::read::terraform {
namespace {

// The VPC that `vpc_id` says; of what exists the attachment may have changed by others'
// doing, which a refresh would have shown.
template <class Gateway>
void attach(const Block& b, Gateway& row) {
  const Value<VpcId> vpc = b.ref<VpcId>("vpc_id");
  if (!vpc.known()) {
    if (b.has("vpc_id") != Has::computed) {
      row.vpcs.open = vpc.gap();
      note_vpcs(b, vpc, row.id);
    }
  } else if (*vpc) {
    row.vpcs.items.push_back(*vpc);
  }
}

Value<bool> is_public(const Block& b) {
  if (b.has("connectivity_type") == Has::computed) return true;
  const Value<Text> type = b.text("connectivity_type");
  return type.known() ? Value<bool>(b.registry().view(*type) != "private") : Value<bool>(type.gap());
}

// NA-9: it stands in a VPC and in no subnet. AWS makes the table that belongs to it, and gives it its addresses.
void read_regional_gateway(const Block& b, NatGateway row) {
  Work& work = b.work();
  row.vpc = b.ref<VpcId>("vpc_id");
  row.is_public = is_public(b);
  row.table = b.gives_any("route_table_id") ? b.ref<RouteTableId>("route_table_id")
                                            : Value<RouteTableId>(b.gap("route_table_id"));
  const Value<Text> zones = b.text("auto_provision_zones");
  row.every_zone = zones.known() ? Value<bool>(work.registry.view(*zones) == "enabled") : Value<bool>(zones.gap());
  row.addresses.open = b.gap("regional_nat_gateway_address");
  work.put(work.change.put.nat_gateways, std::move(row));
}

}  // namespace

void read_internet_gateway(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> name = b.own_id();
  if (!name) return;
  InternetGateway row;
  row.id = b.id<InternetGatewayId>(*name);
  if (work.stands(work.base->internet_gateways, row.id, b.resource())) return;
  row.head = b.head();
  attach(b, row);
  if (b.resource().is_new()) work.created.insert(row.id);
  work.put(work.change.put.internet_gateways, std::move(row));
}

void read_internet_gateway_attachment(const Block& b) {
  Work& work = b.work();
  const Value<VpcId> vpc = b.ref<VpcId>("vpc_id");
  const Value<Text> id = b.named("internet_gateway_id", Kind::internet_gateway);
  const bool goes = !b.resource().stays();
  const GapId gap = vpc.known() ? GapId() : vpc.gap();
  auto& gateways = work.change.put.internet_gateways;
  if (id.known()) {
    work.row_or_base(gateways, work.base->internet_gateways, b.id<InternetGatewayId>(*id));
  } else {
    take_base(b, "internet_gateway_id", Value<InternetGatewayId>(id.gap()), gateways, work.base->internet_gateways);
  }
  for (InternetGateway& row : work.change.put.internet_gateways) {
    if (id.known() && row.id != b.id<InternetGatewayId>(*id)) continue;
    if (!id.known() || gap) {
      row.vpcs.open = gap ? gap : id.gap();
    } else if (goes) {
      std::erase(row.vpcs.items, *vpc);
    } else if (std::find(row.vpcs.begin(), row.vpcs.end(), *vpc) == row.vpcs.end()) {
      row.vpcs.items.push_back(*vpc);
    }
  }
}

void read_egress_only_gateway(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> name = b.own_id();
  if (!name) return;
  EgressOnlyGateway row;
  row.id = b.id<EgressOnlyGatewayId>(*name);
  if (work.stands(work.base->egress_only_gateways, row.id, b.resource())) return;
  row.head = b.head();
  attach(b, row);
  if (b.resource().is_new()) work.created.insert(row.id);
  work.put(work.change.put.egress_only_gateways, std::move(row));
}

void read_nat_gateway(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> name = b.own_id();
  if (!name) return;
  NatGateway row;
  row.id = b.id<NatGatewayId>(*name);
  if (work.stands(work.base->nat_gateways, row.id, b.resource())) return;
  row.head = b.head();
  const bool is_new = b.resource().is_new();
  if (is_new) work.created.insert(row.id);
  row.state = is_new ? Value<State>(State::working) : Value<State>(beside(work));
  row.regional = b.node("availability_mode").text() == "regional";
  if (row.regional) return read_regional_gateway(b, std::move(row));
  row.subnet = b.ref<SubnetId>("subnet_id");
  if (!row.subnet.known() && is_new) {
    if (auto candidates = b.candidates<SubnetId>("subnet_id"); !candidates.empty()) {
      work.placed.push_back({&b.resource(), row.id, std::move(candidates)});
    }
  }
  row.vpc = planned::stand_in(work, row.subnet, beside(work)).vpc;
  if (!row.vpc.known() && !work.placed.empty() && work.placed.back().gateway == row.id)
    row.vpc = vpc_of_all(work, work.placed.back().subnets, row.vpc.gap());
  row.is_public = is_public(b);
  NatAddress address;
  address.private_address = b.gives_any("private_ip") ? b.address("private_ip") : Value<Address>(b.gap("private_ip"));
  address.has_public = !row.is_public.known() || *row.is_public;
  if (address.has_public)
    address.public_address = b.gives_any("public_ip") ? b.address("public_ip") : Value<Address>(b.gap("public_ip"));
  row.addresses.items.push_back(address);
  if (b.gives_any("secondary_allocation_ids") || b.gives_any("secondary_private_ip_address_count") ||
      b.gives_any("secondary_private_ip_addresses")) {
    row.addresses.open = b.gap("secondary_private_ip_addresses");
  }
  work.put(work.change.put.nat_gateways, std::move(row));
}

// What goes away leaves AWS's default.
void read_public_block(const Block& b) {
  Work& work = b.work();
  const bool removed = b.resource().fate == Fate::removed;
  planned::put_public_access(
      work, b.head(),
      removed ? Value<PublicAccessMode>(PublicAccessMode::off)
              : planned::public_access_mode(work, b.text("internet_gateway_block_mode"), b.origin()));
}

void read_public_exclusion(const Block& b) {
  const std::optional<Text> name = b.own_id();
  if (!name) return;
  planned::put_exclusion(b.work(), b.id<PublicAccessExclusionId>(*name), b.head(), b.ref<VpcId>("vpc_id"),
                         b.ref<SubnetId>("subnet_id"), b.text("internet_gateway_exclusion_mode"));
}

}  // namespace sallyport::read::terraform
