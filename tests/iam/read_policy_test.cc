#include "read/policy/policy.h"

#include <gtest/gtest.h>

#include "read/json/parse.h"

namespace sallyport::read {
namespace {

struct Reading {
  Registry registry;
  Diagnostics diagnostics;
  PolicyDocument document;

  explicit Reading(std::string_view text) {
    document = read_policy_text(text, {}, "policy `p`", registry, diagnostics);
  }
  std::string_view view(Text text) const { return registry.view(text); }
  const Statement& only() const {
    EXPECT_EQ(document.statements.size(), 1U);
    return document.statements.front();
  }
};

std::string with(const char* members) {
  return R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", )" +
         std::string(members) + "}}";
}

TEST(ReadPolicy, TakesSingleValuesAndLists) {
  const Reading r(R"({"Version": "2012-10-17", "Id": "x", "Statement": [
      {"Sid": "A", "Effect": "Allow", "Principal": {"AWS": ["111122223333", "*"], "Service": "ec2.amazonaws.com"},
       "Action": ["s3:GetObject", "s3:PutObject"], "NotResource": "arn:aws:s3:::b",
       "Condition": {"Bool": {"aws:SecureTransport": true}, "NumericLessThan": {"s3:max-keys": 10}}},
      {"Effect": "Deny", "NotPrincipal": {"Federated": "accounts.google.com"}, "NotAction": "s3:*", "Resource": ["*"]}]})");
  EXPECT_TRUE(r.diagnostics.empty());
  EXPECT_FALSE(r.document.gap);
  EXPECT_EQ(r.document.version, PolicyVersion::v2012_10_17);
  ASSERT_EQ(r.document.statements.size(), 2U);
  const Statement& a = r.document.statements[0];
  EXPECT_EQ(r.view(a.sid), "A");
  EXPECT_EQ(a.effect, Effect::allow);
  ASSERT_EQ(a.principals.size(), 3U);
  EXPECT_EQ(a.principals[0].kind, PrincipalKind::aws);
  EXPECT_EQ(a.principals[1].kind, PrincipalKind::any);
  EXPECT_EQ(a.principals[2].kind, PrincipalKind::service);
  EXPECT_EQ(a.actions.size(), 2U);
  EXPECT_TRUE(a.not_resource);
  ASSERT_EQ(a.conditions.size(), 2U);
  EXPECT_EQ(r.view(a.conditions[0].values.at(0)), "true");
  EXPECT_EQ(r.view(a.conditions[1].values.at(0)), "10");
  EXPECT_FALSE(a.gap);
  const Statement& b = r.document.statements[1];
  EXPECT_EQ(b.effect, Effect::deny);
  EXPECT_TRUE(b.not_principal && b.not_action);
}

TEST(ReadPolicy, AbsentVersionIsTheOldOne) {
  EXPECT_EQ(Reading(R"({"Statement": []})").document.version, PolicyVersion::v2008_10_17);
}

TEST(ReadPolicy, WhatItDoesNotUnderstandMarksTheStatementAndTellsWhere) {
  const struct {
    const char* members;
    const char* message;
  } samples[] = {
      {R"("Condition:": {"Bool": {"aws:SecureTransport": "true"}})", "unknown element `Condition:`"},
      {R"("condition": {"Bool": {"aws:SecureTransport": "true"}})", "unknown element `condition`"},
      {R"("Condition": {"Bol": {"aws:SecureTransport": "true"}})", "unknown condition operator `Bol`"},
      {R"("Condition": {"NullIfExists": {"aws:SecureTransport": "true"}})",
       "unknown condition operator `NullIfExists`"},
      {R"("Condition": {"Bool": "true"})", "`Bool` must hold condition keys"},
      {R"("Condition": {"Bool": {"aws:SecureTransport": null}})", "`aws:SecureTransport` must be"},
      {R"("Condition": {"StringEquals": {"aws:SourceVpc": []}})", "`aws:SourceVpc` must be"},
      {R"("Condition": {"StringEquals": {"aws:SourceVpc": "a", "AWS:SourceVpc": "b"}})",
       "condition key `AWS:SourceVpc` stands twice"},
      {R"("Condition": {"Bool": {"a:b": "true"}, "Bool": {"a:c": "true"}})", "operator `Bool` stands twice"},
      {R"("Condition": [])", "`Condition` must be an object"},
      {R"("NotAction": "s3:*")", "exclude each other"},
      {R"("NotResource": "*")", "exclude each other"},
      {R"("Resource": "arn:aws:s3:::b")", "`Resource` stands twice"},
      {R"("Effect": "Deny")", "`Effect` stands twice"},
      {R"("Principal": "arn:aws:iam::111122223333:root")", "a principal must be"},
      {R"("Principal": {"Aws": "*"})", "unknown kind of principal `Aws`"},
      {R"("Principal": {})", "no principal"},
      {R"("Principal": {"AWS": []})", "`AWS` must be"},
  };
  for (const auto& sample : samples) {
    const Reading r(with(sample.members));
    EXPECT_TRUE(r.only().gap) << sample.members;
    ASSERT_FALSE(r.diagnostics.empty()) << sample.members;
    EXPECT_NE(r.diagnostics[0].message.find(sample.message), std::string::npos) << r.diagnostics[0].message;
    EXPECT_NE(r.diagnostics[0].message.find("statement 1 of policy `p`"), std::string::npos);
  }
}

TEST(ReadPolicy, WhatItDoesNotUnderstandStandsInItsWidestForm) {
  const Reading action(R"({"Statement": {"Effect": "Allow", "Action": 7, "Resource": "arn:aws:s3:::b"}})");
  EXPECT_EQ(action.view(action.only().actions.at(0)), "*");
  EXPECT_EQ(action.view(action.only().resources.at(0)), "arn:aws:s3:::b");
  const Reading resource(R"({"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": {"a": 1}}})");
  EXPECT_EQ(resource.view(resource.only().resources.at(0)), "*");
  const Reading principal(R"({"Statement": {"Effect": "Deny", "NotPrincipal": 1, "Action": "s3:*", "Resource": "*"}})");
  EXPECT_FALSE(principal.only().not_principal);
  EXPECT_EQ(principal.only().principals.at(0).kind, PrincipalKind::any);
  const Reading effect(R"({"Statement": {"Effect": "allow", "Action": "s3:*", "Resource": "*"}})");
  EXPECT_FALSE(effect.only().effect_known);
  const Reading nothing(R"({"Statement": [7]})");
  EXPECT_FALSE(nothing.only().effect_known);
  EXPECT_TRUE(nothing.only().gap);
}

TEST(ReadPolicy, ADocumentThatIsNoneIsUnknownAsAWhole) {
  for (const char* text : {"", " ", "7", "[]", "{", "{}", "null", R"({"Version": "2012-10-17"})",
                           R"({"Statement": [], "Comment": 1})", R"({"Version": "2020-01-01", "Statement": []})",
                           R"({"Statement": [], "Statement": []})", R"({"Statement": []} {"Statement": []})"}) {
    const Reading r(text);
    EXPECT_TRUE(r.document.gap) << text;
    EXPECT_FALSE(r.diagnostics.empty()) << text;
  }
}

TEST(ReadPolicy, ReadsPercentEncodedTextAndTextInsideJson) {
  const Reading encoded(
      "%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3A%2A%22%2C%22Resource%22%3A%22%2A%"
      "22%7D%5D%7D");
  EXPECT_FALSE(encoded.document.gap);
  EXPECT_EQ(encoded.view(encoded.only().actions.at(0)), "s3:*");
  EXPECT_TRUE(Reading("%7").document.gap);
  const Reading text(R"("{\"Statement\": [{\"Effect\": \"Deny\", \"Action\": \"s3:*\", \"Resource\": \"*\"}]}")");
  EXPECT_EQ(text.only().effect, Effect::deny);
}

TEST(ReadPolicy, PlacesInsideATextAreThoseOfTheTextAround) {
  Registry registry;
  Diagnostics diagnostics;
  const std::string answer = "{\n  \"Policy\": \"{\\\"Statement\\\": [{\\\"Efect\\\": \\\"Allow\\\"}]}\"\n}";
  const DocumentId file = registry.documents.add_text("answer.json", answer);
  const auto tree = json::parse(answer, file);
  ASSERT_TRUE(tree);
  const PolicyDocument document = read_policy(tree->root()["Policy"], "policy `p`", registry, diagnostics);
  ASSERT_FALSE(diagnostics.empty());
  EXPECT_EQ(registry.documents.show(diagnostics[0].origin), "answer.json:2");
  EXPECT_EQ(registry.documents.show(document.statements.at(0).origin), "answer.json:2");
}

TEST(ReadPolicy, SymbolsSurviveTheParserAndCannotBeForged) {
  const std::string vpce =
      "\xFF"
      "aws_vpc_endpoint.s3.id"
      "\xFE";
  const Reading r(R"({"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::)" + vpce +
                  R"(/*", "Condition": {"StringEquals": {"aws:SourceVpce": [")" + vpce + R"(", "vpce-1"]}}}})");
  EXPECT_FALSE(r.document.gap);
  EXPECT_EQ(r.view(r.only().resources.at(0)), "arn:aws:s3:::" + vpce + "/*");
  EXPECT_EQ(r.view(r.only().conditions.at(0).values.at(0)), vpce);
  EXPECT_EQ(r.view(r.only().conditions.at(0).values.at(1)), "vpce-1");
  EXPECT_TRUE(Reading("{\"Statement\": [], \"Id\": \"" + vpce + "\\ue0000\\ue001\"}").document.gap);
  EXPECT_TRUE(Reading("{\"Statement\": [], \"Id\": \"" + vpce + "\xEE\x80\x80\"}").document.gap);
  EXPECT_TRUE(Reading("%7B%FFx%FE").document.gap);
  const Reading whole(vpce);
  ASSERT_TRUE(whole.document.gap);
  EXPECT_EQ(whole.registry.gaps[whole.document.gap].kind, GapKind::known_after_apply);
}

}  // namespace
}  // namespace sallyport::read
