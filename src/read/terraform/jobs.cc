// What runs our code for a while: SageMaker notebooks and Studio, CodeBuild, Glue, Batch (PW).
#include "read/planned/platform.h"
#include "read/planned/standing.h"
#include "read/terraform/families.h"

namespace sallyport::read::terraform {
namespace {

// Subnets and groups, completed; what is not given is the VPC's own.
Placement place_of_all(const Block& b, const char* subnets, const char* groups) {
  Placement place = read_place(b, subnets, groups);
  planned::complete_place(b.work(), place);
  return place;
}

}  // namespace

// https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html
void read_notebook(const Block& b) {
  Work& work = b.work();
  auto row = begin_workload(b, Kind::notebook, "arn", "name");
  if (!row) return;
  row->role = role_of(b, "role_arn");
  Placement place;
  if (b.gives_any("subnet_id") && b.has("subnet_id") != Has::computed) {
    const Value<SubnetId> subnet = b.ref<SubnetId>("subnet_id");
    if (subnet.known()) place.subnets.items.push_back(*subnet);
    if (!subnet.known()) place.subnets.open = subnet.gap();
    if (b.has("security_groups") != Has::computed) place.groups = b.refs<SecurityGroupId>("security_groups", false);
    if (subnet.known() && is_new_vpc(work, planned::vpc_of(work, place.subnets)))
      place.groups = b.refs<SecurityGroupId>("security_groups", true);
    planned::complete_place(work, place);
    // "Default: Enabled"
    const Value<Text> access = b.text("direct_internet_access");
    row->goes_around = access.known() ? Value<bool>(work.registry.view(*access) != "Disabled")
                       : b.has("direct_internet_access") == Has::computed ? Value<bool>(true)
                                                                          : Value<bool>(access.gap());
  }
  row->place = std::move(place);
  planned::put_workload(work, std::move(*row), InterfaceKind::managed, false);
}

// https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-and-internet-access.html
void read_studio(const Block& b) {
  Work& work = b.work();
  auto row = begin_workload(b, Kind::notebook, "arn", "domain_name");
  if (!row) return;
  List<SecurityGroupId> groups;
  const List<Block> settings = b.blocks("default_user_settings");
  groups.open = settings.open;
  for (const Block& s : settings) {
    row->role = role_of(s, "execution_role");
    if (s.has("security_groups") != Has::computed) groups = s.refs<SecurityGroupId>("security_groups", false);
  }
  const Value<Text> mode =
      b.has("app_network_access_type") == Has::computed ? Value<Text>(Text()) : b.text("app_network_access_type");
  if (!mode.known()) {
    row->place = mode.gap();
  } else if (work.registry.view(*mode) == "VpcOnly") {
    Placement place = read_place(b, "subnet_ids", nullptr);
    if (groups.empty() && !groups.open) groups.open = b.gap("default_user_settings");  // each profile names its own
    place.groups = std::move(groups);
    planned::complete_place(work, place);
    row->place = std::move(place);
  } else {
    row->place = Placement();  // "The default value is PublicInternetOnly"
  }
  planned::put_workload(work, std::move(*row), InterfaceKind::managed, false);
}

// https://docs.aws.amazon.com/codebuild/latest/userguide/vpc-support.html
void read_build_project(const Block& b) {
  Work& work = b.work();
  auto row = begin_workload(b, Kind::build_project, "arn", "name");
  if (!row) return;
  row->role = role_of(b, "service_role");
  row->place = Placement();
  const List<Block> networks = b.has("vpc_config") == Has::computed ? List<Block>() : b.blocks("vpc_config");
  if (networks.open) row->place = networks.open;
  for (const Block& network : networks) row->place = place_of_all(network, "subnets", "security_group_ids");
  planned::put_workload(work, std::move(*row), InterfaceKind::managed, false);
}

// https://docs.aws.amazon.com/glue/latest/dg/connection-VPC-disable-proxy.html
void read_data_connection(const Block& b) {
  Work& work = b.work();
  const List<Block> networks = b.has("physical_connection_requirements") == Has::computed
                                   ? List<Block>()
                                   : b.blocks("physical_connection_requirements");
  if (networks.empty() && !networks.open) return;  // it leads into no VPC
  auto row = begin_workload(b, Kind::data_connection, "arn", "name");
  if (!row) return;
  if (networks.open) row->place = networks.open;
  for (const Block& network : networks) {
    if (!network.gives_any("subnet_id")) return;
    Placement place;
    const Value<SubnetId> subnet = network.ref<SubnetId>("subnet_id");
    if (subnet.known()) place.subnets.items.push_back(*subnet);
    if (!subnet.known()) place.subnets.open = subnet.gap();
    place.groups =
        network.refs<SecurityGroupId>("security_group_id_list", is_new_vpc(work, planned::vpc_of(work, place.subnets)));
    planned::complete_place(work, place);
    row->place = std::move(place);
  }
  const std::string name = "`" + b.resource().address + "`";
  row->goes_around = planned::undetermined(work,
                                           "calls to services of jobs with the connection " + name +
                                               " go by Glue's own network unless the job has `--disable-proxy-v2`",
                                           "set --disable-proxy-v2 in every job that uses it", b.origin());
  row->role = planned::undetermined(work, "each job that uses the connection " + name + " has a role of its own",
                                    "name the role with --principal", b.origin());
  planned::put_workload(work, std::move(*row), InterfaceKind::managed, false);
}

// https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResource.html
void read_compute_environment(const Block& b) {
  Work& work = b.work();
  const List<Block> resources = b.blocks("compute_resources");
  if (resources.empty() && !resources.open) return;  // unmanaged, or on EKS: other workloads' packets
  const bool by_new_name = b.resource().values["name"].absent();
  auto row = begin_workload(b, Kind::job_queue, "arn", by_new_name ? "compute_environment_name" : "name");
  if (!row) return;
  if (resources.open) row->place = resources.open;
  for (const Block& compute : resources) {
    Placement place = read_place(compute, "subnets", "security_group_ids");
    if (place.groups.empty() && !place.groups.open)
      place.groups.open = compute.gap("security_group_ids");  // of a launch template
    planned::complete_place(work, place);
    row->place = std::move(place);
  }
  const std::string name = "`" + b.resource().address + "`";
  const GapId addresses = planned::undetermined(
      work, "whether jobs of " + name + " have public addresses is said by job definitions and subnets",
      "ask about the instances or interfaces that run them", b.origin());
  row->public_address = addresses;
  row->role = planned::undetermined(work, "each job definition of " + name + " has a role of its own",
                                    "name the role with --principal", b.origin());
  planned::put_workload(work, std::move(*row), InterfaceKind::plain, addresses);
}

}  // namespace sallyport::read::terraform
