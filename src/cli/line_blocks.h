// LineBlocks: a stream of bytes cut into blocks of whole lines.
//
// As much as one read gives, so that lines from a pipe are answered as they come, and
// a file's in large blocks. Memory: a block and one line.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sallyport::cli {

// Reads at most `room` bytes to `to`; 0: the end.
using ReadBytes = std::function<std::size_t(char* to, std::size_t room)>;

// Bytes of a file descriptor; its end or an error ends the stream.
ReadBytes bytes_of(int descriptor);

class LineBlocks {
 public:
  // Lines longer than `longest` are cut to `longest` + 1 bytes, so that whoever gets
  // one can tell.
  LineBlocks(ReadBytes read, std::size_t block, std::size_t longest);

  // The next lines, each with its newline, which only the stream's last may lack.
  // Empty: there are no more. Valid until the next call.
  std::string_view next();

 private:
  ReadBytes read_;
  std::size_t block_;
  std::size_t longest_;
  std::vector<char> buffer_;
  std::size_t given_ = 0;  // bytes that the last call gave
  std::size_t held_ = 0;   // bytes in the buffer
  bool ended_ = false;
};

}  // namespace sallyport::cli
