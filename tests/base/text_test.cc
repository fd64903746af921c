#include "base/text.h"

#include <string>

#include <gtest/gtest.h>

#include "base/gap.h"
#include "base/origin.h"
#include "base/truth.h"
#include "base/value.h"
#include "base/wildcard.h"

namespace sallyport {
namespace {

TEST(TextPool, KnowsTheEmptyTextBeforeAnyOther) {
  TextPool pool;
  EXPECT_TRUE(pool.intern("").empty());
  EXPECT_EQ(pool.bytes(), 0U);
  EXPECT_EQ(pool.view(pool.intern("vpc-1")), "vpc-1");
}

TEST(Text, EqualTextsHaveEqualIds) {
  TextPool pool;
  EXPECT_EQ(pool.intern("vpc-1"), pool.intern(std::string("vpc-") + "1"));
  EXPECT_NE(pool.intern("vpc-1"), pool.intern("vpc-2"));
  EXPECT_TRUE(pool.intern("").empty());
  EXPECT_FALSE(pool.find("vpc-3").has_value());
}

TEST(Text, ViewsStayValid) {
  TextPool pool;
  const Text first = pool.intern("first");
  const std::string_view view = pool.view(first);
  for (int i = 0; i < 20000; ++i) pool.intern("text number " + std::to_string(i));
  EXPECT_EQ(view, "first");
  const Text large = pool.intern(std::string(200'000, 'x'));  // larger than a block
  EXPECT_EQ(pool.find(std::string(200'000, 'x')), large);
}

TEST(Text, ASymbolEqualsItselfAndNoLiteral) {
  TextPool pool;
  const Text symbol = pool.symbol("aws_vpc.main.id");
  EXPECT_EQ(pool.same(symbol, pool.symbol("aws_vpc.main.id")), Truth::yes);
  EXPECT_EQ(pool.same(symbol, pool.symbol("aws_vpc.other.id")), Truth::no);
  EXPECT_EQ(pool.same(symbol, pool.intern("vpc-1")), Truth::no);
  EXPECT_EQ(pool.same(symbol, pool.intern("aws_vpc.main.id")), Truth::no);
}

TEST(Text, ATextWithASymbolInsideMayEqualAnything) {
  TextPool pool;
  const Text mixed = pool.intern("arn:aws:s3:::" + pool.string(pool.symbol("aws_s3_bucket.b.id")) + "/*");
  EXPECT_TRUE(pool.has_symbol(mixed));
  EXPECT_FALSE(pool.is_symbol(mixed));
  EXPECT_EQ(pool.same(mixed, pool.intern("arn:aws:s3:::x/*")), Truth::unknown);
  EXPECT_EQ(show_symbols(pool.view(mixed)), "arn:aws:s3:::(known after apply: aws_s3_bucket.b.id)/*");
}

TEST(Truth, FollowsKleenesTables) {
  constexpr Truth all[] = {Truth::no, Truth::unknown, Truth::yes};
  for (const Truth a : all) {
    EXPECT_EQ(a & Truth::no, Truth::no);
    EXPECT_EQ(a | Truth::yes, Truth::yes);
    EXPECT_EQ(a & Truth::yes, a);
    EXPECT_EQ(a | Truth::no, a);
    EXPECT_EQ(!!a, a);
  }
  EXPECT_EQ(Truth::unknown & Truth::unknown, Truth::unknown);
  EXPECT_EQ(!Truth::unknown, Truth::unknown);
}

TEST(Value, UnknownHasAReason) {
  Gaps gaps;
  const GapId gap = gaps.add({GapKind::not_collected, "x was not collected", "collect x"});
  EXPECT_EQ(gap, gaps.add({GapKind::not_collected, "x was not collected", "another remedy"}));
  const Value<bool> unknown(gap);
  EXPECT_FALSE(unknown.known());
  EXPECT_EQ(truth(unknown), Truth::unknown);
  EXPECT_EQ(gaps[unknown.gap()].remedy, "collect x");
  EXPECT_EQ(truth(Value<bool>(true)), Truth::yes);
}

TEST(Origin, FindsLineAndColumn) {
  Documents documents;
  const DocumentId id = documents.add_text("<stdin>", "ab\ncd\n\nef");
  const auto at = [&](std::uint32_t offset) { return documents.place({id, offset}); };
  EXPECT_EQ(at(0).line, 1u);
  EXPECT_EQ(at(0).column, 1u);
  EXPECT_EQ(at(4).line, 2u);
  EXPECT_EQ(at(4).column, 2u);
  EXPECT_EQ(at(7).line, 4u);
  EXPECT_EQ(at(7).column, 1u);
  EXPECT_EQ(documents.show({id, 4}), "<stdin>:2");
  EXPECT_EQ(documents.show({}), "");
  const DocumentId inner = documents.add_inner({id, 4}, "policy");
  EXPECT_EQ(documents.show({inner, 99}), "<stdin>:2");
}

TEST(Wildcard, MatchesWholeTexts) {
  EXPECT_TRUE(matches("s3:Get*", "s3:GetObject"));
  EXPECT_FALSE(matches("s3:Get*", "S3:GetObject"));
  EXPECT_TRUE(matches_ignoring_case("s3:get?bject", "S3:GetObject"));
  EXPECT_FALSE(matches("a?c", "ac"));
  EXPECT_TRUE(matches("*", ""));
  EXPECT_TRUE(matches("a*b*c", "a-b-b-c"));
  EXPECT_FALSE(matches("a*b*c", "a-c-b"));
}

// Every pattern and text of up to five letters against a recursive definition.
bool naive(std::string_view p, std::string_view t) {
  if (p.empty()) return t.empty();
  if (p[0] == '*') return naive(p.substr(1), t) || (!t.empty() && naive(p, t.substr(1)));
  return !t.empty() && (p[0] == '?' || p[0] == t[0]) && naive(p.substr(1), t.substr(1));
}

void words(std::string_view alphabet, std::size_t length, std::string word, std::vector<std::string>& out) {
  out.push_back(word);
  if (word.size() == length) return;
  for (const char c : alphabet) words(alphabet, length, word + c, out);
}

TEST(Wildcard, AgreesWithItsDefinitionOnAllSmallWords) {
  std::vector<std::string> patterns;
  std::vector<std::string> texts;
  words("ab*?", 5, "", patterns);
  words("ab", 5, "", texts);
  for (const std::string& p : patterns) {
    for (const std::string& t : texts) ASSERT_EQ(matches(p, t), naive(p, t)) << p << " against " << t;
  }
}

}  // namespace
}  // namespace sallyport
