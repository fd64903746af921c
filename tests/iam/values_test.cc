#include "iam/values.h"

#include <gtest/gtest.h>

namespace sallyport::iam {
namespace {

std::int64_t seconds(const char* text) {
  const auto moment = parse_moment(text);
  EXPECT_TRUE(moment) << text;
  return moment ? moment->seconds : -1;
}

TEST(Values, MomentsCompareByInstantNotBySpelling) {
  EXPECT_EQ(seconds("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(seconds("2000-02-29"), 951782400);
  EXPECT_EQ(seconds("2026-01"), seconds("2026-01-01"));
  EXPECT_EQ(seconds("2026-01-01T12:00Z"), seconds("2026-01-01T13:00:00+01:00"));
  EXPECT_EQ(seconds("2026-01-01T12:00:00-05:30"), seconds("2026-01-01T17:30:00Z"));
  EXPECT_EQ(seconds("1767225600"), seconds("2026-01-01T00:00:00Z"));
  EXPECT_LT(*parse_moment("2026-01-01T00:00:00.1Z"), *parse_moment("2026-01-01T00:00:00.25Z"));
}

TEST(Values, WhatIsNotSurelyAMomentIsNone) {
  for (const char* text : {"", "2026", "2026-13", "2026-02-29", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00",
                           "2026-01-01 00:00:00Z", "tomorrow", "2026-01-01T00:00:00Zx", "1767225600000", "-1"}) {
    EXPECT_FALSE(parse_moment(text)) << text;
  }
}

TEST(Values, NumbersCompareExactly) {
  const auto order = [](const char* a, const char* b) { return compare(*parse_decimal(a), *parse_decimal(b)); };
  EXPECT_EQ(order("10", "010.0"), std::strong_ordering::equal);
  EXPECT_EQ(order("-0", "0"), std::strong_ordering::equal);
  EXPECT_EQ(order("9", "10"), std::strong_ordering::less);
  EXPECT_EQ(order("-9", "-10"), std::strong_ordering::greater);
  EXPECT_EQ(order("0.5", "0.25"), std::strong_ordering::greater);
  EXPECT_EQ(order("1", "1.0001"), std::strong_ordering::less);
  EXPECT_EQ(order("9007199254740993", "9007199254740992"), std::strong_ordering::greater);
  for (const char* text : {"", "+", "1e3", " 1", "1.", ".5", "0x10", "1,5", "many"})
    EXPECT_FALSE(parse_decimal(text)) << text;
}

TEST(Values, BinaryIsBase64) {
  EXPECT_EQ(parse_base64("QmluYXJ5"), "Binary");
  EXPECT_EQ(parse_base64("QQ=="), "A");
  EXPECT_EQ(parse_base64(""), "");
  for (const char* text : {"QQ", "Q===", "Q=Q=", "Q Q=", "QQ==="}) EXPECT_FALSE(parse_base64(text)) << text;
}

TEST(Values, BooleansInAnyCaseAndNothingElse) {
  EXPECT_EQ(parse_boolean("TRUE"), true);
  EXPECT_EQ(parse_boolean("false"), false);
  EXPECT_FALSE(parse_boolean("1"));
}

}  // namespace
}  // namespace sallyport::iam
