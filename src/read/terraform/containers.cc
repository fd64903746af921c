// What runs containers for us: services of ECS, clusters of EKS, App Runner (PW).
#include "read/planned/balancers.h"
#include "read/planned/implied.h"
#include "read/planned/platform.h"
#include "read/planned/standing.h"
#include "read/terraform/families.h"

namespace sallyport::read::terraform {
namespace {

// Tasks take their role from the task definition.
Value<RoleId> task_role(const Block& b) {
  Work& work = b.work();
  const Resource* definition =
      b.named_resource("task_definition", "aws_ecs_task_definition", {"arn", "arn_without_revision", "id", "family"});
  if (definition != nullptr) return role_of(Block(work, *definition), "task_role_arn");
  return work.registry.gaps.add({GapKind::not_collected,
                                 "the task definition of `" + b.resource().address + "` is not in the plan",
                                 "aws ecs describe-task-definition", b.origin()});
}

// Each task is registered at the service's target groups: by its own address where it has one.
void register_tasks(const Block& b, PlatformWorkloadId tasks, GapId gap) {
  if (b.has("load_balancer") == Has::computed || b.has("load_balancer") == Has::nothing) return;
  const List<Block> balancers = b.blocks("load_balancer");
  for (const Block& balancer : balancers) {
    if (!balancer.gives_any("target_group_arn")) continue;
    BalancerTarget target;
    target.what = tasks;
    target.place = b.origin();
    target.healthy = planned::later(b.work(), "the health of targets", b.origin());
    const auto port = balancer.node("container_port").integer();
    if (port && *port > 0 && *port <= 0xFFFF) target.port = static_cast<std::uint16_t>(*port);
    const GapId unsure = target.port == 0 && !gap ? balancer.gap("container_port") : gap;
    const Value<Text> arn = balancer.named("target_group_arn", Kind::target_group);
    planned::add_target(b.work(),
                        arn.known() ? Value<TargetGroupId>(b.id<TargetGroupId>(*arn)) : Value<TargetGroupId>(arn.gap()),
                        target, unsure);
  }
  if (balancers.open) planned::add_target(b.work(), Value<TargetGroupId>(balancers.open), {}, balancers.open);
}

}  // namespace

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html
// Only in the network mode `awsvpc` has a task an interface of its own; in the others its packets are those of
// the instance below it.
void read_ecs_service(const Block& b) {
  Work& work = b.work();
  const List<Block> networks =
      b.has("network_configuration") == Has::computed ? List<Block>() : b.blocks("network_configuration");
  if (networks.empty() && !networks.open) {
    return register_tasks(
        b, {},
        planned::undetermined(
            work, "on which instances the tasks of `" + b.resource().address + "` run is not said by the plan",
            "collect the account once the plan is applied", b.origin()));
  }
  auto row = begin_workload(b, Kind::task, "id", "name");
  if (!row) return;
  row->role = task_role(b);
  Value<bool> has_public = false;
  if (networks.open) {
    row->place = networks.open;
  }
  for (const Block& network : networks) {
    Placement place = read_place(network, "subnets", "security_groups");
    planned::complete_place(work, place);
    row->place = std::move(place);
    has_public = network.flag("assign_public_ip", false);
  }
  row->public_address = has_public;
  register_tasks(b, row->id, networks.open);
  planned::put_workload(work, std::move(*row), InterfaceKind::plain, has_public);
}

namespace {

// https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
// The group that EKS makes for a cluster: its members reach each other, and everything outside.
Value<SecurityGroupId> put_cluster_group(const Block& b, const Value<VpcId>& vpc) {
  Work& work = b.work();
  const Value<Text> id = meaning(work, b.resource(), "cluster_security_group_id");
  if (!id.known() || id->empty()) return id.known() ? beside(work) : id.gap();
  const auto group = b.id<SecurityGroupId>(*id);
  if (!b.resource().is_new()) return group;
  SecurityGroup row;
  row.id = group;
  row.head = b.head();
  row.head.name = work.text("cluster security group of " + b.resource().address);
  row.vpc = vpc;
  row.rules.items.push_back(planned::allow_all(false, GroupPeer{group, {}, {}}, b.origin()));
  for (const Family family : {Family::v4, Family::v6}) {
    row.rules.items.push_back(planned::allow_all(true, everything(family), b.origin()));
  }
  work.created.insert(row.id);
  work.put(work.change.put.security_groups, std::move(row));
  return group;
}

void read_admitted(const Block& network, PlatformWorkload& row) {
  const char* ranges = "public_access_cidrs";
  if (network.has(ranges) == Has::computed || network.has(ranges) == Has::nothing) return;
  if (network.has(ranges) == Has::unknown) {
    row.admits.open = network.gap(ranges);
    return;
  }
  for (const Node item : network.node(ranges).items()) {
    if (const auto range = parse_prefix(item.text())) {
      row.admits.items.push_back(*range);
    } else {
      row.admits.open = network.not_understood(ranges);
    }
  }
}

}  // namespace

// https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
// Without private access the API server answers at its public address only.
void read_kubernetes_cluster(const Block& b) {
  Work& work = b.work();
  auto row = begin_workload(b, Kind::cluster, "arn", "name");
  if (!row) return;
  row->role = role_of(b, "role_arn");
  row->port = 443;
  std::string_view host = b.node("endpoint").text();
  if (host.starts_with("https://")) host.remove_prefix(8);
  row->host = work.text(host);
  Value<bool> inside = false;
  const List<Block> networks = b.blocks("vpc_config");
  if (networks.open) row->place = networks.open;
  for (const Block& network : networks) {
    Placement place = read_place(network, "subnet_ids", "security_group_ids");
    const Value<SecurityGroupId> own = put_cluster_group(b, planned::vpc_of(work, place.subnets));
    if (own.known()) {
      place.groups.items.push_back(*own);
    } else {
      place.groups.open = own.gap();
    }
    planned::complete_place(work, place);
    row->place = std::move(place);
    row->publicly_accessible = network.flag("endpoint_public_access", true);
    read_admitted(network, *row);
    inside = network.flag("endpoint_private_access", false);
  }
  if (inside.known() && !*inside) return planned::put_outside(work, std::move(*row));
  if (!inside.known()) {
    row->interfaces.open = inside.gap();
    return planned::put_outside(work, std::move(*row));
  }
  planned::put_workload(work, std::move(*row), InterfaceKind::managed, false);
}

// https://docs.aws.amazon.com/apprunner/latest/dg/network-vpc.html
void read_web_service(const Block& b) {
  Work& work = b.work();
  auto row = begin_workload(b, Kind::web_service, "arn", "service_name");
  if (!row) return;
  row->port = 443;
  row->host = work.text(b.node("service_url").text());
  row->place = Placement();
  row->publicly_accessible = true;
  for (const Block& instance : b.blocks("instance_configuration")) row->role = role_of(instance, "instance_role_arn");
  const List<Block> networks =
      b.has("network_configuration") == Has::computed ? List<Block>() : b.blocks("network_configuration");
  if (networks.open) row->place = networks.open, row->publicly_accessible = networks.open;
  for (const Block& network : networks) {
    for (const Block& ingress : network.blocks("ingress_configuration"))
      row->publicly_accessible = ingress.flag("is_publicly_accessible", true);
    for (const Block& egress : network.blocks("egress_configuration")) {
      const Value<Text> type = egress.text("egress_type");
      if (!type.known() && egress.has("egress_type") != Has::computed) row->place = type.gap();
      if (!type.known() || work.registry.view(*type) != "VPC") continue;
      const Resource* connector =
          egress.named_resource("vpc_connector_arn", "aws_apprunner_vpc_connector", {"arn", "id"});
      if (connector == nullptr) {
        row->place = egress.gap("vpc_connector_arn");
        continue;
      }
      Placement place = read_place(Block(work, *connector), "subnets", "security_groups");
      planned::complete_place(work, place);
      row->place = std::move(place);
    }
  }
  planned::put_workload(work, std::move(*row), InterfaceKind::managed, false);
}

}  // namespace sallyport::read::terraform
