// Text that is safe to show: what an input says may hold anything, also the bytes
// that move a terminal's cursor.
//
//   clean("a\x1b[2Jb")   -> "a\\x1b[2Jb"
//   clean(symbol)        -> "(known after apply: aws_vpc.main.id)"
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sallyport::show {

// Valid UTF-8 with symbols spelled out; bytes that are none become U+FFFD.
std::string utf8(std::string_view text);

// As utf8(), and control characters, among them those that turn the direction of
// writing, are spelled out: fit for one line of a terminal.
std::string clean(std::string_view text);

// Characters of valid UTF-8: columns, as long as nobody uses wide ones.
std::size_t columns(std::string_view utf8);

// The text in lines of at most `width` columns, broken at spaces; longer words stay whole.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

// "1 flow", "2 flows"; "1 class", "2 classes" with `many`.
std::string count(std::size_t n, std::string_view one, std::string_view many = {});

// A path as a relative or file URI: what SARIF takes for a place.
std::string uri(std::string_view path);

// "private, public or blocked".
std::string alternatives(const std::vector<std::string>& words);

}  // namespace sallyport::show
