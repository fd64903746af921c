// Any bytes as JSON: no crash, every node reachable, the written tree is the same
// tree, and a second parser (nlohmann-json3-dev, if it is installed) agrees on what is
// JSON and what is not.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "read/json/parse.h"
#include "read/json/text.h"

#if __has_include(<nlohmann/json.hpp>)
#include <nlohmann/json.hpp>
#define SECOND_PARSER 1
#endif

namespace {

using namespace sallyport;
using read::json::Node;

// A number beyond a double: the other parser takes it for no JSON.
bool beyond = false;

// Sum of all that a node holds, so that every accessor is met.
std::size_t walk(Node node) {
  beyond = beyond || (node.is(read::json::Kind::number) && !node.number());
  std::size_t sum = node.offset() + node.scalar().size() + node.text().size();
  sum += node.integer().has_value() ? 1 : 0;
  sum += node.number().has_value() ? 1 : 0;
  for (const Node item : node.items()) sum += walk(item);
  for (const read::json::Member m : node.members()) {
    sum += m.name().size() + walk(m.value);
    if (!node[m.name()]) std::abort();
  }
  return sum;
}

void check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static read::json::Parser parser;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto tree = parser.parse(text, 1);
  bool other = tree && tree->roots().size() == 1;
#ifdef SECOND_PARSER
  // To the other parser a NUL is the end of the text.
  if (text.find('\0') == std::string::npos) other = nlohmann::json::accept(text);
#endif
  if (!tree) {
    // The other parser has no limit of depth.
    if (other) check(tree.error().message.find("nested deeper") == 0);
    check(tree.error().origin.offset <= size);
    return 0;
  }
  beyond = false;
  for (const Node root : tree->roots()) {
    walk(root);
    const std::string written = read::json::to_text(root);
    const auto again = read::json::parse(written);
    check(again.has_value() && again->root().fingerprint() == root.fingerprint());
  }
  if (tree->roots().size() == 1 && !beyond) check(other);
  if (other) check(tree->roots().size() == 1);
  return 0;
}
