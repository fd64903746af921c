// The policy templates of SAM: `S3ReadPolicy: {BucketName: !Ref B}` stands for statements.
// Source: AWS SAM developer guide, "Policy template list".
#pragma once

#include <string>
#include <string_view>

#include "read/cloudformation/properties.h"

namespace sallyport::read::cloudformation {

// The document that a policy template stands for, with the arguments put in. False: `gap` says what is not known,
// of the arguments or because the template is none of those that are read.
bool sam_policy(const Properties& function, std::string_view name, const Item& arguments, std::string& json,
                GapId& gap);

// The policy that the `ResourcePolicy` in the `Auth` of an API stands for, put among the rows.
Value<PolicyId> sam_resource_policy(const Properties& api, const Properties& auth, const sallyport::Resource& row);

}  // namespace sallyport::read::cloudformation
