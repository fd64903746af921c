// Result<T>: a value, or the Error that input caused.
//
// Input can fail, and says where: every Error carries the place in the input
// that caused it. Our own bugs do not travel this way: they meet SP_ASSERT.
//
//   Result<Prefix> p = parse_prefix("10.0.0.0/33");
//   if (!p) show(p.error().message);     // "prefix length `33` exceeds 32"
//
// No exception crosses a function of this project. `value()` of tl::expected
// throws and is not used; `operator*` after a test is.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

#include "base/origin.h"

namespace sallyport {

// What went wrong with an input. `message` is lower case, has no full stop and
// quotes user text in backticks; `hint` (may be empty) says what to do.
struct Error {
  std::string message;
  std::string hint = {};
  Origin origin = {};
};

template <class T>
using Result = tl::expected<T, Error>;

// Shorthand for returning an error: `return fail("unknown key `" + k + "`");`
inline tl::unexpected<Error> fail(std::string message, std::string hint = {}, Origin origin = {}) {
  return tl::unexpected<Error>(Error{std::move(message), std::move(hint), origin});
}

}  // namespace sallyport

// Our own bugs only, never input: prints the condition and its place, then aborts.
#define SP_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : ::sallyport::assertion_failed(#condition, __FILE__, __LINE__))

namespace sallyport {
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);
}
