// Network ACLs, their entries and associations (AC-1..8).
#include "base/wildcard.h"
#include "read/cloudformation/families.h"
#include "read/cloudformation/owners.h"
#include "read/cloudformation/ports.h"
#include "read/planned/parts.h"

namespace sallyport::read::cloudformation {
namespace {

AclEntry make_entry(const Properties& p, bool egress) {
  AclEntry entry;
  entry.egress = egress;
  entry.place = p.resource().node.origin();
  const auto doubt = [&](GapId gap) {
    if (gap && !entry.gap) entry.gap = gap;
  };
  const Value<std::int64_t> number = p.number("RuleNumber", -1);
  if (number.known() && *number >= 0 && *number <= 0xFFFF) {
    entry.number = static_cast<std::uint16_t>(*number);
  } else {
    doubt(number.known() ? p.not_understood("RuleNumber") : number.gap());
  }
  const Value<Text> what = p.text("RuleAction");
  if (!what.known()) {
    doubt(what.gap());
  } else {
    entry.allow = equals_ignoring_case(p.registry().view(*what), "allow");
    if (!entry.allow && !equals_ignoring_case(p.registry().view(*what), "deny")) doubt(p.not_understood("RuleAction"));
  }
  const Value<Text> protocol = p.text("Protocol");
  const auto named = protocol.known() ? planned::protocol_of(p.registry().view(*protocol)) : std::nullopt;
  const bool by_type = named && (*named == icmp || *named == icmpv6);
  GapId gap;
  const Properties limits = p.block(by_type ? "Icmp" : "PortRange", gap);
  doubt(gap), gap = {};
  planned::set_ports(read_ports(p, "Protocol", limits, by_type ? "Type" : "From", by_type ? "Code" : "To", gap), entry);
  doubt(gap);
  const Value<Prefix> cidr = p.prefix(p.gives("Ipv6CidrBlock") ? "Ipv6CidrBlock" : "CidrBlock");
  if (cidr.known()) {
    entry.cidr = *cidr;
  } else {
    doubt(cidr.gap());
  }
  return entry;
}

NetworkAcl& acl_of(const Properties& p, NetworkAclId id) { return planned::acl_of(p.work(), id, p.head()); }

template <class F>
void each_acl(const Properties& p, const Value<NetworkAclId>& id, F f) {
  if (id.known()) return f(acl_of(p, *id));
  for (NetworkAcl& acl : p.work().change.put.network_acls) {
    if (acl.head.region == p.place().region) f(acl);
  }
}

}  // namespace

void read_network_acl(const Properties& p) {
  Work& work = p.work();
  NetworkAcl row;
  row.id = p.own_id<NetworkAclId>();
  row.head = p.head();
  row.vpc = p.ref<VpcId>("VpcId");
  row.is_default = false;
  work.created.insert(row.id);
  work.put(work.change.put.network_acls, std::move(row));
}

void read_network_acl_entry(const Properties& p) {
  Work& work = p.work();
  const auto id = owner<NetworkAclId>(p, "NetworkAclId", work.change.put.network_acls, work.base->network_acls);
  // AWS::EC2::NetworkAclEntry: `Egress` is false where it is not given.
  const Value<bool> egress = p.flag("Egress", false);
  const GapId gap = p.doubt() ? p.doubt() : !id.known() ? id.gap() : egress.known() ? GapId() : egress.gap();
  each_acl(p, id, [&](NetworkAcl& acl) {
    if (gap) {
      acl.entries.open = gap;
    } else {
      acl.entries.items.push_back(make_entry(p, *egress));
    }
  });
}

// A subnet has one ACL: the one that takes it takes it from the others.
void read_network_acl_association(const Properties& p) {
  Work& work = p.work();
  // One that is not told has a row of its own, of which the entries are open.
  const Value<NetworkAclId> id = p.called<NetworkAclId>("NetworkAclId");
  const Value<SubnetId> subnet = p.ref<SubnetId>("SubnetId");
  const GapId gap = p.doubt() ? p.doubt() : !id.known() ? id.gap() : subnet.known() ? GapId() : subnet.gap();
  if (gap) {
    if (id.known()) acl_of(p, *id);
    return planned::associate_perhaps(work, id, subnet, p.place().region, gap);
  }
  planned::take_from_acls(work, *subnet);
  acl_of(p, *id).subnets.items.push_back(*subnet);
}

}  // namespace sallyport::read::cloudformation
