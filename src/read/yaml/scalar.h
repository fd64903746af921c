// What a YAML scalar means.
#pragma once

#include <string_view>

#include "read/json/tree.h"

namespace sallyport::read::yaml {

// The kind of a plain scalar: null, boolean, number (JSON's grammar), or string.
json::Kind kind_of_plain(std::string_view text);

}  // namespace sallyport::read::yaml
