// Checks: what the controls say, as text, JSON, SARIF 2.1.0 and Markdown.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "guard/check.h"
#include "show/page.h"

namespace sallyport::show {

struct CheckView {
  bool suppressed = false;  // also findings that the settings suppress
};

void check_json(std::string& out, Page& page, const guard::Report& report, const Diagnostics& diagnostics);
void check_text(std::string& out, Page& page, const guard::Report& report, const CheckView& view);
void check_markdown(std::string& out, Page& page, const guard::Report& report);

// One rule a control, one result a finding, with stable partialFingerprints; what
// could not be decided is a result of kind `open`, what is suppressed carries
// `suppressions`. `version` is that of the program.
void check_sarif(std::string& out, Page& page, const guard::Report& report, const char* version);

// The control's own description; nullptr for none.
const guard::Control* control(std::string_view id);

}  // namespace sallyport::show
