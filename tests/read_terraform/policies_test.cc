// Policies, roles and buckets of a plan.
#include "plan.h"

namespace sallyport::read {
namespace {

const std::string policy =
    R"("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}")";
const Made role{"aws_iam_role.r", R"({"name":"app","assume_role_policy":)" + policy + "}",
                R"({"arn":true,"id":true,"inline_policy":true,"managed_policy_arns":true})",
                R"({"name":{},"assume_role_policy":{}})"};
const Made bucket{"aws_s3_bucket.b", R"({"bucket":"data"})", R"({"id":true,"arn":true,"policy":true})",
                  R"({"bucket":{}})"};

TEST(TerraformPolicies, ARolesPoliciesComeFromItsResources) {
  const Made inline_policy{"aws_iam_role_policy.p", R"({"name":"p","policy":)" + policy + "}",
                           R"({"id":true,"role":true})",
                           R"({"name":{},"policy":{},"role":)" + refers("aws_iam_role.r.id") + "}"};
  const Made attached{"aws_iam_role_policy_attachment.a",
                      R"({"policy_arn":"arn:aws:iam::aws:policy/ReadOnlyAccess","role":"app"})", R"({"id":true})",
                      R"({"role":{},"policy_arn":{}})"};
  const Cloud cloud = cloud_of(plan_of({role, inline_policy, attached}));
  const Role* row = find(cloud, cloud->roles, "arn:aws:iam::111122223333:role/app");
  ASSERT_NE(row, nullptr);
  ASSERT_EQ(row->policies.size(), 2U);
  EXPECT_TRUE(row->policies.complete());
  const Policy* own = cloud->policies.find(row->policies.items[0]);
  ASSERT_NE(own, nullptr);
  EXPECT_EQ(cloud.id(own->id), "arn:aws:iam::111122223333:role/app/p");
  EXPECT_EQ(own->document.statements.size(), 1U);
  EXPECT_EQ(cloud.id(row->policies.items[1]), "arn:aws:iam::aws:policy/ReadOnlyAccess");
}

// AWS's reference gives the document of this one; of others a plan knows no more than the name.
TEST(TerraformPolicies, TheBasicPoliciesOfFunctionsAreKnown) {
  const auto attached = [](const char* name, const char* policy_name) {
    return Made{std::string("aws_iam_role_policy_attachment.") + name,
                R"({"policy_arn":"arn:aws:iam::aws:policy/)" + std::string(policy_name) + R"(","role":"app"})",
                R"({"id":true})", R"({"role":{},"policy_arn":{}})"};
  };
  const Cloud cloud = cloud_of(
      plan_of({role, attached("a", "service-role/AWSLambdaBasicExecutionRole"), attached("b", "ReadOnlyAccess")}));
  const Role* row = find(cloud, cloud->roles, "arn:aws:iam::111122223333:role/app");
  ASSERT_NE(row, nullptr);
  ASSERT_EQ(row->policies.size(), 2U);
  const Policy* known = cloud->policies.find(row->policies.items[0]);
  ASSERT_NE(known, nullptr);
  EXPECT_EQ(known->document.statements.size(), 1U);
  EXPECT_EQ(cloud->policies.find(row->policies.items[1]), nullptr);
}

TEST(TerraformPolicies, APolicyThatIsUnknownLeavesTheRoleOpen) {
  const Made unknown{
      "aws_iam_role_policy.p", R"({"name":"p"})", R"({"id":true,"role":true,"policy":true})",
      R"({"name":{},"policy":)" + refers("aws_s3_bucket.b.arn") + R"(,"role":)" + refers("aws_iam_role.r.id") + "}"};
  const Cloud cloud = cloud_of(plan_of({role, bucket, unknown}));
  const Role* row = find(cloud, cloud->roles, "arn:aws:iam::111122223333:role/app");
  ASSERT_NE(row, nullptr);
  EXPECT_TRUE(row->policies.open);
}

TEST(TerraformPolicies, AttachmentToARoleThatIsUnknownMayBeToAny) {
  const Made lost{"aws_iam_role_policy_attachment.a", R"({"policy_arn":"arn:aws:iam::aws:policy/ReadOnlyAccess"})",
                  R"({"id":true,"role":true})", R"({"role":{"references":["local.r"]},"policy_arn":{}})"};
  const Cloud cloud = cloud_of(plan_of({role, lost}));
  EXPECT_TRUE(find(cloud, cloud->roles, "arn:aws:iam::111122223333:role/app")->policies.open);
}

TEST(TerraformPolicies, ANewBucketHasNoPolicyAndBlocksPublicAccess) {
  const Cloud cloud = cloud_of(plan_of({bucket}));
  const Bucket* row = find(cloud, cloud->buckets, "data");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->policy, Value<PolicyId>(PolicyId()));
  ASSERT_TRUE(row->block_public_access.known());
  EXPECT_TRUE(row->block_public_access->restrict_public_buckets);
}

TEST(TerraformPolicies, ABucketPolicyThatIsUnknownIsUnknown) {
  const Made of_bucket{
      "aws_s3_bucket_policy.p", "{}", R"({"id":true,"bucket":true,"policy":true})",
      R"({"bucket":)" + refers("aws_s3_bucket.b.id") + R"(,"policy":)" + refers("aws_s3_bucket.b.arn") + "}"};
  const Cloud cloud = cloud_of(plan_of({bucket, of_bucket}));
  const Bucket* row = find(cloud, cloud->buckets, "data");
  ASSERT_NE(row, nullptr);
  ASSERT_FALSE(row->policy.known());
  EXPECT_EQ(cloud.registry().gaps[row->policy.gap()].what, "`policy` of `aws_s3_bucket_policy.p` is known after apply");
}

// The other bucket is not meant; with a reference that says nothing, every bucket may be.
TEST(TerraformPolicies, APolicyGoesToItsBucketOnly) {
  Made other = bucket;
  other.block = "aws_s3_bucket.c";
  other.after = R"({"bucket":"other"})";
  const auto policy_of = [&](const std::string& references) {
    return Made{"aws_s3_bucket_policy.p", R"({"policy":)" + policy + "}", R"({"id":true,"bucket":true})",
                R"({"policy":{},"bucket":)" + references + "}"};
  };
  const Cloud tied = cloud_of(plan_of({bucket, other, policy_of(refers("aws_s3_bucket.b.id"))}));
  EXPECT_TRUE(*find(tied, tied->buckets, "data")->policy);
  EXPECT_EQ(find(tied, tied->buckets, "other")->policy, Value<PolicyId>(PolicyId()));
  const Cloud lost = cloud_of(plan_of({bucket, other, policy_of(R"({"references":["local.b"]})")}));
  EXPECT_FALSE(find(lost, lost->buckets, "data")->policy.known());
  EXPECT_FALSE(find(lost, lost->buckets, "other")->policy.known());
}

}  // namespace
}  // namespace sallyport::read
