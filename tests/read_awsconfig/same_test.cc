// The article's four states as snapshots of AWS Config: nothing contradicts the snapshots of
// AWS's answers, and with the answers to what Config does not record the flows are the same.
#include <gmock/gmock.h>

#include "../read_terraform/flows.h"

namespace sallyport::read {
namespace {

std::string file(const std::string& path) { return std::string(SALLYPORT_SOURCE_DIR) + "/" + path; }

const char* const snapshots[] = {"1-no-endpoints", "2-endpoints", "3-front-door-closed", "4-route-table-forgotten"};

// What Config records no resource type for, or of none of which a resource is there (so that
// its snapshot says nothing): docs/inputs.md lists these calls.
const char* const beside[] = {
    "aws-global/route53-list-hosted-zones.json",
    "eu-central-1/ec2-describe-vpc-attribute",
    "eu-central-1/ec2-describe-vpc-block-public-access-exclusions.json",
    "eu-central-1/ec2-describe-managed-prefix-lists.json",
    "eu-central-1/ec2-get-managed-prefix-list-entries",
    "eu-central-1/route53resolver-list-resolver-rules.json",
    "eu-central-1/route53resolver-list-resolver-rule-associations.json",
    "eu-central-1/ec2-describe-vpc-endpoint-services.json",
};

class SameArticleRecorded : public ::testing::TestWithParam<int> {};

TEST_P(SameArticleRecorded, ByAwsConfig) {
  const std::string state = std::to_string(GetParam());
  const std::string folder = file(std::string("examples/article/") + snapshots[GetParam() - 1]);
  const std::string recorded = file("tests/same/article/config-" + state + ".json");
  const Flows snapshot = flows_of({folder});

  const Flows alone = flows_of({recorded});
  const Compared by_itself = compare("AWS Config", alone, "snapshot", snapshot);
  EXPECT_EQ(by_itself.contradictions, 0U);
  EXPECT_GE(by_itself.both, 18U);

  std::vector<std::string> inputs = {recorded};
  for (const char* answer : beside) inputs.push_back(folder + "/111122223333/" + answer);
  if (GetParam() == 1) inputs.push_back(folder + "/111122223333/eu-central-1/ec2-describe-vpc-endpoints.json");
  const Flows both = flows_of(inputs);
  const Compared joined = compare("AWS Config and answers", both, "snapshot", snapshot);
  EXPECT_EQ(joined.contradictions, 0U);
  EXPECT_GE(joined.both, 18U);
  EXPECT_EQ(joined.decided_left, joined.both);
}

INSTANTIATE_TEST_SUITE_P(States, SameArticleRecorded, ::testing::Values(1, 2, 3, 4));

}  // namespace
}  // namespace sallyport::read
