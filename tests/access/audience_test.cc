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

Truth asked(const Audience& a, const std::string& who, const std::string& words) {
  for (const Outsider& o : a.outsiders) {
    if (o.who == who && o.why.find(words) != std::string::npos) return o.reaches;
  }
  ADD_FAILURE() << "nobody is told as " << who << ": " << words;
  return Truth::unknown;
}

// https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
TEST(Audience, AServiceOfOurOwnTellsWhomItLetsConnect) {
  Estate estate;
  EndpointService service;
  service.id = estate.regional<EndpointServiceId>("com.amazonaws.vpce.eu-central-1.vpce-svc-0aa");
  service.head = estate.head("");
  service.configured = true;
  service.state = State::working;
  service.acceptance_required = false;
  EndpointConnection connection;
  connection.endpoint = estate.regional<EndpointId>("vpce-foreign");
  connection.account = estate.text("999988887777");
  connection.state = State::working;
  service.connections.items.push_back(connection);
  estate.change.put.endpoint_services.push_back(service);
  {
    Built built(estate);
    const Result<Audience> a = audience(built.access, "vpce-svc-0aa");
    ASSERT_TRUE(a) << a.error().message;
    EXPECT_EQ(asked(*a, "other-tenants", "no other account"), Truth::no);
    EXPECT_EQ(asked(*a, "endpoint", "999988887777"), Truth::yes);
  }
  estate.change.put.endpoint_services.back().principals.items = {estate.text("*")};
  {
    Built built(estate);
    EXPECT_EQ(asked(*audience(built.access, "vpce-svc-0aa"), "other-tenants", "everybody"), Truth::yes);
  }
  estate.change.put.endpoint_services.back().acceptance_required = true;
  Built built(estate);
  EXPECT_EQ(asked(*audience(built.access, "vpce-svc-0aa"), "other-tenants", "accepts or rejects"), Truth::unknown);
}

TEST(Audience, OfATransitGatewayTheRoutesTellWhoComesIn) {
  Estate estate;
  estate.endpoint().type = EndpointType::interface;
  const auto gateway = estate.regional<TransitGatewayId>("tgw-1");
  TransitGateway row;
  row.id = gateway;
  row.head = estate.head("");
  row.state = State::working;
  estate.change.put.transit_gateways.push_back(row);
  const auto attach = [&](const char* id, const char* vpc, const char* table) {
    TransitAttachment a;
    a.id = estate.regional<TransitAttachmentId>(id);
    a.head = estate.head("");
    a.kind = AttachmentKind::vpc;
    a.state = State::working;
    a.gateway = gateway;
    a.vpc = estate.regional<VpcId>(vpc);
    a.table = estate.regional<TransitTableId>(table);
    estate.change.put.transit_attachments.push_back(a);
  };
  const std::string home = estate.registry->texts.string(estate.registry->ids.id(estate.vpc().id));
  attach("tgw-attach-home", home.c_str(), "tgw-rtb-home");
  attach("tgw-attach-led", "vpc-led", "tgw-rtb-led");
  attach("tgw-attach-apart", "vpc-apart", "tgw-rtb-apart");
  for (const char* id : {"tgw-rtb-home", "tgw-rtb-led", "tgw-rtb-apart"}) {
    TransitTable table;
    table.id = estate.regional<TransitTableId>(id);
    table.head = estate.head("");
    table.gateway = gateway;
    if (std::string(id) == "tgw-rtb-led") {
      TransitRoute route;
      route.destination = everything(Family::v4);
      route.attachments.push_back(estate.regional<TransitAttachmentId>("tgw-attach-home"));
      table.routes.items.push_back(route);
    }
    estate.change.put.transit_tables.push_back(table);
  }
  RouteTable routes;
  routes.id = estate.regional<RouteTableId>("rtb-transit");
  routes.head = estate.head("");
  routes.vpc = estate.vpc().id;
  Route out;
  out.destination = everything(Family::v4);
  out.target = RouteTarget::transit_gateway;
  out.object = gateway;
  out.blackhole = false;
  routes.routes.items.push_back(out);
  estate.change.put.route_tables.push_back(routes);
  Built built(estate);
  const Result<Audience> a = audience(built.access, "vpce-1");
  ASSERT_TRUE(a) << a.error().message;
  EXPECT_EQ(asked(*a, "transit-gateway", "tgw-attach-led"), Truth::unknown);
  EXPECT_EQ(asked(*a, "transit-gateway", "tgw-attach-apart"), Truth::no);
}

}  // namespace
}  // namespace sallyport::access
