// Reading: a set of sources taken as one value, or as a list, where only one reading
// is left.
//
// An attribute that is known after apply depends on something that does not exist yet.
// If all that it mentions and that is not known names one object of the right kind,
// that object is meant: conditions on known values were decided while planning. Where
// several objects or something opaque are mentioned, it stays unknown.
#pragma once

#include <string_view>
#include <vector>

#include "base/value.h"
#include "read/terraform/references.h"
#include "read/terraform/work.h"

namespace sallyport::read::terraform {

// One object. `flat`: the expression is of a whole list of blocks, so what names other
// kinds may belong to other arguments and is left out.
Value<Text> read_one(Work& work, const Resource& resource, std::string_view attribute, Node expression, Kind kind,
                     int depth = 0, bool flat = false);

// The objects of which one is meant, where it cannot be told which; empty where others may be, too.
std::vector<Text> read_candidates(Work& work, const Resource& resource, Node expression, Kind kind);

// All objects of a list that is known after apply as a whole. Exact for `[a.id, b.id]`
// and for a block with one instance; else open. That a text that exists stands in the
// list beside them cannot be seen: the caller must know that none can.
List<Text> read_many(Work& work, const Resource& resource, std::string_view attribute, Node expression, Kind kind,
                     bool flat = false);

}  // namespace sallyport::read::terraform
