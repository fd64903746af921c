// VPC Lattice: one packet at a resource endpoint, and at the association of a VPC (RE-1..9).
#include "library/net/naive_names.h"
#include "library/net/naive_samples.h"
#include "library/net/naive_walker.h"

namespace sallyport::naive {

using net::Verdict;

// RE-2: what leaves a resource gateway is judged by its groups going out; without any, by none.
Fate Walk::send_from_gateway(const ResourceGateway& gateway, const Subnet& subnet, const Packet& p) {
  choices_.meet("RE-2");
  if (!gateway.groups.empty() && !groups_pass(cloud_, *gateway.vpc, gateway.groups.items, true, p))
    return stop("RE-2: egress groups of the resource gateway");
  Sender sender{&subnet, *gateway.vpc, std::nullopt, false, p};
  sender.groups = &gateway.groups.items;
  start(sender);
  return forward();
}

// RE-1: the resource behind an endpoint, by a connection of its own from the resource gateway.
Fate Walk::behind_resource(const Endpoint& endpoint, const Packet& p) {
  choices_.meet("RE-1");
  const ResourceConfiguration* resource = cloud_->resource_configurations.find(endpoint.resource);
  if (resource == nullptr) return unsettled("RE-1: somebody else's resource");
  if (*resource->state != State::working) return stop("the resource configuration is not active");
  if (*resource->kind == ResourceConfigurationKind::group || *resource->kind == ResourceConfigurationKind::arn)
    return unsettled("RE-1: which address is meant");
  if (!resource->ports->contains(p.destination_port)) return stop("RE-1: not a port of the resource");
  const ResourceGateway* gateway = cloud_->resource_gateways.find(*resource->gateway);
  if (gateway == nullptr) return unsettled("RE-2: a gateway that is not there");
  if (*gateway->state != State::working) return stop("RE-2: the resource gateway is not active");
  if (gateway->subnets.empty()) return stop("RE-2: the resource gateway has no subnet");
  const Subnet& subnet = *cloud_->subnets.find(gateway->subnets.items[choices_.pick(gateway->subnets.size())]);
  std::vector<Address> to;
  if (resource->has_address) {
    to.push_back(*resource->address);
  } else {
    const Resolved found = resolve(cloud_, *gateway->vpc, std::string(cloud_.view(resource->host)), Family::v4);
    if (found.unsettled || found.unknown || found.elsewhere || found.service)
      return unsettled("RE-1: a name of elsewhere");
    to = found.addresses;
  }
  if (to.empty()) return stop("RE-1: the resource's name has no address");
  Packet out{{}, to[choices_.pick(to.size())], p.protocol, 0, p.destination_port, false};
  // Which address of the subnet the gateway has nobody says.
  const Prefix& block = *subnet.cidrs.items[0];
  if (block.family() != out.destination.family) return unsettled("RE-2: another address family");
  auto sources = address_samples(cloud_, block.first(), block.last());
  std::erase_if(sources, [&](Address a) { return interface_with(cloud_, *gateway->vpc, a) != nullptr; });
  if (sources.empty()) return unsettled("RE-2: no address is free");
  out.source = sources[choices_.pick(sources.size())];
  const auto ports = port_samples(cloud_, 1024, 65535);
  out.source_port = ports[choices_.pick(ports.size())];
  return Walk(cloud_, choices_, given_).send_from_gateway(*gateway, subnet, out);
}

// RE-7: to the link-local addresses of the service network that the VPC is associated with.
Fate Walk::to_lattice() {
  const Sender& s = legs_.back();
  choices_.meet("RE-7");
  if (s.is_nat || s.gateway) return unsettled("RE-7: from elsewhere to VPC Lattice");
  for (const ServiceNetwork& network : cloud_->service_networks) {
    for (const ServiceNetworkVpc& v : network.vpcs) {
      if (*v.vpc != s.vpc) continue;
      if (*v.state != State::working) return stop("RE-7: the association is not active");
      if (!*network.authorizes && network.services.empty() && network.resources.empty())
        return stop("RE-7: an empty service network");
      if (*network.authorizes) {
        if (!acl_passes(cloud_, *s.at, false, reply_to(s.packet)))
          return stop("ingress ACL of the sender, for the reply");
        return lost("RE-9: an auth policy");
      }
      if (!v.groups.empty() && !groups_pass(cloud_, s.vpc, v.groups.items, false, s.packet))
        return stop("RE-7: groups of the association");
      if (!acl_passes(cloud_, *s.at, false, reply_to(s.packet)))
        return stop("ingress ACL of the sender, for the reply");
      return lost("RE-7: which service answers there nobody says");
    }
  }
  return unsettled("RE-7: a route without association");
}

}  // namespace sallyport::naive
