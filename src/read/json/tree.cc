#include "read/json/tree.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

#include "read/json/key_hash.h"
#include "read/json/key_numbers.h"
#include "read/json/spare.h"

namespace sallyport::read::json {
namespace {

constexpr std::size_t reported_duplicates = 10;

// Of two words, all bits of both in all bits of the result.
std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a ^ 0x9E3779B97F4A7C15u) * (b ^ 0xD1B54A32D192ED03u);
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// Good enough to tell repeats from differences. Most texts are short: two words that may
// overlap hold up to 16 bytes.
std::uint64_t hash(const char* bytes, std::size_t size, std::uint64_t seed) {
  const auto word = [](const char* at) {
    std::uint64_t w;
    std::memcpy(&w, at, sizeof w);
    return w;
  };
  const auto half = [](const char* at) {
    std::uint32_t w;
    std::memcpy(&w, at, sizeof w);
    return std::uint64_t{w};
  };
  std::uint64_t h = seed ^ size * 0xA0761D6478BD642Fu;
  const char* const end = bytes + size;
  if (size > 16) {
    for (; end - bytes > 16; bytes += 16) h = mixed(h ^ word(bytes), word(bytes + 8));
    return mixed(h ^ word(end - 16), word(end - 8));  // whatever of them was seen
  }
  if (size >= 8) return mixed(h ^ word(bytes), word(end - 8));
  if (size >= 4) return mixed(h ^ half(bytes), half(bytes + size - 4));
  if (size == 0) return mixed(h, 1);
  const auto byte = [&](std::size_t n) { return static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[n])); };
  return mixed(h, byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16 | 1u << 24);
}

constexpr std::uint32_t large_object = 8;  // members: what rows are made of has more

using Prints = std::vector<std::pair<std::uint32_t, std::uint64_t>>;

// Entry `at` and all below it; `at` becomes the entry behind. Recursion is bounded by the
// parsers' nesting limit. Those of large objects go to `taken` as well.
std::uint64_t print_of(const Storage& storage, std::uint32_t& at, Prints* taken) {
  const std::uint32_t self = at;
  const Entry& e = storage.entries[at];
  const auto bytes_of = [&](const Entry& text, std::uint64_t seed) {
    const char* first = (text.flags & in_arena) != 0
                            ? storage.arena.data() + text.link
                            : storage.source.data() + storage.skip + text.offset + (text.kind == Kind::string ? 1 : 0);
    return hash(first, text.size, seed);
  };
  const auto seed = static_cast<std::uint64_t>(e.kind);
  std::uint64_t sum = mixed(seed, e.size);
  if (e.kind == Kind::array) {
    for (++at; at < e.link;) sum = mixed(sum, print_of(storage, at, taken));
  } else if (e.kind == Kind::object) {
    for (++at; at < e.link;) {
      const Entry& key = storage.entries[at++];
      sum += bytes_of(key, print_of(storage, at, taken));  // in any order
    }
    if (taken != nullptr && e.size >= large_object) taken->emplace_back(self, sum);
  } else {
    if (e.kind != Kind::null && e.kind != Kind::none) sum = bytes_of(e, seed);
    ++at;
  }
  return sum;
}

// The entry behind the value at `at`.
std::uint32_t behind(const Entry* entries, std::uint32_t at) {
  const Entry& value = entries[at];
  return value.kind == Kind::array || value.kind == Kind::object ? value.link : at + 1;
}

}  // namespace

Storage::Storage() = default;

Storage::~Storage() {
  if (spare == nullptr) return;
  if (entries != nullptr) spare->give({std::move(entries), capacity});
  if (!source.empty()) spare->give(std::move(source));
  if (!arena.empty()) spare->give_arena(std::move(arena));
}

const char* with_article(Kind kind) {
  switch (kind) {
    case Kind::none: return "nothing";
    case Kind::null: return "null";
    case Kind::boolean: return "a boolean";
    case Kind::number: return "a number";
    case Kind::string: return "a string";
    case Kind::array: return "a list";
    case Kind::object:
    case Kind::sealed: return "an object";
  }
  return "something else";
}

std::string_view Node::bytes() const {
  const Entry& e = entry();
  if ((e.flags & in_arena) != 0) return std::string_view(storage_->arena).substr(e.link, e.size);
  const std::size_t start = storage_->skip + e.offset + (e.kind == Kind::string ? 1 : 0);
  return std::string_view(storage_->source).substr(start, e.size);
}

std::string_view Node::scalar() const {
  switch (kind()) {
    case Kind::string:
    case Kind::number:
    case Kind::boolean: return bytes();
    default: return {};
  }
}

std::optional<bool> Node::boolean() const {
  if (kind() != Kind::boolean) return std::nullopt;
  return (entry().flags & truth_flag) != 0;
}

std::optional<std::int64_t> Node::integer() const {
  if (kind() != Kind::number) return std::nullopt;
  const std::string_view digits = bytes();
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::optional<double> Node::number() const {
  if (kind() != Kind::number) return std::nullopt;
  const std::string_view digits = bytes();
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

const KeyNumbers* Node::key_numbers() const {
  const KeyNumbers* const numbers = storage_ == nullptr ? nullptr : storage_->keys.get();
  return numbers != nullptr && numbers->all() ? numbers : nullptr;
}

Node Node::operator[](std::string_view key) const {
  if (kind() != Kind::object) return {};
  if (key.empty()) key = std::string_view("", 0);  // never null
  const Entry* const entries = storage_->entries.get();
  const char* const source = storage_->source.data() + storage_->skip + 1;  // behind a key's quote
  const std::uint32_t end = entries[index_].link;
  const std::uint32_t hash = key_hash(key);
  const KeyNumbers* const numbers = storage_->keys.get();
  const std::uint32_t number = numbers == nullptr ? 0 : numbers->find(key, hash);
  if (numbers != nullptr && numbers->all()) {
    if (number == 0) return {};
    for (std::uint32_t i = index_ + 1; i < end;) {
      if (entries[i].link == number) return {storage_, i + 1};
      i = behind(entries, i + 1);
    }
    return {};
  }
  for (std::uint32_t i = index_ + 1; i < end;) {
    if ((entries[i].flags & numbered_key) != 0) {
      if (entries[i].link == number) return {storage_, i + 1};
    } else if (entries[i].size == key.size() && ((entries[i].flags & hashed_key) == 0 || entries[i].link == hash)) {
      const char* name =
          (entries[i].flags & in_arena) != 0 ? storage_->arena.data() + entries[i].link : source + entries[i].offset;
      if (std::memcmp(name, key.data(), key.size()) == 0) return {storage_, i + 1};
    }
    i = behind(entries, i + 1);
  }
  return {};
}

Node Node::at(std::size_t position) const {
  for (const Node item : items()) {
    if (position-- == 0) return item;
  }
  return {};
}

std::size_t Node::size() const {
  const Kind k = kind();
  return k == Kind::array || k == Kind::object ? entry().size : 0;
}

Node::Items Node::items() const {
  if (kind() != Kind::array) return {nullptr, 0, 0};
  return {storage_, index_ + 1, entry().link};
}

Node::Members Node::members() const {
  if (kind() != Kind::object) return {nullptr, 0, 0};
  return {storage_, index_ + 1, entry().link};
}

std::string_view Node::tag() const {
  if (storage_ == nullptr || entry().tag == 0) return {};
  return storage_->tags[entry().tag - 1];
}

std::uint32_t Node::offset() const {
  if (storage_ == nullptr) return 0;
  const std::uint32_t at = static_cast<std::uint32_t>(storage_->skip) + entry().offset;
  return at < storage_->head ? at : at + storage_->shift;
}

std::uint64_t Node::fingerprint() const {
  if (storage_ == nullptr) return mixed(0, 0);
  if (!storage_->prints.empty()) {
    const auto found = std::lower_bound(storage_->prints.begin(), storage_->prints.end(), index_,
                                        [](const auto& print, std::uint32_t index) { return print.first < index; });
    if (found != storage_->prints.end() && found->first == index_) return found->second;
  }
  std::uint32_t at = index_;
  return print_of(*storage_, at, nullptr);
}

void Tree::take_fingerprints() {
  for (const std::uint32_t root : storage_->roots) {
    std::uint32_t at = root;
    print_of(*storage_, at, &storage_->prints);
  }
  std::sort(storage_->prints.begin(), storage_->prints.end());
}

std::vector<Node> Tree::roots() const {
  std::vector<Node> nodes;
  for (const std::uint32_t i : storage_->roots) nodes.emplace_back(storage_.get(), i);
  return nodes;
}

std::vector<Node> Tree::duplicates() const {
  std::vector<Node> nodes;
  for (const std::uint32_t i : storage_->duplicates) nodes.emplace_back(storage_.get(), i);
  return nodes;
}

void report_duplicates(const Tree& tree, Diagnostics& diagnostics) {
  const std::vector<Node> keys = tree.duplicates();
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i == reported_duplicates) {
      diagnostics.push_back({Severity::warning, "duplicate-key",
                             std::to_string(keys.size() - i) + " more keys stand twice in one object",
                             keys[i].origin()});
      return;
    }
    diagnostics.push_back({Severity::warning, "duplicate-key",
                           "the key `" + std::string(keys[i].text()) +
                               "` stands twice in one object; the first is read: remove one of them",
                           keys[i].origin()});
  }
}

}  // namespace sallyport::read::json
