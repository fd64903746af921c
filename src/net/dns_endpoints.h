// Endpoints that answer for a name in their VPC by private DNS.
//
// Interface endpoints answer for the names of their service (DN-3, DN-4, S3-1), also in VPCs to which a Route 53
// Profile brings them (DN-12). For what VPC Lattice leads to, a resource or a service network, AWS makes zones of the
// custom domains that its owner gave it and the VPC's owner lets in (RE-8):
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DnsOptionsSpecification.html
#pragma once

#include <string>
#include <vector>

#include "net/index.h"

namespace sallyport::net {

struct EndpointAnswer {
  const Endpoint* endpoint = nullptr;  // none: who answers, or whether somebody does, is not known
  std::size_t length = 0;              // of the zone's name: the longest of all zones wins (DN-7)
  GapId gap;                           // set: perhaps; without endpoint always
};

struct EndpointAnswers {
  std::vector<EndpointAnswer> list;
  std::vector<Ref> reads;
  std::vector<std::string> assumptions;
};

// Does a table of the VPC show the route that an association with a service network puts there (RE-7)?
bool has_lattice_route(const Index& index, VpcId vpc);

// Who of `vpc` answers, or may answer, for `name` (lower case, no final dot). `inbound`: asked by a resolver endpoint
// of the VPC (S3-1). Cost: endpoints of the VPC x their names.
EndpointAnswers answering_endpoints(const Index& index, const Vpc& vpc, const std::string& name, bool inbound);

}  // namespace sallyport::net
