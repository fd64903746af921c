// KeyNumbers: the keys of a large document, numbered, so that a key which is asked for is found among
// an object's by its number, without a look at the text: most of the time goes into fetching that from memory.
//
// Bounded: keys beyond the first thousands, and those that meet too many others, have no number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace sallyport::read::json {

class KeyNumbers {
 public:
  KeyNumbers() : slots_(slots), followers_(at_most + 1) {}

  static constexpr std::uint32_t at_most = 4096;  // numbers

  struct Slot {
    std::string_view text;
    std::uint32_t hash = 0;
    std::uint32_t number = 0;
  };

  // The key's slot; a new one where it was not seen before. Null: it has none. `text` must stay where it is.
  // `hash`: its key_hash.
  const Slot* number(std::string_view text, std::uint32_t hash) {
    for (std::uint32_t n = 0; n < probes; ++n) {
      Slot& slot = slots_[(hash + n) % slots];
      if (slot.number == 0) {
        if (count_ == at_most) break;
        slot = {text, hash, ++count_};
      } else if (slot.hash != hash || !same(slot.text, text)) {
        continue;
      }
      followers_[last_] = static_cast<std::uint16_t>(&slot - slots_.data());
      last_ = slot.number;
      return &slot;
    }
    all_ = false;
    return nullptr;
  }

  // The slot of the key that begins at `first`, if it is the one that stood behind the last one the time before:
  // then it is found without its hash, or a look for its end. Null: another key, or perhaps. `end`: of the text.
  const Slot* expected(const char* first, const char* end) {
    const Slot& slot = slots_[followers_[last_]];
    const std::size_t size = slot.text.size();
    if (slot.number == 0 || static_cast<std::size_t>(end - first) <= size || first[size] != '"' ||
        !same(slot.text, {first, size}))
      return nullptr;
    last_ = slot.number;
    return &slot;
  }

  // The number that the key has; 0: none.
  std::uint32_t find(std::string_view text, std::uint32_t hash) const {
    for (std::uint32_t n = 0; n < probes; ++n) {
      const Slot& slot = slots_[(hash + n) % slots];
      if (slot.number == 0) return 0;
      if (slot.hash == hash && same(slot.text, text)) return slot.number;
    }
    return 0;
  }

  // A key stands in the document that was not given here.
  void leave_out() { all_ = false; }
  // Has every key of the document a number?
  bool all() const { return all_; }

 private:
  // Keys are short: a call of memcmp costs more than to compare some words that may overlap.
  static bool same(std::string_view a, std::string_view b) {
    const auto words = [&](auto word, std::size_t at_once) {
      const auto differ = [&](std::size_t at) {
        auto other = word;
        std::memcpy(&word, a.data() + at, sizeof word), std::memcpy(&other, b.data() + at, sizeof word);
        return word != other;
      };
      for (std::size_t n = 0; n < at_once; ++n) {
        if (differ(n * sizeof word) || differ(a.size() - (n + 1) * sizeof word)) return false;
      }
      return true;
    };
    if (a.size() != b.size()) return false;
    if (a.size() > 32 || a.size() < 4) return a == b;
    if (a.size() > 16) return words(std::uint64_t{}, 2);
    return a.size() >= 8 ? words(std::uint64_t{}, 1) : words(std::uint32_t{}, 1);
  }

  static constexpr std::uint32_t slots = 8192;
  static constexpr std::uint32_t probes = 8;

  std::vector<Slot> slots_;
  std::vector<std::uint16_t> followers_;  // by a key's number: the slot of the key behind it, seen last
  std::uint32_t last_ = 0;
  std::uint32_t count_ = 0;
  bool all_ = true;
};

}  // namespace sallyport::read::json
