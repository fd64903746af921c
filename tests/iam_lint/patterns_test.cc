// Patterns against each other, held against all short texts.
#include "iam/lint/patterns.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/wildcard.h"

namespace sallyport::iam::lint {
namespace {

// All texts over an alphabet up to that length.
std::vector<std::string> texts(const std::string& alphabet, std::size_t longest) {
  std::vector<std::string> out = {""};
  for (std::size_t from = 0, n = 0; n < longest; ++n) {
    const std::size_t end = out.size();
    for (std::size_t i = from; i < end; ++i) {
      for (const char c : alphabet) out.push_back(out[i] + c);
    }
    from = end;
  }
  return out;
}

TEST(Patterns, MeetAndContainAsAllShortTextsSay) {
  const auto patterns = texts("ab*?", 3);
  const auto all = texts("abc", 6);
  for (const std::string& a : patterns) {
    for (const std::string& b : patterns) {
      bool meet = false;
      bool inside = true;
      for (const std::string& t : all) {
        const bool in_a = matches(a, t);
        const bool in_b = matches(b, t);
        meet = meet || (in_a && in_b);
        inside = inside && (!in_a || in_b);
      }
      ASSERT_EQ(may_meet(a, b), meet) << a << " " << b;
      ASSERT_TRUE(inside || !within(a, b)) << a << " in " << b;
    }
  }
}

TEST(Patterns, ContainmentIsSeenWhereItIsPlain) {
  EXPECT_TRUE(within("s3:GetObject", "s3:Get*"));
  EXPECT_TRUE(within("s3:GetObject*", "s3:Get*"));
  EXPECT_TRUE(within("s3:*", "*"));
  EXPECT_TRUE(within("a?c", "a?c"));
  EXPECT_FALSE(within("s3:Get*", "s3:GetObject*"));
  EXPECT_FALSE(within("a*c", "a?c"));
}

TEST(Patterns, VariablesMayBeAnything) {
  EXPECT_TRUE(may_meet("arn:aws:s3:::b/${aws:username}/x", "arn:aws:s3:::b/ana/x"));
  EXPECT_FALSE(may_meet("arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::c/*"));
}

TEST(Patterns, LongOnesTakeNoTime) {
  const std::string stars(2000, '*');
  EXPECT_TRUE(may_meet(stars, stars));
  EXPECT_TRUE(within(stars, "*"));
}

}  // namespace
}  // namespace sallyport::iam::lint
