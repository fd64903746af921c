// What stores data for us at addresses in our subnets: RDS (with Aurora, Neptune and DocumentDB), Redshift,
// ElastiCache, OpenSearch, MSK, EFS (PW).
#include "read/planned/databases.h"

#include <algorithm>

#include "read/cloudformation/families.h"
#include "read/cloudformation/identity.h"
#include "read/planned/platform.h"

namespace sallyport::read::cloudformation {
namespace {

std::uint16_t port_or(const Properties& p, const char* property, std::uint16_t otherwise) {
  const Value<std::int64_t> port = p.number(property, 0);
  return port.known() && *port > 0 && *port <= 0xFFFF ? static_cast<std::uint16_t>(*port) : otherwise;
}

bool is_of(const Properties& p, std::string_view family) { return p.resource().type.starts_with(family); }

std::string_view engine_of(const Properties& p) {
  if (is_of(p, "AWS::DocDB::")) return "docdb";
  if (is_of(p, "AWS::Neptune::")) return "neptune";
  const Value<Text> engine = p.text("Engine");
  return engine.known() ? p.registry().view(*engine) : std::string_view();
}

std::string_view family_of(const Properties& p) {
  return is_of(p, "AWS::DocDB::") ? "AWS::DocDB::" : is_of(p, "AWS::Neptune::") ? "AWS::Neptune::" : "AWS::RDS::";
}

Value<Placement> database_place(const Properties& p) {
  return place_in_group(p, "DBSubnetGroupName", std::string(family_of(p)) + "DBSubnetGroup",
                        is_of(p, "AWS::RDS::DBInstance") ? "VPCSecurityGroups" : "VpcSecurityGroupIds");
}

// Will the VPC surely have no internet gateway when the database is made? Whatever may attach one that is not read
// stands against it.
bool has_no_gateway(const Work& work, const Value<Placement>& place) {
  if (!place.known() || !place->vpc || !work.created.contains(Ref(place->vpc))) return false;
  if (work.left_out || work.doubted.contains(Kind::internet_gateway)) return false;
  for (const auto& [type, unread] : work.unread) {
    for (const std::string_view may :
         {"AWS::EC2::", "AWS::CloudFormation::", "AWS::Serverless::", "AWS::ServiceCatalog"}) {
      if (unread.of_any_kind || type.starts_with(may)) return false;
    }
  }
  const auto& gateways = work.change.put.internet_gateways;
  return std::none_of(gateways.begin(), gateways.end(), [&](const InternetGateway& row) {
    return row.vpcs.open || std::find(row.vpcs.begin(), row.vpcs.end(), place->vpc) != row.vpcs.end();
  });
}

// "If the subnets are part of a VPC that doesn't have an internet gateway attached to it, the DB instance is private."
// Of one that has, AWS's pages do not say the same.
// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
Value<bool> read_public(const Properties& p, const Value<Placement>& place) {
  if (p.gives("PubliclyAccessible")) return p.flag("PubliclyAccessible", false);
  if (!is_of(p, "AWS::RDS::") || has_no_gateway(p.work(), place)) return false;
  return planned::undetermined(
      p.work(), "whether `" + p.resource().address + "` is publicly accessible is derived by RDS where it is not given",
      "give `PubliclyAccessible`", p.origin());
}

Value<RoleId> feature_role(const Properties& p) {
  if (!p.gives("AssociatedRoles")) return RoleId();
  return planned::undetermined(p.work(), "`" + p.resource().address + "` has roles, one for each feature",
                               "name the role with --principal", p.origin());
}

const Resource* cluster_of(const Properties& p) {
  return resource_named(p, "DBClusterIdentifier", std::string(family_of(p)) + "DBCluster");
}

}  // namespace

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
void read_database_instance(const Properties& p) {
  Work& work = p.work();
  PlatformWorkload row = begin_workload(p, Kind::database, "DBInstanceIdentifier");
  std::string_view engine = engine_of(p);
  if (p.gives("DBClusterIdentifier")) {
    const Resource* cluster = cluster_of(p);
    if (cluster == nullptr || cluster->doubt) {
      row.place = p.gap("DBClusterIdentifier");
    } else {
      const Properties whole(work, *cluster);
      row.place = database_place(whole);
      engine = engine_of(whole);
    }
  } else {
    row.place = database_place(p);
  }
  row.port = port_or(p, "Port", planned::database_port(engine));
  row.publicly_accessible = read_public(p, row.place);
  row.role = feature_role(p);
  const Value<bool> has_public = row.publicly_accessible;
  planned::put_workload(work, std::move(row), InterfaceKind::managed, has_public);
}

// A cluster stands where its instances do.
void read_database_cluster(const Properties& p) {
  Work& work = p.work();
  PlatformWorkload row = begin_workload(p, Kind::database, "DBClusterIdentifier");
  row.place = database_place(p);
  row.port = port_or(p, is_of(p, "AWS::Neptune::") ? "DBPort" : "Port", planned::database_port(engine_of(p)));
  row.role = feature_role(p);
  const std::string instances = std::string(family_of(p)) + "DBInstance";
  Value<bool> is_public = planned::undetermined(
      work, "the instances of the database cluster `" + p.resource().address + "` are not in the templates",
      "collect the account (`collect.sh`)", p.origin());
  bool first = true;
  for (const Resource& r : p.resource().stack->resources) {
    if (r.type != instances || r.doubt || p.resource().stack->find(r.logical) != &r) continue;
    const Properties instance(work, r);
    if (!instance.gives("DBClusterIdentifier") || cluster_of(instance) != &p.resource()) continue;
    const Value<bool> one = read_public(instance, row.place);
    if (!first && is_public != one) {
      is_public =
          planned::undetermined(work, "some instances of `" + p.resource().address + "` are publicly accessible",
                                "ask about its instances", p.origin());
    } else {
      is_public = one;
    }
    first = false;
  }
  row.publicly_accessible = is_public;
  planned::put_workload(work, std::move(row), InterfaceKind::managed, is_public);
}

// https://docs.aws.amazon.com/redshift/latest/mgmt/enhanced-vpc-routing.html
void read_warehouse(const Properties& p) {
  Work& work = p.work();
  PlatformWorkload row = begin_workload(p, Kind::warehouse, "ClusterIdentifier");
  row.place = place_in_group(p, "ClusterSubnetGroupName", "AWS::Redshift::ClusterSubnetGroup", "VpcSecurityGroupIds");
  row.port = port_or(p, "Port", 5439);
  const Value<bool> enhanced = p.flag("EnhancedVpcRouting", false);
  row.goes_around = enhanced.known() ? Value<bool>(!*enhanced) : enhanced;
  row.publicly_accessible = p.flag("PubliclyAccessible", false);
  if (p.gives("IamRoles")) {
    row.role = planned::undetermined(work, "which of the roles of `" + p.resource().address + "` a query takes",
                                     "name the role with --principal", p.origin());
  }
  const Value<bool> has_public = row.publicly_accessible;
  planned::put_workload(work, std::move(row), InterfaceKind::managed, has_public);
}

void read_cache(const Properties& p) {
  Work& work = p.work();
  const bool group = p.resource().type == "AWS::ElastiCache::ReplicationGroup";
  PlatformWorkload row = begin_workload(p, Kind::cache, group ? "ReplicationGroupId" : "ClusterName");
  row.place = place_in_group(p, "CacheSubnetGroupName", "AWS::ElastiCache::SubnetGroup",
                             group ? "SecurityGroupIds" : "VpcSecurityGroupIds");
  row.port = port_or(p, "Port", engine_of(p) == "memcached" ? 11211 : 6379);
  planned::put_workload(work, std::move(row), InterfaceKind::managed, false);
}

// https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html
// A domain has a public endpoint, or interfaces in a VPC, never both.
void read_search_domain(const Properties& p) {
  Work& work = p.work();
  PlatformWorkload row = begin_workload(p, Kind::search_domain, "DomainName");
  row.port = 443;
  row.place = Placement();
  row.publicly_accessible = true;
  GapId gap;
  const Properties options = p.block("VPCOptions", gap);
  if (gap) {
    row.place = gap, row.publicly_accessible = gap;
  } else if (p.gives("VPCOptions")) {
    row.place = read_place(options, "SubnetIds", "SecurityGroupIds");
    row.publicly_accessible = false;
  }
  planned::put_workload(work, std::move(row), InterfaceKind::managed, false);
}

// https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html
void read_broker(const Properties& p) {
  Work& work = p.work();
  PlatformWorkload row = begin_workload(p, Kind::broker, "ClusterName");
  GapId gap;
  const Properties nodes = p.block("BrokerNodeGroupInfo", gap);
  row.place = gap ? Value<Placement>(gap) : Value<Placement>(read_place(nodes, "ClientSubnets", "SecurityGroups"));
  const Value<Text> access = nodes.block("ConnectivityInfo", gap).block("PublicAccess", gap).text("Type");
  const Value<bool> is_public = gap              ? Value<bool>(gap)
                                : access.known() ? Value<bool>(work.registry.view(*access) == "SERVICE_PROVIDED_EIPS")
                                                 : Value<bool>(access.gap());
  row.port = 9094;
  const Properties sasl = p.block("ClientAuthentication", gap).block("Sasl", gap);
  const auto enabled = [&](const char* name) {
    const Value<bool> on = sasl.block(name, gap).flag("Enabled", false);
    return on.known() && *on;
  };
  if (enabled("Scram")) row.port = 9096;
  if (enabled("Iam")) row.port = 9098;
  row.publicly_accessible = is_public;
  planned::put_workload(work, std::move(row), InterfaceKind::managed, is_public);
}

// https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html
// One row for a file system, with the interface of each mount target.
void read_mount_target(const Properties& p) {
  Work& work = p.work();
  TextPool& texts = work.registry.texts;
  auto& rows = work.change.put.platform_workloads;
  const Value<Text> system = p.text("FileSystemId");
  const Value<SubnetId> subnet = p.ref<SubnetId>("SubnetId");
  if (!system.known()) {
    for (PlatformWorkload& row : rows) {
      if (row.what == Kind::file_system) row.interfaces.open = system.gap();
    }
    return;
  }
  const Place& place = p.place();
  const auto id = p.id<PlatformWorkloadId>(
      work.text("arn:" + texts.string(place.partition) +
                ":elasticfilesystem:" + texts.string(place.region.empty() ? any_text(work, "region") : place.region) +
                ":" + texts.string(account_of(work, *p.resource().stack)) + ":file-system/" + texts.string(*system)));
  PlatformWorkload* row = work.row_or_base(rows, work.base->platform_workloads, id);
  if (row == nullptr) {
    Head head = p.head();
    head.name = work.text(show_symbols(work.registry.view(*system)));
    PlatformWorkload made = planned::begin_workload(id, Kind::file_system, head);
    made.place = Placement();
    made.port = 2049;
    row = &work.put(rows, std::move(made));
  }
  if (p.doubt() || !subnet.known()) {
    row->interfaces.open = p.doubt() ? p.doubt() : subnet.gap();
    Placement open = row->place.known() ? *row->place : Placement();
    if (open.subnets.empty()) open.subnets.open = row->interfaces.open;
    row->place = std::move(open);
    return;
  }
  Placement target;
  target.subnets.items.push_back(*subnet);
  target.groups = p.refs<SecurityGroupId>("SecurityGroups");
  planned::complete_place(work, target);
  planned::add_interface(work, *row, target,
                         p.gives("IpAddress") ? p.address("IpAddress") : Value<Address>(p.gap("IpAddress")));
}

}  // namespace sallyport::read::cloudformation
