// Endpoints as controls see them: which one serves a service in a VPC, and whether
// ordinary names lead to it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/doors.h"
#include "base/truth.h"
#include "model/cloud.h"

namespace sallyport::guard {

using access::is_type;
using access::serves;
using access::Serves;
using access::works;

// The endpoints of a VPC for a service in a Region, in the order of the cloud.
std::vector<const Endpoint*> endpoints_for(const Cloud& cloud, VpcId vpc, std::string_view service,
                                           std::string_view region);

// Do the service's ordinary names lead clients of the VPC to this interface
// endpoint (DN-2, DN-3, S3-1)? Its own VPC attributes and switches only; zones that
// stand before it are another question.
struct DnsEffect {
  Truth holds = Truth::unknown;
  GapId gap;        // why it is not known
  Ref at;           // what prevents it
  std::string why;  // for people
};
DnsEffect private_dns_effect(const Cloud& cloud, const Endpoint& endpoint);

}  // namespace sallyport::guard
