#include "library/net/naive_samples.h"

#include <algorithm>

#include "library/net/naive_rules.h"

namespace sallyport::naive {
namespace {

template <class T>
void sort_distinct(std::vector<T>& items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

// Every prefix that the cloud names anywhere.
std::vector<Prefix> all_prefixes(const Cloud& cloud) {
  std::vector<Prefix> found;
  for (const RouteTable& table : cloud->route_tables) {
    for (const Route& route : table.routes) {
      if (const Prefix* p = std::get_if<Prefix>(&route.destination)) found.push_back(*p);
    }
  }
  for (const NetworkAcl& acl : cloud->network_acls) {
    for (const AclEntry& entry : acl.entries) found.push_back(entry.cidr);
  }
  for (const SecurityGroup& group : cloud->security_groups) {
    for (const GroupRule& rule : group.rules) {
      if (const Prefix* p = std::get_if<Prefix>(&rule.peer)) found.push_back(*p);
    }
  }
  for (const PrefixList& list : cloud->prefix_lists) {
    for (const Prefix& entry : list.entries) found.push_back(entry);
  }
  return found;
}

bool in_service_list(const Cloud& cloud, Address address) {
  for (const PrefixList& list : cloud->prefix_lists) {
    if (!*list.aws_managed) continue;
    for (const Prefix& entry : list.entries) {
      if (entry.contains(address)) return true;
    }
  }
  return false;
}

bool in_cloud(const Cloud& cloud, Address address) {
  for (const Vpc& vpc : cloud->vpcs) {
    if (in_vpc(vpc, address)) return true;
  }
  for (const NatGateway& nat : cloud->nat_gateways) {
    for (const NatAddress& a : nat.addresses) {
      if (a.has_public && *a.public_address == address) return true;
    }
  }
  return interface_with_public(cloud, address) != nullptr;
}

}  // namespace

std::vector<std::uint16_t> port_samples(const Cloud& cloud, std::uint16_t first, std::uint16_t last) {
  std::vector<int> ends = {first, last};
  for (const NetworkAcl& acl : cloud->network_acls) {
    for (const AclEntry& entry : acl.entries) {
      ends.insert(ends.end(), {entry.first_port - 1, entry.first_port, entry.last_port, entry.last_port + 1});
    }
  }
  std::vector<std::uint16_t> ports;
  for (const int p : ends) {
    if (first <= p && p <= last) ports.push_back(static_cast<std::uint16_t>(p));
  }
  sort_distinct(ports);
  return ports;
}

std::vector<Address> address_samples(const Cloud& cloud, Address first, Address last) {
  std::vector<Address> found = {first, last};
  for (const Prefix& p : all_prefixes(cloud)) {
    if (p.family() != first.family) continue;
    found.insert(found.end(), {p.first(), p.last()});
    if (p.first() != lowest(p.family())) found.push_back(previous(p.first()));
    if (p.last() != highest(p.family())) found.push_back(next(p.last()));
  }
  std::erase_if(found, [&](Address a) { return a < first || last < a; });
  sort_distinct(found);
  return found;
}

std::vector<Address> outside_samples(const Cloud& cloud, Family family, bool with_services) {
  std::vector<Address> found = address_samples(cloud, lowest(family), highest(family));
  // Somebody whom no rule names; two, should one be in use.
  for (const char* anyone : {"93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "2620:fe::fe"}) {
    found.push_back(*parse_address(anyone));
  }
  std::erase_if(found, [&](Address a) {
    return a.family != family || !is_public(a) || in_cloud(cloud, a) || (!with_services && in_service_list(cloud, a));
  });
  sort_distinct(found);
  return found;
}

}  // namespace sallyport::naive
