// Relation against a grid: random small documents, all requests made of their own
// texts and their neighbours, each asked of the engine.
#include <gtest/gtest.h>

#include <array>
#include <map>

#include "compare_support.h"
#include "library/net/random.h"

namespace sallyport::iam::sets {
namespace {

using generate::Random;

constexpr std::array actions{"s3:Get*",      "s3:GetObject", "s3:*",         "*",         "s3:*Object",
                             "S3:PutObject", "sqs:Send*",    "s3:?etObject", "sqs:*Mess*"};
constexpr std::array asked_actions{"s3:GetObject", "s3:GetX",         "s3:PutObject", "s3:X",   "s3:Object",
                                   "s3:xetObject", "sqs:SendMessage", "sqs:Mess",     "iam:Get"};
constexpr std::array resources{"*",
                               "arn:aws:s3:::b/*",
                               "arn:aws:s3:::b*",
                               "arn:aws:s3:::b/x",
                               "arn:aws:s3:::?/x",
                               "arn:aws:s3:::*/x",
                               "arn:aws:sqs:eu-?:1:q",
                               "arn:aws:sqs:eu-1:1:*",
                               "arn:aws:SQS:*",
                               "arn:aws:S*",
                               "arn:aws:s3:::b/${aws:username}/*"};
constexpr std::array asked_resources{"*",
                                     "arn:aws:s3:::b",
                                     "arn:aws:s3:::b/x",
                                     "arn:aws:s3:::b/",
                                     "arn:aws:s3:::bx",
                                     "arn:aws:s3:::c/x",
                                     "arn:aws:s3:::c/y/x",
                                     "arn:aws:sqs:eu-1:1:q",
                                     "arn:aws:sqs:eu-2:1:q",
                                     "arn:aws:SQS:eu-1:1:r",
                                     "arn:aws:s3:::b/ana/x",
                                     "arn:aws:s3:::b/bob/ana/x"};

// Condition lines on a few keys, and values around them. `[]`: present and empty.
constexpr std::array lines{R"("StringEquals": {"k:a": "x"})",
                           R"("StringNotEquals": {"k:a": ["x", "y"]})",
                           R"("StringLikeIfExists": {"k:a": "x*"})",
                           R"("StringNotLike": {"K:A": "*y"})",
                           R"("StringEqualsIgnoreCase": {"k:a": "X"})",
                           R"("Null": {"k:a": "true"})",
                           R"("StringEquals": {"k:a": "${aws:username}"})",
                           R"("NumericLessThan": {"k:n": "10"})",
                           R"("NumericGreaterThanEqualsIfExists": {"k:n": "9.5"})",
                           R"("NumericNotEquals": {"k:n": ["10", "11"]})",
                           R"("IpAddress": {"k:i": ["10.0.0.0/8", "2001:db8::/32"]})",
                           R"("NotIpAddress": {"k:i": "10.1.0.0/16"})",
                           R"("BoolIfExists": {"k:b": "false"})",
                           R"("Bool": {"k:b": "true"})",
                           R"("DateGreaterThan": {"k:d": "2026-01-01T00:00:00Z"})",
                           R"("ForAnyValue:StringEquals": {"k:m": ["x", "y"]})",
                           R"("ForAllValues:StringLike": {"k:m": ["x*"]})",
                           R"("ForAnyValue:StringNotEquals": {"k:m": "x"})",
                           R"("ForAllValues:StringNotEquals": {"k:m": "x"})",
                           R"("Null": {"k:m": "false"})",
                           R"("ArnLike": {"k:r": "arn:aws:sqs:*:1:q"})",
                           R"("ArnNotEquals": {"k:r": "arn:aws:sqs:eu-1:*:q*"})"};

using Values = std::vector<std::vector<std::string>>;
const std::map<std::string, Values>& asked_values() {
  static const std::map<std::string, Values> all{
      {"k:a", {{"x"}, {"y"}, {"xy"}, {"X"}, {"z"}, {"ana"}}},
      {"k:n", {{"9"}, {"9.5"}, {"9.7"}, {"10"}, {"11"}, {"12"}}},
      {"k:i", {{"10.0.0.1"}, {"10.1.0.1"}, {"11.0.0.1"}, {"2001:db8::1"}, {"::1"}}},
      {"k:b", {{"true"}, {"false"}}},
      {"k:d", {{"2025-01-01T00:00:00Z"}, {"2026-01-01T00:00:00Z"}, {"2027-01-01T00:00:00Z"}}},
      {"k:m", {{}, {"x"}, {"y"}, {"xx"}, {"z"}, {"x", "y"}, {"x", "xx"}, {"xx", "y"}, {"x", "z"}}},
      {"k:r", {{"arn:aws:sqs:eu-1:1:q"}, {"arn:aws:sqs:eu-2:1:q"}, {"arn:aws:sqs:eu-1:2:qq"}, {"none"}}},
      {"aws:username", {{"ana"}, {"bob"}}}};
  return all;
}

struct Made {
  std::string text;
  std::vector<std::string> keys;  // that it speaks of
};

void note_keys(const std::string& text, std::vector<std::string>& keys) {
  for (const auto& [key, values] : asked_values()) {
    const bool upper = key == "k:a" && text.find("K:A") != std::string::npos;
    if (text.find(key) == std::string::npos && !upper) continue;
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  }
}

std::string list(std::vector<std::string> values) {
  std::string text = "[";
  for (std::size_t i = 0; i < values.size(); ++i) text += (i > 0 ? ", \"" : "\"") + values[i] + "\"";
  return text + "]";
}

std::string statement(Random& random) {
  const auto some = [&](const auto& from) {
    std::vector<std::string> values{random.one_of(from)};
    while (random.chance(30)) values.emplace_back(random.one_of(from));
    return list(values);
  };
  std::string text = R"({"Effect": ")" + std::string(random.chance(70) ? "Allow" : "Deny") + "\", ";
  text += (random.chance(85) ? "\"Action\": " : "\"NotAction\": ") + some(actions) + ", ";
  std::string on = some(resources);
  const bool variable = on.find("${") != std::string::npos;  // NotResource and variables: AWS does not say
  text += (random.chance(85) || variable ? "\"Resource\": " : "\"NotResource\": ") + on;
  std::map<std::string, std::string> blocks;  // an operator stands once
  while (blocks.size() < 2 && random.chance(50)) {
    const std::string line = random.one_of(lines);
    blocks.emplace(line.substr(0, line.find(':', line.find("Value") == std::string::npos ? 0 : 20)), line);
  }
  std::string conditions;
  for (const auto& [op, line] : blocks) conditions += (conditions.empty() ? "" : ", ") + line;
  if (!conditions.empty()) text += ", \"Condition\": {" + conditions + "}";
  return text + "}";
}

// Calls `visit` for each request of the grid; keys beyond three are left absent.
template <class Visit>
void each_request(const std::vector<std::string>& keys, Visit visit) {
  std::vector<std::size_t> digits(std::min<std::size_t>(keys.size(), 3), 0);
  while (true) {
    Witness request;
    for (std::size_t k = 0; k < digits.size(); ++k) {
      const Values& values = asked_values().at(keys[k]);
      if (digits[k] < values.size()) request.context.emplace_back(keys[k], values[digits[k]]);
    }
    for (const char* action : asked_actions) {
      for (const char* resource : asked_resources) {
        request.action = action;
        request.resource = resource;
        visit(request);
      }
    }
    std::size_t k = 0;
    while (k < digits.size() && ++digits[k] > asked_values().at(keys[k]).size()) digits[k++] = 0;
    if (k == digits.size()) return;
  }
}

// Says of many requests what a document makes of them, compiled once.
class Asked {
 public:
  Asked(const PolicyDocument& document, Registry& registry)
      : policy_(document, PolicyType::identity, "p", registry), rules_(registry.gaps) {}
  Match allows(const Witness& request) const {
    Match grant = Match::no;
    Match deny = Match::no;
    for (std::size_t s = 0; s < policy_.size(); ++s) {
      const Match m = applies_alone(policy_, s, request, rules_);
      Match& into = policy_.statement(s).effect == Effect::allow ? grant : deny;
      into = into | m;
    }
    return grant & !deny;
  }

 private:
  CompiledPolicy policy_;
  Rules rules_;
};

TEST(CompareGrid, RelationAndGridAgree) {
  std::map<std::string, int> relations;
  std::size_t asked = 0;
  for (int seed = 0; seed < 400; ++seed) {
    Random random(static_cast<std::uint64_t>(seed));
    Pair p;
    // Often the same statements, a few changed: as people change policies.
    std::vector<std::string> older, newer;
    const std::size_t count = 1 + random.below(3);
    for (std::size_t i = 0; i < count; ++i) {
      older.push_back(statement(random));
      newer.push_back(random.chance(60) ? older.back() : statement(random));
    }
    if (random.chance(30)) newer.push_back(statement(random));
    const auto joined = [](const std::vector<std::string>& all) {
      std::string text;
      for (const std::string& s : all) text += (text.empty() ? "" : ",\n") + s;
      return text;
    };
    const PolicyDocument a = p.document(joined(older));
    const PolicyDocument b = p.document(joined(newer));
    ASSERT_TRUE(p.diagnostics.empty()) << p.diagnostics[0].message << joined(newer);
    const std::string relation = p.relation(a, b);
    ++relations[relation];
    std::vector<std::string> keys;
    note_keys(joined(older) + joined(newer), keys);
    const Asked one(a, p.registry);
    const Asked two(b, p.registry);
    each_request(keys, [&](const Witness& request) {
      ++asked;
      const Match was = one.allows(request);
      const Match is = two.allows(request);
      const bool more = was == Match::no && is == Match::yes;
      const bool less = was == Match::yes && is == Match::no;
      if (more && !p.last.more) {
        EXPECT_EQ(relation, "unknown") << show(request) << "\nold: " << joined(older) << "\nnew: " << joined(newer);
      }
      if (less && !p.last.less) {
        EXPECT_EQ(relation, "unknown") << show(request) << "\nold: " << joined(older) << "\nnew: " << joined(newer);
      }
    });
    if (HasFailure()) break;
  }
  std::string told;
  for (const auto& [relation, n] : relations) told += relation + " " + std::to_string(n) + ", ";
  RecordProperty("relations", told);
  EXPECT_GT(asked, 200'000U);
  for (const char* relation : {"equivalent", "more", "less", "incomparable"})
    EXPECT_GT(relations[relation], 15) << told;
  EXPECT_LT(relations["unknown"], 40) << told;
}

}  // namespace
}  // namespace sallyport::iam::sets
