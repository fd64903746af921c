// The readers of the resource types, one .cc per family. Each fills rows of the model
// from one resource; `cloudformation.cc` says which type is whose and in which order.
//
// A resource of which it is not known whether it is there (`doubt`) comes here only if it
// is a part of something: then that something is in doubt.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "read/cloudformation/properties.h"
#include "read/planned/standing.h"

namespace sallyport::read::cloudformation {

// vpc.cc
void read_vpc(const Properties&);
void read_subnet(const Properties&);
void read_cidr_block(const Properties&);         // AWS::EC2::VPCCidrBlock
void read_subnet_cidr_block(const Properties&);  // AWS::EC2::SubnetCidrBlock
void finish_blocks(Work&);                       // subnets' parts of a block that Amazon will give
void read_dhcp_options(const Properties&);
void read_dhcp_association(const Properties&);

// routes.cc
void read_route_table(const Properties&);
void read_route(const Properties&);
void read_route_table_association(const Properties&);
void read_gateway_association(const Properties&);
void read_route_propagation(const Properties&);

// filters.cc: network ACLs
void read_network_acl(const Properties&);
void read_network_acl_entry(const Properties&);
void read_network_acl_association(const Properties&);

// groups.cc: security groups
void read_security_group(const Properties&);
void read_ingress_rule(const Properties&);
void read_egress_rule(const Properties&);
// The CDK's custom resource that empties a default security group.
void read_restricted_default_group(const Properties&);
void read_group_association(const Properties&);  // AWS::EC2::SecurityGroupVpcAssociation
void finish_groups(Work&);

// gateways.cc
void read_internet_gateway(const Properties&);
void read_gateway_attachment(const Properties&);
void read_vpn_gateway(const Properties&);
void read_egress_only_gateway(const Properties&);
void read_nat_gateway(const Properties&);
void read_public_block(const Properties&);      // AWS::EC2::VPCBlockPublicAccessOptions
void read_public_exclusion(const Properties&);  // AWS::EC2::VPCBlockPublicAccessExclusion
void read_peering(const Properties&);

// transit.cc
void read_transit_gateway(const Properties&);
void read_transit_table(const Properties&);
void read_transit_vpc_attachment(const Properties&);  // AWS::EC2::TransitGatewayAttachment, ...VpcAttachment
void read_transit_peering(const Properties&);
void read_transit_vpn(const Properties&);  // AWS::EC2::VPNConnection
void read_transit_connect(const Properties&);
void read_transit_association(const Properties&);
void read_transit_propagation(const Properties&);
void read_transit_route(const Properties&);
void read_transit_routes_of_others(const Properties&);  // of Direct Connect and Cloud WAN

// prefix_lists.cc
void read_prefix_list(const Properties&);

// endpoints.cc
void read_endpoint(const Properties&);
void read_endpoint_service(const Properties&);

// interfaces.cc
void read_interface(const Properties&);
void read_interface_attachment(const Properties&);
void read_elastic_address(const Properties&);  // AWS::EC2::EIP, AWS::EC2::EIPAssociation

// instances.cc
void read_instance(const Properties&);

// lambda.cc
void read_function(const Properties&);
void read_function_permission(const Properties&);

// Calls `f` for the functions that `property` may mean; a gap: of what it does to one it is not known.
void each_function(const Properties&, const char* property, const std::function<void(Function&, GapId)>& f);

// sam.cc: what the transform AWS::Serverless makes
void read_sam_function(const Properties&);
void read_sam_rest_api(const Properties&);
void read_sam_http_api(const Properties&);
void open_what_connectors_change(Work&);
void open_what_strangers_change(Work&);  // once all else is read (strangers.cc)

// storage.cc
void read_bucket(const Properties&);
void read_bucket_policy(const Properties&);
void read_table(const Properties&);
void read_global_table(const Properties&);

// resources.cc
void read_queue(const Properties&);
void read_topic(const Properties&);
void read_key(const Properties&);
void read_key_alias(const Properties&);
void read_secret(const Properties&);
void read_repository(const Properties&);
void read_stream(const Properties&);
void read_stream_policy(const Properties&);
void read_state_machine(const Properties&);
void read_event_bus(const Properties&);
void read_queue_policy(const Properties&);
void read_queue_inline_policy(const Properties&);
void read_topic_policy(const Properties&);
void read_topic_inline_policy(const Properties&);
void read_secret_policy(const Properties&);
void read_event_bus_policy(const Properties&);

// identities.cc
void read_role(const Properties&);
void read_user(const Properties&);
void read_group(const Properties&);
void read_instance_profile(const Properties&);
void read_managed_policy(const Properties&);
void read_inline_policy(const Properties&);  // AWS::IAM::Policy and its like
void read_group_addition(const Properties&);

// zones.cc
void read_hosted_zone(const Properties&);
void read_record_set(const Properties&);
void read_record_group(const Properties&);

// profiles.cc
void read_profile_association(const Properties&);

// dns_firewall.cc
void read_firewall_association(const Properties&);

// organization.cc
void read_organization_policy(const Properties&);

// endpoints.cc, too
void read_service_permissions(const Properties&);  // AWS::EC2::VPCEndpointServicePermissions

// balancers.cc
void read_load_balancer(const Properties&);
void read_listener(const Properties&);
void read_listener_rule(const Properties&);
void read_target_group(const Properties&);

// classic_balancers.cc
void read_classic_balancer(const Properties&);
// Registers instances at the Classic balancers that a property names.
void add_instances_to_classic(const Properties&, const char* property, InstanceId instances, GapId gap);

// scaling.cc
void read_auto_scaling_group(const Properties&);
void read_node_group(const Properties&);

// platform.cc: what the readers of platform workloads share
PlatformWorkload begin_workload(const Properties&, Kind what, std::string_view name_property);
// Subnets and groups by property; the VPC's default group where none is given.
Placement read_place(const Properties&, const char* subnets, const char* groups);
// The subnets of the subnet group of `type` that `property` names.
Value<Placement> place_in_group(const Properties&, const char* property, std::string_view type, const char* groups);
// The resource of `type` that a property names; null: it is in none of the templates, or which it is is not known.
const Resource* resource_named(const Properties&, std::string_view property, std::string_view type);

// containers.cc
void read_ecs_service(const Properties&);
void read_kubernetes_cluster(const Properties&);
void read_web_service(const Properties&);

// databases.cc
void read_database_instance(const Properties&);
void read_database_cluster(const Properties&);
void read_warehouse(const Properties&);
void read_cache(const Properties&);
void read_search_domain(const Properties&);
void read_broker(const Properties&);
void read_mount_target(const Properties&);

// jobs.cc
void read_notebook(const Properties&);
void read_studio(const Properties&);
void read_build_project(const Properties&);
void read_data_connection(const Properties&);
void read_compute_environment(const Properties&);

// apis.cc
sallyport::Resource begin_api(const Properties&, Text id, std::string_view address);
void read_rest_api(const Properties&);
void read_http_api(const Properties&);
void read_rest_vpc_link(const Properties&);
void read_http_vpc_link(const Properties&);
void read_event_connection(const Properties&);
void read_function_url(const Properties&);

// resolver.cc
void read_resolver_rule(const Properties&);
void read_resolver_association(const Properties&);
void read_resolver_endpoint(const Properties&);

// unread.cc: counts a resource that no reader takes.
void leave_unread(Work&, const Resource&);

// What stands in the subnet `subnet`; in a default one where none is given.
planned::Stand stand_in(Work&, const Value<SubnetId>& subnet);

}  // namespace sallyport::read::cloudformation
