#include "read/laid_over.h"

#include <cstddef>

namespace sallyport::read {
namespace {

std::string count(std::size_t n, const char* one) { return std::to_string(n) + " " + one + (n == 1 ? "" : "s"); }

}  // namespace

Diagnostic laid_over(const Cloud& base, const Change& change, const std::string& what) {
  std::size_t added = 0, changed = 0;
  const Objects& put = change.put;
  const auto look = [&](const auto& rows, const auto& table) {
    for (const auto& row : rows) ++(table.find(row.id) == nullptr ? added : changed);
  };
  look(put.vpcs, base->vpcs), look(put.subnets, base->subnets), look(put.route_tables, base->route_tables);
  look(put.network_acls, base->network_acls), look(put.security_groups, base->security_groups);
  look(put.interfaces, base->interfaces), look(put.instances, base->instances);
  look(put.internet_gateways, base->internet_gateways), look(put.egress_only_gateways, base->egress_only_gateways);
  look(put.nat_gateways, base->nat_gateways), look(put.endpoints, base->endpoints);
  look(put.endpoint_services, base->endpoint_services), look(put.prefix_lists, base->prefix_lists);
  look(put.peerings, base->peerings), look(put.hosted_zones, base->hosted_zones), look(put.functions, base->functions);
  look(put.buckets, base->buckets), look(put.tables, base->tables), look(put.roles, base->roles);
  look(put.users, base->users), look(put.groups, base->groups);
  look(put.instance_profiles, base->instance_profiles), look(put.org_nodes, base->org_nodes);
  look(put.policies, base->policies), look(put.resources, base->resources);
  return {Severity::note,
          "laid-over",
          what + " adds " + count(added, "object") + " to the base, changes " + std::to_string(changed) +
              " and removes " + std::to_string(change.removed.size()) + "; all else is as in the base",
          {}};
}

}  // namespace sallyport::read
