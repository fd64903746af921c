#include "read/planned/lattice.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "base/ip.h"
#include "base/result.h"

namespace sallyport::read::planned {
namespace {

// "169.254.171.0/24": VPC Lattice User Guide, "Managed prefix list". (Its other addresses are public ones that
// are not routable: they lead nowhere else.)
Prefix link_local() {
  const Result<Prefix> block = parse_prefix("169.254.171.0/24");
  SP_ASSERT(block.has_value());
  return *block;
}

bool leads_there(const RouteTable& table) {
  return std::any_of(table.routes.begin(), table.routes.end(),
                     [](const Route& route) { return route.target == RouteTarget::lattice; });
}

void put_route(RouteTable& table, GapId perhaps, Origin place) {
  if (leads_there(table)) return;
  Route route;
  route.destination = link_local();
  route.target = RouteTarget::lattice;
  route.blackhole = false;
  route.perhaps = perhaps;
  route.place = place;
  table.routes.items.push_back(route);
}

}  // namespace

Text lattice_arn(Registry& registry, Text partition, Text region, Text account, std::string_view sort, Text id) {
  const TextPool& texts = registry.texts;
  const std::string_view name = texts.view(id);
  if (name.empty() || name.starts_with("arn:") || texts.has_symbol(id)) return id;
  return registry.text("arn:" + texts.string(partition) + ":vpc-lattice:" + texts.string(region) + ":" +
                       texts.string(account) + ":" + std::string(sort) + "/" + std::string(name));
}

std::optional<State> lattice_state(std::string_view status) {
  if (status == "ACTIVE") return State::working;
  if (status.starts_with("CREATE_") || status.starts_with("DELETE_") || status == "PARTIAL") return State::not_working;
  return std::nullopt;
}

bool add_ports(PortSet& ports, std::string_view range) {
  const std::size_t dash = range.find('-');
  const auto parse = [](std::string_view digits, std::uint16_t& value) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size();
  };
  std::uint16_t first = 0;
  std::uint16_t last = 0;
  const std::string_view upper = dash == std::string_view::npos ? range : range.substr(dash + 1);
  if (!parse(range.substr(0, dash), first) || !parse(upper, last) || last < first) return false;
  ports = ports | PortSet(first, last);
  return true;
}

ServiceNetwork& service_network_of(Work& work, ServiceNetworkId id, const Head& head) {
  if (ServiceNetwork* there = work.row_or_base(work.change.put.service_networks, work.base->service_networks, id)) {
    return *there;
  }
  ServiceNetwork row;
  row.id = id;
  row.head = head;
  row.head.name = work.registry.ids.id(id);
  row.authorizes = beside(work);
  row.resources.open = row.services.open = row.vpcs.open = beside(work);
  return work.put(work.change.put.service_networks, std::move(row));
}

void put_lattice_routes(Work& work, const Head& head, const Value<VpcId>& vpc, GapId perhaps) {
  const auto is_of = [&](const RouteTable& table) {
    if (vpc.known() && table.vpc.known()) return *table.vpc == *vpc;
    return table.head.region == head.region;
  };
  for (const RouteTable& there : work.base->route_tables) {
    if (is_of(there) && !leads_there(there)) {
      work.row_or_base(work.change.put.route_tables, work.base->route_tables, there.id);
    }
  }
  for (RouteTable& table : work.change.put.route_tables) {
    if (!is_of(table)) continue;
    const GapId gap = perhaps ? perhaps : !vpc.known() ? vpc.gap() : table.vpc.known() ? GapId() : table.vpc.gap();
    put_route(table, gap, head.origin);
  }
}

void finish_lattice(Work& work) {
  for (const ServiceNetwork& network : work.change.put.service_networks) {
    for (const ServiceNetworkVpc& association : network.vpcs) {
      put_lattice_routes(work, network.head, association.vpc, {});
    }
  }
}

}  // namespace sallyport::read::planned
