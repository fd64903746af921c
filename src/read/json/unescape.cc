#include "read/json/unescape.h"

#include <cstdint>

namespace sallyport::read::json {
namespace {

constexpr std::uint32_t bad = 0xFFFFFFFF;

// The number of four hexadecimal digits at the start of `digits`, or `bad`.
std::uint32_t hex4(std::string_view digits) {
  if (digits.size() < 4) return bad;
  std::uint32_t value = 0;
  for (const char c : digits.substr(0, 4)) {
    value <<= 4U;
    if (c >= '0' && c <= '9') {
      value |= static_cast<std::uint32_t>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      value |= static_cast<std::uint32_t>(c - 'a' + 10);
    } else if (c >= 'A' && c <= 'F') {
      value |= static_cast<std::uint32_t>(c - 'A' + 10);
    } else {
      return bad;
    }
  }
  return value;
}

void append_utf8(std::uint32_t code, std::string& out) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0U | code >> 6U);
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0U | code >> 12U);
    out += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else {
    out += static_cast<char>(0xF0U | code >> 18U);
    out += static_cast<char>(0x80U | (code >> 12U & 0x3FU));
    out += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  }
}

// The character of a one-letter escape; 0 if there is none of that letter.
char simple_escape(char letter) {
  switch (letter) {
    case '"':
    case '\\':
    case '/': return letter;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return 0;
  }
}

}  // namespace

std::size_t unescape(std::string_view raw, std::string& out) {
  std::size_t at = 0;
  while (at < raw.size()) {
    const std::size_t slash = raw.find('\\', at);
    out.append(raw, at, slash == std::string_view::npos ? slash : slash - at);
    if (slash == std::string_view::npos) break;
    const char letter = slash + 1 < raw.size() ? raw[slash + 1] : '\0';
    if (letter != 'u') {
      const char plain = simple_escape(letter);
      if (plain == 0) return slash;
      out += plain;
      at = slash + 2;
      continue;
    }
    std::uint32_t code = hex4(raw.substr(slash + 2));
    at = slash + 6;
    if (code == bad || (code >= 0xDC00 && code <= 0xDFFF)) return slash;
    if (code >= 0xD800 && code <= 0xDBFF) {
      if (raw.substr(at, 2) != "\\u") return slash;
      const std::uint32_t low = hex4(raw.substr(at + 2));
      if (low == bad || low < 0xDC00 || low > 0xDFFF) return slash;
      code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
      at += 6;
    }
    append_utf8(code, out);
  }
  return std::string_view::npos;
}

}  // namespace sallyport::read::json
