#include "read/pieces.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace sallyport::read {
namespace {

constexpr std::size_t longest_head = 512;

std::size_t behind_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t\r\n", at), text.size());
}

}  // namespace

std::unique_ptr<Pieces> Pieces::of(const Path& path, std::string_view key, std::size_t size) {
  std::FILE* const file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return nullptr;
  std::unique_ptr<Pieces> pieces(new Pieces(path, size, file));
  return pieces->begins_with(key) ? std::move(pieces) : nullptr;
}

// `{ "<key>": [`, and an item's `{` on a line of its own.
bool Pieces::begins_with(std::string_view key) {
  carry_.resize(longest_head);
  carry_.resize(std::fread(carry_.data(), 1, carry_.size(), file_.get()));
  const std::string_view text = carry_;
  std::size_t at = behind_blanks(text, 0);
  for (const std::string& token :
       {std::string("{"), "\"" + std::string(key) + "\"", std::string(":"), std::string("[")}) {
    if (text.substr(at, token.size()) != token) return false;
    at += token.size();
    if (token != "[") at = behind_blanks(text, at);
  }
  const std::size_t item = behind_blanks(text, at);
  const std::size_t line = text.substr(0, item).rfind('\n');
  if (line == std::string_view::npos || line < at || text.substr(item, 1) != "{") return false;
  end_ = std::string(text.substr(line, item - line)) + "},";
  head_ = text.substr(0, at);
  carry_.clear();
  return std::fseek(file_.get(), 0, SEEK_SET) == 0;
}

std::size_t Pieces::cut(std::string_view text, std::size_t from) const {
  const std::size_t found = text.rfind(end_);
  if (found == std::string_view::npos || found < from) return std::string_view::npos;
  return found + end_.size() - 1;  // before the comma
}

// True: the file ends in `text`.
Result<bool> Pieces::fill(std::string& text, std::size_t from, std::size_t limit) {
  const std::size_t got = std::fread(text.data() + from, 1, text.size() - from, file_.get());
  if (std::ferror(file_.get()) != 0) return fail("`" + path_ + "` cannot be read: " + std::strerror(errno));
  const bool ends = from + got < text.size();
  text.resize(from + got);
  if (at_ + text.size() > limit) return fail("`" + path_ + "` is longer than " + std::to_string(limit) + " bytes");
  return ends;
}

Result<Piece> Pieces::next(std::size_t limit, std::string buffer) {
  Piece piece;
  piece.text = std::move(buffer);
  piece.first = std::exchange(first_, false);
  piece.head = piece.first ? 0 : head_.size();
  piece.at = at_;
  std::string& text = piece.text;
  std::size_t filled = piece.head + carry_.size();
  text.resize(std::max(piece.head + size_, filled + 1));
  std::copy_n(head_.data(), piece.head, text.data());
  std::copy_n(carry_.data(), carry_.size(), text.data() + piece.head);
  for (;;) {
    const auto ends = fill(text, filled, limit);
    if (!ends) return tl::unexpected(ends.error());
    piece.last = *ends;
    if (piece.last) return piece;
    const std::size_t end = cut(text, piece.first ? head_.size() : piece.head);
    if (end != std::string::npos) {
      carry_.assign(text, end + 1);
      at_ += end + 1 - piece.head;
      text.resize(end);
      text += "]}";
      return piece;
    }
    filled = text.size();  // one item is longer than that
    text.resize(2 * filled);
  }
}

Result<Piece> Pieces::rest_from(const Piece& from, std::size_t limit) {
  if (std::fseek(file_.get(), static_cast<long>(from.at), SEEK_SET) != 0) {
    return fail("`" + path_ + "` cannot be read: " + std::strerror(errno));
  }
  Piece rest{from.first ? std::string() : head_, from.head, from.at, from.first, true};
  carry_.clear();
  at_ = from.at;
  for (;;) {
    const std::size_t filled = rest.text.size();
    rest.text.resize(2 * filled + size_);
    const auto ends = fill(rest.text, filled, limit);
    if (!ends) return tl::unexpected(ends.error());
    if (*ends) return rest;
  }
}

}  // namespace sallyport::read
