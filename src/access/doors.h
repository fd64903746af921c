// Doors: what is known of a VPC endpoint as such: which service answers behind it,
// whether it works, whether its policy counts.
#pragma once

#include <string>
#include <string_view>

#include "access/thing.h"
#include "base/result.h"
#include "base/truth.h"
#include "model/cloud.h"

namespace sallyport::access {

// The API service behind an endpoint's service name: `s3` in `eu-central-1` for
// `com.amazonaws.eu-central-1.s3`. Empty service: a vendor's, or not known.
struct Serves {
  std::string service;
  std::string region;
  std::string iam_prefix;
};
Serves serves(const Cloud& cloud, const Endpoint& endpoint);

bool is_type(const Endpoint& endpoint, EndpointType type);  // known, and of that type
bool works(const Endpoint& endpoint);                       // state known and working

// The endpoint of that id or Name tag. Errors: none, or several.
Result<const Endpoint*> endpoint_named(const Cloud& cloud, std::string_view text);

// Can a request for the thing come through this endpoint? Yes where it is not known
// what the endpoint leads to.
bool leads_to(const Cloud& cloud, const Endpoint& endpoint, const Thing& thing);

// Does the endpoint's service honour a policy on the endpoint (EP-3, EP-4)? Its own
// answer, else what the facts know; a gap where neither does.
struct PolicySupport {
  Truth honoured = Truth::unknown;
  GapId gap;
};
PolicySupport policy_support(const Cloud& cloud, const Endpoint& endpoint);

}  // namespace sallyport::access
