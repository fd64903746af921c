// Census: what is unknown, by cause, as text, JSON and Markdown.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "guard/census.h"
#include "show/page.h"

namespace sallyport::show {

// `lacks`: workloads and targets that were not collected, so that flows from and to
// them are not even counted.
void census_json(std::string& out, Page& page, const guard::Census& census, const std::vector<GapId>& lacks,
                 const Diagnostics& diagnostics);
void census_text(std::string& out, Page& page, const guard::Census& census, const std::vector<GapId>& lacks);
void census_markdown(std::string& out, Page& page, const guard::Census& census, const std::vector<GapId>& lacks);

}  // namespace sallyport::show
