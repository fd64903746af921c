// Standing: what an interface gets from the subnet that it stands in.
#include "read/cloudformation/families.h"

namespace sallyport::read::cloudformation {

Stand stand_in(Work& work, const Value<SubnetId>& subnet) {
  // None given: a default subnet of the default VPC.
  Stand stand{subnet.known() && !*subnet ? Value<SubnetId>(beside(work)) : subnet, VpcId(), {}};
  if (!stand.subnet.known()) {
    const GapId gap = stand.subnet.gap();
    stand.vpc = gap;
    stand.defaults = {gap, gap};
    return stand;
  }
  const Subnet* row = work.row(work.change.put.subnets, *stand.subnet);
  if (row == nullptr) row = work.base->subnets.find(*stand.subnet);
  stand.vpc = row != nullptr ? row->vpc : Value<VpcId>(beside(work));
  const auto defaults = work.subnet_defaults.find(*stand.subnet);
  stand.defaults =
      defaults != work.subnet_defaults.end() ? defaults->second : SubnetDefaults{beside(work), beside(work)};
  return stand;
}

bool is_new_vpc(const Work& work, const Value<VpcId>& vpc) { return vpc.known() && work.created.contains(Ref(*vpc)); }

List<SecurityGroupId> groups_or_default(Work& work, List<SecurityGroupId> groups, const Value<VpcId>& vpc) {
  if (!groups.empty() || groups.open) return groups;
  const auto group = vpc.known() ? work.default_groups.find(*vpc) : work.default_groups.end();
  if (group == work.default_groups.end()) {
    groups.open = vpc.known() ? beside(work) : vpc.gap();
  } else {
    groups.items.push_back(group->second);
  }
  return groups;
}

}  // namespace sallyport::read::cloudformation
