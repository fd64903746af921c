// Platform workloads as AWS answers them: what stands in several answers, what a list
// only names, and whose an interface is.
#include "read/snapshot_reading.h"

namespace sallyport::read {
namespace {

const PlatformWorkload* named(const Cloud& cloud, std::string_view name) {
  for (const PlatformWorkload& row : cloud->platform_workloads) {
    if (cloud.view(row.head.name) == name) return &row;
  }
  return nullptr;
}

std::string interface(std::string_view id, std::string_view description, std::string_view group = "sg-1") {
  return R"({"NetworkInterfaceId": ")" + std::string(id) + R"(", "Description": ")" + std::string(description) +
         R"(", "InterfaceType": "interface", "RequesterManaged": true, "OwnerId": "111122223333", "SubnetId": "subnet-1",
     "VpcId": "vpc-1", "Status": "in-use", "PrivateIpAddresses": [], "Groups": [{"GroupId": ")" +
         std::string(group) + R"("}]})";
}

constexpr const char* service =
    R"({"services": [{"serviceArn": "arn:aws:ecs:eu-central-1:111122223333:service/shop/web",
  "serviceName": "web", "status": "ACTIVE", "taskDefinition": "arn:aws:ecs:eu-central-1:111122223333:task-definition/web:3",
  "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1", "subnet-2"], "securityGroups": ["sg-1"],
  "assignPublicIp": "DISABLED"}}}]})";

constexpr const char* task = R"({"tasks": [{"taskArn": "arn:aws:ecs:eu-central-1:111122223333:task/shop/1",
  "clusterArn": "arn:aws:ecs:eu-central-1:111122223333:cluster/shop", "group": "service:web", "lastStatus": "RUNNING",
  "taskDefinitionArn": "arn:aws:ecs:eu-central-1:111122223333:task-definition/web:3",
  "attachments": [{"type": "ElasticNetworkInterface", "details": [{"name": "subnetId", "value": "subnet-1"},
  {"name": "networkInterfaceId", "value": "eni-1"}]}]}]})";

constexpr const char* task_list = R"({"taskArns": ["arn:aws:ecs:eu-central-1:111122223333:task/shop/1"]})";

TEST(Tasks, OfAServiceAreOneRowWithTheirInterfaces) {
  Reading r;
  r.answer("ecs-list-tasks/shop", task_list);
  r.answer("ecs-describe-tasks/1", task);
  r.answer("ecs-describe-services/web", service);
  r.answer("ecs-describe-task-definition/web", R"({"taskDefinition": {
    "taskDefinitionArn": "arn:aws:ecs:eu-central-1:111122223333:task-definition/web:3",
    "taskRoleArn": "arn:aws:iam::111122223333:role/web"}})");
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->platform_workloads.size(), 1U);
  const PlatformWorkload& row = cloud->platform_workloads.rows()[0];
  EXPECT_EQ(row.what, Kind::task);
  ASSERT_EQ(row.interfaces.size(), 1U);
  EXPECT_TRUE(row.interfaces.complete());
  EXPECT_EQ(row.interfaces.items[0], r.id<InterfaceId>("eni-1"));
  EXPECT_EQ(row.place->subnets.size(), 2U);
  EXPECT_EQ(row.public_address, Value<bool>(false));
  EXPECT_EQ(row.role, Value<RoleId>(r.global_id<RoleId>("arn:aws:iam::111122223333:role/web")));
}

TEST(Tasks, ThatNobodyListedMayBeThere) {
  Reading r;
  r.answer("ecs-describe-services/web", service);
  const Cloud cloud = r.cloud();
  EXPECT_TRUE(named(cloud, "web")->interfaces.open);
  EXPECT_FALSE(named(cloud, "web")->role.known());
}

TEST(Tasks, ThatAreOnlyListedAreThere) {
  Reading r;
  r.answer("ecs-list-tasks/shop", task_list);
  r.answer("ecs-describe-services/web", service);
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->platform_workloads.size(), 2U);
  EXPECT_TRUE(named(cloud, "web")->interfaces.open);
  ASSERT_NE(named(cloud, "1"), nullptr);
  EXPECT_FALSE(named(cloud, "1")->place.known());
}

TEST(Tasks, OnTheirHostsNetworkAreNoWorkloadOfTheirOwn) {
  Reading r;
  std::string host = service;
  host.replace(host.find("\"networkConfiguration\""), std::string::npos, R"("launchType": "EC2"}]})");
  r.answer("ecs-describe-services/web", host);
  EXPECT_TRUE(r.cloud()->platform_workloads.empty());
}

std::string database(std::string_view name, std::string_view group) {
  return R"({"DBInstanceIdentifier": ")" + std::string(name) +
         R"(", "DBInstanceArn": "arn:aws:rds:eu-central-1:111122223333:db:)" + std::string(name) +
         R"(", "DBInstanceStatus": "available", "Endpoint": {"Address": ")" + std::string(name) +
         R"(.x.rds.amazonaws.com", "Port": 5432}, "MultiAZ": false, "PubliclyAccessible": false, "AssociatedRoles": [],
    "DBClusterIdentifier": "all", "VpcSecurityGroups": [{"VpcSecurityGroupId": ")" +
         std::string(group) +
         R"("}], "DBSubnetGroup": {"VpcId": "vpc-1", "Subnets": [{"SubnetIdentifier": "subnet-1"}]}})";
}

TEST(Databases, OwnWhatNobodyElseCanOwn) {
  Reading r;
  r.answer("rds-describe-db-instances", R"({"DBInstances": [)" + database("a", "sg-1") + "," + database("b", "sg-2") +
                                            "," + database("c", "sg-2") + "]}");
  r.answer("ec2-describe-network-interfaces", R"({"NetworkInterfaces": [)" +
                                                  interface("eni-1", "RDSNetworkInterface", "sg-1") + "," +
                                                  interface("eni-2", "RDSNetworkInterface", "sg-2") + "," +
                                                  interface("eni-3", "another thing", "sg-1") + "]}");
  const Cloud cloud = r.cloud();
  EXPECT_EQ(named(cloud, "a")->interfaces.items, std::vector{r.id<InterfaceId>("eni-1")});
  EXPECT_TRUE(named(cloud, "a")->interfaces.complete());
  EXPECT_TRUE(named(cloud, "b")->interfaces.empty());
  EXPECT_TRUE(named(cloud, "b")->interfaces.open);
  EXPECT_TRUE(named(cloud, "c")->interfaces.open);
}

TEST(Databases, OfAClusterAreWhereItIs) {
  Reading r;
  r.answer("rds-describe-db-clusters",
           R"({"DBClusters": [{"DBClusterIdentifier": "all", "Status": "available", "Port": 5432,
    "DBClusterArn": "arn:aws:rds:eu-central-1:111122223333:cluster:all", "Endpoint": "all.x.rds.amazonaws.com"}]})");
  r.answer("rds-describe-db-instances", R"({"DBInstances": [)" + database("a", "sg-1") + "]}");
  r.answer("ec2-describe-network-interfaces",
           R"({"NetworkInterfaces": [)" + interface("eni-1", "RDSNetworkInterface") + "]}");
  const Cloud cloud = r.cloud();
  const PlatformWorkload* all = named(cloud, "all");
  ASSERT_NE(all, nullptr);
  EXPECT_EQ(all->interfaces.size(), 1U);
  EXPECT_EQ(all->publicly_accessible, Value<bool>(false));
  EXPECT_EQ(all->place->vpc, r.id<VpcId>("vpc-1"));
}

TEST(Databases, WithoutTheirClustersInstancesAreNotKnown) {
  Reading r;
  r.answer("rds-describe-db-clusters", R"({"DBClusters": [{"DBClusterIdentifier": "all", "Status": "available",
    "DBClusterArn": "arn:aws:rds:eu-central-1:111122223333:cluster:all"}]})");
  EXPECT_FALSE(named(r.cloud(), "all")->place.known());
}

TEST(Clusters, WithoutPrivateAccessHaveNoInterfaceWhereTheyAnswer) {
  for (const bool inside : {true, false}) {
    Reading r;
    r.answer("eks-describe-cluster/c",
             R"({"cluster": {"name": "c", "arn": "arn:aws:eks:eu-central-1:111122223333:cluster/c",
      "endpoint": "https://ABC.gr7.eu-central-1.eks.amazonaws.com", "roleArn": "arn:aws:iam::111122223333:role/eks", "status": "ACTIVE",
      "resourcesVpcConfig": {"vpcId": "vpc-1", "subnetIds": ["subnet-1"], "securityGroupIds": [], "clusterSecurityGroupId": "sg-1",
      "endpointPublicAccess": true, "publicAccessCidrs": ["198.51.100.0/24"], "endpointPrivateAccess": )" +
                 std::string(inside ? "true" : "false") + "}}}");
    r.answer("ec2-describe-network-interfaces",
             R"({"NetworkInterfaces": [)" + interface("eni-1", "Amazon EKS c") + "]}");
    const Cloud cloud = r.cloud();
    const PlatformWorkload& row = cloud->platform_workloads.rows()[0];
    EXPECT_EQ(row.interfaces.size(), inside ? 1U : 0U);
    EXPECT_TRUE(row.interfaces.complete());
    EXPECT_EQ(cloud.view(row.host), "abc.gr7.eu-central-1.eks.amazonaws.com");
    EXPECT_EQ(row.admits.size(), 1U);
  }
}

TEST(PlatformWorkloads, ThatAListOnlyNamesAreThere) {
  Reading r;
  r.answer("eks-list-clusters", R"({"clusters": ["c"]})");
  r.answer("codebuild-list-projects", R"({"projects": ["p"]})");
  r.answer("opensearch-list-domain-names", R"({"DomainNames": [{"DomainName": "d", "EngineType": "OpenSearch"}]})");
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->platform_workloads.size(), 3U);
  for (const PlatformWorkload& row : cloud->platform_workloads) {
    EXPECT_FALSE(row.place.known());
    EXPECT_FALSE(row.publicly_accessible.known());
  }
  EXPECT_FALSE(cloud.missing(Kind::cluster, r.account(), r.region()));
  EXPECT_TRUE(cloud.missing(Kind::database, r.account(), r.region()));
}

TEST(Warehouses, AreToldByTheirNodesAddresses) {
  Reading r;
  r.answer("redshift-describe-clusters", R"({"Clusters": [{"ClusterIdentifier": "w", "ClusterStatus": "available",
    "ClusterSubnetGroupName": "g", "VpcId": "vpc-1", "PubliclyAccessible": false, "EnhancedVpcRouting": false, "IamRoles": [],
    "VpcSecurityGroups": [{"VpcSecurityGroupId": "sg-1"}], "Endpoint": {"Address": "w.x.redshift.amazonaws.com", "Port": 5439},
    "ClusterNodes": [{"PrivateIPAddress": "10.0.0.7"}]}]})");
  std::string node = interface("eni-1", "RedshiftNetworkInterface");
  node.replace(node.find("\"PrivateIpAddresses\": []"), 24,
               R"("PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": "10.0.0.7"}])");
  r.answer("ec2-describe-network-interfaces",
           R"({"NetworkInterfaces": [)" + node + "," + interface("eni-2", "RedshiftNetworkInterface") + "]}");
  const Cloud cloud = r.cloud();
  const PlatformWorkload& row = cloud->platform_workloads.rows()[0];
  EXPECT_EQ(row.interfaces.items, std::vector{r.id<InterfaceId>("eni-1")});
  EXPECT_EQ(row.goes_around, Value<bool>(true));
  EXPECT_TRUE(row.place->subnets.open);  // its subnet group is not in the input
}

TEST(Warehouses, OfAnotherServiceAreNotRead) {
  Reading r;
  r.answer("cloudhsmv2-describe-clusters", R"({"Clusters": [{"ClusterId": "cluster-1", "State": "ACTIVE"}]})");
  const Cloud cloud = r.cloud();
  EXPECT_TRUE(cloud->platform_workloads.empty());
  EXPECT_EQ(said(cloud, "unread-file"), 1U);
}

}  // namespace
}  // namespace sallyport::read
