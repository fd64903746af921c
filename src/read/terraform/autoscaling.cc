// Auto scaling groups: which instances they will start is not known, but all of them are alike.
// One row stands for them, with an interface in each of the group's subnets: whatever a
// flow does there, some instance's will.
#include <algorithm>

#include "read/planned/balancers.h"
#include "read/terraform/families.h"
#include "read/terraform/launch.h"
#include "read/terraform/standing.h"

namespace sallyport::read::terraform {
namespace {

// That of a `mixed_instances_policy`, unless some types of instances have another.
const Resource* template_of_mixed(const Block& b) {
  const Resource* found = nullptr;
  for (const Block& policy : b.blocks("mixed_instances_policy")) {
    for (const Block& named : policy.blocks("launch_template")) {
      const List<Block> overrides = named.blocks("override");
      bool others = static_cast<bool>(overrides.open);
      for (const Block& o : overrides) others = others || o.gives_any("launch_template_specification");
      if (others) return nullptr;
      for (const Block& spec : named.blocks("launch_template_specification")) {
        if (spec.gives_any("launch_template_id"))
          found = spec.named_resource("launch_template_id", "aws_launch_template", {"id"});
        if (found == nullptr && spec.gives_any("launch_template_name"))
          found = spec.named_resource("launch_template_name", "aws_launch_template", {"name"});
      }
    }
  }
  return found;
}

// The launch template or configuration that the group names; null, with a gap, if it is not
// in the plan.
const Resource* template_of(const Block& b, GapId& gap) {
  Work& work = b.work();
  gap = work.registry.gaps.add({GapKind::not_collected,
                                "the launch template of `" + b.resource().address + "` is not in the plan",
                                "aws ec2 describe-launch-template-versions", b.origin()});
  const Resource* found = nullptr;
  for (const Block& named : b.blocks("launch_template")) {
    for (const char* attribute : {"id", "name"}) {
      if (found == nullptr && named.gives_any(attribute))
        found = named.named_resource(attribute, "aws_launch_template", {attribute});
    }
  }
  if (found == nullptr && b.gives_any("mixed_instances_policy")) found = template_of_mixed(b);
  if (found == nullptr && b.gives_any("launch_configuration")) {
    found = b.named_resource("launch_configuration", "aws_launch_configuration", {"id", "name"});
  }
  if (found != nullptr) gap = {};
  return found;
}

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
  if (interfaces.open) launch.more = launch.ipv6 = interfaces.open;
  for (const Block& i : interfaces) {
    const std::int64_t device = i.node("device_index").integer().value_or(0);
    const bool sure = i.has("device_index") != Has::unknown;
    if (device != 0 || !sure || i.gives_any("network_interface_id")) launch.more = i.gap("device_index");
    if (device != 0 && sure) continue;
    if (i.gives_any("security_groups")) launch.groups = i.refs<SecurityGroupId>("security_groups", only_new);
    if (!sure) launch.groups.open = i.gap("device_index");
    for (const char* attribute : {"ipv6_address_count", "ipv6_addresses", "ipv6_prefix_count", "ipv6_prefixes"}) {
      if (i.gives_any(attribute) && i.node(attribute).integer().value_or(1) != 0) launch.ipv6 = i.gap(attribute);
    }
    takes_public(i);
  }
  if (t.gives_any("security_group_names")) launch.groups.open = t.gap("security_group_names");
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

void put_interface(const Block& b, const Instance& instance, SubnetId subnet, const Launch& launch, InterfaceId id) {
  Work& work = b.work();
  const Stand stand = planned::stand_in(work, Value<SubnetId>(subnet), beside(work));
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
  if (launch.ipv6) row.addresses.open = launch.ipv6;
  work.put(work.change.put.interfaces, std::move(row));
}

// One row for all instances, with an interface in each of the subnets.
void put_instances(const Block& b, Instance row, const List<SubnetId>& subnets, const Launch& launch) {
  Work& work = b.work();
  row.profile = launch.profile;
  row.interfaces.open = subnets.open;
  if (subnets.empty() && !subnets.open) row.interfaces.open = beside(work);
  if (launch.more) row.interfaces.open = launch.more;
  for (const SubnetId subnet : subnets) {
    const InterfaceId id = b.id<InterfaceId>(
        work.registry.texts.symbol(b.resource().address + ".instances in " + show_symbols(work.registry.id(subnet))));
    row.interfaces.items.push_back(id);
    put_interface(b, row, subnet, launch, id);
  }
  work.created.insert(row.id);
  work.put(work.change.put.instances, std::move(row));
}

List<SubnetId> subnets_of(const Block& b, const char* attribute) {
  if (b.has(attribute) == Has::computed) return {{}, b.gap(attribute)};
  return b.refs<SubnetId>(attribute, true);
}

Instance begin_instances(const Block& b, std::string_view name, const List<SubnetId>& subnets) {
  Instance row;
  row.id = instances_of(b);
  row.head = b.head(name);
  row.state = State::working;
  row.vpc = planned::vpc_of(b.work(), subnets);
  return row;
}

}  // namespace

Launch launch_of(const Block& b, const Value<VpcId>& vpc) {
  GapId gap;
  const Resource* found = template_of(b, gap);
  return found != nullptr ? read_launch(Block(b.work(), *found), vpc) : Launch{{{}, gap}, gap, true, gap, gap, gap};
}

InstanceId instances_of(const Block& b) {
  const bool group = b.resource().type == "aws_autoscaling_group" || b.resource().type == "aws_eks_node_group";
  if (!group || !b.resource().is_new()) return {};
  return b.id<InstanceId>(b.registry().texts.symbol(b.resource().address + ".instances"));
}

namespace {

// The target groups that it registers its instances at.
void register_instances(const Block& b, InstanceId instances, GapId gap) {
  add_instances_to_groups(b, "target_group_arns", instances, gap);
  add_instances_to_classic(b, "load_balancers", instances, gap);
  if (b.has("traffic_source") == Has::computed || b.has("traffic_source") == Has::nothing) return;
  const List<Block> sources = b.blocks("traffic_source");
  for (const Block& source : sources) {
    const Value<Text> arn = source.named("identifier", Kind::target_group);
    BalancerTarget target;
    target.what = instances;
    target.place = b.origin();
    planned::add_target(b.work(),
                        arn.known() ? Value<TargetGroupId>(b.id<TargetGroupId>(*arn)) : Value<TargetGroupId>(arn.gap()),
                        target, gap);
  }
  if (sources.open) planned::add_target(b.work(), Value<TargetGroupId>(sources.open), {}, gap);
}

}  // namespace

// `autoscaling_group_name`, and a target group.
void read_scaling_attachment(const Block& b) {
  Work& work = b.work();
  GapId gap = b.resource().stays() ? GapId() : beside(work);
  const Resource* group = b.named_resource("autoscaling_group_name", "aws_autoscaling_group", {"name", "id"});
  const InstanceId instances = group == nullptr ? InstanceId() : instances_of(Block(work, *group));
  if (!instances && !gap) gap = b.gap("autoscaling_group_name");
  BalancerTarget target;
  target.what = instances;
  target.place = b.origin();
  const auto add = [&](const Block& block, const char* attribute) {
    if (!block.gives_any(attribute)) return;
    const Value<Text> arn = block.named(attribute, Kind::target_group);
    planned::add_target(work,
                        arn.known() ? Value<TargetGroupId>(b.id<TargetGroupId>(*arn)) : Value<TargetGroupId>(arn.gap()),
                        target, gap);
  };
  for (const char* attribute : {"lb_target_group_arn", "alb_target_group_arn"}) add(b, attribute);
  add_instances_to_classic(b, "elb", instances, gap);
  if (b.gives_any("traffic_source")) {
    for (const Block& source : b.blocks("traffic_source")) add(source, "identifier");
  }
}

void read_auto_scaling_group(const Block& b) {
  Work& work = b.work();
  // Instances of a group that is there already stand in the account, not in the plan.
  if (!b.resource().is_new()) {
    const bool stays_so = b.resource().fate == Fate::kept && !work.base->instances.empty();
    if (!stays_so) register_instances(b, {}, beside(work));
    return;
  }
  if (b.node("max_size").integer().value_or(1) == 0) return;
  const List<SubnetId> subnets = subnets_of(b, "vpc_zone_identifier");
  const Instance row = begin_instances(b, b.node("name").text(), subnets);
  const Launch launch = launch_of(b, row.vpc);
  put_instances(b, row, subnets, launch);
  register_instances(b, row.id, {});
}

namespace {

// The profile that EKS makes for the role of its nodes.
InstanceProfileId put_profile(const Block& b) {
  Work& work = b.work();
  InstanceProfile row;
  row.id = work.registry.ids.get<InstanceProfileId>(b.place().partition,
                                                    work.registry.texts.symbol(b.resource().address + ".profile"));
  row.head = b.head();
  row.role = role_of(b, "node_role_arn");
  work.put(work.change.put.instance_profiles, InstanceProfile(row));
  return row.id;
}

}  // namespace

// https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
// Nodes have the cluster's group, unless a launch template gives groups of its own.
void read_node_group(const Block& b) {
  Work& work = b.work();
  if (!b.resource().is_new()) return;  // its instances stand in the account
  const List<SubnetId> subnets = subnets_of(b, "subnet_ids");
  const Instance row = begin_instances(b, b.node("node_group_name").text(), subnets);
  Launch launch;
  if (b.has("launch_template") != Has::computed && b.gives_any("launch_template")) {
    launch = launch_of(b, row.vpc);
  }
  launch.profile = put_profile(b);
  if (launch.groups.empty() && !launch.groups.open) {
    const Resource* cluster = b.named_resource("cluster_name", "aws_eks_cluster", {"name", "id"});
    const Value<Text> group =
        cluster == nullptr ? Value<Text>(b.gap("cluster_name")) : meaning(work, *cluster, "cluster_security_group_id");
    if (group.known() && !group->empty()) {
      launch.groups.items.push_back(b.id<SecurityGroupId>(*group));
    } else {
      launch.groups.open = group.known() ? beside(work) : group.gap();
    }
  }
  // EKS makes another group that lets in whoever may log in.
  if (b.has("remote_access") == Has::value && b.node("remote_access").size() > 0)
    launch.groups.open = b.gap("remote_access");
  put_instances(b, row, subnets, launch);
}

}  // namespace sallyport::read::terraform
