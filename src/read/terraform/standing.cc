#include "read/terraform/standing.h"

#include <algorithm>

namespace sallyport::read::terraform {

Stand stand_of(const Block& b) { return planned::stand_in(b.work(), b.ref<SubnetId>("subnet_id"), b.gap("subnet_id")); }

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

void add_ipv6(const Block& b, const SubnetDefaults& defaults, Interface& row) {
  add_addresses(b, "ipv6_addresses", row);
  const bool has_some = std::any_of(row.addresses.begin(), row.addresses.end(),
                                    [](const Value<Address>& a) { return a.known() && a->family == Family::v6; });
  if (has_some) return;
  const Node count = b.node("ipv6_address_count");
  const bool asked = b.has("ipv6_address_count") == Has::unknown || count.integer().value_or(0) > 0 ||
                     b.gives_any("enable_primary_ipv6");
  const bool by_subnet = b.resource().is_new() && (!defaults.ipv6_address.known() || *defaults.ipv6_address);
  if (asked || by_subnet) row.addresses.open = b.gap("ipv6_addresses");
}

}  // namespace sallyport::read::terraform
