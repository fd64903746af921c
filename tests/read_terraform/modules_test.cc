// References through modules: arguments, outputs, for_each.
#include "plan.h"

namespace sallyport::read {
namespace {

std::string change(const std::string& module, const std::string& block, const std::string& after,
                   const std::string& unknown) {
  const std::size_t dot = block.find('.');
  std::string escaped;
  for (const char c : module) escaped += c == '"' ? std::string("\\\"") : std::string(1, c);
  return R"({"address":")" + (module.empty() ? "" : escaped + ".") + block + "\"" +
         (module.empty() ? "" : R"(,"module_address":")" + escaped + "\"") + R"(,"mode":"managed","type":")" +
         block.substr(0, dot) + R"(","name":")" + block.substr(dot + 1) +
         R"(","change":{"actions":["create"],"before":null,"after":)" + after + R"(,"after_unknown":)" + unknown + "}}";
}

std::string block(const std::string& name, const std::string& expressions, const std::string& more = {}) {
  return R"({"address":")" + name + R"(","provider_config_key":"aws","expressions":)" + expressions + more + "}";
}

// A module `net` that makes the VPC and gives its id, a module `sub` that takes it.
std::string plan(const std::string& argument, const std::string& sub = "module.sub",
                 const std::string& net = "module.net") {
  return R"({"format_version":"1.2","resource_changes":[)" +
         change(net, "aws_vpc.this", R"({"cidr_block":"10.0.0.0/16"})", R"({"id":true})") + "," +
         change(sub, "aws_subnet.this", R"({"cidr_block":"10.0.1.0/24"})", R"({"id":true,"vpc_id":true})") +
         R"(],"configuration":{"provider_config":{"aws":{"expressions":{"region":{"constant_value":"eu-central-1"}}}},
         "root_module":{"module_calls":{
           "net":{"expressions":{},"module":{"outputs":{"vpc_id":{"expression":)" +
         refers("aws_vpc.this.id") + R"(}},"resources":[)" + block("aws_vpc.this", "{}") + R"(]}},
           "sub":{"expressions":{"vpc":)" +
         argument + R"(},"module":{"variables":{"vpc":{}},"resources":[)" +
         block("aws_subnet.this", R"({"vpc_id":{"references":["var.vpc"]}})") + "]}}}}}}";
}

Value<VpcId> vpc_of(const Cloud& cloud, const std::string& subnet) {
  const Subnet* row = find(cloud, cloud->subnets, subnet);
  EXPECT_NE(row, nullptr);
  return row == nullptr ? Value<VpcId>() : row->vpc;
}

TEST(TerraformModules, ArgumentsAndOutputsAreFollowed) {
  const Cloud cloud = cloud_of(plan(R"({"references":["module.net.vpc_id","module.net"]})"));
  const Value<VpcId> vpc = vpc_of(cloud, "(module.sub.aws_subnet.this.id)");
  ASSERT_TRUE(vpc.known());
  EXPECT_EQ(show_symbols(cloud.id(*vpc)), "(known after apply: module.net.aws_vpc.this.id)");
}

TEST(TerraformModules, KeysOfModulesSelectThem) {
  const Cloud cloud =
      cloud_of(plan(R"({"references":["module.net[\"a.b\"].vpc_id","module.net[\"a.b\"]","module.net"]})",
                    "module.sub[0]", "module.net[\"a.b\"]"));
  const Value<VpcId> vpc = vpc_of(cloud, "(module.sub[0].aws_subnet.this.id)");
  ASSERT_TRUE(vpc.known());
  EXPECT_EQ(show_symbols(cloud.id(*vpc)), "(known after apply: module.net[\"a.b\"].aws_vpc.this.id)");
}

TEST(TerraformModules, AnOutputThatIsNotThereIsUnknown) {
  const Cloud cloud = cloud_of(plan(R"({"references":["module.net.other","module.net"]})"));
  EXPECT_FALSE(vpc_of(cloud, "(module.sub.aws_subnet.this.id)").known());
}

TEST(TerraformModules, ModulesThatReferToThemselvesAreUnknownNotEndless) {
  const Cloud cloud = cloud_of(plan(R"({"references":["module.sub.loop","module.sub"]})"));
  EXPECT_FALSE(vpc_of(cloud, "(module.sub.aws_subnet.this.id)").known());
  const std::string loop =
      R"({"format_version":"1.2","resource_changes":[)" +
      change("", "aws_subnet.a", R"({"cidr_block":"10.0.1.0/24"})", R"({"id":true,"vpc_id":true})") + "," +
      change("", "aws_subnet.b", R"({"cidr_block":"10.0.2.0/24"})", R"({"id":true,"vpc_id":true})") +
      R"(],"configuration":{"provider_config":{"aws":{"expressions":{"region":{"constant_value":"eu-central-1"}}}},
                           "root_module":{"resources":[)" +
      block("aws_subnet.a", R"({"vpc_id":)" + refers("aws_subnet.b.vpc_id") + "}") + "," +
      block("aws_subnet.b", R"({"vpc_id":)" + refers("aws_subnet.a.vpc_id") + "}") + "]}}}";
  const Cloud looped = cloud_of(loop);
  EXPECT_FALSE(vpc_of(looped, "(aws_subnet.a.id)").known());
  EXPECT_FALSE(vpc_of(looped, "(aws_subnet.b.id)").known());
}

// `each.value` is one of what `for_each` holds; with one object in it, that one.
TEST(TerraformModules, AValueOfForEachIsOneOfThose) {
  const auto with = [](const std::string& for_each) {
    return cloud_of(
        R"({"format_version":"1.2","resource_changes":[)" +
        change("", "aws_vpc.x", R"({"cidr_block":"10.0.0.0/16"})", R"({"id":true})") + "," +
        change("", "aws_vpc.y", R"({"cidr_block":"10.0.0.0/18"})", R"({"id":true})") + "," +
        change("", "aws_subnet.s", R"({"cidr_block":"10.0.1.0/24"})", R"({"id":true,"vpc_id":true})") +
        R"(],"configuration":{"provider_config":{"aws":{"expressions":{"region":{"constant_value":"eu-central-1"}}}},
                    "root_module":{"resources":[)" +
        block("aws_vpc.x", "{}") + "," + block("aws_vpc.y", "{}") + "," +
        block("aws_subnet.s", R"({"vpc_id":{"references":["each.value"]}})", R"(,"for_each_expression":)" + for_each) +
        "]}}}");
  };
  EXPECT_TRUE(vpc_of(with(refers("aws_vpc.x.id")), "(aws_subnet.s.id)").known());
  EXPECT_FALSE(
      vpc_of(with(R"({"references":["aws_vpc.x.id","aws_vpc.x","aws_vpc.y.id","aws_vpc.y"]})"), "(aws_subnet.s.id)")
          .known());
}

}  // namespace
}  // namespace sallyport::read
