// The answer to one line of `authorize` as JSON.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "iam/decide.h"
#include "model/registry.h"

namespace sallyport::cli {

// Appends `{"id": "c1", "decision": "allowed", ...}` and a newline. `id` is JSON.
void append_answer(std::string& out, std::string_view id, const iam::Decision& decision, const Registry& registry);

// Appends `{"id": "c1", "error": ...}` and a newline.
void append_error(std::string& out, std::string_view id, const Error& error, std::size_t line);

}  // namespace sallyport::cli
