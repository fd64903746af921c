// Where the rows of rules stand.
#include "net/index_parts.h"

namespace sallyport::net {

RulePlaces::RulePlaces(const Cloud& cloud) {
  for (const RouteTable& table : cloud->route_tables) {
    if (table.subnets.open) open_tables.push_back(&table);
    for (const SubnetId subnet : table.subnets) table_of_subnet.try_emplace(subnet.number(), &table);
    for (const Ref& gateway : table.gateways) edge_table_of.try_emplace({gateway.kind, gateway.number}, &table);
    if (table.vpc.known()) tables_of_vpc[table.vpc->number()].push_back(&table);
    if (table.vpc.known() && table.main.known() && *table.main) {
      main_table_of_vpc.try_emplace(table.vpc->number(), &table);
    }
  }
  for (const NetworkAcl& acl : cloud->network_acls) {
    if (acl.subnets.open) open_acls.push_back(&acl);
    for (const SubnetId subnet : acl.subnets) acl_of_subnet.try_emplace(subnet.number(), &acl);
    if (acl.vpc.known() && acl.is_default.known() && *acl.is_default) {
      default_acl_of_vpc.try_emplace(acl.vpc->number(), &acl);
    }
  }
  add_middleboxes(cloud);
}

void RulePlaces::add_middleboxes(const Cloud& cloud) {
  for (const RouteTable& table : cloud->route_tables) {
    for (const Route& route : table.routes) {
      middleboxes.transit = middleboxes.transit || route.target == RouteTarget::transit_gateway;
      bool placed = false;
      if (route.target == RouteTarget::network_interface) {
        const Interface* interface = cloud->interfaces.find(route.object.as<Kind::network_interface>());
        placed = interface != nullptr && interface->subnet.known();
        if (placed) middleboxes.of_subnet.try_emplace(interface->subnet->number(), route.object);
      } else if (route.target == RouteTarget::gateway_load_balancer_endpoint) {
        const Endpoint* endpoint = cloud->endpoints.find(route.object.as<Kind::endpoint>());
        placed = endpoint != nullptr && !endpoint->subnets.open;
        if (endpoint == nullptr) continue;
        for (const SubnetId id : endpoint->subnets) middleboxes.of_subnet.try_emplace(id.number(), route.object);
      } else {
        continue;
      }
      if (!placed && table.vpc.known()) middleboxes.unplaced_of_vpc.try_emplace(table.vpc->number(), route.object);
    }
  }
}

}  // namespace sallyport::net
