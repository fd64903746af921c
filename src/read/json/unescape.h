// The escapes of JSON strings.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sallyport::read::json {

// Appends the contents of a string (between its quotes, `raw`) to `out`, escapes
// resolved. Returns npos, or the byte of `raw` at which an escape is wrong: an
// unknown one, bad hexadecimal digits, half of a surrogate pair. Cost: linear.
std::size_t unescape(std::string_view raw, std::string& out);

}  // namespace sallyport::read::json
