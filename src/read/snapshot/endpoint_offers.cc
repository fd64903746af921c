// Endpoint services as their owner sees them: what they stand on, who may connect, who
// does (PL-1..8).
#include "base/wildcard.h"
#include "read/snapshot/arn.h"
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ServiceConfiguration.html
Value<State> read_state(Answer& answer, Node node, std::string_view name) {
  const Node state = node["ServiceState"];
  if (equals_ignoring_case(state.text(), "available")) return State::working;
  for (const char* other : {"pending", "deleting", "deleted", "failed"}) {
    if (equals_ignoring_case(state.text(), other)) return State::not_working;
  }
  return answer.lacking(name, "ServiceState", state);
}

void read_balancers(Answer& answer, Node node, EndpointService& service) {
  for (const char* member : {"NetworkLoadBalancerArns", "GatewayLoadBalancerArns"}) {
    const std::string name = answer.registry().texts.string(service.head.name);
    for (const Node arn : answer.optional_list(node, member, name, service.balancers.open).items()) {
      service.balancers.items.push_back(answer.id_in<LoadBalancerId>(answer.partition, arn.text()));
    }
  }
}

EndpointService read_offer(Answer& answer, Node node, std::string_view name) {
  EndpointService service;
  service.id = answer.id<EndpointServiceId>(name);
  service.head = answer.head(node, node["Tags"], name);
  service.configured = true;
  service.state = read_state(answer, node, name);
  service.gateway_type = false;  // those are AWS's own
  service.interface_type = false;
  GapId open;
  for (const Node type : answer.list(node, "ServiceType", name, open).items()) {
    if (type["ServiceType"].text() == "Interface") service.interface_type = true;
  }
  if (open) service.interface_type = open;
  service.policy_supported = false;  // EP-3
  service.aws_owned = false;
  service.acceptance_required = answer.flag(node, "AcceptanceRequired", name);
  for (const Node zone : answer.list(node, "AvailabilityZones", name, service.zones.open).items()) {
    service.zones.items.push_back(answer.text(zone));
  }
  // PL-8: consumers may use the name once its domain is verified.
  const Node naming = node["PrivateDnsNameConfiguration"];
  if (const std::string_view own = node["PrivateDnsName"].text(); !own.empty()) {
    if (naming["State"].text() == "verified") {
      service.private_dns_names.items.push_back(answer.text(own));
    } else if (naming["State"].text().empty()) {
      service.private_dns_names.open = answer.lacking(name, "PrivateDnsNameConfiguration", naming["State"]);
    }
  }
  read_balancers(answer, node, service);
  return service;
}

// `vpce-svc-0a1`, with or without `com.amazonaws.vpce.eu-central-1.` before it.
std::string service_id(std::string_view name) { return std::string(name.substr(name.rfind('.') + 1)); }

State connection_state(std::string_view state) {
  return equals_ignoring_case(state, "available") ? State::working : State::not_working;
}

}  // namespace

void read_endpoint_offers(Answer& answer) {
  for (const Node node : answer.root()["ServiceConfigurations"].items()) {
    const std::string_view name = node["ServiceName"].text();
    if (name.empty()) {
      unnamed(answer, node, "ServiceName");
      continue;
    }
    auto& offers = answer.work().offers.services;
    EndpointService service = read_offer(answer, node, name);
    if (service.state.known() && equals_ignoring_case(node["ServiceState"].text(), "deleted")) continue;
    offers.try_emplace(service.id, std::move(service));
  }
}

void read_endpoint_offer_principals(Answer& answer) {
  const Node all = answer.root()["AllowedPrincipals"];
  std::string subject = service_id(answer.subject);
  if (subject.empty() && all.size() > 0) subject = service_id(all.at(0)["ServiceId"].text());
  if (subject.empty()) {
    return answer.say(Severity::warning, "no-subject", "the file's name must be the endpoint service's id");
  }
  auto& principals = answer.work().offers.principals[{answer.region, subject}];
  for (const Node node : all.items()) {
    if (const Node who = node["Principal"]; !who.text().empty()) {
      principals.items.push_back(answer.text(who));
    } else {
      principals.open = answer.lacking(subject, "Principal", who);
    }
  }
}

// Who is connected, also from accounts whose endpoints nobody collected.
void read_endpoint_connections(Answer& answer) {
  if (answer.root()["NextToken"].absent())
    answer.work().offers.connections_read.insert({answer.account, answer.region});
  for (const Node node : answer.root()["VpcEndpointConnections"].items()) {
    const std::string_view region = node["VpcEndpointRegion"].text();
    const EndpointId endpoint =
        answer.id_in<EndpointId>(region.empty() ? answer.region : answer.text(region), node["VpcEndpointId"].text());
    if (!endpoint || node["VpcEndpointState"].text().empty()) continue;
    const State state = connection_state(node["VpcEndpointState"].text());
    answer.work().offers.connections.insert_or_assign(endpoint, std::pair(state, node.origin()));
    answer.work().offers.consumers[{answer.region, service_id(node["ServiceId"].text())}].push_back(
        {endpoint, answer.account_id(node["VpcEndpointOwner"]), state, node.origin()});
  }
}

namespace {

// The owner's view wins over a consumer's, which says one thing that the owner's does not.
void merge(EndpointService& into, EndpointService owner) {
  if (into.policy_supported.known()) owner.policy_supported = into.policy_supported;
  into = std::move(owner);
}

}  // namespace

void finish_endpoint_offers(Work& work) {
  OfferParts& offers = work.offers;
  Registry& registry = *work.registry;
  auto& rows = work.change.put.endpoint_services;
  std::map<EndpointServiceId, std::size_t> place;
  for (std::size_t i = 0; i < rows.size(); ++i) place.try_emplace(rows[i].id, i);
  for (auto& [id, service] : offers.services) {
    const std::string name(registry.id(id));
    const auto principals = offers.principals.find({service.head.region, service_id(name)});
    if (principals != offers.principals.end()) {
      service.principals = principals->second;
    } else {
      service.principals.open = registry.gaps.add(
          {GapKind::not_collected, "who may connect to `" + name + "` was not collected",
           "aws ec2 describe-vpc-endpoint-service-permissions --service-id " + service_id(name), service.head.origin});
    }
    if (const auto found = offers.consumers.find({service.head.region, service_id(name)});
        found != offers.consumers.end())
      service.connections.items = found->second;
    if (!offers.connections_read.contains({service.head.account, service.head.region})) {
      service.connections.open =
          registry.gaps.add({GapKind::not_collected, "who is connected to `" + name + "` was not collected",
                             "aws ec2 describe-vpc-endpoint-connections", service.head.origin});
    }
    const auto seen = place.find(id);
    if (seen == place.end()) {
      rows.push_back(service);
    } else {
      merge(rows[seen->second], service);
    }
  }
  // What stands behind a service of one's own is not collected where its configuration is not.
  for (const auto& [id, origin] : offers.own) {
    const auto seen = place.find(id);
    if (seen == place.end() || rows[seen->second].configured) continue;
    EndpointService& row = rows[seen->second];
    const GapId gap = registry.gaps.add({GapKind::not_collected,
                                         "what stands behind `" + std::string(registry.id(id)) + "` was not collected",
                                         "aws ec2 describe-vpc-endpoint-service-configurations", origin});
    row.configured = true;
    row.state = gap;
    row.balancers.open = row.principals.open = row.connections.open = gap;
  }
  // A connection that its two sides describe differently is neither.
  for (Endpoint& endpoint : work.change.put.endpoints) {
    const auto found = offers.connections.find(endpoint.id);
    if (found == offers.connections.end() || !endpoint.state.known()) continue;
    const auto& [state, origin] = found->second;
    if (*endpoint.state == state) continue;
    const std::string what = "the service's owner sees the endpoint `" + std::string(registry.id(endpoint.id)) +
                             "` in another state than its own account";
    say(work, Severity::warning, "contradiction", what, origin);
    endpoint.state =
        registry.gaps.add({GapKind::contradictory, what, "collect endpoints and their connections again", origin});
  }
}

}  // namespace sallyport::read::snapshot
