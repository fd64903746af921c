#include "library/net/naive_platform.h"

#include "library/net/naive_rules.h"

namespace sallyport::naive {

bool runs(const PlatformWorkload& row) { return *row.state == State::working; }

bool has_front(const PlatformWorkload& row) { return row.what == Kind::cluster; }

Leaves leaves(const PlatformWorkload& row, const To& to) {
  if (!row.place->vpc) return Leaves::from_the_service;  // PW-6, as LA-1
  if (!*row.goes_around || row.what != Kind::warehouse) return Leaves::from_its_interfaces;
  if (std::holds_alternative<Service>(to) || std::holds_alternative<Internet>(to)) return Leaves::from_the_service;
  if (const Ref* ref = std::get_if<Ref>(&to)) {
    if (ref->kind == Kind::bucket || ref->kind == Kind::table) return Leaves::from_the_service;
  }
  if (const Address* a = std::get_if<Address>(&to); a != nullptr && is_public(*a)) return Leaves::from_the_service;
  return Leaves::nobody_says;
}

Leaves leaves(const Cloud& cloud, const PlatformWorkload& row, Address to) {
  if (!*row.goes_around || row.what != Kind::notebook) return Leaves::from_its_interfaces;
  for (const Value<Prefix>& block : cloud->vpcs.find(row.place->vpc)->cidrs) {
    if (block->contains(to)) return Leaves::from_its_interfaces;
  }
  return Leaves::from_the_service;
}

Answering answering(const Cloud& cloud, const PlatformWorkload& row, VpcId view) {
  Answering found;
  const bool inside = view && (view == row.place->vpc || !*row.publicly_accessible);
  if (has_front(row) && (!inside || row.interfaces.empty())) {
    found.at_front = *row.publicly_accessible;
    return found;
  }
  for (const InterfaceId id : row.interfaces) {
    const Interface& interface = *cloud->interfaces.find(id);
    for (const Value<Address>& a : interface.addresses) {
      if (inside || (!view && a->family == Family::v6)) found.addresses.push_back(*a);
    }
    for (const PublicAddress& a : interface.public_addresses) {
      if (!inside) found.addresses.push_back(a.address);
    }
  }
  return found;
}

bool admits(const PlatformWorkload& row, Address from) {
  if (row.admits.empty()) return true;
  for (const Prefix& range : row.admits) {
    if (range.contains(from)) return true;
  }
  return false;
}

}  // namespace sallyport::naive
