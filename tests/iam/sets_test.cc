// The parts below `compare`: diagrams, automata, covers; questions and readable conditions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "compare_support.h"
#include "iam/glob.h"
#include "iam/sets/automaton.h"
#include "iam/sets/cover.h"
#include "iam/sets/questions.h"
#include "iam/sets/readable.h"
#include "library/net/random.h"

namespace sallyport::iam::sets {
namespace {

using generate::Random;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

// A function by its table: bit i is its value where the variables are the bits of i.
struct Tabled {
  Bdd::Node node;
  std::uint32_t table;
};

Tabled random_function(Bdd& bdd, Random& random, int depth) {
  if (depth == 0) {
    const auto v = static_cast<Bdd::Variable>(random.below(5));
    std::uint32_t table = 0;
    for (std::uint32_t i = 0; i < 32; ++i) table |= (i >> v & 1U) << i;
    return {bdd.variable(v), table};
  }
  const Tabled a = random_function(bdd, random, depth - 1);
  const Tabled b = random_function(bdd, random, depth - 1);
  switch (random.below(3)) {
    case 0: return {bdd.both(a.node, b.node), a.table & b.table};
    case 1: return {bdd.either(a.node, b.node), a.table | b.table};
    default: return {bdd.without(a.node, b.node), a.table & ~b.table};
  }
}

bool value(const Bdd& bdd, Bdd::Node n, std::uint32_t at) {
  while (n > Bdd::yes) n = (at >> bdd.top(n) & 1U) != 0 ? bdd.high(n) : bdd.low(n);
  return n == Bdd::yes;
}

TEST(Bdd, EqualFunctionsAreEqualNumbersAndMeanWhatTheyShould) {
  Bdd bdd(100'000);
  Random random(1);
  std::map<std::uint32_t, Bdd::Node> by_table;
  for (int n = 0; n < 2'000; ++n) {
    const Tabled f = random_function(bdd, random, 4);
    for (std::uint32_t i = 0; i < 32; ++i) ASSERT_EQ(value(bdd, f.node, i), (f.table >> i & 1U) != 0);
    EXPECT_EQ(by_table.emplace(f.table, f.node).first->second, f.node);
  }
  EXPECT_FALSE(bdd.exhausted());
}

TEST(Bdd, ItsBudgetHolds) {
  Bdd bdd(50);
  Bdd::Node n = Bdd::no;
  for (Bdd::Variable v = 0; v < 60; v += 2) n = bdd.either(n, bdd.both(bdd.variable(v / 2), bdd.variable(100 + v)));
  EXPECT_TRUE(bdd.exhausted());
  EXPECT_LE(bdd.size(), 50U);
}

TEST(Cover, LiesBetweenItsBoundsAndHasNothingToSpare) {
  Bdd bdd(1'000'000);
  Random random(2);
  for (int n = 0; n < 500; ++n) {
    const Tabled a = random_function(bdd, random, 3);
    const Tabled b = random_function(bdd, random, 3);
    const Bdd::Node lower = bdd.both(a.node, b.node);
    const Cover c = cover(bdd, lower, a.node);
    const auto joined = [&](std::size_t except) {
      Bdd::Node any = Bdd::no;
      for (std::size_t p = 0; p < c.products.size(); ++p) {
        Bdd::Node all = p == except ? Bdd::no : Bdd::yes;
        for (const auto& [v, positive] : c.products[p]) {
          all = bdd.both(all, positive ? bdd.variable(v) : bdd.negation(bdd.variable(v)));
        }
        any = bdd.either(any, all);
      }
      return any;
    };
    EXPECT_TRUE(c.complete);
    EXPECT_EQ(bdd.without(lower, joined(SIZE_MAX)), Bdd::no) << "at least the lower bound";
    EXPECT_EQ(bdd.without(joined(SIZE_MAX), a.node), Bdd::no) << "at most the upper one";
    for (std::size_t p = 0; p < c.products.size(); ++p) {
      EXPECT_NE(bdd.without(lower, joined(p)), Bdd::no) << "each product is needed";
    }
  }
}

// Random patterns over few letters; every short text is held against each of them.
TEST(Automaton, ItsClassesAreThoseOfAllTexts) {
  Random random(3);
  for (int n = 0; n < 300; ++n) {
    Symbols symbols;
    std::vector<std::string> patterns;
    std::vector<Language> languages;
    for (std::size_t i = 0, count = 1 + random.below(4); i < count; ++i) {
      std::string pattern;
      for (std::size_t k = 0, size = random.below(6); k < size; ++k) pattern += random.one_of(std::string("aab:*?"));
      const bool segments = random.chance(40);
      patterns.push_back(segments ? glob::encode_in_segment(pattern) : glob::encode(pattern));
      languages.push_back({pattern_of(patterns.back(), false, symbols)});
    }
    const Automaton automaton(languages, {}, symbols, {});
    ASSERT_FALSE(automaton.exhausted());
    const auto matches = [&](const std::string& text) {
      Bits bits(languages.size());
      for (std::size_t i = 0; i < patterns.size(); ++i) {
        if (glob::matches_in_segments(patterns[i], text)) bits.set(i);
      }
      return bits;
    };
    for (const Automaton::Class& c : automaton.classes()) EXPECT_EQ(matches(c.text), c.matches) << c.text;
    std::vector<std::string> texts{""};
    for (std::size_t i = 0; i < texts.size() && texts[i].size() < 5; ++i) {
      for (const char c : std::string("ab:x")) texts.push_back(texts[i] + c);
    }
    for (const std::string& text : texts) {
      const std::size_t c = automaton.class_of(text);
      ASSERT_LT(c, automaton.classes().size());
      ASSERT_EQ(automaton.classes()[c].matches, matches(text)) << "`" << text << "`";
    }
  }
}

TEST(Automaton, DomainsBoundAndLimitsHold) {
  Symbols symbols;
  const std::vector<Language> any{{pattern_of(glob::encode("s3:*"), false, symbols)}};
  const Automaton actions(any, {{segment_one, segment_run, ':', one, run, finish}}, symbols, {});
  ASSERT_EQ(actions.classes().size(), 2U);
  EXPECT_EQ(actions.class_of("s3:"), 2U) << "no name: not an action";
  std::vector<Language> many;
  for (int i = 0; i < 30; ++i)
    many.push_back({pattern_of(glob::encode("*" + std::to_string(i) + "x*"), false, symbols)});
  EXPECT_TRUE(Automaton(many, {}, symbols, {.positions = 10'000}).exhausted());
}

TEST(Questions, WhatADocumentAllowsAndWhatItsStatementsAreGoodFor) {
  Pair p;
  const std::string allow = R"({"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"})";
  const std::string narrow = R"({"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"})";
  const std::string never =
      R"({"Effect": "Allow", "Action": "sqs:*", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceVpce": "a"},
          "StringLike": {"aws:SourceVpce": "b*"}}})";
  const std::string deny = R"({"Effect": "Deny", "Action": "*", "Resource": "*"})";
  const auto type = PolicyType::identity;
  EXPECT_EQ(allows_anything(p.document(allow), type, p.registry).holds, Truth::yes);
  EXPECT_EQ(allows_anything(p.document(allow + "," + deny), type, p.registry).holds, Truth::no);
  EXPECT_EQ(allows_anything(p.document(never), type, p.registry).holds, Truth::no);
  EXPECT_EQ(implies(p.document(narrow), p.document(allow), type, p.registry).holds, Truth::yes);
  const Answer not_implied = implies(p.document(allow), p.document(narrow), type, p.registry);
  EXPECT_EQ(not_implied.holds, Truth::no);
  EXPECT_TRUE(not_implied.example);
  EXPECT_EQ(overlap(p.document(narrow), p.document(allow), type, p.registry).holds, Truth::yes);
  EXPECT_EQ(overlap(p.document(never), p.document(allow), type, p.registry).holds, Truth::no);
  const auto uses = statement_uses(p.document(allow + "," + narrow + "," + never), type, p.registry);
  ASSERT_EQ(uses.size(), 3U);
  EXPECT_EQ(uses[0].matters.holds, Truth::yes);
  EXPECT_EQ(uses[1].applies.holds, Truth::yes);
  EXPECT_EQ(uses[1].matters.holds, Truth::no) << "the first allows it already";
  EXPECT_EQ(uses[2].applies.holds, Truth::no);
}

Conditions conditions_of(Pair& p, const std::string& statements) {
  const PolicyDocument document = p.document(statements);
  Analysis analysis({&document}, PolicyType::identity, p.registry);
  const auto region = analysis.region_of("s3:GetObject", SIZE_MAX, "arn:aws:s3:::b/x");
  EXPECT_TRUE(region);
  return readable(analysis, analysis.allows(*region, 0));
}

TEST(Readable, ConditionsAreShort) {
  Pair p;
  const std::string allow = R"({"Effect": "Allow", "Action": "*", "Resource": "*")";
  const std::string deny = R"({"Effect": "Deny", "Action": "*", "Resource": "*")";
  EXPECT_THAT(conditions_of(p, allow + "}").ways, ElementsAre(ElementsAre()));
  EXPECT_THAT(conditions_of(p, deny + "}").ways, ElementsAre());
  EXPECT_THAT(conditions_of(p, allow + R"(, "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1"},
                                       "Bool": {"aws:MultiFactorAuthPresent": "true"}}})")
                  .ways.front(),
              UnorderedElementsAre("aws:SourceVpce is `vpce-1`", "aws:MultiFactorAuthPresent is `true`"));
  EXPECT_THAT(conditions_of(p, allow + R"(, "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}})")
                  .ways.front(),
              testing::AnyOf(ElementsAre("aws:MultiFactorAuthPresent is absent or `true`"),
                             ElementsAre("aws:MultiFactorAuthPresent is absent")))
      << "the first of the ways never forgets the missing key";
  EXPECT_THAT(
      conditions_of(p, allow + "}," + deny + R"(, "Condition": {"StringNotEquals": {"aws:SourceVpc": ["a", "b"]}}})")
          .ways,
      ElementsAre(ElementsAre("aws:SourceVpc is `a` or `b`")))
      << "what is one of them is there";
  EXPECT_THAT(conditions_of(p, allow + R"(, "Condition": {"StringLike": {"aws:SourceVpc": "vpc-*"}}},)" + allow +
                                   R"(, "Condition": {"StringEquals": {"aws:SourceVpc": "vpc-1"}}})")
                  .ways,
              ElementsAre(ElementsAre("aws:SourceVpc is like `vpc-*`")))
      << "the other is part of it";
  EXPECT_THAT(conditions_of(p, allow + R"(, "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["a"]},
                                       "Null": {"aws:TagKeys": "false"}}})")
                  .complete,
              true);
}

// Variables are numbered in the order in which they are first spoken of, whatever order a
// compiler takes the operands of a call in: ways are told in the order of the variables.
TEST(Readable, TheOrderIsFixed) {
  Pair p;
  const std::string allow = R"({"Effect": "Allow", "Action": "*", "Resource": "*")";
  const auto show = [&](const std::string& condition) {
    std::string text;
    for (const auto& way : conditions_of(p, allow + R"(, "Condition": {)" + condition + "}}").ways) {
      text += "|";
      for (const std::string& literal : way) text += " " + literal + ";";
    }
    return text;
  };
  EXPECT_EQ(show(R"("ForAllValues:StringEquals": {"aws:TagKeys": ["a"]})"),
            "| all values of aws:TagKeys are `a`;"
            "| some value of aws:TagKeys is such as ``; no value of aws:TagKeys is such as `x` or `a`;"
            " it hangs on whether a key with an empty value counts as present;");
}

}  // namespace
}  // namespace sallyport::iam::sets
