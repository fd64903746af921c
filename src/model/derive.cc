#include "model/derive.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

namespace sallyport {
namespace {

void sort_acl_entries(Change& change) {
  for (NetworkAcl& acl : change.put.network_acls) {
    std::stable_sort(acl.entries.items.begin(), acl.entries.items.end(), [](const AclEntry& a, const AclEntry& b) {
      return std::tuple(a.egress, a.number) < std::tuple(b.egress, b.number);
    });
  }
}

// Finds or makes the objects that endpoint routes name.
class EndpointRoutes {
 public:
  EndpointRoutes(const Cloud& base, Change& change) : base_(base), change_(change) {}

  // `changed_tables_only`: the endpoint is as it was; only tables that the change
  // rewrites may lack its routes.
  void add(const Endpoint& endpoint, bool changed_tables_only) {
    if (!endpoint.type.known() || *endpoint.type != EndpointType::gateway) return;
    const EndpointIpType ip = endpoint.ip_type.shown_or(EndpointIpType::ipv4);
    for (const RouteTableId id : endpoint.route_tables) {
      RouteTable* table = changed_tables_only ? changed_table(id) : table_to_change(id);
      if (table == nullptr) continue;
      // A table that shows any route of this endpoint comes from AWS itself.
      const bool shown = std::any_of(table->routes.begin(), table->routes.end(),
                                     [&](const Route& r) { return r.object == Ref(endpoint.id); });
      if (shown) continue;
      if (ip != EndpointIpType::ipv6) add_route(*table, endpoint, Family::v4);
      if (ip != EndpointIpType::ipv4) add_route(*table, endpoint, Family::v6);
    }
  }

  // The routes that go with an endpoint that is removed, or no longer associated.
  void drop(EndpointId endpoint, const List<RouteTableId>* still) {
    for (const RouteTable& table : base_->route_tables) {
      const auto leads_there = [&](const Route& r) { return r.object == Ref(endpoint); };
      if (std::none_of(table.routes.begin(), table.routes.end(), leads_there)) continue;
      if (still != nullptr && (still->open || std::find(still->begin(), still->end(), table.id) != still->end()))
        continue;
      // One that may or may not be there was put by the change itself.
      std::erase_if(table_to_change(table.id)->routes.items,
                    [&](const Route& r) { return leads_there(r) && !r.perhaps; });
    }
  }

  // What led to something that is removed is a black hole from then on (RT-11).
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html
  void close(const std::set<Ref>& gone) {
    const auto leads_there = [&](const Route& r) { return r.object && gone.contains(r.object); };
    for (const RouteTable& table : base_->route_tables) {
      if (gone.contains(Ref(table.id)) || std::none_of(table.routes.begin(), table.routes.end(), leads_there)) continue;
      for (Route& route : table_to_change(table.id)->routes.items) {
        if (leads_there(route)) route.blackhole = true;
      }
    }
  }

 private:
  void add_route(RouteTable& table, const Endpoint& endpoint, Family family) {
    Route route;
    route.destination = managed_list(base_, change_, endpoint, family);
    route.target = RouteTarget::gateway_endpoint;
    route.object = endpoint.id;
    route.blackhole = false;
    route.place = endpoint.head.origin;
    table.routes.items.push_back(std::move(route));
  }

  RouteTable* changed_table(RouteTableId id) {
    if (position_.empty()) {
      for (std::size_t i = 0; i < change_.put.route_tables.size(); ++i) {
        position_.try_emplace(change_.put.route_tables[i].id, i);
      }
    }
    const auto found = position_.find(id);
    return found == position_.end() ? nullptr : &change_.put.route_tables[found->second];
  }

  RouteTable* table_to_change(RouteTableId id) {
    if (RouteTable* table = changed_table(id)) return table;
    auto& put = change_.put.route_tables;
    const RouteTable* table = base_->route_tables.find(id);
    if (table == nullptr) return nullptr;
    position_[id] = put.size();
    put.push_back(*table);
    return &put.back();
  }

  const Cloud& base_;
  Change& change_;
  std::map<RouteTableId, std::size_t> position_;  // of the change's route tables
};

}  // namespace

PrefixListId managed_list(const Cloud& base, Change& change, const Endpoint& endpoint, Family family) {
  Registry& registry = *change.registry;
  const Text name = registry.text(managed_list_name(registry.view(endpoint.service), family));
  const auto matches = [&](const PrefixList& l) { return l.head.name == name; };
  const auto& put = change.put.prefix_lists;
  if (const auto it = std::find_if(put.begin(), put.end(), matches); it != put.end()) return it->id;
  const auto rows = base->prefix_lists.rows();
  if (const auto it = std::find_if(rows.begin(), rows.end(), matches); it != rows.end()) return it->id;
  PrefixList list;
  list.id = registry.ids.get<PrefixListId>(endpoint.head.region, name);
  list.head = {name, Text(), endpoint.head.region, endpoint.head.origin, {}};
  list.aws_managed = true;
  list.entries.open = registry.gaps.add(
      {GapKind::not_collected,
       "the entries of the prefix list `" + registry.texts.string(name) + "` were not collected",
       "aws ec2 get-managed-prefix-list-entries --region " + registry.texts.string(endpoint.head.region)});
  change.put.prefix_lists.push_back(list);
  return list.id;
}

std::string managed_list_name(std::string_view endpoint_service, Family family) {
  if (family == Family::v4) return std::string(endpoint_service);
  const std::size_t dot = endpoint_service.rfind('.');
  if (dot == std::string_view::npos) return std::string(endpoint_service) + ".ipv6";
  return std::string(endpoint_service.substr(0, dot)) + ".ipv6" + std::string(endpoint_service.substr(dot));
}

void derive(const Cloud& base, Change& change) {
  sort_acl_entries(change);
  derive_transit_routes(base, change);
  EndpointRoutes routes(base, change);
  std::set<EndpointId> fresh;
  for (const Endpoint& endpoint : change.put.endpoints) {
    fresh.insert(endpoint.id);
    if (base->endpoints.find(endpoint.id) != nullptr) routes.drop(endpoint.id, &endpoint.route_tables);
    routes.add(endpoint, false);
  }
  for (const Ref gone : change.removed) {
    if (gone.kind == Kind::endpoint) routes.drop(gone.as<Kind::endpoint>(), nullptr);
  }
  if (!change.removed.empty()) routes.close({change.removed.begin(), change.removed.end()});
  if (change.put.route_tables.empty()) return;
  for (const Endpoint& endpoint : base->endpoints) {
    const bool gone = std::find(change.removed.begin(), change.removed.end(), Ref(endpoint.id)) != change.removed.end();
    if (!gone && !fresh.contains(endpoint.id)) routes.add(endpoint, true);
  }
}

}  // namespace sallyport
