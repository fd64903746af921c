// Readable: under which conditions a function of the keys holds, for people.
//
//   aws:SourceVpce is `vpce-1`
//   aws:MultiFactorAuthPresent is `true`
//
// Each line of the outer list is one way; all of its conditions must hold. Conditions
// that others imply are left out ("is there" beside "is `x`"). "Is not `x`" holds for a
// key that is absent, too.
#pragma once

#include <string>
#include <vector>

#include "iam/sets/analysis.h"

namespace sallyport::iam::sets {

struct Conditions {
  // Empty: never. One that is empty: always.
  std::vector<std::vector<std::string>> ways;
  bool complete = true;  // false: there are more ways than are told
};

// `node`: of a region of the analysis.
Conditions readable(Analysis& analysis, Bdd::Node node);

}  // namespace sallyport::iam::sets
