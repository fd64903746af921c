// Spare: memory that trees give back when they die, so that reading many files does not
// pay for fresh pages again. Pieces of each kind, as long as they are not too much together;
// a few of the largest seen in any case.
//
// Any thread: a tree may die on another thread than its parser's, and parsers may share one.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "read/json/tree.h"

namespace sallyport::read::json {

struct EntryRoom {
  std::unique_ptr<Entry[]> entries;
  std::size_t capacity = 0;
};

class Spare {
 public:
  // The smallest kept piece with that room (0: of any size), else an empty one without. What
  // stands in it is left over.
  std::string text(std::size_t bytes);
  // With that room in any case; what stands in it is left over.
  EntryRoom entries(std::size_t count);
  std::string arena();  // the one that was given last

  void give(std::string text);
  void give(EntryRoom room);
  void give_arena(std::string arena);

 private:
  static constexpr std::size_t most = 64;
  static constexpr std::size_t any_size = 4;
  static constexpr std::size_t together = std::size_t{32} << 20;  // bytes of a kind

  std::mutex mutex_;
  std::vector<std::string> texts_;
  std::vector<EntryRoom> rooms_;
  std::string arena_;
};

}  // namespace sallyport::read::json
