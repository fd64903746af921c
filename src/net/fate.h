// Fate: what a filter does with a beam that it takes as one, told without copying it.
//
// One address or one service, one port: most beams pass a filter whole or not at all.
// `sift` (filter.h) says the same of any beam, piece by piece, and why.
#pragma once

#include <cstdint>

#include "net/filter.h"

namespace sallyport::net {

enum class Fate : std::uint8_t {
  passes,   // all of it, surely
  stopped,  // all of it, surely
  parts,    // ask `sift`: parts of it fare differently, or something is not known
};

// `request` goes in `direction`; with `reply` set, its answer at the same place is judged
// (by the entries of the other direction, at the client's port). TCP and UDP: else `parts`.
// Cost: entries; allocates nothing.
Fate fate(const NetworkAcl& acl, Direction direction, const Beam& request, bool reply);

// As `sift` of the same arguments. Cost: rules; allocates nothing.
Fate fate(const Index& index, const List<SecurityGroupId>& groups, VpcId vpc, Direction direction, const Beam& beam,
          const Carried& carried);

}  // namespace sallyport::net
