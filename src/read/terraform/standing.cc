#include "read/terraform/standing.h"

#include <algorithm>

namespace sallyport::read::terraform {

namespace {

// What all of them give; unknown where they differ.
Value<bool> common(Work& work, const std::vector<SubnetId>& subnets, Value<bool> SubnetDefaults::* what, GapId gap) {
  Value<bool> all = gap;
  for (const SubnetId id : subnets) {
    const auto found = work.subnet_defaults.find(id);
    if (found == work.subnet_defaults.end() || !(found->second.*what).known()) return gap;
    if (id != subnets.front() && all != found->second.*what) return gap;
    all = found->second.*what;
  }
  return all;
}

// The subnet that stands for the one that `subnet_id` names, of several of one VPC (spread.h); none
// where it may name others.
Value<SubnetId> one_of_several(const Block& b) {
  Work& work = b.work();
  const GapId gap = b.gap("subnet_id");
  std::vector<SubnetId> subnets = b.resource().is_new() ? b.candidates<SubnetId>("subnet_id") : std::vector<SubnetId>();
  if (subnets.empty()) return gap;
  std::sort(subnets.begin(), subnets.end());
  Value<VpcId> vpc = gap;
  for (const SubnetId id : subnets) {
    const Subnet* row = work.row(work.change.put.subnets, id);
    if (row == nullptr || !row->vpc.known() || (vpc.known() && vpc != row->vpc)) return gap;
    vpc = row->vpc;
  }
  Subnet one;
  one.id = b.id<SubnetId>(work.registry.texts.symbol(b.resource().address + ".subnet_id"));
  one.head = work.row(work.change.put.subnets, subnets.front())->head;
  one.head.name = work.text("one of the subnets of " + b.resource().address);
  one.vpc = vpc;
  one.cidrs.items.emplace_back(gap);
  work.subnet_defaults[one.id] = {common(work, subnets, &SubnetDefaults::public_address, gap),
                                  common(work, subnets, &SubnetDefaults::ipv6_address, gap)};
  work.created.insert(one.id);
  work.stands_in_one.push_back({&b.resource(), one.id, std::move(subnets), gap});
  return work.put(work.change.put.subnets, std::move(one)).id;
}

}  // namespace

Stand stand_of(const Block& b) {
  Value<SubnetId> subnet = b.ref<SubnetId>("subnet_id");
  if (!subnet.known() && b.has("subnet_id") == Has::unknown) subnet = one_of_several(b);
  return planned::stand_in(b.work(), subnet, b.gap("subnet_id"));
}

List<SecurityGroupId> groups_of(const Block& b, const char* attribute, const Value<VpcId>& vpc) {
  Work& work = b.work();
  List<SecurityGroupId> groups;
  if (b.has(attribute) != Has::computed) groups = b.refs<SecurityGroupId>(attribute, is_new_vpc(work, vpc));
  return planned::groups_or_default(work, std::move(groups), vpc);
}

void add_addresses(const Block& b, const char* list, Interface& row) {
  if (b.has(list) == Has::computed || b.has(list) == Has::nothing) return;
  if (b.has(list) == Has::unknown) {
    row.addresses.open = b.gap(list);
    return;
  }
  for (const Node item : b.node(list).items()) {
    const Result<Address> a = parse_address(item.text());
    const Value<Address> address = a ? Value<Address>(*a) : Value<Address>(b.not_understood(list));
    const auto& items = row.addresses.items;
    if (std::find(items.begin(), items.end(), address) == items.end()) row.addresses.items.push_back(address);
  }
}

namespace {

// Has the VPC no IPv6 block, and gets none? Then no interface in it has an IPv6 address.
bool has_no_ipv6(Work& work, const Value<VpcId>& vpc) {
  const Vpc* row = vpc.known() && is_new_vpc(work, vpc) ? work.row(work.change.put.vpcs, *vpc) : nullptr;
  return row != nullptr && row->cidrs.complete() &&
         std::all_of(row->cidrs.begin(), row->cidrs.end(),
                     [](const Value<Prefix>& b) { return b.known() && b->family() == Family::v4; });
}

bool has_ipv6_alone(Work& work, const Value<SubnetId>& subnet) {
  const Subnet* row = subnet.known() ? work.row(work.change.put.subnets, *subnet) : nullptr;
  return row != nullptr && row->cidrs.complete() && !row->cidrs.empty() &&
         std::all_of(row->cidrs.begin(), row->cidrs.end(),
                     [](const Value<Prefix>& b) { return b.known() && b->family() == Family::v6; });
}

}  // namespace

void add_ipv6(const Block& b, const SubnetDefaults& defaults, Interface& row) {
  if (has_no_ipv6(b.work(), row.vpc)) return;
  add_addresses(b, "ipv6_addresses", row);
  const bool has_some = std::any_of(row.addresses.begin(), row.addresses.end(),
                                    [](const Value<Address>& a) { return a.known() && a->family == Family::v6; });
  if (has_some) return;
  const Node count = b.node("ipv6_address_count");
  const bool asked = b.has("ipv6_address_count") == Has::unknown || count.integer().value_or(0) > 0 ||
                     b.gives_any("enable_primary_ipv6");
  const bool by_subnet = b.resource().is_new() && (!defaults.ipv6_address.known() || *defaults.ipv6_address);
  // Where the subnet has no other, the one address that is there already is of IPv6.
  const bool one = b.has("ipv6_address_count") != Has::unknown && count.integer().value_or(1) == 1;
  const bool sure = count.integer().value_or(0) == 1 || defaults.ipv6_address == Value<bool>(true);
  if (one && sure && b.resource().is_new() && !row.addresses.empty() && has_ipv6_alone(b.work(), row.subnet)) {
    row.addresses.items.resize(1);
    return;
  }
  if (asked || by_subnet) row.addresses.open = b.gap("ipv6_addresses");
}

}  // namespace sallyport::read::terraform
