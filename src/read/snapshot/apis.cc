// API Gateway: APIs with their front doors and policies, the VPC links by which they call
// into VPCs; and the connections of EventBridge, which Step Functions uses, too.
#include "read/policy/policy.h"
#include "read/snapshot/arn.h"
#include "read/snapshot/families.h"
#include "read/snapshot/platform.h"

namespace sallyport::read::snapshot {
namespace {

// The CLI prints the policy of a REST API with one layer of quoting more than others.
std::string unquoted(std::string_view policy) {
  if (!policy.starts_with("{\\\"")) return std::string(policy);
  std::string plain;
  for (std::size_t i = 0; i < policy.size(); ++i) {
    if (policy[i] == '\\' && i + 1 < policy.size()) ++i;
    plain += policy[i];
  }
  return plain;
}

// Whether a method asks for a signature at all, its own answer says.
GapId methods_not_read(Answer& answer, std::string_view name, Node node) {
  return answer.gap(GapKind::not_modelled,
                    "which methods of the API `" + std::string(name) + "` ask for a signature is not read",
                    "take what it lets in for open, unless its policy denies it", node);
}

Resource begin_api(Answer& answer, std::string_view id, std::string_view name, Node node) {
  Resource row;
  const std::string arn = made_arn(answer, "execute-api", id);
  row.id = answer.id_in<ResourceId>(answer.partition, arn);
  row.head = answer.head(node, {}, name);
  row.head.gap = methods_not_read(answer, name, node);
  row.what = Kind::api;
  row.aliases.items.push_back(answer.text(id));
  return row;
}

}  // namespace

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html
void read_rest_apis(Answer& answer) {
  for (const Node node : answer.root()["items"].items()) {
    const std::string_view id = node["id"].text();
    const std::string_view name = node["name"].text();
    if (id.empty()) {
      unnamed(answer, node, "id");
      continue;
    }
    Resource row = begin_api(answer, id, name, node);
    const Node types = node["endpointConfiguration"]["types"];
    bool understood = types.size() > 0;
    bool is_private = false;
    for (const Node type : types.items()) {
      is_private = is_private || type.text() == "PRIVATE";
      understood = understood && (type.text() == "PRIVATE" || type.text() == "REGIONAL" || type.text() == "EDGE");
    }
    row.endpoints_only = is_private;
    if (!understood) row.endpoints_only = answer.lacking(name, "endpointConfiguration", types);
    if (const Node policy = node["policy"]; !policy.text().empty()) {
      const std::string owner = answer.registry().texts.string(answer.registry().ids.id(row.id)) + "/policy";
      Policy own;
      own.id = answer.id_in<PolicyId>(answer.partition, owner);
      own.head = row.head;
      own.head.gap = {};
      own.document = read_policy_text(unquoted(policy.text()), policy.origin(), owner, answer.registry(),
                                      answer.work().change.diagnostics);
      row.policy = own.id;
      answer.put(answer.rows().policies, std::move(own), policy);
    }
    answer.put(answer.rows().resources, std::move(row), node);
  }
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html
// HTTP and WebSocket APIs are public, without a policy of their own.
void read_http_apis(Answer& answer) {
  answer.work().http_apis.insert({answer.account, answer.region});
  for (const Node node : answer.root()["Items"].items()) {
    const std::string_view id = node["ApiId"].text();
    if (id.empty()) {
      unnamed(answer, node, "ApiId");
      continue;
    }
    answer.put(answer.rows().resources, begin_api(answer, id, node["Name"].text(), node), node);
  }
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
// A link of REST APIs leads to the listeners of its Network Load Balancers alone.
void read_rest_vpc_links(Answer& answer) {
  for (const Node node : answer.root()["items"].items()) {
    const std::string id(node["id"].text());
    if (id.empty()) {
      unnamed(answer, node, "id");
      continue;
    }
    PlatformWorkload row =
        begin_workload(answer, Kind::api, made_arn(answer, "apigateway", "/vpclinks/" + id), node["name"].text(), node);
    row.state = state_of(answer, node["status"], id, {"AVAILABLE"}, {"PENDING", "DELETING", "FAILED"});
    row.place = answer.gap(GapKind::not_modelled,
                           "the VPC link `" + id + "` reaches the listeners of its load balancers by PrivateLink",
                           "ask from the load balancer's interfaces", node);
    row.role = RoleId();
    answer.put(answer.rows().platform_workloads, std::move(row), node);
  }
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
// A link of HTTP APIs has interfaces in its subnets, with its groups.
void read_http_vpc_links(Answer& answer) {
  for (const Node node : answer.root()["Items"].items()) {
    const std::string id(node["VpcLinkId"].text());
    if (id.empty()) {
      unnamed(answer, node, "VpcLinkId");
      continue;
    }
    PlatformWorkload row =
        begin_workload(answer, Kind::api, made_arn(answer, "apigateway", "/vpclinks/" + id), node["Name"].text(), node);
    row.state =
        state_of(answer, node["VpcLinkStatus"], id, {"AVAILABLE"}, {"PENDING", "DELETING", "FAILED", "INACTIVE"});
    Placement place;
    read_id_list(answer, answer.list(node, "SubnetIds", id, place.subnets.open), nullptr, id, place.subnets);
    read_id_list(answer, answer.list(node, "SecurityGroupIds", id, place.groups.open), nullptr, id, place.groups);
    row.place = std::move(place);
    row.role = RoleId();
    answer.put(answer.rows().platform_workloads, std::move(row), node);
  }
}

void read_event_connection_names(Answer& answer) {
  for (const Node node : answer.root()["Connections"].items()) {
    const std::string arn(node["ConnectionArn"].text());
    if (split_arn(arn).service != "events") continue;
    name_only(answer, Kind::data_connection, arn, node["Name"].text(),
              "aws events describe-connection --name " + std::string(node["Name"].text()), node);
  }
}

// https://docs.aws.amazon.com/eventbridge/latest/userguide/connection-private.html
// Without connectivity parameters it calls public addresses; with them a resource of VPC
// Lattice, whose gateway stands in somebody's VPC.
void read_event_connection(Answer& answer) {
  const Node node = answer.root();
  const std::string_view arn = node["ConnectionArn"].text();
  if (split_arn(arn).service != "events") return answer.unread();
  const std::string name(node["Name"].text());
  PlatformWorkload row = begin_workload(answer, Kind::data_connection, arn, name, node);
  row.state = state_of(
      answer, node["ConnectionState"], name, {"AUTHORIZED", "ACTIVE"},
      {"CREATING", "UPDATING", "DELETING", "AUTHORIZING", "DEAUTHORIZED", "DEAUTHORIZING", "FAILED_CONNECTIVITY"});
  row.place = Placement();
  if (const Node inside = node["InvocationConnectivityParameters"]["ResourceParameters"]; !inside.absent()) {
    Placement place;
    place.through = answer.id_in<ResourceConfigurationId>(answer.partition, inside["ResourceConfigurationArn"].text());
    row.place =
        place.through
            ? Value<Placement>(place)
            : Value<Placement>(answer.lacking(name, "ResourceConfigurationArn", inside["ResourceConfigurationArn"]));
  }
  row.role = RoleId();
  answer.put(answer.rows().platform_workloads, std::move(row), node);
}

// REST APIs alone are not all that there are.
void finish_apis(Work& work) {
  for (auto& [key, gap] : work.coverage) {
    const auto& [kind, account, region] = key;
    if (kind != Kind::api || gap || work.http_apis.contains({account, region})) continue;
    gap = work.registry->gaps.add({GapKind::not_collected,
                                   "HTTP APIs of API Gateway were not collected",
                                   "aws apigatewayv2 get-apis --region " + work.registry->texts.string(region),
                                   {}});
  }
}

}  // namespace sallyport::read::snapshot
