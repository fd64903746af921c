#include "read/json/duplicates.h"

#include <algorithm>
#include <utility>

namespace sallyport::read::json {
namespace {

constexpr std::size_t few = 6;    // so many are compared pairwise at once
constexpr std::size_t some = 64;  // so many are compared pairwise on suspicion

}  // namespace

bool DuplicateKeys::some_equal(std::size_t first) const {
  const std::size_t n = hashes_.size() - first;
  if (n <= some) {
    for (std::size_t i = first; i < hashes_.size(); ++i) {
      for (std::size_t j = i + 1; j < hashes_.size(); ++j) {
        if (hashes_[i] == hashes_[j]) return true;
      }
    }
    return false;
  }
  std::vector<std::uint32_t> sorted(hashes_.begin() + static_cast<std::ptrdiff_t>(first), hashes_.end());
  std::sort(sorted.begin(), sorted.end());
  return std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end();
}

bool DuplicateKeys::close(std::size_t first) {
  const std::size_t n = hashes_.size() - first;
  bool suspect = n <= few && n > 1;
  if (n > few) {
    if (++stamp_ == 0) std::fill(stamps_.begin(), stamps_.end(), 0), stamp_ = 1;
    for (std::size_t i = first; i < hashes_.size() && !suspect; ++i) {
      std::uint32_t& slot = stamps_[hashes_[i] % table_size];
      suspect = slot == stamp_;
      slot = stamp_;
    }
  }
  const bool equal = suspect && some_equal(first);
  hashes_.resize(first);
  return equal;
}

void mark_duplicates(Storage& storage, std::uint32_t index) {
  std::vector<std::pair<std::string_view, std::uint32_t>> keys;
  std::uint32_t at = index + 1;
  for (const Member m : Node(&storage, index).members()) {
    keys.emplace_back(m.name(), at);
    const Entry& value = storage.entries[at + 1];
    at = m.value.is(Kind::array) || m.value.is(Kind::object) ? value.link : at + 2;
  }
  std::sort(keys.begin(), keys.end());
  std::vector<std::uint32_t> repeats;
  for (std::size_t i = 1; i < keys.size(); ++i) {
    if (keys[i].first == keys[i - 1].first) repeats.push_back(keys[i].second);
  }
  if (repeats.empty()) return;
  std::sort(repeats.begin(), repeats.end());
  storage.entries[index].flags |= repeats_keys;
  storage.duplicates.insert(storage.duplicates.end(), repeats.begin(), repeats.end());
}

}  // namespace sallyport::read::json
