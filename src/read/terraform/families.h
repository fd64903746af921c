// The readers of the resource types, one .cc per family. Each fills rows of the model
// from one resource; `terraform.cc` says which type is whose and in which order.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <optional>

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
void read_group_association(const Block& b);

// gateways.cc
void read_internet_gateway(const Block&);
void read_internet_gateway_attachment(const Block&);
void read_egress_only_gateway(const Block&);
void read_nat_gateway(const Block&);
void read_public_block(const Block&);      // aws_vpc_block_public_access_options
void read_public_exclusion(const Block&);  // aws_vpc_block_public_access_exclusion

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
// The instance profile that `attribute` names, or whose ARN it is; none where it gives none.
Value<InstanceProfileId> profile_of(const Block&, const char* attribute);
void read_elastic_address(const Block&);  // aws_eip, aws_eip_association
void read_interface_attachment(const Block&);
void read_interface_group(const Block&);
void read_instance_state(const Block&);  // aws_ec2_instance_state

// functions.cc
void read_function(const Block&);
void read_function_permission(const Block&);

// The functions that a part with a `function_name` may belong to: `name`, a name, an ARN, or part of one, also with a
// version or alias behind. Of the base those that the part changes; where the name is not known, all that it may be.
void each_function(const Block&, const Value<Text>& name, const std::function<void(Function&)>& f);

// storage.cc
void read_bucket(const Block&);
void read_bucket_policy(const Block&);
void read_bucket_public_access(const Block&);
void read_table(const Block&);
void read_table_policy(const Block&);

// identities.cc
void read_role(const Block&);
void read_user(const Block&);
void read_group(const Block&);
void read_instance_profile(const Block&);
void read_policy(const Block&);

// grants.cc
void read_inline_policy(const Block&);      // aws_iam_role_policy and its like
void read_policy_grant(const Block&);       // aws_iam_role_policy_attachment and its like
void read_policy_attachment(const Block&);  // aws_iam_policy_attachment
void read_user_groups(const Block&);
void read_group_members(const Block&);

// transit.cc
void read_transit_gateway(const Block&);
void read_transit_table(const Block&);
void read_transit_vpc_attachment(const Block&);
void read_transit_peering(const Block&);
void read_transit_accepter(const Block&);
void read_transit_association(const Block&);
void read_transit_propagation(const Block&);
void read_transit_route(const Block&);
void read_transit_routes_of_others(
    const Block&);  // of VPN, Connect, Direct Connect, Cloud WAN  // also aws_ec2_transit_gateway_prefix_list_reference

// peerings.cc
void read_peering(const Block&);
void read_peering_accepter(const Block&);
void read_peering_options(const Block&);

// zones.cc
void read_hosted_zone(const Block&);
void read_zone_association(const Block&);
void read_record(const Block&);

// resources.cc
void read_queue(const Block&);
void read_topic(const Block&);
void read_key(const Block&);
void read_key_alias(const Block&);
void read_secret(const Block&);
void read_repository(const Block&);
void read_stream(const Block&);
void read_stream_policy(const Block&);
void read_state_machine(const Block&);
void read_event_bus(const Block&);
void read_queue_policy(const Block&);
void read_topic_policy(const Block&);
void read_key_policy(const Block&);
void read_secret_policy(const Block&);
void read_repository_policy(const Block&);
void read_event_bus_policy(const Block&);

// organization.cc
void read_organization_policy(const Block&);
void read_organization_attachment(const Block&);

// autoscaling.cc
void read_auto_scaling_group(const Block&);

// The row of all instances of a group; none if the resource is no group, or one that is there already.
InstanceId instances_of(const Block&);
void read_scaling_attachment(const Block&);  // aws_autoscaling_attachment, ..._traffic_source_attachment

// balancers.cc
void read_load_balancer(const Block&);
void read_listener(const Block&);
void read_listener_rule(const Block&);
void read_target_group(const Block&);
void read_target(const Block&);            // aws_lb_target_group_attachment
void read_classic_balancer(const Block&);  // aws_elb
void read_classic_target(const Block&);    // aws_elb_attachment
// Registers instances at the Classic balancers that `attribute` names.
void add_instances_to_classic(const Block&, const char* attribute, InstanceId instances, GapId gap);
// Registers instances at the groups that `attribute` lists. `gap`: which they are is not known.
void add_instances_to_groups(const Block&, const char* attribute, InstanceId instances, GapId gap);

// services.cc: endpoint services of one's own
void read_endpoint_service(const Block&);
void read_service_principal(const Block&);  // aws_vpc_endpoint_service_allowed_principal
void read_service_accepter(const Block&);   // aws_vpc_endpoint_connection_accepter

// platform.cc: what the readers of platform workloads share
std::optional<PlatformWorkload> begin_workload(const Block&, Kind what, std::string_view id_attribute,
                                               std::string_view name_attribute);
// Subnets and groups by argument; open where they are not known.
Placement read_place(const Block&, const char* subnets, const char* groups);
// The role of that ARN; none where the argument is not given.
Value<RoleId> role_of(const Block&, const char* attribute);

// containers.cc
void read_ecs_service(const Block&);
void read_kubernetes_cluster(const Block&);
void read_node_group(const Block&);
void read_web_service(const Block&);

// databases.cc
void read_database_instance(const Block&);  // aws_db_instance, aws_rds_cluster_instance and their like
void read_database_cluster(const Block&);
void read_warehouse(const Block&);
void read_cache(const Block&);  // aws_elasticache_cluster, aws_elasticache_replication_group
void read_search_domain(const Block&);
void read_broker(const Block&);
void read_mount_target(const Block&);

// jobs.cc
void read_notebook(const Block&);
void read_studio(const Block&);
void read_build_project(const Block&);
void read_data_connection(const Block&);
void read_compute_environment(const Block&);

// apis.cc
void read_rest_api(const Block&);
void read_rest_api_policy(const Block&);
void read_http_api(const Block&);
void read_rest_vpc_link(const Block&);
void read_http_vpc_link(const Block&);
void read_event_connection(const Block&);
void read_function_url(const Block&);

// lattice.cc
void read_resource_gateway(const Block&);
void read_resource_configuration(const Block&);
void read_service_network(const Block&);
void read_network_vpc(const Block&);
void read_network_service(const Block&);
void read_network_resource(const Block&);

// resolver.cc
void read_resolver_rule(const Block&);
void read_resolver_association(const Block&);
void read_resolver_endpoint(const Block&);
void read_firewall_association(const Block& b);

// policies.cc: the document in `attribute` as the policy `id`; an empty id for none.
// Unknown text: unknown with its gap.
Value<PolicyId> put_policy(const Block&, std::string_view attribute, std::string_view id, std::string_view name);

}  // namespace sallyport::read::terraform
