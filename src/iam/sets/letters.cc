#include "iam/sets/letters.h"

#include <algorithm>

#include "iam/glob.h"

namespace sallyport::iam::sets {
namespace {

constexpr char symbol_close = '\xFE';

// Takes one character, or a symbol, off the front of `rest`.
Letter take(std::string_view& rest, Symbols& symbols) {
  const auto lead = static_cast<unsigned char>(rest.front());
  if (rest.front() == glob::symbol_open) {
    // Symbols stand inside each other where a text exists that we lack (base/text.h).
    std::size_t depth = 0;
    std::size_t size = 0;
    for (; size < rest.size(); ++size) {
      if (rest[size] == glob::symbol_open) ++depth;
      if (rest[size] == symbol_close && --depth == 0) break;
    }
    size = std::min(size + 1, rest.size());
    const Letter letter = symbols.letter(rest.substr(0, size));
    rest.remove_prefix(size);
    return letter;
  }
  std::size_t size = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF8 ? 4 : 1;
  size = std::min(size, rest.size());
  Letter letter = size == 1 ? lead : lead & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) letter = letter << 6 | (static_cast<unsigned char>(rest[i]) & 0x3FU);
  rest.remove_prefix(size);
  return letter & 0x1F'FFFF;
}

Unit folded(Letter letter, bool ignoring_case) {
  if (!ignoring_case) return letter;
  if (letter >= 'A' && letter <= 'Z') return fold | (letter - 'A' + 'a');
  return letter >= 'a' && letter <= 'z' ? fold | letter : letter;
}

}  // namespace

Letter Symbols::letter(std::string_view symbol) {
  const auto it = std::find(known_.begin(), known_.end(), symbol);
  const auto n = static_cast<Letter>(it - known_.begin());
  if (it == known_.end()) known_.emplace_back(symbol);
  return symbol_letter + n;
}

Pattern pattern_of(std::string_view encoded, bool ignoring_case, Symbols& symbols) {
  Pattern pattern;
  pattern.reserve(encoded.size() + 1);
  while (!encoded.empty()) {
    Unit unit = 0;
    switch (encoded.front()) {
      case glob::any_run: unit = run; break;
      case glob::any_char: unit = one; break;
      case glob::run_in_segment: unit = segment_run; break;
      case glob::char_in_segment: unit = segment_one; break;
      default: pattern.push_back(folded(take(encoded, symbols), ignoring_case)); continue;
    }
    encoded.remove_prefix(1);
    // Runs in a row are one.
    if (is_run(unit) && !pattern.empty() && is_run(pattern.back())) {
      if (unit == run) pattern.back() = run;
      continue;
    }
    pattern.push_back(unit);
  }
  pattern.push_back(finish);
  return pattern;
}

std::vector<Letter> letters_of(std::string_view text, Symbols& symbols) {
  std::vector<Letter> letters;
  while (!text.empty()) letters.push_back(take(text, symbols));
  return letters;
}

void append(std::string& text, Letter letter, const Symbols& symbols) {
  const auto put = [&](Letter bits) { text += static_cast<char>(static_cast<unsigned char>(bits)); };
  if (letter >= symbol_letter) {
    text += symbols.text(letter);
  } else if (letter < 0x80) {
    put(letter);
  } else if (letter < 0x800) {
    put(0xC0 | letter >> 6);
    put(0x80 | (letter & 0x3F));
  } else if (letter < 0x10000) {
    put(0xE0 | letter >> 12);
    put(0x80 | (letter >> 6 & 0x3F));
    put(0x80 | (letter & 0x3F));
  } else {
    put(0xF0 | letter >> 18);
    put(0x80 | (letter >> 12 & 0x3F));
    put(0x80 | (letter >> 6 & 0x3F));
    put(0x80 | (letter & 0x3F));
  }
}

}  // namespace sallyport::iam::sets
