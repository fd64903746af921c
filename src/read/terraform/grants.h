// Grants: roles, users and groups by name, and the policies that resources of their own give
// them.
#pragma once

#include <algorithm>
#include <vector>

#include "read/terraform/attributes.h"

namespace sallyport::read::terraform {

// The role, user or group of that name; null if it is neither in the plan nor in the base.
template <class Row>
Row* owner_named(const Block& b, std::vector<Row>& all, const Rows<Row>& base, Text name) {
  const auto is_it = [&](const Row& row) {
    return row.head.name == name && (row.head.account == b.place().account || b.place().account.empty());
  };
  if (const auto found = std::find_if(all.begin(), all.end(), is_it); found != all.end()) return &*found;
  const auto there = base.rows();
  const auto found = std::find_if(there.begin(), there.end(), is_it);
  return found == there.end() ? nullptr : &b.work().put(all, Row(*found));
}

// Adds a policy once; one that is not known leaves the list open.
inline void add_policy(List<PolicyId>& policies, const Value<PolicyId>& policy) {
  if (!policy.known()) {
    policies.open = policy.gap();
  } else if (*policy && std::find(policies.begin(), policies.end(), *policy) == policies.end()) {
    policies.items.push_back(*policy);
  }
}

// Takes a policy away; of one that is not in the list it is not known which it was.
inline void take_policy(const Block& b, List<PolicyId>& policies, const Value<PolicyId>& policy) {
  if (!policy.known() || std::erase(policies.items, *policy) == 0)
    policies.open = policy.known() ? beside(b.work()) : policy.gap();
}

inline PolicyId managed_policy(const Block& b, Text arn) {
  return b.registry().ids.get<PolicyId>(b.place().partition, arn);
}

}  // namespace sallyport::read::terraform
