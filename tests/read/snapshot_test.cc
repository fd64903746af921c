// What a snapshot says and does not say: none, not collected, whose, how often.
#include "read/snapshot_reading.h"

namespace sallyport::read {
namespace {

constexpr const char* no_vpcs = R"({"Vpcs": []})";

TEST(Snapshot, AnEmptyListMeansCollectedAndNone) {
  Reading r;
  r.answer("ec2-describe-vpcs", no_vpcs);
  const Cloud cloud = r.cloud();
  EXPECT_FALSE(cloud.missing(Kind::vpc, r.account(), r.region()));
  EXPECT_TRUE(cloud.missing(Kind::subnet, r.account(), r.region()));
  EXPECT_TRUE(cloud.missing(Kind::vpc, r.account(), r.text("eu-west-1")));
}

TEST(Snapshot, AnEmptyFileMeansNotCollected) {
  for (const char* text :
       {"", " \n", "{}", "null", "[]", R"({"Vpcs": null})", R"({"Vpcs": {}})", "{\"Vpcs\":", R"({"Subnets_": []})"}) {
    Reading r;
    r.answer("ec2-describe-vpcs", text);
    EXPECT_TRUE(r.cloud().missing(Kind::vpc, r.account(), r.region())) << text;
  }
}

TEST(Snapshot, AnErrorMeansNotCollected) {
  Reading r;
  r.answer("ec2-describe-vpcs", R"({"Error": {"Code": "UnauthorizedOperation"}})");
  const Cloud cloud = r.cloud();
  const GapId gap = cloud.missing(Kind::vpc, r.account(), r.region());
  ASSERT_TRUE(gap);
  EXPECT_EQ(r.kind(gap), GapKind::not_readable);
}

TEST(Snapshot, ATokenLeftInMeansThatMayBeMissing) {
  Reading r;
  r.answer("ec2-describe-vpcs", R"({"Vpcs": [], "NextToken": "abc"})");
  const Cloud cloud = r.cloud();
  EXPECT_TRUE(cloud.missing(Kind::vpc, r.account(), r.region()));
  EXPECT_EQ(said(cloud, "missing-page"), 1U);
  Reading all;
  all.answer("ec2-describe-vpcs", R"({"Vpcs": [], "NextToken": "abc"} {"Vpcs": []})");
  EXPECT_FALSE(all.cloud().missing(Kind::vpc, all.account(), all.region()));
}

// DESIGN: none is said by `{}` or a `NoSuch...`, `...NotFound...` error.
TEST(Snapshot, TellsNoPolicyFromAPolicyThatWasNotCollected) {
  const auto policy = [](const char* text) {
    Reading r;
    r.global("s3api-list-buckets", R"({"Buckets": [{"Name": "b"}]})");
    if (text != nullptr) r.add("111122223333/aws-global/s3api-get-bucket-policy/b.json", text);
    const Cloud cloud = r.cloud();
    const Bucket* b = cloud->buckets.find(r.global_id<BucketId>("b"));
    return b == nullptr ? Value<PolicyId>(GapId(99)) : b->policy;
  };
  for (const char* none :
       {"{}", R"({"Error": {"Code": "NoSuchBucketPolicy"}})", R"({"Error": {"Code": "ResourceNotFoundException"}})"}) {
    EXPECT_TRUE(policy(none).known()) << none;
    EXPECT_FALSE(*policy(none)) << none;
  }
  for (const char* lost : {"", R"({"Error": {"Code": "AccessDenied"}})", "nonsense", R"({"Policy": null})", "[]"}) {
    EXPECT_FALSE(policy(lost).known()) << lost;
  }
  EXPECT_FALSE(policy(nullptr).known());
  const auto there = policy(R"({"Policy": "{\"Version\": \"2012-10-17\", \"Statement\": []}"})");
  ASSERT_TRUE(there.known());
  EXPECT_TRUE(*there);
}

TEST(Snapshot, ContentsTellWhatAFileIs) {
  Reading r;
  r.answer("ec2-describe-vpcs", R"({"Subnets": []})");
  r.add("111122223333/eu-central-1/whatever.json", no_vpcs);
  const Cloud cloud = r.cloud();
  EXPECT_FALSE(cloud.missing(Kind::subnet, r.account(), r.region()));
  EXPECT_FALSE(cloud.missing(Kind::vpc, r.account(), r.region()));
}

TEST(Snapshot, APolicyListOfAnotherServiceIsNotTheOrganizations) {
  Reading r;
  r.global("iam-list-policies", R"({"Policies": [{"Id": "x", "PolicyName": "p"}]})");
  const Cloud cloud = r.cloud();
  EXPECT_EQ(said(cloud, "unread-file"), 1U);
}

TEST(Snapshot, CountsWhatNobodyReadsOncePerOperation) {
  Reading r;
  r.answer("workspaces-describe-workspaces", R"({"Workspaces": [{}]})");
  r.add("111122223333/eu-west-1/workspaces-describe-workspaces.json", R"({"Workspaces": [{}]})");
  r.answer("workspaces-describe-workspace-bundles", R"({"Bundles": []})");
  const Cloud cloud = r.cloud();
  EXPECT_EQ(said(cloud, "unread-file"), 1U);
  ASSERT_EQ(cloud.unread().size(), 1U);
  EXPECT_EQ(cloud.unread()[0].what, "workspaces-describe-workspaces");
  EXPECT_EQ(cloud.unread()[0].files, 2U);
}

TEST(Snapshot, TellsAccountAndRegionFromContentsWhereThePathDoesNot) {
  Reading r;
  r.add("flat/sts-get-caller-identity.json",
        R"({"UserId": "A", "Account": "111122223333", "Arn": "arn:aws:iam::111122223333:user/x"})");
  r.add(
      "flat/ec2-describe-subnets.json",
      R"({"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24", "AvailabilityZone": "eu-central-1a"}]})");
  r.add("flat/ec2-describe-vpcs.json", R"({"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}]})");
  const Cloud cloud = r.cloud();
  const Vpc* vpc = cloud->vpcs.find(r.id<VpcId>("vpc-1"));
  ASSERT_NE(vpc, nullptr);
  EXPECT_EQ(vpc->head.account, r.account());
  EXPECT_EQ(vpc->head.region, r.region());
  EXPECT_FALSE(cloud.missing(Kind::vpc, r.account(), r.region()));
}

TEST(Snapshot, DoesNotGuessTheRegionOfAFolderInWhichRegionsAreMixed) {
  const auto subnets = [](const std::string& id, const std::string& zone) {
    return R"({"Subnets": [{"SubnetId": ")" + id +
           R"(", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24", "AvailabilityZone": ")" + zone + R"("}]})";
  };
  Reading r;
  r.add("flat/a.json", subnets("subnet-1", "eu-central-1a"));
  r.add("flat/b.json", subnets("subnet-2", "eu-west-1a"));
  r.add("flat/vpcs.json", R"({"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}]})");
  const Cloud cloud = r.cloud();
  EXPECT_EQ(said(cloud, "unknown-region"), 1U);
  EXPECT_NE(cloud->subnets.find(r.id<SubnetId>("subnet-1")), nullptr);
  EXPECT_EQ(cloud->vpcs.find(r.id<VpcId>("vpc-1")), nullptr);
  EXPECT_TRUE(cloud.missing(Kind::vpc, Text(), r.region()));
}

TEST(Snapshot, EqualRepeatsAreOneObject) {
  const std::string vpc = R"({"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}]})";
  Reading r;
  r.answer("ec2-describe-vpcs", vpc + vpc);
  const Cloud cloud = r.cloud();
  EXPECT_EQ(cloud->vpcs.size(), 1U);
  EXPECT_EQ(said(cloud, "contradiction"), 0U);
}

TEST(Snapshot, DifferentRepeatsContradict) {
  Reading r;
  r.answer(
      "ec2-describe-vpcs",
      R"({"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}, {"VpcId": "vpc-1", "CidrBlock": "10.1.0.0/16"}, {"VpcId": "vpc-1", "CidrBlock": "10.2.0.0/16"}]})");
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->vpcs.size(), 1U);
  ASSERT_TRUE(cloud->vpcs.rows()[0].head.gap);
  EXPECT_EQ(r.kind(cloud->vpcs.rows()[0].head.gap), GapKind::contradictory);
  EXPECT_EQ(said(cloud, "contradiction"), 1U);
}

// RT-17: a participant sees another zone name and no tags.
TEST(Snapshot, TheOwnersViewOfASharedSubnetStands) {
  const std::string by_owner =
      R"({"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "OwnerId": "111122223333", "CidrBlock": "10.0.0.0/24", "AvailabilityZone": "eu-central-1a"}]})";
  const std::string by_guest =
      R"({"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "OwnerId": "111122223333", "CidrBlock": "10.0.0.0/24", "AvailabilityZone": "eu-central-1c"}]})";
  for (const bool guest_first : {true, false}) {
    Reading r;
    const auto guest = [&] { r.add("000000000002/eu-central-1/ec2-describe-subnets.json", by_guest); };
    if (guest_first) guest();
    r.answer("ec2-describe-subnets", by_owner);
    if (!guest_first) guest();
    const Cloud cloud = r.cloud();
    ASSERT_EQ(cloud->subnets.size(), 1U);
    EXPECT_EQ(cloud.view(cloud->subnets.rows()[0].zone), "eu-central-1a");
    EXPECT_EQ(said(cloud, "contradiction"), 0U);
  }
}

TEST(Snapshot, ReportsRepeatedKeys) {
  Reading r;
  r.answer("ec2-describe-vpcs", R"({"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "VpcId": "vpc-2"}]})");
  EXPECT_EQ(said(r.cloud(), "duplicate-key"), 1U);
}

TEST(Snapshot, SaysObjectsWithoutAnId) {
  Reading r;
  r.answer("ec2-describe-subnets", R"({"Subnets": [{}, 5, null, "x", []]})");
  const Cloud cloud = r.cloud();
  EXPECT_TRUE(cloud->subnets.empty());
  EXPECT_EQ(said(cloud, "unnamed"), 5U);
}

TEST(Snapshot, TellsManyMistakesByTheirNumber) {
  std::string text = R"({"Subnets": [)";
  for (int i = 0; i < 200; ++i) text += i == 0 ? "{}" : ", {}";
  Reading r;
  r.answer("ec2-describe-subnets", text + "]}");
  EXPECT_EQ(said(r.cloud(), "unnamed"), 51U);
}

}  // namespace
}  // namespace sallyport::read
