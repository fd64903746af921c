// Belts: may strangers, and whoever is outside, do anything with a resource's data?
// The questions behind the control both-belts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/access.h"

namespace sallyport::guard {

// A bucket or table, and the actions on its data.
struct Guarded {
  Ref object;
  std::string arn;
  std::string account;     // of the owner; empty if the input does not say
  Value<PolicyId> policy;  // its resource policy
  // An action, asked on the bucket, on every object in it (a key that may be any),
  // or on the table.
  struct Ask {
    std::string action;
    std::string resource;
  };
  std::vector<Ask> asks;
};

// All buckets and tables of the cloud, in its order.
std::vector<Guarded> guarded(const Cloud& cloud);

// What came of asking for every action.
struct Passed {
  iam::Outcome outcome = iam::Outcome::denied;  // the worst: allowed, conditional, unknown, denied
  std::string action;                           // the first with that outcome
  std::vector<GapId> gaps;                      // unknown: why
};

// Asks one caller, arriving so. Stops at the first action that is allowed.
Passed ask(const access::Access& access, const Guarded& what, const access::Caller& caller,
           const access::Arrival& arrival);

// Whom the resource's policy speaks of, so that strangers like these have to be asked
// about: accounts and ARNs, as principals or in conditions, and organizations. Sorted.
struct Named {
  std::vector<std::string> accounts;
  std::vector<std::string> principals;     // ARNs; wildcards filled in
  std::vector<std::string> organizations;  // "o-..."
};
Named named_in(const Cloud& cloud, const Guarded& what);

// Does any document that can shield the resource (its own policy, SCPs, RCPs) look at
// who in the account asks? If not, no principal passes where one in full power does not.
bool tells_principals_apart(const access::Access& access, const Guarded& what);

}  // namespace sallyport::guard
