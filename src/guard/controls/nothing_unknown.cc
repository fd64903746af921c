// nothing-unknown: every flow is decided. By itself it gives `unknown` (exit 3);
// whoever sets its severity in the settings makes each cause a finding.
#include <algorithm>

#include "guard/ground.h"

namespace sallyport::guard {

void nothing_unknown(const Ground& ground, Ledger& ledger) {
  require(ground.cloud, {Kind::instance, Kind::network_interface, Kind::function}, false, ledger);
  const auto& settings = ground.settings.controls;
  const bool strict = std::any_of(settings.begin(), settings.end(), [](const ControlSetting& s) {
    return s.control == "nothing-unknown" && !s.severity.empty();
  });
  for (const SurveyedFlow& flow : ground.survey.flows()) {
    ledger.examined(flow.from->members.size());
    if (flow.answer.verdict != net::Verdict::unknown) continue;
    const std::vector<Sample> samples = samples_of(ground.cloud, flow);
    for (const GapId id : gaps_of(ground.cloud, flow.answer)) {
      const Gap& gap = ground.cloud.registry().gaps[id];
      for (const Sample& sample : samples) {
        if (!strict) {
          ledger.unknown(id, sample);
        } else {
          Ledger::Cause cause{"unknown", Ref(), gap.what, gap.what, gap.remedy};
          cause.place = gap.origin;
          ledger.violated(std::move(cause), sample);
        }
      }
    }
  }
}

}  // namespace sallyport::guard
