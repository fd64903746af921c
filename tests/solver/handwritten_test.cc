// The solver judge against truths written by hand, rule by rule.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "library/solver/solver.h"

namespace sallyport::solver {
namespace {

using Json = nlohmann::json;

Json document(const std::string& statements, const char* version = "2012-10-17") {
  return {{"Version", version}, {"Statement", Json::parse("[" + statements + "]")}};
}

// `s3:Get*` on `*`, with a condition.
Json allow(const std::string& condition = "{}", const std::string& resource = "*",
           const std::string& action = "s3:Get*") {
  return document(R"({"Effect":"Allow","Action":")" + action + R"(","Resource":")" + resource + R"(","Condition":)" +
                  condition + "}");
}

struct Truth {
  const char* name;
  Json older, newer;
  const char* relation;
  Place place = Place::identity;
};

void PrintTo(const Truth& truth, std::ostream* out) { *out << truth.name; }

Json principal(const std::string& who, const char* effect = "Allow", const char* element = "Principal") {
  return document(R"({"Effect":")" + std::string(effect) + R"(","Action":"s3:*","Resource":"*",")" + element +
                  "\":" + who + "}");
}

const Json denied_but = document(R"({"Effect":"Allow","Action":"s3:*","Resource":"*"},
  {"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}})");

const std::vector<Truth> truths = {
    {"MA1_actions_compare_without_case", allow(), allow("{}", "*", "S3:gET*"), "equivalent"},
    {"MA1_a_question_mark_is_one_character", allow("{}", "*", "s3:Get?"), allow(), "more"},
    {"MA1_a_prefix_of_its_own", allow("{}", "*", "s3:*"), allow("{}", "*", "s3-object-lambda:*"), "incomparable"},
    {"MA2_a_star_crosses_slashes", allow("{}", "arn:aws:s3:::b/*/x"), allow("{}", "arn:aws:s3:::b/*"), "more"},
    {"MA2_the_service_compares_without_case", allow("{}", "arn:aws:s3:::b"), allow("{}", "arn:aws:S3:::b"),
     "equivalent"},
    {"MA4_names_compare_with_case", allow("{}", "arn:aws:s3:::b"), allow("{}", "arn:aws:s3:::B"), "incomparable"},
    {"MA2_a_star_stays_in_its_segment", allow("{}", "arn:aws:sqs:eu*x:1:q"), allow("{}", "arn:aws:sqs:eu:x:1:q"),
     "incomparable"},
    {"MA3_a_middle_star_is_open", allow("{}", "arn:aws:sqs:*:1:q"), allow("{}", "arn:aws:sqs:a:b:1:q"), "open"},
    {"MA3_the_same_star_is_read_alike", allow("{}", "arn:aws:sqs:*:1:q"), allow("{}", "arn:aws:sqs:*:1:q"),
     "equivalent"},
    {"EV1_a_deny_wins", allow(), document(R"({"Effect":"Allow","Action":"s3:Get*","Resource":"*"},
      {"Effect":"Deny","Action":"s3:GetObject","Resource":"*"})"),
     "less"},
    {"NotAction_is_all_others", document(R"({"Effect":"Allow","NotAction":"s3:*","Resource":"*"})"),
     document(R"({"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"s3:*","Resource":"*"})"),
     "equivalent"},
    {"CO1_without_key_positive_is_false", allow(R"({"Null":{"k":"false"},"StringLike":{"k":"*"}})"),
     allow(R"({"StringLike":{"k":"*"}})"), "equivalent"},
    {"CO1_without_key_negated_is_true", denied_but, document(R"({"Effect":"Allow","Action":"s3:*","Resource":"*",
      "Condition":{"StringEquals":{"aws:sourcevpce":"vpce-1"}}})"),
     "equivalent"},
    {"CO1_if_exists_lets_in_without_key", allow(R"({"StringEquals":{"k":"a"}})"),
     allow(R"({"StringEqualsIfExists":{"k":"a"}})"), "more"},
    {"CO1_null_true_is_absent", allow(R"({"Null":{"k":"true"}})"), allow(R"({"StringNotLike":{"k":"*"}})"),
     "equivalent"},
    {"CO2_for_all_holds_of_none", allow(R"({"ForAnyValue:StringLike":{"k":"a*"}})"),
     allow(R"({"ForAllValues:StringLike":{"k":"a*"}})"), "incomparable"},
    {"CO2_any_of_two_is_not_all", allow(R"({"ForAnyValue:StringEquals":{"k":["a","b"]}})"),
     allow(R"({"ForAnyValue:StringEquals":{"k":"a"}})"), "less"},
    {"CO2_not_all_is_some_other", document(R"({"Effect":"Allow","Action":"s3:Get*","Resource":"*"},
      {"Effect":"Deny","Action":"*","Resource":"*","Condition":{"ForAllValues:StringEquals":{"k":"a"}}})"),
     allow(R"({"ForAnyValue:StringNotEquals":{"k":"a"}})"), "equivalent"},
    {"CO3_like_knows_wildcards", allow(R"({"StringEquals":{"k":"a*"}})"), allow(R"({"StringLike":{"k":"a*"}})"),
     "more"},
    {"CO3_ignore_case", allow(R"({"StringEquals":{"k":["ab","AB","aB","Ab"]}})"),
     allow(R"({"StringEqualsIgnoreCase":{"k":"ab"}})"), "equivalent"},
    {"CO4_arn_stars_stay_in_their_part", allow(R"({"StringLike":{"k":"arn:aws:sns:*:t"}})"),
     allow(R"({"ArnLike":{"k":"arn:aws:sns:*:*:t"}})"), "less"},
    {"CO5_two_halves_are_a_network", allow(R"({"IpAddress":{"k":["10.0.0.0/9","10.128.0.0/9"]}})"),
     allow(R"({"IpAddress":{"k":"10.0.0.0/8"}})"), "equivalent"},
    {"CO5_families_are_apart", allow(R"({"IpAddress":{"k":"0.0.0.0/0"}})"),
     allow(R"({"IpAddress":{"k":["0.0.0.0/0","::/0"]}})"), "more"},
    {"CO5_dates_are_instants", allow(R"({"DateLessThan":{"k":"2026-01-01T00:00:00Z"}})"),
     allow(R"({"DateLessThan":{"k":"1767225600"}})"), "equivalent"},
    {"CO5_numbers_are_exact", allow(R"({"NumericEquals":{"k":10}})"), allow(R"({"NumericEquals":{"k":"10.0"}})"),
     "equivalent"},
    {"CO5_between", allow(R"({"NumericLessThan":{"k":10},"NumericGreaterThan":{"k":"9.9"}})"),
     allow(R"({"NumericLessThan":{"k":10}})"), "more"},
    {"MA6_keys_and", allow(R"({"StringEquals":{"k":"a"}})"), allow(R"({"StringEquals":{"k":"a","l":"b"}})"), "less"},
    {"MA6_no_value_may_match_negated", allow(R"({"StringNotEquals":{"k":"a"}})"),
     allow(R"({"StringNotEquals":{"k":["a","b"]}})"), "less"},
    {"CO6_a_variable_is_its_keys_value", allow("{}", "arn:aws:s3:::b/${aws:username}"), allow("{}", "arn:aws:s3:::b/*"),
     "more"},
    {"CO6_an_old_document_has_no_variables",
     {{"Statement", {{{"Effect", "Allow"}, {"Action", "s3:Get*"}, {"Resource", "arn:aws:s3:::b/${aws:username}"}}}}},
     allow("{}", "arn:aws:s3:::b/${aws:username}"),
     "incomparable"},
    {"CO6_a_default_holds_without_key", allow(R"({"StringEquals":{"k":"${l}"}})"),
     allow(R"({"StringEquals":{"k":"${l, 'x'}"}})"), "more"},
    {"CO6_a_literal_star", allow(R"({"StringLike":{"k":"a${*}"}})"), allow(R"({"StringEquals":{"k":"a*"}})"),
     "equivalent"},
    {"MA5_an_account_is_its_root", principal(R"({"AWS":"111122223333"})"),
     principal(R"({"AWS":"arn:aws:iam::111122223333:root"})"), "equivalent", Place::resource},
    {"MA5_everybody_is_more_than_an_account", principal(R"({"AWS":"111122223333"})"), principal(R"("*")"), "more",
     Place::resource},
    {"MA5_a_user_is_less_than_his_account", principal(R"({"AWS":"111122223333"})"),
     principal(R"({"AWS":"arn:aws:iam::111122223333:user/ann"})"), "less", Place::resource},
    {"MA5_a_session_is_less_than_its_role", principal(R"({"AWS":"arn:aws:iam::111122223333:role/app"})"),
     principal(R"({"AWS":"arn:aws:sts::111122223333:assumed-role/app/s"})"), "less", Place::resource},
    {"MA5_services_are_apart", principal(R"({"Service":"sns.amazonaws.com"})"), principal(R"({"AWS":"111122223333"})"),
     "incomparable", Place::resource},
    {"EP2_an_account_of_an_endpoint_is_open", principal(R"({"AWS":"111122223333"})"),
     principal(R"({"AWS":["111122223333","arn:aws:iam::111122223333:user/ann"]})"), "open", Place::endpoint},
};

class Handwritten : public testing::TestWithParam<Truth> {};

TEST_P(Handwritten, IsFound) {
  if (!available()) GTEST_SKIP() << "built without z3";
  const Truth& truth = GetParam();
  const Verdict verdict = compare(truth.older, truth.newer, truth.place, 10'000);
  if (relation(verdict) == "skipped") GTEST_SKIP() << names() << ": " << verdict.more.why << verdict.less.why;
  EXPECT_EQ(relation(verdict), truth.relation);
  // The other way round, the same.
  const Verdict turned = compare(truth.newer, truth.older, truth.place, 10'000);
  if (relation(turned) == "skipped") return;
  EXPECT_EQ(turned.more.answer, verdict.less.answer);
  EXPECT_EQ(turned.less.answer, verdict.more.answer);
}

INSTANTIATE_TEST_SUITE_P(Truths, Handwritten, testing::ValuesIn(truths),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace sallyport::solver
