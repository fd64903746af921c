#include <algorithm>
#include <utility>

#include "net/fate.h"
#include "net/walk.h"

namespace sallyport::net {
namespace {

// One of `left` pieces of a ray: a copy, the last one the ray itself.
Ray piece_of(Ray& ray, std::size_t& left) { return --left == 0 ? std::move(ray) : ray; }

std::size_t pieces(const Sifted& s) { return s.passed.size() + s.doubted.size() + s.stopped.size(); }

std::vector<Ray> one(Ray ray) {
  std::vector<Ray> rays;
  rays.push_back(std::move(ray));
  return rays;
}

}  // namespace

// A filter's decision on the beam as one where nobody asks for more than the verdict.
template <class Decide>
Fate Walker::as_one(Decide decide) const {
  if (index_.options().hops) return Fate::parts;
  const Fate fate = decide();
  return fate == Fate::stopped && index_.options().reasons ? Fate::parts : fate;
}

Walker::Rays Walker::cross_acl(Ray ray, const Subnet& subnet, Direction direction) {
  Rays result;
  for (Ray& passed : pass_acl(std::move(ray), subnet, direction)) {
    for (Ray& out : pass_reply(std::move(passed), subnet, direction)) result.push_back(std::move(out));
  }
  return result;
}

Walker::Rays Walker::pass_acl(Ray ray, const Subnet& subnet, Direction direction) {
  const Found<NetworkAcl> acl = index_.network_acl(subnet);
  if (acl.object == nullptr) {
    ray.trail.doubts.push_back(acl.gap);
    return {std::move(ray)};
  }
  ray.trail.reads.push_back(acl.object->id);
  switch (as_one([&] { return fate(*acl.object, direction, ray.beam, false); })) {
    case Fate::passes: return one(std::move(ray));
    case Fate::stopped: return stop(ray, {"SUBNET_ACL_RESTRICTION", {}, acl.object->id, {}}), Rays();
    case Fate::parts: break;
  }
  const auto place = [&] {
    return std::string(direction == Direction::egress ? "out of " : "into ") + "`" + show(subnet.id) + "`";
  };
  Rays result;
  Sifted sifted = sift(index_, *acl.object, direction, ray.beam, false);
  std::size_t left = pieces(sifted);
  for (Passed& p : sifted.passed) {
    Ray out = piece_of(ray, left);
    out.beam = std::move(p.beam);
    if (index_.options().hops) hop(out, "network-acl", acl.object->id, place() + ": " + p.what, p.place);
    result.push_back(std::move(out));
  }
  for (Doubted& d : sifted.doubted) {
    Ray out = piece_of(ray, left);
    out.beam = std::move(d.beam);
    out.trail.doubts.push_back(d.gap);
    hop(out, "network-acl", acl.object->id, place() + ": not known whether it passes");
    result.push_back(std::move(out));
  }
  for (Passed& p : sifted.stopped) {
    Ray out = piece_of(ray, left);
    out.beam = std::move(p.beam);
    hop(out, "network-acl", acl.object->id, "stops it " + place() + ": " + p.what, p.place);
    stop(out, {"SUBNET_ACL_RESTRICTION", "network ACL stops it " + place() + ": " + p.what, acl.object->id, p.place});
  }
  return result;
}

// AC-3: judged by the entries of the opposite direction, at the client's port.
Walker::Rays Walker::pass_reply(Ray ray, const Subnet& subnet, Direction direction, const Route* by) {
  const Found<NetworkAcl> acl = index_.network_acl(subnet);
  if (acl.object == nullptr) return {std::move(ray)};  // the doubt is there from the request
  if (as_one([&] { return fate(*acl.object, direction, ray.beam, true); }) == Fate::passes) return one(std::move(ray));
  const Direction back = direction == Direction::egress ? Direction::ingress : Direction::egress;
  Rays result;
  Sifted sifted = sift(index_, *acl.object, back, reversed(ray.beam), true);
  std::size_t left = pieces(sifted);
  for (Passed& p : sifted.passed) {
    Ray out = piece_of(ray, left);
    out.beam = reversed(p.beam);
    result.push_back(std::move(out));
  }
  for (Doubted& d : sifted.doubted) {
    Ray out = piece_of(ray, left);
    out.beam = reversed(d.beam);
    out.trail.doubts.push_back(d.gap);
    result.push_back(std::move(out));
  }
  for (Passed& p : sifted.stopped) {
    Ray out = piece_of(ray, left);
    out.beam = reversed(p.beam);
    if (const GapId gap = by == nullptr ? GapId() : crosses_no_acl(out, subnet, *by)) {
      out.trail.doubts.push_back(gap);
      result.push_back(std::move(out));
      continue;
    }
    hop(out, "network-acl", acl.object->id, "stops the reply at `" + show(subnet.id) + "`: " + p.what, p.place);
    stop(out,
         {"SUBNET_ACL_RESTRICTION", "the reply to the client's port is stopped: " + p.what, acl.object->id, p.place});
  }
  return result;
}

Walker::Rays Walker::pass_groups(Ray ray, const List<SecurityGroupId>& groups, VpcId vpc, Direction direction,
                                 Ref owner, bool endpoint) {
  for (const SecurityGroupId id : groups) ray.trail.reads.push_back(id);
  Carried carried;
  carried.as_groups = ray.as_groups;
  carried.re_emitted = ray.without_groups;
  // An address that is not known lies in its interface's subnet, or it is another (a public one).
  const auto is_of = [&](const Side& side, const Subnet* subnet) {
    if (!side.gap || subnet == nullptr || side.set.empty()) return false;
    if (side.within) return holds(index_.blocks(*subnet), side);
    return (side.set - index_.blocks(*subnet).set).empty();
  };
  if (direction == Direction::egress && goal_.interface != nullptr && goal_.interface->subnet.known() &&
      goal_.interface->vpc.known() &&
      is_of(ray.beam.destination, index_.cloud()->subnets.find(*goal_.interface->subnet))) {
    carried.remote_groups = &goal_.interface->groups;
    carried.remote_vpc = *goal_.interface->vpc;
  }
  if (direction == Direction::ingress && start_.vpc != nullptr && ray.nat == nullptr && !ray.appliance &&
      is_of(ray.beam.source, start_.subnet)) {
    carried.remote_groups = &start_.groups;
    carried.remote_vpc = start_.vpc->id;
  }
  if (ray.crossing.subnet != nullptr) {
    carried.gateway = ray.crossing.gateway;
    carried.loses_groups = endpoint || ray.crossing.gateways > 1;
    for (const Subnet* subnet : {ray.crossing.subnet, ray.subnet}) {
      if (subnet == nullptr || index_.view(subnet->zone_id) != "use1-az3") continue;
      carried.doubt = index_.gap(GapKind::undocumented,
                                 "references between groups over a transit gateway are not supported in "
                                 "use1-az3: what a rule with one does there AWS does not say",
                                 "name the addresses instead");
    }
  }
  switch (as_one([&] { return fate(index_, groups, vpc, direction, ray.beam, carried); })) {
    case Fate::passes: return one(std::move(ray));
    case Fate::stopped: return stop(ray, {"ENI_SG_RULES_MISMATCH", {}, owner, {}}), Rays();
    case Fate::parts: break;
  }
  Rays result;
  const std::string way = direction == Direction::egress ? "out: " : "in: ";
  Sifted sifted = sift(index_, groups, vpc, direction, ray.beam, carried);
  std::size_t left = pieces(sifted);
  for (Passed& p : sifted.passed) {
    Ray out = piece_of(ray, left);
    out.beam = std::move(p.beam);
    hop(out, "security-group", p.by, way + p.what, p.place);
    result.push_back(std::move(out));
  }
  for (Doubted& d : sifted.doubted) {
    Ray out = piece_of(ray, left);
    out.beam = std::move(d.beam);
    out.trail.doubts.push_back(d.gap);
    hop(out, "security-group", groups.items.empty() ? Ref() : Ref(groups.items.front()),
        way + "not known whether a rule allows it");
    result.push_back(std::move(out));
  }
  for (Passed& p : sifted.stopped) {
    Ray out = piece_of(ray, left);
    out.beam = std::move(p.beam);
    const bool none =
        groups.complete() && std::all_of(groups.begin(), groups.end(), [&](SecurityGroupId id) {
          const SecurityGroup* group = index_.group(id);
          return group != nullptr && std::none_of(group->rules.begin(), group->rules.end(), [&](const GroupRule& r) {
                   return r.egress == (direction == Direction::egress);
                 });
        });
    hop(out, "security-group", p.by,
        way + "no rule allows " + std::string(direction == Direction::egress ? "it to leave" : "it to enter"));
    stop(out, {none ? "SG_HAS_NO_RULES" : "ENI_SG_RULES_MISMATCH",
               "no rule of the security groups of `" + show(owner ? owner : p.by) + "` allows it " +
                   (direction == Direction::egress ? "out" : "in"),
               p.by ? p.by : owner,
               {}});
  }
  return result;
}

}  // namespace sallyport::net
