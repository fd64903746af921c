// Ahead: files read and parsed by other threads, while this one makes rows of the files
// before them.
//
//   Ahead ahead(store, paths);
//   for (std::size_t n = 0; n < paths.size(); ++n) use(ahead.take(n));
//
// What is taken is the same on any number of threads. At most `in_flight` bytes of files
// are parsed ahead (one file at least), so memory does not follow the input. Trees say
// that they are of document 0: who takes them numbers them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "read/json/parse.h"
#include "read/json/spare.h"
#include "read/store.h"

namespace sallyport::read {

struct Parsed {
  Result<std::string> bytes;               // of a file that is no JSON; an error: it cannot be read
  std::optional<Result<json::Tree>> tree;  // of one that begins like JSON
};

// `text` and what may stand in front of JSON: a byte order mark, blanks.
bool begins_like_json(std::string_view text);

Parsed parsed(Result<std::string> bytes, json::Parser& parser);

class Ahead {
 public:
  // An empty path is a file that is not to be read. `store` must outlive it; of its documents
  // only those that were taken may be numbered meanwhile.
  Ahead(const Store& store, std::vector<Path> paths);
  ~Ahead();
  Ahead(const Ahead&) = delete;
  Ahead& operator=(const Ahead&) = delete;

  // The file number `n`. In rising order, each once.
  Parsed take(std::size_t n);

 private:
  static constexpr std::size_t in_flight = std::size_t{128} << 20;
  static constexpr std::size_t worth_threads = std::size_t{2} << 20;  // bytes of all files

  struct File {
    Path path;
    std::size_t bytes = 0;
    bool claimed = false;
    std::optional<Parsed> done;
  };

  void work();
  // The next file to parse, or nothing: too much is in flight, or none is left.
  std::optional<std::size_t> claim();
  // `ahead`: by a thread that has time for what the taker else does.
  void parse(std::size_t n, json::Parser& parser, std::unique_lock<std::mutex>& lock, bool ahead);

  const Store& store_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<File> files_;
  std::size_t next_ = 0;    // the first that is not claimed
  std::size_t flying_ = 0;  // bytes of files that are claimed and not taken
  bool stop_ = false;
  std::shared_ptr<json::Spare> spare_ = std::make_shared<json::Spare>();
  json::Parser parser_{spare_};  // of who takes
  std::vector<std::thread> threads_;
};

}  // namespace sallyport::read
