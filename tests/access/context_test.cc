#include "access/context.h"

#include <gtest/gtest.h>

#include "access/estate.h"

namespace sallyport::access {
namespace {

using iam::KeyState;
using iam::KeyValue;

// The key of a request by `who` for an object of the bucket.
KeyValue key(Built& built, const char* who, const Arrival& arrival, const char* name,
             const char* action = "s3:GetObject", const char* resource = "arn:aws:s3:::b/x") {
  const Caller caller = built.caller(who);
  const Thing thing = built.thing(action, resource);
  return context(built.cloud(), built.access.org(), {caller, thing, arrival}, {name}).find(name);
}

std::string single(const KeyValue& v) {
  return v.state == KeyState::known && v.values.size() == 1 ? v.values.front() : std::string("-");
}

Arrival by_nat(const char* address) {
  Arrival a;
  a.by = Arrival::By::publicly;
  a.addresses = set_of(*parse_address(address));
  a.exact = true;
  return a;
}

TEST(Context, ExactlyOneOfSourceIpAndTheEndpointsKeysIsPresent) {
  Estate estate;
  Built built(estate);
  const Arrival endpoint = through(built.cloud(), built.endpoint());
  const Arrival nat = by_nat("203.0.113.7");
  EXPECT_EQ(key(built, "app", endpoint, "aws:SourceIp").state, KeyState::absent);
  EXPECT_EQ(single(key(built, "app", endpoint, "aws:SourceVpce")), "vpce-1");
  EXPECT_EQ(single(key(built, "app", endpoint, "aws:SourceVpc")), "vpc-1");
  EXPECT_EQ(single(key(built, "app", nat, "aws:SourceIp")), "203.0.113.7");
  for (const char* name : {"aws:SourceVpce", "aws:SourceVpc", "aws:VpcSourceIp", "aws:SourceVpcArn", "aws:VpceAccount",
                           "aws:VpceOrgID", "aws:VpceOrgPaths"}) {
    EXPECT_EQ(key(built, "app", nat, name).state, KeyState::absent) << name;
  }
}

TEST(Context, APathThatWasLostLeavesEveryNetworkKeyUnknown) {
  Estate estate;
  Built built(estate);
  Arrival lost;
  lost.gap = estate.gap("lost");
  for (const char* name : {"aws:SourceIp", "aws:SourceVpce", "aws:SourceVpc", "aws:VpcSourceIp", "aws:VpceAccount"}) {
    const KeyValue v = key(built, "app", lost, name);
    EXPECT_EQ(v.state, KeyState::unknown) << name;
    EXPECT_EQ(v.gap, lost.gap) << name;
  }
}

TEST(Context, SomeServicesDoNotSetTheNewerKeys) {
  Estate estate;
  Built built(estate);
  const Arrival endpoint = through(built.cloud(), built.endpoint());
  EXPECT_EQ(single(key(built, "app", endpoint, "aws:VpceAccount")), account_id);
  EXPECT_EQ(key(built, "app", endpoint, "aws:VpceAccount", "sqs:SendMessage", "arn:aws:sqs:eu-central-1:111122223333:q")
                .state,
            KeyState::absent);
  EXPECT_EQ(single(key(built, "app", endpoint, "aws:SourceVpcArn")), "arn:aws:ec2:eu-central-1:111122223333:vpc/vpc-1");
  EXPECT_EQ(key(built, "app", endpoint, "aws:SourceVpcArn", "dynamodb:GetItem",
                "arn:aws:dynamodb:eu-central-1:111122223333:table/t")
                .state,
            KeyState::absent);
}

TEST(Context, AnEndpointOfAStrangerHasValuesThatNobodyHereKnows) {
  Estate estate;
  Built built(estate);
  const Arrival theirs = through_strangers();
  EXPECT_EQ(key(built, "app", theirs, "aws:SourceIp").state, KeyState::absent);
  EXPECT_NE(single(key(built, "app", theirs, "aws:SourceVpce")), "-");
  EXPECT_EQ(single(key(built, "app", theirs, "aws:VpceAccount")), nobodys_account);
}

TEST(Context, TheOrganizationIsThatOfTheAccount) {
  Estate estate;
  estate.organization();
  Built built(estate);
  const Arrival any = from_anywhere();
  EXPECT_EQ(single(key(built, "app", any, "aws:PrincipalOrgID")), "o-1");
  EXPECT_EQ(single(key(built, "app", any, "aws:PrincipalOrgPaths")), "o-1/r-1/ou-1/");
  EXPECT_EQ(single(key(built, "app", any, "aws:ResourceOrgID")), "o-1");
  EXPECT_EQ(key(built, "anonymous", any, "aws:PrincipalOrgID").state, KeyState::absent);
  EXPECT_EQ(single(key(built, "anonymous", any, "aws:PrincipalAccount")), "anonymous");
}

TEST(Context, WithoutAnOrganizationThereIsNoOrganizationId) {
  Estate estate;
  Built built(estate);
  EXPECT_EQ(key(built, "app", from_anywhere(), "aws:PrincipalOrgID").state, KeyState::absent);
  EXPECT_EQ(key(built, "arn:aws:iam::444455556666:role/x", from_anywhere(), "aws:PrincipalOrgID").state,
            KeyState::unknown)
      << "it was said of our accounts only";
}

TEST(Context, AnOrganizationThatWasNotCollectedIsUnknown) {
  Estate estate;
  estate.change.organization = estate.gap("organization");
  Built built(estate);
  EXPECT_EQ(key(built, "app", from_anywhere(), "aws:PrincipalOrgID").state, KeyState::unknown);
}

TEST(Context, ASessionShowsItsRoleAndARoleSomeSession) {
  Estate estate;
  Built built(estate);
  const Arrival any = from_anywhere();
  const char* session = "arn:aws:sts::111122223333:assumed-role/app/s1";
  EXPECT_EQ(single(key(built, session, any, "aws:PrincipalArn")), "arn:aws:iam::111122223333:role/app");
  EXPECT_EQ(single(key(built, session, any, "aws:userid")), "AROAAPP:s1");
  EXPECT_EQ(key(built, "app", any, "aws:userid").state, KeyState::open) << "whoever assumes it names the session";
  EXPECT_EQ(single(key(built, "ann", any, "aws:userid")), "AIDAANN");
  EXPECT_EQ(single(key(built, "ann", any, "aws:username")), "ann");
  EXPECT_EQ(key(built, "app", any, "aws:username").state, KeyState::absent);
}

TEST(Context, TagsOfARoleAreFixedUnlessItsTrustPolicyLetsCallersPassTags) {
  Estate estate;
  estate.role().tags.items = {{estate.text("team"), estate.text("blue")}};
  Statement trust = estate.statement(Effect::allow, "sts:AssumeRole", "*", true);
  estate.role().trust = estate.policy("trust", trust);
  {
    Built built(estate);
    EXPECT_EQ(single(key(built, "app", from_anywhere(), "aws:PrincipalTag/Team")), "blue");
    EXPECT_EQ(key(built, "app", from_anywhere(), "aws:PrincipalTag/other").state, KeyState::absent);
  }
  trust.actions.push_back(estate.text("sts:Tag*"));
  estate.role().trust = estate.policy("trust-with-tags", trust);
  Built built(estate);
  EXPECT_EQ(key(built, "app", from_anywhere(), "aws:PrincipalTag/Team").state, KeyState::open);
}

TEST(Context, WhatTheCallerChoosesIsOpenAndWhatWeLackIsUnknown) {
  Estate estate;
  Built built(estate);
  const Arrival any = from_anywhere();
  for (const char* name : {"aws:CurrentTime", "aws:UserAgent", "aws:Referer", "aws:RequestTag/x",
                           "aws:MultiFactorAuthPresent", "s3:x-amz-acl"}) {
    EXPECT_EQ(key(built, "ann", any, name, "s3:PutObject").state, KeyState::open) << name;
  }
  for (const char* name : {"aws:ResourceTag/x", "s3:ExistingObjectTag/x", "aws:NoSuchKey", "s3:NoSuchKey"}) {
    EXPECT_EQ(key(built, "ann", any, name).state, KeyState::unknown) << name;
  }
  for (const char* name : {"aws:CalledVia", "aws:SourceArn", "aws:SourceAccount", "dynamodb:LeadingKeys"}) {
    EXPECT_EQ(key(built, "ann", any, name).state, KeyState::absent) << name;
  }
}

TEST(Context, TheUserFixesAKeyOrMakesItAbsent) {
  Estate estate;
  Built built(estate);
  const Caller caller = built.caller("ann");
  const Thing thing = built.thing("s3:GetObject", "arn:aws:s3:::b/x");
  const Arrival any = from_anywhere();
  const std::vector<ContextEntry> fixed = {{"aws:SourceIp", {"198.51.100.1"}}, {"aws:RequestedRegion", {}}};
  const iam::Context c =
      context(built.cloud(), built.access.org(), {caller, thing, any, nullptr, false, &fixed}, {"aws:sourceip"});
  EXPECT_EQ(single(c.find("aws:SourceIp")), "198.51.100.1");
  EXPECT_EQ(c.find("aws:RequestedRegion").state, KeyState::absent);
}

}  // namespace
}  // namespace sallyport::access
