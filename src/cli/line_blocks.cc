#include "cli/line_blocks.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace sallyport::cli {

ReadBytes bytes_of(int descriptor) {
  return [descriptor](char* to, std::size_t room) -> std::size_t {
    ssize_t n = 0;
    do {
      n = ::read(descriptor, to, room);
    } while (n < 0 && errno == EINTR);
    return n > 0 ? static_cast<std::size_t>(n) : 0;
  };
}

LineBlocks::LineBlocks(ReadBytes read, std::size_t block, std::size_t longest)
    : read_(std::move(read)), block_(block), longest_(longest), buffer_(block) {}

std::string_view LineBlocks::next() {
  std::memmove(buffer_.data(), buffer_.data() + given_, held_ - given_);
  held_ -= given_;
  given_ = 0;
  std::size_t searched = 0;  // no newline before it
  while (!ended_) {
    // An overlong line keeps its beginning; the rest is read over.
    if (searched > longest_ + 1) held_ = searched = longest_ + 1;
    if (buffer_.size() < held_ + block_) buffer_.resize(held_ + block_);
    const std::size_t n = read_(buffer_.data() + held_, buffer_.size() - held_);
    ended_ = n == 0;
    held_ += n;
    const std::string_view fresh(buffer_.data() + searched, held_ - searched);
    const std::size_t newline = fresh.rfind('\n');
    if (newline != std::string_view::npos) {
      given_ = searched + newline + 1;
      return {buffer_.data(), given_};
    }
    searched = held_;
  }
  given_ = held_;
  return {buffer_.data(), held_};
}

}  // namespace sallyport::cli
