// `expect.yaml` -> Case: questions and the answers that are expected of them.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "model/expect.h"
#include "read/json/tree.h"

namespace sallyport::read {

// The case in `folder`, which holds an `expect.yaml`. Errors, each with its place:
// the file cannot be read or is not YAML, an unknown key, a word that is no verdict,
// decision, relation ..., an expectation without a question, with several, or in
// which nothing is expected.
Result<Case> read_case(const std::string& folder, Documents& documents);

// The same from a document that is already there. Files of `authorize:` are read
// from `folder`.
Result<Case> case_of(json::Node root, const std::string& folder);

// The folders with an `expect.yaml` at or below `folder`, sorted. Errors: a folder
// that does not exist or cannot be read.
Result<std::vector<std::string>> case_folders(const std::string& folder);

}  // namespace sallyport::read
