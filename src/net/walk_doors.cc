#include <utility>
#include <variant>

#include "net/walk.h"

namespace sallyport::net {
namespace {

std::string quoted(const std::string& id) { return "`" + id + "`"; }

}  // namespace

// AWS's page said until 2021 that a NAT gateway sends nothing over peerings; since
// then it is silent.
GapId Walker::behind_nat(const Ray& ray, const std::string& what) const {
  return index_.gap(GapKind::undocumented,
                    "whether " + what + " takes what NAT gateway " + quoted(show(ray.nat->id)) + " sends",
                    "route it there from the table of the source's own subnet");
}

void Walker::by_gateway_endpoint(Ray ray, const Route& r) {
  const auto id = r.object.as<Kind::endpoint>();
  const Endpoint* endpoint = index_.cloud()->endpoints.find(id);
  ray.trail.reads.push_back(r.object);
  if (endpoint == nullptr || !endpoint->type.known() || endpoint->head.gap) {
    // A route through a managed list to a `vpce-` is one that AWS made for a gateway
    // endpoint; its state and its policy are not known.
    const GapId gap = endpoint == nullptr       ? index_.absent(r.object)
                      : !endpoint->type.known() ? endpoint->type.gap()
                                                : endpoint->head.gap;
    const bool managed = std::holds_alternative<PrefixListId>(r.destination);
    const May may = managed ? May(Verdict::private_) | May(Verdict::blocked) : May::anything();
    return lost(ray, may, gap, {"UNKNOWN_RESOURCE", {}, r.object, r.place});
  }
  if (*endpoint->type != EndpointType::gateway) return by_unmodelled(std::move(ray), r);
  if (!endpoint->state.known()) {
    ray.trail.doubts.push_back(endpoint->state.gap());
  } else if (*endpoint->state == State::not_working) {
    return stop(ray, {"BAD_STATE", quoted(show(id)) + " is not available", r.object, r.place});
  }
  // GE-6: only sources in the endpoint's own VPC.
  if (!endpoint->vpc.known()) {
    ray.trail.doubts.push_back(endpoint->vpc.gap());
  } else if (*endpoint->vpc != ray.vpc->id || ray.crossing.subnet != nullptr) {  // TG-11
    return stop(ray, {"NO_POSSIBLE_DESTINATION", quoted(show(id)) + " serves another VPC only", r.object, r.place});
  }
  // GE-9
  if (ray.beam.protocol != tcp && ray.beam.protocol != icmp && ray.beam.protocol != icmpv6) {
    return stop(ray, {"VPCE_GATEWAY_PROTOCOL_RESTRICTION", "a gateway endpoint passes TCP and ICMP echo only", r.object,
                      r.place});
  }
  Passage passage;
  passage.endpoint = endpoint->id;
  passage.vpc = ray.vpc->id;
  passage.source_addresses = ray.beam.source.set;
  passage.source_exact = ray.beam.source.exact();
  back_through_appliance(ray, nullptr, "gateway endpoint");
  ray.trail.doors.push_back({DoorKind::gateway_endpoint, r.object});
  hop(ray, "endpoint", r.object, "gateway endpoint of `" + std::string(index_.view(endpoint->service)) + "`",
      endpoint->head.origin);
  arrive(std::move(ray), Verdict::private_, std::move(passage),
         {"VPCE_GATEWAY_ROUTE", "the managed prefix list's route leads to the gateway endpoint", r.object, r.place});
}

void Walker::by_peering(Ray ray, const Route& r) {
  const auto id = r.object.as<Kind::peering>();
  const Peering* peering = index_.cloud()->peerings.find(id);
  ray.trail.reads.push_back(r.object);
  const Reason unknown{"UNKNOWN_RESOURCE", {}, r.object, r.place};
  if (peering == nullptr) return lost(ray, may_be(ray), index_.absent(r.object), unknown);
  if (peering->head.gap) return lost(ray, may_be(ray), peering->head.gap, unknown);
  if (!peering->state.known()) {
    ray.trail.doubts.push_back(peering->state.gap());
  } else if (*peering->state == State::not_working) {
    return stop(ray, {"BAD_STATE", quoted(show(id)) + " is not active", r.object, r.place});
  }
  if (ray.nat != nullptr) {
    return lost(ray, may_be(ray), behind_nat(ray, "peering " + quoted(show(id))), unknown);
  }
  const bool from_requester = peering->requester.vpc == ray.vpc->id;
  if (!from_requester && peering->accepter.vpc != ray.vpc->id) {
    return stop(ray, {"NO_POSSIBLE_DESTINATION", quoted(show(id)) + " does not belong to this VPC", r.object, r.place});
  }
  const PeeringSide& far = from_requester ? peering->accepter : peering->requester;
  const Vpc* vpc = index_.cloud()->vpcs.find(far.vpc);
  Named far_blocks;
  if (vpc != nullptr) {
    far_blocks = index_.blocks(*vpc);
  } else {
    for (const Prefix& p : far.cidrs) far_blocks.set = far_blocks.set | set_of(p);
    if (far.cidrs.empty()) return lost(ray, may_be(ray), index_.absent(far.vpc), unknown);
  }
  // PX-4: with overlapping ranges it could not exist.
  if (far_blocks.set.overlaps(index_.blocks(*ray.vpc).set)) {
    return lost(ray, may_be(ray),
                index_.gap(GapKind::contradictory,
                           quoted(show(id)) + " joins VPCs with overlapping ranges, which cannot be peered"),
                unknown);
  }
  // PX-2: not transitive; both ends lie in the VPCs that it joins. The source does,
  // where it stands in this one.
  if (ray.crossing.subnet != nullptr) {
    return stop(ray, {"PCX_REQUIRES_ADDRESS_IN_VPC_CIDR",
                      "what came by a transit gateway is not of " + quoted(show(ray.vpc->id)), r.object, r.place});
  }
  Cut parts = cut(ray.beam.destination, far_blocks);
  if (parts.outside) {
    Ray out = ray;
    out.beam.destination = std::move(*parts.outside);
    stop(out, {"PCX_REQUIRES_ADDRESS_IN_VPC_CIDR",
               describe_destination(out.beam) + " does not lie in " + quoted(show(far.vpc)), r.object, r.place});
  }
  if (parts.maybe) {
    Ray out = ray;
    out.beam.destination = std::move(*parts.maybe);
    lost(out, may_be(out), parts.gap, unknown);
  }
  if (!parts.inside) return;
  ray.beam.destination = std::move(*parts.inside);
  back_through_appliance(ray, nullptr, "peering");
  ray.appliance = {};
  ray.trail.doors.push_back({DoorKind::peering, r.object});
  hop(ray, "peering", r.object, "to " + quoted(show(far.vpc)), r.place);
  if (vpc == nullptr) return lost(ray, May(Verdict::private_) | May(Verdict::blocked), index_.absent(far.vpc), unknown);
  ray.peering = peering;
  ray.vpc = vpc;
  ray.subnet = nullptr;
  deliver(std::move(ray));
}

void Walker::by_unmodelled(Ray ray, const Route& r) {
  ray.trail.reads.push_back(r.object);
  const std::string what =
      r.object ? std::string(name(r.object.kind)) + " `" + show(r.object) + "`" : "the target of a route";
  const GapId gap =
      r.gap ? r.gap : index_.gap(GapKind::not_modelled, "what " + what + " does with the traffic is not modelled");
  hop(ray, r.object ? name(r.object.kind) : "unknown", r.object, "not modelled", r.place);
  lost(ray, may_be(ray), gap, {"UNSUPPORTED_COMPONENT", {}, r.object, r.place});
}

}  // namespace sallyport::net
