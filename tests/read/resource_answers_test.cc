// Functions, buckets, tables, identities, the organization and zones as AWS answers them.
#include "read/snapshot_reading.h"

namespace sallyport::read {
namespace {

constexpr const char* policy_text =
    R"("{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}]}")";

std::string function(const std::string& more) {
  return R"({"Functions": [{"FunctionName": "f", "FunctionArn": "arn:aws:lambda:eu-central-1:111122223333:function:f",
    "Role": "arn:aws:iam::111122223333:role/r")" +
         more + "}]}";
}

// LA-1
TEST(Functions, RunInTheServicesNetworkUnlessAttached) {
  for (const char* none :
       {"", R"(, "VpcConfig": {"SubnetIds": [], "SecurityGroupIds": [], "VpcId": ""})", R"(, "VpcConfig": null)"}) {
    Reading r;
    r.answer("lambda-list-functions", function(none));
    const Cloud cloud = r.cloud();
    const Function& f = cloud->functions.rows()[0];
    ASSERT_TRUE(f.network.known()) << none;
    EXPECT_FALSE(f.network->vpc) << none;
  }
  Reading r;
  r.answer(
      "lambda-list-functions",
      function(
          R"(, "VpcConfig": {"SubnetIds": ["subnet-1"], "SecurityGroupIds": ["sg-1"], "VpcId": "vpc-1", "Ipv6AllowedForDualStack": true})"));
  const Cloud cloud = r.cloud();
  const Function& f = cloud->functions.rows()[0];
  EXPECT_EQ(f.network->vpc, r.id<VpcId>("vpc-1"));
  EXPECT_EQ(f.network->subnets.size(), 1U);
  EXPECT_TRUE(f.network->ipv6);
  EXPECT_EQ(*f.role, r.global_id<RoleId>("arn:aws:iam::111122223333:role/r"));
  EXPECT_FALSE(f.policy.known());
}

// LA-2: an answer without them was taken too early, or made up.
TEST(Functions, InAVpcHaveInterfacesThere) {
  Reading r;
  r.answer(
      "lambda-list-functions",
      function(R"(, "VpcConfig": {"SubnetIds": ["subnet-1", "subnet-2"], "SecurityGroupIds": [], "VpcId": "vpc-1"})"));
  r.answer(
      "ec2-describe-network-interfaces",
      R"({"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "InterfaceType": "lambda"}]})");
  EXPECT_EQ(said(r.cloud(), "no-interface"), 1U);
}

TEST(Functions, WithoutAVpcIdAreNotKnown) {
  for (const char* odd : {R"(, "VpcConfig": {"SubnetIds": ["subnet-1"]})", R"(, "VpcConfig": "vpc-1")"}) {
    Reading r;
    r.answer("lambda-list-functions", function(odd));
    EXPECT_FALSE(r.cloud()->functions.rows()[0].network.known()) << odd;
  }
}

TEST(Functions, TakeTheirPolicyFromAFileOfItsOwn) {
  Reading r;
  r.answer("lambda-list-functions", function(""));
  r.answer("lambda-get-policy/f", std::string(R"({"Policy": )") + policy_text + "}");
  const Cloud cloud = r.cloud();
  const Value<PolicyId>& policy = cloud->functions.rows()[0].policy;
  ASSERT_TRUE(policy.known());
  ASSERT_NE(cloud->policies.find(*policy), nullptr);
  EXPECT_EQ(cloud->policies.find(*policy)->document.statements.size(), 1U);
  Reading none;
  none.answer("lambda-list-functions", function(""));
  none.answer("lambda-get-policy/f", R"({"Error": {"Code": "ResourceNotFoundException"}})");
  EXPECT_EQ(none.cloud()->functions.rows()[0].policy, Value<PolicyId>(PolicyId()));
}

TEST(Buckets, KnowTheirRegion) {
  const std::pair<const char*, const char*> regions[] = {{R"({"LocationConstraint": null})", "us-east-1"},
                                                         {R"({"LocationConstraint": "EU"})", "eu-west-1"},
                                                         {R"({"LocationConstraint": "eu-central-1"})", "eu-central-1"}};
  for (const auto& [text, region] : regions) {
    Reading r;
    r.global("s3api-list-buckets", R"({"Buckets": [{"Name": "b"}]})");
    r.add("111122223333/aws-global/s3api-get-bucket-location/b.json", text);
    const Cloud cloud = r.cloud();
    EXPECT_EQ(cloud.view(*cloud->buckets.rows()[0].region), region);
    EXPECT_EQ(cloud->buckets.rows()[0].head.account, r.account());
  }
}

TEST(Buckets, UniteTheirBlockWithTheAccounts) {
  const auto block = [](const char* bucket, const char* account) {
    Reading r;
    r.global("s3api-list-buckets", R"({"Buckets": [{"Name": "b"}]})");
    if (bucket != nullptr) r.add("111122223333/aws-global/s3api-get-public-access-block/b.json", bucket);
    if (account != nullptr) r.global("s3control-get-public-access-block", account);
    return r.cloud()->buckets.rows()[0].block_public_access;
  };
  constexpr const char* on =
      R"({"PublicAccessBlockConfiguration": {"BlockPublicAcls": true, "IgnorePublicAcls": true, "BlockPublicPolicy": true, "RestrictPublicBuckets": true}})";
  constexpr const char* off =
      R"({"PublicAccessBlockConfiguration": {"BlockPublicAcls": false, "IgnorePublicAcls": false, "BlockPublicPolicy": false, "RestrictPublicBuckets": false}})";
  constexpr const char* none = R"({"Error": {"Code": "NoSuchPublicAccessBlockConfiguration"}})";
  EXPECT_TRUE(block(on, nullptr)->restrict_public_buckets);
  EXPECT_TRUE(block(nullptr, on)->restrict_public_buckets);
  EXPECT_TRUE(block(none, on)->restrict_public_buckets);
  EXPECT_FALSE(block(none, none)->restrict_public_buckets);
  EXPECT_FALSE(block(off, none)->restrict_public_buckets);
  EXPECT_FALSE(block(off, nullptr).known());
  EXPECT_FALSE(block(nullptr, none).known());
}

TEST(Tables, JoinNamesDescriptionsAndPolicies) {
  Reading r;
  r.answer("dynamodb-list-tables", R"({"TableNames": ["t", "u"]})");
  r.answer("dynamodb-describe-table/t",
           R"({"Table": {"TableName": "t", "TableArn": "arn:aws:dynamodb:eu-central-1:111122223333:table/t"}})");
  r.answer("dynamodb-get-resource-policy/t", R"({"Error": {"Code": "PolicyNotFoundException"}})");
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->tables.size(), 2U);
  const Table& t = *cloud->tables.find(r.global_id<TableId>("arn:aws:dynamodb:eu-central-1:111122223333:table/t"));
  EXPECT_EQ(t.policy, Value<PolicyId>(PolicyId()));
  const Table& u = *cloud->tables.find(r.global_id<TableId>("arn:aws:dynamodb:eu-central-1:111122223333:table/u"));
  EXPECT_FALSE(u.policy.known());
  EXPECT_FALSE(cloud.missing(Kind::table, r.account(), r.region()));
}

constexpr const char* details =
    R"({"UserDetailList": [{"UserName": "u", "Arn": "arn:aws:iam::111122223333:user/p/u", "Path": "/p/", "UserId": "AIDA1",
    "GroupList": ["g"], "AttachedManagedPolicies": [], "Tags": [{"Key": "team", "Value": "x"}]}],
  "GroupDetailList": [{"GroupName": "g", "Arn": "arn:aws:iam::111122223333:group/deep/g", "GroupPolicyList": [], "AttachedManagedPolicies": []}],
  "RoleDetailList": [{"RoleName": "r", "Arn": "arn:aws:iam::111122223333:role/r", "Path": "/", "RoleId": "AROA1",
    "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []},
    "InstanceProfileList": [{"InstanceProfileName": "p", "Arn": "arn:aws:iam::111122223333:instance-profile/p", "Roles": [{"Arn": "arn:aws:iam::111122223333:role/r"}]}],
    "RolePolicyList": [{"PolicyName": "in", "PolicyDocument": {"Version": "2012-10-17", "Statement": []}}],
    "AttachedManagedPolicies": [{"PolicyName": "m", "PolicyArn": "arn:aws:iam::111122223333:policy/m"}],
    "PermissionsBoundary": {"PermissionsBoundaryArn": "arn:aws:iam::111122223333:policy/m"}}],
  "Policies": [{"PolicyName": "m", "Arn": "arn:aws:iam::111122223333:policy/m", "DefaultVersionId": "v2", "PolicyVersionList": [
    {"VersionId": "v1", "IsDefaultVersion": false, "Document": {"Version": "2012-10-17", "Statement": []}},
    {"VersionId": "v2", "IsDefaultVersion": true, "Document": "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22%2A%22%2C%22Resource%22%3A%22%2A%22%7D%5D%7D"}]}]})";

TEST(Identities, ReadRolesUsersGroupsAndPolicies) {
  Reading r;
  r.global("iam-get-account-authorization-details", details);
  const Cloud cloud = r.cloud();
  const Role& role = cloud->roles.rows()[0];
  EXPECT_EQ(role.policies.size(), 2U);
  EXPECT_TRUE(role.policies.complete());
  EXPECT_TRUE(role.trust.known());
  const PolicyId managed = r.global_id<PolicyId>("arn:aws:iam::111122223333:policy/m");
  EXPECT_EQ(role.boundary, Value<PolicyId>(managed));
  // The default version, percent-encoded as the raw API has it.
  ASSERT_NE(cloud->policies.find(managed), nullptr);
  EXPECT_EQ(cloud->policies.find(managed)->document.statements.size(), 1U);
  EXPECT_EQ(*cloud->instance_profiles.rows()[0].role, role.id);
  const User& user = cloud->users.rows()[0];
  ASSERT_EQ(user.groups.size(), 1U);
  EXPECT_NE(cloud->groups.find(user.groups.items[0]), nullptr);
  EXPECT_EQ(user.boundary, Value<PolicyId>(PolicyId()));
  EXPECT_EQ(user.tags.size(), 1U);
  EXPECT_FALSE(cloud.missing(Kind::role, r.account(), Text()));
}

TEST(Identities, AFilteredAnswerCoversOnlyWhatItHas) {
  Reading r;
  r.global("iam-get-account-authorization-details", R"({"RoleDetailList": [], "IsTruncated": false})");
  const Cloud cloud = r.cloud();
  EXPECT_FALSE(cloud.missing(Kind::role, r.account(), Text()));
  EXPECT_TRUE(cloud.missing(Kind::user, r.account(), Text()));
  Reading page;
  page.global("iam-get-account-authorization-details", R"({"RoleDetailList": [], "IsTruncated": true, "Marker": "x"})");
  EXPECT_TRUE(page.cloud().missing(Kind::role, page.account(), Text()));
}

class Organizations : public testing::Test {
 protected:
  Organizations() {
    r.global("organizations-describe-organization",
             R"({"Organization": {"Id": "o-1", "FeatureSet": "ALL", "MasterAccountId": "444455556666"}})");
    r.global("organizations-list-accounts", R"({"Accounts": [{"Id": "111122223333", "Name": "app"}]})");
    r.add("111122223333/aws-global/organizations-list-parents/111122223333.json",
          R"({"Parents": [{"Id": "r-1", "Type": "ROOT"}]})");
  }
  void root(const char* types) {
    r.global("organizations-list-roots",
             std::string(R"({"Roots": [{"Id": "r-1", "Name": "Root", "PolicyTypes": )") + types + "}]}");
  }
  void listed(const char* type, const char* ids) {
    r.add(std::string("111122223333/aws-global/organizations-list-policies/") + type + ".json",
          std::string(R"({"Policies": )") + ids + "}");
  }
  const OrgNode& node(const Cloud& cloud, const char* id) { return *cloud->org_nodes.find(r.global_id<OrgNodeId>(id)); }
  Reading r;
};

constexpr const char* both_enabled =
    R"([{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}, {"Type": "RESOURCE_CONTROL_POLICY", "Status": "ENABLED"}])";

TEST_F(Organizations, KnowWhatIsAttachedWhere) {
  root(both_enabled);
  listed("SERVICE_CONTROL_POLICY", R"([{"Id": "p-1"}])");
  listed("RESOURCE_CONTROL_POLICY", "[]");
  r.add("111122223333/aws-global/organizations-list-targets-for-policy/p-1.json",
        R"({"Targets": [{"TargetId": "r-1"}]})");
  r.add("111122223333/aws-global/organizations-describe-policy/p-1.json",
        std::string(R"({"Policy": {"PolicySummary": {"Id": "p-1", "Name": "deny"}, "Content": )") + policy_text + "}}");
  const Cloud cloud = r.cloud();
  EXPECT_EQ(cloud.view(cloud.organization()->id), "o-1");
  EXPECT_EQ(cloud.view(cloud.organization()->management_account), "444455556666");
  ASSERT_EQ(node(cloud, "r-1").scps.size(), 1U);
  EXPECT_NE(cloud->policies.find(node(cloud, "r-1").scps.items[0]), nullptr);
  EXPECT_TRUE(node(cloud, "111122223333").scps.complete());
  EXPECT_TRUE(node(cloud, "111122223333").scps.empty());
  EXPECT_TRUE(node(cloud, "111122223333").rcps.complete());
  EXPECT_EQ(node(cloud, "111122223333").parent, Value<OrgNodeId>(r.global_id<OrgNodeId>("r-1")));
  EXPECT_EQ(node(cloud, "r-1").parent, Value<OrgNodeId>(OrgNodeId()));
}

TEST_F(Organizations, AreOpenWhereTargetsOrListsWereNotCollected) {
  root(both_enabled);
  listed("SERVICE_CONTROL_POLICY", R"([{"Id": "p-1"}])");
  const Cloud cloud = r.cloud();
  EXPECT_FALSE(node(cloud, "r-1").scps.complete());
  EXPECT_FALSE(node(cloud, "r-1").rcps.complete());
}

// A type that the root does not enable restricts nobody.
TEST_F(Organizations, ATypeThatIsOffIsFullAccess) {
  root("[]");
  const Cloud cloud = r.cloud();
  ASSERT_EQ(node(cloud, "111122223333").scps.size(), 1U);
  const Policy* full = cloud->policies.find(node(cloud, "111122223333").scps.items[0]);
  ASSERT_NE(full, nullptr);
  ASSERT_EQ(full->document.statements.size(), 1U);
  EXPECT_EQ(full->document.statements[0].effect, Effect::allow);
  EXPECT_TRUE(node(cloud, "111122223333").rcps.complete());
}

TEST(Organization, OfAnAccountInNoneIsKnownToBeNone) {
  Reading r;
  r.global("organizations-describe-organization", R"({"Error": {"Code": "AWSOrganizationsNotInUseException"}})");
  const Cloud cloud = r.cloud();
  ASSERT_TRUE(cloud.organization().known());
  EXPECT_TRUE(cloud.organization()->id.empty());
  Reading denied;
  denied.global("organizations-describe-organization", R"({"Error": {"Code": "AccessDeniedException"}})");
  EXPECT_FALSE(denied.cloud().organization().known());
}

TEST(Zones, JoinTheirVpcsAndRecords) {
  Reading r;
  r.global("route53-list-hosted-zones",
           R"({"HostedZones": [{"Id": "/hostedzone/Z1", "Name": "Internal.Example.", "Config": {"PrivateZone": true}},
    {"Id": "/hostedzone/Z2", "Name": "other.", "Config": {"PrivateZone": true}}]})");
  r.add("111122223333/aws-global/route53-get-hosted-zone/Z1.json",
        R"({"HostedZone": {"Id": "/hostedzone/Z1", "Name": "internal.example.", "Config": {"PrivateZone": true}},
    "VPCs": [{"VPCRegion": "eu-central-1", "VPCId": "vpc-1"}]})");
  r.add("111122223333/aws-global/route53-list-resource-record-sets/Z1.json", R"({"ResourceRecordSets": [
    {"Name": "\\052.Internal.example.", "Type": "A", "ResourceRecords": [{"Value": "10.0.0.9"}]},
    {"Name": "s3.internal.example.", "Type": "A", "AliasTarget": {"DNSName": "vpce-1.s3.eu-central-1.vpce.amazonaws.com."}}]})");
  const Cloud cloud = r.cloud();
  const HostedZone& zone = *cloud->hosted_zones.find(r.global_id<HostedZoneId>("Z1"));
  EXPECT_EQ(cloud.view(zone.head.name), "internal.example");
  ASSERT_EQ(zone.vpcs.size(), 1U);
  EXPECT_EQ(zone.vpcs.items[0], r.id<VpcId>("vpc-1"));
  ASSERT_EQ(zone.records.size(), 2U);
  EXPECT_EQ(cloud.view(zone.records.items[0].name), "*.internal.example");
  EXPECT_EQ(cloud.view(zone.records.items[1].alias), "vpce-1.s3.eu-central-1.vpce.amazonaws.com");
  const HostedZone& other = *cloud->hosted_zones.find(r.global_id<HostedZoneId>("Z2"));
  EXPECT_FALSE(other.vpcs.complete());
  EXPECT_FALSE(other.records.complete());
}

// DN-8, DN-9
}  // namespace
}  // namespace sallyport::read
