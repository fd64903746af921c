// Real policies: AWS's managed ones with their expanded actions as an oracle for
// matching, and AWS's samples, which must be read without loss.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <unordered_set>
#include <vector>

#include "iam/decide.h"
#include "read/json/parse.h"
#include "read/policy/policy.h"

namespace sallyport::iam {
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

// Do the statements of the policy, taken without resources and conditions, allow the
// action? The oracle lists what `Allow` statements name.
bool names(const CompiledPolicy& policy, const std::string& action, const Rules& rules) {
  const std::string lower = lower_case(action);
  const ActionText text = split_action(lower);
  for (const auto& [number, group] : policy.speaking_of(text.service)) {
    const CompiledStatement& statement = policy.statement(number);
    if (statement.effect == Effect::allow && statement.action.matches(text, group, rules, {}) == Match::yes)
      return true;
  }
  return false;
}

TEST(Corpora, ActionsOfManagedPoliciesMatchAsTheirExpansionSays) {
  const std::filesystem::path path = policies() / "iam-dataset/managed_policies_effective.jsonl";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no corpora: set SALLYPORT_CORPORA";
  std::ifstream in(path);
  std::string line;
  std::vector<std::string> all;
  std::unordered_set<std::string> seen;
  struct Entry {
    std::string name;
    std::unordered_set<std::string> actions;
    CompiledPolicy policy;
    bool plain;
  };
  std::deque<Entry> entries;
  Registry registry;
  Diagnostics diagnostics;
  read::json::Parser parser;
  while (std::getline(in, line)) {
    const auto tree = parser.parse(std::string(line));
    ASSERT_TRUE(tree);
    const read::json::Node node = tree->root();
    const PolicyDocument document = read::read_policy(node["document"], "p", registry, diagnostics);
    bool plain = !document.gap;
    // The oracle's NotAction is its own business.
    for (const Statement& s : document.statements) plain = plain && !s.not_action && !s.gap;
    std::unordered_set<std::string> actions;
    for (const read::json::Node action : node["effective_actions"].items()) {
      actions.insert(lower_case(action.text()));
      if (seen.insert(lower_case(action.text())).second) all.push_back(lower_case(action.text()));
    }
    entries.push_back({std::string(node["name"].text()), std::move(actions),
                       CompiledPolicy(document, PolicyType::identity, "p", registry), plain});
  }
  EXPECT_TRUE(diagnostics.empty()) << diagnostics[0].message;
  ASSERT_GT(entries.size(), 1000U);
  const Rules rules(registry.gaps);
  std::size_t pairs = 0;
  std::size_t missed = 0;
  std::size_t extra = 0;
  for (const Entry& entry : entries) {
    if (!entry.plain) continue;
    for (const std::string& action : entry.actions) {
      ++pairs;
      if (!names(entry.policy, action, rules)) {
        ++missed;
        ADD_FAILURE() << entry.name << " does not name " << action;
      }
    }
    // A sample of all other actions: what the expansion leaves out, so do we.
    for (std::size_t i = pairs % 97; i < all.size(); i += 97) {
      if (!entry.actions.contains(all[i]) && names(entry.policy, all[i], rules)) {
        ++extra;
        if (extra < 20) std::cout << entry.name << " names " << all[i] << ", its expansion does not\n";
      }
    }
    if (missed > 20) break;
  }
  std::cout << entries.size() << " policies, " << pairs << " pairs of policy and action, " << extra
            << " sampled beyond the expansion\n";
  EXPECT_EQ(extra, 0U);
}

// AWS's samples hold placeholders (`<my-org-id>`), which are plain texts to us.
TEST(Corpora, SamplePoliciesOfAwsAreReadWithoutLoss) {
  if (!std::filesystem::exists(policies())) GTEST_SKIP() << "no corpora: set SALLYPORT_CORPORA";
  std::size_t read = 0;
  std::size_t statements = 0;
  std::size_t refused = 0;
  for (const char* folder :
       {"data-perimeter-policy-examples", "service-control-policy-examples", "resource-control-policy-examples"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(policies() / folder)) {
      if (entry.path().extension() != ".json") continue;
      const std::string where = entry.path().string();
      const PolicyType type =
          where.find("endpoint_polic") != std::string::npos ? PolicyType::endpoint
          : where.find("resource_control") != std::string::npos || where.find("resource-control") != std::string::npos
              ? PolicyType::rcp
              : PolicyType::scp;
      Registry registry;
      Diagnostics diagnostics;
      const PolicyDocument document = read::read_policy_text(file(entry.path()), {}, "p", registry, diagnostics);
      for (const Diagnostic& d : diagnostics) ADD_FAILURE() << where << ": " << d.message;
      EXPECT_FALSE(document.gap) << where;
      const CompiledPolicy policy(document, type, where, registry);
      for (std::size_t i = 0; i < policy.size(); ++i) {
        const GapId gap = policy.statement(i).gap;
        // One sample has an Allow without Resource, which is no RCP by AWS's own syntax.
        if (gap && where.ends_with("Shared-Issuers.json") && i == 19) {
          ++refused;
          continue;
        }
        EXPECT_FALSE(gap) << registry.gaps[gap].what;
      }
      ++read;
      statements += policy.size();
    }
  }
  std::cout << read << " sample policies, " << statements << " statements\n";
  EXPECT_GT(read, 80U);
  EXPECT_EQ(refused, 1U);
}

}  // namespace
}  // namespace sallyport::iam
