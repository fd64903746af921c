// Load balancers, tasks and databases of plans: what would be claimed wrongly without each.
#include <gmock/gmock.h>

#include "plan.h"

namespace sallyport::read {
namespace {

using ::testing::HasSubstr;

std::string arn_of(const std::string& block) { return R"({"references":[")" + block + R"(.arn",")" + block + R"("]})"; }

// A balancer in the subnet of all plans here, with a listener for port 80 and an empty target group.
std::vector<Made> front(const std::string& kind = "application") {
  return {{"aws_lb.f", R"({"name":"f","internal":true,"load_balancer_type":")" + kind + "\"}",
           R"({"id":true,"arn":true,"subnets":true,"security_groups":true,"vpc_id":true})",
           R"({"name":{},"internal":{},"load_balancer_type":{},"subnets":)" + refers("aws_subnet.a.id") + "}"},
          {"aws_lb_target_group.g", R"({"name":"g","port":8080,"protocol":"TCP","target_type":"instance"})",
           R"({"id":true,"arn":true,"vpc_id":true})", R"({"vpc_id":)" + refers("aws_vpc.main.id") + "}"},
          {"aws_lb_listener.l", R"({"port":80,"protocol":"TCP","default_action":[{"type":"forward"}]})",
           R"({"id":true,"arn":true,"load_balancer_arn":true,"default_action":[{"target_group_arn":true}]})",
           R"({"load_balancer_arn":)" + arn_of("aws_lb.f") + R"(,"default_action":[{"target_group_arn":)" +
               arn_of("aws_lb_target_group.g") + "}]}"}};
}

Cloud read(std::vector<Made> made) { return cloud_of(plan_of(with_network(std::move(made)))); }

const LoadBalancer& balancer(const Cloud& cloud) {
  EXPECT_EQ(cloud->load_balancers.size(), 1U);
  return cloud->load_balancers.rows()[0];
}

TEST(TerraformBalancers, StandInTheirSubnetsWithInterfacesOfTheirOwn) {
  const Cloud cloud = read(front());
  const LoadBalancer& row = balancer(cloud);
  EXPECT_EQ(row.subnets.size(), 1U);
  EXPECT_TRUE(row.interfaces.complete());
  ASSERT_EQ(row.interfaces.size(), 1U);
  EXPECT_TRUE(row.listeners.complete());
  ASSERT_EQ(row.listeners.size(), 1U);
  EXPECT_TRUE(row.listeners.items[0].groups.complete());
  EXPECT_EQ(row.listeners.items[0].groups.size(), 1U);
  // An application balancer without groups has the VPC's default one, a network balancer none.
  EXPECT_EQ(row.groups.size(), 1U);
  EXPECT_EQ(balancer(read(front("network"))).groups.size(), 0U);
}

// A rule of a listener that cannot be told may belong to each.
TEST(TerraformBalancers, ARuleOfSomeListenerOpensAll) {
  auto made = front();
  made.push_back({"aws_lb_listener_rule.r", R"({"action":[{"type":"redirect"}]})", R"({"id":true,"listener_arn":true})",
                  R"({"listener_arn":{"references":["data.aws_lb_listener.x.arn","data.aws_lb_listener.x"]}})"});
  const Cloud cloud = read(made);
  const Listener& listener = balancer(cloud).listeners.items[0];
  EXPECT_TRUE(listener.groups.open);
  EXPECT_FALSE(listener.answers.known());
}

// A target of a group that cannot be told may be one of each.
TEST(TerraformBalancers, ATargetOfSomeGroupOpensAll) {
  auto made = front();
  made.push_back({"aws_lb_target_group_attachment.t", R"({"target_id":"i-0aa"})",
                  R"({"id":true,"target_group_arn":true})",
                  R"({"target_group_arn":{"references":["data.aws_lb_target_group.x.arn",)"
                  R"("data.aws_lb_target_group.x"]},"target_id":{}})"});
  const Cloud cloud = read(made);
  ASSERT_EQ(cloud->target_groups.size(), 1U);
  EXPECT_TRUE(cloud->target_groups.rows()[0].targets.open);
}

// A state does not hold what others registered.
TEST(TerraformBalancers, OfAStateMoreMayBeThere) {
  const Cloud cloud = cloud_of(
      R"({"format_version":"1.0","values":{"root_module":{"resources":[
        {"address":"aws_lb.f","mode":"managed","type":"aws_lb","name":"f","values":{
          "arn":"arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/f/1","name":"f",
          "internal":true,"load_balancer_type":"application","subnets":["subnet-1"],"security_groups":["sg-1"],
          "vpc_id":"vpc-1"}},
        {"address":"aws_lb_target_group.g","mode":"managed","type":"aws_lb_target_group","name":"g","values":{
          "arn":"arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/g/1","name":"g","port":80,
          "protocol":"HTTP","target_type":"instance","vpc_id":"vpc-1"}}]}}})");
  EXPECT_TRUE(balancer(cloud).listeners.open);
  ASSERT_EQ(cloud->target_groups.size(), 1U);
  EXPECT_TRUE(cloud->target_groups.rows()[0].targets.open);
}

Made service(const std::string& network) {
  return {"aws_ecs_service.s",
          R"({"name":"s","load_balancer":[{"container_name":"c","container_port":8080}])" +
              (network.empty() ? "" : R"(,"network_configuration":[)" + network + "]") + "}",
          R"({"id":true,"load_balancer":[{"target_group_arn":true}])" +
              std::string(network.empty() ? "}" : R"(,"network_configuration":[{"subnets":true}]})"),
          R"({"name":{},"load_balancer":[{"target_group_arn":)" + arn_of("aws_lb_target_group.g") + "}]" +
              (network.empty() ? "}" : R"(,"network_configuration":[{"subnets":)" + refers("aws_subnet.a.id") + "}]}")};
}

TEST(TerraformTasks, AreTargetsByTheirInterfaces) {
  auto made = front();
  made.push_back(service(R"({"assign_public_ip":false})"));
  const Cloud cloud = read(made);
  ASSERT_EQ(cloud->platform_workloads.size(), 1U);
  EXPECT_EQ(cloud->platform_workloads.rows()[0].interfaces.size(), 1U);
  const TargetGroup& group = cloud->target_groups.rows()[0];
  EXPECT_TRUE(group.targets.complete());
  ASSERT_EQ(group.targets.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<PlatformWorkloadId>(group.targets.items[0].what));
}

// Without a network of their own, instances that nobody tells are the targets.
TEST(TerraformTasks, OnInstancesLeaveTheTargetsOpen) {
  auto made = front();
  made.push_back(service(""));
  const Cloud cloud = read(made);
  EXPECT_TRUE(cloud->platform_workloads.empty());
  const TargetGroup& group = cloud->target_groups.rows()[0];
  ASSERT_TRUE(group.targets.open);
  EXPECT_THAT(cloud.registry().gaps[group.targets.open].what, HasSubstr("on which instances"));
}

TEST(TerraformDatabases, WithoutASubnetGroupStandNobodyKnowsWhere) {
  const Cloud cloud =
      read({{"aws_db_instance.d", R"({"identifier":"d","engine":"mysql","publicly_accessible":false})",
             R"({"id":true,"arn":true,"db_subnet_group_name":true,"port":true})", R"({"identifier":{},"engine":{}})"}});
  ASSERT_EQ(cloud->platform_workloads.size(), 1U);
  const PlatformWorkload& row = cloud->platform_workloads.rows()[0];
  EXPECT_FALSE(row.place.known());
  EXPECT_EQ(row.port, 3306);
  EXPECT_EQ(show_symbols(cloud.id(row.id)), "arn:aws:rds:eu-central-1:111122223333:db:d");
}

// A file system whose mount target cannot be told from others' is open, not without any.
TEST(TerraformFiles, EachMountTargetIsAnInterface) {
  const Cloud cloud =
      read({{"aws_efs_file_system.f", "{}", R"({"id":true,"arn":true})", "{}"},
            {"aws_efs_mount_target.m", "{}", R"({"id":true,"file_system_id":true,"subnet_id":true,"ip_address":true})",
             R"({"file_system_id":)" + refers("aws_efs_file_system.f.id") + R"(,"subnet_id":)" +
                 refers("aws_subnet.a.id") + "}"}});
  ASSERT_EQ(cloud->platform_workloads.size(), 1U);
  const PlatformWorkload& row = cloud->platform_workloads.rows()[0];
  EXPECT_EQ(row.what, Kind::file_system);
  EXPECT_EQ(row.interfaces.size(), 1U);
  ASSERT_TRUE(row.place.known());
  EXPECT_EQ(row.place->groups.size(), 1U);  // the VPC's default group
}

// A launch template that is looked up while applying may be the one, whatever else is mentioned.
TEST(TerraformScaling, ATemplateThatMayBeAnotherIsNotTaken) {
  const auto group = [](const std::string& references) {
    return read({{"aws_launch_template.t", R"({"name":"t"})", R"({"id":true})", R"({"name":{}})"},
                 {"aws_cloudformation_stack.s", "{}", R"({"id":true,"outputs":true})"},
                 {"aws_autoscaling_group.g", R"({"name":"g","max_size":2,"launch_template":[{}]})",
                  R"({"id":true,"vpc_zone_identifier":true,"launch_template":[{"id":true}]})",
                  R"({"name":{},"vpc_zone_identifier":)" + refers("aws_subnet.a.id") + R"(,"launch_template":[{"id":)" +
                      R"({"references":[)" + references + "]}}]}"}});
  };
  const std::string own = R"("aws_launch_template.t.id","aws_launch_template.t")";
  const auto profile_known = [](const Cloud& cloud) {
    EXPECT_EQ(cloud->instances.size(), 1U);
    return cloud->instances.rows()[0].profile.known();
  };
  EXPECT_TRUE(profile_known(group(own)));
  EXPECT_FALSE(profile_known(group(own + R"(,"aws_cloudformation_stack.s.outputs","aws_cloudformation_stack.s")")));
}

}  // namespace
}  // namespace sallyport::read
