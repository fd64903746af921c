// The JSON answers are the API: each real one conforms to its schema in docs/schema.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/authorize.h"
#include "cli/run.h"
#include "cli/schema.h"

namespace sallyport::cli {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Schemas schemas() { return Schemas(std::string(SALLYPORT_SOURCE_DIR) + "/docs/schema"); }

std::vector<std::string> violations(const std::string& command, const std::string& out) {
  const json answer = json::parse(out, nullptr, false);
  if (answer.is_discarded()) return {"no JSON: " + out.substr(0, 200)};
  return schemas().violations(command + ".schema.json", answer);
}

const std::vector<std::string> states = {"1-no-endpoints", "2-endpoints", "3-front-door-closed",
                                         "4-route-table-forgotten"};

TEST(Schema, TheValidatorSeesEachKindOfViolation) {
  Schemas s = schemas();
  const json schema = json::parse(R"({"type": "object", "required": ["a"], "properties": {
      "a": {"type": ["integer", "null"], "minimum": 0}, "b": {"enum": ["x", "y"]}, "c": {"const": 1},
      "d": {"type": "array", "items": {"type": "string"}}, "e": {"anyOf": [{"type": "string"}, {"type": "null"}]}},
      "additionalProperties": {"type": "boolean"}})");
  const auto of = [&](const char* text) { return s.violations(schema, json::parse(text)); };
  EXPECT_THAT(of(R"({"a": 1, "b": "x", "c": 1, "d": ["s"], "e": null, "f": true})"), IsEmpty());
  EXPECT_THAT(of("[]"), ElementsAre(HasSubstr("$ is no")));
  EXPECT_THAT(of("{}"), ElementsAre("$ has no a"));
  EXPECT_THAT(of(R"({"a": "1"})"), ElementsAre(HasSubstr("$.a is no")));
  EXPECT_THAT(of(R"({"a": -1})"), ElementsAre("$.a is less"));
  EXPECT_THAT(of(R"({"a": 1, "b": "z"})"), ElementsAre("$.b is \"z\""));
  EXPECT_THAT(of(R"({"a": 1, "c": 2})"), ElementsAre("$.c is 2"));
  EXPECT_THAT(of(R"({"a": 1, "d": [1]})"), ElementsAre(HasSubstr("$.d[0] is no")));
  EXPECT_THAT(of(R"({"a": 1, "e": 1})"), ElementsAre(HasSubstr("$.e fits none")));
  EXPECT_THAT(of(R"({"a": 1, "f": 1})"), ElementsAre(HasSubstr("$.f is no")));
  EXPECT_THAT(s.violations(json::parse(R"({"maximum": 1})"), 1), ElementsAre(HasSubstr("unknown keyword")));
  EXPECT_THAT(s.violations(json::parse(R"({"$ref": "common.schema.json#/$defs/end"})"), json::parse(R"({"id": "i"})")),
              ElementsAre("$ has no name", "$ has no kind"));
}

TEST(Answers, WhoConformsToItsSchema) {
  for (const auto& state : states) {
    for (const auto& [action, resource] :
         {std::pair("s3:GetObject", "s3delta/report.csv"), std::pair("s3:ListAllMyBuckets", "*"),
          std::pair("sts:AssumeRole", "arn:aws:iam::111122223333:role/alpha5-role"),
          std::pair("lambda:InvokeFunction", "lf6c"), std::pair("dynamodb:GetItem", "dy_epsilon")}) {
      const auto answer = run({"who", "--action", action, "--resource", resource, "--format", "json", example(state)});
      EXPECT_EQ(answer.status, answered) << answer.err;
      EXPECT_THAT(violations("who", answer.out), IsEmpty()) << state << " " << action;
    }
  }
}

TEST(Answers, PathsConformToTheirSchema) {
  for (const auto& state : states) {
    EXPECT_THAT(violations("paths", run({"paths", "--format", "json", example(state)}).out), IsEmpty()) << state;
    EXPECT_THAT(violations("paths", run({"paths", "--expand", "--every", "--format", "json", example(state)}).out),
                IsEmpty());
    EXPECT_THAT(violations("paths", run({"paths", "--summary", "--format", "json", example(state)}).out), IsEmpty());
  }
}

TEST(Answers, ReachConformsToItsSchema) {
  for (const auto& state : states) {
    for (const char* to : {"s3delta", "dy_epsilon", "lf6c", "internet", "10.71.14.5", "example.com"}) {
      const Ran ran = run({"reach", "--from", "alpha5", "--to", to, "--format", "json", example(state)});
      EXPECT_THAT(violations("reach", ran.out), IsEmpty()) << state << " " << to << ran.err;
    }
  }
  const Ran icmp = run(
      {"reach", "--from", "lf6c", "--to", "alpha5", "--protocol", "icmp", "--format", "json", example("2-endpoints")});
  EXPECT_THAT(violations("reach", icmp.out), IsEmpty());
  EXPECT_THAT(icmp.out, HasSubstr("\"port\": null"));
}

TEST(Answers, CanConformsToItsSchema) {
  for (const auto& state : states) {
    for (const char* from : {"alpha5", "internet"}) {
      for (const char* action : {"s3:GetObject", "s3:PutObject", "s3:DeleteObject"}) {
        const Ran ran = run({"can", "--principal", "omega9", "--from", from, "--action", action, "--resource",
                             "arn:aws:s3:::s3delta/report.csv", "--format", "json", example(state)});
        EXPECT_THAT(violations("can", ran.out), IsEmpty()) << state << " " << from << ran.err;
      }
    }
  }
}

TEST(Answers, PolicyCheckConformsToItsSchemaAndSaysWhere) {
  const std::string folder = std::string(SALLYPORT_SOURCE_DIR) + "/examples/policies/";
  const Ran bucket = run({"policy check", "--format", "json", folder + "bucket.json"});
  EXPECT_THAT(violations("policy-check", bucket.out), IsEmpty());
  EXPECT_EQ(bucket.status, found);
  const json answer = json::parse(bucket.out);
  EXPECT_EQ(answer["documents"][0]["type"], "resource");
  EXPECT_EQ(answer["documents"][0]["told"], "content");
  std::vector<std::string> lines;
  for (const json& f : answer["findings"]) {
    lines.push_back(f["code"].get<std::string>() + " " + std::to_string(f["where"]["line"].get<int>()) + ":" +
                    std::to_string(f["where"]["column"].get<int>()) + " " + f["where"]["pointer"].get<std::string>());
  }
  EXPECT_THAT(lines, ElementsAre("unknown-element 10:7 /Statement/0/Condition:",
                                 "no-resource-for-action 16:34 /Statement/1/Action/1",
                                 "unknown-action 16:51 /Statement/1/Action/2",
                                 "private-source-ip 18:51 /Statement/1/Condition/IpAddress/aws:SourceIp"));
  for (const auto& state : states) {
    EXPECT_THAT(violations("policy-check", run({"policy check", "--format", "json", example(state)}).out), IsEmpty());
  }
}

TEST(Answers, PolicyCheckAsSarifNamesRulesAndPlaces) {
  const std::string file = std::string(SALLYPORT_SOURCE_DIR) + "/examples/policies/endpoint-that-only-denies.json";
  const json sarif = json::parse(run({"policy check", "--type", "endpoint", "--format", "sarif", file}).out);
  const json& result = sarif["runs"][0]["results"][0];
  EXPECT_EQ(result["ruleId"], "allows-nothing");
  EXPECT_EQ(result["level"], "error");
  EXPECT_EQ(result["locations"][0]["physicalLocation"]["region"]["startColumn"], 16);
  EXPECT_EQ(sarif["runs"][0]["tool"]["driver"]["rules"][0]["id"], "allows-nothing");
  // Without the type it is a resource policy, and undecided.
  const Ran open = run({"policy check", "--fail-on", "medium", "--format", "sarif", file});
  EXPECT_EQ(open.status, unknown);
  EXPECT_EQ(json::parse(open.out)["runs"][0]["results"].back()["kind"], "open");
}

TEST(Answers, CheckCensusAndAudienceConformToTheirSchemas) {
  for (const auto& state : states) {
    EXPECT_THAT(violations("check", run({"check", "--format", "json", example(state)}).out), IsEmpty()) << state;
    EXPECT_THAT(violations("census", run({"census", "--format", "json", example(state)}).out), IsEmpty()) << state;
  }
  // A snapshot of which half was not collected has much to say in a census.
  const std::string half = example("2-endpoints") + "/111122223333/eu-central-1/ec2-describe-instances.json";
  EXPECT_THAT(violations("census", run({"census", "--format", "json", half}).out), IsEmpty());
  EXPECT_THAT(violations("check", run({"check", "--format", "json", half}).out), IsEmpty());
  EXPECT_THAT(violations("audience",
                         run({"audience", "--format", "json", "vpce-053de17a000000001", example("2-endpoints")}).out),
              IsEmpty());
}

TEST(Answers, ConfirmConformsToItsSchema) {
  const std::string folder = testing::TempDir() + "confirm-answers";
  std::filesystem::create_directories(folder);
  std::ofstream(folder + "/1.json") << R"({"NetworkInsightsAnalyses": [
    {"Status": "succeeded", "NetworkPathFound": false, "Explanations": [{"ExplanationCode": "BAD_STATE"}],
     "Tags": [{"Key": "sallyport", "Value": "i-0a500000000000001 to s3.eu-central-1 by vpce-053de17a000000001 tcp 443"}]},
    {"Status": "failed"}]})";
  std::ofstream(folder + "/arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Falpha5-role--2.json")
      << R"({"EvaluationResults": [
    {"EvalActionName": "s3:GetObject", "EvalResourceName": "arn:aws:s3:::s3delta/x", "EvalDecision": "allowed"}]})";
  const Ran ran = run({"confirm", "--results", folder, "--format", "json", example("2-endpoints")});
  EXPECT_EQ(ran.status, found);
  EXPECT_THAT(violations("confirm", ran.out), IsEmpty());
  const json answers = json::parse(ran.out)["answers"];
  ASSERT_EQ(answers.size(), 3U);
  EXPECT_EQ(answers[0]["match"], "differs");
  EXPECT_EQ(answers[1]["match"], "silent");
  EXPECT_EQ(answers[2]["match"], "agrees");
}

TEST(Answers, TestsAndAuthorizeConformToTheirSchemas) {
  EXPECT_THAT(violations("test", run({"test", "--format", "json", example("")}).out), IsEmpty());
  std::istringstream in(R"({"id": "c1", "request": {"principal": "arn:aws:iam::111122223333:role/app",
"action": "s3:GetObject", "resource": "arn:aws:s3:::b/x", "resourceAccount": "111122223333", "context": {}}})");
  std::string all;
  for (std::string line; std::getline(in, line);) all += line;
  std::istringstream lines(all + "\n{\"id\": 7}\nnot json\n");
  const auto read = [&](char* to, std::size_t room) {
    lines.read(to, static_cast<std::streamsize>(room));
    return static_cast<std::size_t>(lines.gcount());
  };
  std::stringstream out;
  authorize_lines(read, "-", 1, [&](std::string_view some) { out << some; }, [](std::string_view) {});
  std::vector<std::string> answers;
  for (std::string line; std::getline(out, line);) answers.push_back(line);
  ASSERT_EQ(answers.size(), 3U);
  for (const std::string& answer : answers) EXPECT_THAT(violations("authorize", answer), IsEmpty()) << answer;
}

TEST(Answers, SameInputSameBytes) {
  for (const char* command : {"paths", "check", "census"}) {
    const Ran first = run({command, "--format", "json", example("4-route-table-forgotten")});
    EXPECT_EQ(first.out, run({command, "--format", "json", example("4-route-table-forgotten")}).out);
  }
}

TEST(Answers, SarifHasWhatCodeHostsAskFor) {
  const json sarif = json::parse(run({"check", "--format", "sarif", example("2-endpoints")}).out);
  EXPECT_EQ(sarif["version"], "2.1.0");
  const json& one = sarif["runs"][0];
  EXPECT_EQ(one["tool"]["driver"]["name"], "sallyport");
  ASSERT_FALSE(one["results"].empty());
  for (const json& result : one["results"]) {
    const std::size_t rule = result["ruleIndex"];
    EXPECT_EQ(one["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
    EXPECT_FALSE(result["message"]["text"].get<std::string>().empty());
    EXPECT_EQ(result["partialFingerprints"]["sallyport/1"].get<std::string>().size(), 16U);
    const json& physical = result["locations"][0]["physicalLocation"];
    EXPECT_GE(physical["region"]["startLine"].get<int>(), 1);
    EXPECT_THAT(physical["artifactLocation"]["uri"].get<std::string>(), HasSubstr("2-endpoints"));
  }
}

TEST(Answers, ExpandedFlowsAgreeWithTheirClasses) {
  for (const auto& state : states) {
    const json classes = json::parse(run({"paths", "--format", "json", example(state)}).out);
    const json single = json::parse(run({"paths", "--expand", "--format", "json", example(state)}).out);
    EXPECT_EQ(classes["summary"], single["summary"]);
  }
}

TEST(Answers, PolicyCompareConforms) {
  const std::string root = std::string(SALLYPORT_SOURCE_DIR) + "/tests/cases/iam/compare-";
  const std::pair<const char*, const char*> pairs[] = {{"missing-keys/equals", "missing-keys/if-exists"},
                                                       {"stars-and-colons/one-region", "stars-and-colons/any-region"},
                                                       {"principals/role", "principals/account"}};
  for (const auto& [older, newer] : pairs) {
    const Ran ran = run({"policy compare", "--format", "json", root + older + ".json", root + newer + ".json"});
    EXPECT_THAT(violations("policy-compare", ran.out), IsEmpty()) << ran.out << ran.err;
  }
}

}  // namespace
}  // namespace sallyport::cli
