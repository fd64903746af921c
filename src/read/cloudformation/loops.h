// Loops: a template with what `Fn::ForEach` makes of it.
//
//   'Fn::ForEach::Zones': [Zone, [a, b], {'Subnet${Zone}': {Type: ..., Properties: {AvailabilityZone: !Ref Zone}}}]
//     -> SubnetA ... and SubnetB ..., each with its own zone
//
// Source: CloudFormation template reference, "Fn::ForEach" (with the transform AWS::LanguageExtensions).
#pragma once

#include <optional>

#include "read/cloudformation/work.h"
#include "read/json/tree.h"

namespace sallyport::read::cloudformation {

// The template of the stack with its loops unrolled, in all sections and in properties; a loop whose collection
// is not known stays as it is. Nothing: it has none, or does not ask for them, or they make too much of it.
// Parameters must have their values. Cost: linear in what is made, bounded.
std::optional<json::Tree> unroll(Work& work, Stack& stack);

// Is that a member that stands for a loop?
bool is_loop(std::string_view name);

}  // namespace sallyport::read::cloudformation
