// Conditions in words are held against the engine: whoever does what one of the ways says is
// allowed, and nobody else. The words are read by a small reader of their own.
#include "iam/sets/needs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <map>

#include "base/wildcard.h"
#include "formula_support.h"

namespace sallyport::iam::sets {
namespace {

using ::testing::ElementsAre;

std::string value_of(const Context& context, const std::string& key) {
  const std::string* v = context.single(key);
  return v == nullptr ? std::string() : *v;
}

std::vector<std::string> values_in(std::string_view text) {
  std::vector<std::string> all;
  for (std::size_t at = text.find('`'); at != std::string_view::npos; at = text.find('`', at + 1)) {
    const std::size_t end = text.find('`', at + 1);
    all.emplace_back(text.substr(at + 1, end - at - 1));
    at = end;
  }
  return all;
}

// Only what the generator can bring about; anything else fails the test.
bool is_true(const std::string& literal, const Context& context, const std::string& resource) {
  if (literal.starts_with("the resource ")) {
    std::string pattern = values_in(literal).front();
    const std::string key = pattern.substr(pattern.find("${") + 2, std::string("app:k0").size());
    const bool spare = pattern.find(", 'a'") != std::string::npos;
    std::string value = value_of(context, key);
    if (value.empty() && spare) value = "a";
    const bool matches = !value.empty() && resource == "arn:aws:s3:::b/" + value;
    return matches == (literal.find(" does not fit ") == std::string::npos);
  }
  const std::string key = literal.substr(0, literal.find(' '));
  const std::string value = value_of(context, key);
  std::string rest = literal.substr(key.size() + 1);
  if (rest == "is there") return !value.empty();
  if (rest == "is absent") return value.empty();
  if (rest == "fits `${app:k1}`" || rest == "does not fit `${app:k1}`") {
    const bool fits = !value.empty() && value == value_of(context, "app:k1");
    return fits == rest.starts_with("fits");
  }
  if (rest.starts_with("is absent or ")) {
    if (value.empty()) return true;
    rest = "is " + rest.substr(std::string("is absent or ").size());
  }
  EXPECT_TRUE(rest.starts_with("is ")) << literal;
  EXPECT_EQ(rest.find("such as"), std::string::npos) << literal;
  const bool negated = rest.starts_with("is not ");
  bool any = false;
  for (const std::string& wanted : values_in(rest)) {
    const bool like = rest.find("like ") != std::string::npos;
    any = any || (!value.empty() && (like ? sallyport::matches(wanted, value) : wanted == value));
  }
  return any != negated;
}

TEST(Needs, WordsAreTrueExactlyWhereTheEngineAllows) {
  std::size_t never = 0;
  std::size_t always = 0;
  std::size_t ways = 0;
  for (std::uint64_t seed = 1; seed <= 5'000 && !::testing::Test::HasFailure(); ++seed) {
    Scene scene;
    fill(scene, seed);
    const Decision open = scene.decide();
    if (open.outcome != Outcome::conditional) continue;
    Needs needs(scene.registry);
    const std::array contexts{static_cast<const Context*>(&scene.context)};
    const Conditions c = *needs.of(open.needs, contexts);
    ASSERT_TRUE(c.complete) << seed;
    EXPECT_EQ(needs.of(open.needs, contexts), needs.of(open.needs, contexts)) << "made once";
    never += c.never();
    always += c.always();
    ways += c.ways.size() > 1;
    for (std::size_t choice = 0; choice < choices; ++choice) {
      choose(scene.context, choice);
      const Outcome concrete = scene.outcome();
      if (concrete == Outcome::unknown) continue;
      const bool told = std::any_of(c.ways.begin(), c.ways.end(), [&](const std::vector<std::string>& way) {
        return std::all_of(way.begin(), way.end(),
                           [&](const std::string& literal) { return is_true(literal, scene.context, scene.resource); });
      });
      std::string text;
      for (const auto& way : c.ways) {
        text += "\n  or";
        for (const std::string& literal : way) text += " " + literal + ";";
      }
      EXPECT_EQ(concrete == Outcome::allowed, told) << "seed " << seed << ", choice " << choice << text;
    }
  }
  EXPECT_GT(never, 10U);
  EXPECT_GT(always, 0U);
  EXPECT_GT(ways, 100U);
}

Conditions under(Scene& scene, const std::string& condition, const std::string& deny = "") {
  std::string statements = R"({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": )" + condition + "}";
  if (!deny.empty()) {
    statements += R"(, {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": )" + deny + "}";
  }
  scene.layers.identity = scene.statements(PolicyType::identity, statements);
  const Decision d = scene.decide();
  EXPECT_EQ(d.outcome, Outcome::conditional);
  const std::array contexts{static_cast<const Context*>(&scene.context)};
  return *Needs(scene.registry).of(d.needs, contexts);
}

TEST(Needs, WhatTheContextSaysOfAKeyIsTakenSo) {
  Scene scene;
  scene.context.set_open("aws:UserAgent", true);
  EXPECT_THAT(under(scene, R"({"StringNotEquals": {"aws:UserAgent": "a"}})").ways,
              ElementsAre(ElementsAre("aws:UserAgent is not `a`")));
  scene.context.set_addresses("aws:SourceIp", set_of(*parse_prefix("203.0.113.0/24")));
  EXPECT_THAT(under(scene, R"({"IpAddress": {"aws:SourceIp": ["203.0.113.7", "10.0.0.0/8"]}})").ways,
              ElementsAre(ElementsAre("aws:SourceIp is in `203.0.113.7` or `10.0.0.0/8`")));
  EXPECT_TRUE(under(scene, R"({"IpAddress": {"aws:SourceIp": ["203.0.112.0/25", "203.0.113.0/25"]}})",
                    R"({"IpAddress": {"aws:SourceIp": "203.0.113.0/25"}})")
                  .never())
      << "what is left of them is outside of the addresses that it may have";
  EXPECT_TRUE(under(scene, R"({"StringEquals": {"aws:UserAgent": "a"}})", R"({"StringLike": {"aws:UserAgent": "a*"}})")
                  .never());
}

TEST(Needs, WaysTakenTogetherKnowOnlyWhatAllOfThemDo) {
  Scene scene;
  Context other;
  scene.context.set_open("aws:UserAgent", true);
  other.set_open("aws:UserAgent");
  const auto told = [&](std::vector<const Context*> contexts) {
    scene.layers.identity =
        scene.statements(PolicyType::identity, R"({"Effect": "Allow", "Action": "*", "Resource": "*",
                                  "Condition": {"StringLikeIfExists": {"aws:UserAgent": "a*"}}})");
    return Needs(scene.registry).of(scene.decide().needs, contexts)->ways;
  };
  EXPECT_THAT(told({&scene.context}), ElementsAre(ElementsAre("aws:UserAgent is like `a*`")));
  EXPECT_THAT(told({&scene.context, &other}), ElementsAre(ElementsAre("aws:UserAgent is absent or like `a*`")));
  EXPECT_EQ(*Needs(scene.registry).of(Formula{}, {}), (Conditions{{}, false}));
}

}  // namespace
}  // namespace sallyport::iam::sets
