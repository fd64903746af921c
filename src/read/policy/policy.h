// Reads policy documents: JSON nodes, or texts (JSON, percent-encoded JSON, JSON
// inside a JSON string) -> PolicyDocument.
//
// Strict, because what a typo switches off is a condition (MA-7): an element,
// operator, type or spelling that AWS does not define gives a diagnostic and marks
// the statement with a gap, so that every answer which hangs on it is `unknown`.
// The element that was not understood stands in its widest form, as model/policy.h
// says. Elements may hold one value or a list. A repeated key is not understood.
// Source: IAM User Guide, reference_policies_grammar.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/origin.h"
#include "model/policy.h"
#include "model/registry.h"
#include "read/json/tree.h"

namespace sallyport::read {

// The document in `node`: an object, or a string that holds one. `label` is how
// messages call it ("policy of bucket `b`"). Never fails: a document that cannot be
// read at all has its `gap` set.
PolicyDocument read_policy(json::Node node, std::string_view label, Registry& registry, Diagnostics& diagnostics);

// The document in `text`, which stands at `origin`. Symbols (base/text.h) may stand
// in it; a text that is one whole symbol gives a gap `known_after_apply`.
PolicyDocument read_policy_text(std::string_view text, Origin origin, std::string_view label, Registry& registry,
                                Diagnostics& diagnostics);

}  // namespace sallyport::read
