// A node as JSON text again: for handing a part of a YAML file to a reader of JSON.
#pragma once

#include <string>

#include "read/json/tree.h"

namespace sallyport::read::json {

// Compact JSON, members in their order. Cost: linear.
std::string to_text(Node node);

}  // namespace sallyport::read::json
