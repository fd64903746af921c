#include "base/ip.h"

#include <gtest/gtest.h>

namespace sallyport {
namespace {

TEST(Ip, ReadsAndShowsBothFamilies) {
  for (const char* text : {"10.0.0.0/16", "0.0.0.0/0", "::/0", "2001:db8::/32", "203.0.113.7/32"}) {
    const Result<Prefix> p = parse_prefix(text);
    ASSERT_TRUE(p.has_value()) << text;
    EXPECT_EQ(to_string(*p), text);
  }
  EXPECT_EQ(to_string(*parse_address("2001:0db8:0:0::1")), "2001:db8::1");
}

TEST(Ip, ClearsHostBits) {
  EXPECT_EQ(to_string(*parse_prefix("100.68.0.18/18")), "100.68.0.0/18");
  EXPECT_EQ(to_string(*parse_prefix("2001:db8::1/33")), "2001:db8::/33");
}

TEST(Ip, TakesABareAddressForAHost) {
  EXPECT_EQ(parse_prefix("10.0.0.1")->length, 32);
  EXPECT_EQ(parse_prefix("::1")->length, 128);
}

TEST(Ip, RefusesWhatIsNoAddress) {
  for (const char* text : {"", "10.0.0", "10.0.0.256", "010.0.0.1/8", "10.0.0.0/33", "::/129", "10.0.0.0/",
                           "10.0.0.0/-1", "10.0.0.0/8x", "fe80::1%eth0", " 10.0.0.1"}) {
    EXPECT_FALSE(parse_prefix(text).has_value()) << text;
  }
}

TEST(Ip, KnowsTheEndsOfABlock) {
  const Prefix p = *parse_prefix("10.1.0.0/16");
  EXPECT_EQ(to_string(p.first()), "10.1.0.0");
  EXPECT_EQ(to_string(p.last()), "10.1.255.255");
  EXPECT_EQ(to_string(parse_prefix("2001:db8::/64")->last()), "2001:db8::ffff:ffff:ffff:ffff");
  EXPECT_EQ(to_string(parse_prefix("2001:db8::/32")->last()), "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff");
}

TEST(Ip, NeverMixesFamilies) {
  EXPECT_FALSE(everything(Family::v6).contains(*parse_address("10.0.0.1")));
  EXPECT_FALSE(everything(Family::v4).contains(*parse_address("::1")));
}

TEST(Ip, NextCarriesIntoTheUpperHalf) {
  const Address a = *parse_address("2001:db8::ffff:ffff:ffff:ffff");
  EXPECT_EQ(to_string(next(a)), "2001:db8:0:1::");
  EXPECT_EQ(previous(next(a)), a);
}

}  // namespace
}  // namespace sallyport
