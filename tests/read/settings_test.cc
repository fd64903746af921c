#include "read/settings.h"

#include <gtest/gtest.h>

#include "read/yaml/parse.h"

namespace sallyport::read {
namespace {

Result<Settings> settings(std::string text) {
  const auto tree = yaml::parse(std::move(text), 1);
  if (!tree) return tl::unexpected(tree.error());
  return settings_of(tree->root());
}

std::string refusal(std::string text) {
  const auto result = settings(std::move(text));
  return result ? "" : result.error().message;
}

TEST(Settings, ReadsEveryKey) {
  const auto s = settings(R"(
organization: {id: o-abc123, accounts: {"111122223333": {name: app, ou: prod}}}
networks: {ours: [10.0.0.0/8, "2001:db8::/32"]}
trusted: {accounts: ["444455556666"], networks: [203.0.113.0/24], services: [com.amazonaws.vpce.eu-central-1.vpce-svc-0aa]}
needs:
  - {from: alpha5, to: s3delta, actions: ["s3:GetObject"]}
controls: [both-belts, {control: nothing-unknown, severity: low, enabled: false, except: [s3delta]}]
assume: [{object: nfw-0a1, passes: {to: "*.amazonaws.com", port: 443}, reason: "...", owner: netops}]
suppress: [{control: both-belts, where: "s3d*", reason: old, expires: 2027-01-31}]
)");
  ASSERT_TRUE(s) << s.error().message;
  EXPECT_EQ(s->organization_id, "o-abc123");
  ASSERT_EQ(s->accounts.size(), 1U);
  EXPECT_EQ(s->accounts[0].id, "111122223333");
  EXPECT_EQ(s->accounts[0].ou, "prod");
  ASSERT_EQ(s->our_networks.size(), 2U);
  EXPECT_EQ(to_string(s->our_networks[1]), "2001:db8::/32");
  EXPECT_EQ(s->trusted_accounts, std::vector<std::string>{"444455556666"});
  EXPECT_EQ(s->trusted_services.size(), 1U);
  ASSERT_EQ(s->needs.size(), 1U);
  EXPECT_EQ(s->needs[0].actions, std::vector<std::string>{"s3:GetObject"});
  ASSERT_EQ(s->controls.size(), 2U);
  EXPECT_EQ(s->controls[0].control, "both-belts");
  EXPECT_FALSE(s->controls[1].enabled);
  ASSERT_EQ(s->assumptions.size(), 1U);
  EXPECT_EQ(s->assumptions[0].to, "*.amazonaws.com");
  EXPECT_EQ(s->assumptions[0].port, 443);
  ASSERT_EQ(s->suppressions.size(), 1U);
  EXPECT_EQ(s->suppressions[0].expires, "2027-01-31");
}

TEST(Settings, EveryKeyIsOptional) {
  ASSERT_TRUE(settings(""));
  ASSERT_TRUE(settings("networks:\ncontrols: []\n"));
}

TEST(Settings, RefusesWhatIsNotKnown) {
  EXPECT_EQ(refusal("network: {ours: []}"), "unknown key `network` in the settings");
  EXPECT_EQ(refusal("trusted: {account: []}"), "unknown key `account` in `trusted`");
  EXPECT_NE(refusal("assume: [{object: x, passes: {ports: 1}}]"), "");
  EXPECT_NE(refusal("assume: [{object: x}]"), "");
  EXPECT_NE(refusal("assume: [{object: x, answers: {name: '*.corp'}}]"), "");
  EXPECT_NE(refusal("assume: [{object: x, answers: {with: public, addresses: [10.0.0.1]}}]"), "");
  EXPECT_NE(refusal("assume: [{object: x, answers: {addresses: [10.0.0]}}]"), "");
  EXPECT_EQ(refusal("assume: [{object: x, answers: {name: '*.corp', addresses: [10.0.0.1]}}, {object: y, passes: {}}]"),
            "");
  EXPECT_NE(refusal("networks: {ours: [10.0.0.0/33]}"), "");
  EXPECT_NE(refusal("networks: {ours: {a: b}}"), "");
  EXPECT_NE(refusal("trusted: {accounts: [1111]}"), "");
  EXPECT_NE(refusal("needs: [{from: a}]"), "");
  EXPECT_NE(refusal("needs: {from: a, to: b}"), "");
  EXPECT_NE(refusal("suppress: [{control: x, expires: soon}]"), "");
  EXPECT_NE(refusal("controls: [{control: x, enabled: maybe}]"), "");
  EXPECT_NE(refusal("[]"), "");
  EXPECT_NE(refusal("networks: {}\nnetworks: {}"), "");
}

TEST(Settings, SaysWhere) {
  const auto result = settings("networks:\n  ours: [10.0.0.0/8]\n  theirs: []\n");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().origin.offset, 33U);
  EXPECT_EQ(result.error().hint, "known are: ours");
}

}  // namespace
}  // namespace sallyport::read
