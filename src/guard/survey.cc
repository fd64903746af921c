#include "guard/survey.h"

#include <algorithm>
#include <string>

namespace sallyport::guard {

Survey::Survey(const net::Engine& engine) : engine_(engine) {
  const Cloud& cloud = engine.cloud();
  std::vector<std::string> names;
  for (const net::SourceClass& c : engine.classes()) names.emplace_back(cloud.view(c.members.front().region));
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  for (const std::string& region : names) regions_.push_back({region, net::targets(cloud, region)});

  for (const net::SourceClass& c : engine.classes()) {
    const std::string_view home = cloud.view(c.members.front().region);
    const auto region = std::lower_bound(regions_.begin(), regions_.end(), home,
                                         [](const Region& r, std::string_view n) { return r.name < n; });
    for (const net::Target& target : region->targets) {
      flows_.push_back({&c, &target, net::label(cloud, target), engine.answer({c.members.front(), target, tcp, 443})});
    }
  }
}

std::string describe(const Cloud& cloud, const net::Answer& answer) {
  std::string text = net::name(answer.verdict);
  if (answer.has_door()) {
    text += std::string(" through ") + net::name(answer.door.kind);
    if (answer.door.object) text += " `" + show_symbols(cloud.id(answer.door.object)) + "`";
  } else if (answer.verdict == net::Verdict::unknown) {
    std::string may;
    for (const net::Verdict v : {net::Verdict::private_, net::Verdict::public_, net::Verdict::blocked}) {
      if (answer.may.has(v)) may += (may.empty() ? "" : " or ") + std::string(net::name(v));
    }
    if (!may.empty()) text += ", may be " + may;
  } else if (!answer.reason.message.empty()) {
    text += ": " + answer.reason.message;
  }
  return text;
}

std::vector<GapId> gaps_of(const Cloud& cloud, const net::Answer& answer) {
  if (!answer.gaps.empty()) return answer.gaps;
  const std::string why = answer.reason.message.empty() ? std::string(answer.reason.code) : answer.reason.message;
  return {cloud.registry().gaps.add({GapKind::not_modelled, why, ""})};
}

std::vector<Sample> samples_of(const Cloud& cloud, const SurveyedFlow& flow) {
  std::vector<Sample> samples;
  samples.reserve(flow.from->members.size());
  const std::string detail = describe(cloud, flow.answer);
  for (const net::Workload& member : flow.from->members) {
    samples.push_back({net::label(cloud, net::Source(member)), flow.to_label, detail});
  }
  return samples;
}

}  // namespace sallyport::guard
