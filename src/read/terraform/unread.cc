// Resources that no reader takes: listed once each with their number, and what they may
// change held back from coverage.
#include <algorithm>

#include "read/terraform/families.h"

namespace sallyport::read::terraform {
namespace {

// What resources of a type, told by how its name begins, may add to a VPC.
struct Hides {
  std::string_view prefix;
  Kind kind;  // `none`: any kind
};
constexpr Hides hides[] = {
    {"aws_route53_zone", Kind::hosted_zone},
    {"aws_route53_resolver_", Kind::resolver_rule},
    {"aws_route53profiles_", Kind::hosted_zone},
    {"aws_route53profiles_", Kind::resolver_rule},
    {"aws_service_discovery_private_dns_namespace", Kind::hosted_zone},
    {"aws_cloudformation_stack", Kind::none},
    {"aws_networkfirewall_firewall", Kind::endpoint},
    {"aws_vpc_peering_connection", Kind::peering},
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
    {"aws_eks_cluster", Kind::security_group},
    {"awscc_", Kind::none},
};

// Types of those that add nothing to a VPC.
constexpr std::string_view harmless[] = {
    "aws_ec2_capacity_",
    "aws_ec2_fleet",
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
    "aws_vpc_peering_connection",  // the peering itself; see above
};

bool begins(std::string_view text, const auto& prefixes) {
  return std::any_of(std::begin(prefixes), std::end(prefixes),
                     [&](std::string_view prefix) { return text.starts_with(prefix); });
}

bool may_hide(std::string_view type, Kind kind) {
  return std::any_of(std::begin(hides), std::end(hides), [&](const Hides& h) {
    if (!type.starts_with(h.prefix)) return false;
    return h.kind == kind || (h.kind == Kind::none && !begins(type, harmless));
  });
}

}  // namespace

void report_unread(Work& work, const std::map<std::string, std::vector<const Resource*>>& types) {
  for (const auto& [type, resources] : types) {
    work.unread_types.insert(type);
    work.change.unread.push_back({type, resources.size()});
    work.change.diagnostics.push_back({Severity::note, "unread-type",
                                       "`" + type + "` is not read (" + std::to_string(resources.size()) +
                                           (resources.size() == 1 ? " resource)" : " resources)"),
                                       resources.front()->node.origin()});
  }
}

GapId hidden_by_unread(Work& work, Kind kind) {
  for (const std::string& type : work.unread_types) {
    if (!may_hide(type, kind)) continue;
    return work.registry.gaps.add({GapKind::not_modelled, "resources of the type `" + type + "` are not read",
                                   "collect the account once the plan is applied"});
  }
  return {};
}

}  // namespace sallyport::read::terraform
