// Load balancers of a VPC with their targets, and endpoint services that stand on them.
#include <algorithm>

#include "library/net/generate_parts.h"

namespace sallyport::generate {
namespace {

constexpr std::uint16_t listened[] = {443, 443, 80, 5432};

}  // namespace

void Plan::make_balancers(std::uint64_t seed) {
  // A stream of its own, so that all else of a seed's cloud stays what it is.
  Random own(seed * 9'576'890 + 7);
  std::swap(random, own);
  for (Site& site : sites) {
    for (int n = 0; n < 2; ++n) {
      if (random.chance(knobs.load_balancer)) make_balancer(site);
    }
  }
  for (std::size_t n = 0; n < sites.size(); ++n) {
    if (random.chance(knobs.load_balancer)) make_offer(sites[n]);
  }
  std::swap(random, own);
}

TargetGroup Plan::make_group(const Site& site, bool network) {
  TargetGroup g;
  g.id = registry->ids.get<TargetGroupId>(
      text("aws"), text("arn:aws:elasticloadbalancing:" + site.region + ":111122223333:targetgroup/tg/" + number()));
  g.head = head(site, "tg");
  g.vpc = site.vpc;
  g.type = TargetType::instance;
  g.port = random.chance(50) ? 443 : 5432;
  g.keeps_client_address = network && random.chance(50);
  g.says_cross_zone = random.chance(25);
  g.own_cross_zone = g.says_cross_zone && random.chance(50);
  const bool by_address = random.chance(35);
  if (by_address) g.type = TargetType::ip;
  for (int t = random.between(0, 3); t > 0 && !change.put.instances.empty(); --t) {
    const Instance& instance = random.one_of(change.put.instances);
    if (*instance.vpc != site.vpc && !(by_address && random.chance(30))) continue;
    BalancerTarget target;
    target.healthy = true;
    if (by_address) {
      const Interface& i = *std::find_if(change.put.interfaces.begin(), change.put.interfaces.end(),
                                         [&](const Interface& x) { return x.id == instance.interfaces.items[0]; });
      target.what = *i.addresses.items[0];
      target.zone = *instance.vpc == site.vpc ? subnet(*i.subnet).zone : text("all");
    } else {
      target.what = instance.id;
    }
    if (random.chance(20)) target.port = 80;
    g.targets.items.push_back(target);
  }
  return g;
}

void Plan::make_balancer(Site& site) {
  LoadBalancer b;
  const bool network = random.chance(60);
  const std::string number_ = number();
  b.id = registry->ids.get<LoadBalancerId>(
      text("aws"), text("arn:aws:elasticloadbalancing:" + site.region + ":111122223333:loadbalancer/" +
                        (network ? "net" : "app") + "/lb" + number_ + "/" + number_));
  b.head = head(site, "lb" + number_);
  b.type = network ? BalancerType::network : BalancerType::application;
  b.state = state();
  b.internet_facing = random.chance(30);
  b.vpc = site.vpc;
  b.cross_zone = !network || random.chance(40);
  b.filters_private_link = random.chance(60);
  if (!network || random.chance(40)) b.groups.items = some_groups(site);
  b.host = text("lb" + number_ + "-" + number_ + ".elb." + site.region + ".amazonaws.com");
  std::vector<Text> zones;
  for (const SubnetId where : site.subnets) {
    const Text zone = subnet(where).zone;
    if (std::find(zones.begin(), zones.end(), zone) != zones.end() || random.chance(30)) continue;
    zones.push_back(zone);
    Interface& i = add_interface(site, where, InterfaceKind::load_balancer, "");
    i.description = text(std::string("ELB ") + (network ? "net" : "app") + "/lb" + number_ + "/" + number_);
    i.addresses.items.resize(1);
    i.source_dest_check = false;
    i.groups = b.groups;
    if (*b.internet_facing) i.public_addresses.items.push_back({elastic(), *i.addresses.items[0]});
    b.subnets.items.push_back(where);
    b.interfaces.items.push_back(i.id);
  }
  if (b.interfaces.empty()) return;
  std::vector<std::uint16_t> ports;
  for (int l = random.between(1, 3); l > 0; --l) {
    Listener listener;
    listener.port = listened[random.below(std::size(listened))];
    if (std::find(ports.begin(), ports.end(), listener.port) != ports.end()) continue;
    ports.push_back(listener.port);
    if (network && random.chance(15)) listener.both_protocols = true;
    listener.answers = !network && random.chance(20);
    for (int g = network ? 1 : random.between(*listener.answers ? 0 : 1, 2); g > 0; --g) {
      change.put.target_groups.push_back(make_group(site, network));
      listener.groups.items.push_back(change.put.target_groups.back().id);
    }
    b.listeners.items.push_back(listener);
  }
  change.put.load_balancers.push_back(b);
}

// A service of our own on some network balancer, and an endpoint for it in this VPC.
void Plan::make_offer(Site& site) {
  std::vector<const LoadBalancer*> networks;
  for (const LoadBalancer& b : change.put.load_balancers) {
    if (*b.type == BalancerType::network && b.head.region == site.region_text) networks.push_back(&b);
  }
  if (networks.empty()) return;
  const std::string id_text = "vpce-svc-" + number();
  EndpointService service;
  service.id = id<EndpointServiceId>(site, "com.amazonaws.vpce." + site.region + "." + id_text);
  service.head = head(site);
  service.configured = true;
  service.interface_type = true;
  service.policy_supported = false;
  service.acceptance_required = true;
  service.aws_owned = false;
  service.state = state();
  service.balancers.items.push_back(random.one_of(networks)->id);
  const LoadBalancerId other = random.one_of(networks)->id;
  if (random.chance(25) && other != service.balancers.items[0]) service.balancers.items.push_back(other);
  Endpoint e;
  e.id = id<EndpointId>(site, "vpce-" + number());
  e.head = head(site);
  e.type = EndpointType::interface;
  e.state = state();
  e.vpc = site.vpc;
  e.service = registry->ids.id(service.id);
  e.service_region = site.region_text;
  e.ip_type = EndpointIpType::ipv4;
  e.private_dns = false;
  e.private_dns_only_inbound = false;
  e.groups.items = some_groups(site);
  std::vector<Text> zones;
  for (const SubnetId where : site.subnets) {
    const Text zone = subnet(where).zone;
    if (std::find(zones.begin(), zones.end(), zone) != zones.end()) continue;
    zones.push_back(zone);
    Interface& i = add_interface(site, where, InterfaceKind::endpoint, "");
    i.addresses.items.resize(1);
    i.groups = e.groups;
    e.subnets.items.push_back(where);
    e.interfaces.items.push_back(i.id);
  }
  change.put.endpoint_services.push_back(service);
  change.put.endpoints.push_back(e);
}

}  // namespace sallyport::generate
