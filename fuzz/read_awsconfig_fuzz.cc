// Any documents as those of AWS Config: no crash, no hang, and a cloud whatever they hold.
//
// The input is a list of files as in files.h. A path that ends in `?EXPRESSION` names a select.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "model/cloud.h"
#include "read/awsconfig/recorded.h"
#include "structured.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sallyport;
  const auto registry = std::make_shared<Registry>();
  read::snapshot::Snapshot snapshot(registry);
  read::awsconfig::Recorded recorded(registry);
  for (const auto& [path, text] : fuzz::files_in({reinterpret_cast<const char*>(data), size}, 32)) {
    const auto tree = read::json::parse(text, registry->documents.add_text(path, text));
    if (tree && read::awsconfig::is_config(tree->root())) {
      const std::size_t mark = path.find('?');
      recorded.add(*tree, {"111122223333", "eu-central-1", path},
                   mark == std::string::npos ? "" : path.substr(mark + 1));
    } else if (tree) {
      snapshot.add(read::snapshot::slot_of(path), path, *tree);
    }
  }
  (void)recorded.tell(snapshot);
  const Cloud cloud = apply(Cloud(registry), snapshot.finish());
  for (const Diagnostic& d : cloud.diagnostics()) (void)registry->documents.show(d.origin);
  return 0;
}
