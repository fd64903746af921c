#include "read/terraform/settle.h"

#include <algorithm>
#include <optional>
#include <variant>

#include "model/later.h"
#include "read/planned/blocks.h"

namespace sallyport::read::terraform {
namespace {

// May the VPC hold the block, as far as its own blocks are known?
bool may_hold(const Vpc& vpc, const Prefix& block) {
  if (vpc.cidrs.open) return true;
  return std::any_of(vpc.cidrs.begin(), vpc.cidrs.end(), [&](const Value<Prefix>& own) {
    return !own.known() || (!is_later(*own) && own->contains(block));
  });
}

const std::vector<VpcId>* vpcs_of(const Work& work, Ref object) {
  const auto found = work.in_one_of.find(object);
  return found == work.in_one_of.end() ? nullptr : &found->second;
}

bool has(const std::vector<VpcId>& vpcs, VpcId id) { return std::find(vpcs.begin(), vpcs.end(), id) != vpcs.end(); }

// The one VPC that can hold what is known of the subnet's IPv4 block.
std::optional<VpcId> by_block(Work& work, const Subnet& subnet, const std::vector<VpcId>& vpcs) {
  std::optional<VpcId> only;
  for (const Value<Prefix>& block : subnet.cidrs) {
    if (!block.known() || block->family() != Family::v4) continue;
    for (const VpcId id : vpcs) {
      const Vpc* vpc = work.row(work.change.put.vpcs, id);
      if (vpc == nullptr) return std::nullopt;
      if (!may_hold(*vpc, *block)) continue;
      if (only) return std::nullopt;
      only = id;
    }
    return only;
  }
  return std::nullopt;
}

// May a route to a block of the table's own VPC, or to a part of it, lead there (RT-7)?
bool may_lead_inside(RouteTarget target) {
  return target == RouteTarget::local || target == RouteTarget::network_interface ||
         target == RouteTarget::nat_gateway || target == RouteTarget::gateway_load_balancer_endpoint ||
         target == RouteTarget::other;
}

// Of routes that are perhaps in a table, those that AWS would not take there.
void drop_refused(Work& work) {
  for (RouteTable& table : work.change.put.route_tables) {
    const Vpc* vpc = table.vpc.known() ? work.find(work.change.put.vpcs, *table.vpc) : nullptr;
    if (vpc == nullptr) continue;
    std::erase_if(table.routes.items, [&](const Route& r) {
      const auto* to = std::get_if<Prefix>(&r.destination);
      return r.perhaps && !r.gap && to != nullptr && !may_lead_inside(r.target) &&
             std::any_of(vpc->cidrs.begin(), vpc->cidrs.end(), [&](const Value<Prefix>& own) {
               return own.known() && !is_later(*own) && own->contains(*to);
             });
    });
  }
}

}  // namespace

void note_vpcs(const Block& b, const Value<VpcId>& vpc, Ref object) {
  Work& work = b.work();
  if (vpc.known() || !b.resource().is_new()) return;
  std::vector<VpcId> vpcs = b.candidates<VpcId>("vpc_id");
  const bool all_new = std::all_of(vpcs.begin(), vpcs.end(), [&](VpcId id) { return work.created.contains(Ref(id)); });
  if (vpcs.empty() || !all_new) return;
  work.among_created.insert(vpc.gap());
  work.in_one_of.emplace(object, std::move(vpcs));
}

Value<VpcId> vpc_of_all(Work& work, const std::vector<SubnetId>& subnets, GapId gap) {
  Value<VpcId> vpc = gap;
  for (const SubnetId id : subnets) {
    const Subnet* row = work.row(work.change.put.subnets, id);
    if (row == nullptr || !row->vpc.known() || (vpc.known() && vpc != row->vpc)) return gap;
    vpc = row->vpc;
  }
  return vpc;
}

void settle_subnets(Work& work) {
  for (Subnet& row : work.change.put.subnets) {
    if (const std::vector<VpcId>* vpcs = row.vpc.known() ? nullptr : vpcs_of(work, row.id)) {
      if (const auto vpc = by_block(work, row, *vpcs)) row.vpc = *vpc;
    }
    const auto ipv6 = work.with_ipv6.find(row.id);
    const Vpc* vpc = row.vpc.known() ? work.row(work.change.put.vpcs, *row.vpc) : nullptr;
    if (ipv6 == work.with_ipv6.end() || vpc == nullptr || !planned::has_only_later(*vpc)) continue;
    for (Value<Prefix>& block : row.cidrs.items) {
      if (block == Value<Prefix>(ipv6->second)) block = later_block();
    }
  }
}

void settle_tables(Work& work) {
  for (RouteTable& row : work.change.put.route_tables) {
    const std::vector<VpcId>* vpcs = row.vpc.known() ? nullptr : vpcs_of(work, row.id);
    if (vpcs == nullptr || row.subnets.empty()) continue;
    const Value<VpcId> vpc = vpc_of_all(work, row.subnets.items, row.vpc.gap());
    if (vpc.known() && has(*vpcs, *vpc)) row.vpc = vpc;
  }
  for (InternetGateway& row : work.change.put.internet_gateways) {
    const std::vector<VpcId>* vpcs = row.vpcs.open && row.vpcs.empty() ? vpcs_of(work, row.id) : nullptr;
    if (vpcs == nullptr) continue;
    for (const RouteTable& table : work.change.put.route_tables) {
      if (!table.vpc.known() || !has(*vpcs, *table.vpc)) continue;
      const bool leads_there = std::any_of(table.routes.begin(), table.routes.end(), [&](const Route& r) {
        return r.target == RouteTarget::internet_gateway && r.object == Ref(row.id) && !r.gap && !r.perhaps;
      });
      if (!leads_there) continue;
      row.vpcs = {{*table.vpc}, {}};
      break;
    }
  }
  drop_refused(work);
}

}  // namespace sallyport::read::terraform
