// Route 53 Profiles: private zones and resolver rules that they bring to VPCs (DN-12).
//
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/profile-associate-vpc-endpoints.html
#include "read/terraform/profiles.h"

#include <algorithm>

#include "read/planned/zones.h"
#include "read/terraform/families.h"

namespace sallyport::read::terraform {
namespace {

constexpr const char* profile_type = "aws_route53profiles_profile";

// It may bring any zone and any rule.
void doubt(const Block& b, const Value<VpcId>& vpc) {
  const GapId gap = b.registry().gaps.add(
      {GapKind::not_modelled, "what the Route 53 Profile of `" + b.resource().address + "` brings is not known in full",
       "collect the account once the plan is applied", b.origin()});
  b.work().doubted.emplace(Kind::hosted_zone, gap);
  b.work().doubted.emplace(Kind::resolver_rule, gap);
  const Text id = b.registry().texts.symbol(b.resource().address + ".unseen");
  planned::put_unseen_rule(b.work(), b.id<ResolverRuleId>(id), b.head(), vpc, gap);
}

bool add(List<VpcId>& vpcs, VpcId vpc) {
  if (std::find(vpcs.begin(), vpcs.end(), vpc) == vpcs.end()) vpcs.items.push_back(vpc);
  return true;
}

template <class Row>
bool add(Row* row, VpcId vpc) {
  return row != nullptr && add(row->vpcs, vpc);
}

// Brings what a resource association names to the VPC; false: it is nothing that is read, or not in the plan.
bool bring(const Block& b, VpcId vpc) {
  Work& work = b.work();
  Objects& put = work.change.put;
  if (const Resource* zone = b.named_resource("resource_arn", "aws_route53_zone", {"arn"})) {
    const Value<Text> name = meaning(work, *zone, "zone_id");
    if (!name.known()) return false;
    const HostedZoneId id = work.registry.ids.get<HostedZoneId>(b.place().partition, *name);
    return add(work.row_or_base(put.hosted_zones, work.base->hosted_zones, id), vpc);
  }
  if (const Resource* rule = b.named_resource("resource_arn", "aws_route53_resolver_rule", {"arn"})) {
    const Value<Text> name = meaning(work, *rule, "id");
    if (!name.known()) return false;
    return add(work.row_or_base(put.resolver_rules, work.base->resolver_rules, b.id<ResolverRuleId>(*name)), vpc);
  }
  if (const Resource* endpoint = b.named_resource("resource_arn", "aws_vpc_endpoint", {"arn"})) {
    const Value<Text> name = meaning(work, *endpoint, "id");
    if (!name.known()) return false;
    Endpoint* row = work.row_or_base(put.endpoints, work.base->endpoints, b.id<EndpointId>(*name));
    return row != nullptr && add(row->profile_vpcs, vpc);
  }
  return false;
}

}  // namespace

void read_profile_association(const Block& b) {
  Work& work = b.work();
  if (b.resource().fate == Fate::kept && !work.base->vpcs.empty()) return;  // the base's rows tell it
  const Value<VpcId> vpc = b.ref<VpcId>("resource_id");
  const Resource* profile = b.resource().stays() ? b.named_resource("profile_id", profile_type, {"id"}) : nullptr;
  if (!vpc.known() || profile == nullptr) return doubt(b, vpc);
  if (!profile->is_new()) doubt(b, vpc);  // others may have put more into it
  for (const Resource* r : work.document.of_type("aws_route53profiles_resource_association")) {
    const Block part(work, *r);
    const Resource* of = part.named_resource("profile_id", profile_type, {"id"});
    if (of != nullptr && of != profile) continue;
    if (of == nullptr || !r->stays() || !bring(part, *vpc)) doubt(part, vpc);
  }
}

}  // namespace sallyport::read::terraform
