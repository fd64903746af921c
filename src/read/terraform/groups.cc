// Security groups: inline rules, rules as resources, the default one (SG-1..7).
#include <algorithm>

#include "read/planned/parts.h"
#include "read/terraform/families.h"
#include "read/terraform/owners.h"
#include "read/terraform/ports.h"

namespace sallyport::read::terraform {
namespace {

// Collects the rules that one block stands for: one for each peer. A group that exists
// shows rules that are resources of their own, too: that a rule stands twice does no harm.
class RuleReader {
 public:
  RuleReader(const Block& b, bool egress, List<GroupRule>& rules) : b_(b), rules_(rules) {
    rule_.egress = egress;
    rule_.place = b.origin();
  }

  void ports(const char* protocol) {
    planned::set_ports(read_ports(b_, protocol, "from_port", "to_port", nullptr, nullptr, rule_.gap), rule_);
  }

  // `add` gives a rule its peer; what is not known may be any peer.
  void add(RulePeer peer) {
    GroupRule rule = rule_;
    rule.peer = peer;
    rules_.items.push_back(std::move(rule));
  }
  void add_unknown(GapId gap) {
    GroupRule rule = rule_;
    rule.peer = everything(Family::v4);
    rule.gap = gap;
    rules_.items.push_back(std::move(rule));
  }

  void cidrs(const char* attribute) {
    if (b_.has(attribute) == Has::unknown && !b_.raw(attribute).is(json::Kind::array)) {
      return add_unknown(b_.gap(attribute));
    }
    for (const Node item : b_.raw(attribute).items()) {
      if (item.absent()) {
        add_unknown(b_.gap(attribute));
        continue;
      }
      const Result<Prefix> p = parse_prefix(item.text());
      p ? add(*p) : add_unknown(b_.not_understood(attribute));
    }
  }
  void cidr(const char* attribute) {
    if (!b_.gives_any(attribute)) return;
    const Value<Prefix> p = b_.prefix(attribute);
    p.known() ? add(*p) : add_unknown(p.gap());
  }
  void lists(const char* attribute) {
    const List<PrefixListId> lists = b_.refs<PrefixListId>(attribute, true);
    for (const PrefixListId id : lists) add(id);
    if (lists.open) add_unknown(lists.open);
  }
  void list(const char* attribute) {
    if (!b_.gives_any(attribute)) return;
    const Value<PrefixListId> id = b_.ref<PrefixListId>(attribute);
    id.known() ? add(*id) : add_unknown(id.gap());
  }
  void groups(const char* attribute) {
    const List<SecurityGroupId> groups = b_.refs<SecurityGroupId>(attribute, true);
    for (const SecurityGroupId id : groups) add(GroupPeer{id, {}, {}});
    if (groups.open) add_unknown(groups.open);
  }
  void group(const char* attribute) {
    if (!b_.gives_any(attribute)) return;
    const Value<Text> text = b_.named(attribute, Kind::security_group);
    if (!text.known()) return add_unknown(text.gap());
    GroupPeer peer;
    std::string_view name = b_.registry().view(*text);
    if (const std::size_t slash = name.find('/'); slash == 12) {  // `<account>/<group>`
      peer.account = b_.registry().text(name.substr(0, slash));
      name.remove_prefix(slash + 1);
    }
    peer.group = b_.id<SecurityGroupId>(b_.registry().text(name));
    add(peer);
  }
  void self(SecurityGroupId own) {
    const Value<bool> self = b_.flag("self", false);
    if (!self.known()) return add_unknown(self.gap());
    if (*self) add(GroupPeer{own, {}, {}});
  }

 private:
  const Block& b_;
  List<GroupRule>& rules_;
  GroupRule rule_;
};

void read_inline(const Block& b, SecurityGroup& group) {
  for (const bool egress : {false, true}) {
    const char* attribute = egress ? "egress" : "ingress";
    if (b.has(attribute) == Has::computed) {
      // Not configured: Terraform leaves a new group without any rule (SG-2).
      if (b.resource().fate != Fate::created) group.rules.open = b.gap(attribute);
      continue;
    }
    const List<Block> blocks = b.blocks(attribute);
    if (blocks.open) group.rules.open = blocks.open;
    for (const Block& block : blocks) {
      RuleReader rule(block, egress, group.rules);
      rule.ports("protocol");
      rule.cidrs("cidr_blocks");
      rule.cidrs("ipv6_cidr_blocks");
      rule.lists("prefix_list_ids");
      rule.groups("security_groups");
      rule.self(group.id);
    }
  }
}

SecurityGroup& group_of(const Block& b, SecurityGroupId id) { return planned::group_of(b.work(), id, b.head()); }

template <class F>
void each_group(const Block& b, F f) {
  for (SecurityGroup& group : b.work().change.put.security_groups) {
    if (group.head.region == b.place().region) f(group);
  }
}

// The group that a rule belongs to, ready for it; null where the rule is not to be read.
SecurityGroup* group_for_rule(const Block& b) {
  Work& work = b.work();
  const Value<SecurityGroupId> id = b.ref<SecurityGroupId>("security_group_id");
  if (!id.known() || !*id) {
    const GapId gap = id.known() ? b.not_understood("security_group_id") : id.gap();
    take_base(b, "security_group_id", Value<SecurityGroupId>(gap), work.change.put.security_groups,
              work.base->security_groups);
    each_group(b, [&](SecurityGroup& group) { group.rules.open = gap; });
    return nullptr;
  }
  if (b.resource().fate == Fate::kept && work.base->security_groups.find(*id) != nullptr) return nullptr;
  SecurityGroup& group = group_of(b, *id);
  const bool was_there = b.resource().fate == Fate::changed || b.resource().fate == Fate::removed;
  // What the group holds was read before the change.
  if (was_there && !work.created.contains(Ref(*id))) group.rules = {{}, beside(work)};
  return b.resource().stays() ? &group : nullptr;
}

void read_one_peer_rule(const Block& b, bool egress) {
  SecurityGroup* group = group_for_rule(b);
  if (group == nullptr) return;
  RuleReader rule(b, egress, group->rules);
  rule.ports("ip_protocol");
  rule.cidr("cidr_ipv4");
  rule.cidr("cidr_ipv6");
  rule.list("prefix_list_id");
  rule.group("referenced_security_group_id");
}

}  // namespace

void read_security_group(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> name = b.own_id();
  if (!name) return;
  SecurityGroup row;
  row.id = b.id<SecurityGroupId>(*name);
  if (work.stands(work.base->security_groups, row.id, b.resource())) return;
  row.head = b.head(b.node("name").text());
  row.vpc = b.ref<VpcId>("vpc_id");
  if (row.vpc.known() && !*row.vpc) row.vpc = b.gap("vpc_id");  // the default VPC
  read_inline(b, row);
  if (b.resource().is_new()) work.created.insert(row.id);
  work.put(work.change.put.security_groups, std::move(row));
}

// Takes over the default group and makes its rules exactly those given.
void read_default_security_group(const Block& b) {
  Work& work = b.work();
  const Value<Text> name = meaning(work, b.resource(), "id");
  if (!name.known()) return each_group(b, [&](SecurityGroup& group) { group.rules = {{}, name.gap()}; });
  const SecurityGroupId id = b.id<SecurityGroupId>(*name);
  if (work.stands(work.base->security_groups, id, b.resource())) return;
  SecurityGroup& group = group_of(b, id);
  group.head.origin = b.origin();
  group.rules = {};
  read_inline(b, group);
}

void read_group_rule(const Block& b) {
  SecurityGroup* group = group_for_rule(b);
  if (group == nullptr) return;
  const std::string_view type = b.node("type").text();
  if (type != "ingress" && type != "egress") {
    group->rules.open = b.has("type") == Has::unknown ? b.gap("type") : b.not_understood("type");
    return;
  }
  RuleReader rule(b, type == "egress", group->rules);
  rule.ports("protocol");
  rule.cidrs("cidr_blocks");
  rule.cidrs("ipv6_cidr_blocks");
  rule.lists("prefix_list_ids");
  rule.group("source_security_group_id");
  rule.self(group->id);
}

void read_vpc_ingress_rule(const Block& b) { read_one_peer_rule(b, false); }
void read_vpc_egress_rule(const Block& b) { read_one_peer_rule(b, true); }

// SG-14: a group serves further VPCs of its owner, or ones that are shared with it.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSecurityGroupVpc.html
void read_group_association(const Block& b) {
  Work& work = b.work();
  const Value<SecurityGroupId> id = b.ref<SecurityGroupId>("security_group_id");
  const Value<VpcId> vpc = b.ref<VpcId>("vpc_id");
  if (id.known()) work.row_or_base(work.change.put.security_groups, work.base->security_groups, *id);
  for (SecurityGroup& row : work.change.put.security_groups) {
    if (id.known() ? row.id != *id : row.head.region != b.place().region) continue;
    if (!id.known() || !vpc.known() || !b.resource().stays()) {
      row.also.open = !id.known() ? id.gap() : vpc.known() ? beside(work) : vpc.gap();
    } else if (std::find(row.also.begin(), row.also.end(), *vpc) == row.also.end()) {
      row.also.items.push_back(*vpc);
    }
  }
}

}  // namespace sallyport::read::terraform
