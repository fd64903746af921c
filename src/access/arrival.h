// Arrival: how a request comes in at a service: through an endpoint, or from public
// addresses. The network condition keys are made of this alone (NK-1 to NK-7, NK-15).
#pragma once

#include <vector>

#include "model/cloud.h"
#include "net/answer.h"

namespace sallyport::access {

struct Arrival {
  enum class By : std::uint8_t {
    endpoint,  // through a VPC endpoint: no public address is seen
    publicly,  // from public addresses: no endpoint's key is set
    unknown,   // the path was lost: anything may be
  };
  By by = By::unknown;
  net::Door door;
  EndpointId endpoint;
  VpcId vpc;               // of the endpoint
  AddressSet addresses;    // endpoint: private ones; publicly: public ones. Empty: not known
  bool exact = false;      // each of them is an alternative; else it is one of them, we do not know which
  bool by_caller = false;  // the caller picks one of them
  bool strangers = false;  // an endpoint of somebody's own, in an account that we do not know
  bool certain = true;     // it is known that this alternative gets through
  GapId gap;               // why `addresses` is not exact, or the path was lost
};

// A passage of a flow. `by_caller`: the source was `internet`, so the caller picks
// its address.
Arrival arrival(const Cloud& cloud, const net::Passage& passage, bool by_caller);

// The front door, from any public address.
Arrival from_anywhere();

// Through an endpoint that a stranger has made in a VPC of his own: no public address
// is seen, and the endpoint's keys are there, with values that nobody here knows.
Arrival through_strangers();

// Through an endpoint, from anybody who can reach it: its private source address is
// the caller's choice.
Arrival through(const Cloud& cloud, const Endpoint& endpoint);

}  // namespace sallyport::access
