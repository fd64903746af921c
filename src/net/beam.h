// Beam: packets that are still together: sets of source and destination addresses
// and ports, one protocol. Filters and routes split beams; nothing is sampled.
//
// A Side is a set of addresses. Exact: every address of the set is an alternative
// of the flow. Bounded (`gap` set): the addresses are some unknown, non-empty part
// of the set (an address that was not collected lies somewhere in its subnet; a
// service's addresses lie somewhere in public space), so a rule that covers only
// part of the set may or may not match.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/gap.h"
#include "base/interval_set.h"
#include "model/network.h"

namespace sallyport::net {

struct Side {
  AddressSet set;
  GapId gap;             // set: bounded, for this reason
  Text service_list;     // public addresses of a service: name of its managed prefix
                         // list, `com.amazonaws.eu-central-1.s3`; empty for others.
  bool service = false;  // addresses of an AWS service (with or without such a list)
  // Set: the addresses lie in the IPv6 block of this subnet, which is not there yet (model/later.h);
  // `set` is then all from which Amazon may take it.
  SubnetId within{};
  bool outside_cloud = false;  // of nothing in the cloud, by definition: `internet`

  bool exact() const { return !gap; }
  friend bool operator==(const Side&, const Side&) = default;
};

struct Beam {
  Side source;
  Side destination;
  PortSet source_ports;
  PortSet destination_ports;
  std::int16_t protocol = tcp;

  Family family() const { return destination.set.front().family; }
  bool has_ports() const { return protocol == tcp || protocol == udp; }
  friend bool operator==(const Beam&, const Beam&) = default;
};

// The reply's beam: both ends exchanged.
Beam reversed(const Beam& beam);

// A set of addresses that a rule names. Open (`gap` set): it may hold more, within
// `bound`.
struct Named {
  AddressSet set;
  GapId gap;
  AddressSet bound;
  Text list;  // the AWS-managed prefix list that it is, by name; else empty
  // Set: besides, an IPv6 block that is not there yet (model/later.h), with those of these subnets
  // (sorted) in it.
  GapId later{};
  std::vector<SubnetId> later_of{};
};

// A side cut by what a rule names: surely inside, surely outside, not known.
struct Cut {
  std::optional<Side> inside;
  std::optional<Side> outside;
  std::optional<Side> maybe;
  GapId gap;  // why `maybe`
};
Cut cut(const Side& side, const Named& named);
Cut cut(const Side& side, const Prefix& prefix);  // allocates less than by a set of one

// Surely nothing of it, or surely all: told without a copy.
bool misses(const Side& side, const Named& named);
bool holds(const Named& named, const Side& side);

// Have the sets no address in common? Allocates nothing.
bool disjoint(const AddressSet& a, const AddressSet& b);

// Address space that is not public: RFC 1918, RFC 6598, loopback, link-local,
// multicast, reserved; for IPv6 all but 2000::/3 (and of it the documentation
// block counts as public: nothing routes it, rules may name it).
const AddressSet& private_space(Family family);
AddressSet public_space(Family family);
bool is_public(Address a);
// NAT64: IPv6 addresses that stand for IPv4 ones, the last 32 bits being those (NA-8,
// 64:ff9b::/96, RFC 6052). `behind64` and `synthesised` translate sets of either family.
const AddressSet& nat64_space();
AddressSet behind64(const AddressSet& v6);  // of the part in nat64_space()
AddressSet synthesised(const AddressSet& v4);
// RFC 1918, and RFC 6598, as the internet gateway names them (IG-3).
bool in_rfc1918(Address a);
bool in_rfc6598(Address a);

}  // namespace sallyport::net
