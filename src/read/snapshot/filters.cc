// Network ACLs and security groups (AC-1..8, SG-1..7).
#include <algorithm>

#include "base/wildcard.h"
#include "read/snapshot/families.h"
#include "read/snapshot/protocol.h"

namespace sallyport::read::snapshot {
namespace {

// A rule that was not understood in full keeps what was, and says so.
GapId not_understood(Answer& answer, std::string_view about, const char* member, Node rule) {
  const std::string what =
      "`" + std::string(member) + "` of a rule of `" + std::string(about) + "` is missing or not understood";
  answer.say(Severity::warning, "bad-rule", what, rule);
  return answer.gap(GapKind::not_readable, what, "collect it again", rule);
}

AclEntry read_entry(Answer& answer, Node node, std::string_view acl) {
  AclEntry entry;
  entry.place = node.origin();
  const auto doubt = [&](const char* member) {
    if (!entry.gap) entry.gap = not_understood(answer, acl, member, node);
  };
  const auto number = node["RuleNumber"].integer();
  if (number && *number >= 0 && *number <= 0xFFFF) {
    entry.number = static_cast<std::uint16_t>(*number);
  } else {
    doubt("RuleNumber");
  }
  if (const auto egress = node["Egress"].boolean()) {
    entry.egress = *egress;
  } else {
    doubt("Egress");
  }
  const std::string_view action = node["RuleAction"].text();
  entry.allow = equals_ignoring_case(action, "allow");
  if (!entry.allow && !equals_ignoring_case(action, "deny")) doubt("RuleAction");
  if (const auto protocol = protocol_of(node["Protocol"])) {
    entry.protocol = *protocol;
    const bool by_type = *protocol == icmp || *protocol == icmpv6;
    const Node range = node[by_type ? "IcmpTypeCode" : "PortRange"];
    if (const auto ports = ports_of(*protocol, range[by_type ? "Type" : "From"], range[by_type ? "Code" : "To"])) {
      entry.first_port = ports->first, entry.last_port = ports->last;
      entry.icmp_type = ports->icmp_type, entry.icmp_code = ports->icmp_code;
    } else {
      doubt(by_type ? "IcmpTypeCode" : "PortRange");
    }
  } else {
    doubt("Protocol");
  }
  const Node v6 = node["Ipv6CidrBlock"];
  const Value<Prefix> cidr = answer.prefix(v6.text().empty() ? node["CidrBlock"] : v6, acl);
  if (cidr.known()) {
    entry.cidr = *cidr;
  } else if (!entry.gap) {
    entry.gap = cidr.gap();
  }
  return entry;
}

// Two entries of one number in one direction cannot be: which holds is not known.
GapId repeated_number(Answer& answer, const NetworkAcl& acl, std::string_view name, Node node) {
  std::vector<std::pair<bool, std::uint16_t>> numbers;
  for (const AclEntry& e : acl.entries) numbers.emplace_back(e.egress, e.number);
  std::sort(numbers.begin(), numbers.end());
  if (std::adjacent_find(numbers.begin(), numbers.end()) == numbers.end()) return {};
  const std::string what = "two entries of `" + std::string(name) + "` have the same number";
  answer.say(Severity::warning, "contradiction", what, node);
  return answer.gap(GapKind::contradictory, what, "collect it again", node);
}

class GroupReader {
 public:
  GroupReader(Answer& answer, std::string_view group, List<GroupRule>& rules)
      : answer_(answer), group_(group), rules_(rules) {}

  // A rule as it stands alone (`describe-security-group-rules`): of one peer.
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html
  void read_single(Node node) {
    GroupRule rule = begin(node, false);
    const Value<bool> egress = answer_.flag(node, "IsEgress", group_);
    if (!egress.known()) {
      rules_.open = egress.gap();
      return;
    }
    rule.egress = *egress;
    if (!node["CidrIpv4"].text().empty()) return add_range(rule, node, node["CidrIpv4"]);
    if (!node["CidrIpv6"].text().empty()) return add_range(rule, node, node["CidrIpv6"]);
    if (!node["PrefixListId"].text().empty()) return add_list(rule, node);
    if (const Node referenced = node["ReferencedGroupInfo"]; !referenced.absent()) return add_group(rule, referenced);
    rules_.open = answer_.lacking(group_, "CidrIpv4", {});
  }

  // One permission: a rule for each of its peers.
  void read(Node permission, bool egress) {
    const GroupRule rule = begin(permission, egress);
    GapId open;
    const std::size_t before = rules_.items.size();
    for (const Node range : answer_.optional_list(permission, "IpRanges", group_, open).items()) {
      add_range(rule, range, range["CidrIp"]);
    }
    for (const Node range : answer_.optional_list(permission, "Ipv6Ranges", group_, open).items()) {
      add_range(rule, range, range["CidrIpv6"]);
    }
    for (const Node list : answer_.optional_list(permission, "PrefixListIds", group_, open).items()) {
      add_list(rule, list);
    }
    for (const Node pair : answer_.optional_list(permission, "UserIdGroupPairs", group_, open).items()) {
      add_group(rule, pair);
    }
    if (permission["IpRanges"].absent() && permission["Ipv6Ranges"].absent() && permission["PrefixListIds"].absent() &&
        permission["UserIdGroupPairs"].absent()) {
      open = answer_.lacking(group_, "IpRanges", {});
    }
    if (open) rules_.open = open;
    if (rules_.items.size() == before && !open) {
      answer_.say(Severity::note, "empty-rule",
                  "a rule of `" + std::string(group_) + "` names nobody and allows nothing", permission);
    }
  }

 private:
  GroupRule begin(Node permission, bool egress) {
    GroupRule rule;
    rule.egress = egress;
    rule.place = permission.origin();
    if (const auto protocol = protocol_of(permission["IpProtocol"])) {
      rule.protocol = *protocol;
      if (const auto ports = ports_of(*protocol, permission["FromPort"], permission["ToPort"])) {
        rule.first_port = ports->first, rule.last_port = ports->last;
        rule.icmp_type = ports->icmp_type, rule.icmp_code = ports->icmp_code;
      } else {
        rule.gap = not_understood(answer_, group_, "FromPort", permission);
      }
    } else {
      rule.gap = not_understood(answer_, group_, "IpProtocol", permission);
    }
    return rule;
  }

  void add(GroupRule rule, Node place, RulePeer peer) {
    rule.peer = peer;
    rule.place = place.origin();
    rules_.items.push_back(rule);
  }

  void add_range(GroupRule rule, Node range, Node cidr) {
    const Value<Prefix> p = answer_.prefix(cidr, group_);
    if (!p.known() && !rule.gap) rule.gap = p.gap();
    add(rule, range, p.known() ? *p : Prefix());
  }

  void add_list(GroupRule rule, Node list) {
    const auto id = answer_.id<PrefixListId>(list["PrefixListId"]);
    if (!id && !rule.gap) rule.gap = not_understood(answer_, group_, "PrefixListId", list);
    add(rule, list, id);
  }

  void add_group(GroupRule rule, Node pair) {
    GroupPeer peer;
    peer.group = answer_.id<SecurityGroupId>(pair["GroupId"]);
    peer.account = answer_.account_id(pair["UserId"]);
    peer.peering = answer_.id_in<PeeringId>(answer_.partition, pair["VpcPeeringConnectionId"].text());
    // SG-7: the group or the peering is gone, the rule stands and matches nothing.
    const std::string_view status = pair["PeeringStatus"].text();
    if (peer.peering && !status.empty() && status != "active") {
      answer_.say(Severity::note, "stale-rule",
                  "a rule of `" + std::string(group_) + "` names a group behind a peering that is `" +
                      std::string(status) + "`",
                  pair);
    }
    if (!peer.group && !rule.gap) rule.gap = not_understood(answer_, group_, "GroupId", pair);
    add(rule, pair, peer);
  }

  Answer& answer_;
  std::string_view group_;
  List<GroupRule>& rules_;
};

}  // namespace

void read_network_acls(Answer& answer) {
  for (const Node node : answer.root()["NetworkAcls"].items()) {
    const std::string_view name = node["NetworkAclId"].text();
    NetworkAcl acl;
    acl.id = answer.id<NetworkAclId>(name);
    if (!acl.id) {
      unnamed(answer, node, "NetworkAclId");
      continue;
    }
    acl.head = answer.head(node, node["Tags"]);
    acl.vpc = answer.ref<VpcId>(node, "VpcId", name);
    acl.is_default = answer.flag(node, "IsDefault", name);
    for (const Node association : answer.list(node, "Associations", name, acl.subnets.open).items()) {
      if (const auto subnet = answer.id<SubnetId>(association["SubnetId"])) {
        acl.subnets.items.push_back(subnet);
      } else {
        acl.subnets.open = answer.lacking(name, "SubnetId", association["SubnetId"]);
      }
    }
    for (const Node entry : answer.list(node, "Entries", name, acl.entries.open).items()) {
      acl.entries.items.push_back(read_entry(answer, entry, name));
    }
    acl.head.gap = repeated_number(answer, acl, name, node);
    answer.put(answer.rows().network_acls, std::move(acl), node);
  }
}

void read_security_groups(Answer& answer) {
  for (const Node node : answer.root()["SecurityGroups"].items()) {
    const std::string_view name = node["GroupId"].text();
    SecurityGroup group;
    group.id = answer.id<SecurityGroupId>(name);
    if (!group.id) {
      unnamed(answer, node, "GroupId");
      continue;
    }
    group.head = answer.head(node, node["Tags"], node["GroupName"].text());
    group.vpc = answer.ref<VpcId>(node, "VpcId", name);
    if (!group.vpc.known()) {
      answer.say(Severity::note, "no-vpc", "the security group `" + std::string(name) + "` names no VPC (EC2-Classic?)",
                 node);
    }
    GroupReader reader(answer, name, group.rules);
    for (const Node permission : answer.list(node, "IpPermissions", name, group.rules.open).items()) {
      reader.read(permission, false);
    }
    for (const Node permission : answer.list(node, "IpPermissionsEgress", name, group.rules.open).items()) {
      reader.read(permission, true);
    }
    answer.put(answer.rows().security_groups, std::move(group), node);
  }
}

void read_security_group_rules(Answer& answer) {
  const bool whole = answer.root()["NextToken"].absent();
  for (const Node node : answer.root()["SecurityGroupRules"].items()) {
    const std::string_view name = node["GroupId"].text();
    const auto id = answer.id<SecurityGroupId>(name);
    if (!id) {
      unnamed(answer, node, "GroupId");
      continue;
    }
    SecurityGroup& group = answer.work().group_rules[id];
    if (!group.id) {
      group.id = id;
      group.head = answer.head(node, {});
      if (const Text owner = answer.account_id(node["GroupOwnerId"]); !owner.empty()) group.head.account = owner;
    }
    if (!whole)
      group.rules.open = answer.gap(GapKind::not_collected, "the rules of `" + std::string(name) + "` go on",
                                    "aws ec2 describe-security-group-rules", node);
    GroupReader(answer, name, group.rules).read_single(node);
  }
}

// Groups of which no answer of their own was read; their VPC is that of whatever carries them.
void finish_group_rules(Work& work) {
  if (work.group_rules.empty()) return;
  for (const SecurityGroup& group : work.change.put.security_groups) work.group_rules.erase(group.id);
  for (auto& [id, group] : work.group_rules) {
    group.vpc = work.registry->gaps.add(
        {GapKind::not_collected,
         "the security group `" + std::string(work.registry->id(id)) + "` was not collected, only its rules",
         "aws ec2 describe-security-groups", group.head.origin});
    for (const Interface& interface : work.change.put.interfaces) {
      const auto& groups = interface.groups.items;
      if (interface.vpc.known() && std::find(groups.begin(), groups.end(), id) != groups.end())
        group.vpc = *interface.vpc;
    }
    work.change.put.security_groups.push_back(std::move(group));
  }
}

}  // namespace sallyport::read::snapshot
