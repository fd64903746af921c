// Keys: some keys that are asked of many objects of one document; of each object in one pass over its members,
// by number where the document's keys have numbers.
//
//   const Keys<3> keys(root, {"address", "type", "name"});
//   const auto [address, type, name] = keys.of(entry);   // as entry["address"] ...
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "read/json/key_hash.h"
#include "read/json/key_numbers.h"
#include "read/json/tree.h"

namespace sallyport::read::json {

template <std::size_t N>
class Keys {
 public:
  // `document`: any value of it. The names must stay.
  Keys(Node document, const std::array<std::string_view, N>& names)
      : names_(names), numbered_(document.key_numbers() != nullptr) {
    if (!numbered_) return;
    for (std::size_t n = 0; n < N; ++n) {
      places_[document.key_numbers()->find(names[n], key_hash(names[n]))] = static_cast<std::uint8_t>(n + 1);
    }
    places_[0] = 0;  // what no key of the document is
  }

  // Their values in `object`, which stands in the document. Cost: linear in the number of its members.
  std::array<Node, N> of(Node object) const {
    std::array<Node, N> found;
    if (!numbered_) {
      for (std::size_t n = 0; n < N; ++n) found[n] = object[names_[n]];
      return found;
    }
    for (const Member m : object.members()) {
      const std::uint8_t place = places_[m.key.key_number()];
      if (place != 0 && !found[place - 1]) found[place - 1] = m.value;
    }
    return found;
  }

 private:
  std::array<std::string_view, N> names_;
  std::array<std::uint8_t, KeyNumbers::at_most + 1> places_{};  // by the key's number, from 1 on; 0: not asked for
  bool numbered_;
};

}  // namespace sallyport::read::json
