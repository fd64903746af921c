// Facets: values of one type that a key's conditions compare with, and one value for
// each way in which they can fall.
//
// Numbers, moments and addresses lie on a line that the conditions cut into pieces:
// one value of each piece stands for all of it. Truths and binary values are few.
// What is not of the type is one piece more (`unreadable`).
// An address key holds one address: a block as a request's value is not considered.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "iam/condition.h"
#include "model/condition_operator.h"

namespace sallyport::iam::sets {

enum class Facet : std::uint8_t { text, numeric, date, boolean, binary, address };
inline constexpr std::size_t facet_count = 6;

// Of a comparison; `text` for strings, ARNs and Null.
Facet facet_of(Comparison comparison);
const char* name(Facet facet);

// One value of each piece that `operands` cut the facet into; unreadable ones of the
// policy are left out. Some values may fall alike.
std::vector<std::string> samples(Facet facet, std::span<const Operand* const> operands);

// Does `value` compare so with some operand? nullopt: it is not of the type.
std::optional<bool> matches_any_of(Comparison comparison, std::string_view value, std::span<const Operand> operands);

}  // namespace sallyport::iam::sets
