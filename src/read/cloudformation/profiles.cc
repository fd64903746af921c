// Route 53 Profiles: private zones and resolver rules that they bring to VPCs (DN-12).
//
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/profile-associate-vpc-endpoints.html
#include <algorithm>

#include "read/cloudformation/families.h"
#include "read/planned/zones.h"

namespace sallyport::read::cloudformation {
namespace {

constexpr const char* profile_type = "AWS::Route53Profiles::Profile";

// It may bring any zone and any rule.
void doubt(const Properties& p, const Value<VpcId>& vpc) {
  const GapId gap = p.registry().gaps.add(
      {GapKind::not_modelled, "what the Route 53 Profile of `" + p.resource().address + "` brings is not known in full",
       "collect the account once the stack is made", p.origin()});
  p.work().doubted.emplace(Kind::hosted_zone, gap);
  p.work().doubted.emplace(Kind::resolver_rule, gap);
  planned::put_unseen_rule(p.work(), p.own_id<ResolverRuleId>("unseen"), p.head(), vpc, gap);
}

// The row whose id stands behind the last slash of an ARN of that sort; null for another.
template <class Row, class Table>
Row* named(Work& work, std::vector<Row>& all, const Table& base, Text scope, Text arn, std::string_view sort) {
  const std::string_view text = work.registry.view(arn);
  const std::size_t slash = text.rfind('/');
  if (slash == std::string_view::npos || !text.substr(0, slash).ends_with(sort)) return nullptr;
  const auto id = work.registry.ids.get<decltype(Row::id)>(scope, work.text(text.substr(slash + 1)));
  return work.row_or_base(all, base, id);
}

bool add(List<VpcId>& vpcs, VpcId vpc) {
  if (std::find(vpcs.begin(), vpcs.end(), vpc) == vpcs.end()) vpcs.items.push_back(vpc);
  return true;
}

template <class Row>
bool add(Row* row, VpcId vpc) {
  return row != nullptr && add(row->vpcs, vpc);
}

// Brings what a resource association names to the VPC; false: it is nothing that is read, or not in the templates.
bool bring(const Properties& part, VpcId vpc) {
  Work& work = part.work();
  Objects& put = work.change.put;
  const Value<Text> arn = part.text("ResourceArn");
  if (!arn.known()) return false;
  const Place& place = part.place();
  Endpoint* endpoint = named(work, put.endpoints, work.base->endpoints, place.region, *arn, ":vpc-endpoint");
  if (endpoint != nullptr) return add(endpoint->profile_vpcs, vpc);
  return add(named(work, put.hosted_zones, work.base->hosted_zones, place.partition, *arn, ":hostedzone"), vpc) ||
         add(named(work, put.resolver_rules, work.base->resolver_rules, place.region, *arn, ":resolver-rule"), vpc);
}

}  // namespace

void read_profile_association(const Properties& p) {
  Work& work = p.work();
  const Value<VpcId> vpc = p.ref<VpcId>("ResourceId");
  const Resource* profile = resource_named(p, "ProfileId", profile_type);
  if (p.doubt() || !vpc.known() || profile == nullptr || profile->doubt) return doubt(p, vpc);
  for (const Stack& stack : work.stacks) {
    for (const Resource& r : stack.resources) {
      if (r.type != "AWS::Route53Profiles::ProfileResourceAssociation" || stack.find(r.logical) != &r) continue;
      const Properties part(work, r);
      const Resource* of = resource_named(part, "ProfileId", profile_type);
      if (of != nullptr && of != profile) continue;
      if (of == nullptr || r.doubt || !bring(part, *vpc)) doubt(part, vpc);
    }
  }
}

}  // namespace sallyport::read::cloudformation
