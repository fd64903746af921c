// Brokers of Amazon MSK.
#include "read/snapshot/arn.h"
#include "read/snapshot/families.h"
#include "read/snapshot/platform.h"

namespace sallyport::read::snapshot {
namespace {

// https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html
std::uint16_t broker_port(Node provisioned, bool serverless) {
  const Node login = provisioned["ClientAuthentication"];
  if (serverless || login["Sasl"]["Iam"]["Enabled"].boolean().value_or(false)) return 9098;
  if (login["Sasl"]["Scram"]["Enabled"].boolean().value_or(false)) return 9096;
  return provisioned["EncryptionInfo"]["EncryptionInTransit"]["ClientBroker"].text() == "PLAINTEXT" ? 9092 : 9094;
}

void read_cluster(Answer& answer, Node node) {
  const std::string_view arn = node["ClusterArn"].text();
  const std::string_view name = node["ClusterName"].text();
  if (split_arn(arn).service != "kafka") return unnamed(answer, node, "ClusterArn");
  PlatformWorkload row = begin_workload(answer, Kind::broker, arn, name, node);
  row.state =
      state_of(answer, node["State"], name, {"ACTIVE", "UPDATING", "MAINTENANCE", "REBOOTING_BROKER", "HEALING"},
               {"CREATING", "DELETING", "FAILED"});
  const bool serverless = node["ClusterType"].text() == "SERVERLESS";
  // The older answer has the members of `Provisioned` in place.
  const Node provisioned = node["Provisioned"].absent() ? node : node["Provisioned"];
  const Node network = serverless ? node["Serverless"]["VpcConfigs"].at(0) : provisioned["BrokerNodeGroupInfo"];
  Placement place;
  read_id_list(answer, answer.list(network, serverless ? "SubnetIds" : "ClientSubnets", name, place.subnets.open),
               nullptr, name, place.subnets);
  const char* groups = serverless ? "SecurityGroupIds" : "SecurityGroups";
  read_id_list(answer, answer.optional_list(network, groups, name, place.groups.open), nullptr, name, place.groups);
  if (place.groups.empty() && !place.groups.open) {
    place.groups.open = answer.lacking(name, groups, network[groups]);  // the VPC's default group
  }
  row.place = std::move(place);
  row.port = broker_port(provisioned, serverless);
  const Node access = network["ConnectivityInfo"]["PublicAccess"]["Type"];
  row.publicly_accessible = access.text() == "SERVICE_PROVIDED_EIPS";  // clusters of before it have none
  row.interfaces.open =
      answer.gap(GapKind::not_collected, "the brokers of `" + std::string(name) + "` are not in the input",
                 "aws kafka list-nodes --cluster-arn " + std::string(arn), node);
  answer.put(answer.rows().platform_workloads, std::move(row), node);
}

}  // namespace

void read_brokers(Answer& answer) {
  for (const Node node : answer.root()["ClusterInfoList"].items()) read_cluster(answer, node);
}

// https://docs.aws.amazon.com/msk/1.0/apireference/clusters-clusterarn-nodes.html
void read_broker_nodes(Answer& answer) {
  if (split_arn(answer.subject).service != "kafka") {
    return answer.say(Severity::warning, "no-subject", "the file's name must be the cluster's ARN");
  }
  const auto id = answer.id_in<PlatformWorkloadId>(answer.text(split_arn(answer.subject).partition), answer.subject);
  auto& nodes = answer.work().platform.broker_nodes[id];
  for (const Node node : answer.root()["NodeInfoList"].items()) {
    for (const Node endpoint : node["BrokerNodeInfo"]["Endpoints"].items())
      answer.work().platform.broker_hosts[id].push_back(host_of(answer, endpoint.text()));
    if (const auto interface = answer.id<InterfaceId>(node["BrokerNodeInfo"]["AttachedENIId"])) {
      nodes.items.push_back(interface);
    }
  }
}

}  // namespace sallyport::read::snapshot
