#include "base/text.h"

#include <algorithm>
#include <boost/container_hash/hash.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cstring>

#include "base/result.h"

namespace sallyport {
namespace {

constexpr char symbol_open = '\xFF';
constexpr char symbol_close = '\xFE';
constexpr std::size_t block_bytes = 64 * 1024;

}  // namespace

// An organization has texts by the million, and nearly each look at one is a wait for memory: so the set
// holds eight bytes a text, and their hash, so that neither a miss nor growth looks at the text itself.
struct TextPool::Index {
  struct Slot {
    std::uint32_t number;
    std::uint32_t hash;
  };
  struct Sought {
    std::string_view bytes;
    std::uint32_t hash;
  };
  struct Hash {
    using is_transparent = void;
    using is_avalanching = void;  // the set takes the upper bits and the lowest byte as they are
    static std::size_t spread(std::uint32_t hash) { return static_cast<std::size_t>(hash) << 32U | hash; }
    std::size_t operator()(Slot slot) const { return spread(slot.hash); }
    std::size_t operator()(const Sought& sought) const { return spread(sought.hash); }
  };
  struct Equal {
    using is_transparent = void;
    const Views* views;
    bool operator()(Slot a, Slot b) const { return a.number == b.number; }
    bool operator()(const Sought& a, Slot b) const { return a.hash == b.hash && a.bytes == (*views)[b.number]; }
    bool operator()(Slot a, const Sought& b) const { return (*this)(b, a); }
  };

  explicit Index(const Views& views) : slots(0, Hash(), Equal{&views}) {}

  static Sought sought(std::string_view bytes) {
    const std::size_t hash = boost::hash<std::string_view>()(bytes);
    return {bytes, static_cast<std::uint32_t>(hash ^ hash >> 32U)};
  }

  boost::unordered_flat_set<Slot, Hash, Equal, HugePages<Slot>> slots;
};

TextPool::TextPool() : index_(std::make_unique<Index>(views_)) { views_.emplace_back(); }

TextPool::~TextPool() = default;

Text TextPool::intern(std::string_view bytes) {
  if (bytes.empty()) return {};
  const Index::Sought sought = Index::sought(bytes);
  if (const auto found = index_->slots.find(sought); found != index_->slots.end()) return Text(found->number);
  if (block_used_ + bytes.size() > block_size_) {
    block_size_ = std::max(block_bytes, bytes.size());
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_size_));
    total_ += block_size_;
    block_used_ = 0;
  }
  char* const place = blocks_.back().get() + block_used_;
  std::memcpy(place, bytes.data(), bytes.size());
  block_used_ += bytes.size();
  const Text text(static_cast<std::uint32_t>(views_.size()));
  views_.emplace_back(place, bytes.size());
  index_->slots.insert({text.number(), sought.hash});
  return text;
}

Text TextPool::symbol(std::string_view address) {
  std::string marked;
  marked.reserve(address.size() + 2);
  marked.push_back(symbol_open);
  marked.append(address);
  marked.push_back(symbol_close);
  return intern(marked);
}

Text TextPool::anything(std::string_view what) {
  std::string marked(1, symbol_open);
  marked.append(what);
  marked.push_back(symbol_close);
  marked.push_back(symbol_open);
  marked.push_back(symbol_close);
  return intern(marked);
}

std::optional<Text> TextPool::find(std::string_view bytes) const {
  if (bytes.empty()) return Text();
  const auto found = index_->slots.find(Index::sought(bytes));
  if (found == index_->slots.end()) return std::nullopt;
  return Text(found->number);
}

std::string_view TextPool::view(Text text) const {
  SP_ASSERT(text.number() < views_.size());
  return views_[text.number()];
}

bool TextPool::is_symbol(Text text) const {
  const std::string_view bytes = view(text);
  return bytes.size() >= 2 && bytes.front() == symbol_open && bytes.find(symbol_close) == bytes.size() - 1;
}

bool TextPool::has_symbol(Text text) const { return view(text).find(symbol_open) != std::string_view::npos; }

Truth TextPool::same(Text a, Text b) const {
  if (a == b) return Truth::yes;
  const bool a_mixed = has_symbol(a) && !is_symbol(a);
  const bool b_mixed = has_symbol(b) && !is_symbol(b);
  return a_mixed || b_mixed ? Truth::unknown : Truth::no;
}

std::size_t TextPool::size() const { return views_.size(); }

std::size_t TextPool::bytes() const { return total_; }

std::string show_symbols(std::string_view text) {
  std::string shown;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == symbol_open && i + 1 < text.size() && text[i + 1] == symbol_close) {
      ++i;  // an empty symbol: see TextPool::anything
    } else if (text[i] == symbol_open) {
      shown += "(known after apply: ";
    } else if (text[i] == symbol_close) {
      shown += ')';
    } else {
      shown += text[i];
    }
  }
  return shown;
}

}  // namespace sallyport
