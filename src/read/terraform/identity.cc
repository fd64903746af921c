#include "read/terraform/identity.h"

#include <boost/unordered/unordered_flat_map.hpp>
#include <optional>
#include <string>
#include <vector>

#include "model/derive.h"
#include "read/terraform/reading.h"

namespace sallyport::read::terraform {
namespace {

struct IdAttribute {
  std::string_view type, attribute;
  Kind kind;
  std::string_view canonical;  // the attribute whose symbol it is; empty: itself
};

// Ids that AWS chooses anew for each such resource. A type that is not here may be
// named after something that exists: its `id` stays unknown.
constexpr IdAttribute fresh[] = {
    {"aws_vpc", "id", Kind::vpc, {}},
    {"aws_vpc", "default_route_table_id", Kind::route_table, {}},
    {"aws_vpc", "main_route_table_id", Kind::route_table, "default_route_table_id"},
    {"aws_vpc", "default_network_acl_id", Kind::network_acl, {}},
    {"aws_vpc", "default_security_group_id", Kind::security_group, {}},
    {"aws_subnet", "id", Kind::subnet, {}},
    {"aws_route_table", "id", Kind::route_table, {}},
    {"aws_network_acl", "id", Kind::network_acl, {}},
    {"aws_security_group", "id", Kind::security_group, {}},
    {"aws_internet_gateway", "id", Kind::internet_gateway, {}},
    {"aws_egress_only_internet_gateway", "id", Kind::egress_only_gateway, {}},
    {"aws_nat_gateway", "id", Kind::nat_gateway, {}},
    {"aws_vpc_block_public_access_exclusion", "id", Kind::public_access_exclusion, {}},
    {"aws_vpc_endpoint", "id", Kind::endpoint, {}},
    {"aws_network_interface", "id", Kind::network_interface, {}},
    {"aws_instance", "id", Kind::instance, {}},
    {"aws_instance", "primary_network_interface_id", Kind::network_interface, {}},
    {"aws_ec2_managed_prefix_list", "id", Kind::prefix_list, {}},
    {"aws_vpc_peering_connection", "id", Kind::peering, {}},
    {"aws_ec2_transit_gateway", "id", Kind::transit_gateway, {}},
    {"aws_ec2_transit_gateway", "association_default_route_table_id", Kind::transit_table, {}},
    {"aws_ec2_transit_gateway", "propagation_default_route_table_id", Kind::transit_table,
     "association_default_route_table_id"},
    {"aws_ec2_transit_gateway_route_table", "id", Kind::transit_table, {}},
    {"aws_ec2_transit_gateway_vpc_attachment", "id", Kind::transit_attachment, {}},
    {"aws_ec2_transit_gateway_peering_attachment", "id", Kind::transit_attachment, {}},
    {"aws_vpc_endpoint_service", "id", Kind::endpoint_service, {}},
    {"aws_kms_key", "key_id", Kind::key, {}},
    {"aws_kms_key", "id", Kind::key, "key_id"},
    {"aws_organizations_policy", "id", Kind::policy, {}},
    {"aws_vpn_gateway", "id", Kind::vpn_gateway, {}},
    {"aws_ec2_carrier_gateway", "id", Kind::carrier_gateway, {}},
    {"aws_vpc_dhcp_options", "id", Kind::dhcp_options, {}},
    {"aws_route53_zone", "zone_id", Kind::hosted_zone, {}},
    {"aws_route53_zone", "id", Kind::hosted_zone, "zone_id"},
    {"aws_lb", "arn", Kind::load_balancer, {}},
    {"aws_lb", "id", Kind::load_balancer, "arn"},
    {"aws_alb", "arn", Kind::load_balancer, {}},
    {"aws_alb", "id", Kind::load_balancer, "arn"},
    {"aws_lb_target_group", "arn", Kind::target_group, {}},
    {"aws_lb_target_group", "id", Kind::target_group, "arn"},
    {"aws_alb_target_group", "arn", Kind::target_group, {}},
    {"aws_alb_target_group", "id", Kind::target_group, "arn"},
    {"aws_ecs_service", "id", Kind::task, {}},
    {"aws_msk_cluster", "arn", Kind::broker, {}},
    {"aws_msk_cluster", "id", Kind::broker, "arn"},
    {"aws_efs_file_system", "id", Kind::file_system, {}},
    {"aws_sagemaker_domain", "id", Kind::notebook, {}},
    {"aws_apprunner_service", "arn", Kind::web_service, {}},
    {"aws_apprunner_service", "id", Kind::web_service, "arn"},
    {"aws_eks_cluster", "cluster_security_group_id", Kind::security_group, {}},
    {"aws_api_gateway_rest_api", "id", Kind::api, {}},
    {"aws_apigatewayv2_api", "id", Kind::api, {}},
    {"aws_api_gateway_vpc_link", "id", Kind::api, {}},
    {"aws_apigatewayv2_vpc_link", "id", Kind::api, {}},
    {"aws_cloudwatch_event_connection", "arn", Kind::data_connection, {}},
    {"aws_vpclattice_resource_gateway", "arn", Kind::resource_gateway, {}},
    {"aws_vpclattice_resource_gateway", "id", Kind::resource_gateway, "arn"},
    {"aws_vpclattice_resource_configuration", "arn", Kind::resource_configuration, {}},
    {"aws_vpclattice_resource_configuration", "id", Kind::resource_configuration, "arn"},
    {"aws_vpclattice_service_network", "arn", Kind::service_network, {}},
    {"aws_vpclattice_service_network", "id", Kind::service_network, "arn"},
    {"aws_route53_resolver_rule", "id", Kind::resolver_rule, {}},
    {"aws_route53_resolver_endpoint", "id", Kind::resolver_endpoint, {}},
    {"aws_route53_resolver_firewall_rule_group_association", "id", Kind::dns_firewall, {}},
};

// Names that the provider chooses where the configuration gives none, and attributes
// that repeat a name.
constexpr IdAttribute names[] = {
    {"aws_iam_role", "name", Kind::role, {}},
    {"aws_iam_role", "id", Kind::role, "name"},
    {"aws_iam_policy", "name", Kind::policy, {}},
    {"aws_iam_policy", "id", Kind::policy, "arn"},
    {"aws_iam_instance_profile", "name", Kind::instance_profile, {}},
    {"aws_iam_instance_profile", "id", Kind::instance_profile, "name"},
    {"aws_iam_user", "name", Kind::user, {}},
    {"aws_iam_user", "id", Kind::user, "name"},
    {"aws_iam_group", "name", Kind::group, {}},
    {"aws_iam_group", "id", Kind::group, "name"},
    {"aws_sqs_queue", "name", Kind::queue, {}},
    {"aws_sqs_queue", "id", Kind::queue, "arn"},  // a URL; who reads it wants the queue
    {"aws_sqs_queue", "url", Kind::queue, "arn"},
    {"aws_sns_topic", "name", Kind::topic, {}},
    {"aws_sns_topic", "id", Kind::topic, "arn"},
    {"aws_secretsmanager_secret", "name", Kind::secret, {}},
    {"aws_secretsmanager_secret", "id", Kind::secret, "arn"},
    {"aws_kinesis_stream", "name", Kind::stream, {}},
    {"aws_kinesis_stream", "id", Kind::stream, "arn"},
    {"aws_sfn_state_machine", "name", Kind::state_machine, {}},
    {"aws_sfn_state_machine", "id", Kind::state_machine, "arn"},
    {"aws_ecr_repository", "name", Kind::repository, {}},
    {"aws_ecr_repository", "id", Kind::repository, "name"},
    {"aws_cloudwatch_event_bus", "name", Kind::event_bus, {}},
    {"aws_cloudwatch_event_bus", "id", Kind::event_bus, "name"},
    {"aws_s3_bucket", "bucket", Kind::bucket, {}},
    {"aws_s3_bucket", "id", Kind::bucket, "bucket"},
    {"aws_dynamodb_table", "name", Kind::table, {}},
    {"aws_dynamodb_table", "id", Kind::table, "name"},
    {"aws_lambda_function", "function_name", Kind::function, {}},
    {"aws_lambda_function", "id", Kind::function, "function_name"},
    {"aws_elb", "name", Kind::load_balancer, {}},
    {"aws_elb", "id", Kind::load_balancer, "name"},
    {"aws_db_instance", "identifier", Kind::database, {}},
    {"aws_rds_cluster", "cluster_identifier", Kind::database, {}},
    {"aws_rds_cluster", "id", Kind::database, "cluster_identifier"},
    {"aws_rds_cluster_instance", "identifier", Kind::database, {}},
    {"aws_docdb_cluster", "cluster_identifier", Kind::database, {}},
    {"aws_docdb_cluster", "id", Kind::database, "cluster_identifier"},
    {"aws_docdb_cluster_instance", "identifier", Kind::database, {}},
    {"aws_neptune_cluster", "cluster_identifier", Kind::database, {}},
    {"aws_neptune_cluster", "id", Kind::database, "cluster_identifier"},
    {"aws_neptune_cluster_instance", "identifier", Kind::database, {}},
    {"aws_redshift_cluster", "cluster_identifier", Kind::warehouse, {}},
    {"aws_elasticache_cluster", "cluster_id", Kind::cache, {}},
    {"aws_elasticache_replication_group", "replication_group_id", Kind::cache, {}},
    {"aws_opensearch_domain", "domain_name", Kind::search_domain, {}},
    {"aws_elasticsearch_domain", "domain_name", Kind::search_domain, {}},
    {"aws_eks_cluster", "name", Kind::cluster, {}},
    {"aws_sagemaker_notebook_instance", "name", Kind::notebook, {}},
    {"aws_codebuild_project", "name", Kind::build_project, {}},
    {"aws_glue_connection", "name", Kind::data_connection, {}},
    {"aws_batch_compute_environment", "arn", Kind::job_queue, {}},
};

// `arn:<partition>:<service>:<Region>:<account>:<resource><name>`
struct ArnForm {
  std::string_view type;
  Kind kind;
  std::string_view service;
  bool in_region, in_account;
  std::string_view resource;
  std::string_view name;  // attribute
  bool has_path;          // `path` stands before the name
};
constexpr ArnForm arns[] = {
    {"aws_iam_role", Kind::role, "iam", false, true, "role", "name", true},
    {"aws_iam_policy", Kind::policy, "iam", false, true, "policy", "name", true},
    {"aws_iam_instance_profile", Kind::instance_profile, "iam", false, true, "instance-profile", "name", true},
    {"aws_s3_bucket", Kind::bucket, "s3", false, false, "", "bucket", false},
    {"aws_dynamodb_table", Kind::table, "dynamodb", true, true, "table/", "name", false},
    {"aws_lambda_function", Kind::function, "lambda", true, true, "function:", "function_name", false},
    {"aws_iam_user", Kind::user, "iam", false, true, "user", "name", true},
    {"aws_iam_group", Kind::group, "iam", false, true, "group", "name", true},
    {"aws_sqs_queue", Kind::queue, "sqs", true, true, "", "name", false},
    {"aws_sns_topic", Kind::topic, "sns", true, true, "", "name", false},
    {"aws_kms_key", Kind::key, "kms", true, true, "key/", "key_id", false},
    {"aws_secretsmanager_secret", Kind::secret, "secretsmanager", true, true, "secret:", "name", false},
    {"aws_kinesis_stream", Kind::stream, "kinesis", true, true, "stream/", "name", false},
    {"aws_sfn_state_machine", Kind::state_machine, "states", true, true, "stateMachine:", "name", false},
    {"aws_ecr_repository", Kind::repository, "ecr", true, true, "repository/", "name", false},
    {"aws_cloudwatch_event_bus", Kind::event_bus, "events", true, true, "event-bus/", "name", false},
    {"aws_elb", Kind::load_balancer, "elasticloadbalancing", true, true, "loadbalancer/", "name", false},
    {"aws_db_instance", Kind::database, "rds", true, true, "db:", "identifier", false},
    {"aws_rds_cluster", Kind::database, "rds", true, true, "cluster:", "cluster_identifier", false},
    {"aws_rds_cluster_instance", Kind::database, "rds", true, true, "db:", "identifier", false},
    {"aws_docdb_cluster", Kind::database, "rds", true, true, "cluster:", "cluster_identifier", false},
    {"aws_docdb_cluster_instance", Kind::database, "rds", true, true, "db:", "identifier", false},
    {"aws_neptune_cluster", Kind::database, "rds", true, true, "cluster:", "cluster_identifier", false},
    {"aws_neptune_cluster_instance", Kind::database, "rds", true, true, "db:", "identifier", false},
    {"aws_redshift_cluster", Kind::warehouse, "redshift", true, true, "cluster:", "cluster_identifier", false},
    {"aws_elasticache_cluster", Kind::cache, "elasticache", true, true, "cluster:", "cluster_id", false},
    {"aws_elasticache_replication_group", Kind::cache, "elasticache", true, true,
     "replicationgroup:", "replication_group_id", false},
    {"aws_opensearch_domain", Kind::search_domain, "es", true, true, "domain/", "domain_name", false},
    {"aws_elasticsearch_domain", Kind::search_domain, "es", true, true, "domain/", "domain_name", false},
    {"aws_eks_cluster", Kind::cluster, "eks", true, true, "cluster/", "name", false},
    {"aws_sagemaker_notebook_instance", Kind::notebook, "sagemaker", true, true, "notebook-instance/", "name", false},
    {"aws_sagemaker_domain", Kind::notebook, "sagemaker", true, true, "domain/", "id", false},
    {"aws_codebuild_project", Kind::build_project, "codebuild", true, true, "project/", "name", false},
    {"aws_glue_connection", Kind::data_connection, "glue", true, true, "connection/", "name", false},
};

// Arguments that name an object, whatever resource has them.
constexpr IdAttribute arguments[] = {
    {{}, "vpc_id", Kind::vpc, {}},
    {{}, "vpc_identifier", Kind::vpc, {}},
    {{}, "subnet_id", Kind::subnet, {}},
    {{}, "route_table_id", Kind::route_table, {}},
    {{}, "network_acl_id", Kind::network_acl, {}},
    {{}, "security_group_id", Kind::security_group, {}},
    {{}, "nat_gateway_id", Kind::nat_gateway, {}},
    {{}, "vpc_endpoint_id", Kind::endpoint, {}},
    {{}, "network_interface_id", Kind::network_interface, {}},
    {{}, "default_route_table_id", Kind::route_table, {}},
    {{}, "default_network_acl_id", Kind::network_acl, {}},
    {{}, "prefix_list_id", Kind::prefix_list, {}},
    {{}, "transit_gateway_id", Kind::transit_gateway, {}},
    {{}, "transit_gateway_attachment_id", Kind::transit_attachment, {}},
    {{}, "transit_gateway_route_table_id", Kind::transit_table, {}},
    {{}, "vpc_peering_connection_id", Kind::peering, {}},
    {{}, "load_balancer_arn", Kind::load_balancer, {}},
    {{}, "target_group_arn", Kind::target_group, {}},
    {{}, "lb_target_group_arn", Kind::target_group, {}},
    {{}, "vpc_endpoint_service_id", Kind::endpoint_service, {}},
    {{}, "resolver_rule_id", Kind::resolver_rule, {}},
    {{}, "resolver_endpoint_id", Kind::resolver_endpoint, {}},
};

// The names that `aws_default_*` resources take over from their VPC.
struct Adopted {
  std::string_view type, own, of_vpc;
  Kind kind;
};
constexpr Adopted adopted[] = {
    {"aws_default_route_table", "default_route_table_id", {}, Kind::route_table},
    {"aws_default_network_acl", "default_network_acl_id", {}, Kind::network_acl},
    {"aws_default_security_group", {}, "default_security_group_id", Kind::security_group},
};

constexpr int deepest = 24;

// What the tables say of a type.
struct OfType {
  std::vector<const IdAttribute*> fresh, names;
  const ArnForm* arn = nullptr;
  const Adopted* adopted = nullptr;
};

const OfType& of_type(std::string_view type) {
  static const auto all = [] {
    boost::unordered_flat_map<std::string_view, OfType> by_type;
    for (const IdAttribute& entry : fresh) by_type[entry.type].fresh.push_back(&entry);
    for (const IdAttribute& entry : names) by_type[entry.type].names.push_back(&entry);
    for (const ArnForm& form : arns) by_type[form.type].arn = &form;
    for (const Adopted& a : adopted) by_type[a.type].adopted = &a;
    return by_type;
  }();
  static const OfType nothing;
  const auto found = all.find(type);
  return found == all.end() ? nothing : found->second;
}

const IdAttribute* entry_of(const std::vector<const IdAttribute*>& entries, std::string_view attribute) {
  for (const IdAttribute* entry : entries) {
    if (entry->attribute == attribute) return entry;
  }
  return nullptr;
}

Value<Text> built_arn(Work& work, const Resource& r, const ArnForm& form, int depth) {
  const Place place = place_of(work, r);
  TextPool& texts = work.registry.texts;
  // Roles and their like are told apart by their account: they must not be in any.
  if (form.service == "iam" && place.account.empty()) {
    return no_account(work, r.origin());
  }
  const Value<Text> name = meaning(work, r, form.name, depth + 1);
  if (!name.known()) return name.gap();
  std::string arn = "arn:" + texts.string(place.partition) + ":" + std::string(form.service) + ":";
  if (form.in_region) arn += texts.view(place.region.empty() ? texts.anything("region") : place.region);
  arn += ':';
  if (form.in_account) arn += texts.view(account_or_any(work, place));
  arn += ':';
  arn += form.resource;
  if (form.has_path) {
    const std::string_view path = r.values["path"].text();
    arn += path.starts_with('/') ? path : "/";
  }
  arn += texts.view(*name);
  // "Secrets Manager adds a hyphen and six random characters."
  if (form.kind == Kind::secret) arn += "-" + texts.string(texts.symbol(r.address + ".suffix"));
  return texts.intern(arn);
}

// The list of a gateway endpoint's service: AWS's own, so it exists; by its name where
// nothing tells its id (as model/derive.h does).
Value<Text> managed_list_id(Work& work, const Resource& r) {
  const std::string_view service = r.values["service_name"].text();
  if (service.empty()) return after_apply(work, r, "prefix_list_id");
  const std::string name = managed_list_name(service, Family::v4);
  for (const PrefixList& list : work.change.put.prefix_lists) {
    if (work.registry.view(list.head.name) == name) return work.registry.ids.id(list.id);
  }
  for (const PrefixList& list : work.base->prefix_lists) {
    if (work.registry.view(list.head.name) == name) return work.registry.ids.id(list.id);
  }
  return work.text(name);
}

// The group that EKS makes along with a cluster: `vpc_config[0].cluster_security_group_id`.
constexpr const char* cluster_group = "cluster_security_group_id";

// "com.amazonaws.vpce.<Region>.<the service's id>"
Value<Text> service_name(Work& work, const Resource& r, int depth) {
  const Place place = place_of(work, r);
  const Value<Text> id = meaning(work, r, "id", depth + 1);
  if (!id.known() || place.region.empty()) return id.known() ? after_apply(work, r, "service_name") : id.gap();
  const TextPool& texts = work.registry.texts;
  return work.text("com.amazonaws.vpce." + texts.string(place.region) + "." + texts.string(*id));
}

// The name that an `aws_default_*` resource takes over.
Value<Text> adopted_id(Work& work, const Resource& r, const Adopted& a, int depth) {
  if (!a.own.empty()) return meaning(work, r, a.own, depth + 1);
  const Value<Text> vpc = meaning(work, r, "vpc_id", depth + 1);
  if (!vpc.known()) return vpc.gap();
  const auto found = work.vpc_resources.find(*vpc);
  if (found == work.vpc_resources.end()) return after_apply(work, r, "id");
  return meaning(work, *found->second, a.of_vpc, depth + 1);
}

}  // namespace

Kind kind_of(std::string_view type, std::string_view attribute) {
  const OfType& of = of_type(type);
  if (const IdAttribute* entry = entry_of(of.fresh, attribute)) return entry->kind;
  if (const IdAttribute* entry = entry_of(of.names, attribute)) return entry->kind;
  if (of.arn != nullptr && attribute == "arn") return of.arn->kind;
  if (of.adopted != nullptr && attribute == "id") return of.adopted->kind;
  if (type == "aws_vpc_endpoint_service" && attribute == "service_name") return Kind::endpoint_service;
  for (const IdAttribute& argument : arguments) {
    if (argument.attribute == attribute) return argument.kind;
  }
  return Kind::none;
}

bool names_new(std::string_view type, std::string_view attribute) {
  return entry_of(of_type(type).fresh, attribute) != nullptr;
}

std::string_view attribute_of(std::string_view type, Kind kind) {
  const OfType& of = of_type(type);
  for (const IdAttribute* entry : of.fresh) {
    if (entry->kind == kind && entry->canonical.empty() &&
        (entry->attribute == "id" || entry->attribute == "zone_id" || entry->attribute == "arn")) {
      return entry->attribute;
    }
  }
  return of.adopted != nullptr && of.adopted->kind == kind ? std::string_view("id") : std::string_view();
}

Text account_or_any(Work& work, const Place& place) {
  return place.account.empty() ? work.registry.texts.anything("account") : place.account;
}

GapId no_account(Work& work, Origin origin) {
  return work.registry.gaps.add({GapKind::not_collected, "the plan does not say to which account it is applied",
                                 "add `data \"aws_caller_identity\" \"current\" {}` to the configuration", origin});
}

Value<Text> arn_of(Work& work, const Resource& resource) { return meaning(work, resource, "arn"); }

GapId after_apply(Work& work, const Resource& resource, std::string_view attribute) {
  return work.registry.gaps.add({GapKind::known_after_apply,
                                 "`" + std::string(attribute) + "` of `" + resource.address + "` is known after apply",
                                 "apply the plan and read the state, or name the other resource directly",
                                 resource.origin()});
}

namespace {

Value<Text> find_meaning(Work& work, const Resource& r, std::string_view attribute, int depth) {
  if (const Node value = r.values[attribute]; !value.scalar().empty()) return work.text(value.scalar());
  if (r.data || !r.values.is(json::Kind::object)) return after_apply(work, r, attribute);
  const OfType& of = of_type(r.type);
  if (of.adopted != nullptr && attribute == "id") return adopted_id(work, r, *of.adopted, depth);
  if (r.type == "aws_vpc_endpoint" && attribute == "prefix_list_id") return managed_list_id(work, r);
  if (r.type == "aws_vpc_endpoint_service" && attribute == "service_name") return service_name(work, r, depth);
  if (r.type == "aws_eks_cluster" && attribute == cluster_group) {
    const Node group = r.values["vpc_config"].at(0)[cluster_group];
    if (!group.text().empty()) return work.text(group.text());
    if (!r.is_new()) return after_apply(work, r, attribute);
  }
  // Of what exists already, everything that is not shown is none.
  const bool may_be_unknown = r.only_known || !r.unknown[attribute].absent();
  if (!r.is_new() && !may_be_unknown) return Text();
  const IdAttribute* const name = entry_of(of.names, attribute);
  for (const IdAttribute* entry : {entry_of(of.fresh, attribute), name}) {
    if (entry == nullptr) continue;
    if (!entry->canonical.empty()) return meaning(work, r, entry->canonical, depth + 1);
    // A name that the configuration gives, but cannot tell yet, is not a new one.
    if (name != nullptr && r.config["expressions"][attribute]) break;
    if (!r.is_new()) return after_apply(work, r, attribute);
    std::string name;
    name.reserve(r.address.size() + 1 + attribute.size());
    return work.registry.texts.symbol(name.append(r.address).append(1, '.').append(attribute));
  }
  if (of.arn != nullptr && attribute == "arn") return built_arn(work, r, *of.arn, depth);
  if (const Node expression = r.config["expressions"][attribute]) {
    return read_one(work, r, attribute, expression, kind_of(r.type, attribute), depth + 1);
  }
  return after_apply(work, r, attribute);
}

}  // namespace

Value<Text> meaning(Work& work, const Resource& r, std::string_view attribute, int depth) {
  const std::uint64_t key = std::uint64_t{r.number} << 32U | work.text(attribute).number();
  if (const auto found = work.meanings.find(key); found != work.meanings.end()) {
    // What refers to itself is not known.
    return found->second ? *found->second : Value<Text>(after_apply(work, r, attribute));
  }
  if (depth > deepest) return after_apply(work, r, attribute);
  if (work.meanings.empty()) work.meanings.reserve(work.document.resources().size());
  work.meanings.emplace(key, std::nullopt);
  Value<Text> text = find_meaning(work, r, attribute, depth);
  work.meanings.insert_or_assign(key, text);
  return text;
}

}  // namespace sallyport::read::terraform
