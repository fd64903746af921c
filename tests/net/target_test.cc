#include "net/target.h"

#include <gtest/gtest.h>

#include "read/input.h"

namespace sallyport::net {
namespace {

// Nobody connects to a gateway endpoint: the message names what is meant.
TEST(Targets, AGatewayEndpointIsNoneAndItsServiceIsMeant) {
  const auto cloud = read::read_cloud(std::make_shared<Registry>(),
                                      {std::string(SALLYPORT_SOURCE_DIR) + "/examples/article/2-endpoints"});
  ASSERT_TRUE(cloud);
  int gateways = 0, others = 0;
  for (const Endpoint& e : (*cloud)->endpoints) {
    const auto target = parse_target(*cloud, cloud->id(e.id), "eu-central-1");
    if (*e.type != EndpointType::gateway) {
      ++others;
      EXPECT_TRUE(target);
      continue;
    }
    ++gateways;
    ASSERT_FALSE(target);
    EXPECT_NE(target.error().message.find("is a gateway endpoint"), std::string::npos);
    const std::string service = cloud->view(e.service).ends_with("s3") ? "s3" : "dynamodb";
    EXPECT_NE(target.error().hint.find("`--to " + service + ".eu-central-1`"), std::string::npos)
        << target.error().hint;
    EXPECT_TRUE(parse_target(*cloud, service + ".eu-central-1", "eu-central-1"));
  }
  EXPECT_GT(gateways, 1);
  EXPECT_GT(others, 0);
}

}  // namespace
}  // namespace sallyport::net
