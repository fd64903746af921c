// What `organization` measures while its files are there.
#pragma once

#include "rows.h"

namespace sallyport::bench {

// Deciding again after one changed rule (milliseconds), against reading the folder and deciding all.
Row redecide(const std::string& folder, const std::string& size);

}  // namespace sallyport::bench
