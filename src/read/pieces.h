// Pieces: a file with one long list, cut between the list's items into texts that can be parsed
// one by one, so that neither the file nor its tree is ever in memory as a whole.
//
//   {"Reservations": [      ->  {"Reservations": [ {...}, {...} ]}
//     {...}, {...}, {...}       {"Reservations": [ {...} ], "NextToken": null}
//   ], "NextToken": null}
//
// Where to cut is guessed by the first item's indentation; that the guess was right, the parser
// says. For a piece `head + items + "]}"` is JSON with one root that has one member exactly if
// behind these items the whole text, too, is inside that list and between two items: up to
// there both are read byte by byte alike. So whoever finds all pieces to be like that has
// parsed the whole; else he reads what begins with that piece as one text (`rest_from`).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "read/files.h"

namespace sallyport::read {

struct Piece {
  std::string text;      // begins with the head, the file's own first bytes
  std::size_t head = 0;  // bytes of it; 0 in the first piece: there all stands where the file has it
  std::size_t at = 0;    // bytes of the file before what follows the head
  bool first = true;
  bool last = true;  // the file ends here; else `]}` was added
};

class Pieces {
 public:
  // The file's list of the member `key`, in pieces of about `size` bytes, or larger ones where
  // an item is. Null: it cannot be opened, or does not begin with such a list, an item on a
  // line of its own: to be read as a whole.
  static std::unique_ptr<Pieces> of(const Path& path, std::string_view key, std::size_t size);

  // The next piece, in `buffer`, of which only the room matters. Once the last was given, none
  // is to be asked for. Errors: the file cannot be read; it is longer than `limit`.
  Result<Piece> next(std::size_t limit, std::string buffer);

  // All from a piece on, as one text. Errors: as `next`.
  Result<Piece> rest_from(const Piece& from, std::size_t limit);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  Pieces(const Path& path, std::size_t size, std::FILE* file) : path_(path), size_(size), file_(file) {}
  bool begins_with(std::string_view key);
  // Where the last item that is whole ends in `text`, not before `from`; npos: nowhere.
  std::size_t cut(std::string_view text, std::size_t from) const;
  Result<bool> fill(std::string& text, std::size_t from, std::size_t limit);

  Path path_;
  std::size_t size_;
  std::unique_ptr<std::FILE, Close> file_;
  std::string head_;    // up to the list's bracket
  std::string end_;     // how an item ends that another one follows: "\n        },"
  std::string carry_;   // read, and not given yet
  std::size_t at_ = 0;  // bytes of the file before `carry_`
  bool first_ = true;
};

}  // namespace sallyport::read
