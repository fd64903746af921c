#include "read/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/wildcard.h"

namespace sallyport::read {
namespace {

// The functions of libarchive that are used, by the types of its header.
struct Library {
  void* handle = nullptr;
  decltype(&archive_read_new) create = nullptr;
  decltype(&archive_read_free) destroy = nullptr;
  decltype(&archive_read_support_filter_gzip) gzip = nullptr;
  decltype(&archive_read_support_format_tar) tar = nullptr;
  decltype(&archive_read_support_format_zip) zip = nullptr;
  decltype(&archive_read_support_format_raw) raw = nullptr;
  decltype(&archive_read_open_memory) open = nullptr;
  decltype(&archive_read_next_header) next = nullptr;
  decltype(&archive_read_data) data = nullptr;
  decltype(&archive_error_string) error = nullptr;
  decltype(&archive_entry_pathname) pathname = nullptr;
  decltype(&archive_entry_filetype) filetype = nullptr;
  decltype(&archive_entry_hardlink) hardlink = nullptr;
  decltype(&archive_entry_is_encrypted) encrypted = nullptr;

  bool whole = false;
};

template <class F>
bool load(void* handle, const char* name, F& function) {
  function = reinterpret_cast<F>(dlsym(handle, name));
  return function != nullptr;
}

Library load_library() {
  Library l;
  for (const char* name : {"libarchive.so.13", "libarchive.so"}) {
    if (l.handle == nullptr) l.handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  }
  l.whole =
      l.handle != nullptr && load(l.handle, "archive_read_new", l.create) &&
      load(l.handle, "archive_read_free", l.destroy) && load(l.handle, "archive_read_support_filter_gzip", l.gzip) &&
      load(l.handle, "archive_read_support_format_tar", l.tar) &&
      load(l.handle, "archive_read_support_format_zip", l.zip) &&
      load(l.handle, "archive_read_support_format_raw", l.raw) && load(l.handle, "archive_read_open_memory", l.open) &&
      load(l.handle, "archive_read_next_header", l.next) && load(l.handle, "archive_read_data", l.data) &&
      load(l.handle, "archive_error_string", l.error) && load(l.handle, "archive_entry_pathname", l.pathname) &&
      load(l.handle, "archive_entry_filetype", l.filetype) && load(l.handle, "archive_entry_hardlink", l.hardlink) &&
      load(l.handle, "archive_entry_is_encrypted", l.encrypted);
  return l;
}

const Library& library() {
  static const Library loaded = load_library();
  return loaded;
}

bool ends(std::string_view path, std::string_view ending) {
  return path.size() > ending.size() && equals_ignoring_case(path.substr(path.size() - ending.size()), ending);
}

enum class Packing : char { none, gzip, tar, zip };

Packing packing_of(std::string_view path) {
  if (ends(path, ".tar") || ends(path, ".tar.gz") || ends(path, ".tgz")) return Packing::tar;
  if (ends(path, ".zip")) return Packing::zip;
  return ends(path, ".gz") ? Packing::gzip : Packing::none;
}

struct Free {
  void operator()(archive* a) const { library().destroy(a); }
};

// The last part of the path, without `.gz`.
std::string inner_name(std::string_view path) {
  const std::string_view name = path.substr(path.find_last_of("/:") + 1);
  return std::string(name.substr(0, name.size() - 3));
}

class Unpacker {
 public:
  Unpacker(std::string_view path, Budget& budget) : path_(path), budget_(budget), reader_(library().create()) {}

  Result<std::vector<ArchiveMember>> run(std::string_view bytes, const std::function<bool(std::string_view)>& wanted) {
    const Library& l = library();
    const Packing packing = packing_of(path_);
    if (reader_ == nullptr) return fail("`" + path_ + "` cannot be unpacked: no memory");
    archive* a = reader_.get();
    if (packing == Packing::tar) l.tar(a), l.gzip(a);
    if (packing == Packing::zip) l.zip(a);
    if (packing == Packing::gzip) l.raw(a), l.gzip(a);
    // Without a filter that knows it, raw bytes are taken as they are.
    if (packing == Packing::gzip && !bytes.starts_with("\x1f\x8b"))
      return fail("`" + path_ + "` cannot be unpacked: it is not gzipped");
    if (l.open(a, bytes.data(), bytes.size()) != ARCHIVE_OK) return broken();
    std::vector<ArchiveMember> members;
    for (;;) {
      archive_entry* entry = nullptr;
      const int status = l.next(a, &entry);
      if (status == ARCHIVE_EOF) return members;
      if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return broken();
      if (budget_.members-- == 0) {
        budget_.members = 0;
        return fail("`" + path_ + "` holds more than " + std::to_string(Budget::most_members) + " files");
      }
      const char* name = l.pathname(entry);
      if (name == nullptr || (packing != Packing::gzip && l.filetype(entry) != AE_IFREG)) continue;
      if (l.hardlink(entry) != nullptr) continue;
      if (l.encrypted(entry) != 0) {
        return fail("`" + path_ + "` is encrypted: `" + name + "` cannot be read", "unpack it first");
      }
      std::string_view plain = name;
      while (plain.starts_with("./")) plain.remove_prefix(2);
      ArchiveMember member{packing == Packing::gzip ? inner_name(path_) : std::string(plain), {}};
      const bool kept = !wanted || wanted(member.name);
      if (auto done = read(member, kept); !done) return tl::unexpected(done.error());
      if (kept) members.push_back(std::move(member));
    }
  }

 private:
  Result<bool> read(ArchiveMember& member, bool kept) {
    for (;;) {
      const la_ssize_t got = library().data(reader_.get(), chunk_.data(), chunk_.size());
      if (got == 0) return true;
      if (got < 0) return tl::unexpected(broken().error());
      const auto count = static_cast<std::size_t>(got);
      if (count > budget_.bytes) {
        return fail("`" + path_ + "` unpacks to more than it may: " + std::to_string(Budget::ratio) +
                        " times its size, or 4 GiB",
                    "unpack it first, and give the folder");
      }
      budget_.bytes -= count;
      if (kept) member.bytes.append(chunk_.data(), count);
    }
  }

  Result<std::vector<ArchiveMember>> broken() const {
    const char* why = library().error(reader_.get());
    return fail("`" + path_ +
                "` cannot be unpacked: " + (why == nullptr ? "it is no archive of its name's kind" : why));
  }

  std::string path_;
  Budget& budget_;
  std::unique_ptr<archive, Free> reader_;
  std::vector<char> chunk_ = std::vector<char>(std::size_t{256} << 10);
};

}  // namespace

bool named_like_archive(std::string_view path) { return packing_of(path) != Packing::none; }

Budget::Budget(std::size_t packed)
    : bytes(packed > (most_bytes - free_bytes) / ratio ? most_bytes : free_bytes + packed * ratio) {}

Result<std::vector<ArchiveMember>> unpack(std::string_view bytes, std::string_view path, Budget& budget,
                                          const std::function<bool(std::string_view)>& wanted) {
  if (!library().whole) {
    return fail("`" + std::string(path) + "` is an archive, and libarchive is not on this machine",
                "install it (Debian: libarchive13), or unpack the archive and give the folder");
  }
  return Unpacker(path, budget).run(bytes, wanted);
}

}  // namespace sallyport::read
