// Route tables, their routes and associations (RT-1..14).
#include <algorithm>

#include "read/planned/parts.h"
#include "read/terraform/families.h"
#include "read/terraform/owners.h"
#include "read/terraform/settle.h"

namespace sallyport::read::terraform {

using planned::open_routes;
namespace {

struct Target {
  const char* attribute;
  RouteTarget target;
  Kind kind;
};
constexpr Target targets[] = {
    {"gateway_id", RouteTarget::internet_gateway, Kind::internet_gateway},
    {"gateway_id", RouteTarget::vpn_gateway, Kind::vpn_gateway},
    {"nat_gateway_id", RouteTarget::nat_gateway, Kind::nat_gateway},
    {"egress_only_gateway_id", RouteTarget::egress_only_gateway, Kind::egress_only_gateway},
    {"transit_gateway_id", RouteTarget::transit_gateway, Kind::transit_gateway},
    {"vpc_peering_connection_id", RouteTarget::peering, Kind::peering},
    {"vpc_endpoint_id", RouteTarget::gateway_load_balancer_endpoint, Kind::endpoint},
    {"network_interface_id", RouteTarget::network_interface, Kind::network_interface},
    {"instance_id", RouteTarget::network_interface, Kind::instance},
    {"carrier_gateway_id", RouteTarget::carrier_gateway, Kind::carrier_gateway},
    {"local_gateway_id", RouteTarget::local_gateway, Kind::local_gateway},
    {"core_network_arn", RouteTarget::core_network, Kind::core_network},
};

void set_target(const Block& b, RouteTarget target, Kind kind, Text id, Route& route) {
  route.target = target;
  // A peering has one id in both of its Regions.
  route.object = b.registry().ids.intern(kind, kind == Kind::peering ? b.place().partition : b.place().region, id);
}

// The target that a known id names; false: it names none that is known here.
bool known_target(const Block& b, const Target& t, Text id, Route& route) {
  const std::string_view name = b.registry().view(id);
  if (std::string_view(t.attribute) != "gateway_id" || b.registry().texts.has_symbol(id)) {
    set_target(b, t.target, t.kind, id, route);
    return true;
  }
  if (name == "local") {
    route.target = RouteTarget::local;
    route.origin = RouteOrigin::created_with_table;
    return true;
  }
  // One of the input, whatever its id looks like (a mocked one looks like nothing).
  for (const Resource* r : b.work().document.of_type("aws_internet_gateway")) {
    if (r->values["id"].text() != name) continue;
    set_target(b, RouteTarget::internet_gateway, Kind::internet_gateway, id, route);
    return true;
  }
  const auto gateway = planned::gateway_of_id(name);
  if (gateway) set_target(b, gateway->target, gateway->kind, id, route);
  return gateway.has_value();
}

// Exactly one target attribute is set; where it is known after apply, the one object
// that it can mean.
GapId read_target(const Block& b, Route& route) {
  bool found = false;
  GapId gap;
  for (const Target& t : targets) {
    if (!b.gives_any(t.attribute)) continue;
    const Value<Text> id = b.named(t.attribute, t.kind);
    if (!id.known()) {
      gap = id.gap();
      continue;
    }
    // Two objects may be meant: neither is sure. (A literal stands twice for two kinds.)
    if (found && b.has(t.attribute) == Has::unknown) return b.gap(t.attribute);
    if (found) continue;
    if (!known_target(b, t, *id, route)) return b.not_understood(t.attribute);
    found = true;
  }
  if (found) return {};
  return gap ? gap : b.not_understood("a route's target");
}

GapId read_destination(const Block& b, const char* v4, const char* v6, Route& route) {
  for (const char* attribute : {v4, v6}) {
    if (!b.gives_any(attribute)) continue;
    const Value<Prefix> p = b.prefix(attribute);
    if (!p.known()) return p.gap();
    route.destination = *p;
    return {};
  }
  const char* list = "destination_prefix_list_id";
  if (!b.gives_any(list)) return b.not_understood("a route's destination");
  const Value<PrefixListId> id = b.ref<PrefixListId>(list);
  if (!id.known()) return id.gap();
  route.destination = *id;
  return {};
}

Route make_route(const Block& b, const char* v4, const char* v6) {
  Route route;
  route.place = b.origin();
  route.destination = everything(Family::v4);
  route.gap = read_destination(b, v4, v6, route);
  const GapId target = read_target(b, route);
  if (route.gap || target) route.target = RouteTarget::other, route.object = {};
  if (target && !route.gap) route.perhaps = target;  // it leads somewhere, and takes no more than it names
  // A route that apply makes is active; of others no plan says it.
  if (b.resource().is_new() || b.work().created.contains(route.object) || route.target == RouteTarget::local) {
    route.blackhole = false;
  } else {
    route.blackhole = beside(b.work());
  }
  return route;
}

// `route`: exactly these, if it is configured; of what exists, those that were there.
void read_inline(const Block& b, RouteTable& table) {
  if (b.has("route") == Has::computed && b.resource().is_new()) return;
  const List<Block> blocks = b.blocks("route");
  if (blocks.open) open_routes(table, blocks.open);
  for (const Block& block : blocks) table.routes.items.push_back(make_route(block, "cidr_block", "ipv6_cidr_block"));
  if (b.gives_any("propagating_vgws")) {
    open_routes(table, b.registry().gaps.add({GapKind::not_modelled,
                                              "`" + b.resource().address + "` takes over routes from a VPN gateway",
                                              "which they are is not known before they are learned", b.origin()}));
  }
}

// The tables that an unknown id may name: all of the Region.
template <class F>
void each_table(const Block& b, const Value<RouteTableId>& id, F f) {
  for (RouteTable& table : b.work().change.put.route_tables) {
    if (id.known() ? table.id == *id : table.head.region == b.place().region) f(table);
  }
}

RouteTable& table_of(const Block& b, RouteTableId id) { return planned::table_of(b.work(), id, b.head()); }

}  // namespace

void read_route_table(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> name = b.own_id();
  if (!name) return;
  RouteTable row;
  row.id = b.id<RouteTableId>(*name);
  if (work.stands(work.base->route_tables, row.id, b.resource())) return;
  row.head = b.head();
  row.vpc = b.ref<VpcId>("vpc_id");
  note_vpcs(b, row.vpc, row.id);
  row.main = false;
  if (b.resource().is_new()) {
    work.created.insert(row.id);
  } else if (const RouteTable* there = work.base->route_tables.find(row.id)) {
    row.main = there->main;
    row.subnets = there->subnets;
    row.gateways = there->gateways;
  } else {
    row.main = beside(work);
    row.subnets.open = beside(work);
  }
  read_inline(b, row);
  work.put(work.change.put.route_tables, std::move(row));
}

// Takes over the main table and makes its routes exactly those given.
void read_default_route_table(const Block& b) {
  Work& work = b.work();
  const Value<Text> name = meaning(work, b.resource(), "id");
  const Value<RouteTableId> id = name.known() ? Value<RouteTableId>(b.id<RouteTableId>(*name)) : name.gap();
  if (!id.known()) return each_table(b, id, [&](RouteTable& table) { open_routes(table, id.gap()); });
  if (work.stands(work.base->route_tables, *id, b.resource())) return;
  RouteTable& table = table_of(b, *id);
  table.head.origin = b.origin();
  table.routes = {};
  read_inline(b, table);
}

namespace {

// The NAT gateways of which the route leads to one, where it is not known to which.
std::vector<NatGatewayId> gateways_of(const Block& b, const Route& route) {
  if (!route.perhaps || b.has("nat_gateway_id") != Has::unknown) return {};
  for (const Target& t : targets) {
    if (t.kind != Kind::nat_gateway && b.gives_any(t.attribute)) return {};
  }
  auto gateways = b.candidates<NatGatewayId>("nat_gateway_id");
  std::sort(gateways.begin(), gateways.end());
  return gateways;
}

// The table of the change or the base; null: it is in neither, or goes away itself.
RouteTable* table_there(Work& work, RouteTableId id) {
  auto& rows = work.change.put.route_tables;
  if (RouteTable* row = work.row(rows, id)) return row;
  const auto& gone = work.change.removed;
  if (std::find(gone.begin(), gone.end(), Ref(id)) != gone.end()) return nullptr;
  return work.row_or_base(rows, work.base->route_tables, id);
}

// Which table it is put into is not known: what all routes of the block tell together (spread.h), else each
// that it may be perhaps has it.
void read_route_of_some_table(const Block& b, const Value<RouteTableId>& id) {
  Route route = make_route(b, "destination_cidr_block", "destination_ipv6_cidr_block");
  auto candidates = b.candidates<RouteTableId>("route_table_id");
  const bool sure = b.resource().stays() && b.resource().fate == Fate::created && !route.gap;
  if (sure && !candidates.empty()) {
    std::sort(candidates.begin(), candidates.end());
    for (const RouteTableId table : candidates) table_of(b, table);
    b.work().some_routes.push_back({&b.resource(), std::move(candidates), gateways_of(b, route), route, id.gap()});
    return;
  }
  if (!route.perhaps) route.perhaps = id.gap();
  each_table(b, id, [&](RouteTable& table) {
    const bool may = std::find(candidates.begin(), candidates.end(), table.id) != candidates.end();
    if (!may && !candidates.empty() && b.resource().stays()) return;
    if (sure) {
      table.routes.items.push_back(route);
    } else {
      open_routes(table, id.gap());
    }
  });
}

}  // namespace

void read_route(const Block& b) {
  Work& work = b.work();
  const Value<RouteTableId> id = b.ref<RouteTableId>("route_table_id");
  take_base(b, "route_table_id", id, work.change.put.route_tables, work.base->route_tables);
  if (!id.known()) return read_route_of_some_table(b, id);
  const RouteTable* there = work.base->route_tables.find(*id);
  if (b.resource().fate == Fate::kept && there != nullptr) return;
  if (b.resource().fate != Fate::created && there != nullptr) {
    // A table has one route to a destination: that one goes, or gets another target.
    const Route route = make_route(b, "destination_cidr_block", "destination_ipv6_cidr_block");
    RouteTable* table = route.gap ? nullptr : table_there(work, *id);
    if (table != nullptr) {
      std::erase_if(table->routes.items, [&](const Route& r) { return r.destination == route.destination; });
      if (b.resource().stays()) table->routes.items.push_back(route);
    }
    if (table != nullptr || !b.resource().stays()) return;
  }
  RouteTable& table = table_of(b, *id);
  const bool is_new_table = work.created.contains(Ref(*id));
  if (!b.resource().stays() || (b.resource().fate != Fate::created && b.resource().fate != Fate::kept)) {
    // What the table holds was read before the change.
    if (!is_new_table) table.routes = {}, open_routes(table, beside(work));
    if (!b.resource().stays()) return;
  }
  // A table that exists shows it, too: that it stands twice does no harm.
  const Route route = make_route(b, "destination_cidr_block", "destination_ipv6_cidr_block");
  if (auto gateways = gateways_of(b, route); !gateways.empty() && b.resource().fate == Fate::created) {
    work.some_routes.push_back({&b.resource(), {*id}, std::move(gateways), route, {}});
  } else {
    table.routes.items.push_back(route);
  }
}

namespace {

// Associations that go away, or are replaced, leave the subnet with its VPC's main table, before others are made.
void end_associations(const Block& any) {
  Work& work = any.work();
  if (work.base->route_tables.empty()) return;
  for (const Resource* r : work.document.of_type(any.resource().type)) {
    if (!r->before) continue;
    const Text region = place_of(work, *r).region;
    const auto id = [&]<class T>(T, const char* attribute) {
      return work.registry.ids.get<T>(region, work.text(r->before[attribute].text()));
    };
    RouteTable* table = table_there(work, id(RouteTableId(), "route_table_id"));
    if (table == nullptr) continue;
    if (!r->before["subnet_id"].text().empty()) std::erase(table->subnets.items, id(SubnetId(), "subnet_id"));
    if (const std::string_view gateway = r->before["gateway_id"].text(); !gateway.empty()) {
      std::erase_if(table->gateways, [&](Ref g) { return work.registry.id(g) == gateway; });
    }
  }
}

// Where it is not known whom it joins, it may be a subnet or a table of the base.
void associate_some(const Block& b, const Value<RouteTableId>& table, const Value<SubnetId>& subnet, GapId gap) {
  Work& work = b.work();
  const bool is_new = subnet.known() && work.created.contains(Ref(*subnet));
  if (work.base->route_tables.empty() || is_new) return;
  planned::associate_perhaps(work, table, subnet, b.place().region, gap);
}

}  // namespace

void read_route_table_association(const Block& b) {
  Work& work = b.work();
  if (&b.resource() == work.document.of_type(b.resource().type).front()) end_associations(b);
  if (!b.resource().stays() && !work.base->route_tables.empty()) return;
  const Value<RouteTableId> table = b.ref<RouteTableId>("route_table_id");
  const bool kept_in_base =
      b.resource().fate == Fate::kept && table.known() && work.base->route_tables.find(*table) != nullptr;
  if (kept_in_base) return;
  if (b.gives_any("gateway_id")) {
    if (!b.resource().stays()) return;
    if (!table.known()) {
      // What enters by some gateway may be sent elsewhere (RT-14): by any.
      take_base(b, "route_table_id", Value<InternetGatewayId>(table.gap()), work.change.put.internet_gateways,
                work.base->internet_gateways);
      for (InternetGateway& gateway : work.change.put.internet_gateways) gateway.vpcs = {{}, table.gap()};
      return;
    }
    for (const Kind kind : {Kind::internet_gateway, Kind::vpn_gateway}) {
      const Value<Text> gateway = b.named("gateway_id", kind);
      if (!gateway.known()) continue;
      const bool vpn = b.registry().view(*gateway).starts_with("vgw-");
      if (b.has("gateway_id") == Has::value && vpn != (kind == Kind::vpn_gateway)) continue;
      table_of(b, *table).gateways.push_back(b.registry().ids.intern(kind, b.place().region, *gateway));
      return;
    }
    return;
  }
  const Value<SubnetId> subnet = b.ref<SubnetId>("subnet_id");
  const GapId gap = !b.resource().stays() ? beside(work)
                    : !table.known()      ? table.gap()
                    : subnet.known()      ? GapId()
                                          : subnet.gap();
  if (b.resource().stays() && !subnet.known()) {
    auto subnets = b.candidates<SubnetId>("subnet_id");
    auto tables = table.known() ? std::vector<RouteTableId>{*table} : b.candidates<RouteTableId>("route_table_id");
    std::sort(subnets.begin(), subnets.end());
    std::sort(tables.begin(), tables.end());
    if (!subnets.empty() && !tables.empty()) {
      for (const RouteTableId id : tables) table_of(b, id);
      work.spreads.push_back({&b.resource(), std::move(tables), std::move(subnets), gap});
      return;
    }
  }
  if (gap) associate_some(b, table, subnet, gap);
  if (table.known() && !gap) {
    if (!work.base->route_tables.empty() && !work.created.contains(Ref(*subnet))) {
      planned::take_from_tables(work, *subnet);  // which it had before
    }
    table_of(b, *table).subnets.items.push_back(*subnet);
  } else if (table.known()) {
    table_of(b, *table).subnets.open = gap;
  } else {
    const auto candidates = b.candidates<RouteTableId>("route_table_id");
    each_table(b, table, [&](RouteTable& row) {
      const bool may = std::find(candidates.begin(), candidates.end(), row.id) != candidates.end();
      if (may || candidates.empty() || !b.resource().stays()) row.subnets.open = gap;
    });
  }
}

void read_main_route_table_association(const Block& b) {
  Work& work = b.work();
  const Value<VpcId> vpc = b.ref<VpcId>("vpc_id");
  Value<RouteTableId> id = b.ref<RouteTableId>("route_table_id");
  if (b.resource().fate == Fate::kept && id.known() && work.base->route_tables.find(*id) != nullptr) return;
  // Taken away, it makes the table the main one that was it before (`original_route_table_id`).
  const std::string_view original = b.resource().before["original_route_table_id"].text();
  const bool goes = !b.resource().stays();
  if (goes) id = original.empty() ? Value<RouteTableId>(beside(work)) : b.id<RouteTableId>(work.text(original));
  const GapId gap = !vpc.known() ? vpc.gap() : id.known() ? GapId() : id.gap();
  const auto& gone = work.change.removed;
  for (const RouteTable& there : work.base->route_tables) {
    const bool of_vpc = !vpc.known() || !there.vpc.known() || *there.vpc == *vpc;
    if (!of_vpc || there.head.region != b.place().region) continue;
    if (std::find(gone.begin(), gone.end(), Ref(there.id)) == gone.end()) table_there(work, there.id);
  }
  for (RouteTable& table : work.change.put.route_tables) {
    const bool of_vpc = !vpc.known() || !table.vpc.known() || *table.vpc == *vpc;
    if (!of_vpc || table.head.region != b.place().region) continue;
    if (gap) {
      // Which table is the main one is not known: no table is it for sure.
      table.main = gap;
    } else {
      table.main = table.id == *id;
    }
  }
  if (!gap) table_of(b, *id).main = true;
}

void read_route_propagation(const Block& b) {
  const Value<RouteTableId> id = b.ref<RouteTableId>("route_table_id");
  const GapId gap = b.registry().gaps.add({GapKind::not_modelled,
                                           "`" + b.resource().address + "` takes over routes from a VPN gateway",
                                           "which they are is not known before they are learned", b.origin()});
  take_base(b, "route_table_id", id, b.work().change.put.route_tables, b.work().base->route_tables);
  if (id.known()) b.work().row_or_base(b.work().change.put.route_tables, b.work().base->route_tables, *id);
  each_table(b, id, [&](RouteTable& table) { open_routes(table, gap); });
}

}  // namespace sallyport::read::terraform
