// What leaves towards other networks of ours: by a virtual private gateway, or by the VPN
// and Direct Connect attachments of a transit gateway (VG-1..3). What lies behind them no
// answer of AWS says: `networks.ours` does.
#include <string>
#include <utility>

#include "net/walk.h"

namespace sallyport::net {
namespace {

std::string quoted(const std::string& id) { return "`" + id + "`"; }

Named ours(const Index& index) {
  Named named;
  for (const Prefix& p : index.settings().our_networks) named.set = named.set | set_of(p);
  return named;
}

}  // namespace

void Walker::by_vpn_gateway(Ray ray, const Route& r) {
  ray.trail.reads.push_back(r.object);
  back_through_appliance(ray, nullptr, "VPN gateway");
  ray.appliance = {};
  if (ray.crossing.subnet != nullptr) {
    return stop(
        ray, {"VGW_PRIVATE_IP_ASSOCIATION_FOR_EGRESS",
              "what came by a transit gateway is of no interface of " + quoted(show(ray.vpc->id)), r.object, r.place});
  }
  if (const RouteTable* edge = index_.edge_table(r.object)) {
    const GapId gap = index_.gap(GapKind::not_modelled, "edge route table " + quoted(show(edge->id)) +
                                                            " may send the reply through an appliance");
    return lost(ray, may_be(ray), gap, {"INGRESS_RTB_TRAFFIC_REDIRECTION", {}, edge->id, edge->head.origin});
  }
  // RT-18
  const VpnGateway* gateway = index_.cloud()->vpn_gateways.find(r.object.as<Kind::vpn_gateway>());
  if (gateway != nullptr && gateway->connected == Value<bool>(false)) {
    return stop(ray, {"BAD_STATE_VPN", "neither a VPN nor Direct Connect works behind " + quoted(show(r.object)),
                      r.object, gateway->head.origin});
  }
  if (gateway != nullptr && !gateway->connected.known() && (gateway->listed || index_.options().strict)) {
    ray.trail.doubts.push_back(gateway->connected.gap());
  } else if (gateway == nullptr || !gateway->connected.known()) {
    ray.trail.assumptions.push_back("a VPN or Direct Connect works behind " + quoted(show(r.object)) +
                                    " (not collected)");
  }
  std::optional<Ray> out = to_ours(std::move(ray), r.object, r.place);
  if (out) reached_ours(std::move(*out), {DoorKind::vpn_gateway, r.object}, r.place);
}

// The reply comes in by the same attachment: its table must lead back to the client.
void Walker::to_outside_attachment(Ray ray, const TransitAttachment& out, const Route& r) {
  std::optional<Ray> there = to_ours(std::move(ray), out.id, r.place);
  if (!there) return;
  const DoorKind kind = *out.kind == AttachmentKind::direct_connect ? DoorKind::direct_connect : DoorKind::vpn_gateway;
  for (Ray& back : reply_at_gateway(std::move(*there), out, nullptr, 1)) {
    reached_ours(std::move(back), {kind, out.id}, r.place);
  }
}

// The part that goes to networks of ours; what goes elsewhere ends here.
std::optional<Ray> Walker::to_ours(Ray ray, Ref by, Origin place) {
  Cut parts = cut(ray.beam.destination, ours(index_));
  for (std::optional<Side>* elsewhere : {&parts.outside, &parts.maybe}) {
    if (!*elsewhere) continue;
    Ray out = ray;
    out.beam.destination = std::move(**elsewhere);
    const GapId gap = index_.gap(
        GapKind::outside,
        "whether " + describe_destination(out.beam) + " lies behind " + quoted(show(by)) + " is not in the input",
        "name it under `networks: {ours: [...]}` in sallyport.yaml if it is yours");
    lost(out, may_be(out), gap, {"UNKNOWN_DESTINATION", {}, by, place});
  }
  if (!parts.inside) return std::nullopt;
  ray.beam.destination = std::move(*parts.inside);
  return ray;
}

void Walker::reached_ours(Ray ray, Door door, Origin place) {
  ray.trail.doors.push_back(door);
  ray.trail.assumptions.push_back(quoted(to_string(ray.beam.destination.set)) + " lies behind " +
                                  quoted(show(door.object)) + " (`networks.ours`)");
  hop(ray, name(door.kind), door.object, "to " + describe_destination(ray.beam) + ", a network of ours", place);
  Passage passage;
  passage.source_addresses = ray.beam.source.set;
  passage.source_exact = ray.beam.source.exact();
  arrive(std::move(ray), Verdict::private_, std::move(passage),
         {"REACHED", "it leaves by a private way to a network of ours", door.object, place});
}

}  // namespace sallyport::net
