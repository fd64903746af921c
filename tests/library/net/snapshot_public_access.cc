// VPC Block Public Access as AWS answers.
#include "library/net/snapshot_parts.h"

namespace sallyport::generate {
namespace {

const char* word(PublicAccessMode mode) {
  switch (mode) {
    case PublicAccessMode::off: return "off";
    case PublicAccessMode::block_bidirectional: return "block-bidirectional";
    case PublicAccessMode::block_ingress: break;
  }
  return "block-ingress";
}

}  // namespace

std::string Writer::public_access_options() const {
  PublicAccessMode mode = PublicAccessMode::off;
  std::string account = json_string("111122223333");
  for (const PublicAccessBlock& block : cloud->public_access_blocks) {
    if (!here(block.head)) continue;
    mode = *block.mode;
    account = owner(block.head);
  }
  return object({{"AwsAccountId", account},
                 {"AwsRegion", json_string(region)},
                 {"State", json_string(mode == PublicAccessMode::off ? "default-state" : "update-complete")},
                 {"InternetGatewayBlockMode", json_string(word(mode))},
                 {"ManagedBy", json_string("account")},
                 {"ExclusionsAllowed", json_string("allowed")}});
}

std::vector<std::string> Writer::public_access_exclusions() const {
  std::vector<std::string> all;
  for (const PublicAccessExclusion& e : cloud->public_access_exclusions) {
    if (!here(e.head)) continue;
    const std::string arn = "arn:aws:ec2:" + region + ":" + text(e.head.account) +
                            (e.what.kind == Kind::vpc ? ":vpc/" : ":subnet/") + std::string(cloud.id(e.what));
    all.push_back(
        object({{"ExclusionId", id(e.id)},
                {"InternetGatewayExclusionMode",
                 json_string(*e.mode == ExclusionMode::allow_egress ? "allow-egress" : "allow-bidirectional")},
                {"ResourceArn", json_string(arn)},
                {"State", json_string("create-complete")},
                {"Tags", tags(e.head)}}));
  }
  return all;
}

}  // namespace sallyport::generate
