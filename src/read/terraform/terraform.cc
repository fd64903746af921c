#include "read/terraform/terraform.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <deque>

#include "read/planned/coverage.h"
#include "read/planned/endpoints.h"
#include "read/planned/lattice.h"
#include "read/planned/managed_policies.h"
#include "read/planned/standing.h"
#include "read/terraform/families.h"
#include "read/terraform/profiles.h"
#include "read/terraform/settle.h"
#include "read/terraform/spread.h"

namespace sallyport::read {
namespace terraform {
namespace {

// What is read before what: parts of things after the things, and what stands in a
// subnet, or is named by a policy, after all of them.
enum Phase : int { places, vpcs, things, parts, residents, attachments, phases };

struct Type {  // NOLINT(clang-analyzer-optin.performance.Padding): in the order of the table
  std::string_view name;
  Phase phase;
  void (*read)(const Block&);
  bool also_removed = false;  // a part: that it goes away changes the thing that it is part of
};

constexpr bool part = true;

constexpr Type types[] = {
    {"aws_vpc", vpcs, read_vpc},
    {"aws_default_vpc", vpcs, read_vpc},
    {"aws_subnet", things, read_subnet},
    {"aws_default_subnet", things, read_subnet},
    {"aws_vpc_ipv4_cidr_block_association", things, read_cidr_association, part},
    {"aws_vpc_ipv6_cidr_block_association", things, read_cidr_association, part},
    {"aws_vpc_dhcp_options", things, nullptr},  // read with its association
    {"aws_vpc_dhcp_options_association", parts, read_dhcp_association, part},

    {"aws_route_table", things, read_route_table},
    {"aws_default_route_table", parts, read_default_route_table},
    {"aws_route", residents, read_route, part},
    {"aws_route_table_association", residents, read_route_table_association, part},
    {"aws_main_route_table_association", residents, read_main_route_table_association, part},

    {"aws_vpn_gateway_route_propagation", residents, read_route_propagation, part},

    {"aws_network_acl", things, read_network_acl},
    {"aws_default_network_acl", parts, read_default_network_acl},
    {"aws_network_acl_rule", residents, read_network_acl_rule, part},
    {"aws_network_acl_association", residents, read_network_acl_association, part},

    {"aws_security_group", things, read_security_group},
    {"aws_default_security_group", parts, read_default_security_group},
    {"aws_security_group_rule", residents, read_group_rule, part},
    {"aws_vpc_security_group_ingress_rule", residents, read_vpc_ingress_rule, part},
    {"aws_vpc_security_group_egress_rule", residents, read_vpc_egress_rule, part},
    {"aws_vpc_security_group_vpc_association", parts, read_group_association, part},

    {"aws_internet_gateway", things, read_internet_gateway},
    {"aws_internet_gateway_attachment", parts, read_internet_gateway_attachment, part},
    {"aws_egress_only_internet_gateway", things, read_egress_only_gateway},
    {"aws_nat_gateway", parts, read_nat_gateway},
    {"aws_vpc_block_public_access_options", residents, read_public_block, part},
    {"aws_vpc_block_public_access_exclusion", residents, read_public_exclusion},
    {"aws_eip", residents, read_elastic_address, part},
    {"aws_eip_association", residents, read_elastic_address, part},

    {"aws_ec2_managed_prefix_list", places, read_prefix_list},
    {"aws_ec2_managed_prefix_list_entry", vpcs, read_prefix_list_entry, part},

    {"aws_vpc_endpoint", parts, read_endpoint},
    {"aws_vpc_endpoint_route_table_association", residents, read_endpoint_route_table, part},
    {"aws_vpc_endpoint_subnet_association", residents, read_endpoint_subnet, part},
    {"aws_vpc_endpoint_security_group_association", residents, read_endpoint_group, part},
    {"aws_vpc_endpoint_policy", residents, read_endpoint_policy, part},

    {"aws_vpc_endpoint_service", things, read_endpoint_service},
    {"aws_vpc_endpoint_service_allowed_principal", parts, read_service_principal, part},
    {"aws_vpc_endpoint_connection_accepter", residents, read_service_accepter, part},

    {"aws_lb", parts, read_load_balancer},
    {"aws_alb", parts, read_load_balancer},
    {"aws_lb_target_group", parts, read_target_group},
    {"aws_alb_target_group", parts, read_target_group},
    {"aws_lb_listener", residents, read_listener, part},
    {"aws_alb_listener", residents, read_listener, part},
    {"aws_lb_listener_rule", attachments, read_listener_rule, part},
    {"aws_alb_listener_rule", attachments, read_listener_rule, part},
    {"aws_lb_target_group_attachment", attachments, read_target, part},
    {"aws_alb_target_group_attachment", attachments, read_target, part},
    {"aws_elb", parts, read_classic_balancer},
    {"aws_elb_attachment", attachments, read_classic_target, part},
    {"aws_lb_listener_certificate", things, nullptr},  // changes no way

    {"aws_vpc_peering_connection", parts, read_peering},
    {"aws_vpc_peering_connection_accepter", residents, read_peering_accepter, part},
    {"aws_vpc_peering_connection_options", attachments, read_peering_options, part},

    {"aws_ec2_transit_gateway", vpcs, read_transit_gateway},
    {"aws_ec2_transit_gateway_route_table", things, read_transit_table},
    {"aws_ec2_transit_gateway_vpc_attachment", parts, read_transit_vpc_attachment},
    {"aws_ec2_transit_gateway_peering_attachment", parts, read_transit_peering},
    {"aws_ec2_transit_gateway_vpc_attachment_accepter", residents, read_transit_accepter, part},
    {"aws_ec2_transit_gateway_peering_attachment_accepter", residents, read_transit_accepter, part},
    {"aws_ec2_transit_gateway_route_table_association", residents, read_transit_association, part},
    {"aws_ec2_transit_gateway_route_table_propagation", residents, read_transit_propagation, part},
    {"aws_ec2_transit_gateway_route", residents, read_transit_route, part},
    {"aws_ec2_transit_gateway_connect", residents, read_transit_routes_of_others, part},
    {"aws_vpn_connection", residents, read_transit_routes_of_others, part},
    {"aws_dx_gateway_association", residents, read_transit_routes_of_others, part},
    {"aws_dx_private_virtual_interface", residents, read_transit_routes_of_others, part},
    {"aws_dx_hosted_private_virtual_interface_accepter", residents, read_transit_routes_of_others, part},
    {"aws_networkmanager_transit_gateway_peering", residents, read_transit_routes_of_others, part},
    {"aws_networkmanager_transit_gateway_route_table_attachment", residents, read_transit_routes_of_others, part},
    {"aws_ec2_transit_gateway_prefix_list_reference", residents, read_transit_route, part},

    {"aws_network_interface", parts, read_interface},
    {"aws_network_interface_attachment", attachments, read_interface_attachment, part},
    {"aws_network_interface_sg_attachment", attachments, read_interface_group, part},
    {"aws_instance", residents, read_instance},
    {"aws_ec2_instance_state", attachments, read_instance_state, part},

    {"aws_launch_template", things, nullptr},  // read with what starts by it
    {"aws_launch_configuration", things, nullptr},
    {"aws_autoscaling_group", residents, read_auto_scaling_group},
    {"aws_autoscaling_attachment", attachments, read_scaling_attachment, part},
    {"aws_autoscaling_traffic_source_attachment", attachments, read_scaling_attachment, part},

    {"aws_ecs_cluster", things, nullptr},  // services and tasks have the network
    {"aws_ecs_cluster_capacity_providers", things, nullptr},
    {"aws_ecs_capacity_provider", things, nullptr},
    {"aws_ecs_task_definition", things, nullptr},  // read with its services
    {"aws_ecs_service", residents, read_ecs_service},
    {"aws_eks_cluster", parts, read_kubernetes_cluster},
    {"aws_eks_node_group", residents, read_node_group},
    {"aws_apprunner_service", residents, read_web_service},
    {"aws_apprunner_vpc_connector", things, nullptr},  // read with what goes through it

    {"aws_db_subnet_group", things, nullptr},  // read with what stands in it
    {"aws_docdb_subnet_group", things, nullptr},
    {"aws_neptune_subnet_group", things, nullptr},
    {"aws_redshift_subnet_group", things, nullptr},
    {"aws_elasticache_subnet_group", things, nullptr},
    {"aws_db_instance", residents, read_database_instance},
    {"aws_rds_cluster", residents, read_database_cluster},
    {"aws_rds_cluster_instance", residents, read_database_instance},
    {"aws_docdb_cluster", residents, read_database_cluster},
    {"aws_docdb_cluster_instance", residents, read_database_instance},
    {"aws_neptune_cluster", residents, read_database_cluster},
    {"aws_neptune_cluster_instance", residents, read_database_instance},
    {"aws_db_instance_role_association", things, nullptr},  // leaves roles open
    {"aws_rds_cluster_role_association", things, nullptr},
    {"aws_redshift_cluster", residents, read_warehouse},
    {"aws_elasticache_cluster", residents, read_cache},
    {"aws_elasticache_replication_group", residents, read_cache},
    {"aws_opensearch_domain", residents, read_search_domain},
    {"aws_elasticsearch_domain", residents, read_search_domain},
    {"aws_msk_cluster", residents, read_broker},
    {"aws_efs_file_system", things, nullptr},  // its mount targets have the network
    {"aws_efs_mount_target", residents, read_mount_target, part},

    {"aws_lambda_function", parts, read_function},
    {"aws_lambda_permission", residents, read_function_permission, part},

    {"aws_lambda_function_url", residents, read_function_url, part},

    {"aws_sagemaker_notebook_instance", residents, read_notebook},
    {"aws_sagemaker_domain", residents, read_studio},
    {"aws_codebuild_project", residents, read_build_project},
    {"aws_glue_connection", residents, read_data_connection},
    {"aws_batch_compute_environment", residents, read_compute_environment},
    {"aws_api_gateway_rest_api", things, read_rest_api},
    {"aws_api_gateway_rest_api_policy", parts, read_rest_api_policy, part},
    {"aws_apigatewayv2_api", things, read_http_api},
    {"aws_api_gateway_vpc_link", residents, read_rest_vpc_link},
    {"aws_apigatewayv2_vpc_link", residents, read_http_vpc_link},
    {"aws_cloudwatch_event_connection", residents, read_event_connection},

    {"aws_vpclattice_resource_gateway", things, read_resource_gateway},
    {"aws_vpclattice_resource_configuration", things, read_resource_configuration},
    {"aws_vpclattice_service_network", things, read_service_network},
    {"aws_vpclattice_service_network_vpc_association", parts, read_network_vpc, part},
    {"aws_vpclattice_service_network_service_association", parts, read_network_service, part},
    {"aws_vpclattice_service_network_resource_association", parts, read_network_resource, part},
    // Behind a service network: which service answers where is not followed (RE-7).
    {"aws_vpclattice_service", things, nullptr},
    {"aws_vpclattice_listener", things, nullptr},
    {"aws_vpclattice_listener_rule", things, nullptr},
    {"aws_vpclattice_target_group", things, nullptr},
    {"aws_vpclattice_target_group_attachment", things, nullptr},
    {"aws_vpclattice_access_log_subscription", things, nullptr},
    {"aws_vpclattice_resource_policy", things, nullptr},
    {"aws_vpclattice_auth_policy", things, nullptr},  // that there is one says the network's `auth_type`

    {"aws_route53_resolver_rule", things, read_resolver_rule},
    {"aws_route53_resolver_rule_association", parts, read_resolver_association, part},
    {"aws_route53_resolver_endpoint", parts, read_resolver_endpoint},
    {"aws_route53_resolver_firewall_rule_group_association", parts, read_firewall_association},
    {"aws_route53profiles_association", attachments, read_profile_association, part},
    {"aws_route53profiles_resource_association", things, nullptr},  // read with it
    {"aws_route53profiles_profile", things, nullptr},
    {"aws_route53_resolver_firewall_rule_group", things, nullptr},  // read with what puts it on a VPC
    {"aws_route53_resolver_firewall_rule", things, nullptr},
    {"aws_route53_resolver_firewall_domain_list", things, nullptr},

    // Who may use what is shared; no way depends on it.
    {"aws_ram_resource_share", things, nullptr},
    {"aws_ram_resource_association", things, nullptr},
    {"aws_ram_principal_association", things, nullptr},
    {"aws_ram_resource_share_accepter", things, nullptr},
    {"aws_ram_sharing_with_organization", things, nullptr},

    {"aws_s3_bucket", things, read_bucket},
    {"aws_s3_bucket_policy", parts, read_bucket_policy, part},
    {"aws_s3_bucket_public_access_block", parts, read_bucket_public_access, part},
    {"aws_dynamodb_table", things, read_table},
    {"aws_dynamodb_resource_policy", parts, read_table_policy, part},

    {"aws_sqs_queue", things, read_queue},
    {"aws_sqs_queue_policy", parts, read_queue_policy, part},
    {"aws_sns_topic", things, read_topic},
    {"aws_sns_topic_policy", parts, read_topic_policy, part},
    {"aws_kms_key", things, read_key},
    {"aws_kms_alias", parts, read_key_alias, part},
    {"aws_kms_key_policy", parts, read_key_policy, part},
    {"aws_secretsmanager_secret", things, read_secret},
    {"aws_secretsmanager_secret_policy", parts, read_secret_policy, part},
    {"aws_kinesis_stream", things, read_stream},
    {"aws_kinesis_resource_policy", parts, read_stream_policy, part},
    {"aws_sfn_state_machine", things, read_state_machine},
    {"aws_ecr_repository", things, read_repository},
    {"aws_ecr_repository_policy", parts, read_repository_policy, part},
    {"aws_cloudwatch_event_bus", things, read_event_bus},
    {"aws_cloudwatch_event_bus_policy", parts, read_event_bus_policy, part},

    {"aws_iam_role", things, read_role},
    {"aws_iam_user", things, read_user},
    {"aws_iam_group", things, read_group},
    {"aws_iam_policy", things, read_policy},
    {"aws_iam_role_policy", parts, read_inline_policy, part},
    {"aws_iam_user_policy", parts, read_inline_policy, part},
    {"aws_iam_group_policy", parts, read_inline_policy, part},
    {"aws_iam_role_policy_attachment", parts, read_policy_grant, part},
    {"aws_iam_user_policy_attachment", parts, read_policy_grant, part},
    {"aws_iam_group_policy_attachment", parts, read_policy_grant, part},
    {"aws_iam_policy_attachment", parts, read_policy_attachment, part},
    {"aws_iam_user_group_membership", parts, read_user_groups, part},
    {"aws_iam_group_membership", parts, read_group_members, part},
    {"aws_iam_instance_profile", parts, read_instance_profile},

    {"aws_route53_zone", things, read_hosted_zone},
    {"aws_route53_zone_association", parts, read_zone_association, part},
    {"aws_route53_record", attachments, read_record, part},

    {"aws_organizations_policy", things, read_organization_policy},
    {"aws_organizations_policy_attachment", parts, read_organization_attachment, part},
};

constexpr Type data_types[] = {
    {"aws_prefix_list", places, read_prefix_list_data},
    {"aws_ec2_managed_prefix_list", places, read_prefix_list_data},
};

const Type* type_of(const Document::Sort& sort) {
  using ByName = boost::unordered_flat_map<std::string_view, const Type*>;
  const auto by_name = [](const auto& table) {
    ByName all;
    for (const Type& t : table) all.emplace(t.name, &t);
    return all;
  };
  static const ByName managed = by_name(types);
  static const ByName data = by_name(data_types);
  const ByName& all = sort.data ? data : managed;
  const auto found = all.find(sort.type);
  return found == all.end() ? nullptr : found->second;
}

// The kind of the row that a resource is, and the attribute that bears the row's id.
struct RowOf {
  Kind kind = Kind::none;
  std::string_view attribute = "id";
  bool global = true;
};
RowOf row_of(const Resource& r) {
  Kind kind = kind_of(r.type, "id");
  if (kind == Kind::none) kind = kind_of(r.type, "arn");
  if (r.type.ends_with("_vpc_link")) return {};  // by no ARN of its own
  if (kind == Kind::api) return {Kind::resource, "execution_arn"};
  if (service_of(kind) != nullptr) return {Kind::resource, "arn"};
  if (kind == Kind::task) return {Kind::platform_workload, "id"};
  if (kind >= Kind::task) return {Kind::platform_workload, "arn"};
  if (kind == Kind::policy) return {kind, r.type == "aws_iam_policy" ? "arn" : "id"};
  for (const Kind by_arn :
       {Kind::role, Kind::user, Kind::group, Kind::instance_profile, Kind::table, Kind::function, Kind::load_balancer,
        Kind::target_group, Kind::resource_gateway, Kind::resource_configuration, Kind::service_network}) {
    if (kind == by_arn) return {kind, "arn"};
  }
  if (kind == Kind::hosted_zone) return {kind, "zone_id"};
  return {kind, "id", kind == Kind::bucket || kind == Kind::peering};
}

// What is gone takes its row in the base with it, and the interfaces that came with it.
void remove(Work& work, const Resource& r) {
  // Terraform lets go of what it took over, and leaves it there.
  const RowOf row = row_of(r);
  if (row.kind == Kind::none || r.type.starts_with("aws_default_")) return;
  const Place place = place_of(work, r);
  const std::string_view name = r.before[row.attribute].text();
  const auto ref = work.registry.ids.find(row.kind, row.global ? place.partition : place.region, work.text(name));
  if (name.empty() || !ref) return;
  work.change.removed.push_back(*ref);
  const auto with_interfaces = [&](const auto* there) {
    if (there == nullptr) return;
    for (const InterfaceId id : there->interfaces) work.change.removed.emplace_back(id);
  };
  with_interfaces(work.base->instances.find(ref->as<Kind::instance>()));
  with_interfaces(work.base->endpoints.find(ref->as<Kind::endpoint>()));
  with_interfaces(work.base->load_balancers.find(ref->as<Kind::load_balancer>()));
  with_interfaces(work.base->platform_workloads.find(ref->as<Kind::platform_workload>()));
}

class Reader {
 public:
  Reader(const Cloud& base, const json::Tree& tree, const std::string& source)
      : document_(tree, source, base.registry().documents),
        work_(base, document_),
        deferred_(tree.root()["deferred_changes"]),
        is_part_(tree.root()["complete"].boolean() == false),
        more_documents_(tree.roots().size() > 1) {}

  Change run() {
    if (document_.is_too_old()) {
      work_.say(Severity::warning, "old-state",
                "states of a version below 4 are not read; `terraform show -json` of Terraform 0.12 or later writes "
                "one that is",
                document_origin());
    }
    if (more_documents_) {
      work_.say(Severity::warning, "more-documents", "only the first of several documents in the file is read",
                document_origin());
      work_.left_out = beside(work_);
    }
    find_places(work_);
    tell_what_is_put_off();
    sort_out();
    for (int phase = 0; phase < phases; ++phase) {
      const auto& all = by_phase_[phase];
      for (std::size_t n = 0; n < all.size(); ++n) {
        fetch_ahead(all, n);
        all[n].second->read(Block(work_, *all[n].first, arguments_));
      }
      if (phase == things) settle_subnets(work_);
    }
    finish_spreads(work_);
    planned::put_managed_policies(work_);
    planned::finish_lattice(work_);
    planned::finish_endpoints(work_);
    planned::finish_interfaces(work_);
    leave_out_what_goes();
    planned::report_unread(work_);
    planned::claim_coverage(work_, sites());
    return std::move(work_.change);
  }

 private:
  using Reads = std::vector<std::pair<const Resource*, const Type*>>;
  // What comes soon is looked for in memory while what comes now is read. (Of marks only the entries count.)
  static void fetch_ahead(const Reads& all, std::size_t n) {
    constexpr std::size_t far = 6;
    if (n + far < all.size()) {
      const Resource& r = *all[n + far].first;
      for (const Node node : {r.values, r.unknown, r.config}) node.fetch_entries();
    }
    if (n + far / 2 < all.size()) {
      const Resource& r = *all[n + far / 2].first;
      for (const Node node : {r.values, r.config}) node.fetch_text();
    }
  }

  // A part that goes away along with what it is part of has put that once more.
  void leave_out_what_goes() {
    auto& gone = work_.change.removed;
    if (gone.empty()) return;
    std::sort(gone.begin(), gone.end());
    each_kind(work_.change.put, [&](auto& rows) {
      std::erase_if(rows, [&](const auto& row) {
        return std::binary_search(gone.begin(), gone.end(), Ref(row.id)) && !work_.created.contains(Ref(row.id));
      });
    });
  }

  void sort_out() {
    std::vector<const Type*> types;
    std::size_t in_phase[phases] = {};
    for (const Document::Sort& sort : document_.sorts()) {
      types.push_back(type_of(sort));
      if (types.back() != nullptr) in_phase[types.back()->phase] += sort.resources.size();
    }
    for (int phase = 0; phase < phases; ++phase) by_phase_[phase].reserve(in_phase[phase]);
    make_room();
    for (const Resource& r : document_.resources()) {
      const Type* const type = types[r.sort];
      if (type == nullptr) {
        if (!r.data && r.stays()) leave_unread(r);
        continue;
      }
      if (r.before) remove(work_, r);
      if (type->read == nullptr || (r.fate == Fate::removed && !type->also_removed)) continue;
      // A part that is replaced goes away, and another one comes: to something else, perhaps.
      if (type->also_removed && r.fate == Fate::created && r.before) {
        Resource& gone = replaced_.emplace_back(r);
        gone.fate = Fate::removed;
        gone.values = r.before;
        gone.unknown = gone.config = {};
        by_phase_[type->phase].emplace_back(&gone, type);
      }
      by_phase_[type->phase].emplace_back(&r, type);
      if (r.type == "aws_vpc" && !r.data) {
        const Value<Text> id = meaning(work_, r, "id");
        if (id.known()) work_.vpc_resources.emplace(*id, &r);
      }
    }
  }

  // For the rows of what there is most of.
  void make_room() {
    Objects& put = work_.change.put;
    put.subnets.reserve(document_.of_type("aws_subnet").size());
    put.route_tables.reserve(document_.of_type("aws_route_table").size());
    put.security_groups.reserve(document_.of_type("aws_security_group").size());
    work_.rows.reserve(document_.resources().size());
  }

  void leave_unread(const Resource& r) {
    planned::UnreadType& unread = work_.unread[std::string(r.type)];
    if (unread.number++ == 0) unread.first = r.origin();
    if (r.fate == Fate::created) ++unread.made;
  }

  // Where the providers put things. Only a whole plan can know that it lists all there will be.
  std::vector<planned::Site> sites() {
    const bool whole = document_.is_plan() && document_.configuration().exists() && !document_.is_broken_off();
    const GapId silent = !whole ? beside(work_) : work_.left_out;
    std::vector<planned::Site> all;
    for (const auto& [_, place] : work_.places) {
      const auto is_it = [&](const planned::Site& s) { return s.account == place.account && s.region == place.region; };
      if (place.region.empty() || std::any_of(all.begin(), all.end(), is_it)) continue;
      all.push_back({place.account, place.region, silent});
    }
    return all;
  }

  // What Terraform puts off to a later plan may add anything then. (A plan of some targets leaves the rest as it is.)
  // https://developer.hashicorp.com/terraform/internals/json-format
  void tell_what_is_put_off() {
    if (deferred_.size() > 0) {
      const std::string what = "the plan leaves " + std::to_string(deferred_.size()) +
                               (deferred_.size() == 1 ? " change to a later one" : " changes to a later one");
      work_.say(Severity::warning, "deferred", what, deferred_.origin());
      work_.left_out = work_.registry.gaps.add(
          {GapKind::known_after_apply, what, "apply the plan, and plan again", deferred_.origin()});
      work_.doubted.emplace(Kind::none, work_.left_out);
    } else if (is_part_) {
      work_.say(Severity::note, "part-of-a-plan", "the plan is not complete: after it there is more to plan",
                document_origin());
    }
  }

  Origin document_origin() const {
    return document_.resources().empty() ? Origin() : document_.resources().front().node.origin();
  }

  Document document_;
  Work work_;
  Arguments arguments_;
  json::Node deferred_;            // changes that wait for a later plan
  bool is_part_;                   // not of all that the configuration says
  std::deque<Resource> replaced_;  // what goes away of the parts that are replaced
  Reads by_phase_[phases];
  bool more_documents_;
};

}  // namespace
}  // namespace terraform

Change read_terraform(const Cloud& base, const json::Tree& tree, const std::string& source) {
  Change change = terraform::Reader(base, tree, source).run();
  json::report_duplicates(tree, change.diagnostics);
  return change;
}

}  // namespace sallyport::read
