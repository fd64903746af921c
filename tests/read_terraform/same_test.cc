// The article's four states as plan, state, raw state, template, CDK output and snapshot: the
// same flows wherever two of them know.
#include <gmock/gmock.h>

#include "flows.h"

namespace sallyport::read {
namespace {

std::string file(const std::string& path) { return std::string(SALLYPORT_SOURCE_DIR) + "/" + path; }
std::string same(const std::string& name) { return file("tests/same/article/" + name); }

const char* const snapshots[] = {"1-no-endpoints", "2-endpoints", "3-front-door-closed", "4-route-table-forgotten"};

class SameArticle : public ::testing::TestWithParam<int> {};

TEST_P(SameArticle, InAllForms) {
  const std::string state = std::to_string(GetParam());
  InputOptions parameters;
  parameters.values = {{"State", state}, {"AWS::AccountId", "111122223333"}};
  const Flows snapshot = flows_of({file(std::string("examples/article/") + snapshots[GetParam() - 1])});
  const std::pair<std::string, Flows> whole[] = {
      {"plan", flows_of({same("plan-" + state + ".json")})},
      {"template", flows_of({same("template.yaml")}, parameters)},
      {"cdk.out", flows_of({same("cdk.out")}, parameters)},
  };
  for (const auto& [name, flows] : whole) {
    const Compared c = compare(name, flows, "snapshot", snapshot);
    EXPECT_EQ(c.contradictions, 0U) << name;
    EXPECT_GE(c.both, 18U) << name;
    // Only what depends on addresses that do not exist yet is open.
    EXPECT_GE(c.decided_left, c.both - 2) << name;
  }
  // A state knows only what it manages: it must not contradict.
  for (const char* form : {"state-", "raw-"}) {
    const bool raw = std::string(form) == "raw-";
    const Flows flows = flows_of({same(form + state + (raw ? ".tfstate" : ".json"))});
    const Compared c = compare(form, flows, "snapshot", snapshot);
    EXPECT_EQ(c.contradictions, 0U) << form;
    EXPECT_GE(c.both, 18U) << form;
  }
  // What tells the states apart.
  const char* const doors[] = {"nat-gateway", "gateway-endpoint", "gateway-endpoint", "nat-gateway"};
  EXPECT_EQ(snapshot.at("lf6c -> s3delta (bucket)").door, doors[GetParam() - 1]);
}

INSTANTIATE_TEST_SUITE_P(States, SameArticle, ::testing::Values(1, 2, 3, 4));

}  // namespace
}  // namespace sallyport::read
