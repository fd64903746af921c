// Takes knowledge away from a cloud, as missing files, refused calls and plans do.
//
// The erased cloud says less and nothing else: the full cloud is one of those that
// it may stand for. So whatever an engine claims of the erased cloud must be true of
// the full one, or be `unknown` with the truth among what it may be.
#pragma once

#include <string>
#include <vector>

#include "library/net/random.h"
#include "model/cloud.h"

namespace sallyport::generate {

// How a cloud loses knowledge.
struct Erasure {
  int pieces = 3;      // single values, list entries and rows
  int whole_kind = 0;  // percent: one kind was not collected at all
};

// `cloud` with less in it, over the same registry: the same ids mean the same
// objects. What was erased is appended to `what`, for reports.
Cloud erase(const Cloud& cloud, const Erasure& erasure, Random& random, std::vector<std::string>& what);

// Says of every kind but `missing` that it was collected in full.
void claim_coverage(Change& change, const std::vector<Kind>& missing);

}  // namespace sallyport::generate
