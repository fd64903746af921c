// Crew: the same work on all processors, the caller's thread among them.
//
// Threads are made at the first `run`, so a command that has little to do starts none.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace sallyport::cli {

class Crew {
 public:
  explicit Crew(std::size_t size);  // members, at least one
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  std::size_t size() const { return size_; }

  // job(0) .. job(size() - 1), each in a thread of its own, job(0) in the caller's.
  // Returns when all have ended. `job` must not throw.
  void run(const std::function<void(std::size_t)>& job);

 private:
  void member(std::size_t number);

  std::size_t size_;
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable begin_;
  std::condition_variable end_;
  const std::function<void(std::size_t)>* job_ = nullptr;
  std::size_t round_ = 0;    // of work, so that no member takes part twice
  std::size_t working_ = 0;  // members that have not ended
  bool over_ = false;
};

}  // namespace sallyport::cli
