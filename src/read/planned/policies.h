// Policies that plans and templates do not hold as a document: put together from parts, or
// AWS's default.
#pragma once

#include <string>

#include "read/planned/work.h"

namespace sallyport::read::planned {

// The document `json` as the policy `id` of `owner`. A later one replaces the earlier.
PolicyId put_policy_text(Work& work, Text partition, const std::string& id, const Head& owner, const std::string& json);

// The policy of a key to which none is given. Source: KMS Developer Guide, "Default key policy".
std::string default_key_policy(const TextPool& texts, Text partition, Text account);

// `execute-api:/*` in the policy of an API is short for its ARN and what follows: API Gateway writes it out.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
void write_out_api(Work& work, const Value<PolicyId>& policy, Text api_arn);

// A permission on a function, as Lambda's AddPermission takes it; texts that are empty are
// not given.
struct Permission {
  std::string_view sid;
  Text principal, action;
  Text source_arn, source_account, organization, url_auth;
};

// Adds the statement that it stands for to the policy of the function. `gap`: something of
// it is not known, or it is added to what is not. Source: Lambda API reference, AddPermission.
void add_permission(Work& work, Text partition, Function& row, const Permission& permission, GapId gap);

}  // namespace sallyport::read::planned
