// What `compare` says of small documents, by rule; every witness is asked of the engine.
#include "compare_support.h"

#include <gtest/gtest.h>

namespace sallyport::iam::sets {
namespace {

TEST(Compare, Actions) {
  Pair p;
  EXPECT_EQ(p.actions(R"("Action": "s3:GetObject")", R"("Action": "s3:Get*")"), "more");
  EXPECT_EQ(p.actions(R"("Action": "s3:getobject")", R"("Action": "S3:GetObject")"), "equivalent");
  EXPECT_EQ(p.actions(R"("Action": ["s3:*"])", R"("Action": ["s3:Get*", "s3:*"])"), "equivalent");
  EXPECT_EQ(p.actions(R"("Action": "s3:*")", R"("NotAction": "sqs:*")"), "more");
  EXPECT_EQ(p.actions(R"("Action": "s3:Get*")", R"("Action": "s3:*Object")"), "incomparable");
  EXPECT_EQ(p.actions(R"("Action": "s3:?*")", R"("Action": "s3:*")"), "equivalent") << "an action has a name";
  EXPECT_EQ(p.actions(R"("Action": ["s3:a*", "s3:b*"])", R"("Action": "s3:*")"), "more");
  EXPECT_EQ(p.actions(R"("Action": "s3*")", R"("Action": "s3:*")"), "unknown") << "AWS does not say";
  EXPECT_EQ(p.actions(R"("Action": "s3*")", R"("Action": "s3*")"), "equivalent") << "equally unclear";
}

TEST(Compare, ResourcesAndStarsOfTheirParts) {
  Pair p;
  EXPECT_EQ(p.resources(R"("Resource": "arn:aws:s3:::b/*")", R"("Resource": "arn:aws:s3:::b*")"), "more");
  EXPECT_EQ(p.resources(R"("Resource": "*")", R"("Resource": "arn:*")"), "less") << "`*` without resource level";
  EXPECT_EQ(p.last.less->resource, "*");
  EXPECT_EQ(p.resources(R"("Resource": "arn:aws:SQS:a:1:q")", R"("Resource": "arn:aws:sqs:a:1:q")"), "equivalent");
  EXPECT_EQ(p.resources(R"("Resource": "arn:aws:SQS:*")", R"("Resource": "arn:aws:sqs:*")"), "equivalent");
  EXPECT_EQ(p.resources(R"("Resource": "arn:aws:sqs:a:1:q")", R"("Resource": "arn:aws:SQS:*")"), "more");
  EXPECT_EQ(p.resources(R"("Resource": "arn:aws:sqs:a:1:q")", R"("Resource": "arn:aws:sqs:a:1:Q")"), "incomparable");
  // MA-3: a star that ends a part may reach beyond it; equal causes are equal.
  EXPECT_EQ(p.resources(R"("Resource": "arn:aws:sqs:*:1:q")", R"("Resource": "arn:aws:sqs:*:1:q")"), "equivalent");
  EXPECT_EQ(p.resources(R"("Resource": ["arn:aws:sqs:*:1:q", "arn:aws:s3:::b"])", R"("Resource": "arn:aws:sqs:*:1:q")"),
            "less");
  EXPECT_EQ(p.resources(R"("Resource": "arn:aws:sqs:eu-*:1:q")", R"("Resource": "arn:aws:sqs:*:1:q")"), "unknown")
      << "one star may reach where the other does not";
  EXPECT_EQ(p.resources(R"("Resource": "arn:aws:sqs:eu:1:q")", R"("Resource": "arn:aws:sqs:*:1:q")"), "more");
  EXPECT_EQ(p.resources(R"("NotResource": "arn:aws:s3:::b/*")", R"("Resource": "*")"), "more");
}

TEST(Compare, DenyTakesAway) {
  Pair p;
  const std::string allow = R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})";
  const std::string deny = R"({"Effect": "Deny", "Action": "s3:Delete*", "Resource": "*"})";
  const std::string other = R"({"Effect": "Deny", "Action": "sqs:*", "Resource": "*"})";
  EXPECT_EQ(p.statements(allow, allow + "," + deny), "less");
  EXPECT_EQ(p.statements(allow, allow + "," + other), "equivalent") << "denies what nobody allows";
  EXPECT_EQ(p.statements(deny, other), "equivalent") << "both allow nothing";
  EXPECT_EQ(p.statements(allow, R"({"Effect": "Allow", "NotAction": ["s3:Delete*"], "Resource": "*"})"),
            "incomparable");
}

TEST(Compare, KeysThatAreThereOrNot) {  // CO-1
  Pair p;
  const char* equals = R"({"StringEquals": {"aws:SourceVpce": "vpce-1"}})";
  EXPECT_EQ(p.conditions(equals, R"({"StringEqualsIfExists": {"aws:SourceVpce": "vpce-1"}})"), "more");
  EXPECT_TRUE(p.last.more->context.empty()) << "the key is absent";
  EXPECT_EQ(p.conditions(equals, R"({"StringEquals": {"AWS:sourcevpce": "vpce-1"}})"), "equivalent");
  EXPECT_EQ(p.conditions(equals, R"({"StringEquals": {"aws:SourceVpce": ["vpce-1", "vpce-2"]}})"), "more");
  EXPECT_EQ(p.conditions(equals, R"({"StringLike": {"aws:SourceVpce": "vpce-*"}})"), "more");
  EXPECT_EQ(p.conditions(equals, R"({"StringNotEquals": {"aws:SourceVpce": "vpce-1"}})"), "incomparable");
  EXPECT_EQ(p.conditions(R"({"StringLike": {"aws:SourceVpce": "*"}})", R"({"Null": {"aws:SourceVpce": "false"}})"),
            "equivalent");
  EXPECT_EQ(p.conditions(R"({"StringNotLike": {"aws:SourceVpce": "*"}})", R"({"Null": {"aws:SourceVpce": "true"}})"),
            "equivalent");
}

TEST(Compare, ValuesByType) {  // CO-3, CO-5
  Pair p;
  EXPECT_EQ(p.conditions(R"({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}})",
                         R"({"IpAddress": {"aws:SourceIp": ["10.0.0.0/9", "10.128.0.0/9"]}})"),
            "equivalent");
  EXPECT_EQ(p.conditions(R"({"IpAddress": {"aws:SourceIp": "10.0.1.0/24"}})",
                         R"({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}})"),
            "more");
  EXPECT_EQ(p.conditions(R"({"NumericLessThan": {"s3:max-keys": "10"}})",
                         R"({"NumericLessThanEquals": {"s3:max-keys": "10"}})"),
            "more");
  EXPECT_EQ(p.last.more->context[0].second, std::vector<std::string>{"10"});
  EXPECT_EQ(
      p.conditions(R"({"NumericLessThan": {"s3:max-keys": "0.1"}})", R"({"NumericLessThan": {"s3:max-keys": "0.11"}})"),
      "more");
  EXPECT_EQ(p.conditions(R"({"DateLessThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}})",
                         R"({"DateLessThan": {"aws:CurrentTime": "2026-01-01T01:00:00+01:00"}})"),
            "equivalent");
  EXPECT_EQ(
      p.conditions(R"({"Bool": {"aws:SecureTransport": "true"}})", R"({"Bool": {"aws:SecureTransport": "false"}})"),
      "incomparable");
  EXPECT_EQ(p.conditions(R"({"BinaryEquals": {"a:b": "QUJD"}})", R"({"BinaryEquals": {"a:b": ["QUJD", "QUJE"]}})"),
            "more");
  EXPECT_EQ(p.conditions(R"({"StringEquals": {"a:b": "x"}})", R"({"StringEqualsIgnoreCase": {"a:b": "X"}})"), "more");
  EXPECT_EQ(p.conditions(R"({"ArnLike": {"a:b": "arn:aws:s3:::b/*"}})", R"({"ArnLike": {"a:b": "arn:aws:s3:::b*"}})"),
            "more");
  EXPECT_EQ(
      p.conditions(R"({"ArnLike": {"a:b": "arn:aws:sqs:*:1:q"}})", R"({"StringLike": {"a:b": "arn:aws:sqs:*:1:q"}})"),
      "more")
      << "the star of an ARN keeps to its part";
  // A value that is no truth: what `Bool` makes of it, AWS does not say.
  EXPECT_EQ(p.conditions(R"({"Bool": {"a:b": ["true", "false"]}})", R"({"Null": {"a:b": "false"}})"), "unknown");
}

TEST(Compare, KeysWithSeveralValues) {  // CO-2
  Pair p;
  const char* any = R"({"ForAnyValue:StringEquals": {"aws:TagKeys": ["a", "b"]}})";
  const char* all = R"({"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}})";
  EXPECT_EQ(p.conditions(any, all), "incomparable");
  EXPECT_EQ(p.conditions(R"({"ForAnyValue:StringEquals": {"aws:TagKeys": "a"}})", any), "more");
  EXPECT_EQ(p.conditions(R"({"ForAllValues:StringEquals": {"aws:TagKeys": "a"}})", all), "more");
  EXPECT_EQ(p.conditions(all, R"({"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]},
                                  "Null": {"aws:TagKeys": "false"}})"),
            "less");
  EXPECT_EQ(p.conditions(R"({"ForAnyValue:StringEquals": {"aws:TagKeys": "a"},
                             "ForAnyValue:StringLike": {"aws:TagKeys": "b"}})",
                         R"({"ForAnyValue:StringEquals": {"aws:TagKeys": "a"}})"),
            "more")
      << "one value is a, another b";
  // The same on a key with one value at most: it cannot be both.
  EXPECT_EQ(p.conditions(R"({"StringEquals": {"aws:SourceVpce": "a"}, "StringLike": {"aws:SourceVpce": "b"}})",
                         R"({"StringEquals": {"aws:SourceVpce": "a"}})"),
            "more");
  EXPECT_EQ(p.conditions(R"({"StringEquals": {"aws:SourceVpce": "a"}, "StringLike": {"aws:SourceVpce": "b"}})",
                         R"({"Null": {"aws:SourceVpce": ["true"]}, "StringLike": {"aws:SourceVpce": "b"}})"),
            "equivalent")
      << "both hold for no request";
}

TEST(Compare, Variables) {  // CO-6
  Pair p;
  const char* home = R"("Resource": "arn:aws:s3:::b/${aws:username}/*")";
  EXPECT_EQ(p.resources(home, home), "equivalent");
  EXPECT_EQ(p.resources(home, R"("Resource": "arn:aws:s3:::b/*")"), "more");
  EXPECT_EQ(p.resources(home, R"("Resource": "arn:aws:s3:::c/*")"), "incomparable");
  EXPECT_EQ(p.resources(home, R"("Resource": ["arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::c/*"])"), "more");
  EXPECT_EQ(p.conditions(R"({"StringEquals": {"aws:ResourceTag/owner": "${aws:username}"}})",
                         R"({"StringLike": {"aws:ResourceTag/owner": "*"}})"),
            "more");
  const std::string statement = R"({"Effect": "Allow", "Action": "*", )" + std::string(home) + "}";
  EXPECT_EQ(p.relation(p.document(statement), p.document(statement, "2008-10-17")), "incomparable")
      << "literal text before 2012";
}

TEST(Compare, Principals) {  // MA-5
  Pair p;
  const char* account = R"("Principal": {"AWS": "111122223333"})";
  const char* role = R"("Principal": {"AWS": "arn:aws:iam::111122223333:role/app"})";
  EXPECT_EQ(p.principals(account, R"("Principal": {"AWS": "arn:aws:iam::111122223333:root"})"), "equivalent");
  EXPECT_EQ(p.principals(role, account), "more");
  EXPECT_EQ(p.principals(account, R"("Principal": "*")"), "more");
  EXPECT_EQ(p.principals(role, R"("Principal": {"AWS": "arn:aws:sts::111122223333:assumed-role/app/s"})"), "less");
  EXPECT_EQ(p.principals(role, R"("Principal": {"Service": "sns.amazonaws.com"})"), "incomparable");
  EXPECT_EQ(p.last.more->principal, "sns.amazonaws.com");
  EXPECT_EQ(p.principals(R"("NotPrincipal": {"AWS": "111122223333"})", R"("Principal": "*")"), "more");
  EXPECT_EQ(p.principals(R"("Principal": {"AWS": "AIDACKCEVSQ6C2EXAMPLE"})",
                         R"("Principal": {"AWS": ["AIDACKCEVSQ6C2EXAMPLE", "AIDACKCEVSQ6C2EXAMPL2"]})"),
            "more");
  EXPECT_EQ(p.principals(R"("Principal": {"AWS": "arn:aws:iam::111122223333:role/app-*"})", account), "more");
  EXPECT_EQ(p.principals(R"("Principal": {"AWS": "arn:aws:iam::111122223333:role/app-*"})",
                         R"("Principal": {"AWS": "arn:aws:iam::111122223333:role/app-x"})"),
            "unknown");
}

TEST(Compare, WhatIsNotUnderstoodIsUnknown) {
  Pair p;
  const std::string allow = R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})";
  EXPECT_EQ(p.statements(allow, allow + R"(, {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition:": {}})"),
            "unknown");
  EXPECT_EQ(p.relation(p.document(allow), read::read_policy_text("[", {}, "p", p.registry, p.diagnostics)), "unknown");
  EXPECT_EQ(p.statements(R"({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"})", allow), "unknown")
      << "an identity policy with a principal";
}

TEST(Compare, IdsThatDoNotExistYet) {
  Pair p;
  const auto vpce = [&](const std::string& id) {
    return p.document(R"({"Effect": "Allow", "Action": "*", "Resource": "*",
                          "Condition": {"StringEquals": {"aws:SourceVpce": ")" +
                      id + "\"}}}");
  };
  const std::string one =
      "\xFF"
      "aws_vpc_endpoint.one.id"
      "\xFE";
  const std::string two =
      "\xFF"
      "aws_vpc_endpoint.two.id"
      "\xFE";
  EXPECT_EQ(p.relation(vpce(one), vpce(one)), "equivalent");
  EXPECT_EQ(p.relation(vpce(one), vpce(two)), "incomparable");
  EXPECT_EQ(p.relation(vpce(one), vpce("vpce-1")), "incomparable");
  EXPECT_EQ(p.relation(vpce("a" + one), vpce("a" + one)), "equivalent");
  EXPECT_EQ(p.relation(vpce("a" + one), vpce("ab")), "unknown") << "it may become `b`";
}

TEST(Compare, HostileDocumentsAreBounded) {
  Pair p;
  std::string many;
  for (int i = 0; i < 40; ++i) {
    const std::string n = std::to_string(i);
    many += std::string(i == 0 ? "" : ",") + R"({"Effect": ")" + (i % 2 == 0 ? "Allow" : "Deny") +
            R"(", "Action": "*x)" + n + R"(*y*", "Resource": "arn:aws:s3:::*)" + n + R"(*?????)" + n +
            R"(*", "Condition": {"StringLike": {"a:b": "*)" + n + R"(*", "a:c": "*)" + n + R"(?*"}}})";
  }
  const auto c =
      compare(p.document(many), p.document(many + R"(, {"Effect": "Allow", "Action": "*", "Resource": "*"})"),
              PolicyType::identity, p.registry);
  ASSERT_TRUE(c);
  EXPECT_EQ(c->relation, Relation::unknown);
  ASSERT_FALSE(c->gaps.empty());
}

}  // namespace
}  // namespace sallyport::iam::sets
