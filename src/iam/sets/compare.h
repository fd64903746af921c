// compare: does a new policy document allow more than the old one, less, the same?
//
// A document alone allows a request if some Allow statement applies and no Deny does.
// Requests are all strings, not only today's actions: an action `prefix:name`, a
// resource an ARN or `*`, and condition keys independent of everything else.
//
// The answer is exact: `equivalent` means that no request tells the documents apart.
// Where AWS does not say how a pattern or a value is read, equal causes are read
// equally in both documents; if the relation then hangs on the reading it is
// `unknown`, and `gaps` says on what. A document that was not understood is `unknown`.
//
//   auto c = compare(old_document, new_document, PolicyType::identity, registry);
//   if (c->relation == Relation::more) show(*c->more);
//
// Cost: some 50 microseconds for documents as people write them, milliseconds for
// AWS's longest; bounded on any input (then `unknown`).
#pragma once

#include <optional>
#include <vector>

#include "base/gap.h"
#include "base/result.h"
#include "iam/policy.h"
#include "iam/sets/witness.h"
#include "model/policy.h"
#include "model/registry.h"

namespace sallyport::iam::sets {

// What NEW allows, against OLD.
enum class Relation : std::uint8_t { equivalent, more, less, incomparable, unknown };
const char* name(Relation relation);

struct Comparison {
  Relation relation = Relation::unknown;
  std::optional<Witness> more;  // a request that NEW allows and OLD does not
  std::optional<Witness> less;  // a request that OLD allows and NEW does not
  std::vector<GapId> gaps;      // only if unknown; sorted, distinct
};

// Errors: none so far that a document could cause.
Result<Comparison> compare(const PolicyDocument& older, const PolicyDocument& newer, PolicyType type,
                           Registry& registry);

}  // namespace sallyport::iam::sets
