// Reads one statement of a policy document. For src/read/policy only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "model/policy.h"
#include "model/registry.h"
#include "read/json/tree.h"

namespace sallyport::read::policy {

// What all parts of one document share.
struct Work {
  Registry& registry;
  Diagnostics& diagnostics;
  std::string_view label;
  // Symbols were taken out of the text before parsing; `\uE000<n>\uE001` stands for
  // the n-th. Empty: the text had none.
  std::vector<std::string> symbols;

  Text text(std::string_view bytes) const;

  // Tells that something was not understood. The gap is for the statement or document.
  GapId not_understood(std::string what, Origin origin) const;
};

// Never fails; what was not understood sets `gap`. `number` is 1-based.
Statement read_statement(json::Node node, std::size_t number, const Work& work);

}  // namespace sallyport::read::policy
