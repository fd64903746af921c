// Check: the controls, run on one cloud.
//
//   const access::Access access(engine);
//   const Result<Report> report = check(access, {.today = "2026-01-31"});
//   if (fails(*report, Level::low)) ...   // exit 2
//   else if (undecided(*report)) ...      // exit 3
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "guard/finding.h"
#include "model/settings.h"

namespace sallyport::access {
class Access;
}

namespace sallyport::guard {

// A built-in control.
struct Control {
  const char* id;     // "services-through-endpoints"
  Level level;        // of its findings, unless the settings say otherwise
  const char* title;  // one line, what must hold
  const char* page;   // docs/controls/<id>.md
};

// All built-in controls, in the order of the report.
std::span<const Control> controls();

struct CheckOptions {
  std::vector<std::string> only;  // ids; empty: all that the settings do not switch off
  std::string today = {};         // YYYY-MM-DD, for suppressions that expire; empty: none expires
  std::size_t samples = 5;        // flows or accesses shown with a cause
};

struct Report {
  std::vector<ControlResult> results;  // in the order of controls()
  Diagnostics diagnostics;             // settings that name no control, suppressions that expired or match nothing
};

// Runs them. Errors: `only` names a control that does not exist. Cost: that of
// `paths` over all classes and targets, and of a few thousand decisions a resource.
Result<Report> check(const access::Access& access, const CheckOptions& options = {});

// Is there a finding at or above `level` that is not suppressed?
bool fails(const Report& report, Level level);

// Is a control undecided?
bool undecided(const Report& report);

}  // namespace sallyport::guard
