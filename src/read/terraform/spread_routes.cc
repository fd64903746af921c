#include "read/terraform/spread_routes.h"

#include <algorithm>
#include <map>
#include <string>

#include "read/terraform/spread.h"

namespace sallyport::read::terraform {
namespace {

using Block = std::vector<const SomeRoute*>;

// Are the routes of one block in each of the tables once?
bool is_one_each(const Work& work, const Block& block) {
  const SomeRoute& first = *block.front();
  std::size_t instances = 0;
  for (const Resource* r : work.document.instances(first.resource->module, first.resource->block)) {
    instances += r->stays() ? 1 : 0;
  }
  return block.size() == first.tables.size() && block.size() == instances &&
         std::all_of(block.begin(), block.end(), [&](const SomeRoute* r) {
           return r->tables == first.tables && r->resource->fate == Fate::created &&
                  r->route.destination == first.route.destination;
         });
}

bool same_target(const SomeRoute& a, const SomeRoute& b) {
  // To one of some gateways: why it is not known to which, each route says for itself.
  const bool decided = a.gateways.size() > 1 || a.route.perhaps == b.route.perhaps;
  return a.route.target == b.route.target && a.route.object == b.route.object && a.gateways == b.gateways && decided;
}

// The gateway that stands for several; its row is made when theirs are complete.
NatGatewayId stand_in(Work& work, const std::vector<NatGatewayId>& gateways) {
  std::string name = "one of";
  for (const NatGatewayId id : gateways) name += " " + show_symbols(work.registry.id(id));
  const NatGateway* first = work.row(work.change.put.nat_gateways, gateways.front());
  return work.registry.ids.get<NatGatewayId>(first == nullptr ? Text() : first->head.region,
                                             work.registry.texts.symbol(name));
}

// The route as it stands in a table: to the gateway that stands for those of which it leads to one.
Route leading(Work& work, const SomeRoute& some) {
  Route route = some.route;
  if (some.gateways.size() < 2) return route;
  route.target = RouteTarget::nat_gateway;
  route.object = stand_in(work, some.gateways);
  route.perhaps = {};
  return route;
}

void put_in(Work& work, RouteTableId id, const Route& route) {
  if (RouteTable* table = work.row(work.change.put.route_tables, id)) table->routes.items.push_back(route);
}

void spread(Work& work, const Block& block) {
  const SomeRoute& first = *block.front();
  const bool alike =
      std::all_of(block.begin(), block.end(), [&](const SomeRoute* r) { return same_target(*r, first); });
  if (alike && is_one_each(work, block)) {
    for (const RouteTableId id : first.tables) put_in(work, id, leading(work, first));
    return;
  }
  for (const SomeRoute* some : block) {
    for (const RouteTableId id : some->tables) {
      if (some->tables.size() == 1 && !some->gap) {
        put_in(work, id, leading(work, *some));
        continue;
      }
      Route route = some->route;
      if (!route.perhaps) route.perhaps = some->gap;
      put_in(work, id, route);
    }
  }
}

// What all of them do; nothing where they differ, or too little is known of one.
std::optional<NatGateway> common(Work& work, const std::vector<NatGatewayId>& gateways) {
  std::vector<SubnetId> subnets;
  const NatGateway* first = work.row(work.change.put.nat_gateways, gateways.front());
  for (const NatGatewayId id : gateways) {
    const NatGateway* row = work.row(work.change.put.nat_gateways, id);
    if (row == nullptr || row->regional || row->head.gap || !row->state.known() || !row->is_public.known() ||
        !row->subnet.known())
      return std::nullopt;
    if (row->state != first->state || row->is_public != first->is_public) return std::nullopt;
    subnets.push_back(*row->subnet);
  }
  const std::optional<Setting> setting = common_setting(work, subnets);
  if (!setting) return std::nullopt;
  const std::string name = show_symbols(work.registry.id(stand_in(work, gateways)));
  Subnet subnet;
  subnet.head = first->head;
  subnet.head.name = work.text("the subnet of " + name);
  subnet.id = work.registry.ids.get<SubnetId>(first->head.region, work.registry.texts.symbol("subnet of " + name));
  subnet.vpc = setting->vpc;
  NatGateway one = *first;
  one.id = stand_in(work, gateways);
  one.head.name = work.text(name);
  one.vpc = setting->vpc;
  one.subnet = subnet.id;
  for (NatAddress& address : one.addresses.items) {
    const GapId gap = planned::later(work, "which of them `" + name + "` is", first->head.origin);
    address.private_address = gap;
    if (address.has_public) address.public_address = gap;
  }
  set_in(work, subnet.id, *setting);
  work.created.insert(subnet.id);
  work.created.insert(one.id);
  work.put(work.change.put.subnets, std::move(subnet));
  return one;
}

}  // namespace

void spread_routes(Work& work) {
  std::map<std::string, Block> blocks;
  for (const SomeRoute& r : work.some_routes) blocks[r.resource->module + "|" + r.resource->block].push_back(&r);
  for (const auto& [_, block] : blocks) spread(work, block);
}

void finish_routes(Work& work) {
  std::map<std::vector<NatGatewayId>, GapId> wanted;
  for (const SomeRoute& r : work.some_routes) {
    if (r.gateways.size() > 1) wanted.emplace(r.gateways, r.route.perhaps);
  }
  std::map<Ref, GapId> nobody;  // that would have stood for several which are not alike
  for (const auto& [gateways, gap] : wanted) {
    if (std::optional<NatGateway> one = common(work, gateways)) {
      work.put(work.change.put.nat_gateways, std::move(*one));
    } else {
      nobody.emplace(stand_in(work, gateways), gap);
    }
  }
  if (nobody.empty()) return;
  for (RouteTable& table : work.change.put.route_tables) {
    for (Route& route : table.routes.items) {
      const auto found = nobody.find(route.object);
      if (found != nobody.end()) route.target = RouteTarget::other, route.object = {}, route.perhaps = found->second;
    }
  }
}

}  // namespace sallyport::read::terraform
