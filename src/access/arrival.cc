#include "access/arrival.h"

#include "net/beam.h"

namespace sallyport::access {

Arrival arrival(const Cloud& cloud, const net::Passage& passage, bool by_caller) {
  Gaps& gaps = cloud.registry().gaps;
  Arrival a;
  a.door = passage.door;
  a.endpoint = passage.endpoint.as<Kind::endpoint>();
  a.vpc = passage.vpc.as<Kind::vpc>();
  a.addresses = passage.source_addresses;
  a.exact = passage.source_exact;
  a.by_caller = by_caller;
  a.certain = passage.certain;
  if (a.endpoint) {
    a.by = Arrival::By::endpoint;
  } else if (!passage.certain && a.addresses.empty()) {
    a.by = Arrival::By::unknown;
    a.gap = gaps.add({GapKind::not_collected, "the path is not known, so neither are the network keys", ""});
    return a;
  } else {
    a.by = Arrival::By::publicly;
  }
  if (a.by_caller) return a;
  if (a.addresses.empty() && passage.door.kind == net::DoorKind::service) {
    a.gap = gaps.add({GapKind::outside, "the public addresses of functions outside any VPC are AWS's own",
                      "attach the function to a VPC"});
  } else if (!a.exact || a.addresses.empty()) {
    a.gap = gaps.add({GapKind::not_collected, "the source address that the service sees is not known exactly",
                      "aws ec2 describe-network-interfaces"});
  } else {
    a.gap = gaps.add({GapKind::undocumented, "which of several source addresses a request has is up to chance", ""});
  }
  return a;
}

Arrival from_anywhere() {
  Arrival a;
  a.by = Arrival::By::publicly;
  a.door = {net::DoorKind::front_door, {}};
  a.addresses = net::public_space(Family::v4) | net::public_space(Family::v6);
  a.by_caller = true;
  return a;
}

Arrival through_strangers() {
  Arrival a;
  a.by = Arrival::By::endpoint;
  a.door = {net::DoorKind::interface_endpoint, {}};
  a.strangers = true;
  a.by_caller = true;
  a.addresses = set_of(everything(Family::v4)) | set_of(everything(Family::v6));
  return a;
}

Arrival through(const Cloud& cloud, const Endpoint& endpoint) {
  Arrival a;
  a.by = Arrival::By::endpoint;
  const bool gateway = endpoint.type.known() && *endpoint.type == EndpointType::gateway;
  a.door = {gateway ? net::DoorKind::gateway_endpoint : net::DoorKind::interface_endpoint, endpoint.id};
  a.endpoint = endpoint.id;
  a.by_caller = true;
  a.addresses = set_of(everything(Family::v4)) | set_of(everything(Family::v6));
  if (!endpoint.vpc.known()) return a;
  a.vpc = *endpoint.vpc;
  const Vpc* vpc = cloud->vpcs.find(a.vpc);
  if (vpc == nullptr) return a;
  // A gateway endpoint serves its own VPC only (GE-6); an interface endpoint whoever
  // is routed to it, perhaps from public ranges used inside.
  AddressSet own;
  bool all = vpc->cidrs.complete();
  for (const Value<Prefix>& cidr : vpc->cidrs) {
    if (cidr.known()) {
      own = own | set_of(*cidr);
    } else {
      all = false;
    }
  }
  if (gateway && all && !own.empty()) a.addresses = own;
  return a;
}

}  // namespace sallyport::access
