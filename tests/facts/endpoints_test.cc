#include "facts/endpoints.h"

#include <gtest/gtest.h>

namespace sallyport::facts {
namespace {

constexpr const char* region_here = "eu-central-1";

bool offers(std::string_view name, EndpointKind kind) {
  for (const EndpointService& e : endpoint_services(*service(name), region_here))
    if (e.kind == kind) return true;
  return false;
}

std::string names(std::string_view endpoint, std::string_view where = region_here) {
  std::string all;
  if (const auto found = private_names(endpoint, where))
    for (const std::string& name : found->names) all += (all.empty() ? "" : " ") + name;
  return all;
}

// The article's Table 1: endpoint options for selected services.
TEST(ArticleTable, SaysWhatThePrintedOneSays) {
  for (const EndpointOptions& row : article_table()) {
    const bool gateway = row.service == "s3" || row.service == "dynamodb";
    const bool interface = row.service != "dynamodb";
    EXPECT_EQ(row.gateway_then, gateway) << row.title;
    EXPECT_EQ(row.interface_then, interface) << row.title;
  }
  EXPECT_EQ(article_table().size(), 6U);
}

TEST(ArticleTable, DiffersTodayInDynamodbOnly) {
  for (const EndpointOptions& row : article_table()) {
    const bool same = row.interface_then == row.interface_now && row.gateway_then == row.gateway_now;
    EXPECT_EQ(same, row.service != "dynamodb") << row.title;
    EXPECT_EQ(same, row.since.empty()) << row.title;
    EXPECT_TRUE(row.source.starts_with("https://docs.aws.amazon.com/")) << row.title;
  }
}

TEST(ArticleTable, TodayIsWhatTheEndpointServicesSay) {
  for (const EndpointOptions& row : article_table()) {
    ASSERT_TRUE(service(row.service)) << row.service;
    EXPECT_EQ(offers(row.service, EndpointKind::interface), row.interface_now) << row.title;
    EXPECT_EQ(offers(row.service, EndpointKind::gateway), row.gateway_now) << row.title;
  }
}

TEST(EndpointServices, SayServiceRegionAndKind) {
  const auto lambda = api_service_of_endpoint_service("com.amazonaws.eu-central-1.lambda");
  ASSERT_TRUE(lambda && lambda->service);
  EXPECT_EQ(lambda->service->name, "lambda");
  EXPECT_EQ(lambda->region, "eu-central-1");
  EXPECT_TRUE(lambda->interface && !lambda->gateway && lambda->port == 443);
  const auto s3 = api_service_of_endpoint_service("com.amazonaws.eu-central-1.s3");
  EXPECT_TRUE(s3 && s3->interface && s3->gateway);
  for (const auto& [short_name, expected] :
       std::initializer_list<std::pair<const char*, const char*>>{{"ecr.api", "ecr"},
                                                                  {"ecr.dkr", "ecr.dkr"},
                                                                  {"monitoring", "cloudwatch"},
                                                                  {"logs", "logs"},
                                                                  {"kinesis-streams", "kinesis"},
                                                                  {"execute-api", "execute-api"},
                                                                  {"sts", "sts"},
                                                                  {"ssmmessages", "ssmmessages"},
                                                                  {"dynamodb", "dynamodb"}}) {
    const auto found = api_service_of_endpoint_service("com.amazonaws.us-east-1." + std::string(short_name));
    ASSERT_TRUE(found && found->service) << short_name;
    EXPECT_EQ(found->service->name, expected);
  }
}

TEST(EndpointServices, OfOtherPartitionsAndGlobalServicesAreKnown) {
  EXPECT_EQ(api_service_of_endpoint_service("cn.com.amazonaws.cn-north-1.lambda")->service->name, "lambda");
  const auto iam = api_service_of_endpoint_service("com.amazonaws.iam");
  ASSERT_TRUE(iam && iam->service);
  EXPECT_EQ(iam->service->name, "iam");
  EXPECT_EQ(iam->region, "");
  EXPECT_EQ(api_service_of_endpoint_service("com.amazonaws.eu-central-1.cassandra")->port, 9142);
}

TEST(EndpointServices, OfVendorsAreNotKnown) {
  for (const char* name :
       {"com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0", "", ".", "com.amazonaws.eu-central-1.", "lambda",
        "com.amazonaws.eu-central-1.no-such", "com.evil.eu-central-1.lambda"})
    EXPECT_FALSE(api_service_of_endpoint_service(name)) << name;
}

// Rule DN-4: they do not follow from the service name.
TEST(PrivateNames, AreThoseOfASource) {
  EXPECT_EQ(names("com.amazonaws.eu-central-1.ecr.api"), "api.ecr.eu-central-1.amazonaws.com");
  EXPECT_EQ(names("com.amazonaws.eu-central-1.ecr.dkr"), "*.dkr.ecr.eu-central-1.amazonaws.com");
  EXPECT_EQ(names("com.amazonaws.eu-central-1.execute-api"), "*.execute-api.eu-central-1.amazonaws.com");
  EXPECT_EQ(names("aws.sagemaker.eu-central-1.notebook"), "*.notebook.eu-central-1.sagemaker.aws");
  EXPECT_NE(private_names("com.amazonaws.eu-central-1.sts", region_here)->basis, Basis::assumed);
  EXPECT_FALSE(private_names("com.amazonaws.eu-central-1.sts", region_here)->source.empty());
}

// Amazon DynamoDB Developer Guide, considerations of PrivateLink: no private DNS.
TEST(PrivateNames, OfDynamodbAreNone) {
  for (const char* name : {"com.amazonaws.eu-central-1.dynamodb", "com.amazonaws.eu-central-1.dynamodb-streams"}) {
    const auto found = private_names(name, region_here);
    ASSERT_TRUE(found) << name;
    EXPECT_TRUE(found->names.empty() && found->complete && found->basis == Basis::documented) << name;
  }
}

// Amazon S3 User Guide, private DNS of interface endpoints (rule S3-5).
TEST(PrivateNames, OfS3AreBucketControlAndAccessPointNames) {
  const std::string all = names("com.amazonaws.eu-central-1.s3");
  for (const char* part : {"s3", "s3-control", "s3-accesspoint"})
    EXPECT_NE((" " + all).find(" " + std::string(part) + ".eu-central-1.amazonaws.com"), std::string::npos) << part;
  EXPECT_EQ(all.find("s3.amazonaws.com"), std::string::npos);  // rule DN-5
  EXPECT_FALSE(private_names("com.amazonaws.eu-central-1.s3", region_here)->complete);
}

TEST(PrivateNames, WithoutASourceAreMarkedAssumed) {
  const auto found = private_names("com.amazonaws.eu-central-1.bedrock", region_here);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->basis, Basis::assumed);
  EXPECT_FALSE(found->complete);
  EXPECT_EQ(found->source, "");
  // Recorded in the commercial partition only.
  EXPECT_EQ(private_names("cn.com.amazonaws.cn-north-1.lambda", "cn-north-1")->basis, Basis::assumed);
}

TEST(PrivateNames, AreNotKnownForVendorsAndOtherRegions) {
  EXPECT_FALSE(private_names("com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0", region_here));
  EXPECT_FALSE(private_names("com.amazonaws.us-east-1.lambda", region_here));
  EXPECT_FALSE(private_names("com.amazonaws.moon-base-1.lambda", "moon-base-1"));
}

// Rule EP-4: only what a source says.
TEST(EndpointPolicy, IsUnknownWithoutASource) {
  EXPECT_EQ(policy_supported("com.amazonaws.eu-central-1.s3", EndpointKind::gateway), Truth::yes);
  EXPECT_EQ(policy_supported("com.amazonaws.eu-central-1.s3", EndpointKind::interface), Truth::yes);
  EXPECT_EQ(policy_supported("com.amazonaws.eu-central-1.dynamodb", EndpointKind::gateway), Truth::yes);
  EXPECT_EQ(policy_supported("com.amazonaws.eu-central-1.no-such", EndpointKind::interface), Truth::unknown);
  EXPECT_EQ(policy_supported("com.amazonaws.eu-central-1.lambda", EndpointKind::gateway), Truth::unknown);
}

TEST(GatewayPrefixList, HasTheNameOfTheService) {
  EXPECT_EQ(gateway_prefix_list(*service("s3"), region_here), "com.amazonaws.eu-central-1.s3");
  EXPECT_EQ(gateway_prefix_list(*service("dynamodb"), "us-east-1"), "com.amazonaws.us-east-1.dynamodb");
  EXPECT_FALSE(gateway_prefix_list(*service("lambda"), region_here));
}

}  // namespace
}  // namespace sallyport::facts
