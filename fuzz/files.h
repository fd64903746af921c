// Several files as one input of a fuzzer: each a path, a line feed and the contents, with
// NUL bytes between them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sallyport::fuzz {

struct File {
  std::string path;
  std::string text;
};

inline std::vector<File> files_in(std::string_view bytes, std::size_t most = 64) {
  std::vector<File> files;
  while (!bytes.empty() && files.size() < most) {
    const std::size_t end = bytes.find('\0');
    const std::string_view file = bytes.substr(0, end);
    const std::size_t line = file.find('\n');
    files.push_back(
        {std::string(file.substr(0, line)), line == std::string_view::npos ? "" : std::string(file.substr(line + 1))});
    if (end == std::string_view::npos) break;
    bytes.remove_prefix(end + 1);
  }
  return files;
}

inline std::string joined(const std::vector<File>& files) {
  std::string bytes;
  for (const File& file : files) {
    if (!bytes.empty()) bytes += '\0';
    bytes += file.path + "\n" + file.text;
  }
  return bytes;
}

}  // namespace sallyport::fuzz
