#include "read/expect.h"

#include <algorithm>
#include <filesystem>

#include "read/fields.h"
#include "read/files.h"
#include "read/json/parse.h"
#include "read/json/text.h"
#include "read/yaml/parse.h"

namespace sallyport::read {
namespace {

using json::Node;

constexpr const char* file_of_case = "expect.yaml";
constexpr std::size_t request_limit = 16 << 20;  // bytes of a file of `authorize:`

class CaseReader {
 public:
  explicit CaseReader(std::string folder) { case_.folder = std::move(folder); }

  Result<Case> read(Node root) {
    Fields top(root, "the case", error_);
    case_.source = top.text("source");
    case_.why = top.text("why");
    case_.inputs = top.texts("inputs");
    case_.base = top.text("base");
    parameters(top);
    for (const Node node : top.list("expect")) expectation(node);
    if (case_.expectations.empty()) top.mistake("the case expects nothing", root, "give it an `expect:` list");
    top.done();
    if (error_) return tl::unexpected(*error_);
    return std::move(case_);
  }

 private:
  // A file, several, or the values themselves.
  void parameters(Fields& top) {
    const Node node = top.node("parameters");
    if (!node.is(json::Kind::object)) {
      case_.parameter_files = top.texts("parameters");
      return;
    }
    for (const json::Member m : node.members()) {
      std::string value(m.value.scalar());
      for (const Node item : m.value.items()) value += (value.empty() ? "" : ",") + std::string(item.scalar());
      if (m.value.is(json::Kind::object)) top.mistake("a parameter is a text, or a list of texts", m.value);
      case_.parameters.emplace_back(m.name(), std::move(value));
    }
  }

  void expectation(Node node) {
    Fields fields(node, "an expectation", error_);
    Expectation e;
    e.origin = node.origin();
    e.why = fields.text("why");
    int questions = 0;
    const auto asks = [&](const char* key) {
      const Node question = fields.node(key);
      if (question) ++questions;
      return question;
    };
    if (const Node q = asks("reach")) e.question = reach(q);
    if (const Node q = asks("can")) e.question = can(q);
    if (const Node q = asks("authorize")) e.question = authorize(q);
    if (const Node q = asks("compare")) e.question = compare(q);
    if (const Node q = asks("check")) e.question = CheckQuestion{std::string(q.scalar())};
    if (questions != 1) {
      fields.mistake("an expectation must ask one question", node, "one of reach, can, authorize, compare, check");
    }
    answer(fields, e);
    fields.done();
    case_.expectations.push_back(std::move(e));
  }

  // What is expected, and that it fits the question.
  void answer(Fields& fields, Expectation& e) {
    const bool is_reach = std::holds_alternative<ReachQuestion>(e.question);
    const bool is_compare = std::holds_alternative<CompareQuestion>(e.question);
    const bool is_check = std::holds_alternative<CheckQuestion>(e.question);
    const bool decides = !is_reach && !is_compare && !is_check;
    bool expects = false;
    const auto fits = [&](bool kind, const char* key) {
      if (!fields.has(key)) return;
      expects = true;
      if (!kind) fields.mistake(std::string("`") + key + "` does not fit the question", fields.node(key));
    };
    for (const char* key : {"verdict", "may", "door", "degraded"}) fits(is_reach, key);
    fits(is_reach || is_check, "reason");
    for (const char* key : {"decision", "layer", "layers"}) fits(decides, key);
    fits(is_compare, "relation");
    for (const char* key : {"result", "where"}) fits(is_check, key);
    if (!expects)
      fields.mistake("nothing is expected of the question", fields.node("why"), "give a `verdict:`, `decision:` ...");

    e.verdict = fields.word("verdict", {"private", "public", "blocked", "unknown"});
    e.may = fields.texts("may");
    e.door = fields.text("door");
    e.reason = fields.text("reason");
    e.degraded = fields.boolean("degraded");
    e.decision = fields.word("decision", {"allowed", "denied", "conditional", "unknown"});
    e.layer = fields.text("layer");
    for (const json::Member m : fields.node("layers").members()) {
      e.layers.emplace_back(m.name(), m.value.scalar());
    }
    e.relation = fields.word("relation", {"equivalent", "more", "less", "incomparable", "unknown"});
    e.result = fields.word("result", {"holds", "violated", "unknown"});
    e.where = fields.text("where");
  }

  ReachQuestion reach(Node node) {
    Fields fields(node, "`reach`", error_);
    ReachQuestion q;
    q.from = fields.text("from");
    q.to = fields.text("to");
    if (q.from.empty() || q.to.empty()) fields.mistake("`reach` must say `from` and `to`", node);
    q.protocol = protocol(fields);
    if (const auto port = fields.number("port", 0, 65535)) q.port = static_cast<std::uint16_t>(*port);
    fields.done();
    return q;
  }

  std::int16_t protocol(Fields& fields) {
    const std::string name = fields.text("protocol");
    if (name.empty() || name == "tcp") return 6;
    if (name == "udp") return 17;
    if (name == "icmp") return 1;
    if (name == "icmpv6") return 58;
    return static_cast<std::int16_t>(fields.number("protocol", 0, 255).value_or(6));
  }

  CanQuestion can(Node node) {
    Fields fields(node, "`can`", error_);
    CanQuestion q;
    q.principal = fields.text("principal");
    q.action = fields.text("action");
    if (fields.has("resource")) q.resource = fields.text("resource");
    q.from = fields.text("from");
    q.via = fields.text("via");
    const Node context = fields.node("context");
    if (!context.absent() && !context.is(json::Kind::object)) fields.mistake("`context` must be a mapping", context);
    for (const json::Member m : context.members()) {
      Fields entry(context, "`context`", error_);
      q.context.push_back({std::string(m.name()), entry.texts(m.name())});
    }
    if (q.action.empty()) fields.mistake("`can` must say its `action`", node);
    if (q.principal.empty() && q.from.empty()) fields.mistake("`can` must say its `principal` or `from`", node);
    fields.done();
    return q;
  }

  // The object itself, or `{file: NAME}`.
  AuthorizeQuestion authorize(Node node) {
    if (node.size() != 1 || !node["file"]) return {json::to_text(node)};
    Fields fields(node, "`authorize`", error_);
    const std::string file = fields.text("file");
    auto bytes = read_file(case_.folder + "/" + file, request_limit);
    if (!bytes) {
      fields.mistake(bytes.error().message, node);
      return {};
    }
    if (const auto tree = json::parse(*bytes); !tree || !tree->root().is(json::Kind::object)) {
      fields.mistake("`" + file + "` holds no JSON object", node);
    }
    return {std::move(*bytes)};
  }

  CompareQuestion compare(Node node) {
    Fields fields(node, "`compare`", error_);
    CompareQuestion q{fields.text("old"), fields.text("new")};
    if (q.old_file.empty() || q.new_file.empty()) fields.mistake("`compare` must say `old` and `new`", node);
    fields.done();
    return q;
  }

  FirstError error_;
  Case case_;
};

}  // namespace

Result<Case> case_of(Node root, const std::string& folder) { return CaseReader(folder).read(root); }

Result<Case> read_case(const std::string& folder, Documents& documents) {
  const std::string path = folder + "/" + file_of_case;
  auto bytes = read_file(path, yaml::size_limit);
  if (!bytes) return tl::unexpected(bytes.error());
  const auto tree = yaml::parse(std::move(*bytes), documents.add_file(path));
  if (!tree) return tl::unexpected(tree.error());
  return case_of(tree->root(), folder);
}

Result<std::vector<std::string>> case_folders(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<std::string> folders;
  if (exists(folder + "/" + file_of_case)) folders.push_back(folder);
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::none, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    if (!entry->is_directory(ignored)) continue;
    if (entry->path().filename().string().starts_with('.')) {
      entry.disable_recursion_pending();
    } else if (fs::exists(entry->path() / file_of_case, ignored)) {
      folders.push_back(entry->path().string());
    }
  }
  if (error) return fail("the folder `" + folder + "` cannot be read: " + error.message());
  std::sort(folders.begin(), folders.end());
  return folders;
}

}  // namespace sallyport::read
