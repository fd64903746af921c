#include "read/json/known.h"

#include <array>
#include <cstring>

namespace sallyport::read::json {

// Texts are compared afterwards, so it need not be good, only fast.
std::uint64_t KnownObjects::head_of(std::string_view text) {
  std::array<std::uint64_t, head_size / sizeof(std::uint64_t)> words;
  std::memcpy(words.data(), text.data(), head_size);
  std::uint64_t hash = 0;
  for (const std::uint64_t word : words) hash = ((hash << 29U | hash >> 35U) ^ word) * 0x9E3779B97F4A7C15ULL;
  return hash ^ hash >> 32U;
}

void KnownObjects::add(std::string_view text, std::uint32_t structure, std::uint32_t number) {
  if (text.size() < head_size) return;
  std::vector<Object>& alike = by_head_[head_of(text)];
  if (alike.size() < alike_at_most) alike.push_back({text, structure, number});
}

const KnownObjects::Object* KnownObjects::find(std::string_view rest) const {
  if (rest.size() < head_size || by_head_.empty()) return nullptr;
  const auto alike = by_head_.find(head_of(rest));
  if (alike == by_head_.end()) return nullptr;
  for (const Object& object : alike->second) {
    if (rest.starts_with(object.text)) return &object;
  }
  return nullptr;
}

}  // namespace sallyport::read::json
