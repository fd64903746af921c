// What the generator makes is worth judging: all decisions are frequent, every layer
// is sometimes the only one that stops or grants a request.
#include "library/iam/generate.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "library/iam/naive.h"

namespace sallyport::generate::iam {
namespace {

using Json = nlohmann::json;

// Each layer's member of the line, and what makes it stop nothing.
Json neutral(const std::string& layer) {
  const Json all = {{"Version", "2012-10-17"},
                    {"Statement", {{{"Effect", "Allow"}, {"Action", "*"}, {"Resource", "*"}}}}};
  if (layer == "identityPolicies") return Json::array({all});
  return nullptr;
}

const std::vector<std::string> layers = {"identityPolicies",   "resourcePolicy",         "endpointPolicy",
                                         "permissionBoundary", "sessionPolicy",          "serviceControlPolicies",
                                         "blockPublicAccess",  "resourceControlPolicies"};

TEST(GeneratedRequests, AreSpreadOverDecisionsAndDecidingLayers) {
  constexpr int count = 5'000;
  std::map<std::string, int> decisions, deciders, says;
  int explicitly = 0;
  Requests requests(1);
  for (int i = 0; i < count; ++i) {
    const Json line = requests.next();
    const sallyport::naive::iam::Answer answer = sallyport::naive::iam::authorize(line);
    ++decisions[answer.decision];
    bool deny = false;
    for (const auto& [layer, word] : answer.layers) {
      ++says[layer + " " + word];
      deny = deny || word == "deny";
    }
    if (answer.decision == "denied" && deny) ++explicitly;
    if (answer.decision == "unknown") continue;
    for (const std::string& layer : layers) {
      if (!line.contains(layer)) continue;
      Json without = line;
      without[layer] = neutral(layer);
      const std::string other = sallyport::naive::iam::authorize(without).decision;
      if (answer.decision == "denied" && other == "allowed") ++deciders[layer + " stops"];
      if (answer.decision == "allowed" && layer == "resourcePolicy" && other == "denied") ++deciders[layer + " grants"];
    }
    if (answer.decision == "allowed" && line.contains("identityPolicies")) {
      Json without = line;
      without["identityPolicies"] = Json::array();
      if (sallyport::naive::iam::authorize(without).decision == "denied") ++deciders["identityPolicies grants"];
    }
  }
  for (const auto& [what, times] : decisions) std::printf("%-40s %5.1f %%\n", what.c_str(), 100.0 * times / count);
  std::printf("%-40s %5.1f %%\n", "denied by a Deny", 100.0 * explicitly / count);
  for (const auto& [what, times] : deciders) std::printf("%-40s %5.1f %%\n", what.c_str(), 100.0 * times / count);
  for (const auto& [what, times] : says) std::printf("  %-38s %5.1f %%\n", what.c_str(), 100.0 * times / count);

  EXPECT_GE(decisions["allowed"], count * 15 / 100);
  EXPECT_GE(explicitly, count * 15 / 100);
  EXPECT_GE(decisions["denied"] - explicitly, count * 15 / 100);
  EXPECT_GE(decisions["unknown"], count * 3 / 100);
  for (const std::string& layer : layers) EXPECT_GE(deciders[layer + " stops"], count / 500) << layer;
  EXPECT_GE(deciders["resourcePolicy grants"], count / 50);
  EXPECT_GE(deciders["identityPolicies grants"], count / 50);
}

TEST(GeneratedRequests, AreTheSameFromTheSameSeed) {
  Requests one(5), two(5), other(6);
  bool different = false;
  for (int i = 0; i < 100; ++i) {
    const Json line = one.next();
    EXPECT_EQ(line, two.next());
    different = different || line != other.next();
  }
  EXPECT_TRUE(different);
}

}  // namespace
}  // namespace sallyport::generate::iam
