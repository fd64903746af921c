// Policy comparisons: the engine against SMT solvers on the public pairs of a peer.
#include <fmt/format.h>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "iam/sets/compare.h"
#include "library/solver/solver.h"
#include "read/policy/policy.h"
#include "rows.h"

namespace sallyport::bench {

namespace {

using Json = nlohmann::json;

struct Pair {
  Json older, newer;
  bool resource;
};

Json load(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return Json::parse(in);
}

double middle(std::vector<double> all) {
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

}  // namespace

Row compare_solvers() {
  Row row{"compare: against SMT solvers", "us", {}, {}, {}, 50, true, ""};
  const char* corpora = std::getenv("SALLYPORT_CORPORA");
  const std::filesystem::path folder = std::filesystem::path(corpora == nullptr ? "" : corpora) / "policies/quacky";
  if (corpora == nullptr || !std::filesystem::exists(folder)) {
    row.note = "skipped: no corpora, set SALLYPORT_CORPORA";
    return row;
  }
  std::vector<Pair> pairs;
  for (const Json& one : load(folder / "results/implication_oracle.json")) {
    Pair pair{load(folder / one["p1"].get<std::string>()), load(folder / one["p2"].get<std::string>()), false};
    pair.resource = (pair.older.dump() + pair.newer.dump()).find("rincipal\":") != std::string::npos;
    pairs.push_back(std::move(pair));
  }

  // Both sides get documents that are read already.
  std::vector<double> ours;
  std::size_t unknown = 0;
  for (const Pair& pair : pairs) {
    Registry registry;
    Diagnostics diagnostics;
    const PolicyDocument older = read::read_policy_text(pair.older.dump(), {}, "old", registry, diagnostics);
    const PolicyDocument newer = read::read_policy_text(pair.newer.dump(), {}, "new", registry, diagnostics);
    const iam::PolicyType type = pair.resource ? iam::PolicyType::resource : iam::PolicyType::identity;
    ours.push_back(1e6 * median_seconds(5, [&] {
                     const auto compared = iam::sets::compare(older, newer, type, registry);
                     unknown += !compared || compared->relation == iam::sets::Relation::unknown ? 1 : 0;
                   }));
  }
  row.ours = middle(ours);
  const double slowest = *std::max_element(ours.begin(), ours.end());
  row.note = fmt::format("median of {} pairs, slowest {:.0f} us, {} unknown", pairs.size(), slowest, unknown / 5);
  if (!solver::available()) {
    row.note += "; no rival: built without z3";
    return row;
  }
  // Every fifth pair; a question that takes a solver more than two seconds counts as two.
  const auto solve = [&](solver::Solver which) {
    std::vector<double> theirs;
    for (std::size_t n = 0; n < pairs.size(); n += 5) {
      const solver::Place place = pairs[n].resource ? solver::Place::resource : solver::Place::identity;
      theirs.push_back(
          1e6 * median_seconds(1, [&] { solver::compare(pairs[n].older, pairs[n].newer, place, 2'000, which); }));
    }
    return middle(theirs);
  };
  row.rival = solve(solver::Solver::z3);
  row.ratio = *row.rival / *row.ours;
  row.holds = *row.ratio >= *row.floor;
  row.note += "; rival: the same questions to z3";
  if (solver::names() != "z3") row.note += fmt::format("; cvc5: {:.0f} us", solve(solver::Solver::cvc5));
  return row;
}

}  // namespace sallyport::bench
