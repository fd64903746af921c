// Tally: what every class of workloads reaches, counted: verdicts and doors, without what
// explains them.
//
// The same walks as those of `Engine::answer`, shared. A walk sees of its start only the
// subnet, the atom of its address, what its groups' rules let out, its ports and whether
// a public address stands in front of it; and of an endpoint's interface only its atom,
// its groups and its state. So starts and destinations become numbers by what a walk can
// see of them, and each pair is walked once. What does not fit such a key (addresses that
// are not known, public addresses of the cloud itself) is walked anew each time.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "net/index.h"
#include "net/target.h"

namespace sallyport::net {

struct TargetsOfRegion {
  std::string region;  // of the workloads that ask these
  std::vector<Target> targets;
};

struct Count {
  Text account;  // of the workloads
  std::string service;
  Verdict verdict = Verdict::unknown;
  DoorKind door = DoorKind::local;  // that of Answer::door; `local` where there is none
  bool has_door = false;
  std::size_t flows = 0;
};

// Every class of the cloud's workloads x the targets of its Region, TCP to `port`, on all
// cores. Sorted by what stands in front of `flows`, each once. The counts are those that
// answers one by one would give.
std::vector<Count> tally(const Index& index, std::span<const TargetsOfRegion> targets, std::uint16_t port);

// The verdict and door of one class for each of the targets, in their order: for tests.
struct Decided {
  Verdict verdict = Verdict::unknown;
  DoorKind door = DoorKind::local;
  bool has_door = false;
  friend bool operator==(const Decided&, const Decided&) = default;
};
std::vector<std::vector<Decided>> decide_all(const Index& index, std::span<const Target> targets, std::uint16_t port);

}  // namespace sallyport::net
