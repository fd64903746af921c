#include "read/planned/platform.h"

#include "read/planned/standing.h"

namespace sallyport::read::planned {
namespace {

std::string inside(std::string_view text) {
  std::string plain(text);
  std::erase_if(plain, [](char c) { return c == '\xFF' || c == '\xFE'; });
  return plain;
}

Interface interface_in(Work& work, const PlatformWorkload& row, const Placement& place, SubnetId subnet) {
  Interface interface;
  interface.id = work.registry.ids.get<InterfaceId>(
      row.head.region,
      work.wording->fresh(work.registry, inside(work.registry.id(row.id)) + " in " + inside(work.registry.id(subnet))));
  interface.head = row.head;
  interface.head.name = {};
  interface.vpc = place.vpc ? Value<VpcId>(place.vpc) : stand_in(work, Value<SubnetId>(subnet), beside(work)).vpc;
  interface.subnet = subnet;
  interface.source_dest_check = true;
  interface.state = State::working;
  interface.groups = place.groups;
  return interface;
}

void put_interface(Work& work, PlatformWorkload& row, SubnetId subnet, InterfaceKind kind,
                   const Value<bool>& has_public) {
  Interface interface = interface_in(work, row, *row.place, subnet);
  interface.kind = kind;
  interface.addresses.items.emplace_back(
      later(work, "the addresses of `" + show_symbols(work.registry.view(row.head.name)) + "`", row.head.origin, true));
  if (!has_public.known()) {
    interface.public_addresses.open = has_public.gap();
  } else if (*has_public) {
    add_public(work, interface, row.head.origin);
  }
  row.interfaces.items.push_back(interface.id);
  work.put(work.change.put.interfaces, std::move(interface));
}

}  // namespace

PlatformWorkload begin_workload(PlatformWorkloadId id, Kind what, Head head) {
  PlatformWorkload row;
  row.id = id;
  row.head = head;
  row.what = what;
  row.state = State::working;
  row.role = RoleId();
  return row;
}

void complete_place(Work& work, Placement& place) {
  Value<VpcId> vpc = place.vpc ? Value<VpcId>(place.vpc) : vpc_of(work, place.subnets);
  if (vpc.known()) {
    place.vpc = *vpc;
  } else if (!place.subnets.open && place.subnets.empty()) {
    place.subnets.open = vpc.gap();
  }
  place.groups = groups_or_default(work, std::move(place.groups), vpc);
}

void put_workload(Work& work, PlatformWorkload row, InterfaceKind kind, const Value<bool>& has_public) {
  const PlatformWorkload* below = work.base->platform_workloads.find(row.id);
  if (below != nullptr) {
    row.interfaces = below->interfaces;
    if (row.host.empty()) row.host = below->host;
  } else if (!row.place.known()) {
    row.interfaces.open = row.place.gap();
  } else {
    row.interfaces.open = row.place->subnets.open;
    for (const SubnetId subnet : row.place->subnets) put_interface(work, row, subnet, kind, has_public);
  }
  work.put(work.change.put.platform_workloads, std::move(row));
}

void add_interface(Work& work, PlatformWorkload& row, const Placement& place, const Value<Address>& address) {
  Placement all = row.place.known() ? *row.place : Placement();
  all.vpc = place.vpc;
  for (const SubnetId subnet : place.subnets) {
    all.subnets.items.push_back(subnet);
    Interface interface = interface_in(work, row, place, subnet);
    interface.kind = InterfaceKind::managed;
    interface.addresses.items.push_back(address);
    row.interfaces.items.push_back(interface.id);
    work.put(work.change.put.interfaces, std::move(interface));
  }
  all.groups = place.groups;
  row.place = std::move(all);
}

void put_outside(Work& work, PlatformWorkload row) {
  if (!row.place.known()) row.interfaces.open = row.place.gap();
  work.put(work.change.put.platform_workloads, std::move(row));
}

GapId undetermined(Work& work, std::string what, std::string remedy, Origin place) {
  return work.registry.gaps.add({GapKind::not_modelled, std::move(what), std::move(remedy), place});
}

}  // namespace sallyport::read::planned
