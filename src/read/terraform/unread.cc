// What a plan or state calls things, and what resources of types that no reader takes may add
// to a VPC (planned/coverage.h).
#include "read/terraform/work.h"

namespace sallyport::read::terraform {
namespace {

constexpr planned::Hides hides[] = {
    {"aws_route53_resolver_config", Kind::resolver_rule},
    {"aws_route53profiles_", Kind::hosted_zone},
    {"aws_route53profiles_", Kind::resolver_rule},
    {"aws_service_discovery_private_dns_namespace", Kind::hosted_zone},
    {"aws_cloudformation_stack", Kind::none},
    {"aws_networkfirewall_firewall", Kind::endpoint},
    {"aws_ec2_", Kind::none},
    {"aws_vpc_", Kind::none},
    {"aws_subnet", Kind::none},
    {"aws_route_table", Kind::none},
    {"aws_network_acl", Kind::none},
    {"aws_security_group", Kind::none},
    {"aws_internet_gateway", Kind::none},
    {"aws_nat_gateway", Kind::none},
    {"aws_default_", Kind::none},
    {"aws_vpclattice_", Kind::endpoint},
    {"awscc_", Kind::none},
};

// Types of those that add nothing to a VPC.
constexpr std::string_view harmless[] = {
    "aws_ec2_capacity_",
    "aws_ec2_fleet",
    "aws_ec2_client_vpn_",
    "aws_ec2_instance_connect_endpoint",
    "aws_ec2_local_gateway",
    "aws_ec2_host",
    "aws_ec2_image_",
    "aws_ec2_instance_metadata_",
    "aws_ec2_serial_",
    "aws_ec2_tag",
    "aws_ec2_traffic_mirror_",
    "aws_ec2_transit_gateway",
    "aws_ec2_availability_zone_group",
    "aws_ec2_network_insights_",
    "aws_ec2_subnet_cidr_reservation",
    "aws_vpc_endpoint_service",
    "aws_vpc_endpoint_connection_notification",
    "aws_vpc_ipam",
    "aws_vpc_dhcp_options",
    "aws_vpc_network_performance_metric_subscription",
};

Text fresh(Registry& registry, std::string_view name) { return registry.texts.symbol(name); }

planned::Wording words(const char* beside) {
  return {beside,
          "collect the account (`collect.sh`) and give its folder too",
          "is known after apply",
          "are known after apply",
          "apply the plan and collect the account",
          "collect the account once the plan is applied",
          hides,
          harmless,
          fresh};
}

}  // namespace

const planned::Wording& words_of(bool of_plan) {
  static const planned::Wording plan = words("what others made beside the resources of this plan is not in it");
  static const planned::Wording state = words("what others made beside the resources of this state is not in it");
  return of_plan ? plan : state;
}

}  // namespace sallyport::read::terraform
