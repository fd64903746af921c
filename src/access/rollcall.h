// RollCall: one request by many callers, arriving one way or another, cheaply: what
// callers of one account and kind have in common (organization, resource and endpoint
// policies, most condition keys) is made once for each way.
//
//   RollCall call(access, thing, arrivals, {}, nullptr);
//   for (const Caller& caller : callers) {
//     call.turn_to(caller);
//     call.decide(0);
//   }
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
  // All must outlive it. `fixed`: keys that the user fixes. `voices`: identity policies
  // that it does not mark are silent about the action (Policies::voices); nullptr:
  // none is left out.
  RollCall(const Access& access, const Thing& thing, std::vector<Arrival> arrivals,
           const std::vector<ContextEntry>& fixed, const std::vector<char>* voices);

  // Who asks from now on; must live until the next. Cost: some twenty microseconds a way
  // for the first of an account and kind, then less than one.
  void turn_to(const Caller& caller);

  // As Access::decide, arriving by that way. Cost: a microsecond or two.
  iam::Decision decide(std::size_t arrival);

  // The condition keys of what was decided last by that way.
  const iam::Context& keys(std::size_t arrival) const { return ways_[arrival].contexts.front(); }

 private:
  struct Way {
    Arrival arrival;
    std::unique_ptr<LayerSet> common;
    std::vector<iam::Context> contexts;  // two where a foreign account may be in some organization or in none
    bool stale = true;                   // the contexts are another caller's
  };
  void prepare(Way& way);
  iam::Request request(const iam::Context& context) const;

  const Access& access_;
  const Thing& thing_;
  const std::vector<ContextEntry>& fixed_;
  const std::vector<char>* voices_;
  std::vector<std::string> own_keys_;  // mentioned keys that hang on who asks, beyond account and kind
  std::vector<Way> ways_;
  const Caller* caller_ = nullptr;
  std::string last_;  // account and kind that the ways were prepared for
  std::unique_ptr<LayerSet> own_;
};

}  // namespace sallyport::access
