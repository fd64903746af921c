// Estates of any size for measuring: like real ones, not kind to the engine.
//
// Three tiers of subnets in three zones, applications of some twenty interfaces with
// a group each and a shared one, rules that name ranges, lists and other groups,
// some ACLs with return ports, forgotten route tables, peerings with a hub, dual-stack
// VPCs, endpoints with and without private DNS. docs/bench.md fixes the parameters of
// the published rows. The same parameters give the same bytes, on every machine.
#pragma once

#include <cstdint>
#include <vector>

#include "library/net/snapshot.h"
#include "model/cloud.h"

namespace sallyport::bench {

struct EstateSize {
  int vpcs = 4;
  int interfaces = 2000;  // of workloads, over all VPCs; endpoints and gateways come on top
  int per_application = 20;
  int rules_per_group = 8;
  int references = 30;   // percent of the rules that name another group
  int lists = 6;         // customer-managed prefix lists
  int entries = 25;      // each
  int custom_acls = 33;  // percent of the subnets
  int endpoints = 6;     // interface endpoints, a VPC
  int ipv6 = 25;         // percent of the VPCs
  int buckets = 40;
  int tables = 20;
  int not_collected = 3;  // percent of the answers about one resource that are missing
  std::uint64_t seed = 1;
};

// The cloud with everything known.
Cloud estate(const EstateSize& size);

// Its answers as a snapshot, without those that were not collected.
std::vector<generate::File> estate_files(const Cloud& cloud, const EstateSize& size);

}  // namespace sallyport::bench
