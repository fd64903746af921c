// One self-contained request of the command `authorize`: who wants to do what to
// which resource, and every policy that may bear on it. Plain values: read/ fills
// them from a line of JSON, iam/ decides them. DESIGN.md has the format.
//
// Names and ARNs are views into the line as it was read (its tree), which must outlive
// the case: a line is decided at once, and copies would cost more than the decision.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/truth.h"
#include "model/policy.h"

namespace sallyport {

// A document where it stands in the request.
struct AuthorizeDocument {
  std::shared_ptr<const PolicyDocument> document;
  std::uint32_t index = 0;  // in its list
  // Not 0: the reader keeps it, because requests repeat it. Equal numbers of one reader
  // mean the same document in the same place, so what was made of it may be kept, too.
  std::uint32_t number = 0;
};

// The documents of one layer, or of one level of an organization.
struct AuthorizePolicies {
  std::vector<AuthorizeDocument> documents;
  bool unknown = false;  // "unknown" stands in the place of one or all: not collected
};

struct AuthorizeLevels {
  std::vector<AuthorizePolicies> levels;  // root first
  bool unknown = false;
};

struct AuthorizeEndpoint {
  bool gateway = false;
  Truth policy_supported = Truth::yes;
};

struct AuthorizeCase {
  std::string_view principal;
  std::string_view action;
  std::string_view resource;
  std::string_view resource_account;                                           // empty: not given
  std::vector<std::pair<std::string_view, std::vector<std::string>>> context;  // complete: other keys are absent

  AuthorizePolicies identity;
  AuthorizePolicies resource_policy;
  std::optional<AuthorizePolicies> endpoint_policy;  // none: no endpoint, or no policy at it
  AuthorizeEndpoint endpoint;
  AuthorizeLevels scp;
  AuthorizeLevels rcp;
  std::optional<AuthorizePolicies> boundary;
  std::optional<AuthorizePolicies> session;
  std::string_view management_account;  // empty: none
  bool restrict_public_buckets = false;
};

}  // namespace sallyport
