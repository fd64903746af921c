#include "read/policy/policy.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "read/json/parse.h"
#include "read/policy/statement.h"

namespace sallyport::read {
namespace policy {
namespace {

// Private-use characters that frame the number of a symbol while JSON is parsed:
// symbols themselves are no UTF-8.
constexpr std::string_view frame_open = "\xEE\x80\x80";   // U+E000
constexpr std::string_view frame_close = "\xEE\x80\x81";  // U+E001

}  // namespace

Text Work::text(std::string_view bytes) const {
  if (symbols.empty() || bytes.find(frame_open) == std::string_view::npos) return registry.text(bytes);
  std::string restored;
  while (!bytes.empty()) {
    const std::size_t open = bytes.find(frame_open);
    restored += bytes.substr(0, open);
    if (open == std::string_view::npos) break;
    bytes.remove_prefix(open + frame_open.size());
    const std::size_t close = std::min(bytes.find(frame_close), bytes.size());
    std::size_t number = 0;
    for (const char c : bytes.substr(0, std::min<std::size_t>(close, 9))) {
      number = number * 10 + static_cast<std::size_t>(c - '0');
    }
    if (number < symbols.size()) restored += symbols[number];
    bytes.remove_prefix(std::min(bytes.size(), close + frame_close.size()));
  }
  return registry.text(restored);
}

GapId Work::not_understood(std::string what, Origin origin) const {
  diagnostics.push_back({Severity::warning, "policy-not-understood", what, origin});
  return registry.gaps.add({GapKind::not_readable, std::move(what), "correct the policy", origin});
}

namespace {

// Takes the symbols out of a text, so that it can be parsed. False if the text uses
// the framing characters itself, plain or escaped.
bool take_symbols(std::string& text, std::vector<std::string>& symbols) {
  if (text.find('\xFF') == std::string::npos) return true;
  for (const std::string_view forged :
       {frame_open, frame_close, std::string_view("\\ue00"), std::string_view("\\uE00")}) {
    if (text.find(forged) != std::string::npos) return false;
  }
  std::string framed;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t open = text.find('\xFF', i);
    framed += text.substr(i, open - i);
    if (open == std::string::npos) break;
    const std::size_t close = text.find('\xFE', open);
    if (close == std::string::npos) return false;
    framed += frame_open;
    framed += std::to_string(symbols.size());
    framed += frame_close;
    symbols.push_back(text.substr(open, close + 1 - open));
    i = close + 1;
  }
  text = std::move(framed);
  return true;
}

// `%7B%22Version...`: what the IAM API answers.
std::optional<std::string> percent_decode(std::string_view text) {
  const auto hex = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
  };
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    if (i + 2 >= text.size() || hex(text[i + 1]) < 0 || hex(text[i + 2]) < 0) return std::nullopt;
    decoded += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
    i += 2;
  }
  // An encoded symbol byte would forge one.
  if (decoded.find_first_of("\xFF\xFE") != std::string::npos) return std::nullopt;
  return decoded;
}

PolicyDocument unreadable(GapId gap, Origin origin) {
  PolicyDocument document;
  document.gap = gap;
  document.origin = origin;
  return document;
}

PolicyDocument read_object(json::Node node, const Work& work) {
  PolicyDocument document;
  document.origin = node.origin();
  const auto complain = [&](const std::string& what, Origin origin) {
    const GapId gap = work.not_understood(what + " in " + std::string(work.label), origin);
    if (!document.gap) document.gap = gap;
  };
  bool has_statement = false;
  bool has_version = false;
  for (const json::Member member : node.members()) {
    if (member.name() == "Version" && !std::exchange(has_version, true)) {
      const std::string_view version = member.value.scalar();
      if (version == "2012-10-17") {
        document.version = PolicyVersion::v2012_10_17;
      } else if (version != "2008-10-17") {
        complain("unknown version `" + std::string(version) + "`", member.value.origin());
      }
    } else if (member.name() == "Id") {
      document.id = work.text(member.value.scalar());
    } else if (member.name() == "Statement" && !std::exchange(has_statement, true)) {
      std::size_t number = 0;
      if (member.value.is(json::Kind::array)) {
        document.statements.reserve(member.value.size());
        for (const json::Node item : member.value.items()) {
          document.statements.push_back(read_statement(item, ++number, work));
        }
      } else {
        document.statements.push_back(read_statement(member.value, ++number, work));
      }
    } else if (member.name() == "Version" || member.name() == "Statement") {
      complain("`" + std::string(member.name()) + "` stands twice", member.key.origin());
    } else {
      complain("unknown element `" + std::string(member.name()) + "`", member.key.origin());
    }
  }
  if (!has_statement) complain("no `Statement`", node.origin());
  return document;
}

PolicyDocument read_text(std::string text, Origin origin, int depth, Work& work);

PolicyDocument read_node(json::Node node, int depth, Work& work) {
  if (node.is(json::Kind::object)) return read_object(node, work);
  if (node.is(json::Kind::string) && depth < 3) return read_text(std::string(node.text()), node.origin(), depth, work);
  return unreadable(
      work.not_understood(std::string(work.label) + " is no policy document but " + json::with_article(node.kind()),
                          node.origin()),
      node.origin());
}

PolicyDocument read_text(std::string text, Origin origin, int depth, Work& work) {
  const std::string label(work.label);
  const bool whole_symbol = text.size() >= 2 && text.front() == '\xFF' && text.find('\xFE') == text.size() - 1;
  if (whole_symbol) {
    return unreadable(work.registry.gaps.add({GapKind::known_after_apply, label + " is known after apply",
                                              "apply the plan, then read the state", origin}),
                      origin);
  }
  if (text.starts_with('%')) {
    if (auto decoded = percent_decode(text)) text = *std::move(decoded);
  }
  if (!take_symbols(text, work.symbols)) {
    return unreadable(work.not_understood(label + " holds characters that cannot be told from symbols", origin),
                      origin);
  }
  const DocumentId inner = origin ? work.registry.documents.add_inner(origin, label) : DocumentId{0};
  const Result<json::Tree> tree = json::parse(std::move(text), inner);
  if (!tree) return unreadable(work.not_understood(label + ": " + tree.error().message, origin), origin);
  if (tree->empty()) return unreadable(work.not_understood(label + " is empty", origin), origin);
  if (tree->roots().size() > 1) {
    return unreadable(work.not_understood(label + " holds more than one document", origin), origin);
  }
  PolicyDocument document = read_node(tree->root(), depth + 1, work);
  document.origin = origin;
  return document;
}

}  // namespace
}  // namespace policy

PolicyDocument read_policy(json::Node node, std::string_view label, Registry& registry, Diagnostics& diagnostics) {
  policy::Work work{registry, diagnostics, label, {}};
  return policy::read_node(node, 0, work);
}

PolicyDocument read_policy_text(std::string_view text, Origin origin, std::string_view label, Registry& registry,
                                Diagnostics& diagnostics) {
  policy::Work work{registry, diagnostics, label, {}};
  return policy::read_text(std::string(text), origin, 0, work);
}

}  // namespace sallyport::read
