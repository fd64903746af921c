#include "read/expect.h"

#include <gtest/gtest.h>

#include "read/yaml/parse.h"

namespace sallyport::read {
namespace {

Result<Case> read_text(std::string text) {
  const auto tree = yaml::parse(std::move(text), 1);
  if (!tree) return tl::unexpected(tree.error());
  return case_of(tree->root(), ".");
}

std::string refusal(const std::string& expectation) {
  const auto result = read_text("expect:\n  - " + expectation + "\n");
  return result ? "" : result.error().message;
}

TEST(Expect, ReadsEveryQuestion) {
  const auto c = read_text(R"(
source: https://docs.aws.amazon.com/
why: because
inputs: [.]
expect:
  - reach: {from: alpha5, to: s3delta, protocol: udp, port: 53}
    verdict: unknown
    may: [private, blocked]
    door: gateway-endpoint
    degraded: false
    reason: NO_PATH
    why: "free text"
  - can: {principal: "arn:aws:iam::111122223333:role/app", action: "s3:GetObject", resource: "arn:aws:s3:::b/x", from: alpha5, context: {aws:SourceIp: 1.2.3.4, aws:TagKeys: []}}
    decision: denied
    layer: endpoint-policy
  - authorize: {id: c1, request: {principal: anonymous, action: "s3:GetObject", n: 5, t: true, z: null}}
    decision: allowed
    layers: {scp: deny}
  - compare: {old: a.json, new: b.json}
    relation: more
  - check: both-belts
    result: violated
    where: s3delta
)");
  ASSERT_TRUE(c) << c.error().message;
  ASSERT_EQ(c->expectations.size(), 5U);
  const auto& reach = std::get<ReachQuestion>(c->expectations[0].question);
  EXPECT_EQ(reach.protocol, 17);
  EXPECT_EQ(reach.port, 53);
  EXPECT_EQ(c->expectations[0].may.size(), 2U);
  EXPECT_EQ(c->expectations[0].degraded, false);
  const auto& can = std::get<CanQuestion>(c->expectations[1].question);
  ASSERT_EQ(can.context.size(), 2U);
  EXPECT_EQ(can.context[0].values, std::vector<std::string>{"1.2.3.4"});
  EXPECT_TRUE(can.context[1].values.empty());
  EXPECT_EQ(std::get<AuthorizeQuestion>(c->expectations[2].question).json,
            R"({"id":"c1","request":{"principal":"anonymous","action":"s3:GetObject","n":5,"t":true,"z":null}})");
  EXPECT_EQ(c->expectations[2].layers[0].second, "deny");
  EXPECT_EQ(std::get<CompareQuestion>(c->expectations[3].question).new_file, "b.json");
  EXPECT_EQ(std::get<CheckQuestion>(c->expectations[4].question).control, "both-belts");
}

TEST(Expect, DefaultsAreTcp443) {
  const auto c = read_text("expect: [{reach: {from: a, to: b}, verdict: private}]");
  ASSERT_TRUE(c);
  const auto& q = std::get<ReachQuestion>(c->expectations[0].question);
  EXPECT_EQ(q.protocol, 6);
  EXPECT_EQ(q.port, 443);
  EXPECT_EQ(c->expectations[0].degraded, std::nullopt);
}

TEST(Expect, RefusesACaseThatCannotFail) {
  EXPECT_EQ(refusal("{reach: {from: a, to: b}}"), "nothing is expected of the question");
  EXPECT_EQ(refusal("{reach: {from: a, to: b}, why: x}"), "nothing is expected of the question");
  EXPECT_NE(refusal("{reach: {from: a, to: b}, verdict: privat}"), "");
  EXPECT_NE(refusal("{reach: {from: a, to: b}, verdit: private}"), "");
  EXPECT_NE(refusal("{reach: {from: a, to: b}, decision: allowed}"), "");
  EXPECT_NE(refusal("{reach: {from: a, to: b, port: 70000}, verdict: private}"), "");
  EXPECT_NE(refusal("{reach: {from: a}, verdict: private}"), "");
  EXPECT_NE(refusal("{verdict: private}"), "");
  EXPECT_NE(refusal("{reach: {from: a, to: b}, can: {action: x, from: a}, verdict: private}"), "");
  EXPECT_NE(refusal("{authorize: {file: does-not-exist.json}, decision: allowed}"), "");
  EXPECT_FALSE(read_text("source: x"));
}

TEST(Expect, ReadsTheExamplesOfTheHouse) {
  const auto folders = case_folders(SALLYPORT_SOURCE_DIR "/examples");
  ASSERT_TRUE(folders);
  EXPECT_GE(folders->size(), 4U);
  Documents documents;
  for (const std::string& folder : *folders) {
    const auto c = read_case(folder, documents);
    EXPECT_TRUE(c) << folder << ": " << (c ? "" : c.error().message);
  }
}

}  // namespace
}  // namespace sallyport::read
