// Finds repeated keys while a tree is built.
//
// Idea: a short hash of each key goes on a stack; when its object closes, equal
// hashes among the object's are suspects, and only suspects are compared byte by
// byte. Never misses a repeat; cost: a few nanoseconds a key, n log n at worst.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "read/json/key_hash.h"
#include "read/json/tree.h"

namespace sallyport::read::json {

class DuplicateKeys {
 public:
  DuplicateKeys() : stamps_(table_size, 0) {}

  std::size_t depth() const { return hashes_.size(); }
  void key(std::uint32_t hash) { hashes_.push_back(hash); }
  void key(std::string_view text) { key(key_hash(text)); }
  // Ends the object whose first key was put at `first` (= depth() when it
  // opened): true if two of its keys may be equal.
  bool close(std::size_t first);

  void clear() { hashes_.clear(); }

 private:
  bool some_equal(std::size_t first) const;

  static constexpr std::size_t table_size = 4096;
  std::vector<std::uint32_t> hashes_;
  std::vector<std::uint32_t> stamps_;
  std::uint32_t stamp_ = 0;
};

// Compares the keys of the closed object at `index` byte by byte; marks it and
// appends the repeating keys to `storage.duplicates`.
void mark_duplicates(Storage& storage, std::uint32_t index);

}  // namespace sallyport::read::json
