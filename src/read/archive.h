// Archives as inputs: what a `.json.gz`, `.tar`, `.tar.gz`, `.tgz` or `.zip` holds, in memory.
//
//   Budget budget(bytes.size());
//   auto members = unpack(bytes, "collected.tar.gz", budget);
//
// Nothing is written anywhere: paths of members are names, whatever stands in them. What is
// unpacked is bounded (`Budget`), so a small file cannot fill the memory.
//
// libarchive does it. It is loaded when the first archive is met, since linking it
// costs 3 ms of every start (docs/internals/decisions.md).
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sallyport::read {

// Is it an archive, by its name?
bool named_like_archive(std::string_view path);

// What may still be unpacked of one input, archives inside it included.
struct Budget {
  explicit Budget(std::size_t packed);

  static constexpr std::size_t most_bytes = std::size_t{4} << 30;
  static constexpr std::size_t free_bytes = std::size_t{64} << 20;  // whatever the ratio
  static constexpr std::size_t ratio = 200;                         // answers of AWS pack about 20 to 1
  static constexpr std::size_t most_members = 2'000'000;
  static constexpr int deepest = 3;  // an archive in an archive in an archive

  std::size_t bytes;
  std::size_t members = most_members;
};

struct ArchiveMember {
  std::string name;  // as it stands there, without `./` before it; of a `.gz` the archive's own, without `.gz`
  std::string bytes;
};

// The regular files in an archive, in its order. With `wanted`, only members whose name it takes are
// kept. Errors: libarchive is not on this machine, the archive is broken or encrypted, the
// budget is spent.
Result<std::vector<ArchiveMember>> unpack(std::string_view archive, std::string_view path, Budget& budget,
                                          const std::function<bool(std::string_view)>& wanted = {});

}  // namespace sallyport::read
