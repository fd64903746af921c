// Confirm: the script that asks AWS what we answered, and what came of it as text, JSON
// and as an `expect.yaml`.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "confirm/results.h"
#include "confirm/sample.h"
#include "show/page.h"

namespace sallyport::show {

// A POSIX shell script. It holds ids and ARNs of the input only where they are plain
// (confirm::plain_id, plain_arn), so that no name of the input can become a command.
void confirm_script(std::string& out, const confirm::Sample& sample);

void confirm_text(std::string& out, Page& page, const std::vector<confirm::Row>& rows);
void confirm_json(std::string& out, Page& page, const std::vector<confirm::Row>& rows, const Diagnostics& diagnostics);

// What AWS said as expectations of `sallyport test`. What no expectation can say, and
// what AWS could not say, becomes a comment.
void confirm_case(std::string& out, const std::vector<confirm::Row>& rows);

}  // namespace sallyport::show
