// Loading: from the inputs of a command line to a cloud and its settings.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/command.h"
#include "cli/console.h"
#include "model/cloud.h"
#include "model/settings.h"
#include "net/engine.h"
#include "read/input.h"

namespace sallyport::cli {

struct Loaded {
  Cloud cloud;
  Settings settings;
  net::Options options;     // `--strict`
  Diagnostics diagnostics;  // of all readers, in the order of reading
};

// Reads inputs into a new cloud, and the settings that go with them: `config`, else
// where read::find_settings looks. Errors: those of the readers, with places in the
// registry's documents.
Result<Loaded> load_inputs(const RegistryPtr& registry, const std::vector<std::string>& inputs,
                           const std::string& config, const read::InputOptions& options = {});

// Reads the inputs of a command and tells its diagnostics on stderr. Where that
// fails, the error is told too and nothing is returned: the status is `failed`.
std::optional<Loaded> load(const Arguments& arguments, Console& console);

}  // namespace sallyport::cli
