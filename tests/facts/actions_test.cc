#include "facts/actions.h"

#include <gtest/gtest.h>

#include <set>

#include "facts/keys.h"

namespace sallyport::facts {
namespace {

TEST(Actions, AreFoundWithoutRegardToCase) {
  for (const char* name : {"s3:GetObject", "S3:getobject", "s3:GETOBJECT"}) {
    const auto found = action(name);
    ASSERT_TRUE(found) << name;
    EXPECT_EQ(found->full_name(), "s3:GetObject");
    EXPECT_EQ(found->access(), AccessLevel::read);
  }
  EXPECT_EQ(action("sqs:SendMessage")->access(), AccessLevel::write);
  EXPECT_EQ(action("s3:ListBucket")->access(), AccessLevel::list);
  EXPECT_EQ(action("s3:PutBucketPolicy")->access(), AccessLevel::permissions);
}

TEST(Actions, ThatAreNotInTheTableAreNotFound) {
  for (const char* name :
       {"", ":", "s3", "s3:", ":GetObject", "s3:GetObjec", "s3:GetObject2", "nothing:GetObject", "s3:Get*"})
    EXPECT_FALSE(action(name)) << name;
}

TEST(Actions, AllLeadBackToThemselvesAndStandInOrder) {
  ASSERT_GT(action_count(), 20'000U);
  for (const Action a : actions()) {
    const auto found = action(a.full_name());
    ASSERT_TRUE(found) << a.full_name();
    ASSERT_EQ(found->number(), a.number()) << a.full_name();
  }
}

TEST(Actions, OfAPrefixAreOneRun) {
  std::uint32_t expected = action("dynamodb:BatchGetItem")->number();
  EXPECT_EQ(actions("DynamoDB")[0].prefix(), "dynamodb");
  EXPECT_LE(actions("dynamodb")[0].number(), expected);
  for (const Action a : actions("dynamodb")) EXPECT_EQ(a.prefix(), "dynamodb");
  EXPECT_EQ(actions("dynamodb").size() > 0 && actions("nothing").empty(), true);
  EXPECT_TRUE(is_action_prefix("S3") && !is_action_prefix("s3x") && !is_action_prefix(""));
  // Services tile the table.
  std::set<std::string_view> prefixes;
  for (const Action a : actions()) prefixes.insert(a.prefix());
  std::uint32_t sum = 0;
  for (const std::string_view prefix : prefixes) sum += actions(prefix).size();
  EXPECT_EQ(sum, action_count());
}

// Service Authorization Reference, Amazon S3 and AWS Lambda.
TEST(Actions, NameTheirResourcesAndKeys) {
  bool object = false;
  for (const ResourceUse use : action("s3:GetObject")->resources())
    if (use.type.name() == "object") object = use.type.arn() == "arn:${Partition}:s3:::${BucketName}/${ObjectName}";
  EXPECT_TRUE(object);
  bool function = false;
  for (const ResourceUse use : action("lambda:InvokeFunction")->resources())
    function |= use.type.name() == "function" && use.required && use.type.prefix() == "lambda";
  EXPECT_TRUE(function);
  EXPECT_TRUE(action("s3:ListAllMyBuckets")->resources().empty());
  bool prefix = false;
  for (const ConditionKey key : action("s3:ListBucket")->keys()) prefix |= key.name() == "s3:prefix";
  EXPECT_TRUE(prefix);
}

TEST(Actions, KeysHaveTypes) {
  EXPECT_EQ(condition_key("s3", "S3:Prefix")->type(), KeyType::string);
  EXPECT_TRUE(condition_key("dynamodb", "dynamodb:LeadingKeys")->multivalued());
  EXPECT_EQ(condition_key("s3", "aws:ResourceTag/team")->name(), "aws:ResourceTag/${TagKey}");
  EXPECT_FALSE(condition_key("s3", "s3:NoSuchKey"));
  EXPECT_FALSE(condition_key("nothing", "s3:prefix"));
  EXPECT_FALSE(condition_keys("s3").empty());
}

TEST(ResourceTypes, StandUnderTheirPrefix) {
  EXPECT_FALSE(resource_types("lambda").empty());
  for (const ResourceType type : resource_types("Lambda")) {
    EXPECT_EQ(type.prefix(), "lambda");
    EXPECT_TRUE(type.arn().starts_with("arn:")) << type.arn();
  }
  EXPECT_TRUE(resource_types("nothing").empty());
}

TEST(GlobalKeys, HaveTypeAndCount) {
  EXPECT_EQ(global_key("AWS:sourcevpce")->name, "aws:SourceVpce");
  EXPECT_EQ(global_key("aws:SourceIp")->type, KeyType::ip_address);
  EXPECT_EQ(global_key("aws:PrincipalArn")->type, KeyType::arn);
  EXPECT_EQ(global_key("aws:MultiFactorAuthPresent")->type, KeyType::boolean);
  EXPECT_TRUE(global_key("aws:CalledVia")->multivalued && global_key("aws:VpceOrgPaths")->multivalued);
  EXPECT_FALSE(global_key("aws:SourceVpce")->multivalued);
  EXPECT_EQ(global_key("aws:principaltag/team")->name, "aws:PrincipalTag/${TagKey}");
  EXPECT_EQ(global_key("aws:NoSuchKey"), nullptr);
  EXPECT_EQ(global_key("s3:prefix"), nullptr);
}

TEST(EndpointKeys, AreThereForEveryService) {  // NK-1 to NK-4
  for (const char* prefix : {"s3", "sqs", "sts", "anything"}) {
    for (const char* key : {"aws:SourceVpc", "aws:SourceVpce", "aws:VpcSourceIp"})
      EXPECT_EQ(key_present_through_endpoint(key, prefix), Truth::yes) << key << " " << prefix;
    EXPECT_EQ(key_present_through_endpoint("aws:SourceIp", prefix), Truth::no) << prefix;
  }
}

TEST(EndpointKeys, OfNewerKindsDependOnTheService) {  // NK-5 to NK-7
  EXPECT_EQ(key_present_through_endpoint("aws:SourceVpcArn", "S3"), Truth::yes);
  for (const char* prefix : {"dynamodb", "sqs", "sts", "secretsmanager", "logs"})
    EXPECT_EQ(key_present_through_endpoint("AWS:SourceVpcArn", prefix), Truth::no) << prefix;
  EXPECT_EQ(key_present_through_endpoint("aws:VpceAccount", "dynamodb"), Truth::yes);
  EXPECT_EQ(key_present_through_endpoint("aws:VpceAccount", "sqs"), Truth::no);  // NK-17
  EXPECT_EQ(key_present_through_endpoint("aws:VpceOrgID", "sqs"), Truth::yes);
  EXPECT_EQ(key_present_through_endpoint("aws:VpceOrgPaths", "sqs"), Truth::no);
  EXPECT_EQ(key_present_through_endpoint("aws:SourceVpcArn", "iam:CreateRole"), Truth::yes);
  EXPECT_EQ(key_present_through_endpoint("aws:SourceVpcArn", "iam:PassRole"), Truth::no);
  EXPECT_EQ(key_present_through_endpoint("aws:PrincipalOrgID", "s3"), Truth::unknown);
}

TEST(Rcp, ReachesSomeServicesOnly) {  // RC-5
  for (const char* prefix : {"s3", "sts", "kms", "SQS", "secretsmanager", "dynamodb"})
    EXPECT_TRUE(rcp_supported(prefix)) << prefix;
  for (const char* prefix : {"lambda", "sns", "ec2", "", "iam"}) EXPECT_FALSE(rcp_supported(prefix)) << prefix;
}

}  // namespace
}  // namespace sallyport::facts
