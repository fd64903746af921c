#include "net/workload.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_set.hpp>
#include <string_view>
#include <tuple>

namespace sallyport::net {
namespace {

Value<RoleId> role_of(const Cloud& cloud, const Instance& instance) {
  if (!instance.profile.known()) return instance.profile.gap();
  if (!*instance.profile) return RoleId();
  const InstanceProfile* profile = cloud->instance_profiles.find(*instance.profile);
  if (profile != nullptr) return profile->role;
  return cloud.registry().gaps.add(
      {GapKind::not_collected,
       "instance profile `" + std::string(cloud.id(*instance.profile)) + "` is not in the input",
       listing_command(Kind::instance_profile)});
}

// An interface that stands for a workload that the input does not name otherwise.
bool stands_alone(const Cloud& cloud, const Interface& interface) {
  if (interface.instance && cloud->instances.find(interface.instance) != nullptr) return false;
  switch (interface.kind) {
    case InterfaceKind::plain:
    case InterfaceKind::load_balancer:
    case InterfaceKind::managed:
    case InterfaceKind::other: return true;
    case InterfaceKind::nat_gateway:
    case InterfaceKind::endpoint:
    case InterfaceKind::gateway_load_balancer_endpoint:
    case InterfaceKind::function:
    case InterfaceKind::transit_gateway: return false;
  }
  return false;
}

}  // namespace

const char* kind_word(const Workload& workload) {
  return name(workload.kind == WorkloadKind::platform ? workload.what : workload.object.kind);
}

const char* kind_word(const Cloud& cloud, Ref object) {
  const PlatformWorkload* row = cloud->platform_workloads.find(object.as<Kind::platform_workload>());
  return name(row == nullptr ? object.kind : row->what);
}

std::vector<Workload> workloads(const Cloud& cloud) {
  std::vector<Workload> all;
  for (const Instance& i : cloud->instances) {
    all.push_back({WorkloadKind::instance, i.id, i.head.name, i.head.account, i.head.region, role_of(cloud, i)});
  }
  for (const Function& f : cloud->functions) {
    all.push_back({WorkloadKind::function, f.id, f.head.name, f.head.account, f.head.region, f.role});
  }
  boost::unordered_flat_set<std::uint32_t> owned;
  for (const PlatformWorkload& p : cloud->platform_workloads) {
    for (const InterfaceId id : p.interfaces) owned.insert(id.number());
    all.push_back({WorkloadKind::platform, p.id, p.head.name, p.head.account, p.head.region, p.role, p.what});
  }
  GapId gap;  // which credentials are used behind an interface is not in any answer
  for (const Interface& i : cloud->interfaces) {
    if (!owned.empty() && owned.contains(i.id.number())) continue;
    if (stands_alone(cloud, i)) {
      if (!gap) {
        gap = cloud.registry().gaps.add(
            {GapKind::not_modelled, "the role of what uses an interface outside an instance is not modelled", {}});
      }
      all.push_back({WorkloadKind::network_interface, i.id, i.head.name, i.head.account, i.head.region, gap});
    }
  }
  // Texts are looked up once a workload, and each moves once.
  std::vector<std::tuple<std::string_view, std::string_view, std::size_t>> order;
  order.reserve(all.size());
  for (const Workload& w : all) order.emplace_back(cloud.view(w.name), cloud.id(w.object), order.size());
  std::sort(order.begin(), order.end());
  std::vector<Workload> sorted;
  sorted.reserve(all.size());
  for (const auto& [_name, _id, place] : order) sorted.push_back(std::move(all[place]));
  return sorted;
}

}  // namespace sallyport::net
