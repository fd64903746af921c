// What a conditional decision hangs on: the formula is true exactly where the engine allows
// once the caller has chosen.
#include "iam/formula.h"

#include <gtest/gtest.h>

#include <map>

#include "formula_support.h"

namespace sallyport::iam {
namespace {

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

// How many of the formulas were held against every choice of the caller.
std::size_t check_one(std::uint64_t seed, std::map<std::string, int>& kinds) {
  Scene scene;
  fill(scene, seed);
  const Decision open = scene.decide();
  if (open.outcome != Outcome::conditional) {
    EXPECT_TRUE(open.needs.steps.empty());
    return 0;
  }
  EXPECT_FALSE(open.needs.steps.empty());
  ++kinds[scene.principal];
  for (std::size_t choice = 0; choice < choices; ++choice) {
    choose(scene.context, choice);
    const Outcome concrete = scene.outcome();
    if (concrete == Outcome::unknown) continue;  // NotResource with a variable without value
    EXPECT_EQ(concrete == Outcome::allowed, value(open.needs, scene.context, scene, scene.resource))
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
