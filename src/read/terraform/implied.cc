// What AWS makes along with a VPC, and no plan shows: a main route table with the local
// route, a default network ACL that allows everything, a default security group that
// lets its members talk to each other and out.
// Sources: VPC User Guide, "Route tables", "Default network ACL", "Default security groups".
#include "read/terraform/families.h"

namespace sallyport::read::terraform {
namespace {

Head head_of(const Block& vpc, const char* what) {
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

void imply_parts(const Block& b, const Vpc& vpc) {
  Work& work = b.work();
  const auto text = [&](const char* attribute) { return meaning(work, b.resource(), attribute); };
  const bool ipv6 = vpc.cidrs.size() > 1;
  if (const auto id = text("default_route_table_id"); id.known() && !id->empty()) {
    RouteTable table;
    table.id = b.id<RouteTableId>(*id);
    table.head = head_of(b, "main route table");
    table.vpc = vpc.id;
    table.main = true;
    work.created.insert(table.id);
    work.put(work.change.put.route_tables, std::move(table));
  }
  if (const auto id = text("default_network_acl_id"); id.known() && !id->empty()) {
    NetworkAcl acl;
    acl.id = b.id<NetworkAclId>(*id);
    acl.head = head_of(b, "default network ACL");
    acl.vpc = vpc.id;
    acl.is_default = true;
    for (const bool egress : {false, true}) {
      acl.entries.items.push_back(entry(100, egress, Family::v4, b.origin()));
      if (ipv6) acl.entries.items.push_back(entry(101, egress, Family::v6, b.origin()));
    }
    work.created.insert(acl.id);
    work.put(work.change.put.network_acls, std::move(acl));
  }
  if (const auto id = text("default_security_group_id"); id.known() && !id->empty()) {
    SecurityGroup group;
    group.id = b.id<SecurityGroupId>(*id);
    group.head = head_of(b, "default security group");
    group.vpc = vpc.id;
    group.rules.items.push_back(allow_all(false, GroupPeer{group.id, {}, {}}, b.origin()));
    group.rules.items.push_back(allow_all(true, everything(Family::v4), b.origin()));
    if (ipv6) group.rules.items.push_back(allow_all(true, everything(Family::v6), b.origin()));
    work.default_groups[vpc.id] = group.id;
    work.created.insert(group.id);
    work.put(work.change.put.security_groups, std::move(group));
  }
}

}  // namespace sallyport::read::terraform
