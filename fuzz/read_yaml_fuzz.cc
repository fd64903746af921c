// Any bytes as YAML, as settings, and as a case: no crash, no hang, little memory.
#include <cstddef>
#include <cstdint>
#include <string>

#include "read/expect.h"
#include "read/json/text.h"
#include "read/settings.h"
#include "read/yaml/parse.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sallyport;
  const auto tree = read::yaml::parse(std::string(reinterpret_cast<const char*>(data), size), 1);
  if (!tree) {
    if (tree.error().origin.offset > size) std::abort();
    return 0;
  }
  if (tree->entries() > 100'000) return 0;  // an alias bomb below the limit: long to write
  for (const read::json::Node root : tree->roots()) {
    (void)read::json::to_text(root);
    (void)read::settings_of(root);
    (void)read::case_of(root, "/nonexistent");
  }
  return 0;
}
