#include "stack.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "facts/actions.h"
#include "library/net/json_text.h"
#include "read/json/parse.h"
#include "read/json/text.h"

namespace sallyport::bench {
namespace {

using generate::json_string;

constexpr const char* account = "111122223333";
constexpr const char* organization = "o-perimeter1";

std::string list(const std::vector<std::string>& items) {
  std::string out = "[";
  for (const std::string& item : items) out += (out.size() > 1 ? "," : "") + json_string(item);
  return out + "]";
}

std::string document(const std::vector<std::string>& statements) {
  std::string out = R"({"Version":"2012-10-17","Statement":[)";
  for (std::size_t i = 0; i < statements.size(); ++i) out += (i > 0 ? "," : "") + statements[i];
  return out + "]}";
}

// AWS's ReadOnlyAccess from the corpora; empty if they are not there.
std::string read_only_access() {
  const char* corpora = std::getenv("SALLYPORT_CORPORA");
  if (corpora == nullptr) return {};
  std::ifstream in(std::filesystem::path(corpora) / "policies/iam-dataset/managed_policies_effective.jsonl");
  for (std::string text; std::getline(in, text);) {
    if (text.find(R"("name":"ReadOnlyAccess")") == std::string::npos) continue;
    const auto tree = read::json::parse(std::move(text));
    return tree ? read::json::to_text(tree->root()["document"]) : std::string();
  }
  return {};
}

// Two statements of 1,500 actions each over all services, one in seven with a wildcard.
std::string like_read_only_access() {
  std::vector<std::string> statements;
  std::vector<std::string> actions;
  std::string_view prefix;
  for (const facts::Action action : facts::actions()) {
    const bool reads = action.access() == facts::AccessLevel::read || action.access() == facts::AccessLevel::list;
    if (!reads || statements.size() == 2) continue;
    if (action.prefix() != prefix && action.number() % 2 == 0) {
      actions.push_back(std::string(action.prefix()) + ":Describe*");
      actions.push_back(std::string(action.prefix()) + ":List*");
    }
    prefix = action.prefix();
    actions.push_back(action.full_name());
    if (actions.size() < 1'500) continue;
    statements.push_back(R"({"Effect":"Allow","Action":)" + list(actions) + R"(,"Resource":"*"})");
    actions.clear();
  }
  return document(statements);
}

std::string everything(const char* principal) {
  return std::string(R"({"Effect":"Allow",)") + principal + R"("Action":"*","Resource":"*"})";
}

std::string deny(const std::string& what, const std::string& condition) {
  return R"({"Effect":"Deny",)" + what + R"(,"Resource":"*","Condition":)" + condition + "}";
}

// My identities reach only trusted resources, from expected networks.
std::vector<std::vector<std::string>> service_control_policies() {
  const std::string full = document({everything("")});
  const std::string resources = deny(
      R"("NotAction":["iam:GetPolicy","iam:GetPolicyVersion","iam:ListEntitiesForPolicy","ecr:GetDownloadUrlForLayer",)"
      R"("ecr:BatchGetImage","lambda:GetLayerVersion","ssm:Describe*","ssm:Get*","ssm:List*","ec2:Describe*",)"
      R"("imagebuilder:GetComponent","imagebuilder:GetImage","route53:Get*","servicediscovery:DiscoverInstances"])",
      R"({"StringNotEqualsIfExists":{"aws:ResourceOrgID":")" + std::string(organization) +
          R"(","aws:PrincipalTag/dp:exclude:resource":"true"},"ForAllValues:StringNotEquals":{"aws:CalledVia":)"
          R"(["dataexchange.amazonaws.com","servicecatalog.amazonaws.com"]}})");
  const std::string network = deny(
      R"("NotAction":["es:ES*","dax:GetItem","dax:PutItem","dax:Query","elasticfilesystem:Client*","rds-db:connect",)"
      R"("kafka-cluster:*","neptune-db:*","s3-outposts:*"])",
      R"({"BoolIfExists":{"aws:ViaAWSService":"false"},"NotIpAddressIfExists":{"aws:SourceIp":)"
      R"(["203.0.113.0/24","198.51.100.0/25"]},"StringNotEqualsIfExists":{"aws:SourceVpc":)"
      R"(["vpc-0a1b2c3d4e5f60001","vpc-0a1b2c3d4e5f60002"],"aws:PrincipalTag/dp:exclude:network":"true"},)"
      R"("ArnNotLikeIfExists":{"aws:PrincipalArn":["arn:aws:iam::*:role/aws:ec2-infrastructure"]}})");
  const std::string tags = deny(
      R"("Action":["iam:TagRole","iam:TagUser","iam:UntagRole","iam:UntagUser","ec2:CreateTags","s3:PutBucketTagging"])",
      R"({"ForAnyValue:StringLike":{"aws:TagKeys":["dp:*"]},"StringNotEqualsIfExists":{"aws:PrincipalTag/team":"admin"}})");
  const std::string regions =
      deny(R"("NotAction":["iam:*","organizations:*","route53:*","cloudfront:*","sts:*","support:*","budgets:*"])",
           R"({"StringNotEquals":{"aws:RequestedRegion":["eu-central-1","eu-west-1"]}})");
  return {{full, document({resources})}, {full, document({network, tags})}, {full, document({regions})}};
}

// Only trusted identities reach my resources, from expected networks.
std::vector<std::vector<std::string>> resource_control_policies() {
  const std::string actions =
      R"("Principal":"*","Action":["s3:*","sqs:*","kms:*","secretsmanager:*","sts:AssumeRole","dynamodb:*"])";
  const std::string identities =
      deny(actions, R"({"StringNotEqualsIfExists":{"aws:PrincipalOrgID":")" + std::string(organization) +
                        R"(","aws:ResourceTag/dp:exclude:identity":"true"},"BoolIfExists":)"
                        R"({"aws:PrincipalIsAWSService":"false"}})");
  const std::string deputies =
      deny(actions, R"({"StringNotEqualsIfExists":{"aws:SourceOrgID":")" + std::string(organization) +
                        R"("},"Null":{"aws:SourceAccount":"false"},"Bool":{"aws:PrincipalIsAWSService":"true"}})");
  const std::string transport = deny(actions, R"({"BoolIfExists":{"aws:SecureTransport":"false"}})");
  const std::string network =
      deny(actions, R"({"NotIpAddressIfExists":{"aws:SourceIp":["203.0.113.0/24"]},"StringNotEqualsIfExists":)"
                    R"({"aws:SourceVpc":["vpc-0a1b2c3d4e5f60001","vpc-0a1b2c3d4e5f60002"]},"BoolIfExists":)"
                    R"({"aws:PrincipalIsAWSService":"false","aws:ViaAWSService":"false"}})");
  return {{document({identities, deputies})}, {document({network})}, {document({transport})}};
}

// Only my identities and my resources through this door; AWS's layers of images beside.
std::string endpoint_policy() {
  return document({R"({"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":)"
                   R"({"aws:PrincipalOrgID":")" +
                       std::string(organization) + R"(","aws:ResourceOrgID":")" + organization + R"("}}})",
                   R"({"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"Bool":)"
                   R"({"aws:PrincipalIsAWSService":"true"}}})",
                   R"({"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":)"
                   R"("arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*"})"});
}

std::string value_list(const std::vector<std::vector<std::string>>& levels) {
  std::string out = "[";
  for (std::size_t i = 0; i < levels.size(); ++i) {
    out += i > 0 ? ",[" : "[";
    for (std::size_t j = 0; j < levels[i].size(); ++j) out += (j > 0 ? "," : "") + levels[i][j];
    out += "]";
  }
  return out + "]";
}

std::string request_json(const std::string& role, const Question& question) {
  std::string out = R"({"principal":"arn:aws:iam::)" + std::string(account) + ":role/" + role + R"(","action":)" +
                    json_string(question.action) + R"(,"resource":)" + json_string(question.resource) +
                    R"(,"resourceAccount":)" + json_string(question.resource_account) + R"(,"context":{)";
  for (std::size_t i = 0; i < question.context.size(); ++i) {
    const auto& [key, value] = question.context[i];
    out += (i > 0 ? "," : "") + json_string(key) + ":" + json_string(value);
  }
  return out + "}}";
}

// A role's own policy: five statements about its buckets.
std::string small_policy(generate::Random& random, const std::string& salt) {
  static constexpr const char* actions[] = {"s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"};
  std::vector<std::string> statements;
  for (int s = 0; s < 5; ++s) {
    std::string statement = std::string(R"({"Effect":")") + (random.chance(75) ? "Allow" : "Deny") + R"(","Action":")" +
                            (random.chance(50) ? "s3:Get*" : random.one_of(actions)) +
                            R"(","Resource":"arn:aws:s3:::data-)" + salt + std::to_string(random.below(20)) + R"(/*")";
    if (random.chance(40)) {
      statement +=
          R"(,"Condition":{"StringEquals":{"aws:SourceVpce":["vpce-0a1b2c3d4e5f60001","vpce-0a1b2c3d4e5f60002"]}})";
    }
    statements.push_back(statement + "}");
  }
  return document(statements);
}

}  // namespace

Stack realistic_stack() {
  Stack stack;
  stack.identity = read_only_access();
  stack.identity_note = "ReadOnlyAccess of AWS";
  if (stack.identity.empty()) {
    stack.identity = like_read_only_access();
    stack.identity_note = "identity policy of ReadOnlyAccess's size, made from the action table: no corpora";
  }
  stack.scp = service_control_policies();
  stack.rcp = resource_control_policies();
  stack.endpoint = endpoint_policy();
  return stack;
}

std::vector<Question> questions(int count) {
  static constexpr const char* s3[] = {"s3:GetObject",    "s3:GetObject",        "s3:ListBucket",  "s3:PutObject",
                                       "s3:GetBucketAcl", "s3:GetObjectTagging", "s3:DeleteObject"};
  static constexpr std::pair<const char*, const char*> others[] = {
      {"dynamodb:GetItem", "arn:aws:dynamodb:eu-central-1:111122223333:table/orders"},
      {"dynamodb:PutItem", "arn:aws:dynamodb:eu-central-1:111122223333:table/orders"},
      {"sqs:SendMessage", "arn:aws:sqs:eu-central-1:111122223333:jobs"},
      {"sqs:GetQueueAttributes", "arn:aws:sqs:eu-central-1:111122223333:jobs"},
      {"ec2:DescribeInstances", "*"},
      {"ec2:TerminateInstances", "arn:aws:ec2:eu-central-1:111122223333:instance/i-0a1b2c3d4e5f60001"},
      {"iam:ListRoles", "*"},
      {"iam:GetRole", "arn:aws:iam::111122223333:role/app"},
      {"lambda:GetFunction", "arn:aws:lambda:eu-central-1:111122223333:function:lf6c"},
      {"lambda:InvokeFunction", "arn:aws:lambda:eu-central-1:111122223333:function:lf6c"},
      {"secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-central-1:111122223333:secret:db-AbCdEf"},
      {"cloudwatch:GetMetricData", "*"},
      {"sns:Publish", "arn:aws:sns:eu-central-1:111122223333:alarms"},
      {"logs:DescribeLogGroups", "*"},
  };
  generate::Random random(7);
  std::vector<Question> all;
  for (int n = 0; n < count; ++n) {
    Question q;
    const bool bucket = random.chance(70);
    const bool own = random.chance(85);
    q.resource_account = own || !bucket ? account : "444455556666";
    if (bucket) {
      q.action = random.one_of(s3);
      q.resource = "arn:aws:s3:::data-" + std::to_string(random.below(40));
      if (q.action.find("Object") != std::string::npos)
        q.resource += "/2026/part-" + std::to_string(random.below(1000));
      q.through_endpoint = random.chance(80);
    } else {
      const auto& [action, resource] = random.one_of(others);
      q.action = action;
      q.resource = resource;
    }
    q.context = {{"aws:PrincipalArn", "arn:aws:iam::111122223333:role/reader"},
                 {"aws:PrincipalAccount", account},
                 {"aws:PrincipalOrgID", organization},
                 {"aws:PrincipalIsAWSService", "false"},
                 {"aws:ViaAWSService", "false"},
                 {"aws:SecureTransport", random.chance(97) ? "true" : "false"},
                 {"aws:RequestedRegion", random.chance(90) ? "eu-central-1" : "us-east-1"},
                 {"aws:ResourceAccount", q.resource_account}};
    if (q.resource_account == account) q.context.emplace_back("aws:ResourceOrgID", organization);
    if (q.through_endpoint) {
      q.context.emplace_back("aws:SourceVpc", random.chance(90) ? "vpc-0a1b2c3d4e5f60001" : "vpc-0a1b2c3d4e5f60009");
      q.context.emplace_back("aws:SourceVpce", "vpce-0a1b2c3d4e5f60001");
      q.context.emplace_back("aws:VpcSourceIp", "10.0.1." + std::to_string(random.between(4, 250)));
    } else {
      q.context.emplace_back("aws:SourceIp", random.chance(70) ? "203.0.113.7" : "192.0.2.99");
    }
    all.push_back(std::move(q));
  }
  return all;
}

std::string line(const Stack& stack, const Question& question, int number) {
  std::string out = R"({"id":"q)" + std::to_string(number) + R"(","request":)" + request_json("reader", question) +
                    R"(,"identityPolicies":[)" + stack.identity + R"(],"serviceControlPolicies":)" +
                    value_list(stack.scp) + R"(,"resourceControlPolicies":)" + value_list(stack.rcp);
  if (question.through_endpoint) out += R"(,"endpoint":{"type":"interface"},"endpointPolicy":)" + stack.endpoint;
  return out + "}";
}

std::string request_file(const Stack& stack, int lines, int roles, bool repeat) {
  generate::Random random(3);
  const std::vector<Question> all = questions(997);
  std::vector<std::string> policies;
  for (int n = 0; repeat && n < 3 * roles; ++n) policies.push_back(small_policy(random, ""));
  const std::string perimeter = R"(,"serviceControlPolicies":)" + value_list(stack.scp) +
                                R"(,"resourceControlPolicies":)" + value_list(stack.rcp);
  std::string file;
  for (int n = 0; n < lines; ++n) {
    const std::size_t role = random.below(static_cast<std::size_t>(roles));
    const Question& question = all[random.below(all.size())];
    file += R"({"id":"c)" + std::to_string(n) + R"(","request":)" +
            request_json("role-" + std::to_string(role), question) + R"(,"identityPolicies":[)";
    if (repeat) {
      file += policies[3 * role] + "," + policies[3 * role + 1] + "," + policies[3 * role + 2] + "]" + perimeter;
      if (question.through_endpoint) file += R"(,"endpointPolicy":)" + stack.endpoint;
    } else {
      file += small_policy(random, std::to_string(n) + "-") + "]";
    }
    file += "}\n";
  }
  return file;
}

}  // namespace sallyport::bench
