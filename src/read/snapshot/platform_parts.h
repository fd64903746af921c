// What the answers about platform workloads say, each of a part, until all files were
// read: lists of names, subnet groups, tasks of a service, and which interfaces are whose.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "model/platform.h"

namespace sallyport::read::snapshot {

// By what an interface is known to be a workload's own.
struct Claim {
  PlatformWorkloadId workload;
  Text account;
  Text region;
  InterfaceId interface;    // the answer names it
  Text description;         // it says so itself: "ElastiCache orders-001"
  bool only_alike = false;  // `description` is that of all of its kind: subnet and groups must tell
  Text zone;                // where it must stand, if that is known
  VpcId vpc;                // with `address`: the private address there
  Value<Address> address;
  bool has_address = false;
};

// A thing that a list only names.
struct NamedWorkload {
  Kind what = Kind::none;
  std::string arn;
  std::string name;
  std::string remedy;
  Text account;
  Text region;
  Origin origin;
};

// A task as it runs, before it is known to which service's row it belongs.
struct TaskParts {
  PlatformWorkload row;
  std::string service;     // ARN of its service; empty: it stands alone
  std::string definition;  // ARN of its task definition
  bool own_role = false;   // an override names it
};

struct PlatformParts {
  std::vector<Claim> claims;
  std::vector<NamedWorkload> named;
  // (account, Region, `rds/NAME`): the subnets of a subnet group, and its VPC.
  std::map<std::tuple<Text, Text, std::string>, Placement> subnet_groups;
  std::vector<std::pair<PlatformWorkloadId, std::string>> in_subnet_group;
  std::map<PlatformWorkloadId, std::vector<PlatformWorkloadId>> members;  // of a database cluster
  std::vector<TaskParts> tasks;
  std::map<PlatformWorkloadId, std::string> definition_of;   // services: their task definition
  std::map<std::string, Value<RoleId>> task_roles;           // by ARN of the task definition
  std::set<std::tuple<Text, Text, std::string>> task_lists;  // (account, Region, cluster's name) that were listed
  std::set<std::string> described;                           // tasks, also those that stopped
  std::map<PlatformWorkloadId, List<InterfaceId>> broker_nodes;
  std::map<PlatformWorkloadId, std::vector<Text>> broker_hosts;
  std::map<std::string, Placement> connectors;  // App Runner's, by ARN
  std::vector<std::pair<PlatformWorkloadId, std::string>> through_connector;
};

}  // namespace sallyport::read::snapshot
