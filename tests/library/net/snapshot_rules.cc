// Route tables, filters, endpoints, peerings as AWS answers.
#include <map>

#include "library/net/snapshot_parts.h"

namespace sallyport::generate {
namespace {

const char* route_member(RouteTarget target) {
  switch (target) {
    case RouteTarget::nat_gateway: return "NatGatewayId";
    case RouteTarget::egress_only_gateway: return "EgressOnlyInternetGatewayId";
    case RouteTarget::peering: return "VpcPeeringConnectionId";
    case RouteTarget::transit_gateway: return "TransitGatewayId";
    case RouteTarget::network_interface: return "NetworkInterfaceId";
    default: return "GatewayId";
  }
}

const char* route_origin(RouteOrigin origin) {
  if (origin == RouteOrigin::created_with_table) return "CreateRouteTable";
  return origin == RouteOrigin::propagated ? "EnableVgwRoutePropagation" : "CreateRoute";
}

bool has_ports(std::int16_t p) { return p == tcp || p == udp; }
bool is_icmp(std::int16_t p) { return p == icmp || p == icmpv6; }

std::string protocol_word(std::int16_t p) {
  if (p == tcp) return "tcp";
  if (p == udp) return "udp";
  if (p == icmp) return "icmp";
  if (p == icmpv6) return "icmpv6";
  return std::to_string(p);
}

const char* list_member(Family family, bool of_route) {
  if (of_route) return family == Family::v4 ? "DestinationCidrBlock" : "DestinationIpv6CidrBlock";
  return family == Family::v4 ? "CidrBlock" : "Ipv6CidrBlock";
}

}  // namespace

std::vector<std::string> Writer::route_tables() const {
  std::vector<std::string> all;
  for (const RouteTable& table : cloud->route_tables) {
    if (!here(table.head)) continue;
    const std::string state = object({{"State", json_string("associated")}});
    std::vector<std::string> associations;
    if (*table.main) {
      associations.push_back(object({{"Main", "true"}, {"RouteTableId", id(table.id)}, {"AssociationState", state}}));
    }
    for (const SubnetId subnet : table.subnets) {
      associations.push_back(object(
          {{"Main", "false"}, {"RouteTableId", id(table.id)}, {"SubnetId", id(subnet)}, {"AssociationState", state}}));
    }
    std::vector<std::string> routes;
    for (const Route& r : table.routes) {
      std::vector<Member> members;
      if (const Prefix* p = std::get_if<Prefix>(&r.destination)) {
        members.emplace_back(list_member(p->family(), true), json_string(to_string(*p)));
      } else {
        members.emplace_back("DestinationPrefixListId", id(std::get<PrefixListId>(r.destination)));
      }
      members.emplace_back(route_member(r.target),
                           r.target == RouteTarget::local ? json_string("local") : id(r.object));
      members.emplace_back("Origin", json_string(route_origin(r.origin)));
      members.emplace_back("State", json_string(*r.blackhole ? "blackhole" : "active"));
      routes.push_back(object(members));
    }
    all.push_back(object({{"Associations", array(associations)},
                          {"PropagatingVgws", "[]"},
                          {"RouteTableId", id(table.id)},
                          {"Routes", array(routes)},
                          {"Tags", tags(table.head)},
                          {"VpcId", id(*table.vpc)},
                          {"OwnerId", owner(table.head)}}));
  }
  return all;
}

std::vector<std::string> Writer::network_acls() const {
  std::vector<std::string> all;
  for (const NetworkAcl& acl : cloud->network_acls) {
    if (!here(acl.head)) continue;
    std::vector<std::string> associations;
    for (const SubnetId subnet : acl.subnets) {
      associations.push_back(object({{"NetworkAclAssociationId", json_string("aclassoc-1")},
                                     {"NetworkAclId", id(acl.id)},
                                     {"SubnetId", id(subnet)}}));
    }
    std::vector<std::string> entries;
    for (const AclEntry& e : acl.entries) {
      std::string ports;
      std::string type;
      if (has_ports(e.protocol)) ports = object({{"From", number(e.first_port)}, {"To", number(e.last_port)}});
      if (is_icmp(e.protocol)) type = object({{"Code", number(e.icmp_code)}, {"Type", number(e.icmp_type)}});
      entries.push_back(object({{list_member(e.cidr.family(), false), json_string(to_string(e.cidr))},
                                {"Egress", boolean(e.egress)},
                                {"IcmpTypeCode", type},
                                {"PortRange", ports},
                                {"Protocol", json_string(std::to_string(e.protocol))},
                                {"RuleAction", json_string(e.allow ? "allow" : "deny")},
                                {"RuleNumber", number(e.number)}}));
    }
    all.push_back(object({{"Associations", array(associations)},
                          {"Entries", array(entries)},
                          {"IsDefault", boolean(*acl.is_default)},
                          {"NetworkAclId", id(acl.id)},
                          {"Tags", tags(acl.head)},
                          {"VpcId", id(*acl.vpc)},
                          {"OwnerId", owner(acl.head)}}));
  }
  return all;
}

std::vector<std::string> Writer::security_groups() const {
  std::vector<std::string> all;
  for (const SecurityGroup& group : cloud->security_groups) {
    if (!here(group.head)) continue;
    std::vector<std::string> permissions[2];  // ingress, egress
    for (const GroupRule& rule : group.rules) {
      std::vector<Member> members = {{"IpProtocol", json_string(protocol_word(rule.protocol))}};
      if (has_ports(rule.protocol)) {
        members.emplace_back("FromPort", number(rule.first_port));
        members.emplace_back("ToPort", number(rule.last_port));
      } else if (is_icmp(rule.protocol)) {
        members.emplace_back("FromPort", number(rule.icmp_type));
        members.emplace_back("ToPort", number(rule.icmp_code));
      }
      std::string v4 = "[]";
      std::string v6 = "[]";
      std::string lists = "[]";
      std::string pairs = "[]";
      if (const Prefix* p = std::get_if<Prefix>(&rule.peer)) {
        if (p->family() == Family::v4) {
          v4 = array({object({{"CidrIp", json_string(to_string(*p))}})});
        } else {
          v6 = array({object({{"CidrIpv6", json_string(to_string(*p))}})});
        }
      } else if (const PrefixListId* list = std::get_if<PrefixListId>(&rule.peer)) {
        lists = array({object({{"PrefixListId", id(*list)}})});
      } else {
        const GroupPeer& peer = std::get<GroupPeer>(rule.peer);
        pairs = array({object({{"UserId", json_string(text(peer.account))}, {"GroupId", id(peer.group)}})});
      }
      members.emplace_back("UserIdGroupPairs", pairs);
      members.emplace_back("IpRanges", v4);
      members.emplace_back("Ipv6Ranges", v6);
      members.emplace_back("PrefixListIds", lists);
      permissions[rule.egress ? 1 : 0].push_back(object(members));
    }
    all.push_back(object({{"GroupId", id(group.id)},
                          {"IpPermissionsEgress", array(permissions[1])},
                          {"Tags", "[]"},
                          {"VpcId", id(*group.vpc)},
                          {"OwnerId", owner(group.head)},
                          {"GroupName", json_string(text(group.head.name))},
                          {"Description", json_string("made by hand")},
                          {"IpPermissions", array(permissions[0])}}));
  }
  return all;
}

std::vector<std::string> Writer::endpoints() const {
  std::vector<std::string> all;
  for (const Endpoint& e : cloud->endpoints) {
    if (!here(e.head)) continue;
    const bool gateway = *e.type == EndpointType::gateway;
    std::vector<std::string> names;
    for (const Text name : e.dns_names) {
      names.push_back(object({{"DnsName", json_string(text(name))}, {"HostedZoneId", json_string("Z1")}}));
    }
    const std::string options = object(
        {{"DnsRecordIpType", json_string(gateway ? "service-defined" : "ipv4")},
         {"PrivateDnsOnlyForInboundResolverEndpoint", gateway ? std::string() : boolean(*e.private_dns_only_inbound)}});
    static constexpr const char* open_policy =
        R"({"Statement": [{"Action": "*", "Effect": "Allow", "Principal": "*", "Resource": "*"}]})";
    all.push_back(object({{"VpcEndpointId", id(e.id)},
                          {"VpcEndpointType", json_string(gateway ? "Gateway" : "Interface")},
                          {"VpcId", id(*e.vpc)},
                          {"ServiceName", json_string(text(e.service))},
                          {"State", json_string(*e.state == State::working ? "available" : "pending")},
                          {"PolicyDocument", json_string(open_policy)},
                          {"RouteTableIds", ids(e.route_tables)},
                          {"SubnetIds", ids(e.subnets)},
                          {"Groups", group_names(e.groups)},
                          {"IpAddressType", json_string("ipv4")},
                          {"DnsOptions", options},
                          {"PrivateDnsEnabled", boolean(*e.private_dns)},
                          {"RequesterManaged", "false"},
                          {"NetworkInterfaceIds", ids(e.interfaces)},
                          {"DnsEntries", array(names)},
                          {"Tags", tags(e.head)},
                          {"OwnerId", owner(e.head)},
                          {"ServiceRegion", json_string(text(e.service_region))}}));
  }
  return all;
}

std::vector<std::string> Writer::endpoint_services() const {
  std::vector<std::string> all;
  for (const EndpointService& s : cloud->endpoint_services) {
    if (!here(s.head)) continue;
    std::vector<std::string> names;
    for (const Text name : s.private_dns_names) names.push_back(object({{"PrivateDnsName", json_string(text(name))}}));
    std::vector<std::string> zones;
    for (const Text zone : s.zones) zones.push_back(json_string(text(zone)));
    for (const bool interface : {true, false}) {
      if (interface ? !*s.interface_type : !*s.gateway_type) continue;
      const std::string type = object({{"ServiceType", json_string(interface ? "Interface" : "Gateway")}});
      all.push_back(
          object({{"ServiceName", id(s.id)},
                  {"ServiceId", json_string("vpce-svc-1")},
                  {"ServiceType", array({type})},
                  {"AvailabilityZones", array(zones)},
                  {"Owner", json_string("amazon")},
                  {"PrivateDnsName",
                   interface && !names.empty() ? json_string(text(s.private_dns_names.items[0])) : std::string()},
                  {"PrivateDnsNames", interface ? array(names) : std::string()},
                  {"VpcEndpointPolicySupported", boolean(*s.policy_supported)},
                  {"AcceptanceRequired", boolean(*s.acceptance_required)},
                  {"ManagesVpcEndpoints", "false"},
                  {"Tags", "[]"}}));
    }
  }
  return all;
}

std::vector<std::string> Writer::peerings() const {
  const auto side = [&](const PeeringSide& s) {
    std::vector<std::string> set;
    std::vector<std::string> six;
    for (const Prefix& p : s.cidrs) {
      (p.family() == Family::v4 ? set : six)
          .push_back(object({{p.family() == Family::v4 ? "CidrBlock" : "Ipv6CidrBlock", json_string(to_string(p))}}));
    }
    const std::string options = object({{"AllowDnsResolutionFromRemoteVpc", boolean(*s.dns_resolution)},
                                        {"AllowEgressFromLocalClassicLinkToRemoteVpc", "false"},
                                        {"AllowEgressFromLocalVpcToRemoteClassicLink", "false"}});
    return object({{"CidrBlock", set.empty() ? std::string() : json_string(to_string(s.cidrs[0]))},
                   {"Ipv6CidrBlockSet", array(six)},
                   {"CidrBlockSet", array(set)},
                   {"OwnerId", json_string(text(s.account))},
                   {"PeeringOptions", options},
                   {"VpcId", id(s.vpc)},
                   {"Region", json_string(text(s.region))}});
  };
  std::vector<std::string> all;
  for (const Peering& p : cloud->peerings) {
    // Both Regions list it.
    if (text(p.requester.region) != region && text(p.accepter.region) != region) continue;
    const bool works = *p.state == State::working;
    all.push_back(object({{"AccepterVpcInfo", side(p.accepter)},
                          {"RequesterVpcInfo", side(p.requester)},
                          {"Status", object({{"Code", json_string(works ? "active" : "pending-acceptance")}})},
                          {"Tags", "[]"},
                          {"VpcPeeringConnectionId", id(p.id)}}));
  }
  return all;
}

}  // namespace sallyport::generate
