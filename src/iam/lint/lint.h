// Lint: the mistakes in one policy document.
//
//   const lint::Report report = lint::check({.source = source, .use = PolicyUse::endpoint});
//   for (const lint::Finding& f : report.findings) ...   // "allows-nothing", high, where
//
// Every check is a code with a level, one line, and the page of AWS that says so
// (`codes()`). A finding is true of the document as it stands: where the facts at hand do
// not decide, nothing is said, or it is said under `undecided` what is missing. The tables
// of actions and keys are as old as the program (data/README.md), and findings that rest on
// them say so.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/origin.h"
#include "model/policy_source.h"

namespace sallyport::iam::lint {

enum class Level : std::uint8_t { info, low, medium, high };
const char* name(Level level);
std::optional<Level> parse_level(std::string_view text);

struct Code {
  const char* id;     // "allows-nothing"; never changes
  Level level;        // of its findings
  const char* title;  // one line: what is wrong
  const char* page;   // AWS's page that says so
};
// All of them, by id.
std::span<const Code> codes();
// By its id, which must exist.
const Code& code(std::string_view id);

struct Finding {
  const Code* code = nullptr;
  std::string message;
  Origin origin;                // of the element, action, value ... at fault
  std::string pointer;          // the same within the document: `/Statement/0/Action/1`
  std::uint32_t statement = 0;  // 1-based; 0: the document as a whole
  std::string sid;              // of that statement
};

struct Subject {
  const PolicySource& source;
  PolicyUse use = PolicyUse::identity;
  bool use_known = true;     // false: told by the contents alone
  std::string service = {};  // IAM prefix of the service whose endpoint or resource it is; may be empty
  bool accepted = false;     // AWS has accepted the document: sizes are not held against it
};

struct Report {
  std::vector<Finding> findings;   // by place, then by code
  std::size_t left_out = 0;        // of a document with more than a thousand of them
  std::vector<Finding> undecided;  // what would be a finding if ...: the message says what is missing
};

// Runs all checks. Cost: linear in the document but for the comparison of statements with
// each other, which is bounded (beyond, it is `undecided`).
Report check(const Subject& subject);

}  // namespace sallyport::iam::lint
