// The answer of `policy compare`, as JSON and as text.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "iam/sets/compare.h"
#include "show/page.h"

namespace sallyport::show {

// How the documents are called in the text.
struct ComparedFiles {
  std::string older;
  std::string newer;
};

void policy_compare_json(std::string& out, Page& page, const iam::sets::Comparison& comparison, iam::PolicyType type,
                         const Diagnostics& diagnostics);

// The relation in a sentence; then, for each direction, a request as proof.
void policy_compare_text(std::string& out, Page& page, const iam::sets::Comparison& comparison,
                         const ComparedFiles& files);

const char* name(iam::PolicyType type);  // "identity", "resource" ...

}  // namespace sallyport::show
