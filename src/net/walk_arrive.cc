#include <algorithm>
#include <utility>

#include "net/walk.h"

namespace sallyport::net {
namespace {

std::string quoted(const std::string& id) { return "`" + id + "`"; }

// Inside a VPC: what becomes of it, if it gets through.
May inside(const Ray& ray) {
  return May(ray.by_internet() ? Verdict::public_ : Verdict::private_) | May(Verdict::blocked);
}

}  // namespace

// Inside `ray.vpc`, by its local route or over a peering: to the subnet that holds
// the destination.
void Walker::deliver(Ray ray) {
  for (const Subnet* subnet : index_.subnets(ray.vpc->id)) {
    if (misses(ray.beam.destination, index_.blocks(*subnet))) continue;
    Cut parts = cut(ray.beam.destination, index_.blocks(*subnet));
    if (parts.inside) {
      Ray in = ray;
      in.beam.destination = std::move(*parts.inside);
      into_subnet(std::move(in), *subnet);
    }
    if (parts.maybe) {
      Ray in = ray;
      in.beam.destination = std::move(*parts.maybe);
      lost(in, inside(in), parts.gap, {"UNKNOWN_DESTINATION", {}, subnet->id, {}});
    }
    if (!parts.outside) return;
    ray.beam.destination = std::move(*parts.outside);
  }
  GapId missing = index_.cloud().missing(Kind::subnet, ray.vpc->head.account, ray.vpc->head.region);
  if (!missing) missing = index_.stray(Kind::subnet);
  if (missing) {
    return lost(ray, inside(ray), missing, {"UNKNOWN_DESTINATION", {}, ray.vpc->id, {}});
  }
  stop(ray, {"NO_POSSIBLE_DESTINATION",
             "no subnet of " + quoted(show(ray.vpc->id)) + " holds " + describe_destination(ray.beam), ray.vpc->id,
             ray.vpc->head.origin});
}

void Walker::into_subnet(Ray ray, const Subnet& subnet) {
  const bool same = ray.subnet == &subnet;
  Rays rays;
  if (same && ray.crossing.subnet != nullptr) {
    hop(ray, "subnet", subnet.id, "the attachment is in the same subnet: no ACL entry is asked");
    rays = reply_over_transit(std::move(ray), subnet, true);
  } else if (same) {
    hop(ray, "subnet", subnet.id, "inside the subnet: neither routed nor filtered by an ACL");
    rays.push_back(std::move(ray));
  } else {
    for (Ray& in : cross_acl(std::move(ray), subnet, Direction::ingress)) {
      const bool by_gateway = in.crossing.subnet != nullptr;
      for (Ray& back :
           by_gateway ? reply_over_transit(std::move(in), subnet, false) : find_way_back(std::move(in), subnet)) {
        rays.push_back(std::move(back));
      }
    }
  }
  for (Ray& in : rays) in_subnet(std::move(in), subnet);
}

void Walker::in_subnet(Ray in, const Subnet& subnet) {
  in.subnet = &subnet;
  if (goal_.endpoint != nullptr || goal_.interface != nullptr || goal_.balancer != nullptr)
    return at_goal(std::move(in));
  const AddressSet& to = in.beam.destination.set;
  if (const Interface* interface = index_.interface_at(in.vpc->id, to.front())) {
    return at_interface(std::move(in), *interface);
  }
  GapId missing = index_.cloud().missing(Kind::network_interface, in.vpc->head.account, in.vpc->head.region);
  if (!missing) missing = index_.stray(Kind::network_interface);
  if (missing) {
    lost(in, inside(in), missing, {"UNKNOWN_DESTINATION", {}, subnet.id, {}});
  } else {
    stop(in, {"NO_POSSIBLE_DESTINATION", "no interface has " + describe_destination(in.beam), subnet.id,
              subnet.head.origin});
  }
}

// The flow means one interface or endpoint. In another VPC the same address is
// somebody else's: the packet arrives, but not where it was sent.
void Walker::at_goal(Ray ray) {
  const Value<VpcId> vpc = goal_.interface != nullptr  ? goal_.interface->vpc
                           : goal_.endpoint != nullptr ? goal_.endpoint->vpc
                                                       : goal_.balancer->vpc;
  if (!vpc.known()) {
    return lost(ray, inside(ray), vpc.gap(), {"UNKNOWN_DESTINATION", {}, {}, {}});
  }
  if (*vpc != ray.vpc->id) {
    return stop(ray, {"NO_POSSIBLE_DESTINATION",
                      "in " + quoted(show(ray.vpc->id)) + " somebody else has " + describe_destination(ray.beam),
                      ray.vpc->id, ray.vpc->head.origin});
  }
  if (goal_.interface == nullptr && goal_.balancer != nullptr)
    return at_balancer(std::move(ray), *goal_.balancer, nullptr);
  if (goal_.interface == nullptr) return at_endpoint(std::move(ray), *goal_.endpoint, nullptr);
  at_interface(std::move(ray), *goal_.interface);
}

void Walker::at_interface(Ray ray, const Interface& interface) {
  ray.trail.reads.push_back(interface.id);
  if (interface.head.gap) ray.trail.doubts.push_back(interface.head.gap);
  const Reason nobody{"NO_POSSIBLE_DESTINATION", {}, interface.id, interface.head.origin};
  const auto refuse = [&](const char* why) {
    Reason reason = nobody;
    reason.message = quoted(show(interface.id)) + " " + why;
    stop(ray, std::move(reason));
  };
  switch (interface.kind) {
    case InterfaceKind::endpoint:
      if (const Endpoint* endpoint = goal_.endpoint != nullptr ? goal_.endpoint : index_.endpoint_of(interface.id)) {
        return at_endpoint(std::move(ray), *endpoint, &interface);
      }
      return lost(
          ray, inside(ray),
          index_.gap(GapKind::not_collected, "the endpoint of " + quoted(show(interface.id)) + " is not in the input",
                     "aws ec2 describe-vpc-endpoints"),
          {"UNKNOWN_RESOURCE", {}, interface.id, {}});
    case InterfaceKind::nat_gateway: return refuse("is a NAT gateway's: nothing can be opened to it");
    case InterfaceKind::function: return refuse("is of functions: nothing can connect to it");
    case InterfaceKind::transit_gateway: return refuse("is an attachment's: nothing listens there");
    case InterfaceKind::load_balancer:
      if (const LoadBalancer* balancer = index_.balancer_of(interface.id))
        return at_balancer(std::move(ray), *balancer, &interface);
      [[fallthrough]];
    case InterfaceKind::gateway_load_balancer_endpoint:
    case InterfaceKind::other:
      hop(ray, "network-interface", interface.id, "what answers there is not modelled");
      return lost(
          ray, inside(ray),
          index_.gap(GapKind::not_modelled, "what answers at " + quoted(show(interface.id)) + " is not modelled"),
          {"UNSUPPORTED_COMPONENT", {}, interface.id, {}});
    case InterfaceKind::plain:
    case InterfaceKind::managed: break;
  }
  if (!interface.state.known()) {
    ray.trail.doubts.push_back(interface.state.gap());
  } else if (*interface.state == State::not_working) {
    return refuse("is not attached to anything that runs");
  }
  if (interface.instance) {
    const Instance* instance = index_.cloud()->instances.find(interface.instance);
    if (instance == nullptr) {
      ray.trail.doubts.push_back(index_.absent(interface.instance));
    } else if (!instance->state.known()) {
      ray.trail.doubts.push_back(instance->state.gap());
    } else if (*instance->state == State::not_working) {
      return stop(ray, {"BAD_STATE", quoted(show(interface.instance)) + " is not running", interface.instance,
                        instance->head.origin});
    }
  }
  const bool by_internet = ray.by_internet();
  for (Ray& in : pass_groups(std::move(ray), interface.groups, *interface.vpc, Direction::ingress, interface.id)) {
    hop(in, "network-interface", interface.id, "reached", interface.head.origin);
    Passage passage;
    passage.source_addresses = in.beam.source.set;
    passage.source_exact = in.beam.source.exact();
    arrive(std::move(in), by_internet ? Verdict::public_ : Verdict::private_, std::move(passage),
           {by_internet ? "REACHED_PUBLICLY" : "REACHED", "every filter on the way lets it through", interface.id, {}});
  }
}

// An interface endpoint: its groups let the client in (SG-10), its state counts
// (IF-10), services of AWS take TCP only (IF-5).
void Walker::at_endpoint(Ray ray, const Endpoint& endpoint, const Interface* interface) {
  ray.trail.reads.push_back(endpoint.id);
  if (endpoint.head.gap) ray.trail.doubts.push_back(endpoint.head.gap);
  if (!endpoint.state.known()) {
    ray.trail.doubts.push_back(endpoint.state.gap());
  } else if (*endpoint.state == State::not_working) {
    return stop(ray, {"BAD_STATE", quoted(show(endpoint.id)) + " is not available", endpoint.id, endpoint.head.origin});
  }
  const bool of_aws = !index_.view(endpoint.service).starts_with("com.amazonaws.vpce.");
  if (of_aws && ray.beam.protocol != tcp) {
    return stop(ray, {"PROTOCOL_RESTRICTION", "an interface endpoint of an AWS service takes TCP only", endpoint.id,
                      endpoint.head.origin});
  }
  const bool own_groups = interface != nullptr && (!interface->groups.empty() || interface->groups.open);
  const List<SecurityGroupId>& groups = own_groups ? interface->groups : endpoint.groups;
  const Ref owner = interface != nullptr ? Ref(interface->id) : Ref(endpoint.id);
  const VpcId ray_vpc = ray.vpc->id;
  for (Ray& in : pass_groups(std::move(ray), groups, ray_vpc, Direction::ingress, owner, true)) {
    Passage passage;
    passage.endpoint = endpoint.id;
    passage.vpc = in.vpc->id;
    passage.source_addresses = in.beam.source.set;
    passage.source_exact = in.beam.source.exact();
    const EndpointType type = endpoint.type.known() ? *endpoint.type : EndpointType::interface;
    if (type == EndpointType::resource || type == EndpointType::service_network) {
      const bool one = type == EndpointType::resource;
      in.trail.doors.push_back({one ? DoorKind::resource_endpoint : DoorKind::service_network_endpoint, endpoint.id});
      hop(in, "endpoint", endpoint.id, one ? "resource endpoint" : "service-network endpoint", endpoint.head.origin);
      if (one) at_resource_endpoint(std::move(in), endpoint);
      if (!one) at_network_endpoint(std::move(in), endpoint);
      continue;
    }
    in.trail.doors.push_back({DoorKind::interface_endpoint, endpoint.id});
    hop(in, "endpoint", endpoint.id, "interface endpoint of `" + std::string(index_.view(endpoint.service)) + "`",
        endpoint.head.origin);
    if (const EndpointService* service = index_.own_service(endpoint)) {
      at_provider(std::move(in), *service);
      continue;
    }
    arrive(
        std::move(in), Verdict::private_, std::move(passage),
        {"VPCE_INTERFACE", "the name or address leads to the interface endpoint", endpoint.id, endpoint.head.origin});
  }
}

}  // namespace sallyport::net
