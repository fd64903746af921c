// `policy compare` in process, documents read before: the public pairs of policies and
// their mutations.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "iam/sets/compare.h"
#include "read/json/parse.h"
#include "read/policy/policy.h"
#include "rows.h"

namespace sallyport::bench {
namespace {

std::string file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

bool names(const PolicyDocument& document) {
  return std::any_of(document.statements.begin(), document.statements.end(),
                     [](const Statement& s) { return s.has_principal; });
}

}  // namespace

Row compare() {
  constexpr double median_floor = 0.2;  // milliseconds
  constexpr double longest_floor = 100;
  Row row{"compare: public pairs of policies", "ms, median", {}, {}, {}, median_floor, true, ""};
  const char* corpora = std::getenv("SALLYPORT_CORPORA");
  const std::filesystem::path root = std::filesystem::path(corpora == nullptr ? "" : corpora) / "policies/quacky";
  const auto list = read::json::parse(file(root / "results/implication_oracle.json"));
  if (corpora == nullptr || !list || list->empty()) {
    row.note = "skipped: no corpora, set SALLYPORT_CORPORA";
    return row;
  }
  std::vector<double> times;
  std::size_t unknown = 0;
  for (const read::json::Node pair : list->root().items()) {
    Registry registry;
    Diagnostics diagnostics;
    const auto document = [&](const char* which) {
      return read::read_policy_text(file(root / std::string(pair[which].text())), {}, which, registry, diagnostics);
    };
    const PolicyDocument older = document("p1");
    const PolicyDocument newer = document("p2");
    const auto type = names(older) || names(newer) ? iam::PolicyType::resource : iam::PolicyType::identity;
    iam::sets::Relation relation{};
    times.push_back(1000 *
                    median_seconds(3, [&] { relation = iam::sets::compare(older, newer, type, registry)->relation; }));
    if (relation == iam::sets::Relation::unknown) ++unknown;
  }
  if (times.empty()) {
    row.note = "skipped: the corpora have no pairs";
    return row;
  }
  std::sort(times.begin(), times.end());
  row.ours = times[times.size() / 2];
  row.holds = *row.ours <= median_floor && times.back() <= longest_floor && unknown == 0;
  std::ostringstream note;
  note.precision(3);
  note << times.size() << " pairs, longest " << times.back() << " ms, " << unknown << " undecided";
  row.note = note.str();
  return row;
}

}  // namespace sallyport::bench
