// Tally: what all workloads of a cloud reach, counted by account, service, verdict and door.
//
// Counts are kept VPC by VPC, each with the groups, network ACLs and route tables that its walks consulted: so after
// a change of rules only those VPCs are decided anew whose walks asked for one that changed.
//
//   const Tally now(index, targets, 443);
//   const Index then(index, apply(cloud, change), rules);   // (an Engine does this)
//   const Tally later(now, then);
//   later.counts();                                  // what Tally(then, targets, 443) counts
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "net/decider.h"
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
  friend bool operator==(const Count&, const Count&) = default;
};

class Tally {
 public:
  // Every class of the cloud's workloads x the targets of its Region, TCP to `port`, on all processors. `progress` is
  // told of VPCs.
  Tally(const Index& index, std::vector<TargetsOfRegion> targets, std::uint16_t port, const Progress& progress = {});
  // The same question on `index`, whose cloud stems from that of `before`. Where anything but rules differs
  // (changed_rules.h), or what stands at the end of routes, all is decided anew.
  // Cost: the VPCs whose walks consulted what changed, and a look at each class.
  Tally(const Tally& before, const Index& index);
  ~Tally();

  // Sorted by what stands in front of `flows`, each once: the counts that answers one by one would give.
  std::vector<Count> counts() const;

  // Of how many VPCs (and of all that stands in none) there are counts, and how many were decided to make it.
  std::size_t homes() const { return homes_.size(); }
  std::size_t homes_decided() const { return homes_decided_; }

 private:
  struct Question;
  struct HomeCounts;
  struct Home {
    std::uint32_t vpc = 0;  // its number; 0: in none
    std::shared_ptr<const HomeCounts> counts;
  };

  void decide(const Index& index, const Tally* before, const std::vector<Ref>& changed, const Progress& progress);

  std::shared_ptr<const Question> question_;
  Cloud cloud_;
  Middleboxes middleboxes_;
  std::vector<Home> homes_;  // by `vpc`
  std::size_t homes_decided_ = 0;
};

// The verdict and door of each class for each of the targets, in their order: for tests.
std::vector<std::vector<Decided>> decide_all(const Index& index, std::span<const Target> targets, std::uint16_t port);

}  // namespace sallyport::net
