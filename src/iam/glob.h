// Globs: patterns in an encoded form, and matching them.
//
// In a policy `*` may be a wildcard or, written `${*}`, a star; a variable's value
// is never a pattern. So wildcards are encoded once, as bytes that no UTF-8 text
// contains, and everything else stands for itself:
//
//   FD  any run of characters           FB  any run without a colon
//   FC  exactly one character           FA  one character, but not a colon
//
// (FF and FE are taken by symbols, base/text.h.) A character is a code point.
// Nothing recurses; all cost is at most pattern x text, which `too_long` bounds.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/truth.h"

namespace sallyport::iam::glob {

inline constexpr char any_run = '\xFD';
inline constexpr char any_char = '\xFC';
inline constexpr char run_in_segment = '\xFB';
inline constexpr char char_in_segment = '\xFA';
inline constexpr char symbol_open = '\xFF';

// AWS's texts are shorter (an ARN has at most 2,048 characters); beyond this the
// answer is `unknown`, so that no input makes matching slow.
inline bool too_long(std::string_view pattern, std::string_view text) {
  return pattern.size() * text.size() > (std::size_t{1} << 22) && pattern.size() > 1;
}

// `*` and `?` become wildcards.
std::string encode(std::string_view raw);
// The same in place: no text changes its length.
void encode_in_place(std::span<char> raw);
// None of the wildcards crosses a colon.
std::string encode_in_segment(std::string_view raw);

// Patterns without FB and FA. Greedy, linear in practice.
bool matches(std::string_view pattern, std::string_view text);

// Any pattern; cost: pattern x text, and a small allocation.
bool matches_in_segments(std::string_view pattern, std::string_view text);

// Does `strict` match, where pattern or text hold symbols? `yes` if it does
// whatever the symbols stand for, `no` if `loose` (a pattern that matches at least
// what `strict` does) cannot match for any. A whole symbol differs from every
// literal.
Truth matches_symbolic(std::string_view strict, std::string_view loose, std::string_view text);

// A symbol that may be any text, even one that exists: a value that we lack.
inline constexpr std::string_view anything = "\xFF\xFE";

// Can the pattern match, if its symbols and the text's may stand for anything?
bool may_match(std::string_view pattern, std::string_view text);

inline bool has_symbol(std::string_view text) { return text.find(symbol_open) != std::string_view::npos; }
// Whether the text is one symbol and nothing else.
bool is_symbol(std::string_view text);
bool has_wildcard(std::string_view pattern);

}  // namespace sallyport::iam::glob
