// Functions, balancers, databases, and what policies stand at: queues, topics, keys ...
#include <algorithm>

#include "read/awsconfig/types.h"
#include "read/json/text.h"

namespace sallyport::read::awsconfig {
namespace {

using json::Node;

std::string as_json(Node node, Letters letters) {
  std::string out;
  write(node, letters, out);
  return out;
}

// `"Policy": ...` of an answer about one thing, out of a text or an object; nothing: there is none.
std::string policy_body(const char* member, Node policy) {
  return "{\"" + std::string(member) +
         "\":" + (policy.is(json::Kind::string) ? text(policy.text()) : text(json::to_text(policy))) + "}";
}

// A policy that the supplementary configuration holds: `null` says that there is none; a
// member that is missing says nothing.
void say_policy(const Resource& r, Telling& t, const char* operation, const char* member, Node policy,
                const std::string& subject, const char* lister) {
  if (!policy) return;
  const bool none = policy.absent() || (policy.is(json::Kind::string) && policy.text().empty());
  say(t, r.item, operation, none ? std::string() : policy_body(member, policy), subject, lister);
}

// The call tells the VPC of a function, Config only its subnets: theirs is its. Whether it
// uses IPv6 is not recorded: no matter where its subnets have none.
std::string network_of(const Resource& r, const Telling& t, Node config) {
  Object object(config);
  std::string vpc;
  bool known = true;
  bool ipv6 = false;
  for (const Node subnet : config["subnetIds"].items()) {
    const auto found = t.subnets.find({r.item.region, std::string(subnet.text())});
    known = known && found != t.subnets.end();
    if (found == t.subnets.end()) continue;
    vpc = found->second.vpc;
    ipv6 = ipv6 || found->second.ipv6;
  }
  if (config["subnetIds"].size() == 0) return object.done();
  if (config["ipv6AllowedForDualStack"].absent() && (ipv6 || !known)) return not_recorded();
  if (config["vpcId"].absent() && !vpc.empty()) object.set("VpcId", text(vpc));
  return object.done();
}

void tell_function(const Resource& r, Telling& t) {
  Object object(r.configuration);
  const Node config = r.configuration["vpcConfig"];
  if (config.is(json::Kind::object)) object.set("VpcConfig", network_of(r, t, config));
  if (!config) object.set("VpcConfig", not_recorded());  // where there is none, it is there as `null`
  say(t, r.item, "lambda-list-functions", answer("Functions", object.done()));
  const std::string name(r.configuration["functionName"].text());
  if (!r.supplementary["Policy"] || name.empty()) return;
  say_policy(r, t, "lambda-get-policy", "Policy", r.supplementary["Policy"], name, "");
}

void tell_bucket(const Resource& r, Telling& t) {
  const char* lister = "s3api-list-buckets";
  const std::string& name = r.item.id;
  say(t, r.item, lister,
      answer("Buckets", "{\"Name\":" + text(name) + ",\"BucketRegion\":" + text(r.item.region) + "}"), {}, {}, true);
  json::Tree room;
  if (const Node policy = r.extra("BucketPolicy", room); policy.is(json::Kind::object) && policy["policyText"]) {
    const Node document = policy["policyText"];
    const bool none = document.absent() || document.text().empty();
    say(t, r.item, "s3api-get-bucket-policy", none ? std::string() : policy_body("Policy", document), name, lister,
        true);
  }
  // A bucket without one does not have the member, nor does an item that could not hold it.
  if (const Node block = r.extra("PublicAccessBlockConfiguration", room); block.is(json::Kind::object)) {
    say(t, r.item, "s3api-get-public-access-block",
        "{\"PublicAccessBlockConfiguration\":" + as_json(block, Letters::upper) + "}", name, lister, true);
  }
}

void tell_account_block(const Resource& r, Telling& t) {
  say(t, r.item, "s3control-get-public-access-block",
      "{\"PublicAccessBlockConfiguration\":" + as_json(r.configuration, Letters::upper) + "}", {}, {}, true);
}

void tell_table(const Resource& r, Telling& t) {
  std::string arn(r.configuration["tableArn"].text());
  if (arn.empty()) arn = r.item.arn;
  say(t, r.item, "dynamodb-describe-table",
      "{\"Table\":" + Object(Node()).set("TableArn", text(arn)).set("TableName", text(r.item.id)).done() + "}",
      r.item.id, "dynamodb-list-tables");
}

// No page says that an item without a policy is of a queue without one: then it is not said.
void tell_queue(const Resource& r, Telling& t) {
  Object object(r.configuration);
  if (r.configuration["Policy"].absent()) object.drop("QueueArn");
  say(t, r.item, "sqs-get-queue-attributes", "{\"Attributes\":" + object.done() + "}",
      std::string(r.configuration["QueueName"].text()), "sqs-list-queues");
}

void tell_topic(const Resource& r, Telling& t) {
  // Every topic has a policy: an item without one does not hold it.
  Object object(r.configuration);
  if (r.configuration["Policy"].absent()) object.drop("TopicArn");
  const std::string arn(r.configuration["TopicArn"].text());
  say(t, r.item, "sns-list-topics", answer("Topics", "{\"TopicArn\":" + text(arn) + "}"));
  say(t, r.item, "sns-get-topic-attributes", "{\"Attributes\":" + object.done() + "}", arn, "sns-list-topics");
}

void tell_key(const Resource& r, Telling& t) {
  const std::string arn(r.configuration["arn"].text());
  say(t, r.item, "kms-list-keys", answer("Keys", "{\"KeyArn\":" + text(arn) + "}"));
  say(t, r.item, "kms-describe-key", "{\"KeyMetadata\":" + as_json(r.configuration, Letters::upper) + "}", arn,
      "kms-list-keys");
  if (r.supplementary["Policy"].absent()) return;
  say_policy(r, t, "kms-get-key-policy", "Policy", r.supplementary["Policy"], arn, "kms-list-keys");
}

void tell_key_alias(const Resource& r, Telling& t) {
  Object object(r.configuration);
  if (r.configuration["AliasArn"].absent()) {
    object.set("AliasArn", text("arn:aws:kms:" + r.item.region + ":" + r.item.account + ":" +
                                std::string(r.configuration["AliasName"].text())));
  }
  say(t, r.item, "kms-list-aliases", answer("Aliases", object.done()));
}

void tell_secret(const Resource& r, Telling& t) {
  Object object(Node{});
  std::string_view arn = r.configuration["ARN"].text();
  if (arn.empty()) arn = r.configuration["Id"].text();
  if (arn.empty()) arn = r.item.arn;
  say(t, r.item, "secretsmanager-list-secrets",
      answer("SecretList", object.set("ARN", text(arn)).set("Name", text(r.configuration["Name"].text())).done()));
}

void tell_repository(const Resource& r, Telling& t) {
  const std::string arn(r.configuration["Arn"].text());
  const std::string name(r.configuration["RepositoryName"].text());
  const std::string row =
      "{\"repositoryArn\":" + text(arn.empty() ? r.item.arn : arn) + ",\"repositoryName\":" + text(name) + "}";
  say(t, r.item, "ecr-describe-repositories", answer("repositories", row));
  const Node policy = r.configuration["RepositoryPolicyText"];
  if (policy.absent()) return;  // none, or left out: not said
  say_policy(r, t, "ecr-get-repository-policy", "policyText", policy, name, "ecr-describe-repositories");
}

void tell_balancer(const Resource& r, Telling& t) {
  say(t, r.item, "elbv2-describe-load-balancers", answer("LoadBalancers", Object(r.configuration).done()));
}

void tell_listener(const Resource& r, Telling& t) {
  const std::string arn(r.configuration["LoadBalancerArn"].text());
  auto& [item, list] = t.listeners.try_emplace(arn, &r.item, std::string()).first->second;
  list += (list.empty() ? "" : ",") + Object(r.configuration).done();
}

void tell_database(const Resource& r, Telling& t) {
  say(t, r.item, "rds-describe-db-instances", answer("DBInstances", Object(r.configuration).done()));
}

void tell_warehouse(const Resource& r, Telling& t) {
  say(t, r.item, "redshift-describe-clusters", answer("Clusters", Object(r.configuration).done()));
}

void tell_warehouse_subnets(const Resource& r, Telling& t) {
  say(t, r.item, "redshift-describe-cluster-subnet-groups",
      answer("ClusterSubnetGroups", Object(r.configuration).done()));
}

// Written as templates write them: the call's members begin with a small letter.
void tell_ecs_service(const Resource& r, Telling& t) {
  Object object(r.configuration, Letters::lower);
  object.set("clusterArn", text(r.configuration["Cluster"].text()));
  std::string_view arn = r.configuration["ServiceArn"].text();
  if (arn.empty()) arn = r.item.arn;
  say(t, r.item, "ecs-describe-services", answer("services", object.set("serviceArn", text(arn)).done()));
}

void tell_task_definition(const Resource& r, Telling& t) {
  Object object(Node{});
  object.set("taskDefinitionArn", text(r.configuration["TaskDefinitionArn"].text()));
  if (const Node role = r.configuration["TaskRoleArn"]; !role.absent()) object.set("taskRoleArn", text(role.text()));
  say(t, r.item, "ecs-describe-task-definition", "{\"taskDefinition\":" + object.done() + "}",
      std::string(r.configuration["TaskDefinitionArn"].text()));
}

// Neither the VPC nor the group that the cluster makes for itself is recorded.
void tell_cluster(const Resource& r, Telling& t) {
  Object object(r.configuration, Letters::lower);
  const Node network = r.configuration["ResourcesVpcConfig"];
  Object inner(network, Letters::lower);
  std::string vpc;
  for (const Node subnet : network["SubnetIds"].items()) {
    const auto found = t.subnets.find({r.item.region, std::string(subnet.text())});
    if (found != t.subnets.end()) vpc = found->second.vpc;
  }
  if (!vpc.empty()) inner.set("vpcId", text(vpc));
  if (network["ClusterSecurityGroupId"].absent()) inner.set("securityGroupIds", not_recorded());
  object.set("resourcesVpcConfig", inner.done()).set("status", text(r.configuration["ClusterStatus"].text()));
  say(t, r.item, "eks-describe-cluster", "{\"cluster\":" + object.done() + "}",
      std::string(r.configuration["Name"].text()), "eks-list-clusters");
}

// A zone is private that has VPCs; whether one without is public is not said.
void tell_zone(const Resource& r, Telling& t) {
  const Node vpcs = r.configuration["VPCs"];
  const std::string flag = vpcs.size() > 0 ? "true" : vpcs.absent() ? not_recorded() : "false";
  std::string_view id = r.configuration["Id"].text();
  if (id.empty()) id = r.item.id;
  const std::string zone = Object(Node{})
                               .set("Id", text(id))
                               .set("Name", text(r.configuration["Name"].text()))
                               .set("Config", "{\"PrivateZone\":" + flag + "}")
                               .done();
  say(t, r.item, "route53-list-hosted-zones", answer("HostedZones", zone), {}, {}, true);
  if (vpcs.absent()) return;
  say(t, r.item, "route53-get-hosted-zone",
      "{\"HostedZone\":" + zone + ",\"VPCs\":" + as_json(vpcs, Letters::upper) + "}", std::string(id),
      "route53-list-hosted-zones", true);
}

constexpr Type table[] = {
    {"AWS::ElasticLoadBalancingV2::LoadBalancer", tell_balancer, {Kind::load_balancer}},
    {"AWS::ElasticLoadBalancingV2::Listener", tell_listener},
    {"AWS::Lambda::Function", tell_function, {Kind::function}},
    {"AWS::S3::Bucket", tell_bucket},  // of one Region: the list of buckets is of all
    {"AWS::S3::AccountPublicAccessBlock", tell_account_block, {}, true},
    {"AWS::DynamoDB::Table", tell_table, {Kind::table}},
    {"AWS::SQS::Queue", tell_queue, {Kind::queue}},
    {"AWS::SNS::Topic", tell_topic, {Kind::topic}},
    {"AWS::KMS::Key", tell_key, {Kind::key}},
    {"AWS::KMS::Alias", tell_key_alias},
    {"AWS::SecretsManager::Secret", tell_secret, {Kind::secret}},
    {"AWS::ECR::Repository", tell_repository, {Kind::repository}},
    {"AWS::RDS::DBInstance", tell_database, {Kind::database}},
    {"AWS::Redshift::Cluster", tell_warehouse, {Kind::warehouse}},
    {"AWS::Redshift::ClusterSubnetGroup", tell_warehouse_subnets},
    {"AWS::ECS::Service", tell_ecs_service},
    {"AWS::ECS::TaskDefinition", tell_task_definition},
    {"AWS::EKS::Cluster", tell_cluster, {Kind::cluster}},
    {"AWS::Route53::HostedZone", tell_zone, {Kind::hosted_zone}, true},
};

}  // namespace

std::span<const Type> service_types() { return table; }

// The listeners of a balancer are one answer. It is whole where the inventory is.
void finish_services(Telling& telling, const std::set<std::pair<std::string, std::string>>& listed) {
  for (const auto& [arn, listeners] : telling.listeners) {
    const auto& [item, list] = listeners;
    if (!listed.contains({item->account, item->region}) || arn.empty()) continue;
    say(telling, *item, "elbv2-describe-listeners", "{\"Listeners\":[" + list + "]}", arn);
  }
}

}  // namespace sallyport::read::awsconfig
