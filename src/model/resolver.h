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

// One rule of a DNS Firewall rule group.
struct DnsFirewallRule {
  int priority = 0;         // the lowest is asked first
  Value<bool> blocks;       // BLOCK; ALLOW and ALERT let the query pass
  List<Text> domains;       // lower case, no final dot; `*.x` covers names below x, `*` all
  bool some_types = false;  // only for queries of one record type
  Origin place;
};

// A rule group associated with a VPC: it filters what is asked of the VPC's resolver.
struct DnsFirewall {
  DnsFirewallId id;
  Head head;
  Value<VpcId> vpc;
  Value<State> state;           // COMPLETE, UPDATING = working
  int priority = 0;             // among the groups of the VPC: the lowest is asked first
  List<DnsFirewallRule> rules;  // by priority
};

}  // namespace sallyport
