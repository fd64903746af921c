#include "net/start.h"

#include "net/platform.h"

#include <algorithm>
#include <utility>

namespace sallyport::net {
namespace {

Outcome failed(const Index& index, May may, GapId gap, Reason reason, Hop hop) {
  Outcome o;
  o.may = may;
  if (gap) {
    o.trail.doubts.push_back(gap);
    Passage passage;
    passage.certain = false;
    o.passages.push_back(std::move(passage));
    if (reason.message.empty()) reason.message = index.registry().gaps[gap].what;
  }
  o.reason = std::move(reason);
  o.trail.hops.push_back(std::move(hop));
  return o;
}

Hop hop_of(Ref object, const Head& head) { return {name(object.kind), object, {}, "starts here", head.origin}; }

Hop hop_of(const PlatformWorkload& p) { return {name(p.what), p.id, {}, "starts here", p.head.origin}; }

// AC-3: what the client's system takes for outgoing connections.
PortSet client_ports(const Instance* instance) {
  if (instance == nullptr) return any_client_ports();
  return instance->windows ? PortSet(49152, 65535) : PortSet(32768, 61000);
}

// Some address of the subnet's IPv6 block that is not there yet.
Side in_later_block(const Index& index, const Subnet& subnet) {
  Side side;
  side.set = public_space(Family::v6);
  side.gap = index.blocks(subnet).later;
  side.within = subnet.id;
  return side;
}

// One departure per address of the interface, since a table or an ACL may part them.
void depart(const Index& index, const Interface& interface, const Instance* instance, Departures& out) {
  const auto lost = [&](GapId gap) {
    out.failed.push_back(failed(index, May::anything(), gap,
                                {"UNKNOWN_RESOURCE", {}, interface.id, interface.head.origin},
                                hop_of(interface.id, interface.head)));
  };
  if (interface.head.gap) return lost(interface.head.gap);
  if (interface.kind == InterfaceKind::endpoint) {
    out.failed.push_back(failed(index, Verdict::blocked, {},
                                {"VPCE_INTRA_VPC_TRAFFIC", "an endpoint answers and never initiates (IF-4)",
                                 interface.id, interface.head.origin},
                                hop_of(interface.id, interface.head)));
    return;
  }
  if (!interface.state.known()) return lost(interface.state.gap());
  if (*interface.state == State::not_working) {
    out.failed.push_back(
        failed(index, Verdict::blocked, {},
               {"BAD_STATE", "`" + index.show(interface.id) + "` is not attached to anything that runs", interface.id,
                interface.head.origin},
               hop_of(interface.id, interface.head)));
    return;
  }
  if (!interface.vpc.known()) return lost(interface.vpc.gap());
  if (!interface.subnet.known()) return lost(interface.subnet.gap());
  const Vpc* vpc = index.cloud()->vpcs.find(*interface.vpc);
  if (vpc == nullptr) return lost(index.absent(*interface.vpc));
  const Subnet* subnet = index.cloud()->subnets.find(*interface.subnet);
  if (subnet == nullptr) return lost(index.absent(*interface.subnet));
  Start start{subnet,
              vpc,
              interface.groups,
              interface.public_addresses.items,
              interface.public_addresses.open,
              false,
              interface.kind == InterfaceKind::function,
              interface.id};
  const PortSet ports = client_ports(instance);
  // RT-18: it may be stopped.
  GapId doubt;
  if (interface.instance && instance == nullptr) doubt = index.absent(interface.instance);
  if (instance != nullptr && !instance->state.known()) doubt = instance->state.gap();
  if (instance != nullptr && instance->head.gap) doubt = instance->head.gap;
  for (const Value<Address>& address : interface.addresses) {
    Side source;
    if (address.known()) {
      source.set = set_of(*address);
    } else {
      source = somewhere_in(index, *subnet, address.gap());
      if (source.set.empty()) {
        lost(address.gap());
        continue;
      }
    }
    start.surely_public = interface.surely_public && &address == &interface.addresses.items.front();
    out.list.push_back({start, std::move(source), ports, doubt});
  }
  if (interface.addresses.open) lost(interface.addresses.open);
}

void depart(const Index& index, const Instance& instance, Departures& out) {
  const auto end = [&](May may, GapId gap, const char* code, std::string message) {
    out.failed.push_back(failed(index, may, gap, {code, std::move(message), instance.id, instance.head.origin},
                                hop_of(instance.id, instance.head)));
  };
  if (instance.head.gap) return end(May::anything(), instance.head.gap, "UNKNOWN_RESOURCE", {});
  if (!instance.state.known()) return end(May::anything(), instance.state.gap(), "UNKNOWN_RESOURCE", {});
  if (*instance.state == State::not_working) {
    return end(Verdict::blocked, {}, "BAD_STATE", "`" + index.show(instance.id) + "` is not running");
  }
  std::vector<InterfaceId> ids;
  for (const Interface* interface : index.interfaces_of(instance)) ids.push_back(interface->id);
  for (const InterfaceId id : instance.interfaces) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  }
  for (const InterfaceId id : ids) {
    if (const Interface* interface = index.cloud()->interfaces.find(id)) {
      depart(index, *interface, &instance, out);
    } else {
      end(May::anything(), index.absent(id), "UNKNOWN_RESOURCE", {});
    }
  }
  if (instance.interfaces.open) end(May::anything(), instance.interfaces.open, "UNKNOWN_RESOURCE", {});
  if (ids.empty() && !instance.interfaces.open) {
    const GapId missing = index.cloud().missing(Kind::network_interface, instance.head.account, instance.head.region);
    if (missing) return end(May::anything(), missing, "UNKNOWN_RESOURCE", {});
    end(Verdict::blocked, {}, "NO_SOURCE_OR_DESTINATION", "`" + index.show(instance.id) + "` has no interface");
  }
}

// LA-2: the addresses of Lambda's interfaces for a subnet and a set of groups.
struct FunctionAddresses {
  AddressSet own;
  AddressSet perhaps;  // of interfaces that may be others
  GapId unseen;        // set: there may be others
};

FunctionAddresses addresses_of(const Index& index, const Placement& network, const Subnet& subnet, const Vpc& vpc) {
  FunctionAddresses found;
  found.unseen = index.cloud().missing(Kind::network_interface, vpc.head.account, vpc.head.region);
  if (network.groups.open) found.unseen = network.groups.open;
  std::vector<SecurityGroupId> groups = network.groups.items;
  std::sort(groups.begin(), groups.end());
  const auto see = [&](const Interface& interface, GapId doubt) {
    std::vector<SecurityGroupId> own = interface.groups.items;
    std::sort(own.begin(), own.end());
    if (network.groups.open) doubt = network.groups.open;
    if (interface.groups.open) doubt = interface.groups.open;
    if (interface.head.gap) doubt = interface.head.gap;
    if (!doubt && own != groups) return;
    if (doubt) found.unseen = doubt;
    if (interface.addresses.open) found.unseen = interface.addresses.open;
    for (const Value<Address>& address : interface.addresses) {
      if (!address.known()) {
        found.unseen = address.gap();
      } else {
        AddressSet& set = doubt ? found.perhaps : found.own;
        set = set | set_of(*address);
      }
    }
  };
  for (const Interface* interface : index.function_interfaces(subnet.id)) see(*interface, {});
  for (const Interface* interface : index.unplaced_function_interfaces()) see(*interface, interface->subnet.gap());
  return found;
}

// LA-5: each subnet is an alternative. LA-2: the addresses are those of Lambda's
// interfaces for this subnet and these groups; before there is one, any free one of the
// subnet; where there may be one that is not in the input, it is one of these.
void depart(const Index& index, const Function& function, Departures& out) {
  const auto end = [&](May may, GapId gap, const char* code) {
    out.failed.push_back(
        failed(index, may, gap, {code, {}, function.id, function.head.origin}, hop_of(function.id, function.head)));
  };
  if (function.head.gap) return end(May::anything(), function.head.gap, "UNKNOWN_RESOURCE");
  if (!function.network.known()) return end(May::anything(), function.network.gap(), "UNKNOWN_RESOURCE");
  const Placement& network = *function.network;
  if (!network.vpc && network.subnets.empty() && network.subnets.complete()) {
    out.outside = true;
    return;
  }
  if (network.subnets.open) end(May::anything(), network.subnets.open, "UNKNOWN_RESOURCE");
  for (const SubnetId id : network.subnets) {
    const Subnet* subnet = index.cloud()->subnets.find(id);
    if (subnet == nullptr) {
      end(May::anything(), index.absent(id), "UNKNOWN_RESOURCE");
      continue;
    }
    if (!subnet->vpc.known()) {
      end(May::anything(), subnet->vpc.gap(), "UNKNOWN_RESOURCE");
      continue;
    }
    const Vpc* vpc = index.cloud()->vpcs.find(*subnet->vpc);
    if (vpc == nullptr) {
      end(May::anything(), index.absent(*subnet->vpc), "UNKNOWN_RESOURCE");
      continue;
    }
    Start start{subnet, vpc, network.groups, {}, {}, false, true, function.id};
    const FunctionAddresses addresses = addresses_of(index, network, *subnet, *vpc);
    const AddressSet blocks = index.blocks(*subnet).set;
    for (const Family family : {Family::v4, Family::v6}) {
      if (family == Family::v6 && !network.ipv6) continue;
      const AddressSet space = set_of(everything(family));
      Side source;
      source.set = addresses.own & space;
      if (source.set.empty()) {
        source.set = ((blocks - index.taken(*subnet)) | (addresses.perhaps & blocks)) & space;
        source.gap = addresses.unseen;
      }
      if (!source.set.empty()) out.list.push_back({start, std::move(source), any_client_ports()});
    }
    if (network.ipv6 && index.blocks(*subnet).later) {
      out.list.push_back({start, in_later_block(index, *subnet), any_client_ports()});
    }
    // A block that is not known may be the one from which it sends.
    const GapId unseen = index.blocks(*subnet).gap;
    if (unseen || blocks.empty()) end(May::anything(), unseen ? unseen : index.absent(id), "UNKNOWN_RESOURCE");
  }
}

// A private connection of EventBridge comes out of a resource gateway, in the VPC of the resource
// (RE-2). https://docs.aws.amazon.com/eventbridge/latest/userguide/connection-private.html
void depart_by_gateway(const Index& index, const PlatformWorkload& p, Departures& out) {
  const auto lost = [&](GapId gap) {
    out.failed.push_back(failed(index, May::anything(), gap, {"UNKNOWN_RESOURCE", {}, p.id, p.head.origin}, hop_of(p)));
  };
  const ResourceConfiguration* resource = index.cloud()->resource_configurations.find(p.place->through);
  if (resource == nullptr) return lost(index.absent(p.place->through));
  if (!resource->gateway.known()) return lost(resource->gateway.gap());
  const ResourceGateway* gateway = index.cloud()->resource_gateways.find(*resource->gateway);
  if (gateway == nullptr)
    return lost(*resource->gateway ? index.absent(*resource->gateway) : index.absent(resource->id));
  if (gateway->subnets.open) lost(gateway->subnets.open);
  for (const SubnetId id : gateway->subnets) {
    const Subnet* subnet = index.cloud()->subnets.find(id);
    const Vpc* vpc = subnet != nullptr && subnet->vpc.known() ? index.cloud()->vpcs.find(*subnet->vpc) : nullptr;
    if (vpc == nullptr) {
      lost(subnet == nullptr ? index.absent(id) : subnet->vpc.known() ? index.absent(*subnet->vpc) : subnet->vpc.gap());
      continue;
    }
    Start start{subnet, vpc, gateway->groups, {}, {}, false, false, gateway->id};
    start.unfiltered = gateway->groups.empty() && gateway->groups.complete();
    Side source;
    source.set = index.blocks(*subnet).set & set_of(everything(Family::v4));
    source.gap = index.gap(GapKind::not_collected, "the addresses of `" + index.show(gateway->id) + "`");
    if (source.set.empty()) lost(source.gap);
    if (!source.set.empty()) out.list.push_back({start, std::move(source), any_client_ports()});
  }
}

// From the interfaces that are known to be its own; where there may be others, or it has
// none yet, from any free address of its subnets, too.
void depart(const Index& index, const PlatformWorkload& p, Departures& out) {
  const auto end = [&](May may, GapId gap, const char* code, std::string message) {
    out.failed.push_back(failed(index, may, gap, {code, std::move(message), p.id, p.head.origin}, hop_of(p)));
  };
  const auto lost = [&](GapId gap) { end(May::anything(), gap, "UNKNOWN_RESOURCE", {}); };
  if (p.head.gap) return lost(p.head.gap);
  if (!p.state.known()) return lost(p.state.gap());
  if (*p.state == State::not_working) {
    return end(Verdict::blocked, {}, "BAD_STATE", "`" + index.show(p.id) + "` is not running");
  }
  if (!p.place.known()) {
    // A link of APIs leads to the balancers that it names, and nowhere else.
    const May may = p.what == Kind::api ? May(Verdict::private_) | May(Verdict::blocked) : May::anything();
    return end(may, p.place.gap(), "UNKNOWN_RESOURCE", {});
  }
  if (p.place->through) return depart_by_gateway(index, p, out);
  const Placement& place = *p.place;
  if (!place.vpc && place.subnets.empty() && place.subnets.complete()) {
    out.outside = true;
    return;
  }
  for (const InterfaceId id : p.interfaces) {
    if (const Interface* interface = index.cloud()->interfaces.find(id)) {
      depart(index, *interface, nullptr, out);
    } else {
      lost(index.absent(id));
    }
  }
  if (!p.interfaces.empty() && p.interfaces.complete()) return;
  if (place.subnets.open) lost(place.subnets.open);
  for (const SubnetId id : place.subnets) {
    const Subnet* subnet = index.cloud()->subnets.find(id);
    if (subnet == nullptr || !subnet->vpc.known()) {
      lost(subnet == nullptr ? index.absent(id) : subnet->vpc.gap());
      continue;
    }
    const Vpc* vpc = index.cloud()->vpcs.find(*subnet->vpc);
    if (vpc == nullptr) {
      lost(index.absent(*subnet->vpc));
      continue;
    }
    Start start{subnet, vpc, place.groups, {}, {}, false, false, p.id};
    // A database that is publicly accessible has the public address on its interface.
    const Value<bool>& has_public = p.what == Kind::task || p.port == 0 ? p.public_address : p.publicly_accessible;
    start.surely_public = has_public.known() && *has_public && !has_front(p);
    if (!has_public.known() && !has_front(p)) start.public_gap = has_public.gap();
    Side source;
    source.set = (index.blocks(*subnet).set - index.taken(*subnet)) & set_of(everything(Family::v4));
    source.gap = p.interfaces.open
                     ? p.interfaces.open
                     : index.cloud().missing(Kind::network_interface, vpc->head.account, vpc->head.region);
    const GapId unseen = index.blocks(*subnet).gap;
    if (unseen || source.set.empty()) lost(unseen ? unseen : index.absent(id));
    if (!source.set.empty()) out.list.push_back({start, std::move(source), any_client_ports()});
  }
}

}  // namespace

Side somewhere_in(const Index& index, const Subnet& subnet, GapId gap) {
  Side side;
  side.gap = gap;
  const Named& blocks = index.blocks(subnet);
  side.set = blocks.set & set_of(everything(Family::v4));
  if (!side.set.empty()) return side;
  if (blocks.gap) {
    // Its block is not known: some part of its VPC's, where that has one family only.
    if (!subnet.cidrs.empty() && !blocks.bound.overlaps(set_of(everything(Family::v6)))) side.set = blocks.bound;
    return side;
  }
  if (blocks.later && blocks.set.empty()) return in_later_block(index, subnet);
  if (!blocks.later) side.set = blocks.set;  // else it may be of either
  return side;
}

PortSet any_client_ports() { return {1024, 65535}; }

Departures departures(const Index& index, const Workload& workload) {
  Departures out;
  switch (workload.kind) {
    case WorkloadKind::instance:
      if (const Instance* i = index.cloud()->instances.find(workload.object.as<Kind::instance>()))
        depart(index, *i, out);
      break;
    case WorkloadKind::function:
      if (const Function* f = index.cloud()->functions.find(workload.object.as<Kind::function>()))
        depart(index, *f, out);
      break;
    case WorkloadKind::network_interface:
      if (const Interface* i = index.cloud()->interfaces.find(workload.object.as<Kind::network_interface>()))
        return departures(index, *i);
      break;
    case WorkloadKind::platform:
      if (const PlatformWorkload* p = platform_of(index, workload)) depart(index, *p, out);
      break;
  }
  return out;
}

Departures departures(const Index& index, const Interface& interface) {
  Departures out;
  const Instance* instance = interface.instance ? index.cloud()->instances.find(interface.instance) : nullptr;
  if (instance != nullptr && instance->state.known() && *instance->state == State::not_working) {
    out.failed.push_back(failed(
        index, Verdict::blocked, {},
        {"BAD_STATE", "`" + index.show(interface.instance) + "` is not running", instance->id, instance->head.origin},
        hop_of(interface.id, interface.head)));
    return out;
  }
  depart(index, interface, instance, out);
  return out;
}

}  // namespace sallyport::net
