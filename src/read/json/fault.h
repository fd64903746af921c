// Where a text that is not JSON breaks, for messages. Slow and obvious: it runs
// only after the fast parser has refused a text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sallyport::read::json {

// What is wrong below the level of structure, and at which byte (0-based): bytes
// that are not UTF-8, a control character in a string, a string without end.
struct Fault {
  std::string what;
  std::size_t offset = 0;
};
Fault find_fault(std::string_view text);

}  // namespace sallyport::read::json
