#include "net/shapes.h"

#include <algorithm>
#include <variant>

namespace sallyport::net {
namespace {

// Marks in a key, so that no two keys of different form are one text.
enum Mark : std::uint64_t {
  start = 1,
  service,
  interface_side,
  rule_prefix,
  rule_list,
  rule_group,
  doubt,
  everything_out
};

bool exactly_one(const AddressSet& set) {
  return set.intervals().size() == 1 && set.intervals()[0].first == set.intervals()[0].last;
}

bool lets_out(const GroupRule& rule, std::uint16_t port) {
  return rule.egress &&
         (rule.protocol == any_protocol || (rule.protocol == tcp && rule.first_port <= port && port <= rule.last_port));
}

}  // namespace

ShapeGround::ShapeGround(const Index& index, std::uint16_t p) : port(p), atoms(index.atoms()) {
  for (const Family family : {Family::v4, Family::v6}) {
    for (const Interval<Address>& space : private_space(family).intervals()) {
      atoms.add(host(space.first));
      atoms.add(host(space.last));
    }
  }
  for (const Prefix& prefix : index.settings().our_networks) atoms.add(prefix);
  for (const Prefix& prefix : index.settings().trusted_networks) atoms.add(prefix);
  for (const Peering& peering : index.cloud()->peerings) {
    for (const PeeringSide* side : {&peering.requester, &peering.accepter}) {
      for (const Prefix& prefix : side->cidrs) atoms.add(prefix);
    }
  }
  for (const Vpc& vpc : index.cloud()->vpcs) {  // the resolver's address (RT-12)
    if (port == 53 && !vpc.cidrs.empty() && vpc.cidrs.items.front().known())
      atoms.add(host(next(next(vpc.cidrs.items.front()->base))));
  }
  atoms.settle();
  named_outward.resize(index.registry().ids.count(Kind::security_group) + 1);
  for (const SecurityGroup& group : index.cloud()->security_groups) {
    for (const GroupRule& rule : group.rules) {
      const auto* peer = std::get_if<GroupPeer>(&rule.peer);
      if (peer != nullptr && lets_out(rule, port)) named_outward[peer->group.number()] = true;
    }
  }
}

std::uint32_t Shapes::number() {
  return numbers_.try_emplace(key_, static_cast<std::uint32_t>(numbers_.size())).first->second;
}

void Shapes::clear() { numbers_.clear(); }

void Shapes::add(const AddressSet& set) {
  for (const Interval<Address>& i : set.intervals()) {
    add(static_cast<std::uint64_t>(i.first.family));
    add(i.first.high), add(i.first.low), add(i.last.high), add(i.last.low);
  }
}

// The rules that let the flow out, in their order; behind one that lets everything out no
// rule is asked.
void Shapes::add_outward(const List<SecurityGroupId>& groups, Family family) {
  for (const SecurityGroupId id : groups) {
    const SecurityGroup* group = index_.group(id);
    if (group == nullptr || group->head.gap || group->rules.open) add(doubt);
    if (group == nullptr) continue;
    for (const GroupRule& rule : group->rules) {
      if (rule.gap && rule.egress) add(doubt);
      if (rule.gap || !lets_out(rule, ground_.port)) continue;
      if (const auto* prefix = std::get_if<Prefix>(&rule.peer)) {
        if (prefix->family() != family) continue;
        if (prefix->length == 0) return add(everything_out);
        add(rule_prefix), add(prefix->base.high), add(prefix->base.low), add(prefix->length);
      } else if (const auto* list = std::get_if<PrefixListId>(&rule.peer)) {
        add(rule_list), add(list->number());
      } else {
        add(rule_group), add(std::get<GroupPeer>(rule.peer).group.number());
      }
    }
  }
  if (groups.open) add(doubt);
}

// Its addresses mostly lie in one atom. Where not, or where they are not known, the set
// itself is the shape.
StartShape Shapes::of(const Departure& d) {
  const Start& s = d.start;
  const std::size_t atom = ground_.atoms.of(d.source.set.front());
  bool one = d.source.exact() && !d.source.service;
  for (const Interval<Address>& i : d.source.set.intervals()) {
    one = one && ground_.atoms.of(i.first) == atom && ground_.atoms.of(i.last) == atom;
  }
  key_.clear();
  add(start), add(s.subnet->id.number()), add(s.vpc->id.number()), add(one ? 1 : 0), add(atom);
  if (!one) add(d.source.exact() ? 1 : 0), add(d.source.set);
  for (const Interval<std::uint16_t>& ports : d.client_ports.intervals()) add(ports.first), add(ports.last);
  const bool in_front = std::any_of(s.public_addresses.begin(), s.public_addresses.end(),
                                    [&](const PublicAddress& p) { return d.source.set.contains(p.private_address); });
  add((d.doubt ? 1u : 0u) | (s.function ? 2u : 0u) | (s.public_gap ? 4u : 0u) | (s.surely_public ? 8u : 0u) |
      (in_front ? 16u : 0u));
  add_outward(s.groups, d.source.set.front().family);
  return {number(), one};
}

std::optional<DestinationShape> Shapes::of(const Destination& to) {
  // What the user assumes may hang on the name that was resolved.
  if (!to.has_side || !index_.settings().assumptions.empty()) return std::nullopt;
  DestinationShape shape;
  key_.clear();
  if (to.side.service && to.goal.endpoint == nullptr && to.goal.interface == nullptr) {
    add(service), add(to.side.service_list.number()), add(to.side.gap ? 1 : 0);
    add(to.side.set);
    shape.number = number();
    return shape;
  }
  const Endpoint* endpoint = to.goal.endpoint;
  const Interface* interface = to.goal.interface;
  if (endpoint == nullptr || interface == nullptr || interface->kind != InterfaceKind::endpoint) return std::nullopt;
  if (!to.side.exact() || to.side.service || !exactly_one(to.side.set)) return std::nullopt;
  // What lies behind it counts, too.
  if (index_.own_service(*endpoint) != nullptr || endpoint->resource || endpoint->network) return std::nullopt;
  const Address address = to.side.set.front();
  if (is_public(address) || !interface->vpc.known()) return std::nullopt;
  const List<SecurityGroupId>& groups =
      !interface->groups.empty() || interface->groups.open ? interface->groups : endpoint->groups;
  add(interface_side), add(interface->vpc->number()), add(ground_.atoms.of(address));
  const bool of_aws = !index_.view(endpoint->service).starts_with("com.amazonaws.vpce.");
  add((interface->head.gap ? 1u : 0u) | (endpoint->head.gap ? 2u : 0u) | (endpoint->state.known() ? 4u : 0u) |
      (endpoint->state.known() && *endpoint->state == State::working ? 8u : 0u) | (of_aws ? 16u : 0u));
  for (const SecurityGroupId id : groups) {
    add(id.number());
    const SecurityGroup* group = index_.group(id);
    if (group == nullptr) continue;
    for (const GroupRule& rule : group->rules) {
      const auto* peer = std::get_if<GroupPeer>(&rule.peer);
      if (peer == nullptr || rule.egress) continue;
      if (std::find(shape.asks.begin(), shape.asks.end(), peer->group) == shape.asks.end())
        shape.asks.push_back(peer->group);
    }
  }
  if (shape.asks.size() > 64) return std::nullopt;
  add(groups.open ? 1 : 0);
  // Groups that starts may name in what they let out, and that hold the address.
  std::vector<std::uint32_t> held;
  for (const auto& [_, other] : index_.interfaces_at(address)) {
    for (const SecurityGroupId id : other->groups) {
      if (id.number() < ground_.named_outward.size() && ground_.named_outward[id.number()]) held.push_back(id.number());
    }
  }
  std::sort(held.begin(), held.end());
  held.erase(std::unique(held.begin(), held.end()), held.end());
  for (const std::uint32_t n : held) add(n);
  shape.number = number();
  return shape;
}

std::optional<std::uint64_t> Shapes::memberships(const Departure& d, const std::vector<SecurityGroupId>& asks) const {
  std::uint64_t bits = 0;
  for (std::size_t n = 0; n < asks.size(); ++n) {
    const AddressSet& members = index_.members(asks[n]).set;
    if (disjoint(members, d.source.set)) continue;
    if (!members.contains(d.source.set)) return std::nullopt;
    bits |= std::uint64_t{1} << n;
  }
  return bits;
}

}  // namespace sallyport::net
