#include "read/planned/blocks.h"

#include <algorithm>

#include "model/later.h"

namespace sallyport::read::planned {

bool has_only_later(const Vpc& vpc) {
  const auto is_one = [](const Value<Prefix>& b) { return b.known() && is_later(*b); };
  return vpc.cidrs.complete() && std::count_if(vpc.cidrs.begin(), vpc.cidrs.end(), is_one) == 1 &&
         std::all_of(vpc.cidrs.begin(), vpc.cidrs.end(),
                     [&](const Value<Prefix>& b) { return is_one(b) || (b.known() && b->family() == Family::v4); });
}

}  // namespace sallyport::read::planned
