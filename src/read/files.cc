#include "read/files.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include "read/archive.h"

namespace sallyport::read {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t chunk = 256 * 1024;

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

bool is_folder(const Path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

bool is_file(const Path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

bool exists(const Path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

Result<std::vector<Path>> files_below(const Path& folder) {
  std::vector<Path> files;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::none, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    const fs::path& path = entry->path();
    std::error_code ignored;
    const bool hidden = path.filename().string().starts_with('.');
    if (entry->is_directory(ignored)) {
      if (hidden || fs::exists(path / "expect.yaml", ignored)) entry.disable_recursion_pending();
    } else if (!hidden && entry->is_regular_file(ignored)) {
      files.push_back(path.string());
    }
  }
  if (error) return fail("the folder `" + folder + "` cannot be read: " + error.message());
  std::sort(files.begin(), files.end());
  return files;
}

Result<std::string> read_file(const Path& path, std::size_t limit, std::string bytes) {
  const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rb"));
  if (file == nullptr) return fail("`" + path + "` cannot be opened: " + std::strerror(errno));
  std::error_code error;
  const auto size = fs::is_regular_file(path, error) ? fs::file_size(path, error) : 0;
  if (!error && size > limit) return fail("`" + path + "` is longer than " + std::to_string(limit) + " bytes");
  std::size_t used = 0;
  // One byte more than the file is said to have: so the end is seen at once.
  bytes.resize(error || size == 0 ? chunk : static_cast<std::size_t>(size) + 1);
  for (;;) {
    const std::size_t got = std::fread(bytes.data() + used, 1, bytes.size() - used, file.get());
    used += got;
    if (used < bytes.size()) break;
    if (used > limit) return fail("`" + path + "` is longer than " + std::to_string(limit) + " bytes");
    bytes.resize(bytes.size() + std::max(bytes.size(), chunk));
  }
  if (std::ferror(file.get()) != 0) return fail("`" + path + "` cannot be read: " + std::strerror(errno));
  bytes.resize(used);
  return bytes;
}

std::string_view file_name(std::string_view path) {
  const std::string_view last = path.substr(path.rfind('/') + 1);
  const std::size_t colon = last.rfind(':');
  return colon != std::string_view::npos && named_like_archive(last.substr(0, colon)) ? last.substr(colon + 1) : last;
}

}  // namespace sallyport::read
