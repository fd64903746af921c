// Random: the same numbers from a seed on every machine.
//
// std::mt19937 is portable but std::uniform_int_distribution is not, so that a
// seed would name another cloud under another standard library. SplitMix64 with
// a plain remainder is enough to pick small things. Its first number becomes the
// state, because SplitMix64 walks by one constant: seeds that are neighbours would
// else be one stream, a step apart.
#pragma once

#include <cstdint>
#include <iterator>
#include <vector>

namespace sallyport::generate {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) { state_ = next(); }

  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

  // 0 .. n-1; n must not be 0.
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  // first .. last, both inclusive.
  int between(int first, int last) {
    return first + static_cast<int>(below(static_cast<std::size_t>(last - first + 1)));
  }
  // True in `percent` of 100 cases.
  bool chance(int percent) { return static_cast<int>(below(100)) < percent; }

  // One element of a container that is not empty.
  template <class Container>
  const auto& one_of(const Container& items) {
    return items[below(std::size(items))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace sallyport::generate
