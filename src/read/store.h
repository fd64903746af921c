// Store: the documents of all inputs, files and members of archives alike. Whoever reads them
// sees one kind of thing, a path with bytes.
//
// A member's path is that of its archive, a colon, and its name there:
// `collected.tar.gz:111122223333/eu-central-1/ec2-describe-vpcs.json`. What a `.json.gz` holds
// goes by its path. Archives in folders and in archives count as the folders that they hold.
//
// Members are unpacked when their archive is listed, and kept until `number`.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/origin.h"
#include "base/result.h"
#include "read/archive.h"
#include "read/files.h"

namespace sallyport::read {

class Store {
 public:
  // The documents of an input: of a folder and of an archive those in it, sorted by path,
  // else the path itself. Left out is what files_below leaves out. Errors: an archive that
  // cannot be unpacked, named by the user.
  Result<std::vector<Path>> documents(const Path& input);

  // What could not be unpacked in folders, by path. It is left out of what `documents` gave.
  const std::vector<std::pair<Path, Error>>& broken() const { return broken_; }

  // Is there such a document? Files anywhere count, too.
  bool has(const Path& path) const;
  // Bytes that `read` will give, 0 where that is not known.
  std::size_t size(const Path& path) const;
  // Is it a file, not a member of an archive?
  bool on_disk(const Path& path) const { return !members_.contains(path); }
  // As read_file. From any thread, while nothing is listed or numbered.
  Result<std::string> read(const Path& path, std::size_t limit, std::string bytes = {}) const;

  // Its number among the documents, under which its lines can be shown. A member's bytes go
  // there, if all that was unpacked is not too much to keep; unless they are read `again`, they
  // are not here any more.
  DocumentId number(const Path& path, Documents& documents, bool again = false);

 private:
  static constexpr std::size_t worth_keeping = std::size_t{256} << 20;

  Result<std::vector<Path>> unpacked(const Path& path, std::string bytes, Budget& budget, int depth);

  std::map<Path, std::string> members_;
  std::size_t unpacked_ = 0;
  std::vector<std::pair<Path, Error>> broken_;
};

// The bytes of a document that nobody listed: a file, or a member of an archive on disk.
Result<std::string> read_document(const Path& path, std::size_t limit);

// The member called `name` in the archive's root, or in the one folder there; an empty path:
// there is none.
Path member_named(const Path& archive, std::string_view name);

// A path as if archives were folders: `x/111122223333.zip:eu-central-1/a.json.gz` is
// `x/111122223333/eu-central-1/a.json`.
Path as_in_folders(const Path& path);

}  // namespace sallyport::read
