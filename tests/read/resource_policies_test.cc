// Queues, topics, keys, secrets, repositories and event buses, and their policies.
#include "read/snapshot_reading.h"

namespace sallyport::read {
namespace {

constexpr const char* policy_text =
    R"("{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"*\", \"Resource\": \"*\"}]}")";

const Resource* find(const Cloud& cloud, std::string_view arn) {
  for (const Resource& r : cloud->resources) {
    if (cloud.id(r.id) == arn) return &r;
  }
  return nullptr;
}

// What an answer says of one thing's policy.
enum class Has { policy, none, unknown };
Has has(const Cloud& cloud, std::string_view arn) {
  const Resource* r = find(cloud, arn);
  if (r == nullptr || !r->policy.known()) return Has::unknown;
  if (!*r->policy) return Has::none;
  const Policy* p = cloud->policies.find(*r->policy);
  return p != nullptr && p->document.statements.size() == 1 ? Has::policy : Has::unknown;
}

struct Sort {
  Kind what;
  std::string arn;
  std::string list, of_list;    // the operation that lists them, and its answer with one
  std::string empty;            // the same with none
  std::string about, with, no;  // the operation about one, its answer with a policy, and one that says there is none
};

std::vector<Sort> sorts() {
  const std::string a = ":eu-central-1:111122223333:";
  const std::string p = policy_text;
  const std::string topic = "arn:aws:sns" + a + "t", secret = "arn:aws:secretsmanager" + a + "secret:db/x-AbCdEf";
  return {
      {Kind::queue, "arn:aws:sqs" + a + "q", "sqs-list-queues",
       R"({"QueueUrls": ["https://sqs.eu-central-1.amazonaws.com/111122223333/q"]})", "{}",
       "sqs-get-queue-attributes/q", R"({"Attributes": {"Policy": )" + p + "}}",
       R"({"Attributes": {"QueueArn": "arn:aws:sqs)" + a + R"(q"}})"},
      {Kind::topic, topic, "sns-list-topics", R"({"Topics": [{"TopicArn": ")" + topic + R"("}]})", R"({"Topics": []})",
       "sns-get-topic-attributes/arn%3Aaws%3Asns%3Aeu-central-1%3A111122223333%3At",
       R"({"Attributes": {"TopicArn": ")" + topic + R"(", "Policy": )" + p + "}}",
       R"({"Attributes": {"TopicArn": ")" + topic + R"("}})"},
      {Kind::secret, secret, "secretsmanager-list-secrets",
       R"({"SecretList": [{"ARN": ")" + secret + R"(", "Name": "db/x"}]})", R"({"SecretList": []})",
       "secretsmanager-get-resource-policy/db%2Fx",
       R"({"ARN": ")" + secret + R"(", "Name": "db/x", "ResourcePolicy": )" + p + "}",
       R"({"ARN": ")" + secret + R"(", "Name": "db/x"})"},
      {Kind::repository, "arn:aws:ecr" + a + "repository/team/app", "ecr-describe-repositories",
       R"({"repositories": [{"repositoryArn": "arn:aws:ecr)" + a +
           R"(repository/team/app", "repositoryName": "team/app"}]})",
       R"({"repositories": []})", "ecr-get-repository-policy/team%2Fapp",
       R"({"repositoryName": "team/app", "policyText": )" + p + "}",
       R"({"Error": {"Code": "RepositoryPolicyNotFoundException"}})"},
      {Kind::event_bus, "arn:aws:events" + a + "event-bus/b", "events-list-event-buses",
       R"({"EventBuses": [{"Name": "b", "Arn": "arn:aws:events)" + a + R"(event-bus/b"}]})", R"({"EventBuses": []})",
       "events-describe-event-bus/b",
       R"({"Name": "b", "Arn": "arn:aws:events)" + a + R"(event-bus/b", "Policy": )" + p + "}",
       R"({"Name": "b", "Arn": "arn:aws:events)" + a + R"(event-bus/b"})"},
      {Kind::key, "arn:aws:kms" + a + "key/k-1", "kms-list-keys",
       R"({"Keys": [{"KeyId": "k-1", "KeyArn": "arn:aws:kms)" + a + R"(key/k-1"}]})", R"({"Keys": []})",
       "kms-get-key-policy/k-1", R"({"Policy": )" + p + R"(, "PolicyName": "default"})", ""},
  };
}

TEST(ResourcePolicies, AreThereOrNotOrNotCollected) {
  for (const Sort& s : sorts()) {
    SCOPED_TRACE(s.list);
    {
      Reading r;
      r.answer(s.list, s.of_list);
      const Cloud cloud = r.cloud();
      const Resource* row = find(cloud, s.arn);
      ASSERT_NE(row, nullptr);
      EXPECT_EQ(row->what, s.what);
      EXPECT_EQ(cloud.view(row->head.account), "111122223333");
      EXPECT_EQ(cloud.view(row->head.region), "eu-central-1");
      // The list of buses tells their policies, too.
      EXPECT_EQ(has(cloud, s.arn), s.what == Kind::event_bus ? Has::none : Has::unknown);
      EXPECT_FALSE(cloud.missing(s.what, r.account(), r.region()));
    }
    Reading with;
    with.answer(s.list, s.of_list);
    with.answer(s.about, s.with);
    const Cloud cloud = with.cloud();
    EXPECT_EQ(cloud->resources.size(), 1U) << "the name and the ARN are one thing";
    EXPECT_EQ(has(cloud, s.arn), Has::policy);
    EXPECT_EQ(said(cloud, "not-an-answer"), 0U);
    if (s.no.empty()) continue;
    Reading none;
    none.answer(s.list, s.of_list);
    none.answer(s.about, s.no);
    EXPECT_EQ(has(none.cloud(), s.arn), Has::none);
    Reading refused;
    refused.answer(s.list, s.of_list);
    refused.answer(s.about, R"({"Error": {"Code": "AccessDenied"}})");
    EXPECT_EQ(has(refused.cloud(), s.arn), Has::unknown);
  }
}

TEST(ResourcePolicies, AnEmptyListIsCollectedAndNone) {
  for (const Sort& s : sorts()) {
    Reading r;
    r.answer(s.list, s.empty);
    const Cloud cloud = r.cloud();
    EXPECT_TRUE(cloud->resources.empty()) << s.list;
    EXPECT_FALSE(cloud.missing(s.what, r.account(), r.region())) << s.list;
    Reading refused;
    refused.answer(s.list, R"({"Error": {"Code": "AccessDenied"}})");
    EXPECT_TRUE(refused.cloud().missing(s.what, refused.account(), refused.region())) << s.list;
    Reading nothing;
    nothing.answer(s.list, "");
    EXPECT_TRUE(nothing.cloud().missing(s.what, nothing.account(), nothing.region())) << s.list;
  }
}

TEST(ResourcePolicies, EveryKeyHasOne) {
  for (const char* none : {"{}", R"({"Error": {"Code": "NotFoundException"}})"}) {
    Reading r;
    r.answer("kms-get-key-policy/k-1", none);
    const Cloud cloud = r.cloud();
    const Resource* key = find(cloud, "arn:aws:kms:eu-central-1:111122223333:key/k-1");
    ASSERT_NE(key, nullptr) << none;
    EXPECT_FALSE(key->policy.known()) << none;
  }
}

TEST(ResourcePolicies, KeysHaveAliasesAndAManager) {
  Reading r;
  r.answer("kms-list-keys",
           R"({"Keys": [{"KeyId": "k-1", "KeyArn": "arn:aws:kms:eu-central-1:111122223333:key/k-1"},
                        {"KeyId": "k-2", "KeyArn": "arn:aws:kms:eu-central-1:111122223333:key/k-2"}]})");
  r.answer(
      "kms-list-aliases",
      R"({"Aliases": [{"AliasName": "alias/app", "AliasArn": "arn:aws:kms:eu-central-1:111122223333:alias/app", "TargetKeyId": "k-1"},
                           {"AliasName": "alias/aws/later", "AliasArn": "arn:aws:kms:eu-central-1:111122223333:alias/aws/later"}]})");
  r.answer(
      "kms-describe-key/k-2",
      R"({"KeyMetadata": {"KeyId": "k-2", "Arn": "arn:aws:kms:eu-central-1:111122223333:key/k-2", "KeyManager": "AWS"}})");
  const Cloud cloud = r.cloud();
  ASSERT_EQ(cloud->resources.size(), 2U);
  const Resource* one = find(cloud, "arn:aws:kms:eu-central-1:111122223333:key/k-1");
  const Resource* two = find(cloud, "arn:aws:kms:eu-central-1:111122223333:key/k-2");
  ASSERT_TRUE(one != nullptr && two != nullptr);
  EXPECT_EQ(cloud.view(one->head.name), "alias/app");
  EXPECT_EQ(one->aliases.size(), 1U);
  EXPECT_FALSE(one->aws_managed);
  EXPECT_TRUE(two->aws_managed);
}

// Attributes that were asked for by name say nothing of the others.
TEST(ResourcePolicies, SomeAttributesDoNotSayThatThereIsNone) {
  Reading r;
  r.answer("sqs-get-queue-attributes/q", R"({"Attributes": {"VisibilityTimeout": "30"}})");
  EXPECT_EQ(has(r.cloud(), "arn:aws:sqs:eu-central-1:111122223333:q"), Has::unknown);
}

TEST(ResourcePolicies, TheContentsTellWhatAttributesAreOf) {
  Reading r;
  r.add("111122223333/eu-central-1/anything.json",
        std::string(R"({"Attributes": {"QueueArn": "arn:aws:sqs:eu-central-1:111122223333:q", "Policy": )") +
            policy_text + "}}");
  EXPECT_EQ(has(r.cloud(), "arn:aws:sqs:eu-central-1:111122223333:q"), Has::policy);
}

}  // namespace
}  // namespace sallyport::read
