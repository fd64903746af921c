// Any bytes as an archive: no crash, no hang, and never more memory than its budget.
// The first byte says of which kind.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "read/archive.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sallyport;
  if (size == 0) return 0;
  constexpr const char* names[] = {"a.json.gz", "a.tar", "a.tar.gz", "a.zip"};
  read::Budget budget(size);
  const std::size_t most = budget.bytes;
  const auto members = read::unpack({reinterpret_cast<const char*>(data) + 1, size - 1}, names[data[0] % 4], budget);
  if (budget.bytes > most) __builtin_trap();
  std::size_t all = 0;
  if (members) {
    for (const auto& m : *members) all += m.bytes.size();
  }
  if (all > most) __builtin_trap();
  return 0;
}
