#include "read/planned/endpoints.h"

#include <algorithm>

#include "base/wildcard.h"
#include "read/planned/parts.h"
#include "read/planned/standing.h"

namespace sallyport::read::planned {
namespace {

// A symbol without its marks.
std::string inside(std::string_view text) {
  std::string plain(text);
  std::erase_if(plain, [](char c) { return c == '\xFF' || c == '\xFE'; });
  return plain;
}

void put_interfaces(Work& work, Endpoint& row) {
  for (const SubnetId subnet : row.subnets) {
    const std::string symbol = inside(work.registry.id(row.id)) + " in " + inside(work.registry.id(subnet));
    Interface interface;
    interface.id = work.registry.ids.get<InterfaceId>(row.head.region, work.wording->fresh(work.registry, symbol));
    interface.head = row.head;
    interface.head.gap = {};
    interface.vpc = row.vpc;
    interface.subnet = subnet;
    interface.kind = row.type.known() && *row.type == EndpointType::gateway_load_balancer
                         ? InterfaceKind::gateway_load_balancer_endpoint
                         : InterfaceKind::endpoint;
    interface.source_dest_check = true;
    interface.state = State::working;
    interface.addresses.items.emplace_back(later(work, "the address of `" + symbol + "`", row.head.origin));
    interface.groups = row.groups;
    row.interfaces.items.push_back(interface.id);
    work.put(work.change.put.interfaces, std::move(interface));
  }
}

}  // namespace

std::optional<EndpointType> endpoint_type(std::string_view word) {
  if (word.empty() || equals_ignoring_case(word, "gateway")) return EndpointType::gateway;
  if (equals_ignoring_case(word, "interface")) return EndpointType::interface;
  if (equals_ignoring_case(word, "gatewayloadbalancer")) return EndpointType::gateway_load_balancer;
  if (equals_ignoring_case(word, "resource")) return EndpointType::resource;
  if (equals_ignoring_case(word, "servicenetwork")) return EndpointType::service_network;
  return std::nullopt;
}

std::optional<EndpointIpType> endpoint_ip_type(std::string_view word) {
  if (word.empty() || word == "ipv4") return EndpointIpType::ipv4;
  if (word == "ipv6") return EndpointIpType::ipv6;
  if (word == "dualstack") return EndpointIpType::dualstack;
  return std::nullopt;
}

bool accepts_at_once(std::string_view service) {
  return service.starts_with("com.amazonaws.") && !service.starts_with("com.amazonaws.vpce.");
}

std::string endpoint_policy_id(const Registry& registry, Text partition, Text region, Text account, Text id) {
  const TextPool& texts = registry.texts;
  return "arn:" + texts.string(partition) + ":ec2:" + texts.string(region) + ":" + texts.string(account) +
         ":vpc-endpoint/" + texts.string(id) + "/policy";
}

const EndpointService* service_named(Work& work, EndpointServiceId id) {
  const EndpointService* row = work.row(work.change.put.endpoint_services, id);
  return row != nullptr ? row : work.base->endpoint_services.find(id);
}

void finish_endpoints(Work& work) {
  for (Endpoint& row : work.change.put.endpoints) {
    const bool is_gateway = row.type.known() && *row.type == EndpointType::gateway;
    if (row.route_tables.open && (!row.type.known() || is_gateway)) open_routes_of(work, row, row.route_tables.open);
    if (is_gateway || !work.created.contains(Ref(row.id))) continue;
    row.groups = groups_or_default(work, std::move(row.groups), row.vpc);
    put_interfaces(work, row);
  }
}

}  // namespace sallyport::read::planned
