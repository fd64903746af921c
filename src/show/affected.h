// Affected: the flows and accesses that hang on one cause: how many, and the first.
#pragma once

#include <string>

#include "guard/finding.h"
#include "show/json_writer.h"

namespace sallyport::show {

// `"affected": {"count", "samples": [{"from", "to", "detail"}]}`.
void affected_member(JsonWriter& json, const guard::Affected& affected);

// "3 flows:" and a line for each sample, indented. Nothing where none hangs on it.
void print_affected(std::string& out, const guard::Affected& affected, std::size_t indent);

// "lf6c -> s3delta: public through ...".
std::string sample_text(const guard::Sample& sample);

}  // namespace sallyport::show
