// The readers of the resource types, one .cc per family. Each fills rows of the model
// from one resource; `terraform.cc` says which type is whose and in which order.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "read/terraform/attributes.h"

namespace sallyport::read::terraform {

// vpc.cc
void read_vpc(const Block&);
void read_subnet(const Block&);
void read_cidr_association(const Block&);
void read_dhcp_association(const Block&);

// routes.cc
void read_route_table(const Block&);
void read_default_route_table(const Block&);
void read_route(const Block&);
void read_route_table_association(const Block&);
void read_main_route_table_association(const Block&);
void read_route_propagation(const Block&);

// filters.cc: network ACLs
void read_network_acl(const Block&);
void read_default_network_acl(const Block&);
void read_network_acl_rule(const Block&);
void read_network_acl_association(const Block&);

// groups.cc: security groups
void read_security_group(const Block&);
void read_default_security_group(const Block&);
void read_group_rule(const Block&);        // aws_security_group_rule
void read_vpc_ingress_rule(const Block&);  // aws_vpc_security_group_ingress_rule
void read_vpc_egress_rule(const Block&);   // aws_vpc_security_group_egress_rule

// gateways.cc
void read_internet_gateway(const Block&);
void read_internet_gateway_attachment(const Block&);
void read_egress_only_gateway(const Block&);
void read_nat_gateway(const Block&);
void read_public_block(const Block&);  // aws_vpc_block_public_access_options

// prefix_lists.cc
void read_prefix_list(const Block&);
void read_prefix_list_entry(const Block&);
void read_prefix_list_data(const Block&);

// endpoints.cc
void read_endpoint(const Block&);
void read_endpoint_route_table(const Block&);
void read_endpoint_subnet(const Block&);
void read_endpoint_group(const Block&);
void read_endpoint_policy(const Block&);

// instances.cc
void read_interface(const Block&);
void read_instance(const Block&);
void read_elastic_address(const Block&);  // aws_eip, aws_eip_association
void read_interface_attachment(const Block&);
void read_interface_group(const Block&);
void read_instance_state(const Block&);  // aws_ec2_instance_state

// functions.cc
void read_function(const Block&);
void read_function_permission(const Block&);

// storage.cc
void read_bucket(const Block&);
void read_bucket_policy(const Block&);
void read_bucket_public_access(const Block&);
void read_table(const Block&);
void read_table_policy(const Block&);

// identities.cc
void read_role(const Block&);
void read_instance_profile(const Block&);
void read_policy(const Block&);
void read_role_policy(const Block&);
void read_role_policy_attachment(const Block&);
void read_policy_attachment(const Block&);  // aws_iam_policy_attachment

// policies.cc: the document in `attribute` as the policy `id`; an empty id for none.
// Unknown text: unknown with its gap.
Value<PolicyId> put_policy(const Block&, std::string_view attribute, std::string_view id, std::string_view name);

}  // namespace sallyport::read::terraform
