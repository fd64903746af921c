// Route tables, and the generator's order of work.
#include <algorithm>
#include <tuple>

#include "library/net/erase.h"
#include "library/net/generate_parts.h"

namespace sallyport::generate {
namespace {

Route route(std::variant<Prefix, PrefixListId> to, RouteTarget target, Ref object) {
  Route r;
  r.destination = to;
  r.target = target;
  r.object = object;
  r.blackhole = false;
  return r;
}

}  // namespace

void Plan::make_tables(Site& site) {
  const Vpc& vpc =
      *std::find_if(change.put.vpcs.begin(), change.put.vpcs.end(), [&](const Vpc& v) { return v.id == site.vpc; });
  const Prefix all4 = everything(Family::v4);
  const Prefix all6 = everything(Family::v6);

  // Every way that a route of this VPC can lead.
  std::vector<std::pair<RouteTarget, Ref>> ways;
  if (site.internet_gateway) ways.emplace_back(RouteTarget::internet_gateway, site.internet_gateway);
  for (const NatGatewayId nat : site.nats) ways.emplace_back(RouteTarget::nat_gateway, nat);
  for (const PeeringId peering : site.peerings) ways.emplace_back(RouteTarget::peering, peering);

  for (std::size_t t = 0; t < site.tables.size(); ++t) {
    RouteTable table;
    table.id = site.tables[t];
    table.head = head(site);
    table.vpc = site.vpc;
    table.main = t == 0;
    for (const Value<Prefix>& p : vpc.cidrs) {
      Route local = route(*p, RouteTarget::local, {});
      local.origin = RouteOrigin::created_with_table;
      table.routes.items.push_back(local);
    }
    // The second table is that of the first subnet, where the NAT gateway stands.
    if (t > 0 && t - 1 < site.subnets.size()) table.subnets.items.push_back(site.subnets[t - 1]);
    const bool nat_subnet = t == 1;
    const auto add = [&](Route r) {
      const bool taken = std::any_of(table.routes.begin(), table.routes.end(),
                                     [&](const Route& other) { return other.destination == r.destination; });
      if (!taken) table.routes.items.push_back(std::move(r));
    };
    if (site.internet_gateway && (nat_subnet || random.chance(knobs.public_subnet))) {
      add(route(all4, RouteTarget::internet_gateway, site.internet_gateway));
      if (site.ipv6 && random.chance(70)) add(route(all6, RouteTarget::internet_gateway, site.internet_gateway));
    } else if (site.public_nat && random.chance(90)) {
      add(route(all4, RouteTarget::nat_gateway, site.public_nat));
    }
    if (site.egress_only && random.chance(70)) add(route(all6, RouteTarget::egress_only_gateway, site.egress_only));
    for (std::size_t n = 0; n < site.peerings.size(); ++n) {
      const Site& peer = sites[site.peers[n]];
      if (random.chance(85)) add(route(peer.cidr, RouteTarget::peering, site.peerings[n]));
      if (site.ipv6 && peer.ipv6 && random.chance(50)) {
        for (const Vpc& v : change.put.vpcs) {
          if (v.id != peer.vpc) continue;
          for (const Value<Prefix>& p : v.cidrs) {
            if (p->family() == Family::v6) add(route(*p, RouteTarget::peering, site.peerings[n]));
          }
        }
      }
    }
    // Routes that compete: longer and shorter prefixes, lists, black holes.
    for (int n = 0; n < 2 && !ways.empty(); ++n) {
      if (!random.chance(knobs.odd_route)) continue;
      const auto [target, object] = random.one_of(ways);
      static const char* prefixes[] = {"0.0.0.0/1",  "128.0.0.0/1", "8.8.8.0/24",   "52.219.72.0/29", "52.219.72.0/30",
                                       "52.0.0.0/8", "10.0.0.0/8",  "3.5.134.0/31", "0.0.0.0/0",      "18.156.0.0/26"};
      Route r = route(*parse_prefix(random.one_of(prefixes)), target, object);
      if (random.chance(25)) r.destination = random.one_of(lists_of(site.region, true));
      if (random.chance(10)) r.blackhole = true;
      // RT-7: what lies inside the VPC is local.
      const Prefix* cidr = std::get_if<Prefix>(&r.destination);
      if (cidr != nullptr && site.cidr.contains(*cidr)) continue;
      add(r);
    }
    if (random.chance(knobs.appliance_route)) {
      const int kind = random.between(0, 2);
      Route r = route(*parse_prefix(random.chance(50) ? "192.168.0.0/16" : "8.0.0.0/8"), RouteTarget::vpn_gateway,
                      registry->ids.intern(Kind::vpn_gateway, site.region_text, text("vgw-1")));
      if (kind == 1) {
        r.target = RouteTarget::transit_gateway;
        r.object = registry->ids.intern(Kind::transit_gateway, site.region_text, text("tgw-1"));
      }
      if (kind == 2 && !change.put.interfaces.empty()) {
        for (const Interface& i : change.put.interfaces) {
          if (*i.vpc != site.vpc || i.kind != InterfaceKind::plain) continue;
          r.target = RouteTarget::network_interface;
          r.object = i.id;
        }
      }
      if (kind == 0 && random.chance(50)) r.origin = RouteOrigin::propagated;
      add(r);
    }
    change.put.route_tables.push_back(table);
  }
}

void Plan::make_resources() {
  for (const char* region : {"eu-central-1", "eu-west-1"}) {
    Bucket bucket;
    bucket.id = registry->ids.get<BucketId>(text("aws"), text(std::string("data-") + region));
    bucket.head = {text(std::string("data-") + region), text("111122223333"), text(region), {}, {}};
    bucket.region = text(region);
    change.put.buckets.push_back(bucket);
    Table table;
    const std::string arn = std::string("arn:aws:dynamodb:") + region + ":111122223333:table/orders";
    table.id = registry->ids.get<TableId>(text("aws"), text(arn));
    table.head = {text("orders"), text("111122223333"), text(region), {}, {}};
    change.put.tables.push_back(table);
  }
}

Cloud cloud(std::uint64_t seed, const Knobs& knobs) {
  Plan plan(seed, knobs);
  plan.make_lists();
  plan.make_sites();
  plan.make_peerings();
  for (Site& site : plan.sites) {
    const std::size_t tables = 1 + std::min(site.subnets.size(), static_cast<std::size_t>(plan.random.between(1, 3)));
    for (std::size_t t = 0; t < tables; ++t) {
      site.tables.push_back(plan.id<RouteTableId>(site, "rtb-" + plan.number()));
    }
    plan.make_gateways(site);
    plan.make_groups(site);
    plan.make_workloads(site);
    plan.make_endpoints(site);
    plan.make_tables(site);
    plan.make_acls(site);
  }
  plan.make_transit(seed);
  plan.make_public_access(seed);
  plan.make_resolver(seed);
  plan.make_balancers(seed);
  plan.make_recent(seed);
  plan.make_inspection(seed);
  plan.make_platform(seed);
  plan.make_zones();
  plan.make_resources();
  claim_coverage(plan.change, {});
  plan.change.sets_organization = true;
  plan.change.organization = Organization{};
  return apply(Cloud(plan.registry), std::move(plan.change));
}

}  // namespace sallyport::generate
