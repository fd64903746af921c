// PolicyIndex: leaves out only policies that could not matter.
#include "iam/policy_index.h"

#include <gmock/gmock.h>

#include "iam/support.h"

namespace sallyport::iam {
namespace {

using ::testing::ElementsAre;

struct Indexed : Scene {
  std::vector<const CompiledPolicy*> all;
  void add(std::string_view statement) { all.push_back(statements(PolicyType::identity, statement).policies.front()); }
  std::vector<std::uint32_t> speaking(std::string_view action) {
    const PolicyIndex index(all);
    const PolicySpeakers speakers = index.speaking_of(action);
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t n = 0; n < all.size(); ++n) {
      if (speakers.contains(n)) numbers.push_back(n);
    }
    return numbers;
  }
};

TEST(PolicyIndex, FindsLiteralNamesPatternsAndWhatSpeaksOfAll) {
  Indexed scene;
  scene.add(R"({"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"})");
  scene.add(R"({"Effect": "Allow", "Action": ["ec2:*", "S3:get*"], "Resource": "*"})");
  scene.add(R"({"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"})");
  scene.add(R"({"Effect": "Deny", "NotAction": "s3:GetObject", "Resource": "*"})");
  scene.add(R"({"Effect": "Allow", "Action": "*", "Resource": "*"})");
  scene.add(R"({"Effect": "Allow", "Action": "s*:GetObject", "Resource": "*"})");
  scene.add(R"({"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*", "Oops": 1})");
  EXPECT_THAT(scene.speaking("s3:GETobject"), ElementsAre(0, 1, 3, 4, 5));
  EXPECT_THAT(scene.speaking("s3:PutObject"), ElementsAre(2, 3, 4, 5));
  EXPECT_THAT(scene.speaking("ec2:RunInstances"), ElementsAre(1, 3, 4, 5, 6));
  EXPECT_THAT(scene.speaking("sqs:SendMessage"), ElementsAre(3, 4, 5));
}

TEST(PolicyIndex, KeepsADocumentThatIsNotUnderstood) {
  Indexed scene;
  scene.add(R"({"Effect": "Allow", "Action": "ec2:*", "Resource": "*"})");
  scene.all.push_back(scene.policy(PolicyType::identity, "not json").policies.front());
  EXPECT_THAT(scene.speaking("s3:GetObject"), ElementsAre(1));
}

// Every pair of a list of policies and an action: the few answer as all do.
TEST(PolicyIndex, TheFewDecideAsAllDo) {
  Indexed scene;
  const char* effects[] = {"Allow", "Deny"};
  const char* elements[] = {"Action", "NotAction"};
  const char* patterns[] = {"s3:GetObject", "s3:Get*", "s3:*Object", "*", "ec2:*", "s?:GetObject", "s3:??tObject"};
  for (const char* effect : effects) {
    for (const char* element : elements) {
      for (const char* pattern : patterns) {
        scene.add(std::string(R"({"Effect": ")") + effect + R"(", ")" + element + R"(": ")" + pattern +
                  R"(", "Resource": "*"})");
      }
    }
  }
  const PolicyIndex index(scene.all);
  std::size_t fewer = 0;
  for (const char* action : {"s3:GetObject", "s3:PutObject", "ec2:RunInstances", "sqs:SendMessage"}) {
    scene.action = action;
    const PolicySpeakers speakers = index.speaking_of(action);
    for (std::uint32_t a = 0; a < scene.all.size(); ++a) {
      for (std::uint32_t b = 0; b < scene.all.size(); ++b) {
        const std::vector<std::uint32_t> numbers = {a, b};
        const std::vector<const CompiledPolicy*> both = {scene.all[a], scene.all[b]};
        std::vector<const CompiledPolicy*> few;
        speakers.filter(numbers, few);
        fewer += few.size() < both.size() ? 1 : 0;
        scene.layers.identity = {both, {}};
        const Decision whole = scene.decide();
        scene.layers.identity = {few, {}};
        const Decision part = scene.decide();
        ASSERT_EQ(whole.outcome, part.outcome) << action << " " << a << " " << b;
        ASSERT_EQ(whole.by.size(), part.by.size()) << action << " " << a << " " << b;
      }
    }
  }
  EXPECT_GT(fewer, 100U);
}

}  // namespace
}  // namespace sallyport::iam
