// What AWS added last: regional NAT gateways, NAT64, DNS Firewall, names of instances across
// VPCs, VPC Lattice.
#include <algorithm>

#include "library/net/generate_parts.h"

namespace sallyport::generate {
namespace {

Route leads(const Prefix& to, RouteTarget target, Ref object, bool blackhole = false) {
  Route r;
  r.destination = to;
  r.target = target;
  r.object = object;
  r.blackhole = blackhole;
  return r;
}

bool is_for(const Route& r, const Prefix& to) {
  const Prefix* p = std::get_if<Prefix>(&r.destination);
  return p != nullptr && *p == to;
}

}  // namespace

// NA-9: with a table of its own and addresses for some zones.
void Plan::make_regional_nat(Site& site) {
  NatGateway nat;
  nat.id = id<NatGatewayId>(site, "nat-" + number());
  nat.head = head(site);
  nat.state = state();
  nat.vpc = site.vpc;
  nat.is_public = true;
  nat.regional = true;
  nat.every_zone = random.chance(15);
  std::vector<Text> zones;
  for (const SubnetId where : site.subnets) {
    const Subnet& s = subnet(where);
    if (std::find(zones.begin(), zones.end(), s.zone_id) != zones.end() || random.chance(20)) continue;
    zones.push_back(s.zone_id);
    for (int n = random.chance(20) ? 2 : 1; n > 0; --n) {
      NatAddress a;
      a.private_address = nth(*s.cidrs.items[0], 240 + static_cast<std::uint64_t>(n));
      a.has_public = true;
      a.public_address = elastic();
      a.zone = s.zone;
      a.zone_id = s.zone_id;
      nat.addresses.items.push_back(a);
    }
  }
  RouteTable table;
  table.id = id<RouteTableId>(site, "rtb-" + number());
  table.head = head(site);
  table.vpc = site.vpc;
  table.main = false;
  for (const Vpc& vpc : change.put.vpcs) {
    if (vpc.id != site.vpc) continue;
    for (const Value<Prefix>& p : vpc.cidrs) {
      Route local = leads(*p, RouteTarget::local, {});
      local.origin = RouteOrigin::created_with_table;
      table.routes.items.push_back(local);
    }
  }
  if (random.chance(92)) {
    table.routes.items.push_back(
        leads(everything(Family::v4), RouteTarget::internet_gateway, site.internet_gateway, random.chance(4)));
  }
  nat.table = table.id;
  for (RouteTable& t : change.put.route_tables) {
    if (*t.vpc != site.vpc || random.chance(30)) continue;
    std::erase_if(t.routes.items, [&](const Route& r) {
      return is_for(r, everything(Family::v4)) && r.target != RouteTarget::internet_gateway;
    });
    const bool taken = std::any_of(t.routes.begin(), t.routes.end(),
                                   [&](const Route& r) { return is_for(r, everything(Family::v4)); });
    if (!taken) t.routes.items.push_back(leads(everything(Family::v4), RouteTarget::nat_gateway, nat.id));
  }
  site.nats.push_back(nat.id);
  change.put.route_tables.push_back(table);
  change.put.nat_gateways.push_back(nat);
}

// NA-8: routes for the block of NAT64, and resolvers that make addresses of it.
void Plan::make_nat64(Site& site) {
  const Prefix block = *parse_prefix("64:ff9b::/96");
  for (const SubnetId s : site.subnets) subnet(s).dns64 = random.chance(65);
  for (RouteTable& t : change.put.route_tables) {
    if (*t.vpc == site.vpc && random.chance(80))
      t.routes.items.push_back(leads(block, RouteTarget::nat_gateway, random.one_of(site.nats)));
  }
}

// DN-16.
void Plan::make_dns_firewall(const Site& site) {
  static const char* domains[] = {"*",
                                  "*.amazonaws.com",
                                  "sqs.{r}.amazonaws.com",
                                  "*.s3.{r}.amazonaws.com",
                                  "s3.{r}.amazonaws.com",
                                  "*.{r}.amazonaws.com",
                                  "*.compute.amazonaws.com",
                                  "*.corp.internal",
                                  "example.com"};
  DnsFirewall group;
  group.id = registry->ids.get<DnsFirewallId>(site.region_text, text("rslvr-frgassoc-" + number()));
  group.head = head(site);
  group.vpc = site.vpc;
  group.state = state();
  group.priority = random.between(1, 3) * 100 + static_cast<int>(change.put.dns_firewalls.size());
  for (int n = random.between(1, 3); n > 0; --n) {
    DnsFirewallRule rule;
    rule.priority = 10 * (4 - n);
    rule.blocks = random.chance(45);
    for (int d = random.between(1, 2); d > 0; --d) {
      std::string name = random.one_of(domains);
      if (const auto at = name.find("{r}"); at != std::string::npos) name.replace(at, 3, site.region);
      rule.domains.items.push_back(text(name));
    }
    group.rules.items.push_back(rule);
  }
  change.put.dns_firewalls.push_back(group);
}

// RE-1, RE-2: a resource of `there`, by an endpoint in `here`.
void Plan::make_shared_resource(Site& here, Site& there) {
  const std::string arn = "arn:aws:vpc-lattice:" + there.region + ":111122223333:";
  ResourceGateway gateway;
  gateway.id = registry->ids.get<ResourceGatewayId>(text("aws"), text(arn + "resourcegateway/rgw-" + number()));
  gateway.head = head(there);
  gateway.state = state();
  gateway.vpc = there.vpc;
  gateway.subnets.items = some_zones(there);
  if (random.chance(70)) gateway.groups.items = some_groups(there);
  ResourceConfiguration resource;
  resource.id =
      registry->ids.get<ResourceConfigurationId>(text("aws"), text(arn + "resourceconfiguration/rcfg-" + number()));
  resource.head = head(there);
  resource.kind = ResourceConfigurationKind::single;
  resource.state = state();
  resource.gateway = gateway.id;
  resource.ports = random.chance(50) ? PortSet(443, 443) : PortSet(443, 5432);
  std::vector<Address> known;
  for (const Interface& i : change.put.interfaces) {
    if (*i.vpc == there.vpc && i.kind == InterfaceKind::plain) known.push_back(*i.addresses.items[0]);
  }
  const Address at = known.empty() || random.chance(8) ? nth(there.cidr, 5000) : random.one_of(known);
  if (random.chance(70)) {
    resource.has_address = true;
    resource.address = at;
  } else {
    std::string dashes = to_string(at);
    std::replace(dashes.begin(), dashes.end(), '.', '-');
    resource.host = text("ip-" + dashes + "." + there.region + ".compute.internal");
  }
  Endpoint e;
  e.id = id<EndpointId>(here, "vpce-" + number());
  e.head = head(here);
  e.type = EndpointType::resource;
  e.state = state();
  e.vpc = here.vpc;
  e.ip_type = EndpointIpType::ipv4;
  e.private_dns = false;
  e.private_dns_only_inbound = false;
  e.resource = resource.id;
  e.groups.items = some_groups(here);
  for (const SubnetId where : some_zones(here)) {
    Interface& i = add_interface(here, where, InterfaceKind::endpoint, "");
    std::erase_if(i.addresses.items, [](const Value<Address>& a) { return a->family == Family::v6; });
    i.groups = e.groups;
    e.subnets.items.push_back(where);
    e.interfaces.items.push_back(i.id);
  }
  change.put.resource_gateways.push_back(gateway);
  change.put.resource_configurations.push_back(resource);
  change.put.endpoints.push_back(e);
}

// RE-7: an association, and the route that it brings.
void Plan::make_service_network(Site& site) {
  ServiceNetwork network;
  network.id = registry->ids.get<ServiceNetworkId>(
      text("aws"), text("arn:aws:vpc-lattice:" + site.region + ":111122223333:servicenetwork/sn-" + number()));
  network.head = head(site);
  network.authorizes = random.chance(30);
  if (random.chance(75)) network.services.items.push_back({text("arn:service"), text("svc.on.aws"), {}});
  ServiceNetworkVpc association;
  association.vpc = site.vpc;
  association.state = state();
  if (random.chance(60)) association.groups.items = some_groups(site);
  network.vpcs.items.push_back(association);
  change.put.service_networks.push_back(network);
  for (RouteTable& t : change.put.route_tables) {
    if (*t.vpc == site.vpc)
      t.routes.items.push_back(leads(*parse_prefix("169.254.171.0/24"), RouteTarget::lattice, {}));
  }
}

void Plan::make_recent(std::uint64_t seed) {
  if (knobs.recent == 0) return;
  Random own(seed * 15'485'863 + 29);
  std::swap(random, own);
  for (Site& site : sites) {
    if (site.internet_gateway && random.chance(knobs.recent)) make_regional_nat(site);
    if (site.ipv6 && !site.nats.empty() && random.chance(knobs.recent)) make_nat64(site);
    while (random.chance(knobs.recent / 2)) make_dns_firewall(site);
    if (random.chance(knobs.recent)) make_service_network(site);
  }
  for (Site& here : sites) {
    for (Site& there : sites) {
      if (here.vpc != there.vpc && here.region == there.region && random.chance(knobs.recent))
        make_shared_resource(here, there);  // RE-4
    }
  }
  for (TransitGateway& gateway : change.put.transit_gateways) gateway.dns_support = random.chance(80);
  for (TransitAttachment& a : change.put.transit_attachments) {
    if (*a.kind == AttachmentKind::vpc) a.dns_support = random.chance(70);
  }
  std::swap(random, own);
}

}  // namespace sallyport::generate
