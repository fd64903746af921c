// Files as inputs: listing folders, reading bytes. Errors name the path.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sallyport::read {

// A file below an input, as the user knows it: the input's path and what follows.
using Path = std::string;

bool is_folder(const Path& path);
bool is_file(const Path& path);  // a regular one
bool exists(const Path& path);

// The regular files below a folder, sorted by path. Left out: hidden files and
// folders, links to folders (they may loop), and folders with an `expect.yaml` of
// their own (a nested case is not input of the outer one). Errors: a folder that
// cannot be read.
Result<std::vector<Path>> files_below(const Path& folder);

// The bytes of a file or pipe, into `bytes` (whose room is used). Errors: it cannot
// be opened or read; it is longer than `limit`.
Result<std::string> read_file(const Path& path, std::size_t limit, std::string bytes = {});

// Last part of a path, or of a member's name in an archive: `x/a.zip:b.json` -> `b.json`.
std::string_view file_name(std::string_view path);

}  // namespace sallyport::read
