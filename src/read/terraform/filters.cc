// Network ACLs: inline, separate rules, associations, the default one (AC-1..8).
#include "base/wildcard.h"
#include "read/planned/parts.h"
#include "read/terraform/families.h"
#include "read/terraform/owners.h"
#include "read/terraform/ports.h"
#include "read/terraform/standing.h"

namespace sallyport::read::terraform {
namespace {

AclEntry make_entry(const Block& b, bool egress, const char* number, const char* action) {
  AclEntry entry;
  entry.egress = egress;
  entry.place = b.origin();
  const auto doubt = [&](GapId gap) {
    if (gap && !entry.gap) entry.gap = gap;
  };
  const Node at = b.node(number);
  const auto n = at.integer();
  if (n && *n >= 0 && *n <= 0xFFFF) {
    entry.number = static_cast<std::uint16_t>(*n);
  } else {
    doubt(b.has(number) == Has::unknown ? b.gap(number) : b.not_understood(number));
  }
  const Value<Text> what = b.text(action);
  if (!what.known()) {
    doubt(what.gap());
  } else {
    entry.allow = equals_ignoring_case(b.registry().view(*what), "allow");
    if (!entry.allow && !equals_ignoring_case(b.registry().view(*what), "deny")) doubt(b.not_understood(action));
  }
  GapId gap;
  planned::set_ports(read_ports(b, "protocol", "from_port", "to_port", "icmp_type", "icmp_code", gap), entry);
  doubt(gap);
  const Value<Prefix> cidr = b.prefix(b.gives_any("ipv6_cidr_block") ? "ipv6_cidr_block" : "cidr_block");
  if (cidr.known()) {
    entry.cidr = *cidr;
  } else {
    doubt(cidr.gap());
  }
  return entry;
}

void read_inline(const Block& b, NetworkAcl& acl) {
  for (const bool egress : {false, true}) {
    const char* attribute = egress ? "egress" : "ingress";
    if (b.has(attribute) == Has::computed) {
      // Not configured: a new ACL has none; of one that exists it is not shown.
      if (!b.resource().is_new() && b.resource().fate != Fate::created) acl.entries.open = b.gap(attribute);
      continue;
    }
    const List<Block> blocks = b.blocks(attribute);
    if (blocks.open) acl.entries.open = blocks.open;
    for (const Block& block : blocks) acl.entries.items.push_back(make_entry(block, egress, "rule_no", "action"));
  }
}

void take_subnets(Work& work, NetworkAclId id, const List<SubnetId>& subnets) {
  for (const SubnetId subnet : subnets) planned::take_from_acls(work, subnet);
  NetworkAcl* acl = work.row(work.change.put.network_acls, id);
  if (acl == nullptr) return;
  for (const SubnetId subnet : subnets) acl->subnets.items.push_back(subnet);
  if (!subnets.open) return;
  acl->subnets.open = subnets.open;
  if (!work.base->network_acls.empty() && !is_new_vpc(work, acl->vpc)) {
    const Text region = acl->head.region;
    planned::associate_perhaps(work, Value<NetworkAclId>(id), Value<SubnetId>(subnets.open), region, subnets.open);
  }
}

NetworkAcl& acl_of(const Block& b, NetworkAclId id) { return planned::acl_of(b.work(), id, b.head()); }

template <class F>
void each_acl(const Block& b, F f) {
  for (NetworkAcl& acl : b.work().change.put.network_acls) {
    if (acl.head.region == b.place().region) f(acl);
  }
}

}  // namespace

void read_network_acl(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> name = b.own_id();
  if (!name) return;
  NetworkAcl row;
  row.id = b.id<NetworkAclId>(*name);
  if (work.stands(work.base->network_acls, row.id, b.resource())) return;
  row.head = b.head();
  row.vpc = b.ref<VpcId>("vpc_id");
  row.is_default = false;
  read_inline(b, row);
  if (b.resource().is_new()) work.created.insert(row.id);
  const NetworkAclId id = row.id;
  const bool in_new_vpc = is_new_vpc(work, row.vpc);
  work.put(work.change.put.network_acls, std::move(row));
  if (b.has("subnet_ids") == Has::computed && b.resource().is_new()) return;
  take_subnets(work, id, b.refs<SubnetId>("subnet_ids", in_new_vpc));
}

// Takes over the default ACL and makes its rules exactly those given (`aws_default_network_acl`).
void read_default_network_acl(const Block& b) {
  Work& work = b.work();
  const Value<Text> name = meaning(work, b.resource(), "id");
  if (!name.known()) return each_acl(b, [&](NetworkAcl& acl) { acl.entries.open = name.gap(); });
  const NetworkAclId id = b.id<NetworkAclId>(*name);
  if (work.stands(work.base->network_acls, id, b.resource())) return;
  NetworkAcl& acl = acl_of(b, id);
  acl.head.origin = b.origin();
  acl.is_default = true;
  acl.entries = {};
  read_inline(b, acl);
  const bool in_new_vpc = is_new_vpc(work, acl.vpc);
  if (b.has("subnet_ids") == Has::computed) return;
  take_subnets(work, id, b.refs<SubnetId>("subnet_ids", in_new_vpc));
}

void read_network_acl_rule(const Block& b) {
  Work& work = b.work();
  const Value<NetworkAclId> id = b.ref<NetworkAclId>("network_acl_id");
  take_base(b, "network_acl_id", id, work.change.put.network_acls, work.base->network_acls);
  if (!id.known()) return each_acl(b, [&](NetworkAcl& acl) { acl.entries.open = id.gap(); });
  if (b.resource().fate == Fate::kept && work.base->network_acls.find(*id) != nullptr) return;
  NetworkAcl& acl = acl_of(b, *id);
  const bool was_there = b.resource().fate == Fate::changed || b.resource().fate == Fate::removed;
  if (was_there && !work.created.contains(Ref(*id))) acl.entries = {{}, beside(work)};
  if (!b.resource().stays()) return;
  const Value<bool> egress = b.flag("egress", false);
  if (!egress.known()) {
    acl.entries.open = egress.gap();
    return;
  }
  // An ACL that exists shows it, too: that it stands twice does no harm.
  acl.entries.items.push_back(make_entry(b, *egress, "rule_number", "rule_action"));
}

void read_network_acl_association(const Block& b) {
  Work& work = b.work();
  const Value<NetworkAclId> id = b.ref<NetworkAclId>("network_acl_id");
  const Value<SubnetId> subnet = b.ref<SubnetId>("subnet_id");
  if (b.resource().fate == Fate::kept && id.known() && work.base->network_acls.find(*id) != nullptr) return;
  const GapId gap = !b.resource().stays() ? beside(work)
                    : !id.known()         ? id.gap()
                    : subnet.known()      ? GapId()
                                          : subnet.gap();
  if (gap && !work.base->network_acls.empty()) {
    if (id.known() && b.resource().stays()) acl_of(b, *id);
    const Value<NetworkAclId> to = b.resource().stays() ? id : Value<NetworkAclId>(gap);
    return planned::associate_perhaps(work, to, subnet, b.place().region, gap);
  }
  if (gap) return each_acl(b, [&](NetworkAcl& acl) { acl.subnets = {{}, gap}; });
  acl_of(b, *id);
  take_subnets(work, *id, {{*subnet}, {}});
}

}  // namespace sallyport::read::terraform
