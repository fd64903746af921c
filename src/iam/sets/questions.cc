#include "iam/sets/questions.h"

#include <utility>

#include "iam/sets/analysis.h"

namespace sallyport::iam::sets {
namespace {

Answer answer(Analysis::Found found) { return {found.exists, std::move(found.witness), std::move(found.gaps)}; }

}  // namespace

Answer allows_anything(const PolicyDocument& document, PolicyType type, Registry& registry) {
  Analysis analysis({&document}, type, registry);
  return answer(analysis.find([&](const Analysis::Region& r) { return analysis.allows(r, 0); }));
}

Answer implies(const PolicyDocument& narrow, const PolicyDocument& wide, PolicyType type, Registry& registry) {
  Analysis analysis({&narrow, &wide}, type, registry);
  Answer beyond = answer(analysis.find([&](const Analysis::Region& r) {
    const Bdd::Node inner = analysis.allows(r, 0);
    const Bdd::Node outer = analysis.allows(r, 1);
    return analysis.bdd().without(inner, outer);
  }));
  beyond.holds = !beyond.holds;
  return beyond;
}

Answer overlap(const PolicyDocument& a, const PolicyDocument& b, PolicyType type, Registry& registry) {
  Analysis analysis({&a, &b}, type, registry);
  return answer(analysis.find([&](const Analysis::Region& r) {
    const Bdd::Node one = analysis.allows(r, 0);
    const Bdd::Node other = analysis.allows(r, 1);
    return analysis.bdd().both(one, other);
  }));
}

std::vector<StatementUse> statement_uses(const PolicyDocument& document, PolicyType type, Registry& registry) {
  Analysis analysis({&document}, type, registry);
  std::vector<Analysis::Goal> goals;
  for (std::size_t s = 0; s < document.statements.size(); ++s) {
    goals.emplace_back([s](const Analysis::Region& r) { return r.applies[s]; });
    goals.emplace_back([&analysis, s](const Analysis::Region& r) {
      if (r.applies[s] == Bdd::no) return Bdd::no;
      Bdd& bdd = analysis.bdd();
      const Bdd::Node with = analysis.allows(r, 0);
      const Bdd::Node without = analysis.allows(r, 0, s);
      const Bdd::Node more = bdd.without(with, without);
      const Bdd::Node less = bdd.without(without, with);
      return bdd.either(more, less);
    });
  }
  std::vector<Analysis::Found> found = analysis.find(goals);
  std::vector<StatementUse> uses;
  for (std::size_t s = 0; s < document.statements.size(); ++s) {
    uses.push_back({answer(std::move(found[2 * s])), answer(std::move(found[2 * s + 1]))});
  }
  return uses;
}

}  // namespace sallyport::iam::sets
