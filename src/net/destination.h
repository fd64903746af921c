// Destinations: the addresses that a target means, seen from a VPC.
#pragma once

#include <vector>

#include "net/dns.h"
#include "net/outcome.h"
#include "net/target.h"
#include "net/walk.h"

namespace sallyport::net {

// One thing to aim at, or (failed set) why there is nothing.
struct Destination {
  Side side;
  Goal goal;
  bool has_side = false;
  Outcome failed;         // where has_side is false
  std::vector<Hop> hops;  // the resolver's
  std::string host;       // the name that was resolved; empty: an address
  Text zone;              // set: the name leads there for clients in that zone alone
};

// What of an option clients in that zone are led to; where there is nothing, that.
std::vector<Destination> seen_in_zone(std::vector<Destination> option, Text zone);

// The goal of a walk there: with its name where what the user assumes may hang on it.
Goal goal_of(const Index& index, const Destination& to);

// What one name (or an address) means. Several `options`: it is not known which of
// them; the destinations of one option are all alternatives.
struct Aim {
  std::vector<std::vector<Destination>> options;
  std::vector<GapId> doubts;  // why there are several options
  std::vector<Ref> reads;
  std::vector<std::string> assumptions;
};

// The alternatives of a target seen from `vpc` (null: from outside every VPC).
// `account` is the caller's, for names that carry it.
std::vector<Aim> aims(const Index& index, const Vpc* vpc, const Target& target, std::string_view account);

// May the resolver answer somebody in `subnet` with IPv6 addresses that it makes itself (NA-8)?
Truth makes_addresses(const Subnet& subnet);
// Does a table of the VPC lead addresses that stand for IPv4 ones to a NAT gateway?
bool routes_to_nat64(const Index& index, const Vpc& vpc);
// What the destinations of one option are to somebody in `subnet` who asks for IPv6 addresses:
// with DNS64, and where a name has none, those that stand for its IPv4 ones.
std::vector<Destination> seen_by_ipv6(const Index& index, const Subnet& subnet, const std::vector<Destination>& option);

// Public addresses outside the cloud and the trusted networks, from which somebody
// may call.
AddressSet internet(const Index& index, Family family);

}  // namespace sallyport::net
