#include "net/seen.h"

#include <algorithm>
#include <variant>

#include "net/platform.h"
#include "net/start.h"

namespace sallyport::net {
namespace {

const Subnet* subnet_of(const Index& index, const Interface& interface) {
  return interface.subnet.known() ? index.cloud()->subnets.find(*interface.subnet) : nullptr;
}

}  // namespace

bool is_target(const Index& index, const Target& target, const Interface& interface) {
  if (const auto* t = std::get_if<WorkloadTarget>(&target)) {
    if (const PlatformWorkload* row = platform_of(index, t->workload)) {
      return std::find(row->interfaces.begin(), row->interfaces.end(), interface.id) != row->interfaces.end();
    }
    return t->workload.object == Ref(interface.id) ||
           (interface.instance && t->workload.object == Ref(interface.instance));
  }
  if (const auto* t = std::get_if<LoadBalancerTarget>(&target)) {
    const LoadBalancer* of = index.balancer_of(interface.id);
    return of != nullptr && of->id == t->balancer;
  }
  return std::holds_alternative<AddressTarget>(target);
}

bool is_target(const Index& index, const Target& target, const Interface& interface, Address address) {
  const auto* t = std::get_if<AddressTarget>(&target);
  return t == nullptr ? is_target(index, target, interface) : t->address == address;
}

bool asks_for(const Target& target, Family family) {
  const auto* address = std::get_if<AddressTarget>(&target);
  return address == nullptr || address->address.family == family;
}

Side unknown_ipv6(const Index& index, const Interface& interface, GapId gap) {
  const Subnet* subnet = subnet_of(index, interface);
  Side side = subnet == nullptr ? Side() : somewhere_in(index, *subnet, gap);
  if (!side.set.empty() && side.set.front().family != Family::v6) side.set = {};
  return side;
}

bool may_have_ipv6(const Index& index, const Interface& interface) {
  const Subnet* subnet = subnet_of(index, interface);
  if (subnet == nullptr) return true;
  const Named& blocks = index.blocks(*subnet);
  return blocks.gap || blocks.later || blocks.set.overlaps(set_of(everything(Family::v6)));
}

GapId may_face_outside(const Index& index, const LoadBalancerTarget& target) {
  const LoadBalancer* balancer = index.cloud()->load_balancers.find(target.balancer);
  if (balancer == nullptr) return index.absent(target.balancer);
  if (!balancer->internet_facing.known()) return balancer->internet_facing.gap();
  if (!*balancer->internet_facing) return {};
  return index.gap(GapKind::not_collected,
                   "the public addresses of `" + index.show(target.balancer) + "` are not in the input",
                   listing_command(Kind::network_interface));
}

}  // namespace sallyport::net
