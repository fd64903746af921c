// Work that falls into parts, on all processors.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <system_error>
#include <thread>
#include <vector>

namespace sallyport {

constexpr std::size_t most_threads = 16;

// f(0), f(1) ... f(parts - 1), each once: by this thread alone, or if it is `worth` threads by as
// many as there are processors, and threads to be had. They begin in this order, so the longest had
// better come first; none may touch what another changes. `f` must not throw. Cost: some 30
// microseconds a thread.
template <class F>
void each_part(std::size_t parts, bool worth, F f) {
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t n = next++; n < parts; n = next++) f(n);
  };
  const std::size_t processors = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, most_threads);
  std::vector<std::jthread> others;
  try {
    for (std::size_t n = 1; worth && n < std::min(processors, parts); ++n) others.emplace_back(work);
  } catch (const std::system_error&) {
    // With fewer threads, then.
  }
  work();
}

// The same for two that are not alike.
template <class F, class G>
void both(bool worth, F first, G second) {
  each_part(2, worth, [&](std::size_t n) { n == 0 ? first() : second(); });
}

}  // namespace sallyport
