// Decider: verdict and door of one class of workloads for all targets, without what explains them.
//
// The same walks as those of `Engine::answer`, shared. A walk sees of its start only the
// subnet, the atom of its address, what its groups' rules let out, its ports and whether
// a public address stands in front of it; and of an endpoint's interface only its atom,
// its groups and its state. So starts and destinations become numbers by what a walk can
// see of them, and each pair is walked once. What does not fit such a key (addresses that
// are not known, public addresses of the cloud itself) is walked anew each time.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "net/alike.h"
#include "net/index.h"
#include "net/shapes.h"

namespace sallyport::net {

struct Decided {
  Verdict verdict = Verdict::unknown;
  DoorKind door = DoorKind::local;  // that of Answer::door; `local` where there is none
  bool has_door = false;
  friend bool operator==(const Decided&, const Decided&) = default;
};

// Remembers walks while workloads of one VPC come one after the other. Not to be shared between threads.
class Decider {
 public:
  // Both must outlive it.
  Decider(const Index& index, const ShapeGround& ground);
  ~Decider();

  // What the workload reaches, TCP to the ground's port, in the order of the groups.
  void decide(const Workload& from, std::span<const AlikeTargets> groups, std::vector<Decided>& out);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sallyport::net
