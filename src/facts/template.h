// Name templates: `lambda.{region}.{dns}` and what they stand for. For the files of
// this folder only.
#pragma once

#include <string>
#include <string_view>

#include "facts/regions.h"

namespace sallyport::facts {

// The template with {region}, {dns} and {dual} replaced.
std::string fill(std::string_view name_template, std::string_view region, const Partition& partition);

// Does a row hold in this Region? `regions` is empty (in all), `a,b` (only there) or
// `!a,b` (not there).
bool holds_in(std::string_view regions, std::string_view region);

// Bit of a partition in the masks of the tables.
unsigned bit_of(const Partition& partition);

}  // namespace sallyport::facts
