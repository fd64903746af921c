#include "iam/glob.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sallyport::iam::glob {
namespace {

// All words over an alphabet up to a length.
std::vector<std::string> words(const std::string& alphabet, std::size_t length) {
  std::vector<std::string> all = {""};
  for (std::size_t first = 0; length > 0; --length) {
    const std::size_t last = all.size();
    for (std::size_t i = first; i < last; ++i) {
      for (const char c : alphabet) all.push_back(all[i] + c);
    }
    first = last;
  }
  return all;
}

// The definition, by trying everything. `crosses`: do wildcards match colons?
bool by_definition(std::string_view pattern, std::string_view text, bool crosses) {
  if (pattern.empty()) return text.empty();
  const bool fits = !text.empty() && (crosses || text[0] != ':');
  if (pattern[0] == '*') {
    return by_definition(pattern.substr(1), text, crosses) || (fits && by_definition(pattern, text.substr(1), crosses));
  }
  if (pattern[0] == '?') return fits && by_definition(pattern.substr(1), text.substr(1), crosses);
  return !text.empty() && pattern[0] == text[0] && by_definition(pattern.substr(1), text.substr(1), crosses);
}

TEST(Glob, AgreesWithItsDefinitionOnAllSmallPatterns) {
  for (const std::string& pattern : words("a*?:", 5)) {
    const std::string free = encode(pattern);
    const std::string kept = encode_in_segment(pattern);
    for (const std::string& text : words("ab:", 5)) {
      ASSERT_EQ(matches(free, text), by_definition(pattern, text, true)) << pattern << " against " << text;
      ASSERT_EQ(matches_in_segments(free, text), by_definition(pattern, text, true)) << pattern << " against " << text;
      ASSERT_EQ(matches_in_segments(kept, text), by_definition(pattern, text, false)) << pattern << " against " << text;
    }
  }
}

TEST(Glob, AQuestionMarkIsOneCharacterNotOneByte) {
  EXPECT_TRUE(matches(encode("?"), "\xC3\xB6"));
  EXPECT_TRUE(matches(encode("*?"), "\xE2\x82\xAC"));
  EXPECT_FALSE(matches(encode("??"), "\xE2\x82\xAC"));
  EXPECT_FALSE(matches(encode("*??"), "\xE2\x82\xAC"));
  EXPECT_FALSE(matches_in_segments(encode("*??"), "\xE2\x82\xAC"));
}

// A symbol stands for some text that is none of the literals here: what a pattern
// says of it must hold for every such text.
TEST(Glob, SaysOfASymbolOnlyWhatHoldsForAllThatItMayBe) {
  const std::string symbol =
      "\xFF"
      "x"
      "\xFE";
  const auto filled = [&](std::string text, const std::string& value) {
    for (std::size_t at = text.find(symbol); at != std::string::npos; at = text.find(symbol)) {
      text.replace(at, symbol.size(), value);
    }
    return text;
  };
  std::vector<std::string> texts;
  for (const std::string& word : words("ab$", 3)) {
    std::string text;
    for (const char c : word) text += c == '$' ? symbol : std::string(1, c);
    texts.push_back(text);
  }
  for (const std::string& raw : words("a*?$", 3)) {
    std::string pattern;
    for (const char c : raw) pattern += c == '$' ? symbol : std::string(1, c);
    pattern = encode(pattern);
    for (const std::string& text : texts) {
      const Truth said = matches_symbolic(pattern, pattern, text);
      for (const char* const value : {"zz", "z", "qrs"}) {
        const bool is = matches(filled(pattern, value), filled(text, value));
        if (said != Truth::unknown) {
          ASSERT_EQ(said == Truth::yes, is) << raw << " against " << testing::PrintToString(text);
        }
      }
    }
  }
}

TEST(Glob, AWholeSymbolDiffersFromEveryLiteralAndOtherSymbol) {
  const std::string a =
      "\xFF"
      "a"
      "\xFE";
  const std::string b =
      "\xFF"
      "b"
      "\xFE";
  EXPECT_EQ(matches_symbolic(a, a, a), Truth::yes);
  EXPECT_EQ(matches_symbolic(a, a, b), Truth::no);
  EXPECT_EQ(matches_symbolic("vpce-1", "vpce-1", a), Truth::no);
  EXPECT_EQ(matches_symbolic(a, a, "vpce-1"), Truth::no);
  EXPECT_EQ(matches_symbolic(encode("vpce-*"), encode("vpce-*"), a), Truth::unknown);
  EXPECT_EQ(matches_symbolic(encode("*"), encode("*"), a), Truth::yes);
  EXPECT_EQ(matches_symbolic("arn:" + a, "arn:" + a, "arn:x"), Truth::unknown);
  EXPECT_EQ(matches_symbolic("arn:" + a, "arn:" + a, "urn:x"), Truth::no);
}

TEST(Glob, NoPatternTakesLong) {
  std::string pattern;
  for (int i = 0; i < 500; ++i) pattern += "*a";
  pattern += "b";
  const std::string text(2000, 'a');
  EXPECT_FALSE(matches(encode(pattern), text));
  EXPECT_FALSE(matches_in_segments(encode(pattern), text));
  EXPECT_TRUE(too_long(std::string(100'000, '*'), std::string(100'000, 'a')));
}

}  // namespace
}  // namespace sallyport::iam::glob
