// Instances, network interfaces, and the public addresses in front of them.
#include <algorithm>

#include "base/wildcard.h"
#include "read/terraform/families.h"

namespace sallyport::read::terraform {
namespace {

// VPC and subnet of something that stands in `subnet_id`.
struct Stand {
  Value<SubnetId> subnet;
  Value<VpcId> vpc;
  SubnetDefaults defaults;
};

Stand stand_of(const Block& b) {
  Work& work = b.work();
  Stand stand{b.ref<SubnetId>("subnet_id"), VpcId(), {}};
  if (stand.subnet.known() && !*stand.subnet) stand.subnet = b.gap("subnet_id");  // a default subnet
  if (!stand.subnet.known()) {
    const GapId gap = stand.subnet.gap();
    stand.vpc = gap;
    stand.defaults = {gap, gap};
    return stand;
  }
  const Subnet* subnet = work.row(work.change.put.subnets, *stand.subnet);
  if (subnet == nullptr) subnet = work.base->subnets.find(*stand.subnet);
  stand.vpc = subnet != nullptr ? subnet->vpc : Value<VpcId>(beside(work));
  const auto defaults = work.subnet_defaults.find(*stand.subnet);
  stand.defaults =
      defaults != work.subnet_defaults.end() ? defaults->second : SubnetDefaults{beside(work), beside(work)};
  return stand;
}

bool is_new_vpc(Work& work, const Value<VpcId>& vpc) { return vpc.known() && work.created.contains(Ref(*vpc)); }

// The groups that are given, else the VPC's default one.
List<SecurityGroupId> groups_of(const Block& b, const char* attribute, const Value<VpcId>& vpc) {
  Work& work = b.work();
  List<SecurityGroupId> groups;
  if (b.has(attribute) != Has::computed) groups = b.refs<SecurityGroupId>(attribute, is_new_vpc(work, vpc));
  if (!groups.empty() || groups.open) return groups;
  const auto group = vpc.known() ? work.default_groups.find(*vpc) : work.default_groups.end();
  if (group == work.default_groups.end()) {
    groups.open = vpc.known() ? beside(work) : vpc.gap();
  } else {
    groups.items.push_back(group->second);
  }
  return groups;
}

// A public address will be, or is, in front of the primary one.
void add_public(const Block& b, const char* attribute, Interface& row) {
  const Value<Address> inside = row.addresses.empty() ? Value<Address>(b.gap(attribute)) : row.addresses.items.front();
  const Value<Address> outside = b.gives_any(attribute) ? b.address(attribute) : Value<Address>(b.gap(attribute));
  if (inside.known() && outside.known()) {
    row.public_addresses.items.push_back({*outside, *inside});
  } else {
    row.public_addresses.open = outside.known() ? inside.gap() : outside.gap();
    row.surely_public = true;
  }
}

void add_addresses(const Block& b, const char* list, Interface& row) {
  if (b.has(list) == Has::computed || b.has(list) == Has::nothing) return;
  if (b.has(list) == Has::unknown) {
    row.addresses.open = b.gap(list);
    return;
  }
  for (const Node item : b.node(list).items()) {
    const Result<Address> a = parse_address(item.text());
    const Value<Address> address = a ? Value<Address>(*a) : Value<Address>(b.not_understood(list));
    const auto& items = row.addresses.items;
    if (std::find(items.begin(), items.end(), address) == items.end()) row.addresses.items.push_back(address);
  }
}

// IPv6 addresses that it will have, of which no number is known.
void add_ipv6(const Block& b, const SubnetDefaults& defaults, Interface& row) {
  add_addresses(b, "ipv6_addresses", row);
  const bool has_some = std::any_of(row.addresses.begin(), row.addresses.end(),
                                    [](const Value<Address>& a) { return a.known() && a->family == Family::v6; });
  if (has_some) return;
  const Node count = b.node("ipv6_address_count");
  const bool asked = b.has("ipv6_address_count") == Has::unknown || count.integer().value_or(0) > 0 ||
                     b.gives_any("enable_primary_ipv6");
  const bool by_subnet = b.resource().is_new() && (!defaults.ipv6_address.known() || *defaults.ipv6_address);
  if (asked || by_subnet) row.addresses.open = b.gap("ipv6_addresses");
}

// The one interface that an instance makes for itself.
Interface own_interface(const Block& b, const Instance& instance, InterfaceId id, const Stand& stand) {
  Interface row;
  row.id = id;
  row.head = instance.head;
  row.head.name = {};
  row.vpc = stand.vpc;
  row.subnet = stand.subnet;
  row.source_dest_check = b.flag("source_dest_check", true);
  row.state = State::working;
  row.instance = instance.id;
  row.addresses.items.push_back(b.gives_any("private_ip") ? b.address("private_ip")
                                                          : Value<Address>(b.gap("private_ip")));
  add_addresses(b, "secondary_private_ips", row);
  add_ipv6(b, stand.defaults, row);
  row.groups = groups_of(b, "vpc_security_group_ids", stand.vpc);
  if (b.node("launch_template").size() > 0 && b.has("vpc_security_group_ids") == Has::computed) {
    row.groups = {{}, b.gap("vpc_security_group_ids")};
  }
  if (!b.resource().is_new()) {
    if (!b.node("public_ip").text().empty()) add_public(b, "public_ip", row);
    if (b.has("public_ip") == Has::computed || b.has("public_ip") == Has::unknown)
      row.public_addresses.open = b.gap("public_ip");
    return row;
  }
  Value<bool> gets_public = stand.defaults.public_address;
  if (b.has("associate_public_ip_address") == Has::value) gets_public = b.flag("associate_public_ip_address", false);
  if (b.has("associate_public_ip_address") == Has::unknown) gets_public = b.gap("associate_public_ip_address");
  if (b.has("associate_public_ip_address") == Has::computed && b.node("launch_template").size() > 0)
    gets_public = b.gap("associate_public_ip_address");
  if (!gets_public.known()) {
    row.public_addresses.open = gets_public.gap();
  } else if (*gets_public) {
    add_public(b, "public_ip", row);
  }
  return row;
}

// Windows takes other client ports (AC-3): as the image says, where it was looked up.
bool is_windows(const Block& b) {
  const std::string_view image = b.node("ami").text();
  for (const Resource& r : b.work().document.resources()) {
    if (r.data && r.type == "aws_ami" && !image.empty() && r.values["id"].text() == image) {
      return equals_ignoring_case(r.values["platform"].text(), "windows");
    }
  }
  return false;
}

Value<InstanceProfileId> read_profile(const Block& b) {
  const char* attribute = "iam_instance_profile";
  if (!b.gives_any(attribute)) {
    const bool from_template = b.has(attribute) == Has::computed && b.node("launch_template").size() > 0;
    return from_template ? Value<InstanceProfileId>(b.gap(attribute)) : Value<InstanceProfileId>(InstanceProfileId());
  }
  // The name of a profile, rarely its ARN.
  const Value<Text> name = b.named(attribute, Kind::instance_profile);
  if (!name.known()) return name.gap();
  Work& work = b.work();
  for (const Resource& r : work.document.resources()) {
    if (r.type != "aws_iam_instance_profile" || !r.stays() || meaning(work, r, "name") != Value<Text>(*name)) continue;
    const Value<Text> arn = meaning(work, r, "arn");
    if (!arn.known()) return arn.gap();
    return work.registry.ids.get<InstanceProfileId>(b.place().partition, *arn);
  }
  for (const InstanceProfile& profile : work.base->instance_profiles) {
    if (profile.head.name == *name) return profile.id;
  }
  return work.registry.gaps.add(
      {GapKind::not_collected,
       "the instance profile `" + show_symbols(work.registry.view(*name)) + "` is not in the input",
       "aws iam get-account-authorization-details", b.origin()});
}

}  // namespace

void read_interface(const Block& b) {
  Work& work = b.work();
  const Value<Text> name = meaning(work, b.resource(), "id");
  if (!name.known()) return;
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

void read_instance(const Block& b) {
  Work& work = b.work();
  const Value<Text> name = meaning(work, b.resource(), "id");
  if (!name.known()) return;
  Instance row;
  row.id = b.id<InstanceId>(*name);
  if (work.stands(work.base->instances, row.id, b.resource())) return;
  row.head = b.head();
  const std::string_view state = b.node("instance_state").text();
  if (state == "terminated" || state == "shutting-down") return;
  const bool is_new = b.resource().is_new();
  row.state = is_new || state == "running" ? Value<State>(State::working)
              : state.empty()              ? Value<State>(b.gap("instance_state"))
                                           : Value<State>(State::not_working);
  row.profile = read_profile(b);
  row.windows = is_windows(b);
  if (is_new) {
    work.created.insert(row.id);
  } else if (const Instance* there = work.base->instances.find(row.id)) {
    row.interfaces = there->interfaces;
  } else {
    row.interfaces.open = beside(work);
  }
  // Interfaces that are given, else one that comes with it.
  bool has_own = true;
  for (const char* attribute : {"network_interface", "primary_network_interface"}) {
    if (!is_new || b.has(attribute) == Has::computed) continue;
    const List<Block> given = b.blocks(attribute);
    if (given.open) row.interfaces.open = given.open, has_own = false;
    for (const Block& block : given) {
      has_own = false;
      const Value<InterfaceId> id = block.ref<InterfaceId>("network_interface_id");
      if (!id.known()) {
        row.interfaces.open = id.gap();
        continue;
      }
      row.interfaces.items.push_back(*id);
      if (Interface* interface = work.row(work.change.put.interfaces, *id)) {
        interface->instance = row.id;
        interface->state = State::working;
        row.vpc = interface->vpc;
      }
    }
  }
  if (has_own) {
    const Stand stand = stand_of(b);
    row.vpc = stand.vpc;
    const Value<Text> primary = meaning(work, b.resource(), "primary_network_interface_id");
    if (primary.known() && !primary->empty()) {
      const InterfaceId id = b.id<InterfaceId>(*primary);
      if (std::find(row.interfaces.begin(), row.interfaces.end(), id) == row.interfaces.end())
        row.interfaces.items.push_back(id);
      if (is_new || work.base->interfaces.find(id) == nullptr)
        work.put(work.change.put.interfaces, own_interface(b, row, id, stand));
    } else {
      row.interfaces.open = primary.known() ? beside(work) : primary.gap();
    }
  }
  if (row.interfaces.open && row.vpc.known() && !*row.vpc) row.vpc = row.interfaces.open;
  work.put(work.change.put.instances, std::move(row));
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
  for (Interface& row : work.change.put.interfaces) {
    if (id.known() && row.id != *id) continue;
    if (gap) {
      row.groups.open = gap;
    } else if (std::find(row.groups.begin(), row.groups.end(), *group) == row.groups.end()) {
      row.groups.items.push_back(*group);
    }
  }
}

void read_instance_state(const Block& b) {
  Work& work = b.work();
  const Value<InstanceId> id = b.ref<InstanceId>("instance_id");
  const Value<Text> state = b.text("state");
  const GapId gap = !b.resource().stays() ? beside(work)
                    : !id.known()         ? id.gap()
                    : state.known()       ? GapId()
                                          : state.gap();
  for (Instance& row : work.change.put.instances) {
    if (id.known() && row.id != *id) continue;
    row.state = gap ? Value<State>(gap)
                    : Value<State>(work.registry.view(*state) == "running" ? State::working : State::not_working);
  }
}

void finish_interfaces(Work& work) {
  for (Interface& row : work.change.put.interfaces) {
    if (row.kind != InterfaceKind::plain) continue;
    if (work.elastic_gap && !row.public_addresses.open) row.public_addresses.open = work.elastic_gap;
    for (const Fronting& f : work.elastic) {
      if (f.target != Ref(row.id) && (!row.instance || f.target != Ref(row.instance))) continue;
      const Value<Address> inside = row.addresses.empty() ? Value<Address>(f.address) : row.addresses.items.front();
      if (f.address.known() && inside.known()) {
        const PublicAddress added{*f.address, *inside};
        const auto& list = row.public_addresses.items;
        if (std::none_of(list.begin(), list.end(), [&](const PublicAddress& p) { return p.address == added.address; }))
          row.public_addresses.items.push_back(added);
      } else {
        row.public_addresses.open = f.address.known() ? inside.gap() : f.address.gap();
        row.surely_public = true;
      }
    }
  }
}

}  // namespace sallyport::read::terraform
