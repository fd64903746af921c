// What an index holds, by what it hangs on: most of it on no rule, so that the index of the cloud after
// a change of rules shares it (index.h).
#pragma once

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/cloud.h"
#include "net/beam.h"

namespace sallyport::net {

// One of an endpoint's own names (IF-7), as its answer has it but in lower case.
struct OwnName {
  const Endpoint* endpoint = nullptr;
  std::string pattern;  // may begin with `*.`
  std::size_t order = 0;
};

template <class K, class V>
using IndexMap = boost::unordered_flat_map<K, V>;

// By numbers of ids, where nothing else is said. Hangs on all of a cloud but the rows of route tables and network
// ACLs and the rules of groups.
struct IndexParts {
  // Empty until each of these was called; they fill different members and may run side by side. Only the
  // first adds gaps to the registry, so that their numbers are the same on every run.
  IndexParts() = default;
  void add_blocks_and_lists(const Cloud& cloud);  // and whatever else is short
  void add_interfaces(const Cloud& cloud);
  void add_members(const Cloud& cloud);  // of groups
  void add_endpoints(const Cloud& cloud);
  // At the end: why groups may have members that nobody saw. Adds gaps, too.
  void add_unseen_members(const Cloud& cloud);

  IndexMap<std::uint32_t, std::vector<const Subnet*>> subnets_of_vpc;
  IndexMap<std::uint32_t, Named> blocks_of_vpc, blocks_of_subnet;
  IndexMap<std::uint32_t, std::vector<const Endpoint*>> endpoints_of_vpc;
  IndexMap<std::uint32_t, std::vector<const Endpoint*>> profile_endpoints_of_vpc;  // of others
  IndexMap<std::uint32_t, std::vector<const HostedZone*>> zones_of_vpc;
  IndexMap<std::uint32_t, const Endpoint*> endpoint_of_interface;
  IndexMap<std::uint32_t, const LoadBalancer*> balancer_of_interface;
  IndexMap<std::string_view, const LoadBalancer*> balancer_of_name;
  IndexMap<std::uint32_t, std::vector<const Interface*>> interfaces_of_instance, function_interfaces;
  std::vector<std::pair<Address, const Interface*>> by_address, by_public_address;  // sorted
  IndexMap<std::uint32_t, Named> members;                                           // of groups
  IndexMap<std::uint32_t, Named> lists;
  // Names of endpoints in lower case, without `*.`: endpoint and entry, in their order.
  IndexMap<std::string, std::vector<OwnName>> own_names;
  std::vector<const HostedZone*> loose_zones;
  std::vector<const Interface*> unplaced_function_interfaces;
  GapId unseen_public;
  std::array<GapId, static_cast<std::size_t>(Kind::count_)> strays;  // by Kind
  IndexMap<std::uint32_t, std::vector<const TransitAttachment*>> attachments_of_vpc;
  IndexMap<std::uint32_t, List<Route>> transit_routes;  // by table
  IndexMap<std::uint32_t, std::vector<const PublicAccessExclusion*>> exclusions_of_vpc, exclusions_of_subnet;

 private:
  void add_lists(const Cloud& cloud);
  void add_blocks(const Cloud& cloud);
  void add_subnets(const Cloud& cloud);
  void add_zones(const Cloud& cloud);
  void add_transit(const Cloud& cloud);
  void add_public_access(const Cloud& cloud);
  void add_balancers(const Cloud& cloud);
};

// What stands at the end of some route of any table: out of it replies may come (AC-9, RT-13).
struct Middleboxes {
  IndexMap<std::uint32_t, Ref> of_subnet, unplaced_of_vpc;
  bool transit = false;  // some route leads to a transit gateway
  friend bool operator==(const Middleboxes&, const Middleboxes&) = default;
};

// Where the rows of route tables and network ACLs stand, and what the routes of all tables say together.
struct RulePlaces {
  explicit RulePlaces(const Cloud& cloud);

  IndexMap<std::uint32_t, const RouteTable*> table_of_subnet, main_table_of_vpc;
  IndexMap<std::uint32_t, std::vector<const RouteTable*>> tables_of_vpc;
  IndexMap<std::pair<Kind, std::uint32_t>, const RouteTable*> edge_table_of;
  IndexMap<std::uint32_t, const NetworkAcl*> acl_of_subnet, default_acl_of_vpc;
  // Tables and ACLs that may be associated with more subnets than they name.
  std::vector<const RouteTable*> open_tables;
  std::vector<const NetworkAcl*> open_acls;
  Middleboxes middleboxes;

 private:
  void add_middleboxes(const Cloud& cloud);
};

}  // namespace sallyport::net
