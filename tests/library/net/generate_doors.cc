// Gateways, endpoints, peerings, private zones: the ways out of a VPC.
#include <algorithm>

#include "library/net/generate_parts.h"

namespace sallyport::generate {
namespace {

// Services with interface endpoints, and the private names that they bring (DN-4).
struct Offer {
  const char* service;
  std::initializer_list<const char*> names;
};
const Offer offers[] = {
    {"lambda", {"lambda.{r}.amazonaws.com"}},
    {"sqs", {"sqs.{r}.amazonaws.com"}},
    {"sts", {"sts.{r}.amazonaws.com"}},
    {"ecr.api", {"api.ecr.{r}.amazonaws.com"}},
    {"secretsmanager", {"secretsmanager.{r}.amazonaws.com"}},
    {"s3", {"*.s3.{r}.amazonaws.com", "s3.{r}.amazonaws.com", "*.s3-accesspoint.{r}.amazonaws.com"}},
    {"dynamodb", {}},
};

std::string in_region(std::string name, const std::string& region) {
  const auto at = name.find("{r}");
  return at == std::string::npos ? name : name.replace(at, 3, region);
}

}  // namespace

void Plan::make_gateways(Site& site) {
  if (random.chance(92)) {
    InternetGateway igw;
    igw.id = site.internet_gateway = id<InternetGatewayId>(site, "igw-" + number());
    igw.head = head(site);
    if (!random.chance(knobs.not_working)) igw.vpcs.items.push_back(site.vpc);
    change.put.internet_gateways.push_back(igw);
  }
  if (site.ipv6 && random.chance(50)) {
    EgressOnlyGateway eigw;
    eigw.id = site.egress_only = id<EgressOnlyGatewayId>(site, "eigw-" + number());
    eigw.head = head(site);
    eigw.vpcs.items.push_back(site.vpc);
    change.put.egress_only_gateways.push_back(eigw);
  }
  const auto add_nat = [&](bool is_public) {
    NatGateway nat;
    nat.id = id<NatGatewayId>(site, "nat-" + number());
    nat.head = head(site);
    nat.state = state();
    nat.vpc = site.vpc;
    // Public ones stand in the first subnet, which make_tables makes public.
    const SubnetId where = is_public ? site.subnets.front() : random.one_of(site.subnets);
    nat.subnet = where;
    nat.is_public = is_public;
    for (int n = random.chance(15) ? 2 : 1; n > 0; --n) {
      Interface& i = add_interface(site, where, InterfaceKind::nat_gateway, "");
      NatAddress address;
      address.private_address = *i.addresses.items[0];
      if (is_public) {
        address.has_public = true;
        address.public_address = elastic();
        i.public_addresses.items.push_back({*address.public_address, *address.private_address});
      }
      nat.addresses.items.push_back(address);
    }
    site.nats.push_back(nat.id);
    if (is_public) site.public_nat = nat.id;
    change.put.nat_gateways.push_back(nat);
  };
  if (site.internet_gateway && site.subnets.size() > 1 && random.chance(knobs.nat)) add_nat(true);
  if (random.chance(knobs.private_nat)) add_nat(false);
}

void Plan::make_endpoints(Site& site) {
  const auto add = [&](const std::string& service, EndpointType type) -> Endpoint {
    Endpoint e;
    e.id = id<EndpointId>(site, "vpce-" + number());
    e.head = head(site);
    e.type = type;
    e.state = state();
    e.vpc = site.vpc;
    e.service = text("com.amazonaws." + site.region + "." + service);
    e.service_region = site.region_text;
    e.ip_type = EndpointIpType::ipv4;
    e.private_dns = false;
    e.private_dns_only_inbound = false;
    return e;
  };
  // Gateway endpoints: disjoint sets of tables, one or two endpoints a service (GE-3).
  for (const char* service : {"s3", "dynamodb"}) {
    if (!random.chance(service[0] == 's' ? knobs.gateway_endpoint : knobs.gateway_endpoint / 2)) continue;
    Endpoint first = add(service, EndpointType::gateway);
    Endpoint second = add(service, EndpointType::gateway);
    for (const RouteTableId table : site.tables) {
      if (random.chance(65)) {
        first.route_tables.items.push_back(table);
      } else if (random.chance(20)) {
        second.route_tables.items.push_back(table);
      }
    }
    change.put.endpoints.push_back(first);
    if (!second.route_tables.empty()) change.put.endpoints.push_back(second);
  }
  // Interface endpoints: not two with private DNS for one name (DN-6).
  for (const Offer& offer : offers) {
    if (!random.chance(knobs.interface_endpoint / 3)) continue;
    Endpoint e = add(offer.service, EndpointType::interface);
    e.private_dns = offer.names.size() > 0 && random.chance(knobs.private_dns);
    if (std::string(offer.service) == "s3") e.private_dns_only_inbound = *e.private_dns && random.chance(40);
    e.groups.items = some_groups(site);
    std::vector<Text> zones;
    for (const SubnetId where : site.subnets) {
      const Text zone = subnet(where).zone;
      if (std::find(zones.begin(), zones.end(), zone) != zones.end() || random.chance(30)) continue;  // IF-1
      zones.push_back(zone);
      Interface& i = add_interface(site, where, InterfaceKind::endpoint, "");
      std::erase_if(i.addresses.items, [](const Value<Address>& a) { return a->family == Family::v6; });
      i.groups = e.groups;
      e.subnets.items.push_back(where);
      e.interfaces.items.push_back(i.id);
    }
    if (e.interfaces.empty()) continue;
    const std::string base = std::string(registry->id(e.id)) + "-x" + number();
    const std::string rest = std::string(".") + offer.service + "." + site.region + ".vpce.amazonaws.com";
    const std::string star = std::string(offer.service) == "s3" ? "*." : "";
    e.dns_names.items.push_back(text(star + base + rest));
    for (const Text zone : zones)
      e.dns_names.items.push_back(text(star + base + "-" + registry->texts.string(zone) + rest));
    change.put.endpoints.push_back(e);
  }
}

void Plan::make_peerings() {
  for (std::size_t a = 0; a + 1 < sites.size(); ++a) {
    Site& one = sites[a];
    Site& other = sites[a + 1];
    if (one.cidr.overlaps(other.cidr) || !random.chance(knobs.peering)) continue;  // PX-4
    Peering peering;
    peering.id = registry->ids.get<PeeringId>(text("aws"), text("pcx-" + number()));  // one id in both Regions
    peering.head = head(one);
    peering.state = state();
    const auto side = [&](const Site& site) {
      PeeringSide s{site.vpc, text("111122223333"), site.region_text, {}, random.chance(50)};
      for (const Vpc& vpc : change.put.vpcs) {
        if (vpc.id != site.vpc) continue;
        for (const Value<Prefix>& p : vpc.cidrs) s.cidrs.push_back(*p);
      }
      return s;
    };
    peering.requester = side(one);
    peering.accepter = side(other);
    for (const auto& [site, peer] : {std::pair(&one, a + 1), std::pair(&other, a)}) {
      site->peerings.push_back(peering.id);
      site->peers.push_back(peer);
    }
    change.put.peerings.push_back(peering);
  }
}

void Plan::make_zones() {
  for (const Site& site : sites) {
    for (const Offer& offer : offers) {
      EndpointService row;
      row.id = id<EndpointServiceId>(site, "com.amazonaws." + site.region + "." + offer.service);
      const bool known = std::any_of(change.put.endpoint_services.begin(), change.put.endpoint_services.end(),
                                     [&](const EndpointService& s) { return s.id == row.id; });
      if (known) continue;
      row.head = head(site);
      row.head.account = {};
      for (const char* name : offer.names) row.private_dns_names.items.push_back(text(in_region(name, site.region)));
      const std::string service = offer.service;
      row.policy_supported = true;
      row.interface_type = true;
      row.gateway_type = service == "s3" || service == "dynamodb";
      row.acceptance_required = false;
      row.aws_owned = true;
      for (const char zone : {'a', 'b', 'c'}) row.zones.items.push_back(text(site.region + zone));
      change.put.endpoint_services.push_back(row);
    }
  }
  for (const Site& site : sites) {
    if (!random.chance(knobs.hosted_zone)) continue;
    static const char* names[] = {"sqs.{r}.amazonaws.com", "{r}.amazonaws.com",          "s3.{r}.amazonaws.com",
                                  "corp.internal",         "dynamodb.{r}.amazonaws.com", "kms.{r}.amazonaws.com"};
    const std::string name = in_region(random.one_of(names), site.region);
    HostedZone zone;
    zone.id = registry->ids.get<HostedZoneId>(text("aws"), text("Z" + number()));
    zone.head = {text(name), text("111122223333"), {}, {}, {}};
    zone.is_private = true;
    zone.vpcs.items.push_back(site.vpc);
    if (!site.peers.empty() && random.chance(40)) zone.vpcs.items.push_back(sites[site.peers[0]].vpc);
    const auto add = [&](const std::string& record_name, const std::string& type, const std::string& value,
                         const std::string& alias) {
      DnsRecord r;
      r.name = text(record_name);
      r.type = text(type);
      if (!value.empty()) r.values.items.push_back(text(value));
      if (!alias.empty()) r.alias = text(alias);
      zone.records.items.push_back(r);
    };
    const auto some_target = [&](const std::string& record_name) {
      const Interface& i = random.one_of(change.put.interfaces);
      const Endpoint* endpoint = nullptr;
      for (const Endpoint& e : change.put.endpoints) {
        if (!e.dns_names.empty()) endpoint = &e;
      }
      if (endpoint != nullptr && random.chance(60)) {
        const std::string to = registry->texts.string(endpoint->dns_names.items[0]);
        if (!to.starts_with("*")) {
          add(record_name, random.chance(50) ? "A" : "CNAME", "", "");
          DnsRecord& r = zone.records.items.back();
          if (registry->view(r.type) == "A") {
            r.alias = text(to);
          } else {
            r.values.items.push_back(text(to));
          }
          return;
        }
      }
      add(record_name, "A", to_string(*i.addresses.items[0]), "");
    };
    if (!change.put.interfaces.empty()) {
      if (random.chance(75)) some_target(name);
      if (random.chance(40)) some_target("*." + name);
      if (name.starts_with(site.region) && random.chance(60)) some_target("sqs." + name);
      if (random.chance(30)) some_target("db." + name);
    }
    change.put.hosted_zones.push_back(zone);
  }
}

}  // namespace sallyport::generate
