// Work: a plan or state on its way to a change: the rows so far (planned/work.h), and where
// each provider puts what it makes.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/value.h"
#include "model/cloud.h"
#include "read/planned/work.h"
#include "read/terraform/document.h"

namespace sallyport::read::terraform {

// Where a provider's resources are.
struct Place {
  Text region;     // empty: the plan does not say
  Text account;    // empty: the plan does not say
  Text partition;  // `aws` where the Region does not say otherwise
};

using planned::beside;
using planned::is_new_vpc;
using planned::later;
using planned::SubnetDefaults;

// What this format calls things, and the types that no reader takes (unread.cc).
const planned::Wording& words_of(bool of_plan);

// An association of one of some tables with one of some subnets, and a NAT gateway in one of several:
// what follows from all of them together (spread.h).
struct Spread {
  const Resource* resource;
  std::vector<RouteTableId> tables;
  std::vector<SubnetId> subnets;
  GapId gap;
};
struct Placed {
  const Resource* resource;
  NatGatewayId gateway;
  std::vector<SubnetId> subnets;
};
// A route in one of some tables, which may lead to one of some NAT gateways.
struct SomeRoute {
  const Resource* resource;
  std::vector<RouteTableId> tables;
  std::vector<NatGatewayId> gateways;  // empty: the route says where it leads, or why that is not known
  Route route;
  GapId gap;  // why the table is not known
};
// Something with an interface in one of several subnets of a VPC, for which one stands.
struct StandsInOne {
  const Resource* resource;
  SubnetId stand_in;
  std::vector<SubnetId> subnets;
  GapId gap;
};

struct Work : planned::Work {
  Work(const Cloud& cloud, const Document& d) : planned::Work(cloud, words_of(d.is_plan())), document(d) {}

  const Document& document;

  std::map<std::string, Place, std::less<>> places;  // by provider key
  std::vector<Place> place_of;                       // by the resource's number
  std::map<std::string, Text, std::less<>> regions;  // of objects by id, where there are several Regions
  std::vector<Spread> spreads;
  std::vector<Placed> placed;
  std::vector<StandsInOne> stands_in_one;
  std::vector<SomeRoute> some_routes;
  std::map<Ref, std::vector<VpcId>> in_one_of;    // new objects of which it is not known in which of these they are
  std::map<SubnetId, GapId> with_ipv6;            // subnets that will have an IPv6 block that is not known yet
  std::map<Text, const Resource*> vpc_resources;  // `aws_vpc` by id
  // Of a resource's number and an attribute; see identity.h. None: it is being looked for.
  boost::unordered_flat_map<std::uint64_t, std::optional<Value<Text>>> meanings;

  // True if the row need not be read: what stays as it is stands in the base, which
  // knows it better.
  template <class Table, class IdType>
  bool stands(const Table& table, IdType id, const Resource& resource) const {
    return resource.fate == Fate::kept && table.find(id) != nullptr;
  }
};

// Finds Region and account of each provider: from its configuration, else from what its
// resources show.
void find_places(Work& work);
// Cost: none, once `find_places` has run.
Place place_of(const Work& work, const Resource& resource);

}  // namespace sallyport::read::terraform
