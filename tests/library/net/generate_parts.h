// What the parts of the generator share: the cloud in the making.
#pragma once

#include <string>
#include <vector>

#include "library/net/generate.h"
#include "model/change.h"

namespace sallyport::generate {

// The address `n` places behind the first one of the block.
Address nth(const Prefix& p, std::uint64_t n);

// What is known of a VPC while it grows.
struct Site {
  VpcId vpc;
  std::string region;
  Text region_text;
  Prefix cidr;
  bool ipv6 = false;
  InternetGatewayId internet_gateway;
  EgressOnlyGatewayId egress_only;
  std::vector<NatGatewayId> nats;
  NatGatewayId public_nat;
  std::vector<SubnetId> subnets;
  std::vector<SecurityGroupId> groups;
  std::vector<RouteTableId> tables;
  std::vector<PeeringId> peerings;
  std::vector<std::size_t> peers;  // sites
};

class Plan {
 public:
  Plan(std::uint64_t seed, const Knobs& k)
      : registry(std::make_shared<Registry>()), change(registry), random(seed), knobs(k) {}

  RegistryPtr registry;
  Change change;
  Random random;
  Knobs knobs;
  std::vector<Site> sites;
  std::vector<Prefix> ranges;               // that rules may name: VPCs, subnets, halves, hosts, the world
  std::vector<PrefixListId> service_lists;  // by Region: s3, dynamodb
  std::vector<PrefixListId> own_lists;

  Text text(const std::string& s) { return registry->text(s); }
  // `sg-3`, in a Region.
  template <class T>
  T id(const Site& site, const std::string& name) {
    return registry->ids.get<T>(site.region_text, text(name));
  }
  std::string number() { return std::to_string(++last_); }
  Head head(const Site& site, const std::string& name = "") {
    return {name.empty() ? Text() : text(name), text("111122223333"), site.region_text, {}, {}};
  }
  State state() { return random.chance(knobs.not_working) ? State::not_working : State::working; }

  // A public IPv4 address that nobody else has.
  Address elastic() { return v4(0x12'9C'00'0A + 7 * ++elastic_); }  // 18.156.0.x

  // RT-8: a list belongs to one Region.
  std::vector<PrefixListId> lists_of(const std::string& region, bool own) const;

  void make_lists();
  void make_sites();
  void make_groups(Site& site);
  void make_acls(Site& site);
  void make_gateways(Site& site);
  void make_workloads(Site& site);
  void make_endpoints(Site& site);
  void make_peerings();
  void make_zones();
  void make_resources();
  void make_tables(Site& site);
  void make_transit(std::uint64_t seed);
  void make_public_access(std::uint64_t seed);
  void make_resolver(std::uint64_t seed);
  void make_balancers(std::uint64_t seed);
  void make_recent(std::uint64_t seed);
  void make_inspection(std::uint64_t seed);
  void make_platform(std::uint64_t seed);

  // The next free address of a subnet, as a new interface in it.
  Interface& add_interface(Site& site, SubnetId subnet, InterfaceKind kind, const std::string& name);
  Subnet& subnet(SubnetId id);
  std::vector<SecurityGroupId> some_groups(Site& site);

 private:
  TargetGroup make_group(const Site& site, bool network);
  void make_balancer(Site& site);
  void make_offer(Site& site);
  void make_regional_nat(Site& site);
  PlatformWorkload& add_platform(const Site& site, Kind what, const std::string& name);
  void place_platform(Site& site, PlatformWorkload& p, bool ipv6, bool has_public);
  void make_nat64(Site& site);
  void make_dns_firewall(const Site& site);
  void make_shared_resource(Site& here, Site& there);
  void make_service_network(Site& site);
  RouteTable& table(RouteTableId id);
  std::pair<SubnetId, RouteTableId> add_subnet(Site& site, SubnetId like, int third);
  std::pair<EndpointId, RouteTableId> add_inspection(Site& site, SubnetId like, int third);
  void inspect_own_way(Site& site);
  void inspect_centrally(TransitGatewayId gateway);
  std::vector<SubnetId> some_zones(const Site& site);
  void route_to_gateway(const Site& site, TransitGatewayId gateway, const Prefix& to, int percent);

  std::size_t last_ = 0;
  std::uint32_t elastic_ = 0;
};

}  // namespace sallyport::generate
