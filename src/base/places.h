// Places: files, lines and columns of many origins, each file read only once.
//
// `Documents::place` reads the file again for every origin; an answer with a
// thousand hops asks here. Lines and columns are 1-based as in `Place`.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/origin.h"

namespace sallyport {

// Holds the line starts of the documents asked for, four bytes a line. One thread.
class Places {
 public:
  // `documents` must outlive it.
  explicit Places(const Documents& documents) : documents_(documents) {}

  // As Documents::place. Cost: a binary search, after the first origin of a document.
  Place place(Origin origin);

  // `path:line`, `path` where no line is known, empty for no origin.
  std::string show(Origin origin);

 private:
  struct Lines {
    bool readable = false;
    std::uint64_t size = 0;
    std::vector<std::uint32_t> starts;  // offset of each line's first byte, ascending, the first is 0
  };
  const Lines& lines(DocumentId document);

  const Documents& documents_;
  std::map<DocumentId, Lines> lines_;
};

}  // namespace sallyport
