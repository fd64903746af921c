// A node as JSON text again: for handing a part of a YAML file to a reader of JSON.
#pragma once

#include <string>
#include <string_view>

#include "read/json/tree.h"

namespace sallyport::read::json {

// Compact JSON, members in their order. Cost: linear.
std::string to_text(Node node);

// `text` as a JSON string, in quotes, behind what stands in `out`.
void append_string(std::string_view text, std::string& out);

}  // namespace sallyport::read::json
