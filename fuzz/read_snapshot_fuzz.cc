// Any files as a snapshot: no crash, no hang, and a cloud whatever they hold.
//
// The input is a list of files as in files.h.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "model/cloud.h"
#include "read/json/parse.h"
#include "read/snapshot/snapshot.h"
#include "structured.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sallyport;
  const auto files = fuzz::files_in({reinterpret_cast<const char*>(data), size});
  const auto registry = std::make_shared<Registry>();
  read::snapshot::Survey survey;
  read::snapshot::Snapshot snapshot(registry);
  read::json::Parser parser;
  for (const auto& [path, text] : files) {
    const auto slot = read::snapshot::slot_of(path);
    const auto tree = parser.parse(text);
    if (tree && read::snapshot::Survey::wanted(slot)) survey.add(slot, *tree);
  }
  for (const auto& [path, text] : files) {
    auto slot = read::snapshot::slot_of(path);
    const auto tree = parser.parse(text, registry->documents.add_text(path, text));
    if (tree) {
      survey.settle(slot, *tree);
      snapshot.add(slot, path, *tree);
    } else {
      snapshot.add_broken(slot, path, tree.error());
    }
  }
  const Cloud cloud = apply(Cloud(registry), snapshot.finish());
  for (const Diagnostic& d : cloud.diagnostics()) (void)registry->documents.show(d.origin);
  return 0;
}
