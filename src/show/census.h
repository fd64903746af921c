// Census: what is unknown, by cause, as text, JSON and Markdown.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "guard/census.h"
#include "show/page.h"

namespace sallyport::show {

void census_json(std::string& out, Page& page, const guard::Census& census, const Diagnostics& diagnostics);
void census_text(std::string& out, Page& page, const guard::Census& census);
void census_markdown(std::string& out, Page& page, const guard::Census& census);

}  // namespace sallyport::show
