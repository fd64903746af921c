#include "read/cloudformation/identity.h"

#include <algorithm>

#include "read/cloudformation/evaluate.h"

namespace sallyport::read::cloudformation {
namespace {

// What `Ref` gives.
enum class RefGives : std::uint8_t { id, name, arn, other };

struct Type {
  std::string_view type;
  RefGives ref;
  std::string_view ids;            // attributes that repeat the id, or the name
  std::string_view name_property;  // where the template may give the name
};

// The "Return values" of each type's page in the template reference. An `id` is chosen
// by AWS for each such resource; a type that is not here may be named after something
// that exists.
constexpr Type types[] = {
    {"AWS::EC2::VPC", RefGives::id, " VpcId ", ""},
    {"AWS::EC2::Subnet", RefGives::id, " SubnetId ", ""},
    {"AWS::EC2::RouteTable", RefGives::id, " RouteTableId ", ""},
    {"AWS::EC2::NetworkAcl", RefGives::id, " Id ", ""},
    {"AWS::EC2::SecurityGroup", RefGives::id, " GroupId Id ", ""},
    {"AWS::EC2::InternetGateway", RefGives::id, " InternetGatewayId ", ""},
    {"AWS::EC2::EgressOnlyInternetGateway", RefGives::id, " Id ", ""},
    {"AWS::EC2::NatGateway", RefGives::id, " NatGatewayId ", ""},
    {"AWS::EC2::VPCEndpoint", RefGives::id, " Id ", ""},
    {"AWS::EC2::VPCEndpointService", RefGives::id, " ServiceId ", ""},
    {"AWS::EC2::NetworkInterface", RefGives::id, " Id ", ""},
    {"AWS::EC2::Instance", RefGives::id, " InstanceId ", ""},
    {"AWS::EC2::LaunchTemplate", RefGives::id, " LaunchTemplateId ", ""},
    {"AWS::EC2::PrefixList", RefGives::id, " PrefixListId ", ""},
    {"AWS::EC2::VPCPeeringConnection", RefGives::id, " Id ", ""},
    {"AWS::EC2::TransitGateway", RefGives::id, " Id ", ""},
    {"AWS::EC2::TransitGatewayAttachment", RefGives::id, " Id ", ""},
    {"AWS::EC2::TransitGatewayVpcAttachment", RefGives::id, " Id ", ""},
    {"AWS::EC2::TransitGatewayRouteTable", RefGives::id, " TransitGatewayRouteTableId ", ""},
    {"AWS::EC2::TransitGatewayPeeringAttachment", RefGives::id, " TransitGatewayAttachmentId ", ""},
    {"AWS::EC2::TransitGatewayConnect", RefGives::id, " TransitGatewayAttachmentId ", ""},
    {"AWS::EC2::VPNConnection", RefGives::id, " VpnConnectionId ", ""},
    {"AWS::EC2::VPNGateway", RefGives::id, " VPNGatewayId ", ""},
    {"AWS::EC2::CarrierGateway", RefGives::id, " CarrierGatewayId ", ""},
    {"AWS::EC2::DHCPOptions", RefGives::id, " DhcpOptionsId ", ""},
    {"AWS::VpcLattice::ResourceGateway", RefGives::id, " Arn Id ", ""},
    {"AWS::VpcLattice::ResourceConfiguration", RefGives::id, " Arn Id ", ""},
    {"AWS::VpcLattice::ServiceNetwork", RefGives::id, " Arn Id ", ""},
    {"AWS::Route53::HostedZone", RefGives::id, " Id ", ""},
    {"AWS::KMS::Key", RefGives::id, " KeyId ", ""},
    {"AWS::Organizations::Policy", RefGives::id, " Id ", ""},
    {"AWS::S3::Bucket", RefGives::name, "", "BucketName"},
    {"AWS::DynamoDB::Table", RefGives::name, "", "TableName"},
    {"AWS::DynamoDB::GlobalTable", RefGives::name, "", "TableName"},
    {"AWS::Serverless::SimpleTable", RefGives::name, "", "TableName"},
    {"AWS::Lambda::Function", RefGives::name, "", "FunctionName"},
    {"AWS::Serverless::Function", RefGives::name, "", "FunctionName"},
    {"AWS::SQS::Queue", RefGives::other, " QueueName ", "QueueName"},  // Ref: its URL
    {"AWS::SNS::Topic", RefGives::arn, " TopicName ", "TopicName"},
    {"AWS::SecretsManager::Secret", RefGives::arn, "", "Name"},
    {"AWS::Kinesis::Stream", RefGives::name, "", "Name"},
    {"AWS::StepFunctions::StateMachine", RefGives::arn, " Name ", "StateMachineName"},
    {"AWS::ECR::Repository", RefGives::name, "", "RepositoryName"},
    {"AWS::Events::EventBus", RefGives::name, " Name ", "Name"},
    {"AWS::IAM::Role", RefGives::name, "", "RoleName"},
    {"AWS::IAM::User", RefGives::name, "", "UserName"},
    {"AWS::IAM::Group", RefGives::name, "", "GroupName"},
    {"AWS::IAM::InstanceProfile", RefGives::name, "", "InstanceProfileName"},
    {"AWS::IAM::ManagedPolicy", RefGives::arn, "", "ManagedPolicyName"},
    {"AWS::IAM::Policy", RefGives::name, "", "PolicyName"},
    {"AWS::ElasticLoadBalancingV2::LoadBalancer", RefGives::id, " LoadBalancerArn ", ""},
    {"AWS::ElasticLoadBalancingV2::TargetGroup", RefGives::id, " TargetGroupArn ", ""},
    {"AWS::ElasticLoadBalancingV2::Listener", RefGives::id, " ListenerArn ", ""},
    {"AWS::ECS::Service", RefGives::id, " ServiceArn ", ""},
    {"AWS::MSK::Cluster", RefGives::id, " Arn ", ""},
    {"AWS::EFS::FileSystem", RefGives::id, " FileSystemId ", ""},
    {"AWS::SageMaker::Domain", RefGives::id, " DomainId ", ""},
    {"AWS::AppRunner::Service", RefGives::id, " ServiceArn ", ""},
    {"AWS::ApiGateway::RestApi", RefGives::id, " RestApiId ", ""},
    {"AWS::ApiGatewayV2::Api", RefGives::id, " ApiId ", ""},
    {"AWS::Serverless::Api", RefGives::id, " RestApiId ", ""},
    {"AWS::Serverless::HttpApi", RefGives::id, " ApiId ", ""},
    {"AWS::ApiGateway::VpcLink", RefGives::id, " VpcLinkId ", ""},
    {"AWS::ApiGatewayV2::VpcLink", RefGives::id, " VpcLinkId ", ""},
    {"AWS::Route53Resolver::ResolverRule", RefGives::id, " ResolverRuleId ", ""},
    {"AWS::Route53Resolver::FirewallRuleGroup", RefGives::id, " Id ", ""},
    {"AWS::Route53Resolver::FirewallDomainList", RefGives::id, " Id ", ""},
    {"AWS::Route53Profiles::Profile", RefGives::id, " Id ", ""},
    {"AWS::Route53Resolver::ResolverEndpoint", RefGives::id, " ResolverEndpointId ", ""},
    {"AWS::ElasticLoadBalancing::LoadBalancer", RefGives::name, "", "LoadBalancerName"},
    {"AWS::RDS::DBInstance", RefGives::name, "", "DBInstanceIdentifier"},
    {"AWS::RDS::DBCluster", RefGives::name, "", "DBClusterIdentifier"},
    {"AWS::RDS::DBSubnetGroup", RefGives::name, "", "DBSubnetGroupName"},
    {"AWS::DocDB::DBInstance", RefGives::name, "", "DBInstanceIdentifier"},
    {"AWS::DocDB::DBCluster", RefGives::name, "", "DBClusterIdentifier"},
    {"AWS::DocDB::DBSubnetGroup", RefGives::name, "", "DBSubnetGroupName"},
    {"AWS::Neptune::DBInstance", RefGives::name, "", "DBInstanceIdentifier"},
    {"AWS::Neptune::DBCluster", RefGives::name, "", "DBClusterIdentifier"},
    {"AWS::Neptune::DBSubnetGroup", RefGives::name, "", "DBSubnetGroupName"},
    {"AWS::Redshift::Cluster", RefGives::name, "", "ClusterIdentifier"},
    {"AWS::Redshift::ClusterSubnetGroup", RefGives::name, "", ""},
    {"AWS::ElastiCache::CacheCluster", RefGives::name, "", "ClusterName"},
    {"AWS::ElastiCache::ReplicationGroup", RefGives::name, "", "ReplicationGroupId"},
    {"AWS::ElastiCache::SubnetGroup", RefGives::name, "", "CacheSubnetGroupName"},
    {"AWS::OpenSearchService::Domain", RefGives::name, "", "DomainName"},
    {"AWS::Elasticsearch::Domain", RefGives::name, "", "DomainName"},
    {"AWS::EKS::Cluster", RefGives::name, "", "Name"},
    {"AWS::SageMaker::NotebookInstance", RefGives::arn, "", "NotebookInstanceName"},
    {"AWS::CodeBuild::Project", RefGives::name, "", "Name"},
    {"AWS::Glue::Connection", RefGives::name, "", ""},
};

// `arn:<partition>:<service>:<Region>:<account>:<before><name>`
struct ArnForm {
  std::string_view type;
  std::string_view attributes;
  std::string_view service;
  bool in_region, in_account;
  std::string_view before;
  bool has_path = false;  // `Path` stands before the name
};
constexpr ArnForm arns[] = {
    {"AWS::S3::Bucket", " Arn ", "s3", false, false, ""},
    {"AWS::DynamoDB::Table", " Arn ", "dynamodb", true, true, "table/"},
    {"AWS::DynamoDB::GlobalTable", " Arn ", "dynamodb", true, true, "table/"},
    {"AWS::Serverless::SimpleTable", " Arn ", "dynamodb", true, true, "table/"},
    {"AWS::Lambda::Function", " Arn ", "lambda", true, true, "function:"},
    {"AWS::Serverless::Function", " Arn ", "lambda", true, true, "function:"},
    {"AWS::SQS::Queue", " Arn ", "sqs", true, true, ""},
    {"AWS::SNS::Topic", " TopicArn ", "sns", true, true, ""},
    {"AWS::KMS::Key", " Arn ", "kms", true, true, "key/"},
    {"AWS::Kinesis::Stream", " Arn ", "kinesis", true, true, "stream/"},
    {"AWS::StepFunctions::StateMachine", " Arn ", "states", true, true, "stateMachine:"},
    {"AWS::SecretsManager::Secret", " Id ", "secretsmanager", true, true, "secret:"},
    {"AWS::ECR::Repository", " Arn ", "ecr", true, true, "repository/"},
    {"AWS::Events::EventBus", " Arn ", "events", true, true, "event-bus/"},
    {"AWS::IAM::Role", " Arn ", "iam", false, true, "role", true},
    {"AWS::IAM::User", " Arn ", "iam", false, true, "user", true},
    {"AWS::IAM::Group", " Arn ", "iam", false, true, "group", true},
    {"AWS::IAM::InstanceProfile", " Arn ", "iam", false, true, "instance-profile", true},
    {"AWS::IAM::ManagedPolicy", " PolicyArn ", "iam", false, true, "policy", true},
    {"AWS::ElasticLoadBalancing::LoadBalancer", "", "elasticloadbalancing", true, true, "loadbalancer/"},
    {"AWS::RDS::DBInstance", " DBInstanceArn ", "rds", true, true, "db:"},
    {"AWS::RDS::DBCluster", " DBClusterArn ", "rds", true, true, "cluster:"},
    {"AWS::DocDB::DBInstance", "", "rds", true, true, "db:"},
    {"AWS::DocDB::DBCluster", "", "rds", true, true, "cluster:"},
    {"AWS::Neptune::DBInstance", "", "rds", true, true, "db:"},
    {"AWS::Neptune::DBCluster", "", "rds", true, true, "cluster:"},
    {"AWS::Redshift::Cluster", "", "redshift", true, true, "cluster:"},
    {"AWS::ElastiCache::CacheCluster", "", "elasticache", true, true, "cluster:"},
    {"AWS::ElastiCache::ReplicationGroup", "", "elasticache", true, true, "replicationgroup:"},
    {"AWS::OpenSearchService::Domain", " Arn DomainArn ", "es", true, true, "domain/"},
    {"AWS::Elasticsearch::Domain", " Arn DomainArn ", "es", true, true, "domain/"},
    {"AWS::EKS::Cluster", " Arn ", "eks", true, true, "cluster/"},
    {"AWS::SageMaker::NotebookInstance", "", "sagemaker", true, true, "notebook-instance/"},
    {"AWS::Route53Resolver::ResolverRule", " Arn ", "route53resolver", true, true, "resolver-rule/"},
    {"AWS::CodeBuild::Project", " Arn ", "codebuild", true, true, "project/"},
    {"AWS::Glue::Connection", "", "glue", true, true, "connection/"},
};

// Attributes that repeat a property, where the template gives it.
constexpr std::string_view repeated[] = {"CidrBlock", "VpcId", "AvailabilityZone", "PrivateIpAddress", "SubnetId"};

// The parts of a VPC that AWS makes along with it.
constexpr std::string_view parts_of_vpc[] = {"DefaultNetworkAcl", "DefaultSecurityGroup"};

const Type* type_of(std::string_view type) {
  const auto found = std::find_if(std::begin(types), std::end(types), [&](const Type& t) { return t.type == type; });
  return found == std::end(types) ? nullptr : &*found;
}
const ArnForm* form_of(std::string_view type) {
  const auto found = std::find_if(std::begin(arns), std::end(arns), [&](const ArnForm& t) { return t.type == type; });
  return found == std::end(arns) ? nullptr : &*found;
}
bool lists(std::string_view words, std::string_view word) {
  return words.find(" " + std::string(word) + " ") != std::string_view::npos;
}

Item item_of(const Value<Text>& value, Origin origin) {
  return value.known() ? text_item(*value, origin) : unknown_item(value.gap(), origin);
}

// A text that exists and is not told: `Queue`, `Queue.QueueUrl`.
Item untold(Work& work, const Resource& r, std::string_view attribute, Origin origin) {
  std::string what = r.name;
  if (!attribute.empty()) what += "." + std::string(attribute);
  return text_item(any_text(work, what), origin);
}

std::string arn_start(Work& work, const Stack& stack, std::string_view service, bool in_region, bool in_account) {
  TextPool& texts = work.registry.texts;
  std::string arn = "arn:" + texts.string(stack.place.partition) + ":" + std::string(service) + ":";
  if (in_region) arn += texts.view(stack.place.region.empty() ? any_text(work, "region") : stack.place.region);
  arn += ':';
  if (in_account) arn += texts.view(account_of(work, stack));
  return arn + ":";
}

std::string role_path(Work& work, const Resource& r, GapId& gap) {
  const Item path = property(work, r, "Path");
  if (path.is(Item::Kind::unknown)) gap = path.gap;
  const std::string_view text = path.is(Item::Kind::text) ? work.registry.view(path.text) : "/";
  return std::string(text.empty() ? "/" : text);
}

}  // namespace

bool has_arn(std::string_view type) { return form_of(type) != nullptr; }

Text account_of(Work& work, const Stack& stack) {
  return stack.place.account.empty() ? any_text(work, "account") : stack.place.account;
}

Text own_symbol(Work& work, const Resource& r, std::string_view part) {
  return new_text(work, part.empty() ? r.name : r.name + "." + std::string(part));
}

Value<Text> own_name(Work& work, const Resource& r) {
  const Type* type = type_of(r.type);
  if (type == nullptr) return any_text(work, r.name);
  if (!type->name_property.empty()) {
    const Item name = property(work, r, type->name_property);
    if (name.is(Item::Kind::unknown)) return name.gap;
    if (name.is(Item::Kind::text) && !name.text.empty()) return name.text;
  }
  return own_symbol(work, r);
}

Value<Text> own_arn(Work& work, const Resource& r) {
  const ArnForm* form = form_of(r.type);
  if (form == nullptr) return any_text(work, r.name + ".Arn");
  const Value<Text> name = own_name(work, r);
  if (!name.known()) return name.gap();
  std::string arn = arn_start(work, *r.stack, form->service, form->in_region, form->in_account);
  arn += form->before;
  GapId gap;
  if (form->has_path) arn += role_path(work, r, gap);
  if (gap) return gap;
  arn += work.registry.view(*name);
  // Secrets Manager adds a hyphen and six characters to the name.
  if (r.type == "AWS::SecretsManager::Secret" && *name != own_symbol(work, r)) {
    arn += "-" + work.registry.texts.string(own_symbol(work, r, "suffix"));
  }
  return work.text(arn);
}

Item ref_to(Work& work, const Resource& r, Origin origin) {
  const Type* type = type_of(r.type);
  if (type == nullptr) return untold(work, r, {}, origin);
  switch (type->ref) {
    case RefGives::id: return text_item(own_symbol(work, r), origin);
    case RefGives::name: return item_of(own_name(work, r), origin);
    case RefGives::arn: return item_of(own_arn(work, r), origin);
    case RefGives::other: return untold(work, r, {}, origin);
  }
  return untold(work, r, {}, origin);
}

Item attribute_of(Work& work, const Resource& r, std::string_view attribute, Origin origin) {
  if (const Type* type = type_of(r.type); type != nullptr && lists(type->ids, attribute)) {
    return type->ref == RefGives::id ? text_item(own_symbol(work, r), origin) : item_of(own_name(work, r), origin);
  }
  if (const ArnForm* form = form_of(r.type); form != nullptr && lists(form->attributes, attribute)) {
    return item_of(own_arn(work, r), origin);
  }
  if (r.type == "AWS::EC2::VPC" &&
      std::find(std::begin(parts_of_vpc), std::end(parts_of_vpc), attribute) != std::end(parts_of_vpc)) {
    return text_item(own_symbol(work, r, attribute), origin);
  }
  // The group that EKS makes along with a cluster.
  if (r.type == "AWS::EKS::Cluster" && attribute == "ClusterSecurityGroupId") {
    return text_item(own_symbol(work, r, attribute), origin);
  }
  if (std::find(std::begin(repeated), std::end(repeated), attribute) != std::end(repeated)) {
    Item item = property(work, r, attribute);
    if (!item.nothing()) return item;
  }
  return untold(work, r, attribute, origin);
}

// SAM names the role after the function: `<LogicalId>Role`.
Item sam_role_ref(Work& work, const Resource& function, std::string_view attribute, Origin origin) {
  const Text name = own_symbol(work, function, "Role");
  if (attribute.empty()) return text_item(name, origin);
  if (attribute == "Arn") {
    const Item path = property(work, function, "RolePath");
    if (path.is(Item::Kind::unknown)) return path;
    const std::string arn =
        arn_start(work, *function.stack, "iam", false, true) + "role" +
        (path.is(Item::Kind::text) && !path.text.empty() ? work.registry.texts.string(path.text) : "/");
    return text_item(work.text(arn + work.registry.texts.string(name)), origin);
  }
  return untold(work, function, "Role." + std::string(attribute), origin);
}

}  // namespace sallyport::read::cloudformation
