// Shows what `policy check` found.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/places.h"
#include "iam/lint/lint.h"
#include "model/policy_source.h"
#include "show/style.h"

namespace sallyport::show {

// One document, and what was found in it.
struct CheckedPolicy {
  std::string file;
  std::string pointer;  // of the document in the file; empty: the file is the document
  std::string owner;    // of what it is the policy; may be empty
  PolicyUse use = PolicyUse::identity;
  const char* told = "";  // by what its use is known: "option", "answer", "content"
  std::string service;    // may be empty
  iam::lint::Report report;
};

void policy_check_text(std::string& out, Places& places, const Style& style,
                       const std::vector<CheckedPolicy>& policies);
void policy_check_json(std::string& out, Places& places, const std::vector<CheckedPolicy>& policies,
                       const Diagnostics& diagnostics);
void policy_check_sarif(std::string& out, Places& places, const std::vector<CheckedPolicy>& policies,
                        const char* version);

}  // namespace sallyport::show
