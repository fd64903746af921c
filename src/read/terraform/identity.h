// Identity: what an attribute of a resource that does not exist yet will be, as far as
// that is sure.
//
// An id that AWS chooses is a symbol named after the attribute that bears it
// (`aws_vpc.main.id`): equal to itself, different from every id that exists. One thing
// must have one symbol, so attributes that name the same thing have a canonical one
// (`main_route_table_id` of a new VPC is its `default_route_table_id`). Names and ARNs
// that follow from known arguments are texts at once.
#pragma once

#include <string_view>

#include "base/value.h"
#include "model/ids.h"
#include "read/terraform/work.h"

namespace sallyport::read::terraform {

// The kind of object that an attribute names: (`aws_vpc`, `id`) is a VPC, and so is
// `vpc_id` of anything. `none` for all others.
Kind kind_of(std::string_view type, std::string_view attribute);

// Does AWS choose what stands in the attribute anew for each such resource, as an id?
bool names_new(std::string_view type, std::string_view attribute);

// The attribute by which a resource of `type` is named as an object of `kind`:
// `id` for (`aws_vpc`, vpc); empty if there is none.
std::string_view attribute_of(std::string_view type, Kind kind);

// What `attribute` is after apply: a text that may hold symbols, empty for none, or
// unknown with a gap. References are followed. Cost: bounded.
Value<Text> meaning(Work& work, const Resource& resource, std::string_view attribute, int depth = 0);

// The ARN of the resource; where nothing tells the account, in it one that may be any.
Value<Text> arn_of(Work& work, const Resource& resource);
// The account of a place; one that may be any where nothing tells it.
Text account_or_any(Work& work, const Place& place);

// The gap where that decides something.
GapId no_account(Work& work, Origin origin);

// The gap "`vpc_id` of `aws_subnet.a` is known after apply".
GapId after_apply(Work& work, const Resource& resource, std::string_view attribute);

}  // namespace sallyport::read::terraform
