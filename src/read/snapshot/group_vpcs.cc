// Further VPCs with which security groups are associated (SG-14).
//
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroupVpcAssociations.html
#include <algorithm>
#include <map>

#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {

void read_group_vpcs(Answer& answer) {
  for (const Node node : answer.root()["SecurityGroupVpcAssociations"].items()) {
    const std::string_view state = node["State"].text();
    const auto group = answer.id<SecurityGroupId>(node["GroupId"]);
    if (!group) {
      unnamed(answer, node, "GroupId");
      continue;
    }
    List<VpcId>& vpcs = answer.work().group_vpcs[group];
    if (state == "associated") {
      vpcs.items.push_back(answer.id<VpcId>(node["VpcId"]));
    } else if (state != "disassociated" && state != "association-failed") {
      vpcs.open =
          answer.gap(GapKind::undocumented,
                     "an association of `" + std::string(node["GroupId"].text()) + "` is `" + std::string(state) + "`",
                     "collect again when it has settled", node);
    }
  }
}

void finish_group_vpcs(Work& work) {
  std::map<SecurityGroupId, SecurityGroup*> groups;
  for (SecurityGroup& group : work.change.put.security_groups) {
    groups[group.id] = &group;
    if (const auto found = work.group_vpcs.find(group.id); found != work.group_vpcs.end()) group.also = found->second;
  }
  // An interface that carries a group of another VPC says so, too.
  for (const Interface& interface : work.change.put.interfaces) {
    if (!interface.vpc.known()) continue;
    for (const SecurityGroupId id : interface.groups) {
      const auto found = groups.find(id);
      if (found == groups.end() || !found->second->vpc.known() || *found->second->vpc == *interface.vpc) continue;
      auto& also = found->second->also.items;
      if (std::find(also.begin(), also.end(), *interface.vpc) == also.end()) also.push_back(*interface.vpc);
    }
  }
}

}  // namespace sallyport::read::snapshot
