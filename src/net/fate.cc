#include "net/fate.h"

#include <algorithm>
#include <variant>

namespace sallyport::net {
namespace {

// How much of a beam a rule concerns.
enum class Share : std::uint8_t { none, some, all };

Share least(Share a, Share b) { return std::min(a, b); }

Share of_ports(const PortSet& ports, std::uint16_t first, std::uint16_t last) {
  bool all = true;
  bool none = true;
  for (const Interval<std::uint16_t>& i : ports.intervals()) {
    all = all && first <= i.first && i.last <= last;
    none = none && (i.last < first || last < i.first);
  }
  return none ? Share::none : all ? Share::all : Share::some;
}

Share of_protocol(std::int16_t protocol, std::uint16_t first, std::uint16_t last, const Beam& beam,
                  const PortSet& ports) {
  if (protocol == any_protocol) return Share::all;
  return protocol == beam.protocol ? of_ports(ports, first, last) : Share::none;
}

Share of_side(const Side& side, const Prefix& prefix) {
  const Address first = prefix.first();
  const Address last = prefix.last();
  bool all = true;
  bool none = true;
  for (const Interval<Address>& i : side.set.intervals()) {
    all = all && first <= i.first && i.last <= last;
    none = none && (i.last < first || last < i.first);
  }
  return none ? Share::none : all ? Share::all : Share::some;
}

Share of_side(const Side& side, const Named& named) {
  if (holds(named, side)) return Share::all;
  return misses(side, named) ? Share::none : Share::some;
}

// What a rule's peer stands for; null: a prefix, or nothing that the index holds ready.
const Named* ready(const Index& index, const GroupRule& rule, VpcId vpc, Direction direction, const Carried& carried) {
  if (const auto* list = std::get_if<PrefixListId>(&rule.peer)) return index.list(*list);
  const auto& reference = std::get<GroupPeer>(rule.peer);
  if (carried.remote_groups != nullptr) return nullptr;
  if (direction == Direction::ingress && (carried.as_groups != nullptr || carried.re_emitted)) return nullptr;
  if (carried.remote_groups != nullptr) return nullptr;  // by membership
  const SecurityGroup* named = index.group(reference.group);
  // Members of a group that serves further VPCs are told apart by `sift` (SG-14).
  const bool inside =
      named != nullptr && named->vpc.known() && *named->vpc == vpc && named->also.empty() && named->also.complete();
  return inside ? &index.members(reference.group) : nullptr;
}

}  // namespace

Fate fate(const NetworkAcl& acl, Direction direction, const Beam& request, bool reply) {
  if (!request.has_ports() || acl.head.gap || acl.entries.open) return Fate::parts;
  const bool egress = (direction == Direction::egress) != reply;
  const Side& remote = direction == Direction::egress ? request.destination : request.source;
  const PortSet& ports = reply ? request.source_ports : request.destination_ports;
  for (const AclEntry& entry : acl.entries) {
    if (entry.egress != egress) continue;
    if (entry.gap) return Fate::parts;
    if (entry.cidr.family() != request.family()) continue;
    const Share share = least(of_protocol(entry.protocol, entry.first_port, entry.last_port, request, ports),
                              of_side(remote, entry.cidr));
    if (share == Share::some) return Fate::parts;
    if (share == Share::all) return entry.allow ? Fate::passes : Fate::stopped;
  }
  return Fate::stopped;
}

Fate fate(const Index& index, const List<SecurityGroupId>& groups, VpcId vpc, Direction direction, const Beam& beam,
          const Carried& carried) {
  if (!beam.has_ports()) return Fate::parts;
  const bool egress = direction == Direction::egress;
  const Side& remote = egress ? beam.destination : beam.source;
  bool stopped = !groups.open;
  for (const SecurityGroupId id : groups) {
    const SecurityGroup* group = index.group(id);
    if (group == nullptr) {
      stopped = false;
      continue;
    }
    stopped = stopped && !group->head.gap && !group->rules.open;
    for (const GroupRule& rule : group->rules) {
      if (rule.egress != egress) continue;
      if (rule.gap) {
        stopped = false;
        continue;
      }
      Share share = of_protocol(rule.protocol, rule.first_port, rule.last_port, beam, beam.destination_ports);
      if (share == Share::none) continue;
      if (const auto* prefix = std::get_if<Prefix>(&rule.peer)) {
        share = least(share, of_side(remote, *prefix));
      } else {
        const Named* named = ready(index, rule, vpc, direction, carried);
        share = named == nullptr ? Share::some : least(share, of_side(remote, *named));
      }
      if (share == Share::all) return Fate::passes;
      stopped = stopped && share == Share::none;
    }
  }
  return stopped ? Fate::stopped : Fate::parts;
}

}  // namespace sallyport::net
