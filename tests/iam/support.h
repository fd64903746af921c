// Short ways to say policies and requests in tests of the policy engine.
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "iam/decide.h"
#include "read/policy/policy.h"

namespace sallyport::iam {

// Policies, layers and one request, all by default harmless: user `ana` of account
// 111122223333 gets s3:GetObject of an object in its own account.
struct Scene {
  Registry registry;
  Diagnostics diagnostics;
  std::deque<CompiledPolicy> policies;
  std::deque<std::vector<const CompiledPolicy*>> lists;
  std::deque<std::vector<PolicySet>> sets;
  Engine engine{registry.gaps};
  Context context;
  Layers layers;
  std::string principal = "arn:aws:iam::111122223333:user/ana";
  std::string action = "s3:GetObject";
  std::string resource = "arn:aws:s3:::b/x";
  std::string account = "111122223333";

  GapId gap(const char* what) { return registry.gaps.add({GapKind::not_collected, what, "", {}}); }

  PolicySet policy(PolicyType type, std::string_view json) {
    const PolicyDocument document = read::read_policy_text(json, {}, "p", registry, diagnostics);
    policies.emplace_back(document, type, "p", registry);
    return {lists.emplace_back(std::vector<const CompiledPolicy*>{&policies.back()}), {}};
  }
  // Statements only.
  PolicySet statements(PolicyType type, std::string_view json) {
    return policy(type, "{\"Version\": \"2012-10-17\", \"Statement\": [" + std::string(json) + "]}");
  }
  PolicyLevels levels(std::vector<PolicySet> list) { return {sets.emplace_back(std::move(list)), {}}; }

  Request request() {
    const auto parsed = parse_principal(principal);
    EXPECT_TRUE(parsed) << principal;
    return {*parsed, action, resource, account, &context};
  }
  Decision decide() {
    const Request r = request();
    const Decision d = engine.decide(r, layers);
    EXPECT_EQ(d.outcome, engine.outcome(r, layers)) << "with and without explanation";
    return d;
  }
  Outcome outcome() { return decide().outcome; }

  // Does an identity policy's only statement apply under that condition?
  Outcome under(std::string_view condition) {
    layers.identity =
        statements(PolicyType::identity, R"({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": )" +
                                             std::string(condition) + "}");
    return outcome();
  }
};

inline const char* const allow_all = R"({"Effect": "Allow", "Action": "*", "Resource": "*"})";
inline const char* const deny_all = R"({"Effect": "Deny", "Action": "*", "Resource": "*"})";

inline std::string symbol(std::string_view name) { return "\xFF" + std::string(name) + "\xFE"; }

}  // namespace sallyport::iam
