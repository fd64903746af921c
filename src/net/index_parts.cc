#include "net/index_parts.h"

#include <algorithm>

#include "base/ip.h"
#include "model/later.h"

namespace sallyport::net {
namespace {

// Managed lists of AWS hold public addresses, and Lattice's link-local ones; never
// private ones of a VPC.
AddressSet managed_list_bound() {
  const Result<Prefix> lattice = parse_prefix("169.254.171.0/24");
  SP_ASSERT(lattice.has_value());
  return public_space(Family::v4) | set_of(*lattice) | set_of(everything(Family::v6));
}

AddressSet any_address() { return set_of(everything(Family::v4)) | set_of(everything(Family::v6)); }

// `later`: why a block is not there yet, if one is not.
Named union_of(const List<Value<Prefix>>& cidrs, const AddressSet& bound, GapId later) {
  Named all;
  all.bound = bound;
  all.gap = cidrs.open;
  for (const Value<Prefix>& cidr : cidrs) {
    if (cidr.known() && is_later(*cidr)) {
      all.later = later;
    } else if (cidr.known()) {
      all.set = all.set | set_of(*cidr);
    } else {
      all.gap = cidr.gap();
    }
  }
  return all;
}

}  // namespace

void IndexParts::add_blocks_and_lists(const Cloud& cloud) {
  add_lists(cloud);
  add_blocks(cloud);
  add_subnets(cloud);
  add_zones(cloud);
  add_transit(cloud);
  add_public_access(cloud);
  add_balancers(cloud);
}

void IndexParts::add_lists(const Cloud& cloud) {
  for (const PrefixList& list : cloud->prefix_lists) {
    Named& named = lists[list.id.number()];
    const bool managed = list.aws_managed.known() && *list.aws_managed;
    if (managed) named.list = list.head.name;
    named.gap = list.head.gap ? list.head.gap : list.entries.open;
    if (named.gap) named.bound = managed ? managed_list_bound() : any_address();
    std::vector<Interval<Address>> intervals;
    for (const Prefix& entry : list.entries) intervals.push_back({entry.first(), entry.last()});
    named.set = AddressSet::of(std::move(intervals));
  }
}

void IndexParts::add_blocks(const Cloud& cloud) {
  const GapId later = cloud.registry().gaps.add({GapKind::known_after_apply,
                                                 "which IPv6 blocks Amazon will assign is known after apply",
                                                 "apply the plan and collect what it made"});
  for (const Vpc& vpc : cloud->vpcs) {
    blocks_of_vpc.emplace(vpc.id.number(), union_of(vpc.cidrs, any_address(), later));
  }
  for (const Subnet& subnet : cloud->subnets) {
    const Vpc* vpc = subnet.vpc.known() ? cloud->vpcs.find(*subnet.vpc) : nullptr;
    const bool bounded =
        vpc != nullptr && !blocks_of_vpc.at(vpc->id.number()).gap && !blocks_of_vpc.at(vpc->id.number()).later;
    AddressSet bound = bounded ? blocks_of_vpc.at(vpc->id.number()).set : any_address();
    // A subnet has one IPv4 block: where that is known, another can only be of IPv6.
    const bool has_v4 = std::any_of(subnet.cidrs.begin(), subnet.cidrs.end(), [](const Value<Prefix>& cidr) {
      return cidr.known() && cidr->family() == Family::v4;
    });
    if (has_v4) bound = bound & set_of(everything(Family::v6));
    Named& own = blocks_of_subnet[subnet.id.number()] = union_of(subnet.cidrs, bound, later);
    if (!own.later) continue;
    own.later_of = {subnet.id};
    if (vpc != nullptr) blocks_of_vpc[vpc->id.number()].later_of.push_back(subnet.id);
  }
  for (auto& [_, blocks] : blocks_of_vpc) std::sort(blocks.later_of.begin(), blocks.later_of.end());
}

void IndexParts::add_subnets(const Cloud& cloud) {
  for (const Subnet& subnet : cloud->subnets) {
    if (subnet.vpc.known()) {
      subnets_of_vpc[subnet.vpc->number()].push_back(&subnet);
    } else {
      strays[static_cast<std::size_t>(Kind::subnet)] = subnet.vpc.gap();
    }
  }
}

void IndexParts::add_endpoints(const Cloud& cloud) {
  std::size_t order_of_names = 0;
  for (const Endpoint& endpoint : cloud->endpoints) {
    if (endpoint.vpc.known()) {
      endpoints_of_vpc[endpoint.vpc->number()].push_back(&endpoint);
    } else {
      strays[static_cast<std::size_t>(Kind::endpoint)] = endpoint.vpc.gap();
    }
    for (const VpcId vpc : endpoint.profile_vpcs) {
      if (endpoint.vpc != Value<VpcId>(vpc)) profile_endpoints_of_vpc[vpc.number()].push_back(&endpoint);
    }
    for (const Text entry : endpoint.dns_names) {
      std::string pattern(cloud.view(entry));
      for (char& c : pattern) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      if (pattern.ends_with('.')) pattern.pop_back();
      std::vector<OwnName>& all = own_names[pattern.starts_with("*.") ? pattern.substr(2) : pattern];
      all.push_back({&endpoint, std::move(pattern), order_of_names++});
    }
    for (const InterfaceId interface : endpoint.interfaces)
      endpoint_of_interface.try_emplace(interface.number(), &endpoint);
  }
}

void IndexParts::add_zones(const Cloud& cloud) {
  for (const HostedZone& zone : cloud->hosted_zones) {
    if (zone.is_private.known() && !*zone.is_private) continue;
    for (const VpcId vpc : zone.vpcs) zones_of_vpc[vpc.number()].push_back(&zone);
    if (zone.vpcs.open) loose_zones.push_back(&zone);
  }
}

void IndexParts::add_interfaces(const Cloud& cloud) {
  for (const Interface& interface : cloud->interfaces) {
    for (const Value<Address>& address : interface.addresses) {
      if (address.known()) by_address.emplace_back(*address, &interface);
    }
    for (const PublicAddress& mapped : interface.public_addresses) {
      by_public_address.emplace_back(mapped.address, &interface);
    }
    for (const Value<Address>& address : interface.addresses) {
      if (!address.known()) strays[static_cast<std::size_t>(Kind::network_interface)] = address.gap();
    }
    if (interface.addresses.open) strays[static_cast<std::size_t>(Kind::network_interface)] = interface.addresses.open;
    if (interface.public_addresses.open) unseen_public = interface.public_addresses.open;
    if (!interface.vpc.known()) strays[static_cast<std::size_t>(Kind::network_interface)] = interface.vpc.gap();
    if (interface.instance) interfaces_of_instance[interface.instance.number()].push_back(&interface);
    if (interface.kind != InterfaceKind::function) continue;
    if (interface.subnet.known()) {
      function_interfaces[interface.subnet->number()].push_back(&interface);
    } else {
      unplaced_function_interfaces.push_back(&interface);
    }
  }
  const auto by_first = [](const auto& a, const auto& b) { return a.first < b.first; };
  std::stable_sort(by_address.begin(), by_address.end(), by_first);
  std::stable_sort(by_public_address.begin(), by_public_address.end(), by_first);
}

void IndexParts::add_members(const Cloud& cloud) {
  for (const SecurityGroup& group : cloud->security_groups) members[group.id.number()].bound = any_address();
  boost::unordered_flat_map<std::uint32_t, std::vector<Interval<Address>>> addresses;
  for (const Interface& interface : cloud->interfaces) {
    for (const SecurityGroupId group : interface.groups) {
      Named& named = members[group.number()];
      for (const Value<Address>& address : interface.addresses) {
        if (address.known()) {
          addresses[group.number()].push_back({*address, *address});
        } else {
          named.gap = address.gap();
          named.bound = any_address();
        }
      }
    }
    // An interface whose groups are not known may carry any.
    if (interface.groups.open && interface.vpc.known()) {
      for (const SecurityGroup& group : cloud->security_groups) {
        if (group.vpc == interface.vpc) members[group.id.number()].gap = interface.groups.open;
      }
    }
  }
  for (auto& [group, intervals] : addresses) members[group].set = AddressSet::of(std::move(intervals));
}

void IndexParts::add_unseen_members(const Cloud& cloud) {
  for (const SecurityGroup& group : cloud->security_groups) {
    Named& named = members[group.id.number()];
    if (!named.gap) named.gap = cloud.missing(Kind::network_interface, group.head.account, group.head.region);
  }
}

}  // namespace sallyport::net
