// Every code fires on a document that has the mistake and is silent on its counterpart:
// tests/iam_lint/codes.txt.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "iam_lint/support.h"

namespace sallyport::iam::lint {
namespace {

struct Example {
  int line = 0;
  std::string code;
  PolicyUse use = PolicyUse::identity;
  std::string service;
  bool fires = false;
  std::string text;
};

// A document of that many characters, without white space.
std::string large(std::size_t size, PolicyUse use, bool blanks) {
  const bool principal = use == PolicyUse::endpoint || use == PolicyUse::trust || use == PolicyUse::rcp;
  std::string text = R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",)";
  text += principal ? R"("Principal":{"AWS":"111122223333"},)" : "";
  text += use == PolicyUse::trust ? R"("Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":")"
                                  : R"("Action":"s3:GetObject","Resource":["arn:aws:s3:::b/)";
  const std::string end = use == PolicyUse::trust ? R"("}}}]})" : R"("]}]})";
  const std::size_t missing = size - std::min(size, text.size() + end.size());
  text += blanks ? "x" : std::string(missing, 'x');
  text += end;
  if (blanks) text.insert(1, missing - 1, ' ');
  return text;
}

std::vector<Example> examples() {
  std::ifstream in(std::string(SALLYPORT_SOURCE_DIR) + "/tests/iam_lint/codes.txt");
  std::vector<Example> out;
  Example head;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    if (line[0] != '+' && line[0] != '-') {
      std::istringstream words(line);
      std::string use;
      head = {};
      words >> head.code >> use >> head.service;
      const auto parsed = parse_policy_use(use);
      EXPECT_TRUE(parsed) << number;
      head.use = parsed.value_or(PolicyUse::identity);
      continue;
    }
    Example example = head;
    example.line = number;
    example.fires = line[0] == '+';
    example.text = line.substr(2);
    if (example.text.rfind("large ", 0) == 0 || example.text.rfind("blanks ", 0) == 0) {
      const bool blanks = example.text[0] == 'b';
      example.text = large(std::stoul(example.text.substr(example.text.find(' ') + 1)), example.use, blanks);
    } else if (example.text.find("\"Statement\"") == std::string::npos) {
      example.text = statements(example.text);
    }
    out.push_back(std::move(example));
  }
  return out;
}

TEST(Codes, FireOnTheirMistakeAndAreSilentOnTheCounterpart) {
  for (const Example& e : examples()) {
    const Report report = lint(e.text, e.use, e.service);
    const auto found = codes_of(report.findings);
    EXPECT_EQ(found.count(e.code) > 0, e.fires)
        << "codes.txt:" << e.line << ": " << e.code << (e.fires ? " is not found" : " is found");
  }
}

TEST(Codes, EachHasAMistakeAndACounterpart) {
  std::map<std::string, std::pair<int, int>> seen;
  for (const Example& e : examples()) e.fires ? ++seen[e.code].first : ++seen[e.code].second;
  for (const Code& code : codes()) {
    EXPECT_GT(seen[code.id].first, 0) << code.id;
    EXPECT_GT(seen[code.id].second, 0) << code.id;
  }
  EXPECT_EQ(seen.size(), codes().size()) << "an example of a code that does not exist";
}

TEST(Codes, AreSortedAndNameAPage) {
  EXPECT_TRUE(std::is_sorted(codes().begin(), codes().end(),
                             [](const Code& a, const Code& b) { return std::string_view(a.id) < b.id; }));
  for (const Code& code : codes()) {
    EXPECT_TRUE(std::string_view(code.page).starts_with("https://docs.aws.amazon.com/")) << code.id;
    EXPECT_STREQ(lint::code(code.id).id, code.id);
  }
}

// The page for users lists them with the same words.
TEST(Codes, TheirPageSaysTheSame) {
  std::ifstream in(std::string(SALLYPORT_SOURCE_DIR) + "/docs/commands/policy-check-codes.md");
  std::ostringstream text;
  text << in.rdbuf();
  for (const Code& code : codes()) {
    const std::string row = "| `" + std::string(code.id) + "` | " + name(code.level) + " | " + code.title +
                            " | [page](" + code.page + ") |";
    EXPECT_NE(text.str().find(row), std::string::npos) << row;
  }
}

TEST(Codes, ACleanDocumentHasNone) {
  const char* text = R"({"Version": "2012-10-17", "Statement": [
      {"Sid": "Read", "Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"],
       "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]},
      {"Sid": "Outside", "Effect": "Deny", "Action": "s3:*", "Resource": "*",
       "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0b7"}, "Bool": {"aws:ViaAWSService": "false"}}}]})";
  const Report report = lint(text, PolicyUse::identity);
  EXPECT_TRUE(report.findings.empty()) << report.findings.front().message;
  EXPECT_TRUE(report.undecided.empty());
}

TEST(Codes, SuggestWhatWasMeant) {
  const auto message = [](const char* text, const char* code) {
    for (const Finding& f : lint(statements(text), PolicyUse::identity).findings) {
      if (std::string_view(f.code->id) == code) return f.message;
    }
    return std::string();
  };
  EXPECT_THAT(message(R"({"Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "*"})", "unknown-action"),
              testing::HasSubstr("did you mean `s3:GetObject`?"));
  EXPECT_THAT(message(R"({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition:": {}})", "unknown-element"),
              testing::HasSubstr("did you mean `Condition`?"));
  EXPECT_THAT(
      message(
          R"({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringLikes": {"aws:SourceVpc": "x"}}})",
          "unknown-operator"),
      testing::HasSubstr("did you mean `StringLike`?"));
  EXPECT_THAT(
      message(
          R"({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringLike": {"aws:SourceVcpe": "x"}}})",
          "unknown-key"),
      testing::HasSubstr("did you mean `aws:SourceVpce`?"));
}

TEST(Codes, WhatATypeWouldDecideIsUndecidedWithoutIt) {
  const std::string text = statements(R"({"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*",
      "Condition": {"StringNotEquals": {"aws:SourceVpc": "vpc-1"}}})");
  const auto found = documents_of(text);
  const Report report = check({.source = found.front().source, .use = PolicyUse::resource, .use_known = false});
  EXPECT_EQ(codes_of(report.undecided).count("allows-nothing"), 1U);
  EXPECT_TRUE(check({.source = found.front().source, .use = PolicyUse::resource}).undecided.empty());
}

}  // namespace
}  // namespace sallyport::iam::lint
