// Context: the condition keys of a request, and what is known of each.
//
// A key is in one of these states:
//   known     its list of values; `[]` is present and empty
//   absent    the request does not carry it
//   unknown   we lack it (gap); perhaps surely present, with an unknown value
//   open      only the caller fixes it: decisions on it are `conditional`
//   addresses one address out of a set (a pool of public addresses, "anybody"):
//             decided where the whole set agrees
// Key names compare without case, the tag's own name in `aws:PrincipalTag/Team`
// included (MA-6). Keys that were not set are in the state `others`.
//
// Values are copied; a context is built once and read by many decisions, from any
// thread. Look-up: a hash table of 64 chains, some nanoseconds; what stands in a policy
// comes with its hash.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/gap.h"
#include "base/interval_set.h"
#include "base/wildcard.h"

namespace sallyport::iam {

enum class KeyState : std::uint8_t { known, absent, unknown, open, addresses };

struct KeyValue {
  KeyState state = KeyState::absent;
  bool present = false;    // unknown, open: the key is surely there, only its value is not known
  bool symbolic = false;   // known: some value holds a symbol (base/text.h)
  bool by_caller = false;  // addresses: the caller picks; else we do not know which (gap)
  GapId gap;               // unknown, addresses
  std::vector<std::string> values;
  AddressSet addresses;
};

// Hash of a key's name, case folded.
std::uint32_t key_hash(std::string_view name);

class Context {
 public:
  // Room for so many keys.
  void reserve(std::size_t keys) {
    links_.reserve(keys);
    entries_.reserve(keys);
  }

  // Each replaces what was said of the key before.
  void set(std::string_view key, std::vector<std::string> values);
  void set(std::string_view key, std::string value) { set(key, std::vector<std::string>{std::move(value)}); }
  void set_absent(std::string_view key);
  void set_unknown(std::string_view key, GapId gap, bool surely_present = false);
  void set_open(std::string_view key, bool surely_present = false);
  // The value is one of `set`, of the caller's choosing or (gap) we do not know which.
  void set_addresses(std::string_view key, AddressSet set);
  void set_addresses(std::string_view key, AddressSet set, GapId gap);

  // What holds of keys that were not set; at first: absent.
  void set_others_absent() { others_ = KeyValue{}; }
  void set_others_open();
  void set_others_unknown(GapId gap);

  const KeyValue& find(std::string_view name) const { return find(key_hash(name), name); }
  const KeyValue& find(std::uint32_t hash, std::string_view name) const {
    const Entry* entry = entry_of(hash, name);
    return entry == nullptr ? others_ : entry->value;
  }

  // The value of a key that is known to have exactly one; else nullptr.
  const std::string* single(std::string_view name) const;

  // The keys that were set, with their names as set, in the order of setting.
  struct Entry {
    std::string name;
    KeyValue value;
  };
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  // A key in its chain. Apart from the entries, so that a walk touches little memory.
  struct Link {
    std::uint32_t hash;
    std::uint32_t next;  // place in the list + 1; 0: the chain ends
  };
  static std::size_t chain_of(std::uint32_t hash) { return hash >> 26U; }

  const Entry* entry_of(std::uint32_t hash, std::string_view name) const {
    for (std::uint32_t place = chains_[chain_of(hash)]; place != 0; place = links_[place - 1].next) {
      if (links_[place - 1].hash == hash && same_name(entries_[place - 1].name, name)) return &entries_[place - 1];
    }
    return nullptr;
  }
  // Nearly always spelt alike, which is found out faster.
  static bool same_name(std::string_view a, std::string_view b) { return a == b || equals_ignoring_case(a, b); }
  KeyValue& at(std::string_view key);

  std::array<std::uint32_t, 64> chains_{};  // the last key of each chain: place + 1
  std::vector<Link> links_;                 // by place, as the entries
  std::vector<Entry> entries_;
  KeyValue others_;
};

}  // namespace sallyport::iam
