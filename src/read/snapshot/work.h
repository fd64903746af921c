// Work: a snapshot as far as it has been read: the change that it becomes, and
// what waits for another file before it can become a row.
#pragma once

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "model/change.h"
#include "read/snapshot/balancer_parts.h"
#include "read/snapshot/platform_parts.h"

namespace sallyport::read::snapshot {

// Diagnostics of one code that are told one by one.
constexpr std::size_t said_per_code = 50;

// A row that stands: where, what it was made from, and whether the owner of the
// object saw it (a participant of a shared VPC sees less, RT-17).
struct Standing {
  std::uint64_t fingerprint = 0;
  std::uint32_t row_behind = 0;  // its place in the change + 1; 0: none stands
  bool owners_view = false;
  bool contradicted = false;  // one other row is enough to say so
  bool recorded = false;      // by AWS Config; else an answer of the service itself
};

// Answers about one VPC that come in files of their own.
struct VpcAttributes {
  Value<bool> dns_support;
  Value<bool> dns_hostnames;
  bool has_dns_support = false;
  bool has_dns_hostnames = false;
};

// Of DHCP options: does it name DNS servers other than Amazon's?
struct DhcpServers {
  std::vector<Address> others;  // without the well-known ones; base + 2 still among them
  bool names_amazon = false;
  GapId gap;
};

struct BucketParts {
  Text account;
  Origin origin;
  Value<Text> region;
  bool has_region = false;
  Value<PolicyId> policy;
  bool has_policy = false;
  Value<BlockPublicAccess> block;
  bool has_block = false;
};

struct TableParts {
  Text account;
  Text region;
  Text arn;
  Origin origin;
  Value<PolicyId> policy;
  bool has_policy = false;
  GapId gap;
};

// A queue, topic, key ...: what it is, whose, where, and its name.
using ResourceKey = std::tuple<Kind, Text, Text, Text>;

struct ResourceParts {
  Text arn;  // empty: no answer names it
  Origin origin;
  Value<PolicyId> policy;
  bool has_policy = false;
  std::vector<Text> aliases;
  bool aws_managed = false;
};

struct FunctionPolicy {
  Value<PolicyId> policy;
};

// One type of organization policy: which there are, and whether the root enables it.
struct OrgPolicyType {
  bool listed = false;
  GapId gap;  // the list is not whole
  std::set<std::string> ids;
  bool enabled_known = false;
  bool enabled = false;
};

// What the answers of AWS Organizations said, by id. Joined at the end.
struct OrganizationParts {
  std::map<std::string, OrgPolicyType> types;            // by SERVICE_CONTROL_POLICY ...
  std::map<std::string, std::set<std::string>> targets;  // policy -> nodes; there: whole
  std::map<std::string, GapId> lost_targets;             // policy -> why they are not known
  std::map<std::string, std::string> parents;            // node -> parent
  std::map<std::string, Head> nodes;                     // roots, units, accounts
  std::set<std::string> roots;
};

// Which rules and profiles act on which VPCs. Joined at the end.
struct ResolverParts {
  std::map<ResolverRuleId, std::vector<VpcId>> associations;
  std::set<std::pair<Text, Text>> associations_read;                    // (account, Region)
  std::map<ResolverRuleId, std::set<std::pair<Text, Text>>> listed_by;  // the rule stands in their answers
  std::map<ResolverEndpointId, List<Value<Address>>> addresses;
  std::map<std::pair<Text, Text>, std::vector<VpcId>> profile_vpcs;  // by (Region, profile)
  std::set<std::pair<Text, Text>> profile_associations_read;         // (account, Region)
  std::map<Ref, std::set<std::pair<Text, Text>>> brought_by;         // zone or rule: the profiles that hold it
  std::set<std::pair<Text, Text>> profiles_read;                     // their resources were collected
};

// DNS Firewall: groups, their rules and lists by (Region, id). Joined at the end.
struct FirewallRule {
  DnsFirewallRule row;
  Text list;  // its domains; empty: of none
};

struct FirewallParts {
  std::map<DnsFirewallId, std::pair<Text, Text>> group_of;
  std::map<std::pair<Text, Text>, List<FirewallRule>> rules;
  std::map<std::pair<Text, Text>, List<Text>> domains;
  std::set<std::pair<Text, Text>> managed;  // lists of AWS's own
};

// VPC Lattice: what is associated with a service network, by its id (`sn-...`); there: collected.
struct LatticeParts {
  std::set<ResourceConfigurationId> listed_only;  // of which no answer of its own was read
  std::map<std::string, List<ServiceNetworkVpc>> vpcs;
  std::map<std::string, std::vector<std::string>> association_ids;  // beside `vpcs`
  std::map<std::string, List<SecurityGroupId>> association_groups;  // by association
  std::map<std::string, List<ResourceConfigurationId>> resources;
  std::map<std::string, List<LatticeService>> services;
};

// The custom domains that endpoints answer for (RE-8).
struct CustomNameParts {
  std::map<EndpointId, std::vector<Text>> names;
  std::set<std::pair<Text, Text>> read;  // (account, Region) of which all were listed
};

// The private zones of a VPC, whoever owns them.
struct ZonesOfVpc {
  std::vector<HostedZone> zones;
  bool whole = false;
};

// What hangs on virtual private gateways.
struct VpnParts {
  std::map<VpnGatewayId, Truth> works;
  std::set<std::pair<Text, Text>> connections_read, virtual_interfaces_read;  // (account, Region)
  std::set<VpnGatewayId> associations_read;
};

// What the owner of endpoint services says of them.
struct OfferParts {
  std::map<EndpointServiceId, EndpointService> services;
  std::map<EndpointServiceId, Origin> own;                        // services of the account that was asked
  std::map<std::pair<Text, std::string>, List<Text>> principals;  // (Region, vpce-svc-...)
  std::map<EndpointId, std::pair<State, Origin>> connections;     // as the service's owner sees them
  std::map<std::pair<Text, std::string>, std::vector<EndpointConnection>> consumers;  // as principals
  std::set<std::pair<Text, Text>> connections_read;                                   // (account, Region)
};

// What several answers say of one attachment of a transit gateway.
struct AttachmentParts {
  TransitAttachment row;
  bool has_association = false;  // its own row says which, or (to the gateway's owner) that there is none
  bool has_vpc = false;          // from describe-transit-gateway-vpc-attachments
  bool has_peer = false;
  bool gone = false;  // deleted, and listed for a while more
};

struct TransitParts {
  std::map<TransitAttachmentId, AttachmentParts> attachments;
  std::map<TransitAttachmentId, Value<TransitTableId>> associations;  // from the tables' own answers
  std::map<TransitTableId, List<TransitRoute>> routes;
  std::map<TransitTableId, List<TransitAttachmentId>> propagations;
  std::set<TransitTableId> static_only;                  // a search that was asked for static routes
  std::map<std::pair<Text, Text>, GapId> policy_tables;  // (account, Region): 0 collected, and none
};

struct UnreadFiles {
  std::size_t files = 0;
  Origin first;
};

// An Elastic IP in front of a private address.
struct Association {
  Address address;
  Address private_address;
};

struct Work {
  explicit Work(RegistryPtr r) : registry(r), change(std::move(r)) {}

  RegistryPtr registry;
  Change change;

  std::array<std::vector<Standing>, static_cast<std::size_t>(Kind::count_)> standing;  // by kind, by the id's number

  // (kind, account, region): all collected, or the gap.
  std::map<std::tuple<Kind, Text, Text>, GapId> coverage;
  std::map<std::string, UnreadFiles> unread;  // by operation
  std::map<std::string, std::size_t> said;    // diagnostics by code
  // (operation, account, Region, subject) of the files that answered it.
  std::set<std::tuple<std::string_view, std::string, std::string, std::string>> answered;

  std::map<VpcId, VpcAttributes> vpc_attributes;
  std::map<std::pair<Text, Text>, DhcpServers> dhcp;  // (region, id)
  std::map<VpcId, std::pair<Text, Text>> dhcp_of_vpc;
  std::map<PrefixListId, List<Prefix>> entries;
  std::map<std::pair<Text, Text>, GapId> forbidden_exclusions;  // (account, region): from BPA
  std::map<InterfaceId, std::vector<Association>> elastic;      // from describe-addresses
  std::map<Text, Value<BlockPublicAccess>> account_block;       // by account
  std::map<Text, BucketParts> buckets;                          // by name
  std::map<std::tuple<Text, Text, Text>, TableParts> tables;    // (account, region, name)
  std::map<std::tuple<Text, Text, Text>, FunctionPolicy> function_policies;
  std::map<std::tuple<Text, Text, Text>, List<FunctionUrl>> function_urls;  // (account, region, name)
  std::set<std::pair<Text, Text>> http_apis;                                // (account, region): listed
  std::map<ResourceKey, ResourceParts> resources;
  std::map<HostedZoneId, List<VpcId>> zone_vpcs;
  std::map<HostedZoneId, List<DnsRecord>> zone_records;
  ResolverParts resolver;
  BalancerParts balancers;
  PlatformParts platform;
  OfferParts offers;
  std::map<SecurityGroupId, List<VpcId>> group_vpcs;
  FirewallParts firewall;
  LatticeParts lattice;
  std::map<SecurityGroupId, SecurityGroup> group_rules;  // as describe-security-group-rules has them
  std::map<PlatformWorkloadId, Text> file_system_names;
  std::map<Ref, PublicAccessMode> shown_blocks;    // of VPCs and subnets
  std::map<std::string, ZonesOfVpc> zones_of_vpc;  // by the VPC's id
  CustomNameParts custom_names;
  VpnParts vpn;
  TransitParts transit;
  OrganizationParts organization;
};

// Keeps a diagnostic, or only counts it where its code was said often already:
// `finish` tells how many were left out.
void say(Work& work, Severity severity, const char* code, std::string message, Origin at);

}  // namespace sallyport::read::snapshot
