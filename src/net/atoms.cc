#include "net/atoms.h"

#include <algorithm>
#include <variant>

namespace sallyport::net {

Atoms::Atoms(const Cloud& cloud) {
  for (const SecurityGroup& g : cloud->security_groups) {
    for (const GroupRule& r : g.rules) {
      if (const auto* p = std::get_if<Prefix>(&r.peer)) add(*p);
    }
  }
  for (const NetworkAcl& a : cloud->network_acls) {
    for (const AclEntry& e : a.entries) add(e.cidr);
  }
  for (const RouteTable& t : cloud->route_tables) {
    for (const Route& r : t.routes) {
      if (const auto* p = std::get_if<Prefix>(&r.destination)) add(*p);
    }
  }
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

void Atoms::add(const List<Value<Prefix>>& list) {
  for (const Value<Prefix>& p : list) {
    if (p.known()) add(*p);
  }
}

}  // namespace sallyport::net
