#include "read/policy/find.h"

#include <optional>
#include <utility>

#include "base/wildcard.h"
#include "read/json/parse.h"
#include "read/policy/source.h"

namespace sallyport::read {
namespace {

using json::Kind;
using json::Node;

constexpr int texts_in_texts = 3;

// `Statement` is a word that others use, too (web application firewalls).
bool is_statement(Node node) {
  for (const json::Member m : node.members()) {
    for (const char* element : {"Effect", "Action", "NotAction", "Principal", "Resource", "Sid"}) {
      if (equals_ignoring_case(m.name(), element)) return true;
    }
  }
  return false;
}

bool is_document(Node node) {
  if (!node.is(Kind::object)) return false;
  const Node statement = node["Statement"];
  if (statement.is(Kind::array)) return statement.size() == 0 || is_statement(statement.at(0));
  return is_statement(statement);
}

// A whole file that was meant to be a document: `statement`, `Statements`.
bool looks_like_document(Node node) {
  for (const json::Member m : node.members()) {
    const std::string_view name = m.name();
    if (equals_ignoring_case(name, "Statement") || equals_ignoring_case(name, "Statements") || name == "Statment") {
      return true;
    }
    if (name == "Version" && m.value.text().starts_with("20") && node.size() <= 3) return true;
  }
  return false;
}

bool may_hold_document(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return false;
  if (text[start] == '{') return text.find("Statement") != std::string_view::npos;
  return text.substr(start, 3) == "%7B" || text.substr(start, 3) == "%7b";
}

void step_into(std::string& pointer, std::string_view name) {
  pointer += '/';
  for (const char c : name) pointer += c == '~' ? std::string("~0") : c == '/' ? std::string("~1") : std::string(1, c);
}

class Finder {
 public:
  Finder(DocumentId document, const std::function<void(FoundPolicy)>& take) : document_(document), take_(take) {}

  // Depth is bounded by the parser's limit.
  void walk(Node node, const PlacedText& text, int depth, const std::string& pointer) {
    if (is_document(node)) {
      take(node, text, tell_use(way_), pointer);
      return;
    }
    if (node.is(Kind::string)) {
      inside(node, text, depth, pointer);
      return;
    }
    std::size_t n = 0;
    for (const Node item : node.items()) {
      if (item.is(Kind::object) || item.is(Kind::array) || item.is(Kind::string)) {
        walk(item, text, depth, pointer + '/' + std::to_string(n));
      }
      ++n;
    }
    for (const json::Member member : node.members()) {
      if (!member.value.is(Kind::object) && !member.value.is(Kind::array) && !member.value.is(Kind::string)) continue;
      if (member.value.is(Kind::string) && !may_hold_document(member.value.text())) continue;
      std::string deeper = pointer;
      step_into(deeper, member.name());
      way_.push_back({node, member.name()});
      walk(member.value, text, depth, deeper);
      way_.pop_back();
    }
  }

  void take(Node node, const PlacedText& text, TellTale told, const std::string& pointer) {
    ++count_;
    auto source = read_policy_source(node, text, document_, policy_limit);
    if (source) {
      take_({*std::move(source), std::move(told), pointer});
    } else if (!error_) {
      error_ = source.error();
    }
  }

  std::size_t count() const { return count_; }
  const std::optional<Error>& error() const { return error_; }

 private:
  void inside(Node node, const PlacedText& text, int depth, const std::string& pointer) {
    if (depth >= texts_in_texts || !may_hold_document(node.text())) return;
    const auto placed = text.inner(node.offset()).percent_decoded();
    if (!placed) return;
    const Result<json::Tree> tree = json::parse(placed->text);
    if (!tree || tree->roots().size() != 1) return;
    walk(tree->root(), *placed, depth + 1, pointer);
  }

  DocumentId document_;
  std::vector<Around> way_;
  const std::function<void(FoundPolicy)>& take_;
  std::size_t count_ = 0;
  std::optional<Error> error_;
};

}  // namespace

Result<std::size_t> each_policy(std::string_view bytes, DocumentId document,
                                const std::function<void(FoundPolicy)>& take) {
  const Result<json::Tree> tree = json::parse(std::string(bytes), document);
  if (!tree) return tl::unexpected(tree.error());
  const PlacedText text = PlacedText::whole(bytes);
  Finder finder(document, take);
  const std::vector<Node> roots = tree->roots();
  std::size_t n = 0;
  for (const Node root : roots) {
    // Plans and states repeat each resource in several parts: one of them is enough.
    if (const Node module = root["planned_values"]["root_module"]; module.is(Kind::object)) {
      finder.walk(module, text, 0, "/planned_values/root_module");
      continue;
    }
    if (const Node module = root["values"]["root_module"]; module.is(Kind::object)) {
      finder.walk(module, text, 0, "/values/root_module");
      continue;
    }
    finder.walk(root, text, 0, roots.size() > 1 ? '/' + std::to_string(n) : std::string());
    ++n;
  }
  if (finder.count() == 0 && roots.size() == 1 && looks_like_document(roots.front())) {
    finder.take(roots.front(), text, {}, "");
  }
  if (finder.error()) return tl::unexpected(*finder.error());
  if (finder.count() == 0) {
    return fail("no policy document in it", "a document is an object with a member `Statement`", {document, 0});
  }
  return finder.count();
}

Result<std::vector<FoundPolicy>> find_policies(std::string_view bytes, DocumentId document) {
  std::vector<FoundPolicy> found;
  const auto count = each_policy(bytes, document, [&](FoundPolicy policy) { found.push_back(std::move(policy)); });
  if (!count) return tl::unexpected(count.error());
  return found;
}

}  // namespace sallyport::read
