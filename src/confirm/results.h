// Results: what AWS answered, beside what we answer to the same questions.
//
// Read are the answers that the script of `confirm --print` writes:
// `ec2 describe-network-insights-analyses`, whose tag says what was asked, and
// `iam simulate-principal-policy`, whose file is named after the principal. What a file
// is, is told by its content. Nothing in them is believed to be well formed: what cannot
// be used is a row of its own, never passed over.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/access.h"
#include "base/result.h"
#include "confirm/probe.h"

namespace sallyport::confirm {

enum class Match {
  agrees,
  differs,
  unknown,  // we do not say, or the input does not hold what was asked
  silent,   // AWS could not say, or the file is no answer
};
const char* name(Match match);  // "agrees", "differs", "unknown", "silent"

struct Row {
  Match match = Match::silent;
  std::optional<PathQuestion> path;
  std::optional<PolicyQuestion> policy;
  std::string file;
  // Of AWS: a path was found, the request is allowed.
  std::optional<bool> aws_yes;
  std::string aws;                 // "found", "not found: ENI_SG_RULES_MISMATCH", "implicitDeny", why it is silent
  std::vector<std::string> codes;  // explanation codes, sorted, each once
  bool explicit_deny = false;
  // What the simulator says of single layers, where it does.
  std::optional<bool> boundary_allows;
  std::optional<bool> organization_allows;
  std::string ours;  // "private through interface-endpoint vpce-0b7", or why we do not say
};

// An answer as read, without ours. `file` as the user knows it.
std::vector<Row> read_results(const std::string& file, std::string text);

// Asks the same of the engines and compares.
void compare(const access::Access& access, std::vector<Row>& rows);

// All files below a folder, in order. Errors: a folder that is not there or empty of files.
Result<std::vector<Row>> read_folder(const std::string& folder);

}  // namespace sallyport::confirm
