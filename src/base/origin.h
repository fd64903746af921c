// Origin: where something was read, in eight bytes.
//
// A document is a file, a pipe, or a text inside another document (a policy
// inside an API answer). An origin is (document, byte offset); line and column
// are computed only when one is shown, from the document's bytes.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sallyport {

// Number of a document in `Documents`; 0 is "no document".
using DocumentId = std::uint32_t;

struct Origin {
  DocumentId document = 0;
  std::uint32_t offset = 0;  // bytes from the start of the document, 0-based

  explicit operator bool() const { return document != 0; }
  friend auto operator<=>(const Origin&, const Origin&) = default;
};

// A place as people read it. `line` and `column` are 1-based; 0 = not known
// (the document's bytes can no longer be read, or it has no lines).
struct Place {
  std::string path;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

// The documents that were read. Append-only; ids stay valid. Not synchronised:
// one thread adds, any number read afterwards.
class Documents {
 public:
  Documents();

  // Adds a file by its path as the user knows it. Its bytes are read again when
  // a line has to be computed (and are not kept).
  DocumentId add_file(std::string path);

  // Adds a document whose bytes are kept here: a pipe, an inline text.
  DocumentId add_text(std::string label, std::string bytes);

  // Adds a text that stands inside another document as a JSON string (a policy
  // in an API answer): its places are those of the outer string.
  DocumentId add_inner(Origin outer, std::string label);

  // The path or label, empty for 0. The view lives as long as this object.
  std::string_view name(DocumentId id) const;

  // File, line and column of an origin. Cost: one read of the file; meant for
  // showing, not for loops over a million objects.
  Place place(Origin origin) const;

  // `path:line` or `path` where no line is known, empty for no origin.
  std::string show(Origin origin) const;

  // The origin in a file or pipe that stands for this one: itself, unless it lies
  // in an inner document.
  Origin outermost(Origin origin) const;

  // Hands the bytes of a file or text to `take`, part by part. False: the file
  // cannot be read any more.
  bool read(DocumentId id, const std::function<void(std::string_view)>& take) const;

 private:
  struct Document {
    std::string name;
    std::string bytes;
    Origin outer;
    bool is_file = false;
  };
  std::vector<Document> documents_;
};

}  // namespace sallyport
