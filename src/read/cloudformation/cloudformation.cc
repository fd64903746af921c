#include "read/cloudformation/cloudformation.h"

#include <algorithm>
#include <concepts>
#include <iterator>
#include <memory>
#include <set>

#include "read/cloudformation/families.h"
#include "read/cloudformation/lattice.h"
#include "read/cloudformation/stacks.h"
#include "read/planned/coverage.h"
#include "read/planned/endpoints.h"
#include "read/planned/lattice.h"
#include "read/planned/managed_policies.h"

namespace sallyport::read {
namespace cloudformation {
namespace {

// What is read before what: parts of things after the things, and what stands in a
// subnet, or is named by a policy, after all of them.
enum Phase : int { places, vpcs, things, parts, residents, attachments, phases };

struct Type {
  std::string_view name;
  Phase phase;
  void (*read)(const Properties&);
  Kind kind = Kind::none;  // what it makes
  bool part = false;       // of something else: also read if it is not known whether it is there
};

constexpr bool part = true;

void read_launch_template(const Properties& p) { p.work().launch_templates[p.own_text()] = &p.resource(); }

constexpr Type types[] = {
    {"AWS::EC2::VPC", vpcs, read_vpc, Kind::vpc},
    {"AWS::EC2::VPCCidrBlock", things, read_cidr_block, Kind::none, part},
    {"AWS::EC2::Subnet", things, read_subnet, Kind::subnet},
    {"AWS::EC2::SubnetCidrBlock", parts, read_subnet_cidr_block, Kind::none, part},
    {"AWS::EC2::DHCPOptions", things, read_dhcp_options, Kind::dhcp_options},
    {"AWS::EC2::VPCDHCPOptionsAssociation", parts, read_dhcp_association, Kind::none, part},

    {"AWS::EC2::RouteTable", things, read_route_table, Kind::route_table},
    {"AWS::EC2::Route", attachments, read_route, Kind::none, part},
    {"AWS::EC2::SubnetRouteTableAssociation", residents, read_route_table_association, Kind::none, part},
    {"AWS::EC2::GatewayRouteTableAssociation", residents, read_gateway_association, Kind::none, part},
    {"AWS::EC2::VPNGatewayRoutePropagation", residents, read_route_propagation, Kind::none, part},

    {"AWS::EC2::NetworkAcl", things, read_network_acl, Kind::network_acl},
    {"AWS::EC2::NetworkAclEntry", residents, read_network_acl_entry, Kind::none, part},
    {"AWS::EC2::SubnetNetworkAclAssociation", residents, read_network_acl_association, Kind::none, part},

    {"AWS::EC2::SecurityGroup", things, read_security_group, Kind::security_group},
    {"AWS::EC2::SecurityGroupIngress", residents, read_ingress_rule, Kind::none, part},
    {"AWS::EC2::SecurityGroupEgress", residents, read_egress_rule, Kind::none, part},
    {"AWS::EC2::SecurityGroupVpcAssociation", parts, read_group_association, Kind::none, part},
    {"Custom::VpcRestrictDefaultSG", attachments, read_restricted_default_group, Kind::none, part},

    {"AWS::EC2::InternetGateway", things, read_internet_gateway, Kind::internet_gateway},
    {"AWS::EC2::VPCGatewayAttachment", parts, read_gateway_attachment, Kind::none, part},
    {"AWS::EC2::VPNGateway", things, read_vpn_gateway, Kind::vpn_gateway},
    {"AWS::EC2::EgressOnlyInternetGateway", things, read_egress_only_gateway, Kind::egress_only_gateway},
    {"AWS::EC2::NatGateway", parts, read_nat_gateway, Kind::nat_gateway},
    {"AWS::EC2::VPCBlockPublicAccessOptions", attachments, read_public_block, Kind::none, part},
    {"AWS::EC2::VPCBlockPublicAccessExclusion", attachments, read_public_exclusion, Kind::public_access_exclusion},
    {"AWS::EC2::VPCPeeringConnection", parts, read_peering, Kind::peering},
    {"AWS::EC2::TransitGateway", vpcs, read_transit_gateway, Kind::transit_gateway},
    {"AWS::EC2::TransitGatewayRouteTable", things, read_transit_table, Kind::transit_table},
    {"AWS::EC2::TransitGatewayAttachment", parts, read_transit_vpc_attachment, Kind::transit_attachment, part},
    {"AWS::EC2::TransitGatewayVpcAttachment", parts, read_transit_vpc_attachment, Kind::transit_attachment, part},
    {"AWS::EC2::TransitGatewayPeeringAttachment", parts, read_transit_peering, Kind::transit_attachment},
    {"AWS::EC2::TransitGatewayConnect", parts, read_transit_connect, Kind::transit_attachment, part},
    {"AWS::EC2::TransitGatewayConnectPeer", things, nullptr},  // its attachment is read
    {"AWS::EC2::TransitGatewayRouteTableAssociation", residents, read_transit_association, Kind::none, part},
    {"AWS::EC2::TransitGatewayRouteTablePropagation", residents, read_transit_propagation, Kind::none, part},
    {"AWS::EC2::TransitGatewayRoute", residents, read_transit_route, Kind::none, part},
    {"AWS::EC2::CustomerGateway", things, nullptr},  // says who is at the other end
    {"AWS::EC2::VPNConnection", parts, read_transit_vpn, Kind::transit_attachment, part},
    {"AWS::EC2::VPNConnectionRoute", things, nullptr},  // of a VPN gateway's: what lies behind, nobody shows
    {"AWS::DirectConnect::DirectConnectGatewayAssociation", residents, read_transit_routes_of_others, Kind::none, part},
    {"AWS::NetworkManager::TransitGatewayPeering", residents, read_transit_routes_of_others, Kind::none, part},
    {"AWS::NetworkManager::TransitGatewayRouteTableAttachment", residents, read_transit_routes_of_others, Kind::none,
     part},
    {"AWS::EC2::PrefixList", places, read_prefix_list, Kind::prefix_list},

    {"AWS::EC2::VPCEndpoint", parts, read_endpoint, Kind::endpoint, part},
    {"AWS::EC2::VPCEndpointService", things, read_endpoint_service, Kind::endpoint_service},
    {"AWS::EC2::VPCEndpointServicePermissions", parts, read_service_permissions, Kind::none, part},

    {"AWS::ElasticLoadBalancingV2::LoadBalancer", parts, read_load_balancer, Kind::load_balancer},
    {"AWS::ElasticLoadBalancingV2::TargetGroup", parts, read_target_group, Kind::target_group},
    {"AWS::ElasticLoadBalancingV2::Listener", residents, read_listener, Kind::none, part},
    {"AWS::ElasticLoadBalancingV2::ListenerRule", attachments, read_listener_rule, Kind::none, part},
    {"AWS::ElasticLoadBalancing::LoadBalancer", parts, read_classic_balancer, Kind::load_balancer},
    {"AWS::ElasticLoadBalancingV2::ListenerCertificate", things, nullptr},  // changes no way
    {"AWS::AutoScaling::AutoScalingGroup", residents, read_auto_scaling_group, Kind::instance, part},
    {"AWS::AutoScaling::LaunchConfiguration", things, nullptr},  // read with what starts by it
    {"AWS::AutoScaling::ScalingPolicy", things, nullptr},        // changes numbers only
    {"AWS::AutoScaling::LifecycleHook", things, nullptr},

    {"AWS::ECS::Cluster", things, nullptr},  // services and tasks have the network
    {"AWS::ECS::ClusterCapacityProviderAssociations", things, nullptr},
    {"AWS::ECS::CapacityProvider", things, nullptr},
    {"AWS::ECS::TaskDefinition", things, nullptr},  // read with its services
    {"AWS::ECS::Service", residents, read_ecs_service, Kind::platform_workload, part},
    {"AWS::EKS::Cluster", parts, read_kubernetes_cluster, Kind::platform_workload},
    {"AWS::EKS::Nodegroup", residents, read_node_group, Kind::instance},
    {"AWS::AppRunner::Service", residents, read_web_service, Kind::platform_workload},
    {"AWS::AppRunner::VpcConnector", things, nullptr},  // read with what goes through it

    {"AWS::RDS::DBSubnetGroup", things, nullptr},  // read with what stands in it
    {"AWS::DocDB::DBSubnetGroup", things, nullptr},
    {"AWS::Neptune::DBSubnetGroup", things, nullptr},
    {"AWS::Redshift::ClusterSubnetGroup", things, nullptr},
    {"AWS::ElastiCache::SubnetGroup", things, nullptr},
    {"AWS::RDS::DBInstance", residents, read_database_instance, Kind::platform_workload},
    {"AWS::RDS::DBCluster", residents, read_database_cluster, Kind::platform_workload},
    {"AWS::DocDB::DBInstance", residents, read_database_instance, Kind::platform_workload},
    {"AWS::DocDB::DBCluster", residents, read_database_cluster, Kind::platform_workload},
    {"AWS::Neptune::DBInstance", residents, read_database_instance, Kind::platform_workload},
    {"AWS::Neptune::DBCluster", residents, read_database_cluster, Kind::platform_workload},
    {"AWS::Redshift::Cluster", residents, read_warehouse, Kind::platform_workload},
    {"AWS::ElastiCache::CacheCluster", residents, read_cache, Kind::platform_workload},
    {"AWS::ElastiCache::ReplicationGroup", residents, read_cache, Kind::platform_workload},
    {"AWS::OpenSearchService::Domain", residents, read_search_domain, Kind::platform_workload},
    {"AWS::Elasticsearch::Domain", residents, read_search_domain, Kind::platform_workload},
    {"AWS::MSK::Cluster", residents, read_broker, Kind::platform_workload},
    {"AWS::EFS::FileSystem", things, nullptr},  // its mount targets have the network
    {"AWS::EFS::MountTarget", residents, read_mount_target, Kind::none, part},

    {"AWS::EC2::NetworkInterface", parts, read_interface, Kind::network_interface},
    {"AWS::EC2::NetworkInterfaceAttachment", attachments, read_interface_attachment, Kind::none, part},
    {"AWS::EC2::LaunchTemplate", things, read_launch_template},
    {"AWS::EC2::Instance", residents, read_instance, Kind::instance},
    {"AWS::EC2::EIP", attachments, read_elastic_address, Kind::none, part},
    {"AWS::EC2::EIPAssociation", attachments, read_elastic_address, Kind::none, part},

    {"AWS::Lambda::Function", residents, read_function, Kind::function},
    {"AWS::Serverless::Function", residents, read_sam_function, Kind::function},
    {"AWS::Serverless::Api", things, read_sam_rest_api, Kind::api},
    {"AWS::Serverless::HttpApi", things, read_sam_http_api, Kind::api},
    {"AWS::Serverless::Connector", things, nullptr},     // see open_what_connectors_change
    {"AWS::Serverless::LayerVersion", things, nullptr},  // code only
    {"AWS::Lambda::Permission", attachments, read_function_permission, Kind::none, part},
    {"AWS::Lambda::Url", attachments, read_function_url, Kind::none, part},

    {"AWS::SageMaker::NotebookInstance", residents, read_notebook, Kind::platform_workload},
    {"AWS::SageMaker::Domain", residents, read_studio, Kind::platform_workload},
    {"AWS::CodeBuild::Project", residents, read_build_project, Kind::platform_workload},
    {"AWS::Glue::Connection", residents, read_data_connection, Kind::platform_workload},
    {"AWS::Batch::ComputeEnvironment", residents, read_compute_environment, Kind::platform_workload},
    {"AWS::ApiGateway::RestApi", things, read_rest_api, Kind::api},
    {"AWS::ApiGatewayV2::Api", things, read_http_api, Kind::api},
    {"AWS::ApiGateway::VpcLink", residents, read_rest_vpc_link, Kind::platform_workload},
    {"AWS::ApiGatewayV2::VpcLink", residents, read_http_vpc_link, Kind::platform_workload},
    {"AWS::Events::Connection", residents, read_event_connection, Kind::platform_workload},

    {"AWS::VpcLattice::ResourceGateway", things, read_resource_gateway, Kind::resource_gateway},
    {"AWS::VpcLattice::ResourceConfiguration", things, read_resource_configuration, Kind::resource_configuration},
    {"AWS::VpcLattice::ServiceNetwork", things, read_service_network, Kind::service_network},
    {"AWS::VpcLattice::ServiceNetworkVpcAssociation", residents, read_network_vpc, Kind::none, part},
    {"AWS::VpcLattice::ServiceNetworkServiceAssociation", residents, read_network_service, Kind::none, part},
    {"AWS::VpcLattice::ServiceNetworkResourceAssociation", residents, read_network_resource, Kind::none, part},
    // Behind a service network: which service answers where is not followed (RE-7).
    {"AWS::VpcLattice::Service", things, nullptr},
    {"AWS::VpcLattice::Listener", things, nullptr},
    {"AWS::VpcLattice::Rule", things, nullptr},
    {"AWS::VpcLattice::TargetGroup", things, nullptr},
    {"AWS::VpcLattice::AccessLogSubscription", things, nullptr},
    {"AWS::VpcLattice::ResourcePolicy", things, nullptr},
    {"AWS::VpcLattice::AuthPolicy", things, nullptr},  // that there is one says the network's `AuthType`

    {"AWS::Route53Resolver::ResolverRule", things, read_resolver_rule, Kind::resolver_rule},
    {"AWS::Route53Resolver::FirewallDomainList", things, nullptr},  // read with the associations
    {"AWS::Route53Resolver::FirewallRuleGroup", things, nullptr},
    {"AWS::Route53Resolver::FirewallRuleGroupAssociation", parts, read_firewall_association, Kind::dns_firewall, part},
    {"AWS::Route53Profiles::Profile", things, nullptr},
    {"AWS::Route53Profiles::ProfileResourceAssociation", things, nullptr},
    {"AWS::Route53Profiles::ProfileAssociation", residents, read_profile_association, Kind::none, part},
    {"AWS::Route53Resolver::ResolverRuleAssociation", parts, read_resolver_association, Kind::none, part},
    {"AWS::Route53Resolver::ResolverEndpoint", parts, read_resolver_endpoint, Kind::resolver_endpoint},
    {"AWS::RAM::ResourceShare", things, nullptr},  // who may use what is shared: no way depends on it

    {"AWS::S3::Bucket", things, read_bucket, Kind::bucket},
    {"AWS::S3::BucketPolicy", residents, read_bucket_policy, Kind::none, part},
    {"AWS::DynamoDB::Table", things, read_table, Kind::table},
    {"AWS::DynamoDB::GlobalTable", things, read_global_table, Kind::table},
    {"AWS::Serverless::SimpleTable", things, read_table, Kind::table},

    {"AWS::SQS::Queue", things, read_queue, Kind::queue},
    {"AWS::SQS::QueuePolicy", residents, read_queue_policy, Kind::none, part},
    {"AWS::SNS::Topic", things, read_topic, Kind::topic},
    {"AWS::SNS::TopicPolicy", residents, read_topic_policy, Kind::none, part},
    {"AWS::SQS::QueueInlinePolicy", residents, read_queue_inline_policy, Kind::none, part},
    {"AWS::SNS::TopicInlinePolicy", residents, read_topic_inline_policy, Kind::none, part},
    {"AWS::KMS::Key", things, read_key, Kind::key},
    {"AWS::KMS::Alias", residents, read_key_alias, Kind::none, part},
    {"AWS::Kinesis::Stream", things, read_stream, Kind::stream},
    {"AWS::Kinesis::ResourcePolicy", residents, read_stream_policy, Kind::none, part},
    {"AWS::StepFunctions::StateMachine", things, read_state_machine, Kind::state_machine},
    {"AWS::SecretsManager::Secret", things, read_secret, Kind::secret},
    {"AWS::SecretsManager::ResourcePolicy", residents, read_secret_policy, Kind::none, part},
    {"AWS::ECR::Repository", things, read_repository, Kind::repository},
    {"AWS::Events::EventBus", things, read_event_bus, Kind::event_bus},
    {"AWS::Events::EventBusPolicy", residents, read_event_bus_policy, Kind::none, part},

    {"AWS::IAM::Role", things, read_role, Kind::role},
    {"AWS::IAM::Group", things, read_group, Kind::group},
    {"AWS::IAM::User", parts, read_user, Kind::user},
    {"AWS::IAM::UserToGroupAddition", residents, read_group_addition, Kind::none, part},
    {"AWS::IAM::InstanceProfile", parts, read_instance_profile, Kind::instance_profile},
    {"AWS::IAM::ManagedPolicy", attachments, read_managed_policy, Kind::none, part},
    {"AWS::IAM::Policy", attachments, read_inline_policy, Kind::none, part},
    {"AWS::IAM::RolePolicy", attachments, read_inline_policy, Kind::none, part},
    {"AWS::IAM::UserPolicy", attachments, read_inline_policy, Kind::none, part},
    {"AWS::IAM::GroupPolicy", attachments, read_inline_policy, Kind::none, part},

    {"AWS::Route53::HostedZone", things, read_hosted_zone, Kind::hosted_zone},
    {"AWS::Route53::RecordSet", residents, read_record_set, Kind::none, part},
    {"AWS::Route53::RecordSetGroup", residents, read_record_group, Kind::none, part},
    {"AWS::Organizations::Policy", residents, read_organization_policy, Kind::none, part},

    {"AWS::CloudFormation::Stack", things, nullptr},                // its template is read, or it is said why not
    {"AWS::CloudFormation::WaitCondition", things, nullptr},        // makes nothing
    {"AWS::CloudFormation::WaitConditionHandle", things, nullptr},  // makes nothing
    {"AWS::CDK::Metadata", things, nullptr},                        // makes nothing
};

const Type* type_of(std::string_view name) {
  const auto found = std::find_if(std::begin(types), std::end(types), [&](const Type& t) { return t.name == name; });
  return found == std::end(types) ? nullptr : &*found;
}

class Reader {
 public:
  explicit Reader(const Cloud& base) : work_(base) {}

  Change run(const std::vector<Template>& templates, const TemplateParameters& parameters, const LoadTemplate& load) {
    std::size_t entries = 0;
    for (const Template& t : templates) entries += t.tree.entries();
    work_.step_limit += 4 * entries;
    build_stacks(work_, templates, parameters, load, trees_);
    sort_out();
    look_beside();
    for (int phase = 0; phase < phases; ++phase) {
      for (const auto& [resource, type] : by_phase_[phase]) type->read(Properties(work_, *resource));
      if (phase == parts) finish_blocks(work_);
    }
    open_what_connectors_change(work_);
    open_what_strangers_change(work_);
    planned::put_managed_policies(work_);
    finish_groups(work_);
    planned::finish_lattice(work_);
    planned::finish_endpoints(work_);
    planned::finish_interfaces(work_);
    if (work_.steps > work_.step_limit) {
      work_.left_out =
          work_.registry.gaps.add({GapKind::not_modelled, "the templates are too large to evaluate", "split them"});
    }
    planned::report_unread(work_);
    planned::claim_coverage(work_, sites());
    taint_changed();
    for (const Template& t : templates) json::report_duplicates(t.tree, work_.change.diagnostics);
    return std::move(work_.change);
  }

 private:
  void sort_out() {
    for (Stack& stack : work_.stacks) {
      for (const Resource& r : stack.resources) {
        if (stack.find(r.logical) != &r) continue;  // its condition is not met
        const Type* type = type_of(r.type);
        if (type == nullptr) {
          leave_unread(work_, r);
        } else if (r.doubt && (type->read != nullptr || r.type == "AWS::CloudFormation::Stack")) {
          doubt(r, *type);
        } else if (type->read != nullptr) {
          by_phase_[type->phase].emplace_back(&r, type);
        }
      }
    }
  }

  // What a parameter without value may name.
  void look_beside() {
    each_kind(work_.base.tables(), [&](const auto& rows) {
      for (const auto& row : rows) {
        constexpr Kind kind = std::decay_t<decltype(row.id)>::kind;
        work_.in_base.emplace(kind, kind == Kind::bucket ? Text() : row.head.region);  // names are global
        if constexpr (requires {
                        { row.what } -> std::same_as<const Kind&>;
                      }) {
          work_.in_base.emplace(row.what, row.head.region);
        }
      }
    });
    std::map<const Stack*, std::set<Kind>> made;
    for (const auto& phase : by_phase_) {
      for (const auto& [resource, type] : phase) {
        std::set<Kind>& kinds = made[resource->stack->top()];
        kinds.insert(type->kind);
        if (type->kind == Kind::vpc) kinds.insert({Kind::route_table, Kind::network_acl, Kind::security_group});
      }
    }
    for (const auto& [top, kinds] : made) {
      for (const auto& [other, theirs] : made) {
        if (other != top) work_.made_beside[top].insert(theirs.begin(), theirs.end());
      }
    }
  }

  // Where the stacks are made.
  std::vector<planned::Site> sites() {
    std::vector<planned::Site> all;
    for (const Stack& stack : work_.stacks) {
      const Text account = stack.place.account, region = stack.place.region;
      const auto is_it = [&](const planned::Site& s) { return s.account == account && s.region == region; };
      if (std::any_of(all.begin(), all.end(), is_it)) continue;
      all.push_back({account, region, region.empty() ? no_region(work_) : GapId()});
    }
    return all;
  }

  // It may be there or not: a part leaves its whole in doubt, a thing its kind.
  void doubt(const Resource& r, const Type& type) {
    work_.say(Severity::warning, "undecided-condition",
              "whether `" + r.address + "` is there is not known: " + work_.registry.gaps[r.doubt].what,
              r.node.origin());
    if (!type.part) work_.doubted.emplace(type.kind, r.doubt);
    if (type.part && type.read != nullptr) by_phase_[type.phase].emplace_back(&r, &type);
  }

  // What a macro may have changed is in doubt as a whole.
  void taint_changed() {
    for (const Stack& stack : work_.stacks) {
      if (!stack.changed) continue;
      each_kind(work_.change.put, [&](auto& rows) {
        for (auto& row : rows) {
          if (row.head.origin.document == stack.origin().document && !row.head.gap) row.head.gap = stack.changed;
        }
      });
    }
  }

  Work work_;
  std::vector<std::unique_ptr<json::Tree>> trees_;
  std::vector<std::pair<const Resource*, const Type*>> by_phase_[phases];
};

}  // namespace
}  // namespace cloudformation

Change read_cloudformation(const Cloud& base, const std::vector<Template>& templates,
                           const TemplateParameters& parameters, const LoadTemplate& load) {
  return cloudformation::Reader(base).run(templates, parameters, load);
}

}  // namespace sallyport::read
