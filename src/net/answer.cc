#include "net/answer.h"

#include <algorithm>

#include "base/result.h"

namespace sallyport::net {

const char* name(Verdict v) {
  switch (v) {
    case Verdict::private_: return "private";
    case Verdict::public_: return "public";
    case Verdict::blocked: return "blocked";
    case Verdict::unknown: return "unknown";
  }
  return "unknown";
}

const char* name(DoorKind k) {
  switch (k) {
    case DoorKind::gateway_endpoint: return "gateway-endpoint";
    case DoorKind::interface_endpoint: return "interface-endpoint";
    case DoorKind::resource_endpoint: return "resource-endpoint";
    case DoorKind::service_network_endpoint: return "service-network-endpoint";
    case DoorKind::gateway_load_balancer_endpoint: return "gateway-load-balancer-endpoint";
    case DoorKind::peering: return "peering";
    case DoorKind::transit_gateway: return "transit-gateway";
    case DoorKind::cloud_wan: return "cloud-wan";
    case DoorKind::vpn_gateway: return "vpn-gateway";
    case DoorKind::direct_connect: return "direct-connect";
    case DoorKind::nat_gateway: return "nat-gateway";
    case DoorKind::internet_gateway: return "internet-gateway";
    case DoorKind::egress_only_gateway: return "egress-only-gateway";
    case DoorKind::local_gateway: return "local-gateway";
    case DoorKind::carrier_gateway: return "carrier-gateway";
    case DoorKind::lattice: return "lattice";
    case DoorKind::appliance: return "appliance";
    case DoorKind::service: return "service";
    case DoorKind::front_door: return "front-door";
    case DoorKind::local: return "local";
  }
  return "local";
}

Door naming_door(const std::vector<Door>& doors) {
  SP_ASSERT(!doors.empty());
  const auto is_endpoint = [](const Door& d) { return d.kind < DoorKind::gateway_load_balancer_endpoint; };
  const auto is_inspection = [](const Door& d) { return d.kind == DoorKind::gateway_load_balancer_endpoint; };
  const auto is_exit = [](const Door& d) {
    return d.kind == DoorKind::nat_gateway || d.kind == DoorKind::internet_gateway ||
           d.kind == DoorKind::egress_only_gateway;
  };
  if (const auto it = std::find_if(doors.begin(), doors.end(), is_endpoint); it != doors.end()) return *it;
  if (const auto it = std::find_if(doors.begin(), doors.end(), is_inspection); it != doors.end()) return *it;
  if (const auto it = std::find_if(doors.begin(), doors.end(), is_exit); it != doors.end()) return *it;
  return doors.front();
}

}  // namespace sallyport::net
