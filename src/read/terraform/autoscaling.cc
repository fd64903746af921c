// Auto scaling groups: which instances they will start is not known, but all of them are alike.
// One row stands for them, with an interface in each of the group's subnets: whatever a
// flow does there, some instance's will.
#include <algorithm>

#include "read/terraform/families.h"
#include "read/terraform/standing.h"

namespace sallyport::read::terraform {
namespace {

// The launch template or configuration that the group names; null, with a gap, if it is not
// in the plan.
const Resource* template_of(const Block& b, GapId& gap) {
  Work& work = b.work();
  gap = work.registry.gaps.add({GapKind::not_collected,
                                "the launch template of `" + b.resource().address + "` is not in the plan",
                                "aws ec2 describe-launch-template-versions", b.origin()});
  const auto find = [&](const Block& at, const char* attribute, const char* type) -> const Resource* {
    if (const Resource* r = at.only_source(attribute, type)) return r;
    const Value<Text> wanted = at.text(attribute);
    if (!wanted.known() || wanted->empty()) return nullptr;
    for (const Resource* r : work.document.of_type(type)) {
      if (r->stays() &&
          r->values[attribute == std::string_view("name") ? "name" : "id"].text() == work.registry.view(*wanted)) {
        return r;
      }
    }
    return nullptr;
  };
  const Resource* found = nullptr;
  for (const Block& named : b.blocks("launch_template")) {
    for (const char* attribute : {"id", "name"}) {
      if (found == nullptr && named.gives_any(attribute)) found = find(named, attribute, "aws_launch_template");
    }
  }
  if (found == nullptr && b.gives_any("launch_configuration")) {
    found = find(b, "launch_configuration", "aws_launch_configuration");
  }
  if (found != nullptr) gap = {};
  return found;
}

struct Launch {
  List<SecurityGroupId> groups;
  Value<bool> public_address;
  bool says_public = false;
  Value<InstanceProfileId> profile;
};

Launch read_launch(const Block& t, const Value<VpcId>& vpc) {
  Launch launch;
  const bool only_new = is_new_vpc(t.work(), vpc);
  const char* groups = t.resource().type == "aws_launch_configuration" ? "security_groups" : "vpc_security_group_ids";
  if (t.has(groups) != Has::computed) launch.groups = t.refs<SecurityGroupId>(groups, only_new);
  const auto takes_public = [&](const Block& b) {
    if (!b.gives("associate_public_ip_address") || b.has("associate_public_ip_address") == Has::computed) return;
    const Value<Text> text = b.text("associate_public_ip_address");
    if (text.known() && text->empty()) return;
    launch.says_public = true;
    launch.public_address = b.flag("associate_public_ip_address", false);
  };
  takes_public(t);
  const List<Block> interfaces =
      t.has("network_interfaces") == Has::computed ? List<Block>() : t.blocks("network_interfaces");
  if (interfaces.open) launch.groups.open = launch.groups.open ? launch.groups.open : interfaces.open;
  for (const Block& i : interfaces) {
    if (i.gives_any("security_groups")) launch.groups = i.refs<SecurityGroupId>("security_groups", only_new);
    takes_public(i);
  }
  launch.profile = InstanceProfileId();
  if (t.resource().type == "aws_launch_configuration") {
    launch.profile = profile_of(t, "iam_instance_profile");
    return launch;
  }
  const List<Block> profiles =
      t.has("iam_instance_profile") == Has::computed ? List<Block>() : t.blocks("iam_instance_profile");
  if (profiles.open) launch.profile = profiles.open;
  for (const Block& p : profiles) launch.profile = profile_of(p, p.gives_any("arn") ? "arn" : "name");
  return launch;
}

void put_interface(const Block& b, const Instance& instance, const Value<SubnetId>& subnet, const Launch& launch,
                   InterfaceId id) {
  Work& work = b.work();
  const Stand stand = planned::stand_in(work, subnet, b.gap("vpc_zone_identifier"));
  Interface row;
  row.id = id;
  row.head = instance.head;
  row.head.name = {};
  row.vpc = stand.vpc;
  row.subnet = stand.subnet;
  row.source_dest_check = true;
  row.state = State::working;
  row.instance = instance.id;
  row.addresses.items.emplace_back(
      planned::later(work, "the addresses of the instances of `" + b.resource().address + "`", b.origin(), true));
  row.groups = planned::groups_or_default(work, launch.groups, stand.vpc);
  const Value<bool> gets = launch.says_public ? launch.public_address : stand.defaults.public_address;
  if (!gets.known()) {
    row.public_addresses.open = gets.gap();
  } else if (*gets) {
    planned::add_public(work, row, b.origin());
  }
  const Value<bool>& ipv6 = stand.defaults.ipv6_address;
  if (!ipv6.known() || *ipv6)
    row.addresses.open = planned::later(work, "IPv6 addresses of `" + b.resource().address + "`", b.origin(), true);
  work.put(work.change.put.interfaces, std::move(row));
}

}  // namespace

void read_auto_scaling_group(const Block& b) {
  Work& work = b.work();
  // Instances of a group that is there already stand in the account, not in the plan.
  if (!b.resource().is_new()) return;
  if (b.node("max_size").integer().value_or(1) == 0) return;
  const List<SubnetId> subnets = b.has("vpc_zone_identifier") == Has::computed
                                     ? List<SubnetId>{{}, b.gap("vpc_zone_identifier")}
                                     : b.refs<SubnetId>("vpc_zone_identifier", true);
  GapId gap;
  const Resource* found = template_of(b, gap);
  Instance row;
  row.id = b.id<InstanceId>(work.registry.texts.symbol(b.resource().address + ".instances"));
  row.head = b.head(b.node("name").text());
  row.state = State::working;
  row.vpc = planned::vpc_of(work, subnets);
  Launch launch;
  if (found != nullptr) {
    launch = read_launch(Block(work, *found), row.vpc);
  } else {
    launch = {{{}, gap}, gap, true, gap};
  }
  row.profile = launch.profile;
  row.interfaces.open = subnets.open;
  for (const SubnetId subnet : subnets) {
    const InterfaceId id = b.id<InterfaceId>(
        work.registry.texts.symbol(b.resource().address + ".instances in " + show_symbols(work.registry.id(subnet))));
    row.interfaces.items.push_back(id);
    put_interface(b, row, subnet, launch, id);
  }
  work.created.insert(row.id);
  work.put(work.change.put.instances, std::move(row));
}

}  // namespace sallyport::read::terraform
