#include "read/planned/parts.h"

#include <algorithm>

#include "model/derive.h"

namespace sallyport::read::planned {
namespace {

struct Prefixed {
  std::string_view prefix;
  Gateway gateway;
};
constexpr Prefixed gateways[] = {
    {"igw-", {RouteTarget::internet_gateway, Kind::internet_gateway}},
    {"vgw-", {RouteTarget::vpn_gateway, Kind::vpn_gateway}},
    {"vpce-", {RouteTarget::gateway_load_balancer_endpoint, Kind::endpoint}},
    {"eigw-", {RouteTarget::egress_only_gateway, Kind::egress_only_gateway}},
};

// A row of which only its id is known.
template <class Row>
Row bare(Work& work, decltype(Row::id) id, const Head& head) {
  Row row;
  row.id = id;
  row.head = head;
  row.head.name = work.text(show_symbols(work.registry.id(id)));
  row.vpc = beside(work);
  return row;
}

bool has(const List<SubnetId>& list, SubnetId id) { return std::find(list.begin(), list.end(), id) != list.end(); }

template <class Row, class Table>
void take(Work& work, std::vector<Row>& all, const Table& base, SubnetId subnet) {
  for (const Row& there : base) {
    if (has(there.subnets, subnet)) work.row_or_base(all, base, there.id);
  }
  for (Row& row : all) std::erase(row.subnets.items, subnet);
}

}  // namespace

RouteTable& table_of(Work& work, RouteTableId id, const Head& head) {
  auto& all = work.change.put.route_tables;
  if (RouteTable* row = work.row_or_base(all, work.base->route_tables, id)) return *row;
  auto table = bare<RouteTable>(work, id, head);
  table.main = beside(work);
  table.subnets.open = beside(work);
  open_routes(table, beside(work));
  return work.put(all, std::move(table));
}

NetworkAcl& acl_of(Work& work, NetworkAclId id, const Head& head) {
  auto& all = work.change.put.network_acls;
  if (NetworkAcl* row = work.row_or_base(all, work.base->network_acls, id)) return *row;
  auto acl = bare<NetworkAcl>(work, id, head);
  acl.is_default = beside(work);
  acl.subnets.open = beside(work);
  acl.entries.open = beside(work);
  return work.put(all, std::move(acl));
}

SecurityGroup& group_of(Work& work, SecurityGroupId id, const Head& head) {
  auto& all = work.change.put.security_groups;
  if (SecurityGroup* row = work.row_or_base(all, work.base->security_groups, id)) return *row;
  auto group = bare<SecurityGroup>(work, id, head);
  group.rules.open = beside(work);
  return work.put(all, std::move(group));
}

void open_routes(RouteTable& table, GapId gap) {
  if (table.routes.open) return;
  table.routes.open = gap;
  Route unseen;
  unseen.destination = everything(Family::v4);
  unseen.gap = gap;
  unseen.place = table.head.origin;
  table.routes.items.push_back(std::move(unseen));
}

namespace {

// Whether this route of the endpoint is there, nobody knows.
void add_perhaps(Work& work, RouteTable& table, const Endpoint& endpoint, Family family, GapId gap) {
  Route route;
  route.destination = managed_list(work.base, work.change, endpoint, family);
  route.target = RouteTarget::gateway_endpoint;
  route.object = endpoint.id;
  route.blackhole = false;
  route.perhaps = gap;
  route.place = endpoint.head.origin;
  table.routes.items.push_back(std::move(route));
}

}  // namespace

void open_routes_of(Work& work, const Endpoint& endpoint, GapId gap) {
  const auto may_have = [&](const RouteTable& table) {
    const bool may = !endpoint.vpc.known() || !table.vpc.known() || *table.vpc == *endpoint.vpc;
    const auto& own = endpoint.route_tables;
    return may && table.head.region == endpoint.head.region && std::find(own.begin(), own.end(), table.id) == own.end();
  };
  auto& all = work.change.put.route_tables;
  for (const RouteTable& below : work.base->route_tables) {
    const bool shows = std::any_of(below.routes.begin(), below.routes.end(),
                                   [&](const Route& r) { return r.object == Ref(endpoint.id); });
    if (may_have(below) && !shows) work.row_or_base(all, work.base->route_tables, below.id);
  }
  for (RouteTable& table : all) {
    if (may_have(table)) add_perhaps(work, table, endpoint, gap);
  }
}

void add_perhaps(Work& work, RouteTable& table, const Endpoint& endpoint, GapId gap) {
  if (endpoint.service.empty() || endpoint.head.gap) return open_routes(table, gap);
  const EndpointIpType ip = endpoint.ip_type.shown_or(EndpointIpType::dualstack);
  if (ip != EndpointIpType::ipv6) add_perhaps(work, table, endpoint, Family::v4, gap);
  if (ip != EndpointIpType::ipv4) add_perhaps(work, table, endpoint, Family::v6, gap);
}

std::optional<Gateway> gateway_of_id(std::string_view id) {
  for (const Prefixed& p : gateways) {
    if (id.starts_with(p.prefix)) return p.gateway;
  }
  return std::nullopt;
}

void take_from_tables(Work& work, SubnetId subnet) {
  take(work, work.change.put.route_tables, work.base->route_tables, subnet);
}

void take_from_acls(Work& work, SubnetId subnet) {
  take(work, work.change.put.network_acls, work.base->network_acls, subnet);
}

namespace {

Value<VpcId> vpc_of_subnet(const Work& work, const Value<SubnetId>& id, GapId otherwise) {
  if (!id.known()) return id.gap();
  const Subnet* row = work.find(work.change.put.subnets, *id);
  if (row == nullptr) row = work.base->subnets.find(*id);
  return row == nullptr ? Value<VpcId>(otherwise) : row->vpc;
}

template <class Row, class Table, class IdType>
void perhaps(Work& work, std::vector<Row>& all, const Table& base, const Value<IdType>& owner,
             const Value<SubnetId>& subnet, Text region, GapId gap, bool replaces) {
  Value<VpcId> vpc = vpc_of_subnet(work, subnet, gap);
  if (owner.known() && !vpc.known()) {
    if (const Row* row = work.row_or_base(all, base, *owner)) vpc = row->vpc;
  }
  const auto may_be = [&](const Row& row) {
    if (!region.empty() && row.head.region != region) return false;
    return !vpc.known() || !row.vpc.known() || *vpc == *row.vpc;
  };
  for (const Row& there : base) {
    const bool loses = subnet.known() ? has(there.subnets, *subnet) : may_be(there);
    if (loses || (!owner.known() && may_be(there))) work.row_or_base(all, base, there.id);
  }
  for (Row& row : all) {
    const std::size_t before = row.subnets.size();
    const auto is_lost = [&](SubnetId id) {
      if (!replaces && work.created.contains(Ref(id))) return false;
      return subnet.known() ? id == *subnet : may_be(row);
    };
    std::erase_if(row.subnets.items, is_lost);
    const bool gains = owner.known() ? row.id == *owner : may_be(row);
    if (gains || row.subnets.size() < before) row.subnets.open = gap;
  }
}

}  // namespace

void associate_perhaps(Work& work, const Value<RouteTableId>& table, const Value<SubnetId>& subnet, Text region,
                       GapId gap) {
  perhaps(work, work.change.put.route_tables, work.base->route_tables, table, subnet, region, gap, false);
}

void associate_perhaps(Work& work, const Value<NetworkAclId>& acl, const Value<SubnetId>& subnet, Text region,
                       GapId gap) {
  perhaps(work, work.change.put.network_acls, work.base->network_acls, acl, subnet, region, gap, true);
}

}  // namespace sallyport::read::planned
