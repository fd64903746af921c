// Network interfaces, what attaches them, and the Elastic IPs in front of them.
#include <algorithm>

#include "read/terraform/families.h"
#include "read/terraform/owners.h"
#include "read/terraform/standing.h"

namespace sallyport::read::terraform {

void read_interface(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> name = b.own_id();
  if (!name) return;
  Interface row;
  row.id = b.id<InterfaceId>(*name);
  if (work.stands(work.base->interfaces, row.id, b.resource())) return;
  const Stand stand = stand_of(b);
  row.head = b.head();
  row.vpc = stand.vpc;
  row.subnet = stand.subnet;
  const std::string_view type = b.node("interface_type").text();
  row.kind = type.empty() || type == "interface" || type == "efa" || type == "trunk" || type == "branch"
                 ? InterfaceKind::plain
                 : InterfaceKind::other;
  row.source_dest_check = b.flag("source_dest_check", true);
  row.state = State::not_working;  // until something attaches it
  add_addresses(b, "private_ips", row);
  if (row.addresses.empty()) {
    row.addresses.items.push_back(b.gives_any("private_ip") ? b.address("private_ip")
                                                            : Value<Address>(b.gap("private_ips")));
  }
  if (b.gives_any("private_ips_count") && b.node("private_ips_count").integer().value_or(1) > 0 &&
      b.resource().is_new()) {
    row.addresses.open = b.gap("private_ips");
  }
  add_ipv6(b, stand.defaults, row);
  row.groups = groups_of(b, "security_groups", stand.vpc);
  const List<Block> attached =
      b.has("attachment") == Has::computed && b.resource().is_new() ? List<Block>() : b.blocks("attachment");
  if (attached.open) row.state = attached.open;
  for (const Block& attachment : attached) {
    const Value<InstanceId> instance = attachment.ref<InstanceId>("instance");
    row.state = instance.known() ? Value<State>(State::working) : Value<State>(instance.gap());
    if (instance.known()) row.instance = *instance;
  }
  if (b.resource().is_new()) {
    work.created.insert(row.id);
  } else {
    if (row.state == Value<State>(State::not_working)) row.state = beside(work);
    row.public_addresses.open = beside(work);
  }
  work.put(work.change.put.interfaces, std::move(row));
}

// An Elastic IP: in front of an instance's or an interface's primary address.
void read_elastic_address(const Block& b) {
  Work& work = b.work();
  const bool association = b.resource().type == "aws_eip_association";
  for (const auto& [attribute, kind] :
       {std::pair(association ? "instance_id" : "instance", Kind::instance),
        std::pair(association ? "network_interface_id" : "network_interface", Kind::network_interface)}) {
    if (!b.gives_any(attribute)) continue;
    const Value<Text> id = b.named(attribute, kind);
    if (!id.known() || !b.resource().stays()) {
      work.elastic_gap = id.known() ? beside(work) : id.gap();
      continue;
    }
    const Value<Address> address =
        b.gives_any("public_ip") ? b.address("public_ip") : Value<Address>(b.gap("public_ip"));
    work.elastic.push_back({work.registry.ids.intern(kind, b.place().region, *id), address, b.origin()});
  }
}

void read_interface_attachment(const Block& b) {
  Work& work = b.work();
  const Value<InstanceId> instance = b.ref<InstanceId>("instance_id");
  const Value<InterfaceId> id = b.ref<InterfaceId>("network_interface_id");
  const GapId gap = !b.resource().stays() ? beside(work)
                    : !instance.known()   ? instance.gap()
                    : id.known()          ? GapId()
                                          : id.gap();
  take_base(b, "network_interface_id", id, work.change.put.interfaces, work.base->interfaces);
  take_base(b, "instance_id", instance, work.change.put.instances, work.base->instances);
  if (b.resource().fate != Fate::kept) {
    if (id.known()) work.row_or_base(work.change.put.interfaces, work.base->interfaces, *id);
    if (instance.known()) work.row_or_base(work.change.put.instances, work.base->instances, *instance);
  }
  for (Interface& row : work.change.put.interfaces) {
    if (id.known() && row.id != *id) continue;
    if (gap) {
      row.state = gap;
    } else {
      row.state = State::working;
      row.instance = *instance;
    }
  }
  for (Instance& row : work.change.put.instances) {
    if (instance.known() && row.id != *instance) continue;
    if (gap) {
      row.interfaces.open = gap;
    } else {
      row.interfaces.items.push_back(*id);
    }
  }
}

void read_interface_group(const Block& b) {
  Work& work = b.work();
  const Value<InterfaceId> id = b.ref<InterfaceId>("network_interface_id");
  const Value<SecurityGroupId> group = b.ref<SecurityGroupId>("security_group_id");
  const GapId gap = !b.resource().stays() ? beside(work)
                    : !id.known()         ? id.gap()
                    : group.known()       ? GapId()
                                          : group.gap();
  take_base(b, "network_interface_id", id, work.change.put.interfaces, work.base->interfaces);
  if (id.known() && b.resource().fate != Fate::kept) {
    work.row_or_base(work.change.put.interfaces, work.base->interfaces, *id);
  }
  for (Interface& row : work.change.put.interfaces) {
    if (id.known() && row.id != *id) continue;
    if (!b.resource().stays() && group.known()) std::erase(row.groups.items, *group);
    if (gap) {
      row.groups.open = gap;
    } else if (std::find(row.groups.begin(), row.groups.end(), *group) == row.groups.end()) {
      row.groups.items.push_back(*group);
    }
  }
}

}  // namespace sallyport::read::terraform
