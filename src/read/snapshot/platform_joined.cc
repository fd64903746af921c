// Platform workloads once all files were read: what a list only names, subnet groups,
// the tasks of services, the instances of database clusters, and whose interface is whose.
#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>

#include "read/snapshot/arn.h"
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

class Joining {
 public:
  explicit Joining(Work& work) : work_(work), registry_(*work.registry) {}

  void run() {
    tasks();
    index();
    names();
    places();
    interfaces();
    clusters();
  }

 private:
  using Row = PlatformWorkload;

  Row* find(PlatformWorkloadId id) {
    const auto found = rows_.find(id.number());
    return found == rows_.end() ? nullptr : &work_.change.put.platform_workloads[found->second];
  }

  void index() {
    rows_.clear();
    auto& all = work_.change.put.platform_workloads;
    for (std::size_t i = 0; i < all.size(); ++i) rows_.try_emplace(all[i].id.number(), i);
  }

  Value<RoleId> role_of_definition(const std::string& arn, Origin at) {
    const auto known = work_.platform.task_roles.find(arn);
    if (known != work_.platform.task_roles.end()) return known->second;
    return registry_.gaps.add({GapKind::not_collected, "the task definition `" + arn + "` is not in the input",
                               "aws ecs describe-task-definition --task-definition " + arn, at});
  }

  // A task of a service belongs to the service's row, if there is one.
  void tasks() {
    index();
    for (TaskParts& task : work_.platform.tasks) {
      if (!task.own_role) task.row.role = role_of_definition(task.definition, task.row.head.origin);
      const Text partition = registry_.ids.scope(task.row.id);
      const auto service = registry_.ids.find(Kind::platform_workload, partition, registry_.text(task.service));
      Row* row = task.service.empty() || !service ? nullptr : find(service->as<Kind::platform_workload>());
      if (row != nullptr) {
        auto& own = row->interfaces.items;
        own.insert(own.end(), task.row.interfaces.begin(), task.row.interfaces.end());
      } else {
        standalone_.push_back(std::move(task.row));
      }
    }
    // Clusters of which a task is only listed: `...:task/CLUSTER/ID`.
    std::set<std::string> half_described;
    for (const NamedWorkload& named : work_.platform.named) {
      if (named.what != Kind::task || work_.platform.described.contains(named.arn)) continue;
      const std::string rest = named.arn.substr(named.arn.find(":task/") + 6);
      half_described.insert(rest.substr(0, rest.find('/')));
    }
    for (Row& row : work_.change.put.platform_workloads) {
      const auto definition = work_.platform.definition_of.find(row.id);
      if (definition == work_.platform.definition_of.end()) continue;
      row.role = role_of_definition(definition->second, row.head.origin);
      // `service/CLUSTER/NAME`: were the tasks of the cluster listed?
      const std::string_view arn = registry_.id(row.id);
      const std::size_t cluster = arn.find(":service/");
      const std::string_view rest = cluster == std::string_view::npos ? "" : arn.substr(cluster + 9);
      const std::string name(rest.substr(0, rest.find('/')));
      if (half_described.contains(name) ||
          !work_.platform.task_lists.contains({row.head.account, row.head.region, name})) {
        row.interfaces.open =
            registry_.gaps.add({GapKind::not_collected,
                                "the tasks of `" + registry_.texts.string(row.head.name) + "` are not in the input",
                                "aws ecs list-tasks --cluster " + name, row.head.origin});
      }
    }
    for (Row& row : standalone_) work_.change.put.platform_workloads.push_back(std::move(row));
  }

  // What a list names and no answer describes is there all the same.
  void names() {
    for (const NamedWorkload& named : work_.platform.named) {
      if (named.what == Kind::task && work_.platform.described.contains(named.arn)) continue;
      const Arn arn = split_arn(named.arn);
      const auto id = registry_.ids.get<PlatformWorkloadId>(registry_.text(arn.partition), registry_.text(named.arn));
      if (find(id) != nullptr) continue;
      const GapId gap = registry_.gaps.add(
          {GapKind::not_collected,
           std::string("the ") + sallyport::name(named.what) + " `" + named.name + "` was not described", named.remedy,
           named.origin});
      Row row;
      row.id = id;
      row.head = {registry_.text(named.name), named.account, named.region, named.origin, {}};
      row.what = named.what;
      row.state = gap, row.place = gap, row.role = gap, row.publicly_accessible = gap, row.goes_around = gap;
      row.interfaces.open = gap;
      rows_.try_emplace(id.number(), work_.change.put.platform_workloads.size());
      work_.change.put.platform_workloads.push_back(std::move(row));
    }
  }

  // Subnets that another answer tells, and the VPC of the subnets where none is named.
  void places() {
    for (const auto& [id, group] : work_.platform.in_subnet_group) {
      Row* row = find(id);
      if (row == nullptr || !row->place.known()) continue;
      const auto known = work_.platform.subnet_groups.find({row->head.account, row->head.region, group});
      Placement place = *row->place;
      if (known != work_.platform.subnet_groups.end()) {
        place.subnets = known->second.subnets;
        if (!place.vpc) place.vpc = known->second.vpc;
      } else if (place.subnets.empty() && !place.subnets.open) {
        place.subnets.open = registry_.gaps.add(
            {GapKind::not_collected, "the subnet group `" + group + "` is not in the input", {}, row->head.origin});
      }
      row->place = std::move(place);
    }
    for (const auto& [id, connector] : work_.platform.through_connector) {
      Row* row = find(id);
      const auto known = work_.platform.connectors.find(connector);
      if (row == nullptr) continue;
      if (known != work_.platform.connectors.end()) {
        row->place = known->second;
      } else {
        row->place =
            registry_.gaps.add({GapKind::not_collected, "the VPC connector `" + connector + "` is not in the input",
                                "aws apprunner list-vpc-connectors", row->head.origin});
      }
    }
    boost::unordered_flat_map<std::uint32_t, VpcId> vpc_of;
    for (const Subnet& s : work_.change.put.subnets) {
      if (s.vpc.known()) vpc_of.try_emplace(s.id.number(), *s.vpc);
    }
    for (Row& row : work_.change.put.platform_workloads) {
      if (!row.place.known() || row.place->vpc || row.place->subnets.empty()) continue;
      const auto found = vpc_of.find(row.place->subnets.items.front().number());
      if (found == vpc_of.end()) continue;  // the engine asks for the subnet, too
      Placement place = *row.place;
      place.vpc = found->second;
      row.place = std::move(place);
    }
  }

  GapId interfaces_missing(const Row& row) {
    const auto listed = work_.coverage.find({Kind::network_interface, row.head.account, row.head.region});
    if (listed != work_.coverage.end() && !listed->second) return {};
    return registry_.gaps.add({GapKind::not_collected,
                               "the interfaces of `" + registry_.texts.string(row.head.name) + "` are not in the input",
                               "aws ec2 describe-network-interfaces", row.head.origin});
  }

  void own(const Claim& claim, const Interface& interface) { owners_[interface.id.number()].insert(claim.workload); }

  // Does the interface look like one that the claim's workload has?
  bool alike(const Claim& claim, const Interface& interface) {
    const Row* row = find(claim.workload);
    if (row == nullptr || !row->place.known() || !interface.subnet.known()) return row != nullptr;
    const Placement& place = *row->place;
    if (place.subnets.complete() &&
        std::find(place.subnets.begin(), place.subnets.end(), *interface.subnet) == place.subnets.end()) {
      return false;
    }
    if (!claim.zone.empty()) {
      const auto zone = zones_.find(interface.subnet->number());
      if (zone != zones_.end() && zone->second != claim.zone) return false;
    }
    if (!place.groups.complete() || !interface.groups.complete()) return true;
    std::vector<SecurityGroupId> a = place.groups.items, b = interface.groups.items;
    std::sort(a.begin(), a.end()), std::sort(b.begin(), b.end());
    return a == b;
  }

  void interfaces() {
    for (const Subnet& s : work_.change.put.subnets) zones_.try_emplace(s.id.number(), s.zone);
    std::multimap<std::tuple<Text, Text, Text>, const Claim*> described, likely;
    std::map<std::pair<VpcId, Address>, const Claim*> at_address;
    boost::unordered_flat_map<std::uint32_t, const Claim*> by_id;
    std::set<PlatformWorkloadId> claimed;
    for (const Claim& claim : work_.platform.claims) {
      claimed.insert(claim.workload);
      if (claim.interface) {
        by_id.try_emplace(claim.interface.number(), &claim);
      } else if (claim.has_address) {
        if (claim.address.known()) at_address.try_emplace({claim.vpc, *claim.address}, &claim);
      } else {
        (claim.only_alike ? likely : described)
            .emplace(std::tuple(claim.account, claim.region, claim.description), &claim);
      }
    }
    for (const Interface& i : work_.change.put.interfaces) {
      if (const auto found = by_id.find(i.id.number()); found != by_id.end()) own(*found->second, i);
      const std::tuple key(i.head.account, i.head.region, i.description);
      for (auto [at, end] = described.equal_range(key); at != end; ++at) own(*at->second, i);
      for (auto [at, end] = likely.equal_range(key); at != end; ++at) {
        if (alike(*at->second, i)) own(*at->second, i);
      }
      if (at_address.empty() || !i.vpc.known()) continue;
      for (const Value<Address>& a : i.addresses) {
        if (!a.known()) continue;
        if (const auto found = at_address.find({*i.vpc, *a}); found != at_address.end()) own(*found->second, i);
      }
    }
    // Only what can be one workload's is its own; what may be several's leaves each in doubt.
    for (const Interface& i : work_.change.put.interfaces) {
      const auto found = owners_.find(i.id.number());
      if (found == owners_.end()) continue;
      if (found->second.size() == 1) {
        if (Row* row = find(*found->second.begin())) row->interfaces.items.push_back(i.id);
        continue;
      }
      for (const PlatformWorkloadId id : found->second) {
        Row* row = find(id);
        if (row == nullptr) continue;
        row->interfaces.open =
            registry_.gaps.add({GapKind::undocumented,
                                "the interface `" + std::string(registry_.id(i.id)) + "` may be of several workloads",
                                "give them security groups of their own", i.head.origin});
      }
    }
    for (Row& row : work_.change.put.platform_workloads) {
      const bool answers_here = row.port != 0 && row.what != Kind::web_service && row.place.known() &&
                                (row.place->vpc || !row.place->subnets.empty() || row.place->subnets.open);
      // A cluster for which nothing is claimed answers at its public address alone.
      if (!claimed.contains(row.id) && (!answers_here || row.what == Kind::cluster)) continue;
      if (!row.interfaces.complete()) continue;
      row.interfaces.open = interfaces_missing(row);
      if (row.interfaces.empty() && row.interfaces.complete()) {
        row.interfaces.open = registry_.gaps.add(
            {GapKind::not_collected,
             "which interfaces are those of `" + registry_.texts.string(row.head.name) + "` is not known",
             "aws ec2 describe-network-interfaces", row.head.origin});
      }
    }
    for (const auto& [id, nodes] : work_.platform.broker_nodes) {
      if (Row* row = find(id)) row->interfaces = nodes;
    }
    for (const auto& [id, hosts] : work_.platform.broker_hosts) {
      if (Row* row = find(id)) row->further_hosts = hosts;
    }
  }

  // A database cluster stands where its instances stand.
  void clusters() {
    for (const auto& [id, members] : work_.platform.members) {
      Row* row = find(id);
      if (row == nullptr) continue;
      bool first = true;
      for (const PlatformWorkloadId member : members) {
        const Row* instance = find(member);
        if (instance == nullptr) continue;
        if (first) {
          row->place = instance->place;
          row->interfaces = instance->interfaces;
          row->publicly_accessible = instance->publicly_accessible;
          first = false;
          continue;
        }
        auto& own = row->interfaces.items;
        own.insert(own.end(), instance->interfaces.begin(), instance->interfaces.end());
        if (instance->interfaces.open) row->interfaces.open = instance->interfaces.open;
        if (row->publicly_accessible == instance->publicly_accessible || !row->publicly_accessible.known()) continue;
        row->publicly_accessible = registry_.gaps.add(
            {GapKind::not_modelled,
             "some instances of `" + registry_.texts.string(row->head.name) + "` are publicly accessible",
             "ask about its instances", row->head.origin});
      }
    }
  }

  Work& work_;
  Registry& registry_;
  boost::unordered_flat_map<std::uint32_t, std::size_t> rows_;  // by number of the id
  boost::unordered_flat_map<std::uint32_t, Text> zones_;        // by number of the subnet
  std::map<std::uint32_t, std::set<PlatformWorkloadId>> owners_;
  std::vector<Row> standalone_;
};

}  // namespace

void finish_platform(Work& work) { Joining(work).run(); }

}  // namespace sallyport::read::snapshot
