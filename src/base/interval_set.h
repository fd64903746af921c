// IntervalSet<T>: a set of points as sorted, disjoint, non-adjacent closed
// intervals. The network engine's sets of addresses and of ports are these.
//
// Invariant: for neighbours a, b of `intervals()`: a.last < b.first and the two
// do not touch (next(a.last) != b.first), so equal sets are equal vectors.
// Cost: membership log n, the rest linear in the number of intervals.
//
// `Points<T>` says what the next point is and which points touch.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/ip.h"

namespace sallyport {

template <class T>
struct Points;

template <>
struct Points<Address> {
  static Address after(Address a) { return next(a); }
  static Address before(Address a) { return previous(a); }
  // Families never touch: the last IPv4 address has no successor.
  static bool touch(Address a, Address b) { return a.family == b.family && a != highest(a.family) && next(a) == b; }
};

template <>
struct Points<std::uint16_t> {
  static std::uint16_t after(std::uint16_t p) { return static_cast<std::uint16_t>(p + 1); }
  static std::uint16_t before(std::uint16_t p) { return static_cast<std::uint16_t>(p - 1); }
  static bool touch(std::uint16_t a, std::uint16_t b) { return a != 0xFFFF && a + 1 == b; }
};

// Both ends inclusive; first <= last.
template <class T>
struct Interval {
  T first{};
  T last{};
  friend bool operator==(const Interval&, const Interval&) = default;
};

template <class T>
class IntervalSet {
 public:
  using Intervals = std::vector<Interval<T>>;

  IntervalSet() = default;  // empty
  IntervalSet(T first, T last) { intervals_.push_back({first, last}); }

  // The union of any intervals, in any order.
  static IntervalSet of(std::vector<Interval<T>> intervals) { return merged(intervals); }

  bool empty() const { return intervals_.empty(); }
  const Intervals& intervals() const { return intervals_; }
  const T& front() const { return intervals_.front().first; }  // of a non-empty set

  bool contains(T point) const {
    auto it = std::upper_bound(intervals_.begin(), intervals_.end(), point,
                               [](const T& p, const Interval<T>& i) { return p < i.first; });
    return it != intervals_.begin() && point <= std::prev(it)->last;
  }
  bool contains(const IntervalSet& other) const { return (other - *this).empty(); }
  bool overlaps(const IntervalSet& other) const {
    auto i = intervals_.begin();
    auto j = other.intervals_.begin();
    while (i != intervals_.end() && j != other.intervals_.end()) {
      if (i->last < j->first) {
        ++i;
      } else if (j->last < i->first) {
        ++j;
      } else {
        return true;
      }
    }
    return false;
  }

  friend IntervalSet operator&(const IntervalSet& a, const IntervalSet& b) {
    IntervalSet both;
    auto i = a.intervals_.begin();
    auto j = b.intervals_.begin();
    while (i != a.intervals_.end() && j != b.intervals_.end()) {
      const T first = std::max(i->first, j->first);
      const T last = std::min(i->last, j->last);
      if (first <= last) both.intervals_.push_back({first, last});
      if (i->last < j->last) {
        ++i;
      } else {
        ++j;
      }
    }
    return both;
  }

  friend IntervalSet operator|(const IntervalSet& a, const IntervalSet& b) {
    if (a.empty()) return b;
    if (b.empty()) return a;
    Intervals all = a.intervals_;
    all.insert(all.end(), b.intervals_.begin(), b.intervals_.end());
    return merged(all);
  }

  friend IntervalSet operator-(const IntervalSet& a, const IntervalSet& b) {
    IntervalSet rest;
    auto cut = b.intervals_.begin();
    for (Interval<T> piece : a.intervals_) {
      while (cut != b.intervals_.end() && cut->last < piece.first) ++cut;
      bool consumed = false;
      for (auto c = cut; c != b.intervals_.end() && !(piece.last < c->first); ++c) {
        if (piece.first < c->first) rest.intervals_.push_back({piece.first, Points<T>::before(c->first)});
        if (!(c->last < piece.last)) {
          consumed = true;
          break;
        }
        piece.first = Points<T>::after(c->last);
      }
      if (!consumed) rest.intervals_.push_back(piece);
    }
    return rest;
  }

  friend bool operator==(const IntervalSet&, const IntervalSet&) = default;

 private:
  void append(const Interval<T>& next) {
    if (!intervals_.empty()) {
      Interval<T>& end = intervals_.back();
      if (next.first <= end.last || Points<T>::touch(end.last, next.first)) {
        end.last = std::max(end.last, next.last);
        return;
      }
    }
    intervals_.push_back(next);
  }

  template <class List>
  static IntervalSet merged(List& intervals) {  // sorts them
    std::sort(intervals.begin(), intervals.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    IntervalSet set;
    for (const Interval<T>& i : intervals) set.append(i);
    return set;
  }

  Intervals intervals_;
};

using AddressSet = IntervalSet<Address>;
using PortSet = IntervalSet<std::uint16_t>;

inline AddressSet set_of(const Prefix& p) { return {p.first(), p.last()}; }
inline AddressSet set_of(Address a) { return {a, a}; }
inline PortSet all_ports() { return {0, 0xFFFF}; }

// "10.0.0.0-10.0.0.255, 10.1.0.7": for messages.
std::string to_string(const AddressSet& set);
std::string to_string(const PortSet& set);

}  // namespace sallyport
