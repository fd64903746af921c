// What a plan does to what is there; what it claims to be all; what nobody reads.
#include <algorithm>

#include "plan.h"
#include "read/input.h"

namespace sallyport::read {
namespace {

const std::string subnet_after = R"({"id":"subnet-1","vpc_id":"vpc-1","cidr_block":"10.0.0.0/24"})";

struct Laid {
  RegistryPtr registry = std::make_shared<Registry>();
  Cloud base{registry};
  Cloud cloud{registry};
};

// A plan over a base that itself was read from a state.
Laid lay(const std::string& state, const std::string& plan) {
  Laid laid;
  laid.base = apply(laid.base, change_of(laid.registry, state));
  laid.cloud = apply(laid.base, change_of(laid.registry, plan, &laid.base));
  return laid;
}

std::string state_of(const std::vector<std::pair<std::string, std::string>>& resources) {
  std::vector<std::string> all;
  for (const auto& [block, values] : resources) {
    const std::size_t dot = block.find('.');
    all.push_back(R"({"address":")" + block + R"(","mode":"managed","type":")" + block.substr(0, dot) +
                  R"(","name":")" + block.substr(dot + 1) + R"(","values":)" + values + "}");
  }
  return R"({"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{"resources":[)" + join(all) +
         "]}}}";
}

const char* const arn = R"("arn":"arn:aws:ec2:eu-central-1:111122223333:x/y")";

TEST(TerraformChanges, WhatIsDeletedIsNotThere) {
  const Cloud cloud = cloud_of(plan_of({{"aws_subnet.a", "", "{}", "{}", R"(["delete"])", subnet_after}}));
  EXPECT_TRUE(cloud->subnets.empty());
}

TEST(TerraformChanges, WhatIsReplacedIsANewObject) {
  for (const char* actions : {R"(["delete","create"])", R"(["create","delete"])"}) {
    const Cloud cloud = cloud_of(plan_of({{"aws_subnet.a", R"({"cidr_block":"10.0.9.0/24","vpc_id":"vpc-1"})",
                                           R"({"id":true})", "{}", actions, subnet_after}}));
    ASSERT_EQ(cloud->subnets.size(), 1U);
    EXPECT_NE(find(cloud, cloud->subnets, "(aws_subnet.a.id)"), nullptr);
  }
}

// `removed { lifecycle { destroy = false } }`: out of Terraform's sight, but there.
TEST(TerraformChanges, WhatIsForgottenStays) {
  const Cloud cloud = cloud_of(plan_of({{"aws_subnet.a", "", "{}", "{}", R"(["forget"])", subnet_after}}));
  EXPECT_NE(find(cloud, cloud->subnets, "subnet-1"), nullptr);
}

TEST(TerraformChanges, OverABaseTheDeletedRowGoesAndOthersStay) {
  const std::string state = state_of(
      {{"aws_subnet.a", R"({"id":"subnet-1","vpc_id":"vpc-1","cidr_block":"10.0.0.0/24",)" + std::string(arn) + "}"},
       {"aws_subnet.b", R"({"id":"subnet-2","vpc_id":"vpc-1","cidr_block":"10.0.1.0/24",)" + std::string(arn) + "}"}});
  const Laid laid = lay(state, plan_of({{"aws_subnet.a", "", "{}", "{}", R"(["delete"])", subnet_after}}));
  EXPECT_EQ(laid.base->subnets.size(), 2U);
  ASSERT_EQ(laid.cloud->subnets.size(), 1U);
  EXPECT_EQ(laid.cloud.id(laid.cloud->subnets.rows()[0].id), "subnet-2");
}

// A route into a table that the plan does not hold: the base's table and that route.
TEST(TerraformChanges, APartIsAddedToTheRowOfTheBase) {
  const std::string state =
      state_of({{"aws_route_table.t",
                 R"({"id":"rtb-1","vpc_id":"vpc-1","route":[{"cidr_block":"10.9.0.0/16","gateway_id":"igw-1"}],)" +
                     std::string(arn) + "}"}});
  const Made route{"aws_route.r",
                   R"({"route_table_id":"rtb-1","destination_cidr_block":"0.0.0.0/0","gateway_id":"igw-1"})", "{}",
                   R"({"route_table_id":{},"gateway_id":{}})"};
  const Laid laid = lay(state, plan_of({route}));
  ASSERT_EQ(laid.cloud->route_tables.size(), 1U);
  EXPECT_EQ(laid.cloud->route_tables.rows()[0].routes.size(), 2U);
  // Without a base nothing else of the table is known.
  const Cloud alone = cloud_of(plan_of({route}));
  ASSERT_EQ(alone->route_tables.size(), 1U);
  EXPECT_TRUE(alone->route_tables.rows()[0].routes.open);
  EXPECT_FALSE(alone->route_tables.rows()[0].vpc.known());
}

// The attribute of a group that exists still lists a rule that goes away.
TEST(TerraformChanges, ARuleThatGoesAwayIsNotBelieved) {
  const std::string rule = R"({"cidr_blocks":["0.0.0.0/0"],"from_port":443,"to_port":443,"protocol":"tcp"})";
  const Made group{"aws_security_group.g", R"({"id":"sg-1","vpc_id":"vpc-1","ingress":[)" + rule + R"(],"egress":[]})",
                   "{}", R"({"name":{}})", R"(["no-op"])"};
  const Made gone{
      "aws_security_group_rule.r",
      "",
      "{}",
      "{}",
      R"(["delete"])",
      R"({"security_group_id":"sg-1","type":"ingress","cidr_blocks":["0.0.0.0/0"],"from_port":443,"to_port":443,"protocol":"tcp"})"};
  const Cloud before = cloud_of(plan_of({group}));
  EXPECT_EQ(find(before, before->security_groups, "sg-1")->rules.size(), 1U);
  const Cloud after = cloud_of(plan_of({group, gone}));
  EXPECT_TRUE(find(after, after->security_groups, "sg-1")->rules.empty());
  EXPECT_TRUE(find(after, after->security_groups, "sg-1")->rules.open);
}

GapId missing(const Cloud& cloud, Kind kind) {
  Registry& r = cloud.registry();
  return cloud.missing(kind, r.text("111122223333"), kind == Kind::hosted_zone ? Text() : r.text("eu-central-1"));
}

TEST(TerraformCoverage, ANewVpcHoldsWhatThePlanPutsThere) {
  const Cloud cloud = cloud_of(plan_of(with_network({})));
  for (const Kind kind : {Kind::subnet, Kind::route_table, Kind::network_acl, Kind::security_group, Kind::endpoint,
                          Kind::internet_gateway, Kind::hosted_zone, Kind::resolver_rule}) {
    EXPECT_FALSE(missing(cloud, kind)) << name(kind);
  }
  // Services make interfaces of their own; buckets and roles live in no VPC.
  EXPECT_TRUE(missing(cloud, Kind::network_interface));
  EXPECT_TRUE(cloud.missing(Kind::bucket, cloud.registry().text("111122223333"), Text()));
  EXPECT_TRUE(cloud.missing(Kind::role, cloud.registry().text("111122223333"), Text()));
}

TEST(TerraformCoverage, AVpcThatExistsMayHoldMore) {
  const Made elsewhere{"aws_subnet.old", R"({"cidr_block":"10.9.0.0/24","vpc_id":"vpc-1"})", R"({"id":true})",
                       R"({"vpc_id":{}})"};
  const Cloud cloud = cloud_of(plan_of(with_network({elsewhere})));
  EXPECT_TRUE(missing(cloud, Kind::route_table));
  EXPECT_TRUE(missing(cloud, Kind::endpoint));
}

TEST(TerraformCoverage, AnObjectOfAnUnknownVpcMayBeInANewOne) {
  const Made somewhere{"aws_subnet.x", R"({"cidr_block":"10.9.0.0/24"})", R"({"id":true,"vpc_id":true})",
                       R"({"vpc_id":{"references":["self.v"]}})"};
  const Cloud cloud = cloud_of(plan_of(with_network({somewhere})));
  EXPECT_TRUE(missing(cloud, Kind::subnet));
}

TEST(TerraformCoverage, AStateClaimsNothing) {
  const Cloud cloud =
      cloud_of(state_of({{"aws_vpc.v", R"({"id":"vpc-1","cidr_block":"10.0.0.0/16","owner_id":"111122223333",)" +
                                           std::string(arn) + "}"}}));
  ASSERT_EQ(cloud->vpcs.size(), 1U);
  EXPECT_TRUE(missing(cloud, Kind::endpoint));
  EXPECT_TRUE(missing(cloud, Kind::route_table));
}

TEST(TerraformCoverage, OverABaseNothingIsClaimed) {
  const std::string state =
      state_of({{"aws_vpc.v",
                 R"({"id":"vpc-1","cidr_block":"10.0.0.0/16","owner_id":"111122223333",)" + std::string(arn) + "}"}});
  const Laid laid = lay(state, plan_of(with_network({})));
  EXPECT_EQ(laid.cloud->vpcs.size(), 2U);
  EXPECT_TRUE(missing(laid.cloud, Kind::endpoint));
}

TEST(TerraformUnread, TypesAreListedOnceWithTheirNumber) {
  const Cloud cloud = cloud_of(plan_of({{"aws_glue_job.a", "{}"}, {"aws_glue_job.b", "{}"}, {"random_id.x", "{}"}}));
  ASSERT_EQ(cloud.unread().size(), 2U);
  EXPECT_EQ(cloud.unread()[0].what, "aws_glue_job");
  EXPECT_EQ(cloud.unread()[0].files, 2U);
  EXPECT_EQ(cloud.unread()[1].what, "random_id");
}

TEST(TerraformUnread, ATypeThatCouldChangeTheVpcTaintsIt) {
  const auto with = [](const std::string& type) { return cloud_of(plan_of(with_network({{type + ".x", "{}"}}))); };
  EXPECT_FALSE(missing(with("aws_sqs_queue"), Kind::hosted_zone));
  EXPECT_TRUE(missing(with("aws_service_discovery_private_dns_namespace"), Kind::hosted_zone));
  EXPECT_FALSE(missing(with("aws_service_discovery_private_dns_namespace"), Kind::endpoint));
  EXPECT_TRUE(missing(with("aws_route53_resolver_rule_association"), Kind::resolver_rule));
  EXPECT_TRUE(missing(with("aws_vpc_that_is_newer_than_we"), Kind::route_table));
  EXPECT_TRUE(missing(with("aws_cloudformation_stack"), Kind::endpoint));
}

TEST(TerraformOrigins, EveryRowPointsToItsResource) {
  const std::string plan = plan_of(with_network({}));
  const Cloud cloud = cloud_of(plan);
  const Subnet* subnet = find(cloud, cloud->subnets, "(aws_subnet.a.id)");
  ASSERT_NE(subnet, nullptr);
  EXPECT_EQ(plan.substr(subnet->head.origin.offset, 25), R"({"address":"aws_subnet.a")");
}

// Over a base that lists everything, what the plan adds and nobody reads is not in the list; what
// was there already is.
TEST(TerraformCoverage, WhatIsNotReadTakesTheBasesCoverageBack) {
  const auto laid = [](const std::string& type, const std::string& actions) {
    const auto registry = std::make_shared<Registry>();
    const auto base = read_cloud(registry, {std::string(SALLYPORT_SOURCE_DIR) + "/examples/article/2-endpoints"});
    EXPECT_TRUE(base.has_value());
    const std::string values = R"({"id":"x-1","vpc_id":"vpc-1"})";
    const Made made{type + ".x", values, "{}", "{}", actions, actions == R"(["no-op"])" ? values : "null"};
    return apply(*base, change_of(registry, plan_of({made}), &*base));
  };
  const std::string create = R"(["create"])";
  EXPECT_TRUE(missing(laid("aws_networkfirewall_firewall", create), Kind::endpoint));
  EXPECT_FALSE(missing(laid("aws_networkfirewall_firewall", create), Kind::subnet));
  EXPECT_FALSE(missing(laid("aws_networkfirewall_firewall", R"(["no-op"])"), Kind::endpoint));
  EXPECT_FALSE(missing(laid("aws_cloudwatch_log_group", create), Kind::endpoint));
  EXPECT_TRUE(missing(laid("aws_vpc_of_tomorrow", create), Kind::route_table));
}

}  // namespace
}  // namespace sallyport::read
