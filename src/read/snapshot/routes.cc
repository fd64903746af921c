// Route tables: associations and routes (RT-1..12).
#include <algorithm>

#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

// Which members of a route name a target of which kind, beside `GatewayId`.
struct TargetMember {
  const char* member;
  Kind kind;
  RouteTarget target;
};
constexpr TargetMember target_members[] = {
    {"NatGatewayId", Kind::nat_gateway, RouteTarget::nat_gateway},
    {"EgressOnlyInternetGatewayId", Kind::egress_only_gateway, RouteTarget::egress_only_gateway},
    {"VpcPeeringConnectionId", Kind::peering, RouteTarget::peering},
    {"TransitGatewayId", Kind::transit_gateway, RouteTarget::transit_gateway},
    {"NetworkInterfaceId", Kind::network_interface, RouteTarget::network_interface},
    {"InstanceId", Kind::instance, RouteTarget::network_interface},
    {"LocalGatewayId", Kind::local_gateway, RouteTarget::local_gateway},
    {"CarrierGatewayId", Kind::carrier_gateway, RouteTarget::carrier_gateway},
    {"CoreNetworkArn", Kind::core_network, RouteTarget::core_network},
    {"VpcEndpointId", Kind::endpoint, RouteTarget::other},
};

void set_target(Answer& answer, Node node, std::string_view table, Route& route) {
  const auto object = [&](Kind kind, std::string_view id) {
    // A peering has one id in both of its Regions.
    const Text scope = kind == Kind::peering ? answer.partition : answer.region;
    route.object = answer.registry().ids.intern(kind, scope, answer.text(id));
  };
  if (const std::string_view gateway = node["GatewayId"].text(); !gateway.empty()) {
    if (gateway == "local") {
      route.target = RouteTarget::local;
      return;
    }
    if (gateway == "VpcLattice") {
      route.target = RouteTarget::lattice;
      return;
    }
    if (gateway.starts_with("igw-"))
      return route.target = RouteTarget::internet_gateway, object(Kind::internet_gateway, gateway);
    if (gateway.starts_with("vgw-")) return route.target = RouteTarget::vpn_gateway, object(Kind::vpn_gateway, gateway);
    if (gateway.starts_with("vpce-")) return object(Kind::endpoint, gateway);  // which kind: see finish_routes
  }
  for (const TargetMember& t : target_members) {
    if (const std::string_view id = node[t.member].text(); !id.empty()) {
      route.target = t.target;
      return object(t.kind, id);
    }
  }
  route.gap = answer.gap(GapKind::not_modelled, "a route of `" + std::string(table) + "` leads to something unknown",
                         "look at its target", node);
  answer.say(Severity::warning, "unknown-target", "a route of `" + std::string(table) + "` has no target that is known",
             node);
}

void set_destination(Answer& answer, Node node, std::string_view table, Route& route) {
  if (const std::string_view list = node["DestinationPrefixListId"].text(); !list.empty()) {
    route.destination = answer.id<PrefixListId>(list);
    return;
  }
  const Node v6 = node["DestinationIpv6CidrBlock"];
  const Value<Prefix> p = answer.prefix(v6.text().empty() ? node["DestinationCidrBlock"] : v6, table);
  if (p.known()) {
    route.destination = *p;
  } else {
    route.gap = p.gap();
  }
}

Route read_route(Answer& answer, Node node, std::string_view table) {
  Route route;
  route.place = node.origin();
  set_target(answer, node, table, route);
  set_destination(answer, node, table, route);
  const std::string_view origin = node["Origin"].text();
  if (origin == "CreateRouteTable") route.origin = RouteOrigin::created_with_table;
  if (origin == "EnableVgwRoutePropagation") route.origin = RouteOrigin::propagated;
  const std::string_view state = node["State"].text();
  if (state == "active") {
    route.blackhole = false;
  } else if (state == "blackhole") {
    route.blackhole = true;
  } else {
    route.blackhole = answer.lacking(table, "State", node["State"]);
  }
  return route;
}

void read_association(Answer& answer, Node node, std::string_view name, RouteTable& table) {
  const std::string_view state = node["AssociationState"]["State"].text();
  if (state == "disassociated" || state == "failed") return;
  const bool settled = state.empty() || state == "associated";
  const GapId moving = settled
                           ? GapId()
                           : answer.gap(GapKind::undocumented,
                                        "an association of `" + std::string(name) + "` is `" + std::string(state) + "`",
                                        "collect again when it has settled", node);
  if (node["Main"].boolean().value_or(false)) {
    table.main = settled ? Value<bool>(true) : Value<bool>(moving);
    return;
  }
  if (const std::string_view subnet = node["SubnetId"].text(); !subnet.empty()) {
    if (settled) {
      table.subnets.items.push_back(answer.id<SubnetId>(subnet));
    } else {
      table.subnets.open = moving;
    }
  } else if (const std::string_view gateway = node["GatewayId"].text(); !gateway.empty()) {
    const Kind kind = gateway.starts_with("vgw-") ? Kind::vpn_gateway : Kind::internet_gateway;
    table.gateways.push_back(answer.registry().ids.intern(kind, answer.region, answer.text(gateway)));
  } else {
    table.subnets.open = answer.lacking(name, "SubnetId", {});
  }
}

// What a route to `vpce-...` leads to: the endpoint's own type, where it was read.
void settle_endpoint_target(Work& work, const boost::unordered_flat_map<std::uint32_t, const Endpoint*>& endpoints,
                            const boost::unordered_flat_map<std::uint32_t, const PrefixList*>& lists, Route& route) {
  const auto found = endpoints.find(route.object.number);
  if (found != endpoints.end() && found->second->type.known()) {
    const EndpointType type = *found->second->type;
    if (type == EndpointType::gateway) {
      route.target = RouteTarget::gateway_endpoint;
    } else if (type == EndpointType::gateway_load_balancer) {
      route.target = RouteTarget::gateway_load_balancer_endpoint;
    } else {
      route.gap = work.registry->gaps.add({GapKind::contradictory,
                                           "a route leads to `" + std::string(work.registry->id(route.object)) +
                                               "`, which is no endpoint that a route can lead to",
                                           "collect endpoints and route tables again", route.place});
    }
    return;
  }
  // Only a gateway endpoint stands behind one of AWS's own lists.
  if (const auto* list = std::get_if<PrefixListId>(&route.destination)) {
    const auto known = lists.find(list->number());
    if (known != lists.end() && known->second->aws_managed.known() && *known->second->aws_managed) {
      route.target = RouteTarget::gateway_endpoint;
      return;
    }
  }
  route.gap = work.registry->gaps.add({GapKind::not_collected,
                                       "the endpoint `" + std::string(work.registry->id(route.object)) +
                                           "`, to which a route leads, is not in the input",
                                       "aws ec2 describe-vpc-endpoints", route.place});
}

}  // namespace

void read_route_tables(Answer& answer) {
  for (const Node node : answer.root()["RouteTables"].items()) {
    const std::string_view name = node["RouteTableId"].text();
    RouteTable table;
    table.id = answer.id<RouteTableId>(name);
    if (!table.id) {
      unnamed(answer, node, "RouteTableId");
      continue;
    }
    table.head = answer.head(node, node["Tags"]);
    table.vpc = answer.ref<VpcId>(node, "VpcId", name);
    table.main = false;
    for (const Node association : answer.list(node, "Associations", name, table.subnets.open).items()) {
      read_association(answer, association, name, table);
    }
    if (table.subnets.open && table.main == Value<bool>(false)) table.main = table.subnets.open;
    for (const Node route : answer.list(node, "Routes", name, table.routes.open).items()) {
      table.routes.items.push_back(read_route(answer, route, name));
    }
    answer.put(answer.rows().route_tables, std::move(table), node);
  }
}

void finish_routes(Work& work) {
  boost::unordered_flat_map<std::uint32_t, const Endpoint*> endpoints;
  for (const Endpoint& e : work.change.put.endpoints) endpoints.try_emplace(e.id.number(), &e);
  boost::unordered_flat_map<std::uint32_t, const PrefixList*> lists;
  for (const PrefixList& l : work.change.put.prefix_lists) lists.try_emplace(l.id.number(), &l);
  for (RouteTable& table : work.change.put.route_tables) {
    for (Route& route : table.routes.items) {
      if (route.object.kind == Kind::endpoint) settle_endpoint_target(work, endpoints, lists, route);
    }
  }
}

}  // namespace sallyport::read::snapshot
