// Functions, buckets, queues ... and who may use them.
#include "template.h"

namespace sallyport::read {
namespace {

const Given account = {{"AWS::AccountId", "111122223333"}, {"AWS::Region", "eu-central-1"}};

const Policy* policy(const Cloud& cloud, const Value<PolicyId>& id) {
  return id.known() ? cloud->policies.find(*id) : nullptr;
}

const Resource* resource(const Cloud& cloud, const std::string& arn) { return find(cloud, cloud->resources, arn); }

TEST(CloudFormationPolicies, ABucketBlocksPublicAccessUnlessItSaysOtherwise) {
  const Cloud cloud = cloud_of(R"(
Resources:
  A: {Type: AWS::S3::Bucket, Properties: {BucketName: a}}
  B: {Type: AWS::S3::Bucket, Properties: {BucketName: b, PublicAccessBlockConfiguration: {BlockPublicAcls: true}}}
  P: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref A, PolicyDocument: {Version: '2012-10-17', Statement: [
    {Effect: Deny, Principal: '*', Action: 's3:*', Resource: !Sub '${A.Arn}/*', Condition: {StringNotEquals: {'aws:SourceVpce': !Ref E}}}]}}}
  E: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: vpc-1, ServiceName: com.amazonaws.eu-central-1.s3}}
)",
                               account);
  const Bucket* a = find(cloud, cloud->buckets, "a");
  const Bucket* b = find(cloud, cloud->buckets, "b");
  ASSERT_NE(a, nullptr);
  ASSERT_NE(b, nullptr);
  ASSERT_TRUE(a->block_public_access.known());
  EXPECT_TRUE(a->block_public_access->restrict_public_buckets);
  EXPECT_FALSE(b->block_public_access.known());  // the account's setting may block the rest
  const Policy* p = policy(cloud, a->policy);
  ASSERT_NE(p, nullptr);
  ASSERT_EQ(p->document.statements.size(), 1U);
  EXPECT_FALSE(p->document.gap);
  EXPECT_EQ(shown(cloud.view(p->document.statements[0].resources[0])), "arn:aws:s3:::a/*");
  EXPECT_EQ(b->policy, Value<PolicyId>(PolicyId()));
}

// Where nothing is computed each statement has its own line.
TEST(CloudFormationPolicies, StatementsKeepTheirPlaces) {
  const Cloud cloud = cloud_of(R"(
Resources:
  R:
    Type: AWS::IAM::Role
    Properties:
      RoleName: r
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - {Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: ec2.amazonaws.com}}
)",
                               account);
  const Role* role = find(cloud, cloud->roles, "arn:aws:iam::111122223333:role/r");
  ASSERT_NE(role, nullptr);
  const Policy* trust = policy(cloud, role->trust);
  ASSERT_NE(trust, nullptr);
  EXPECT_EQ(cloud.registry().documents.show(trust->document.statements[0].origin), "template.yaml:10");
}

TEST(CloudFormationPolicies, PoliciesReachTheirOwners) {
  const Cloud cloud = cloud_of(R"(
Resources:
  R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: []}, ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess']}}
  U: {Type: AWS::IAM::User, Properties: {UserName: u, Groups: [!Ref G]}}
  G: {Type: AWS::IAM::Group, Properties: {GroupName: g}}
  M: {Type: AWS::IAM::ManagedPolicy, Properties: {ManagedPolicyName: m, Roles: [!Ref R], Groups: [g], PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}}}
  I: {Type: AWS::IAM::Policy, Properties: {PolicyName: i, Roles: [!Ref R], Users: [!Ref U], PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: '*', Resource: !GetAtt L.Arn}]}}}
  L: {Type: AWS::Logs::LogGroup}
  P: {Type: AWS::IAM::InstanceProfile, Properties: {InstanceProfileName: p, Roles: [!Ref R]}}
)",
                               account);
  const Role* role = find(cloud, cloud->roles, "arn:aws:iam::111122223333:role/(R)");
  ASSERT_NE(role, nullptr);
  EXPECT_EQ(role->policies.size(), 3U);
  EXPECT_TRUE(role->policies.complete());
  // The log group's ARN is not told; what the policy says of others stands.
  const Policy* inline_policy = find(cloud, cloud->policies, "arn:aws:iam::111122223333:role/(R)/i");
  ASSERT_NE(inline_policy, nullptr);
  EXPECT_FALSE(inline_policy->document.gap);
  EXPECT_EQ(shown(cloud.view(inline_policy->document.statements[0].resources[0])), "(L.Arn?)");
  const User* user = find(cloud, cloud->users, "arn:aws:iam::111122223333:user/u");
  ASSERT_NE(user, nullptr);
  EXPECT_EQ(user->groups.size(), 1U);
  EXPECT_EQ(user->policies.size(), 1U);
  const Group* group = find(cloud, cloud->groups, "arn:aws:iam::111122223333:group/g");
  ASSERT_NE(group, nullptr);
  EXPECT_EQ(group->policies.size(), 1U);
  const InstanceProfile* profile =
      find(cloud, cloud->instance_profiles, "arn:aws:iam::111122223333:instance-profile/p");
  ASSERT_NE(profile, nullptr);
  EXPECT_EQ(profile->role, Value<RoleId>(role->id));
}

TEST(CloudFormationPolicies, ThingsBehindApisHaveThePoliciesGivenThem) {
  const Cloud cloud = cloud_of(R"(
Resources:
  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: q}}
  Q2: {Type: AWS::SQS::Queue}
  QP: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Q], PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: '*', Action: 'sqs:*', Resource: !GetAtt Q.Arn}]}}}
  T: {Type: AWS::SNS::Topic, Properties: {TopicName: t}}
  T2: {Type: AWS::SNS::Topic, Properties: {TopicName: t2}}
  TP: {Type: AWS::SNS::TopicPolicy, Properties: {Topics: [!Ref T], PolicyDocument: {Version: '2012-10-17', Statement: []}}}
  K: {Type: AWS::KMS::Key}
  KA: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/app, TargetKeyId: !Ref K}}
  S: {Type: AWS::SecretsManager::Secret, Properties: {Name: s}}
  SP: {Type: AWS::SecretsManager::ResourcePolicy, Properties: {SecretId: !Ref S, ResourcePolicy: {Version: '2012-10-17', Statement: []}}}
  E: {Type: AWS::ECR::Repository, Properties: {RepositoryName: e, RepositoryPolicyText: {Version: '2012-10-17', Statement: []}}}
  B: {Type: AWS::Events::EventBus, Properties: {Name: b}}
  BP: {Type: AWS::Events::EventBusPolicy, Properties: {EventBusName: !Ref B, StatementId: x, Statement: {Sid: x, Effect: Allow, Principal: '*', Action: 'events:PutEvents', Resource: !GetAtt B.Arn}}}
)",
                               account);
  const auto has = [&](const std::string& arn) {
    const Resource* r = resource(cloud, arn);
    EXPECT_NE(r, nullptr) << arn;
    return r != nullptr && policy(cloud, r->policy) != nullptr;
  };
  EXPECT_TRUE(has("arn:aws:sqs:eu-central-1:111122223333:q"));
  EXPECT_FALSE(has("arn:aws:sqs:eu-central-1:111122223333:(Q2)"));
  EXPECT_TRUE(has("arn:aws:sns:eu-central-1:111122223333:t"));
  EXPECT_FALSE(resource(cloud, "arn:aws:sns:eu-central-1:111122223333:t2")->policy.known());
  EXPECT_TRUE(has("arn:aws:kms:eu-central-1:111122223333:key/(K)"));  // the default one
  EXPECT_EQ(cloud.view(resource(cloud, "arn:aws:kms:eu-central-1:111122223333:key/(K)")->head.name), "alias/app");
  EXPECT_TRUE(has("arn:aws:secretsmanager:eu-central-1:111122223333:secret:s-(S.suffix)"));
  EXPECT_TRUE(has("arn:aws:ecr:eu-central-1:111122223333:repository/e"));
  EXPECT_TRUE(has("arn:aws:events:eu-central-1:111122223333:event-bus/b"));
}

TEST(CloudFormationPolicies, PermissionsBecomeTheFunctionsPolicy) {
  const Cloud cloud = cloud_of(R"(
Resources:
  F: {Type: AWS::Lambda::Function, Properties: {FunctionName: f, Role: 'arn:aws:iam::111122223333:role/r'}}
  G: {Type: AWS::Lambda::Function, Properties: {FunctionName: g, Role: 'arn:aws:iam::111122223333:role/r'}}
  P: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !GetAtt F.Arn, Action: 'lambda:InvokeFunction', Principal: s3.amazonaws.com, SourceArn: 'arn:aws:s3:::b', SourceAccount: !Ref 'AWS::AccountId'}}
  P2: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref F, Action: 'lambda:InvokeFunction', Principal: '444455556666'}}
)",
                               account);
  const Function* f = find(cloud, cloud->functions, "arn:aws:lambda:eu-central-1:111122223333:function:f");
  ASSERT_NE(f, nullptr);
  const Policy* p = policy(cloud, f->policy);
  ASSERT_NE(p, nullptr);
  ASSERT_EQ(p->document.statements.size(), 2U);
  EXPECT_EQ(p->document.statements[0].conditions.size(), 2U);
  const Function* g = find(cloud, cloud->functions, "arn:aws:lambda:eu-central-1:111122223333:function:g");
  ASSERT_NE(g, nullptr);
  EXPECT_EQ(g->policy, Value<PolicyId>(PolicyId()));
}

TEST(CloudFormationPolicies, SamFunctionsHaveARoleAndGlobals) {
  const Cloud cloud = cloud_of(R"(
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {VpcConfig: {SubnetIds: [!Ref A], SecurityGroupIds: [!GetAtt Vpc.DefaultSecurityGroup]}}}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.7.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.7.1.0/24}}
  F: {Type: AWS::Serverless::Function, Properties: {FunctionName: f, Runtime: python3.13}}
  H: {Type: AWS::Serverless::Function, Properties: {FunctionName: h, Policies: [S3ReadPolicy: {BucketName: b}], Events: {E: {Type: Cognito}}}}
  I: {Type: AWS::Serverless::Function, Properties: {FunctionName: i, Policies: [S3ReadPolicy: {BucketName: b}, {Statement: [{Effect: Allow, Action: 'sqs:*', Resource: '*'}]}], Events: {E: {Type: Api}, Q: {Type: S3}}, FunctionUrlConfig: {AuthType: AWS_IAM}}}
  J: {Type: AWS::Serverless::Function, Properties: {FunctionName: j, Policies: !Ref 'AWS::NoValue', Events: {E: {Type: SQS}}, FunctionUrlConfig: {AuthType: NONE}}}
  K: {Type: AWS::Serverless::Function, Properties: {FunctionName: k, Policies: [MadeUpPolicy: {}, S3ReadPolicy: {}], KmsKeyArn: x, RolePath: /team/}}
  T: {Type: AWS::Serverless::SimpleTable, Properties: {TableName: t}}
)",
                               account);
  const Function* f = find(cloud, cloud->functions, "arn:aws:lambda:eu-central-1:111122223333:function:f");
  ASSERT_NE(f, nullptr);
  ASSERT_TRUE(f->network.known());
  EXPECT_TRUE(f->network->vpc);
  EXPECT_EQ(f->network->subnets.size(), 1U);
  ASSERT_TRUE(f->role.known());
  const Role* role = cloud->roles.find(*f->role);
  ASSERT_NE(role, nullptr);
  EXPECT_EQ(role->policies.size(), 2U);
  EXPECT_TRUE(role->policies.complete());
  const Function* h = find(cloud, cloud->functions, "arn:aws:lambda:eu-central-1:111122223333:function:h");
  ASSERT_NE(h, nullptr);
  EXPECT_TRUE(cloud->roles.find(*h->role)->policies.open);
  EXPECT_FALSE(h->policy.known());
  // Documents, and one statement for each service that calls; the API of events that name none.
  const Function* i = find(cloud, cloud->functions, "arn:aws:lambda:eu-central-1:111122223333:function:i");
  ASSERT_NE(i, nullptr);
  const Role* of_i = cloud->roles.find(*i->role);
  ASSERT_NE(of_i, nullptr);
  EXPECT_TRUE(of_i->policies.complete());
  ASSERT_EQ(of_i->policies.size(), 4U);
  for (const PolicyId id : of_i->policies) EXPECT_NE(cloud->policies.find(id), nullptr) << cloud.id(id);
  const Policy* calls = policy(cloud, i->policy);
  ASSERT_NE(calls, nullptr);
  EXPECT_EQ(calls->document.statements.size(), 2U);
  ASSERT_EQ(i->urls.size(), 1U);
  EXPECT_EQ(i->urls.items[0].open, Value<bool>(false));
  EXPECT_NE(resource(cloud, "arn:aws:execute-api:eu-central-1:111122223333:(ServerlessRestApi)"), nullptr);
  // What Lambda reads itself it reads in the role's name; an open URL lets everybody in.
  const Function* j = find(cloud, cloud->functions, "arn:aws:lambda:eu-central-1:111122223333:function:j");
  ASSERT_NE(j, nullptr);
  EXPECT_TRUE(cloud->roles.find(*j->role)->policies.open);
  EXPECT_EQ(j->urls.items.at(0).open, Value<bool>(true));
  EXPECT_FALSE(j->policy.known());
  const Function* k = find(cloud, cloud->functions, "arn:aws:lambda:eu-central-1:111122223333:function:k");
  ASSERT_NE(k, nullptr);
  EXPECT_EQ(shown(cloud.id(*k->role)), "arn:aws:iam::111122223333:role/team/(K.Role)");
  EXPECT_TRUE(cloud->roles.find(*k->role)->policies.open);
  EXPECT_NE(find(cloud, cloud->tables, "arn:aws:dynamodb:eu-central-1:111122223333:table/t"), nullptr);
  EXPECT_FALSE(cloud.missing(Kind::endpoint, f->head.account, f->head.region));
}

// Connectors of SAM's write policies for what they join; inline policies of queues and topics are policies, too.
TEST(CloudFormationPolicies, ConnectorsAndInlinePolicies) {
  const auto read = [](const std::string& more) {
    return cloud_of(R"(
Resources:
  R: {Type: AWS::IAM::Role, Properties: {RoleName: r, AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: []}}}
  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: q}}
  T: {Type: AWS::SNS::Topic, Properties: {TopicName: t}}
  Z: {Type: AWS::EC2::Subnet, Properties: {AvailabilityZone: eu-central-1a}}
)" + more,
                    account);
  };
  const Cloud plain = read("");
  EXPECT_TRUE(find(plain, plain->roles, "arn:aws:iam::111122223333:role/r")->policies.complete());
  const Cloud joined = read("  C: {Type: AWS::Serverless::Connector, Properties: {}}\n");
  EXPECT_TRUE(find(joined, joined->roles, "arn:aws:iam::111122223333:role/r")->policies.open);
  EXPECT_FALSE(resource(joined, "arn:aws:sqs:eu-central-1:111122223333:q")->policy.known());
  const std::string document = "PolicyDocument: {Version: '2012-10-17', Statement: []}}}\n";
  const Cloud own = read("  QP: {Type: AWS::SQS::QueueInlinePolicy, Properties: {Queue: !Ref Q, " + document +
                         "  TP: {Type: AWS::SNS::TopicInlinePolicy, Properties: {TopicArn: !Ref T, " + document);
  EXPECT_NE(policy(own, resource(own, "arn:aws:sqs:eu-central-1:111122223333:q")->policy), nullptr);
  EXPECT_NE(policy(own, resource(own, "arn:aws:sns:eu-central-1:111122223333:t")->policy), nullptr);
}

// A table of each Region; a policy that is not decided is not known.
TEST(CloudFormationPolicies, TablesAndTheirReplicas) {
  const Cloud cloud = cloud_of(R"(
Parameters: {U: {Type: String}}
Conditions: {C: !Equals [!Ref U, x]}
Resources:
  T: {Type: AWS::DynamoDB::Table, Properties: {TableName: t, ResourcePolicy: {PolicyDocument: !If [C, {Version: '2012-10-17', Statement: []}, !Ref 'AWS::NoValue']}}}
  G: {Type: AWS::DynamoDB::GlobalTable, Properties: {TableName: g, Replicas: [{Region: eu-central-1}, {Region: us-east-1}]}}
)",
                               account);
  const Table* t = find(cloud, cloud->tables, "arn:aws:dynamodb:eu-central-1:111122223333:table/t");
  ASSERT_NE(t, nullptr);
  EXPECT_FALSE(t->policy.known());
  EXPECT_NE(find(cloud, cloud->tables, "arn:aws:dynamodb:eu-central-1:111122223333:table/g"), nullptr);
  EXPECT_NE(find(cloud, cloud->tables, "arn:aws:dynamodb:us-east-1:111122223333:table/g"), nullptr);
}

}  // namespace
}  // namespace sallyport::read
