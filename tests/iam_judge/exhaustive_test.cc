// The engine against the judge on everything of a small size: what random requests
// may miss, an exhausted small scope does not.
#include <gtest/gtest.h>

#include <cstdio>

#include "iam_judge/engine.h"

namespace sallyport {
namespace {

using Json = nlohmann::json;
using Texts = std::vector<std::string>;

constexpr const char* user = "arn:aws:iam::111122223333:user/ann";

Json statement(const std::string& effect, const Json& more = Json::object()) {
  Json one = {{"Effect", effect}, {"Action", "*"}, {"Resource", "*"}};
  one.update(more);
  return one;
}

Json document(const Json& statements) {
  Json list = Json::array();
  for (const Json& one : statements) list.push_back(one);
  return Json{{"Version", "2012-10-17"}, {"Statement", list}};
}

Json with_principal(Json statements, const Json& principal) {
  for (Json& one : statements) one["Principal"] = principal;
  return statements;
}

Json request(const std::string& principal, const std::string& action, const std::string& resource) {
  Json line;
  line["request"] = {{"principal", principal},
                     {"action", action},
                     {"resource", resource},
                     {"resourceAccount", "111122223333"},
                     {"context", Json::object()}};
  return line;
}

class Exhausted : public testing::Test {
 protected:
  void judge(const Json& line) {
    ++count_;
    const naive::iam::Answer judge = naive::iam::authorize(line);
    const std::string what = difference(judge, engine_answer(line));
    if (!what.empty() && ++different_ <= 3) ADD_FAILURE() << what << "\n" << line.dump();
  }
  void TearDown() override {
    EXPECT_EQ(different_, 0) << "of " << count_;
    std::printf("%d requests\n", count_);
  }

 private:
  int count_ = 0;
  int different_ = 0;
};

// All policies of up to two statements over an alphabet of three actions, in every layer.
TEST_F(Exhausted, PoliciesOfTwoStatementsOverThreeActions) {
  Json statements = Json::array();
  for (const char* effect : {"Allow", "Deny"}) {
    for (const char* element : {"Action", "NotAction"}) {
      for (const char* pattern : {"s3:GetObject", "s3:PutObject", "s3:?etObject", "S3:*object", "*"}) {
        Json one = {{"Effect", effect}, {"Resource", "*"}};
        one[element] = pattern;
        statements.push_back(one);
      }
    }
  }
  std::vector<Json> policies = {Json::array()};
  for (const Json& first : statements) {
    policies.push_back(Json::array());
    policies.back().push_back(first);
    for (const Json& second : statements) {
      policies.push_back(policies[policies.size() - 1]);
      policies.back() = Json::array();
      policies.back().push_back(first);
      policies.back().push_back(second);
    }
  }
  const Json open = document(Json::array({statement("Allow")}));
  for (const Json& policy : policies) {
    for (const char* action : {"s3:GetObject", "s3:PutObject", "s3:GetBucketAcl"}) {
      for (const char* place : {"identityPolicies", "permissionBoundary", "serviceControlPolicies", "resourcePolicy",
                                "endpointPolicy", "resourceControlPolicies"}) {
        Json line = request(user, action, "arn:aws:s3:::b/x");
        const std::string name = place;
        if (name != "resourcePolicy") line["identityPolicies"] = Json::array({open});
        if (name == "identityPolicies") {
          line[name] = Json::array({document(policy)});
        } else if (name == "serviceControlPolicies") {
          line[name] = Json::array({Json::array({document(policy)}), Json::array({open})});
        } else if (name == "resourceControlPolicies") {
          line[name] = Json::array({Json::array({document(with_principal(policy, "*"))})});
        } else if (name == "permissionBoundary") {
          line[name] = document(policy);
        } else {
          line[name] = document(with_principal(policy, {{"AWS", user}}));
        }
        // An RCP has neither Allow nor NotAction (RC-3).
        const std::string text = policy.dump();
        const bool rcp = text.find("Allow") == std::string::npos && text.find("NotAction") == std::string::npos;
        if (name != "resourceControlPolicies" || rcp) judge(line);
      }
    }
  }
}

// Every kind of caller, named in every way, within every kind of limit.
TEST_F(Exhausted, CallersAndWaysToNameThem) {
  const Json open = document(Json::array({statement("Allow")}));
  const Json none = document(Json::array());
  const Texts callers = {user,
                         "arn:aws:iam::111122223333:role/app",
                         "arn:aws:sts::111122223333:assumed-role/app/s1",
                         "arn:aws:sts::111122223333:federated-user/fay",
                         "arn:aws:iam::111122223333:root",
                         "sns.amazonaws.com",
                         "anonymous"};
  const std::vector<Json> principals = {"*",
                                        Json{{"AWS", "*"}},
                                        Json{{"AWS", user}},
                                        Json{{"AWS", "arn:aws:iam::111122223333:role/app"}},
                                        Json{{"AWS", "arn:aws:sts::111122223333:assumed-role/app/s1"}},
                                        Json{{"AWS", "arn:aws:sts::111122223333:federated-user/fay"}},
                                        Json{{"AWS", "arn:aws:iam::111122223333:root"}},
                                        Json{{"AWS", "111122223333"}},
                                        Json{{"AWS", "444455556666"}},
                                        Json{{"Service", "sns.amazonaws.com"}}};
  for (const std::string& caller : callers) {
    for (const Json& principal : principals) {
      for (const char* element : {"Principal", "NotPrincipal"}) {
        for (const char* effect : {"Allow", "Deny"}) {
          const bool inverse = std::string(element) == "NotPrincipal";
          if (inverse && (std::string(effect) == "Allow" || principal.dump().find('*') != std::string::npos)) continue;
          for (const Json& identity : {Json(nullptr), open, Json("unknown")}) {
            for (const Json& boundary : {Json(nullptr), open, none, Json("unknown")}) {
              for (const Json& session : {Json(nullptr), open, none}) {
                for (const char* owner : {"111122223333", "444455556666"}) {
                  for (const char* place : {"resourcePolicy", "endpointPolicy"}) {
                    const bool plain_user = caller == user && !session.is_null();  // users have no session policy
                    const bool role_only = caller.find(":user/") == std::string::npos &&
                                           caller.find(":role/") == std::string::npos &&
                                           caller.find(":assumed-role/") == std::string::npos &&
                                           caller.find(":federated-user/") == std::string::npos;
                    if (plain_user || (role_only && (!boundary.is_null() || !session.is_null()))) continue;
                    Json line = request(caller, "s3:GetObject", "arn:aws:s3:::b/x");
                    line["request"]["resourceAccount"] = owner;
                    if (!identity.is_null()) line["identityPolicies"] = Json::array({identity});
                    line["permissionBoundary"] = boundary;
                    line["sessionPolicy"] = session;
                    Json one = statement(effect);
                    one[element] = principal;
                    line[place] = document(Json::array({one}));
                    if (std::string(place) == "endpointPolicy") line["endpoint"]["type"] = "gateway";
                    judge(line);
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}

// MA-2, MA-3: all patterns of small segments, cut short or whole, against small ARNs.
TEST_F(Exhausted, ResourcePatterns) {
  const Texts pieces = {"x", "*", "x*", "*x", "?", ""};
  std::vector<std::string> patterns = {"*", "arn:*", "arn:aws:*"};
  for (const std::string& region : pieces) {
    patterns.push_back("arn:aws:sqs:" + region);
    for (const std::string& account : pieces) {
      patterns.push_back("arn:aws:sqs:" + region + ":" + account);
      for (const char* name : {"q", "*", "q*", "*:q", "?", "q:*", "q:?"}) {
        patterns.push_back("arn:aws:sqs:" + region + ":" + account + ":" + name);
      }
    }
  }
  for (const std::string& pattern : patterns) {
    for (const char* resource : {"arn:aws:sqs:x:x:q", "arn:aws:sqs:xx:x:q:q", "arn:aws:sqs:x:111122223333:q"}) {
      for (const char* element : {"Resource", "NotResource"}) {
        Json line = request(user, "sqs:SendMessage", resource);
        Json one = {{"Effect", "Allow"}, {"Action", "*"}};
        one[element] = pattern;
        line["identityPolicies"] = Json::array({document(Json::array({one}))});
        judge(line);
      }
    }
  }
}

// CO-1 .. CO-6: every operator, with and without IfExists and quantifiers, over missing,
// empty, single and several values.
TEST_F(Exhausted, Conditions) {
  struct Family {
    Texts operators;
    Texts values;
  };
  const std::vector<Family> families = {
      {{"StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike",
        "StringNotLike"},
       {"a", "A", "a*", "${*}", "${k}", "${none}", "${none, 'a'}", ""}},
      {{"NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan",
        "NumericGreaterThanEquals"},
       {"1", "1.0", "2", "-1"}},
      {{"DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan",
        "DateGreaterThanEquals"},
       {"2026-01-01T00:00:00Z", "1767225600", "2026-01-01"}},
      {{"Bool"}, {"true", "false"}},
      {{"BinaryEquals"}, {"QUJD", "QUJE"}},
      {{"IpAddress", "NotIpAddress"}, {"10.0.0.1", "10.0.0.0/8", "::1", "::/0", "0.0.0.0/0"}},
      {{"ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"},
       {"arn:aws:iam::1:role/a", "arn:aws:iam::*:role/*", "arn:aws:iam::1:role/a:b", "*", "${k}"}},
      {{"Null"}, {"true", "false"}}};
  for (const Family& family : families) {
    std::vector<Json> wanted, contexts = {nullptr, Json::array()};
    for (const std::string& value : family.values) {
      wanted.push_back(value);
      for (const std::string& other : family.values) {
        if (value < other) wanted.push_back(Json::array({value, other}));
      }
      if (value.find_first_of("*$/") == std::string::npos || value.rfind("arn:aws:iam::1", 0) == 0) {
        contexts.push_back(value);
        contexts.push_back(Json::array({value, family.values.front()}));
      }
    }
    for (const std::string& base : family.operators) {
      for (const char* quantifier : {"", "ForAllValues:", "ForAnyValue:"}) {
        for (const char* suffix : {"", "IfExists"}) {
          if (base == "Null" && (*quantifier != '\0' || *suffix != '\0')) continue;
          for (const Json& values : wanted) {
            for (const Json& context : contexts) {
              Json line = request(user, "s3:GetObject", "arn:aws:s3:::b/x");
              if (!context.is_null()) line["request"]["context"]["k"] = context;
              Json one = statement("Allow");
              one["Condition"][quantifier + base + suffix]["k"] = values;
              line["identityPolicies"] = Json::array({document(Json::array({one}))});
              judge(line);
            }
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace sallyport
