#include "read/json/text.h"

namespace sallyport::read::json {

void append_string(std::string_view text, std::string& out) {
  constexpr const char* hex = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\', out += c;
    } else if (byte < 0x20) {
      out += "\\u00", out += hex[byte >> 4U], out += hex[byte & 15U];
    } else {
      out += c;
    }
  }
  out += '"';
}

namespace {

// Recursion is bounded by the parsers' nesting limit.
void append(Node node, std::string& out) {
  bool first = true;
  const auto separate = [&] {
    if (!first) out += ',';
    first = false;
  };
  switch (node.kind()) {
    case Kind::object:
      out += '{';
      for (const Member m : node.members()) separate(), append_string(m.name(), out), out += ':', append(m.value, out);
      out += '}';
      return;
    case Kind::array:
      out += '[';
      for (const Node item : node.items()) separate(), append(item, out);
      out += ']';
      return;
    case Kind::string: return append_string(node.text(), out);
    case Kind::boolean: out += *node.boolean() ? "true" : "false"; return;
    case Kind::number: out += node.scalar(); return;
    case Kind::sealed: out += node.sealed_text(); return;
    case Kind::null:
    case Kind::none: out += "null"; return;
  }
}

}  // namespace

std::string to_text(Node node) {
  std::string out;
  append(node, out);
  return out;
}

}  // namespace sallyport::read::json
