// Classic Load Balancers: one answer tells listeners and instances. Each port of the
// instances that a listener names becomes a target group of the model.
#include "read/snapshot/balancers.h"
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancing.html
std::string arn_of(const Answer& answer, std::string_view name) {
  const TextPool& texts = answer.registry().texts;
  return "arn:" + texts.string(answer.partition) + ":elasticloadbalancing:" + texts.string(answer.region) + ":" +
         texts.string(answer.account) + ":loadbalancer/" + std::string(name);
}

std::uint16_t port_of(Answer& answer, Node listener, const char* member, std::string_view name, GapId& gap) {
  const auto port = listener[member].integer();
  if (port && *port > 0 && *port <= 0xFFFF) return static_cast<std::uint16_t>(*port);
  gap = answer.lacking(name, member, listener[member]);
  return 0;
}

// The group of targets at one port of the instances, made where it is not there yet.
TargetGroupId group_at(Answer& answer, Node node, const LoadBalancer& balancer, std::uint16_t port) {
  const std::string_view name = node["LoadBalancerName"].text();
  TargetGroup group;
  group.id = answer.id_in<TargetGroupId>(answer.partition, arn_of(answer, name) + ":" + std::to_string(port));
  group.head = balancer.head;
  group.vpc = balancer.vpc;
  group.type = TargetType::instance;
  group.port = port;
  group.keeps_client_address = false;
  const GapId health =
      answer.gap(GapKind::not_collected, "the health of the instances of `" + std::string(name) + "` was not collected",
                 "aws elb describe-instance-health --load-balancer-name " + std::string(name), node["Instances"]);
  for (const Node instance : answer.list(node, "Instances", name, group.targets.open).items()) {
    BalancerTarget target;
    target.what = answer.id<InstanceId>(instance["InstanceId"]);
    target.healthy = health;
    target.place = instance.origin();
    if (instance["InstanceId"].text().empty()) {
      group.targets.open = answer.lacking(name, "InstanceId", instance["InstanceId"]);
    } else {
      group.targets.items.push_back(target);
    }
  }
  const TargetGroupId id = group.id;
  answer.put(answer.rows().target_groups, std::move(group), node);
  return id;
}

}  // namespace

void read_classic_balancers(Answer& answer) {
  for (const Node node : answer.root()["LoadBalancerDescriptions"].items()) {
    const std::string_view name = node["LoadBalancerName"].text();
    if (name.empty()) {
      unnamed(answer, node, "LoadBalancerName");
      continue;
    }
    LoadBalancer row;
    row.id = answer.id_in<LoadBalancerId>(answer.partition, arn_of(answer, name));
    row.head = answer.head(node, {}, name);
    row.type = BalancerType::classic;
    row.state = State::working;  // the answer knows no states
    const std::string_view scheme = node["Scheme"].text();
    row.internet_facing = scheme == "internet-facing";
    if (scheme != "internet-facing" && scheme != "internal") {
      row.internet_facing = answer.lacking(name, "Scheme", node["Scheme"]);
    }
    row.vpc = answer.ref<VpcId>(node, "VPCId", name);
    for (const Node subnet : answer.list(node, "Subnets", name, row.subnets.open).items()) {
      row.subnets.items.push_back(answer.id<SubnetId>(subnet));
    }
    for (const Node group : answer.list(node, "SecurityGroups", name, row.groups.open).items()) {
      row.groups.items.push_back(answer.id<SecurityGroupId>(group));
    }
    row.filters_private_link = false;
    row.host = host_name(answer, node["DNSName"]);
    for (const Node entry : answer.list(node, "ListenerDescriptions", name, row.listeners.open).items()) {
      const Node spoken = entry["Listener"];
      Listener listener;
      listener.place = entry.origin();
      const Protocols known = balancer_protocol(spoken["Protocol"].text());
      listener.protocol = known.protocol;
      if (!known.understood) listener.gap = answer.lacking(name, "Protocol", spoken["Protocol"]);
      listener.port = port_of(answer, spoken, "LoadBalancerPort", name, listener.gap);
      const std::uint16_t inside = port_of(answer, spoken, "InstancePort", name, listener.gap);
      if (inside != 0) {
        listener.groups.items.push_back(group_at(answer, node, row, inside));
      } else {
        listener.groups.open = listener.gap;
      }
      row.listeners.items.push_back(std::move(listener));
    }
    answer.put(answer.rows().load_balancers, std::move(row), node);
  }
}

// `InService`, `OutOfService`, `Unknown`.
void read_classic_health(Answer& answer) {
  if (answer.subject.empty()) {
    return answer.say(Severity::warning, "no-subject", "the file's name must be the load balancer's name");
  }
  auto& states = answer.work().balancers.classic_health[balancer_key(answer, answer.subject)];
  for (const Node node : answer.root()["InstanceStates"].items()) {
    const std::string_view state = node["State"].text();
    if (state != "InService" && state != "OutOfService") continue;
    states[std::string(node["InstanceId"].text())] = state == "InService";
  }
}

void read_classic_attributes(Answer& answer) {
  if (answer.root()["LoadBalancerAttributes"].is(json::Kind::array)) return read_all_balancer_attributes(answer);
  const Node enabled = answer.root()["LoadBalancerAttributes"]["CrossZoneLoadBalancing"]["Enabled"];
  if (answer.subject.empty() || enabled.scalar().empty()) return;
  answer.work().balancers.attributes[balancer_key(answer, answer.subject)].values["load_balancing.cross_zone.enabled"] =
      std::string(enabled.scalar());
}

}  // namespace sallyport::read::snapshot
