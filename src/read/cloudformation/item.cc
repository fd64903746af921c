#include "read/cloudformation/item.h"

namespace sallyport::read::cloudformation {
namespace {

const Item none;

void append_string(std::string_view text, std::string& out) {
  constexpr const char* hex = "0123456789abcdef";
  out += '"';
  bool in_symbol = false;  // between FF and FE everything stays as it is
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte == 0xFF) in_symbol = true;
    if (byte == 0xFE) in_symbol = false;
    if (!in_symbol && (c == '"' || c == '\\')) {
      out += '\\', out += c;
    } else if (!in_symbol && byte < 0x20) {
      out += "\\u00", out += hex[byte >> 4U], out += hex[byte & 15U];
    } else {
      out += c;
    }
  }
  out += '"';
}

}  // namespace

const Item& Item::operator[](std::string_view name) const {
  if (kind == Kind::object) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == name) return items[i];
    }
  }
  return none;
}

Item text_item(Text text, Origin origin) {
  Item item;
  item.kind = Item::Kind::text;
  item.text = text;
  item.origin = origin;
  return item;
}

Item unknown_item(GapId gap, Origin origin) {
  Item item;
  item.kind = Item::Kind::unknown;
  item.gap = gap;
  item.origin = origin;
  return item;
}

bool is_untold(const TextPool& texts, Text text) {
  return texts.view(text).find("\xFE\xFF\xFE") != std::string_view::npos;
}

// Depth is bounded by the evaluator.
Truth same(const Item& a, const Item& b, const TextPool& texts) {
  if (a.is(Item::Kind::unknown) || b.is(Item::Kind::unknown)) return Truth::unknown;
  if (a.kind != b.kind) {
    // A text with symbols may turn out to be a list.
    const auto opaque = [&](const Item& i) { return i.is(Item::Kind::text) && texts.has_symbol(i.text); };
    return opaque(a) || opaque(b) ? Truth::unknown : Truth::no;
  }
  if (a.nothing()) return Truth::yes;
  if (a.is(Item::Kind::text)) return texts.same(a.text, b.text);
  if (a.gap || b.gap) return Truth::unknown;
  if (a.items.size() != b.items.size()) return Truth::no;
  Truth all = Truth::yes;
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    all =
        all & (a.is(Item::Kind::object) ? same(a.items[i], b[a.names[i]], texts) : same(a.items[i], b.items[i], texts));
  }
  return all;
}

bool to_json(const Item& item, const TextPool& texts, std::string& out, GapId& gap) {
  switch (item.kind) {
    case Item::Kind::nothing: out += "null"; return true;
    case Item::Kind::unknown: gap = item.gap; return false;
    case Item::Kind::text:
      if (item.was != json::Kind::string && !texts.has_symbol(item.text)) {
        out += texts.view(item.text);
      } else {
        append_string(texts.view(item.text), out);
      }
      return true;
    case Item::Kind::list:
    case Item::Kind::object: break;
  }
  if (item.gap) return gap = item.gap, false;
  const bool object = item.is(Item::Kind::object);
  out += object ? '{' : '[';
  for (std::size_t i = 0; i < item.items.size(); ++i) {
    if (i > 0) out += ',';
    if (object) append_string(item.names[i], out), out += ':';
    if (!to_json(item.items[i], texts, out, gap)) return false;
  }
  out += object ? '}' : ']';
  return true;
}

}  // namespace sallyport::read::cloudformation
