// For what a policy document is used, told by what stands around it: the members of
// AWS's answers, of Terraform's plans and states, of CloudFormation's templates.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/policy_source.h"
#include "read/json/tree.h"

namespace sallyport::read {

// An object on the way from the root to a document, and the name of the member by
// which the way goes on.
struct Around {
  json::Node object;
  std::string_view member;
};

struct TellTale {
  std::optional<PolicyUse> use;  // none: nothing around it tells
  std::string service;           // IAM prefix of the service that an endpoint or resource is of; may be empty
  std::string owner;             // of what it is the policy: an id, a name; may be empty
  bool in_force = true;          // false: an old version of a managed policy
  bool accepted = false;         // AWS answered it, so AWS has accepted it
};

// `way` leads from the root to the document, which is the last one's member.
TellTale tell_use(const std::vector<Around>& way);

// Told by its contents alone: with `Principal` a resource policy (a trust policy if all it
// names is assuming roles), without one an identity policy.
PolicyUse use_by_content(const PolicySource& source);

}  // namespace sallyport::read
