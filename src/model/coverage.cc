#include "model/coverage.h"

#include <algorithm>
#include <string>
#include <tuple>

namespace sallyport {
namespace {

auto order(const Collected& c) { return std::tuple(c.kind, c.region, c.account); }

}  // namespace

Coverage::Coverage(RegistryPtr registry, std::vector<Collected> entries) : registry_(std::move(registry)) {
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Collected& a, const Collected& b) { return order(a) < order(b); });
  // Several sources for one key: one that is complete settles it, unless another holds
  // something that may be such an object and is not read.
  const auto not_read = [&](GapId gap) { return gap && registry_->gaps[gap].kind == GapKind::not_modelled; };
  std::vector<Collected> kept;
  for (const Collected& entry : entries) {
    if (kept.empty() || order(kept.back()) != order(entry)) {
      kept.push_back(entry);
    } else if (!not_read(kept.back().gap) && (!entry.gap || not_read(entry.gap))) {
      kept.back().gap = entry.gap;
    }
  }
  entries_ = std::make_shared<const std::vector<Collected>>(std::move(kept));
}

GapId Coverage::missing(Kind kind, Text account, Text region) const {
  const auto first = std::lower_bound(entries_->begin(), entries_->end(), Collected{kind, Text(), region, {}},
                                      [](const Collected& a, const Collected& b) {
                                        return std::tuple(a.kind, a.region) < std::tuple(b.kind, b.region);
                                      });
  bool seen = false;
  bool complete = false;  // exactly the asked account, or whoever it was
  GapId gap;
  for (auto it = first; it != entries_->end() && it->kind == kind && it->region == region; ++it) {
    if (!account.empty() && !it->account.empty() && it->account != account) continue;
    seen = true;
    if (it->gap) {
      gap = it->gap;
      // What may be such an object and is not read, no list of others settles.
      if (registry_->gaps[gap].kind == GapKind::not_modelled) return gap;
    } else if (!account.empty() && (it->account == account || it->account.empty())) {
      complete = true;
    }
  }
  if (complete) return {};
  if (seen) return gap;
  const std::string word = name(kind);
  std::string what = kind == Kind::repository ? "repositories" : word + (word.ends_with('s') ? "es" : "s");
  if (!account.empty()) what += " of " + registry_->texts.string(account);
  if (!region.empty()) what += " in " + registry_->texts.string(region);
  std::string remedy = listing_command(kind);
  if (!remedy.empty() && !region.empty()) remedy += " --region " + registry_->texts.string(region);
  return registry_->gaps.add({GapKind::not_collected, what + " were not collected", remedy});
}

const char* listing_command(Kind kind) {
  switch (kind) {
    case Kind::vpc: return "aws ec2 describe-vpcs";
    case Kind::subnet: return "aws ec2 describe-subnets";
    case Kind::route_table: return "aws ec2 describe-route-tables";
    case Kind::network_acl: return "aws ec2 describe-network-acls";
    case Kind::security_group: return "aws ec2 describe-security-groups";
    case Kind::network_interface: return "aws ec2 describe-network-interfaces";
    case Kind::instance: return "aws ec2 describe-instances";
    case Kind::internet_gateway: return "aws ec2 describe-internet-gateways";
    case Kind::egress_only_gateway: return "aws ec2 describe-egress-only-internet-gateways";
    case Kind::nat_gateway: return "aws ec2 describe-nat-gateways";
    case Kind::endpoint: return "aws ec2 describe-vpc-endpoints";
    case Kind::endpoint_service: return "aws ec2 describe-vpc-endpoint-services";
    case Kind::prefix_list: return "aws ec2 describe-managed-prefix-lists";
    case Kind::peering: return "aws ec2 describe-vpc-peering-connections";
    case Kind::dhcp_options: return "aws ec2 describe-dhcp-options";
    case Kind::transit_gateway: return "aws ec2 describe-transit-gateways";
    case Kind::transit_attachment: return "aws ec2 describe-transit-gateway-attachments";
    case Kind::transit_table: return "aws ec2 describe-transit-gateway-route-tables";
    case Kind::vpn_gateway: return "aws ec2 describe-vpn-gateways";
    case Kind::function: return "aws lambda list-functions";
    case Kind::bucket: return "aws s3api list-buckets";
    case Kind::table: return "aws dynamodb list-tables";
    case Kind::hosted_zone: return "aws route53 list-hosted-zones";
    case Kind::resolver_rule: return "aws route53resolver list-resolver-rules";
    case Kind::role:
    case Kind::user:
    case Kind::group:
    case Kind::policy: return "aws iam get-account-authorization-details";
    case Kind::instance_profile: return "aws iam get-account-authorization-details";
    case Kind::account: return "aws organizations list-accounts";
    case Kind::organization: return "aws organizations describe-organization";
    case Kind::org_node: return "aws organizations list-roots";
    case Kind::queue: return "aws sqs list-queues";
    case Kind::topic: return "aws sns list-topics";
    case Kind::key: return "aws kms list-keys";
    case Kind::secret: return "aws secretsmanager list-secrets";
    case Kind::repository: return "aws ecr describe-repositories";
    case Kind::event_bus: return "aws events list-event-buses";
    case Kind::api: return "aws apigateway get-rest-apis";
    case Kind::stream: return "aws kinesis list-streams";
    case Kind::state_machine: return "aws stepfunctions list-state-machines";
    case Kind::resolver_endpoint: return "aws route53resolver list-resolver-endpoints";
    case Kind::public_access_block: return "aws ec2 describe-vpc-block-public-access-options";
    case Kind::public_access_exclusion: return "aws ec2 describe-vpc-block-public-access-exclusions";
    case Kind::dns_firewall: return "aws route53resolver list-firewall-rule-group-associations";
    case Kind::resource_gateway: return "aws vpc-lattice list-resource-gateways";
    case Kind::resource_configuration: return "aws vpc-lattice list-resource-configurations";
    case Kind::service_network: return "aws vpc-lattice list-service-networks";
    case Kind::load_balancer: return "aws elbv2 describe-load-balancers";
    case Kind::target_group: return "aws elbv2 describe-target-groups";
    case Kind::task: return "aws ecs list-tasks";
    case Kind::cluster: return "aws eks list-clusters";
    case Kind::database: return "aws rds describe-db-instances";
    case Kind::warehouse: return "aws redshift describe-clusters";
    case Kind::cache: return "aws elasticache describe-cache-clusters";
    case Kind::search_domain: return "aws opensearch list-domain-names";
    case Kind::broker: return "aws kafka list-clusters-v2";
    case Kind::file_system: return "aws efs describe-mount-targets";
    case Kind::notebook: return "aws sagemaker list-notebook-instances";
    case Kind::build_project: return "aws codebuild list-projects";
    case Kind::data_connection: return "aws glue get-connections";
    case Kind::job_queue: return "aws batch describe-compute-environments";
    case Kind::web_service: return "aws apprunner list-services";
    case Kind::data_cluster: return "aws emr list-clusters --active";
    case Kind::connect_endpoint: return "aws ec2 describe-instance-connect-endpoints";
    case Kind::platform_workload:
    case Kind::resource:
    case Kind::local_gateway:
    case Kind::carrier_gateway:
    case Kind::core_network:
    case Kind::none:
    case Kind::count_: break;
  }
  return "";
}

}  // namespace sallyport
