#include "access/who.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "access/estate.h"

namespace sallyport::access {
namespace {

using iam::Outcome;

WhoAnswer ask(const Built& built, const char* action, const char* resource, std::vector<ContextEntry> context = {}) {
  const Result<WhoAnswer> a = who(built.access, {action, resource, std::move(context)});
  EXPECT_TRUE(a) << (a ? "" : a.error().message);
  return a ? *a : WhoAnswer();
}

const Passing* find(const WhoAnswer& a, const std::string& id) {
  for (const Passing& p : a.principals) {
    for (const Subject& s : p.principals) {
      if (s.id == id) return &p;
    }
  }
  return nullptr;
}

// What is decided for somebody; denied where the answer does not list him.
Outcome outcome(const WhoAnswer& a, const std::string& id) {
  const Passing* p = find(a, id);
  return p == nullptr ? Outcome::denied : p->outcome;
}

Outcome at(const WhoAnswer& a, const std::string& id, net::DoorKind door, bool strangers = false) {
  const Passing* p = find(a, id);
  if (p == nullptr) return Outcome::denied;
  for (const AtDoor& d : p->doors) {
    if (a.doors[d.door].door.kind == door && a.doors[d.door].strangers == strangers) return d.outcome;
  }
  return Outcome::denied;
}

constexpr const char* app = "arn:aws:iam::111122223333:role/app";
constexpr const char* ann = "arn:aws:iam::111122223333:user/ann";
constexpr const char* root = "arn:aws:iam::111122223333:root";

Statement naming(Estate& e, Statement s, PrincipalKind kind, const char* who) {
  s.has_principal = true;
  s.principals = {{kind, e.text(who)}};
  return s;
}

TEST(Who, ListsThoseWhomAPolicyLets) {
  Estate estate;
  estate.user().policies.items = {estate.policy("lists", estate.allow("s3:List*", "*"))};
  Built built(estate);
  const WhoAnswer a = ask(built, "s3:GetObject", "b/x");
  EXPECT_EQ(outcome(a, app), Outcome::allowed);
  EXPECT_EQ(outcome(a, root), Outcome::allowed);
  EXPECT_EQ(outcome(a, ann), Outcome::denied);
  EXPECT_EQ(outcome(a, "*"), Outcome::denied);
  EXPECT_EQ(outcome(a, "anonymous"), Outcome::denied);
  EXPECT_EQ(outcome(ask(built, "s3:ListBucket", "b"), ann), Outcome::allowed);
}

// Nobody knows who that is: neither anonymous nor anybody else may be claimed of him.
TEST(Who, WhoseArnIsNoneIsNotKnown) {
  for (const char* id : {"app", "arn:aws:iam::role/app", "arn:aws:iam::111122223333:role/"}) {
    Estate estate;
    estate.role().id = estate.global<RoleId>(id);
    estate.user().id = estate.global<UserId>(id);
    Built built(estate);
    for (const Caller& caller : {built.access.callers().of_role(built.cloud()->roles.rows()[0]),
                                 built.access.callers().of_user(built.cloud()->users.rows()[0])}) {
      EXPECT_NE(caller.principal.type, iam::PrincipalType::anonymous);
      EXPECT_EQ(caller.principal.arn, id);
      EXPECT_TRUE(caller.missing);
    }
    const WhoAnswer a = ask(built, "s3:GetObject", "b/x");
    EXPECT_EQ(outcome(a, id), Outcome::unknown) << id;
  }
  Estate estate;  // what everybody is denied is denied to him, too
  estate.role().id = estate.global<RoleId>("app");
  estate.bucket().policy = estate.policy("closed", estate.statement(Effect::deny, "s3:*", "*", true));
  Built built(estate);
  EXPECT_EQ(outcome(ask(built, "s3:GetObject", "b/x"), "app"), Outcome::denied);
}

TEST(Who, SaysByWhichDoors) {
  Estate estate;
  estate.bucket().policy = estate.policy("door", estate.when(estate.statement(Effect::deny, "s3:*", "*", true),
                                                             "StringNotEquals", "aws:SourceVpce", {"vpce-1"}));
  Built built(estate);
  const WhoAnswer a = ask(built, "s3:GetObject", "b/x");
  EXPECT_EQ(at(a, app, net::DoorKind::front_door), Outcome::denied);
  EXPECT_EQ(at(a, app, net::DoorKind::gateway_endpoint), Outcome::allowed);
  EXPECT_EQ(at(a, app, net::DoorKind::interface_endpoint, true), Outcome::denied);
  ASSERT_EQ(a.doors.size(), 3U) << "the network of services is no door where no service may";
}

// The endpoint's policy has no say at the front door.
TEST(Who, ADoorWithAPolicyLetsFewer) {
  Estate estate;
  estate.endpoint().policy = estate.policy("narrow", estate.statement(Effect::allow, "s3:PutObject", "*", true));
  Built built(estate);
  const WhoAnswer a = ask(built, "s3:GetObject", "b/x");
  EXPECT_EQ(at(a, app, net::DoorKind::front_door), Outcome::allowed);
  EXPECT_EQ(at(a, app, net::DoorKind::gateway_endpoint), Outcome::denied);
}

TEST(Who, AnEndpointThatDoesNotWorkIsNoDoor) {
  Estate estate;
  estate.endpoint().state = State::not_working;
  Built built(estate);
  EXPECT_EQ(at(ask(built, "s3:GetObject", "b/x"), app, net::DoorKind::gateway_endpoint), Outcome::denied);
  estate.endpoint().state = estate.gap("its state");
  Built unknown(estate);
  const WhoAnswer a = ask(unknown, "s3:GetObject", "b/x");
  EXPECT_EQ(at(a, app, net::DoorKind::gateway_endpoint), Outcome::unknown);
  EXPECT_EQ(outcome(a, app), Outcome::allowed) << "by the front door";
}

TEST(Who, AnAddressIsTheCallersChoice) {
  Estate estate;
  estate.bucket().policy =
      estate.policy("near", estate.when(estate.statement(Effect::allow, "s3:GetObject", "arn:aws:s3:::b/*", true),
                                        "IpAddress", "aws:SourceIp", {"198.51.100.0/24"}));
  estate.role().policies.items.clear();
  Built built(estate);
  const WhoAnswer a = ask(built, "s3:GetObject", "b/x");
  for (const char* id : {"anonymous", "*", app}) {
    EXPECT_EQ(at(a, id, net::DoorKind::front_door), Outcome::conditional) << id;
    EXPECT_EQ(at(a, id, net::DoorKind::gateway_endpoint), Outcome::denied) << id;
    ASSERT_NE(find(a, id), nullptr);
    EXPECT_EQ(find(a, id)->doors.front().conditions.size(), 1U);
  }
  EXPECT_EQ(outcome(ask(built, "s3:GetObject", "b/x", {{"aws:SourceIp", {"203.0.113.1"}}}), "anonymous"),
            Outcome::denied);
  EXPECT_EQ(outcome(ask(built, "s3:GetObject", "b/x", {{"aws:SourceIp", {"198.51.100.7"}}}), "anonymous"),
            Outcome::allowed);
}

TEST(Who, SaysInWhichWaysOnePasses) {
  Estate estate;
  estate.bucket().policy =
      estate.policy("near",
                    estate.when(estate.statement(Effect::allow, "s3:GetObject", "arn:aws:s3:::b/*", true), "IpAddress",
                                "aws:SourceIp", {"198.51.100.0/24"}),
                    estate.when(estate.statement(Effect::deny, "s3:GetObject", "arn:aws:s3:::b/*", true), "IpAddress",
                                "aws:SourceIp", {"198.51.100.128/25"}));
  estate.role().policies.items.clear();
  Built built(estate);
  const WhoAnswer a = ask(built, "s3:GetObject", "b/x");
  const Passing* anonymous = find(a, "anonymous");
  ASSERT_NE(anonymous, nullptr);
  const auto& needs = anonymous->doors.front().allowed_if;
  ASSERT_NE(needs, nullptr);
  EXPECT_TRUE(needs->complete);
  EXPECT_EQ(needs->ways, (std::vector<std::vector<std::string>>{
                             {"aws:SourceIp is in `198.51.100.0/24`", "aws:SourceIp is not in `198.51.100.128/25`"}}));
  estate.bucket().policy =
      estate.policy("shut",
                    estate.when(estate.statement(Effect::allow, "s3:GetObject", "arn:aws:s3:::b/*", true), "IpAddress",
                                "aws:SourceIp", {"198.51.100.0/25"}),
                    estate.when(estate.statement(Effect::deny, "s3:GetObject", "arn:aws:s3:::b/*", true), "IpAddress",
                                "aws:SourceIp", {"198.51.100.0/24"}));
  Built shut(estate);
  EXPECT_EQ(outcome(ask(shut, "s3:GetObject", "b/x"), "anonymous"), Outcome::denied)
      << "who is allowed from there is denied from there";
}

TEST(Who, ServicesComeForWhomTheyAct) {
  Estate estate;
  Statement s = naming(estate, estate.statement(Effect::allow, "s3:PutObject", "arn:aws:s3:::b/*"),
                       PrincipalKind::service, "logging.s3.amazonaws.com");
  estate.bucket().policy = estate.policy("logs", estate.when(s, "StringEquals", "aws:SourceAccount", {account_id}));
  Built built(estate);
  const WhoAnswer a = ask(built, "s3:PutObject", "b/x");
  const Passing* logging = find(a, "logging.s3.amazonaws.com");
  ASSERT_NE(logging, nullptr);
  EXPECT_EQ(logging->outcome, Outcome::conditional);
  ASSERT_EQ(logging->doors.size(), 1U);
  EXPECT_EQ(a.doors[logging->doors.front().door].door.kind, net::DoorKind::service);
  EXPECT_EQ(
      outcome(ask(built, "s3:PutObject", "b/x", {{"aws:SourceAccount", {account_id}}}), logging->principals[0].id),
      Outcome::allowed);
}

TEST(Who, StrangersWhomAPolicyNames) {
  Estate estate;
  estate.organization();
  Statement account = naming(estate, estate.statement(Effect::allow, "s3:GetObject", "arn:aws:s3:::b/*"),
                             PrincipalKind::aws, "444455556666");
  Statement role = naming(estate, estate.statement(Effect::allow, "s3:PutObject", "arn:aws:s3:::b/*"),
                          PrincipalKind::aws, "arn:aws:iam::777788889999:role/copy");
  Statement org = estate.when(estate.statement(Effect::allow, "s3:DeleteObject", "arn:aws:s3:::b/*", true),
                              "StringEquals", "aws:PrincipalOrgID", {"o-partner"});
  estate.bucket().policy = estate.policy("shared", account, role, org);
  Built built(estate);
  const WhoAnswer get = ask(built, "s3:GetObject", "b/x");
  EXPECT_EQ(outcome(get, "444455556666"), Outcome::allowed);
  EXPECT_EQ(outcome(get, "777788889999"), Outcome::denied);
  EXPECT_EQ(outcome(get, "*"), Outcome::denied);
  const WhoAnswer put = ask(built, "s3:PutObject", "b/x");
  EXPECT_EQ(outcome(put, "arn:aws:iam::777788889999:role/copy"), Outcome::allowed);
  EXPECT_EQ(outcome(put, "777788889999"), Outcome::denied) << "the role alone is named";
  const WhoAnswer remove = ask(built, "s3:DeleteObject", "b/x");
  EXPECT_EQ(outcome(remove, "o-partner"), Outcome::allowed);
  EXPECT_EQ(outcome(remove, "444455556666"), Outcome::denied);
}

// Whom a policy names and who may no more than anybody, is no news.
TEST(Who, WhatAnybodyMayIsToldOnce) {
  Estate estate;
  Statement deny =
      naming(estate, estate.statement(Effect::deny, "s3:DeleteObject", "*"), PrincipalKind::aws, "444455556666");
  estate.bucket().policy =
      estate.policy("open", estate.statement(Effect::allow, "s3:GetObject", "arn:aws:s3:::b/*", true), deny);
  Built built(estate);
  const WhoAnswer a = ask(built, "s3:GetObject", "b/x");
  EXPECT_EQ(outcome(a, "*"), Outcome::allowed);
  EXPECT_EQ(outcome(a, "anonymous"), Outcome::allowed);
  EXPECT_EQ(find(a, "444455556666"), nullptr);
}

TEST(Who, WhatAResourceNamesNeedsNoIdentityPolicy) {
  Estate estate;
  estate.role().policies.items.clear();
  estate.user().policies.items.clear();
  estate.bucket().policy = estate.policy(
      "named", naming(estate, estate.statement(Effect::allow, "s3:GetObject", "*"), PrincipalKind::aws, ann));
  Built built(estate);
  const WhoAnswer a = ask(built, "s3:GetObject", "b/x");
  EXPECT_EQ(outcome(a, ann), Outcome::allowed);
  EXPECT_EQ(outcome(a, app), Outcome::denied);
}

TEST(Who, APolicyThatIsNotKnownLeavesEverybodyUnknown) {
  Estate estate;
  estate.role().policies.items.clear();
  estate.bucket().policy = estate.gap("the bucket's policy");
  Built built(estate);
  const WhoAnswer a = ask(built, "s3:GetObject", "b/x");
  for (const char* id : {app, ann, "anonymous", "*"}) EXPECT_EQ(outcome(a, id), Outcome::unknown) << id;
  EXPECT_FALSE(find(a, app)->gaps.empty());
}

TEST(Who, AManagedPolicyThatIsNotInTheInputMayAllow) {
  Estate estate;
  estate.role().policies.items = {estate.global<PolicyId>("arn:aws:iam::aws:policy/Elsewhere")};
  Built built(estate);
  EXPECT_EQ(outcome(ask(built, "s3:GetObject", "b/x"), app), Outcome::unknown);
}

TEST(Who, PrincipalsOfOneCauseStandTogether) {
  Estate estate;
  const PolicyId shared = estate.policy("shared", estate.allow("s3:GetObject", "*"));
  estate.role().policies.items = {shared};
  for (const char* name : {"b1", "b2"}) {
    Role r = estate.role();
    r.id = estate.global<RoleId>(std::string("arn:aws:iam::111122223333:role/") + name);
    r.head.name = estate.text(name);
    estate.change.put.roles.push_back(r);
  }
  estate.change.put.roles.back().policies.items = {estate.policy("own", estate.allow("s3:GetObject", "*"))};
  Built built(estate);
  const WhoAnswer a = ask(built, "s3:GetObject", "b/x");
  ASSERT_NE(find(a, app), nullptr);
  EXPECT_EQ(find(a, app)->principals.size(), 2U);
  EXPECT_EQ(find(a, "arn:aws:iam::111122223333:role/b2")->principals.size(), 1U);
}

TEST(Who, MissingIdentitiesAreALack) {
  Estate estate;
  Built whole(estate);
  EXPECT_TRUE(ask(whole, "s3:GetObject", "b/x").lacks.empty());
  estate.change.coverage.erase(std::remove_if(estate.change.coverage.begin(), estate.change.coverage.end(),
                                              [](const Collected& c) { return c.kind == Kind::role; }),
                               estate.change.coverage.end());
  Built part(estate);
  EXPECT_FALSE(ask(part, "s3:GetObject", "b/x").lacks.empty());
}

// The short cuts of `who` against `can`, one by one: policies of many kinds, by the
// front door and by the endpoint.
TEST(Who, DecidesAsCanDoes) {
  Estate estate;
  estate.organization();
  const auto role = [&](const char* name, auto... statements) {
    Role r = estate.role();
    r.id = estate.global<RoleId>(std::string("arn:aws:iam::111122223333:role/") + name);
    r.head.name = estate.text(name);
    r.policies.items.clear();
    (r.policies.items.push_back(estate.policy(std::string(name) + std::to_string(r.policies.items.size()), statements)),
     ...);
    estate.change.put.roles.push_back(r);
  };
  role("pattern", estate.allow("s3:Get*", "arn:aws:s3:::b/*"));
  role("other-bucket", estate.allow("s3:GetObject", "arn:aws:s3:::c/*"));
  role("upper-case", estate.allow("S3:GETOBJECT", "*"));
  role("star-prefix", estate.allow("*:GetObject", "*"));
  role("one-letter", estate.allow("s?:GetObject", "*"));
  role("denied-later", estate.allow("s3:*", "*"), estate.statement(Effect::deny, "s3:GetObject", "*"));
  role("tagged", estate.when(estate.allow("s3:GetObject", "*"), "StringEquals", "aws:PrincipalTag/team", {"a"}));
  role("session", estate.when(estate.allow("s3:GetObject", "*"), "StringLike", "aws:userid", {"AROAAPP:x*"}));
  role("own-name", estate.when(estate.allow("s3:GetObject", "*"), "ArnLike", "aws:PrincipalArn", {"*:role/own-name"}));
  role("by-address", estate.when(estate.allow("s3:GetObject", "*"), "IpAddress", "aws:SourceIp", {"198.51.100.0/24"}));
  role("by-endpoint", estate.when(estate.allow("s3:GetObject", "*"), "StringEquals", "aws:SourceVpce", {"vpce-1"}));
  role("variable", estate.allow("s3:GetObject", "arn:aws:s3:::b/${aws:PrincipalTag/team}"));
  role("nothing");
  Statement not_action = estate.allow("iam:*", "*");
  not_action.not_action = true;
  role("all-but-iam", not_action);
  Role bounded = estate.role();
  bounded.id = estate.global<RoleId>("arn:aws:iam::111122223333:role/bounded");
  bounded.head.name = estate.text("bounded");
  bounded.boundary = estate.policy("only-lists", estate.allow("s3:List*", "*"));
  estate.change.put.roles.push_back(bounded);
  estate.bucket().policy = estate.policy(
      "not-own-name", estate.when(estate.statement(Effect::deny, "s3:*", "arn:aws:s3:::b/*", true), "ArnEquals",
                                  "aws:PrincipalArn", {"arn:aws:iam::111122223333:role/upper-case"}));
  Built built(estate);
  for (const char* action : {"s3:GetObject", "s3:PutObject"}) {
    const WhoAnswer a = ask(built, action, "b/x");
    std::size_t listed = 0;
    for (const Role& r : built.cloud()->roles) {
      const std::string arn(built.cloud().id(r.id));
      for (const bool endpoint : {false, true}) {
        CanQuestion q;
        q.principal = arn;
        q.action = action;
        q.resource = "arn:aws:s3:::b/x";
        if (endpoint) q.via = "vpce-1";
        const Result<CanAnswer> one = built.access.can(q);
        ASSERT_TRUE(one) << one.error().message;
        const net::DoorKind door = endpoint ? net::DoorKind::gateway_endpoint : net::DoorKind::front_door;
        EXPECT_EQ(at(a, arn, door), one->outcome) << action << " by " << arn << (endpoint ? " via vpce-1" : "");
        listed += one->outcome != Outcome::denied;
      }
    }
    EXPECT_GT(listed, 2U) << action;
  }
}

TEST(Who, QuestionsThatMakeNoSenseAreErrors) {
  Estate estate;
  Built built(estate);
  EXPECT_FALSE(who(built.access, {"GetObject", "b/x", {}}));
  EXPECT_FALSE(who(built.access, {"s3:GetObject", "nothing-of-that-name/x", {}}));
}

}  // namespace
}  // namespace sallyport::access
