#include "net/beam.h"

#include <gtest/gtest.h>

namespace sallyport::net {
namespace {

AddressSet block(const char* text) { return set_of(*parse_prefix(text)); }

Side exact(const char* text) {
  Side side;
  side.set = block(text);
  return side;
}

Side bounded(const char* text) {
  Side side = exact(text);
  side.gap = GapId(1);
  return side;
}

TEST(Cut, SplitsAnExactSideExactly) {
  const Cut parts = cut(exact("10.0.0.0/24"), {block("10.0.0.0/25"), {}, {}, {}});
  ASSERT_TRUE(parts.inside && parts.outside);
  EXPECT_EQ(parts.inside->set, block("10.0.0.0/25"));
  EXPECT_EQ(parts.outside->set, block("10.0.0.128/25"));
  EXPECT_FALSE(parts.maybe);
}

TEST(Cut, NeverSplitsABoundedSide) {
  const Cut parts = cut(bounded("10.0.0.0/24"), {block("10.0.0.0/25"), {}, {}, {}});
  EXPECT_FALSE(parts.inside || parts.outside);
  ASSERT_TRUE(parts.maybe);
  EXPECT_EQ(parts.gap, GapId(1));
  EXPECT_TRUE(cut(bounded("10.0.0.0/24"), {block("10.0.0.0/16"), {}, {}, {}}).inside);
  EXPECT_TRUE(cut(bounded("10.0.0.0/24"), {block("10.1.0.0/16"), {}, {}, {}}).outside);
}

TEST(Cut, AnOpenListLeavesWhatItMayHoldInDoubt) {
  const Named open{block("10.0.0.0/25"), GapId(2), block("10.0.0.0/8"), {}};
  const Cut parts = cut(exact("10.0.0.0/24"), open);
  ASSERT_TRUE(parts.inside && parts.maybe);
  EXPECT_FALSE(parts.outside);
  EXPECT_EQ(parts.maybe->set, block("10.0.0.128/25"));
  EXPECT_EQ(parts.gap, GapId(2));
  EXPECT_TRUE(cut(exact("192.0.2.0/24"), open).outside) << "outside the bound nothing is in doubt";
}

TEST(Cut, AServicesNameIsInItsOwnListByDefinitionAndInNoOther) {
  TextPool texts;
  Side s3;
  s3.set = public_space(Family::v4);
  s3.gap = GapId(1);
  s3.service = true;
  s3.service_list = texts.intern("com.amazonaws.eu-central-1.s3");
  const Named own{{}, GapId(2), public_space(Family::v4), s3.service_list};
  const Named other{{}, GapId(2), public_space(Family::v4), texts.intern("com.amazonaws.us-east-1.s3")};
  EXPECT_TRUE(cut(s3, own).inside);
  EXPECT_TRUE(cut(s3, other).outside);
}

TEST(Space, KnowsWhatIsPublic) {
  for (const char* a :
       {"10.0.0.1", "172.31.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "fd00::1", "fe80::1"}) {
    EXPECT_FALSE(is_public(*parse_address(a))) << a;
  }
  for (const char* a : {"8.8.8.8", "203.0.113.7", "172.32.0.1", "100.128.0.1", "2600:1f00::1"}) {
    EXPECT_TRUE(is_public(*parse_address(a))) << a;
  }
}

}  // namespace
}  // namespace sallyport::net
