#include "read/planned/standing.h"

#include <algorithm>

namespace sallyport::read::planned {
namespace {

const Subnet* subnet_of(Work& work, SubnetId id) {
  const Subnet* row = work.row(work.change.put.subnets, id);
  return row != nullptr ? row : work.base->subnets.find(id);
}

// An Elastic IP of an instance is in front of its first interface.
bool is_primary(Work& work, const Interface& row, Ref instance) {
  if (!row.instance || instance != Ref(row.instance)) return false;
  const Instance* owner = work.row(work.change.put.instances, row.instance);
  if (owner == nullptr) owner = work.base->instances.find(row.instance);
  return owner == nullptr || owner->interfaces.empty() || owner->interfaces.items.front() == row.id;
}

// What is in front of something of the base needs its rows.
void fetch(Work& work, Ref target) {
  const auto interface = [&](InterfaceId id) {
    work.row_or_base(work.change.put.interfaces, work.base->interfaces, id);
  };
  if (target.kind == Kind::network_interface) return interface(target.as<Kind::network_interface>());
  if (const Instance* there = work.base->instances.find(target.as<Kind::instance>())) {
    for (const InterfaceId id : there->interfaces) interface(id);
  }
}

void put_in_front(Work& work, Interface& row, const Fronting& f) {
  if (!f.address) return add_public(work, row, f.origin);
  const Value<Address>& outside = *f.address;
  const Value<Address> inside = row.addresses.empty() ? outside : row.addresses.items.front();
  if (!outside.known() || !inside.known()) {
    row.public_addresses.open = outside.known() ? inside.gap() : outside.gap();
    row.surely_public = true;
    return;
  }
  const PublicAddress added{*outside, *inside};
  auto& list = row.public_addresses.items;
  const auto is_it = [&](const PublicAddress& p) { return p.address == added.address; };
  if (std::none_of(list.begin(), list.end(), is_it)) list.push_back(added);
}

}  // namespace

Stand stand_in(Work& work, const Value<SubnetId>& subnet, GapId none) {
  Stand stand{subnet.known() && !*subnet ? Value<SubnetId>(none) : subnet, VpcId(), {}};
  if (!stand.subnet.known()) {
    const GapId gap = stand.subnet.gap();
    stand.vpc = gap;
    stand.defaults = {gap, gap};
    return stand;
  }
  const Subnet* row = subnet_of(work, *stand.subnet);
  stand.vpc = row != nullptr ? row->vpc : Value<VpcId>(beside(work));
  const auto defaults = work.subnet_defaults.find(*stand.subnet);
  stand.defaults =
      defaults != work.subnet_defaults.end() ? defaults->second : SubnetDefaults{beside(work), beside(work)};
  return stand;
}

List<SecurityGroupId> groups_or_default(Work& work, List<SecurityGroupId> groups, const Value<VpcId>& vpc) {
  if (!groups.empty() || groups.open) return groups;
  const auto group = vpc.known() ? work.default_groups.find(*vpc) : work.default_groups.end();
  if (group == work.default_groups.end()) {
    groups.open = vpc.known() ? beside(work) : vpc.gap();
  } else {
    groups.items.push_back(group->second);
  }
  return groups;
}

Value<VpcId> vpc_of(Work& work, const List<SubnetId>& subnets) {
  for (const SubnetId id : subnets) {
    if (const Subnet* subnet = subnet_of(work, id)) return subnet->vpc;
  }
  return subnets.open ? Value<VpcId>(subnets.open) : Value<VpcId>(beside(work));
}

void put_function_interfaces(Work& work, const Function& function, const Placement& network,
                             std::string_view known_as) {
  for (const SubnetId subnet : network.subnets) {
    const std::string symbol =
        "interface of functions like " + std::string(known_as) + " in " + show_symbols(work.registry.id(subnet));
    Interface row;
    row.id = work.registry.ids.get<InterfaceId>(function.head.region, work.wording->fresh(work.registry, symbol));
    row.head = function.head;
    row.head.name = {};
    row.vpc = network.vpc;
    row.subnet = subnet;
    row.kind = InterfaceKind::function;
    row.source_dest_check = true;
    row.state = State::working;
    row.addresses.items.emplace_back(later(work, "the addresses of functions", function.head.origin, true));
    row.groups = network.groups;
    work.put(work.change.put.interfaces, std::move(row));
  }
}

void add_public(Work& work, Interface& row, Origin origin) {
  row.public_addresses.open =
      later(work, "the public address of `" + show_symbols(work.registry.id(row.id)) + "`", origin);
  row.surely_public = true;
}

void finish_interfaces(Work& work) {
  // In front of something that is not known: it may be what is there already.
  if (work.elastic_gap) {
    for (const Interface& there : work.base->interfaces) {
      if (there.kind == InterfaceKind::plain)
        work.row_or_base(work.change.put.interfaces, work.base->interfaces, there.id);
    }
  }
  for (const Fronting& f : work.elastic) fetch(work, f.target);
  for (Interface& row : work.change.put.interfaces) {
    if (row.kind != InterfaceKind::plain) continue;
    if (work.elastic_gap && !row.public_addresses.open) row.public_addresses.open = work.elastic_gap;
    for (const Fronting& f : work.elastic) {
      if (f.target == Ref(row.id) || is_primary(work, row, f.target)) put_in_front(work, row, f);
    }
  }
}

}  // namespace sallyport::read::planned
