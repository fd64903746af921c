#include "iam/glob.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sallyport::iam::glob {
namespace {

constexpr char symbol_close = '\xFE';

// Bytes of the character that begins at `at`. Stray continuation bytes count one.
std::size_t character(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t size = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF8 ? 4 : 1;
  return std::min(size, text.size() - at);
}

void replace(std::span<char> raw, char run, char one) {
  for (char& c : raw) {
    if (c == '*') c = run;
    if (c == '?') c = one;
  }
}

std::string encode(std::string_view raw, char run, char one) {
  std::string encoded(raw);
  replace(encoded, run, one);
  return encoded;
}

bool is_run(char c) { return c == any_run || c == run_in_segment; }
bool is_one(char c) { return c == any_char || c == char_in_segment; }

// A literal byte that differs before anything special: spares the slow ways below.
bool differs_at_once(std::string_view pattern, std::string_view text) {
  const std::size_t size = std::min(pattern.size(), text.size());
  for (std::size_t i = 0; i < size; ++i) {
    const bool special = static_cast<unsigned char>(pattern[i]) >= 0xF8 || static_cast<unsigned char>(text[i]) >= 0xF8;
    if (special) return false;
    if (pattern[i] != text[i]) return true;
  }
  return false;
}

// A pattern or a text with symbols, as a list: each byte, wildcard or whole symbol
// is one token.
struct Token {
  std::string_view bytes;  // one byte or one symbol
  bool symbol = false;
};

std::vector<Token> tokens(std::string_view text) {
  std::vector<Token> list;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t size = 1;
    if (text[i] == symbol_open) {
      const std::size_t close = text.find(symbol_close, i);
      size = close == std::string_view::npos ? text.size() - i : close + 1 - i;
    } else if (static_cast<unsigned char>(text[i]) < 0xF8) {
      size = character(text, i);
    }
    list.push_back({text.substr(i, size), text[i] == symbol_open});
    i += size;
  }
  return list;
}

// Symbols as atoms that only runs and equal symbols match.
bool surely(const std::vector<Token>& pattern, const std::vector<Token>& text) {
  std::vector<std::uint8_t> row(text.size() + 1, 0);
  row[0] = 1;
  for (const Token& p : pattern) {
    const char c = p.bytes[0];
    std::vector<std::uint8_t> next(text.size() + 1, 0);
    for (std::size_t t = 0; t <= text.size(); ++t) {
      if (is_run(c)) {
        const bool colon = t > 0 && text[t - 1].bytes == ":";
        next[t] = row[t] || (t > 0 && next[t - 1] && !(c == run_in_segment && colon));
      } else if (t > 0) {
        const Token& x = text[t - 1];
        const bool same = is_one(c) ? !x.symbol && !(c == char_in_segment && x.bytes == ":") : p.bytes == x.bytes;
        next[t] = row[t - 1] && same;
      }
    }
    row = std::move(next);
  }
  return row[text.size()] != 0;
}

// Symbols on both sides as runs of anything: is there a text that both describe?
bool possibly(const std::vector<Token>& pattern, const std::vector<Token>& text) {
  const auto wide = [](const Token& p) { return p.symbol || is_run(p.bytes[0]); };
  std::vector<std::uint8_t> row(text.size() + 1, 0);
  row[0] = 1;
  for (std::size_t t = 1; t <= text.size(); ++t) row[t] = row[t - 1] && text[t - 1].symbol;
  for (const Token& p : pattern) {
    std::vector<std::uint8_t> next(text.size() + 1, 0);
    next[0] = row[0] && wide(p);
    for (std::size_t t = 1; t <= text.size(); ++t) {
      const Token& x = text[t - 1];
      if (wide(p) || x.symbol) {
        next[t] = row[t] || next[t - 1];  // it takes one more token of the other side, or ends
      } else {
        next[t] = row[t - 1] && (is_one(p.bytes[0]) || p.bytes == x.bytes);
      }
    }
    row = std::move(next);
  }
  return row[text.size()] != 0;
}

}  // namespace

std::string encode(std::string_view raw) { return encode(raw, any_run, any_char); }
void encode_in_place(std::span<char> raw) { replace(raw, any_run, any_char); }
std::string encode_in_segment(std::string_view raw) { return encode(raw, run_in_segment, char_in_segment); }

// Greedy with one point of return, the last run: it can absorb whatever an earlier
// one would.
bool matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t run = std::string_view::npos;
  std::size_t run_text = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == any_run) {
      run = p++;
      run_text = t;
      if (p == pattern.size()) return true;  // it takes all that follows
    } else if (p < pattern.size() && pattern[p] == any_char) {
      ++p;
      t += character(text, t);
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (run != std::string_view::npos) {
      p = run + 1;
      run_text += character(text, run_text);
      t = run_text;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == any_run) ++p;
  return p == pattern.size();
}

bool matches_in_segments(std::string_view pattern, std::string_view text) {
  return !differs_at_once(pattern, text) && surely(tokens(pattern), tokens(text));
}

Truth matches_symbolic(std::string_view strict, std::string_view loose, std::string_view text) {
  if (strict == text) return Truth::yes;
  // An id that does not exist yet equals no id that does, nor another such id.
  const bool plain_pattern = !has_wildcard(strict);
  if (plain_pattern && is_symbol(strict) && (is_symbol(text) || !has_symbol(text))) return Truth::no;
  if (plain_pattern && !has_symbol(strict) && is_symbol(text)) return Truth::no;
  if (surely(tokens(strict), tokens(text))) return Truth::yes;
  return possibly(tokens(loose), tokens(text)) ? Truth::unknown : Truth::no;
}

bool may_match(std::string_view pattern, std::string_view text) {
  return !differs_at_once(pattern, text) && possibly(tokens(pattern), tokens(text));
}

bool is_symbol(std::string_view text) {
  return text.size() >= 2 && text.front() == symbol_open && text.find(symbol_close) == text.size() - 1;
}

bool has_wildcard(std::string_view pattern) {
  for (const char c : pattern) {
    if (is_run(c) || is_one(c)) return true;
  }
  return false;
}

}  // namespace sallyport::iam::glob
