#include "read/store.h"

#include <algorithm>
#include <filesystem>
#include <set>

namespace sallyport::read {
namespace {

constexpr std::size_t largest_archive = std::size_t{4} << 30;

// What has one document, that goes by the archive's own path.
bool is_single(std::string_view path) {
  return named_like_archive(path) && path.ends_with(".gz") && !path.ends_with(".tar.gz");
}

// Where the name of an archive ends before a colon: the place of the colon; npos: none from `from` on.
std::size_t archive_end(std::string_view path, std::size_t from) {
  for (std::size_t colon = path.find(':', from); colon != std::string_view::npos; colon = path.find(':', colon + 1)) {
    if (named_like_archive(path.substr(0, colon))) return colon;
  }
  return std::string_view::npos;
}

bool is_hidden(std::string_view part) { return part.starts_with('.') && part != ".." && part != "."; }

// `a/b/c.json` -> `a`, `b`: calls `f` with each folder's path, until it says false.
template <class F>
bool each_folder(std::string_view name, F f) {
  for (std::size_t slash = name.find('/'); slash != std::string_view::npos; slash = name.find('/', slash + 1)) {
    if (!f(name.substr(0, slash))) return false;
  }
  return true;
}

// The one folder that everything is in, with its slash; empty if there is none.
std::string common_root(const std::vector<ArchiveMember>& members) {
  std::string root;
  for (const ArchiveMember& m : members) {
    const std::size_t slash = m.name.find('/');
    if (slash == std::string::npos) return {};
    const std::string first = m.name.substr(0, slash + 1);
    if (!root.empty() && root != first) return {};
    root = first;
  }
  return root;
}

// As files_below does it: no hidden files and folders, no folders with an `expect.yaml` of their own.
void leave_out(std::vector<ArchiveMember>& members) {
  const std::string root = common_root(members);
  std::set<std::string, std::less<>> cases;
  for (const ArchiveMember& m : members) {
    const std::string_view name = m.name;
    constexpr std::string_view mark = "/expect.yaml";
    if (name.ends_with(mark)) cases.emplace(name.substr(0, name.size() - mark.size()));
  }
  if (!root.empty()) cases.erase(root.substr(0, root.size() - 1));
  std::erase_if(members, [&](const ArchiveMember& m) {
    const bool kept = each_folder(
        m.name, [&](std::string_view folder) { return !is_hidden(file_name(folder)) && !cases.contains(folder); });
    return !kept || is_hidden(file_name(m.name));
  });
}

}  // namespace

Result<std::vector<Path>> Store::unpacked(const Path& path, std::string bytes, Budget& budget, int depth) {
  if (depth > Budget::deepest) return fail("`" + path + "` is an archive in too many others");
  auto members = unpack(bytes, path, budget);
  if (!members) return tl::unexpected(members.error());
  bytes = std::string();
  leave_out(*members);
  std::vector<Path> paths;
  for (ArchiveMember& m : *members) {
    const Path inner = is_single(path) ? path : path + ":" + m.name;
    if (inner != path && named_like_archive(m.name)) {
      auto below = unpacked(inner, std::move(m.bytes), budget, depth + 1);
      if (!below) {
        broken_.emplace_back(inner, below.error());
        continue;
      }
      paths.insert(paths.end(), below->begin(), below->end());
      continue;
    }
    unpacked_ += m.bytes.size();
    if (members_.insert_or_assign(inner, std::move(m.bytes)).second) paths.push_back(inner);
  }
  return paths;
}

Result<std::vector<Path>> Store::documents(const Path& input) {
  if (!is_folder(input) && !named_like_archive(input)) return std::vector<Path>{input};
  const bool folder = is_folder(input);
  auto files = folder ? files_below(input) : Result<std::vector<Path>>(std::vector<Path>{input});
  if (!files) return files;
  std::vector<Path> all;
  for (Path& file : *files) {
    if (!named_like_archive(file)) {
      all.push_back(std::move(file));
      continue;
    }
    auto bytes = read_file(file, largest_archive);
    Result<std::vector<Path>> below =
        bytes ? std::vector<Path>() : Result<std::vector<Path>>(tl::unexpected(bytes.error()));
    if (bytes) {
      Budget budget(bytes->size());
      below = unpacked(file, std::move(*bytes), budget, 1);
    }
    if (!below && !folder) return below;
    if (!below) {
      broken_.emplace_back(file, below.error());
    } else {
      all.insert(all.end(), below->begin(), below->end());
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

bool Store::has(const Path& path) const { return members_.contains(path) || is_file(path); }

std::size_t Store::size(const Path& path) const {
  if (const auto found = members_.find(path); found != members_.end()) return found->second.size();
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return error ? 0 : static_cast<std::size_t>(size);
}

Result<std::string> Store::read(const Path& path, std::size_t limit, std::string bytes) const {
  const auto found = members_.find(path);
  if (found == members_.end()) return read_file(path, limit, std::move(bytes));
  if (found->second.size() > limit) return fail("`" + path + "` is longer than " + std::to_string(limit) + " bytes");
  bytes = found->second;
  return bytes;
}

DocumentId Store::number(const Path& path, Documents& documents, bool again) {
  const auto found = members_.find(path);
  if (found == members_.end()) return documents.add_file(path);
  const bool keep = unpacked_ <= worth_keeping;
  const DocumentId number =
      keep ? documents.add_text(path, again ? found->second : std::move(found->second)) : documents.add_file(path);
  // The entry stays: other threads may be looking for theirs.
  if (!again) found->second = std::string();
  return number;
}

Result<std::string> read_document(const Path& path, std::size_t limit) {
  const std::size_t end = is_file(path) && !named_like_archive(path) ? Path::npos : archive_end(path, 0);
  if (end == Path::npos) return read_file(path, limit);
  const Path archive = path.substr(0, end);
  auto bytes = read_file(archive, largest_archive);
  if (!bytes) return bytes;
  Budget budget(bytes->size());
  auto members = unpack(*bytes, archive, budget, [&](std::string_view name) { return path.substr(end + 1) == name; });
  if (!members) return tl::unexpected(members.error());
  if (members->empty()) return fail("`" + path + "` is not in the archive");
  if (members->back().bytes.size() > limit) {
    return fail("`" + path + "` is longer than " + std::to_string(limit) + " bytes");
  }
  return std::move(members->back().bytes);
}

Path member_named(const Path& archive, std::string_view name) {
  if (is_single(archive)) return {};
  auto bytes = read_file(archive, largest_archive);
  if (!bytes) return {};
  Budget budget(bytes->size());
  std::vector<ArchiveMember> names;  // without bytes
  const auto members = unpack(*bytes, archive, budget, [&](std::string_view member) {
    names.push_back({std::string(member), {}});
    return false;
  });
  if (!members) return {};
  const std::string root = common_root(names);
  for (const ArchiveMember& m : names) {
    if (m.name == name || m.name == root + std::string(name)) return archive + ":" + m.name;
  }
  return {};
}

Path as_in_folders(const Path& path) {
  Path plain;
  std::size_t from = 0;
  const auto without_ending = [](std::string part) {
    for (const std::string_view ending : {".tar.gz", ".tgz", ".tar", ".zip", ".gz"}) {
      if (part.ends_with(ending)) return part.substr(0, part.size() - ending.size());
    }
    return part;
  };
  for (std::size_t end = archive_end(path, 0); end != Path::npos; end = archive_end(path, from)) {
    plain += without_ending(path.substr(from, end - from)) + "/";
    from = end + 1;
  }
  const std::string last = path.substr(from);
  return plain + (is_single(last) ? without_ending(last) : last);
}

}  // namespace sallyport::read
