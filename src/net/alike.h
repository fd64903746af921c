// Alike: targets that no resolver and no table of the cloud can tell apart.
//
// A table is reached by its service's name, as the service is; a bucket by a name of its
// own, but all buckets of a Region resolve alike as long as no private zone and no
// endpoint names one of them. So thousands of resources are a handful of questions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "net/index.h"
#include "net/target.h"

namespace sallyport::net {

struct AlikeTargets {
  const Target* first = nullptr;  // of the span given
  std::string service;            // as their labels say; empty where they have none
  std::size_t count = 0;
};

// Besides, for each target its group.
struct Alikes {
  std::vector<AlikeTargets> groups;
  std::vector<std::uint32_t> group_of;  // by target
};

// The targets by what tells them apart, in the order of their first ones: of all in one
// group, every workload has the same verdict by the same door. Cost: a few look-ups a target.
Alikes alike(const Index& index, std::span<const Target> targets);

}  // namespace sallyport::net
