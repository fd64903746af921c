#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include "net/filter.h"

namespace sallyport::net {
namespace {

// What no rule has surely allowed yet; `gap` set: some rule may allow it.
struct Rest {
  Beam beam;
  GapId gap;
};

class Groups {
 public:
  Groups(const Index& index, VpcId vpc, Direction direction, const Carried& carried)
      : index_(index), vpc_(vpc), direction_(direction), carried_(carried) {}

  Sifted run(const List<SecurityGroupId>& groups, const Beam& beam) {
    rest_.push_back({beam, {}});
    for (const SecurityGroupId id : groups) {
      const SecurityGroup* group = index_.group(id);
      if (group == nullptr) {
        doubt(index_.absent(id));
        continue;
      }
      if (group->head.gap) doubt(group->head.gap);
      if (group->rules.open) doubt(group->rules.open);
      for (const GroupRule& rule : group->rules) {
        if (rule.egress == (direction_ == Direction::egress)) apply(*group, rule);
      }
    }
    if (groups.open) doubt(groups.open);
    for (Rest& r : rest_) {
      if (r.gap) {
        result_.doubted.push_back({std::move(r.beam), r.gap});
      } else {
        const Ref by = groups.items.empty() ? Ref() : Ref(groups.items.front());
        result_.stopped.push_back({std::move(r.beam), {}, by, "no rule allows it"});
      }
    }
    return std::move(result_);
  }

 private:
  void doubt(GapId gap) {
    for (Rest& r : rest_) {
      if (!r.gap) r.gap = gap;
    }
  }

  void apply(const SecurityGroup& group, const GroupRule& rule) {
    if (rule.gap) {
      doubt(rule.gap);
      return;
    }
    const bool concerns =
        std::any_of(rest_.begin(), rest_.end(), [&](const Rest& r) { return may_cover(rule, r.beam); });
    if (!concerns) return;
    const Named* named = peer(rule);
    std::vector<Rest> rest;
    for (Rest& r : rest_) take(group, rule, named, std::move(r), rest);
    rest_ = std::move(rest);
  }

  // By protocol and ports.
  static bool may_cover(const GroupRule& rule, const Beam& beam) {
    if (!covers_protocol(rule.protocol, beam)) return false;
    if (!beam.has_ports() || rule.protocol == any_protocol) return true;
    const auto& ports = beam.destination_ports.intervals();
    return std::any_of(ports.begin(), ports.end(), [&](const Interval<std::uint16_t>& i) {
      return i.first <= rule.last_port && rule.first_port <= i.last;
    });
  }

  // `named`: what the rule's peer stands for; null: a prefix, which the rule says.
  void take(const SecurityGroup& group, const GroupRule& rule, const Named* named, Rest piece,
            std::vector<Rest>& rest) {
    if (!covers_protocol(rule.protocol, piece.beam) ||
        (!piece.beam.has_ports() && rule.protocol != any_protocol &&
         !covers_icmp(rule.icmp_type, rule.icmp_code, piece.beam, false))) {
      rest.push_back(std::move(piece));
      return;
    }
    PortSet covered = piece.beam.destination_ports;
    if (piece.beam.has_ports() && rule.protocol != any_protocol) {
      covered = covered & PortSet(rule.first_port, rule.last_port);
      PortSet other = piece.beam.destination_ports - covered;
      if (!other.empty()) {
        Rest outside = piece;
        outside.beam.destination_ports = std::move(other);
        rest.push_back(std::move(outside));
      }
      if (covered.empty()) return;
    }
    const Side& remote = direction_ == Direction::egress ? piece.beam.destination : piece.beam.source;
    Cut parts = named != nullptr ? cut(remote, *named) : cut(remote, std::get<Prefix>(rule.peer));
    if (!parts.inside && !parts.maybe && covered == piece.beam.destination_ports) {
      rest.push_back(std::move(piece));
      return;
    }
    if (parts.inside && !parts.outside && !parts.maybe) {
      piece.beam.destination_ports = std::move(covered);
      std::string what = index_.options().hops ? "a rule allows " + describe(rule) : std::string();
      result_.passed.push_back({std::move(piece.beam), rule.place, group.id, std::move(what)});
      return;
    }
    const auto with = [&](Side side) {
      Beam beam = piece.beam;
      beam.destination_ports = covered;
      (direction_ == Direction::egress ? beam.destination : beam.source) = std::move(side);
      return beam;
    };
    if (parts.outside) rest.push_back({with(std::move(*parts.outside)), piece.gap});
    if (parts.maybe) rest.push_back({with(std::move(*parts.maybe)), piece.gap ? piece.gap : parts.gap});
    if (parts.inside) {
      std::string what = index_.options().hops ? "a rule allows " + describe(rule) : std::string();
      result_.passed.push_back({with(std::move(*parts.inside)), rule.place, group.id, std::move(what)});
    }
  }

  // The addresses that a rule's peer stands for (SG-4, SG-5, SG-6, SG-7).
  // Null for a prefix. Lives until the next call.
  const Named* peer(const GroupRule& rule) {
    if (std::holds_alternative<Prefix>(rule.peer)) return nullptr;
    if (const auto* id = std::get_if<PrefixListId>(&rule.peer)) {
      if (const Named* known = index_.list(*id)) return known;
      own_ = index_.named(*id);
      return &own_;
    }
    const auto& reference = std::get<GroupPeer>(rule.peer);
    if (direction_ == Direction::ingress && carried_.as_groups != nullptr) {
      const auto& groups = *carried_.as_groups;
      if (std::find(groups.begin(), groups.end(), reference.group) != groups.end())
        return keep({set_of(everything(Family::v4)) | set_of(everything(Family::v6)), {}, {}, {}});
    }
    if (carried_.re_emitted && direction_ == Direction::ingress) return keep({});
    if (carried_.remote_groups != nullptr) {
      if (const Named* own = by_membership(reference.group)) return own;
    }
    const SecurityGroup* named = index_.group(reference.group);
    const bool inside = named != nullptr && named->vpc.known() && *named->vpc == vpc_;
    if (inside && named->also.empty() && named->also.complete()) return &index_.members(reference.group);
    own_ = peer_elsewhere(reference);
    return &own_;
  }

  // SG-5 where the other side's address is not known: is the interface that has it a member? Null: the
  // addresses must tell. Within a VPC no two interfaces have one address.
  const Named* by_membership(SecurityGroupId group) {
    const SecurityGroup* named = index_.group(group);
    if (named == nullptr || !named->vpc.known() || *named->vpc != carried_.remote_vpc) return nullptr;
    if (!named->also.empty() || named->also.open) return nullptr;  // its members stand in several VPCs (SG-14)
    if (*named->vpc != vpc_ && (carried_.gateway || index_.peered(*named->vpc, vpc_) != Truth::yes)) return nullptr;
    const auto& own = *carried_.remote_groups;
    if (std::find(own.begin(), own.end(), group) != own.end())
      return keep({set_of(everything(Family::v4)) | set_of(everything(Family::v6)), {}, {}, {}});
    return own.complete() ? keep({}) : nullptr;
  }

  const Named* keep(Named named) {
    own_ = std::move(named);
    return &own_;
  }

  Named peer_elsewhere(const GroupPeer& reference) const {
    const SecurityGroup* named = index_.group(reference.group);
    if (named == nullptr) return unseen(reference);
    if (!named->vpc.known()) return unsure(named->vpc.gap());
    if (serves(*named)) return members_here(*named);
    if (*named->vpc != vpc_ && named->also.open) return unsure(index_.members(reference.group), named->also.open);
    if (carried_.gateway) return over_gateway(reference.group, *named->vpc);
    switch (index_.peered(*named->vpc, vpc_)) {
      case Truth::yes: return index_.members(reference.group);
      case Truth::unknown:
        return unsure(index_.gap(
            GapKind::not_collected,
            "the state of the peering that `" + index_.show(reference.group) + "` is referenced over is not known"));
      case Truth::no: return {};
    }
    return {};
  }

  // SG-14: a group serves its own VPC and those that it is associated with.
  bool serves(const SecurityGroup& group) const {
    return *group.vpc == vpc_ || std::find(group.also.begin(), group.also.end(), vpc_) != group.also.end();
  }

  // The members in this VPC; whether those in another one match AWS does not say.
  Named members_here(const SecurityGroup& group) const {
    const Named& members = index_.members(group.id);
    const Vpc* vpc = index_.cloud()->vpcs.find(vpc_);
    if (vpc == nullptr || (group.also.empty() && group.also.complete())) return members;
    const AddressSet& here = index_.blocks(*vpc).set;
    const AddressSet elsewhere = members.set - here;
    Named result = members;
    result.set = members.set & here;
    if (elsewhere.empty()) return result;
    result.bound = result.bound | elsewhere;
    if (!result.gap) {
      result.gap =
          index_.gap(GapKind::undocumented,
                     "whether a reference to `" + index_.show(group.id) + "` matches its members in other VPCs",
                     "name the addresses instead");
    }
    return result;
  }

  // TG-9: inbound, by one gateway that allows it, as both attachments do.
  Named over_gateway(SecurityGroupId group, VpcId vpc) const {
    const Named& members = index_.members(group);
    if (index_.peered(vpc, vpc_) != Truth::no) {
      return unsure(members, index_.gap(GapKind::undocumented,
                                        "whether a reference to `" + index_.show(group) +
                                            "` over a peering matches what comes by a transit gateway",
                                        "name the addresses instead"));
    }
    if (carried_.loses_groups) return {};
    if (carried_.doubt) return unsure(members, carried_.doubt);
    switch (index_.referencing(carried_.gateway, vpc, vpc_)) {
      case Truth::yes: return members;
      case Truth::unknown:
        return unsure(
            members,
            index_.gap(GapKind::not_collected,
                       "whether `" + index_.show(carried_.gateway) + "` and both attachments support references to `" +
                           index_.show(group) + "` is not known",
                       "aws ec2 describe-transit-gateways and describe-transit-gateway-vpc-attachments"));
      case Truth::no: return {};
    }
    return {};
  }

  // A group that is not in the input: stale (SG-7) only where everything that could
  // hold it was collected.
  Named unseen(const GroupPeer& reference) const {
    const Text region = index_.registry().ids.scope(reference.group);
    if (const GapId missing = index_.cloud().missing(Kind::security_group, reference.account, region)) {
      return unsure(missing);
    }
    return {};
  }

  static Named unsure(GapId gap) {
    return {{}, gap, set_of(everything(Family::v4)) | set_of(everything(Family::v6)), {}};
  }

  // These addresses, or none.
  static Named unsure(const Named& members, GapId gap) {
    return {{}, gap, members.gap ? members.set | members.bound : members.set, {}};
  }

  std::string describe(const GroupRule& rule) const {
    if (const auto* prefix = std::get_if<Prefix>(&rule.peer)) return "`" + to_string(*prefix) + "`";
    if (const auto* list = std::get_if<PrefixListId>(&rule.peer)) return "`" + index_.show(*list) + "`";
    return "members of `" + index_.show(std::get<GroupPeer>(rule.peer).group) + "`";
  }

  const Index& index_;
  VpcId vpc_;
  Direction direction_;
  Carried carried_;
  std::vector<Rest> rest_;
  Named own_;  // what a peer stands for that the index does not hold
  Sifted result_;
};

}  // namespace

Sifted sift(const Index& index, const List<SecurityGroupId>& groups, VpcId vpc, Direction direction, const Beam& beam,
            const Carried& carried) {
  return Groups(index, vpc, direction, carried).run(groups, beam);
}

}  // namespace sallyport::net
