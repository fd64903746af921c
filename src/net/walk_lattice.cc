// VPC Lattice: endpoints of type Resource and ServiceNetwork, and the association of a VPC with a
// service network (RE-1..9). Behind them the way goes on from a resource gateway, by itself.
//
// https://docs.aws.amazon.com/vpc/latest/privatelink/use-resource-endpoint.html
// https://docs.aws.amazon.com/vpc/latest/privatelink/resource-gateway.html
#include <algorithm>
#include <string>
#include <utility>

#include "net/dns.h"
#include "net/walk.h"

namespace sallyport::net {
namespace {

std::string quoted(const std::string& id) { return "`" + id + "`"; }

// The account in an ARN, if the input knows it as a text at all.
Text owner_of(const Index& index, Ref arn) {
  std::string_view text = index.cloud().id(arn);
  for (int i = 0; i < 4; ++i) text = text.substr(std::min(text.find(':'), text.size() - 1) + 1);
  return index.registry().texts.find(text.substr(0, text.find(':'))).value_or(Text());
}

}  // namespace

// RE-1: what the endpoint's resource configuration stands for.
void Walker::at_resource_endpoint(Ray ray, const Endpoint& endpoint) {
  const Reason unknown{"UNKNOWN_RESOURCE", {}, endpoint.id, endpoint.head.origin};
  if (!endpoint.resource) {
    return lost(
        ray, perhaps(ray),
        index_.gap(GapKind::not_collected, "to which resource configuration " + quoted(show(endpoint.id)) + " leads",
                   listing_command(Kind::endpoint)),
        unknown);
  }
  const ResourceConfiguration* resource = index_.cloud()->resource_configurations.find(endpoint.resource);
  if (resource != nullptr) return to_resource(std::move(ray), *resource);
  // Somebody else's, shared: it ends at the endpoint, as with other tenants' services.
  const Text owner = owner_of(index_, endpoint.resource);
  if (owner.empty() || owner == endpoint.head.account ||
      !index_.cloud().missing(Kind::resource_configuration, owner, endpoint.head.region)) {
    return lost(ray, May::anything(), index_.absent(endpoint.resource), unknown);
  }
  Passage passage;
  passage.endpoint = endpoint.id;
  passage.vpc = ray.vpc->id;
  passage.source_addresses = ray.beam.source.set;
  passage.source_exact = ray.beam.source.exact();
  arrive(std::move(ray), Verdict::private_, std::move(passage),
         {"VPCE_RESOURCE", "the address is the resource endpoint's, and what lies behind it is another account's",
          endpoint.id, endpoint.head.origin});
}

// RE-6, RE-7: which of the network's resources and services a client means only its name tells,
// and names of services are not read.
void Walker::at_network_endpoint(Ray ray, const Endpoint& endpoint) {
  const ServiceNetwork* network = index_.cloud()->service_networks.find(endpoint.network);
  const GapId gap =
      network == nullptr
          ? (endpoint.network ? index_.absent(endpoint.network)
                              : index_.gap(GapKind::not_collected,
                                           "to which service network " + quoted(show(endpoint.id)) + " leads"))
          : authorizes(*network);
  if (gap) return lost(ray, perhaps(ray), gap, {"UNKNOWN_RESOURCE", {}, endpoint.id, endpoint.head.origin});
  lost(ray, perhaps(ray),
       index_.gap(GapKind::not_modelled,
                  "which service or resource of " + quoted(show(network->id)) + " answers at an address of " +
                      quoted(show(endpoint.id)),
                  "ask by the endpoint of the resource itself"),
       {"UNSUPPORTED_COMPONENT", {}, network->id, network->head.origin});
}

// RE-9: set: an auth policy is one more layer, which is not read.
GapId Walker::authorizes(const ServiceNetwork& network) const {
  if (!network.authorizes.known()) return network.authorizes.gap();
  if (!*network.authorizes) return {};
  return index_.gap(GapKind::not_modelled,
                    "the auth policy of the service network " + quoted(show(network.id)) + " is not modelled");
}

// RE-7: by the route that the association puts into the VPC's tables, to link-local addresses.
void Walker::at_lattice(Ray ray, const Route& r) {
  const Reason unknown{"UNKNOWN_RESOURCE", {}, ray.vpc->id, r.place};
  // "Only from that VPC": nothing that came from elsewhere is of it.
  if (ray.crossing.subnet != nullptr || ray.nat != nullptr) {
    return lost(ray, perhaps(ray),
                index_.gap(GapKind::undocumented,
                           "whether VPC Lattice takes what comes from outside " + quoted(show(ray.vpc->id))),
                unknown);
  }
  const ServiceNetwork* network = nullptr;
  const ServiceNetworkVpc* association = nullptr;
  GapId gap = index_.cloud().missing(Kind::service_network, ray.vpc->head.account, ray.vpc->head.region);
  for (const ServiceNetwork& n : index_.cloud()->service_networks) {
    for (const ServiceNetworkVpc& v : n.vpcs) {
      if (v.vpc.known() && *v.vpc == ray.vpc->id) network = &n, association = &v;
    }
    if (n.vpcs.open) gap = n.vpcs.open;
  }
  if (network == nullptr) {
    if (!gap) {
      gap = index_.gap(GapKind::contradictory,
                       quoted(show(ray.vpc->id)) + " has a route to VPC Lattice, but no service network names it",
                       listing_command(Kind::service_network));
    }
    return lost(ray, perhaps(ray), gap, unknown);
  }
  ray.trail.reads.push_back(network->id);
  if (!association->state.known()) {
    ray.trail.doubts.push_back(association->state.gap());
  } else if (*association->state == State::not_working) {
    return stop(ray, {"BAD_STATE", "the association of " + quoted(show(ray.vpc->id)) + " is not active", network->id,
                      network->head.origin});
  }
  if (const GapId policy = authorizes(*network)) return lost(ray, perhaps(ray), policy, unknown);
  if (network->services.empty() && network->resources.empty() && network->services.complete() &&
      network->resources.complete()) {
    return stop(ray, {"NO_POSSIBLE_DESTINATION", quoted(show(network->id)) + " holds no service and no resource",
                      network->id, network->head.origin});
  }
  back_through_appliance(ray, nullptr, "service network");
  // The association's own groups judge what clients send to it; none: everything passes.
  Rays let_in;
  if (association->groups.empty() && association->groups.complete()) {
    let_in.push_back(std::move(ray));
  } else {
    const VpcId vpc = ray.vpc->id;
    let_in = pass_groups(std::move(ray), association->groups, vpc, Direction::ingress, network->id, true);
  }
  for (Ray& in : let_in) {
    in.trail.doors.push_back({DoorKind::lattice, network->id});
    hop(in, "service-network", network->id, "the VPC is associated with it", network->head.origin);
    // Which service answers at a link-local address, and its own auth policy, no answer says.
    lost(in, perhaps(in),
         index_.gap(GapKind::not_modelled, "which service of " + quoted(show(network->id)) + " answers at " +
                                               describe_destination(in.beam) + ", and its auth policy"),
         {"UNSUPPORTED_COMPONENT", {}, network->id, network->head.origin});
  }
}

// RE-2: from the addresses of the resource's gateway; which of its subnets AWS takes it does not
// say. (RE-3, RE-4: without a zone in common, or in one VPC, AWS makes no endpoint.)
void Walker::to_resource(Ray ray, const ResourceConfiguration& resource) {
  ray.trail.reads.push_back(resource.id);
  const Reason unknown{"UNKNOWN_RESOURCE", {}, resource.id, resource.head.origin};
  const auto lost_here = [&](GapId gap) { lost(ray, May::anything(), gap, unknown); };  // it may be a public name
  if (resource.head.gap) return lost_here(resource.head.gap);
  if (!resource.state.known()) {
    ray.trail.doubts.push_back(resource.state.gap());
  } else if (*resource.state == State::not_working) {
    return stop(ray, {"BAD_STATE", quoted(show(resource.id)) + " is not active", resource.id, resource.head.origin});
  }
  if (!resource.kind.known()) return lost_here(resource.kind.gap());
  if (*resource.kind == ResourceConfigurationKind::group) {
    return lost_here(index_.gap(GapKind::not_modelled,
                                "which of the resources of " + quoted(show(resource.id)) + " is meant",
                                "ask by the endpoint of one of them"));
  }
  if (!resource.ports.known()) return lost_here(resource.ports.gap());
  const PortSet passed = ray.beam.destination_ports & *resource.ports;
  if (passed.empty()) {
    return stop(ray, {"PROTOCOL_RESTRICTION", quoted(show(resource.id)) + " does not name this port", resource.id,
                      resource.head.origin});
  }
  ray.beam.destination_ports = passed;
  if (!resource.gateway.known()) return lost_here(resource.gateway.gap());
  const ResourceGateway* gateway = index_.cloud()->resource_gateways.find(*resource.gateway);
  if (gateway == nullptr) {
    return lost_here(*resource.gateway
                         ? index_.absent(*resource.gateway)
                         : index_.gap(GapKind::not_collected, "the resource gateway of " + quoted(show(resource.id)),
                                      listing_command(Kind::resource_gateway)));
  }
  ray.trail.reads.push_back(gateway->id);
  if (gateway->head.gap) return lost_here(gateway->head.gap);
  if (!gateway->state.known()) {
    ray.trail.doubts.push_back(gateway->state.gap());
  } else if (*gateway->state == State::not_working) {
    return stop(ray, {"BAD_STATE", quoted(show(gateway->id)) + " is not active", gateway->id, gateway->head.origin});
  }
  const std::size_t before = ends_.size();
  for (const SubnetId id : gateway->subnets) {
    const Subnet* subnet = index_.cloud()->subnets.find(id);
    if (subnet == nullptr) {
      lost_here(index_.absent(id));
      continue;
    }
    from_gateway(ray, *gateway, resource, *subnet);
  }
  if (gateway->subnets.open) lost_here(gateway->subnets.open);
  if (ends_.size() == before) {
    stop(ray,
         {"NO_POSSIBLE_DESTINATION", quoted(show(gateway->id)) + " has no subnet", gateway->id, gateway->head.origin});
  }
}

// A connection of its own from a subnet of the gateway, filtered by its groups going out.
void Walker::from_gateway(Ray ray, const ResourceGateway& gateway, const ResourceConfiguration& resource,
                          const Subnet& subnet) {
  const Reason unknown{"UNKNOWN_RESOURCE", {}, resource.id, resource.head.origin};
  const auto lost_here = [&](GapId gap) { lost(ray, May::anything(), gap, unknown); };  // it may be a public name
  if (!subnet.vpc.known()) return lost_here(subnet.vpc.gap());
  const Vpc* vpc = index_.cloud()->vpcs.find(*subnet.vpc);
  if (vpc == nullptr) return lost_here(index_.absent(*subnet.vpc));
  if (ray.balancers >= 3) return lost_here(index_.gap(GapKind::contradictory, "endpoints lead in a circle"));
  // Of a database its own address is not in the configuration.
  Side destination;
  Goal goal;
  if (resource.has_address) {
    if (!resource.address.known()) return lost_here(resource.address.gap());
    destination.set = set_of(*resource.address);
  } else if (!resource.host.empty()) {
    const Resolved resolved = resolve(index_, vpc, index_.view(resource.host));
    ray.trail.reads.insert(ray.trail.reads.end(), resolved.reads.begin(), resolved.reads.end());
    ray.trail.assumptions.insert(ray.trail.assumptions.end(), resolved.assumptions.begin(), resolved.assumptions.end());
    const Resolution& first = resolved.ends.front();
    if (resolved.ends.size() == 1 && first.end == NameEnd::nothing) {
      return stop(ray, {"DNS_NO_RECORD", first.detail, resource.id, resource.head.origin});
    }
    if (resolved.ends.size() != 1 || first.end != NameEnd::addresses || first.side.set.empty()) {
      return lost_here(first.gap
                           ? first.gap
                           : index_.gap(GapKind::not_modelled, "to what `" + std::string(index_.view(resource.host)) +
                                                                   "` resolves for " + quoted(show(gateway.id))));
    }
    destination = first.side;
  } else {
    return lost_here(index_.gap(GapKind::not_modelled, "at which address " + quoted(show(resource.id)) +
                                                           " stands, which is known by an ARN only"));
  }
  Start start;
  start.subnet = &subnet;
  start.vpc = vpc;
  start.groups = gateway.groups;
  start.object = gateway.id;
  start.unfiltered = gateway.groups.empty() && gateway.groups.complete();
  start.balancers = ray.balancers + 1;
  Beam beam = ray.beam;
  beam.destination = std::move(destination);
  beam.source = {};
  beam.source.set = index_.blocks(subnet).set & set_of(everything(beam.destination.set.front().family));
  beam.source.gap = index_.gap(GapKind::not_collected, "the addresses of " + quoted(show(gateway.id)));
  if (beam.source.set.empty()) return lost_here(beam.source.gap);
  if (beam.has_ports()) beam.source_ports = {1024, 65535};
  hop(ray, "resource-gateway", gateway.id, "goes on from " + quoted(show(subnet.id)), gateway.head.origin);
  Trail trail = std::move(ray.trail);
  const std::vector<Door> before = std::exchange(trail.doors, {});
  Passage passage;
  for (const Door& door : before) {
    if (door.kind == DoorKind::resource_endpoint) passage.endpoint = door.object;
  }
  Walker leg(index_, std::move(start), goal);
  for (Outcome& end : leg.run(std::move(beam), std::move(trail))) {
    end.trail.doors.insert(end.trail.doors.begin(), before.begin(), before.end());
    for (Passage& p : end.passages) {
      if (!end.trail.doors.empty()) p.door = naming_door(end.trail.doors);
      p.endpoint = passage.endpoint;
    }
    ends_.push_back(std::move(end));
  }
}

}  // namespace sallyport::net
