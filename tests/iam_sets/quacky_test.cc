// The published verdicts of a peer (Quacky, ICSE 2022) on 370 pairs of policies, and the solvers' on the same.
//
// The peer's readings differ from AWS's documents in places; each difference of a verdict must have one of
// these reasons, by name, and the table that the test prints counts them:
//   missing-key  it reads a negated operator without IfExists as false when the key is missing (CO-1: true)
//   if-exists    it ties `...IfExists` to its own reading of a missing key
//   variable     it reads variables in documents of every Version (CO-6: 2012-10-17 only)
//   all-strings  it knows only the actions of its table and the types of resources that each of them takes; here
//                requests are all texts, so documents may differ where the peer has no request
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "iam_sets/engine.h"

namespace sallyport {
namespace {

using Json = nlohmann::json;

std::filesystem::path folder() {
  const char* corpora = std::getenv("SALLYPORT_CORPORA");
  return corpora == nullptr ? std::filesystem::path() : std::filesystem::path(corpora) / "policies/quacky";
}

Json load(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return Json::parse(in);
}

struct Pair {
  std::string name;
  Json older, newer;
  iam::PolicyType type;
  bool more, less;  // published
};

std::vector<Pair> pairs() {
  std::vector<Pair> all;
  for (const Json& one : load(folder() / "results/implication_oracle.json")) {
    Pair pair{one["p2"],
              load(folder() / one["p1"].get<std::string>()),
              load(folder() / one["p2"].get<std::string>()),
              iam::PolicyType::identity,
              one["p2_not_in_p1"] == "SAT",
              one["p1_not_in_p2"] == "SAT"};
    if ((pair.older.dump() + pair.newer.dump()).find("rincipal\":") != std::string::npos)
      pair.type = iam::PolicyType::resource;
    all.push_back(std::move(pair));
  }
  return all;
}

const char* word(bool more, bool less) {
  return more ? (less ? "incomparable" : "more") : less ? "less" : "equivalent";
}

// Why the peer's verdict may differ; empty: it may not.
std::string reason(const Pair& pair, bool more, bool less) {
  bool negated = false, if_exists = false;
  const std::string text = pair.older.dump() + pair.newer.dump();
  for (const Json* document : {&pair.older, &pair.newer}) {
    for (const Json& statement : (*document)["Statement"]) {
      const Json condition = statement.value("Condition", Json::object());
      for (const auto& [op, tests] : condition.items()) {
        const bool exists = op.ends_with("IfExists");
        negated = negated || (!exists && op.find("Not") != std::string::npos);
        if_exists = if_exists || exists;
      }
    }
  }
  if (negated) return "missing-key";
  if (if_exists) return "if-exists";
  if (text.find("${") != std::string::npos && pair.older.value("Version", "") != pair.newer.value("Version", ""))
    return "variable";
  // What the peer finds with fewer requests must be found with all.
  if ((more || !pair.more) && (less || !pair.less)) return "all-strings";
  return "";
}

TEST(Quacky, PublishedVerdictsAreOursButForNamedReasons) {
  if (!std::filesystem::exists(folder())) GTEST_SKIP() << "no corpora: set SALLYPORT_CORPORA";
  std::map<std::string, std::map<std::string, int>> table;  // reason -> `published -> ours` -> pairs
  std::vector<double> times;
  int same = 0, unknown = 0;
  for (const Pair& pair : pairs()) {
    const auto begin = std::chrono::steady_clock::now();
    const Compared engine = engine_compare(pair.older, pair.newer, pair.type);
    times.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count());
    const auto kind =
        pair.type == iam::PolicyType::resource ? naive::iam::PolicyKind::resource : naive::iam::PolicyKind::identity;
    const std::string against_more = engine.more ? refuted(*engine.more, pair.newer, pair.older, kind) : "";
    const std::string against_less = engine.less ? refuted(*engine.less, pair.older, pair.newer, kind) : "";
    EXPECT_EQ(against_more + against_less, "") << pair.name;
    const std::string published = word(pair.more, pair.less);
    if (engine.relation == published) {
      ++same;
      continue;
    }
    if (engine.relation == "unknown") {
      ++unknown;
      ++table["unknown to us"][published + " -> unknown"];
      std::printf("unknown: %s: %s\n", pair.name.c_str(), engine.gaps.c_str());
      continue;
    }
    const bool more = engine.relation == "more" || engine.relation == "incomparable";
    const bool less = engine.relation == "less" || engine.relation == "incomparable";
    const std::string why = reason(pair, more, less);
    EXPECT_NE(why, "") << pair.name << ": published " << published << ", ours " << engine.relation;
    ++table[why][published + " -> " + engine.relation];
  }
  std::sort(times.begin(), times.end());
  std::printf("%zu pairs, %d as published\n", times.size(), same);
  for (const auto& [why, rows] : table) {
    for (const auto& [change, count] : rows) std::printf("  %-14s %-32s %4d\n", why.c_str(), change.c_str(), count);
  }
  std::printf("median %.0f us, most %.0f us\n", times[times.size() / 2], times.back());
  EXPECT_EQ(times.size(), 370U);
  // docs/internals/judges.md has the table: who changes a number changes it there, too.
  EXPECT_EQ(same, 327);
  EXPECT_EQ(unknown, 0);
}

TEST(Quacky, TheSolversSayTheSame) {
  if (!std::filesystem::exists(folder())) GTEST_SKIP() << "no corpora: set SALLYPORT_CORPORA";
  if (!solver::available()) GTEST_SKIP() << "built without z3";
  int agreed = 0, skipped = 0, open = 0, unknown = 0, at = 0;
  const bool whole = std::getenv("SALLYPORT_COMPARE_PAIRS") != nullptr;  // all of them take a while
  for (const Pair& pair : pairs()) {
    if (!whole && at++ % 4 != 0) continue;
    const Compared engine = engine_compare(pair.older, pair.newer, pair.type);
    const solver::Verdict verdict = solver::compare(
        pair.older, pair.newer,
        pair.type == iam::PolicyType::resource ? solver::Place::resource : solver::Place::identity, 500);
    const std::string relation = solver::relation(verdict);
    EXPECT_EQ(contradiction(engine, verdict), "")
        << pair.name << ": engine " << engine.relation << ", solver " << relation;
    skipped += relation == "skipped";
    open += relation == "open";
    unknown += engine.relation == "unknown";
    agreed += engine.relation == relation;
  }
  std::printf("%d agreed, %d skipped by the solvers, %d open, %d unknown to the engine\n", agreed, skipped, open,
              unknown);
}

}  // namespace
}  // namespace sallyport
