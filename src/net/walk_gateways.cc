#include <algorithm>
#include <utility>

#include "net/walk.h"

namespace sallyport::net {
namespace {

std::string quoted(const std::string& id) { return "`" + id + "`"; }

// NA-8: addresses that stand for IPv4 ones. A NAT gateway translates them; out there nobody has one.
bool is_made(const Side& to) {
  return !to.set.empty() && to.set.front().family == Family::v6 && to.set.overlaps(nat64_space());
}
constexpr const char* untranslated = "no NAT gateway has translated 64:ff9b::/96, and nobody outside answers at it";

}  // namespace

void Walker::by_internet_gateway(Ray ray, const Route& r) {
  const auto id = r.object.as<Kind::internet_gateway>();
  const InternetGateway* gateway = index_.cloud()->internet_gateways.find(id);
  ray.trail.reads.push_back(r.object);
  if (gateway == nullptr) {
    // An active route to it says that it was attached; what is left in doubt is
    // whether it still is.
    ray.trail.doubts.push_back(index_.absent(r.object));
  } else {
    const Truth attached = index_.attached(*gateway, ray.vpc->id);
    if (attached == Truth::no) {
      return stop(ray, {"BAD_STATE_ATTACHMENT", quoted(show(id)) + " is not attached to " + quoted(show(ray.vpc->id)),
                        r.object, r.place});
    }
    if (attached == Truth::unknown) ray.trail.doubts.push_back(gateway->vpcs.open);
  }
  // IG-3: nothing to private or shared ranges leaves by it.
  Side& to = ray.beam.destination;
  if (!to.service || is_made(to)) {
    Cut parts = cut(to, {private_space(ray.beam.family()), {}, {}, {}});
    if (parts.inside) {
      Ray out = ray;
      out.beam.destination = std::move(*parts.inside);
      const bool shared = in_rfc6598(out.beam.destination.set.front());
      stop(out,
           {shared ? "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS" : "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS",
            is_made(out.beam.destination) ? untranslated : "an internet gateway drops what goes to private addresses",
            r.object, r.place});
    }
    if (parts.maybe) {
      Ray out = ray;
      out.beam.destination = std::move(*parts.maybe);
      lost(out, May(Verdict::public_) | May(Verdict::blocked), parts.gap,
           {"UNKNOWN_DESTINATION", {}, r.object, r.place});
    }
    if (!parts.outside) return;
    to = std::move(*parts.outside);
  }
  // IG-1: for IPv4 the source needs a public address in front of it.
  Passage passage;
  if (ray.crossing.subnet != nullptr) return not_of_this_vpc(std::move(ray), r, "internet gateway");
  GapId unseen;  // set: from which address it leaves is not known in full
  if (ray.beam.family() == Family::v6) {
    passage.source_addresses = ray.beam.source.set;
    unseen = ray.beam.source.gap;
  } else if (ray.nat != nullptr) {
    // NA-2: only a public gateway has a public address in front of it.
    // AWS may add the zone to a regional gateway by itself (NA-9).
    const bool may_gain = ray.nat->regional && truth(ray.nat->every_zone) != Truth::no;
    const bool none = ray.nat->addresses.complete() && !may_gain &&
                      std::none_of(ray.nat->addresses.begin(), ray.nat->addresses.end(), [&](const NatAddress& a) {
                        return a.has_public && serves(*ray.nat, a, *ray.subnet) != Truth::no;
                      });
    if (none || (ray.nat->is_public.known() && !*ray.nat->is_public)) {
      return stop(ray, {"IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
                        quoted(show(ray.nat->id)) + " has no public address: the internet gateway drops it",
                        ray.nat->id, r.place});
    }
    unseen = ray.nat->addresses.open;
    for (const NatAddress& a : ray.nat->addresses) {
      const Truth served = serves(*ray.nat, a, *ray.subnet);
      if (served == Truth::no) continue;
      if (served == Truth::unknown) unseen = index_.absent(ray.nat->id);
      if (a.has_public && !a.public_address.known()) unseen = a.public_address.gap();
      if (a.has_public && a.public_address.known())
        passage.source_addresses = passage.source_addresses | set_of(*a.public_address);
    }
    if (passage.source_addresses.empty() && may_gain && !unseen) unseen = index_.absent(ray.nat->id);
    if (unseen) passage.source_addresses = {};  // the others bound nothing
  } else {
    for (const PublicAddress& p : start_.public_addresses) {
      if (ray.beam.source.set.contains(p.private_address))
        passage.source_addresses = passage.source_addresses | set_of(p.address);
    }
    if (passage.source_addresses.empty() && !start_.surely_public) {
      if (start_.public_gap && !start_.function) {
        ray.trail.doubts.push_back(start_.public_gap);
      } else {
        const std::string who = start_.function ? "a function in a VPC never has a public address"
                                                : quoted(show(start_.object)) + " has no public address";
        return stop(ray, {"IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", who + ": the internet gateway drops it",
                          start_.object, r.place});
      }
    }
    if (passage.source_addresses.empty()) unseen = start_.public_gap ? start_.public_gap : index_.absent(start_.object);
  }
  passage.source_exact = !unseen && !passage.source_addresses.empty();
  back_through_appliance(ray, index_.edge_table(r.object), "internet gateway");
  if (!open_to_public(ray, may_leave(index_, *ray.vpc, *ray.subnet, ray.nat != nullptr, ray.inside, false))) return;
  ray.trail.doors.push_back({DoorKind::internet_gateway, r.object});
  hop(ray, "internet-gateway", r.object, "leaves to " + describe_destination(ray.beam), r.place);
  // IG-9: the public address of an interface of the cloud: out, and in again.
  if (to_cloud(ray, passage.source_addresses, unseen)) return;
  hop(ray, to.service ? "service" : "internet", {}, "reached at a public address");
  arrive(std::move(ray), Verdict::public_, std::move(passage),
         {"REACHED_PUBLICLY", "the route leads to the internet, and the destination is a public address", r.object,
          r.place});
}

bool Walker::open_to_public(Ray& ray, const PublicAccess& access) {
  if (access.by) ray.trail.reads.push_back(access.by);
  if (!access.assumption.empty()) ray.trail.assumptions.push_back(access.assumption);
  if (access.open == Truth::unknown) ray.trail.doubts.push_back(access.gap);
  if (access.open != Truth::no) return true;
  stop(ray, {"VPC_BLOCK_PUBLIC_ACCESS_ENABLED", access.why, access.by, access.place});
  return false;
}

// NA-6: what came in by a transit gateway has no public address here. Whether IPv6
// addresses of another VPC pass (IG-4 speaks of spoofed ones) AWS does not say.
void Walker::not_of_this_vpc(Ray ray, const Route& r, const char* door) {
  if (ray.beam.family() == Family::v6) {
    return lost(ray, May(Verdict::public_) | May(Verdict::blocked),
                index_.gap(GapKind::undocumented, "whether the " + std::string(door) + " " + quoted(show(r.object)) +
                                                      " takes IPv6 addresses of another VPC"),
                {"GATEWAY_REJECTS_SPOOFED_TRAFFIC", {}, r.object, r.place});
  }
  stop(ray,
       {"IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
        "what comes by a transit gateway has no public address in " + quoted(show(ray.vpc->id)), r.object, r.place});
}

bool Walker::to_cloud(Ray& ray, const AddressSet& seen_as, GapId unseen) {
  const Side& to = ray.beam.destination;
  if (to.service || !to.exact() || to.set != set_of(to.set.front())) return false;
  if (const Interface* target = index_.interface_with_public(to.set.front())) {
    to_cloud_by_public_address(ray, *target, seen_as, unseen);
    return true;
  }
  // It may be one of the cloud's all the same, with filters of its own.
  if (const GapId unseen = index_.unseen_public()) ray.trail.doubts.push_back(unseen);
  return false;
}

void Walker::to_cloud_by_public_address(Ray ray, const Interface& target, AddressSet seen_as, GapId unseen) {
  Beam beam = ray.beam;
  const Address public_address = beam.destination.set.front();
  for (const PublicAddress& p : target.public_addresses) {
    if (p.address == public_address) beam.destination.set = set_of(p.private_address);
  }
  if (seen_as.empty()) {
    seen_as = public_space(beam.family());
    if (!unseen) unseen = index_.absent(ray.trail.doors.back().object);
  }
  beam.source = {std::move(seen_as), unseen, {}, false};
  Walker inside(index_, {}, {nullptr, &target});
  for (Outcome& end : inside.enter(std::move(beam), std::move(ray.trail), target)) ends_.push_back(std::move(end));
}

void Walker::by_egress_only_gateway(Ray ray, const Route& r) {
  const auto id = r.object.as<Kind::egress_only_gateway>();
  const EgressOnlyGateway* gateway = index_.cloud()->egress_only_gateways.find(id);
  ray.trail.reads.push_back(r.object);
  if (ray.beam.family() == Family::v4) {
    return stop(ray, {"PROTOCOL_RESTRICTION", "an egress-only gateway takes IPv6 only", r.object, r.place});
  }
  if (gateway == nullptr) {
    ray.trail.doubts.push_back(index_.absent(r.object));
  } else if (std::find(gateway->vpcs.begin(), gateway->vpcs.end(), ray.vpc->id) == gateway->vpcs.end()) {
    if (gateway->vpcs.complete()) {
      return stop(ray, {"BAD_STATE_ATTACHMENT", quoted(show(id)) + " is not attached to " + quoted(show(ray.vpc->id)),
                        r.object, r.place});
    }
    ray.trail.doubts.push_back(gateway->vpcs.open);
  }
  if (ray.crossing.subnet != nullptr) return not_of_this_vpc(std::move(ray), r, "egress-only gateway");
  Side& to = ray.beam.destination;
  if (!to.service || is_made(to)) {
    Cut parts = cut(to, {private_space(Family::v6), {}, {}, {}});
    if (parts.inside) {
      Ray out = ray;
      out.beam.destination = std::move(*parts.inside);
      stop(out,
           {"EIGW_DESTINATION_ADDRESS_NOT_PUBLIC",
            is_made(out.beam.destination) ? untranslated : "nobody outside has a private address", r.object, r.place});
    }
    if (parts.maybe) {
      Ray out = ray;
      out.beam.destination = std::move(*parts.maybe);
      lost(out, May(Verdict::public_) | May(Verdict::blocked), parts.gap,
           {"UNKNOWN_DESTINATION", {}, r.object, r.place});
    }
    if (!parts.outside) return;
    to = std::move(*parts.outside);
  }
  Passage passage;
  passage.source_addresses = ray.beam.source.set;
  passage.source_exact = ray.beam.source.exact();
  back_through_appliance(ray, nullptr, "egress-only gateway");
  if (!open_to_public(ray, may_leave(index_, *ray.vpc, *ray.subnet, false, nullptr, true))) return;
  ray.trail.doors.push_back({DoorKind::egress_only_gateway, r.object});
  hop(ray, "egress-only-gateway", r.object, "leaves to " + describe_destination(ray.beam), r.place);
  if (to_cloud(ray, passage.source_addresses, ray.beam.source.gap)) return;
  arrive(std::move(ray), Verdict::public_, std::move(passage),
         {"REACHED_PUBLICLY", "the route leads to the internet, and the destination is a public address", r.object,
          r.place});
}

}  // namespace sallyport::net
