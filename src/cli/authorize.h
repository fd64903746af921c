// authorize: many self-contained requests, a JSON object a line in, a decision a
// line out, in the same order.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/line_blocks.h"
#include "guard/expect.h"

namespace sallyport::cli {

struct AuthorizeCounts {
  std::size_t answered = 0;
  std::size_t malformed = 0;
  std::size_t unknown = 0;
  AuthorizeCounts& operator+=(const AuthorizeCounts& more);
};

// Answers what `read` gives, to its end. `write` gets the answers, whole lines, `say`
// what is worth telling beside them, each with the place (`path:line`). A malformed line
// gives an error object with its id, as far as that can be read; blank lines give
// nothing. The same bytes come out on any number of threads; memory does not grow with
// the input.
AuthorizeCounts authorize_lines(const ReadBytes& read, const std::string& path, std::size_t threads,
                                const std::function<void(std::string_view)>& write,
                                const std::function<void(std::string_view)>& say);

// One request as JSON text: for the expectation `authorize:` of a case.
Result<guard::Authorized> authorize_text(std::string_view json);

}  // namespace sallyport::cli
