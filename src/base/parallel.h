// Work that falls into parts, on all processors.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace sallyport {

constexpr std::size_t most_threads = 16;

// f(0), f(1) ... f(parts - 1), each once: by this thread alone, or if it is `worth` threads by as
// many as there are processors. They begin in this order, so the longest had better come first.
// `f` must not throw. Cost: some 30 microseconds a thread.
template <class F>
void each_part(std::size_t parts, bool worth, F f) {
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t n = next++; n < parts; n = next++) f(n);
  };
  const std::size_t processors = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, most_threads);
  std::vector<std::jthread> others;
  for (std::size_t n = 1; worth && n < std::min(processors, parts); ++n) others.emplace_back(work);
  work();
}

}  // namespace sallyport
