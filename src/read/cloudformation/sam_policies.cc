#include "read/cloudformation/sam_policies.h"

#include <algorithm>

#include "read/cloudformation/identity.h"

namespace sallyport::read::cloudformation {
namespace {

// What one statement allows on what; `${...}` are arguments, and pseudo parameters. Lists have blanks in between.
struct Grant {
  std::string_view actions;
  std::string_view resources;
};
struct PolicyTemplate {
  std::string_view name;
  Grant grants[2];
};

#define ARN(service) "arn:${AWS::Partition}:" service ":${AWS::Region}:${AWS::AccountId}:"
constexpr std::string_view bucket =
    "arn:${AWS::Partition}:s3:::${BucketName} arn:${AWS::Partition}:s3:::${BucketName}/*";
constexpr std::string_view table = ARN("dynamodb") "table/${TableName} " ARN("dynamodb") "table/${TableName}/index/*";
constexpr std::string_view queue = ARN("sqs") "${QueueName}";

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
constexpr PolicyTemplate templates[] = {
    {"S3ReadPolicy",
     {{"s3:GetObject s3:ListBucket s3:GetBucketLocation s3:GetObjectVersion s3:GetLifecycleConfiguration", bucket}}},
    {"S3WritePolicy", {{"s3:PutObject s3:PutObjectAcl s3:PutLifecycleConfiguration", bucket}}},
    {"S3CrudPolicy",
     {{"s3:GetObject s3:ListBucket s3:GetBucketLocation s3:GetObjectVersion s3:PutObject s3:PutObjectAcl "
       "s3:GetLifecycleConfiguration s3:PutLifecycleConfiguration s3:DeleteObject",
       bucket}}},
    {"DynamoDBReadPolicy",
     {{"dynamodb:GetItem dynamodb:Scan dynamodb:Query dynamodb:BatchGetItem dynamodb:DescribeTable", table}}},
    {"DynamoDBWritePolicy", {{"dynamodb:PutItem dynamodb:UpdateItem dynamodb:BatchWriteItem", table}}},
    {"DynamoDBCrudPolicy",
     {{"dynamodb:GetItem dynamodb:DeleteItem dynamodb:PutItem dynamodb:Scan dynamodb:Query dynamodb:UpdateItem "
       "dynamodb:BatchWriteItem dynamodb:BatchGetItem dynamodb:DescribeTable dynamodb:ConditionCheckItem",
       table}}},
    {"SQSPollerPolicy",
     {{"sqs:ChangeMessageVisibility sqs:ChangeMessageVisibilityBatch sqs:DeleteMessage sqs:DeleteMessageBatch "
       "sqs:GetQueueAttributes sqs:ReceiveMessage",
       queue}}},
    {"SQSSendMessagePolicy", {{"sqs:SendMessage*", queue}}},
    {"SNSPublishMessagePolicy", {{"sns:Publish", ARN("sns") "${TopicName}"}}},
    {"LambdaInvokePolicy", {{"lambda:InvokeFunction", ARN("lambda") "function:${FunctionName}*"}}},
    {"KMSDecryptPolicy", {{"kms:Decrypt", ARN("kms") "key/${KeyId}"}}},
    {"SSMParameterReadPolicy",
     {{"ssm:DescribeParameters", "*"},
      {"ssm:GetParameters ssm:GetParameter ssm:GetParametersByPath", ARN("ssm") "parameter/${ParameterName}"}}},
    {"AWSSecretsManagerGetSecretValuePolicy", {{"secretsmanager:GetSecretValue", "${SecretArn}"}}},
    {"EventBridgePutEventsPolicy", {{"events:PutEvents", ARN("events") "event-bus/${EventBusName}"}}},
    {"CloudWatchPutMetricPolicy", {{"cloudwatch:PutMetricData", "*"}}},
};
#undef ARN

class Writer {
 public:
  Writer(const Properties& function, const Item& arguments) : p_(function), arguments_(arguments) {}

  // Appends `["a", "b"]` of `a b`; false: an argument is not known.
  bool list(std::string_view words, std::string& json) {
    json += '[';
    while (!words.empty()) {
      const std::string_view word = words.substr(0, words.find(' '));
      words.remove_prefix(std::min(words.size(), word.size() + 1));
      if (!text(word, json)) return false;
      if (!words.empty()) json += ',';
    }
    json += ']';
    return true;
  }

  GapId gap() const { return gap_; }

 private:
  bool text(std::string_view pattern, std::string& json) {
    std::string out;
    for (;;) {
      const std::size_t open = pattern.find("${");
      if (open == std::string_view::npos) break;
      const std::size_t close = pattern.find('}', open);
      out += pattern.substr(0, open);
      const std::optional<Text> value = value_of(pattern.substr(open + 2, close - open - 2));
      if (!value) return false;
      out += p_.registry().view(*value);
      pattern.remove_prefix(close + 1);
    }
    out += pattern;
    GapId none;
    return to_json(text_item(p_.registry().text(out), p_.origin()), p_.registry().texts, json, none);
  }

  std::optional<Text> value_of(std::string_view name) {
    const Place& place = p_.place();
    if (name == "AWS::Partition") return place.partition;
    if (name == "AWS::Region") return place.region.empty() ? any_text(p_.work(), "region") : place.region;
    if (name == "AWS::AccountId") return account_of(p_.work(), *p_.resource().stack);
    const Item& given = arguments_[name];
    if (given.is(Item::Kind::text)) return given.text;
    gap_ =
        given.is(Item::Kind::unknown)
            ? given.gap
            : p_.registry().gaps.add({GapKind::not_readable,
                                      "a policy of `" + p_.resource().address + "` has no `" + std::string(name) + "`",
                                      "correct the template", p_.origin()});
    return std::nullopt;
  }

  const Properties& p_;
  const Item& arguments_;
  GapId gap_;
};

}  // namespace

bool sam_policy(const Properties& function, std::string_view name, const Item& arguments, std::string& json,
                GapId& gap) {
  const auto found =
      std::find_if(std::begin(templates), std::end(templates), [&](const PolicyTemplate& t) { return t.name == name; });
  if (found == std::end(templates)) {
    gap = function.registry().gaps.add(
        {GapKind::not_modelled,
         "the policy template `" + std::string(name) + "` of `" + function.resource().address + "` is not read",
         "give the transformed template", function.origin()});
    return false;
  }
  Writer writer(function, arguments);
  json = R"({"Statement":[)";
  for (const Grant& grant : found->grants) {
    if (grant.actions.empty()) continue;
    if (json.back() != '[') json += ',';
    json += R"({"Effect":"Allow","Action":)";
    bool known = writer.list(grant.actions, json);
    json += R"(,"Resource":)";
    known = known && writer.list(grant.resources, json);
    if (!known) return gap = writer.gap(), false;
    json += '}';
  }
  json += "]}";
  return true;
}

}  // namespace sallyport::read::cloudformation
