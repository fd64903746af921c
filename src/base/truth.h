// Truth: yes, no, or not known. Kleene's strong three-valued logic.
//
// `unknown` is never a guess towards either side: an operation is decided only
// where every completion of the unknown operands gives the same answer.
#pragma once

#include <cstdint>

namespace sallyport {

enum class Truth : std::uint8_t { no, unknown, yes };

constexpr Truth truth(bool b) { return b ? Truth::yes : Truth::no; }

constexpr Truth operator!(Truth t) {
  return t == Truth::yes ? Truth::no : t == Truth::no ? Truth::yes : Truth::unknown;
}
constexpr Truth operator&(Truth a, Truth b) { return a < b ? a : b; }
constexpr Truth operator|(Truth a, Truth b) { return a < b ? b : a; }

}  // namespace sallyport
