// What does not exist yet is a symbol; what cannot be decided is unknown.
#include "plan.h"

namespace sallyport::read {
namespace {

TEST(TerraformSymbols, AnIdThatDoesNotExistYetIsASymbolOfItsOwn) {
  const Cloud cloud = cloud_of(plan_of(with_network({})));
  const Vpc* vpc = find(cloud, cloud->vpcs, "(aws_vpc.main.id)");
  const Subnet* subnet = find(cloud, cloud->subnets, "(aws_subnet.a.id)");
  ASSERT_NE(vpc, nullptr);
  ASSERT_NE(subnet, nullptr);
  EXPECT_EQ(subnet->vpc, Value<VpcId>(vpc->id));
  EXPECT_EQ(cloud.view(vpc->head.account), "111122223333");
  EXPECT_EQ(cloud.view(subnet->head.region), "eu-central-1");
  EXPECT_EQ(cloud.view(subnet->zone), "eu-central-1a");
}

TEST(TerraformSymbols, AnIdThatExistsStaysWhatItIs) {
  const Cloud cloud =
      cloud_of(plan_of({{"aws_subnet.a", R"({"id":"subnet-1","vpc_id":"vpc-1","cidr_block":"10.0.0.0/24"})", "{}", "{}",
                         R"(["no-op"])"}}));
  const Subnet* subnet = find(cloud, cloud->subnets, "subnet-1");
  ASSERT_NE(subnet, nullptr);
  ASSERT_TRUE(subnet->vpc.known());
  EXPECT_EQ(cloud.id(*subnet->vpc), "vpc-1");
}

TEST(TerraformSymbols, TheMainTableOfANewVpcIsItsDefaultOne) {
  const Cloud cloud = cloud_of(plan_of(with_network(
      {{"aws_internet_gateway.g", "{}", R"({"id":true,"vpc_id":true})",
        R"({"vpc_id":)" + refers("aws_vpc.main.id") + "}"},
       {"aws_route.r", R"({"destination_cidr_block":"0.0.0.0/0"})", R"({"route_table_id":true,"gateway_id":true})",
        R"({"route_table_id":)" + refers("aws_vpc.main.main_route_table_id") + R"(,"gateway_id":)" +
            refers("aws_internet_gateway.g.id") + "}"}})));
  const RouteTable* table = find(cloud, cloud->route_tables, "(aws_vpc.main.default_route_table_id)");
  ASSERT_NE(table, nullptr);
  EXPECT_EQ(table->main, Value<bool>(true));
  ASSERT_EQ(table->routes.size(), 1U);
  EXPECT_EQ(table->routes.items[0].target, RouteTarget::internet_gateway);
  EXPECT_TRUE(table->routes.complete());
  EXPECT_FALSE(table->routes.items[0].gap);
}

// One of two: which is not known, so neither.
TEST(TerraformSymbols, OfTwoObjectsThatMayBeMeantNeitherIs) {
  const Cloud cloud = cloud_of(plan_of(with_network(
      {{"aws_subnet.b", R"({"cidr_block":"10.7.2.0/24"})", R"({"id":true,"vpc_id":true})",
        R"({"vpc_id":)" + refers("aws_vpc.main.id") + "}"},
       {"aws_route_table.t", "{}", R"({"id":true,"vpc_id":true,"route":true})",
        R"({"vpc_id":)" + refers("aws_vpc.main.id") + "}"},
       {"aws_route_table_association.x", "{}", R"({"subnet_id":true,"route_table_id":true})",
        R"({"subnet_id":{"references":["var.first","aws_subnet.a.id","aws_subnet.a","aws_subnet.b.id","aws_subnet.b"]},
            "route_table_id":)" +
            refers("aws_route_table.t.id") + "}"}})));
  const RouteTable* table = find(cloud, cloud->route_tables, "(aws_route_table.t.id)");
  ASSERT_NE(table, nullptr);
  EXPECT_TRUE(table->subnets.empty());
  ASSERT_TRUE(table->subnets.open);
  EXPECT_EQ(cloud.registry().gaps[table->subnets.open].kind, GapKind::known_after_apply);
}

// A local value is not shown. But it is made of what stands in its module.
TEST(TerraformSymbols, ALocalValueIsTheOneThingThatItsModuleCouldMakeItOf) {
  const auto vpc_with = [](const std::vector<Made>& more) {
    auto made = with_network({{"aws_subnet.b", R"({"cidr_block":"10.7.2.0/24"})", R"({"id":true,"vpc_id":true})",
                               R"({"vpc_id":{"references":["local.vpc_id"]}})"}});
    made.insert(made.end(), more.begin(), more.end());
    const Cloud cloud = cloud_of(plan_of(made));
    const Subnet* subnet = find(cloud, cloud->subnets, "(aws_subnet.b.id)");
    if (subnet == nullptr || !subnet->vpc.known()) return std::string("unknown");
    return show_symbols(cloud.id(*subnet->vpc));
  };
  EXPECT_EQ(vpc_with({}), "(known after apply: aws_vpc.main.id)");
  // Another one, a resource that AWS puts into one, something that is looked up: any may be meant.
  EXPECT_EQ(vpc_with({{"aws_vpc.other", R"({"cidr_block":"10.7.0.0/20"})", R"({"id":true})"}}), "unknown");
  EXPECT_EQ(vpc_with({{"aws_security_group.g", "{}", R"({"id":true,"vpc_id":true})"}}), "unknown");
  EXPECT_EQ(vpc_with({{"aws_cloudformation_stack.s", "{}", R"({"outputs":true})"}}), "unknown");
  // What is new in a bucket is no VPC.
  EXPECT_EQ(vpc_with({{"aws_s3_bucket.b", "{}", R"({"id":true,"bucket":true})"}}),
            "(known after apply: aws_vpc.main.id)");
}

TEST(TerraformSymbols, AConditionOnKnownValuesWasDecidedWhilePlanning) {
  const Cloud cloud = cloud_of(plan_of(
      with_network({{"aws_subnet.b", R"({"cidr_block":"10.7.2.0/24"})", R"({"id":true,"vpc_id":true})",
                     R"({"vpc_id":{"references":["var.own","aws_vpc.main.id","aws_vpc.main","var.given"]}})"}})));
  const Subnet* subnet = find(cloud, cloud->subnets, "(aws_subnet.b.id)");
  ASSERT_NE(subnet, nullptr);
  ASSERT_TRUE(subnet->vpc.known());
  EXPECT_EQ(cloud.id(*subnet->vpc),
            "\xFF"
            "aws_vpc.main.id\xFE");
}

TEST(TerraformSymbols, AnAttributeThatRepeatsAnArgumentIsFollowed) {
  const Cloud cloud = cloud_of(plan_of(with_network(
      {{"aws_security_group.g", R"({"name":"g"})", R"({"id":true,"vpc_id":true,"ingress":true,"egress":true})",
        R"({"name":{"constant_value":"g"},"vpc_id":)" + refers("aws_subnet.a.vpc_id") + "}"}})));
  const SecurityGroup* group = find(cloud, cloud->security_groups, "(aws_security_group.g.id)");
  ASSERT_NE(group, nullptr);
  ASSERT_TRUE(group->vpc.known());
  EXPECT_EQ(cloud.id(*group->vpc),
            "\xFF"
            "aws_vpc.main.id\xFE");
}

// Of a block with several instances only one with its key is meant.
TEST(TerraformSymbols, KeysSelectInstances) {
  const std::string expression = R"({"vpc_id":)" + refers("aws_vpc.main.id") + "}";
  const auto endpoint = [](const std::string& references) {
    return Made{"aws_vpc_endpoint.e",
                R"({"service_name":"com.amazonaws.eu-central-1.lambda","vpc_endpoint_type":"Interface"})",
                R"({"id":true,"vpc_id":true,"subnet_ids":true,"security_group_ids":true,"policy":true,"state":true})",
                R"({"service_name":{},"vpc_endpoint_type":{},"vpc_id":)" + refers("aws_vpc.main.id") +
                    R"(,"subnet_ids":{"references":[)" + references + "]}}"};
  };
  const Made one{"aws_subnet.n",
                 R"({"cidr_block":"10.7.2.0/24"})",
                 R"({"id":true,"vpc_id":true})",
                 expression,
                 R"(["create"])",
                 "null",
                 "\"x\""};
  Made two = one;
  two.index = "\"y\"";
  const auto subnets = [&](const std::string& references) {
    const Cloud cloud = cloud_of(plan_of(with_network({one, two, endpoint(references)})));
    return find(cloud, cloud->endpoints, "(aws_vpc_endpoint.e.id)")->subnets;
  };
  const List<SubnetId> by_key = subnets(R"("aws_subnet.n[\"y\"].id","aws_subnet.n[\"y\"]","aws_subnet.n")");
  EXPECT_EQ(by_key.size(), 1U);
  EXPECT_TRUE(by_key.complete());
  // `values(aws_subnet.n)[*].id` and a slice of it look alike.
  const List<SubnetId> all = subnets(R"("aws_subnet.n")");
  EXPECT_TRUE(all.open);
  // `[aws_subnet.a.id, aws_subnet.n["x"].id]`
  const List<SubnetId> listed =
      subnets(R"("aws_subnet.a.id","aws_subnet.a","aws_subnet.n[\"x\"].id","aws_subnet.n[\"x\"]","aws_subnet.n")");
  EXPECT_EQ(listed.size(), 2U);
  EXPECT_TRUE(listed.complete());
}

// What names a resource in plain words: names and ARNs follow from arguments.
TEST(TerraformSymbols, ArnsFollowFromNames) {
  const Cloud cloud = cloud_of(plan_of(
      {{"aws_iam_role.r",
        R"({"name":"app","path":"/team/","assume_role_policy":"{\"Version\":\"2012-10-17\",\"Statement\":[]}"})",
        R"({"arn":true,"id":true})", R"({"name":{},"path":{},"assume_role_policy":{}})"},
       {"aws_lambda_function.f", R"({"function_name":"f","vpc_config":[]})", R"({"arn":true,"role":true})",
        R"({"function_name":{},"role":)" + refers("aws_iam_role.r.arn") + "}"}}));
  const Function* function = find(cloud, cloud->functions, "arn:aws:lambda:eu-central-1:111122223333:function:f");
  ASSERT_NE(function, nullptr);
  ASSERT_TRUE(function->role.known());
  EXPECT_EQ(cloud.id(*function->role), "arn:aws:iam::111122223333:role/team/app");
  EXPECT_NE(cloud->roles.find(*function->role), nullptr);
}

// Not knowing the account is no reason to say that it is another one.
TEST(TerraformSymbols, AnAccountThatIsNotSaidMayBeAny) {
  std::string plan =
      plan_of({{"aws_dynamodb_table.t", R"({"name":"t"})", R"({"arn":true,"id":true})", R"({"name":{}})"},
               {"aws_iam_role.r", R"({"name":"app"})", R"({"arn":true})", R"({"name":{}})"}});
  const std::string account = R"(,"allowed_account_ids":{"constant_value":["111122223333"]})";
  plan.erase(plan.find(account), account.size());
  const Cloud cloud = cloud_of(plan);
  ASSERT_EQ(cloud->tables.size(), 1U);
  TextPool& texts = cloud.registry().texts;
  const Text id = cloud.registry().ids.id(cloud->tables.rows()[0].id);
  EXPECT_EQ(texts.same(id, texts.intern("arn:aws:dynamodb:eu-central-1:111122223333:table/t")), Truth::unknown);
  EXPECT_EQ(show_symbols(texts.view(id)), "arn:aws:dynamodb:eu-central-1:(known after apply: account):table/t");
  EXPECT_TRUE(cloud->roles.empty());
}

}  // namespace
}  // namespace sallyport::read
