// The formula over all layers: exhaustively over small layers, and the reasons.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>

#include "support.h"

namespace sallyport::iam {
namespace {

// What a layer may hold in the exhaustive tests.
enum Choice : std::size_t { absent, nothing, allows, denies, unknown, conditional, choices };

// Every layer in every state, for the session `app/s1` of account 111122223333.
struct Small {
  Scene scene;
  std::array<PolicySet, choices> attached, resource, endpoint;
  std::array<PolicyLevels, choices> scp;
  std::string grant = "arn:aws:sts::111122223333:assumed-role/app/s1";

  explicit Small(std::string named) : grant(std::move(named)) {
    scene.principal = "arn:aws:sts::111122223333:assumed-role/app/s1";
    scene.context.set_open("aws:RequestTag/x");
    const GapId gap = scene.gap("not collected");
    attached = fill(PolicyType::identity, "");
    resource = fill(PolicyType::resource, "\"Principal\": " + grant + ", ");
    endpoint = fill(PolicyType::endpoint, "\"Principal\": \"*\", ");
    const auto sets = fill(PolicyType::scp, "");
    for (std::size_t c = nothing; c < choices; ++c) scp[c] = scene.levels({sets[allows], sets[c]});
    for (auto* list : {&attached, &resource, &endpoint}) (*list)[unknown] = {{}, gap};
    scp[unknown] = {{}, gap};
  }

  std::array<PolicySet, choices> fill(PolicyType type, const std::string& principal) {
    const auto one = [&](const char* effect, const char* rest) {
      return scene.statements(type, "{\"Effect\": \"" + std::string(effect) + "\", " + principal +
                                        "\"Action\": \"*\", \"Resource\": \"*\"" + rest + "}");
    };
    std::array<PolicySet, choices> sets;
    sets[allows] = one("Allow", "");
    sets[denies] = one("Deny", "");
    sets[conditional] = one("Allow", R"(, "Condition": {"StringEquals": {"aws:RequestTag/x": "1"}})");
    return sets;
  }

  // By layer: identity, resource, endpoint, scp, boundary, session.
  using State = std::array<Choice, 6>;

  Outcome outcome(const State& s) {
    Layers& l = scene.layers;
    l.identity = attached[s[0]];
    l.resource = resource[s[1]];
    l.endpoint.reset();
    if (s[2] != absent) l.endpoint.emplace().policy = endpoint[s[2]];
    l.scp = scp[s[3]];
    l.boundary = s[4] == absent ? std::nullopt : std::optional(attached[s[4]]);
    l.session = s[5] == absent ? std::nullopt : std::optional(attached[s[5]]);
    return scene.engine.outcome(scene.request(), l);
  }

  template <class Visit>
  void each(Visit visit) {
    State s{};
    for (s[0] = nothing; s[0] < choices; s[0] = Choice(s[0] + 1))
      for (s[1] = nothing; s[1] < choices; s[1] = Choice(s[1] + 1))
        for (s[2] = absent; s[2] < choices; s[2] = Choice(s[2] + 1))
          for (s[3] = absent; s[3] < choices; s[3] = Choice(s[3] + 1))
            for (s[4] = absent; s[4] < choices; s[4] = Choice(s[4] + 1))
              for (s[5] = absent; s[5] < choices; s[5] = Choice(s[5] + 1)) visit(s);
  }
};

bool has(const Small::State& s, Choice c) { return std::find(s.begin(), s.end(), c) != s.end(); }

// Section 1 of the rules, in Booleans, for a grant that names the session itself, its
// role, or the account.
enum class GrantTo { session, role, account };
bool formula(const Small::State& s, GrantTo to, bool same_account) {
  if (has(s, denies)) return false;
  const auto ok = [&](std::size_t layer) { return s[layer] == allows || s[layer] == absent; };
  const bool identity = s[0] == allows;
  const bool resource = s[1] == allows;
  const bool limits = ok(4) && ok(5);
  if (!ok(2) || !ok(3)) return false;
  if (!same_account) return identity && limits && resource;
  switch (to) {
    case GrantTo::session: return resource || (identity && limits);
    case GrantTo::role: return (resource || identity) && limits;
    case GrantTo::account: return identity && limits;
  }
  return false;
}

class Exhaustive : public testing::TestWithParam<std::tuple<std::pair<const char*, GrantTo>, const char*>> {
 protected:
  std::string grant() const { return "{\"AWS\": \"" + std::string(std::get<0>(GetParam()).first) + "\"}"; }
  GrantTo to() const { return std::get<0>(GetParam()).second; }
  std::string account() const { return std::get<1>(GetParam()); }
};

TEST_P(Exhaustive, DecidedLayersFollowTheFormula) {
  Small small(grant());
  small.scene.account = account();
  std::size_t allowed = 0;
  std::size_t all = 0;
  small.each([&](const Small::State& s) {
    if (has(s, unknown) || has(s, conditional)) return;
    const bool expected = formula(s, to(), account() == "111122223333");
    ASSERT_EQ(small.outcome(s), expected ? Outcome::allowed : Outcome::denied) << testing::PrintToString(s);
    ++all;
    allowed += expected;
  });
  EXPECT_GT(allowed, 0U);
  EXPECT_GT(all, 1000U);
}

// Sound: an answer given in spite of something unknown holds whatever it turns out to
// be. Complete: `unknown` and `conditional` are only answered where it matters.
TEST_P(Exhaustive, UndecidedLayersLeaveOpenExactlyWhatTheyMay) {
  Small small(grant());
  small.scene.account = account();
  const bool same = account() == "111122223333";
  small.each([&](const Small::State& s) {
    const bool lacks = has(s, unknown);
    if (!lacks && !has(s, conditional)) return;
    // All that the layer may be: unknown could be anything, conditional allows or not.
    bool can_be_allowed = false;
    bool can_be_denied = false;
    Small::State t = s;
    const std::function<void(std::size_t)> turn = [&](std::size_t layer) {
      if (layer == t.size()) {
        // A resource policy that was not collected may name anyone.
        for (const GrantTo grant : {GrantTo::session, GrantTo::role, GrantTo::account}) {
          if (grant == to() || s[1] == unknown) (formula(t, grant, same) ? can_be_allowed : can_be_denied) = true;
        }
        return;
      }
      if (s[layer] != unknown && s[layer] != conditional) return turn(layer + 1);
      for (const Choice c : {nothing, allows, denies}) {
        if (c == denies && s[layer] == conditional) continue;
        t[layer] = c;
        turn(layer + 1);
      }
      t[layer] = s[layer];
    };
    turn(0);
    const Outcome outcome = small.outcome(s);
    const bool open = can_be_allowed && can_be_denied;
    if (!open) {
      ASSERT_EQ(outcome, can_be_allowed ? Outcome::allowed : Outcome::denied) << testing::PrintToString(s);
    } else if (!lacks) {
      ASSERT_EQ(outcome, Outcome::conditional) << testing::PrintToString(s);
    } else {
      ASSERT_TRUE(outcome == Outcome::unknown || (has(s, conditional) && outcome == Outcome::conditional))
          << testing::PrintToString(s);
    }
  });
}

INSTANTIATE_TEST_SUITE_P(
    Decide, Exhaustive,
    testing::Combine(testing::Values(std::pair{"arn:aws:sts::111122223333:assumed-role/app/s1", GrantTo::session},
                                     std::pair{"arn:aws:iam::111122223333:role/app", GrantTo::role},
                                     std::pair{"arn:aws:iam::111122223333:root", GrantTo::account}),
                     testing::Values("111122223333", "444455556666")));

TEST(Decide, OrderAndRepetitionOfStatementsDoNotMatter) {
  const std::vector<std::string> statements = {
      R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})",
      R"({"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/x"})",
      R"({"Effect": "Allow", "Action": "s3:Get*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}})"};
  std::vector<std::size_t> order = {0, 1, 2, 1};
  do {
    Scene scene;
    std::string list;
    for (const std::size_t i : order) list += (list.empty() ? "" : ", ") + statements[i];
    scene.layers.identity = scene.statements(PolicyType::identity, list);
    EXPECT_EQ(scene.outcome(), Outcome::denied);
    scene.resource = "arn:aws:s3:::b/y";
    EXPECT_EQ(scene.outcome(), Outcome::allowed);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(Decide, NamesTheStatementThatDenies) {
  Scene scene;
  scene.layers.identity = scene.statements(
      PolicyType::identity,
      std::string(allow_all) + R"(, {"Sid": "NoReading", "Effect": "Deny", "Action": "s3:Get*", "Resource": "*"})");
  const Decision d = scene.decide();
  ASSERT_EQ(d.by.size(), 1U);
  EXPECT_EQ(d.by[0].layer, Layer::identity_policy);
  EXPECT_EQ(d.by[0].statement, 1U);
  EXPECT_EQ(scene.registry.view(d.by[0].sid), "NoReading");
  EXPECT_EQ(d.by[0].effect, Effect::deny);
}

TEST(Decide, NamesEveryLayerThatFailsToAllow) {
  Scene scene;
  scene.account = "444455556666";
  scene.layers.scp = scene.levels({PolicySet{}});
  scene.layers.endpoint.emplace();
  const Decision d = scene.decide();
  std::vector<std::string> layers;
  for (const By& by : d.by) {
    EXPECT_EQ(by.policy, nullptr);
    layers.push_back(name(by.layer));
  }
  EXPECT_EQ(layers, (std::vector<std::string>{"endpoint-policy", "scp", "identity-policy", "resource-policy"}));
}

TEST(Decide, CollectsOnlyTheGapsThatMatter) {
  Scene scene;
  const GapId boundary = scene.gap("boundary");
  const GapId bucket = scene.gap("bucket policy");
  scene.layers.identity = scene.statements(PolicyType::identity, allow_all);
  scene.layers.boundary = PolicySet{{}, boundary};
  EXPECT_EQ(scene.decide().gaps, std::vector<GapId>{boundary});
  scene.layers.identity = {};
  scene.layers.resource = {{}, bucket};
  EXPECT_EQ(scene.decide().gaps, (std::vector<GapId>{boundary, bucket}));
  scene.layers.scp = scene.levels({PolicySet{}});
  EXPECT_TRUE(scene.decide().gaps.empty()) << "denied anyway";
}

TEST(Decide, WhereTheResourcesAccountIsNotKnownSameAndCrossAccountMustAgree) {
  Scene scene;
  scene.account = "";
  scene.layers.identity = scene.statements(PolicyType::identity, allow_all);
  EXPECT_EQ(scene.outcome(), Outcome::unknown);
  scene.layers.resource = scene.statements(
      PolicyType::resource, R"({"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"})");
  EXPECT_EQ(scene.outcome(), Outcome::allowed);
  scene.layers.identity = {};
  EXPECT_EQ(scene.outcome(), Outcome::unknown);
  scene.layers.resource = {};
  EXPECT_EQ(scene.outcome(), Outcome::denied);
}

TEST(Decide, AStatementWithAnEffectThatWasNotUnderstoodMayDoEither) {
  Scene scene;
  scene.layers.identity = scene.statements(PolicyType::identity, R"({"Action": "s3:*", "Resource": "*"})");
  EXPECT_EQ(scene.outcome(), Outcome::unknown);
  scene.layers.identity =
      scene.statements(PolicyType::identity, std::string(allow_all) + R"(, {"Action": "s3:*", "Resource": "*"})");
  EXPECT_EQ(scene.outcome(), Outcome::unknown);
  scene.layers.identity =
      scene.statements(PolicyType::identity, std::string(allow_all) + R"(, {"Action": "ec2:*", "Resource": "*"})");
  EXPECT_EQ(scene.outcome(), Outcome::allowed);
}

TEST(Decide, APolicyThatCannotBeReadIsUnknownAsAWhole) {
  Scene scene;
  scene.layers.identity = scene.policy(PolicyType::identity, "{\"Version\": ");
  EXPECT_EQ(scene.outcome(), Outcome::unknown);
  scene.layers.identity = scene.policy(PolicyType::identity, symbol("aws_iam_policy.p.policy"));
  const Decision d = scene.decide();
  EXPECT_EQ(d.outcome, Outcome::unknown);
  ASSERT_EQ(d.gaps.size(), 1U);
  EXPECT_EQ(scene.registry.gaps[d.gaps[0]].kind, GapKind::known_after_apply);
}

TEST(Decide, AResourceThatDoesNotExistYetIsMatchedByItsOwnPolicy) {
  Scene scene;
  const std::string bucket = symbol("aws_s3_bucket.b.arn");
  scene.resource = bucket + "/x";
  scene.layers.identity = scene.statements(PolicyType::identity,
                                           R"({"Effect": "Allow", "Action": "s3:*", "Resource": ")" + bucket + "/*\"}");
  EXPECT_EQ(scene.outcome(), Outcome::allowed);
  scene.layers.identity = scene.statements(PolicyType::identity, allow_all);
  EXPECT_EQ(scene.outcome(), Outcome::allowed);
  scene.layers.identity = scene.statements(PolicyType::identity,
                                           R"({"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::*/x"})");
  EXPECT_EQ(scene.outcome(), Outcome::unknown);
  scene.layers.identity = scene.statements(PolicyType::identity,
                                           R"({"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/y"})");
  EXPECT_EQ(scene.outcome(), Outcome::denied);
}

TEST(Decide, TextsBeyondAllMeasureAreUnknownNotSlow) {
  Scene scene;
  std::string pattern = "arn:aws:s3:::";
  for (int i = 0; i < 20'000; ++i) pattern += "*a";
  scene.resource = "arn:aws:s3:::" + std::string(50'000, 'a') + "b";
  scene.layers.identity =
      scene.statements(PolicyType::identity, R"({"Effect": "Allow", "Action": "*", "Resource": ")" + pattern + "\"}");
  EXPECT_EQ(scene.outcome(), Outcome::unknown);
}

}  // namespace
}  // namespace sallyport::iam
