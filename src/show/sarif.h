// SARIF 2.1.0 for code hosts: rules and results, whatever command found them.
//
//   SarifLog log;
//   log.rules.push_back({.id = "allows-nothing", .title = "...", .grade = SarifGrade::high});
//   log.results.push_back({.rule = 0, .grade = SarifGrade::high, .message = "..."});
//   sarif(out, log, version);
//
// Source: OASIS, Static Analysis Results Interchange Format 2.1.0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/origin.h"

namespace sallyport::show {

// How bad it is: SARIF's `level`, and the number that code hosts sort by.
enum class SarifGrade : std::uint8_t { critical, high, medium, low, info };

struct SarifRule {
  std::string id;
  std::string title;
  std::string help_uri;  // a page, or
  std::string help;      // a text; what is empty is left out
  SarifGrade grade = SarifGrade::medium;
};

struct SarifResult {
  std::size_t rule = 0;             // in the log's rules
  std::optional<SarifGrade> grade;  // none: what could not be decided, `"kind": "open"`
  std::string message;
  Place place;                      // the physical location; none without a path
  bool columns = false;             // the place's column counts, too
  std::optional<std::string> name;  // of the logical location; none: it has
  std::string full_name;            // one with all that it stands in
  std::string kind;
  std::string fingerprint;                // stable from run to run
  std::optional<std::string> suppressed;  // why
  std::optional<std::string> cause;       // properties
  std::optional<std::size_t> affected;
};

struct SarifLog {
  std::vector<SarifRule> rules;
  std::vector<SarifResult> results;
};

// `version` is that of the program.
void sarif(std::string& out, const SarifLog& log, const char* version);

}  // namespace sallyport::show
