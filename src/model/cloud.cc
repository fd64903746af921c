#include "model/cloud.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "model/derive.h"

namespace sallyport {

// Builds one cloud: the rows of the base and of the change merged, kind by kind.
class CloudBuilder {
 public:
  CloudBuilder(const Cloud& base, Change change) : registry_(base.registry_), base_(base), change_(std::move(change)) {}

  Cloud build() {
    auto tables = std::make_shared<CloudTables>();
    merge(base_->vpcs, change_.put.vpcs, tables->vpcs);
    merge(base_->subnets, change_.put.subnets, tables->subnets);
    merge(base_->route_tables, change_.put.route_tables, tables->route_tables);
    merge(base_->network_acls, change_.put.network_acls, tables->network_acls);
    merge(base_->security_groups, change_.put.security_groups, tables->security_groups);
    merge(base_->interfaces, change_.put.interfaces, tables->interfaces);
    merge(base_->instances, change_.put.instances, tables->instances);
    merge(base_->internet_gateways, change_.put.internet_gateways, tables->internet_gateways);
    merge(base_->egress_only_gateways, change_.put.egress_only_gateways, tables->egress_only_gateways);
    merge(base_->nat_gateways, change_.put.nat_gateways, tables->nat_gateways);
    merge(base_->endpoints, change_.put.endpoints, tables->endpoints);
    merge(base_->endpoint_services, change_.put.endpoint_services, tables->endpoint_services);
    merge(base_->prefix_lists, change_.put.prefix_lists, tables->prefix_lists);
    merge(base_->peerings, change_.put.peerings, tables->peerings);
    merge(base_->transit_gateways, change_.put.transit_gateways, tables->transit_gateways);
    merge(base_->transit_attachments, change_.put.transit_attachments, tables->transit_attachments);
    merge(base_->transit_tables, change_.put.transit_tables, tables->transit_tables);
    merge(base_->hosted_zones, change_.put.hosted_zones, tables->hosted_zones);
    merge(base_->functions, change_.put.functions, tables->functions);
    merge(base_->buckets, change_.put.buckets, tables->buckets);
    merge(base_->tables, change_.put.tables, tables->tables);
    merge(base_->resources, change_.put.resources, tables->resources);
    merge(base_->load_balancers, change_.put.load_balancers, tables->load_balancers);
    merge(base_->target_groups, change_.put.target_groups, tables->target_groups);
    merge(base_->resolver_rules, change_.put.resolver_rules, tables->resolver_rules);
    merge(base_->resolver_endpoints, change_.put.resolver_endpoints, tables->resolver_endpoints);
    merge(base_->public_access_blocks, change_.put.public_access_blocks, tables->public_access_blocks);
    merge(base_->public_access_exclusions, change_.put.public_access_exclusions, tables->public_access_exclusions);
    merge(base_->platform_workloads, change_.put.platform_workloads, tables->platform_workloads);
    merge(base_->dns_firewalls, change_.put.dns_firewalls, tables->dns_firewalls);
    merge(base_->resource_gateways, change_.put.resource_gateways, tables->resource_gateways);
    merge(base_->resource_configurations, change_.put.resource_configurations, tables->resource_configurations);
    merge(base_->service_networks, change_.put.service_networks, tables->service_networks);
    merge(base_->roles, change_.put.roles, tables->roles);
    merge(base_->users, change_.put.users, tables->users);
    merge(base_->groups, change_.put.groups, tables->groups);
    merge(base_->instance_profiles, change_.put.instance_profiles, tables->instance_profiles);
    merge(base_->org_nodes, change_.put.org_nodes, tables->org_nodes);
    merge(base_->policies, change_.put.policies, tables->policies);

    Cloud cloud(registry_);
    cloud.tables_ = std::move(tables);
    std::vector<Collected> coverage = base_.coverage_.entries();
    coverage.insert(coverage.end(), change_.coverage.begin(), change_.coverage.end());
    cloud.coverage_ = Coverage(registry_, std::move(coverage));
    cloud.organization_ = change_.sets_organization ? change_.organization : base_.organization_;
    cloud.unread_ = base_.unread_;
    cloud.unread_.insert(cloud.unread_.end(), change_.unread.begin(), change_.unread.end());
    cloud.diagnostics_ = base_.diagnostics_;
    cloud.diagnostics_.insert(cloud.diagnostics_.end(), change_.diagnostics.begin(), change_.diagnostics.end());
    return cloud;
  }

 private:
  bool is_removed(Ref ref) const { return std::binary_search(change_.removed.begin(), change_.removed.end(), ref); }

  auto order(Ref ref) const { return std::tuple(registry_->view(registry_->ids.scope(ref)), registry_->id(ref)); }

  template <class Row>
  void merge(const Rows<Row>& base, std::vector<Row>& put, Rows<Row>& out) {
    std::sort(change_.removed.begin(), change_.removed.end());
    const auto by_number = [](const Row& a, const Row& b) { return a.id < b.id; };
    if (!std::is_sorted(put.begin(), put.end(), by_number)) std::stable_sort(put.begin(), put.end(), by_number);
    std::vector<Row> distinct;
    distinct.reserve(put.size());
    for (Row& row : put) {
      if (!distinct.empty() && distinct.back().id == row.id) {
        contradiction(row.id, distinct.back().head, row.head.origin);
      } else {
        distinct.push_back(std::move(row));
      }
    }
    put = std::move(distinct);
    out.rows_ = std::move(put);
    const std::size_t fresh = out.rows_.size();
    for (const Row& row : base) {
      const auto end = out.rows_.begin() + static_cast<std::ptrdiff_t>(fresh);
      const auto found = std::lower_bound(out.rows_.begin(), end, row.id,
                                          [](const Row& r, typename Rows<Row>::IdType id) { return r.id < id; });
      const bool replaced = found != end && found->id == row.id;
      if (!replaced && !is_removed(row.id)) out.rows_.push_back(row);
    }
    put_in_order(out.rows_);
    out.place_.assign(registry_->ids.count(Rows<Row>::IdType::kind) + 1, 0);
    for (std::size_t i = 0; i < out.rows_.size(); ++i) {
      out.place_[out.rows_[i].id.number()] = static_cast<std::uint32_t>(i + 1);
    }
  }

  // Rows are long and their ids are looked up: places are sorted, and each row moves once.
  template <class Row>
  void put_in_order(std::vector<Row>& rows) const {
    std::vector<std::pair<decltype(order(Ref())), std::uint32_t>> places;
    places.reserve(rows.size());
    for (const Row& row : rows) places.emplace_back(order(row.id), static_cast<std::uint32_t>(places.size()));
    if (std::is_sorted(places.begin(), places.end())) return;
    std::sort(places.begin(), places.end());
    std::vector<Row> ordered;
    ordered.reserve(rows.size());
    for (const auto& [_, place] : places) ordered.push_back(std::move(rows[place]));
    rows = std::move(ordered);
  }

  void contradiction(Ref ref, Head& kept, Origin other) {
    const std::string what =
        "`" + registry_->texts.string(registry_->ids.id(ref)) + "` is in the input twice, with different contents";
    kept.gap = registry_->gaps.add({GapKind::contradictory, what, "remove the outdated file", other});
    change_.diagnostics.push_back({Severity::warning, "contradiction",
                                   what + "; the first is shown, answers that rest on it are unknown", other});
  }

  RegistryPtr registry_;
  const Cloud& base_;
  Change change_;
};

Cloud::Cloud(RegistryPtr registry)
    : registry_(std::move(registry)), tables_(std::make_shared<CloudTables>()), coverage_(registry_, {}) {
  organization_ = registry_->gaps.add(
      {GapKind::not_collected, "the organization was not collected", "aws organizations describe-organization"});
}

Cloud apply(const Cloud& base, Change change) {
  SP_ASSERT(change.registry == base.registry_ptr());
  derive(base, change);
  return CloudBuilder(base, std::move(change)).build();
}

}  // namespace sallyport
