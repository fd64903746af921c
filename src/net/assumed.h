// Assumptions of the user (`assume:`) that settle what no configuration says.
#pragma once

#include <string>
#include <string_view>

#include "net/index.h"

namespace sallyport::net {

// The assumption by which `object` (an endpoint, interface or instance, by id or Name tag) lets
// the beam through; nullptr: none. `host`: the name under which the flow's target was resolved,
// empty where it was asked by address. Cost: the assumptions, few.
const Assumption* assumed_to_pass(const Index& index, Ref object, const Beam& beam, std::string_view host);

// The assumption about what answers for `name`, of one who goes by any of `objects` (ids,
// names, addresses); nullptr: none.
const Assumption* assumed_to_answer(const Index& index, const std::vector<std::string>& objects, std::string_view name);

// As answers name it: "`nfw-1` passes `*.amazonaws.com` at port 443 (netops: rule group 7)".
std::string shown(const Assumption& assumption);

}  // namespace sallyport::net
