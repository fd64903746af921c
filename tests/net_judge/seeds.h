// Which clouds the tests of this folder make: a few in the suite, other and more of
// them with SALLYPORT_FIRST_SEED=n (1 without it) and SALLYPORT_CLOUDS=n (how many
// clouds a test case takes).
#pragma once

#include <cstdint>
#include <cstdlib>

namespace sallyport::net_judge {

struct Seeds {
  std::uint64_t first = 1;
  int count = 0;
};

inline Seeds seeds(int usual_count) {
  const char* first = std::getenv("SALLYPORT_FIRST_SEED");
  const char* count = std::getenv("SALLYPORT_CLOUDS");
  return {first == nullptr ? 1 : std::strtoull(first, nullptr, 10), count == nullptr ? usual_count : std::atoi(count)};
}

}  // namespace sallyport::net_judge
