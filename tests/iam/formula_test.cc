// What a conditional decision hangs on: the formula is true exactly where the engine allows
// once the caller has chosen.
#include "iam/formula.h"

#include <gtest/gtest.h>

#include <array>
#include <map>

#include "library/net/random.h"
#include "support.h"

namespace sallyport::iam {
namespace {

using generate::Random;

constexpr std::array keys = {"app:k0", "app:k1", "app:k2"};
constexpr std::array values = {"", "a", "b", "x"};  // the empty one: absent

bool value(const Formula& f, const Context& context, const Scene& scene, std::string_view resource) {
  const Rules rules(const_cast<Gaps&>(scene.registry.gaps));
  std::vector<bool> stack;
  const auto pop = [&] {
    const bool top = stack.back();
    stack.pop_back();
    return top;
  };
  for (const Formula::Step& step : f.steps) {
    switch (step.kind) {
      case Formula::Kind::yes: stack.push_back(true); break;
      case Formula::Kind::no: stack.push_back(false); break;
      case Formula::Kind::line: stack.push_back(holds(*f.lines[step.number], context, rules, {}) == Match::yes); break;
      case Formula::Kind::pattern:
        stack.push_back(matches(*f.patterns[step.number], ArnReading::resource, arn_text(resource), context, rules,
                                {}) == Match::yes);
        break;
      case Formula::Kind::negation: stack.push_back(!pop()); break;
      case Formula::Kind::both: {
        const bool b = pop(), a = pop();
        stack.push_back(a && b);
        break;
      }
      case Formula::Kind::either: {
        const bool b = pop(), a = pop();
        stack.push_back(a || b);
        break;
      }
    }
  }
  EXPECT_EQ(stack.size(), 1U);
  return !stack.empty() && stack.front();
}

std::string condition(Random& random) {
  const std::string key = random.one_of(keys);
  switch (random.below(6)) {
    case 0: return R"("Null": {")" + key + R"(": ")" + (random.chance(50) ? "true" : "false") + R"("})";
    case 1: return R"("StringNotEquals": {")" + key + R"(": "a"})";
    case 2: return R"("StringEqualsIfExists": {")" + key + R"(": "b"})";
    case 3: return R"("StringNotLike": {")" + key + R"(": ["a", "x*"]})";
    case 4: return R"("StringEquals": {")" + key + R"(": "${app:k1}"})";
    default: return R"("StringEquals": {")" + key + R"(": ["a", "x"]})";
  }
}

std::string statement(Random& random, PolicyType type) {
  std::string s = R"({"Effect": ")" + std::string(random.chance(70) ? "Allow" : "Deny") + R"(", "Action": "*")";
  if (type == PolicyType::resource || type == PolicyType::endpoint) {
    constexpr std::array who = {
        "\"*\"", R"({"AWS": "111122223333"})", R"({"AWS": "arn:aws:iam::111122223333:user/ana"})",
        R"({"AWS": "arn:aws:iam::111122223333:role/app"})", R"({"Service": "sns.amazonaws.com"})"};
    s += R"(, "Principal": )" + std::string(type == PolicyType::endpoint ? who[0] : random.one_of(who));
  }
  switch (random.below(6)) {
    case 0: s += R"(, "Resource": "arn:aws:s3:::b/${app:k0}")"; break;
    case 1: s += R"(, "NotResource": ["arn:aws:s3:::b/${app:k0,'a'}", "arn:aws:s3:::c"])"; break;
    default: s += R"(, "Resource": "*")";
  }
  if (random.chance(70)) s += R"(, "Condition": {)" + condition(random) + "}";
  return s + "}";
}

PolicySet some(Scene& scene, Random& random, PolicyType type, int percent_open) {
  std::string all;
  for (std::size_t i = 0, n = 1 + random.below(3); i < n; ++i) {
    // Most layers have to allow somehow, or nothing is ever conditional.
    const bool open = random.chance(percent_open);
    const std::string one = open ? (type == PolicyType::endpoint
                                        ? R"({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"})"
                                        : std::string(allow_all))
                                 : statement(random, type);
    all += (all.empty() ? "" : ", ") + one;
  }
  return scene.statements(type, all);
}

// How many of the formulas were held against every choice of the caller.
std::size_t check_one(std::uint64_t seed, std::map<std::string, int>& kinds) {
  Random random(seed);
  Scene scene;
  scene.resource = random.chance(50) ? "arn:aws:s3:::b/a" : "arn:aws:kms:eu-central-1:111122223333:key/k";
  if (scene.resource.starts_with("arn:aws:kms")) scene.action = "kms:Decrypt";
  constexpr std::array who = {"arn:aws:iam::111122223333:user/ana",
                              "arn:aws:iam::111122223333:role/app",
                              "arn:aws:iam::111122223333:root",
                              "arn:aws:iam::444455556666:user/eve",
                              "sns.amazonaws.com",
                              "anonymous"};
  scene.principal = random.one_of(who);
  scene.layers.identity = some(scene, random, PolicyType::identity, 20);
  if (random.chance(70)) scene.layers.resource = some(scene, random, PolicyType::resource, 0);
  if (random.chance(30)) scene.layers.boundary = some(scene, random, PolicyType::boundary, 40);
  if (random.chance(20)) scene.layers.session = some(scene, random, PolicyType::session, 40);
  if (random.chance(40)) {
    scene.layers.endpoint =
        EndpointLayer{EndpointPolicyKind::interface, some(scene, random, PolicyType::endpoint, 40), Truth::yes, {}};
  }
  if (random.chance(40)) {
    std::vector<PolicySet> levels;
    for (std::size_t i = 0, n = 1 + random.below(3); i < n; ++i) {
      levels.push_back(some(scene, random, PolicyType::scp, 60));
    }
    scene.layers.scp = scene.levels(std::move(levels));
  }
  for (const char* key : keys) scene.context.set_open(key);
  const Decision open = scene.decide();
  if (open.outcome != Outcome::conditional) {
    EXPECT_TRUE(open.needs.steps.empty());
    return 0;
  }
  EXPECT_FALSE(open.needs.steps.empty());
  ++kinds[scene.principal];
  for (std::size_t choice = 0; choice < values.size() * values.size() * values.size(); ++choice) {
    Scene& chosen = scene;
    std::size_t rest = choice;
    for (const char* key : keys) {
      const std::string v = values[rest % values.size()];
      rest /= values.size();
      v.empty() ? chosen.context.set_absent(key) : chosen.context.set(key, v);
    }
    const Outcome concrete = chosen.outcome();
    if (concrete == Outcome::unknown) continue;  // NotResource with a variable without value
    EXPECT_EQ(concrete == Outcome::allowed, value(open.needs, chosen.context, scene, scene.resource))
        << "seed " << seed << ", choice " << choice << ", " << scene.principal;
  }
  return 1;
}

TEST(Formula, IsTrueExactlyWhereTheEngineAllows) {
  std::size_t checked = 0;
  std::map<std::string, int> kinds;
  for (std::uint64_t seed = 1; seed <= 5'000 && !::testing::Test::HasFailure(); ++seed) {
    checked += check_one(seed, kinds);
  }
  EXPECT_GT(checked, 1'000U);
  EXPECT_EQ(kinds.size(), 6U) << "every kind of caller";
}

TEST(Formula, SaysHowConditionsWorkTogether) {
  Scene scene;
  scene.context.set_open("app:k0");
  scene.context.set_open("app:k1");
  const auto under = [](const char* key, const char* principal) {
    return std::string(R"({"Effect": "Allow", "Action": "*", )") + principal +
           R"("Resource": "*", "Condition": {"StringEquals": {")" + key + R"(": "a"}}})";
  };
  scene.layers.identity = scene.statements(PolicyType::identity, under("app:k0", ""));
  scene.layers.resource = scene.statements(
      PolicyType::resource, under("app:k1", R"("Principal": {"AWS": "arn:aws:iam::111122223333:user/ana"}, )"));
  const Formula within = scene.decide().needs;
  scene.account = "444455556666";
  const Formula across = scene.decide().needs;
  ASSERT_EQ(within.lines.size(), 2U);
  ASSERT_EQ(across.lines.size(), 2U);
  EXPECT_EQ(within.steps.back().kind, Formula::Kind::either) << "in one account either policy is enough";
  EXPECT_EQ(across.steps.back().kind, Formula::Kind::both) << "across accounts both must allow";
  EXPECT_EQ(both(within, within), within);
  EXPECT_TRUE(both(within, Formula{}).steps.empty());
}

}  // namespace
}  // namespace sallyport::iam
