// Candidates: whom to ask about a request, so that everybody who may make it is asked:
// the principals of the cloud that some policy might let, and strangers of every sort
// that the policies tell apart.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "access/who.h"

namespace sallyport::access {

// Calls `visit` with each of them. Left out are only users and roles whose identity
// policies allow the action on the thing to nobody and whom its policy does not name:
// they are denied. `doors`: policies of endpoints, that may name somebody, too.
// `voices`: Policies::voices of the action.
// Cost: a decision for each of them, a byte for each policy of a principal.
void each_candidate(const Access& access, const Thing& thing, std::span<const PolicyId> doors,
                    const std::vector<char>& voices, const std::function<void(Subject, const Caller&)>& visit);

}  // namespace sallyport::access
