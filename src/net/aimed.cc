#include "net/aimed.h"

#include <algorithm>
#include <utility>

#include "net/start.h"

namespace sallyport::net {

Destination aimed(Side side, Goal goal) {
  Destination d;
  d.side = std::move(side);
  d.goal = std::move(goal);
  d.has_side = true;
  return d;
}

Destination lost(const Index& index, GapId gap, Reason reason) {
  Destination d;
  d.failed.may = May::anything();
  d.failed.trail.doubts.push_back(gap);
  Passage passage;
  passage.certain = false;
  d.failed.passages.push_back(std::move(passage));
  if (reason.message.empty()) reason.message = index.registry().gaps[gap].what;
  d.failed.reason = std::move(reason);
  return d;
}

Destination nothing(Reason reason) {
  Destination d;
  d.failed.may = Verdict::blocked;
  d.failed.reason = std::move(reason);
  return d;
}

void at_interface(const Index& index, const Interface& interface, Goal goal, std::vector<Destination>& out) {
  goal.interface = &interface;
  const Subnet* subnet = interface.subnet.known() ? index.cloud()->subnets.find(*interface.subnet) : nullptr;
  for (const Value<Address>& address : interface.addresses) {
    Side side;
    if (address.known()) side.set = set_of(*address);
    const AddressSet blocks = subnet != nullptr ? index.blocks(*subnet).set : AddressSet();
    const bool outside = address.known() && subnet != nullptr && !index.blocks(*subnet).gap &&
                         !index.blocks(*subnet).later && !blocks.contains(*address);
    if (!address.known() || outside) {
      side.gap = outside ? index.gap(GapKind::contradictory,
                                     "`" + to_string(*address) + "` of `" + index.show(interface.id) +
                                         "` lies outside its subnet `" + index.show(*interface.subnet) + "`")
                         : address.gap();
      if (outside) {
        side.set = blocks & set_of(everything(address->family));
      } else if (subnet != nullptr) {
        side = somewhere_in(index, *subnet, address.gap());
      }
      if (side.set.empty()) {
        out.push_back(lost(index, side.gap, {"UNKNOWN_DESTINATION", {}, interface.id, interface.head.origin}));
        continue;
      }
    }
    out.push_back(aimed(std::move(side), goal));
  }
  if (interface.addresses.open) {
    out.push_back(
        lost(index, interface.addresses.open, {"UNKNOWN_DESTINATION", {}, interface.id, interface.head.origin}));
  }
}

void at_endpoint(const Index& index, const Endpoint& endpoint, std::string_view zone, std::vector<Destination>& out) {
  const auto in_zone = [&](SubnetId id) {
    const Subnet* subnet = index.cloud()->subnets.find(id);
    return zone.empty() || subnet == nullptr || index.view(subnet->zone) == zone;
  };
  const std::size_t before = out.size();
  std::vector<SubnetId> seen;
  for (const InterfaceId id : endpoint.interfaces) {
    const Interface* interface = index.cloud()->interfaces.find(id);
    if (interface == nullptr || !interface->subnet.known()) continue;
    seen.push_back(*interface->subnet);
    if (in_zone(*interface->subnet)) at_interface(index, *interface, {&endpoint, nullptr}, out);
  }
  for (const SubnetId id : endpoint.subnets) {
    if (std::find(seen.begin(), seen.end(), id) != seen.end() || !in_zone(id)) continue;
    const Subnet* subnet = index.cloud()->subnets.find(id);
    Side side;
    side.gap =
        index.gap(GapKind::not_collected,
                  "the addresses of `" + index.show(endpoint.id) + "` in `" + index.show(id) + "` are not in the input",
                  listing_command(Kind::network_interface));
    if (subnet != nullptr) side.set = index.blocks(*subnet).set & set_of(everything(Family::v4));
    if (side.set.empty()) {
      out.push_back(lost(index, side.gap, {"UNKNOWN_DESTINATION", {}, endpoint.id, endpoint.head.origin}));
    } else {
      out.push_back(aimed(std::move(side), {&endpoint, nullptr}));
    }
  }
  if (endpoint.subnets.open) {
    out.push_back(lost(index, endpoint.subnets.open, {"UNKNOWN_DESTINATION", {}, endpoint.id, endpoint.head.origin}));
  }
  if (out.size() == before) {
    out.push_back(
        lost(index,
             index.gap(GapKind::not_collected, "`" + index.show(endpoint.id) + "` has no interface in the input",
                       listing_command(Kind::network_interface)),
             {"UNKNOWN_DESTINATION", {}, endpoint.id, endpoint.head.origin}));
  }
}

void at_balancer(const Index& index, const LoadBalancer& balancer, std::vector<Destination>& out) {
  const Reason unknown{"UNKNOWN_DESTINATION", {}, balancer.id, balancer.head.origin};
  if (!balancer.internet_facing.known()) {
    out.push_back(lost(index, balancer.internet_facing.gap(), unknown));
    return;
  }
  const std::size_t before = out.size();
  std::vector<SubnetId> seen;
  for (const InterfaceId id : balancer.interfaces) {
    const Interface* interface = index.cloud()->interfaces.find(id);
    if (interface == nullptr) continue;
    if (interface->subnet.known()) seen.push_back(*interface->subnet);
    if (!*balancer.internet_facing) {
      at_interface(index, *interface, {nullptr, nullptr, &balancer}, out);
      continue;
    }
    for (const PublicAddress& p : interface->public_addresses) {
      Side side;
      side.set = set_of(p.address);
      out.push_back(aimed(std::move(side), {}));
    }
    if (interface->public_addresses.open) out.push_back(lost(index, interface->public_addresses.open, unknown));
  }
  if (balancer.subnets.open) out.push_back(lost(index, balancer.subnets.open, unknown));
  for (const SubnetId id : balancer.subnets) {
    if (std::find(seen.begin(), seen.end(), id) != seen.end()) continue;
    const Subnet* subnet = index.cloud()->subnets.find(id);
    Side side;
    side.gap =
        index.gap(GapKind::not_collected,
                  "the addresses of `" + index.show(balancer.id) + "` in `" + index.show(id) + "` are not in the input",
                  listing_command(Kind::network_interface));
    if (subnet != nullptr && !*balancer.internet_facing)
      side.set = index.blocks(*subnet).set & set_of(everything(Family::v4));
    if (side.set.empty()) {
      out.push_back(lost(index, side.gap, unknown));
    } else {
      out.push_back(aimed(std::move(side), {nullptr, nullptr, &balancer}));
    }
  }
  if (out.size() == before) {
    out.push_back(
        lost(index,
             index.gap(GapKind::not_collected, "`" + index.show(balancer.id) + "` has no interface in the input",
                       listing_command(Kind::network_interface)),
             unknown));
  }
}

}  // namespace sallyport::net
