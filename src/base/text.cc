#include "base/text.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstring>

#include "base/result.h"

namespace sallyport {
namespace {

constexpr char symbol_open = '\xFF';
constexpr char symbol_close = '\xFE';
constexpr std::size_t block_bytes = 64 * 1024;

}  // namespace

struct TextPool::Index {
  boost::unordered_flat_map<std::string_view, std::uint32_t> map;
};

TextPool::TextPool() : index_(std::make_unique<Index>()) {
  views_.emplace_back();
  index_->map.emplace(std::string_view(), 0);
}

TextPool::~TextPool() = default;

// Written behind the last text at once, so that the map is asked once: a text that was
// there leaves the place free again.
Text TextPool::intern(std::string_view bytes) {
  if (bytes.empty()) return {};
  if (block_used_ + bytes.size() > block_size_) {
    if (const auto known = find(bytes)) return *known;
    block_size_ = std::max(block_bytes, bytes.size());
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_size_));
    total_ += block_size_;
    block_used_ = 0;
  }
  char* place = blocks_.back().get() + block_used_;
  std::memcpy(place, bytes.data(), bytes.size());
  const std::string_view kept(place, bytes.size());
  const auto [entry, is_new] = index_->map.try_emplace(kept, static_cast<std::uint32_t>(views_.size()));
  if (is_new) {
    block_used_ += bytes.size();
    views_.push_back(kept);
  }
  return Text(entry->second);
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
  const auto found = index_->map.find(bytes);
  if (found == index_->map.end()) return std::nullopt;
  return Text(found->second);
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
