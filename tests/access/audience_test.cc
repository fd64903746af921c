#include "access/audience.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "access/estate.h"

namespace sallyport::access {
namespace {

const Grant* grant(const Audience& a, const std::string& kind, const std::string& who) {
  for (const Grant& g : a.grants) {
    const bool has = std::find(g.principals.begin(), g.principals.end(), who) != g.principals.end();
    if (g.resource.kind == kind && has) return &g;
  }
  return nullptr;
}

iam::Outcome outcome(const Grant* g, const std::string& action) {
  if (g == nullptr) return iam::Outcome::unknown;
  for (const Grant::Action& a : g->actions) {
    if (a.action == action) return a.outcome;
  }
  return iam::Outcome::unknown;
}

TEST(Audience, AnOpenEndpointPolicyLetsDataOutToStrangers) {
  Estate estate;
  Built built(estate);
  const Result<Audience> a = audience(built.access, "vpce-1");
  ASSERT_TRUE(a) << a.error().message;
  EXPECT_EQ(a->kind, "gateway-endpoint");
  EXPECT_EQ(outcome(grant(*a, "strangers", "arn:aws:iam::111122223333:role/app"), "s3:PutObject"),
            iam::Outcome::allowed);
  EXPECT_EQ(outcome(grant(*a, "bucket", "arn:aws:iam::111122223333:role/app"), "s3:GetObject"), iam::Outcome::allowed);
  EXPECT_EQ(outcome(grant(*a, "bucket", "any foreign account"), "s3:GetObject"), iam::Outcome::denied);
}

TEST(Audience, ANarrowEndpointPolicyKeepsItIn) {
  Estate estate;
  estate.endpoint().policy = estate.policy("ours", estate.when(estate.statement(Effect::allow, "s3:*", "*", true),
                                                               "StringEquals", "aws:ResourceAccount", {account_id}));
  Built built(estate);
  const Result<Audience> a = audience(built.access, "s3");
  ASSERT_TRUE(a) << a.error().message;
  const Grant* out = grant(*a, "strangers", "arn:aws:iam::111122223333:role/app");
  EXPECT_EQ(outcome(out, "s3:PutObject"), iam::Outcome::denied);
  ASSERT_NE(out, nullptr);
  EXPECT_EQ(out->actions.front().layer, "endpoint-policy");
}

TEST(Audience, GatewayEndpointsServeTheirOwnVpcOnly) {
  Estate estate;
  Peering p;
  p.id = estate.regional<PeeringId>("pcx-1");
  p.head = estate.head("");
  p.state = State::working;
  p.requester.vpc = estate.vpc().id;
  p.accepter.vpc = estate.regional<VpcId>("vpc-elsewhere");
  estate.change.put.peerings.push_back(p);
  {
    Built built(estate);
    const Result<Audience> a = audience(built.access, "vpce-1");
    ASSERT_TRUE(a);
    ASSERT_EQ(a->outsiders.size(), 1u);
    EXPECT_EQ(a->outsiders.front().reaches, Truth::no);
  }
  estate.endpoint().type = EndpointType::interface;
  Built built(estate);
  const Result<Audience> a = audience(built.access, "vpce-1");
  ASSERT_TRUE(a);
  ASSERT_EQ(a->outsiders.size(), 1u);
  EXPECT_EQ(a->outsiders.front().reaches, Truth::unknown);
  EXPECT_TRUE(a->outsiders.front().gap);
}

TEST(Audience, WhomAVendorLetsConnectIsUnknownUntilCollected) {
  Estate estate;
  estate.endpoint().service = estate.text("com.amazonaws.vpce.eu-central-1.vpce-svc-0aa");
  Built built(estate);
  const Result<Audience> a = audience(built.access, "com.amazonaws.vpce.eu-central-1.vpce-svc-0aa");
  ASSERT_TRUE(a) << a.error().message;
  EXPECT_EQ(a->kind, "endpoint-service");
  EXPECT_EQ(a->outsiders.back().reaches, Truth::unknown);
  EXPECT_FALSE(audience(built.access, "vpce-none"));
}

}  // namespace
}  // namespace sallyport::access
