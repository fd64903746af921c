// VPC Lattice in templates: its readers, and what an endpoint of it leads to.
#pragma once

#include "read/cloudformation/properties.h"

namespace sallyport::read::cloudformation {

void read_resource_gateway(const Properties&);
void read_resource_configuration(const Properties&);
void read_service_network(const Properties&);
void read_network_vpc(const Properties&);       // AWS::VpcLattice::ServiceNetworkVpcAssociation
void read_network_service(const Properties&);   // AWS::VpcLattice::ServiceNetworkServiceAssociation
void read_network_resource(const Properties&);  // AWS::VpcLattice::ServiceNetworkResourceAssociation

// The resource configuration that a property names, by ARN or id; none for nothing.
Value<ResourceConfigurationId> resource_configuration_named(const Properties&, const char* property);

// What an endpoint of type Resource or ServiceNetwork leads to (RE-1, RE-6).
void read_lattice_side(const Properties&, Endpoint& row);

}  // namespace sallyport::read::cloudformation
