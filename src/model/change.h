// Change: what turns one cloud into another.
//
// Every reader produces one; a plan, a template over a base, a what-if and a
// repair are changes too. A change says which objects are there now (whole, not
// by attribute), which are gone, and what was collected.
//
//   Change change(registry);
//   change.put.vpcs.push_back({...});
//   change.collected(Kind::vpc, account, region);
//   Cloud cloud = apply(Cloud(registry), std::move(change));
#pragma once

#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "model/balancer.h"
#include "model/endpoint.h"
#include "model/identity.h"
#include "model/lattice.h"
#include "model/network.h"
#include "model/platform.h"
#include "model/policy.h"
#include "model/public_access.h"
#include "model/registry.h"
#include "model/resolver.h"
#include "model/resource.h"
#include "model/transit.h"

namespace sallyport {

// A named policy document: a managed policy by its ARN, an inline one by
// "<owner's ARN>/<policy name>", a resource policy by "<resource's ARN>/policy".
struct Policy {
  PolicyId id;
  Head head;  // name = as people know it
  PolicyDocument document;
};

// The rows of each kind of object, in any order.
struct Objects {
  std::vector<Vpc> vpcs;
  std::vector<Subnet> subnets;
  std::vector<RouteTable> route_tables;
  std::vector<NetworkAcl> network_acls;
  std::vector<SecurityGroup> security_groups;
  std::vector<Interface> interfaces;
  std::vector<Instance> instances;
  std::vector<InternetGateway> internet_gateways;
  std::vector<EgressOnlyGateway> egress_only_gateways;
  std::vector<NatGateway> nat_gateways;
  std::vector<VpnGateway> vpn_gateways;
  std::vector<Endpoint> endpoints;
  std::vector<EndpointService> endpoint_services;
  std::vector<PrefixList> prefix_lists;
  std::vector<Peering> peerings;
  std::vector<TransitGateway> transit_gateways;
  std::vector<TransitAttachment> transit_attachments;
  std::vector<TransitTable> transit_tables;
  std::vector<HostedZone> hosted_zones;
  std::vector<Function> functions;
  std::vector<Bucket> buckets;
  std::vector<Table> tables;
  std::vector<Role> roles;
  std::vector<User> users;
  std::vector<Group> groups;
  std::vector<InstanceProfile> instance_profiles;
  std::vector<OrgNode> org_nodes;
  std::vector<Policy> policies;
  std::vector<Resource> resources;
  std::vector<LoadBalancer> load_balancers;
  std::vector<TargetGroup> target_groups;
  std::vector<ResolverRule> resolver_rules;
  std::vector<ResolverEndpoint> resolver_endpoints;
  std::vector<PublicAccessBlock> public_access_blocks;
  std::vector<PublicAccessExclusion> public_access_exclusions;
  std::vector<PlatformWorkload> platform_workloads;
  std::vector<DnsFirewall> dns_firewalls;
  std::vector<ResourceGateway> resource_gateways;
  std::vector<ResourceConfiguration> resource_configurations;
  std::vector<ServiceNetwork> service_networks;
};

template <class F, class... All>
void each_of(F& f, All&... all) {
  f(all.vpcs...), f(all.subnets...), f(all.route_tables...), f(all.network_acls...);
  f(all.security_groups...), f(all.interfaces...), f(all.instances...);
  f(all.internet_gateways...), f(all.egress_only_gateways...), f(all.nat_gateways...), f(all.vpn_gateways...);
  f(all.endpoints...), f(all.endpoint_services...), f(all.prefix_lists...);
  f(all.peerings...), f(all.transit_gateways...), f(all.transit_attachments...);
  f(all.transit_tables...), f(all.hosted_zones...), f(all.functions...), f(all.buckets...);
  f(all.tables...), f(all.roles...), f(all.users...), f(all.groups...);
  f(all.instance_profiles...), f(all.org_nodes...), f(all.policies...);
  f(all.resources...), f(all.load_balancers...), f(all.target_groups...);
  f(all.resolver_rules...), f(all.resolver_endpoints...), f(all.public_access_blocks...);
  f(all.public_access_exclusions...), f(all.platform_workloads...);
  f(all.dns_firewalls...), f(all.resource_gateways...), f(all.resource_configurations...);
  f(all.service_networks...);
}

// Calls `f` with the rows of each kind of `objects`, in the order above: for code that does the
// same to every kind. With those of several objects, or of a cloud's tables, side by side:
//
//   each_kind(cloud.tables(), [](const auto& rows) { ... });
//   each_kind(change.put, tables, [](auto& put, const auto& rows) { ... });
template <class A, class F>
void each_kind(A& a, F f) {
  each_of(f, a);
}

template <class A, class B, class F>
void each_kind(A& a, B& b, F f) {
  each_of(f, a, b);
}

template <class A, class B, class C, class F>
void each_kind(A& a, B& b, C& c, F f) {
  each_of(f, a, b, c);
}

// "All objects of `kind` that `account` has in `region` are in the input", or
// (gap set) "some may be missing, for this reason". Region is empty for global
// kinds; account is empty where the input does not say whose answers they are.
struct Collected {
  Kind kind = Kind::none;
  Text account;
  Text region;
  GapId gap;
};

// Something of the input that no reader understands: counted, and a taint for
// answers that could depend on it.
struct Unread {
  std::string what;  // "ec2-describe-transit-gateways"
  std::size_t files = 0;
};

struct Change {
  explicit Change(RegistryPtr r) : registry(std::move(r)) {}

  void collected(Kind kind, Text account, Text region, GapId gap = {}) {
    coverage.push_back({kind, account, region, gap});
  }

  RegistryPtr registry;
  Objects put;
  std::vector<Ref> removed;
  std::vector<Collected> coverage;
  // Known: the organization (or that there is none). Unset: the change says nothing.
  bool sets_organization = false;
  Value<Organization> organization;
  std::vector<Unread> unread;
  Diagnostics diagnostics;
};

}  // namespace sallyport
