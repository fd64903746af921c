// Asker: many requests of one caller by one way, cheaply: what a request and the
// next have in common (layers, most condition keys) is made once.
//
//   Asker asker(access, caller, arrival);
//   for (const Thing& thing : things) asker.outcome(thing);
//
// Things of one resource should follow each other. Not shared by threads.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "access/access.h"
#include "access/layers.h"

namespace sallyport::access {

class Asker {
 public:
  // All must outlive it.
  Asker(const Access& access, const Caller& caller, const Arrival& arrival);

  // As Access::decide, without the reasons. Cost: a microsecond or so, after some ten
  // for the first request about a resource.
  iam::Outcome outcome(const Thing& thing);

  // With them.
  Alternative explained(const Thing& thing) const { return access_.decide({caller_, thing, arrival_}); }

 private:
  void turn_to(const Thing& thing);

  const Access& access_;
  const Caller& caller_;
  const Arrival& arrival_;
  std::string arn_;  // of the resource that `layers_` and `contexts_` are for
  std::string prefix_;
  std::unique_ptr<LayerSet> layers_;
  std::vector<iam::Context> contexts_;     // two where a foreign account may be in some organization or in none
  std::vector<std::string> service_keys_;  // mentioned keys whose state hangs on the action
};

}  // namespace sallyport::access
