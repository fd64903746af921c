#include "read/authorize/authorize.h"

#include <gtest/gtest.h>

#include <deque>

#include "read/json/parse.h"

namespace sallyport::read {
namespace {

const std::string request = R"("request": {"principal": "anonymous", "action": "s3:GetObject", "resource": "*"})";

struct Line {
  Registry registry;
  Diagnostics diagnostics;
  std::deque<json::Tree> trees;  // cases view into them
  Result<AuthorizeCase> read(const std::string& members) {
    auto tree = json::parse("{" + members + "}");
    EXPECT_TRUE(tree) << members;
    trees.push_back(*std::move(tree));
    return read_authorize(trees.back().root(), registry, diagnostics);
  }
  std::string error(const std::string& members) {
    const auto got = read(members);
    EXPECT_FALSE(got) << members;
    return got ? "" : got.error().message;
  }
};

TEST(ReadAuthorize, TellsNoneFromNotCollectedAndFromEmpty) {
  Line line;
  const auto none = line.read(request + R"(, "permissionBoundary": null, "serviceControlPolicies": [])");
  ASSERT_TRUE(none);
  EXPECT_FALSE(none->boundary);
  EXPECT_TRUE(none->scp.levels.empty());
  EXPECT_FALSE(none->scp.unknown);
  const auto unknown = line.read(
      request +
      R"(, "permissionBoundary": "unknown", "serviceControlPolicies": [[], "unknown", ["unknown"]], "resourceControlPolicies": "unknown")");
  ASSERT_TRUE(unknown);
  EXPECT_TRUE(unknown->boundary->unknown);
  ASSERT_EQ(unknown->scp.levels.size(), 3U);
  EXPECT_FALSE(unknown->scp.levels[0].unknown);
  EXPECT_TRUE(unknown->scp.levels[1].unknown);
  EXPECT_TRUE(unknown->scp.levels[2].unknown);
  EXPECT_TRUE(unknown->rcp.unknown);
}

TEST(ReadAuthorize, AContextValueIsATextOrAList) {
  Line line;
  const auto got = line.read(
      R"("request": {"principal": "p", "action": "a:b", "resource": "*", "resourceAccount": 111122223333, "context": {"k": "v", "l": ["a", "b"], "e": [], "n": 7, "t": true}})");
  ASSERT_TRUE(got);
  EXPECT_EQ(got->resource_account, "111122223333");
  ASSERT_EQ(got->context.size(), 5U);
  EXPECT_EQ(got->context[0].second, std::vector<std::string>{"v"});
  EXPECT_EQ(got->context[1].second.size(), 2U);
  EXPECT_TRUE(got->context[2].second.empty());
  EXPECT_EQ(got->context[3].second, std::vector<std::string>{"7"});
  EXPECT_EQ(got->context[4].second, std::vector<std::string>{"true"});
}

TEST(ReadAuthorize, RefusesWhatItCannotUse) {
  Line line;
  EXPECT_EQ(line.error(""), "no `request`");
  EXPECT_EQ(line.error(R"("request": 7)"), "`request` must be an object");
  EXPECT_EQ(line.error(R"("request": {"principal": "p", "resource": "*"})"), "no `request.action`");
  EXPECT_EQ(line.error(R"("request": {"principal": ["p"], "action": "a:b", "resource": "*"})"),
            "`request.principal` must be a text, not a list");
  EXPECT_EQ(line.error(R"("request": {"principal": "p", "action": "GetObject", "resource": "*"})"),
            "`GetObject` is not an action");
  EXPECT_NE(line.error(request + R"(, "identityPolicies": 7)").find("`identityPolicies` must hold"), std::string::npos);
  EXPECT_NE(line.error(request + R"(, "resourcePolicy": "none")").find("`resourcePolicy` must hold"),
            std::string::npos);
  EXPECT_NE(line.error(request + R"(, "serviceControlPolicies": [{}])").find("`serviceControlPolicies[0]`"),
            std::string::npos);
  EXPECT_NE(line.error(request + R"(, "endpoint": {"type": "vpce"})").find("`endpoint.type`"), std::string::npos);
  EXPECT_NE(
      line.error(R"("request": {"principal": "p", "action": "a:b", "resource": "*", "context": {"K": "1", "k": "2"}})")
          .find("stands twice"),
      std::string::npos);
}

TEST(ReadAuthorize, AKeyThatLooksMisspeltIsAnErrorAnotherOneANote) {
  Line line;
  for (const char* key : {"identityPolicy", "scps", "resourcepolicy", "sessionPolicies", "Request"}) {
    EXPECT_NE(line.error(request + ", \"" + key + "\": []").find("unknown key"), std::string::npos) << key;
  }
  EXPECT_TRUE(line.diagnostics.empty());
  EXPECT_TRUE(line.read(request + R"(, "expected": "denied")"));
  ASSERT_EQ(line.diagnostics.size(), 1U);
  EXPECT_EQ(line.diagnostics[0].severity, Severity::note);
}

}  // namespace
}  // namespace sallyport::read
