// Appliances behind Gateway Load Balancer endpoints: in a VPC's own way out and in (RT-14, RT-15,
// GW-2), and in a VPC of their own behind a transit gateway (TG-10); firewalls that are attached to
// the gateway itself (TG-12).
#include <algorithm>

#include "library/net/generate_parts.h"

namespace sallyport::generate {
namespace {

Route leads(const Prefix& to, RouteTarget target, Ref object) {
  Route r;
  r.destination = to;
  r.target = target;
  r.object = object;
  r.blackhole = false;
  return r;
}

void replace(RouteTable& table, Route route) {
  std::erase_if(table.routes.items, [&](const Route& r) { return r.destination == route.destination; });
  table.routes.items.push_back(std::move(route));
}

bool has_route(const RouteTable& table, const Prefix& to) {
  return std::any_of(table.routes.begin(), table.routes.end(), [&](const Route& r) {
    const Prefix* p = std::get_if<Prefix>(&r.destination);
    return p != nullptr && *p == to;
  });
}

}  // namespace

RouteTable& Plan::table(RouteTableId id) {
  return *std::find_if(change.put.route_tables.begin(), change.put.route_tables.end(),
                       [&](const RouteTable& t) { return t.id == id; });
}

// A subnet like another one (its zone), with a table of its own.
std::pair<SubnetId, RouteTableId> Plan::add_subnet(Site& site, SubnetId like, int third) {
  Subnet s = subnet(like);
  s.id = id<SubnetId>(site, "subnet-f" + number());
  s.head = head(site, "firewall");
  Address base = site.cidr.first();
  base.low += static_cast<std::uint64_t>(third) << 8;
  s.cidrs.items = {prefix(base, 24)};
  change.put.subnets.push_back(s);
  RouteTable t;
  t.id = id<RouteTableId>(site, "rtb-" + number());
  t.head = head(site);
  t.vpc = site.vpc;
  t.main = false;
  t.subnets.items.push_back(s.id);
  for (const Vpc& vpc : change.put.vpcs) {
    if (vpc.id != site.vpc) continue;
    for (const Value<Prefix>& p : vpc.cidrs) {
      Route local = leads(*p, RouteTarget::local, {});
      local.origin = RouteOrigin::created_with_table;
      t.routes.items.push_back(local);
    }
  }
  change.put.route_tables.push_back(t);
  return {s.id, t.id};
}

// GW-1: an endpoint in a subnet of its own.
std::pair<EndpointId, RouteTableId> Plan::add_inspection(Site& site, SubnetId like, int third) {
  const auto [where, routes] = add_subnet(site, like, third);
  Endpoint e;
  e.id = id<EndpointId>(site, "vpce-" + number());
  e.head = head(site);
  e.type = EndpointType::gateway_load_balancer;
  e.state = state();
  e.vpc = site.vpc;
  e.service = text("com.amazonaws.vpce." + site.region + ".vpce-svc-fw");
  e.service_region = site.region_text;
  e.ip_type = EndpointIpType::ipv4;
  e.private_dns = false;
  e.private_dns_only_inbound = false;
  Interface& i = add_interface(site, where, InterfaceKind::gateway_load_balancer_endpoint, "");
  e.subnets.items.push_back(where);
  e.interfaces.items.push_back(i.id);
  change.put.endpoints.push_back(e);
  return {e.id, routes};
}

// A VPC's way out, and in, through an appliance of its own.
void Plan::inspect_own_way(Site& site) {
  if (!site.internet_gateway || site.tables.size() < 2 || site.subnets.size() < 2) return;
  const auto [box, routes] = add_inspection(site, random.one_of(site.subnets), 200);
  const bool by_nat = site.public_nat && random.chance(50);
  if (random.chance(92)) {
    table(routes).routes.items.push_back(
        by_nat ? leads(everything(Family::v4), RouteTarget::nat_gateway, site.public_nat)
               : leads(everything(Family::v4), RouteTarget::internet_gateway, site.internet_gateway));
  }
  RouteTable edge;
  edge.id = id<RouteTableId>(site, "rtb-" + number());
  edge.head = head(site);
  edge.vpc = site.vpc;
  edge.main = false;
  edge.gateways.push_back(site.internet_gateway);
  edge.routes = table(routes).routes;
  std::erase_if(edge.routes.items, [](const Route& r) { return r.target != RouteTarget::local; });
  // The tables of the second subnet on, or the main one: the first subnet has the NAT gateway.
  for (std::size_t n = 1; n < site.subnets.size(); ++n) {
    if (!random.chance(75)) continue;
    RouteTable& own = table(n + 1 < site.tables.size() ? site.tables[n + 1] : site.tables[0]);
    if (random.chance(90))
      replace(own, leads(everything(Family::v4), RouteTarget::gateway_load_balancer_endpoint, box));
    const Prefix range = *subnet(site.subnets[n]).cidrs.items[0];
    if (range.family() != Family::v4) continue;
    if (random.chance(80)) edge.routes.items.push_back(leads(range, RouteTarget::gateway_load_balancer_endpoint, box));
    if (by_nat && random.chance(85) && site.cidr.contains(range))
      replace(table(site.tables[1]), leads(range, RouteTarget::gateway_load_balancer_endpoint, box));
  }
  if (!by_nat ? random.chance(88) : random.chance(20)) change.put.route_tables.push_back(edge);
}

// Central inspection: one VPC of a Region's transit gateway through which the others' traffic goes.
void Plan::inspect_centrally(TransitGatewayId gateway) {
  std::vector<TransitAttachment*> attached;
  for (TransitAttachment& a : change.put.transit_attachments) {
    if (*a.gateway == gateway && *a.kind == AttachmentKind::vpc) attached.push_back(&a);
  }
  if (attached.size() < 2) return;
  const std::size_t chosen = random.chance(60) ? 0 : static_cast<std::size_t>(random.between(0, 1));
  TransitAttachment& center = *attached[chosen];
  Site& site = *std::find_if(sites.begin(), sites.end(), [&](const Site& s) { return s.vpc == *center.vpc; });
  center.appliance_mode = random.chance(75);
  const Prefix ten = *parse_prefix("10.0.0.0/8");
  const Prefix all = everything(Family::v4);
  std::vector<SubnetId> old = center.subnets.items;
  center.subnets.items.clear();
  EndpointId last;
  for (std::size_t n = 0; n < old.size(); ++n) {
    const auto [box, behind] = add_inspection(site, old[n], 210 + static_cast<int>(n));
    const auto [entry, routes] = add_subnet(site, old[n], 220 + static_cast<int>(n));
    center.subnets.items.push_back(entry);
    const EndpointId to = last && random.chance(10) ? last : box;  // mostly of its own zone
    for (const Prefix& range : {ten, all}) {
      if (random.chance(94))
        table(routes).routes.items.push_back(leads(range, RouteTarget::gateway_load_balancer_endpoint, to));
    }
    if (random.chance(95)) table(behind).routes.items.push_back(leads(ten, RouteTarget::transit_gateway, gateway));
    if (site.public_nat && random.chance(90))
      table(behind).routes.items.push_back(leads(all, RouteTarget::nat_gateway, site.public_nat));
    if (site.public_nat && n == 0 && random.chance(88))
      replace(table(site.tables[1]), leads(ten, RouteTarget::gateway_load_balancer_endpoint, box));
    last = box;
  }
  // Two tables: what comes from a VPC, and what has been inspected.
  const auto make = [&] {
    TransitTable t;
    t.id = registry->ids.get<TransitTableId>(site.region_text, text("tgw-rtb-" + number()));
    t.head = head(site);
    t.gateway = gateway;
    t.shows_propagated = true;
    return t;
  };
  TransitTable spokes = make(), inspected = make();
  const auto to = [&](const Prefix& range, TransitAttachmentId by, bool propagated) {
    TransitRoute r;
    r.destination = range;
    r.attachments.push_back(by);
    r.blackhole = false;
    r.propagated = propagated;
    return r;
  };
  // TG-12: or a firewall of the gateway itself.
  TransitAttachmentId first = center.id;
  const bool function = random.chance(25);
  TransitAttachment firewall;
  if (function) {
    firewall = center;
    firewall.id = id<TransitAttachmentId>(site, "tgw-attach-" + number());
    firewall.kind = AttachmentKind::other;
    firewall.vpc = VpcId();
    firewall.subnets = {};
    firewall.table = inspected.id;
    firewall.state = state();
    first = firewall.id;
  }
  if (random.chance(95)) spokes.routes.items.push_back(to(ten, first, false));
  if (random.chance(90)) spokes.routes.items.push_back(to(all, first, false));
  if (function && random.chance(80)) inspected.routes.items.push_back(to(all, center.id, false));
  for (std::size_t n = 0; n < attached.size(); ++n) {
    TransitAttachment& a = *attached[n];
    a.table = n == chosen ? inspected.id : spokes.id;
    Site& spoke = *std::find_if(sites.begin(), sites.end(), [&](const Site& s) { return s.vpc == *a.vpc; });
    const bool overlaps = std::any_of(inspected.routes.begin(), inspected.routes.end(), [&](const TransitRoute& r) {
      const Prefix* p = std::get_if<Prefix>(&r.destination);
      return p != nullptr && p->length > 8 && p->overlaps(spoke.cidr);
    });
    if (!overlaps && random.chance(94)) {
      inspected.routes.items.push_back(to(spoke.cidr, a.id, true));
      inspected.propagations.items.push_back(a.id);
    }
    if (n == chosen) continue;
    for (const RouteTableId t : spoke.tables) {
      for (const Prefix& range : {ten, all}) {
        const bool own = has_route(table(t), range) && random.chance(range == all ? 40 : 10);
        if (!own && random.chance(92)) replace(table(t), leads(range, RouteTarget::transit_gateway, gateway));
      }
    }
  }
  change.put.transit_tables.push_back(spokes);
  change.put.transit_tables.push_back(inspected);
  if (function) change.put.transit_attachments.push_back(firewall);
}

void Plan::make_inspection(std::uint64_t seed) {
  if (knobs.inspection == 0) return;
  Random own(seed * 32'452'843 + 41);
  std::swap(random, own);
  for (const TransitGateway& gateway : change.put.transit_gateways) {
    if (random.chance(knobs.inspection)) inspect_centrally(gateway.id);
  }
  for (Site& site : sites) {
    if (random.chance(knobs.inspection)) inspect_own_way(site);
  }
  std::swap(random, own);
}

}  // namespace sallyport::generate
