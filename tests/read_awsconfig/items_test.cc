// Items of AWS Config: which documents they come in, which of them counts, and of which
// types they are all there are.
#include <gmock/gmock.h>

#include "model/cloud.h"
#include "read/awsconfig/recorded.h"
#include "read/json/parse.h"

namespace sallyport::read::awsconfig {
namespace {

using ::testing::HasSubstr;

class Config {
 public:
  void add(const std::string& text, const std::string& expression = {}, const std::string& file = "config.json") {
    const auto tree = json::parse(text, registry->documents.add_text(file, text));
    ASSERT_TRUE(tree.has_value()) << tree.error().message;
    ASSERT_TRUE(is_config(tree->root()));
    recorded_.add(*tree, {"111122223333", "eu-central-1", file}, expression);
  }
  void answer(const std::string& operation, const std::string& text) {
    const std::string path = "111122223333/eu-central-1/" + operation + ".json";
    const auto tree = json::parse(text, registry->documents.add_text(path, text));
    snapshot_.add(snapshot::slot_of(path), path, *tree);
  }
  Cloud cloud() {
    noted = recorded_.tell(snapshot_);
    return apply(Cloud(registry), snapshot_.finish());
  }
  GapId missing(const Cloud& cloud, Kind kind) {
    return cloud.missing(kind, registry->text("111122223333"), registry->text("eu-central-1"));
  }

  RegistryPtr registry = std::make_shared<Registry>();
  Recorded::Noted noted;

 private:
  snapshot::Snapshot snapshot_{registry};
  Recorded recorded_{registry};
};

std::string item(const std::string& type, const std::string& id, const std::string& configuration,
                 const std::string& more = {}, const std::string& when = "2026-11-21T08:00:00.000Z") {
  return R"({"resourceType": ")" + type + R"(", "resourceId": ")" + id +
         R"(", "awsAccountId": "111122223333", "awsRegion": "eu-central-1", "configurationItemCaptureTime": ")" + when +
         R"(", "configurationItemStatus": "OK", "tags": {"Name": "front"}, "configuration": )" + configuration + more +
         "}";
}
std::string snapshot_of(const std::string& items, const std::string& id = "s-1") {
  return R"({"fileVersion": "1.0", "configSnapshotId": ")" + id + R"(", "configurationItems": [)" + items + "]}";
}
std::string history_of(const std::string& items) {
  return R"({"fileVersion": "1.0", "configurationItems": [)" + items + "]}";
}
const std::string vpc =
    R"({"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/16", "ownerId": "111122223333", "dhcpOptionsId": "default",
  "cidrBlockAssociationSet": [{"cidrBlock": "10.0.0.0/16", "cidrBlockState": {"state": "associated"}}],
  "ipv6CidrBlockAssociationSet": [], "state": {"value": "available"}})";

TEST(ConfigItems, AnItemIsWhatTheCallSays) {
  Config c;
  c.add(snapshot_of(item("AWS::EC2::VPC", "vpc-1", vpc)));
  const Cloud cloud = c.cloud();
  ASSERT_EQ(cloud->vpcs.size(), 1U);
  EXPECT_EQ(c.registry->view(cloud->vpcs.begin()->head.name), "front");
  EXPECT_EQ(cloud->vpcs.begin()->cidrs.size(), 1U);
  EXPECT_TRUE(cloud->vpcs.begin()->cidrs.complete());
  EXPECT_EQ(c.registry->documents.show(cloud->vpcs.begin()->head.origin), "config.json:1");
  // Config does not record the attributes of VPCs.
  EXPECT_FALSE(cloud->vpcs.begin()->dns_support.known());
}

TEST(ConfigItems, OnlyASnapshotListsAllOfAType) {
  Config of_snapshot, of_history;
  of_snapshot.add(snapshot_of(item("AWS::EC2::VPC", "vpc-1", vpc)));
  of_history.add(history_of(item("AWS::EC2::VPC", "vpc-1", vpc)));
  const Cloud a = of_snapshot.cloud(), b = of_history.cloud();
  EXPECT_FALSE(of_snapshot.missing(a, Kind::vpc));
  EXPECT_TRUE(of_history.missing(b, Kind::vpc));
  // Of a type of which no resource is there it is not said that there is none.
  EXPECT_TRUE(of_snapshot.missing(a, Kind::endpoint));
}

TEST(ConfigItems, TheRecorderSaysWhatNoneMeans) {
  const std::string all =
      R"({"ConfigurationRecorders": [{"name": "default", "recordingGroup": {"allSupported": true}}]})";
  const std::string some = R"({"ConfigurationRecorders": [{"name": "default", "recordingGroup":
    {"allSupported": false, "resourceTypes": ["AWS::EC2::VPCEndpoint"]}}]})";
  const std::string none = R"({"ConfigurationRecorders": [{"name": "default", "recordingGroup": {"allSupported": false,
    "recordingStrategy": {"useOnly": "EXCLUSION_BY_RESOURCE_TYPES"},
    "exclusionByResourceTypes": {"resourceTypes": ["AWS::EC2::InternetGateway"]}}}]})";
  Config a, b, c, d;
  for (Config* config : {&a, &b, &c}) config->add(snapshot_of(item("AWS::EC2::VPC", "vpc-1", vpc)));
  a.add(all), b.add(some), c.add(none), d.add(all);
  const Cloud in_a = a.cloud(), in_b = b.cloud(), in_c = c.cloud(), in_d = d.cloud();
  EXPECT_FALSE(a.missing(in_a, Kind::internet_gateway));
  EXPECT_TRUE(a.missing(in_a, Kind::endpoint));  // not every Region supports the type
  EXPECT_FALSE(b.missing(in_b, Kind::endpoint));
  EXPECT_TRUE(b.missing(in_b, Kind::internet_gateway));
  EXPECT_TRUE(c.missing(in_c, Kind::internet_gateway));
  EXPECT_FALSE(c.missing(in_c, Kind::security_group));
  EXPECT_TRUE(d.missing(in_d, Kind::vpc));  // a recorder, and no snapshot
}

TEST(ConfigItems, TheNewestCountsAndDeletedIsGone) {
  const std::string other = R"({"vpcId": "vpc-1", "cidrBlock": "10.9.0.0/16"})";
  for (const bool turned : {false, true}) {
    Config c;
    const std::string older = history_of(item("AWS::EC2::VPC", "vpc-1", other, "", "2026-11-20T08:00:00.000Z"));
    const std::string newer = history_of(item("AWS::EC2::VPC", "vpc-1", vpc, "", "2026-11-20T10:00:00.000+02:00") +
                                         "," + item("AWS::EC2::VPC", "vpc-1", vpc, "", "2026-11-20T08:00:00.001Z"));
    c.add(turned ? newer : older), c.add(turned ? older : newer);
    const Cloud cloud = c.cloud();
    ASSERT_EQ(cloud->vpcs.size(), 1U);
    EXPECT_EQ(to_string(*cloud->vpcs.begin()->cidrs.items[0]), "10.0.0.0/16");
  }
  Config gone;
  gone.add(snapshot_of(item("AWS::EC2::VPC", "vpc-1", vpc)));
  std::string deleted = item("AWS::EC2::VPC", "vpc-1", "null", "", "2026-11-22T08:00:00.000Z");
  deleted.replace(deleted.find("\"OK\""), 4, "\"ResourceDeleted\"");
  gone.add(history_of(deleted));
  EXPECT_EQ(gone.cloud()->vpcs.size(), 0U);
}

TEST(ConfigItems, OfTwoSnapshotsTheNewerIsWhatIsThere) {
  const std::string name = "111122223333_Config_eu-central-1_ConfigSnapshot_2026112";
  Config c;
  c.add(snapshot_of(item("AWS::EC2::VPC", "vpc-1", vpc), "s-1"), "", name + "1T080000Z_s-1.json");
  c.add(snapshot_of(item("AWS::EC2::VPC", "vpc-2", vpc, "", "2026-11-01T08:00:00.000Z"), "s-2"), "",
        name + "2T080000Z_s-2.json");
  const Cloud cloud = c.cloud();
  ASSERT_EQ(cloud->vpcs.size(), 1U);
  EXPECT_EQ(c.registry->id(cloud->vpcs.begin()->id), "vpc-2");
  EXPECT_FALSE(c.missing(cloud, Kind::vpc));
  // Which is newer cannot be told: neither lists all.
  Config tie;
  tie.add(snapshot_of(item("AWS::EC2::VPC", "vpc-1", vpc), "s-1"));
  tie.add(snapshot_of(item("AWS::EC2::VPC", "vpc-2", vpc), "s-2"));
  const Cloud both = tie.cloud();
  EXPECT_TRUE(tie.missing(both, Kind::vpc));
}

TEST(ConfigItems, WhatWasNotRecordedIsNotNone) {
  Config c;
  std::string not_recorded = item("AWS::EC2::VPC", "vpc-2", "null");
  not_recorded.replace(not_recorded.find("\"OK\""), 4, "\"ResourceNotRecorded\"");
  c.add(snapshot_of(item("AWS::EC2::VPC", "vpc-1", vpc) + "," + not_recorded));
  const Cloud cloud = c.cloud();
  ASSERT_TRUE(c.missing(cloud, Kind::vpc));
  EXPECT_THAT(c.registry->gaps[c.missing(cloud, Kind::vpc)].what, HasSubstr("vpc-2"));
}

const std::string all_columns =
    R"("QueryInfo": {"SelectFields": [{"Name": "resourceId"}, {"Name": "configuration"}]}})";

std::string result_of(std::string item_text) {
  std::string out;
  for (const char ch : item_text) {
    if (ch == '"' || ch == '\\') out += '\\';
    if (ch != '\n') out += ch;
  }
  return "\"" + out + "\"";
}

TEST(ConfigItems, ASelectListsWhatItsExpressionChooses) {
  const std::string answer = R"({"Results": [)" + result_of(item("AWS::EC2::VPC", "vpc-1", vpc)) + "], " + all_columns;
  const struct {
    const char* expression;
    bool all;
  } cases[] = {
      {"SELECT *, configuration WHERE resourceType = 'AWS::EC2::VPC'", true},
      {"select resourceId, configuration where resourceType in ('AWS::EC2::VPC', 'AWS::EC2::Subnet') order by "
       "resourceId",
       true},
      {"SELECT resourceId, configuration", true},
      {"SELECT resourceId, configuration WHERE resourceType = 'AWS::EC2::Subnet'", false},
      {"SELECT resourceId, configuration WHERE resourceType = 'AWS::EC2::VPC' AND awsRegion = 'eu-west-1'", false},
      {"SELECT resourceId, configuration WHERE tags.key = 'Name'", false},
      {"", false},
  };
  for (const auto& [expression, all] : cases) {
    Config c;
    c.add(answer, expression);
    const Cloud cloud = c.cloud();
    EXPECT_EQ(cloud->vpcs.size(), 1U);
    EXPECT_EQ(!c.missing(cloud, Kind::vpc), all) << expression;
  }
  Config page;
  page.add(R"({"NextToken": "x", )" + answer.substr(1), "SELECT configuration");
  const Cloud cloud = page.cloud();
  EXPECT_TRUE(page.missing(cloud, Kind::vpc));
}

TEST(ConfigItems, AColumnThatWasNotSelectedIsNotNone) {
  Config c;
  const std::string fields =
      R"("QueryInfo": {"SelectFields": [{"Name": "resourceId"}, {"Name": "configuration.cidrBlock"},
    {"Name": "configuration.ownerId"}]}})";
  c.add(R"({"Results": [)" + result_of(item("AWS::EC2::VPC", "vpc-1", R"({"cidrBlock": "10.0.0.0/16"})")) + "," +
        result_of(item("AWS::EC2::Instance", "i-1", R"({"cidrBlock": "10.0.0.0/16"})")) + "], " + fields);
  const Cloud cloud = c.cloud();
  ASSERT_EQ(cloud->vpcs.size(), 1U);
  EXPECT_FALSE(cloud->vpcs.begin()->cidrs.complete());
  EXPECT_EQ(cloud->instances.size(), 0U);  // its absent members would be taken for none
  EXPECT_TRUE(c.missing(cloud, Kind::instance));
}

TEST(ConfigItems, AnAnswerOfTheServiceStands) {
  Config c;
  c.add(snapshot_of(item("AWS::EC2::VPC", "vpc-1", vpc) + "," + item("AWS::EC2::VPC", "vpc-2", vpc)));
  c.answer("ec2-describe-vpcs", R"({"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.7.0.0/16"}]})");
  const Cloud cloud = c.cloud();
  ASSERT_EQ(cloud->vpcs.size(), 1U);
  EXPECT_EQ(to_string(*cloud->vpcs.begin()->cidrs.items[0]), "10.7.0.0/16");
}

TEST(ConfigItems, GroupsHaveBothSpellingsOfRanges) {
  for (const std::string ranges :
       {R"("ipRanges": ["10.0.0.0/8"])", R"("ipv4Ranges": [{"cidrIp": "10.0.0.0/8"}], "ipRanges": ["10.0.0.0/8"])"}) {
    Config c;
    c.add(snapshot_of(item("AWS::EC2::SecurityGroup", "sg-1",
                           R"({"groupId": "sg-1", "vpcId": "vpc-1", "ipPermissionsEgress": [], "ipPermissions": [
                             {"ipProtocol": "tcp", "fromPort": 443, "toPort": 443, )" +
                               ranges + "}]}")));
    const Cloud cloud = c.cloud();
    ASSERT_EQ(cloud->security_groups.size(), 1U);
    const auto& rules = cloud->security_groups.begin()->rules;
    ASSERT_EQ(rules.size(), 1U) << ranges;
    EXPECT_TRUE(rules.complete());
    EXPECT_FALSE(rules.items[0].gap);
  }
}

TEST(ConfigItems, PoliciesStandInTheSupplementaryConfiguration) {
  const std::string document = R"("{\"Version\":\"2012-10-17\",\"Statement\":[]}")";
  Config c;
  c.add(snapshot_of(item("AWS::S3::Bucket", "one", R"({"name": "one"})",
                         R"(, "supplementaryConfiguration": {"BucketPolicy": {"policyText": )" + document + "}}") +
                    "," +
                    item("AWS::S3::Bucket", "none", R"({"name": "none"})",
                         R"(, "supplementaryConfiguration": {"BucketPolicy": "{\"policyText\":null}"})") +
                    "," +
                    item("AWS::S3::Bucket", "open", R"({"name": "open"})", R"(, "supplementaryConfiguration": {})")));
  const Cloud cloud = c.cloud();
  ASSERT_EQ(cloud->buckets.size(), 3U);
  for (const Bucket& b : cloud->buckets) {
    const std::string_view name = c.registry->view(b.head.name);
    EXPECT_EQ(b.policy.known(), name != "open") << name;
    if (b.policy.known()) {
      EXPECT_EQ(static_cast<bool>(*b.policy), name == "one") << name;
    }
    EXPECT_FALSE(b.block_public_access.known())
        << name;  // left out where there is none, and where it was not looked at
  }
}

TEST(ConfigItems, AQueueWithoutAPolicyInItsItemMayHaveOne) {
  Config c;
  c.add(snapshot_of(item("AWS::SQS::Queue", "silent",
                         R"({"QueueName": "silent", "QueueArn": "arn:aws:sqs:eu-central-1:111122223333:silent"})") +
                    "," +
                    item("AWS::SQS::Queue", "told",
                         R"({"QueueName": "told", "QueueArn": "arn:aws:sqs:eu-central-1:111122223333:told", )"
                         R"("Policy": "{\"Version\":\"2012-10-17\",\"Statement\":[]}"})")));
  const Cloud cloud = c.cloud();
  ASSERT_EQ(cloud->resources.size(), 2U);
  for (const auto& row : cloud->resources) EXPECT_EQ(row.policy.known(), c.registry->view(row.head.name) == "told");
}

TEST(ConfigItems, AnItemThatDoesNotSayWhatItIsMayBeAny) {
  for (const char* lacks : {"resourceId", "resourceType", "awsRegion"}) {
    Config c;
    std::string broken = item("AWS::EC2::VPC", "vpc-2", vpc);
    broken.replace(broken.find(lacks), 1, "x");
    const std::string text = snapshot_of(item("AWS::EC2::VPC", "vpc-1", vpc) + "," +
                                         item("AWS::EC2::InternetGateway", "igw-1", "{}") + "," + broken);
    const auto tree = json::parse(text, c.registry->documents.add_text("c.json", text));
    Recorded recorded(c.registry);
    recorded.add(*tree, {"111122223333", "", "c.json"}, "");  // no path that says where
    snapshot::Snapshot snapshot(c.registry);
    (void)recorded.tell(snapshot);
    const Cloud cloud = apply(Cloud(c.registry), snapshot.finish());
    EXPECT_TRUE(c.missing(cloud, Kind::vpc)) << lacks;
    EXPECT_EQ(static_cast<bool>(c.missing(cloud, Kind::internet_gateway)), std::string_view(lacks) == "resourceType");
  }
}

TEST(ConfigItems, OtherTypesAreCounted) {
  Config c;
  c.add(history_of(item("AWS::CloudTrail::Trail", "t-1", "{}") + "," + item("AWS::CloudTrail::Trail", "t-2", "{}") +
                   R"(, {"resourceType": "AWS::EC2::VPC"}, 7)"));
  (void)c.cloud();
  ASSERT_EQ(c.noted.unread.size(), 1U);
  EXPECT_EQ(c.noted.unread[0].files, 2U);
  EXPECT_EQ(std::count_if(c.noted.diagnostics.begin(), c.noted.diagnostics.end(),
                          [](const Diagnostic& d) { return d.code == std::string_view("not-an-item"); }),
            2);
}

TEST(ConfigItems, BrokenConfigurationsAreNoObjects) {
  Config c;
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "{\\\"a\\\":";
  deep += "1";
  for (int i = 0; i < 200; ++i) deep += "}";
  c.add(history_of(item("AWS::EC2::VPC", "vpc-1", R"("{broken")") + "," + item("AWS::EC2::VPC", "vpc-2", "[]") + "," +
                   item("AWS::EC2::VPC", "vpc-3", "\"" + deep + "\"")));
  const Cloud cloud = c.cloud();
  EXPECT_EQ(cloud->vpcs.size(), 1U);
  EXPECT_TRUE(c.missing(cloud, Kind::vpc));
}

}  // namespace
}  // namespace sallyport::read::awsconfig
