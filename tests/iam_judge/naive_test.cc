// The naive judge itself, against the numbered rules: a judge that is wrong is
// worse than none. Each test is named after what its rule says.
#include "library/iam/naive.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "library/iam/naive_condition.h"

namespace sallyport::naive::iam {
namespace {

constexpr const char* user = "arn:aws:iam::111122223333:user/ann";
constexpr const char* role = "arn:aws:iam::111122223333:role/app";
constexpr const char* session = "arn:aws:sts::111122223333:assumed-role/app/s1";
constexpr const char* federated = "arn:aws:sts::111122223333:federated-user/fay";
constexpr const char* root = "arn:aws:iam::111122223333:root";
constexpr const char* stranger = "arn:aws:iam::444455556666:role/app";

Json statement(const std::string& effect, const Json& principal = nullptr, const Json& more = Json::object()) {
  Json one = {{"Effect", effect}, {"Action", "*"}, {"Resource", "*"}};
  if (!principal.is_null()) one["Principal"] = principal;
  one.update(more);
  return one;
}

Json document(const Json& statements) { return {{"Version", "2012-10-17"}, {"Statement", statements}}; }

const Json allow_all = document({statement("Allow")});
const Json allow_none = document(Json::array());
const Json deny_all = document({statement("Deny")});

Json grant(const Json& principal, const Json& more = Json::object()) {
  return document({statement("Allow", principal, more)});
}

// A request for an object of the bucket `b` in account 111122223333, without any policy.
Json request(const std::string& principal, const std::string& action = "s3:GetObject",
             const std::string& resource = "arn:aws:s3:::b/x") {
  return {{"request",
           {{"principal", principal},
            {"action", action},
            {"resource", resource},
            {"resourceAccount", "111122223333"},
            {"context", Json::object()}}}};
}

std::string decide(Json line, const Json& more = Json::object()) {
  line.update(more);
  return authorize(line).decision;
}

std::string with_condition(const Json& condition, const Json& context) {
  Json line = request(user);
  line["request"]["context"] = context;
  line["identityPolicies"] = {document({statement("Allow", nullptr, {{"Condition", condition}})})};
  return authorize(line).decision;
}

std::string on_resource(const Json& resources, const std::string& resource, const Json& context = Json::object()) {
  Json line = request(user, "sqs:SendMessage", resource);
  line["request"]["context"] = context;
  line["identityPolicies"] = {document({statement("Allow", nullptr, {{"Resource", resources}})})};
  return authorize(line).decision;
}

TEST(NaiveIam, EV1_ADenyInAnyLayerDenies) {
  Json line = request(session);
  line.update({{"identityPolicies", {allow_all}},
               {"resourcePolicy", grant("*")},
               {"permissionBoundary", allow_all},
               {"sessionPolicy", allow_all},
               {"serviceControlPolicies", {{allow_all}}},
               {"endpointPolicy", grant("*")}});
  EXPECT_EQ(authorize(line).decision, "allowed");
  const Json both = document({statement("Allow"), statement("Deny")});
  const Json both_named = document({statement("Allow", "*"), statement("Deny", "*")});
  const Json denying = {{"identityPolicies", {both}},         {"resourcePolicy", both_named},
                        {"permissionBoundary", both},         {"sessionPolicy", both},
                        {"serviceControlPolicies", {{both}}}, {"resourceControlPolicies", {{both_named}}},
                        {"endpointPolicy", both_named}};
  for (const auto& [key, value] : denying.items()) {
    EXPECT_EQ(decide(line, {{key, value}}), "denied") << key;
  }
}

TEST(NaiveIam, EV3_EveryLevelOfScpsMustAllow) {
  const Json base = {{"identityPolicies", {allow_all}}};
  Json line = request(user);
  line.update(base);
  EXPECT_EQ(decide(line, {{"serviceControlPolicies", Json::array()}}), "allowed");
  EXPECT_EQ(decide(line, {{"serviceControlPolicies", {{allow_all}, {allow_all}}}}), "allowed");
  EXPECT_EQ(decide(line, {{"serviceControlPolicies", {{allow_all}, {allow_none}}}}), "denied");
  EXPECT_EQ(decide(line, {{"serviceControlPolicies", {Json::array(), {allow_all}}}}), "denied");
  EXPECT_EQ(decide(line, {{"serviceControlPolicies", {{allow_all}, "unknown"}}}), "unknown");
  EXPECT_EQ(decide(line, {{"serviceControlPolicies", {{allow_none}, "unknown"}}}), "denied");
}

TEST(NaiveIam, EV4_AnEndpointPolicyGrantsNothingAndMustAllow) {
  EXPECT_EQ(decide(request(user), {{"endpointPolicy", grant("*")}}), "denied");
  const Json identity = {allow_all};
  EXPECT_EQ(decide(request(user), {{"endpointPolicy", grant("*")}, {"identityPolicies", identity}}), "allowed");
  EXPECT_EQ(decide(request(user), {{"endpointPolicy", allow_none}, {"identityPolicies", identity}}), "denied");
  EXPECT_EQ(decide(request(user), {{"endpointPolicy", "unknown"}, {"identityPolicies", identity}}), "unknown");
}

TEST(NaiveIam, EV5_RootHasAllOfItsAccountButScps) {
  EXPECT_EQ(decide(request(root)), "allowed");
  EXPECT_EQ(decide(request(root), {{"serviceControlPolicies", {{allow_none}}}}), "denied");
  EXPECT_EQ(decide(request(root), {{"resourcePolicy", document({statement("Deny", "*")})}}), "denied");
}

// The table ResDirect: what an implicit deny elsewhere does not limit.
TEST(NaiveIam, EV1_TableOfDirectGrants) {
  struct Row {
    const char* caller;
    Json principal;
    const char *alone, *bounded;  // without identity policy; and with a boundary that allows nothing
  };
  for (const Row& row : std::vector<Row>{{user, {{"AWS", user}}, "allowed", "allowed"},
                                         {session, {{"AWS", session}}, "allowed", "allowed"},
                                         {federated, {{"AWS", federated}}, "allowed", "allowed"},
                                         {session, {{"AWS", role}}, "allowed", "denied"},
                                         {role, {{"AWS", role}}, "allowed", "denied"},
                                         {federated, {{"AWS", user}}, "unknown", "denied"},
                                         {user, "*", "allowed", "unknown"},
                                         {session, {{"AWS", "*"}}, "allowed", "unknown"},
                                         {user, {{"AWS", root}}, "denied", "denied"},
                                         {role, {{"AWS", "111122223333"}}, "denied", "denied"}}) {
    Json line = request(row.caller);
    line["resourcePolicy"] = grant(row.principal);
    if (row.caller == federated) line["sessionPolicy"] = allow_all;
    EXPECT_EQ(authorize(line).decision, row.alone) << row.caller << row.principal;
    EXPECT_EQ(decide(line, {{"permissionBoundary", allow_none}}), row.bounded) << row.caller << row.principal;
    if (row.caller != user) {
      EXPECT_EQ(decide(line, {{"sessionPolicy", allow_none}}), row.bounded) << row.caller << row.principal;
    }
  }
  Json line = request(session);
  line["request"]["context"]["aws:PrincipalArn"] = role;
  line["resourcePolicy"] = grant("*", {{"Condition", {{"ArnEquals", {{"aws:PrincipalArn", role}}}}}});
  EXPECT_EQ(decide(line, {{"permissionBoundary", allow_none}}), "allowed");
}

TEST(NaiveIam, EV1_AcrossAccountsBothSidesMustAllow) {
  const Json line = request(stranger);
  EXPECT_EQ(decide(line, {{"identityPolicies", {allow_all}}}), "denied");
  EXPECT_EQ(decide(line, {{"resourcePolicy", grant({{"AWS", stranger}})}}), "denied");
  for (const Json& principal : {Json{{"AWS", stranger}}, Json{{"AWS", "444455556666"}}, Json("*")}) {
    const Json policies = {{"identityPolicies", {allow_all}}, {"resourcePolicy", grant(principal)}};
    EXPECT_EQ(decide(line, policies), "allowed") << principal;
    Json bounded = policies;
    bounded["permissionBoundary"] = allow_none;
    EXPECT_EQ(decide(line, bounded), "denied") << principal;
  }
}

TEST(NaiveIam, EV1_AKeyPolicyMustAllowExplicitly) {
  const Json line = request(user, "kms:Decrypt", "arn:aws:kms:eu-west-1:111122223333:key/k");
  const Json delegating = grant({{"AWS", root}});
  EXPECT_EQ(decide(line, {{"identityPolicies", {allow_all}}}), "denied");
  EXPECT_EQ(decide(line, {{"resourcePolicy", delegating}}), "denied");
  EXPECT_EQ(decide(line, {{"resourcePolicy", delegating}, {"identityPolicies", {allow_all}}}), "allowed");
  EXPECT_EQ(decide(line, {{"resourcePolicy", grant({{"AWS", user}})}}), "allowed");
}

TEST(NaiveIam, EV6_NotPrincipalDenies) {
  const auto sparing = [](const Json& listed) {
    Json deny = statement("Deny");
    deny["NotPrincipal"] = {{"AWS", listed}};
    return document({deny});
  };
  Json line = request(session);
  line["identityPolicies"] = {allow_all};
  EXPECT_EQ(decide(line, {{"resourcePolicy", sparing({session, role, root})}}), "allowed");
  EXPECT_EQ(decide(line, {{"resourcePolicy", sparing({session, role})}}), "unknown");
  EXPECT_EQ(decide(line, {{"resourcePolicy", sparing({role, root})}}), "unknown");
  EXPECT_EQ(decide(line, {{"resourcePolicy", sparing({root})}}), "denied");
  EXPECT_EQ(decide(line, {{"resourcePolicy", sparing({stranger})}}), "denied");
  const Json bounded = {{"resourcePolicy", sparing({session, role, root})}, {"permissionBoundary", allow_all}};
  EXPECT_EQ(decide(line, bounded), "denied");
}

TEST(NaiveIam, EV7_EV8_ServicesAndTheAnonymousHaveTheResourcePolicyOnly) {
  const Json service = request("sns.amazonaws.com");
  EXPECT_EQ(decide(service, {{"identityPolicies", {allow_all}}}), "denied");
  const Json policies = {{"resourcePolicy", grant({{"Service", "sns.amazonaws.com"}})},
                         {"serviceControlPolicies", {{allow_none}}}};
  EXPECT_EQ(decide(service, policies), "allowed");
  const Json anonymous = request("anonymous");
  EXPECT_EQ(decide(anonymous), "denied");
  EXPECT_EQ(decide(anonymous, {{"resourcePolicy", grant("*")}}), "allowed");
  EXPECT_EQ(decide(anonymous, {{"resourcePolicy", grant({{"AWS", root}})}}), "denied");
  EXPECT_EQ(decide(anonymous, {{"resourcePolicy", grant("*")}, {"endpointPolicy", allow_none}}), "denied");
}

TEST(NaiveIam, EV9_ATrustPolicyMustNameThePrincipalOrItsAccount) {
  const auto trust = [](const Json& principal) {
    return document({{{"Effect", "Allow"}, {"Action", "sts:AssumeRole"}, {"Principal", principal}}});
  };
  const Json line = request(user, "sts:AssumeRole", "arn:aws:iam::111122223333:role/target");
  EXPECT_EQ(decide(line, {{"identityPolicies", {allow_all}}}), "denied");
  EXPECT_EQ(decide(line, {{"resourcePolicy", trust({{"AWS", user}})}}), "allowed");
  EXPECT_EQ(decide(line, {{"resourcePolicy", trust({{"AWS", root}})}}), "denied");
  EXPECT_EQ(decide(line, {{"resourcePolicy", trust({{"AWS", root}})}, {"identityPolicies", {allow_all}}}), "allowed");
  EXPECT_EQ(decide(request(user, "sts:GetCallerIdentity", "*"), {{"identityPolicies", {deny_all}}}), "allowed");
}

TEST(NaiveIam, SC1_ScpsSpareManagementAccountServiceLinkedRolesAndServices) {
  Json line = request(user);
  line.update({{"identityPolicies", {allow_all}}, {"serviceControlPolicies", {{allow_none}}}});
  EXPECT_EQ(authorize(line).decision, "denied");
  EXPECT_EQ(decide(line, {{"managementAccount", "111122223333"}}), "allowed");
  line["request"]["principal"] = "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX";
  EXPECT_EQ(authorize(line).decision, "allowed");
}

TEST(NaiveIam, RC_RcpsRestrictWhomAndWhatTheySay) {
  const Json rcps = {{"resourceControlPolicies", {{document({statement("Deny", "*")})}}}};
  const auto with = [&](Json line, const char* management = "") {
    line["identityPolicies"] = {allow_all};
    line["managementAccount"] = management;
    return decide(line, rcps);
  };
  EXPECT_EQ(with(request(user)), "denied");
  EXPECT_EQ(with(request(root)), "denied");                   // RC-1
  EXPECT_EQ(with(request(user), "111122223333"), "allowed");  // RC-2
  EXPECT_EQ(with(request(user, "lambda:InvokeFunction", "arn:aws:lambda:r:111122223333:function:f")), "allowed");
  Json service = request("sns.amazonaws.com");
  service["resourcePolicy"] = grant({{"Service", "sns.amazonaws.com"}});
  EXPECT_EQ(decide(service, rcps), "denied");  // RC-6
}

TEST(NaiveIam, EP2_PrincipalsInPoliciesOfGatewayEndpoints) {
  const auto through = [](const char* caller, const Json& principal, const char* type) {
    Json line = request(caller);
    line.update(
        {{"identityPolicies", {allow_all}}, {"endpoint", {{"type", type}}}, {"endpointPolicy", grant(principal)}});
    return authorize(line).decision;
  };
  EXPECT_EQ(through(user, "*", "gateway"), "allowed");
  EXPECT_EQ(through(user, {{"AWS", root}}, "gateway"), "denied");
  EXPECT_EQ(through(root, {{"AWS", root}}, "gateway"), "allowed");
  EXPECT_EQ(through(user, {{"AWS", user}}, "gateway"), "unknown");
  EXPECT_EQ(through(user, {{"AWS", stranger}}, "gateway"), "denied");
  EXPECT_EQ(through(user, {{"AWS", root}}, "interface"), "allowed");
  EXPECT_EQ(through(user, {{"AWS", user}}, "interface"), "allowed");
}

TEST(NaiveIam, EP3_EP4_AServiceWithoutEndpointPoliciesIgnoresThem) {
  Json line = request(user);
  line.update({{"identityPolicies", {allow_all}}, {"endpointPolicy", allow_none}});
  EXPECT_EQ(decide(line, {{"endpoint", {{"policySupported", false}}}}), "allowed");
  EXPECT_EQ(decide(line, {{"endpoint", {{"policySupported", nullptr}}}}), "unknown");
  line["endpointPolicy"] = grant("*");
  EXPECT_EQ(decide(line, {{"endpoint", {{"policySupported", nullptr}}}}), "allowed");
}

TEST(NaiveIam, MA1_ActionsIgnoreCaseAndKnowWildcards) {
  EXPECT_TRUE(action_matches("SQS:sendm?ssage", "sqs:SendMessage"));
  EXPECT_TRUE(action_matches("s3:*Object*", "s3:PutObjectAcl"));
  EXPECT_TRUE(action_matches("*", "s3:GetObject"));
  EXPECT_FALSE(action_matches("s3:Get", "s3:GetObject"));
  EXPECT_FALSE(action_matches("s3", "s3:GetObject"));
}

TEST(NaiveIam, MA3_ResourcesKeepStarsInTheirSegment) {
  const char* queue = "arn:aws:sqs:eu-west-1:111122223333:q";
  EXPECT_EQ(on_resource("arn:aws:SQS:eu-west-1:111122223333:q", queue), "allowed");
  EXPECT_EQ(on_resource("arn:aws:sqs:eu-west-1:111122223333:Q", queue), "denied");
  EXPECT_EQ(on_resource("arn:aws:sqs:*:q", queue), "unknown");
  EXPECT_EQ(on_resource("arn:aws:sqs:eu-*-1:q", queue), "denied");
  EXPECT_EQ(on_resource("arn:aws:sqs:*", queue), "allowed");
  EXPECT_EQ(on_resource("arn:aws:sqs:*:*:q", queue), "allowed");
  EXPECT_EQ(on_resource("arn:aws:sqs:eu-west-1:111122223333:*", "arn:aws:sqs:eu-west-1:111122223333:a:b"), "allowed");
  EXPECT_EQ(on_resource("arn:aws:sqs:eu-west-1:111122223333:a?b", "arn:aws:sqs:eu-west-1:111122223333:a:b"), "allowed");
}

TEST(NaiveIam, CO1_CO2_MissingKeys) {
  const Json none = Json::object();
  EXPECT_EQ(with_condition({{"StringEquals", {{"k", "v"}}}}, none), "denied");
  EXPECT_EQ(with_condition({{"StringNotEquals", {{"k", "v"}}}}, none), "allowed");
  EXPECT_EQ(with_condition({{"StringEqualsIfExists", {{"k", "v"}}}}, none), "allowed");
  EXPECT_EQ(with_condition({{"Null", {{"k", "true"}}}}, none), "allowed");
  EXPECT_EQ(with_condition({{"Null", {{"k", false}}}}, none), "denied");
  EXPECT_EQ(with_condition({{"ForAllValues:StringEquals", {{"k", "v"}}}}, none), "allowed");
  EXPECT_EQ(with_condition({{"ForAnyValue:StringEquals", {{"k", "v"}}}}, none), "denied");
  EXPECT_EQ(with_condition({{"ForAnyValue:StringNotEquals", {{"k", "v"}}}}, none), "denied");
  EXPECT_EQ(with_condition({{"ForAllValues:StringEquals", {{"k", "v"}}}}, {{"k", Json::array()}}), "allowed");
  EXPECT_EQ(with_condition({{"Null", {{"k", "true"}}}}, {{"k", Json::array()}}), "unknown");
}

TEST(NaiveIam, CO2_MA6_ListsOfValues) {
  const Json ab = {{"k", {"a", "b"}}};
  EXPECT_EQ(with_condition({{"ForAllValues:StringEquals", {{"k", {"a", "b", "c"}}}}}, ab), "allowed");
  EXPECT_EQ(with_condition({{"ForAllValues:StringEquals", {{"k", "a"}}}}, ab), "denied");
  EXPECT_EQ(with_condition({{"ForAnyValue:StringEquals", {{"k", "a"}}}}, ab), "allowed");
  EXPECT_EQ(with_condition({{"ForAnyValue:StringNotEquals", {{"k", "a"}}}}, ab), "allowed");
  EXPECT_EQ(with_condition({{"ForAllValues:StringNotEquals", {{"k", "a"}}}}, ab), "denied");
  EXPECT_EQ(with_condition({{"StringEquals", {{"k", "a"}}}}, ab), "unknown");
  EXPECT_EQ(with_condition({{"StringNotEquals", {{"k", {"a", "b"}}}}}, {{"k", "b"}}), "denied");
  EXPECT_EQ(with_condition({{"StringEquals", {{"k", "a"}, {"l", "b"}}}}, {{"K", "a"}, {"L", "c"}}), "denied");
}

TEST(NaiveIam, CO3_CO4_CO5_Operators) {
  const auto holds = [](const char* op, const Json& policy, const char* value) {
    return with_condition({{op, {{"k", policy}}}}, {{"k", value}}) == "allowed";
  };
  EXPECT_FALSE(holds("StringEquals", "A", "a"));
  EXPECT_TRUE(holds("StringEqualsIgnoreCase", "A", "a"));
  EXPECT_TRUE(holds("StringLike", "a?c*", "abcd"));
  EXPECT_FALSE(holds("StringEquals", "a*", "ab"));
  EXPECT_TRUE(holds("ArnEquals", "arn:aws:iam::*:role/*", "arn:aws:iam::111122223333:role/a"));
  EXPECT_FALSE(holds("ArnLike", "arn:aws:iam::*:a", "arn:aws:iam:x:y:z:a"));
  EXPECT_TRUE(holds("IpAddress", "10.0.0.0/8", "10.9.8.7"));
  EXPECT_TRUE(holds("IpAddress", "2001:db8::1", "2001:0db8:0:0::1"));
  EXPECT_TRUE(holds("IpAddress", "0.0.0.0/0", "192.0.2.1"));
  EXPECT_TRUE(holds("NotIpAddress", "0.0.0.0/0", "::1"));
  EXPECT_TRUE(holds("DateLessThan", "2026-01-02T00:00:00Z", "1767225600"));
  EXPECT_TRUE(holds("DateEquals", "2026-01-01T01:00:00+01:00", "2026-01-01T00:00:00Z"));
  EXPECT_TRUE(holds("NumericLessThanEquals", 10, "10.0"));
  EXPECT_TRUE(holds("Bool", true, "true"));
  EXPECT_TRUE(holds("BinaryEquals", "QUJD", "QUJD"));
}

TEST(NaiveIam, CO6_Variables) {
  const Json ann = {{"aws:username", "ann"}};
  const char* queue = "arn:aws:sqs:r:111122223333:ann";
  EXPECT_EQ(on_resource("arn:aws:sqs:r:111122223333:${aws:username}", queue, ann), "allowed");
  EXPECT_EQ(on_resource("arn:aws:sqs:r:111122223333:${aws:username}", queue), "denied");
  EXPECT_EQ(on_resource("arn:aws:sqs:r:111122223333:${aws:username, 'ann'}", queue), "allowed");
  EXPECT_EQ(on_resource("arn:aws:sqs:r:111122223333:${aws:username}", queue, {{"aws:username", {"ann", "bob"}}}),
            "unknown");
  EXPECT_EQ(on_resource("arn:aws:sqs:r:111122223333:${aws:username}", queue, {{"aws:username", "*"}}), "denied");
  EXPECT_EQ(on_resource({"arn:aws:sqs:r:111122223333:ann", "arn:aws:sqs:r:111122223333:${aws:x}"}, queue), "allowed");
  EXPECT_EQ(with_condition({{"StringLike", {{"k", "${*}"}}}}, {{"k", "*"}}), "allowed");
  EXPECT_EQ(with_condition({{"StringLike", {{"k", "${*}"}}}}, {{"k", "x"}}), "denied");
  EXPECT_EQ(with_condition({{"StringNotEquals", {{"k", "${aws:username}"}}}}, {{"k", "x"}}), "allowed");
  EXPECT_EQ(with_condition({{"StringEquals", {{"k", "${aws:username}"}}}}, {{"k", "x"}}), "denied");
  Json line = request(user);
  line["request"]["context"] = {{"k", "${aws:username}"}, {"aws:username", "ann"}};
  Json old = document({statement("Allow", nullptr, {{"Condition", {{"StringEquals", {{"k", "${aws:username}"}}}}}})});
  old.erase("Version");
  EXPECT_EQ(decide(line, {{"identityPolicies", {old}}}), "allowed");
}

TEST(NaiveIam, RestrictedPublicBucketsStopOtherAccounts) {
  Json line = request(stranger);
  line.update({{"identityPolicies", {allow_all}}, {"blockPublicAccess", {{"restrictPublicBuckets", true}}}});
  EXPECT_EQ(decide(line, {{"resourcePolicy", grant("*")}}), "denied");
  EXPECT_EQ(decide(line, {{"resourcePolicy", grant({{"AWS", stranger}})}}), "allowed");
  const Json narrowed = grant("*", {{"Condition", {{"StringEquals", {{"aws:SourceVpce", "vpce-1"}}}}}});
  line["request"]["context"]["aws:SourceVpce"] = "vpce-1";
  EXPECT_EQ(decide(line, {{"resourcePolicy", narrowed}}), "allowed");
}

TEST(NaiveIam, AnS3ResourceWithoutAccountIsUnknown) {
  Json line = request(user);
  line["identityPolicies"] = {allow_all};
  line["request"].erase("resourceAccount");
  EXPECT_EQ(authorize(line).decision, "unknown");
}

TEST(NaiveIam, LayersSayWhatTheyHold) {
  Json line = request(session);
  line.update({{"identityPolicies", {allow_none}},
               {"resourcePolicy", "unknown"},
               {"permissionBoundary", deny_all},
               {"serviceControlPolicies", {{allow_all}}}});
  const std::map<std::string, std::string> expected = {
      {"identity-policy", "none"}, {"resource-policy", "unknown"}, {"boundary", "deny"}, {"scp", "allow"}};
  EXPECT_EQ(authorize(line).layers, expected);
}

}  // namespace
}  // namespace sallyport::naive::iam
