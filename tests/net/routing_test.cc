#include "net/routing.h"

#include <gtest/gtest.h>

#include "model/derive.h"

namespace sallyport::net {
namespace {

// One VPC 10.0.0.0/16 with one table; routes are told apart by their gateway's id.
class RoutingTest : public testing::Test {
 protected:
  RegistryPtr registry = std::make_shared<Registry>();
  Text region = registry->text("eu-central-1");
  Change change{registry};
  RouteTable table;

  RoutingTest() {
    Vpc vpc;
    vpc.id = registry->ids.get<VpcId>(region, registry->text("vpc-1"));
    vpc.head.region = region;
    vpc.cidrs.items = {*parse_prefix("10.0.0.0/16")};
    change.put.vpcs.push_back(vpc);
    table.id = registry->ids.get<RouteTableId>(region, registry->text("rtb-1"));
    table.vpc = vpc.id;
  }

  Route& add(std::variant<Prefix, PrefixListId> to, const char* gateway) {
    Route r;
    r.destination = to;
    r.target = RouteTarget::nat_gateway;
    r.object = registry->ids.get<NatGatewayId>(region, registry->text(gateway));
    r.blackhole = false;
    table.routes.items.push_back(r);
    return table.routes.items.back();
  }
  Route& add(const char* prefix, const char* gateway) { return add(*parse_prefix(prefix), gateway); }

  PrefixListId list(const char* name, std::initializer_list<const char*> entries, bool managed, bool open = false) {
    PrefixList l;
    l.id = registry->ids.get<PrefixListId>(region, registry->text(std::string("pl-") + name));
    l.head.name = registry->text(name);
    l.aws_managed = managed;
    for (const char* e : entries) l.entries.items.push_back(*parse_prefix(e));
    if (open) l.entries.open = registry->gaps.add({GapKind::not_collected, "entries", ""});
    change.put.prefix_lists.push_back(l);
    return l.id;
  }

  // The targets of the lanes of a destination, as "set>gateway|gateway".
  std::vector<std::string> lanes(Side destination) {
    const Index index(apply(Cloud(registry), change), {}, {});
    Beam beam;
    beam.source.set = set_of(*parse_prefix("10.0.0.1"));
    beam.destination = std::move(destination);
    beam.source_ports = beam.destination_ports = all_ports();
    std::vector<std::string> shown;
    for (const Lane& lane : route(index, table, &index.cloud()->vpcs.rows()[0], beam)) {
      std::string text = lane.beam.destination.exact() ? to_string(lane.beam.destination.set) : "?";
      text += ">";
      for (const Route* r : lane.routes) {
        text += r == nullptr                      ? "none|"
                : r == lane.unseen.get()          ? "unseen|"
                : r->target == RouteTarget::local ? "local|"
                                                  : index.show(r->object) + "|";
      }
      shown.push_back(text);
    }
    return shown;
  }
  std::vector<std::string> lanes(const char* address) {
    Side side;
    side.set = set_of(*parse_prefix(address));
    return lanes(side);
  }
  Side s3(bool known) {
    Side side;
    side.service = true;
    side.service_list = registry->text("com.amazonaws.eu-central-1.s3");
    side.set = known ? set_of(*parse_prefix("52.218.0.0/16")) : public_space(Family::v4);
    if (!known) side.gap = registry->gaps.add({GapKind::not_collected, "s3", ""});
    return side;
  }

  using Lanes = std::vector<std::string>;
};

TEST_F(RoutingTest, TheLongestPrefixWins) {
  add("0.0.0.0/0", "far");
  add("52.0.0.0/8", "near");
  EXPECT_EQ(lanes("52.1.2.3"), Lanes({"52.1.2.3>near|"}));
  EXPECT_EQ(lanes("8.8.8.8"), Lanes({"8.8.8.8>far|"}));
}

TEST_F(RoutingTest, LocalIsThereWithoutBeingShown) {
  add("0.0.0.0/0", "far");
  EXPECT_EQ(lanes("10.0.9.9"), Lanes({"10.0.9.9>local|"}));
}

TEST_F(RoutingTest, NothingMatchesWithoutARoute) { EXPECT_EQ(lanes("8.8.8.8"), Lanes({"8.8.8.8>none|"})); }

TEST_F(RoutingTest, FamiliesAreRoutedApart) {
  add("0.0.0.0/0", "far");
  EXPECT_EQ(lanes("2600::1"), Lanes({"2600::1>none|"}));
}

TEST_F(RoutingTest, AFixedRouteBeatsAListAndAPropagatedOne) {
  add("52.0.0.0/8", "propagated").origin = RouteOrigin::propagated;
  add(list("own", {"52.0.0.0/8"}, false), "list");
  EXPECT_EQ(lanes("52.1.1.1"), Lanes({"52.1.1.1>list|"}));
  add("52.0.0.0/8", "fixed");
  EXPECT_EQ(lanes("52.1.1.1"), Lanes({"52.1.1.1>fixed|"}));
}

TEST_F(RoutingTest, APropagatedRouteLosesToLocalEvenIfLonger) {
  add("10.0.1.0/24", "propagated").origin = RouteOrigin::propagated;
  EXPECT_EQ(lanes("10.0.1.1"), Lanes({"10.0.1.1>local|"}));
}

TEST_F(RoutingTest, AnEndpointsListBeatsTheDefaultRoute) {
  add("0.0.0.0/0", "far");
  add(list("com.amazonaws.eu-central-1.s3", {"52.218.0.0/16"}, true), "endpoint");
  EXPECT_EQ(lanes(s3(true)), Lanes({"52.218.0.0-52.218.255.255>endpoint|"}));
}

TEST_F(RoutingTest, ALongerRouteBeatsTheEndpointsList) {
  add("52.218.128.0/17", "long");
  add(list("com.amazonaws.eu-central-1.s3", {"52.218.0.0/16"}, true), "endpoint");
  EXPECT_EQ(lanes(s3(true)), Lanes({"52.218.128.0-52.218.255.255>long|", "52.218.0.0-52.218.127.255>endpoint|"}));
}

TEST_F(RoutingTest, AServicesNameIsInItsListWithoutTheEntries) {
  add("0.0.0.0/0", "far");
  add(list("com.amazonaws.eu-central-1.s3", {}, true, true), "endpoint");
  EXPECT_EQ(lanes(s3(false)), Lanes({"?>endpoint|"}));
  // A raw address may or may not be in it.
  EXPECT_EQ(lanes("52.218.1.1"), Lanes({"52.218.1.1>endpoint|far|"}));
  EXPECT_EQ(lanes("10.9.9.9"), Lanes({"10.9.9.9>far|"})) << "a managed list holds no private address";
}

TEST_F(RoutingTest, WithoutTheEntriesALongerRouteMayWin) {
  add("0.0.0.0/0", "far");
  add("52.218.0.0/17", "long");
  add(list("com.amazonaws.eu-central-1.s3", {}, true, true), "endpoint");
  EXPECT_EQ(lanes(s3(false)), Lanes({"?>endpoint|long|"}));
}

TEST_F(RoutingTest, AnotherServicesListHoldsNoNameOfS3) {
  add("0.0.0.0/0", "far");
  add(list("com.amazonaws.eu-central-1.dynamodb", {"52.218.0.0/16"}, true), "endpoint");
  EXPECT_EQ(lanes(s3(true)), Lanes({"52.218.0.0-52.218.255.255>far|"}));
}

TEST_F(RoutingTest, TwoListsThatOverlapAreAMatterOfChance) {
  add(list("a", {"52.0.0.0/8"}, false), "a");
  add(list("b", {"52.218.0.0/16"}, false), "b");
  EXPECT_EQ(lanes("52.218.1.1"), Lanes({"52.218.1.1>b|a|"}));
  EXPECT_EQ(lanes("52.1.1.1"), Lanes({"52.1.1.1>a|"}));
}

TEST_F(RoutingTest, AnOpenTableMayHoldAnyRoute) {
  add("0.0.0.0/0", "far");
  table.routes.open = registry->gaps.add({GapKind::not_readable, "routes", ""});
  EXPECT_EQ(lanes("8.8.8.8"), Lanes({"8.8.8.8>unseen|far|"}));
}

}  // namespace
}  // namespace sallyport::net
