#include "cli/load.h"

#include <iostream>
#include <memory>
#include <optional>

#include "read/input.h"
#include "read/settings.h"

namespace sallyport::cli {
namespace {

// What no engine asks for yet must not look as if it had an effect.
void tell_unused(const Settings& settings, Diagnostics& diagnostics) {
  const auto unused = [&](std::string what, Origin origin) {
    diagnostics.push_back({Severity::warning, "unused-setting", std::move(what), origin});
  };
  for (const Need& n : settings.needs) {
    unused("`needs` is not used yet: whether `" + n.from + "` reaches `" + n.to + "` is asked with `reach`", n.origin);
  }
  if (!settings.trusted_services.empty()) unused("`trusted.services` is not used yet", {});
}

}  // namespace

Result<Loaded> load_inputs(const RegistryPtr& registry, const std::vector<std::string>& inputs,
                           const std::string& config, const read::InputOptions& options) {
  auto cloud = read::read_cloud(registry, inputs, &std::cin, options);
  if (!cloud) return tl::unexpected(cloud.error());
  Loaded loaded{std::move(*cloud), {}, {}, {}};
  loaded.diagnostics = loaded.cloud.diagnostics();
  const std::string path = config.empty() ? read::find_settings(inputs) : config;
  if (path.empty()) return loaded;
  auto settings = read::read_settings(path, registry->documents);
  if (!settings) return tl::unexpected(settings.error());
  loaded.settings = std::move(*settings);
  tell_unused(loaded.settings, loaded.diagnostics);
  return loaded;
}

std::optional<Loaded> load(const Arguments& arguments, Console& console) {
  const auto registry = std::make_shared<Registry>();
  read::InputOptions options{arguments.get("base"), arguments.all("parameters")};
  options.source = arguments.get("source");
  std::optional<Progress> progress;
  options.reading = [&](std::size_t done, std::size_t all) {
    if (!progress) progress.emplace(console, "MB read", all >> 20U);
    progress->at(done >> 20U);
  };
  auto loaded = load_inputs(registry, arguments.inputs, arguments.get("config"), options);
  progress.reset();
  if (!loaded) {
    console.fail(loaded.error(), registry->documents);
    return std::nullopt;
  }
  loaded->options.strict = arguments.has("strict");
  console.tell(loaded->diagnostics, registry->documents);
  return std::move(*loaded);
}

}  // namespace sallyport::cli
