// The network as plain values: VPCs, subnets, routes, filters, gateways.
//
// Nothing is derived here, but for one thing: the routes that a gateway endpoint
// puts into its tables (GE-1) are added by the cloud's builder, since a plan or
// template never shows them. Members that AWS answers do not need are left out.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "base/ip.h"
#include "base/value.h"
#include "model/ids.h"
#include "model/object.h"

namespace sallyport {

// Life of a component (RT-18): only `working` carries traffic.
enum class State : std::uint8_t { working, not_working };

struct Vpc {
  VpcId id;
  Head head;
  List<Value<Prefix>> cidrs;  // associated blocks of both families, secondary ones included
  Value<bool> dns_support;
  Value<bool> dns_hostnames;
  // Custom DNS servers in its DHCP options (DN-10): false = AmazonProvidedDNS.
  Value<bool> custom_dns;
  std::vector<Address> dns_servers;  // those, where they are known
  // Set: whether private zones of other accounts, or a Route 53 Profile, are associated was not collected (DN-12).
  GapId foreign_zones;
};

struct Subnet {
  SubnetId id;
  Head head;
  Value<VpcId> vpc;
  Text zone;                  // "eu-central-1a": differs between accounts (RT-17)
  Text zone_id;               // "euc1-az2"
  List<Value<Prefix>> cidrs;  // one IPv4, any number of IPv6
  Value<bool> dns64 = false;  // the resolver makes AAAA answers for names that have none (NA-8)
};

// Where a route leads. `local` and `none` have no object.
enum class RouteTarget : std::uint8_t {
  local,
  internet_gateway,
  egress_only_gateway,
  nat_gateway,
  gateway_endpoint,  // vpce-... that is a gateway endpoint
  gateway_load_balancer_endpoint,
  peering,
  transit_gateway,
  vpn_gateway,
  network_interface,  // interface or instance: an appliance
  local_gateway,
  carrier_gateway,
  core_network,
  lattice,  // "VpcLattice": the VPC's association with a service network (RE-7)
  other,    // a target we do not know: `Route::gap` says which
};

// How the route came to be: decides ties of equal prefixes (RT-5).
enum class RouteOrigin : std::uint8_t { created_with_table, fixed, propagated };

struct Route {
  std::variant<Prefix, PrefixListId> destination;
  RouteTarget target = RouteTarget::other;
  Ref object;  // igw, nat, vpce, pcx ...; none for `local`
  RouteOrigin origin = RouteOrigin::fixed;
  Value<bool> blackhole;  // state `blackhole`: drops what selects it (RT-11)
  GapId gap;              // set: the destination or target is not known
  GapId perhaps;          // set: destination and target are known, but not whether the route is there
  Origin place;
  friend bool operator==(const Route&, const Route&) = default;
};

struct RouteTable {
  RouteTableId id;
  Head head;
  Value<VpcId> vpc;
  Value<bool> main;
  List<SubnetId> subnets;     // explicit associations
  std::vector<Ref> gateways;  // edge associations (RT-14): internet or VPN gateways
  List<Route> routes;
  friend bool operator==(const RouteTable&, const RouteTable&) = default;
};

// Protocol numbers; any_protocol is "-1".
constexpr std::int16_t any_protocol = -1;
constexpr std::int16_t icmp = 1;
constexpr std::int16_t tcp = 6;
constexpr std::int16_t udp = 17;
constexpr std::int16_t icmpv6 = 58;

struct AclEntry {
  std::uint16_t number = 0;
  bool egress = false;
  bool allow = false;
  std::int16_t protocol = any_protocol;
  std::uint16_t first_port = 0;  // inclusive; for TCP and UDP
  std::uint16_t last_port = 0xFFFF;
  std::int16_t icmp_type = -1;  // -1 = all
  std::int16_t icmp_code = -1;
  Prefix cidr;
  GapId gap;  // set: the entry was not understood in full
  Origin place;
  friend bool operator==(const AclEntry&, const AclEntry&) = default;
};

struct NetworkAcl {
  NetworkAclId id;
  Head head;
  Value<VpcId> vpc;
  Value<bool> is_default;
  List<SubnetId> subnets;
  List<AclEntry> entries;  // ascending by (egress, number): sorted by the builder (AC-2)
  friend bool operator==(const NetworkAcl&, const NetworkAcl&) = default;
};

// Whom a rule names (SG-4).
struct GroupPeer {
  SecurityGroupId group;
  Text account;       // owner of the named group, if the rule says so
  PeeringId peering;  // if the rule says so
  friend bool operator==(const GroupPeer&, const GroupPeer&) = default;
};
using RulePeer = std::variant<Prefix, PrefixListId, GroupPeer>;

struct GroupRule {
  bool egress = false;
  std::int16_t protocol = any_protocol;
  std::uint16_t first_port = 0;  // TCP, UDP; all ports where protocol is any
  std::uint16_t last_port = 0xFFFF;
  std::int16_t icmp_type = -1;
  std::int16_t icmp_code = -1;
  RulePeer peer;
  GapId gap;  // set: the rule was not understood in full: it may allow anything
  Origin place;
  friend bool operator==(const GroupRule&, const GroupRule&) = default;
};

struct SecurityGroup {
  SecurityGroupId id;
  Head head;  // name = the Name tag, else the group's name
  Value<VpcId> vpc;
  List<GroupRule> rules;
  List<VpcId> also;  // further VPCs of the Region that it is associated with (SG-14)
  friend bool operator==(const SecurityGroup&, const SecurityGroup&) = default;
};

// Who made an interface, as far as it matters for what it can do.
enum class InterfaceKind : std::uint8_t {
  plain,  // of an instance, a task, or detached
  nat_gateway,
  endpoint,  // of an interface endpoint
  gateway_load_balancer_endpoint,
  function,  // Lambda's, shared by functions (LA-2)
  load_balancer,
  transit_gateway,
  managed,  // of another service: RDS, ElastiCache ...
  other,    // a type we do not know
};

// A public IPv4 address in front of a private one. IPv6 needs none.
struct PublicAddress {
  Address address;
  Address private_address;
};

struct Interface {
  InterfaceId id;
  Head head;
  Value<VpcId> vpc;
  Value<SubnetId> subnet;
  InterfaceKind kind = InterfaceKind::plain;
  Value<bool> source_dest_check;
  Value<State> state;   // in-use = working
  InstanceId instance;  // none: not attached to an instance
  Text description;
  List<Value<Address>> addresses;  // private IPv4 and IPv6, the primary one first
  List<PublicAddress> public_addresses;
  // A public address stands in front of the primary private one, whose number is not
  // known yet (a plan): then `public_addresses` is open.
  bool surely_public = false;
  List<SecurityGroupId> groups;
};

struct Instance {
  InstanceId id;
  Head head;
  Value<State> state;  // running = working
  Value<VpcId> vpc;
  List<InterfaceId> interfaces;
  Value<InstanceProfileId> profile;  // none: the instance has no role
  bool windows = false;              // for its ephemeral ports (AC-3)
};

struct InternetGateway {
  InternetGatewayId id;
  Head head;
  List<VpcId> vpcs;  // attached (state available)
};

struct EgressOnlyGateway {
  EgressOnlyGatewayId id;
  Head head;
  List<VpcId> vpcs;
};

struct NatAddress {
  Value<Address> private_address;
  Value<Address> public_address;  // IPv4 of the Elastic IP
  bool has_public = false;
  // Of a regional gateway: the zone that it serves (NA-9); empty: not said.
  Text zone;
  Text zone_id;
};

struct NatGateway {
  NatGatewayId id;
  Head head;
  Value<State> state;
  Value<VpcId> vpc;
  Value<SubnetId> subnet;      // none for a regional gateway (NA-9)
  Value<bool> is_public;       // connectivity type
  List<NatAddress> addresses;  // several are legal (NA-7)
  bool regional = false;
  // Regional: the table that routes what it sends on, and whether AWS registers it in each
  // zone in which the VPC has subnets.
  Value<RouteTableId> table = RouteTableId();
  Value<bool> every_zone = false;
};

// A virtual private gateway, and whether anything works behind it (VG-1, RT-18).
struct VpnGateway {
  VpnGatewayId id;
  Head head;
  Value<bool> connected;  // by a VPN or Direct Connect
  bool listed = false;    // the VPN connections of its account were collected, and none of them works
};

struct PrefixList {
  PrefixListId id;
  Head head;  // name = PrefixListName
  Value<bool> aws_managed;
  List<Prefix> entries;  // open where they were not collected (RT-10)
};

struct PeeringSide {
  VpcId vpc;
  Text account;
  Text region;
  std::vector<Prefix> cidrs;   // as the peering's answer lists them
  Value<bool> dns_resolution;  // AllowDnsResolutionFromRemoteVpc (DN-13)
};

struct Peering {
  PeeringId id;
  Head head;
  Value<State> state;  // active = working
  PeeringSide requester;
  PeeringSide accepter;
};

struct DnsRecord {
  Text name;          // lower case, without the final dot; `\052` decoded to `*`
  Text type;          // "A", "AAAA", "CNAME" ...
  List<Text> values;  // addresses or names
  Text alias;         // alias target's name; empty for plain records
};

struct HostedZone {
  HostedZoneId id;
  Head head;  // name = the zone's domain without the final dot
  Value<bool> is_private;
  List<VpcId> vpcs;
  List<DnsRecord> records;
};

}  // namespace sallyport
