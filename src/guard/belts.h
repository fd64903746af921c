// Belts: may strangers, and whoever is outside, do anything with a resource's data?
// The questions behind the control both-belts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/access.h"
#include "access/named.h"

namespace sallyport::guard {

// A bucket, a table or a function with a URL, and the actions on its data.
struct Guarded {
  Ref object;
  std::string arn;
  std::string account;     // of the owner; empty if the input does not say
  Value<PolicyId> policy;  // its resource policy
  // The actions, asked on the bucket, on every object in it (a key that may be any),
  // on the table, or on the function's URL; those about one resource together.
  std::vector<access::Thing> asks;
};

// All buckets, tables and functions with a URL, in the order of the cloud.
std::vector<Guarded> guarded(const access::Access& access);

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
// about.
using access::Named;
Named named_in(const Cloud& cloud, const Guarded& what);

// By what the documents that can shield a resource (its own policy, SCPs, RCPs) tell
// principals of its account apart. Whom they do not tell apart from a key holder in
// full power, passes nowhere where that one does not.
class Apart {
 public:
  // Of all documents that shield every resource; linear in them.
  explicit Apart(const access::Access& access);
  // These, and those of one resource.
  Apart with(const Guarded& what) const;

  // May the documents treat this principal otherwise than `role/whoever-holds-a-key`?
  bool tells(const access::Caller& caller) const;

 private:
  void add(PolicyId id);
  std::vector<bool> matched(std::string_view arn) const;

  const access::Access& access_;
  std::vector<std::string> patterns_;  // ARNs of principals, with wildcards
  bool tags_ = false;                  // some tag of principals is looked at
  bool other_ = false;                 // something else of who asks is looked at
};

}  // namespace sallyport::guard
