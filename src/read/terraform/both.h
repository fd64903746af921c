// Two things at the same time.
#pragma once

#include <system_error>
#include <thread>

namespace sallyport::read::terraform {

// Runs both, and comes back when both are done; `first` in a thread of its own where that is worth it and there
// are threads to be had. They must not touch what the other changes.
template <class F, class G>
void both(bool worth_it, F first, G second) {
  std::jthread thread;
  if (worth_it && std::thread::hardware_concurrency() > 1) {
    try {
      thread = std::jthread(first);
    } catch (const std::system_error&) {
      // One after the other, then.
    }
  }
  if (!thread.joinable()) first();
  second();
}

}  // namespace sallyport::read::terraform
