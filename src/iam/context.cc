#include "iam/context.h"

#include <utility>

#include "iam/glob.h"

namespace sallyport::iam {

std::uint32_t key_hash(std::string_view name) {
  std::uint32_t hash = 2166136261u;  // FNV-1a
  for (const char c : name) {
    const char folded = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    hash = (hash ^ static_cast<unsigned char>(folded)) * 16777619u;
  }
  return hash;
}

KeyValue& Context::at(std::string_view key) {
  const std::uint32_t hash = key_hash(key);
  if (const Entry* const entry = entry_of(hash, key); entry != nullptr) {
    KeyValue& value = entries_[static_cast<std::size_t>(entry - entries_.data())].value;
    return value = KeyValue{};
  }
  std::uint32_t& chain = chains_[chain_of(hash)];
  links_.push_back({hash, chain});
  chain = static_cast<std::uint32_t>(links_.size());
  Entry& entry = entries_.emplace_back();
  entry.name = key;
  return entry.value;
}

void Context::set(std::string_view key, std::vector<std::string> values) {
  KeyValue& value = at(key);
  value.state = KeyState::known;
  for (const std::string& v : values) value.symbolic = value.symbolic || glob::has_symbol(v);
  value.values = std::move(values);
}

void Context::set_absent(std::string_view key) { at(key).state = KeyState::absent; }

void Context::set_unknown(std::string_view key, GapId gap, bool surely_present) {
  KeyValue& value = at(key);
  value.state = KeyState::unknown;
  value.present = surely_present;
  value.gap = gap;
}

void Context::set_open(std::string_view key, bool surely_present) {
  KeyValue& value = at(key);
  value.state = KeyState::open;
  value.present = surely_present;
}

void Context::set_addresses(std::string_view key, AddressSet set) {
  KeyValue& value = at(key);
  value.state = KeyState::addresses;
  value.by_caller = true;
  value.addresses = std::move(set);
}

void Context::set_addresses(std::string_view key, AddressSet set, GapId gap) {
  KeyValue& value = at(key);
  value.state = KeyState::addresses;
  value.gap = gap;
  value.addresses = std::move(set);
}

void Context::set_others_open() {
  others_ = KeyValue{};
  others_.state = KeyState::open;
}

void Context::set_others_unknown(GapId gap) {
  others_ = KeyValue{};
  others_.state = KeyState::unknown;
  others_.gap = gap;
}

const std::string* Context::single(std::string_view name) const {
  const KeyValue& value = find(name);
  return value.state == KeyState::known && value.values.size() == 1 ? &value.values.front() : nullptr;
}

}  // namespace sallyport::iam
