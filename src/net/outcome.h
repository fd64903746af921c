// Outcome: how one alternative of a flow ends, and how alternatives unite.
#pragma once

#include <string>
#include <vector>

#include "net/answer.h"
#include "net/beam.h"

namespace sallyport::net {

// What a beam has met so far.
struct Trail {
  std::vector<Hop> hops;
  std::vector<Door> doors;
  std::vector<GapId> doubts;  // filters of which it is not known whether they pass it
  std::vector<Ref> reads;
  std::vector<std::string> assumptions;
};

// One end. `may` holds one verdict: decided; several: unknown, for `trail.doubts`.
struct Outcome {
  May may;
  Trail trail;
  Reason reason;
  std::vector<Passage> passages;  // the ways in which it gets, or may get, through
};

using Outcomes = std::vector<Outcome>;

// `blocked`, and why.
Outcome refused(Reason reason);

// The only verdict of the set, or `unknown`.
Verdict verdict_of(May may);

// It is not known which of these happens (one does): the union of what they may
// be, told by the first that is least private.
Outcome either(Outcomes outcomes);

// The flow's answer from all of its alternatives (each does happen for some packet
// or choice). `alternatives` must not be empty.
Answer unite(Outcomes alternatives);

// United too, but still as one alternative of a wider question. Not empty, either.
Outcome as_one(Outcomes alternatives);

}  // namespace sallyport::net
