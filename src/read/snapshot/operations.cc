#include "read/snapshot/operations.h"

#include <algorithm>
#include <iterator>

#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

void nothing(Answer&) {}

// Sorted by service; within one, as one reads them. A key that stands at several
// operations needs the file's name.
constexpr Operation table[] = {
    {"ec2-describe-vpcs", "Vpcs", Says::list, read_vpcs, nullptr, {Kind::vpc}},
    {"ec2-describe-vpc-attribute", "EnableDnsSupport", Says::one, read_vpc_attribute},
    {"ec2-describe-vpc-attribute", "EnableDnsHostnames", Says::one, read_vpc_attribute},
    {"ec2-describe-vpc-attribute", "EnableNetworkAddressUsageMetrics", Says::nothing, nothing},
    {"ec2-describe-dhcp-options", "DhcpOptions", Says::list, read_dhcp_options, nullptr, {Kind::dhcp_options}},
    {"ec2-describe-subnets", "Subnets", Says::list, read_subnets, nullptr, {Kind::subnet}},
    {"ec2-describe-route-tables", "RouteTables", Says::list, read_route_tables, nullptr, {Kind::route_table}},
    {"ec2-describe-network-acls", "NetworkAcls", Says::list, read_network_acls, nullptr, {Kind::network_acl}},
    {"ec2-describe-security-groups",
     "SecurityGroups",
     Says::list,
     read_security_groups,
     nullptr,
     {Kind::security_group}},
    {"ec2-describe-security-group-rules", "SecurityGroupRules", Says::one, read_security_group_rules},
    {"ec2-describe-security-group-vpc-associations", "SecurityGroupVpcAssociations", Says::one, read_group_vpcs},
    {"ec2-describe-network-interfaces",
     "NetworkInterfaces",
     Says::list,
     read_interfaces,
     nullptr,
     {Kind::network_interface}},
    {"ec2-describe-addresses", "Addresses", Says::one, read_addresses},
    {"ec2-describe-instances", "Reservations", Says::list, read_instances, nullptr, {Kind::instance}},
    {"ec2-describe-internet-gateways",
     "InternetGateways",
     Says::list,
     read_internet_gateways,
     nullptr,
     {Kind::internet_gateway}},
    {"ec2-describe-egress-only-internet-gateways",
     "EgressOnlyInternetGateways",
     Says::list,
     read_egress_only_gateways,
     nullptr,
     {Kind::egress_only_gateway}},
    {"ec2-describe-nat-gateways", "NatGateways", Says::list, read_nat_gateways, nullptr, {Kind::nat_gateway}},
    {"ec2-describe-vpc-peering-connections",
     "VpcPeeringConnections",
     Says::list,
     read_peerings,
     nullptr,
     {Kind::peering}},
    {"ec2-describe-vpc-endpoints", "VpcEndpoints", Says::list, read_endpoints, nullptr, {Kind::endpoint}},
    {"ec2-describe-vpc-endpoint-services",
     "ServiceDetails",
     Says::list,
     read_endpoint_services,
     nullptr,
     {Kind::endpoint_service}},
    {"ec2-describe-vpc-endpoint-service-configurations", "ServiceConfigurations", Says::one, read_endpoint_offers},
    {"ec2-describe-vpc-endpoint-service-permissions", "AllowedPrincipals", Says::one, read_endpoint_offer_principals},
    {"ec2-describe-vpc-endpoint-connections", "VpcEndpointConnections", Says::one, read_endpoint_connections},
    {"ec2-describe-vpc-endpoint-associations", "VpcEndpointAssociations", Says::one, read_endpoint_associations},
    {"ec2-describe-managed-prefix-lists",
     "PrefixLists",
     Says::list,
     read_managed_prefix_lists,
     nullptr,
     {Kind::prefix_list}},
    {"ec2-describe-prefix-lists", "PrefixLists", Says::one, read_managed_prefix_lists},
    {"ec2-get-managed-prefix-list-entries", "Entries", Says::one, read_prefix_list_entries, no_prefix_list_entries},
    {"ec2-describe-vpc-block-public-access-options", "VpcBlockPublicAccessOptions", Says::one,
     read_public_access_options},
    {"ec2-describe-vpc-block-public-access-exclusions",
     "VpcBlockPublicAccessExclusions",
     Says::list,
     read_public_access_exclusions,
     nullptr,
     {Kind::public_access_exclusion}},
    {"ec2-describe-transit-gateways",
     "TransitGateways",
     Says::list,
     read_transit_gateways,
     nullptr,
     {Kind::transit_gateway}},
    {"ec2-describe-transit-gateway-attachments",
     "TransitGatewayAttachments",
     Says::list,
     read_transit_attachments,
     nullptr,
     {Kind::transit_attachment}},
    {"ec2-describe-transit-gateway-vpc-attachments",
     "TransitGatewayVpcAttachments",
     Says::list,
     read_transit_vpc_attachments,
     nullptr,
     {Kind::transit_attachment}},
    {"ec2-describe-transit-gateway-peering-attachments", "TransitGatewayPeeringAttachments", Says::one,
     read_transit_peerings},
    {"ec2-describe-transit-gateway-policy-tables", "TransitGatewayPolicyTables", Says::one, read_transit_policy_tables},
    {"ec2-describe-transit-gateway-route-tables",
     "TransitGatewayRouteTables",
     Says::list,
     read_transit_tables,
     nullptr,
     {Kind::transit_table}},
    {"ec2-search-transit-gateway-routes", "Routes", Says::one, read_transit_routes, no_transit_routes},
    {"ec2-search-transit-gateway-routes", "TransitGatewayStaticRoutes", Says::one, read_transit_static_routes},
    {"ec2-get-transit-gateway-route-table-associations", "Associations", Says::one, read_transit_associations},
    {"ec2-get-transit-gateway-route-table-propagations", "TransitGatewayRouteTablePropagations", Says::one,
     read_transit_propagations, no_transit_propagations},
    {"ec2-get-transit-gateway-route-table-propagations", "TransitGatewayPropagations", Says::one,
     read_all_transit_propagations},
    {"ec2-describe-vpn-gateways", "VpnGateways", Says::list, read_vpn_gateways, nullptr, {Kind::vpn_gateway}},
    {"ec2-describe-vpn-connections", "VpnConnections", Says::one, read_vpn_connections},
    {"ec2-describe-customer-gateways", "CustomerGateways", Says::nothing, nothing},
    {"directconnect-describe-virtual-interfaces", "virtualInterfaces", Says::one, read_virtual_interfaces},
    {"directconnect-describe-direct-connect-gateway-associations", "directConnectGatewayAssociations", Says::one,
     read_direct_connect_associations},
    {"route53profiles-list-profile-associations", "ProfileAssociations", Says::one, read_profile_associations},
    {"ec2-describe-availability-zones", "AvailabilityZones", Says::nothing, nothing},
    {"ec2-describe-regions", "Regions", Says::nothing, nothing},
    {"ec2-describe-account-attributes", "AccountAttributes", Says::nothing, nothing},
    {"ec2-describe-flow-logs", "FlowLogs", Says::nothing, nothing},
    {"ec2-describe-tags", "Tags", Says::nothing, nothing},
    {"elbv2-describe-load-balancers", "LoadBalancers", Says::list, read_load_balancers, nullptr, {Kind::load_balancer}},
    {"elbv2-describe-listeners", "Listeners", Says::one, read_listeners},
    {"elbv2-describe-listeners", "LoadBalancerListeners", Says::one, read_all_listeners},
    {"elbv2-describe-rules", "Rules", Says::one, read_listener_rules},
    {"elbv2-describe-load-balancer-attributes", "Attributes", Says::one, read_balancer_attributes},
    {"elbv2-describe-target-groups", "TargetGroups", Says::list, read_target_groups, nullptr, {Kind::target_group}},
    {"elbv2-describe-target-group-attributes", "Attributes", Says::one, read_balancer_attributes},
    {"elbv2-describe-target-health", "TargetHealthDescriptions", Says::one, read_target_health},
    {"elbv2-describe-target-health", "LoadBalancerTargetHealth", Says::one, read_all_target_health},
    {"elb-describe-load-balancers", "LoadBalancerDescriptions", Says::one, read_classic_balancers},
    {"elb-describe-load-balancer-attributes", "LoadBalancerAttributes", Says::one, read_classic_attributes},
    {"elb-describe-instance-health", "InstanceStates", Says::one, read_classic_health},
    {"ecs-list-clusters", "clusterArns", Says::nothing, nothing},
    {"ecs-list-services", "serviceArns", Says::nothing, nothing},
    {"ecs-list-tasks", "taskArns", Says::one, read_task_list},
    {"ecs-describe-tasks", "tasks", Says::one, read_tasks},
    {"ecs-describe-services", "services", Says::one, read_ecs_services},
    {"ecs-describe-task-definition", "taskDefinition", Says::one, read_task_definition},
    {"eks-list-clusters", "clusters", Says::list, read_kubernetes_names, nullptr, {Kind::cluster}},
    {"eks-describe-cluster", "cluster", Says::one, read_kubernetes_cluster},
    {"apprunner-list-services", "ServiceSummaryList", Says::list, read_web_service_names, nullptr, {Kind::web_service}},
    {"apprunner-describe-service", "Service", Says::one, read_web_service},
    {"apprunner-list-vpc-connectors", "VpcConnectors", Says::one, read_vpc_connectors},
    {"rds-describe-db-instances", "DBInstances", Says::list, read_database_instances, nullptr, {Kind::database}},
    {"rds-describe-db-clusters", "DBClusters", Says::one, read_database_clusters},
    {"redshift-describe-clusters", "Clusters", Says::list, read_warehouses, nullptr, {Kind::warehouse}},
    {"redshift-describe-cluster-subnet-groups", "ClusterSubnetGroups", Says::one, read_warehouse_subnet_groups},
    {"elasticache-describe-cache-clusters", "CacheClusters", Says::list, read_caches, nullptr, {Kind::cache}},
    {"elasticache-describe-cache-subnet-groups", "CacheSubnetGroups", Says::one, read_cache_subnet_groups},
    {"opensearch-list-domain-names",
     "DomainNames",
     Says::list,
     read_search_domain_names,
     nullptr,
     {Kind::search_domain}},
    {"opensearch-describe-domain", "DomainStatus", Says::one, read_search_domain},
    {"kafka-list-clusters-v2", "ClusterInfoList", Says::list, read_brokers, nullptr, {Kind::broker}},
    {"kafka-list-nodes", "NodeInfoList", Says::one, read_broker_nodes},
    {"efs-describe-mount-targets", "MountTargets", Says::one, read_mount_targets},
    {"sagemaker-list-notebook-instances",
     "NotebookInstances",
     Says::list,
     read_notebook_names,
     nullptr,
     {Kind::notebook}},
    {"sagemaker-describe-notebook-instance", "NotebookInstanceArn", Says::one, read_notebook},
    {"sagemaker-list-domains", "Domains", Says::one, read_studio_names},
    {"sagemaker-describe-domain", "DomainArn", Says::one, read_studio},
    {"codebuild-list-projects", "projects", Says::list, read_build_projects, nullptr, {Kind::build_project}},
    {"codebuild-batch-get-projects", "projects", Says::one, read_build_projects},
    {"glue-get-connections", "ConnectionList", Says::list, read_data_connections, nullptr, {Kind::data_connection}},
    {"batch-describe-compute-environments",
     "computeEnvironments",
     Says::list,
     read_compute_environments,
     nullptr,
     {Kind::job_queue}},
    {"lambda-list-functions", "Functions", Says::list, read_functions, nullptr, {Kind::function}},
    {"lambda-get-function-configuration", "FunctionArn", Says::one, read_function},
    {"lambda-get-function", "Configuration", Says::one, read_function},
    {"lambda-get-policy", "Policy", Says::one, read_function_policy, no_function_policy},
    {"lambda-list-function-url-configs", "FunctionUrlConfigs", Says::one, read_function_urls, no_function_urls},
    {"apigateway-get-rest-apis", "items", Says::list, read_rest_apis, nullptr, {Kind::api}},
    {"apigateway-get-vpc-links", "items", Says::one, read_rest_vpc_links},
    {"apigatewayv2-get-apis", "Items", Says::one, read_http_apis},
    {"apigatewayv2-get-vpc-links", "Items", Says::one, read_http_vpc_links},
    {"efs-describe-file-systems", "FileSystems", Says::one, read_file_systems},
    {"events-list-connections", "Connections", Says::one, read_event_connection_names},
    {"events-describe-connection", "ConnectionArn", Says::one, read_event_connection},
    {"s3api-list-buckets", "Buckets", Says::global, read_buckets, nullptr, {Kind::bucket}},
    {"s3api-get-bucket-location", "LocationConstraint", Says::one, read_bucket_location},
    {"s3api-get-bucket-policy", "Policy", Says::one, read_bucket_policy, no_bucket_policy},
    {"s3api-get-public-access-block", "PublicAccessBlockConfiguration", Says::one, read_public_access_block,
     no_public_access_block},
    {"s3control-get-public-access-block", "PublicAccessBlockConfiguration", Says::one, read_public_access_block,
     no_public_access_block},
    {"s3api-get-bucket-policy-status", "PolicyStatus", Says::nothing, nothing},
    {"dynamodb-list-tables", "TableNames", Says::list, read_table_names, nullptr, {Kind::table}},
    {"dynamodb-describe-table", "Table", Says::one, read_table},
    {"dynamodb-get-resource-policy", "Policy", Says::one, read_table_policy, no_table_policy},
    {"sqs-list-queues", "QueueUrls", Says::list_or_nothing, read_queues, nullptr, {Kind::queue}},
    {"sqs-get-queue-attributes", "Attributes", Says::one, read_queue_attributes, no_queue_policy},
    {"sns-list-topics", "Topics", Says::list, read_topics, nullptr, {Kind::topic}},
    {"sns-get-topic-attributes", "Attributes", Says::one, read_topic_attributes, no_topic_policy},
    {"kms-list-keys", "Keys", Says::list, read_keys, nullptr, {Kind::key}},
    {"kms-describe-key", "KeyMetadata", Says::one, read_key},
    {"kms-list-aliases", "Aliases", Says::one, read_key_aliases},
    {"kms-get-key-policy", "Policy", Says::one, read_key_policy, no_key_policy},
    {"secretsmanager-list-secrets", "SecretList", Says::list, read_secrets, nullptr, {Kind::secret}},
    {"secretsmanager-get-resource-policy", "ResourcePolicy", Says::one, read_secret_policy, no_secret_policy},
    {"secretsmanager-get-resource-policy", "ARN", Says::one, read_secret_policy, no_secret_policy},
    {"emr-list-clusters", "Clusters", Says::list, read_data_cluster_names, nullptr, {Kind::data_cluster}},
    {"emr-describe-cluster", "Cluster", Says::one, read_data_cluster},
    {"ec2-describe-instance-connect-endpoints",
     "InstanceConnectEndpoints",
     Says::list,
     read_connect_endpoints,
     nullptr,
     {Kind::connect_endpoint}},
    {"route53-list-hosted-zones-by-vpc", "HostedZoneSummaries", Says::one, read_zones_of_vpc},
    {"kinesis-list-streams", "StreamNames", Says::list, read_streams, nullptr, {Kind::stream}},
    {"kinesis-get-resource-policy", "Policy", Says::one, read_stream_policy, no_stream_policy},
    {"stepfunctions-list-state-machines",
     "stateMachines",
     Says::list,
     read_state_machines,
     nullptr,
     {Kind::state_machine}},
    {"ecr-describe-repositories", "repositories", Says::list, read_repositories, nullptr, {Kind::repository}},
    {"ecr-get-repository-policy", "policyText", Says::one, read_repository_policy, no_repository_policy},
    {"events-list-event-buses", "EventBuses", Says::list, read_event_buses, nullptr, {Kind::event_bus}},
    {"events-describe-event-bus", "Arn", Says::one, read_event_bus, no_event_bus},
    {"iam-get-account-authorization-details", "RoleDetailList", Says::one, read_authorization_details},
    {"iam-get-account-authorization-details", "UserDetailList", Says::one, read_authorization_details},
    {"iam-get-account-authorization-details", "GroupDetailList", Says::one, read_authorization_details},
    {"iam-get-account-summary", "SummaryMap", Says::nothing, nothing},
    {"organizations-describe-organization", "Organization", Says::one, read_organization, no_organization},
    {"organizations-list-roots", "Roots", Says::global, read_roots},
    {"organizations-list-organizational-units-for-parent", "OrganizationalUnits", Says::one, read_units},
    {"organizations-list-accounts", "Accounts", Says::global, read_accounts, nullptr, {Kind::org_node}},
    {"organizations-list-accounts-for-parent", "Accounts", Says::one, read_accounts},
    {"organizations-list-parents", "Parents", Says::one, read_parents},
    {"organizations-list-policies", "Policies", Says::one, read_org_policies, no_org_policies},
    {"organizations-describe-policy", "Policy", Says::one, read_org_policy},
    {"organizations-list-targets-for-policy", "Targets", Says::one, read_policy_targets, no_policy_targets},
    {"route53-list-hosted-zones", "HostedZones", Says::global, read_hosted_zones, nullptr, {Kind::hosted_zone}},
    {"route53-get-hosted-zone", "HostedZone", Says::one, read_hosted_zone},
    {"route53-list-resource-record-sets", "ResourceRecordSets", Says::one, read_records},
    {"route53resolver-list-resolver-rules",
     "ResolverRules",
     Says::list,
     read_resolver_rules,
     nullptr,
     {Kind::resolver_rule}},
    {"route53resolver-list-resolver-rule-associations", "ResolverRuleAssociations", Says::one,
     read_resolver_rule_associations},
    {"route53resolver-list-resolver-endpoints",
     "ResolverEndpoints",
     Says::list,
     read_resolver_endpoints,
     nullptr,
     {Kind::resolver_endpoint}},
    {"route53resolver-list-resolver-endpoint-ip-addresses", "IpAddresses", Says::one, read_resolver_endpoint_addresses},
    {"route53resolver-list-firewall-rule-group-associations",
     "FirewallRuleGroupAssociations",
     Says::list,
     read_firewall_associations,
     nullptr,
     {Kind::dns_firewall}},
    {"route53resolver-list-firewall-rules", "FirewallRules", Says::one, read_firewall_rules},
    {"route53resolver-list-firewall-domain-lists", "FirewallDomainLists", Says::one, read_firewall_domain_lists},
    {"route53resolver-list-firewall-domains", "Domains", Says::one, read_firewall_domains},
    {"route53profiles-list-profile-resource-associations", "ProfileResourceAssociations", Says::one,
     read_profile_resources},
    {"vpc-lattice-list-resource-gateways",
     "items",
     Says::list,
     read_resource_gateways,
     nullptr,
     {Kind::resource_gateway}},
    {"vpc-lattice-get-resource-gateway", "subnetIds", Says::one, read_resource_gateway},
    {"vpc-lattice-list-resource-configurations",
     "items",
     Says::list,
     read_resource_configurations,
     nullptr,
     {Kind::resource_configuration}},
    {"vpc-lattice-get-resource-configuration", "resourceConfigurationDefinition", Says::one,
     read_resource_configuration},
    {"vpc-lattice-list-service-networks", "items", Says::list, read_service_networks, nullptr, {Kind::service_network}},
    {"vpc-lattice-get-service-network", "authType", Says::one, read_service_network},
    {"vpc-lattice-list-service-network-vpc-associations", "items", Says::one, read_network_vpcs},
    {"vpc-lattice-get-service-network-vpc-association", "securityGroupIds", Says::one, read_network_vpc},
    {"vpc-lattice-list-service-network-resource-associations", "items", Says::one, read_network_resources},
    {"vpc-lattice-list-service-network-service-associations", "items", Says::one, read_network_services},
    {"sts-get-caller-identity", "UserId", Says::nothing, nothing},
};

// The spelling of other collectors, and of flat files that put the type into the name.
std::string_view plain(std::string_view name, std::string& room) {
  if (name.starts_with("s3-")) {
    room = "s3api-" + std::string(name.substr(3));
    return room;
  }
  if (name == "es-describe-elasticsearch-domain") return "opensearch-describe-domain";
  if (name == "es-list-domain-names") return "opensearch-list-domain-names";
  if (name == "kafka-list-clusters") return "kafka-list-clusters-v2";
  for (const std::string_view ending : {"-scp", "-rcp"}) {
    if (name.starts_with("organizations-") && name.ends_with(ending)) name.remove_suffix(ending.size());
  }
  return name;
}

}  // namespace

std::span<const Operation> operations() { return table; }

bool read_by_items(const Operation& operation) {
  constexpr void (*readers[])(Answer&) = {
      read_vpcs,       read_subnets,   read_route_tables, read_network_acls, read_security_groups,
      read_interfaces, read_instances, read_nat_gateways, read_endpoints,    read_functions,
  };
  return std::find(std::begin(readers), std::end(readers), operation.read) != std::end(readers);
}

const Operation* operation_named(std::string_view name) {
  std::string room;
  name = plain(name, room);
  for (const Operation& o : table) {
    if (o.name == name) return &o;
  }
  return nullptr;
}

const Operation* operation_of(json::Node root, std::string_view name) {
  std::string room;
  name = plain(name, room);
  const std::string_view service = name.substr(0, name.find('-'));
  const Operation* candidate = nullptr;
  bool choice = false;
  for (const Operation& o : table) {
    if (!root[o.key]) continue;
    if (o.name == name) return &o;
    // Many services have `Policies` or `Targets`: a name of another service tells.
    if (!name.empty() && o.name.substr(0, o.name.find('-')) != service) continue;
    if (candidate == nullptr) candidate = &o;
    choice = choice || candidate->name != o.name;
  }
  if (!choice) return candidate;
  if (const json::Node attributes = root["Attributes"]) {
    if (attributes["QueueArn"]) return operation_named("sqs-get-queue-attributes");
    if (attributes["TopicArn"]) return operation_named("sns-get-topic-attributes");
  }
  if (const json::Node clusters = root["Clusters"]) {
    const bool of_emr = clusters.size() > 0 && clusters.at(0)["ClusterArn"];
    return operation_named(of_emr ? "emr-list-clusters" : "redshift-describe-clusters");
  }
  if (const json::Node lists = root["PrefixLists"]) {
    const bool older = lists.size() > 0 && !lists.at(0)["PrefixListArn"];
    return operation_named(older ? "ec2-describe-prefix-lists" : "ec2-describe-managed-prefix-lists");
  }
  return nullptr;
}

}  // namespace sallyport::read::snapshot
