// Intrinsic functions, parameters and conditions: seen through the names of buckets.
#include "template.h"

namespace sallyport::read {
namespace {

// What `expression` evaluates to: as the name of a bucket. Empty: not known.
std::string value_of(const std::string& expression, const std::string& sections = {}, const Given& given = {}) {
  const Cloud cloud =
      cloud_of(sections + "\nResources:\n  B: {Type: AWS::S3::Bucket, Properties: {BucketName: " + expression +
                   "}}\n  Zone: {Type: AWS::EC2::Subnet, Properties: {AvailabilityZone: eu-central-1a}}\n" +
                   "  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.7.0.0/16}}\n",
               given);
  return cloud->buckets.empty() ? "" : shown(cloud.id(cloud->buckets.rows()[0].id));
}

TEST(CloudFormationFunctions, ShortAndLongFormsAreOne) {
  EXPECT_EQ(value_of("!Ref Vpc"), "(Vpc)");
  EXPECT_EQ(value_of("{Ref: Vpc}"), "(Vpc)");
  EXPECT_EQ(value_of("!GetAtt Vpc.VpcId"), "(Vpc)");
  EXPECT_EQ(value_of("!GetAtt [Vpc, VpcId]"), "(Vpc)");
  EXPECT_EQ(value_of("{'Fn::GetAtt': [Vpc, DefaultSecurityGroup]}"), "(Vpc.DefaultSecurityGroup)");
  EXPECT_EQ(value_of("!GetAtt Vpc.CidrBlock"), "10.7.0.0/16");
  EXPECT_EQ(value_of("!Join ['-', [a, !Ref 'AWS::Region', b]]"), "a-eu-central-1-b");
  EXPECT_EQ(value_of("{'Fn::Join': ['', [a, {Ref: Vpc}]]}"), "a(Vpc)");
  EXPECT_EQ(value_of("!Sub 'x-${Vpc}-${Vpc.CidrBlock}-${!Vpc}-${AWS::Partition}'"), "x-(Vpc)-10.7.0.0/16-${Vpc}-aws");
  EXPECT_EQ(value_of("!Sub ['${a}-${AWS::Region}', {a: !Join ['', [p, q]]}]"), "pq-eu-central-1");
  EXPECT_EQ(value_of("!Select [1, [a, b]]"), "b");
  EXPECT_EQ(value_of("!Select ['1', !Split ['.', a.b.c]]"), "b");
  EXPECT_EQ(value_of("!Select [2, !Cidr ['10.7.0.0/16', 4, 8]]"), "10.7.2.0/24");
  EXPECT_EQ(value_of("!Select [1, !Cidr ['2001:db8::/56', 2, 64]]"), "2001:db8:0:1::/64");
  EXPECT_EQ(value_of("!Base64 hello"), "aGVsbG8=");
  EXPECT_EQ(value_of("!Base64 {'Fn::Sub': 'hell${o}'}", "Parameters: {o: {Type: String, Default: o!}}"), "aGVsbG8h");
}

TEST(CloudFormationFunctions, ZonesAreNamesThatExist) {
  EXPECT_EQ(value_of("!Select [0, !GetAZs '']"), value_of("!Select [0, {'Fn::GetAZs': {Ref: 'AWS::Region'}}]"));
  EXPECT_EQ(value_of("!Select [1, !GetAZs '']"), "(zone 1 of eu-central-1?)");
}

TEST(CloudFormationFunctions, MappingsAreLookedUp) {
  const std::string map = "Mappings: {M: {eu-central-1: {n: one}, us-east-1: {n: two}}}";
  EXPECT_EQ(value_of("!FindInMap [M, !Ref 'AWS::Region', n]", map), "one");
  EXPECT_EQ(value_of("!FindInMap [M, nowhere, n]", map), "");
  EXPECT_EQ(value_of("!FindInMap [M, nowhere, n, {DefaultValue: three}]", map), "three");
}

TEST(CloudFormationFunctions, ParametersHaveGivenValuesThenDefaultsThenNone) {
  const std::string p =
      "Parameters: {P: {Type: String, Default: d}, Q: {Type: String}, L: {Type: 'List<String>', Default: 'a, b'},"
      " S: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /x}}";
  EXPECT_EQ(value_of("!Ref P", p), "d");
  EXPECT_EQ(value_of("!Ref P", p, {{"P", "given"}}), "given");
  EXPECT_EQ(value_of("!Ref Q", p), "(Q?)");
  EXPECT_EQ(value_of("!Select [1, !Ref L]", p), "b");
  EXPECT_EQ(value_of("!Join ['+', !Ref L]", p, {{"L", "x,y,z"}}), "x+y+z");
  EXPECT_EQ(value_of("!Ref S", p), "(S at /x?)");
  EXPECT_EQ(value_of("!Ref 'AWS::AccountId'"), "(account?)");
  EXPECT_EQ(value_of("!Ref 'AWS::AccountId'", "", {{"AWS::AccountId", "111122223333"}}), "111122223333");
  EXPECT_EQ(value_of("'{{resolve:ssm:/a/b}}-x'"), "(resolve.ssm./a/b?)-x");
}

TEST(CloudFormationFunctions, ConditionsAreDecidedByKleenesTables) {
  const std::string c = R"(
Parameters: {P: {Type: String, Default: prod}, U: {Type: String}}
Conditions:
  Prod: !Equals [!Ref P, prod]
  Dev: !Not [!Condition Prod]
  Open: !Equals [!Ref U, x]
  Either: !Or [!Condition Prod, !Condition Open]
  Both: !And [!Condition Open, {Condition: Dev}]
  Loop: !Not [!Condition Loop]
)";
  EXPECT_EQ(value_of("!If [Prod, yes, no]", c), "yes");
  EXPECT_EQ(value_of("!If [Prod, yes, no]", c, {{"P", "dev"}}), "no");
  EXPECT_EQ(value_of("!If [Dev, a, b]", c), "b");
  EXPECT_EQ(value_of("!If [Either, a, b]", c), "a");  // whatever U is
  EXPECT_EQ(value_of("!If [Both, a, b]", c), "b");
  EXPECT_EQ(value_of("!If [Open, a, b]", c), "");
  EXPECT_EQ(value_of("!If [Open, a, a]", c), "a");
  EXPECT_EQ(value_of("!If [Loop, a, b]", c), "");
  EXPECT_EQ(value_of("!If [Open, a, b]", c, {{"U", "x"}}), "a");
  // Left out, so CloudFormation chooses the name.
  EXPECT_EQ(value_of("!If [Prod, !Ref 'AWS::NoValue', b]", c), "(B)");
}

TEST(CloudFormationFunctions, SplittingAtASymbolIsNotGuessed) {
  const std::string p = "Parameters: {Q: {Type: String}}";
  EXPECT_EQ(value_of("!Select [0, !Split [',', !Ref Q]]", p), "");
  EXPECT_EQ(value_of("!Select [5, !Split [':', !Sub 'arn:aws:ec2:r:${AWS::AccountId}:vpc/${Vpc}']]", p), "vpc/(Vpc)");
}

TEST(CloudFormationFunctions, NamesGiveArnsAndRefsBack) {
  EXPECT_EQ(value_of("!GetAtt R.Arn", "", {{"AWS::AccountId", "111122223333"}}), "");  // nothing is called R
  const Cloud cloud = cloud_of(R"(
Resources:
  R: {Type: AWS::IAM::Role, Properties: {RoleName: app, Path: /team/, AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: []}}}
  F: {Type: AWS::Lambda::Function, Properties: {FunctionName: f, Role: !GetAtt R.Arn}}
  S: {Type: AWS::EC2::Subnet, Properties: {AvailabilityZone: eu-central-1a}}
)",
                               {{"AWS::AccountId", "111122223333"}});
  const Function* f = find(cloud, cloud->functions, "arn:aws:lambda:eu-central-1:111122223333:function:f");
  ASSERT_NE(f, nullptr);
  ASSERT_TRUE(f->role.known());
  EXPECT_EQ(cloud.id(*f->role), "arn:aws:iam::111122223333:role/team/app");
  EXPECT_NE(cloud->roles.find(*f->role), nullptr);
}

TEST(CloudFormationFunctions, LanguageExtensions) {
  EXPECT_EQ(value_of("!Join ['', [n, {'Fn::Length': [a, b, c]}]]"), "n3");
  EXPECT_EQ(value_of("{'Fn::ToJsonString': [1, a]}"), "[1,\"a\"]");
}

}  // namespace
}  // namespace sallyport::read
