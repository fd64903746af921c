// Central inspection: what came by a transit gateway goes through an appliance or a Gateway
// Load Balancer endpoint of another VPC and on, by an assumption; and the reply comes back
// through it (TG-10, TG-12, GW-2).
//
// https://docs.aws.amazon.com/network-firewall/latest/developerguide/vpc-config-tgw-multi-az.html
// https://docs.aws.amazon.com/prescriptive-guidance/latest/inline-traffic-inspection-third-party-appliances/transit-gateway-asymmetric-routing.html
#include <algorithm>
#include <string>
#include <utility>

#include "net/assumed.h"
#include "net/walk.h"

namespace sallyport::net {
namespace {

std::string quoted(const std::string& id) { return "`" + id + "`"; }

template <class T>
void append(std::vector<T>& to, std::vector<T> more) {
  std::move(more.begin(), more.end(), std::back_inserter(to));
}

}  // namespace

// TG-12: a firewall that is attached to the gateway itself. What it passes goes on by the
// table that is associated with its attachment.
void Walker::by_network_function(Ray ray, const TransitAttachment& out, const Route& r) {
  const bool again = std::any_of(ray.inspected.begin(), ray.inspected.end(),
                                 [&](const Inspected& i) { return i.object == Ref(out.id); });
  const Assumption* assumed = again ? nullptr : assumed_to_pass(index_, out.id, ray.beam, goal_.host);
  if (assumed == nullptr) {
    return lost(
        ray, may_be(ray),
        index_.gap(GapKind::not_modelled, "what " + quoted(show(out.id)) + " does with the traffic is not modelled"),
        {"UNSUPPORTED_COMPONENT", {}, out.id, r.place});
  }
  ray.trail.assumptions.push_back(shown(*assumed));
  ray.trail.doors.push_back({DoorKind::appliance, out.id});
  hop(ray, name(Kind::transit_attachment), out.id, "is assumed to let it through", r.place);
  ray.without_groups = true;  // SG-8
  ray.inspected.push_back({out.id, nullptr, nullptr, nullptr, out.id});
  ++ray.crossing.gateways;
  const Ref gateway = out.gateway.known() ? Ref(*out.gateway) : Ref(ray.crossing.gateway);
  ray.trail.doors.push_back({DoorKind::transit_gateway, gateway});
  at_gateway(std::move(ray), out, nullptr);
}

// The reply leaves the subnet where it stands for another one of the VPC.
Walker::Rays Walker::reply_out_of(Ray ray, const Subnet& subnet, const Back& at) {
  if (&subnet == at.subnet && at.table == nullptr) return {std::move(ray)};
  Rays left;
  if (at.ask) {
    left = pass_reply(std::move(ray), *at.subnet, Direction::ingress);
  } else {
    left.push_back(std::move(ray));
  }
  Rays rays;
  for (Ray& out : left) append(rays, pass_reply(std::move(out), subnet, Direction::egress));
  return rays;
}

// Through the appliance that the request passed last, and on by the table of its subnet.
Walker::Rays Walker::reply_by_appliance(Ray ray, const Back& at, const Route& back) {
  if (ray.inspected.empty() || ray.inspected.back().object != back.object || ray.inspected.back().vpc != at.vpc) {
    return doubted(std::move(ray),
                   index_.gap(GapKind::not_modelled,
                              "the reply goes another way than the request: by " + quoted(show(back.object)),
                              "lead it back through the appliance that the request passes"));
  }
  const Inspected passed = ray.inspected.back();
  ray.inspected.pop_back();
  Rays rays;
  for (Ray& in : reply_out_of(std::move(ray), *passed.subnet, at)) {
    append(rays, reply_from(std::move(in), {passed.subnet, at.vpc, true, at.gateways, nullptr}));
  }
  return rays;
}

// From the gateway into the VPC of the appliance that the request passed last. In appliance
// mode the gateway takes the zone that the request took (TG-10).
Walker::Rays Walker::reply_into_inspection(Ray ray, const TransitAttachment& out, const Subnet* entry, int gateways) {
  const Inspected& last = ray.inspected.back();
  const Vpc* vpc = index_.cloud()->vpcs.find(*out.vpc);
  if (vpc == nullptr || vpc != last.vpc) {
    return doubted(std::move(ray),
                   index_.gap(GapKind::not_modelled,
                              "the reply goes to " + quoted(show(*out.vpc)) + ", past " + quoted(show(last.object)),
                              "lead it back through the appliance that the request passed"));
  }
  Exits found;
  if (truth(out.appliance_mode) == Truth::yes && last.by == out.id && last.entered != nullptr) {
    found.subnets = {last.entered};
  } else {
    found = exits(out, entry);
  }
  if (found.gap) return doubted(std::move(ray), found.gap);
  Rays rays;
  for (const Subnet* subnet : found.subnets) {
    append(rays, reply_from(ray, {subnet, vpc, true, gateways, nullptr}));
  }
  if (found.subnets.empty()) {
    stop(ray, {"BAD_STATE_ATTACHMENT", "the reply is dropped: " + quoted(show(out.id)) + " has no subnet", out.id,
               out.head.origin});
  }
  return rays;
}

}  // namespace sallyport::net
