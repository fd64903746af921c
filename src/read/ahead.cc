#include "read/ahead.h"

#include <algorithm>
#include <utility>

namespace sallyport::read {

bool begins_like_json(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos || bytes[first] == '{' || bytes[first] == '[';
}

Parsed parsed(Result<std::string> bytes, json::Parser& parser) {
  if (!bytes || !begins_like_json(*bytes)) return {std::move(bytes), std::nullopt};
  return {std::string(), parser.parse(std::move(*bytes))};
}

Ahead::Ahead(const Store& store, std::vector<Path> paths) : store_(store) {
  std::size_t all = 0;
  for (Path& path : paths) {
    File file{std::move(path), 0, false, std::nullopt};
    if (!file.path.empty()) file.bytes = store.size(file.path);
    all += file.bytes;
    files_.push_back(std::move(file));
  }
  if (all < worth_threads) return;
  const unsigned cores = std::clamp(std::thread::hardware_concurrency(), 1u, 8u);
  for (unsigned n = 1; n < cores; ++n) threads_.emplace_back([this] { work(); });
}

Ahead::~Ahead() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

std::optional<std::size_t> Ahead::claim() {
  while (next_ < files_.size() && (files_[next_].claimed || files_[next_].path.empty())) ++next_;
  if (next_ == files_.size() || (flying_ > 0 && flying_ + files_[next_].bytes > in_flight)) return std::nullopt;
  const std::size_t n = next_++;
  files_[n].claimed = true;
  flying_ += files_[n].bytes;
  return n;
}

void Ahead::parse(std::size_t n, json::Parser& parser, std::unique_lock<std::mutex>& lock, bool ahead) {
  const Path path = files_[n].path;
  const std::size_t bytes = files_[n].bytes;
  lock.unlock();
  Parsed result = parsed(store_.read(path, json::size_limit, parser.buffer(bytes + 1)), parser);
  if (ahead && result.tree && *result.tree) (*result.tree)->take_fingerprints();
  lock.lock();
  files_[n].done = std::move(result);
  changed_.notify_all();
}

void Ahead::work() {
  json::Parser parser(spare_);
  std::unique_lock lock(mutex_);
  while (!stop_) {
    if (const auto n = claim()) {
      parse(*n, parser, lock, true);
    } else {
      changed_.wait(lock);
    }
  }
}

Parsed Ahead::take(std::size_t n) {
  std::unique_lock lock(mutex_);
  File& file = files_[n];
  if (!file.claimed) {
    file.claimed = true;
    flying_ += file.bytes;
    parse(n, parser_, lock, false);
  }
  while (!file.done) {  // others are at it: time for one behind it
    if (const auto other = claim()) {
      parse(*other, parser_, lock, false);
    } else {
      changed_.wait(lock);
    }
  }
  Parsed result = std::move(*file.done);
  file.done.reset();
  flying_ -= file.bytes;
  changed_.notify_all();
  return result;
}

}  // namespace sallyport::read
