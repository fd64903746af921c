// Two files compared, for the command and for expectations.
#pragma once

#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "base/result.h"
#include "iam/sets/compare.h"
#include "model/registry.h"

namespace sallyport::cli {

struct ComparedPolicies {
  iam::sets::Comparison comparison;
  iam::PolicyType type;
};

// Reads both files (`-`: standard input) and compares them. Without a type: `resource`
// if a statement has a principal, else `identity`.
Result<ComparedPolicies> compare_policy_files(const std::string& older, const std::string& newer,
                                              std::optional<iam::PolicyType> type, Registry& registry,
                                              Diagnostics& diagnostics);

// "more", "unknown" ...: what an expectation `compare:` asks.
Result<std::string> relation_of_files(const std::string& older, const std::string& newer);

}  // namespace sallyport::cli
