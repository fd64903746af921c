// Route 53 Resolver as plain values: forwarding rules, endpoints, profiles.
#pragma once

#include <cstdint>

#include "base/ip.h"
#include "base/value.h"
#include "model/ids.h"
#include "model/network.h"
#include "model/object.h"

namespace sallyport {

enum class ResolverRuleType : std::uint8_t {
  forward,  // queries go to other servers
  system,   // the VPC's own resolver answers, under a broader forwarding rule
  other,    // recursive, delegate
};

// A rule for queries for `domain` and all names below it (DN-8).
struct ResolverRule {
  ResolverRuleId id;
  Head head;
  Text domain;  // lower case, no final dot; empty for the root `.`
  Value<ResolverRuleType> type;
  List<Value<Address>> servers;  // of forwarding rules
  List<VpcId> vpcs;              // associated, directly or by a profile
};

// Where queries enter a VPC from elsewhere (inbound), or leave it (outbound).
struct ResolverEndpoint {
  ResolverEndpointId id;
  Head head;
  Value<bool> inbound;
  Value<State> state;  // operational = working
  Value<VpcId> vpc;
  List<Value<Address>> addresses;
  List<SecurityGroupId> groups;
};

}  // namespace sallyport
