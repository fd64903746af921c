// Operations: which answers are read, by what, and what they cover.
//
// The contents tell what a file is: the top-level key names the reader. Where a key
// belongs to several operations (`Policy`), or an answer has no key at all (`{}`,
// an error), the file's name decides.
#pragma once

#include <span>
#include <string_view>

#include "read/snapshot/answer.h"

namespace sallyport::read::snapshot {

// How an answer of an operation is told.
enum class Says : char {
  list,             // everything of its kinds that an account has in a Region
  global,           // everything that an account has
  list_or_nothing,  // as `list`; where there is nothing AWS leaves the member out: `{}`
  one,              // something of one thing
  nothing,          // known, and no answer depends on it
};

struct Operation {
  std::string_view name;  // without the service's spelling variants: `s3api-get-bucket-policy`
  std::string_view key;   // the top-level member that names it; empty: several members
  Says says = Says::nothing;
  void (*read)(Answer&) = nullptr;
  // What an error or `{}` in its place means, for operations about one thing; null:
  // nothing more than that it was not collected.
  void (*none)(Answer&, bool there_is_none, GapId gap) = nullptr;
  Kind kinds[5] = {};  // what a complete answer covers
};

// The operation of that name (`s3-` is `s3api-`), or null.
const Operation* operation_named(std::string_view name);

// The operation whose answer this is: by its key, and by the name where the key
// leaves a choice. Null: nobody reads it.
const Operation* operation_of(json::Node root, std::string_view name);

std::span<const Operation> operations();

// Does its reader look at the items of its list, each by itself, and at nothing else of the
// answer? Then it may see some of them at a time. So are the lists that can be long.
bool read_by_items(const Operation& operation);

}  // namespace sallyport::read::snapshot
