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
// thread. Look-up: a walk over 32-bit hashes, some nanoseconds.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/gap.h"
#include "base/interval_set.h"

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
  const KeyValue& find(std::uint32_t hash, std::string_view name) const;

  // The value of a key that is known to have exactly one; else nullptr.
  const std::string* single(std::string_view name) const;

  // The keys that were set, with their names as set, in the order of setting.
  struct Entry {
    std::string name;
    KeyValue value;
  };
  const std::deque<Entry>& entries() const { return entries_; }

 private:
  KeyValue& at(std::string_view key);
  static std::uint64_t bit_of(std::uint32_t hash) { return std::uint64_t{1} << (hash >> 26U); }

  std::uint64_t held_ = 0;  // bits of the keys that were set: says of most others at once that they were not
  std::vector<std::uint32_t> hashes_;
  std::deque<Entry> entries_;
  KeyValue others_;
};

}  // namespace sallyport::iam
