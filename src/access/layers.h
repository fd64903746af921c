// Layers: the policies that a request meets, gathered from the cloud. What was not
// collected is an open layer with its gap, never an empty one.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "access/arrival.h"
#include "access/caller.h"
#include "access/policies.h"
#include "access/thing.h"
#include "iam/decide.h"

namespace sallyport::access {

// Owns the lists that iam::Layers points into; the compiled policies are those of
// Policies. Not copied: it points into itself.
class LayerSet {
 public:
  LayerSet() = default;
  LayerSet(const LayerSet&) = delete;
  LayerSet& operator=(const LayerSet&) = delete;

  const iam::Layers& view() const { return layers_; }

 private:
  friend class Gatherer;
  using List = std::vector<const iam::CompiledPolicy*>;
  std::deque<List> lists_;  // a deque: its members do not move
  std::deque<std::vector<iam::PolicySet>> levels_;
  iam::Layers layers_;
};

// Gathers the layers of a request by `caller` for `thing` that arrives so.
void gather(const Cloud& cloud, const Org& org, const Policies& policies, const Caller& caller, const Thing& thing,
            const Arrival& arrival, LayerSet& out);

// The caller's own alone: identity policies and boundary. `voices`, if given: only
// identity policies that it marks (Policies::voices).
void gather_own(const Cloud& cloud, const Org& org, const Policies& policies, const Caller& caller,
                const std::vector<char>* voices, LayerSet& out);

// The policy of a thing of the cloud: of a bucket, table, function, role (its trust
// policy, asked by `sts:`), queue, topic, key ... `read` is false where the input says
// nothing of such a policy; `doubt` is set where what it says is in doubt.
struct OwnPolicy {
  bool read = false;
  Value<PolicyId> policy;
  GapId doubt;
};
OwnPolicy policy_of(const Cloud& cloud, const Thing& thing);

}  // namespace sallyport::access
