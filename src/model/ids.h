// Ids: every object that is named anywhere gets one dense number per kind.
//
// The key of an object is (kind, scope, id): the scope is the Region for what
// lives in one (EC2 ids are unique within a Region), the partition for what is
// global there (bucket names, ARNs, organization ids). An account is not part of
// the key, since references do not name it (a route says `tgw-1`, whoever owns
// it): it is an attribute of the object.
//
// A number exists as soon as something refers to the object; whether the object
// itself was read is asked of the cloud (`find` gives nullptr if not). Numbers
// start at 1; 0 is "none".
#pragma once

#include <compare>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "base/text.h"

namespace sallyport {

enum class Kind : std::uint8_t {
  none,
  // Regional, by EC2 id
  vpc,
  subnet,
  route_table,
  network_acl,
  security_group,
  network_interface,
  instance,
  internet_gateway,
  egress_only_gateway,
  nat_gateway,
  endpoint,          // vpce-...
  endpoint_service,  // by service name, com.amazonaws.<region>.<x> or vpce-svc name
  prefix_list,
  peering,
  transit_gateway,
  transit_attachment,  // tgw-attach-...: one side of a peering has the id of the other, in its Region
  transit_table,       // tgw-rtb-...
  vpn_gateway,
  local_gateway,
  carrier_gateway,
  core_network,
  dhcp_options,
  resolver_rule,            // rslvr-rr-...
  resolver_endpoint,        // rslvr-in-..., rslvr-out-...
  public_access_block,      // VPC Block Public Access, by account
  public_access_exclusion,  // vpcbpa-exclude-...
  dns_firewall,             // rslvr-frgassoc-...: a rule group on a VPC
  // Global in a partition: by ARN, name or id
  function,           // ARN
  bucket,             // name
  table,              // ARN
  hosted_zone,        // zone id
  role,               // ARN
  user,               // ARN
  group,              // ARN of an IAM group
  instance_profile,   // ARN
  account,            // twelve digits
  organization,       // o-...
  org_node,           // root, OU or account in the organization: r-..., ou-..., digits
  policy,             // managed policy ARN or organization policy id
  load_balancer,      // ARN
  target_group,       // ARN
  resource,           // ARN of what stands below
  platform_workload,  // ARN, too
  // VPC Lattice, by ARN
  resource_gateway,
  resource_configuration,
  service_network,
  // What a `resource` is: the words for it, and the lists that hold all of one sort.
  // No object is numbered by these.
  queue,          // SQS
  topic,          // SNS
  key,            // KMS
  secret,         // Secrets Manager
  repository,     // ECR
  event_bus,      // EventBridge
  api,            // API Gateway
  stream,         // Kinesis Data Streams
  state_machine,  // Step Functions
  // What a `platform_workload` is.
  task,              // ECS: a task, or the tasks of a service
  cluster,           // EKS
  database,          // RDS, Aurora, Neptune, DocumentDB
  warehouse,         // Redshift
  cache,             // ElastiCache
  search_domain,     // OpenSearch
  broker,            // MSK
  file_system,       // EFS: its mount targets
  notebook,          // SageMaker: a notebook instance, a Studio domain
  build_project,     // CodeBuild
  data_connection,   // Glue
  job_queue,         // Batch: a compute environment
  web_service,       // App Runner
  data_cluster,      // EMR
  connect_endpoint,  // EC2 Instance Connect
  count_             // number of kinds, not a kind
};

// The words of the JSON answers: `route-table`, `endpoint` ...
const char* name(Kind kind);

template <Kind K>
class Id {
 public:
  static constexpr Kind kind = K;
  constexpr Id() = default;
  constexpr explicit Id(std::uint32_t n) : n_(n) {}
  constexpr explicit operator bool() const { return n_ != 0; }
  constexpr std::uint32_t number() const { return n_; }
  friend constexpr bool operator==(Id, Id) = default;
  friend constexpr auto operator<=>(Id, Id) = default;  // order of reading; not for output

 private:
  std::uint32_t n_ = 0;
};

using VpcId = Id<Kind::vpc>;
using SubnetId = Id<Kind::subnet>;
using RouteTableId = Id<Kind::route_table>;
using NetworkAclId = Id<Kind::network_acl>;
using SecurityGroupId = Id<Kind::security_group>;
using InterfaceId = Id<Kind::network_interface>;
using InstanceId = Id<Kind::instance>;
using InternetGatewayId = Id<Kind::internet_gateway>;
using EgressOnlyGatewayId = Id<Kind::egress_only_gateway>;
using NatGatewayId = Id<Kind::nat_gateway>;
using EndpointId = Id<Kind::endpoint>;
using EndpointServiceId = Id<Kind::endpoint_service>;
using PrefixListId = Id<Kind::prefix_list>;
using PeeringId = Id<Kind::peering>;
using TransitGatewayId = Id<Kind::transit_gateway>;
using TransitAttachmentId = Id<Kind::transit_attachment>;
using TransitTableId = Id<Kind::transit_table>;
using VpnGatewayId = Id<Kind::vpn_gateway>;
using FunctionId = Id<Kind::function>;
using BucketId = Id<Kind::bucket>;
using TableId = Id<Kind::table>;
using HostedZoneId = Id<Kind::hosted_zone>;
using RoleId = Id<Kind::role>;
using UserId = Id<Kind::user>;
using GroupId = Id<Kind::group>;
using InstanceProfileId = Id<Kind::instance_profile>;
using AccountId = Id<Kind::account>;
using OrgNodeId = Id<Kind::org_node>;
using PolicyId = Id<Kind::policy>;
using ResourceId = Id<Kind::resource>;
using ResolverRuleId = Id<Kind::resolver_rule>;
using ResolverEndpointId = Id<Kind::resolver_endpoint>;
using PublicAccessBlockId = Id<Kind::public_access_block>;
using PublicAccessExclusionId = Id<Kind::public_access_exclusion>;
using LoadBalancerId = Id<Kind::load_balancer>;
using TargetGroupId = Id<Kind::target_group>;
using PlatformWorkloadId = Id<Kind::platform_workload>;
using DnsFirewallId = Id<Kind::dns_firewall>;
using ResourceGatewayId = Id<Kind::resource_gateway>;
using ResourceConfigurationId = Id<Kind::resource_configuration>;
using ServiceNetworkId = Id<Kind::service_network>;

// Any object: a kind and its number.
struct Ref {
  Kind kind = Kind::none;
  std::uint32_t number = 0;

  constexpr Ref() = default;
  constexpr Ref(Kind k, std::uint32_t n) : kind(k), number(n) {}
  template <Kind K>
  constexpr Ref(Id<K> id) : kind(id ? K : Kind::none), number(id.number()) {}
  constexpr explicit operator bool() const { return kind != Kind::none; }

  // The typed id; only where `kind` was tested.
  template <Kind K>
  constexpr Id<K> as() const {
    return Id<K>(kind == K ? number : 0);
  }

  friend constexpr bool operator==(const Ref&, const Ref&) = default;
  friend constexpr auto operator<=>(const Ref&, const Ref&) = default;
};

// The numbers given so far. Append-only; a number never changes its meaning, so
// a cloud and every cloud derived from it by changes agree on them.
class Ids {
 public:
  explicit Ids(TextPool& texts);
  ~Ids();
  Ids(const Ids&) = delete;
  Ids& operator=(const Ids&) = delete;

  // The object's number, new if it was not named before.
  Ref intern(Kind kind, Text scope, Text id);
  template <class T>
  T get(Text scope, Text id) {
    return id.empty() ? T() : intern(T::kind, scope, id).template as<T::kind>();
  }

  std::optional<Ref> find(Kind kind, Text scope, Text id) const;

  Text id(Ref ref) const;                // "vpc-0a1", an ARN, a bucket name; may be a symbol
  Text scope(Ref ref) const;             // Region or partition
  std::uint32_t count(Kind kind) const;  // numbers run from 1 to count(kind)

 private:
  struct Index;
  std::unique_ptr<Index> index_;
};

}  // namespace sallyport
