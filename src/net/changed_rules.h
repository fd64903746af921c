// Changed rules: in which rows two clouds differ, if in nothing but rules.
#pragma once

#include <optional>
#include <vector>

#include "model/cloud.h"

namespace sallyport::net {

// The security groups, network ACLs and route tables (sorted) whose rules, entries or routes differ between a
// cloud and the one that a change made of it. Nothing: they differ in something else as well (other rows, what was
// collected, or of these rows more than the rules: their VPC, associations, owner), or do not stem from one another.
// Cost: rows of the kinds that the clouds do not share.
std::optional<std::vector<Ref>> changed_rules(const Cloud& before, const Cloud& after);

}  // namespace sallyport::net
