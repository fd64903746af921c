// Route tables, their routes and associations (RT-1..14).
#include "read/cloudformation/families.h"
#include "read/cloudformation/owners.h"
#include "read/planned/parts.h"

namespace sallyport::read::cloudformation {

using planned::open_routes;
namespace {

struct Target {
  const char* property;
  RouteTarget target;
  Kind kind;
};
constexpr Target targets[] = {
    {"GatewayId", RouteTarget::internet_gateway, Kind::internet_gateway},
    {"NatGatewayId", RouteTarget::nat_gateway, Kind::nat_gateway},
    {"EgressOnlyInternetGatewayId", RouteTarget::egress_only_gateway, Kind::egress_only_gateway},
    {"TransitGatewayId", RouteTarget::transit_gateway, Kind::transit_gateway},
    {"VpcPeeringConnectionId", RouteTarget::peering, Kind::peering},
    {"VpcEndpointId", RouteTarget::gateway_load_balancer_endpoint, Kind::endpoint},
    {"NetworkInterfaceId", RouteTarget::network_interface, Kind::network_interface},
    {"InstanceId", RouteTarget::network_interface, Kind::instance},
    {"CarrierGatewayId", RouteTarget::carrier_gateway, Kind::carrier_gateway},
    {"LocalGatewayId", RouteTarget::local_gateway, Kind::local_gateway},
    {"CoreNetworkArn", RouteTarget::core_network, Kind::core_network},
};

Ref object(const Properties& p, Kind kind, Text id) {
  // A peering has one id in both of its Regions.
  return p.registry().ids.intern(kind, kind == Kind::peering ? p.place().partition : p.place().region, id);
}

// What `GatewayId` names: a gateway of the templates by its symbol, else by its prefix.
GapId read_gateway(const Properties& p, Text id, Route& route) {
  const std::string_view name = p.registry().view(id);
  if (name == "local") {
    route.target = RouteTarget::local;
    route.origin = RouteOrigin::created_with_table;
    return {};
  }
  const Ref internet = object(p, Kind::internet_gateway, id);
  if (p.work().created.contains(internet)) {
    route.target = RouteTarget::internet_gateway, route.object = internet;
    return {};
  }
  if (const auto gateway = planned::gateway_of_id(name)) {
    route.target = gateway->target, route.object = object(p, gateway->kind, id);
    return {};
  }
  // One of which it is not known whether it is there has no row.
  if (resource_named(p, "GatewayId", "AWS::EC2::InternetGateway") != nullptr) {
    route.target = RouteTarget::internet_gateway, route.object = internet;
    return {};
  }
  if (resource_named(p, "GatewayId", "AWS::EC2::VPNGateway") != nullptr) {
    route.target = RouteTarget::vpn_gateway, route.object = object(p, Kind::vpn_gateway, id);
    return {};
  }
  return p.registry().texts.has_symbol(id) ? p.gap("GatewayId") : p.not_understood("GatewayId");
}

GapId read_target(const Properties& p, Route& route) {
  for (const Target& t : targets) {
    if (!p.gives(t.property)) continue;
    const Value<Text> id = p.text(t.property);
    if (!id.known()) return id.gap();
    if (std::string_view(t.property) == "GatewayId") return read_gateway(p, *id, route);
    route.target = t.target;
    route.object = object(p, t.kind, *id);
    return {};
  }
  return p.not_understood("a route's target");
}

GapId read_destination(const Properties& p, Route& route) {
  for (const char* property : {"DestinationCidrBlock", "DestinationIpv6CidrBlock"}) {
    if (!p.gives(property)) continue;
    const Value<Prefix> prefix = p.prefix(property);
    if (!prefix.known()) return prefix.gap();
    route.destination = *prefix;
    return {};
  }
  if (!p.gives("DestinationPrefixListId")) return p.not_understood("a route's destination");
  const Value<PrefixListId> list = p.ref<PrefixListId>("DestinationPrefixListId");
  if (!list.known()) return list.gap();
  route.destination = *list;
  return {};
}

// The tables that an unknown id may name: all of the Region.
template <class F>
void each_table(const Properties& p, const Value<RouteTableId>& id, F f) {
  for (RouteTable& table : p.work().change.put.route_tables) {
    if (id.known() ? table.id == *id : table.head.region == p.place().region) f(table);
  }
}

RouteTable& table_of(const Properties& p, RouteTableId id) { return planned::table_of(p.work(), id, p.head()); }

}  // namespace

void read_route_table(const Properties& p) {
  Work& work = p.work();
  RouteTable row;
  row.id = p.own_id<RouteTableId>();
  row.head = p.head();
  row.vpc = p.ref<VpcId>("VpcId");
  row.main = false;
  work.created.insert(row.id);
  work.put(work.change.put.route_tables, std::move(row));
}

void read_route(const Properties& p) {
  Work& work = p.work();
  const auto id = owner<RouteTableId>(p, "RouteTableId", work.change.put.route_tables, work.base->route_tables);
  Route route;
  route.place = p.resource().node.origin();
  route.destination = everything(Family::v4);
  route.gap = read_destination(p, route);
  if (const GapId target = read_target(p, route); target && !route.gap) route.gap = target;
  if (route.gap) route.target = RouteTarget::other, route.object = {};
  // A route to something that the same stack makes is active; of others nothing says it.
  const bool sure = p.work().created.contains(route.object) || route.target == RouteTarget::local;
  route.blackhole = sure ? Value<bool>(false) : Value<bool>(beside(p.work()));
  route.perhaps = p.doubt() ? p.doubt() : id.known() ? GapId() : id.gap();
  if (id.known()) table_of(p, *id);
  each_table(p, id, [&](RouteTable& table) {
    if (route.perhaps && route.gap) {
      open_routes(table, route.perhaps);
    } else {
      table.routes.items.push_back(route);
    }
  });
}

void read_route_table_association(const Properties& p) {
  Work& work = p.work();
  // One that is not told has a row of its own, of which the routes are open.
  const Value<RouteTableId> table = p.called<RouteTableId>("RouteTableId");
  const Value<SubnetId> subnet = p.ref<SubnetId>("SubnetId");
  const GapId gap = p.doubt() ? p.doubt() : !table.known() ? table.gap() : subnet.known() ? GapId() : subnet.gap();
  if (gap) {
    if (table.known()) table_of(p, *table);
    return planned::associate_perhaps(work, table, subnet, p.place().region, gap);
  }
  planned::take_from_tables(work, *subnet);
  table_of(p, *table).subnets.items.push_back(*subnet);
}

// What enters by a gateway may be sent elsewhere (RT-14).
void read_gateway_association(const Properties& p) {
  Work& work = p.work();
  const Value<RouteTableId> table = p.called<RouteTableId>("RouteTableId");
  Value<Text> gateway = p.text("GatewayId");
  if (gateway.known() && p.may_be_another(Kind::internet_gateway, *gateway)) gateway = p.gap("GatewayId");
  const GapId gap = p.doubt() ? p.doubt() : !table.known() ? table.gap() : gateway.known() ? GapId() : gateway.gap();
  if (gap) {
    take_all(p, work.change.put.internet_gateways, work.base->internet_gateways);
    for (InternetGateway& row : work.change.put.internet_gateways) row.vpcs = {{}, gap};
    return;
  }
  const bool vpn = work.registry.view(*gateway).starts_with("vgw-") ||
                   resource_named(p, "GatewayId", "AWS::EC2::VPNGateway") != nullptr;
  table_of(p, *table).gateways.push_back(object(p, vpn ? Kind::vpn_gateway : Kind::internet_gateway, *gateway));
}

void read_route_propagation(const Properties& p) {
  const GapId gap = p.registry().gaps.add({GapKind::not_modelled,
                                           "`" + p.resource().address + "` takes over routes from a VPN gateway",
                                           "which they are is not known before they are learned", p.origin()});
  const List<RouteTableId> tables = p.refs<RouteTableId>("RouteTableIds");
  if (tables.open) take_all(p, p.work().change.put.route_tables, p.work().base->route_tables);
  for (const RouteTableId id : tables) table_of(p, id);
  for (const RouteTableId id : tables) each_table(p, id, [&](RouteTable& table) { open_routes(table, gap); });
  if (tables.open) each_table(p, tables.open, [&](RouteTable& table) { open_routes(table, gap); });
}

}  // namespace sallyport::read::cloudformation
