// The engine's `compare` against the solvers on made-up pairs of documents, and every witness of the
// engine before the naive judge.
//
// SALLYPORT_COMPARE_PAIRS=N asks N pairs a seed instead (a night's work: 10000). With SALLYPORT_DUMP_CASES=FOLDER
// each difference is a case of the suite there, with the solver's relation as its expectation: to be
// checked against the documents of AWS, corrected if it is the solver that is wrong, and kept.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

#include "iam_sets/engine.h"
#include "library/iam/related.h"

namespace sallyport {
namespace {

using Json = nlohmann::json;

#if defined(__SANITIZE_ADDRESS__)
constexpr int usual_pairs = 10;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr int usual_pairs = 10;  // the solvers are slow, and not what sanitizers are to look at
#else
constexpr int usual_pairs = 100;
#endif
#else
constexpr int usual_pairs = 100;
#endif

int pairs_per_seed() {
  const char* given = std::getenv("SALLYPORT_COMPARE_PAIRS");
  return given == nullptr ? usual_pairs : std::atoi(given);
}

void dump(const std::string& name, const generate::iam::Pair& pair, const std::string& relation,
          const std::string& what) {
  const char* folder = std::getenv("SALLYPORT_DUMP_CASES");
  if (folder == nullptr) return;
  const std::filesystem::path place = std::filesystem::path(folder) / name;
  std::filesystem::create_directories(place);
  std::ofstream(place / "old.json") << pair.older.dump(2) << "\n";
  std::ofstream(place / "new.json") << pair.newer.dump(2) << "\n";
  std::ofstream(place / "expect.yaml") << "why: " << Json(pair.edits + ": " + what).dump()
                                       << "\nexpect:\n  - compare: {old: old.json, new: new.json}\n    relation: "
                                       << relation << "\n";
}

class Compare : public testing::TestWithParam<int> {};

TEST_P(Compare, EngineAndSolverAgree) {
  if (!solver::available()) GTEST_SKIP() << "built without z3";
  generate::iam::Pairs pairs(static_cast<std::uint64_t>(GetParam()));
  std::map<std::string, int> relations, by_solver;
  int different = 0, unknown = 0, decided = 0;
  const int count = pairs_per_seed();
  for (int i = 0; i < count; ++i) {
    const generate::iam::Pair pair = pairs.next();
    const auto kind = pair.resource ? naive::iam::PolicyKind::resource : naive::iam::PolicyKind::identity;
    const auto place = pair.resource ? solver::Place::resource : solver::Place::identity;
    const auto type = pair.resource ? iam::PolicyType::resource : iam::PolicyType::identity;
    const Compared engine = engine_compare(pair.older, pair.newer, type);
    const solver::Verdict verdict = solver::compare(pair.older, pair.newer, place, 1'000);
    const std::string relation = solver::relation(verdict);
    ++relations[engine.relation];
    ++by_solver[relation];
    std::string what = contradiction(engine, verdict);
    if (engine.more) what += refuted(*engine.more, pair.newer, pair.older, kind);
    if (engine.less) what += refuted(*engine.less, pair.older, pair.newer, kind);
    // A claim comes with its proof.
    const bool more = engine.relation == "more" || engine.relation == "incomparable";
    const bool less = engine.relation == "less" || engine.relation == "incomparable";
    if (more && !engine.more) what += "more without a witness; ";
    if (less && !engine.less) what += "less without a witness; ";
    if (relation != "skipped" && relation != "open") {
      ++decided;
      unknown += engine.relation == "unknown";
      if (engine.relation == "unknown" && std::getenv("SALLYPORT_TELL_UNKNOWN") != nullptr) {
        std::cout << relation << " is unknown to the engine: " << engine.gaps << "\n  " << pair.older.dump() << "\n  "
                  << pair.newer.dump() << "\n";
      }
    }
    if (what.empty()) continue;
    dump("compare-" + std::to_string(GetParam()) + "-" + std::to_string(i), pair, relation, what);
    if (++different <= 5) {
      ADD_FAILURE() << what << "(engine " << engine.relation << ", solver " << relation << ") " << pair.edits
                    << "\nold " << pair.older.dump() << "\nnew " << pair.newer.dump();
    }
  }
  for (const auto& [relation, n] : relations) std::cout << relation << " " << n << "  ";
  std::cout << "| solver skipped " << by_solver["skipped"] << ", open " << by_solver["open"]
            << ", decided but unknown to the engine " << unknown << "\n";
  EXPECT_EQ(different, 0);
  // What the solver can decide without readings, so can the engine, but for variables.
  EXPECT_LE(unknown * 20, decided);
  EXPECT_LE(by_solver["skipped"] * 4, count);
  if (count < 50) return;
  for (const char* relation : {"equivalent", "more", "less", "incomparable"}) {
    EXPECT_GE(relations[relation] * 50, count) << relation;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Compare, testing::Range(1, 5));

// A relation and its mirror image are one; equal documents are equivalent.
TEST(CompareAlone, MirrorsItself) {
  generate::iam::Pairs pairs(99);
  const std::map<std::string, std::string> mirrored = {{"more", "less"},
                                                       {"less", "more"},
                                                       {"equivalent", "equivalent"},
                                                       {"incomparable", "incomparable"},
                                                       {"unknown", "unknown"}};
  for (int i = 0; i < 300; ++i) {
    const generate::iam::Pair pair = pairs.next();
    const auto type = pair.resource ? iam::PolicyType::resource : iam::PolicyType::identity;
    const std::string there = engine_compare(pair.older, pair.newer, type).relation;
    ASSERT_TRUE(mirrored.contains(there)) << there;
    EXPECT_EQ(engine_compare(pair.newer, pair.older, type).relation, mirrored.at(there)) << pair.older.dump() << "\n"
                                                                                         << pair.newer.dump();
    EXPECT_EQ(engine_compare(pair.older, pair.older, type).relation, "equivalent") << pair.older.dump();
  }
}

}  // namespace
}  // namespace sallyport
