// What services of AWS run for us (PW), for naive_flow.cc: from where it calls, and where it answers.
#pragma once

#include <vector>

#include "library/net/naive.h"

namespace sallyport::naive {

bool runs(const PlatformWorkload& row);

// Has it a public address on a machine of AWS's, which no rule of a VPC guards?
bool has_front(const PlatformWorkload& row);

// From where a call leaves.
enum class Leaves { from_its_interfaces, from_the_service, nobody_says };

// By what is called. PW-1: a warehouse without enhanced VPC routing.
Leaves leaves(const PlatformWorkload& row, const To& to);

// By where the name led. PW-2: a notebook instance with direct internet access.
Leaves leaves(const Cloud& cloud, const PlatformWorkload& row, Address to);

// Where its name leads, asked from `view` (none: outside every VPC).
struct Answering {
  bool at_front = false;
  std::vector<Address> addresses;
};
Answering answering(const Cloud& cloud, const PlatformWorkload& row, VpcId view);

// PW-5: does the front admit the address?
bool admits(const PlatformWorkload& row, Address from);

}  // namespace sallyport::naive
