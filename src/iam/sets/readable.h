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
#include "iam/sets/keys.h"
#include "iam/sets/unknowns.h"

namespace sallyport::iam::sets {

struct Conditions {
  // Empty: never. One that is empty: always.
  std::vector<std::vector<std::string>> ways;
  bool complete = true;  // false: there are more ways than are told
  bool never() const { return complete && ways.empty(); }
  bool always() const { return ways.size() == 1 && ways.front().empty(); }
  friend bool operator==(const Conditions&, const Conditions&) = default;
};

// What a function's variables mean.
struct Vocabulary {
  Bdd& bdd;
  const Keys& keys;
  const Unknowns& unknowns;
  const Registry& registry;
};

// Exact, but for the keys' own values: `given` need hold of no request that does not
// fulfil it. Ways that no request can take are left out.
Conditions readable(const Vocabulary& words, Bdd::Node node, Bdd::Node given = Bdd::yes);
// `node`: of a region of the analysis.
Conditions readable(Analysis& analysis, Bdd::Node node);

}  // namespace sallyport::iam::sets
