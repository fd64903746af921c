// Types beside the VPC's own: what would be wrong without each.
#include <gmock/gmock.h>

#include "plan.h"

namespace sallyport::read {
namespace {

using ::testing::HasSubstr;

std::string why(const Cloud& cloud, GapId gap) { return gap ? cloud.registry().gaps[gap].what : "known"; }

// The statements of a policy, by number; 0 if it is not known or none.
std::size_t statements(const Cloud& cloud, const Value<PolicyId>& policy) {
  if (!policy.known() || !*policy) return 0;
  const Policy* row = cloud->policies.find(*policy);
  return row == nullptr || row->document.gap ? 0 : row->document.statements.size();
}

const std::string allow = R"({\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",)"
                          R"(\"Action\":\"*\",\"Resource\":\"*\"}]})";

std::vector<Made> gateway(const std::string& more = {}) {
  return {{"aws_ec2_transit_gateway.t", "{" + more + "}",
           R"({"id":true,"association_default_route_table_id":true,"propagation_default_route_table_id":true})"},
          {"aws_ec2_transit_gateway_vpc_attachment.v", "{}",
           R"({"id":true,"vpc_id":true,"subnet_ids":true,"transit_gateway_id":true})",
           R"({"vpc_id":)" + refers("aws_vpc.main.id") + R"(,"subnet_ids":)" + refers("aws_subnet.a.id") +
               R"(,"transit_gateway_id":)" + refers("aws_ec2_transit_gateway.t.id") + "}"}};
}

TEST(TerraformTransit, ANewGatewayHasADefaultTable) {
  const Cloud cloud = cloud_of(plan_of(with_network(gateway())));
  ASSERT_EQ(cloud->transit_tables.size(), 1U);
  const TransitTable& table = cloud->transit_tables.rows()[0];
  const TransitAttachment* attachment =
      find(cloud, cloud->transit_attachments, "(aws_ec2_transit_gateway_vpc_attachment.v.id)");
  ASSERT_NE(attachment, nullptr);
  EXPECT_EQ(attachment->table, Value<TransitTableId>(table.id));
  EXPECT_EQ(attachment->state, Value<State>(State::working));
  // The VPC's block is propagated (TG-2).
  ASSERT_EQ(table.routes.size(), 1U);
  EXPECT_EQ(std::get<Prefix>(table.routes.items[0].destination), *parse_prefix("10.7.0.0/16"));
}

TEST(TerraformTransit, WithoutDefaultsOnlyWhatIsGivenCounts) {
  const char* off = R"("default_route_table_association":"disable","default_route_table_propagation":"disable")";
  auto made = gateway(off);
  made.push_back({"aws_ec2_transit_gateway_route_table.r", "{}", R"({"id":true,"transit_gateway_id":true})",
                  R"({"transit_gateway_id":)" + refers("aws_ec2_transit_gateway.t.id") + "}"});
  const Cloud before = cloud_of(plan_of(with_network(made)));
  const std::string id = "(aws_ec2_transit_gateway_vpc_attachment.v.id)";
  EXPECT_EQ(find(before, before->transit_attachments, id)->table, Value<TransitTableId>(TransitTableId()));
  const std::string both =
      R"({"transit_gateway_attachment_id":)" + refers("aws_ec2_transit_gateway_vpc_attachment.v.id") +
      R"(,"transit_gateway_route_table_id":)" + refers("aws_ec2_transit_gateway_route_table.r.id") + "}";
  const std::string unknown = R"({"transit_gateway_attachment_id":true,"transit_gateway_route_table_id":true})";
  made.push_back({"aws_ec2_transit_gateway_route_table_association.a", "{}", unknown, both});
  made.push_back({"aws_ec2_transit_gateway_route.x", R"({"destination_cidr_block":"0.0.0.0/0"})", unknown, both});
  const Cloud cloud = cloud_of(plan_of(with_network(made)));
  const TransitTable* table = find(cloud, cloud->transit_tables, "(aws_ec2_transit_gateway_route_table.r.id)");
  ASSERT_NE(table, nullptr);
  EXPECT_EQ(find(cloud, cloud->transit_attachments, id)->table, Value<TransitTableId>(table->id));
  EXPECT_EQ(table->routes.size(), 1U);
  EXPECT_TRUE(table->propagations.empty());
}

// A gateway of somebody else must accept the attachment, and its tables are not known.
TEST(TerraformTransit, AForeignGatewayIsNotKnown) {
  const Cloud cloud =
      cloud_of(plan_of(with_network({{"aws_ec2_transit_gateway_vpc_attachment.v", R"({"transit_gateway_id":"tgw-1"})",
                                      R"({"id":true,"vpc_id":true,"subnet_ids":true})",
                                      R"({"transit_gateway_id":{},"vpc_id":)" + refers("aws_vpc.main.id") +
                                          R"(,"subnet_ids":)" + refers("aws_subnet.a.id") + "}"}})));
  ASSERT_EQ(cloud->transit_attachments.size(), 1U);
  EXPECT_FALSE(cloud->transit_attachments.rows()[0].state.known());
  EXPECT_FALSE(cloud->transit_attachments.rows()[0].table.known());
}

TEST(TerraformPeering, WhoAcceptsIt) {
  const auto cloud = [](const std::string& accept) {
    return cloud_of(plan_of(with_network({
        {"aws_vpc.other", R"({"cidr_block":"10.8.0.0/16"})", R"({"id":true})"},
        {"aws_vpc_peering_connection.p", accept, R"({"id":true,"vpc_id":true,"peer_vpc_id":true,"accept_status":true})",
         R"({"vpc_id":)" + refers("aws_vpc.main.id") + R"(,"peer_vpc_id":)" + refers("aws_vpc.other.id") + "}"},
    })));
  };
  const Cloud accepted = cloud(R"({"auto_accept":true})");
  ASSERT_EQ(accepted->peerings.size(), 1U);
  const Peering& row = accepted->peerings.rows()[0];
  EXPECT_EQ(row.state, Value<State>(State::working));
  EXPECT_EQ(row.accepter.cidrs, std::vector<Prefix>{*parse_prefix("10.8.0.0/16")});
  EXPECT_FALSE(row.head.gap);
  EXPECT_FALSE(cloud("{}")->peerings.rows()[0].state.known());
}

TEST(TerraformZones, RecordsGetTheZonesName) {
  const Cloud cloud = cloud_of(plan_of(with_network({
      {"aws_route53_zone.z", R"({"name":"Corp.Example","vpc":[{"vpc_region":"eu-central-1"}]})",
       R"({"zone_id":true,"id":true,"vpc":[{"vpc_id":true}]})",
       R"({"vpc":[{"vpc_id":)" + refers("aws_vpc.main.id") + "}]}"},
      {"aws_route53_record.r", R"({"name":"db","type":"A","records":["10.7.1.9"]})", R"({"zone_id":true})",
       R"({"name":{},"zone_id":)" + refers("aws_route53_zone.z.zone_id") + "}"},
  })));
  ASSERT_EQ(cloud->hosted_zones.size(), 1U);
  const HostedZone& zone = cloud->hosted_zones.rows()[0];
  EXPECT_EQ(cloud.view(zone.head.name), "corp.example");
  EXPECT_EQ(zone.is_private, Value<bool>(true));
  ASSERT_EQ(zone.vpcs.size(), 1U);
  ASSERT_EQ(zone.records.size(), 1U);
  EXPECT_EQ(cloud.view(zone.records.items[0].name), "db.corp.example");
  EXPECT_FALSE(zone.records.open);
}

const sallyport::Resource* resource(const Cloud& cloud, Kind what) {
  for (const sallyport::Resource& row : cloud->resources) {
    if (row.what == what) return &row;
  }
  return nullptr;
}

TEST(TerraformResources, PoliciesOfTheirOwn) {
  const Cloud cloud = cloud_of(plan_of({
      {"aws_sqs_queue.q", R"({"name":"orders"})", R"({"id":true,"arn":true,"url":true,"policy":true})"},
      {"aws_sqs_queue_policy.p", R"({"policy":")" + allow + "\"}", R"({"queue_url":true})",
       R"({"queue_url":)" + refers("aws_sqs_queue.q.id") + "}"},
      {"aws_sns_topic.t", R"({"name":"news"})", R"({"id":true,"arn":true,"policy":true})"},
      {"aws_kms_key.k", "{}", R"({"id":true,"arn":true,"key_id":true,"policy":true})"},
      {"aws_kms_alias.a", R"({"name":"alias/app"})", R"({"target_key_id":true})",
       R"({"target_key_id":)" + refers("aws_kms_key.k.key_id") + "}"},
      {"aws_ecr_repository.r", R"({"name":"app"})", R"({"id":true,"arn":true})"},
      {"aws_ecr_repository_policy.p", R"({"repository":"app","policy":")" + allow + "\"}"},
      {"aws_secretsmanager_secret.s", R"({"name":"db"})", R"({"id":true,"arn":true,"policy":true})"},
  }));
  EXPECT_EQ(cloud.id(resource(cloud, Kind::queue)->id), "arn:aws:sqs:eu-central-1:111122223333:orders");
  EXPECT_EQ(statements(cloud, resource(cloud, Kind::queue)->policy), 1U);
  // SNS gives a topic a policy of its own, KMS a key a known one.
  EXPECT_FALSE(resource(cloud, Kind::topic)->policy.known());
  EXPECT_EQ(statements(cloud, resource(cloud, Kind::key)->policy), 1U);
  EXPECT_EQ(cloud.view(resource(cloud, Kind::key)->head.name), "alias/app");
  EXPECT_EQ(statements(cloud, resource(cloud, Kind::repository)->policy), 1U);
  EXPECT_EQ(resource(cloud, Kind::secret)->policy, Value<PolicyId>(PolicyId()));
}

TEST(TerraformResources, APermissionIsAStatementOfTheFunctionsPolicy) {
  const std::vector<Made> made = {
      {"aws_lambda_function.f", R"({"function_name":"f"})", R"({"arn":true,"id":true})"},
      {"aws_lambda_permission.p",
       R"({"statement_id":"s","action":"lambda:InvokeFunction","principal":"sns.amazonaws.com","function_name":"f"})"},
      {"aws_lambda_permission.other",
       R"({"statement_id":"t","action":"lambda:InvokeFunction","principal":"*","function_name":"g"})"}};
  const Cloud cloud = cloud_of(plan_of(made));
  ASSERT_EQ(cloud->functions.size(), 1U);
  EXPECT_EQ(statements(cloud, cloud->functions.rows()[0].policy), 1U);
}

TEST(TerraformIdentities, UsersHaveTheirGroupsAndPolicies) {
  const Cloud cloud = cloud_of(plan_of({
      {"aws_iam_user.u", R"({"name":"ann"})", R"({"arn":true,"id":true})"},
      {"aws_iam_group.g", R"({"name":"ops"})", R"({"arn":true,"id":true})"},
      {"aws_iam_user_group_membership.m", R"({"user":"ann","groups":["ops"]})"},
      {"aws_iam_user_policy.p", R"({"name":"own","user":"ann","policy":")" + allow + "\"}"},
      {"aws_iam_group_policy_attachment.a", R"({"group":"ops","policy_arn":"arn:aws:iam::aws:policy/ReadOnlyAccess"})"},
  }));
  ASSERT_EQ(cloud->users.size(), 1U);
  EXPECT_EQ(cloud->users.rows()[0].groups.size(), 1U);
  EXPECT_EQ(cloud->users.rows()[0].policies.size(), 1U);
  EXPECT_EQ(cloud->groups.rows()[0].policies.size(), 1U);
}

TEST(TerraformAutoScaling, OneRowStandsForTheInstances) {
  const Cloud cloud = cloud_of(plan_of(with_network({
      {"aws_security_group.g", R"({"egress":[],"ingress":[]})", R"({"id":true,"vpc_id":true})",
       R"({"egress":{},"ingress":{},"vpc_id":)" + refers("aws_vpc.main.id") + "}"},
      {"aws_launch_template.l", "{}", R"({"id":true,"vpc_security_group_ids":true})",
       R"({"vpc_security_group_ids":)" + refers("aws_security_group.g.id") + "}"},
      {"aws_autoscaling_group.a", R"({"name":"web","max_size":3,"launch_template":[{"version":"$Latest"}]})",
       R"({"id":true,"vpc_zone_identifier":true,"launch_template":[{"id":true}]})",
       R"({"vpc_zone_identifier":)" + refers("aws_subnet.a.id") + R"(,"launch_template":[{"id":)" +
           refers("aws_launch_template.l.id") + "}]}"},
  })));
  ASSERT_EQ(cloud->instances.size(), 1U);
  const Instance& row = cloud->instances.rows()[0];
  EXPECT_EQ(cloud.view(row.head.name), "web");
  ASSERT_EQ(row.interfaces.size(), 1U);
  const Interface* interface = cloud->interfaces.find(row.interfaces.items[0]);
  ASSERT_NE(interface, nullptr);
  ASSERT_EQ(interface->groups.size(), 1U) << why(cloud, interface->groups.open);
  EXPECT_FALSE(interface->groups.open);
  EXPECT_EQ(std::string(ask(cloud, "web", "sqs").reason.code), "SG_HAS_NO_RULES");
}

}  // namespace
}  // namespace sallyport::read
