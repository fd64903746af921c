// A file that holds one policy document, plain or inside an answer of AWS.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "base/result.h"
#include "model/policy.h"
#include "model/registry.h"

namespace sallyport::read {

inline constexpr std::size_t policy_file_limit = 16 << 20;  // bytes

// The document in `bytes`, which stand in the file `path`: an object with `Statement`,
// or what an API answers around one: `{"Policy": "..."}`, `{"PolicyDocument": {...}}`,
// `{"PolicyVersion": {"Document": ...}}`, `{"Policy": {"Content": "..."}}`, `{"Attributes":
// {"Policy": "..."}}`. What is not understood inside the document becomes diagnostics
// and gaps (read_policy). Errors: not JSON; no document, or more than one value.
Result<PolicyDocument> read_policy_bytes(std::string bytes, const std::string& path, Registry& registry,
                                         Diagnostics& diagnostics);

}  // namespace sallyport::read
