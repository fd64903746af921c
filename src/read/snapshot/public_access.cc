// VPC Block Public Access: the setting of an account in a Region, and its exclusions (BP-1, BP-4).
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

Value<PublicAccessMode> mode_of(Answer& answer, Node options) {
  const std::string_view mode = options["InternetGatewayBlockMode"].text();
  // While a change is under way either mode may hold.
  const std::string_view state = options["State"].text();
  if (state == "update-in-progress") {
    return answer.gap(GapKind::undocumented, "VPC Block Public Access is being changed",
                      "collect again when it has settled", options);
  }
  if (mode == "off") return PublicAccessMode::off;
  if (mode == "block-bidirectional") return PublicAccessMode::block_bidirectional;
  if (mode == "block-ingress") return PublicAccessMode::block_ingress;
  return answer.lacking("VpcBlockPublicAccessOptions", "InternetGatewayBlockMode", options["InternetGatewayBlockMode"]);
}

// "arn:aws:ec2:eu-central-1:111122223333:subnet/subnet-1" -> the subnet
Ref excluded(Answer& answer, std::string_view arn) {
  const std::size_t slash = arn.rfind('/');
  if (slash == std::string_view::npos) return {};
  const std::string_view id = arn.substr(slash + 1);
  if (arn.substr(0, slash).ends_with(":vpc")) return answer.id<VpcId>(id);
  if (arn.substr(0, slash).ends_with(":subnet")) return answer.id<SubnetId>(id);
  return {};
}

Value<ExclusionMode> exclusion_mode(Answer& answer, Node node, std::string_view name) {
  const std::string_view mode = node["InternetGatewayExclusionMode"].text();
  if (mode == "allow-bidirectional") return ExclusionMode::allow_bidirectional;
  if (mode == "allow-egress") return ExclusionMode::allow_egress;
  return answer.lacking(name, "InternetGatewayExclusionMode", node["InternetGatewayExclusionMode"]);
}

bool is_gone(std::string_view state) {
  return state == "create-failed" || state == "delete-complete" || state == "disable-complete";
}

}  // namespace

void read_public_access_options(Answer& answer) {
  const Node options = answer.root()["VpcBlockPublicAccessOptions"];
  Text region = answer.region;
  if (region.empty()) region = answer.text(options["AwsRegion"]);
  Text account = answer.account;
  if (account.empty()) account = answer.account_id(options["AwsAccountId"]);
  PublicAccessBlock row;
  row.id = answer.id_in<PublicAccessBlockId>(region, account.empty() ? "account" : answer.registry().view(account));
  row.head.account = account;
  row.head.region = region;
  row.head.origin = options.origin();
  row.mode = mode_of(answer, options);
  if (options["ExclusionsAllowed"].text() == "not-allowed") {
    answer.work().forbidden_exclusions[{account, region}] =
        answer.gap(GapKind::undocumented, "exclusions from VPC Block Public Access are not allowed, but there is one",
                   {}, options);
  }
  cover(answer.work(), Kind::public_access_block, account, region, {});  // there is one, always
  answer.put(answer.rows().public_access_blocks, std::move(row), options);
}

void read_public_access_exclusions(Answer& answer) {
  for (const Node node : answer.root()["VpcBlockPublicAccessExclusions"].items()) {
    const std::string_view name = node["ExclusionId"].text();
    PublicAccessExclusion row;
    row.id = answer.id<PublicAccessExclusionId>(name);
    if (!row.id) {
      unnamed(answer, node, "ExclusionId");
      continue;
    }
    const std::string_view state = node["State"].text();
    if (is_gone(state)) continue;
    row.head = answer.head(node, node["Tags"]);
    row.what = excluded(answer, node["ResourceArn"].text());
    row.mode = exclusion_mode(answer, node, name);
    if (!row.what) row.head.gap = answer.lacking(name, "ResourceArn", node["ResourceArn"]);
    if (state != "create-complete" && state != "update-complete") {
      row.mode =
          answer.gap(GapKind::undocumented, "the exclusion `" + std::string(name) + "` is `" + std::string(state) + "`",
                     "collect again when it has settled", node);
    }
    answer.put(answer.rows().public_access_exclusions, std::move(row), node);
  }
}

// Where exclusions are not allowed (BP-4), AWS does not say what those that are there do.
void finish_public_access(Work& work) {
  for (const auto& [where, gap] : work.forbidden_exclusions) {
    for (PublicAccessExclusion& e : work.change.put.public_access_exclusions) {
      const bool same_account = where.first.empty() || e.head.account.empty() || e.head.account == where.first;
      if (same_account && e.head.region == where.second) e.mode = gap;
    }
  }
}

}  // namespace sallyport::read::snapshot
