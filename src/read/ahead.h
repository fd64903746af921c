// Ahead: files read and parsed by other threads, while this one makes rows of the files
// before them.
//
//   Ahead ahead(store, {{"a.json"}, {"b.json"}});
//   for (std::size_t n = 0; n < 2; ++n) use(ahead.take(n));
//
// A file with one long list comes in pieces (read/pieces.h) where whoever takes it wants it so:
// `take` gives one after the other, until one says that it is the last.
//
// What is taken is the same on any number of threads. At most `in_flight` bytes are parsed
// ahead (one file at least), so memory does not follow the input. Trees say that they are of
// document 0: who takes them numbers them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "read/json/parse.h"
#include "read/json/spare.h"
#include "read/pieces.h"
#include "read/store.h"

namespace sallyport::read {

struct Parsed {
  Result<std::string> bytes;               // of a file that is no JSON; an error: it cannot be read
  std::optional<Result<json::Tree>> tree;  // of one that begins like JSON
  bool last = true;                        // no piece of the file follows
};

// `text` and what may stand in front of JSON: a byte order mark, blanks.
bool begins_like_json(std::string_view text);

Parsed parsed(Result<std::string> bytes, json::Parser& parser);

class Ahead {
 public:
  struct Wanted {
    Path path;              // empty: a file that is not to be read
    std::string_view list;  // the member that may come in pieces; empty: the file as a whole
  };

  static constexpr std::size_t usual_piece = std::size_t{1} << 20;  // bytes

  // Of files on disk that are longer than two pieces, lists come in pieces of about `piece`
  // bytes. `store` must outlive it; of its documents only those that were taken may be numbered
  // meanwhile.
  Ahead(const Store& store, std::vector<Wanted> wanted, std::size_t piece = usual_piece);
  ~Ahead();
  Ahead(const Ahead&) = delete;
  Ahead& operator=(const Ahead&) = delete;

  // Bytes of all files.
  std::size_t bytes() const { return bytes_; }

  // The file number `n`, or its next piece. In rising order, each once.
  Parsed take(std::size_t n);

 private:
  static constexpr std::size_t in_flight = std::size_t{16} << 20;
  static constexpr std::size_t worth_threads = std::size_t{2} << 20;  // bytes of all files

  // A file, or a piece of one: taken once it is done.
  struct Part {
    std::size_t bytes = 0;
    std::optional<Parsed> done;
    Piece piece;          // without its text
    bool unsure = false;  // the file was cut where it must not be
  };

  struct File {
    Wanted wanted;
    std::size_t bytes = 0;
    bool begun = false;
    bool reading = false;  // the next piece, by some thread
    bool all_read = false;
    std::unique_ptr<Pieces> pieces;  // null: it is one part
    std::deque<std::shared_ptr<Part>> parts;
  };

  using Lock = std::unique_lock<std::mutex>;

  void work();
  // Reads and parses one part, of the first file that has one left. False: too much is in
  // flight, or none is left. `ahead`: by a thread that has time for what the taker else does.
  bool step(json::Parser& parser, Lock& lock, bool ahead);
  File* next_file();
  void read_whole(File& file, Part& part, json::Parser& parser, Lock& lock, bool ahead);
  void read_piece(File& file, Part& part, json::Parser& parser, Lock& lock, bool ahead);
  Parsed rest_of(File& file, const Piece& from, Lock& lock);

  const Store& store_;
  const std::size_t piece_;
  std::size_t bytes_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<File> files_;
  std::size_t next_ = 0;    // the first that is not all read
  std::size_t taking_ = 0;  // the one whose parts are taken
  std::size_t flying_ = 0;  // bytes of parts that are not taken
  bool stop_ = false;
  std::shared_ptr<json::Spare> spare_ = std::make_shared<json::Spare>();
  json::Parser parser_{spare_};  // of who takes
  std::vector<std::thread> threads_;
};

}  // namespace sallyport::read
