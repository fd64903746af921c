// The engine against the peer (tests/peer) on made-up requests: a decision of ours
// must be the peer's, unless the line holds a construct that the peer is known to treat
// otherwise. What we answer `unknown` is no claim and is only counted.
//
// SALLYPORT_PEER_LINES=N asks so many lines (`./dev fuzz` a million); a difference is
// printed as the smallest line that shows it, as far as that can be told without the
// peer: with its judge's and our answers.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>

#include "iam_judge/engine.h"
#include "library/iam/generate.h"
#include "library/peer/known_divergences.h"
#include "library/peer/peer.h"

namespace sallyport {
namespace {

using Json = nlohmann::json;

std::size_t lines_wanted() {
  const char* wanted = std::getenv("SALLYPORT_PEER_LINES");
  return wanted == nullptr ? 4'000 : static_cast<std::size_t>(std::strtoull(wanted, nullptr, 10));
}

TEST(KnownDivergences, EachHoldsOfItsConstructAndOfNothingElse) {
  const Json plain =
      Json::parse(R"({"request": {"principal": "arn:aws:iam::111122223333:user/ann", "action": "s3:GetObject",
      "context": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}},
      "identityPolicies": [{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*",
      "Resource": "arn:aws:s3:::b/${aws:username}", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"},
      "DateLessThan": {"aws:CurrentTime": "2027-01-01"}}}}],
      "endpointPolicy": {"Statement": [{"Principal": "*"}]}, "sessionPolicy": {"Statement": []},
      "resourcePolicy": {"Statement": [{"Principal": {"AWS": "arn:aws:sts::111122223333:assumed-role/r/s"}}]},
      "serviceControlPolicies": [[]]})");
  for (const peer::Divergence& one : peer::known_divergences()) EXPECT_FALSE(one.holds(plain)) << one.name;
  const std::string identity = "/identityPolicies/0/Statement";
  const std::pair<const char*, std::pair<std::string, Json>> changes[] = {
      {"DV-1", {"/request/principal", "arn:aws:sts::111122223333:assumed-role/r/s"}},
      {"DV-2", {"/request/principal", "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/R"}},
      {"DV-3", {"/request/principal", "arn:aws:iam::111122223333:root"}},
      {"DV-4", {"/endpointPolicy/Statement/0/Principal", Json{{"AWS", "111122223333"}}}},
      {"DV-6", {"/identityPolicies/0/Version", "2008-10-17"}},
      {"DV-7", {identity + "/Condition/IpAddress/aws:SourceIp", "2001:db8::/32"}},
      {"DV-8", {identity + "/Condition/IpAddress/aws:SourceIp", "0.0.0.0/0"}},
      {"DV-9", {identity + "/Condition/DateLessThan/aws:CurrentTime", "1767225600"}},
      {"DV-10", {identity + "/Resource", "arn:aws:sqs:*:111122223333:q"}},
      {"DV-11", {identity + "/Resource", "arn:aws:iam::111122223333:rol?/x"}},
      {"DV-12", {identity + "/Condition", Json::parse(R"({"StringEquals": {"aws:TagKeys": "a"}})")}},
      {"DV-13", {"", {}}},
      {"DV-14", {identity + "/Resource", "arn:aws:sqs:eu-west-1:111122223333*"}},
      {"DV-15", {"", {}}},
      {"DV-17", {"", {}}},
      {"DV-16", {identity + "/Condition", Json::parse(R"({"ArnNotLike": {"aws:PrincipalArn": "red"}})")}},
      {"DV-18", {"/request/action", "kms:RetireGrant"}},
      {"DV-19", {identity + "/Condition", Json::parse(R"({"ForAnyValue:StringEqualsIfExists": {"aws:Tag": "red"}})")}},
      {"DV-20", {"/resourcePolicy/Statement/0/Principal", {{"AWS", "arn:aws:iam::111122223333:role/x/app"}}}},
      {"DV-21", {identity + "/Condition", Json::parse(R"({"StringNotEquals": {"aws:Tag": "${aws:Unknown}"}})")}},
      {"DV-22", {identity + "/Condition", Json::parse(R"({"StringEquals": {"aws:Tag": "${aws:TagKeys}"}})")}},
      {"DV-24", {"/request/resource", "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/r"}},
  };
  for (const auto& [name, change] : changes) {
    Json line = plain;
    if (!change.first.empty()) line[Json::json_pointer(change.first)] = change.second;
    if (name == std::string("DV-13")) {
      line["request"]["principal"] = "arn:aws:sts::111122223333:federated-user/fay";
      line.erase("sessionPolicy");
    }
    if (name == std::string("DV-15")) {
      line["request"]["action"] = "sts:AssumeRole";
      line.erase("resourcePolicy");
    }
    if (name == std::string("DV-18") || name == std::string("DV-24")) {
      line["resourceControlPolicies"] = Json::array({Json::array()});
    }
    if (name == std::string("DV-20")) line["request"]["principal"] = "arn:aws:sts::111122223333:assumed-role/app/s1";
    if (name == std::string("DV-17")) {
      line["request"]["action"] = "lambda:InvokeFunction";
      line["resourceControlPolicies"] = Json::array({Json::array()});
    }
    std::string held;
    for (const peer::Divergence& one : peer::known_divergences())
      held += one.holds(line) ? std::string(one.name) + " " : "";
    EXPECT_EQ(held, std::string(name) + " ");
  }
}

TEST(Peer, AgreesButForItsKnownDivergences) {
  if (const std::string missing = peer::missing(); !missing.empty()) GTEST_SKIP() << missing;
  const std::size_t wanted = lines_wanted();
  constexpr std::uint64_t seed = 20'260'101;
  // Two generators of one seed: one feeds the peer, one tells what it was asked.
  generate::iam::Requests asked(seed), same(seed);
  std::size_t written = 0;
  std::size_t answered = 0;
  std::map<std::string, std::size_t> counts, masked;
  std::size_t different = 0;
  const auto next = [&] { return written++ < wanted ? asked.next().dump() : std::string(); };
  const auto take = [&](const std::string& text) {
    const Json line = same.next();
    ++answered;
    const Json answer = Json::parse(text, nullptr, false);
    if (!answer.is_object() || answer["id"] != line["id"]) {
      ADD_FAILURE() << "not an answer to " << line["id"] << ": " << text;
      return;
    }
    const std::string word = answer["decision"];
    if (word == "cannot-ask" || word == "refused") {
      ++counts[word];
      return;
    }
    const std::string ours = engine_answer(line).decision;
    const std::string theirs = word == "allowed" ? "allowed" : "denied";
    if (ours == "unknown" || ours == theirs) {
      ++counts[ours == "unknown" ? "ours unknown" : "agreed"];
      return;
    }
    for (const peer::Divergence& known : peer::known_divergences()) {
      if (!known.holds(line)) continue;
      ++masked[std::string(known.name) + " (" + known.what + ")"];
      return;
    }
    if (++different <= 10) {
      ADD_FAILURE() << "ours " << ours << ", judge " << naive::iam::authorize(line).decision << ", peer " << text
                    << "\n"
                    << line.dump();
    }
  };
  ASSERT_TRUE(peer::ask(next, take)) << "the peer broke off after " << answered << " lines";
  EXPECT_EQ(answered, wanted);
  EXPECT_EQ(different, 0U);
  EXPECT_GT(counts["agreed"], wanted / 2);
  for (const auto& [what, n] : counts) std::cout << n << " " << what << "\n";
  for (const auto& [what, n] : masked) std::cout << n << " differ by " << what << "\n";
}

}  // namespace
}  // namespace sallyport
