// Letters: what patterns are made of, for automata over whole characters.
//
// A pattern is a sequence of units: letters (code points, or a whole symbol as one
// letter), wildcards, and tests of one letter. From the encoded form of iam/glob.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sallyport::iam::sets {

using Letter = std::uint32_t;  // a code point, or `symbol_letter + n`

inline constexpr Letter symbol_letter = 0x0020'0000;
inline constexpr Letter other_ascii = 0x0040'0000;    // any letter that a state's patterns do not name
inline constexpr Letter other_foreign = 0x0040'0001;  // the same, beyond ASCII; only where `not_ascii` stands

using Unit = std::uint32_t;  // a letter, or one of these

inline constexpr Unit fold = 0x1000'0000;         // flag: a lower-case letter, in either case
inline constexpr Unit run = 0x2000'0000;          // any run of letters
inline constexpr Unit segment_run = 0x2000'0001;  // any run without a colon
inline constexpr Unit one = 0x4000'0000;          // any letter
inline constexpr Unit segment_one = 0x4000'0001;  // any letter but a colon
inline constexpr Unit not_ascii = 0x4000'0002;    // any letter beyond ASCII
inline constexpr Unit finish = 0x8000'0000;       // the end of the pattern

constexpr bool is_run(Unit u) { return u == run || u == segment_run; }
constexpr bool is_test(Unit u) { return (u & 0xF000'0000) == one; }

// Symbols of one analysis, as letters.
class Symbols {
 public:
  Letter letter(std::string_view symbol);  // with its framing bytes
  std::string_view text(Letter letter) const { return known_[letter - symbol_letter]; }
  bool empty() const { return known_.empty(); }

 private:
  std::vector<std::string> known_;
};

using Pattern = std::vector<Unit>;  // ends with `finish`

// `encoded`: as iam/glob.h says. `ignoring_case`: ASCII letters stand for both cases.
Pattern pattern_of(std::string_view encoded, bool ignoring_case, Symbols& symbols);

// The letters of a text, without wildcards.
std::vector<Letter> letters_of(std::string_view text, Symbols& symbols);

void append(std::string& text, Letter letter, const Symbols& symbols);

}  // namespace sallyport::iam::sets
