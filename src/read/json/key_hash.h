// A short hash of an object's key: to find repeated keys, and to tell most other keys from one that is
// asked for without looking at their texts.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace sallyport::read::json {

// Equal texts have equal hashes. Cost: a few nanoseconds, whatever the length.
inline std::uint32_t key_hash(std::string_view text) {
  const auto load = [](const char* from, auto word) {
    std::memcpy(&word, from, sizeof word);
    return std::uint64_t{word};
  };
  const char* p = text.data();
  const std::size_t n = text.size();
  std::uint64_t head = 0;
  std::uint64_t tail = 0;
  if (n >= 8) {
    head = load(p, std::uint64_t{}), tail = load(p + n - 8, std::uint64_t{});
  } else if (n >= 4) {
    head = load(p, std::uint32_t{}), tail = load(p + n - 4, std::uint32_t{});
  } else if (n > 0) {
    head = load(p, std::uint8_t{});
    tail = load(p + n / 2, std::uint8_t{}) << 8U | load(p + n - 1, std::uint8_t{});
  }
  const std::uint64_t mixed = (head ^ n) * 0x9E3779B97F4A7C15ULL ^ tail * 0xC2B2AE3D27D4EB4FULL;
  return static_cast<std::uint32_t>(mixed >> 32U);
}

}  // namespace sallyport::read::json
