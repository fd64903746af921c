#include "net/atoms.h"

#include <algorithm>
#include <variant>

namespace sallyport::net {

Atoms::Atoms(const Cloud& cloud) {
  for (const SecurityGroup& g : cloud->security_groups) add(g);
  for (const NetworkAcl& a : cloud->network_acls) add(a);
  for (const RouteTable& t : cloud->route_tables) add(t);
  for (const TransitTable& t : cloud->transit_tables) {
    for (const TransitRoute& r : t.routes) {
      if (const auto* p = std::get_if<Prefix>(&r.destination)) add(*p);
    }
  }
  for (const PrefixList& l : cloud->prefix_lists) {
    for (const Prefix& p : l.entries) add(p);
  }
  for (const Vpc& v : cloud->vpcs) add(v.cidrs);
  for (const Subnet& s : cloud->subnets) add(s.cidrs);
  settle();
}

Atoms::Atoms(const Atoms& before, const Cloud& cloud, std::span<const Ref> rules) : bounds_(before.bounds_) {
  for (const Ref row : rules) {
    if (const auto* group = cloud->security_groups.find(row.as<Kind::security_group>())) add(*group);
    if (const auto* acl = cloud->network_acls.find(row.as<Kind::network_acl>())) add(*acl);
    if (const auto* table = cloud->route_tables.find(row.as<Kind::route_table>())) add(*table);
  }
  settle();
}

std::vector<std::size_t> Atoms::parted_in(const Atoms& finer) const {
  std::vector<std::size_t> parted;
  for (std::size_t mine = 0, n = 0; n < finer.bounds_.size(); ++n) {
    if (mine < bounds_.size() && bounds_[mine] == finer.bounds_[n]) {
      ++mine;
    } else if (parted.empty() || parted.back() != mine) {
      parted.push_back(mine);  // the atom between the bounds mine - 1 and mine
    }
  }
  return parted;
}

std::size_t Atoms::of(Address a) const {
  return static_cast<std::size_t>(std::upper_bound(bounds_.begin(), bounds_.end(), a) - bounds_.begin());
}

void Atoms::settle() {
  std::sort(bounds_.begin(), bounds_.end());
  bounds_.erase(std::unique(bounds_.begin(), bounds_.end()), bounds_.end());
}

void Atoms::add(const Prefix& p) {
  bounds_.push_back(p.first());
  if (p.last() != highest(p.family())) bounds_.push_back(next(p.last()));
}

void Atoms::add(const SecurityGroup& group) {
  for (const GroupRule& r : group.rules) {
    if (const auto* p = std::get_if<Prefix>(&r.peer)) add(*p);
  }
}

void Atoms::add(const NetworkAcl& acl) {
  for (const AclEntry& e : acl.entries) add(e.cidr);
}

void Atoms::add(const RouteTable& table) {
  for (const Route& r : table.routes) {
    if (const auto* p = std::get_if<Prefix>(&r.destination)) add(*p);
  }
}

void Atoms::add(const List<Value<Prefix>>& list) {
  for (const Value<Prefix>& p : list) {
    if (p.known()) add(*p);
  }
}

}  // namespace sallyport::net
