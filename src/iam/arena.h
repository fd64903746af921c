// TextArena: texts that a compiled policy made itself, with addresses that stay.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace sallyport::iam {

// Blocks that double, so that a small policy costs one and a large one few.
class TextArena {
 public:
  // `size` bytes to be filled.
  char* room(std::size_t size) {
    if (size > left_) grow(size);
    char* const place = at_;
    at_ += size;
    left_ -= size;
    return place;
  }

  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    char* const place = room(text.size());
    std::memcpy(place, text.data(), text.size());
    return {place, text.size()};
  }

 private:
  void grow(std::size_t size) {
    next_ = std::max(2 * next_, size);
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(next_));
    at_ = blocks_.back().get();
    left_ = next_;
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t next_ = 256;  // bytes of the last block
  char* at_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace sallyport::iam
