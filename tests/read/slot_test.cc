#include "read/snapshot/slot.h"

#include <gtest/gtest.h>

namespace sallyport::read::snapshot {
namespace {

void expect(std::string_view path, std::string_view account, std::string_view region, std::string_view operation,
            std::string_view subject) {
  const Slot slot = slot_of(path);
  EXPECT_EQ(slot.account, account) << path;
  EXPECT_EQ(slot.region, region) << path;
  EXPECT_EQ(slot.operation, operation) << path;
  EXPECT_EQ(slot.subject, subject) << path;
}

TEST(Slot, ReadsTheLayoutOfTheHouse) {
  expect("out/111122223333/eu-central-1/ec2-describe-vpcs.json", "111122223333", "eu-central-1", "ec2-describe-vpcs",
         "");
  expect("eu-central-1/ec2-describe-vpcs.json", "", "eu-central-1", "ec2-describe-vpcs", "");
  expect("111122223333/aws-global/s3api-get-bucket-policy/s3delta.json", "111122223333", "", "s3api-get-bucket-policy",
         "s3delta");
  expect("a/eu-central-1/elbv2-describe-listeners/arn%3Aaws%3Ax%2Fy.json", "", "eu-central-1",
         "elbv2-describe-listeners", "arn:aws:x/y");
}

TEST(Slot, ReadsFlatFolders) {
  expect("snap/s3api-get-bucket-policy--s3delta.json", "", "", "s3api-get-bucket-policy", "s3delta");
  expect("snap/ec2-describe-vpc-attribute--vpc-1--enableDnsSupport.json", "", "", "ec2-describe-vpc-attribute",
         "vpc-1--enableDnsSupport");
}

TEST(Slot, ReadsTheLayoutsOfOthers) {
  expect("t/aws_configs/accounts/111/us-west-1/Vpcs.json", "111", "us-west-1", "", "");
  expect("t/aws_configs/Vpcs.json", "", "", "", "");
  expect("t/aws_configs/NetworkAcls-us-west-2.json", "", "us-west-2", "", "");
  expect("account-data/demo/us-east-1/s3-get-bucket-policy/b", "", "us-east-1", "s3-get-bucket-policy", "b");
  expect("account-data/demo/us-east-1/ecs-describe-tasks/a%3Ab/c", "", "us-east-1", "ecs-describe-tasks", "a:b/c");
}

TEST(Slot, TakesNoFolderAboveARegionForAnOperation) {
  expect("my-list-of-estates/111122223333/eu-central-1/ec2-describe-vpcs.json", "111122223333", "eu-central-1",
         "ec2-describe-vpcs", "");
  expect("my-list-of-estates/eu-central-1/network.json", "", "eu-central-1", "", "");
}

TEST(Slot, KeepsOneRootPerAccount) {
  EXPECT_EQ(slot_of("x/account-data/demo/us-east-1/s3-get-bucket-policy/b").root, "x/account-data/demo");
  EXPECT_EQ(slot_of("x/111122223333/eu-central-1/ec2-describe-vpcs.json").root, "x/111122223333");
  EXPECT_EQ(slot_of("x/ec2-describe-vpcs.json").root, "x");
}

TEST(Slot, TellsOperationsFromOtherNames) {
  EXPECT_TRUE(looks_like_operation("ec2-describe-vpcs"));
  EXPECT_TRUE(looks_like_operation("organizations-list-policies-scp"));
  EXPECT_FALSE(looks_like_operation("Vpcs"));
  EXPECT_FALSE(looks_like_operation("my-folder"));
  EXPECT_FALSE(looks_like_operation("x-list-"));
}

}  // namespace
}  // namespace sallyport::read::snapshot
