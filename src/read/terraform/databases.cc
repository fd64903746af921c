// What stores data for us at addresses in our subnets: RDS (with Aurora, Neptune and DocumentDB), Redshift,
// ElastiCache, OpenSearch, MSK, EFS (PW).
#include <algorithm>

#include "read/planned/databases.h"
#include "read/planned/platform.h"
#include "read/planned/standing.h"
#include "read/terraform/families.h"

namespace sallyport::read::terraform {
namespace {

std::uint16_t port_or(const Block& b, const char* attribute, std::uint16_t otherwise) {
  const auto port = b.node(attribute).integer();
  return port && *port > 0 && *port <= 0xFFFF ? static_cast<std::uint16_t>(*port) : otherwise;
}

Text host_of(const Block& b, const char* attribute) {
  std::string host(b.node(attribute).text());
  host = host.substr(0, host.find(':'));
  for (char& c : host) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return b.registry().text(host);
}

// The subnets of the group that `attribute` names, with the groups of `groups`.
Value<Placement> place_in_group(const Block& b, const char* attribute, const char* type, const char* groups) {
  Work& work = b.work();
  if (!b.gives_any(attribute) || b.has(attribute) == Has::computed) {
    return work.registry.gaps.add({GapKind::not_collected,
                                   "`" + b.resource().address + "` names no subnet group: AWS chooses one",
                                   "give it a subnet group", b.origin()});
  }
  const Resource* group = b.named_resource(attribute, type, {"name", "id"});
  if (group == nullptr) {
    return work.registry.gaps.add({GapKind::not_collected,
                                   "the subnet group of `" + b.resource().address + "` is not in the plan",
                                   "collect the account (`collect.sh`)", b.origin()});
  }
  Placement place = read_place(Block(work, *group), "subnet_ids", nullptr);
  const bool only_new = is_new_vpc(work, planned::vpc_of(work, place.subnets));
  if (b.has(groups) != Has::computed) place.groups = b.refs<SecurityGroupId>(groups, only_new);
  planned::complete_place(work, place);
  return place;
}

// `aws_rds_cluster` -> `aws_db_subnet_group`, `aws_docdb_cluster` -> `aws_docdb_subnet_group`.
struct Names {
  const char* attribute;
  const char* type;
};
Names subnet_group_of(std::string_view type) {
  if (type.starts_with("aws_docdb_")) return {"db_subnet_group_name", "aws_docdb_subnet_group"};
  if (type.starts_with("aws_neptune_")) return {"neptune_subnet_group_name", "aws_neptune_subnet_group"};
  return {"db_subnet_group_name", "aws_db_subnet_group"};
}

std::string_view engine_of(const Block& b) {
  if (b.resource().type.starts_with("aws_docdb_")) return "docdb";
  if (b.resource().type.starts_with("aws_neptune_")) return "neptune";
  return b.node("engine").text();
}

// Roles are given to it by resources of their own, each for one feature.
Value<RoleId> feature_role(const Block& b, const char* type) {
  if (b.work().document.of_type(type).empty()) return RoleId();
  return planned::undetermined(b.work(), "roles of features of `" + b.resource().address + "` are not read",
                               "name the role with --principal", b.origin());
}

// The cluster that an instance is a member of.
const Resource* cluster_of(const Block& b) {
  const std::string_view type = b.resource().type;
  const std::string_view cluster = type.substr(0, type.rfind("_instance"));
  return b.named_resource("cluster_identifier", cluster, {"cluster_identifier", "id"});
}

bool is_member(std::string_view type) { return type.ends_with("_cluster_instance"); }

// Whether it has a public address where the configuration does not say, AWS derives from the network.
Value<bool> read_public(const Block& b) {
  const char* attribute = "publicly_accessible";
  if (b.has(attribute) == Has::computed) {
    return planned::undetermined(
        b.work(),
        "whether `" + b.resource().address + "` is publicly accessible is derived by RDS where it is not given",
        "give `publicly_accessible`", b.origin());
  }
  return b.flag(attribute, false);
}

}  // namespace

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
void read_database_instance(const Block& b) {
  Work& work = b.work();
  const bool member = is_member(b.resource().type);
  auto row = begin_workload(b, Kind::database, "arn", "identifier");
  if (!row) return;
  const Names names = subnet_group_of(b.resource().type);
  const Resource* cluster = member ? cluster_of(b) : nullptr;
  if (cluster != nullptr) {
    row->place = place_in_group(Block(work, *cluster), names.attribute, names.type, "vpc_security_group_ids");
  } else if (member) {
    row->place = b.gap("cluster_identifier");
  } else if (b.gives_any("replicate_source_db") && !b.gives_any(names.attribute)) {
    row->place = b.gap("replicate_source_db");  // that of the instance of which it is a copy
  } else {
    row->place = place_in_group(b, names.attribute, names.type, "vpc_security_group_ids");
  }
  const std::string_view engine = cluster != nullptr ? engine_of(Block(work, *cluster)) : engine_of(b);
  row->port = port_or(b, "port", planned::database_port(engine));
  row->host = host_of(b, member ? "endpoint" : "address");
  row->publicly_accessible = read_public(b);
  row->role = feature_role(b, "aws_db_instance_role_association");
  const Value<bool> has_public = row->publicly_accessible;
  planned::put_workload(work, std::move(*row), InterfaceKind::managed, has_public);
}

// A cluster stands where its instances do.
void read_database_cluster(const Block& b) {
  Work& work = b.work();
  auto row = begin_workload(b, Kind::database, "arn", "cluster_identifier");
  if (!row) return;
  const Names names = subnet_group_of(b.resource().type);
  row->place = place_in_group(b, names.attribute, names.type, "vpc_security_group_ids");
  row->port = port_or(b, "port", planned::database_port(engine_of(b)));
  row->host = host_of(b, "endpoint");
  row->role = feature_role(b, "aws_rds_cluster_role_association");
  if (b.node("iam_roles").size() > 0 || b.has("iam_roles") == Has::unknown) {
    row->role = planned::undetermined(work, "`" + b.resource().address + "` has roles, one for each feature",
                                      "name the role with --principal", b.origin());
  }
  bool first = true;
  Value<bool> is_public = planned::undetermined(
      work, "the instances of the database cluster `" + b.resource().address + "` are not in the plan",
      "collect the account (`collect.sh`)", b.origin());
  for (const Resource* r : work.document.of_type(std::string(b.resource().type) + "_instance")) {
    if (!r->stays()) continue;
    const Block instance(work, *r);
    const Resource* own = cluster_of(instance);
    if (own != nullptr && own != &b.resource()) continue;
    const Value<bool> one = own == nullptr ? Value<bool>(instance.gap("cluster_identifier")) : read_public(instance);
    if (first) {
      is_public = one;
    } else if (is_public != one) {
      is_public =
          planned::undetermined(work, "some instances of `" + b.resource().address + "` are publicly accessible",
                                "ask about its instances", b.origin());
    }
    first = false;
  }
  row->publicly_accessible = is_public;
  planned::put_workload(work, std::move(*row), InterfaceKind::managed, is_public);
}

// https://docs.aws.amazon.com/redshift/latest/mgmt/enhanced-vpc-routing.html
void read_warehouse(const Block& b) {
  Work& work = b.work();
  auto row = begin_workload(b, Kind::warehouse, "arn", "cluster_identifier");
  if (!row) return;
  row->place = place_in_group(b, "cluster_subnet_group_name", "aws_redshift_subnet_group", "vpc_security_group_ids");
  row->port = port_or(b, "port", 5439);
  row->host = host_of(b, "endpoint");
  const Value<bool> enhanced = b.flag("enhanced_vpc_routing", false);
  row->goes_around = enhanced.known() ? Value<bool>(!*enhanced) : enhanced;
  row->publicly_accessible = b.flag("publicly_accessible", false);
  if (b.gives_any("iam_roles") && b.has("iam_roles") != Has::computed) {
    row->role = planned::undetermined(work, "which of the roles of `" + b.resource().address + "` a query takes",
                                      "name the role with --principal", b.origin());
  }
  const Value<bool> has_public = row->publicly_accessible;
  planned::put_workload(work, std::move(*row), InterfaceKind::managed, has_public);
}

void read_cache(const Block& b) {
  Work& work = b.work();
  const bool group = b.resource().type == "aws_elasticache_replication_group";
  // A member stands where its replication group does.
  if (!group && b.gives_any("replication_group_id") && b.has("replication_group_id") != Has::computed) return;
  auto row = begin_workload(b, Kind::cache, "arn", group ? "replication_group_id" : "cluster_id");
  if (!row) return;
  row->place = place_in_group(b, "subnet_group_name", "aws_elasticache_subnet_group", "security_group_ids");
  row->port = port_or(b, "port", b.node("engine").text() == "memcached" ? 11211 : 6379);
  for (const char* attribute : {"configuration_endpoint_address", "primary_endpoint_address", "cluster_address"}) {
    if (row->host.empty()) row->host = host_of(b, attribute);
  }
  planned::put_workload(work, std::move(*row), InterfaceKind::managed, false);
}

// https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html
// A domain has a public endpoint, or interfaces in a VPC, never both.
void read_search_domain(const Block& b) {
  Work& work = b.work();
  auto row = begin_workload(b, Kind::search_domain, "arn", "domain_name");
  if (!row) return;
  row->port = 443;
  row->host = host_of(b, "endpoint");
  row->place = Placement();
  row->publicly_accessible = true;
  const List<Block> options = b.has("vpc_options") == Has::computed ? List<Block>() : b.blocks("vpc_options");
  if (options.open) row->place = options.open, row->publicly_accessible = options.open;
  for (const Block& option : options) {
    Placement place = read_place(option, "subnet_ids", "security_group_ids");
    planned::complete_place(work, place);
    row->place = std::move(place);
    row->publicly_accessible = false;
  }
  planned::put_workload(work, std::move(*row), InterfaceKind::managed, false);
}

// https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html
void read_broker(const Block& b) {
  Work& work = b.work();
  auto row = begin_workload(b, Kind::broker, "arn", "cluster_name");
  if (!row) return;
  row->port = 9094;
  const List<Block> nodes = b.blocks("broker_node_group_info");
  if (nodes.open) row->place = nodes.open;
  Value<bool> is_public = false;
  for (const Block& node : nodes) {
    Placement place = read_place(node, "client_subnets", "security_groups");
    planned::complete_place(work, place);
    row->place = std::move(place);
    if (node.has("connectivity_info") == Has::computed) continue;
    for (const Block& connectivity : node.blocks("connectivity_info")) {
      for (const Block& access : connectivity.blocks("public_access")) {
        const Value<Text> type = access.text("type");
        is_public = type.known() ? Value<bool>(work.registry.view(*type) == "SERVICE_PROVIDED_EIPS")
                                 : Value<bool>(access.gap("type"));
      }
    }
  }
  for (const Block& login : b.blocks("client_authentication")) {
    for (const Block& sasl : login.blocks("sasl")) {
      if (sasl.node("scram").boolean().value_or(false)) row->port = 9096;
      if (sasl.node("iam").boolean().value_or(false)) row->port = 9098;
    }
  }
  row->publicly_accessible = is_public;
  planned::put_workload(work, std::move(*row), InterfaceKind::managed, is_public);
}

// https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html
// One row for a file system, with the interface of each mount target.
void read_mount_target(const Block& b) {
  Work& work = b.work();
  const Value<Text> system = b.named("file_system_id", Kind::file_system);
  const Value<SubnetId> subnet = b.ref<SubnetId>("subnet_id");
  TextPool& texts = work.registry.texts;
  auto& rows = work.change.put.platform_workloads;
  if (!system.known()) {
    for (PlatformWorkload& row : rows) {
      if (row.what == Kind::file_system) row.interfaces.open = system.gap();
    }
    return;
  }
  const Place& place = b.place();
  const auto id = b.id<PlatformWorkloadId>(
      work.text("arn:" + texts.string(place.partition) + ":elasticfilesystem:" + texts.string(place.region) + ":" +
                texts.string(account_or_any(work, place)) + ":file-system/" + texts.string(*system)));
  if (b.resource().fate == Fate::kept && work.base->platform_workloads.find(id) != nullptr) return;
  PlatformWorkload* row = work.row_or_base(rows, work.base->platform_workloads, id);
  if (row == nullptr) {
    Head head = b.head();
    head.name = work.text(show_symbols(work.registry.view(*system)));
    PlatformWorkload made = planned::begin_workload(id, Kind::file_system, head);
    made.place = Placement();
    made.port = 2049;
    row = &work.put(rows, std::move(made));
  }
  if (!b.resource().stays() || !subnet.known()) {
    row->interfaces.open = b.resource().stays() ? subnet.gap() : beside(work);
    if (row->place.known() && row->place->subnets.empty()) {
      Placement open = *row->place;
      open.subnets.open = row->interfaces.open;
      row->place = std::move(open);
    }
    return;
  }
  Placement target;
  target.subnets.items.push_back(*subnet);
  if (b.has("security_groups") != Has::computed) {
    target.groups = b.refs<SecurityGroupId>("security_groups", is_new_vpc(work, planned::vpc_of(work, target.subnets)));
  }
  planned::complete_place(work, target);
  planned::add_interface(
      work, *row, target,
      b.node("ip_address").text().empty() ? Value<Address>(b.gap("ip_address")) : b.address("ip_address"));
}

}  // namespace sallyport::read::terraform
