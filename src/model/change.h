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

// Calls `f` with each vector of rows of `objects`, in the order above: for code
// that does the same to every kind.
template <class ObjectsRef, class F>
void for_each_kind(ObjectsRef& objects, F f) {
  f(objects.vpcs), f(objects.subnets), f(objects.route_tables), f(objects.network_acls);
  f(objects.security_groups), f(objects.interfaces), f(objects.instances);
  f(objects.internet_gateways), f(objects.egress_only_gateways), f(objects.nat_gateways);
  f(objects.endpoints), f(objects.endpoint_services), f(objects.prefix_lists);
  f(objects.peerings), f(objects.transit_gateways), f(objects.transit_attachments);
  f(objects.transit_tables), f(objects.hosted_zones), f(objects.functions), f(objects.buckets);
  f(objects.tables), f(objects.roles), f(objects.users), f(objects.groups);
  f(objects.instance_profiles), f(objects.org_nodes), f(objects.policies);
  f(objects.resources), f(objects.load_balancers), f(objects.target_groups);
  f(objects.resolver_rules), f(objects.resolver_endpoints), f(objects.public_access_blocks);
  f(objects.public_access_exclusions), f(objects.platform_workloads);
  f(objects.dns_firewalls), f(objects.resource_gateways), f(objects.resource_configurations);
  f(objects.service_networks);
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
