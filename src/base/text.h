// Text: an interned string, four bytes; TextPool: the one arena they live in.
//
// Equal texts have equal ids, so names, ids and ARNs compare as integers.
//
// Symbols. A text may stand for a value that does not exist yet (an id that is
// "known after apply"): `symbol("aws_vpc.main.id")`. A symbol equals itself and
// no literal; a text may contain symbols among literal parts (an ARN built from
// one). A symbol is written between the bytes FF and FE, which no valid UTF-8
// text contains, so no input can forge one.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/huge_pages.h"
#include "base/truth.h"

namespace sallyport {

class Text {
 public:
  constexpr Text() = default;  // the empty text
  constexpr bool empty() const { return n_ == 0; }
  constexpr std::uint32_t number() const { return n_; }
  friend constexpr bool operator==(Text, Text) = default;
  // Order of interning, not alphabetical: for containers, never for output.
  friend constexpr auto operator<=>(Text, Text) = default;

 private:
  friend class TextPool;
  constexpr explicit Text(std::uint32_t n) : n_(n) {}
  std::uint32_t n_ = 0;
};

// Append-only; ids and views stay valid for the pool's life. Not synchronised:
// `intern` needs exclusive access, `view` and `find` may run in parallel.
class TextPool {
 public:
  TextPool();
  ~TextPool();
  TextPool(const TextPool&) = delete;  // share it by pointer: ids belong to one pool
  TextPool& operator=(const TextPool&) = delete;

  Text intern(std::string_view bytes);
  Text symbol(std::string_view address);  // e.g. "aws_vpc.main.id"
  // A text that exists and that we lack (the account that a plan is applied to): equal
  // to itself, perhaps equal to anything else. It is a symbol with an empty one behind
  // it, so that it counts as a text with symbols inside.
  Text anything(std::string_view what);

  // The text's number if it was interned before; never adds.
  std::optional<Text> find(std::string_view bytes) const;

  std::string_view view(Text text) const;
  std::string string(Text text) const { return std::string(view(text)); }

  // True if the whole text is one symbol / if it contains one.
  bool is_symbol(Text text) const;
  bool has_symbol(Text text) const;

  // Are two texts the same value? Whole symbols and literals compare exactly;
  // texts with symbols inside are `unknown` unless equal.
  Truth same(Text a, Text b) const;

  std::size_t size() const;
  std::size_t bytes() const;  // memory of the arena

 private:
  struct Index;
  using Views = std::vector<std::string_view, HugePages<std::string_view>>;
  Views views_;
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t block_used_ = 0;
  std::size_t block_size_ = 0;
  std::size_t total_ = 0;
  std::unique_ptr<Index> index_;
};

// A symbol as people read it: `(known after apply: aws_vpc.main.id)`; literal
// parts unchanged.
std::string show_symbols(std::string_view text);

}  // namespace sallyport
