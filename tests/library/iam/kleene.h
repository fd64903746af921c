// Kleene's three values, for the naive judge only.
//
// A second one beside base/truth.h on purpose: the judge shares no line with what
// it judges. `no < unknown < yes`, so "and" is the smaller and "or" the greater.
#pragma once

#include <algorithm>

namespace sallyport::naive::iam {

enum class Kleene { no, unknown, yes };

inline Kleene both(Kleene a, Kleene b) { return std::min(a, b); }
inline Kleene either(Kleene a, Kleene b) { return std::max(a, b); }
inline Kleene negation(Kleene a) {
  return a == Kleene::yes ? Kleene::no : a == Kleene::no ? Kleene::yes : Kleene::unknown;
}
inline Kleene sure(bool b) { return b ? Kleene::yes : Kleene::no; }

}  // namespace sallyport::naive::iam
