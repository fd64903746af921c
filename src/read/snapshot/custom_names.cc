// Which custom domains resource and service-network endpoints answer for in their VPC (RE-8).
//
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpointAssociation.html
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {

void read_endpoint_associations(Answer& answer) {
  CustomNameParts& parts = answer.work().custom_names;
  if (answer.root()["NextToken"].absent()) parts.read.insert({answer.account, answer.region});
  for (const Node node : answer.root()["VpcEndpointAssociations"].items()) {
    const EndpointId endpoint = answer.id<EndpointId>(node["VpcEndpointId"]);
    if (!endpoint) {
      unnamed(answer, node, "VpcEndpointId");
      continue;
    }
    const Node name = node["PrivateDnsEntry"]["DnsName"];
    if (!name.text().empty()) parts.names[endpoint].push_back(answer.text(name));
  }
}

void finish_custom_names(Work& work) {
  Registry& registry = *work.registry;
  for (Endpoint& endpoint : work.change.put.endpoints) {
    if (endpoint.type.known() && !is_lattice(*endpoint.type)) continue;
    if (const auto found = work.custom_names.names.find(endpoint.id); found != work.custom_names.names.end())
      endpoint.custom_names.items = found->second;
    if (work.custom_names.read.contains({endpoint.head.account, endpoint.head.region})) continue;
    endpoint.custom_names.open = registry.gaps.add(
        {GapKind::not_collected,
         "for which custom domains `" + std::string(registry.id(endpoint.id)) + "` answers was not collected",
         "aws ec2 describe-vpc-endpoint-associations", endpoint.head.origin});
  }
}

}  // namespace sallyport::read::snapshot
