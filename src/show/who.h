// Who: the answer of `who`, as JSON and as text.
#pragma once

#include <string>

#include "access/who.h"
#include "base/diagnostic.h"
#include "show/page.h"

namespace sallyport::show {

void who_json(std::string& out, Page& page, const access::WhoAnswer& answer, const Diagnostics& diagnostics);

// Principals by decision, each group with its doors, the statements that let it and the
// conditions that it has to meet; then how many pass each door.
void who_text(std::string& out, Page& page, const access::WhoAnswer& answer);

}  // namespace sallyport::show
