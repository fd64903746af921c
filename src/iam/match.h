// Match: does a part of a policy apply to a request? Four answers.
//
// Beside yes and no there are two ways of not deciding, and they are different
// things: `conditional` hangs on a key that only the caller fixes, `unknown` on
// something that we lack. Both follow Kleene's tables; where both meet, `unknown`
// wins. So the order below makes "or" the maximum.
#pragma once

#include <algorithm>
#include <cstdint>

#include "base/truth.h"

namespace sallyport::iam {

enum class Match : std::uint8_t { no, conditional, unknown, yes };

constexpr Match match(bool b) { return b ? Match::yes : Match::no; }
constexpr Match match(Truth t) { return t == Truth::yes ? Match::yes : t == Truth::no ? Match::no : Match::unknown; }

constexpr bool decided(Match m) { return m == Match::yes || m == Match::no; }

constexpr Match operator!(Match m) { return m == Match::yes ? Match::no : m == Match::no ? Match::yes : m; }
constexpr Match operator|(Match a, Match b) { return std::max(a, b); }
constexpr Match operator&(Match a, Match b) {
  if (a == Match::no || b == Match::no) return Match::no;
  if (a == Match::yes) return b;
  if (b == Match::yes) return a;
  return std::max(a, b);
}

// What holds where two readings of AWS's documentation, or two possible states
// of the world, give `a` and `b`: their common answer, or `unknown`.
constexpr Match either(Match a, Match b) { return a == b ? a : Match::unknown; }

}  // namespace sallyport::iam
