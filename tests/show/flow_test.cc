#include "show/flow.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "show/fixture.h"
#include "show/paths.h"

namespace sallyport::show {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string text_of(const TinyCloud& tiny, const net::Answer& answer) {
  Page page(tiny.cloud);
  std::string out;
  print_flow(out, page, {tiny.from(), tiny.to(), tcp, 443, &answer, {}});
  return out;
}

std::string json_of(const TinyCloud& tiny, const Flow& flow) {
  Page page(tiny.cloud);
  std::string out;
  JsonWriter json(out, 0);
  flow_json(json, page, flow);
  return out;
}

TEST(FlowText, APrivateFlowNamesItsDoorAndEachHopWithItsPlace) {
  const TinyCloud tiny;
  EXPECT_EQ(text_of(tiny, tiny.through_endpoint()),
            "alpha5 (instance) -> s3delta (bucket), tcp 443\n"
            "\n"
            "  private through gateway-endpoint vpce-0b7 (s3)\n"
            "\n"
            "  1  route-table  rtb-01\n"
            "                  the list leads to `vpce-0b7`\n"
            "                  routes.json:2\n"
            "  2  endpoint     vpce-0b7 (s3)\n"
            "                  gateway endpoint\n");
}

TEST(FlowText, ABlockedFlowSaysWhatStoppedItAndWhere) {
  const TinyCloud tiny;
  EXPECT_EQ(text_of(tiny, tiny.blocked()),
            "alpha5 (instance) -> s3delta (bucket), tcp 443\n"
            "\n"
            "  blocked NO_ROUTE_TO_DESTINATION rtb-01\n"
            "  no route leads to `10.9.0.1`\n"
            "  routes.json:3\n");
}

TEST(FlowText, AnUnknownFlowSaysWhatItMayBeAndWhatSettlesIt) {
  const TinyCloud tiny;
  EXPECT_EQ(text_of(tiny, tiny.unknown()),
            "alpha5 (instance) -> s3delta (bucket), tcp 443\n"
            "\n"
            "  unknown, may be private or blocked\n"
            "\n"
            "  not known: network ACLs of 111122223333 were not collected\n"
            "  settle it: aws ec2 describe-network-acls\n");
}

TEST(FlowText, ANameStandsForAnIdThatDoesNotExistYet) {
  TinyCloud tiny;
  Change change(tiny.registry);
  Endpoint e;
  e.id = tiny.registry->ids.get<EndpointId>(tiny.region, tiny.registry->texts.symbol("aws_vpc_endpoint.s3.id"));
  e.head = {tiny.registry->text("aws_vpc_endpoint.s3"), tiny.account, tiny.region, {}, {}};
  change.put.endpoints.push_back(e);
  const Cloud cloud = apply(tiny.cloud, std::move(change));
  const Page page(cloud);
  EXPECT_EQ(page.object(e.id), "aws_vpc_endpoint.s3");
  EXPECT_EQ(page.id(e.id), "(known after apply: aws_vpc_endpoint.s3.id)");
  EXPECT_EQ(page.object(tiny.endpoint), "vpce-0b7 (s3)");
  EXPECT_EQ(page.object(tiny.table), "rtb-01");
  EXPECT_EQ(page.object({}), "");
}

TEST(FlowJson, HasTheKeysOfTheContract) {
  const TinyCloud tiny;
  const net::Answer answer = tiny.through_endpoint();
  EXPECT_EQ(json_of(tiny, {tiny.from(), tiny.to(), tcp, 443, &answer, {}}),
            "{\"from\": {\"id\": \"i-0a1\", \"name\": \"alpha5\", \"kind\": \"instance\", "
            "\"account\": \"111122223333\", \"region\": \"eu-central-1\"}, "
            "\"to\": {\"id\": \"arn:aws:s3:::s3delta\", \"name\": \"s3delta\", \"kind\": \"bucket\", "
            "\"service\": \"s3\", \"region\": \"eu-central-1\", \"account\": \"111122223333\"}, "
            "\"protocol\": \"tcp\", \"port\": 443, \"verdict\": \"private\", \"degraded\": false, "
            "\"door\": {\"kind\": \"gateway-endpoint\", \"id\": \"vpce-0b7\", \"name\": \"s3\"}, "
            "\"doors\": [{\"kind\": \"gateway-endpoint\", \"id\": \"vpce-0b7\", \"name\": \"s3\"}], "
            "\"may\": [\"private\"], "
            "\"reason\": {\"code\": \"\", \"message\": \"\", \"where\": \"\"}, "
            "\"hops\": [{\"kind\": \"route-table\", \"id\": \"rtb-01\", \"detail\": \"the list leads to `vpce-0b7`\", "
            "\"origin\": \"routes.json:2\"}, "
            "{\"kind\": \"endpoint\", \"id\": \"vpce-0b7\", \"name\": \"s3\", \"detail\": \"gateway endpoint\"}]}");
}

TEST(FlowJson, WhatIsNotDecidedHasNoDoorAndItsGaps) {
  const TinyCloud tiny;
  const net::Answer answer = tiny.unknown();
  const std::string out = json_of(tiny, {tiny.from(), tiny.to(), 47, 0, &answer, {}});
  EXPECT_THAT(out, HasSubstr("\"protocol\": \"47\", \"port\": null, \"verdict\": \"unknown\""));
  EXPECT_THAT(out, HasSubstr("\"door\": null"));
  EXPECT_THAT(out, HasSubstr("\"may\": [\"private\", \"blocked\"]"));
  EXPECT_THAT(out, HasSubstr("\"gaps\": [{\"kind\": \"not-collected\", \"what\": "));
}

TEST(FlowJson, AClassListsItsMembersAndOneWorkloadDoesNot) {
  const TinyCloud tiny;
  const net::Answer answer = tiny.blocked();
  const Flow many = {tiny.from(), tiny.to(), tcp, 443, &answer, {{"i-0a1", "alpha5"}, {"i-0a2", ""}}};
  EXPECT_THAT(
      json_of(tiny, many),
      HasSubstr("\"members\": [{\"id\": \"i-0a1\", \"name\": \"alpha5\"}, {\"id\": \"i-0a2\", \"name\": \"\"}]"));
  const Flow one = {tiny.from(), tiny.to(), tcp, 443, &answer, {{"i-0a1", "alpha5"}}};
  EXPECT_THAT(json_of(tiny, one), Not(HasSubstr("members")));
}

// Three flows: one of a class of two, one blocked, one unknown.
void three(const TinyCloud& tiny, const std::function<void(const Flow&)>& take, std::uint16_t last_port = 443) {
  const net::Answer first = tiny.through_endpoint(), second = tiny.blocked(), third = tiny.unknown();
  take({tiny.from(), tiny.to(), tcp, 443, &first, {{"i-0a1", "alpha5"}, {"i-0a2", "beta"}}});
  take({tiny.from(), {"10.9.0.1", "", "address", "", "", ""}, tcp, 443, &second, {}});
  take({tiny.from(), tiny.to(), tcp, last_port, &third, {}});
}

TEST(PathsText, ListsFlowsAndCountsEveryMember) {
  const TinyCloud tiny;
  Page page(tiny.cloud);
  std::string out;
  paths_text(out, page, [&](const auto& take) { three(tiny, take); }, "none\n", {});
  EXPECT_EQ(out,
            "FROM               TO                VERDICT  DOOR OR REASON\n"
            "alpha5 and 1 more  s3delta (bucket)  private  gateway-endpoint vpce-0b7 (s3)\n"
            "alpha5             10.9.0.1          blocked  NO_ROUTE_TO_DESTINATION rtb-01\n"
            "alpha5             s3delta (bucket)  unknown  may be private or blocked: "
            "network ACLs of 111122223333 were not collected\n"
            "\n"
            "4 flows: 2 private, 1 blocked, 1 unknown (tcp 443)\n"
            "what is unknown, by cause, and what settles it: `sallyport census`\n");
}

TEST(PathsText, ShowsPortsWhereTheyDifferAndIdsWhereNamesDoNotTell) {
  const TinyCloud tiny;
  Page page(tiny.cloud);
  std::string out;
  paths_text(out, page,
             [&](const auto& take) {
               three(tiny, take, 80);
               const net::Answer blocked = tiny.blocked();
               net::Label twin = tiny.from();
               twin.id = "i-0ff";
               take({twin, tiny.to(), tcp, 443, &blocked, {}});
             },
             "none\n", {});
  EXPECT_THAT(out, HasSubstr("PORT"));
  EXPECT_THAT(out, HasSubstr("tcp 80"));
  EXPECT_THAT(out, HasSubstr("alpha5 i-0ff"));
  EXPECT_THAT(out, HasSubstr("alpha5 i-0a1"));
}

TEST(PathsText, NothingToListIsSaid) {
  const TinyCloud tiny;
  Page page(tiny.cloud);
  std::string out;
  paths_text(out, page, [](const auto&) {}, "no flows: why\n", {});
  EXPECT_EQ(out, "no flows: why\n");
}

TEST(PathsText, WhatMayBeLackingIsSaidAlsoOfAnEmptyList) {
  const TinyCloud tiny;
  Page page(tiny.cloud);
  std::string out;
  paths_text(out, page, [](const auto&) {}, "no flows\n", tiny.unknown().gaps);
  EXPECT_EQ(out,
            "no flows\n"
            "not complete: there may be more flows\n"
            "  network ACLs of 111122223333 were not collected (`aws ec2 describe-network-acls`)\n");
}

TEST(PathsText, ColoursTheVerdictOnly) {
  const TinyCloud tiny;
  Page page(tiny.cloud, {.color = true});
  std::string out;
  paths_text(out, page, [&](const auto& take) { three(tiny, take); }, "", {});
  EXPECT_THAT(out, HasSubstr("\x1b[32mprivate\x1b[0m  gateway-endpoint"));
  EXPECT_THAT(out, HasSubstr("\x1b[34mblocked\x1b[0m"));
  EXPECT_THAT(out, HasSubstr("\x1b[33munknown\x1b[0m"));
}

TEST(Summary, CountsByVerdictDoorServiceAndAccount) {
  const TinyCloud tiny;
  Summary summary;
  three(tiny, [&](const Flow& flow) { summary.add(flow); });
  EXPECT_EQ(summary.flows, 4U);
  EXPECT_EQ(summary.verdicts["private"], 2U);
  EXPECT_EQ(summary.doors["gateway-endpoint"], 2U);
  EXPECT_EQ(summary.services["s3"]["unknown"], 1U);
  EXPECT_EQ(summary.services.size(), 1U);
  EXPECT_EQ(summary.accounts["111122223333"]["blocked"], 1U);
}

}  // namespace
}  // namespace sallyport::show
