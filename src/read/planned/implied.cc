#include "read/planned/implied.h"

namespace sallyport::read::planned {
namespace {

AclEntry allow_all_of(Family family, bool egress, Origin place) {
  AclEntry e;
  e.number = family == Family::v4 ? 100 : 101;
  e.egress = egress;
  e.allow = true;
  e.cidr = everything(family);
  e.place = place;
  return e;
}

}  // namespace

GroupRule allow_all(bool egress, RulePeer peer, Origin place) {
  GroupRule rule;
  rule.egress = egress;
  rule.peer = peer;
  rule.place = place;
  return rule;
}

void imply_parts(Work& work, const Vpc& vpc, const ImpliedIds& ids, std::string_view address) {
  const Origin place = vpc.head.origin;
  const auto head = [&](const char* what) {
    Head h = vpc.head;
    h.name = work.text(std::string(what) + " of " + std::string(address));
    h.gap = {};
    return h;
  };
  if (ids.table) {
    RouteTable table;
    table.id = ids.table;
    table.head = head("main route table");
    table.vpc = vpc.id;
    table.main = true;
    work.created.insert(table.id);
    work.put(work.change.put.route_tables, std::move(table));
  }
  // Entries and rules for IPv6 come with an IPv6 block, whenever it comes; without one they let
  // nothing pass.
  if (ids.acl) {
    NetworkAcl acl;
    acl.id = ids.acl;
    acl.head = head("default network ACL");
    acl.vpc = vpc.id;
    acl.is_default = true;
    for (const bool egress : {false, true}) {
      for (const Family family : {Family::v4, Family::v6}) {
        acl.entries.items.push_back(allow_all_of(family, egress, place));
      }
    }
    work.created.insert(acl.id);
    work.put(work.change.put.network_acls, std::move(acl));
  }
  if (ids.group) {
    SecurityGroup group;
    group.id = ids.group;
    group.head = head("default security group");
    group.vpc = vpc.id;
    group.rules.items.push_back(allow_all(false, GroupPeer{group.id, {}, {}}, place));
    for (const Family family : {Family::v4, Family::v6}) {
      group.rules.items.push_back(allow_all(true, everything(family), place));
    }
    work.default_groups[vpc.id] = group.id;
    work.created.insert(group.id);
    work.put(work.change.put.security_groups, std::move(group));
  }
}

}  // namespace sallyport::read::planned
