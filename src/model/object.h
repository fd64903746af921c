// Head: what every object of the cloud has.
#pragma once

#include "base/origin.h"
#include "base/text.h"
#include "base/value.h"

namespace sallyport {

struct Head {
  Text name;     // the Name tag, or the resource's own name; empty if none
  Text account;  // owner, twelve digits; empty if the input does not say
  Text region;   // empty for global objects
  Origin origin;
  GapId gap;  // set: something of the object was not understood or contradicts itself

  friend bool operator==(const Head&, const Head&) = default;
};

}  // namespace sallyport
