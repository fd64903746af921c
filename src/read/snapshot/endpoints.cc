// VPC endpoints and endpoint services (GE, IF, DN-4, EP-4).
#include <algorithm>

#include "base/wildcard.h"
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

Value<EndpointType> read_type(Answer& answer, Node node, std::string_view name) {
  const std::string_view type = node["VpcEndpointType"].text();
  if (equals_ignoring_case(type, "gateway")) return EndpointType::gateway;
  if (equals_ignoring_case(type, "interface")) return EndpointType::interface;
  if (equals_ignoring_case(type, "gatewayloadbalancer")) return EndpointType::gateway_load_balancer;
  if (equals_ignoring_case(type, "resource")) return EndpointType::resource;
  if (equals_ignoring_case(type, "servicenetwork")) return EndpointType::service_network;
  // Answers from before 2017 know gateway endpoints only, and do not say so.
  if (type.empty() && node["RouteTableIds"].size() > 0) return EndpointType::gateway;
  return answer.lacking(name, "VpcEndpointType", node["VpcEndpointType"]);
}

Value<State> read_state(Answer& answer, Node node, std::string_view name) {
  const std::string_view state = node["State"].text();
  if (equals_ignoring_case(state, "available")) return State::working;
  for (const char* dead : {"pendingacceptance", "pending", "deleting", "deleted", "rejected", "failed", "expired"}) {
    if (equals_ignoring_case(state, dead)) return State::not_working;
  }
  // One of several resources works.
  if (equals_ignoring_case(state, "partial")) {
    return answer.gap(GapKind::undocumented, "`" + std::string(name) + "` is `" + std::string(state) + "`",
                      "collect again when it has settled", node);
  }
  return answer.lacking(name, "State", node["State"]);
}

Value<EndpointIpType> read_ip_type(Answer& answer, Node node, std::string_view name) {
  const Node type = node["IpAddressType"];
  if (type.absent() || type.text() == "ipv4") return EndpointIpType::ipv4;  // older answers know no other
  if (type.text() == "ipv6") return EndpointIpType::ipv6;
  if (type.text() == "dualstack") return EndpointIpType::dualstack;
  return answer.lacking(name, "IpAddressType", type);
}

// EP-1: none is full access. The answer always shows one where there can be one.
Value<PolicyId> read_policy(Answer& answer, Node node, const Endpoint& endpoint, std::string_view name) {
  const Node policy = node["PolicyDocument"];
  if (!policy.absent() && !(policy.is(json::Kind::string) && policy.text().empty())) {
    const std::string owner = "arn:" + answer.registry().texts.string(answer.partition) +
                              ":ec2:" + answer.registry().texts.string(answer.region) + ":" +
                              answer.registry().texts.string(endpoint.head.account) + ":vpc-endpoint/" +
                              std::string(name);
    return put_policy(answer, owner + "/policy", name, policy);
  }
  const bool may_have =
      !endpoint.type.known() || *endpoint.type == EndpointType::gateway || *endpoint.type == EndpointType::interface;
  if (!may_have) return PolicyId();
  return answer.gap(GapKind::not_collected,
                    "the policy of the endpoint `" + std::string(name) + "` is not in the answer",
                    "aws ec2 describe-vpc-endpoints --vpc-endpoint-ids " + std::string(name), node);
}

// A name of the endpoint itself says whose zone it is in; anything else after
// `vpce-...` is no name that resolves.
bool well_formed(std::string_view name, std::string_view endpoint) {
  return !name.starts_with(endpoint) || name.find(".vpce.") != std::string_view::npos ||
         name.find(".vpc-lattice-") != std::string_view::npos;
}

void read_names(Answer& answer, Node node, std::string_view name, Endpoint& endpoint) {
  for (const Node entry : answer.optional_list(node, "DnsEntries", name, endpoint.dns_names.open).items()) {
    const std::string_view dns = entry["DnsName"].text();
    if (!dns.empty() && well_formed(dns, name)) {
      endpoint.dns_names.items.push_back(answer.text(dns));
      continue;
    }
    const std::string what = "`" + std::string(dns) + "` of `" + std::string(name) + "` is no endpoint's DNS name";
    answer.say(Severity::warning, "bad-value", what, entry);
    endpoint.dns_names.open = answer.gap(GapKind::not_readable, what, "collect it again", entry);
  }
}

template <class T>
void read_ids(Answer& answer, Node node, const char* member, std::string_view name, List<T>& ids) {
  for (const Node id : answer.list(node, member, name, ids.open).items()) {
    if (const T object = answer.id<T>(id)) {
      ids.items.push_back(object);
    } else {
      ids.open = answer.lacking(name, member, id);
    }
  }
}

Value<bool> united(const Value<bool>& a, const Value<bool>& b) {
  if (a.known() && *a) return a;
  return b;
}

// A service that stands in the answer twice, once for each type of endpoint.
void unite(EndpointService& into, const EndpointService& other) {
  for (const Text name : other.private_dns_names) {
    auto& names = into.private_dns_names.items;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  if (other.private_dns_names.open) into.private_dns_names.open = other.private_dns_names.open;
  into.interface_type = united(into.interface_type, other.interface_type);
  into.gateway_type = united(into.gateway_type, other.gateway_type);
  into.policy_supported = united(into.policy_supported, other.policy_supported);
}

EndpointService read_service(Answer& answer, Node node, std::string_view name) {
  EndpointService service;
  service.id = answer.id<EndpointServiceId>(name);
  service.head = answer.head(node, node["Tags"], name);
  service.interface_type = false;
  service.gateway_type = false;
  GapId open;
  for (const Node type : answer.list(node, "ServiceType", name, open).items()) {
    const std::string_view word = type["ServiceType"].text();
    if (word == "Interface") service.interface_type = true;
    if (word == "Gateway") service.gateway_type = true;
  }
  if (open) service.interface_type = open, service.gateway_type = open;
  const Node names = answer.optional_list(node, "PrivateDnsNames", name, service.private_dns_names.open);
  for (const Node entry : names.items()) {
    service.private_dns_names.items.push_back(answer.text(entry["PrivateDnsName"]));
  }
  const Text single = answer.text(node["PrivateDnsName"]);
  auto& items = service.private_dns_names.items;
  if (!single.empty() && std::find(items.begin(), items.end(), single) == items.end()) items.push_back(single);
  // PL-8: only once the domain is verified; older answers do not say.
  const std::string_view verified = node["PrivateDnsNameVerificationState"].text();
  if (!verified.empty() && verified != "verified") items.clear();
  service.policy_supported = answer.flag(node, "VpcEndpointPolicySupported", name);
  service.acceptance_required = answer.flag(node, "AcceptanceRequired", name);
  const std::string_view owner = node["Owner"].text();
  if (!owner.empty() && answer.account_id(node["Owner"]) == answer.account)
    answer.work().offers.own.emplace(service.id, node.origin());
  service.aws_owned = owner == "amazon" || owner == "aws" ||
                      (owner.empty() && name.starts_with("com.amazonaws.") && !name.starts_with("com.amazonaws.vpce."));
  for (const Node zone : answer.optional_list(node, "AvailabilityZones", name, service.zones.open).items()) {
    service.zones.items.push_back(answer.text(zone));
  }
  return service;
}

}  // namespace

void read_endpoints(Answer& answer) {
  for (const Node node : answer.root()["VpcEndpoints"].items()) {
    const std::string_view name = node["VpcEndpointId"].text();
    Endpoint endpoint;
    endpoint.id = answer.id<EndpointId>(name);
    if (!endpoint.id) {
      unnamed(answer, node, "VpcEndpointId");
      continue;
    }
    endpoint.head = answer.head(node, node["Tags"]);
    endpoint.type = read_type(answer, node, name);
    endpoint.state = read_state(answer, node, name);
    endpoint.vpc = answer.ref<VpcId>(node, "VpcId", name);
    endpoint.service = answer.text(node["ServiceName"]);
    endpoint.service_region = node["ServiceRegion"].text().empty() ? answer.region : answer.text(node["ServiceRegion"]);
    endpoint.ip_type = read_ip_type(answer, node, name);
    endpoint.policy = read_policy(answer, node, endpoint, name);
    read_ids(answer, node, "RouteTableIds", name, endpoint.route_tables);
    read_ids(answer, node, "SubnetIds", name, endpoint.subnets);
    read_ids(answer, node, "NetworkInterfaceIds", name, endpoint.interfaces);
    for (const Node group : answer.list(node, "Groups", name, endpoint.groups.open).items()) {
      endpoint.groups.items.push_back(answer.id<SecurityGroupId>(group["GroupId"]));
    }
    endpoint.private_dns = answer.flag(node, "PrivateDnsEnabled", name);
    // The option came with private DNS for S3; answers without it know no such thing.
    endpoint.private_dns_only_inbound =
        answer.flag_or(node["DnsOptions"], "PrivateDnsOnlyForInboundResolverEndpoint", name, false);
    endpoint.resource =
        answer.id_in<ResourceConfigurationId>(answer.partition, node["ResourceConfigurationArn"].text());
    endpoint.network = answer.id_in<ServiceNetworkId>(answer.partition, node["ServiceNetworkArn"].text());
    read_names(answer, node, name, endpoint);
    if (endpoint.service.empty() && endpoint.type.known() &&
        (*endpoint.type == EndpointType::gateway || *endpoint.type == EndpointType::interface)) {
      endpoint.head.gap = answer.lacking(name, "ServiceName", node["ServiceName"]);
    }
    answer.put(answer.rows().endpoints, std::move(endpoint), node);
  }
}

void read_endpoint_services(Answer& answer) {
  const Node details = answer.root()["ServiceDetails"];
  // Without details there are names only, which say nothing: not collected.
  if (!details.is(json::Kind::array)) return;
  auto& rows = answer.rows().endpoint_services;
  for (const Node node : details.items()) {
    const std::string_view name = node["ServiceName"].text();
    if (name.empty()) {
      unnamed(answer, node, "ServiceName");
      continue;
    }
    EndpointService service = read_service(answer, node, name);
    if (EndpointService* standing = answer.standing(rows, service.id)) {
      unite(*standing, service);
    } else {
      answer.put(rows, std::move(service), node);
    }
  }
}

// An endpoint and its interfaces must agree. Where they do not, what is in doubt is
// unknown, and only that.
void finish_endpoints(Work& work) {
  boost::unordered_flat_map<std::uint32_t, Interface*> interfaces;
  for (Interface& i : work.change.put.interfaces) interfaces.try_emplace(i.id.number(), &i);
  const auto contradiction = [&](const Endpoint& endpoint, const Interface& interface, const std::string& what) {
    const std::string whole = "the interface `" + std::string(work.registry->id(interface.id)) + "` of the endpoint `" +
                              std::string(work.registry->id(endpoint.id)) + "` " + what;
    say(work, Severity::warning, "contradiction", whole, interface.head.origin);
    return work.registry->gaps.add(
        {GapKind::contradictory, whole, "collect endpoints and interfaces again", interface.head.origin});
  };
  // An interface that nothing is attached to may be that of an endpoint whose answer is missing.
  for (Interface& i : work.change.put.interfaces) {
    if (i.kind != InterfaceKind::plain || i.instance || !i.state.known() || *i.state == State::working) continue;
    const auto listed = work.coverage.find({Kind::endpoint, i.head.account, i.head.region});
    if (listed != work.coverage.end() && !listed->second) continue;
    i.state = work.registry->gaps.add(
        {GapKind::not_collected,
         "whether the interface `" + std::string(work.registry->id(i.id)) + "` is an endpoint's was not collected",
         "aws ec2 describe-vpc-endpoints", i.head.origin});
  }
  for (Endpoint& endpoint : work.change.put.endpoints) {
    if (!endpoint.type.known() || *endpoint.type == EndpointType::gateway) continue;
    for (const InterfaceId id : endpoint.interfaces) {
      const auto found = interfaces.find(id.number());
      if (found == interfaces.end()) continue;
      Interface& interface = *found->second;
      const bool behind_balancer = *endpoint.type == EndpointType::gateway_load_balancer;
      const auto kind = behind_balancer ? InterfaceKind::gateway_load_balancer_endpoint : InterfaceKind::endpoint;
      if (interface.kind != kind) {
        contradiction(endpoint, interface, "is of another type");
        interface.kind = kind;
      }
      if (interface.state.known() && *interface.state != State::working && endpoint.state.known() &&
          *endpoint.state == State::working) {
        interface.state = contradiction(endpoint, interface, "is not in use");
      }
      if (!behind_balancer && endpoint.groups.complete() && interface.groups.complete()) {
        std::vector<SecurityGroupId> a = endpoint.groups.items;
        std::vector<SecurityGroupId> b = interface.groups.items;
        std::sort(a.begin(), a.end()), std::sort(b.begin(), b.end());
        if (a != b) {
          std::vector<SecurityGroupId> both;
          std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
          interface.groups = {both, contradiction(endpoint, interface, "has other security groups")};
        }
      }
    }
  }
}

}  // namespace sallyport::read::snapshot
