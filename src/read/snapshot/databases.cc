// What stores data for us at addresses in our subnets: RDS (with Aurora, Neptune and
// DocumentDB, which answer by its API), Redshift, ElastiCache, OpenSearch, MSK, EFS.
#include "read/snapshot/arn.h"
#include "read/snapshot/families.h"
#include "read/snapshot/platform.h"

namespace sallyport::read::snapshot {
namespace {

using Roles = std::vector<Value<RoleId>>;

// The one role, none, or that it is not known which of several a call takes.
Value<RoleId> only_role(Answer& answer, Node list, const char* member, std::string_view about) {
  Value<RoleId> only = RoleId();
  std::size_t count = 0;
  for (const Node entry : list.items()) {
    only = role_of(answer, entry[member], about);
    ++count;
  }
  if (count < 2) return only;
  return answer.gap(GapKind::not_modelled, "`" + std::string(about) + "` has several roles, one for each feature",
                    "name the role with --principal", list);
}

void read_subnet_groups(Answer& answer, const char* list, const char* name_member, std::string_view prefix) {
  for (const Node node : answer.root()[list].items()) {
    const std::string name(node[name_member].text());
    Placement place;
    place.vpc = answer.id<VpcId>(node["VpcId"]);
    read_id_list(answer, answer.list(node, "Subnets", name, place.subnets.open), "SubnetIdentifier", name,
                 place.subnets);
    answer.work().platform.subnet_groups.insert_or_assign({answer.account, answer.region, std::string(prefix) + name},
                                                          std::move(place));
  }
}

GapId group_gap(const Answer& answer, std::string_view name, std::string_view group, Node node, const char* remedy) {
  return answer.gap(GapKind::not_collected,
                    "the subnet group `" + std::string(group) + "` of `" + std::string(name) + "` is not in the input",
                    remedy, node);
}

}  // namespace

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
void read_database_instances(Answer& answer) {
  for (const Node node : answer.root()["DBInstances"].items()) {
    const std::string_view arn = node["DBInstanceArn"].text();
    const std::string_view name = node["DBInstanceIdentifier"].text();
    if (name.empty()) {
      unnamed(answer, node, "DBInstanceIdentifier");
      continue;
    }
    const std::string id = arn.empty() ? made_arn(answer, "rds", "db:" + std::string(name)) : std::string(arn);
    PlatformWorkload row = begin_workload(answer, Kind::database, id, name, node);
    const std::string_view status = node["DBInstanceStatus"].text();
    const bool gone = status == "creating" || status == "deleting" || status == "stopped" || status == "failed";
    row.state = gone ? State::not_working : State::working;  // while it is altered it answers
    if (status.empty()) row.state = answer.lacking(name, "DBInstanceStatus", node["DBInstanceStatus"]);
    Placement place;
    const Node group = node["DBSubnetGroup"];
    place.vpc = answer.id<VpcId>(group["VpcId"]);
    read_id_list(answer, answer.list(group, "Subnets", name, place.subnets.open), "SubnetIdentifier", name,
                 place.subnets);
    read_id_list(answer, answer.list(node, "VpcSecurityGroups", name, place.groups.open), "VpcSecurityGroupId", name,
                 place.groups);
    row.place = place.vpc ? Value<Placement>(std::move(place))
                          : Value<Placement>(answer.lacking(name, "VpcId", group["VpcId"]));
    row.role = only_role(answer, node["AssociatedRoles"], "RoleArn", name);
    row.host = host_of(answer, node["Endpoint"]["Address"].text());
    row.port = port_or(node["Endpoint"]["Port"], 0);
    row.publicly_accessible = answer.flag(node, "PubliclyAccessible", name);
    const bool one_zone = !node["MultiAZ"].boolean().value_or(true);
    claim_alike(answer, row, "RDSNetworkInterface", one_zone ? answer.text(node["AvailabilityZone"]) : Text());
    if (const std::string cluster(node["DBClusterIdentifier"].text()); !cluster.empty()) {
      const auto of = answer.id_in<PlatformWorkloadId>(answer.partition, made_arn(answer, "rds", "cluster:" + cluster));
      answer.work().platform.members[of].push_back(row.id);
    }
    answer.put(answer.rows().platform_workloads, std::move(row), node);
  }
}

// A cluster stands where its instances do: joined when all files were read.
void read_database_clusters(Answer& answer) {
  for (const Node node : answer.root()["DBClusters"].items()) {
    const std::string_view arn = node["DBClusterArn"].text();
    const std::string_view name = node["DBClusterIdentifier"].text();
    if (split_arn(arn).service != "rds") {
      unnamed(answer, node, "DBClusterArn");
      continue;
    }
    PlatformWorkload row = begin_workload(answer, Kind::database, arn, name, node);
    const std::string_view status = node["Status"].text();
    row.state =
        status == "creating" || status == "deleting" || status == "stopped" ? State::not_working : State::working;
    if (status.empty()) row.state = answer.lacking(name, "Status", node["Status"]);
    const GapId alone =
        answer.gap(GapKind::not_collected,
                   "the instances of the database cluster `" + std::string(name) + "` are not in the input",
                   "aws rds describe-db-instances", node);
    row.place = alone;
    row.interfaces.open = alone;
    row.publicly_accessible = alone;
    row.role = only_role(answer, node["AssociatedRoles"], "RoleArn", name);
    row.host = host_of(answer, node["Endpoint"].text());
    if (!node["ReaderEndpoint"].text().empty())
      row.further_hosts.push_back(host_of(answer, node["ReaderEndpoint"].text()));
    for (const Node endpoint : node["CustomEndpoints"].items())
      row.further_hosts.push_back(host_of(answer, endpoint.text()));
    row.port = port_or(node["Port"], 0);
    answer.put(answer.rows().platform_workloads, std::move(row), node);
  }
}

// https://docs.aws.amazon.com/redshift/latest/mgmt/enhanced-vpc-routing.html
// Without enhanced VPC routing its traffic to other services does not take the VPC.
void read_warehouses(Answer& answer) {
  for (const Node node : answer.root()["Clusters"].items()) {
    const std::string_view name = node["ClusterIdentifier"].text();
    if (name.empty() || node["EnhancedVpcRouting"].absent()) return answer.unread();  // another service's clusters
    PlatformWorkload row = begin_workload(answer, Kind::warehouse,
                                          made_arn(answer, "redshift", "cluster:" + std::string(name)), name, node);
    row.state = state_of(answer, node["ClusterStatus"], name,
                         {"available", "available, prep-for-resize", "available, resize-cleanup", "modifying",
                          "resizing", "rotating-keys", "storage-full", "updating-hsm"},
                         {"creating", "deleting", "paused", "pausing", "resuming", "hardware-failure",
                          "incompatible-network", "final-snapshot", "cancelling-resize"});
    const std::string_view group = node["ClusterSubnetGroupName"].text();
    Placement place;
    place.vpc = answer.id<VpcId>(node["VpcId"]);
    place.subnets.open = group_gap(answer, name, group, node, "aws redshift describe-cluster-subnet-groups");
    read_id_list(answer, answer.list(node, "VpcSecurityGroups", name, place.groups.open), "VpcSecurityGroupId", name,
                 place.groups);
    for (const Node member : node["ClusterNodes"].items())
      claim_address(answer, row, place.vpc, member["PrivateIPAddress"]);
    row.place =
        place.vpc ? Value<Placement>(std::move(place)) : Value<Placement>(answer.lacking(name, "VpcId", node["VpcId"]));
    answer.work().platform.in_subnet_group.emplace_back(row.id, "redshift/" + std::string(group));
    row.role = only_role(answer, node["IamRoles"], "IamRoleArn", name);
    const Value<bool> enhanced = answer.flag(node, "EnhancedVpcRouting", name);
    row.goes_around = enhanced.known() ? Value<bool>(!*enhanced) : enhanced;
    row.host = host_of(answer, node["Endpoint"]["Address"].text());
    row.port = port_or(node["Endpoint"]["Port"], 5439);
    row.publicly_accessible = answer.flag(node, "PubliclyAccessible", name);
    answer.put(answer.rows().platform_workloads, std::move(row), node);
  }
}

void read_warehouse_subnet_groups(Answer& answer) {
  read_subnet_groups(answer, "ClusterSubnetGroups", "ClusterSubnetGroupName", "redshift/");
}

void read_caches(Answer& answer) {
  for (const Node node : answer.root()["CacheClusters"].items()) {
    const std::string_view name = node["CacheClusterId"].text();
    if (name.empty()) {
      unnamed(answer, node, "CacheClusterId");
      continue;
    }
    const std::string_view arn = node["ARN"].text();
    PlatformWorkload row = begin_workload(
        answer, Kind::cache,
        arn.empty() ? made_arn(answer, "elasticache", "cluster:" + std::string(name)) : std::string(arn), name, node);
    row.state = state_of(answer, node["CacheClusterStatus"], name,
                         {"available", "modifying", "snapshotting", "rebooting cluster nodes"},
                         {"creating", "deleting", "deleted", "incompatible-network", "restore-failed"});
    const std::string_view group = node["CacheSubnetGroupName"].text();
    Placement place;
    place.subnets.open = group_gap(answer, name, group, node, "aws elasticache describe-cache-subnet-groups");
    read_id_list(answer, answer.list(node, "SecurityGroups", name, place.groups.open), "SecurityGroupId", name,
                 place.groups);
    row.place = std::move(place);
    answer.work().platform.in_subnet_group.emplace_back(row.id, "elasticache/" + std::string(group));
    const Node first = node["CacheNodes"].at(0)["Endpoint"];
    const Node endpoint = node["ConfigurationEndpoint"].absent() ? first : node["ConfigurationEndpoint"];
    row.host = host_of(answer, endpoint["Address"].text());
    row.port = port_or(endpoint["Port"], node["Engine"].text() == "memcached" ? 11211 : 6379);
    claim_described(answer, row, "ElastiCache " + std::string(name));
    answer.put(answer.rows().platform_workloads, std::move(row), node);
  }
}

void read_cache_subnet_groups(Answer& answer) {
  read_subnet_groups(answer, "CacheSubnetGroups", "CacheSubnetGroupName", "elasticache/");
}

// https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html
// A domain has a public endpoint, or interfaces in a VPC, never both.
void read_search_domain(Answer& answer) {
  const Node node = answer.root()["DomainStatus"];
  const std::string_view name = node["DomainName"].text();
  const std::string_view arn = node["ARN"].text();
  if (name.empty() || split_arn(arn).service != "es") return unnamed(answer, node, "ARN");
  if (node["Deleted"].boolean().value_or(false)) return;
  PlatformWorkload row = begin_workload(answer, Kind::search_domain, arn, name, node);
  const Node vpc = node["VPCOptions"];
  row.port = 443;
  if (vpc.is(json::Kind::null) || (vpc.size() > 0 && vpc["VPCId"].text().empty())) {
    // Left out it means a public endpoint; there and without its VPC it says nothing.
    row.place = answer.lacking(name, "VPCOptions", vpc["VPCId"]);
    row.publicly_accessible = row.place.gap();
    row.host = host_of(answer, node["Endpoint"].text());
  } else if (vpc.size() == 0) {
    row.place = Placement();
    row.publicly_accessible = true;
    row.host = host_of(answer, node["Endpoint"].text());
  } else {
    Placement place;
    place.vpc = answer.id<VpcId>(vpc["VPCId"]);
    read_id_list(answer, answer.list(vpc, "SubnetIds", name, place.subnets.open), nullptr, name, place.subnets);
    read_id_list(answer, answer.list(vpc, "SecurityGroupIds", name, place.groups.open), nullptr, name, place.groups);
    row.place = std::move(place);
    row.host = host_of(answer, node["Endpoints"]["vpc"].text());
    claim_described(answer, row, "ES " + std::string(name));
  }
  answer.put(answer.rows().platform_workloads, std::move(row), node);
}

void read_search_domain_names(Answer& answer) {
  for (const Node node : answer.root()["DomainNames"].items()) {
    const std::string name(node["DomainName"].text());
    if (name.empty()) continue;
    name_only(answer, Kind::search_domain, made_arn(answer, "es", "domain/" + name), name,
              "aws opensearch describe-domain --domain-name " + name, node);
  }
}

// https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html
void read_mount_targets(Answer& answer) {
  auto& rows = answer.rows().platform_workloads;
  std::map<std::string, PlatformWorkload> systems;
  std::map<std::string, Node> nodes;
  for (const Node node : answer.root()["MountTargets"].items()) {
    const std::string name(node["FileSystemId"].text());
    if (name.empty()) {
      unnamed(answer, node, "FileSystemId");
      continue;
    }
    const auto [entry, is_new] = systems.try_emplace(name);
    PlatformWorkload& row = entry->second;
    if (is_new) {
      row = begin_workload(answer, Kind::file_system, made_arn(answer, "elasticfilesystem", "file-system/" + name),
                           name, node);
      row.state = State::working;
      Placement place;
      place.vpc = answer.id<VpcId>(node["VpcId"]);
      place.groups.open = answer.gap(GapKind::not_collected,
                                     "the groups of the mount targets of `" + name + "` are those of their interfaces",
                                     "aws ec2 describe-network-interfaces", node);
      row.place = std::move(place);
      row.host = answer.text(name + ".efs." + std::string(answer.registry().view(answer.region)) + ".amazonaws.com");
      row.port = 2049;
      nodes.emplace(name, node);
    }
    if (node["LifeCycleState"].text() != "available" && node["LifeCycleState"].text() != "updating") continue;
    Placement place = *row.place;
    place.subnets.items.push_back(answer.id<SubnetId>(node["SubnetId"]));
    row.place = std::move(place);
    claim_interface(answer, row, node["NetworkInterfaceId"]);
  }
  for (auto& [name, row] : systems) answer.put(rows, std::move(row), nodes.at(name));
}

// The name that people gave it.
void read_file_systems(Answer& answer) {
  for (const Node node : answer.root()["FileSystems"].items()) {
    const Text name = answer.text(node["Name"]);
    const std::string arn =
        made_arn(answer, "elasticfilesystem", "file-system/" + std::string(node["FileSystemId"].text()));
    if (!name.empty()) answer.work().file_system_names[answer.id_in<PlatformWorkloadId>(answer.partition, arn)] = name;
  }
}

void finish_file_systems(Work& work) {
  for (PlatformWorkload& row : work.change.put.platform_workloads) {
    const auto found = work.file_system_names.find(row.id);
    if (found != work.file_system_names.end()) row.head.name = found->second;
  }
}

}  // namespace sallyport::read::snapshot
