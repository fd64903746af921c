// YAML text -> the same Tree as JSON, so that readers have one interface.
//
// A plain scalar is null, a boolean or a number only where JSON's own words would
// say so (`null`, `true`, `12`); everything else is a string as written: `012345678901`,
// `yes`, `0x10`, `1:30`. A quoted scalar is a string. Tags (`!Ref`) stay with the
// node. Aliases are copies of what they name; `<<` is an ordinary key.
//
// Repeated keys are recorded as in JSON; keys are scalars, always strings.
#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"
#include "read/json/tree.h"

namespace sallyport::read::yaml {

constexpr std::size_t nesting_limit = 100;
constexpr std::size_t size_limit = std::size_t{32} << 20;  // bytes of one file
constexpr std::size_t value_limit = 4'000'000;             // values once aliases are expanded

// The tree of `source`, whose places are in `document`; several documents (`---`)
// are several roots; an empty text gives an empty tree. Errors, with place: not
// YAML, not UTF-8, a key that is no scalar, an alias without its anchor or inside
// what it names, one of the limits.
Result<json::Tree> parse(std::string source, DocumentId document = 0);

}  // namespace sallyport::read::yaml
