// `who` in process, over an account of many roles with policies of their own.
#include "access/who.h"

#include <array>

#include "library/net/random.h"
#include "rows.h"

namespace sallyport::bench {
namespace {

constexpr int role_count = 10'000;
constexpr int policies_a_role = 20;
constexpr const char* account = "111122223333";

struct Service {
  const char* prefix;
  std::array<const char*, 6> actions;
};
constexpr std::array services = {
    Service{"s3", {"GetObject", "PutObject", "DeleteObject", "ListBucket", "Get*", "*"}},
    Service{"dynamodb", {"GetItem", "PutItem", "Query", "Scan", "BatchGetItem", "*"}},
    Service{"sqs", {"SendMessage", "ReceiveMessage", "DeleteMessage", "GetQueueUrl", "Get*", "*"}},
    Service{"sns", {"Publish", "Subscribe", "ListTopics", "GetTopicAttributes", "Get*", "*"}},
    Service{"kms", {"Decrypt", "Encrypt", "GenerateDataKey", "DescribeKey", "Describe*", "*"}},
    Service{"logs", {"CreateLogGroup", "CreateLogStream", "PutLogEvents", "GetLogEvents", "Describe*", "*"}},
    Service{"ec2", {"DescribeInstances", "RunInstances", "StartInstances", "StopInstances", "Describe*", "*"}},
    Service{"lambda", {"InvokeFunction", "GetFunction", "UpdateFunctionCode", "ListFunctions", "List*", "*"}},
    Service{"secretsmanager", {"GetSecretValue", "PutSecretValue", "DescribeSecret", "ListSecrets", "List*", "*"}},
    Service{"ecr", {"BatchGetImage", "PutImage", "DescribeImages", "ListImages", "Get*", "*"}},
    Service{"events", {"PutEvents", "PutRule", "PutTargets", "ListRules", "Describe*", "*"}},
    Service{"states", {"StartExecution", "StopExecution", "DescribeExecution", "ListExecutions", "List*", "*"}},
    Service{"glue", {"GetTable", "GetDatabase", "StartJobRun", "CreateTable", "Get*", "*"}},
    Service{"athena", {"StartQueryExecution", "GetQueryResults", "StopQueryExecution", "ListWorkGroups", "Get*", "*"}},
    Service{"cloudwatch", {"PutMetricData", "GetMetricData", "DescribeAlarms", "PutMetricAlarm", "Describe*", "*"}},
    Service{"ssm", {"GetParameter", "PutParameter", "SendCommand", "DescribeParameters", "Get*", "*"}},
    Service{"elasticloadbalancing",
            {"DescribeLoadBalancers", "RegisterTargets", "DeregisterTargets", "CreateListener", "Describe*", "*"}},
    Service{
        "autoscaling",
        {"SetDesiredCapacity", "DescribeAutoScalingGroups", "PutScalingPolicy", "AttachInstances", "Describe*", "*"}},
    Service{"cloudformation", {"CreateStack", "UpdateStack", "DescribeStacks", "DeleteStack", "Describe*", "*"}},
    Service{"ecs", {"RunTask", "StopTask", "DescribeTasks", "UpdateService", "Describe*", "*"}},
    Service{"kinesis", {"PutRecord", "GetRecords", "DescribeStream", "PutRecords", "Describe*", "*"}},
    Service{"route53", {"ChangeResourceRecordSets", "ListHostedZones", "GetHostedZone", "GetChange", "List*", "*"}},
    Service{"xray", {"PutTraceSegments", "GetTraceSummaries", "GetServiceGraph", "PutTelemetryRecords", "Get*", "*"}},
    Service{"firehose",
            {"PutRecord", "PutRecordBatch", "DescribeDeliveryStream", "ListDeliveryStreams", "Describe*", "*"}},
};

class Estate {
 public:
  Estate() {
    const Text region = registry->text("eu-central-1"), whose = registry->text(account);
    for (int kind = 1; kind < static_cast<int>(Kind::count_); ++kind) {
      change.collected(static_cast<Kind>(kind), Text(), region);
      change.collected(static_cast<Kind>(kind), Text(), Text());
    }
    change.sets_organization = true;
    change.organization = Organization{};
    Bucket b;
    b.id = registry->ids.get<BucketId>(aws, registry->text("data-1"));
    b.head = {registry->text("data-1"), whose, region, {}, {}};
    b.region = region;
    b.block_public_access = BlockPublicAccess{};
    change.put.buckets.push_back(b);
    Vpc vpc;
    vpc.id = registry->ids.get<VpcId>(region, registry->text("vpc-1"));
    vpc.head = {registry->text("net"), whose, region, {}, {}};
    vpc.cidrs.items = {*parse_prefix("10.0.0.0/16")};
    change.put.vpcs.push_back(vpc);
    Endpoint e;
    e.id = registry->ids.get<EndpointId>(region, registry->text("vpce-1"));
    e.head = {registry->text("s3"), whose, region, {}, {}};
    e.type = EndpointType::gateway;
    e.state = State::working;
    e.vpc = vpc.id;
    e.service = registry->text("com.amazonaws.eu-central-1.s3");
    e.service_region = region;
    change.put.endpoints.push_back(e);
    for (int n = 0; n < role_count; ++n) role(n, whose);
  }

  RegistryPtr registry = std::make_shared<Registry>();
  Change change{registry};

 private:
  void role(int n, Text whose) {
    const std::string arn = "arn:aws:iam::" + std::string(account) + ":role/role-" + std::to_string(n);
    Role r;
    r.id = registry->ids.get<RoleId>(aws, registry->text(arn));
    r.head = {registry->text("role-" + std::to_string(n)), whose, Text(), {}, {}};
    r.path = registry->text("/");
    for (int p = 0; p < policies_a_role; ++p) r.policies.items.push_back(policy(arn + "/" + std::to_string(p)));
    change.put.roles.push_back(std::move(r));
  }

  // Two statements, each with three actions of one service on one resource, a tenth of
  // them on all.
  PolicyId policy(const std::string& name) {
    Policy p;
    p.id = registry->ids.get<PolicyId>(aws, registry->text(name));
    p.document.version = PolicyVersion::v2012_10_17;
    for (int s = 0; s < 2; ++s) {
      const Service& service = random_.one_of(services);
      Statement statement;
      statement.effect = random_.chance(10) ? Effect::deny : Effect::allow;
      statement.has_resource = true;
      for (int a = 0; a < 3; ++a) {
        statement.actions.push_back(
            registry->text(std::string(service.prefix) + ":" + random_.one_of(service.actions)));
      }
      const std::string which = "data-" + std::to_string(random_.below(100));
      const bool bucket = std::string_view(service.prefix) == "s3";
      statement.resources.push_back(registry->text(random_.chance(10) ? "*"
                                                   : bucket           ? "arn:aws:s3:::" + which + "/*"
                                                                      : "arn:aws:" + std::string(service.prefix) +
                                                                  ":eu-central-1:" + account + ":" + which));
      p.document.statements.push_back(std::move(statement));
    }
    change.put.policies.push_back(std::move(p));
    return change.put.policies.back().id;
  }

  Text aws = registry->text("aws");
  generate::Random random_{1};
};

}  // namespace

Row who() {
  Row row{"who: 10,000 roles, 20 policies each", "ms", {}, {}, {}, 30, true, ""};
  Estate estate;
  const Settings settings;
  const net::Engine engine(apply(Cloud(estate.registry), std::move(estate.change)), settings);
  const access::Access access(engine);
  std::size_t listed = 0;
  const auto ours = [&] {
    const auto answer = access::who(access, {"s3:GetObject", "arn:aws:s3:::data-1/x", {}});
    listed = 0;
    for (const access::Passing& p : answer->principals) listed += p.principals.size();
  };
  // Role by role, as `can` decides, by the same doors.
  std::size_t passing = 0;
  const auto rival = [&] {
    passing = 0;
    const auto thing = access.things().find("s3:GetObject", "arn:aws:s3:::data-1/x", {});
    const access::Arrival doors[] = {access::from_anywhere(),
                                     access::through(access.cloud(), *access.cloud()->endpoints.begin()),
                                     access::through_strangers()};
    for (const Role& role : access.cloud()->roles) {
      const access::Caller caller = access.callers().of_role(role);
      bool passes = false;
      for (const access::Arrival& door : doors) {
        const access::Request request{caller, *thing, door};
        passes = access.decide(request).decision.outcome != iam::Outcome::denied || passes;
      }
      passing += passes;
    }
  };
  ours();
  row.ours = 1e3 * median_seconds(7, ours);
  row.rival = 1e3 * median_seconds(1, rival);
  row.ratio = *row.rival / *row.ours;
  const bool same = passing > 0 && listed == passing + 1;  // and the root user
  row.holds = same && *row.ours <= *row.floor;
  row.note = std::to_string(listed) + " principals may";
  if (!same) row.note += ", but asked one by one " + std::to_string(passing) + " roles may";
  return row;
}

}  // namespace sallyport::bench
