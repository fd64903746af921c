// Auto scaling groups and node groups of EKS: one row stands for all instances of one, with an interface in each
// of its subnets.
#include "read/cloudformation/families.h"
#include "read/cloudformation/identities.h"
#include "read/cloudformation/identity.h"
#include "read/planned/balancers.h"

namespace sallyport::read::cloudformation {
namespace {

// What a launch template or configuration says.
struct Launch {
  List<SecurityGroupId> groups;
  Value<bool> public_address;
  bool says_public = false;
  Value<InstanceProfileId> profile = InstanceProfileId();
  GapId ipv6 = {};  // set: the primary interface gets IPv6 addresses, or may
  GapId more = {};  // set: there are more interfaces than one
};

Launch unknown_launch(GapId gap) { return {{{}, gap}, gap, true, gap, gap, gap}; }

// What it says of the primary interface, and whether there are more.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-launchtemplate-networkinterface.html
void read_interface(const Properties& i, Launch& launch) {
  const Value<std::int64_t> device = i.number("DeviceIndex", 0);
  if (!device.known() || *device != 0 || i.gives("NetworkInterfaceId")) launch.more = i.gap("DeviceIndex");
  if (device.known() && *device != 0) return;
  if (!device.known()) launch.groups.open = device.gap();
  if (i.gives("Groups")) launch.groups = i.refs<SecurityGroupId>("Groups");
  for (const char* property : {"Ipv6AddressCount", "Ipv6Addresses", "Ipv6PrefixCount", "Ipv6Prefixes"}) {
    if (i.gives(property)) launch.ipv6 = i.gap(property);
  }
  if (!i.gives("AssociatePublicIpAddress")) return;
  launch.says_public = true;
  launch.public_address = i.flag("AssociatePublicIpAddress", false);
}

Launch read_template(const Properties& p, const Resource& r) {
  GapId gap;
  const Properties t(p.work(), r);
  const Properties data = t.block("LaunchTemplateData", gap);
  if (gap || r.doubt) return unknown_launch(gap ? gap : r.doubt);
  Launch launch;
  launch.groups = data.refs<SecurityGroupId>("SecurityGroupIds");
  if (data.gives("SecurityGroups")) launch.groups.open = data.gap("SecurityGroups");
  const List<Properties> interfaces = data.blocks("NetworkInterfaces");
  if (interfaces.open) return unknown_launch(interfaces.open);
  for (const Properties& i : interfaces) read_interface(i, launch);
  if (data.gives("IamInstanceProfile")) {
    const Properties profile = data.block("IamInstanceProfile", gap);
    launch.profile =
        gap ? Value<InstanceProfileId>(gap) : profile_named(p, profile.text(profile.gives("Arn") ? "Arn" : "Name"));
  }
  return launch;
}

Launch read_configuration(const Properties& p, const Resource& r) {
  if (r.doubt) return unknown_launch(r.doubt);
  const Properties c(p.work(), r);
  Launch launch;
  launch.groups = c.refs<SecurityGroupId>("SecurityGroups");
  if (c.gives("AssociatePublicIpAddress")) {
    launch.says_public = true;
    launch.public_address = c.flag("AssociatePublicIpAddress", false);
  }
  if (c.gives("IamInstanceProfile")) launch.profile = profile_named(p, c.text("IamInstanceProfile"));
  return launch;
}

// `LaunchTemplate`, as it stands in a group: by id or name.
const Resource* template_named(const Properties& spec) {
  const Resource* r = resource_named(spec, "LaunchTemplateId", "AWS::EC2::LaunchTemplate");
  return r != nullptr ? r : resource_named(spec, "LaunchTemplateName", "AWS::EC2::LaunchTemplate");
}

Launch launch_of(const Properties& p) {
  Work& work = p.work();
  const GapId gap = work.registry.gaps.add(
      {GapKind::not_collected, "the launch template of `" + p.resource().address + "` is not in the templates",
       "collect the account once the stack is made", p.origin()});
  GapId inner;
  if (p.gives("LaunchConfigurationName")) {
    const Resource* r = resource_named(p, "LaunchConfigurationName", "AWS::AutoScaling::LaunchConfiguration");
    return r == nullptr ? unknown_launch(gap) : read_configuration(p, *r);
  }
  if (p.gives("MixedInstancesPolicy")) {
    const Properties mixed = p.block("MixedInstancesPolicy", inner).block("LaunchTemplate", inner);
    const List<Properties> overrides = mixed.blocks("Overrides");
    bool own_templates = static_cast<bool>(overrides.open);
    for (const Properties& o : overrides) own_templates = own_templates || o.gives("LaunchTemplateSpecification");
    const Properties spec = mixed.block("LaunchTemplateSpecification", inner);
    const Resource* r = inner || own_templates ? nullptr : template_named(spec);
    return r == nullptr ? unknown_launch(gap) : read_template(p, *r);
  }
  const Properties spec = p.block("LaunchTemplate", inner);
  const Resource* r = inner ? nullptr : template_named(spec);
  return r == nullptr ? unknown_launch(gap) : read_template(p, *r);
}

void put_interface(const Properties& p, const Instance& instance, SubnetId subnet, const Launch& launch) {
  Work& work = p.work();
  const planned::Stand stand = stand_in(work, Value<SubnetId>(subnet));
  const std::string where = show_symbols(work.registry.id(subnet));
  Interface row;
  row.id = p.own_id<InterfaceId>("instances in " + where);
  row.head = instance.head;
  row.head.name = {};
  row.vpc = stand.vpc;
  row.subnet = stand.subnet;
  row.source_dest_check = true;
  row.state = State::working;
  row.instance = instance.id;
  const std::string whose = "of the instances of `" + p.resource().address + "`";
  row.addresses.items.emplace_back(planned::later(work, "the addresses " + whose, p.origin(), true));
  row.groups = planned::groups_or_default(work, launch.groups, stand.vpc);
  const Value<bool> gets = launch.says_public ? launch.public_address : stand.defaults.public_address;
  if (!gets.known()) {
    row.public_addresses.open = gets.gap();
  } else if (*gets) {
    planned::add_public(work, row, p.origin());
  }
  const Value<bool>& ipv6 = stand.defaults.ipv6_address;
  if (!ipv6.known() || *ipv6)
    row.addresses.open = planned::later(work, "the IPv6 addresses " + whose, p.origin(), true);
  if (launch.ipv6) row.addresses.open = launch.ipv6;
  work.put(work.change.put.interfaces, std::move(row));
}

InstanceId put_instances(const Properties& p, const char* subnets, const Launch& launch) {
  Work& work = p.work();
  const List<SubnetId> in = p.refs<SubnetId>(subnets);
  Instance row;
  row.id = p.own_id<InstanceId>("instances");
  const Value<Text> name = p.text("AutoScalingGroupName");
  const bool is_named = name.known() && !work.registry.texts.has_symbol(*name);
  row.head = p.head(is_named ? work.registry.view(*name) : std::string_view());
  row.state = State::working;
  row.vpc = planned::vpc_of(work, in);
  row.profile = launch.profile;
  row.interfaces.open = in.open;
  if (in.empty() && !in.open) row.interfaces.open = beside(work);
  if (launch.more) row.interfaces.open = launch.more;
  for (const SubnetId subnet : in) {
    put_interface(p, row, subnet, launch);
    row.interfaces.items.push_back(work.change.put.interfaces.back().id);
  }
  const InstanceId id = row.id;
  work.created.insert(id);
  work.put(work.change.put.instances, std::move(row));
  return id;
}

}  // namespace

void read_auto_scaling_group(const Properties& p) {
  Work& work = p.work();
  const Value<std::int64_t> most = p.number("MaxSize", 1);
  if (most.known() && *most == 0) return;
  BalancerTarget target;
  if (p.doubt()) {
    work.doubted.emplace(Kind::instance, p.doubt());
  } else {
    target.what = put_instances(p, "VPCZoneIdentifier", launch_of(p));
  }
  target.place = p.origin();
  target.healthy = once_made(work, "the health of targets is not known before the stack is made", p.origin());
  const List<TargetGroupId> groups = p.refs<TargetGroupId>("TargetGroupARNs");
  for (const TargetGroupId group : groups) planned::add_target(work, group, target, p.doubt());
  if (groups.open) planned::add_target(work, Value<TargetGroupId>(groups.open), target, {});
  const auto* instances = std::get_if<InstanceId>(&target.what);
  add_instances_to_classic(p, "LoadBalancerNames", instances != nullptr ? *instances : InstanceId(), p.doubt());
}

// https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
// Nodes have the cluster's group, unless a launch template gives groups of its own.
void read_node_group(const Properties& p) {
  Work& work = p.work();
  Launch launch;
  if (p.gives("LaunchTemplate")) {
    GapId gap;
    const Properties spec = p.block("LaunchTemplate", gap);
    const Resource* r = resource_named(spec, "Id", "AWS::EC2::LaunchTemplate");
    if (r == nullptr) r = resource_named(spec, "Name", "AWS::EC2::LaunchTemplate");
    launch = r != nullptr && !gap ? read_template(p, *r) : unknown_launch(gap ? gap : spec.gap("Id"));
  }
  InstanceProfile profile;
  profile.id = work.registry.ids.get<InstanceProfileId>(p.place().partition, p.own_text("profile"));
  profile.head = p.head();
  profile.role = role_with_arn(p, "NodeRole");
  launch.profile = profile.id;
  work.put(work.change.put.instance_profiles, std::move(profile));
  if (launch.groups.empty() && !launch.groups.open) {
    const Resource* cluster = resource_named(p, "ClusterName", "AWS::EKS::Cluster");
    if (cluster != nullptr && !cluster->doubt) {
      launch.groups.items.push_back(p.id<SecurityGroupId>(own_symbol(work, *cluster, "ClusterSecurityGroupId")));
    } else {
      launch.groups.open = p.gap("ClusterName");
    }
  }
  // EKS makes another group that lets in whoever may log in.
  if (p.gives("RemoteAccess")) launch.groups.open = p.gap("RemoteAccess");
  put_instances(p, "Subnets", launch);
}

}  // namespace sallyport::read::cloudformation
