#include <algorithm>

#include "library/net/naive_rules.h"
#include "library/net/naive_transit.h"

namespace sallyport::naive {
namespace {

bool has_ports(std::int16_t protocol) { return protocol == tcp || protocol == udp; }

// Echo request and reply: 8 and 0, in ICMPv6 128 and 129; code 0.
int icmp_type_of(const Packet& packet) {
  if (packet.protocol == icmpv6) return packet.reply ? 129 : 128;
  return packet.reply ? 0 : 8;
}

// What ACL entries and group rules have in common.
template <class Rule>
bool traffic_matches(const Rule& rule, const Packet& packet) {
  if (rule.protocol == any_protocol) return true;  // SG-4: ports are ignored
  if (rule.protocol != packet.protocol) return false;
  if (has_ports(packet.protocol))
    return rule.first_port <= packet.destination_port && packet.destination_port <= rule.last_port;
  if (packet.protocol == icmp || packet.protocol == icmpv6) {
    return (rule.icmp_type == -1 || rule.icmp_type == icmp_type_of(packet)) &&
           (rule.icmp_code == -1 || rule.icmp_code == 0);
  }
  return true;
}

const NetworkAcl* acl_of(const Cloud& cloud, const Subnet& subnet) {
  for (const NetworkAcl& acl : cloud->network_acls) {
    if (std::find(acl.subnets.begin(), acl.subnets.end(), subnet.id) != acl.subnets.end()) return &acl;
  }
  for (const NetworkAcl& acl : cloud->network_acls) {
    if (*acl.is_default && *acl.vpc == *subnet.vpc) return &acl;  // AC-1
  }
  return nullptr;
}

// SG-6: a group may be named in its own VPC, and in a VPC of the same Region that
// is peered with it.
bool may_name(const Cloud& cloud, VpcId from, const SecurityGroup& group, const Came& came) {
  if (*group.vpc == from) return true;
  if (came.gateway) return !came.without_groups && references(cloud, came.gateway, from, *group.vpc);
  const Vpc* here = cloud->vpcs.find(from);
  const Vpc* there = cloud->vpcs.find(*group.vpc);
  if (here == nullptr || there == nullptr || here->head.region != there->head.region) return false;
  for (const Peering& peering : cloud->peerings) {
    if (joins(peering, from, *group.vpc)) return true;
  }
  return false;
}

bool peer_matches(const Cloud& cloud, VpcId vpc, const RulePeer& peer, Address address, const Came& came) {
  if (const Prefix* cidr = std::get_if<Prefix>(&peer)) return cidr->contains(address);
  if (const PrefixListId* id = std::get_if<PrefixListId>(&peer)) {
    const PrefixList* list = cloud->prefix_lists.find(*id);
    if (list == nullptr) return false;
    for (const Prefix& entry : list->entries) {
      if (entry.contains(address)) return true;
    }
    return false;
  }
  const SecurityGroup* group = cloud->security_groups.find(std::get<GroupPeer>(peer).group);
  if (group == nullptr || came.inspected || !may_name(cloud, vpc, *group, came)) return false;  // SG-7: stale
  if (came.sender != nullptr && std::find(came.sender->begin(), came.sender->end(), group->id) != came.sender->end())
    return true;
  for (const Interface& interface : cloud->interfaces) {
    if (*interface.vpc != *group->vpc) continue;
    if (std::find(interface.groups.begin(), interface.groups.end(), group->id) == interface.groups.end()) continue;
    if (has_address(interface, address)) return true;  // SG-5: private addresses only
  }
  return false;
}

}  // namespace

bool acl_passes(const Cloud& cloud, const Subnet& subnet, bool egress, const Packet& packet) {
  const NetworkAcl* acl = acl_of(cloud, subnet);
  if (acl == nullptr) return false;
  const AclEntry* first = nullptr;
  for (const AclEntry& entry : acl->entries) {  // AC-2: the lowest number that matches
    if (entry.egress != egress || !traffic_matches(entry, packet)) continue;
    if (!entry.cidr.contains(egress ? packet.destination : packet.source)) continue;
    if (first == nullptr || entry.number < first->number) first = &entry;
  }
  return first != nullptr && first->allow;  // the final `*` denies
}

bool names_a_peer(const Cloud& cloud, VpcId vpc, const std::vector<SecurityGroupId>& groups) {
  for (const SecurityGroupId id : groups) {
    const SecurityGroup* group = cloud->security_groups.find(id);
    if (group == nullptr) continue;
    for (const GroupRule& rule : group->rules) {
      const GroupPeer* peer = std::get_if<GroupPeer>(&rule.peer);
      const SecurityGroup* named = peer == nullptr ? nullptr : cloud->security_groups.find(peer->group);
      if (rule.egress || named == nullptr || *named->vpc == vpc) continue;
      if (may_name(cloud, vpc, *named, {})) return true;
    }
  }
  return false;
}

bool groups_pass(const Cloud& cloud, VpcId vpc, const std::vector<SecurityGroupId>& groups, bool egress,
                 const Packet& packet, const Came& came) {
  for (const SecurityGroupId id : groups) {
    const SecurityGroup* group = cloud->security_groups.find(id);
    if (group == nullptr) continue;
    for (const GroupRule& rule : group->rules) {
      if (rule.egress != egress || !traffic_matches(rule, packet)) continue;
      if (peer_matches(cloud, vpc, rule.peer, egress ? packet.destination : packet.source, came)) return true;
    }
  }
  return false;
}

}  // namespace sallyport::naive
