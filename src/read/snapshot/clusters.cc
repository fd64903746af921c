// EMR clusters, and the endpoints of EC2 Instance Connect.
#include "read/snapshot/arn.h"
#include "read/snapshot/families.h"
#include "read/snapshot/platform.h"

namespace sallyport::read::snapshot {
namespace {

void add_groups(Answer& answer, Node attributes, const char* managed, const char* additional, std::string_view name,
                List<SecurityGroupId>& groups) {
  if (const auto group = answer.id<SecurityGroupId>(attributes[managed])) {
    groups.items.push_back(group);
  } else {
    groups.open = answer.lacking(name, managed, attributes[managed]);
  }
  read_id_list(answer, answer.optional_list(attributes, additional, name, groups.open), nullptr, name, groups);
}

bool has_ended(std::string_view state) {
  return state == "TERMINATING" || state == "TERMINATED" || state == "TERMINATED_WITH_ERRORS";
}

}  // namespace

void read_data_cluster_names(Answer& answer) {
  for (const Node node : answer.root()["Clusters"].items()) {
    const std::string arn(node["ClusterArn"].text());
    const std::string id(node["Id"].text());
    if (split_arn(arn).service != "elasticmapreduce" || has_ended(node["Status"]["State"].text())) continue;
    name_only(answer, Kind::data_cluster, arn, id, "aws emr describe-cluster --cluster-id " + id, node);
  }
}

// Its nodes are instances; the primary one and the others may have different groups, and then it is not said for all
// what they reach.
// https://docs.aws.amazon.com/emr/latest/APIReference/API_Ec2InstanceAttributes.html
void read_data_cluster(Answer& answer) {
  const Node node = answer.root()["Cluster"];
  const std::string_view arn = node["ClusterArn"].text();
  if (split_arn(arn).service != "elasticmapreduce") return answer.unread();
  const std::string name(node["Name"].text());
  if (has_ended(node["Status"]["State"].text())) return;
  PlatformWorkload row = begin_workload(answer, Kind::data_cluster, arn, name, node);
  row.state = state_of(answer, node["Status"]["State"], name, {"STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING"}, {});
  const Node attributes = node["Ec2InstanceAttributes"];
  Placement place;
  if (const auto subnet = answer.id<SubnetId>(attributes["Ec2SubnetId"])) {
    place.subnets.items.push_back(subnet);
  } else {
    place.subnets.open = answer.lacking(name, "Ec2SubnetId", attributes["Ec2SubnetId"]);
  }
  List<SecurityGroupId> others;
  add_groups(answer, attributes, "EmrManagedMasterSecurityGroup", "AdditionalMasterSecurityGroups", name, place.groups);
  add_groups(answer, attributes, "EmrManagedSlaveSecurityGroup", "AdditionalSlaveSecurityGroups", name, others);
  if (place.groups != others) {
    place.groups.open =
        answer.gap(GapKind::not_modelled, "the primary node of `" + name + "` has other security groups than the rest",
                   "ask about the instances that are its nodes", attributes);
  }
  row.place = std::move(place);
  row.public_address = answer.gap(GapKind::not_modelled, "whether nodes of `" + name + "` have public addresses",
                                  "ask about the instances that are its nodes", attributes);
  row.role = answer.gap(GapKind::not_modelled, "the role of the instance profile of `" + name + "` is not followed",
                        "name the role with --principal", attributes);
  answer.put(answer.rows().platform_workloads, std::move(row), node);
}

// Whoever connects comes out of its interface; with `PreserveClientIp` under the client's own address.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Ec2InstanceConnectEndpoint.html
void read_connect_endpoints(Answer& answer) {
  for (const Node node : answer.root()["InstanceConnectEndpoints"].items()) {
    const std::string_view id = node["InstanceConnectEndpointId"].text();
    const std::string_view arn = node["InstanceConnectEndpointArn"].text();
    if (id.empty() || arn.empty()) {
      unnamed(answer, node, "InstanceConnectEndpointArn");
      continue;
    }
    PlatformWorkload row = begin_workload(answer, Kind::connect_endpoint, arn, id, node);
    row.state =
        state_of(answer, node["State"], id, {"create-complete", "update-complete", "update-in-progress"},
                 {"create-in-progress", "create-failed", "delete-in-progress", "delete-complete", "delete-failed"});
    const Value<bool> preserves = answer.flag(node, "PreserveClientIp", id);
    if (!preserves.known()) {
      row.place = preserves.gap();
    } else if (*preserves) {
      row.place =
          answer.gap(GapKind::outside, "`" + std::string(id) + "` keeps the addresses of those who connect through it",
                     "ask from an address", node);
    } else {
      Placement place;
      if (const auto vpc = answer.id<VpcId>(node["VpcId"])) place.vpc = vpc;
      place.subnets.items.push_back(answer.id<SubnetId>(node["SubnetId"]));
      read_id_list(answer, answer.list(node, "SecurityGroupIds", id, place.groups.open), nullptr, id, place.groups);
      row.place = std::move(place);
    }
    for (const Node interface : node["NetworkInterfaceIds"].items()) claim_interface(answer, row, interface);
    row.role = RoleId();
    answer.put(answer.rows().platform_workloads, std::move(row), node);
  }
}

}  // namespace sallyport::read::snapshot
