// KeyNumbers: the keys of a large document, numbered, so that a key which is asked for is found among
// an object's by its number, without a look at the text: most of the time goes into fetching that from memory.
//
// Bounded: keys beyond the first thousands, and those that meet too many others, have no number.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace sallyport::read::json {

class KeyNumbers {
 public:
  KeyNumbers() : slots_(slots) {}

  // The key's number, from 1 on; a new one where it was not seen before. 0: it has none.
  // `text` must stay where it is. `hash`: its key_hash.
  std::uint32_t number(std::string_view text, std::uint32_t hash) {
    for (std::uint32_t n = 0; n < probes; ++n) {
      Slot& slot = slots_[(hash + n) % slots];
      if (slot.number == 0) {
        if (count_ == at_most) break;
        slot = {text, hash, ++count_};
        return count_;
      }
      if (slot.hash == hash && slot.text == text) return slot.number;
    }
    all_ = false;
    return 0;
  }
  // The number that the key has; 0: none.
  std::uint32_t find(std::string_view text, std::uint32_t hash) const {
    for (std::uint32_t n = 0; n < probes; ++n) {
      const Slot& slot = slots_[(hash + n) % slots];
      if (slot.number == 0) return 0;
      if (slot.hash == hash && slot.text == text) return slot.number;
    }
    return 0;
  }

  // A key stands in the document that was not given here.
  void leave_out() { all_ = false; }
  // Has every key of the document a number?
  bool all() const { return all_; }

 private:
  struct Slot {
    std::string_view text;
    std::uint32_t hash = 0;
    std::uint32_t number = 0;
  };
  static constexpr std::uint32_t slots = 8192;
  static constexpr std::uint32_t at_most = 4096;
  static constexpr std::uint32_t probes = 8;

  std::vector<Slot> slots_;
  std::uint32_t count_ = 0;
  bool all_ = true;
};

}  // namespace sallyport::read::json
