#include "access/access.h"

#include <gtest/gtest.h>

#include "access/estate.h"

namespace sallyport::access {
namespace {

using iam::Outcome;

CanQuestion question(const char* who, const char* action, const char* resource, const char* via = "") {
  CanQuestion q;
  q.principal = who;
  q.action = action;
  q.resource = resource;
  q.via = via;
  return q;
}

Outcome ask(Built& built, const CanQuestion& q) {
  const Result<CanAnswer> a = built.access.can(q);
  EXPECT_TRUE(a) << (a ? "" : a.error().message);
  return a ? a->outcome : Outcome::unknown;
}

TEST(Access, AMissingPolicyIsUnknownUnlessAnotherLayerDenies) {
  Estate estate;
  estate.bucket().policy = estate.gap("the bucket's policy");
  {
    Built built(estate);
    EXPECT_EQ(ask(built, question("app", "s3:GetObject", "arn:aws:s3:::b/x")), Outcome::unknown);
  }
  estate.endpoint().policy = estate.policy("narrow", estate.statement(Effect::allow, "s3:PutObject", "*", true));
  Built built(estate);
  EXPECT_EQ(ask(built, question("app", "s3:GetObject", "arn:aws:s3:::b/x", "vpce-1")), Outcome::denied);
}

TEST(Access, AManagedPolicyThatIsNotInTheInputLeavesTheIdentityOpen) {
  Estate estate;
  estate.role().policies.items = {estate.global<PolicyId>("arn:aws:iam::aws:policy/Elsewhere")};
  Built built(estate);
  EXPECT_EQ(ask(built, question("app", "s3:GetObject", "arn:aws:s3:::b/x")), Outcome::unknown);
}

TEST(Access, ABoundaryLimitsAndAGroupAdds) {
  Estate estate;
  estate.role().boundary = estate.policy("only-lists", estate.allow("s3:List*", "*"));
  estate.user().policies.items.clear();
  Group group;
  group.id = estate.global<GroupId>("arn:aws:iam::111122223333:group/readers");
  group.head.name = estate.text("readers");
  group.policies.items = {estate.policy("read", estate.allow("s3:GetObject", "*"))};
  estate.change.put.groups.push_back(group);
  estate.user().groups.items = {group.id};
  Built built(estate);
  EXPECT_EQ(ask(built, question("app", "s3:GetObject", "arn:aws:s3:::b/x")), Outcome::denied);
  EXPECT_EQ(ask(built, question("ann", "s3:GetObject", "arn:aws:s3:::b/x")), Outcome::allowed);
  EXPECT_EQ(ask(built, question("ann", "s3:PutObject", "arn:aws:s3:::b/x")), Outcome::denied);
}

TEST(Access, EveryLevelOfTheOrganizationMustAllow) {
  Estate estate;
  estate.organization();
  estate.change.put.org_nodes[1].scps.items = {estate.policy("no-s3", estate.allow("ec2:*", "*"))};
  Built built(estate);
  const Result<CanAnswer> a = built.access.can(question("app", "s3:GetObject", "arn:aws:s3:::b/x"));
  ASSERT_TRUE(a);
  EXPECT_EQ(a->outcome, Outcome::denied);
  EXPECT_EQ(a->denied_by.front(), "scp");
}

TEST(Access, TheAddressFromAnywhereIsTheCallersChoice) {
  Estate estate;
  estate.bucket().policy = estate.policy("near", estate.when(estate.statement(Effect::deny, "s3:*", "*", true),
                                                             "NotIpAddress", "aws:SourceIp", {"198.51.100.0/24"}));
  Built built(estate);
  EXPECT_EQ(ask(built, question("app", "s3:GetObject", "arn:aws:s3:::b/x")), Outcome::conditional);
  CanQuestion from = question("app", "s3:GetObject", "arn:aws:s3:::b/x");
  from.from = "198.51.100.9";
  EXPECT_EQ(ask(built, from), Outcome::allowed);
  from.from = "198.51.101.9";
  EXPECT_EQ(ask(built, from), Outcome::denied);
}

TEST(Access, WhatBelongsToAStrangerIsUnknownWhateverWeAllow) {
  Estate estate;
  Built built(estate);
  EXPECT_EQ(ask(built, question("app", "s3:GetObject", "arn:aws:s3:::not-ours/x")), Outcome::unknown);
  EXPECT_EQ(ask(built, question("arn:aws:iam::444455556666:role/x", "s3:GetObject", "arn:aws:s3:::b/x")),
            Outcome::denied)
      << "the bucket's side names nobody, whatever theirs says";
}

TEST(Access, QuestionsThatMakeNoSenseAreErrors) {
  Estate estate;
  Built built(estate);
  const auto error = [&](const CanQuestion& q) {
    const Result<CanAnswer> a = built.access.can(q);
    return a ? std::string("no error") : a.error().message;
  };
  EXPECT_EQ(error(question("nobody-of-that-name", "s3:GetObject", "arn:aws:s3:::b/x")),
            "no user or role is called `nobody-of-that-name`");
  EXPECT_EQ(error(question("app", "GetObject", "arn:aws:s3:::b/x")), "`GetObject` is no action");
  EXPECT_EQ(error(question("app", "s3:Get*", "arn:aws:s3:::b/x")), "`s3:Get*` is a pattern");
  EXPECT_EQ(error(question("app", "s3:GetObject", "arn:aws:s3:::b")),
            "`s3:GetObject` does not work on `arn:aws:s3:::b`");
  EXPECT_EQ(error(question("app", "s3:ListBucket", "arn:aws:s3:::b/x")),
            "`s3:ListBucket` does not work on `arn:aws:s3:::b/x`");
  EXPECT_EQ(error(question("app", "dynamodb:ListTables", "*", "vpce-1")),
            "`vpce-1` leads to `com.amazonaws.eu-central-1.s3`, where `dynamodb:ListTables` is not called");
  EXPECT_EQ(error(question("", "s3:GetObject", "arn:aws:s3:::b/x")), "a principal is missing");
}

TEST(Access, ANameStandsForTheResourceOfTheActionsService) {
  Estate estate;
  Built built(estate);
  const Result<CanAnswer> a = built.access.can(question("app", "s3:ListBucket", "b"));
  ASSERT_TRUE(a) << a.error().message;
  EXPECT_EQ(a->resource, "arn:aws:s3:::b");
}

TEST(Access, AnAccountOutsideTheOrganizationMayBeInAnotherOne) {
  Estate estate;
  estate.organization();
  // Denies whoever is in some organization that is not ours; who is in none passes.
  estate.bucket().policy = estate.policy("p", estate.statement(Effect::allow, "s3:GetObject", "arn:aws:s3:::b/*", true),
                                         estate.when(estate.when(estate.statement(Effect::deny, "s3:*", "*", true),
                                                                 "StringNotEquals", "aws:PrincipalOrgID", {"o-1"}),
                                                     "Null", "aws:PrincipalOrgID", {"false"}));
  Built built(estate);
  const Caller stranger = built.access.callers().stranger();
  const Thing thing = built.thing("s3:GetObject", "arn:aws:s3:::b/x");
  const Arrival any = from_anywhere();
  const Alternative a = built.access.decide({.caller = stranger, .thing = thing, .arrival = any});
  EXPECT_EQ(a.decision.outcome, Outcome::unknown);
  EXPECT_FALSE(a.decision.gaps.empty());
}

// A key in the estate's account, with that policy.
Resource key_with(Estate& estate, Value<PolicyId> policy) {
  Resource key;
  key.id = estate.global<ResourceId>("arn:aws:kms:eu-central-1:111122223333:key/k-1");
  key.head = estate.head("alias/app");
  key.what = Kind::key;
  key.policy = policy;
  key.aliases.items = {estate.text("alias/app")};
  return key;
}

TEST(Access, AKeyGoesByItsAlias) {
  Estate estate;
  Statement s = estate.statement(Effect::allow, "kms:*", "*", true);
  s.principals = {{PrincipalKind::aws, estate.text("arn:aws:iam::111122223333:root")}};
  estate.change.put.resources = {key_with(estate, estate.policy("key", s))};
  Built built(estate);
  for (const char* name : {"alias/app", "k-1", "arn:aws:kms:eu-central-1:111122223333:alias/app",
                           "arn:aws:kms:eu-central-1:111122223333:key/k-1"}) {
    const Result<CanAnswer> a = built.access.can(question("app", "kms:Decrypt", name));
    ASSERT_TRUE(a) << name << ": " << a.error().message;
    EXPECT_EQ(a->resource, "arn:aws:kms:eu-central-1:111122223333:key/k-1") << name;
    EXPECT_EQ(a->outcome, Outcome::allowed) << name;
  }
}

TEST(Access, ADenialRestsOnGrantsThatAreNotRead) {
  Estate estate;
  estate.change.put.resources = {
      key_with(estate, estate.policy("key", estate.statement(Effect::deny, "kms:Encrypt", "*", true)))};
  Built built(estate);
  const auto rests = [&](const char* action) {
    const Result<CanAnswer> a = built.access.can(question("app", action, "k-1"));
    EXPECT_TRUE(a && a->outcome == Outcome::denied) << action;
    return a ? a->assumptions.size() : 0;
  };
  EXPECT_EQ(rests("kms:Decrypt"), 1U);
  EXPECT_EQ(rests("kms:Encrypt"), 0U) << "a Deny stands whatever a grant allows";
  EXPECT_EQ(rests("kms:ScheduleKeyDeletion"), 0U) << "no grant allows that";
}

// A default that stands in by name, or does not.
TEST(Access, StrictlyADenialThatRestsOnGrantsIsUnknown) {
  Estate estate;
  estate.change.put.resources = {
      key_with(estate, estate.policy("key", estate.statement(Effect::deny, "kms:Encrypt", "*", true)))};
  Built built(estate);
  const Access strict(built.engine, true);
  const auto outcome = [&](const Access& access, const char* action) {
    const Result<CanAnswer> a = access.can(question("app", action, "k-1"));
    EXPECT_TRUE(a && (a->outcome != Outcome::unknown || a->gaps.size() == 1)) << action;
    return a ? a->outcome : Outcome::allowed;
  };
  EXPECT_EQ(outcome(built.access, "kms:Decrypt"), Outcome::denied);
  EXPECT_EQ(outcome(strict, "kms:Decrypt"), Outcome::unknown);
  EXPECT_EQ(outcome(strict, "kms:Encrypt"), Outcome::denied) << "a Deny stands whatever a grant allows";
  EXPECT_EQ(outcome(strict, "kms:ScheduleKeyDeletion"), Outcome::denied);
}

TEST(Access, WhatNoRequestOrEveryRequestFulfilsIsDecided) {
  const auto outcome = [](const char* wanted, const char* forbidden) {
    Estate estate;
    const Statement allow = estate.when(estate.statement(Effect::allow, "s3:GetObject", "*"), "StringEquals",
                                        "aws:RequestTag/team", {wanted});
    const Statement deny = estate.when(estate.statement(Effect::deny, "s3:GetObject", "*"), "StringEquals",
                                       "aws:RequestTag/team", {forbidden});
    estate.role().policies.items = {estate.policy("own", allow, deny)};
    Built built(estate);
    const Result<CanAnswer> a = built.access.can(question("app", "s3:GetObject", "b/x"));
    EXPECT_TRUE(a);
    if (!a) return Outcome::unknown;
    EXPECT_EQ(a->allowed_if != nullptr, a->outcome == Outcome::conditional);
    EXPECT_EQ(a->denied_by.empty(), a->outcome != Outcome::denied);
    return a->outcome;
  };
  EXPECT_EQ(outcome("blue", "red"), Outcome::conditional);
  EXPECT_EQ(outcome("blue", "blue"), Outcome::denied) << "each layer is open, but not together";
}

TEST(Access, ADenialSaysWhichSideHadToAllow) {
  Estate estate;
  estate.change.put.resources = {
      key_with(estate, estate.policy("key", estate.statement(Effect::deny, "kms:Encrypt", "*", true)))};
  Built built(estate);
  const auto notes = [&](const char* who, const char* action, const char* on) {
    const Result<CanAnswer> a = built.access.can(question(who, action, on));
    EXPECT_TRUE(a) << (a ? "" : a.error().message);
    return a && !a->notes.empty() ? a->notes.front().substr(0, 12) : std::string();
  };
  EXPECT_EQ(notes("app", "kms:Decrypt", "k-1"), "a key's poli");
  EXPECT_EQ(notes("app", "kms:Encrypt", "k-1"), "");
  EXPECT_EQ(notes("anonymous", "s3:GetObject", "b/x"), "only the res");
  EXPECT_EQ(notes("arn:aws:iam::444455556666:role/x", "s3:GetObject", "b/x"), "across accou");
}

}  // namespace
}  // namespace sallyport::access
