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

// Do the associations of one block name each of the subnets once, and tables of one set?
bool is_bijection(const Work& work, const std::vector<const Spread*>& block) {
  const Spread& first = *block.front();
  const bool alike = std::all_of(block.begin(), block.end(), [&](const Spread* s) {
    return s->tables == first.tables && s->subnets == first.subnets && s->resource->fate == Fate::created;
  });
  return alike && block.size() == first.subnets.size() && block.size() == instances_of(work, *first.resource);
}

bool same_route(const Route& a, const Route& b) {
  return a.destination == b.destination && a.target == b.target && a.object == b.object && a.origin == b.origin &&
         a.blackhole == b.blackhole && !a.gap && !b.gap && a.perhaps == b.perhaps;
}

// Does what leaves by the one table take the way that it would take by the other?
bool interchangeable(const Work& work, const RouteTable& a, const RouteTable& b) {
  if (!a.vpc.known() || a.vpc != b.vpc || a.main != Value<bool>(false) || b.main != a.main) return false;
  if (a.routes.open || b.routes.open || !a.gateways.empty() || !b.gateways.empty()) return false;
  const auto& x = a.routes.items;
  const auto& y = b.routes.items;
  if (x.size() != y.size() || !std::is_permutation(x.begin(), x.end(), y.begin(), same_route)) return false;
  return std::all_of(work.change.put.endpoints.begin(), work.change.put.endpoints.end(),
                     [&](const Endpoint& e) { return has(e.route_tables, a.id) == has(e.route_tables, b.id); });
}

// The table of all these associations: the only one, or one that stands for several that are alike.
RouteTable* common_table(Work& work, const Spread& s) {
  RouteTable* first = work.row(work.change.put.route_tables, s.tables.front());
  if (first == nullptr || s.tables.size() == 1) return first;
  for (const RouteTableId id : s.tables) {
    const RouteTable* other = work.row(work.change.put.route_tables, id);
    if (other == nullptr || !interchangeable(work, *first, *other)) return nullptr;
  }
  RouteTable one = *first;
  one.id = work.registry.ids.get<RouteTableId>(
      first->head.region,
      work.registry.texts.symbol("one of the tables of " +
                                 (s.resource->module.empty() ? "" : s.resource->module + ".") + s.resource->block));
  one.head.name = work.text("one of the tables of " + (s.resource->module.empty() ? "" : s.resource->module + ".") +
                            s.resource->block);
  one.subnets = {};
  for (Endpoint& e : work.change.put.endpoints) {
    if (has(e.route_tables, first->id)) e.route_tables.items.push_back(one.id);
  }
  work.created.insert(one.id);
  return &work.put(work.change.put.route_tables, std::move(one));
}

void decide(Work& work, const std::vector<const Spread*>& block) {
  RouteTable* table = is_bijection(work, block) ? common_table(work, *block.front()) : nullptr;
  if (table != nullptr) {
    for (const SubnetId subnet : block.front()->subnets) table->subnets.items.push_back(subnet);
    return;
  }
  for (const Spread* s : block) {
    for (const RouteTableId id : s->tables) {
      if (RouteTable* row = work.row(work.change.put.route_tables, id)) row->subnets.open = s->gap;
    }
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
  // It has one of each: where that is known, it does not matter what others may have.
  const auto look = [&](const auto& rows, auto& found) {
    bool open = false;
    for (const auto& row : rows) {
      const bool may = !row.vpc.known() || *row.vpc == setting.vpc;
      open = open || (may && row.subnets.open);
      if (!has(row.subnets, id)) continue;
      if (found) setting.sure = false;
      found = row.id;
    }
    if (!found && open) setting.sure = false;
  };
  look(work.change.put.route_tables, setting.table);
  look(work.change.put.network_acls, setting.acl);
  return setting;
}

// VPC Block Public Access may spare one of the subnets and not the others.
bool is_spared(const Work& work, SubnetId id) {
  const auto about = [&](const PublicAccessExclusion& e) { return !e.what || e.what == Ref(id); };
  return std::any_of(work.change.put.public_access_exclusions.begin(), work.change.put.public_access_exclusions.end(),
                     about) ||
         std::any_of(work.base->public_access_exclusions.begin(), work.base->public_access_exclusions.end(), about);
}

// The gateway's subnet, for which one stands that has what all of them have in common.
void place(Work& work, const Placed& placed) {
  NatGateway* gateway = work.row(work.change.put.nat_gateways, placed.gateway);
  const Setting common = setting_of(work, placed.subnets.front());
  const bool alike = std::all_of(placed.subnets.begin(), placed.subnets.end(), [&](SubnetId id) {
    const Setting own = setting_of(work, id);
    return own.sure && own == common && !is_spared(work, id);
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
