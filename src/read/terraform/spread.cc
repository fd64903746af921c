#include "read/terraform/spread.h"

#include <algorithm>

namespace sallyport::read::terraform {
namespace {

template <class T>
bool has(const List<T>& list, T id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

std::size_t instances_of(const Work& work, const Resource& r) {
  std::size_t number = 0;
  for (const Resource* instance : work.document.instances(r.module, r.block)) number += instance->stays() ? 1 : 0;
  return number;
}

// Do the associations of one block name each of the subnets once, and one table?
bool is_bijection(const Work& work, const std::vector<const Spread*>& block) {
  const Spread& first = *block.front();
  const bool alike = std::all_of(block.begin(), block.end(), [&](const Spread* s) {
    return s->table == first.table && s->subnets == first.subnets && s->resource->fate == Fate::created;
  });
  return alike && block.size() == first.subnets.size() && block.size() == instances_of(work, *first.resource);
}

void decide(Work& work, const std::vector<const Spread*>& block) {
  RouteTable* table = work.row(work.change.put.route_tables, block.front()->table);
  if (is_bijection(work, block) && table != nullptr) {
    for (const SubnetId subnet : block.front()->subnets) table->subnets.items.push_back(subnet);
    return;
  }
  for (const Spread* s : block) {
    if (RouteTable* row = work.row(work.change.put.route_tables, s->table)) row->subnets.open = s->gap;
  }
}

// What decides what leaves a subnet: its VPC, and the table and ACL that it is explicitly given.
struct Setting {
  VpcId vpc;
  RouteTableId table;
  NetworkAclId acl;
  bool sure = true;
  friend bool operator==(const Setting&, const Setting&) = default;
};
Setting setting_of(Work& work, SubnetId id) {
  Setting setting;
  const Subnet* subnet = work.row(work.change.put.subnets, id);
  if (subnet == nullptr || !subnet->vpc.known()) return {{}, {}, {}, false};
  setting.vpc = *subnet->vpc;
  const auto look = [&](const auto& rows, auto& found) {
    for (const auto& row : rows) {
      const bool may = !row.vpc.known() || *row.vpc == setting.vpc;
      if (may && row.subnets.open) setting.sure = false;
      if (!has(row.subnets, id)) continue;
      if (found) setting.sure = false;
      found = row.id;
    }
  };
  look(work.change.put.route_tables, setting.table);
  look(work.change.put.network_acls, setting.acl);
  return setting;
}

// The gateway's subnet, for which one stands that has what all of them have in common.
void place(Work& work, const Placed& placed) {
  NatGateway* gateway = work.row(work.change.put.nat_gateways, placed.gateway);
  const Setting common = setting_of(work, placed.subnets.front());
  const bool alike = std::all_of(placed.subnets.begin(), placed.subnets.end(), [&](SubnetId id) {
    const Setting own = setting_of(work, id);
    return own.sure && own == common;
  });
  const Subnet* first = work.row(work.change.put.subnets, placed.subnets.front());
  if (!alike || gateway == nullptr || first == nullptr) return;
  Subnet one;
  one.head = first->head;
  one.head.name = work.text("one of the subnets of " + placed.resource->address);
  one.id = work.registry.ids.get<SubnetId>(first->head.region,
                                           work.registry.texts.symbol(placed.resource->address + ".subnet_id"));
  one.vpc = common.vpc;
  gateway->subnet = one.id;
  gateway->vpc = common.vpc;
  if (RouteTable* table = work.row(work.change.put.route_tables, common.table)) table->subnets.items.push_back(one.id);
  if (NetworkAcl* acl = work.row(work.change.put.network_acls, common.acl)) acl->subnets.items.push_back(one.id);
  work.created.insert(one.id);
  work.put(work.change.put.subnets, std::move(one));
}

}  // namespace

void finish_spreads(Work& work) {
  std::map<std::string, std::vector<const Spread*>> blocks;
  for (const Spread& s : work.spreads) blocks[s.resource->module + "|" + s.resource->block].push_back(&s);
  for (const auto& [_, block] : blocks) decide(work, block);
  for (const Placed& placed : work.placed) place(work, placed);
}

}  // namespace sallyport::read::terraform
