#include "library/net/naive_balancers.h"

#include <algorithm>

#include "library/net/naive_samples.h"

namespace sallyport::naive {
namespace {

using net::Verdict;

Fate stop(std::string why) { return {Verdict::blocked, {}, std::move(why), false, {}}; }
Fate unsettled(std::string why) { return {Verdict::unknown, {}, std::move(why), true, {}}; }
Fate served() { return {Verdict::private_, {}, "", false, {}}; }

bool is_network(const LoadBalancer& b) { return *b.type == BalancerType::network; }

const Listener* listener_for(const LoadBalancer& b, const Packet& p) {
  for (const Listener& l : b.listeners) {
    if (l.port == p.destination_port && (l.protocol == p.protocol || l.both_protocols)) return &l;
  }
  return nullptr;
}

Text zone_of(const Cloud& cloud, const BalancerTarget& t) {
  if (!t.zone.empty()) return t.zone;
  const InstanceId* id = std::get_if<InstanceId>(&t.what);
  const Instance* instance = id == nullptr ? nullptr : cloud->instances.find(*id);
  if (instance == nullptr || instance->interfaces.empty()) return {};
  const Interface* first = cloud->interfaces.find(instance->interfaces.items[0]);
  return cloud->subnets.find(*first->subnet)->zone;
}

// SG-13: a rule of the target that names a group of the balancer.
bool names_balancer(const Cloud& cloud, const Interface& target, const LoadBalancer& b, const Packet& p) {
  for (const SecurityGroupId id : target.groups) {
    for (const GroupRule& r : cloud->security_groups.find(id)->rules) {
      const GroupPeer* peer = std::get_if<GroupPeer>(&r.peer);
      if (r.egress || peer == nullptr) continue;
      if (r.protocol != any_protocol && r.protocol != p.protocol) continue;
      const bool port =
          r.protocol == any_protocol || (r.first_port <= p.destination_port && p.destination_port <= r.last_port);
      if (port && std::find(b.groups.begin(), b.groups.end(), peer->group) != b.groups.end()) return true;
    }
  }
  return false;
}

// LB-4: the target sees the client; the balancer takes the reply back, whatever routes say.
Fate with_clients_address(const Cloud& cloud, const LoadBalancer& b, const Interface& node, const Interface& target,
                          const Packet& p) {
  const Subnet& from = *cloud->subnets.find(*node.subnet);
  const Subnet& to = *cloud->subnets.find(*target.subnet);
  const Packet reply{p.destination, p.source, p.protocol, p.destination_port, p.source_port, true};
  if (from.id != to.id) {
    if (!acl_passes(cloud, from, true, p)) return stop("out of the balancer's subnet");
    if (!acl_passes(cloud, from, false, reply)) return stop("into the balancer's subnet, for the reply");
    if (!acl_passes(cloud, to, false, p)) return stop("into the target's subnet");
    if (!acl_passes(cloud, to, true, reply)) return stop("out of the target's subnet, for the reply");
  }
  if (!runs(cloud, target)) return stop("the target does not run");
  if (!groups_pass(cloud, *target.vpc, target.groups.items, false, p) && !names_balancer(cloud, target, b, p))
    return stop("groups of the target");
  return served();
}

}  // namespace

const LoadBalancer* balancer_of(const Cloud& cloud, InterfaceId interface) {
  for (const LoadBalancer& b : cloud->load_balancers) {
    if (std::find(b.interfaces.begin(), b.interfaces.end(), interface) != b.interfaces.end()) return &b;
  }
  return nullptr;
}

const EndpointService* own_service(const Cloud& cloud, const Endpoint& endpoint) {
  for (const EndpointService& s : cloud->endpoint_services) {
    if (s.configured && cloud.id(s.id) == cloud.view(endpoint.service)) return &s;
  }
  return nullptr;
}

bool balancer_admits(const Cloud& cloud, const LoadBalancer& b, const Packet& packet, const Came& came) {
  if (is_network(b) && b.groups.empty()) return true;
  return groups_pass(cloud, *b.vpc, b.groups.items, false, packet, came);
}

Fate behind_balancer(const Cloud& cloud, const LoadBalancer& b, const Interface& node, const Packet& packet,
                     bool private_link, Choices& choices, const Send& send) {
  if (*b.state != State::working) return stop("the balancer does not work");
  if (packet.protocol != tcp && packet.protocol != udp) return unsettled("other protocols at a balancer");
  const Listener* listener = listener_for(b, packet);
  if (listener == nullptr) return stop("LB-2: no listener");

  struct Way {
    const TargetGroup* group;
    const BalancerTarget* target;
  };
  std::vector<Way> ways;
  const Subnet& here = *cloud->subnets.find(*node.subnet);
  bool some_group_idle = listener->groups.empty();
  for (const TargetGroupId id : listener->groups) {
    const TargetGroup* group = cloud->target_groups.find(id);
    const bool cross = group->says_cross_zone ? *group->own_cross_zone : *b.cross_zone;
    const std::size_t before = ways.size();
    for (const BalancerTarget& t : group->targets) {
      const Text zone = zone_of(cloud, t);
      if (cross || cloud.view(zone) == "all" || zone == here.zone) ways.push_back({group, &t});  // PL-5
    }
    some_group_idle = some_group_idle || ways.size() == before;
  }
  // A group without a target here is a way that ends.
  const std::size_t more = (*listener->answers ? 1U : 0U) + (some_group_idle && !*listener->answers ? 1U : 0U);
  const std::size_t chosen = choices.pick(ways.size() + more);
  if (chosen >= ways.size()) return *listener->answers ? served() : stop("no target");
  const auto [group, target] = ways[chosen];

  if (std::holds_alternative<FunctionId>(target->what)) return served();
  std::vector<const Interface*> at;
  Address address = node.addresses.items[0].shown_or({});
  if (const InstanceId* id = std::get_if<InstanceId>(&target->what)) {
    for (const Interface& i : cloud->interfaces) {
      if (i.instance == *id) at.push_back(&i);
    }
    if (at.size() != 1) return unsettled("an instance with several interfaces behind a balancer");
  } else if (const Address* a = std::get_if<Address>(&target->what)) {
    if (const Interface* i = interface_with(cloud, *b.vpc, *a)) at.push_back(i);
    address = *a;
  } else {
    const LoadBalancer* next = cloud->load_balancers.find(std::get<LoadBalancerId>(target->what));
    if (next->interfaces.size() != 1) return unsettled("a balancer of several nodes behind another");
    at.push_back(cloud->interfaces.find(next->interfaces.items[0]));
  }
  if (!at.empty()) address = *at[0]->addresses.items[0];

  Packet on = packet;
  on.destination = address;
  on.destination_port = target->port != 0 ? target->port : group->port;
  on.protocol = group->protocol;
  if (is_network(b) && !private_link && !at.empty() && *group->keeps_client_address) {
    const LoadBalancer* next = balancer_of(cloud, at[0]->id);
    if (next != nullptr) return unsettled("a client's address kept by two balancers");
    for (const Value<Address>& own : at[0]->addresses) {
      if (own == Value<Address>(packet.source)) return stop("a target does not reach itself");
    }
    return with_clients_address(cloud, b, node, *at[0], on);
  }
  on.source = *node.addresses.items[0];
  const auto ports = port_samples(cloud, 1024, 65535);
  on.source_port = ports[choices.pick(ports.size())];
  if (is_network(b) && !b.groups.empty() && !groups_pass(cloud, *b.vpc, b.groups.items, true, on))
    return unsettled("outbound rules of a network balancer");
  return send(node, on, !is_network(b));
}

Fate behind_endpoint(const Cloud& cloud, const EndpointService& service, const Subnet& subnet, const Packet& packet,
                     Choices& choices, const Send& send) {
  if (*service.state != State::working) return stop("the service does not work");
  struct Entry {
    const LoadBalancer* balancer;
    const Interface* node;
  };
  std::vector<Entry> entries;  // PL-4
  for (const LoadBalancerId id : service.balancers) {
    const LoadBalancer* b = cloud->load_balancers.find(id);
    for (const InterfaceId i : b->interfaces) {
      const Interface* node = cloud->interfaces.find(i);
      if (cloud->subnets.find(*node->subnet)->zone_id == subnet.zone_id) entries.push_back({b, node});
    }
  }
  if (entries.empty()) return stop("PL-4: no node in the zone");
  const auto [balancer, node] = entries[choices.pick(entries.size())];
  const bool judged = !balancer->groups.empty() && *balancer->filters_private_link;  // SG-13
  if (judged && !balancer_admits(cloud, *balancer, packet, {})) return stop("SG-13: by the client's address");
  return behind_balancer(cloud, *balancer, *node, packet, true, choices, send);
}

}  // namespace sallyport::naive
