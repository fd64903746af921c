// Why: collects the reasons for which something could not be decided, where the
// caller wants to know; costs nothing where it does not.
#pragma once

#include <vector>

#include "base/gap.h"
#include "iam/match.h"

namespace sallyport::iam {

struct Why {
  std::vector<GapId>* gaps = nullptr;

  // `unknown`, for that reason.
  Match unknown(GapId gap) const {
    if (gaps != nullptr && gap) gaps->push_back(gap);
    return Match::unknown;
  }
  Match match(Truth t, GapId gap) const { return t == Truth::unknown ? unknown(gap) : iam::match(t); }
};

}  // namespace sallyport::iam
