#include "facts/names.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

#include "facts/regions.h"

namespace sallyport::facts {
namespace {

std::set<std::string> in_use(std::string_view name, std::string_view region) {
  std::set<std::string> names;
  for (const HostName& host : names_in_use(*service(name), region)) names.insert(host.name);
  return names;
}

bool has(std::string_view name, std::string_view region, std::string_view host, NameKind kind, NameUse use) {
  return std::ranges::any_of(default_names(*service(name), region), [&](const HostName& n) {
    return n.name == host && n.kind == kind && n.use == use && n.wildcard == host.starts_with("*.");
  });
}

bool has(std::string_view name, std::string_view region, std::string_view host) {
  return std::ranges::any_of(default_names(*service(name), region), [&](const HostName& n) { return n.name == host; });
}

std::string said_by(std::string_view host) {
  const auto match = service_of_host(host);
  return match ? std::string(match->service->name) + " " + match->region + " " + match->resource : "-";
}

TEST(Regions, HavePartitionsAndSuffixes) {
  EXPECT_EQ(partition_of("eu-central-1")->name, "aws");
  EXPECT_EQ(partition_of("us-gov-west-1")->name, "aws-us-gov");
  EXPECT_EQ(partition_of("cn-north-1")->dns, "amazonaws.com.cn");
  EXPECT_EQ(partition_of("aws-global")->name, "aws");
  EXPECT_EQ(partition_of("aws-cn-global")->name, "aws-cn");
  EXPECT_EQ(region("eu-central-1")->title, "Europe (Frankfurt)");
}

TEST(Regions, NewOnesFitAPartitionAndOthersAreNotKnown) {
  EXPECT_EQ(partition_of("eu-central-9")->name, "aws");
  EXPECT_EQ(partition_of("us-iso-north-3")->name, "aws-iso");
  EXPECT_EQ(region("eu-central-9"), nullptr);
  for (const char* name : {"", "-", "eu", "eu-central", "eu-central-", "eu-central-1a", "EU-CENTRAL-1", "moon-base-1",
                           "us-gov-x-west-1", "-global", "nowhere-global"})
    EXPECT_EQ(partition_of(name), nullptr) << name;
}

TEST(Services, AreFoundByEveryNameTheyHave) {
  for (const auto& [name, expected] :
       std::initializer_list<std::pair<const char*, const char*>>{{"s3", "s3"},
                                                                  {"S3", "s3"},
                                                                  {"dynamodb", "dynamodb"},
                                                                  {"lambda", "lambda"},
                                                                  {"sts", "sts"},
                                                                  {"sqs", "sqs"},
                                                                  {"kms", "kms"},
                                                                  {"ec2", "ec2"},
                                                                  {"ssm", "ssm"},
                                                                  {"monitoring", "cloudwatch"},
                                                                  {"cloudwatch", "cloudwatch"},
                                                                  {"states", "stepfunctions"},
                                                                  {"ecr.api", "ecr"},
                                                                  {"ecr.dkr", "ecr.dkr"},
                                                                  {"elb", "elbv2"},
                                                                  {"kinesis-streams", "kinesis"},
                                                                  {"elasticfilesystem", "efs"},
                                                                  {"ses", "sesv2"},
                                                                  {"cassandra", "keyspaces"}})
    EXPECT_EQ(service(name) ? service(name)->name : "none", expected) << name;
  EXPECT_EQ(service("no-such-service"), nullptr);
  EXPECT_EQ(service(""), nullptr);
}

TEST(Services, OfAnIamPrefixAreAllOfThem) {
  std::vector<std::string_view> names;
  for (const Service* s : services_of_iam_prefix("DynamoDB")) names.push_back(s->name);
  EXPECT_EQ(names, (std::vector<std::string_view>{"dynamodb", "dynamodbstreams"}));
  EXPECT_TRUE(services_of_iam_prefix("nothing").empty());
}

TEST(Services, OfAnActionAreThoseWithTheOperation) {
  const auto names = [](std::string_view action) {
    std::string all;
    for (const Service* s : services_of_action(action).services) all += std::string(s->name) + " ";
    return all + (services_of_action(action).certain ? "certain" : "perhaps");
  };
  EXPECT_EQ(names("dynamodb:GetItem"), "dynamodb certain");
  EXPECT_EQ(names("DynamoDB:getrecords"), "dynamodbstreams certain");  // rule GE-14
  EXPECT_EQ(names("s3:GetObject"), "s3 certain");
  EXPECT_EQ(names("s3:CreateJob"), "s3control certain");
  EXPECT_EQ(names("s3:ListBucket"), "s3 s3control perhaps");
  EXPECT_EQ(names("sqs:AnythingNew"), "sqs certain");
  EXPECT_EQ(names("nothing:Get"), "perhaps");
}

TEST(Names, InUseAreThoseThatSdksTakeWithoutAnySetting) {
  EXPECT_EQ(in_use("lambda", "eu-central-1"), (std::set<std::string>{"lambda.eu-central-1.amazonaws.com"}));
  EXPECT_EQ(in_use("s3", "eu-central-1"),
            (std::set<std::string>{"s3.eu-central-1.amazonaws.com", "*.s3.eu-central-1.amazonaws.com"}));
  EXPECT_EQ(in_use("lambda", "cn-north-1"), (std::set<std::string>{"lambda.cn-north-1.amazonaws.com.cn"}));
}

// Rule S3-8; AWS SDKs and Tools Reference Guide, account-based endpoints.
TEST(Names, OfDynamodbCarryTheAccountByDefault) {
  EXPECT_EQ(in_use("dynamodb", "eu-central-1"),
            (std::set<std::string>{"dynamodb.eu-central-1.amazonaws.com", "*.ddb.eu-central-1.amazonaws.com"}));
  EXPECT_TRUE(
      has("dynamodb", "eu-central-1", "*.ddb.eu-central-1.amazonaws.com", NameKind::account, NameUse::by_default));
  EXPECT_EQ(said_by("111122223333.ddb.eu-central-1.amazonaws.com"), "dynamodb eu-central-1 111122223333");
}

TEST(Names, OfGlobalServicesSayNoRegionOrTheirHome) {
  EXPECT_EQ(in_use("iam", "eu-central-1"), (std::set<std::string>{"iam.amazonaws.com"}));
  EXPECT_TRUE(service("iam")->global && service("route53")->global && service("cloudfront")->global);
  EXPECT_FALSE(service("sts")->global || service("s3")->global);
  EXPECT_EQ(said_by("iam.amazonaws.com"), "iam  ");
  EXPECT_EQ(said_by("organizations.us-east-1.amazonaws.com"), "organizations us-east-1 ");
}

// AWS SDKs and Tools Reference Guide, Amazon S3 Regional endpoint: `legacy`, the
// default, takes the global name in us-east-1.
TEST(Names, OfS3InUsEast1AreTheGlobalOnesToo) {
  const auto names = in_use("s3", "us-east-1");
  EXPECT_TRUE(names.contains("s3.amazonaws.com") && names.contains("*.s3.amazonaws.com"));
  EXPECT_TRUE(names.contains("s3.us-east-1.amazonaws.com"));
  EXPECT_TRUE(has("s3", "eu-west-1", "s3.amazonaws.com", NameKind::global, NameUse::on_request));
}

// AWS SDKs and Tools Reference Guide, AWS STS Regional endpoints: releases before
// mid 2025 take the global name.
TEST(Names, OfStsKeepTheGlobalOneForOlderSdks) {
  EXPECT_EQ(in_use("sts", "eu-central-1"), (std::set<std::string>{"sts.eu-central-1.amazonaws.com"}));
  EXPECT_TRUE(has("sts", "eu-central-1", "sts.amazonaws.com", NameKind::global, NameUse::by_older));
  EXPECT_EQ(said_by("sts.amazonaws.com"), "sts  ");
}

// AWS General Reference, Amazon SQS: legacy endpoints.
TEST(Names, HoldOnlyInTheRegionsThatTheirRowNames) {
  EXPECT_TRUE(has("sqs", "eu-west-1", "eu-west-1.queue.amazonaws.com"));
  EXPECT_FALSE(has("sqs", "eu-west-1", "queue.amazonaws.com"));
  EXPECT_TRUE(has("sqs", "us-east-1", "queue.amazonaws.com"));
  EXPECT_FALSE(has("sqs", "us-east-1", "us-east-1.queue.amazonaws.com"));
  EXPECT_TRUE(has("stepfunctions", "us-gov-east-1", "states-fips.us-gov-east-1.amazonaws.com"));
  EXPECT_FALSE(has("stepfunctions", "us-gov-west-1", "states-fips.us-gov-west-1.amazonaws.com"));
}

TEST(Names, ThatOnlySomeOperationsUseAreMarked) {
  EXPECT_TRUE(has("stepfunctions", "eu-west-1", "sync-states.eu-west-1.amazonaws.com", NameKind::regional,
                  NameUse::by_operation));
}

TEST(Names, DualStackAndFipsComeOnRequest) {
  EXPECT_TRUE(has("lambda", "us-east-1", "lambda.us-east-1.api.aws", NameKind::dualstack, NameUse::on_request));
  EXPECT_TRUE(has("lambda", "us-east-1", "lambda-fips.us-east-1.amazonaws.com", NameKind::fips, NameUse::on_request));
  EXPECT_TRUE(has("s3", "us-east-1", "s3.dualstack.us-east-1.amazonaws.com", NameKind::dualstack, NameUse::on_request));
}

TEST(Names, AreNoneWhereThePartitionIsNotKnown) { EXPECT_TRUE(default_names(*service("s3"), "moon-base-1").empty()); }

TEST(Hosts, SayServiceRegionAndResource) {
  EXPECT_EQ(said_by("s3delta.s3.eu-central-1.amazonaws.com"), "s3 eu-central-1 s3delta");
  EXPECT_EQ(said_by("a.dotted.bucket.s3.eu-central-1.amazonaws.com."), "s3 eu-central-1 a.dotted.bucket");
  EXPECT_EQ(said_by("S3.EU-Central-1.amazonaws.com"), "s3 eu-central-1 ");
  EXPECT_EQ(said_by("s3.amazonaws.com"), "s3  ");
  EXPECT_EQ(said_by("s3delta.s3.amazonaws.com"), "s3  s3delta");
  EXPECT_EQ(said_by("s3-eu-west-1.amazonaws.com"), "s3 eu-west-1 ");
  EXPECT_EQ(said_by("queue.amazonaws.com"), "sqs us-east-1 ");
  EXPECT_EQ(said_by("eu-west-1.queue.amazonaws.com"), "sqs eu-west-1 ");
  EXPECT_EQ(said_by("111122223333.dkr.ecr.eu-central-1.amazonaws.com"), "ecr.dkr eu-central-1 111122223333");
  EXPECT_EQ(said_by("api.ecr.eu-central-1.amazonaws.com"), "ecr eu-central-1 ");
  EXPECT_EQ(said_by("monitoring.eu-central-1.amazonaws.com"), "cloudwatch eu-central-1 ");
  EXPECT_EQ(said_by("b--euc1-az1--x-s3.s3express-euc1-az1.eu-central-1.amazonaws.com"),
            "s3express eu-central-1 b--euc1-az1--x-s3");
  EXPECT_EQ(said_by("abc.lambda-url.eu-central-1.on.aws"), "lambda-url eu-central-1 abc");
  EXPECT_EQ(service_of_host("dynamodb.cn-north-1.amazonaws.com.cn")->partition, "aws-cn");
  EXPECT_EQ(service_of_host("kms.us-gov-west-1.amazonaws.com")->partition, "aws-us-gov");
  EXPECT_EQ(service_of_host("iam.us-gov.amazonaws.com")->partition, "aws-us-gov");
}

TEST(Hosts, ThatNoRuleMakesAreNotKnown) {
  for (const std::string host :
       {"", ".", "..", "amazonaws.com", ".amazonaws.com", "example.com", "lambda",
        "s3.eu-central-1.amazonaws.com.evil.example", "no-such-service.eu-central-1.amazonaws.com",
        "vpce-0b7.lambda.eu-central-1.vpce.amazonaws.com"})
    EXPECT_EQ(said_by(host), "-") << host;
  EXPECT_EQ(said_by(std::string(100000, '.') + "amazonaws.com"), "-");
  EXPECT_EQ(said_by(std::string(100000, 'a') + ".s3.amazonaws.com"), "-");
}

// Every name of every service in every Region leads back to its service and Region.
TEST(Hosts, RoundTripForEveryNameOfEveryService) {
  std::size_t names = 0;
  for (const Service& s : services()) {
    for (const Region& r : regions()) {
      for (const HostName& host : default_names(s, r.name)) {
        const std::string name = host.wildcard ? "x1" + host.name.substr(1) : host.name;
        const auto match = service_of_host(name);
        ASSERT_TRUE(match) << name;
        ++names;
        // Two services share a host for some operations (signer and signer-data): then
        // the one that is said must have the name too.
        if (match->service->name != s.name) {
          EXPECT_TRUE(has(match->service->name, r.name, host.name)) << name << " " << match->service->name;
        }
        // Partitions that share a suffix cannot be told apart without a Region.
        if (!match->region.empty()) {
          EXPECT_EQ(match->partition, r.partition) << name;
        }
        EXPECT_EQ(match->resource, host.wildcard ? "x1" : "") << name;
        if (name.find(r.name) != std::string::npos) {
          EXPECT_EQ(match->region, r.name) << name;
        }
      }
    }
  }
  EXPECT_GT(names, 50'000U);
}

// An independent list: botocore's older endpoints.json names hosts one by one, the
// tables come from the rule sets.
TEST(Hosts, OfAnIndependentListAreKnown) {
  const char* corpora = std::getenv("SALLYPORT_CORPORA");
  std::ifstream in(std::string(corpora ? corpora : "") + "/catalog/botocore-1.43.11-service-hostnames.json");
  if (!corpora || !in) GTEST_SKIP() << "SALLYPORT_CORPORA is not set, or holds no catalog";
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  std::size_t all = 0, known = 0;
  std::set<std::string> unknown;
  for (std::size_t at = 0; (at = text.find("\": \"", at)) != std::string::npos;) {
    at += 4;
    const std::string host = text.substr(at, text.find('"', at) - at);
    if (!host.ends_with(".amazonaws.com")) continue;
    ++all;
    const auto match = service_of_host(host);
    known += match ? 1U : 0U;
    if (!match) unknown.insert(host);
    // `queue.amazonaws.com` and `sdb.amazonaws.com` are us-east-1's without saying so.
    const bool says_region =
        std::ranges::any_of(regions(), [&](const Region& r) { return host.find(r.name) != std::string::npos; });
    if (!match || !says_region) continue;
    EXPECT_TRUE(!match->region.empty() && host.find(match->region) != std::string::npos) << host;
  }
  std::printf("[ hosts    ] %zu of %zu known; not known: %zu, such as %s\n", known, all, unknown.size(),
              unknown.empty() ? "none" : unknown.begin()->c_str());
  EXPECT_GT(all, 5'000U);
  EXPECT_GT(known * 100, all * 90);
}

}  // namespace
}  // namespace sallyport::facts
