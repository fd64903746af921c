#include "read/json/tree.h"

#include <charconv>
#include <cstring>
#include <utility>

namespace sallyport::read::json {
namespace {

constexpr std::size_t reported_duplicates = 10;

// Eight bytes a step: good enough to tell repeats from differences.
std::uint64_t hash(std::string_view bytes, std::uint64_t seed) {
  const auto mix = [](std::uint64_t h, std::uint64_t word) {
    h = (h ^ word) * 0x9E3779B97F4A7C15ULL;
    return h ^ h >> 32;
  };
  std::uint64_t h = mix(seed, bytes.size());
  while (bytes.size() >= sizeof(std::uint64_t)) {
    std::uint64_t word;
    std::memcpy(&word, bytes.data(), sizeof word);
    h = mix(h, word);
    bytes.remove_prefix(sizeof word);
  }
  std::uint64_t rest = 0;
  if (!bytes.empty()) std::memcpy(&rest, bytes.data(), bytes.size());
  return mix(h, rest);
}

}  // namespace

Storage::~Storage() {
  if (spare == nullptr) return;
  if (capacity > spare->capacity) std::swap(entries, spare->entries), spare->capacity = capacity;
  if (source.capacity() > spare->source.capacity()) source.swap(spare->source);
  if (arena.capacity() > spare->arena.capacity()) arena.swap(spare->arena);
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

std::uint32_t Node::next() const {
  const Entry& e = entry();
  return e.kind == Kind::array || e.kind == Kind::object ? e.link : index_ + 1;
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

Node Node::operator[](std::string_view key) const {
  if (kind() != Kind::object) return {};
  const std::uint32_t end = entry().link;
  for (std::uint32_t i = index_ + 1; i < end; i = Node(storage_, i + 1).next()) {
    if (storage_->entries[i].size == key.size() && Node(storage_, i).bytes() == key) return {storage_, i + 1};
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
  return static_cast<std::uint32_t>(storage_->skip) + entry().offset;
}

// Recursion is bounded by the parsers' nesting limit.
std::uint64_t Node::fingerprint() const {
  const Kind k = kind();
  const auto seed = static_cast<std::uint64_t>(k);
  std::uint64_t sum = hash({}, seed + 16);
  if (k == Kind::array) {
    for (const Node item : items()) sum = sum * 0x9E3779B97F4A7C15ULL + item.fingerprint();
  } else if (k == Kind::object) {
    for (const Member m : members()) sum += hash(m.name(), m.value.fingerprint());
  } else {
    sum = hash(scalar(), seed);
  }
  return sum;
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
