#include "guard/census.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace sallyport::guard {

Census census(const Survey& survey, std::size_t samples) {
  const Cloud& cloud = survey.cloud();
  Census result;
  std::map<GapId, CensusEntry> entries;
  for (const SurveyedFlow& flow : survey.flows()) {
    const std::size_t members = flow.from->members.size();
    result.flows += members;
    if (flow.answer.verdict != net::Verdict::unknown) continue;
    result.unknown += members;
    const std::vector<GapId> gaps = gaps_of(cloud, flow.answer);
    std::vector<Sample> list = samples_of(cloud, flow);
    for (const GapId gap : gaps) {
      CensusEntry& entry = entries[gap];
      entry.flows.count += members;
      if (gaps.size() == 1) entry.alone += members;
      for (const Sample& sample : list) {
        if (entry.flows.samples.size() < samples) entry.flows.samples.push_back(sample);
      }
    }
  }
  for (auto& [id, entry] : entries) {
    const Gap& gap = cloud.registry().gaps[id];
    entry.gap = id;
    entry.kind = name(gap.kind);
    entry.what = gap.what;
    entry.remedy = gap.remedy;
    entry.place = gap.origin;
    result.causes.push_back(std::move(entry));
  }
  std::sort(result.causes.begin(), result.causes.end(), [](const CensusEntry& a, const CensusEntry& b) {
    return std::tie(b.flows.count, a.kind, a.what) < std::tie(a.flows.count, b.kind, b.what);
  });
  result.unread.assign(cloud.unread().begin(), cloud.unread().end());
  return result;
}

}  // namespace sallyport::guard
