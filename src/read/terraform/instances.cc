// Instances, each with the interface that it makes for itself.
#include <algorithm>

#include "base/wildcard.h"
#include "read/terraform/families.h"
#include "read/terraform/launch.h"
#include "read/terraform/standing.h"

namespace sallyport::read::terraform {
namespace {

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

// The one interface that an instance makes for itself.
Interface own_interface(const Block& b, const Instance& instance, InterfaceId id, const Stand& stand,
                        const Launch& launch) {
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
  if (b.resource().is_new() && b.has("secondary_private_ips") == Has::unknown) {
    // One more of the same subnet stands for however many there will be: to every rule and route they are alike.
    row.addresses.items.emplace_back(b.gap("secondary_private_ips"));
  } else {
    add_addresses(b, "secondary_private_ips", row);
  }
  add_ipv6(b, stand.defaults, row);
  row.groups = groups_of(b, "vpc_security_group_ids", stand.vpc);
  const bool by_template = b.resource().is_new() && b.gives_any("launch_template");
  if (by_template && b.has("vpc_security_group_ids") == Has::computed)
    row.groups = planned::groups_or_default(b.work(), launch.groups, stand.vpc);
  if (by_template && launch.ipv6) row.addresses.open = launch.ipv6;
  // Groups by name: whichever VPC's.
  if (b.resource().is_new() && b.gives_any("security_groups")) row.groups.open = b.gap("security_groups");
  if (!b.resource().is_new()) {
    if (!b.node("public_ip").text().empty()) add_public(b, "public_ip", row);
    if (b.has("public_ip") == Has::computed || b.has("public_ip") == Has::unknown)
      row.public_addresses.open = b.gap("public_ip");
    return row;
  }
  Value<bool> gets_public = stand.defaults.public_address;
  if (b.has("associate_public_ip_address") == Has::value) gets_public = b.flag("associate_public_ip_address", false);
  if (b.has("associate_public_ip_address") == Has::unknown) gets_public = b.gap("associate_public_ip_address");
  if (b.has("associate_public_ip_address") == Has::computed && launch.says_public) gets_public = launch.public_address;
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
  for (const Resource* r : b.work().document.of_type("data.aws_ami")) {
    if (!image.empty() && r->values["id"].text() == image) {
      return equals_ignoring_case(r->values["platform"].text(), "windows");
    }
  }
  return false;
}

// A launch template may give one where the instance does not.
Value<InstanceProfileId> read_profile(const Block& b, const Launch& launch) {
  const char* attribute = "iam_instance_profile";
  const bool from_template = b.has(attribute) == Has::computed && b.gives_any("launch_template");
  return from_template ? launch.profile : profile_of(b, attribute);
}

}  // namespace

Value<InstanceProfileId> profile_of(const Block& b, const char* attribute) {
  if (!b.gives_any(attribute)) return InstanceProfileId();
  const Value<Text> name = b.named(attribute, Kind::instance_profile);
  if (!name.known()) return name.gap();
  Work& work = b.work();
  if (work.registry.view(*name).starts_with("arn:")) {
    return work.registry.ids.get<InstanceProfileId>(b.place().partition, *name);
  }
  for (const Resource* r : work.document.of_type("aws_iam_instance_profile")) {
    if (!r->stays() || meaning(work, *r, "name") != Value<Text>(*name)) continue;
    const Value<Text> arn = meaning(work, *r, "arn");
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

void read_instance(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> name = b.own_id();
  if (!name) return;
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
  const bool by_template = is_new && b.gives_any("launch_template");
  const Stand stand = stand_of(b);
  const Launch launch = by_template ? launch_of(b, stand.vpc) : Launch();
  row.profile = read_profile(b, launch);
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
    row.vpc = stand.vpc;
    if (launch.more) row.interfaces.open = launch.more;
    const Value<Text> primary = meaning(work, b.resource(), "primary_network_interface_id");
    if (primary.known() && !primary->empty()) {
      const InterfaceId id = b.id<InterfaceId>(*primary);
      if (std::find(row.interfaces.begin(), row.interfaces.end(), id) == row.interfaces.end())
        row.interfaces.items.push_back(id);
      if (is_new || work.base->interfaces.find(id) == nullptr)
        work.put(work.change.put.interfaces, own_interface(b, row, id, stand, launch));
    } else {
      row.interfaces.open = primary.known() ? beside(work) : primary.gap();
    }
  }
  if (row.interfaces.open && row.vpc.known() && !*row.vpc) row.vpc = row.interfaces.open;
  work.put(work.change.put.instances, std::move(row));
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

}  // namespace sallyport::read::terraform
