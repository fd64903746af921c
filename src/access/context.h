// Context: the condition keys of a request, made from who asks, for what, and how
// the request arrives. Nobody has to say which endpoint it comes through.
//
// Every key is one of: known; absent; open (only the caller fixes it: time, user
// agent, request parameters); unknown (it is fixed, but not in the input). Which of
// them, and why, stands at each key in context.cc, with the rule. Only keys that
// some policy of the cloud mentions are filled, and the network keys always.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/arrival.h"
#include "access/caller.h"
#include "access/org.h"
#include "access/thing.h"
#include "iam/context.h"
#include "model/expect.h"
#include "net/workload.h"

namespace sallyport::access {

struct Request {
  const Caller& caller;
  const Thing& thing;
  const Arrival& arrival;
  // The workload that sends it, if one does: binds its role's credentials (NK-14).
  const net::Workload* workload = nullptr;
  // Of accounts that are surely not in our organization: are they in another?
  bool foreign_in_other_organization = false;
  // Keys that the user fixes; an entry without values makes the key absent.
  const std::vector<ContextEntry>* fixed = nullptr;
};

// `mentioned`: keys that policies mention, lower case (Policies::mentioned_keys).
iam::Context context(const Cloud& cloud, const Org& org, const Request& request,
                     const std::vector<std::string>& mentioned);

// Says of `keys` what holds in the request, over what `out` said before.
void fill(const Cloud& cloud, const Org& org, const Request& request, const std::vector<std::string>& keys,
          iam::Context& out);

}  // namespace sallyport::access
