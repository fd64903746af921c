// Load balancers of the second generation: application, network and gateway ones, with
// their listeners and the rules behind these (SG-13, PL-1).
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/
#include "read/snapshot/balancers.h"
#include "base/wildcard.h"
#include "read/snapshot/arn.h"
#include "read/snapshot/families.h"
#include "read/snapshot/protocol.h"

namespace sallyport::read::snapshot {

BalancerKey balancer_key(const Answer& answer, std::string_view name) {
  const Arn arn = split_arn(name);
  std::string last(name.substr(name.find_last_of("/:") + 1));
  if (arn.service != "elasticloadbalancing") return {answer.account, answer.region, std::move(last)};
  return {answer.text(arn.account), answer.text(arn.region), std::move(last)};
}

Text host_name(const Answer& answer, Node node) {
  std::string name(node.text());
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (name.ends_with('.')) name.pop_back();
  return answer.text(name);
}

Protocols balancer_protocol(std::string_view word) {
  for (const char* over_tcp : {"HTTP", "HTTPS", "TCP", "TLS", "SSL"}) {
    if (equals_ignoring_case(word, over_tcp)) return {tcp, false, true};
  }
  for (const char* over_udp : {"UDP", "QUIC", "GENEVE"}) {
    if (word == over_udp) return {udp, false, true};
  }
  if (word == "TCP_UDP" || word == "TCP_QUIC") return {tcp, true, true};
  return {};
}

namespace {

Value<BalancerType> read_type(Answer& answer, Node node, std::string_view name) {
  const std::string_view type = node["Type"].text();
  if (type == "application") return BalancerType::application;
  if (type == "network") return BalancerType::network;
  if (type == "gateway") return BalancerType::gateway;
  return answer.lacking(name, "Type", node["Type"]);
}

// `active_impaired` routes traffic, but cannot grow.
Value<State> read_state(Answer& answer, Node node, std::string_view name) {
  const Node code = node["State"]["Code"];
  if (code.text() == "active" || code.text() == "active_impaired") return State::working;
  if (code.text() == "provisioning" || code.text() == "failed") return State::not_working;
  return answer.lacking(name, "State", code);
}

Value<bool> read_scheme(Answer& answer, Node node, const LoadBalancer& row, std::string_view name) {
  const std::string_view scheme = node["Scheme"].text();
  if (scheme == "internet-facing") return true;
  if (scheme == "internal") return false;
  if (row.type.known() && *row.type == BalancerType::gateway) return false;  // it has no DNS name of that kind
  return answer.lacking(name, "Scheme", node["Scheme"]);
}

void read_groups(Answer& answer, Node node, LoadBalancer& row, std::string_view name) {
  const bool must = row.type.known() && *row.type == BalancerType::application;
  const Node groups = must ? answer.list(node, "SecurityGroups", name, row.groups.open)
                           : answer.optional_list(node, "SecurityGroups", name, row.groups.open);
  for (const Node group : groups.items()) row.groups.items.push_back(answer.id<SecurityGroupId>(group));
  const Node word = node["EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"];
  if (equals_ignoring_case(word.text(), "on")) {
    row.filters_private_link = true;
  } else if (equals_ignoring_case(word.text(), "off") || row.groups.empty() || must) {
    row.filters_private_link = false;
  } else {
    row.filters_private_link = answer.lacking(name, "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", word);
  }
  if (!row.groups.complete()) row.filters_private_link = row.groups.open;
}

void read_action(Answer& answer, Node action, std::string_view name, Actions& actions) {
  const std::string_view type = action["Type"].text();
  if (type == "redirect" || type == "fixed-response" || type.starts_with("authenticate-") || type == "jwt-validation") {
    actions.answers = true;
    return;
  }
  if (type != "forward") {
    actions.gap = answer.gap(
        GapKind::not_modelled,
        "an action of `" + std::string(name) + "` is of a type that is not known: `" + std::string(type) + "`",
        "what it does with requests is not known", action);
    return;
  }
  const Node several = action["ForwardConfig"]["TargetGroups"];
  bool any = false;
  const auto add = [&](Node arn) {
    if (arn.text().empty()) return;
    actions.groups.push_back(answer.id_in<TargetGroupId>(answer.partition, arn.text()));
    any = true;
  };
  // "Each target group weight is a value from 0 to 999": what has none of the requests gets none.
  bool weighted = false;
  for (const Node group : several.items())
    weighted = weighted || (!group["Weight"].absent() && group["Weight"].scalar() != "0");
  for (const Node group : several.items()) {
    if (!weighted || group["Weight"].scalar() != "0") add(group["TargetGroupArn"]);
  }
  if (!any) add(action["TargetGroupArn"]);
  if (!any) actions.gap = answer.lacking(name, "TargetGroupArn", action["TargetGroupArn"]);
}

void read_actions(Answer& answer, Node list, std::string_view name, Actions& actions) {
  for (const Node action : list.items()) read_action(answer, action, name, actions);
}

void read_listener(Answer& answer, Node node, List<ListenerParts>& listeners) {
  const std::string_view name = node["ListenerArn"].text();
  ListenerParts parts;
  parts.key = balancer_key(answer, name);
  parts.row.place = node.origin();
  const std::string_view protocol = node["Protocol"].text();
  if (protocol.empty() && node["Port"].absent()) {
    parts.row.protocol = any_protocol;  // of a Gateway Load Balancer: all packets (GW-4)
  } else {
    const Protocols known = balancer_protocol(protocol);
    parts.row.protocol = known.protocol, parts.row.both_protocols = known.both;
    if (!known.understood) parts.row.gap = answer.lacking(name, "Protocol", node["Protocol"]);
    const auto port = node["Port"].integer();
    if (port && *port > 0 && *port <= 0xFFFF) {
      parts.row.port = static_cast<std::uint16_t>(*port);
    } else {
      parts.row.gap = answer.lacking(name, "Port", node["Port"]);
    }
  }
  GapId open;
  read_actions(answer, answer.list(node, "DefaultActions", name, open), name, parts.default_actions);
  if (open) parts.default_actions.gap = open;
  listeners.items.push_back(std::move(parts));
}

void read_attributes_of(Answer& answer, std::string_view subject, Node list) {
  BalancerAttributes& attributes = answer.work().balancers.attributes[balancer_key(answer, subject)];
  for (const Node entry : list.items()) {
    attributes.values.insert_or_assign(std::string(entry["Key"].text()), std::string(entry["Value"].text()));
  }
}

}  // namespace

void read_load_balancers(Answer& answer) {
  for (const Node node : answer.root()["LoadBalancers"].items()) {
    const std::string_view arn = node["LoadBalancerArn"].text();
    if (split_arn(arn).service != "elasticloadbalancing") {
      unnamed(answer, node, "LoadBalancerArn");
      continue;
    }
    const std::string_view name = node["LoadBalancerName"].text();
    LoadBalancer row;
    row.id = answer.id_in<LoadBalancerId>(answer.partition, arn);
    row.head = answer.head(node, {}, name);
    row.head.account = answer.text(split_arn(arn).account);
    row.head.region = answer.text(split_arn(arn).region);
    row.type = read_type(answer, node, name);
    row.state = read_state(answer, node, name);
    row.internet_facing = read_scheme(answer, node, row, name);
    row.vpc = answer.ref<VpcId>(node, "VpcId", name);
    for (const Node zone : answer.list(node, "AvailabilityZones", name, row.subnets.open).items()) {
      if (const auto subnet = answer.id<SubnetId>(zone["SubnetId"])) {
        row.subnets.items.push_back(subnet);
      } else {
        row.subnets.open = answer.lacking(name, "SubnetId", zone["SubnetId"]);
      }
    }
    read_groups(answer, node, row, name);
    row.host = host_name(answer, node["DNSName"]);
    answer.put(answer.rows().load_balancers, std::move(row), node);
  }
}

void read_listeners(Answer& answer) {
  const Node all = answer.root()["Listeners"];
  auto& listeners = answer.work().balancers.listeners;
  if (!answer.subject.empty()) listeners[balancer_key(answer, answer.subject)];  // also where there is none
  for (const Node node : all.items()) {
    const std::string_view balancer = node["LoadBalancerArn"].text();
    if (balancer.empty() && answer.subject.empty()) {
      unnamed(answer, node, "LoadBalancerArn");
      continue;
    }
    read_listener(answer, node, listeners[balancer_key(answer, balancer.empty() ? answer.subject : balancer)]);
  }
}

// `arn:...:listener-rule/app/web/1234/5678/9abc` is a rule of the listener `.../5678`.
void read_listener_rules(Answer& answer) {
  for (const Node node : answer.root()["Rules"].items()) {
    const std::string_view arn = node["RuleArn"].text();
    if (split_arn(arn).service != "elasticloadbalancing") return answer.unread();
    const BalancerKey key = balancer_key(answer, arn.substr(0, arn.rfind('/')));
    Actions& actions = answer.work().balancers.rules[key];
    GapId open;
    read_actions(answer, answer.list(node, "Actions", arn, open), arn, actions);
    if (open) actions.gap = open;
  }
}

void read_balancer_attributes(Answer& answer) {
  if (answer.subject.empty()) {
    return answer.say(Severity::warning, "no-subject", "the file's name must be the ARN that it is about");
  }
  read_attributes_of(answer, answer.subject, answer.root()["Attributes"]);
}

// The layout of public test snapshots: one file for all balancers.
void read_all_listeners(Answer& answer) {
  auto& listeners = answer.work().balancers.listeners;
  for (const Node one : answer.root()["LoadBalancerListeners"].items()) {
    auto& of = listeners[balancer_key(answer, one["LoadBalancerArn"].text())];
    for (const Node node : one["Listeners"].items()) read_listener(answer, node, of);
  }
}

void read_all_balancer_attributes(Answer& answer) {
  for (const Node one : answer.root()["LoadBalancerAttributes"].items()) {
    read_attributes_of(answer, one["LoadBalancerArn"].text(), one["Attributes"]);
  }
}

}  // namespace sallyport::read::snapshot
