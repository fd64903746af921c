// The forms that plans and states come in.
#include "plan.h"
#include "read/terraform/configuration.h"

namespace sallyport::read {
namespace {

using terraform::last_step;

TEST(TerraformDocuments, AModulesAddressFallsIntoSteps) {
  const auto deep = last_step(R"(module.a["x.module.y]"].module.b[0])");
  EXPECT_EQ(deep.parent, R"(module.a["x.module.y]"])");
  EXPECT_EQ(deep.name, "b");
  EXPECT_EQ(deep.key, "0");
  const auto first = last_step(R"(module.a["q\"]"])");
  EXPECT_EQ(first.parent, "");
  EXPECT_EQ(first.name, "a");
  EXPECT_EQ(first.key, R"("q\"]")");
}

const char* const raw = R"({"version":4,"terraform_version":"1.5.0","serial":1,"lineage":"x","outputs":{},"resources":[
  {"mode":"managed","type":"aws_vpc","name":"v","provider":"p","instances":[
    {"schema_version":1,"attributes":{"id":"vpc-1","cidr_block":"10.0.0.0/16","owner_id":"111122223333",
     "arn":"arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1","enable_dns_support":true}}]},
  {"module":"module.m[0]","mode":"managed","type":"aws_subnet","name":"s","provider":"p","instances":[
    {"index_key":0,"attributes":{"id":"subnet-1","vpc_id":"vpc-1","cidr_block":"10.0.1.0/24","availability_zone":"eu-west-1a"}},
    {"index_key":1,"attributes":{"id":"subnet-2","vpc_id":"vpc-1","cidr_block":"10.0.2.0/24","availability_zone":"eu-west-1b"}},
    {"index_key":1,"deposed":"00000001","attributes":{"id":"subnet-3","vpc_id":"vpc-1","cidr_block":"10.0.3.0/24"}}]}]})";

TEST(TerraformDocuments, ARawStateIsRead) {
  const Cloud cloud = cloud_of(raw);
  ASSERT_EQ(cloud->vpcs.size(), 1U);
  EXPECT_EQ(cloud.view(cloud->vpcs.rows()[0].head.region), "eu-west-1");
  EXPECT_EQ(cloud.view(cloud->vpcs.rows()[0].head.account), "111122223333");
  ASSERT_EQ(cloud->subnets.size(), 2U);
  EXPECT_EQ(cloud.view(cloud->subnets.rows()[0].head.name), "module.m[0].aws_subnet.s[0]");
}

// What a state does not show of an existing VPC is not known: not the default.
TEST(TerraformDocuments, OfWhatExistsOnlyWhatIsShownIsKnown) {
  const Cloud cloud = cloud_of(raw);
  const Vpc& vpc = cloud->vpcs.rows()[0];
  EXPECT_TRUE(vpc.cidrs.open);
  EXPECT_FALSE(vpc.custom_dns.known());
  EXPECT_TRUE(cloud->route_tables.empty());
  EXPECT_TRUE(cloud->security_groups.empty());
}

TEST(TerraformDocuments, AnOldStateIsSaidNotDropped) {
  const Cloud cloud =
      cloud_of(R"({"version":3,"terraform_version":"0.11.1","modules":[{"path":["root"],"resources":{}}]})");
  ASSERT_EQ(cloud.diagnostics().size(), 1U);
  EXPECT_EQ(cloud.diagnostics()[0].code, "old-state");
}

// Only `planned_values`: what is not there is not known, rather than none.
TEST(TerraformDocuments, PlannedValuesAloneLeaveWhatIsMissingUnknown) {
  const Cloud cloud = cloud_of(R"({"format_version":"0.1","planned_values":{"root_module":{"resources":[
      {"address":"aws_vpc.v","mode":"managed","type":"aws_vpc","name":"v","values":{"cidr_block":"10.0.0.0/16"}},
      {"address":"aws_subnet.s","mode":"managed","type":"aws_subnet","name":"s","values":{"cidr_block":"10.0.1.0/24"}}]}}})");
  const Subnet* subnet = find(cloud, cloud->subnets, "(aws_subnet.s.id)");
  ASSERT_NE(subnet, nullptr);
  EXPECT_FALSE(subnet->vpc.known());
  EXPECT_TRUE(cloud.missing(Kind::endpoint, Text(), Text()));
}

TEST(TerraformDocuments, APlanThatBrokeOffClaimsNothing) {
  std::string plan = plan_of(with_network({}));
  plan.insert(1, R"("errored":true,)");
  const Cloud cloud = cloud_of(plan);
  EXPECT_TRUE(
      cloud.missing(Kind::endpoint, cloud.registry().text("111122223333"), cloud.registry().text("eu-central-1")));
}

// Regions and accounts from variables, data sources, zones.
TEST(TerraformDocuments, TheRegionMayComeFromAVariableAndTheAccountFromADataSource) {
  std::string plan = plan_of(with_network({}));
  const std::string fixed =
      R"("region":{"constant_value":"eu-central-1"},"allowed_account_ids":{"constant_value":["111122223333"]})";
  plan.replace(plan.find(fixed), fixed.size(), R"("region":{"references":["var.region"]})");
  plan.insert(1, R"("variables":{"region":{"value":"eu-west-3"}},"prior_state":{"values":{"root_module":{"resources":[
      {"address":"data.aws_caller_identity.c","mode":"data","type":"aws_caller_identity","name":"c",
       "values":{"account_id":"444455556666"}}]}}},)");
  const std::string block = R"("root_module":{"resources":[{"address":"aws_vpc.main")";
  plan.replace(
      plan.rfind(block), block.size(),
      R"("root_module":{"resources":[{"address":"data.aws_caller_identity.c","provider_config_key":"aws"},{"address":"aws_vpc.main")");
  const Cloud cloud = cloud_of(plan);
  ASSERT_EQ(cloud->vpcs.size(), 1U);
  EXPECT_EQ(cloud.view(cloud->vpcs.rows()[0].head.region), "eu-west-3");
  EXPECT_EQ(cloud.view(cloud->vpcs.rows()[0].head.account), "444455556666");
}

TEST(TerraformDocuments, AStateOfSeveralRegionsKeepsThemApart) {
  const Cloud cloud = cloud_of(R"({"version":4,"terraform_version":"1.5.0","resources":[
    {"mode":"managed","type":"aws_route_table","name":"a","instances":[{"attributes":{"id":"rtb-1","vpc_id":"vpc-1","arn":"arn:aws:ec2:eu-west-1:111122223333:route-table/rtb-1"}}]},
    {"mode":"managed","type":"aws_subnet","name":"a","instances":[{"attributes":{"id":"subnet-1","arn":"arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1"}}]},
    {"mode":"managed","type":"aws_route_table","name":"b","instances":[{"attributes":{"id":"rtb-2","vpc_id":"vpc-2","arn":"arn:aws:ec2:us-east-1:111122223333:route-table/rtb-2"}}]},
    {"mode":"managed","type":"aws_route_table_association","name":"b","instances":[{"attributes":{"id":"rtbassoc-2","route_table_id":"rtb-2","subnet_id":"subnet-2"}}]}]})");
  const RouteTable* table = find(cloud, cloud->route_tables, "rtb-2");
  ASSERT_NE(table, nullptr);
  EXPECT_EQ(cloud->route_tables.size(), 2U);
  ASSERT_EQ(table->subnets.size(), 1U);
  EXPECT_EQ(cloud.view(cloud.registry().ids.scope(table->subnets.items[0])), "us-east-1");
}

}  // namespace
}  // namespace sallyport::read
