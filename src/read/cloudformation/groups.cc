// Security groups: inline rules, and rules as resources (SG-1..7).
#include "read/cloudformation/families.h"
#include "read/cloudformation/owners.h"
#include "read/cloudformation/ports.h"
#include "read/planned/implied.h"
#include "read/planned/parts.h"

namespace sallyport::read::cloudformation {
namespace {

// One rule: it names exactly one peer.
void add_rule(const Properties& p, bool egress, List<GroupRule>& rules) {
  GroupRule rule;
  rule.egress = egress;
  rule.place = p.origin();
  planned::set_ports(read_ports(p, "IpProtocol", p, "FromPort", "ToPort", rule.gap), rule);
  rule.peer = everything(Family::v4);
  const auto doubt = [&](GapId gap) {
    if (!rule.gap) rule.gap = gap;
  };
  const char* list = egress ? "DestinationPrefixListId" : "SourcePrefixListId";
  const char* group = egress ? "DestinationSecurityGroupId" : "SourceSecurityGroupId";
  if (p.gives("CidrIp") || p.gives("CidrIpv6")) {
    const Value<Prefix> cidr = p.prefix(p.gives("CidrIp") ? "CidrIp" : "CidrIpv6");
    if (cidr.known()) {
      rule.peer = *cidr;
    } else {
      doubt(cidr.gap());
    }
  } else if (p.gives(list)) {
    const Value<PrefixListId> id = p.ref<PrefixListId>(list);
    if (id.known()) {
      rule.peer = *id;
    } else {
      doubt(id.gap());
    }
  } else if (p.gives(group)) {
    const Value<SecurityGroupId> id = p.ref<SecurityGroupId>(group);
    if (id.known()) {
      GroupPeer peer{*id, {}, {}};
      if (const Value<Text> owner = p.text("SourceSecurityGroupOwnerId"); owner.known()) peer.account = *owner;
      rule.peer = peer;
    } else {
      doubt(id.gap());
    }
  } else {
    // By the name of a group, or of none: then AWS adds no rule.
    doubt(p.gives("SourceSecurityGroupName") ? p.gap("SourceSecurityGroupName") : p.not_understood("a rule's peer"));
  }
  rules.items.push_back(std::move(rule));
}

void read_inline(const Properties& p, const char* property, bool egress, SecurityGroup& group) {
  const List<Properties> blocks = p.blocks(property);
  if (blocks.open) group.rules.open = blocks.open;
  for (const Properties& block : blocks) add_rule(block, egress, group.rules);
}

SecurityGroup& group_of(const Properties& p, SecurityGroupId id) { return planned::group_of(p.work(), id, p.head()); }

void read_rule(const Properties& p, bool egress) {
  Work& work = p.work();
  const auto id = owner<SecurityGroupId>(p, "GroupId", work.change.put.security_groups, work.base->security_groups);
  const bool named = id.known() && *id;
  const GapId gap = p.doubt() ? p.doubt() : !id.known() ? id.gap() : named ? GapId() : p.gap("GroupName");
  if (gap) {
    if (named) group_of(p, *id).rules.open = gap;
    for (SecurityGroup& group : work.change.put.security_groups) {
      if (!named && group.head.region == p.place().region) group.rules.open = gap;
    }
    return;
  }
  SecurityGroup& group = group_of(p, *id);
  add_rule(p, egress, group.rules);
  if (egress) work.has_egress.insert(*id);
}

}  // namespace

void read_security_group(const Properties& p) {
  Work& work = p.work();
  SecurityGroup row;
  row.id = p.own_id<SecurityGroupId>();
  row.head = p.head();
  row.vpc = p.gives("VpcId") ? p.ref<VpcId>("VpcId") : Value<VpcId>(beside(work));  // the default VPC
  read_inline(p, "SecurityGroupIngress", false, row);
  read_inline(p, "SecurityGroupEgress", true, row);
  if (!p.gives("SecurityGroupEgress")) work.no_egress.insert(row.id);
  work.created.insert(row.id);
  work.put(work.change.put.security_groups, std::move(row));
}

void read_ingress_rule(const Properties& p) { read_rule(p, false); }
void read_egress_rule(const Properties& p) { read_rule(p, true); }

// SG-14: a group serves further VPCs of its owner, or ones that are shared with it.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSecurityGroupVpc.html
void read_group_association(const Properties& p) {
  Work& work = p.work();
  const auto id = owner<SecurityGroupId>(p, "GroupId", work.change.put.security_groups, work.base->security_groups);
  const Value<VpcId> vpc = p.ref<VpcId>("VpcId");
  if (id.known()) work.row_or_base(work.change.put.security_groups, work.base->security_groups, *id);
  for (SecurityGroup& row : work.change.put.security_groups) {
    if (id.known() ? row.id != *id : row.head.region != p.place().region) continue;
    if (!id.known() || !vpc.known() || p.doubt()) {
      row.also.open = p.doubt() ? p.doubt() : vpc.known() ? id.gap() : vpc.gap();
    } else if (std::find(row.also.begin(), row.also.end(), *vpc) == row.also.end()) {
      row.also.items.push_back(*vpc);
    }
  }
}

// "When you create a security group, if you do not add egress rules, we add egress rules
// that allow all outbound IPv4 and IPv6 traffic. Otherwise, we do not add them."
// (AWS::EC2::SecurityGroup.) Whether a rule that is a resource of its own counts is not said:
// then those of AWS's may be there.
void finish_groups(Work& work) {
  for (const SecurityGroupId id : work.no_egress) {
    SecurityGroup* group = work.row(work.change.put.security_groups, id);
    if (group == nullptr) continue;
    for (const Family family : {Family::v4, Family::v6}) {
      GroupRule rule = planned::allow_all(true, everything(family), group->head.origin);
      if (work.has_egress.contains(id)) {
        rule.gap = work.registry.gaps.add({GapKind::undocumented,
                                           "whether the rule that allows all outbound traffic stays in `" +
                                               show_symbols(work.registry.id(id)) +
                                               "` beside AWS::EC2::SecurityGroupEgress is not documented",
                                           "give the group's `SecurityGroupEgress`", group->head.origin});
      }
      group->rules.items.push_back(std::move(rule));
    }
  }
}

// `Custom::VpcRestrictDefaultSG` revokes what a default group allows at first: all between
// its members, and everything outbound.
// Source: CDK API reference, aws_ec2.Vpc, `restrictDefaultSecurityGroup`.
void read_restricted_default_group(const Properties& p) {
  Work& work = p.work();
  const auto id =
      owner<SecurityGroupId>(p, "DefaultSecurityGroupId", work.change.put.security_groups, work.base->security_groups);
  if (id.known()) work.row_or_base(work.change.put.security_groups, work.base->security_groups, *id);
  for (SecurityGroup& group : work.change.put.security_groups) {
    if (id.known() && group.id != *id) continue;
    if (!id.known() || p.doubt() || !work.created.contains(Ref(group.id))) {
      // Each of its rules may be one of those, or not.
      const GapId gap = p.doubt() ? p.doubt() : id.known() ? p.gap("DefaultSecurityGroupId") : id.gap();
      for (GroupRule& rule : group.rules.items) {
        if (!rule.gap) rule.gap = gap;
      }
    } else {
      std::erase_if(group.rules.items, [&](const GroupRule& r) { return r.place == group.head.origin; });
    }
  }
}

}  // namespace sallyport::read::cloudformation
