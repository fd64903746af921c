#include "base/ip.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <iterator>
#include <random>
#include <string>

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

// Texts around the form of a dotted address, held against the C library.
TEST(Ip, ReadsDottedAddressesAsTheCLibraryDoes) {
  std::minstd_rand random(5);
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random()) % n; };
  const std::string parts[] = {"0",  "1",  "9",   "10",   "99", "255", "256", "300",
                               "00", "01", "007", "1000", "",   "a",   "-1"};
  int good = 0;
  for (int n = 0; n < 20'000; ++n) {
    std::string text;
    const unsigned count = below(10) < 8 ? 4 : 1 + below(6);
    for (unsigned i = 0; i < count; ++i) {
      const bool odd = below(8) == 0;
      text += (i > 0 ? "." : "") + (odd ? parts[below(std::size(parts))] : std::to_string(below(256)));
    }
    if (below(20) == 0) text += ".";
    in_addr expected{};
    const bool valid = inet_pton(AF_INET, text.c_str(), &expected) == 1;
    const auto read = parse_address(text);
    ASSERT_EQ(read.has_value(), valid) << text;
    if (valid) {
      ASSERT_EQ(*read, v4(ntohl(expected.s_addr))) << text;
    }
    good += valid;
  }
  EXPECT_GT(good, 1'000);
  EXPECT_LT(good, 19'000);
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
