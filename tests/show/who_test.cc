#include "show/who.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "iam/policy.h"
#include "show/fixture.h"

namespace sallyport::show {
namespace {

using access::AtDoor;
using access::Passing;
using access::Subject;
using iam::Outcome;
using ::testing::HasSubstr;

// Two roles that may by both doors, strangers that may from near addresses, one user of
// whom it is not known.
struct Answer {
  explicit Answer(const TinyCloud& tiny) {
    Registry& registry = *tiny.registry;
    PolicyDocument document;
    Statement s;
    s.sid = registry.text("Near");
    s.effect = Effect::allow;
    s.has_principal = s.has_resource = true;
    s.principals.push_back({PrincipalKind::any, {}});
    s.actions.push_back(registry.text("s3:*"));
    s.resources.push_back(registry.text("*"));
    s.origin = tiny.at(1);
    Condition c;
    c.op = registry.text("IpAddress");
    c.key = registry.text("aws:SourceIp");
    c.values.push_back(registry.text("198.51.100.0/24"));
    s.conditions.push_back(c);
    document.statements.push_back(s);
    policy = std::make_unique<iam::CompiledPolicy>(document, iam::PolicyType::resource, "s3delta", registry);

    answer.action = "s3:GetObject";
    answer.resource = "arn:aws:s3:::s3delta/x";
    answer.doors.resize(3);
    answer.doors[0].door = {net::DoorKind::front_door, {}};
    answer.doors[1].door = {net::DoorKind::gateway_endpoint, tiny.endpoint};
    answer.doors[2].door = {net::DoorKind::interface_endpoint, {}};
    answer.doors[2].strangers = true;

    iam::By by;
    by.layer = iam::Layer::resource_policy;
    by.policy = policy.get();
    by.sid = s.sid;
    by.origin = s.origin;
    Passing roles;
    roles.outcome = Outcome::allowed;
    for (const char* name : {"a", "b"}) {
      roles.principals.push_back(
          {Subject::Kind::role, std::string("arn:aws:iam::111122223333:role/") + name, name, "111122223333"});
    }
    roles.doors = {{0, Outcome::allowed, {by}, {}, {}}, {1, Outcome::allowed, {by}, {}, {}}};
    Passing strangers;
    strangers.outcome = Outcome::conditional;
    strangers.principals.push_back({Subject::Kind::any_account, "*", {}, {}});
    by.applies = iam::Match::conditional;
    const iam::OpenCondition open{iam::Layer::resource_policy, policy.get(), 0, Effect::allow,
                                  &policy->statement(0).conditions.front()};
    const iam::sets::Conditions near{{{"aws:SourceIp is in `198.51.100.0/24`"}, {"k is `a`", "k2 is absent"}}, true};
    strangers.doors = {{0, Outcome::conditional, {by}, {open}, std::make_shared<const iam::sets::Conditions>(near)}};
    Passing unknown;
    unknown.outcome = Outcome::unknown;
    unknown.principals.push_back({Subject::Kind::user, "arn:aws:iam::111122223333:user/c", "c", "111122223333"});
    unknown.doors = {{2, Outcome::unknown, {}, {}, {}}};
    unknown.gaps = tiny.unknown().gaps;
    answer.principals = {roles, strangers, unknown};
    answer.assumptions = {"something is not read"};
  }
  std::unique_ptr<iam::CompiledPolicy> policy;
  access::WhoAnswer answer;
};

TEST(WhoText, ShowsDoorsStatementsAndConditions) {
  const TinyCloud tiny;
  const Answer answer(tiny);
  Page page(tiny.cloud);
  std::string out;
  who_text(out, page, answer.answer);
  EXPECT_EQ(out,
            "s3:GetObject on arn:aws:s3:::s3delta/x\n"
            "\n"
            "allowed\n"
            "  role a of 111122223333, role b of 111122223333\n"
            "    by front-door, gateway-endpoint vpce-0b7 (s3)\n"
            "    resource-policy: statement 1 `Near` of `s3delta` allows  routes.json:2\n"
            "\n"
            "conditional\n"
            "  any principal of any other account\n"
            "    by front-door\n"
            "      allowed if aws:SourceIp is in `198.51.100.0/24`\n"
            "      or if k is `a`, and k2 is absent\n"
            "    resource-policy: statement 1 `Near` of `s3delta` allows, if its condition holds  routes.json:2\n"
            "\n"
            "unknown\n"
            "  user c of 111122223333\n"
            "    by an endpoint of somebody else\n"
            "    not known: network ACLs of 111122223333 were not collected\n"
            "    settle it: aws ec2 describe-network-acls\n"
            "\n"
            "DOOR                            ALLOWED  CONDITIONAL  UNKNOWN\n"
            "front-door                      2        1            0\n"
            "gateway-endpoint vpce-0b7 (s3)  2        0            0\n"
            "an endpoint of somebody else    0        0            1\n"
            "\n"
            "rests on: something is not read\n");
}

// What is too much to say in short is said condition by condition.
TEST(WhoText, ShowsTheConditionsThemselvesWhereThereIsNoShorterWay) {
  const TinyCloud tiny;
  Answer answer(tiny);
  answer.answer.principals[1].doors[0].allowed_if =
      std::make_shared<const iam::sets::Conditions>(iam::sets::Conditions{{}, false});
  Page page(tiny.cloud);
  std::string out;
  who_text(out, page, answer.answer);
  EXPECT_THAT(out,
              HasSubstr("      allowed if IpAddress aws:SourceIp: 198.51.100.0/24 (resource-policy, statement 1)\n"));
}

TEST(WhoText, SaysThatNobodyMay) {
  const TinyCloud tiny;
  Page page(tiny.cloud);
  access::WhoAnswer nobody;
  std::string out;
  who_text(out, page, nobody);
  EXPECT_THAT(out, HasSubstr("nobody: every principal is denied at every door"));
}

TEST(WhoJson, HasEveryPrincipalAndEveryDoor) {
  const TinyCloud tiny;
  const Answer answer(tiny);
  Page page(tiny.cloud);
  std::string out;
  who_json(out, page, answer.answer, {});
  EXPECT_THAT(out, HasSubstr(R"("schema": "sallyport/who/1")"));
  EXPECT_THAT(out, HasSubstr(R"("alike": [{"kind": "role", "id": "arn:aws:iam::111122223333:role/b")"));
  EXPECT_THAT(out, HasSubstr(R"("condition": "IpAddress aws:SourceIp: 198.51.100.0/24")"));
  EXPECT_THAT(out, HasSubstr(R"("allowedIf": {"ways": [["aws:SourceIp is in `198.51.100.0/24`"], ["k is `a`", )"
                             R"("k2 is absent"]], "complete": true})"));
  EXPECT_THAT(out, HasSubstr(R"("of": "anybody")"));
}

}  // namespace
}  // namespace sallyport::show
