// The example's four states are complete snapshots; they may differ only where the story says so.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

namespace sallyport::house {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

// Path within the account's folder -> text.
std::map<std::string, std::string> state(const std::string& name) {
  const fs::path root = fs::path(SALLYPORT_SOURCE_DIR) / "examples/article" / name / "111122223333";
  std::map<std::string, std::string> out;
  std::error_code missing;
  for (const auto& entry : fs::recursive_directory_iterator(root, missing)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    out[fs::relative(entry.path(), root).string()] = std::string(std::istreambuf_iterator<char>(in), {});
  }
  return out;
}

std::vector<std::string> difference(const std::string& a, const std::string& b) {
  const auto left = state(a), right = state(b);
  EXPECT_GT(left.size(), 50U) << a;
  std::vector<std::string> out;
  for (const auto& [path, text] : left) {
    const auto other = right.find(path);
    if (other == right.end() || other->second != text) out.push_back(path);
  }
  for (const auto& [path, text] : right) {
    if (!left.count(path)) out.push_back(path);
  }
  return out;
}

TEST(Article, EndpointsChangeOnlyTheNetwork) {
  EXPECT_THAT(
      difference("1-no-endpoints", "2-endpoints"),
      ElementsAre("eu-central-1/ec2-describe-network-interfaces.json", "eu-central-1/ec2-describe-route-tables.json",
                  "eu-central-1/ec2-describe-security-groups.json", "eu-central-1/ec2-describe-vpc-endpoints.json"));
}

TEST(Article, ClosingTheFrontDoorChangesOnlyPolicies) {
  EXPECT_THAT(difference("2-endpoints", "3-front-door-closed"),
              ElementsAre("aws-global/iam-get-account-authorization-details.json",
                          "aws-global/s3api-get-bucket-policy/s3delta.json",
                          "eu-central-1/dynamodb-get-resource-policy/dy_epsilon.json",
                          "eu-central-1/ec2-describe-vpc-endpoints.json"));
}

TEST(Article, ForgettingARouteTableChangesOnlyAnAssociationAndItsRoute) {
  EXPECT_THAT(
      difference("3-front-door-closed", "4-route-table-forgotten"),
      ElementsAre("eu-central-1/ec2-describe-route-tables.json", "eu-central-1/ec2-describe-vpc-endpoints.json"));
}

}  // namespace
}  // namespace sallyport::house
