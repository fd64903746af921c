#include "net/changed_rules.h"

#include <algorithm>

namespace sallyport::net {
namespace {

bool same_owner(const Head& a, const Head& b) { return a.account == b.account && a.region == b.region; }

bool same_but_rules(const SecurityGroup& a, const SecurityGroup& b) {
  return same_owner(a.head, b.head) && a.vpc == b.vpc && a.also == b.also;
}

bool same_but_rules(const NetworkAcl& a, const NetworkAcl& b) {
  return same_owner(a.head, b.head) && a.vpc == b.vpc && a.is_default == b.is_default && a.subnets == b.subnets;
}

bool same_but_rules(const RouteTable& a, const RouteTable& b) {
  return same_owner(a.head, b.head) && a.vpc == b.vpc && a.main == b.main && a.subnets == b.subnets &&
         a.gateways == b.gateways;
}

template <class Row>
concept HoldsRules = requires(const Row& row) { same_but_rules(row, row); };

// Adds the rows that differ; false: in more than rules.
template <class Row>
bool add_changed(const Rows<Row>& before, const Rows<Row>& after, std::vector<Ref>& changed) {
  if (after.shared_with(before)) return true;
  if constexpr (HoldsRules<Row>) {
    return std::equal(before.begin(), before.end(), after.begin(), after.end(), [&](const Row& a, const Row& b) {
      if (a.id != b.id || !same_but_rules(a, b)) return false;
      if (a != b) changed.push_back(a.id);
      return true;
    });
  } else {
    return false;
  }
}

}  // namespace

std::optional<std::vector<Ref>> changed_rules(const Cloud& before, const Cloud& after) {
  bool only_rules = before.registry_ptr() == after.registry_ptr() && after.shares_coverage(before);
  std::vector<Ref> changed;
  each_kind(before.tables(), after.tables(), [&](const auto& old_rows, const auto& new_rows) {
    only_rules = only_rules && add_changed(old_rows, new_rows, changed);
  });
  if (!only_rules) return std::nullopt;
  std::sort(changed.begin(), changed.end());
  return changed;
}

}  // namespace sallyport::net
