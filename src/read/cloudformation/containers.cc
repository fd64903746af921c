// What runs containers for us: services of ECS, clusters of EKS, App Runner (PW).
#include "read/cloudformation/families.h"
#include "read/cloudformation/identities.h"
#include "read/planned/balancers.h"
#include "read/planned/implied.h"
#include "read/planned/platform.h"

namespace sallyport::read::cloudformation {
namespace {

Value<RoleId> task_role(const Properties& p) {
  const Resource* definition = resource_named(p, "TaskDefinition", "AWS::ECS::TaskDefinition");
  if (definition != nullptr && !definition->doubt) {
    return role_or_none(Properties(p.work(), *definition), "TaskRoleArn");
  }
  return p.registry().gaps.add({GapKind::not_collected,
                                "the task definition of `" + p.resource().address + "` is not in the templates",
                                "aws ecs describe-task-definition", p.origin()});
}

void register_tasks(const Properties& p, PlatformWorkloadId tasks, GapId gap) {
  Work& work = p.work();
  const List<Properties> balancers = p.blocks("LoadBalancers");
  for (const Properties& balancer : balancers) {
    if (!balancer.gives("TargetGroupArn")) continue;
    BalancerTarget target;
    target.what = tasks;
    target.place = p.origin();
    target.healthy = once_made(work, "the health of targets is not known before the stack is made", p.origin());
    const Value<std::int64_t> port = balancer.number("ContainerPort", 0);
    if (port.known() && *port > 0 && *port <= 0xFFFF) target.port = static_cast<std::uint16_t>(*port);
    const GapId unsure = target.port == 0 && !gap ? balancer.gap("ContainerPort") : gap;
    planned::add_target(work, balancer.ref<TargetGroupId>("TargetGroupArn"), target, unsure);
  }
  if (balancers.open) planned::add_target(work, Value<TargetGroupId>(balancers.open), {}, balancers.open);
}

}  // namespace

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html
void read_ecs_service(const Properties& p) {
  Work& work = p.work();
  if (p.doubt()) {
    work.doubted.emplace(Kind::platform_workload, p.doubt());
    return register_tasks(p, {}, p.doubt());
  }
  if (!p.gives("NetworkConfiguration")) {
    return register_tasks(
        p, {},
        planned::undetermined(
            work, "on which instances the tasks of `" + p.resource().address + "` run is not said by the template",
            "collect the account once the stack is made", p.origin()));
  }
  PlatformWorkload row = begin_workload(p, Kind::task, "ServiceName");
  row.role = task_role(p);
  GapId gap;
  const Properties network = p.block("NetworkConfiguration", gap).block("AwsvpcConfiguration", gap);
  Value<bool> has_public = false;
  if (gap) {
    row.place = gap;
    has_public = gap;
  } else {
    row.place = read_place(network, "Subnets", "SecurityGroups");
    const Value<Text> assigns = network.text("AssignPublicIp");
    const std::string_view word = assigns.known() ? p.registry().view(*assigns) : std::string_view();
    if (!assigns.known()) {
      has_public = assigns.gap();
    } else if (word == "ENABLED" || word == "DISABLED") {
      has_public = word == "ENABLED";
    } else {
      // The page names both defaults, by who makes the service.
      has_public = planned::undetermined(
          work, "whether tasks of `" + p.resource().address + "` get public addresses, `AssignPublicIp` does not say",
          "give `AssignPublicIp`", p.origin());
    }
  }
  row.public_address = has_public;
  register_tasks(p, row.id, gap);
  planned::put_workload(work, std::move(row), InterfaceKind::plain, has_public);
}

// https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
// https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
void read_kubernetes_cluster(const Properties& p) {
  Work& work = p.work();
  PlatformWorkload row = begin_workload(p, Kind::cluster, "Name");
  row.role = role_with_arn(p, "RoleArn");
  row.port = 443;
  GapId gap;
  const Properties network = p.block("ResourcesVpcConfig", gap);
  if (gap) {
    row.place = gap;
    row.publicly_accessible = gap;
    row.interfaces.open = gap;
    return planned::put_outside(work, std::move(row));
  }
  SecurityGroup group;  // that EKS makes for it
  group.id = p.own_id<SecurityGroupId>("ClusterSecurityGroupId");
  group.head = p.head();
  group.head.name = work.text("cluster security group of " + p.resource().address);
  group.vpc = planned::vpc_of(work, network.refs<SubnetId>("SubnetIds"));
  group.rules.items.push_back(planned::allow_all(false, GroupPeer{group.id, {}, {}}, p.origin()));
  for (const Family family : {Family::v4, Family::v6}) {
    group.rules.items.push_back(planned::allow_all(true, everything(family), p.origin()));
  }
  Placement place;
  place.subnets = network.refs<SubnetId>("SubnetIds");
  place.groups = network.refs<SecurityGroupId>("SecurityGroupIds");
  place.groups.items.push_back(group.id);
  planned::complete_place(work, place);
  row.place = std::move(place);
  work.created.insert(group.id);
  work.put(work.change.put.security_groups, std::move(group));
  row.publicly_accessible = network.flag("EndpointPublicAccess", true);
  const List<Text> ranges = network.texts("PublicAccessCidrs");
  row.admits.open = ranges.open;
  for (const Text range : ranges) {
    if (const auto prefix = parse_prefix(work.registry.view(range))) {
      row.admits.items.push_back(*prefix);
    } else {
      row.admits.open = network.gap("PublicAccessCidrs");
    }
  }
  const Value<bool> inside = network.flag("EndpointPrivateAccess", false);
  if (inside.known() && *inside) return planned::put_workload(work, std::move(row), InterfaceKind::managed, false);
  if (!inside.known()) row.interfaces.open = inside.gap();
  planned::put_outside(work, std::move(row));
}

// https://docs.aws.amazon.com/apprunner/latest/dg/network-vpc.html
void read_web_service(const Properties& p) {
  Work& work = p.work();
  PlatformWorkload row = begin_workload(p, Kind::web_service, "ServiceName");
  row.port = 443;
  GapId gap;
  row.role = role_or_none(p.block("InstanceConfiguration", gap), "InstanceRoleArn");
  const Properties network = p.block("NetworkConfiguration", gap);
  row.publicly_accessible = network.block("IngressConfiguration", gap).flag("IsPubliclyAccessible", true);
  const Properties egress = network.block("EgressConfiguration", gap);
  const Value<Text> type = egress.text("EgressType");
  row.place = Placement();
  if (gap || !type.known()) {
    row.place = gap ? gap : type.gap();
  } else if (work.registry.view(*type) == "VPC") {
    const Resource* connector = resource_named(egress, "VpcConnectorArn", "AWS::AppRunner::VpcConnector");
    row.place = connector == nullptr || connector->doubt
                    ? Value<Placement>(egress.gap("VpcConnectorArn"))
                    : Value<Placement>(read_place(Properties(work, *connector), "Subnets", "SecurityGroups"));
  }
  planned::put_workload(work, std::move(row), InterfaceKind::managed, false);
}

}  // namespace sallyport::read::cloudformation
