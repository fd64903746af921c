// What conditions do with keys that are open, unknown, or one of several addresses.
#include <gtest/gtest.h>

#include "support.h"

namespace sallyport::iam {
namespace {

const char* const from_endpoint = R"({"StringEquals": {"aws:SourceVpce": "vpce-1"}})";

TEST(Context, ManyKeysAreFoundInAnyCaseAndReplaced) {
  Context context;
  const auto key = [](int n) { return "aws:PrincipalTag/Team-" + std::to_string(n); };
  for (int n = 0; n < 1'000; ++n) context.set(key(n), "first");
  for (int n = 0; n < 1'000; ++n) context.set(lower_case(key(n)), std::to_string(n));
  EXPECT_EQ(context.entries().size(), 1'000U);
  for (int n = 0; n < 1'000; ++n) {
    ASSERT_NE(context.single(key(n)), nullptr);
    EXPECT_EQ(*context.single(key(n)), std::to_string(n));
    EXPECT_EQ(context.single(key(n) + "x"), nullptr);
  }
}

TEST(Context, AKeyThatTheCallerFixesMakesTheDecisionConditional) {
  Scene scene;
  scene.context.set_open("aws:RequestTag/team");
  EXPECT_EQ(scene.under(R"({"StringEquals": {"aws:RequestTag/Team": ["a", "b"]}})"), Outcome::conditional);
  const Decision d = scene.decide();
  ASSERT_EQ(d.conditions.size(), 1U);
  EXPECT_EQ(show(*d.conditions[0].condition, scene.registry.texts), "StringEquals aws:RequestTag/Team: a, b");
  EXPECT_TRUE(d.gaps.empty());
}

TEST(Context, AKeyThatWeLackMakesItUnknownAndSaysWhy) {
  Scene scene;
  const GapId gap = scene.gap("the endpoint");
  scene.context.set_unknown("aws:SourceVpce", gap);
  EXPECT_EQ(scene.under(from_endpoint), Outcome::unknown);
  EXPECT_EQ(scene.decide().gaps, std::vector<GapId>{gap});
}

TEST(Context, UnknownWinsOverConditional) {
  Scene scene;
  scene.context.set_open("aws:RequestTag/a");
  scene.context.set_unknown("aws:SourceVpce", scene.gap("the endpoint"));
  EXPECT_EQ(scene.under(R"({"StringEquals": {"aws:RequestTag/a": "x", "aws:SourceVpce": "vpce-1"}})"),
            Outcome::unknown);
}

TEST(Context, WhatIsDecidedAnywayStaysDecided) {
  Scene scene;
  scene.context.set_open("aws:RequestTag/a");
  scene.context.set("aws:SourceVpce", "vpce-2");
  EXPECT_EQ(scene.under(R"({"StringEquals": {"aws:RequestTag/a": "x", "aws:SourceVpce": "vpce-1"}})"), Outcome::denied);
}

TEST(Context, PresenceMayBeKnownWhereTheValueIsNot) {
  Scene scene;
  scene.context.set_open("aws:SourceIp", true);
  EXPECT_EQ(scene.under(R"({"Null": {"aws:SourceIp": "false"}})"), Outcome::allowed);
  scene.context.set_open("aws:SourceIp", false);
  EXPECT_EQ(scene.under(R"({"Null": {"aws:SourceIp": "false"}})"), Outcome::conditional);
  scene.context.set_unknown("aws:SourceIp", scene.gap("x"), true);
  EXPECT_EQ(scene.under(R"({"Null": {"aws:SourceIp": "true"}})"), Outcome::denied);
  scene.context.set_unknown("aws:SourceIp", scene.gap("x"));
  EXPECT_EQ(scene.under(R"({"Null": {"aws:SourceIp": "true"}})"), Outcome::unknown);
}

TEST(Context, KeysThatWereNotSetAreAbsentUnlessSaidOtherwise) {
  Scene scene;
  EXPECT_EQ(scene.under(from_endpoint), Outcome::denied);
  scene.context.set_others_open();
  EXPECT_EQ(scene.outcome(), Outcome::conditional);
  scene.context.set_absent("AWS:sourcevpce");
  EXPECT_EQ(scene.outcome(), Outcome::denied);
  scene.context.set_others_unknown(scene.gap("all"));
  EXPECT_EQ(scene.outcome(), Outcome::denied);
}

TEST(Context, OneOfSeveralAddressesIsDecidedWhereAllAgree) {
  Scene scene;
  scene.context.set_addresses("aws:SourceIp", set_of(*parse_prefix("203.0.113.0/28")));
  EXPECT_EQ(scene.under(R"({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}})"), Outcome::allowed);
  EXPECT_EQ(scene.under(R"({"IpAddress": {"aws:SourceIp": ["203.0.113.0/29", "203.0.113.8/29"]}})"), Outcome::allowed);
  EXPECT_EQ(scene.under(R"({"IpAddress": {"aws:SourceIp": "203.0.113.0/30"}})"), Outcome::conditional);
  EXPECT_EQ(scene.under(R"({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}})"), Outcome::denied);
  EXPECT_EQ(scene.under(R"({"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}})"), Outcome::allowed);
  EXPECT_EQ(scene.under(R"({"StringEquals": {"aws:SourceIp": "203.0.113.1"}})"), Outcome::conditional);
  EXPECT_EQ(scene.under(R"({"Null": {"aws:SourceIp": "false"}})"), Outcome::allowed);
  const GapId gap = scene.gap("which address the NAT gateway has");
  scene.context.set_addresses("aws:SourceIp", set_of(*parse_prefix("203.0.113.0/28")), gap);
  EXPECT_EQ(scene.under(R"({"IpAddress": {"aws:SourceIp": "203.0.113.0/30"}})"), Outcome::unknown);
  EXPECT_EQ(scene.decide().gaps, std::vector<GapId>{gap});
}

TEST(Context, AnIdThatDoesNotExistYetIsEqualOnlyToItself) {
  Scene scene;
  scene.context.set("aws:SourceVpce", symbol("aws_vpc_endpoint.s3.id"));
  EXPECT_EQ(scene.under(from_endpoint), Outcome::denied);
  EXPECT_EQ(scene.under(R"({"StringEquals": {"aws:SourceVpce": ")" + symbol("aws_vpc_endpoint.s3.id") + R"("}})"),
            Outcome::allowed);
  EXPECT_EQ(scene.under(R"({"StringEquals": {"aws:SourceVpce": ")" + symbol("aws_vpc_endpoint.ddb.id") + R"("}})"),
            Outcome::denied);
  EXPECT_EQ(scene.under(R"({"StringLike": {"aws:SourceVpce": "vpce-*"}})"), Outcome::unknown);
  EXPECT_EQ(scene.under(R"({"StringNotEquals": {"aws:SourceVpce": "vpce-1"}})"), Outcome::allowed);
}

TEST(Context, AVariableWhoseValueIsOpenDecidesNothingButWhatCannotMatch) {
  Scene scene;
  scene.context.set_open("aws:PrincipalTag/team");
  const char* const statement =
      R"({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b-${aws:PrincipalTag/team}/*"})";
  scene.layers.identity = scene.statements(PolicyType::identity, statement);
  scene.resource = "arn:aws:s3:::b-red/x";
  EXPECT_EQ(scene.outcome(), Outcome::conditional);
  EXPECT_EQ(scene.decide().conditions.size(), 1U);
  scene.resource = "arn:aws:s3:::c-red/x";
  EXPECT_EQ(scene.outcome(), Outcome::denied);
}

}  // namespace
}  // namespace sallyport::iam
