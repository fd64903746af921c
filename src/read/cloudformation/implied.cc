// What AWS makes along with a VPC, and no template shows: a main route table with the
// local route, a default network ACL that allows everything, a default security group
// that lets its members talk to each other and out.
// Sources: VPC User Guide, "Route tables", "Default network ACL", "Default security groups".
#include "read/cloudformation/families.h"

namespace sallyport::read::cloudformation {
namespace {

Head head_of(const Properties& vpc, const char* what) {
  Head head = vpc.head();
  head.name = vpc.registry().text(std::string(what) + " of " + vpc.resource().address);
  return head;
}

AclEntry entry(std::uint16_t number, bool egress, Family family, Origin place) {
  AclEntry e;
  e.number = number;
  e.egress = egress;
  e.allow = true;
  e.cidr = everything(family);
  e.place = place;
  return e;
}

}  // namespace

void imply_parts(const Properties& p, const Vpc& vpc) {
  Work& work = p.work();
  const Origin place = vpc.head.origin;
  RouteTable table;
  table.id = p.own_id<RouteTableId>("MainRouteTable");
  table.head = head_of(p, "main route table");
  table.vpc = vpc.id;
  table.main = true;
  work.created.insert(table.id);
  work.put(work.change.put.route_tables, std::move(table));

  // Entries and rules for IPv6 come with an IPv6 block; without one they let nothing pass.
  NetworkAcl acl;
  acl.id = p.own_id<NetworkAclId>("DefaultNetworkAcl");
  acl.head = head_of(p, "default network ACL");
  acl.vpc = vpc.id;
  acl.is_default = true;
  for (const bool egress : {false, true}) {
    acl.entries.items.push_back(entry(100, egress, Family::v4, place));
    acl.entries.items.push_back(entry(101, egress, Family::v6, place));
  }
  work.created.insert(acl.id);
  work.put(work.change.put.network_acls, std::move(acl));

  SecurityGroup group;
  group.id = p.own_id<SecurityGroupId>("DefaultSecurityGroup");
  group.head = head_of(p, "default security group");
  group.vpc = vpc.id;
  group.rules.items.push_back(allow_all(false, GroupPeer{group.id, {}, {}}, place));
  group.rules.items.push_back(allow_all(true, everything(Family::v4), place));
  group.rules.items.push_back(allow_all(true, everything(Family::v6), place));
  work.default_groups[vpc.id] = group.id;
  work.created.insert(group.id);
  work.put(work.change.put.security_groups, std::move(group));
}

// `Custom::VpcRestrictDefaultSG` revokes what a default group allows at first: all between
// its members, and everything outbound.
// Source: CDK API reference, aws_ec2.Vpc, `restrictDefaultSecurityGroup`.
void read_restricted_default_group(const Properties& p) {
  Work& work = p.work();
  const Value<SecurityGroupId> id = p.ref<SecurityGroupId>("DefaultSecurityGroupId");
  for (SecurityGroup& group : work.change.put.security_groups) {
    if (id.known() && group.id != *id) continue;
    if (!id.known() || p.doubt()) {
      group.rules.open = id.known() ? p.doubt() : id.gap();
    } else {
      std::erase_if(group.rules.items, [&](const GroupRule& r) { return r.place == group.head.origin; });
    }
  }
}

}  // namespace sallyport::read::cloudformation
