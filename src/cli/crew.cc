#include "cli/crew.h"

#include <algorithm>

namespace sallyport::cli {

Crew::Crew(std::size_t size) : size_(std::max<std::size_t>(size, 1)) {}

Crew::~Crew() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  begin_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Crew::member(std::size_t number) {
  std::unique_lock lock(mutex_);
  for (std::size_t done = 0;;) {
    begin_.wait(lock, [&] { return over_ || round_ != done; });
    if (over_) return;
    done = round_;
    const auto& job = *job_;
    lock.unlock();
    job(number);
    lock.lock();
    if (--working_ == 0) end_.notify_one();
  }
}

void Crew::run(const std::function<void(std::size_t)>& job) {
  while (threads_.size() + 1 < size_) threads_.emplace_back(&Crew::member, this, threads_.size() + 1);
  {
    const std::lock_guard lock(mutex_);
    job_ = &job;
    working_ = threads_.size();
    ++round_;
  }
  begin_.notify_all();
  job(0);
  std::unique_lock lock(mutex_);
  end_.wait(lock, [&] { return working_ == 0; });
}

}  // namespace sallyport::cli
