// Diagnostic: what a reader or an engine has to tell about the input, as data.
//
// Nothing below `show/` prints: diagnostics are collected and shown at the end.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/origin.h"

namespace sallyport {

enum class Severity : std::uint8_t {
  note,     // worth knowing, changes no answer
  warning,  // something was not understood: answers that depend on it are unknown
  error,    // an input that could not be used at all
};

struct Diagnostic {
  Severity severity = Severity::warning;
  std::string code;     // stable, for programs: `unread-file`, `duplicate-key` ...
  std::string message;  // lower case, user text in backticks
  Origin origin = {};
};

using Diagnostics = std::vector<Diagnostic>;

}  // namespace sallyport
