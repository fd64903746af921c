#include "iam/sets/compare.h"

#include <algorithm>
#include <array>
#include <utility>

#include "iam/sets/analysis.h"

namespace sallyport::iam::sets {

const char* name(Relation relation) {
  switch (relation) {
    case Relation::equivalent: return "equivalent";
    case Relation::more: return "more";
    case Relation::less: return "less";
    case Relation::incomparable: return "incomparable";
    case Relation::unknown: return "unknown";
  }
  return "unknown";
}

Result<Comparison> compare(const PolicyDocument& older, const PolicyDocument& newer, PolicyType type,
                           Registry& registry) {
  Analysis analysis({&older, &newer}, type, registry);
  const auto beyond = [&](std::size_t one, std::size_t other) -> Analysis::Goal {
    return [&analysis, one, other](const Analysis::Region& region) {
      const Bdd::Node allowed = analysis.allows(region, one);
      return allowed == Bdd::no ? Bdd::no : analysis.bdd().without(allowed, analysis.allows(region, other));
    };
  };
  const std::array goals{beyond(1, 0), beyond(0, 1)};
  std::vector<Analysis::Found> found = analysis.find(goals);
  Comparison comparison;
  const Truth more = found[0].exists;
  const Truth less = found[1].exists;
  comparison.more = std::move(found[0].witness);
  comparison.less = std::move(found[1].witness);
  if (more == Truth::unknown || less == Truth::unknown) {
    for (const Analysis::Found& f : found) {
      comparison.gaps.insert(comparison.gaps.end(), f.gaps.begin(), f.gaps.end());
    }
    std::sort(comparison.gaps.begin(), comparison.gaps.end());
    comparison.gaps.erase(std::unique(comparison.gaps.begin(), comparison.gaps.end()), comparison.gaps.end());
    return comparison;
  }
  comparison.relation = more == Truth::yes   ? (less == Truth::yes ? Relation::incomparable : Relation::more)
                        : less == Truth::yes ? Relation::less
                                             : Relation::equivalent;
  return comparison;
}

}  // namespace sallyport::iam::sets
