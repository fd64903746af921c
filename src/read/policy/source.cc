#include "read/policy/source.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "read/json/unescape.h"

namespace sallyport::read {
namespace {

using json::Kind;
using json::Node;
using Index = PolicySource::Index;

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Bytes from the first to behind the last of a value, by its brackets and quotes.
std::string_view extent(std::string_view text, std::size_t from) {
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t i = from; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return text.substr(from, i + 1 - from);
    }
  }
  return text.substr(from);
}

class Builder {
 public:
  Builder(const PlacedText& text, DocumentId document) : text_(text), document_(document) {}

  PolicySource build(Node root, std::string_view bytes) {
    add(root, 0, 0, {});
    count(bytes);
    return std::move(source_);
  }

 private:
  Origin origin(Node node) const {
    if (document_ == 0) return {};
    return {document_, text_.at[std::min<std::size_t>(node.offset(), text_.at.size() - 1)]};
  }

  // Depth is bounded by the parser's limit.
  void add(Node node, Index parent, std::uint32_t rank, Node key) {
    const auto at = static_cast<Index>(source_.values.size());
    PolicySource::Value value;
    switch (node.kind()) {
      case Kind::none:
      case Kind::null: value.kind = PolicySource::Kind::null; break;
      case Kind::boolean: value.kind = PolicySource::Kind::boolean; break;
      case Kind::number: value.kind = PolicySource::Kind::number; break;
      case Kind::string: value.kind = PolicySource::Kind::string; break;
      case Kind::array: value.kind = PolicySource::Kind::array; break;
      case Kind::object:
      case Kind::sealed: value.kind = PolicySource::Kind::object; break;
    }
    value.parent = parent;
    value.rank = rank;
    value.text = node.scalar();
    value.origin = origin(node);
    if (key) {
      value.name = key.text();
      value.name_origin = origin(key);
    }
    source_.values.push_back(std::move(value));
    std::uint32_t n = 0;
    for (const Node item : node.items()) add(item, at, n++, {});
    for (const json::Member member : node.members()) add(member.value, at, n++, member.key);
    source_.values[at].end = static_cast<Index>(source_.values.size());
    if (node.has_duplicate_keys()) mark_repeats(at);
  }

  void mark_repeats(Index at) {
    std::vector<Index> members;
    for (Index c = source_.first(at); c < source_[at].end; c = source_[c].end) members.push_back(c);
    std::stable_sort(members.begin(), members.end(),
                     [&](Index a, Index b) { return source_[a].name < source_[b].name; });
    for (std::size_t i = 1; i < members.size(); ++i) {
      source_.values[members[i]].repeated = source_[members[i]].name == source_[members[i - 1]].name;
    }
  }

  // Code points; IAM does not count blanks between values.
  void count(std::string_view text) {
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80U) continue;
      ++source_.characters;
      if (quoted || !is_space(c)) ++source_.characters_but_space;
      if (quoted && c == '\\' && i + 1 < text.size()) {
        ++i, ++source_.characters, ++source_.characters_but_space;
      } else if (c == '"') {
        quoted = !quoted;
      }
    }
  }

  const PlacedText& text_;
  DocumentId document_;
  PolicySource source_;
};

}  // namespace

PlacedText PlacedText::whole(std::string_view bytes) {
  PlacedText placed;
  placed.text = bytes;
  placed.at.resize(bytes.size() + 1);
  std::iota(placed.at.begin(), placed.at.end(), 0U);
  return placed;
}

PlacedText PlacedText::inner(std::uint32_t quote) const {
  PlacedText out;
  std::size_t i = std::size_t{quote} + 1;
  while (i < text.size() && text[i] != '"') {
    std::size_t size = 1;
    if (text[i] == '\\') {
      size = i + 1 < text.size() && text[i + 1] == 'u' ? 6 : 2;
      // Both halves of a surrogate pair are one character.
      const bool high = size == 6 && i + 3 < text.size() && (text[i + 2] | 0x20) == 'd' && hex(text[i + 3]) >= 8;
      if (high && i + 7 < text.size() && text[i + 6] == '\\') size = 12;
    }
    size = std::min(size, text.size() - i);
    const std::size_t before = out.text.size();
    if (json::unescape(std::string_view(text).substr(i, size), out.text) != std::string::npos) break;
    out.at.resize(out.at.size() + (out.text.size() - before), at[i]);
    i += size;
  }
  out.at.push_back(at[std::min(i, at.size() - 1)]);
  return out;
}

std::optional<PlacedText> PlacedText::percent_decoded() const {
  if (!text.starts_with('%')) return *this;
  PlacedText out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    const std::uint32_t where = at[i];
    if (c == '%') {
      if (i + 2 >= text.size() || hex(text[i + 1]) < 0 || hex(text[i + 2]) < 0) return std::nullopt;
      c = static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    }
    out.text += c;
    out.at.push_back(where);
  }
  out.at.push_back(at.back());
  return out;
}

Result<PolicySource> read_policy_source(Node node, const PlacedText& text, DocumentId document, std::size_t most) {
  const std::string_view bytes = extent(text.text, node.offset());
  if (bytes.size() > most) {
    const Origin place = document == 0 ? Origin{} : Origin{document, text.at[node.offset()]};
    return fail("a policy document of " + std::to_string(bytes.size()) + " bytes", "AWS takes 32 KiB at most", place);
  }
  return Builder(text, document).build(node, bytes);
}

}  // namespace sallyport::read
