// Any bytes as a template, as its parameters, and as the manifest of a `cdk.out`: no
// crash, no hang, little memory.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "read/cloudformation/cloudformation.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sallyport;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto registry = std::make_shared<Registry>();
  auto tree = read::parse_template(text, registry->documents.add_text("template", text));
  if (!tree || tree->entries() > 50'000) return 0;  // an alias bomb below the limit: long to read
  std::vector<std::string> nested;
  (void)read::stacks_of_assembly(*tree, "out/", nested);
  read::TemplateParameters parameters;
  if (auto given = read::template_parameters(*tree)) parameters = std::move(*given);
  parameters.values["AWS::Region"] = {"eu-central-1", {}};
  // What it nests is itself.
  const read::LoadTemplate load = [&](const std::string& path) {
    return read::parse_template(text, registry->documents.add_text(path, text));
  };
  std::vector<read::Template> templates;
  templates.push_back({std::move(*tree), "dir/template.yaml", {}, {}, {}});
  const Cloud cloud = apply(Cloud(registry), read::read_cloudformation(Cloud(registry), templates, parameters, load));
  for (const Diagnostic& d : cloud.diagnostics()) {
    if (d.message.empty()) std::abort();
  }
  return 0;
}
