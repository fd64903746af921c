// Choices: every combination of what a flow leaves open, one at a time.
//
// The naive walker is written for one packet. Wherever the rules leave something
// open (which interface, address, port, which of two equal routes) it asks
// `pick(n)` and gets one number. Run it again and again until `next()` says that
// all combinations were seen: a depth-first search by replay, without a stack of
// states. Slow, and hard to get wrong.
//
//   Choices choices;
//   do { see(walk(choices)); } while (choices.next());
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace sallyport::naive {

class Choices {
 public:
  // One of 0 .. n-1; n must not be 0. What is asked may depend on earlier picks.
  std::size_t pick(std::size_t n) {
    if (at_ == made_.size()) made_.push_back({0, n});
    return made_[at_++].now;
  }

  // A rule that a packet met, for tallies. Kept over all combinations.
  void meet(const char* rule) { met_.insert(rule); }
  const std::set<std::string>& met() const { return met_; }

  // Goes to the next combination; false when all were seen.
  bool next() {
    made_.resize(at_);  // a run that stopped early asked for less
    at_ = 0;
    while (!made_.empty() && ++made_.back().now == made_.back().of) made_.pop_back();
    return !made_.empty();
  }

 private:
  struct Made {
    std::size_t now;
    std::size_t of;
  };
  std::vector<Made> made_;
  std::size_t at_ = 0;
  std::set<std::string> met_;
};

}  // namespace sallyport::naive
