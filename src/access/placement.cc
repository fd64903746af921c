#include "access/placement.h"

#include <algorithm>
#include <string>

namespace sallyport::access {
namespace {

template <class T>
void sort_unique(std::vector<T>& v) {
  std::sort(v.begin(), v.end());
  v.erase(std::unique(v.begin(), v.end()), v.end());
}

// Ids may have been named after the table was laid out.
template <class K>
RouteTableId at(const std::vector<RouteTableId>& tables, K id) {
  return id.number() < tables.size() ? tables[id.number()] : RouteTableId();
}

GapId absent(const Cloud& cloud, Ref ref) {
  return cloud.registry().gaps.add({GapKind::not_collected,
                                    "`" + std::string(cloud.id(ref)) + "` is referred to, but is not in the input",
                                    listing_command(ref.kind)});
}

void add_interface(const Cloud& cloud, InterfaceId id, Placement& p) {
  const Interface* interface = cloud->interfaces.find(id);
  if (interface == nullptr) {
    p.gap = absent(cloud, id);
    return;
  }
  if (interface->subnet.known()) {
    if (*interface->subnet) p.subnets.push_back(*interface->subnet);
  } else {
    p.gap = interface->subnet.gap();
  }
  if (interface->vpc.known()) {
    if (*interface->vpc) p.vpcs.push_back(*interface->vpc);
  } else {
    p.gap = interface->vpc.gap();
  }
}

}  // namespace

Placement placement(const Cloud& cloud, const net::Workload& workload) {
  Placement p;
  if (const Instance* instance = cloud->instances.find(workload.object.as<Kind::instance>())) {
    for (const InterfaceId id : instance->interfaces) add_interface(cloud, id, p);
    if (instance->interfaces.open) p.gap = instance->interfaces.open;
    if (instance->vpc.known()) {
      if (*instance->vpc) p.vpcs.push_back(*instance->vpc);
    } else {
      p.gap = instance->vpc.gap();
    }
  } else if (const Function* function = cloud->functions.find(workload.object.as<Kind::function>())) {
    if (!function->network.known()) {
      p.gap = function->network.gap();
    } else {
      p.outside = !function->network->vpc;
      if (function->network->vpc) p.vpcs.push_back(function->network->vpc);
      p.subnets = function->network->subnets.items;
      if (function->network->subnets.open) p.gap = function->network->subnets.open;
    }
  } else if (const auto* row = cloud->platform_workloads.find(workload.object.as<Kind::platform_workload>())) {
    for (const InterfaceId id : row->interfaces) add_interface(cloud, id, p);
    if (!row->place.known()) {
      p.gap = row->place.gap();
    } else {
      p.outside = !row->place->vpc && row->place->subnets.empty() && row->place->subnets.complete();
      if (row->place->vpc) p.vpcs.push_back(row->place->vpc);
      if (row->interfaces.empty() || row->interfaces.open) {
        p.subnets.insert(p.subnets.end(), row->place->subnets.begin(), row->place->subnets.end());
        if (row->place->subnets.open) p.gap = row->place->subnets.open;
      }
    }
  } else if (workload.object.kind == Kind::network_interface) {
    add_interface(cloud, workload.object.as<Kind::network_interface>(), p);
  } else {
    p.gap = absent(cloud, workload.object);
  }
  sort_unique(p.vpcs);
  sort_unique(p.subnets);
  return p;
}

RouteTables::RouteTables(const Cloud& cloud) : cloud_(cloud) {
  const Ids& ids = cloud.registry().ids;
  own_.resize(ids.count(Kind::subnet) + 1);
  main_.resize(ids.count(Kind::vpc) + 1);
  for (const RouteTable& table : cloud->route_tables) {
    for (const SubnetId subnet : table.subnets) own_[subnet.number()] = table.id;
    const bool main = table.main.known() && *table.main && table.vpc.known();
    if (main) main_[table.vpc->number()] = table.id;
  }
}

RouteTables::Found RouteTables::of(SubnetId id) const {
  const Subnet* subnet = cloud_->subnets.find(id);
  if (const RouteTableId own = at(own_, id)) return {own, {}};
  if (subnet == nullptr) return {{}, absent(cloud_, id)};
  if (!subnet->vpc.known()) return {{}, subnet->vpc.gap()};
  // A table that was not collected, or whose associations are open, could be its own.
  if (const GapId gap = cloud_.missing(Kind::route_table, subnet->head.account, subnet->head.region)) return {{}, gap};
  for (const RouteTable& table : cloud_->route_tables) {
    if (table.subnets.open && table.vpc == subnet->vpc) return {{}, table.subnets.open};
  }
  if (const RouteTableId main = at(main_, *subnet->vpc)) return {main, {}};
  return {{},
          cloud_.registry().gaps.add(
              {GapKind::not_collected,
               "the main route table of `" + std::string(cloud_.id(*subnet->vpc)) + "` is not in the input",
               listing_command(Kind::route_table)})};
}

}  // namespace sallyport::access
