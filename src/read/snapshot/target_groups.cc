// Target groups, and which of their targets get requests.
#include "read/snapshot/arn.h"
#include "read/snapshot/balancers.h"
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

Value<TargetType> read_type(Answer& answer, Node node, std::string_view name) {
  const Node type = node["TargetType"];
  if (type.text() == "instance") return TargetType::instance;
  if (type.text() == "ip") return TargetType::ip;
  if (type.text() == "lambda") return TargetType::function;
  if (type.text() == "alb") return TargetType::balancer;
  return answer.lacking(name, "TargetType", type);
}

// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html
// `unavailable`: no health checks are made, and requests are sent.
Value<bool> read_health(Answer& answer, Node health, std::string_view target) {
  const std::string_view state = health["State"].text();
  if (state == "healthy" || state == "unavailable") return true;
  for (const char* bad : {"unhealthy", "unused", "draining", "unhealthy.draining"}) {
    if (state == bad) return false;
  }
  if (state == "initial") {
    return answer.gap(GapKind::undocumented, "the target `" + std::string(target) + "` is being registered",
                      "collect again when it has settled", health);
  }
  return answer.lacking(target, "State", health["State"]);
}

void read_target(Answer& answer, Node node, List<BalancerTarget>& targets) {
  const Node what = node["Target"];
  const std::string_view id = what["Id"].text();
  BalancerTarget row;
  const Arn arn = split_arn(id);
  if (arn.service == "lambda") {
    std::string_view function = id;
    if (const std::size_t at = id.find(":function:"); at != std::string_view::npos) {
      function = id.substr(0, id.find(':', at + 10));
    }
    row.what = answer.id_in<FunctionId>(answer.partition, function);
  } else if (arn.service == "elasticloadbalancing") {
    row.what = answer.id_in<LoadBalancerId>(answer.partition, id);
  } else if (id.starts_with("i-")) {
    row.what = answer.id<InstanceId>(id);
  } else if (const auto address = parse_address(id)) {
    row.what = *address;
  } else {
    targets.open = answer.lacking(id.empty() ? "a target" : id, "Id", what["Id"]);
    return;
  }
  if (const auto port = what["Port"].integer(); port && *port > 0 && *port <= 0xFFFF) {
    row.port = static_cast<std::uint16_t>(*port);
  }
  row.zone = answer.text(what["AvailabilityZone"]);
  row.healthy = read_health(answer, node["TargetHealth"], id);
  row.place = node.origin();
  targets.items.push_back(row);
}

}  // namespace

void read_target_groups(Answer& answer) {
  for (const Node node : answer.root()["TargetGroups"].items()) {
    const std::string_view arn = node["TargetGroupArn"].text();
    if (split_arn(arn).service != "elasticloadbalancing") {
      unnamed(answer, node, "TargetGroupArn");
      continue;
    }
    const std::string_view name = node["TargetGroupName"].text();
    TargetGroup row;
    row.id = answer.id_in<TargetGroupId>(answer.partition, arn);
    row.head = answer.head(node, {}, name);
    row.head.account = answer.text(split_arn(arn).account);
    row.head.region = answer.text(split_arn(arn).region);
    row.type = read_type(answer, node, name);
    if (row.type.known() && *row.type == TargetType::function) {
      row.vpc = VpcId();  // a call of the service, no packet of a VPC
      row.keeps_client_address = false;
    } else {
      row.vpc = answer.ref<VpcId>(node, "VpcId", name);
      const std::string_view protocol = node["Protocol"].text();
      const Protocols known = balancer_protocol(protocol);
      row.protocol = known.both ? any_protocol : known.protocol;
      if (!known.understood) row.head.gap = answer.lacking(name, "Protocol", node["Protocol"]);
      const auto port = node["Port"].integer();
      if (port && *port > 0 && *port <= 0xFFFF) {
        row.port = static_cast<std::uint16_t>(*port);
      } else {
        row.head.gap = answer.lacking(name, "Port", node["Port"]);
      }
      // Only network balancers may keep the client's address: their groups' attributes say.
      if (protocol == "HTTP" || protocol == "HTTPS" || protocol == "GENEVE") {
        row.keeps_client_address = false;
      } else {
        row.keeps_client_address = answer.gap(
            GapKind::not_collected, "the attributes of the target group `" + std::string(name) + "` were not collected",
            "aws elbv2 describe-target-group-attributes --target-group-arn " + std::string(arn), node);
      }
    }
    answer.put(answer.rows().target_groups, std::move(row), node);
  }
}

void read_target_health(Answer& answer) {
  if (answer.subject.empty()) {
    return answer.say(Severity::warning, "no-subject", "the file's name must be the target group's ARN");
  }
  auto& targets = answer.work().balancers.health[balancer_key(answer, answer.subject)];
  for (const Node node : answer.root()["TargetHealthDescriptions"].items()) read_target(answer, node, targets);
}

void read_all_target_health(Answer& answer) {
  for (const Node one : answer.root()["LoadBalancerTargetHealth"].items()) {
    auto& targets = answer.work().balancers.health[balancer_key(answer, one["TargetGroupArn"].text())];
    for (const Node node : one["TargetHealthDescriptions"].items()) read_target(answer, node, targets);
  }
}

}  // namespace sallyport::read::snapshot
