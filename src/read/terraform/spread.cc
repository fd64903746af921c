#include "read/terraform/spread.h"

#include <algorithm>
#include <map>
#include <optional>

#include "read/terraform/settle.h"
#include "read/terraform/spread_routes.h"

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

// May the table be in the VPC? In which it is may not be known.
bool may_be_in(const Work& work, const RouteTable& table, VpcId vpc) {
  if (table.vpc.known()) return *table.vpc == vpc;
  const auto among = work.in_one_of.find(Ref(table.id));
  return among != work.in_one_of.end() &&
         std::find(among->second.begin(), among->second.end(), vpc) != among->second.end();
}

// Does what leaves a subnet of the VPC by the one table take the way that it would take by the other?
bool interchangeable(const Work& work, VpcId vpc, const RouteTable& a, const RouteTable& b) {
  if (!may_be_in(work, a, vpc) || !may_be_in(work, b, vpc)) return false;
  if (a.main != Value<bool>(false) || b.main != a.main) return false;
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
  // A table and the subnets that it is associated with are in the same VPC.
  const Value<VpcId> vpc = vpc_of_all(work, s.subnets, s.gap);
  if (!vpc.known()) return nullptr;
  for (const RouteTableId id : s.tables) {
    const RouteTable* other = work.row(work.change.put.route_tables, id);
    if (other == nullptr || !interchangeable(work, *vpc, *first, *other)) return nullptr;
  }
  RouteTable one = *first;
  one.id = work.registry.ids.get<RouteTableId>(
      first->head.region,
      work.registry.texts.symbol("one of the tables of " +
                                 (s.resource->module.empty() ? "" : s.resource->module + ".") + s.resource->block));
  one.head.name = work.text("one of the tables of " + (s.resource->module.empty() ? "" : s.resource->module + ".") +
                            s.resource->block);
  one.vpc = vpc;
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

}  // namespace

std::optional<Setting> common_setting(Work& work, const std::vector<SubnetId>& subnets) {
  const Setting common = setting_of(work, subnets.front());
  const bool alike = std::all_of(subnets.begin(), subnets.end(), [&](SubnetId id) {
    const Setting own = setting_of(work, id);
    return own.sure && own == common && !is_spared(work, id);
  });
  return alike ? std::optional(common) : std::nullopt;
}

void set_in(Work& work, SubnetId subnet, const Setting& setting) {
  if (RouteTable* table = work.row(work.change.put.route_tables, setting.table)) table->subnets.items.push_back(subnet);
  if (NetworkAcl* acl = work.row(work.change.put.network_acls, setting.acl)) acl->subnets.items.push_back(subnet);
}

namespace {

// The gateway's subnet, for which one stands that has what all of them have in common.
void place(Work& work, const Placed& placed) {
  NatGateway* gateway = work.row(work.change.put.nat_gateways, placed.gateway);
  const std::optional<Setting> common = common_setting(work, placed.subnets);
  const Subnet* first = work.row(work.change.put.subnets, placed.subnets.front());
  if (!common || gateway == nullptr || first == nullptr) return;
  Subnet one;
  one.head = first->head;
  one.head.name = work.text("one of the subnets of " + placed.resource->address);
  one.id = work.registry.ids.get<SubnetId>(first->head.region,
                                           work.registry.texts.symbol(placed.resource->address + ".subnet_id"));
  one.vpc = common->vpc;
  gateway->subnet = one.id;
  gateway->vpc = common->vpc;
  set_in(work, one.id, *common);
  work.created.insert(one.id);
  work.put(work.change.put.subnets, std::move(one));
}

// Does an ACL let all IPv4 through, whatever else it says? The entry that is asked first decides.
bool lets_everything_through(const NetworkAcl& acl) {
  if (acl.entries.open || acl.head.gap) return false;
  for (const bool egress : {false, true}) {
    const AclEntry* first = nullptr;
    for (const AclEntry& e : acl.entries) {
      if (e.gap) return false;
      if (e.egress != egress || e.cidr.family() != Family::v4) continue;
      if (first == nullptr || e.number < first->number) first = &e;
    }
    if (first == nullptr || !first->allow || first->protocol != any_protocol || first->cidr.length != 0) return false;
  }
  return true;
}

// Is there no route but the local one to any of these blocks?
bool routes_nothing_aside(const Work& work, const RouteTable& table, const List<Value<Prefix>>& blocks) {
  if (table.routes.open) return false;
  return std::all_of(table.routes.begin(), table.routes.end(), [&](const Route& r) {
    const auto* prefix = std::get_if<Prefix>(&r.destination);
    if (prefix == nullptr) {  // AWS's own lists hold none of a VPC's addresses
      const auto& lists = work.change.put.prefix_lists;
      const auto found = std::find_if(lists.begin(), lists.end(), [&](const PrefixList& l) {
        return l.id == std::get<PrefixListId>(r.destination);
      });
      return found != lists.end() && found->aws_managed == Value<bool>(true);
    }
    if (r.gap) return false;
    // The local route is as long as the VPC's block: what is no longer than it loses to it.
    const Vpc* vpc = table.vpc.known() ? work.find(work.change.put.vpcs, *table.vpc) : nullptr;
    return vpc != nullptr && std::all_of(blocks.begin(), blocks.end(), [&](const Value<Prefix>& block) {
             return !prefix->overlaps(*block) ||
                    std::any_of(vpc->cidrs.begin(), vpc->cidrs.end(), [&](const Value<Prefix>& own) {
                      return own.known() && own->contains(*block) && prefix->length < own->length;
                    });
           });
  });
}

// The subnet that stands for one of several. Whether what it sends to one of them stays in the subnet or
// goes from one to the other makes no difference where no filter and no route stands in between: then it
// has the blocks of all. False: they are not alike.
bool settle_stand_in(Work& work, const StandsInOne& one, const std::optional<Setting>& common) {
  Subnet* stand_in = work.row(work.change.put.subnets, one.stand_in);
  if (stand_in == nullptr) return true;
  if (!common) {
    stand_in->cidrs = {};
    return false;
  }
  set_in(work, one.stand_in, *common);
  List<Value<Prefix>> blocks;
  for (const SubnetId id : one.subnets) {
    const Subnet* subnet = work.row(work.change.put.subnets, id);
    for (const Value<Prefix>& block : subnet->cidrs) {
      if (!block.known() || block->family() != Family::v4 || subnet->cidrs.open) return true;
      blocks.items.push_back(block);
    }
  }
  const auto find = [&](const auto& rows, auto id, auto is_default) {
    return std::find_if(rows.begin(), rows.end(), [&](const auto& row) {
      return id ? row.id == id : row.vpc == Value<VpcId>(common->vpc) && is_default(row) == Value<bool>(true);
    });
  };
  const auto& acls = work.change.put.network_acls;
  const auto& tables = work.change.put.route_tables;
  const auto acl = find(acls, common->acl, [](const NetworkAcl& row) { return row.is_default; });
  const auto table = find(tables, common->table, [](const RouteTable& row) { return row.main; });
  if (acl != acls.end() && table != tables.end() && lets_everything_through(*acl) &&
      routes_nothing_aside(work, *table, blocks))
    stand_in->cidrs = std::move(blocks);
  return true;
}

}  // namespace

void finish_spreads(Work& work) {
  spread_routes(work);
  std::map<std::string, std::vector<const Spread*>> blocks;
  for (const Spread& s : work.spreads) blocks[s.resource->module + "|" + s.resource->block].push_back(&s);
  for (const auto& [_, block] : blocks) decide(work, block);
  settle_tables(work);
  for (const Placed& placed : work.placed) place(work, placed);
  finish_routes(work);
  std::map<SubnetId, GapId> unsettled;
  std::map<std::vector<SubnetId>, std::optional<Setting>> settings;  // most instances stand in the same few
  for (const StandsInOne& one : work.stands_in_one) {
    auto found = settings.find(one.subnets);
    if (found == settings.end()) found = settings.emplace(one.subnets, common_setting(work, one.subnets)).first;
    if (!settle_stand_in(work, one, found->second)) unsettled.emplace(one.stand_in, one.gap);
  }
  if (unsettled.empty()) return;
  for (Interface& row : work.change.put.interfaces) {
    const auto found = row.subnet.known() ? unsettled.find(*row.subnet) : unsettled.end();
    if (found != unsettled.end()) row.subnet = found->second;
  }
}

}  // namespace sallyport::read::terraform
