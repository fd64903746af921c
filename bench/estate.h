// Estates of any size for measuring: like real ones, not kind to the engine.
//
// Three tiers of subnets in three zones, applications of some twenty interfaces with
// a group each and a shared one, rules that name ranges, lists and other groups,
// some ACLs with return ports, forgotten route tables, peerings with a hub, dual-stack
// VPCs, endpoints with and without private DNS. docs/bench.md fixes the parameters of
// the published rows. The same parameters give the same bytes, on every machine.
#pragma once

#include <cstdint>
#include <string>
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
  // Of several accounts side by side: the number of this one. Ids, names and kinds of
  // applications differ; AWS's own lists are the same objects in all.
  int account = 0;
  int vary_kinds = 0;  // VPC n begins with the kind of application n x this
  int peerings = 100;  // at most, of the first VPC with others
};

// The cloud with everything known.
Cloud estate(const EstateSize& size);

// Its answers as a snapshot, without those that were not collected.
std::vector<generate::File> estate_files(const Cloud& cloud, const EstateSize& size);

// An account of an organization: the estate, with a transit gateway for each block of
// 250 VPCs (four fifths of them attached, two tables), a private zone for every ten, and
// central endpoints behind zones in some. docs/bench.md tells the parameters.
Cloud organization_account(const EstateSize& size);

// JSON as `aws` prints it: a member a line, indented by four.
std::string indented(const std::string& json);

// The parameters that all accounts of an organization share: those given, few peerings,
// kinds of applications that differ by VPC.
EstateSize of_organization(EstateSize size);

// Writes an organization's snapshot below `folder`: `accounts` accounts of `size` each.
// The bytes of all files; 0: it could not be written.
std::size_t write_organization(const std::string& folder, int accounts, const EstateSize& size);

}  // namespace sallyport::bench
