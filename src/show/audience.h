// Audience: who can reach a door, and who may do what through it.
#pragma once

#include <string>

#include "access/audience.h"
#include "base/diagnostic.h"
#include "show/page.h"

namespace sallyport::show {

void audience_json(std::string& out, Page& page, const access::Audience& audience, const Diagnostics& diagnostics);
void audience_text(std::string& out, Page& page, const access::Audience& audience);

}  // namespace sallyport::show
