// Cloud: the loaded configuration, immutable once built.
//
// Rows of each kind are sorted by (Region, id), so that walking them is the same
// on every run. `find` gives an object by id in constant time, nullptr where the
// input only refers to it. Copying a cloud is cheap: rows are shared.
#pragma once

#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "base/huge_pages.h"
#include "model/change.h"
#include "model/coverage.h"

namespace sallyport {

// The rows of one kind. Copying is cheap: a cloud shares with the one that it came from the kinds that
// its change does not touch, and rows of those stand where they stood.
template <class Row>
class Rows {
 public:
  using IdType = decltype(Row::id);

  Rows() = default;

  const Row* find(IdType id) const {
    if (!id || id.number() >= place_.size() || place_[id.number()] == 0) return nullptr;
    return &rows_[place_[id.number()] - 1];
  }
  std::span<const Row> rows() const { return rows_; }
  auto begin() const { return rows_.begin(); }
  auto end() const { return rows_.end(); }
  std::size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }

  // Are they the other's own, not only alike?
  bool shared_with(const Rows& other) const {
    return rows_.data() == other.rows_.data() && rows_.size() == other.rows_.size();
  }

 private:
  friend class CloudBuilder;
  struct Store {
    std::vector<Row, HugePages<Row>> rows;
    std::vector<std::uint32_t, HugePages<std::uint32_t>> place;  // by id number: position in rows + 1, or 0
  };

  explicit Rows(std::shared_ptr<const Store> store)
      : rows_(store->rows), place_(store->place), owner_(std::move(store)) {}

  std::span<const Row> rows_;
  std::span<const std::uint32_t> place_;
  std::shared_ptr<const Store> owner_;  // of both
};

struct CloudTables {
  Rows<Vpc> vpcs;
  Rows<Subnet> subnets;
  Rows<RouteTable> route_tables;
  Rows<NetworkAcl> network_acls;
  Rows<SecurityGroup> security_groups;
  Rows<Interface> interfaces;
  Rows<Instance> instances;
  Rows<InternetGateway> internet_gateways;
  Rows<EgressOnlyGateway> egress_only_gateways;
  Rows<NatGateway> nat_gateways;
  Rows<VpnGateway> vpn_gateways;
  Rows<Endpoint> endpoints;
  Rows<EndpointService> endpoint_services;
  Rows<PrefixList> prefix_lists;
  Rows<Peering> peerings;
  Rows<TransitGateway> transit_gateways;
  Rows<TransitAttachment> transit_attachments;
  Rows<TransitTable> transit_tables;
  Rows<HostedZone> hosted_zones;
  Rows<Function> functions;
  Rows<Bucket> buckets;
  Rows<Table> tables;
  Rows<Role> roles;
  Rows<User> users;
  Rows<Group> groups;
  Rows<InstanceProfile> instance_profiles;
  Rows<OrgNode> org_nodes;
  Rows<Policy> policies;
  Rows<Resource> resources;
  Rows<LoadBalancer> load_balancers;
  Rows<TargetGroup> target_groups;
  Rows<ResolverRule> resolver_rules;
  Rows<ResolverEndpoint> resolver_endpoints;
  Rows<PublicAccessBlock> public_access_blocks;
  Rows<PublicAccessExclusion> public_access_exclusions;
  Rows<PlatformWorkload> platform_workloads;
  Rows<DnsFirewall> dns_firewalls;
  Rows<ResourceGateway> resource_gateways;
  Rows<ResourceConfiguration> resource_configurations;
  Rows<ServiceNetwork> service_networks;
};

class Cloud {
 public:
  // An empty cloud: nothing is there and nothing was collected.
  explicit Cloud(RegistryPtr registry);

  const CloudTables* operator->() const { return tables_.get(); }
  const CloudTables& tables() const { return *tables_; }

  // 0: the input holds all objects of `kind` of `account` in `region`.
  GapId missing(Kind kind, Text account, Text region) const { return coverage_.missing(kind, account, region); }

  // Is what the input claims to hold the same as the other's, not only alike?
  bool shares_coverage(const Cloud& other) const { return coverage_.shared_with(other.coverage_); }

  const Value<Organization>& organization() const { return organization_; }
  std::span<const Unread> unread() const { return unread_; }
  const Diagnostics& diagnostics() const { return diagnostics_; }

  // Texts, ids and documents to read; gaps also to add.
  Registry& registry() const { return *registry_; }
  const RegistryPtr& registry_ptr() const { return registry_; }
  std::string_view view(Text t) const { return registry_->view(t); }
  std::string_view id(Ref ref) const { return registry_->id(ref); }

 private:
  friend class CloudBuilder;
  RegistryPtr registry_;
  std::shared_ptr<const CloudTables> tables_;
  Coverage coverage_;
  Value<Organization> organization_;
  std::vector<Unread> unread_;
  Diagnostics diagnostics_;
};

// The cloud after a change: objects of `change.put` replace those of the same
// id, `change.removed` go, the rest stays. Derives what AWS derives: the routes
// of gateway endpoints (GE-1), ACL entries in order of their numbers (AC-2).
// Two rows of one id in one change contradict each other: the first stays, with a
// gap `contradictory`, and a diagnostic says so. (Readers fold equal repeats.)
// Both must share one registry. Cost: linear in the kinds that the change touches (and of route tables
// and endpoints, where it touches these); the others are shared with the base.
Cloud apply(const Cloud& base, Change change);

}  // namespace sallyport
