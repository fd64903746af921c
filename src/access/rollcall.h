// RollCall: one request by many callers, arriving one way, cheaply: what callers of one
// account and kind have in common (organization, resource and endpoint policies, most
// condition keys) is made once.
//
//   RollCall call(access, thing, arrival, {}, nullptr);
//   for (const Caller& caller : callers) call.decide(caller);
//
// Callers of one account should follow each other. Not shared by threads.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "access/access.h"
#include "access/layers.h"

namespace sallyport::access {

class RollCall {
 public:
  // All must outlive it. `fixed`: keys that the user fixes. `speaks`: identity policies
  // that it does not mark are silent about the action (Policies::speaking_of); nullptr:
  // none is left out.
  RollCall(const Access& access, const Thing& thing, const Arrival& arrival, const std::vector<ContextEntry>& fixed,
           const std::vector<char>* speaks);

  // As Access::decide, but that a denial comes without reasons. Cost: some microseconds,
  // after some twenty for the first of an account and kind.
  iam::Decision decide(const Caller& caller);

 private:
  void turn_to(const Caller& caller);
  iam::Request request(const Caller& caller, const iam::Context& context) const;

  const Access& access_;
  const Thing& thing_;
  const Arrival& arrival_;
  const std::vector<ContextEntry>& fixed_;
  const std::vector<char>* speaks_;
  std::vector<std::string> own_keys_;  // mentioned keys that hang on who asks, beyond account and kind
  std::string last_;                   // account and kind that `common_` and `contexts_` are for
  std::unique_ptr<LayerSet> common_;
  std::vector<iam::Context> contexts_;  // two where a foreign account may be in some organization or in none
  std::unique_ptr<LayerSet> own_;
  iam::Layers layers_;
};

}  // namespace sallyport::access
