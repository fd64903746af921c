// Documents in files, for what they are used, and the places of what is found in them.
#include "iam_lint/support.h"
#include "read/policy/source.h"

namespace sallyport::iam::lint {
namespace {

Place place_of(const std::string& text, Origin origin) {
  Documents documents;
  EXPECT_EQ(documents.add_text("f", text), 1U);
  return documents.place(origin);
}

const Finding& only(const Report& report, std::string_view code) {
  static const Finding none;
  const Finding* found = nullptr;
  for (const Finding& f : report.findings) {
    if (f.code->id == code) {
      EXPECT_EQ(found, nullptr) << "two findings " << code;
      found = &f;
    }
  }
  EXPECT_NE(found, nullptr) << "no finding " << code;
  return found == nullptr ? none : *found;
}

TEST(Places, AreThoseOfTheElement) {
  const std::string text =
      "{\n"
      "  \"Version\": \"2012-10-17\",\n"
      "  \"Statement\": [\n"
      "    {\"Sid\": \"x\", \"Effect\": \"Allow\", \"Action\": [\"s3:GetObject\",\n"
      "      \"s3:Nothing\"], \"Resource\": \"*\",\n"
      "     \"Condition:\": {}}\n"
      "  ]\n"
      "}\n";
  const Report report = lint(text, PolicyUse::identity);
  const Finding& action = only(report, "unknown-action");
  EXPECT_EQ(action.pointer, "/Statement/0/Action/1");
  EXPECT_EQ(action.statement, 1U);
  EXPECT_EQ(action.sid, "x");
  EXPECT_EQ(place_of(text, action.origin).line, 5U);
  EXPECT_EQ(place_of(text, action.origin).column, 7U);
  const Finding& element = only(report, "unknown-element");
  EXPECT_EQ(element.pointer, "/Statement/0/Condition:");
  EXPECT_EQ(place_of(text, element.origin).line, 6U);
  EXPECT_EQ(place_of(text, element.origin).column, 6U);
}

// The column of an action inside a text inside an answer.
void expect_at(const std::string& text, const std::string& needle) {
  const auto found = documents_of(text);
  ASSERT_EQ(found.size(), 1U) << text;
  const Report report = check({.source = found.front().source, .use = PolicyUse::identity});
  EXPECT_EQ(only(report, "unknown-action").origin.offset, text.find(needle)) << text;
}

TEST(Places, InATextInAnAnswerAreThoseOfTheFile) {
  expect_at(
      R"({"Policy": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:Nothing\", \"Resource\": \"*\"}]}"})",
      R"(\"s3:Nothing)");
  expect_at(
      "{\"Policy\": \"{\\\"Statement\\\": [{\\\"Sid\\\": \\\"\\u00e9\\ud83d\\ude00\\\", \\\"Effect\\\": \\\"Allow\\\", "
      "\\\"Action\\\": \\\"s3:Nothing\\\", \\\"Resource\\\": \\\"*\\\"}]}\"}",
      "\\\"s3:Nothing");
  expect_at(
      "{\"PolicyDocument\": "
      "\"%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3ANothing%22%2C"
      "%22Resource%22%3A%22*%22%7D%5D%7D\"}",
      "%22s3%3ANothing");
}

TEST(Pointers, AreEscaped) {
  const Report report = lint(
      statements(
          R"({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalTag/a~b": "x*"}}})"),
      PolicyUse::identity);
  EXPECT_EQ(only(report, "literal-wildcard").pointer, "/Statement/0/Condition/StringEquals/aws:PrincipalTag~1a~0b");
}

struct Told {
  const char* text;
  const char* use;
  const char* service;
  const char* pointer;
};

TEST(Find, WhatStandsAroundADocumentTellsItsUse) {
#define DOC R"({"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]})"
  const Told rows[] = {
      {R"({"VpcEndpoints": [{"VpcEndpointId": "vpce-1", "VpcEndpointType": "Gateway",
          "ServiceName": "com.amazonaws.eu-central-1.s3", "PolicyDocument": )" DOC "}]}",
       "gateway-endpoint", "s3", "/VpcEndpoints/0/PolicyDocument"},
      {R"({"VpcEndpoints": [{"VpcEndpointId": "vpce-1", "VpcEndpointType": "Interface",
          "ServiceName": "com.amazonaws.eu-central-1.monitoring", "PolicyDocument": )" DOC "}]}",
       "endpoint", "cloudwatch", "/VpcEndpoints/0/PolicyDocument"},
      {R"({"RoleName": "r", "PolicyName": "p", "PolicyDocument": )" DOC "}", "identity", "", "/PolicyDocument"},
      {R"({"Role": {"RoleName": "r", "AssumeRolePolicyDocument": )" DOC "}}", "trust", "",
       "/Role/AssumeRolePolicyDocument"},
      {R"({"PolicyVersion": {"VersionId": "v1", "IsDefaultVersion": true, "Document": )" DOC "}}", "identity", "",
       "/PolicyVersion/Document"},
      {R"({"Policy": {"PolicySummary": {"Type": "RESOURCE_CONTROL_POLICY"}, "Content": )" DOC "}}", "rcp", "",
       "/Policy/Content"},
      {R"({"Policy": {"PolicySummary": {"Type": "SERVICE_CONTROL_POLICY"}, "Content": )" DOC "}}", "scp", "",
       "/Policy/Content"},
      {R"({"Policy": )" DOC "}", "resource", "", "/Policy"},
      {R"({"planned_values": {"root_module": {"resources": [{"type": "aws_vpc_endpoint", "values": {"vpc_endpoint_type": "Interface",
          "service_name": "com.amazonaws.eu-central-1.sqs", "policy": )" DOC "}}]}}}",
       "endpoint", "sqs", "/planned_values/root_module/resources/0/values/policy"},
      {R"({"values": {"root_module": {"resources": [{"type": "aws_kms_key", "values": {"policy": )" DOC "}}]}}}",
       "resource", "kms", "/values/root_module/resources/0/values/policy"},
      {R"({"Resources": {"E": {"Type": "AWS::EC2::VPCEndpoint", "Properties": {"VpcEndpointType": "Interface", "PolicyDocument": )" DOC
       "}}}}",
       "endpoint", "", "/Resources/E/Properties/PolicyDocument"},
  };
#undef DOC
  for (const Told& row : rows) {
    const auto found = documents_of(row.text);
    ASSERT_EQ(found.size(), 1U) << row.text;
    ASSERT_TRUE(found.front().told.use) << row.text;
    EXPECT_STREQ(name(*found.front().told.use), row.use) << row.text;
    EXPECT_EQ(found.front().told.service, row.service) << row.text;
    EXPECT_EQ(found.front().pointer, row.pointer);
  }
}

TEST(Find, OldVersionsOfAManagedPolicyAreNotInForce) {
  const auto found = documents_of(R"({"PolicyVersionList": [
      {"VersionId": "v2", "IsDefaultVersion": true, "Document": {"Statement": []}},
      {"VersionId": "v1", "IsDefaultVersion": false, "Document": {"Statement": []}}]})");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_TRUE(found[0].told.in_force);
  EXPECT_FALSE(found[1].told.in_force);
}

TEST(Find, ContentsTellTheRest) {
  const auto use = [](const std::string& list) {
    return read::use_by_content(documents_of(statements(list)).front().source);
  };
  EXPECT_EQ(use(R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})"), PolicyUse::identity);
  EXPECT_EQ(use(R"({"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"})"), PolicyUse::resource);
  EXPECT_EQ(use(R"({"Effect": "Allow", "Principal": "*", "Action": ["sts:AssumeRole", "sts:TagSession"]})"),
            PolicyUse::trust);
}

TEST(Find, OtherThingsAreNoDocuments) {
  EXPECT_FALSE(read::find_policies("{}", 1));
  EXPECT_FALSE(read::find_policies("", 1));
  EXPECT_FALSE(read::find_policies("{\"Statement\": ", 1));
  // A rule of a web application firewall has a `Statement`, too.
  EXPECT_FALSE(read::find_policies(R"({"Rules": [{"Name": "r", "Statement": {"ManagedRuleGroupStatement": {}}}]})", 1));
  // A whole file that was meant to be one is one.
  EXPECT_TRUE(read::find_policies(R"({"Version": "2012-10-17", "statement": []})", 1));
}

TEST(Find, LinesOfJsonAreDocuments) {
  const auto found = documents_of("{\"Statement\": []}\n{\"Statement\": []}\n");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].pointer, "/1");
}

// A function of a template stands for what nobody knows yet: it is no mistake, and nothing follows from it.
TEST(Templates, FunctionsAreNoMistakes) {
  const Report report =
      lint(statements(R"({"Effect": "Deny", "Principal": {"AWS": {"Fn::Sub": "x"}}, "Action": {"Ref": "A"},
      "Resource": [{"Fn::GetAtt": ["B", "Arn"]}], "Condition": {"StringEquals": {"Fn::GetAtt": ["C", "D"]}}})"),
           PolicyUse::endpoint);
  EXPECT_TRUE(report.findings.empty()) << report.findings.front().message;
}

}  // namespace
}  // namespace sallyport::iam::lint
