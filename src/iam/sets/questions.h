// Questions about one document, or two, as sets of requests.
//
//   Answer a = allows_anything(document, PolicyType::endpoint, registry);
//   if (a.holds == Truth::no) ...   // an endpoint policy through which nothing passes
//
// Each is exact in the sense of analysis.h; `unknown` comes with its gaps.
#pragma once

#include <optional>
#include <vector>

#include "base/gap.h"
#include "base/truth.h"
#include "iam/policy.h"
#include "iam/sets/witness.h"
#include "model/policy.h"
#include "model/registry.h"

namespace sallyport::iam::sets {

struct Answer {
  Truth holds = Truth::no;
  std::optional<Witness> example;  // a request that shows it: where it holds, of `implies` where it does not
  std::vector<GapId> gaps;         // only if unknown
};

// Is there a request that the document alone allows?
Answer allows_anything(const PolicyDocument& document, PolicyType type, Registry& registry);

// Does `wide` allow all that `narrow` does? / Is there a request that both allow?
Answer implies(const PolicyDocument& narrow, const PolicyDocument& wide, PolicyType type, Registry& registry);
Answer overlap(const PolicyDocument& a, const PolicyDocument& b, PolicyType type, Registry& registry);

// What a statement is good for.
struct StatementUse {
  Answer applies;  // to some request
  Answer matters;  // some request is decided otherwise without it
};
// By statement, in the document's order. One pass for all of them.
std::vector<StatementUse> statement_uses(const PolicyDocument& document, PolicyType type, Registry& registry);

}  // namespace sallyport::iam::sets
