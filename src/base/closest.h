// Closest: which of some words somebody meant who wrote another one.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace sallyport {

// "--form" -> "--format": the closest of `words` by letters put in, left out, replaced
// or swapped, if it is close (a third of the letters at most), else empty. Words of more
// than 64 letters are close to nothing. Cost: both lengths multiplied, for each word.
std::string closest(std::string_view word, std::span<const std::string> words);

}  // namespace sallyport
