// Survey: every flow that `paths` lists, decided once for all controls.
//
// Workloads go by class, so the cost follows the number of classes and targets.
// Targets are the services in use in a workload's own Region and the resources of
// the cloud.
#pragma once

#include <span>
#include <vector>

#include "guard/finding.h"
#include "net/engine.h"

namespace sallyport::guard {

struct SurveyedFlow {
  const net::SourceClass* from = nullptr;  // of the engine
  const net::Target* to = nullptr;         // of the survey
  net::Label to_label;
  net::Answer answer;
};

class Survey {
 public:
  // The engine must outlive it.
  explicit Survey(const net::Engine& engine);
  Survey(const Survey&) = delete;
  Survey& operator=(const Survey&) = delete;

  const net::Engine& engine() const { return engine_; }
  const Cloud& cloud() const { return engine_.cloud(); }
  std::span<const SurveyedFlow> flows() const { return flows_; }

 private:
  struct Region {
    std::string name;
    std::vector<net::Target> targets;
  };
  const net::Engine& engine_;
  std::vector<Region> regions_;  // sorted by name
  std::vector<SurveyedFlow> flows_;
};

// "public through `nat-1` (nat-gateway)", "unknown, may be private or blocked".
std::string describe(const Cloud& cloud, const net::Answer& answer);

// Why a flow is unknown: its gaps; never empty, so that no unknown goes uncounted.
std::vector<GapId> gaps_of(const Cloud& cloud, const net::Answer& answer);

// One sample a member of the class.
std::vector<Sample> samples_of(const Cloud& cloud, const SurveyedFlow& flow);

}  // namespace sallyport::guard
