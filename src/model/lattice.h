// VPC Lattice as plain values: what resource endpoints, service-network endpoints and
// associations of service networks lead to (RE-1..9).
//
//   endpoint of type Resource -> resource configuration -> resource gateway -> resource
//   endpoint of type ServiceNetwork, or a VPC's association -> service network -> its
//     resource configurations and services
#pragma once

#include <cstdint>
#include <vector>

#include "base/interval_set.h"
#include "base/ip.h"
#include "base/value.h"
#include "model/ids.h"
#include "model/network.h"
#include "model/object.h"

namespace sallyport {

// Where traffic comes out in the VPC of a resource, with the addresses of these subnets
// and filtered by these groups (RE-2).
// https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_GetResourceGateway.html
struct ResourceGateway {
  ResourceGatewayId id;  // by ARN
  Head head;
  Value<State> state;  // ACTIVE = working
  Value<VpcId> vpc;
  List<SubnetId> subnets;
  List<SecurityGroupId> groups;
};

enum class ResourceConfigurationKind : std::uint8_t {
  single,
  group,  // stands for its children
  child,
  arn,  // a database, by its ARN
};

// https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_GetResourceConfiguration.html
struct ResourceConfiguration {
  ResourceConfigurationId id;  // by ARN
  Head head;                   // account: the owner's, who shares it (RE-1)
  Value<ResourceConfigurationKind> kind;
  Value<State> state;
  Value<ResourceGatewayId> gateway;
  Value<ResourceConfigurationId> group;  // of a child; none: it is none
  // Exactly one of these says what the resource is; of a group none does.
  Text host;
  Value<Address> address = Address();
  bool has_address = false;
  Text arn;
  Value<Text> custom_domain;  // under which consumers may know it (RE-8); empty: none
  Value<PortSet> ports;
};

// A VPC that is associated with a service network (RE-7).
struct ServiceNetworkVpc {
  Value<VpcId> vpc;
  Value<State> state;
  List<SecurityGroupId> groups;  // none: nothing is filtered at the association
  Value<bool> private_dns;       // custom domains of the network's resources are answered there (RE-8)
};

// A service of VPC Lattice, as a service network lists it.
struct LatticeService {
  Text arn;
  Text host;           // DnsEntry.DomainName
  Text custom_domain;  // empty: none
};

// https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_GetServiceNetwork.html
struct ServiceNetwork {
  ServiceNetworkId id;  // by ARN
  Head head;
  Value<bool> authorizes;  // AuthType AWS_IAM: an auth policy is one more layer (RE-9)
  List<ResourceConfigurationId> resources;
  List<LatticeService> services;
  List<ServiceNetworkVpc> vpcs;
};

}  // namespace sallyport
