// Roles and profiles by name: how templates refer to them.
#pragma once

#include "read/cloudformation/properties.h"

namespace sallyport::read::cloudformation {

// The profile of that name or ARN; none for an empty one; unknown if it is in no input.
Value<InstanceProfileId> profile_named(const Properties& p, const Value<Text>& name);

// The same; none where the property is not given.
Value<RoleId> role_or_none(const Properties& p, const char* property);

// The role of that ARN; unknown for a text that is none.
Value<RoleId> role_with_arn(const Properties& p, const char* property);

}  // namespace sallyport::read::cloudformation
