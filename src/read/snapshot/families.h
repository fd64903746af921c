// The readers of each family of answers, and what each has to finish when all
// files were read. One .cc per family.
#pragma once

#include "read/snapshot/answer.h"

namespace sallyport::read::snapshot {

// vpc.cc
void read_vpcs(Answer&);
void read_vpc_attribute(Answer&);
void read_dhcp_options(Answer&);
void read_subnets(Answer&);
void finish_vpcs(Work&);

// routes.cc
void read_route_tables(Answer&);
void finish_routes(Work&);

// filters.cc
void read_network_acls(Answer&);
void read_security_groups(Answer&);
void read_security_group_rules(Answer&);
void finish_group_rules(Work&);

// gateways.cc
void read_internet_gateways(Answer&);
void read_egress_only_gateways(Answer&);
void read_nat_gateways(Answer&);

// public_access.cc
void read_public_access_options(Answer&);
void read_public_access_exclusions(Answer&);
void finish_public_access(Work&);
void note_shown_block(Answer&, Ref what, Node node);
void finish_shown_blocks(Work&);

// peerings.cc
void read_peerings(Answer&);

// transit.cc, transit_tables.cc
void read_transit_gateways(Answer&);
void read_transit_attachments(Answer&);
void read_transit_vpc_attachments(Answer&);
void read_transit_peerings(Answer&);
void read_transit_policy_tables(Answer&);
void read_transit_tables(Answer&);
void read_transit_routes(Answer&);
void no_transit_routes(Answer&, bool there_is_none, GapId gap);
void read_transit_static_routes(Answer&);
void read_transit_associations(Answer&);
void read_transit_propagations(Answer&);
void no_transit_propagations(Answer&, bool there_is_none, GapId gap);
void read_all_transit_propagations(Answer&);
void finish_transit(Work&);
void finish_transit_tables(Work&);

// endpoints.cc
void read_endpoints(Answer&);
void read_endpoint_services(Answer&);
void finish_endpoints(Work&);

// endpoint_offers.cc
void read_endpoint_offers(Answer&);
void read_endpoint_offer_principals(Answer&);
void read_endpoint_connections(Answer&);

void read_file_systems(Answer&);
void finish_file_systems(Work&);

// clusters.cc
void read_data_cluster_names(Answer&);
void read_data_cluster(Answer&);
void read_connect_endpoints(Answer&);

// vpn.cc
void read_vpn_gateways(Answer&);
void read_vpn_connections(Answer&);
void read_virtual_interfaces(Answer&);
void read_direct_connect_associations(Answer&);
void finish_vpn_gateways(Work&);

// custom_names.cc
void read_endpoint_associations(Answer&);
void finish_custom_names(Work&);
void finish_endpoint_offers(Work&);

// balancers.cc, target_groups.cc, classic_balancers.cc, balancers_joined.cc
void read_load_balancers(Answer&);
void read_listeners(Answer&);
void read_listener_rules(Answer&);
void read_balancer_attributes(Answer&);
void read_all_listeners(Answer&);
void read_all_balancer_attributes(Answer&);
void read_target_groups(Answer&);
void read_target_health(Answer&);
void read_all_target_health(Answer&);
void read_classic_balancers(Answer&);
void read_classic_health(Answer&);
void read_classic_attributes(Answer&);
void finish_balancers(Work&);

// containers.cc
void read_task_list(Answer&);
void read_tasks(Answer&);
void read_ecs_services(Answer&);
void read_task_definition(Answer&);
void read_kubernetes_names(Answer&);
void read_kubernetes_cluster(Answer&);
void read_web_service_names(Answer&);
void read_web_service(Answer&);
void read_vpc_connectors(Answer&);

// databases.cc, brokers.cc
void read_database_instances(Answer&);
void read_database_clusters(Answer&);
void read_warehouses(Answer&);
void read_warehouse_subnet_groups(Answer&);
void read_caches(Answer&);
void read_cache_subnet_groups(Answer&);
void read_search_domain(Answer&);
void read_search_domain_names(Answer&);
void read_mount_targets(Answer&);
void read_brokers(Answer&);
void read_broker_nodes(Answer&);

// jobs.cc
void read_notebook_names(Answer&);
void read_notebook(Answer&);
void read_studio_names(Answer&);
void read_studio(Answer&);
void read_build_projects(Answer&);
void read_data_connections(Answer&);
void read_compute_environments(Answer&);

// apis.cc
void read_rest_apis(Answer&);
void read_http_apis(Answer&);
void read_rest_vpc_links(Answer&);
void read_http_vpc_links(Answer&);
void read_event_connection_names(Answer&);
void read_event_connection(Answer&);
void finish_apis(Work&);

// platform_joined.cc
void finish_platform(Work&);

// prefix_lists.cc
void read_managed_prefix_lists(Answer&);
void read_prefix_list_entries(Answer&);
void no_prefix_list_entries(Answer&, bool there_is_none, GapId gap);
void finish_prefix_lists(Work&);
void finish_lists_of_routes(Work&);  // once routes know where they lead

// interfaces.cc
void read_interfaces(Answer&);
void read_addresses(Answer&);
void finish_interfaces(Work&);

// instances.cc
void read_instances(Answer&);

// functions.cc
void read_functions(Answer&);
void read_function(Answer&);
void read_function_policy(Answer&);
void no_function_policy(Answer&, bool there_is_none, GapId gap);
void read_function_urls(Answer&);
void no_function_urls(Answer&, bool there_is_none, GapId gap);
void finish_functions(Work&);

// buckets.cc
void read_buckets(Answer&);
void read_bucket_location(Answer&);
void read_bucket_policy(Answer&);
void no_bucket_policy(Answer&, bool there_is_none, GapId gap);
void read_public_access_block(Answer&);
void no_public_access_block(Answer&, bool there_is_none, GapId gap);
void finish_buckets(Work&);

// tables.cc
void read_table_names(Answer&);
void read_table(Answer&);
void read_table_policy(Answer&);
void no_table_policy(Answer&, bool there_is_none, GapId gap);
void finish_tables(Work&);

// resources.cc
void read_queues(Answer&);
void read_queue_attributes(Answer&);
void no_queue_policy(Answer&, bool there_is_none, GapId gap);
void read_topics(Answer&);
void read_topic_attributes(Answer&);
void no_topic_policy(Answer&, bool there_is_none, GapId gap);
void read_keys(Answer&);
void read_key(Answer&);
void read_key_aliases(Answer&);
void read_key_policy(Answer&);
void no_key_policy(Answer&, bool there_is_none, GapId gap);
void read_secrets(Answer&);
void read_secret_policy(Answer&);
void no_secret_policy(Answer&, bool there_is_none, GapId gap);
void read_repositories(Answer&);
void read_repository_policy(Answer&);
void no_repository_policy(Answer&, bool there_is_none, GapId gap);
void read_streams(Answer&);
void read_stream_policy(Answer&);
void no_stream_policy(Answer&, bool there_is_none, GapId gap);
void read_state_machines(Answer&);
void read_event_buses(Answer&);
void read_event_bus(Answer&);
void no_event_bus(Answer&, bool there_is_none, GapId gap);
void finish_resources(Work&);

// identities.cc
void read_authorization_details(Answer&);

// organization.cc
void read_organization(Answer&);
void no_organization(Answer&, bool there_is_none, GapId gap);
void read_roots(Answer&);
void read_units(Answer&);
void read_accounts(Answer&);
void read_parents(Answer&);
void read_org_policies(Answer&);
void no_org_policies(Answer&, bool there_is_none, GapId gap);
void read_org_policy(Answer&);
void read_policy_targets(Answer&);
void no_policy_targets(Answer&, bool there_is_none, GapId gap);
void finish_organization(Work&);

// zones.cc
void read_hosted_zones(Answer&);
void read_hosted_zone(Answer&);
void read_records(Answer&);
void finish_zones(Work&);
void read_zones_of_vpc(Answer&);
void finish_zones_of_vpcs(Work&);

// group_vpcs.cc
void read_group_vpcs(Answer&);
void finish_group_vpcs(Work&);

// resolver.cc
void read_resolver_rules(Answer&);
void read_resolver_rule_associations(Answer&);
void read_resolver_endpoints(Answer&);
void read_resolver_endpoint_addresses(Answer&);
void finish_resolver(Work&);

// profiles.cc
void read_profile_associations(Answer&);
void read_profile_resources(Answer&);
// Adds the VPCs to which profiles bring a zone or rule.
void bring_by_profile(const Work& work, Ref what, std::vector<VpcId>& vpcs);
void finish_profiles(Work&);

// firewall.cc
void read_firewall_associations(Answer&);
void read_firewall_rules(Answer&);
void read_firewall_domain_lists(Answer&);
void read_firewall_domains(Answer&);
void finish_firewall(Work&);

// lattice.cc
void read_resource_gateways(Answer&);
void read_resource_gateway(Answer&);
void read_resource_configurations(Answer&);
void read_resource_configuration(Answer&);
void read_service_networks(Answer&);
void read_service_network(Answer&);
void read_network_vpcs(Answer&);
void read_network_vpc(Answer&);
void read_network_resources(Answer&);
void read_network_services(Answer&);
void finish_lattice(Work&);

// policies.cc
// The policy named `id` (a role's ARN and more, see model/change.h), read from a
// JSON text inside the answer or from JSON itself. An empty id if `node` is absent.
PolicyId put_policy(Answer&, std::string_view id, std::string_view name, Node node);
// A policy that AWS implies and no answer contains.
PolicyId put_policy_text(Work&, Text partition, std::string_view id, std::string_view name, std::string_view text);

// An object without its id: nothing can refer to it, but that it is there is said.
void unnamed(Answer& answer, Node node, const char* member);

}  // namespace sallyport::read::snapshot
