// APIs of API Gateway and URLs of functions as AWS answers them.
#include "read/snapshot_reading.h"

namespace sallyport::read {
namespace {

const Resource& only_api(const Cloud& cloud) {
  EXPECT_EQ(cloud->resources.size(), 1U);
  return cloud->resources.rows()[0];
}

std::string api(std::string_view type, std::string_view more = "") {
  return R"({"items": [{"id": "abc", "name": "inner", "endpointConfiguration": {"types": [")" + std::string(type) +
         R"("]})" + std::string(more) + "}]}";
}

TEST(Apis, ArePrivateByTheirEndpointType) {
  for (const char* type : {"PRIVATE", "REGIONAL", "EDGE"}) {
    Reading r;
    r.answer("apigateway-get-rest-apis", api(type));
    const Cloud cloud = r.cloud();
    EXPECT_EQ(only_api(cloud).endpoints_only, Value<bool>(std::string_view(type) == "PRIVATE"));
    EXPECT_EQ(cloud.id(only_api(cloud).id), "arn:aws:execute-api:eu-central-1:111122223333:abc");
  }
  Reading r;
  r.answer("apigateway-get-rest-apis", api("NOWHERE"));
  EXPECT_FALSE(only_api(r.cloud()).endpoints_only.known());
}

// As the CLI prints it: one layer of quoting more than other policies have.
TEST(Apis, HavePoliciesThatAreQuotedTwice) {
  Reading r;
  r.answer(
      "apigateway-get-rest-apis",
      api("PRIVATE",
          R"(, "policy": "{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Deny\\\",)"
          R"(\\\"Principal\\\":\\\"*\\\",\\\"Action\\\":\\\"execute-api:Invoke\\\",\\\"Resource\\\":\\\"*\\\"}]}")"));
  const Cloud cloud = r.cloud();
  const Policy* policy = cloud->policies.find(*only_api(cloud).policy);
  ASSERT_NE(policy, nullptr);
  EXPECT_FALSE(policy->document.gap);
  ASSERT_EQ(policy->document.statements.size(), 1U);
  EXPECT_EQ(policy->document.statements[0].effect, Effect::deny);
}

TEST(Apis, OfBothGenerationsAreNeeded) {
  Reading r;
  r.answer("apigateway-get-rest-apis", R"({"items": []})");
  EXPECT_TRUE(r.cloud().missing(Kind::api, r.account(), r.region()));
  Reading both;
  both.answer("apigateway-get-rest-apis", R"({"items": []})");
  both.answer("apigatewayv2-get-apis", R"({"Items": [{"ApiId": "h", "Name": "light", "ProtocolType": "HTTP"}]})");
  const Cloud cloud = both.cloud();
  EXPECT_FALSE(cloud.missing(Kind::api, both.account(), both.region()));
  EXPECT_EQ(only_api(cloud).endpoints_only, Value<bool>(false));
}

constexpr const char* function = R"({"Functions": [{"FunctionName": "f", "Role": "arn:aws:iam::111122223333:role/f",
  "FunctionArn": "arn:aws:lambda:eu-central-1:111122223333:function:f"}]})";

TEST(FunctionUrls, SayWhetherTheyAskForASignature) {
  for (const char* type : {"NONE", "AWS_IAM"}) {
    Reading r;
    r.answer("lambda-list-functions", function);
    r.answer("lambda-list-function-url-configs/f",
             R"({"FunctionUrlConfigs": [{"FunctionUrl": "https://x.lambda-url.eu-central-1.on.aws/", "AuthType": ")" +
                 std::string(type) + R"("}]})");
    const Cloud cloud = r.cloud();
    const List<FunctionUrl>& urls = cloud->functions.rows()[0].urls;
    ASSERT_EQ(urls.size(), 1U);
    EXPECT_TRUE(urls.complete());
    EXPECT_EQ(cloud.view(urls.items[0].host), "x.lambda-url.eu-central-1.on.aws");
    EXPECT_EQ(urls.items[0].open, Value<bool>(std::string_view(type) == "NONE"));
  }
}

TEST(FunctionUrls, ThatNobodyCollectedMayBeThere) {
  Reading r;
  r.answer("lambda-list-functions", function);
  EXPECT_TRUE(r.cloud()->functions.rows()[0].urls.open);
  Reading none;
  none.answer("lambda-list-functions", function);
  none.answer("lambda-list-function-url-configs/f", R"({"FunctionUrlConfigs": []})");
  const Cloud cloud = none.cloud();
  EXPECT_TRUE(cloud->functions.rows()[0].urls.empty() && cloud->functions.rows()[0].urls.complete());
}

}  // namespace
}  // namespace sallyport::read
