// What runs our code for a while: SageMaker notebooks and Studio, CodeBuild, Glue, Batch.
#include "read/snapshot/arn.h"
#include "read/snapshot/families.h"
#include "read/snapshot/platform.h"

namespace sallyport::read::snapshot {
namespace {

// A role by ARN, or by the name alone (Glue, CodeBuild of old).
Value<RoleId> role_by_name(Answer& answer, Node role, std::string_view about) {
  const std::string_view text = role.text();
  if (text.empty() || split_arn(text).service == "iam") return role_of(answer, role, about);
  const TextPool& texts = answer.registry().texts;
  const std::string arn =
      "arn:" + texts.string(answer.partition) + ":iam::" + texts.string(answer.account) + ":role/" + std::string(text);
  return answer.id_in<RoleId>(answer.partition, arn);
}

}  // namespace

void read_notebook_names(Answer& answer) {
  for (const Node node : answer.root()["NotebookInstances"].items()) {
    const std::string arn(node["NotebookInstanceArn"].text());
    const std::string name(node["NotebookInstanceName"].text());
    if (split_arn(arn).service != "sagemaker") continue;
    name_only(answer, Kind::notebook, arn, name,
              "aws sagemaker describe-notebook-instance --notebook-instance-name " + name, node);
  }
}

// https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html
// With direct internet access, only what goes to addresses of the VPC takes the VPC.
void read_notebook(Answer& answer) {
  const Node node = answer.root();
  const std::string_view arn = node["NotebookInstanceArn"].text();
  if (split_arn(arn).service != "sagemaker") return answer.unread();
  const std::string_view name = node["NotebookInstanceName"].text();
  PlatformWorkload row = begin_workload(answer, Kind::notebook, arn, name, node);
  row.state = state_of(answer, node["NotebookInstanceStatus"], name, {"InService", "Updating"},
                       {"Pending", "Stopping", "Stopped", "Failed", "Deleting"});
  Placement place;
  if (const auto subnet = answer.id<SubnetId>(node["SubnetId"])) {
    place.subnets.items.push_back(subnet);
    read_id_list(answer, answer.list(node, "SecurityGroups", name, place.groups.open), nullptr, name, place.groups);
    const Node access = node["DirectInternetAccess"];
    row.goes_around = access.text() == "Enabled";
    if (access.text() != "Enabled" && access.text() != "Disabled") {
      row.goes_around = answer.lacking(name, "DirectInternetAccess", access);
    }
    claim_interface(answer, row, node["NetworkInterfaceId"]);
  }
  row.place = std::move(place);
  row.role = role_of(answer, node["RoleArn"], name);
  answer.put(answer.rows().platform_workloads, std::move(row), node);
}

void read_studio_names(Answer& answer) {
  for (const Node node : answer.root()["Domains"].items()) {
    const std::string arn(node["DomainArn"].text());
    const std::string id(node["DomainId"].text());
    if (split_arn(arn).service != "sagemaker") continue;
    name_only(answer, Kind::notebook, arn, id, "aws sagemaker describe-domain --domain-id " + id, node);
  }
}

// https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-and-internet-access.html
// `PublicInternetOnly`: what is not for EFS goes through a VPC of the service's;
// `VpcOnly`: all of it through ours.
void read_studio(Answer& answer) {
  const Node node = answer.root();
  const std::string_view arn = node["DomainArn"].text();
  if (split_arn(arn).service != "sagemaker") return answer.unread();
  const std::string_view name = node["DomainName"].text();
  PlatformWorkload row = begin_workload(answer, Kind::notebook, arn, name, node);
  row.state = state_of(answer, node["Status"], name, {"InService", "Updating", "Update_Failed"},
                       {"Pending", "Deleting", "Failed", "Delete_Failed"});
  const Node mode = node["AppNetworkAccessType"];
  if (mode.text() == "PublicInternetOnly") {
    row.place = Placement();
  } else if (mode.text() == "VpcOnly") {
    Placement place;
    place.vpc = answer.id<VpcId>(node["VpcId"]);
    read_id_list(answer, answer.list(node, "SubnetIds", name, place.subnets.open), nullptr, name, place.subnets);
    // Every user profile may name groups of its own instead.
    read_id_list(answer, node["DefaultUserSettings"]["SecurityGroups"], nullptr, name, place.groups);
    if (place.groups.empty()) {
      place.groups.open = answer.lacking(name, "SecurityGroups", node["DefaultUserSettings"]["SecurityGroups"]);
    }
    row.place = std::move(place);
  } else {
    row.place = answer.lacking(name, "AppNetworkAccessType", mode);
  }
  row.role = role_of(answer, node["DefaultUserSettings"]["ExecutionRole"], name);
  answer.put(answer.rows().platform_workloads, std::move(row), node);
}

// A list has names, a description has projects, under the same member.
// https://docs.aws.amazon.com/codebuild/latest/userguide/vpc-support.html
void read_build_projects(Answer& answer) {
  for (const Node node : answer.root()["projects"].items()) {
    if (const std::string listed(node.text()); !listed.empty()) {
      name_only(answer, Kind::build_project, made_arn(answer, "codebuild", "project/" + listed), listed,
                "aws codebuild batch-get-projects --names " + listed, node);
      continue;
    }
    const std::string_view arn = node["arn"].text();
    const std::string_view name = node["name"].text();
    if (split_arn(arn).service != "codebuild") {
      unnamed(answer, node, "arn");
      continue;
    }
    PlatformWorkload row = begin_workload(answer, Kind::build_project, arn, name, node);
    row.state = State::working;
    Placement place;
    const Node network = node["vpcConfig"];
    // `null` is what `collect.sh` writes for a project without one.
    if (network.size() > 0 && network["vpcId"].text().empty()) {
      row.place = answer.lacking(name, "vpcConfig", network["vpcId"]);
      row.role = role_by_name(answer, node["serviceRole"], name);
      answer.put(answer.rows().platform_workloads, std::move(row), node);
      continue;
    }
    if (network.size() > 0) {
      place.vpc = answer.id<VpcId>(network["vpcId"]);
      read_id_list(answer, answer.list(network, "subnets", name, place.subnets.open), nullptr, name, place.subnets);
      read_id_list(answer, answer.list(network, "securityGroupIds", name, place.groups.open), nullptr, name,
                   place.groups);
    }
    row.place = std::move(place);
    row.role = role_by_name(answer, node["serviceRole"], name);
    answer.put(answer.rows().platform_workloads, std::move(row), node);
  }
}

// https://docs.aws.amazon.com/glue/latest/dg/connection-VPC-disable-proxy.html
// Data goes through the VPC of the connection; which way the job's calls to S3,
// CloudWatch and Glue take, each job says for itself.
void read_data_connections(Answer& answer) {
  for (const Node node : answer.root()["ConnectionList"].items()) {
    const std::string name(node["Name"].text());
    if (name.empty()) {
      unnamed(answer, node, "Name");
      continue;
    }
    const Node network = node["PhysicalConnectionRequirements"];
    if (network["SubnetId"].text().empty()) continue;  // it leads into no VPC
    PlatformWorkload row =
        begin_workload(answer, Kind::data_connection, made_arn(answer, "glue", "connection/" + name), name, node);
    row.state = State::working;
    Placement place;
    place.subnets.items.push_back(answer.id<SubnetId>(network["SubnetId"]));
    read_id_list(answer, answer.list(network, "SecurityGroupIdList", name, place.groups.open), nullptr, name,
                 place.groups);
    row.place = std::move(place);
    row.goes_around = answer.gap(GapKind::not_modelled,
                                 "calls to services of jobs with the connection `" + name +
                                     "` go by Glue's own network unless the job has `--disable-proxy-v2`",
                                 "set --disable-proxy-v2 in every job that uses it", network);
    row.role =
        answer.gap(GapKind::not_modelled, "each job that uses the connection `" + name + "` has a role of its own",
                   "name the role with --principal", node);
    answer.put(answer.rows().platform_workloads, std::move(row), node);
  }
}

// https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResource.html
void read_compute_environments(Answer& answer) {
  for (const Node node : answer.root()["computeEnvironments"].items()) {
    const std::string_view arn = node["computeEnvironmentArn"].text();
    const std::string_view name = node["computeEnvironmentName"].text();
    if (split_arn(arn).service != "batch") {
      unnamed(answer, node, "computeEnvironmentArn");
      continue;
    }
    const Node compute = node["computeResources"];
    if (compute["subnets"].absent()) continue;  // unmanaged, or on EKS: other workloads' packets
    PlatformWorkload row = begin_workload(answer, Kind::job_queue, arn, name, node);
    row.state = node["state"].text() == "DISABLED" ? Value<State>(State::not_working)
                                                   : state_of(answer, node["state"], name, {"ENABLED"}, {});
    Placement place;
    read_id_list(answer, answer.list(compute, "subnets", name, place.subnets.open), nullptr, name, place.subnets);
    read_id_list(answer, answer.optional_list(compute, "securityGroupIds", name, place.groups.open), nullptr, name,
                 place.groups);
    if (place.groups.empty() && !place.groups.open) {
      place.groups.open =
          answer.lacking(name, "securityGroupIds", compute["securityGroupIds"]);  // of a launch template
    }
    row.place = std::move(place);
    row.public_address = answer.gap(
        GapKind::not_modelled,
        "whether jobs of `" + std::string(name) + "` have public addresses is said by job definitions and subnets",
        "ask about the instances or interfaces that run them", compute);
    row.role =
        answer.gap(GapKind::not_modelled, "each job definition of `" + std::string(name) + "` has a role of its own",
                   "name the role with --principal", node);
    answer.put(answer.rows().platform_workloads, std::move(row), node);
  }
}

}  // namespace sallyport::read::snapshot
