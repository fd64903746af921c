// Routing: which route of a table takes which part of a beam.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "net/beam.h"
#include "net/index.h"

namespace sallyport::net {

// A part of a beam and the routes it may take: one where that is certain; several
// where it is not known which (a list without entries, AWS's own random choice).
// `route` null: no route matches.
struct Lane {
  Beam beam;
  std::vector<const Route*> routes;
  GapId gap;            // why there is more than one
  bool random = false;  // AWS picks one (RT-9): each is an alternative
  // Set: a route that is not in the input may take it; it stands in `routes` too, with
  // the gap that says why (a target `other`, never nullptr).
  std::shared_ptr<const Route> unseen;
};

// Longest prefix first, whatever the route's kind (RT-4); ties by RT-5; propagated
// routes never beat `local` (RT-6). `vpc` gives the local ranges. `from_nat`: what a
// NAT gateway sends takes no route to a gateway endpoint (docs/internals/decisions.md).
// Cost: routes x pieces.
std::vector<Lane> route(const Index& index, const RouteTable& table, const Vpc* vpc, const Beam& beam,
                        bool from_nat = false);

// The one route that takes all of the beam (nullptr: none does), where that is certain;
// nothing: ask `route`. Allocates nothing.
std::optional<const Route*> sole_route(const Index& index, const RouteTable& table, const Vpc* vpc, const Beam& beam,
                                       bool from_nat = false);

// The same as `route` in a transit gateway's table (TG-3); the routes' objects are attachments.
std::vector<Lane> route(const Index& index, const TransitTable& table, const Beam& beam);

}  // namespace sallyport::net
