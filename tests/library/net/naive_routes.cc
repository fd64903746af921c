#include <algorithm>

#include "library/net/naive_rules.h"

namespace sallyport::naive {
namespace {

// RT-8a: the entry is more specific than a block of the table's VPC.
bool is_ignored(const Cloud& cloud, const RouteTable& table, const Prefix& entry) {
  const Vpc* vpc = cloud->vpcs.find(*table.vpc);
  return vpc != nullptr && std::any_of(vpc->cidrs.begin(), vpc->cidrs.end(), [&](const Value<Prefix>& block) {
           return block->length < entry.length && block->contains(entry.first());
         });
}

// The longest part of a route's destination that holds `to`; -1: none does.
int matched_length(const Cloud& cloud, const RouteTable& table, const Route& route, Address to) {
  if (const Prefix* cidr = std::get_if<Prefix>(&route.destination)) return cidr->contains(to) ? cidr->length : -1;
  const PrefixList* list = cloud->prefix_lists.find(std::get<PrefixListId>(route.destination));
  int longest = -1;
  if (list == nullptr) return longest;
  for (const Prefix& entry : list->entries) {  // RT-8: one route an entry
    if (entry.contains(to) && !is_ignored(cloud, table, entry))
      longest = std::max(longest, static_cast<int>(entry.length));
  }
  return longest;
}

bool is_list(const Route& route) { return std::holds_alternative<PrefixListId>(route.destination); }

// RT-5: static before prefix list before propagated.
int rank(const Route& route) {
  if (route.origin == RouteOrigin::propagated) return 2;
  return is_list(route) ? 1 : 0;
}

bool same_target(const Route& a, const Route& b) { return a.target == b.target && a.object == b.object; }

}  // namespace

const RouteTable* table_of(const Cloud& cloud, const Subnet& subnet) {
  for (const RouteTable& table : cloud->route_tables) {
    if (std::find(table.subnets.begin(), table.subnets.end(), subnet.id) != table.subnets.end()) return &table;
  }
  for (const RouteTable& table : cloud->route_tables) {
    if (*table.main && *table.vpc == *subnet.vpc) return &table;
  }
  return nullptr;
}

const Route* select_route(const Cloud& cloud, const RouteTable& table, Address to, Choices& choices) {
  // RT-12: no route carries traffic to the metadata and DNS addresses; RE-7: but the one that
  // an association with a service network brings.
  static const Prefix reserved[] = {*parse_prefix("169.254.168.0/22"), *parse_prefix("fd00:ec2::/32")};
  for (const Prefix& p : reserved) {
    if (!p.contains(to)) continue;
    for (const Route& route : table.routes) {
      if (route.target == RouteTarget::lattice && matched_length(cloud, table, route, to) >= 0) return &route;
    }
    return nullptr;
  }

  std::vector<const Route*> matching;
  bool local = false;
  for (const Route& route : table.routes) {
    if (matched_length(cloud, table, route, to) < 0) continue;
    matching.push_back(&route);
    local = local || route.target == RouteTarget::local;
  }
  // RT-6: propagated routes lose to `local`, even if more specific.
  if (local) std::erase_if(matching, [](const Route* r) { return r->origin == RouteOrigin::propagated; });

  // RT-9: of prefix-list routes to different targets AWS takes one, which is not known.
  std::vector<const Route*> lists;
  for (const Route* route : matching) {
    if (is_list(*route)) lists.push_back(route);
  }
  const bool random =
      std::any_of(lists.begin(), lists.end(), [&](const Route* r) { return !same_target(*r, *lists[0]); });
  if (random) {
    const Route* taken = lists[choices.pick(lists.size())];
    std::erase_if(matching, [&](const Route* r) { return is_list(*r) && r != taken; });
  }

  // RT-4: the longest wins; RT-5: then the rank.
  std::vector<const Route*> best;
  for (const Route* route : matching) {
    const auto order = [&](const Route* r) { return std::pair(-matched_length(cloud, table, *r, to), rank(*r)); };
    if (!best.empty() && order(route) > order(best[0])) continue;
    if (!best.empty() && order(route) < order(best[0])) best.clear();
    best.push_back(route);
  }
  if (best.empty()) return nullptr;
  return best.size() == 1 ? best[0] : best[choices.pick(best.size())];
}

bool has_address(const Interface& interface, Address address) {
  return std::any_of(interface.addresses.begin(), interface.addresses.end(),
                     [&](const Value<Address>& a) { return *a == address; });
}

const Interface* interface_with(const Cloud& cloud, VpcId vpc, Address private_address) {
  for (const Interface& interface : cloud->interfaces) {
    if (*interface.vpc == vpc && has_address(interface, private_address)) return &interface;
  }
  return nullptr;
}

const Interface* interface_with_public(const Cloud& cloud, Address public_address) {
  for (const Interface& interface : cloud->interfaces) {
    if (public_address.family == Family::v6 && has_address(interface, public_address)) return &interface;  // IG-5
    for (const PublicAddress& a : interface.public_addresses) {
      if (a.address == public_address) return &interface;
    }
  }
  return nullptr;
}

std::optional<Address> public_of(const Interface& interface, Address private_address) {
  if (private_address.family == Family::v6) return private_address;  // IG-5: not translated
  for (const PublicAddress& a : interface.public_addresses) {
    if (a.private_address == private_address) return a.address;
  }
  return std::nullopt;
}

bool in_subnet(const Subnet& subnet, Address address) {
  return std::any_of(subnet.cidrs.begin(), subnet.cidrs.end(),
                     [&](const Value<Prefix>& p) { return p->contains(address); });
}

bool in_vpc(const Vpc& vpc, Address address) {
  return std::any_of(vpc.cidrs.begin(), vpc.cidrs.end(), [&](const Value<Prefix>& p) { return p->contains(address); });
}

bool is_public(Address address) {
  static const Prefix reserved[] = {
      *parse_prefix("10.0.0.0/8"),     *parse_prefix("172.16.0.0/12"), *parse_prefix("192.168.0.0/16"),
      *parse_prefix("100.64.0.0/10"),  *parse_prefix("0.0.0.0/8"),     *parse_prefix("127.0.0.0/8"),
      *parse_prefix("169.254.0.0/16"), *parse_prefix("224.0.0.0/3"),
  };
  static const Prefix global_v6 = *parse_prefix("2000::/3");
  for (const Prefix& p : reserved) {
    if (p.contains(address)) return false;
  }
  return address.family == Family::v4 || global_v6.contains(address);
}

bool runs(const Cloud& cloud, const Interface& interface) {
  if (*interface.state != State::working) return false;
  if (!interface.instance) return true;
  const Instance* instance = cloud->instances.find(interface.instance);
  return instance != nullptr && *instance->state == State::working;
}

bool joins(const Peering& peering, VpcId one, VpcId other) {
  if (*peering.state != State::working) return false;  // PX-1
  const VpcId a = peering.requester.vpc;
  const VpcId b = peering.accepter.vpc;
  return (a == one && b == other) || (a == other && b == one);
}

}  // namespace sallyport::naive
