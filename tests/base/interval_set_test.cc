#include "base/interval_set.h"

#include <bitset>
#include <random>

#include <gtest/gtest.h>

namespace sallyport {
namespace {

PortSet ports(std::initializer_list<std::pair<int, int>> ranges) {
  std::vector<Interval<std::uint16_t>> intervals;
  for (const auto& [first, last] : ranges) {
    intervals.push_back({static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(last)});
  }
  return PortSet::of(std::move(intervals));
}

TEST(IntervalSet, MergesWhatTouches) {
  EXPECT_EQ(ports({{10, 20}, {21, 30}, {5, 7}}), ports({{5, 7}, {10, 30}}));
  EXPECT_EQ(ports({{0, 65535}, {7, 9}}), all_ports());
}

TEST(IntervalSet, FamiliesDoNotTouch) {
  const AddressSet both = set_of(everything(Family::v4)) | set_of(everything(Family::v6));
  EXPECT_EQ(both.intervals().size(), 2u);
}

TEST(IntervalSet, CutsTheEndsOfTheSpace) {
  EXPECT_TRUE((all_ports() - all_ports()).empty());
  EXPECT_EQ(all_ports() - ports({{0, 0}, {65535, 65535}}), ports({{1, 65534}}));
}

// The judge: a set of points, one bit each.
constexpr int space = 64;
using Points = std::bitset<space>;

Points points_of(const PortSet& set) {
  Points p;
  for (const auto& i : set.intervals()) {
    for (int k = i.first; k <= i.last; ++k) p.set(static_cast<std::size_t>(k));
  }
  return p;
}

TEST(IntervalSet, AgreesWithSetsOfPoints) {
  std::mt19937 random(7);
  const auto some = [&] {
    std::vector<Interval<std::uint16_t>> intervals;
    for (unsigned n = random() % 5; n > 0; --n) {
      const auto a = static_cast<std::uint16_t>(random() % space);
      const auto b = static_cast<std::uint16_t>(random() % space);
      intervals.push_back({std::min(a, b), std::max(a, b)});
    }
    return PortSet::of(std::move(intervals));
  };
  for (int round = 0; round < 5000; ++round) {
    const PortSet a = some();
    const PortSet b = some();
    ASSERT_EQ(points_of(a & b), points_of(a) & points_of(b));
    ASSERT_EQ(points_of(a | b), points_of(a) | points_of(b));
    ASSERT_EQ(points_of(a - b), points_of(a) & ~points_of(b));
    ASSERT_EQ(a.contains(b), (points_of(b) & ~points_of(a)).none());
    ASSERT_EQ(a.overlaps(b), (points_of(a) & points_of(b)).any());
    for (int k = 0; k < space; ++k) {
      ASSERT_EQ(a.contains(static_cast<std::uint16_t>(k)), points_of(a).test(static_cast<std::size_t>(k)));
    }
  }
}

}  // namespace
}  // namespace sallyport
