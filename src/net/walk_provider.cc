// Being a provider: from an interface endpoint to the load balancers that an endpoint service
// of the cloud's own stands on (PL-4, SG-13).
#include "net/walk.h"

namespace sallyport::net {
namespace {

std::string quoted(const std::string& id) { return "`" + id + "`"; }

}  // namespace

// Behind an interface endpoint for a service of the cloud's own: to a balancer's node in the
// endpoint's zone, one of them if there are several (PL-4).
void Walker::at_provider(Ray ray, const EndpointService& service) {
  ray.trail.reads.push_back(service.id);
  const Reason unknown{"UNKNOWN_RESOURCE", {}, service.id, service.head.origin};
  if (service.head.gap) return lost(ray, perhaps(ray), service.head.gap, unknown);
  if (!service.state.known()) {
    ray.trail.doubts.push_back(service.state.gap());
  } else if (*service.state == State::not_working) {
    return stop(ray, {"BAD_STATE", quoted(show(service.id)) + " is not available", service.id, service.head.origin});
  }
  const std::size_t before = ends_.size();
  for (const LoadBalancerId id : service.balancers) {
    const LoadBalancer* balancer = index_.cloud()->load_balancers.find(id);
    if (balancer == nullptr) {
      lost(ray, perhaps(ray), index_.absent(id), unknown);
      continue;
    }
    Ray piece = ray;
    piece.trail.reads.push_back(id);
    if (usable(piece, *balancer)) to_zone(std::move(piece), *balancer);
  }
  if (service.balancers.open) lost(ray, perhaps(ray), service.balancers.open, unknown);
  if (ends_.size() == before) {
    stop(ray, {"VPCE_SERVICE_NOT_INSTALLED_IN_AZ",
               "no load balancer of " + quoted(show(service.id)) + " has a node in the zone of " +
                   quoted(show(ray.subnet->id)),
               service.id, service.head.origin});
  }
}

void Walker::to_zone(Ray ray, const LoadBalancer& balancer) {
  if (!balancer.vpc.known()) {
    return lost(ray, perhaps(ray), balancer.vpc.gap(), {"UNKNOWN_RESOURCE", {}, balancer.id, {}});
  }
  if (balancer.subnets.open)
    lost(ray, perhaps(ray), balancer.subnets.open, {"UNKNOWN_RESOURCE", {}, balancer.id, balancer.head.origin});
  for (const SubnetId id : balancer.subnets) {
    const Subnet* subnet = index_.cloud()->subnets.find(id);
    if (subnet == nullptr) {
      lost(ray, perhaps(ray), index_.absent(id), {"UNKNOWN_RESOURCE", {}, balancer.id, balancer.head.origin});
      continue;
    }
    // XR-3: across Regions no zone is common, and none needs to be.
    const Truth same = subnet->head.region != ray.subnet->head.region ? Truth::yes : same_zone(*ray.subnet, *subnet);
    if (same == Truth::no) continue;
    Ray piece = ray;
    if (same == Truth::unknown) {
      piece.trail.doubts.push_back(index_.gap(
          GapKind::not_collected, "the zones of " + quoted(show(ray.subnet->id)) + " and " + quoted(show(id))));
    }
    const Interface* interface = nullptr;
    for (const InterfaceId i : balancer.interfaces) {
      const Interface* own = index_.cloud()->interfaces.find(i);
      if (own != nullptr && own->subnet.known() && *own->subnet == id) interface = own;
    }
    const Node node = node_of(balancer, interface, *subnet);
    // SG-13: judged by the client's own address, or not at all.
    if (unfiltered(balancer) || truth(balancer.filters_private_link) == Truth::no) {
      serve(std::move(piece), balancer, node, true);
      continue;
    }
    piece.crossing = {};
    const auto judged = [&] {
      for (Ray& in : pass_groups(piece, balancer.groups, *balancer.vpc, Direction::ingress, balancer.id))
        serve(std::move(in), balancer, node, true);
    };
    // "The default is on":
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSecurityGroups.html
    const Value<bool>& judges = balancer.filters_private_link;
    const bool by_default = !judges.known() && !index_.options().strict &&
                            index_.registry().gaps[judges.gap()].kind == GapKind::not_collected;
    if (by_default) {
      piece.trail.assumptions.push_back("the groups of " + quoted(show(balancer.id)) +
                                        " judge what comes by PrivateLink (not collected)");
    }
    if (by_default || truth(judges) == Truth::yes) {
      judged();
      continue;
    }
    one_of(
        [&] {
          judged();
          serve(piece, balancer, node, true);
        },
        balancer.filters_private_link.gap());
  }
}

}  // namespace sallyport::net
