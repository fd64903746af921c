#include "read/policy/file.h"

#include <array>
#include <string_view>
#include <utility>

#include "read/json/parse.h"
#include "read/policy/policy.h"

namespace sallyport::read {
namespace {

using json::Kind;
using json::Node;

// The node that is the document: an object with statements, or a text in one of these
// places. Answers are at most that deep.
constexpr int depth_limit = 3;
constexpr std::array<std::string_view, 8> wrappers = {
    "PolicyDocument", "Policy",  "ResourcePolicy", "PolicyVersion",
    "Document",       "Content", "Attributes",     "AssumeRolePolicyDocument"};

Node document_in(Node node, int depth) {
  if (node.is(Kind::string)) return depth > 0 ? node : Node();
  if (!node.is(Kind::object)) return {};
  if (node["Statement"]) return node;
  if (depth == depth_limit) return {};
  for (const std::string_view wrapper : wrappers) {
    if (const Node found = document_in(node[wrapper], depth + 1)) return found;
  }
  return {};
}

}  // namespace

Result<PolicyDocument> read_policy_bytes(std::string bytes, const std::string& path, Registry& registry,
                                         Diagnostics& diagnostics) {
  const DocumentId id = registry.documents.add_file(path);
  const Result<json::Tree> tree = json::parse(std::move(bytes), id);
  if (!tree) return tl::unexpected(tree.error());
  if (tree->roots().size() != 1) return fail("`" + path + "` must hold one policy document");
  const Node document = document_in(tree->root(), 0);
  if (!document) {
    return fail("`" + path + "` holds no policy document",
                "give a JSON object with `Statement`, or an answer of AWS with `Policy` or `PolicyDocument`",
                tree->root().origin());
  }
  return read_policy(document, "`" + path + "`", registry, diagnostics);
}

}  // namespace sallyport::read
