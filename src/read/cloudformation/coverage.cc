// Coverage: of which kinds the templates hold all there is.
//
// A template sees what it makes, and nothing beside. But a VPC that does not exist yet
// holds, once the stacks are made, what they put there and what AWS makes along with it;
// nobody else can have put anything there. So: if every VPC that the templates speak of
// in a Region is one that they make, and no base is beneath, then what they list of a
// kind that lives in VPCs is all there is. All or nothing for a Region, since coverage is
// by Region.
//
// Never claimed: interfaces (services make their own, whose addresses are not known),
// and what does not live in a VPC (buckets, roles, policies).
#include <algorithm>

#include "read/cloudformation/families.h"

namespace sallyport::read::cloudformation {
namespace {

constexpr Kind in_vpcs[] = {Kind::subnet,           Kind::route_table,         Kind::network_acl, Kind::security_group,
                            Kind::internet_gateway, Kind::egress_only_gateway, Kind::nat_gateway, Kind::endpoint,
                            Kind::peering,          Kind::resolver_rule,       Kind::vpc};

// Why the VPCs of a Region are not all new ones, or of an object it is not known in
// which VPC it is; 0 if all is well.
class OnlyNew {
 public:
  OnlyNew(Work& work, Text region) : work_(work), region_(region) {}

  GapId find() {
    const Objects& put = work_.change.put;
    if (std::none_of(put.vpcs.begin(), put.vpcs.end(), [&](const Vpc& v) { return v.head.region == region_; })) {
      return beside(work_);
    }
    for (const Vpc& row : put.vpcs) look(row.head, Value<VpcId>(row.id));
    for (const Subnet& row : put.subnets) look(row.head, row.vpc);
    for (const RouteTable& row : put.route_tables) look(row.head, row.vpc);
    for (const NetworkAcl& row : put.network_acls) look(row.head, row.vpc);
    for (const SecurityGroup& row : put.security_groups) look(row.head, row.vpc);
    for (const Endpoint& row : put.endpoints) look(row.head, row.vpc);
    for (const NatGateway& row : put.nat_gateways) look(row.head, row.vpc);
    for (const Interface& row : put.interfaces) look(row.head, row.vpc);
    for (const Instance& row : put.instances) look(row.head, row.vpc);
    for (const InternetGateway& row : put.internet_gateways) look(row.head, row.vpcs);
    for (const EgressOnlyGateway& row : put.egress_only_gateways) look(row.head, row.vpcs);
    for (const Function& row : put.functions) {
      if (!row.network.known()) look(row.head, Value<VpcId>(row.network.gap()));
      if (row.network.known() && row.network->vpc) look(row.head, Value<VpcId>(row.network->vpc));
    }
    return gap_;
  }

 private:
  void look(const Head& head, const Value<VpcId>& vpc) {
    if (head.region != region_ || gap_) return;
    if (!vpc.known()) {
      gap_ = vpc.gap();
    } else if (*vpc && !work_.created.contains(Ref(*vpc))) {
      gap_ = beside(work_);
    }
  }
  void look(const Head& head, const List<VpcId>& vpcs) {
    for (const VpcId vpc : vpcs) look(head, Value<VpcId>(vpc));
    if (vpcs.open) look(head, Value<VpcId>(vpcs.open));
  }

  Work& work_;
  Text region_;
  GapId gap_;
};

// A base that lists all there was settles coverage, but does not list what is new. So what
// stands in new VPCs is itself in doubt where something there may be hidden.
void taint_new(Work& work, GapId gap) {
  if (!gap) return;
  const auto taint = [&](Head& head) {
    if (!head.gap) head.gap = gap;
  };
  for (Interface& row : work.change.put.interfaces) {
    if (!row.vpc.known() || work.created.contains(Ref(*row.vpc))) taint(row.head);
  }
  for (Function& row : work.change.put.functions) {
    if (row.network.known() && row.network->vpc && work.created.contains(Ref(row.network->vpc))) taint(row.head);
  }
}

}  // namespace

void claim_coverage(Work& work) {
  std::vector<std::pair<Text, Text>> places;  // account, Region
  for (const Stack& stack : work.stacks) {
    const std::pair<Text, Text> at(stack.place.account, stack.place.region);
    if (std::find(places.begin(), places.end(), at) == places.end()) places.push_back(at);
  }
  // What may be there beside the rows.
  const auto hidden = [&](Kind kind) {
    if (work.left_out) return work.left_out;
    const auto doubted = work.doubted.find(kind);
    return doubted != work.doubted.end() ? doubted->second : hidden_by_unread(work, kind);
  };
  const bool over_base = !work.base->vpcs.empty();
  for (const auto& [account, region] : places) {
    const GapId gap = over_base ? beside(work) : region.empty() ? no_region(work) : OnlyNew(work, region).find();
    const auto missing = [&](Kind kind) { return gap ? gap : hidden(kind); };
    for (const Kind kind : in_vpcs) work.change.collected(kind, account, region, missing(kind));
    work.change.collected(Kind::hosted_zone, account, Text(), missing(Kind::hosted_zone));
    work.change.collected(
        Kind::network_interface, account, region,
        gap ? gap : once_made(work, "which interfaces AWS's services make is not known before the stack is made", {}));
  }
  if (!over_base) return;
  for (const Kind kind : in_vpcs) taint_new(work, hidden(kind));
  taint_new(work, hidden(Kind::hosted_zone));
}

}  // namespace sallyport::read::cloudformation
