// Identity: what `Ref` and `GetAtt` of a resource will give, as far as that is sure.
//
// An id that AWS chooses is a symbol named after the logical id (`Vpc`, `Net.Vpc` where
// there are several stacks): equal to itself, different from every id that exists. One
// thing must have one symbol: `!Ref Subnet` and `!GetAtt Subnet.SubnetId` are one. Names
// and ARNs that follow from properties are texts at once. What is not in the tables is
// a text that may be anything.
#pragma once

#include <string_view>

#include "read/cloudformation/work.h"

namespace sallyport::read::cloudformation {

Item ref_to(Work& work, const Resource& resource, Origin origin);
Item attribute_of(Work& work, const Resource& resource, std::string_view attribute, Origin origin);

// The id of the resource's own object, where AWS chooses it: the symbol.
Text own_symbol(Work& work, const Resource& resource, std::string_view part = {});

// The name that the resource has: from its property, else chosen by CloudFormation.
// Unknown where the property is.
Value<Text> own_name(Work& work, const Resource& resource);

// Is the ARN of resources of the type one that their name makes?
bool has_arn(std::string_view type);

// Its ARN; unknown where its name is.
Value<Text> own_arn(Work& work, const Resource& resource);

// `Ref` (without attribute) or `GetAtt` of the role that SAM makes for a function.
Item sam_role_ref(Work& work, const Resource& function, std::string_view attribute, Origin origin);

// The account where it is made; one that may be any where nothing says which.
Text account_of(Work& work, const Stack& stack);

}  // namespace sallyport::read::cloudformation
