// Any files as a snapshot: no crash, no hang, and a cloud whatever they hold.
//
// The input is a list of files, each a path, a line feed and the contents, with NUL
// bytes between them.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "model/cloud.h"
#include "read/json/parse.h"
#include "read/snapshot/snapshot.h"

namespace {

std::vector<std::pair<std::string, std::string>> files_in(std::string_view bytes) {
  std::vector<std::pair<std::string, std::string>> files;
  while (!bytes.empty() && files.size() < 64) {
    const std::size_t end = bytes.find('\0');
    const std::string_view file = bytes.substr(0, end);
    const std::size_t line = file.find('\n');
    files.emplace_back(file.substr(0, line), line == std::string_view::npos ? "" : file.substr(line + 1));
    if (end == std::string_view::npos) break;
    bytes.remove_prefix(end + 1);
  }
  return files;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sallyport;
  const auto files = files_in({reinterpret_cast<const char*>(data), size});
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
