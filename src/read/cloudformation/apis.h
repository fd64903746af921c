// APIs: what readers of API Gateway's and of SAM's APIs share.
#pragma once

#include "read/cloudformation/properties.h"

namespace sallyport::read::cloudformation {

// The policy that a definition brings along, for the row of the API: that of `body`; unknown where `elsewhere` says
// that it lies in S3. None: it brings none.
Value<PolicyId> policy_in_definition(const Properties&, const char* body, const char* elsewhere,
                                     const sallyport::Resource& row);

}  // namespace sallyport::read::cloudformation
