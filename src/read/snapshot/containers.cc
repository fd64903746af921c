// What runs containers for us: ECS services and tasks, EKS clusters, App Runner.
#include "read/snapshot/arn.h"
#include "read/snapshot/families.h"
#include "read/snapshot/platform.h"

namespace sallyport::read::snapshot {
namespace {

std::string_view last_part(std::string_view arn) { return arn.substr(arn.find_last_of("/:") + 1); }

// `arn:aws:ecs:R:A:task-definition/web:7` -> `web`.
std::string_view family_of(std::string_view definition) {
  definition.remove_prefix(definition.rfind('/') + 1);
  return definition.substr(0, definition.rfind(':'));
}

std::string_view detail(Node attachment, std::string_view name) {
  for (const Node entry : attachment["details"].items()) {
    if (entry["name"].text() == name) return entry["value"].text();
  }
  return {};
}

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html
// Only in the network mode `awsvpc` has a task an interface of its own, which its
// attachment names. In the others its packets are those of the instance below it.
void read_task(Answer& answer, Node node) {
  const std::string_view arn = node["taskArn"].text();
  if (split_arn(arn).service != "ecs") return unnamed(answer, node, "taskArn");
  const std::string_view status = node["lastStatus"].text();
  if (status == "STOPPED" || status == "DEPROVISIONING" || status == "DELETED") return;
  TaskParts parts;
  const std::string_view definition = node["taskDefinitionArn"].text();
  parts.definition = std::string(definition);
  parts.row = begin_workload(answer, Kind::task, arn, family_of(definition), node);
  parts.row.state = status == "RUNNING" ? Value<State>(State::working) : Value<State>(State::not_working);
  if (status.empty()) parts.row.state = answer.lacking(arn, "lastStatus", node["lastStatus"]);
  // `service:web`: its service's ARN is that of the task with the service's name.
  const std::string_view group = node["group"].text();
  if (group.starts_with("service:")) {
    const std::string_view cluster = last_part(node["clusterArn"].text());
    const Arn own = split_arn(arn);
    parts.service = "arn:" + std::string(own.partition) + ":ecs:" + std::string(own.region) + ":" +
                    std::string(own.account) + ":service/" + std::string(cluster) + "/" + std::string(group.substr(8));
  }
  Placement place;
  place.groups.open =
      answer.gap(GapKind::not_collected, "the groups of the task `" + std::string(arn) + "` are those of its interface",
                 "aws ec2 describe-network-interfaces", node);
  bool attached = false;
  for (const Node attachment : node["attachments"].items()) {
    if (attachment["type"].text() != "ElasticNetworkInterface" && attachment["type"].text() != "eni") continue;
    const auto subnet = answer.id_in<SubnetId>(parts.row.head.region, detail(attachment, "subnetId"));
    const auto interface = answer.id_in<InterfaceId>(parts.row.head.region, detail(attachment, "networkInterfaceId"));
    if (subnet) place.subnets.items.push_back(subnet);
    if (interface) parts.row.interfaces.items.push_back(interface);
    attached = attached || subnet || interface;
  }
  if (!attached) return;  // it has no network of its own
  parts.row.place = std::move(place);
  parts.row.publicly_accessible = false;  // its interface tells
  if (const Node own = node["overrides"]["taskRoleArn"]; !own.text().empty()) {
    parts.row.role = role_of(answer, own, arn);
    parts.own_role = true;
  }
  answer.work().platform.tasks.push_back(std::move(parts));
}

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html
void read_service(Answer& answer, Node node) {
  const std::string_view arn = node["serviceArn"].text();
  if (split_arn(arn).service != "ecs") return unnamed(answer, node, "serviceArn");
  if (node["status"].text() == "INACTIVE") return;
  const Node network = node["networkConfiguration"]["awsvpcConfiguration"];
  if (network.absent()) return;  // bridge or host: the instances' own packets
  const std::string_view name = node["serviceName"].text();
  PlatformWorkload row = begin_workload(answer, Kind::task, arn, name, node);
  row.state = state_of(answer, node["status"], name, {"ACTIVE", "DRAINING"}, {});
  Placement place;
  read_id_list(answer, answer.list(network, "subnets", name, place.subnets.open), nullptr, name, place.subnets);
  read_id_list(answer, answer.optional_list(network, "securityGroups", name, place.groups.open), nullptr, name,
               place.groups);
  if (place.groups.empty() && !place.groups.open) {
    place.groups.open = answer.lacking(name, "securityGroups", network["securityGroups"]);  // the VPC's default group
  }
  row.place = std::move(place);
  const std::string_view assigns = network["assignPublicIp"].text();
  row.public_address = assigns == "ENABLED";
  if (assigns != "ENABLED" && assigns != "DISABLED") {
    row.public_address = answer.lacking(name, "assignPublicIp", network["assignPublicIp"]);
  }
  const std::string_view definition = node["taskDefinition"].text();
  answer.work().platform.definition_of.insert_or_assign(row.id, std::string(definition));
  answer.put(answer.rows().platform_workloads, std::move(row), node);
}

}  // namespace

void read_task_list(Answer& answer) {
  if (!answer.subject.empty()) {
    answer.work().platform.task_lists.insert({answer.account, answer.region, std::string(last_part(answer.subject))});
  }
  for (const Node arn : answer.root()["taskArns"].items()) {
    if (split_arn(arn.text()).service != "ecs") continue;
    name_only(answer, Kind::task, std::string(arn.text()), last_part(arn.text()),
              "aws ecs describe-tasks --tasks " + std::string(arn.text()), arn);
  }
}

void read_tasks(Answer& answer) {
  for (const Node node : answer.root()["tasks"].items()) {
    answer.work().platform.described.insert(std::string(node["taskArn"].text()));
    read_task(answer, node);
  }
}

void read_ecs_services(Answer& answer) {
  for (const Node node : answer.root()["services"].items()) read_service(answer, node);
}

void read_task_definition(Answer& answer) {
  const Node definition = answer.root()["taskDefinition"];
  const std::string arn(definition["taskDefinitionArn"].text());
  if (arn.empty()) return unnamed(answer, definition, "taskDefinitionArn");
  answer.work().platform.task_roles.insert_or_assign(arn, role_or_none(answer, definition["taskRoleArn"]));
}

void read_kubernetes_names(Answer& answer) {
  for (const Node name : answer.root()["clusters"].items()) {
    if (name.text().empty()) continue;
    name_only(answer, Kind::cluster, made_arn(answer, "eks", "cluster/" + std::string(name.text())), name.text(),
              "aws eks describe-cluster --name " + std::string(name.text()), name);
  }
}

// https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
// Without private access the API server answers at its public address only, in the VPC
// as elsewhere: then the interfaces in the VPC are not where it is reached.
void read_kubernetes_cluster(Answer& answer) {
  const Node node = answer.root()["cluster"];
  const std::string_view arn = node["arn"].text();
  if (split_arn(arn).service != "eks") return unnamed(answer, node, "arn");
  const std::string_view name = node["name"].text();
  PlatformWorkload row = begin_workload(answer, Kind::cluster, arn, name, node);
  row.state =
      state_of(answer, node["status"], name, {"ACTIVE", "UPDATING"}, {"CREATING", "DELETING", "FAILED", "PENDING"});
  const Node network = node["resourcesVpcConfig"];
  Placement place;
  place.vpc = answer.id<VpcId>(network["vpcId"]);
  read_id_list(answer, answer.list(network, "subnetIds", name, place.subnets.open), nullptr, name, place.subnets);
  read_id_list(answer, answer.list(network, "securityGroupIds", name, place.groups.open), nullptr, name, place.groups);
  if (const auto own = answer.id<SecurityGroupId>(network["clusterSecurityGroupId"])) place.groups.items.push_back(own);
  row.place = place.vpc ? Value<Placement>(std::move(place))
                        : Value<Placement>(answer.lacking(name, "vpcId", network["vpcId"]));
  row.role = role_of(answer, node["roleArn"], name);
  row.host = host_of(answer, node["endpoint"].text());
  row.port = 443;
  row.publicly_accessible = answer.flag(network, "endpointPublicAccess", name);
  // AWS always names the ranges, `0.0.0.0/0` where nobody has set any.
  for (const Node cidr : answer.list(network, "publicAccessCidrs", name, row.admits.open).items()) {
    const Value<Prefix> range = answer.prefix(cidr, name);
    if (range.known()) {
      row.admits.items.push_back(*range);
    } else {
      row.admits.open = range.gap();
    }
  }
  const Value<bool> inside = answer.flag(network, "endpointPrivateAccess", name);
  if (!inside.known()) row.interfaces.open = inside.gap();
  if (!inside.known() || *inside) claim_described(answer, row, "Amazon EKS " + std::string(name));
  answer.put(answer.rows().platform_workloads, std::move(row), node);
}

void read_web_service_names(Answer& answer) {
  for (const Node node : answer.root()["ServiceSummaryList"].items()) {
    const std::string arn(node["ServiceArn"].text());
    if (split_arn(arn).service != "apprunner") continue;
    name_only(answer, Kind::web_service, arn, node["ServiceName"].text(),
              "aws apprunner describe-service --service-arn " + arn, node);
  }
}

// https://docs.aws.amazon.com/apprunner/latest/dg/network-vpc.html
// With a connector all that the application sends goes into the VPC; without one it
// leaves from the service's own network. Requests come in by its public address, or by
// interface endpoints only.
void read_web_service(Answer& answer) {
  const Node node = answer.root()["Service"];
  const std::string_view arn = node["ServiceArn"].text();
  if (split_arn(arn).service != "apprunner") return answer.unread();
  const std::string_view name = node["ServiceName"].text();
  PlatformWorkload row = begin_workload(answer, Kind::web_service, arn, name, node);
  row.state = state_of(answer, node["Status"], name, {"RUNNING", "OPERATION_IN_PROGRESS"},
                       {"CREATE_FAILED", "DELETED", "DELETE_FAILED", "PAUSED"});
  const Node network = node["NetworkConfiguration"];
  const Node egress = network["EgressConfiguration"];
  if (egress["EgressType"].text() == "VPC") {
    const Node connector = egress["VpcConnectorArn"];
    row.place =
        connector.text().empty()
            ? answer.lacking(name, "VpcConnectorArn", connector)
            : answer.gap(GapKind::not_collected, "the VPC connector of `" + std::string(name) + "` was not collected",
                         "aws apprunner list-vpc-connectors", connector);
    answer.work().platform.through_connector.emplace_back(row.id, std::string(egress["VpcConnectorArn"].text()));
  } else if (egress["EgressType"].text() == "DEFAULT") {
    row.place = Placement();
  } else {
    row.place = answer.lacking(name, "EgressType", egress["EgressType"]);
  }
  row.role = role_or_none(answer, node["InstanceConfiguration"]["InstanceRoleArn"]);
  row.host = host_of(answer, node["ServiceUrl"].text());
  row.port = 443;
  row.publicly_accessible = answer.flag(network["IngressConfiguration"], "IsPubliclyAccessible", name);
  answer.put(answer.rows().platform_workloads, std::move(row), node);
}

void read_vpc_connectors(Answer& answer) {
  for (const Node node : answer.root()["VpcConnectors"].items()) {
    const std::string arn(node["VpcConnectorArn"].text());
    Placement place;
    read_id_list(answer, answer.list(node, "Subnets", arn, place.subnets.open), nullptr, arn, place.subnets);
    read_id_list(answer, answer.list(node, "SecurityGroups", arn, place.groups.open), nullptr, arn, place.groups);
    answer.work().platform.connectors.insert_or_assign(arn, std::move(place));
  }
}

}  // namespace sallyport::read::snapshot
