// Census: what is unknown, by cause: how much hangs on it, and what settles it.
#pragma once

#include <string>
#include <vector>

#include "guard/finding.h"
#include "guard/survey.h"

namespace sallyport::guard {

struct CensusEntry {
  GapId gap;
  std::string kind;    // "not-collected", "known-after-apply" ...
  std::string what;    // the cause
  std::string remedy;  // the one command or assumption that settles it; may be empty
  Origin place;
  Affected flows;         // flows that are unknown and hang on it, perhaps among others
  std::size_t alone = 0;  // flows of these that hang on nothing else
};

struct Census {
  std::size_t flows = 0;            // all surveyed, by workload
  std::size_t unknown = 0;          // of them
  std::vector<CensusEntry> causes;  // most flows first, then by text
  std::vector<Unread> unread;       // answers of the input that no reader knows
};

// Cost: one pass over the survey.
Census census(const Survey& survey, std::size_t samples = 5);

}  // namespace sallyport::guard
