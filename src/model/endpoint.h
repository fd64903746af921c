// VPC endpoints, and the services they lead to.
#pragma once

#include <cstdint>

#include "base/value.h"
#include "model/ids.h"
#include "model/network.h"
#include "model/object.h"

namespace sallyport {

enum class EndpointType : std::uint8_t {
  gateway,
  interface,
  gateway_load_balancer,
  resource,
  service_network,
};

// Does it lead to what VPC Lattice knows: a resource or a service network (RE-1, RE-6)?
constexpr bool is_lattice(EndpointType type) {
  return type == EndpointType::resource || type == EndpointType::service_network;
}

enum class EndpointIpType : std::uint8_t { ipv4, ipv6, dualstack };

struct Endpoint {
  EndpointId id;
  Head head;
  Value<EndpointType> type;
  Value<State> state;  // available = working (IF-10)
  Value<VpcId> vpc;
  Text service;         // "com.amazonaws.eu-central-1.s3"
  Text service_region;  // where the service is; that of the endpoint unless cross-Region (XR-1)
  Value<EndpointIpType> ip_type;
  Value<PolicyId> policy;           // none: the default, full access (EP-1)
  List<RouteTableId> route_tables;  // gateway endpoints
  List<SubnetId> subnets;           // interface endpoints
  List<InterfaceId> interfaces;
  List<SecurityGroupId> groups;
  Value<bool> private_dns;
  Value<bool> private_dns_only_inbound;  // PrivateDnsOnlyForInboundResolverEndpoint (S3-1)
  List<Text> dns_names;                  // DnsEntries, as the answer has them (IF-7)
  ResourceConfigurationId resource;      // type resource: what it leads to (RE-1)
  ServiceNetworkId network;              // type service network (RE-6)
  // Types resource and service network: the custom domains by which its VPC knows what lies behind (RE-8),
  // `describe-vpc-endpoint-associations`.
  List<Text> custom_names;
  List<VpcId> profile_vpcs;  // where a Route 53 Profile has its private names answered, too (DN-12)
};

// An endpoint that somebody made for a service, as the service's owner sees it.
struct EndpointConnection {
  EndpointId endpoint;
  Text account;        // the endpoint's owner
  Value<State> state;  // available = working; pendingAcceptance, rejected ... are not
  Origin place;
};

// What `describe-vpc-endpoint-services` says of a service, and to its owner
// `describe-vpc-endpoint-service-configurations` and `-permissions`.
struct EndpointService {
  EndpointServiceId id;  // by service name, in the scope of the Region that was asked
  Head head;
  List<Text> private_dns_names;  // may begin with "*." (DN-4)
  Value<bool> policy_supported;  // EP-4
  Value<bool> interface_type;
  Value<bool> gateway_type;
  Value<bool> acceptance_required;
  Value<bool> aws_owned;
  List<Text> zones;  // zone names
  // To the owner only (PL-1..3):
  bool configured = false;         // `balancers` and `principals` are those of its owner's answers
  Value<State> state;              // Available = working
  List<LoadBalancerId> balancers;  // it stands on these
  List<Text> principals;           // who may connect: ARNs, or `*`
  List<EndpointConnection> connections;
};

}  // namespace sallyport
