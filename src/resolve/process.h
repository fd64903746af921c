// Process: runs a program and takes what it prints.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace sallyport::resolve {

struct Ran {
  int status = 0;      // its exit status; 128 and more: killed by a signal
  std::string output;  // of both of its streams
};

// Runs `words[0]` in `folder`, with the caller's environment. Nothing goes through a shell; its
// standard input is empty. Errors: the program is not there, it printed more than `most` bytes, or it
// took longer than `seconds` (then it was ended).
Result<Ran> run(const std::vector<std::string>& words, const std::string& folder, int seconds,
                std::size_t most = std::size_t{512} << 20);

}  // namespace sallyport::resolve
