// What runs our code for a while: SageMaker notebooks and Studio, CodeBuild, Glue, Batch (PW).
#include "read/cloudformation/families.h"
#include "read/cloudformation/identities.h"
#include "read/planned/platform.h"

namespace sallyport::read::cloudformation {

// https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html
void read_notebook(const Properties& p) {
  Work& work = p.work();
  PlatformWorkload row = begin_workload(p, Kind::notebook, "NotebookInstanceName");
  row.role = role_with_arn(p, "RoleArn");
  Placement place;
  if (p.gives("SubnetId")) {
    place = read_place(p, "SubnetId", "SecurityGroupIds");
    // "Default: Enabled"
    const Value<Text> access = p.text("DirectInternetAccess");
    row.goes_around =
        access.known() ? Value<bool>(work.registry.view(*access) != "Disabled") : Value<bool>(access.gap());
  }
  row.place = std::move(place);
  planned::put_workload(work, std::move(row), InterfaceKind::managed, false);
}

// https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-and-internet-access.html
void read_studio(const Properties& p) {
  Work& work = p.work();
  PlatformWorkload row = begin_workload(p, Kind::notebook, "DomainName");
  GapId gap;
  const Properties settings = p.block("DefaultUserSettings", gap);
  row.role = gap ? Value<RoleId>(gap) : role_with_arn(settings, "ExecutionRole");
  const Value<Text> mode = p.text("AppNetworkAccessType");
  if (!mode.known()) {
    row.place = mode.gap();
  } else if (work.registry.view(*mode) == "VpcOnly") {
    Placement place;
    place.subnets = p.refs<SubnetId>("SubnetIds");
    place.groups = settings.refs<SecurityGroupId>("SecurityGroups");
    if (place.groups.empty() && !place.groups.open) place.groups.open = beside(work);  // each profile names its own
    planned::complete_place(work, place);
    row.place = std::move(place);
  } else {
    row.place = Placement();
  }
  planned::put_workload(work, std::move(row), InterfaceKind::managed, false);
}

// https://docs.aws.amazon.com/codebuild/latest/userguide/vpc-support.html
void read_build_project(const Properties& p) {
  PlatformWorkload row = begin_workload(p, Kind::build_project, "Name");
  row.role = role_with_arn(p, "ServiceRole");
  GapId gap;
  const Properties network = p.block("VpcConfig", gap);
  row.place = Placement();
  if (gap) row.place = gap;
  if (!gap && p.gives("VpcConfig")) row.place = read_place(network, "Subnets", "SecurityGroupIds");
  planned::put_workload(p.work(), std::move(row), InterfaceKind::managed, false);
}

// https://docs.aws.amazon.com/glue/latest/dg/connection-VPC-disable-proxy.html
void read_data_connection(const Properties& p) {
  Work& work = p.work();
  GapId gap;
  const Properties input = p.block("ConnectionInput", gap);
  const Properties network = input.block("PhysicalConnectionRequirements", gap);
  if (!gap && !network.gives("SubnetId")) return;  // it leads into no VPC
  PlatformWorkload row = begin_workload(p, Kind::data_connection, "Name");
  const Value<Text> given = input.text("Name");
  if (given.known() && !given->empty() && !work.registry.texts.has_symbol(*given)) row.head.name = *given;
  row.place = gap ? Value<Placement>(gap) : Value<Placement>(read_place(network, "SubnetId", "SecurityGroupIdList"));
  const std::string name = "`" + p.resource().address + "`";
  row.goes_around = planned::undetermined(work,
                                          "calls to services of jobs with the connection " + name +
                                              " go by Glue's own network unless the job has `--disable-proxy-v2`",
                                          "set --disable-proxy-v2 in every job that uses it", p.origin());
  row.role = planned::undetermined(work, "each job that uses the connection " + name + " has a role of its own",
                                   "name the role with --principal", p.origin());
  planned::put_workload(work, std::move(row), InterfaceKind::managed, false);
}

// https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResource.html
void read_compute_environment(const Properties& p) {
  Work& work = p.work();
  GapId gap;
  const Properties compute = p.block("ComputeResources", gap);
  if (!gap && !compute.gives("Subnets")) return;  // unmanaged, or on EKS: other workloads' packets
  PlatformWorkload row = begin_workload(p, Kind::job_queue, "ComputeEnvironmentName");
  if (gap) {
    row.place = gap;
  } else {
    Placement place;
    place.subnets = compute.refs<SubnetId>("Subnets");
    place.groups = compute.refs<SecurityGroupId>("SecurityGroupIds");
    if (place.groups.empty() && !place.groups.open) place.groups.open = beside(work);  // of a launch template
    planned::complete_place(work, place);
    row.place = std::move(place);
  }
  const std::string name = "`" + p.resource().address + "`";
  const GapId addresses = planned::undetermined(
      work, "whether jobs of " + name + " have public addresses is said by job definitions and subnets",
      "ask about the instances or interfaces that run them", p.origin());
  row.public_address = addresses;
  row.role = planned::undetermined(work, "each job definition of " + name + " has a role of its own",
                                   "name the role with --principal", p.origin());
  planned::put_workload(work, std::move(row), InterfaceKind::plain, addresses);
}

}  // namespace sallyport::read::cloudformation
