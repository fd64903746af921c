// gateway-endpoint-associated: in a VPC with a gateway endpoint for a service, every
// route table that needs it leads to it (GE-1, GE-2).
//
// A table needs it if workloads stand in its subnets; in a VPC without workloads,
// every table that a subnet uses does. It does not where an interface endpoint with
// private DNS takes the service's names in the whole VPC (S3-3).
#include <algorithm>
#include <map>
#include <set>

#include "guard/endpoints.h"
#include "guard/ground.h"

namespace sallyport::guard {
namespace {

std::string id_of(const Cloud& cloud, Ref ref) { return show_symbols(cloud.id(ref)); }

// The subnets of a VPC that workloads stand in; of a VPC without any, all.
struct Users {
  std::map<SubnetId, std::vector<const net::Workload*>> subnets;
  std::vector<GapId> gaps;
};

Users users_of(const Ground& ground, const std::vector<net::Workload>& workloads, VpcId vpc) {
  Users users;
  for (const net::Workload& workload : workloads) {
    const access::Placement place = access::placement(ground.cloud, workload);
    // Workloads whose place is not known may stand here.
    if (place.gap && (place.vpcs.empty() || std::find(place.vpcs.begin(), place.vpcs.end(), vpc) != place.vpcs.end())) {
      users.gaps.push_back(place.gap);
    }
    for (const SubnetId id : place.subnets) {
      const Subnet* subnet = ground.cloud->subnets.find(id);
      if (subnet == nullptr) continue;  // placement() had a gap where it mattered
      if (subnet->vpc.known() && *subnet->vpc == vpc) users.subnets[id].push_back(&workload);
    }
  }
  if (users.subnets.empty()) {
    for (const Subnet& subnet : ground.cloud->subnets) {
      if (subnet.vpc.known() && *subnet.vpc == vpc) users.subnets[subnet.id];
    }
  }
  return users;
}

// Does a gateway endpoint of the group stand in the table? A route of AWS's own
// answer counts as well as the association.
Truth leads_there(const Cloud& cloud, const std::vector<const Endpoint*>& group, RouteTableId id, GapId& gap) {
  Truth leads = Truth::no;
  for (const Endpoint* e : group) {
    const auto& tables = e->route_tables;
    if (std::find(tables.begin(), tables.end(), id) != tables.end()) return Truth::yes;
    if (tables.open) leads = Truth::unknown, gap = tables.open;
  }
  if (const RouteTable* table = cloud->route_tables.find(id)) {
    for (const Route& route : table->routes) {
      for (const Endpoint* e : group) {
        if (route.object == Ref(e->id) && !route.perhaps) return Truth::yes;
      }
    }
  }
  return leads;
}

}  // namespace

void gateway_endpoint_associated(const Ground& ground, Ledger& ledger) {
  require(ground.cloud, {Kind::endpoint}, false, ledger);
  const Cloud& cloud = ground.cloud;
  std::map<std::tuple<VpcId, std::string>, std::vector<const Endpoint*>> groups;
  for (const Endpoint& endpoint : cloud->endpoints) {
    if (!endpoint.type.known()) ledger.unknown(endpoint.type.gap());
    if (!is_type(endpoint, EndpointType::gateway)) continue;
    if (!endpoint.vpc.known()) {
      ledger.unknown(endpoint.vpc.gap());
    } else if (!endpoint.state.known()) {
      ledger.unknown(endpoint.state.gap());
    } else if (works(endpoint)) {
      groups[{*endpoint.vpc, std::string(cloud.view(endpoint.service))}].push_back(&endpoint);
    }
  }
  const std::vector<net::Workload> workloads = groups.empty() ? std::vector<net::Workload>() : net::workloads(cloud);
  for (const auto& [key, group] : groups) {
    const VpcId vpc = std::get<0>(key);
    const Serves service = serves(cloud, *group.front());
    const std::string named = service.service.empty() ? std::get<1>(key) : service.service;
    for (const Kind kind : {Kind::subnet, Kind::route_table}) {
      const Head& at = group.front()->head;
      if (const GapId gap = cloud.missing(kind, at.account, at.region)) ledger.unknown(gap);
    }
    Truth taken = Truth::no;  // by an interface endpoint's private names
    GapId taken_gap;
    for (const Endpoint* e : endpoints_for(cloud, vpc, service.service, service.region)) {
      if (!is_type(*e, EndpointType::interface) || !works(*e)) continue;
      const DnsEffect effect = private_dns_effect(cloud, *e);
      taken = taken | effect.holds;
      if (effect.gap) taken_gap = effect.gap;
    }
    if (taken == Truth::yes) continue;

    const Users users = users_of(ground, workloads, vpc);
    for (const GapId gap : users.gaps) ledger.unknown(gap);
    std::map<RouteTableId, std::vector<const net::Workload*>> needing;
    for (const auto& [subnet, there] : users.subnets) {
      const access::RouteTables::Found found = ground.tables.of(subnet);
      if (found.gap) ledger.unknown(found.gap);
      if (!found.table) continue;
      auto& of_table = needing[found.table];
      of_table.insert(of_table.end(), there.begin(), there.end());
    }
    for (const auto& [table, there] : needing) {
      ledger.examined();
      GapId gap;
      const Truth leads = leads_there(cloud, group, table, gap);
      if (leads == Truth::yes) continue;
      if (leads == Truth::unknown) {
        ledger.unknown(gap);
        continue;
      }
      if (taken == Truth::unknown) {
        ledger.unknown(taken_gap);
        continue;
      }
      const Endpoint& endpoint = *group.front();
      Ledger::Cause cause{"table-not-associated", table, named,
                          "route table `" + id_of(cloud, table) + "` is not associated with the gateway endpoint `" +
                              id_of(cloud, endpoint.id) + "` for " + named + " of its VPC",
                          "aws ec2 modify-vpc-endpoint --vpc-endpoint-id " + id_of(cloud, endpoint.id) +
                              " --add-route-table-ids " + id_of(cloud, table)};
      ledger.violated(cause);
      std::set<Ref> seen;
      for (const net::Workload* workload : there) {
        if (!seen.insert(workload->object).second) continue;
        net::Label to{std::get<1>(key), named, "service", named, service.region, ""};
        ledger.violated(cause, {net::label(cloud, net::Source(*workload)), to, "its subnet uses this table"});
      }
    }
  }
}

}  // namespace sallyport::guard
