// Comparisons on real documents: the public pairs, and AWS's longest policies.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "compare_support.h"
#include "read/json/parse.h"

namespace sallyport::iam::sets {
namespace {

std::filesystem::path policies() {
  const char* corpora = std::getenv("SALLYPORT_CORPORA");
  return corpora == nullptr ? std::filesystem::path() : std::filesystem::path(corpora) / "policies";
}

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

double milliseconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

// The source of the pairs reads a missing key under a negated operator as false, and
// takes literal variables for variables, so its verdicts are no truth where either
// comes in; the witnesses are.
TEST(CompareCorpora, PublicPairsAreDecidedExactly) {
  const std::filesystem::path root = policies() / "quacky";
  if (!std::filesystem::exists(root / "results/implication_oracle.json")) {
    GTEST_SKIP() << "no corpora: set SALLYPORT_CORPORA";
  }
  const auto tree = read::json::parse(file(root / "results/implication_oracle.json"));
  ASSERT_TRUE(tree);
  std::vector<double> times;
  std::size_t same = 0;
  std::size_t plain = 0;
  for (const read::json::Node pair : tree->root().items()) {
    Pair p;
    const std::string texts[] = {file(root / std::string(pair["p1"].text())),
                                 file(root / std::string(pair["p2"].text()))};
    const PolicyDocument older = read::read_policy_text(texts[0], {}, "old", p.registry, p.diagnostics);
    const PolicyDocument newer = read::read_policy_text(texts[1], {}, "new", p.registry, p.diagnostics);
    const PolicyType type = names(older) || names(newer) ? PolicyType::resource : PolicyType::identity;
    const std::string relation = p.relation(older, newer, type);
    EXPECT_NE(relation, "unknown") << pair["p1"].text() << " " << pair["p2"].text();
    times.push_back(milliseconds([&] { static_cast<void>(compare(older, newer, type, p.registry)); }));
    const bool more = pair["p2_not_in_p1"].text() == "SAT";
    const bool less = pair["p1_not_in_p2"].text() == "SAT";
    const std::string verdict = more ? less ? "incomparable" : "more" : less ? "less" : "equivalent";
    const auto doubtful = [](const std::string& text) {
      return text.find("Not") != std::string::npos || text.find("${") != std::string::npos ||
             text.find("IfExists") != std::string::npos || text.find("Null") != std::string::npos;
    };
    if (doubtful(texts[0]) || doubtful(texts[1])) continue;
    ++plain;
    if (relation == verdict) ++same;
  }
  std::sort(times.begin(), times.end());
  ASSERT_GT(times.size(), 300U);
  std::cout << "pairs: " << times.size() << ", median " << times[times.size() / 2] << " ms, longest " << times.back()
            << " ms; " << same << " of " << plain << " plain pairs as published\n";
  EXPECT_GT(plain, 50U);
}

TEST(CompareCorpora, ManagedPoliciesEqualThemselvesAndExceedTheirParts) {
  const std::filesystem::path path = policies() / "iam-dataset/managed_policies_effective.jsonl";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no corpora: set SALLYPORT_CORPORA";
  std::ifstream in(path);
  std::string line;
  read::json::Parser parser;
  Registry registry;
  Diagnostics diagnostics;
  std::vector<std::pair<std::string, PolicyDocument>> all;
  while (std::getline(in, line)) {
    const auto tree = parser.parse(std::string(line));
    ASSERT_TRUE(tree);
    all.emplace_back(tree->root()["name"].text(),
                     read::read_policy(tree->root()["document"], "p", registry, diagnostics));
  }
  std::map<std::string, int> relations;
  double longest = 0;
  std::string which;
  for (const auto& [name, document] : all) {
    PolicyDocument part = document;
    part.statements.pop_back();
    Relation relation{};
    const double time = milliseconds([&] {
      EXPECT_EQ(compare(document, document, PolicyType::identity, registry)->relation, Relation::equivalent) << name;
      relation = compare(part, document, PolicyType::identity, registry)->relation;
    });
    ++relations[sets::name(relation)];
    const bool deny = document.statements.back().effect == Effect::deny;
    EXPECT_NE(relation, deny ? Relation::more : Relation::less) << name;
    if (time > longest) which = name;
    longest = std::max(longest, time);
  }
  for (const auto& [relation, n] : relations) std::cout << relation << " " << n << ", ";
  std::cout << "longest " << longest << " ms: " << which << "\n";
  EXPECT_LT(relations["unknown"], 10);
}

}  // namespace
}  // namespace sallyport::iam::sets
