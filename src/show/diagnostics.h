// Diagnostics: what readers and engines had to say, for people and for programs.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "base/places.h"
#include "base/result.h"
#include "show/json_writer.h"
#include "show/style.h"

namespace sallyport::show {

// `"diagnostics": [{"severity", "code", "message", "origin"}]`, always there.
void diagnostics_member(JsonWriter& json, Places& places, const Diagnostics& diagnostics);

// One line each, worst first: "warning: a.json:12: ... [duplicate-key]". Notes only
// with `notes`; beyond `most` lines just how many more there are (0: all).
void print_diagnostics(std::string& out, Places& places, const Style& style, const Diagnostics& diagnostics,
                       bool notes = false, std::size_t most = 0);

// "error: a.json:3: ...", and "hint: ..." below it.
void print_error(std::string& out, Places& places, const Style& style, const Error& error);

}  // namespace sallyport::show
