// authorize: many self-contained requests, a JSON object a line in, a decision a
// line out, in the same order.
#pragma once

#include <functional>
#include <istream>
#include <string>
#include <string_view>

#include "base/result.h"
#include "guard/expect.h"

namespace sallyport::cli {

struct AuthorizeCounts {
  std::size_t answered = 0;
  std::size_t malformed = 0;
  std::size_t unknown = 0;
};

// Reads `in` to its end. `write` gets the answers, `say` what is worth telling
// beside them, each with the place (`path:line`). A malformed line gives an error
// object with its id, as far as that can be read; blank lines give nothing.
AuthorizeCounts authorize_lines(std::istream& in, const std::string& path,
                                const std::function<void(std::string_view)>& write,
                                const std::function<void(std::string_view)>& say);

// One request as JSON text: for the expectation `authorize:` of a case.
Result<guard::Authorized> authorize_text(std::string_view json);

}  // namespace sallyport::cli
