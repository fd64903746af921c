#include "read/planned/balancers.h"

#include <algorithm>

#include "base/wildcard.h"
#include "read/planned/standing.h"

namespace sallyport::read::planned {
namespace {

std::string inside(std::string_view text) {
  std::string plain(text);
  std::erase_if(plain, [](char c) { return c == '\xFF' || c == '\xFE'; });
  return plain;
}

void put_interface(Work& work, LoadBalancer& row, SubnetId subnet, const Value<bool>& dual_stack,
                   const Value<bool>& public_ipv4) {
  Interface interface;
  interface.id = work.registry.ids.get<InterfaceId>(
      row.head.region,
      work.wording->fresh(work.registry, inside(work.registry.id(row.id)) + " in " + inside(work.registry.id(subnet))));
  interface.head = row.head;
  interface.head.name = {};
  interface.vpc = row.vpc;
  interface.subnet = subnet;
  interface.kind = InterfaceKind::load_balancer;
  interface.source_dest_check = true;
  interface.state = State::working;
  const std::string whose = "`" + show_symbols(work.registry.view(row.head.name)) + "`";
  interface.addresses.items.emplace_back(later(work, "the addresses of " + whose, row.head.origin, true));
  if (!dual_stack.known() || *dual_stack)
    interface.addresses.open = later(work, "the IPv6 addresses of " + whose, row.head.origin, true);
  interface.groups = row.groups;
  if (!public_ipv4.known()) {
    interface.public_addresses.open = public_ipv4.gap();
  } else if (*public_ipv4) {
    add_public(work, interface, row.head.origin);
  }
  row.interfaces.items.push_back(interface.id);
  work.put(work.change.put.interfaces, std::move(interface));
}

}  // namespace

std::optional<BalancerType> balancer_type(std::string_view word) {
  if (word.empty() || equals_ignoring_case(word, "application")) return BalancerType::application;
  if (equals_ignoring_case(word, "network")) return BalancerType::network;
  if (equals_ignoring_case(word, "gateway")) return BalancerType::gateway;
  return std::nullopt;
}

std::optional<TargetType> target_type(std::string_view word) {
  if (word.empty() || word == "instance") return TargetType::instance;
  if (word == "ip") return TargetType::ip;
  if (word == "lambda") return TargetType::function;
  if (word == "alb") return TargetType::balancer;
  return std::nullopt;
}

std::optional<BalancerProtocol> balancer_protocol(std::string_view word) {
  for (const char* over_tcp : {"HTTP", "HTTPS", "TCP", "TLS", "SSL"}) {
    if (equals_ignoring_case(word, over_tcp)) return BalancerProtocol{tcp, false};
  }
  for (const char* over_udp : {"UDP", "QUIC", "GENEVE"}) {
    if (word == over_udp) return BalancerProtocol{udp, false};
  }
  if (word == "TCP_UDP" || word == "TCP_QUIC") return BalancerProtocol{tcp, true};
  return std::nullopt;
}

void add_action(Work& work, Listener& listener, const BalancerAction& action, Origin place) {
  GapId gap = action.gap;
  for (const char* by_itself :
       {"redirect", "fixed-response", "authenticate-oidc", "authenticate-cognito", "jwt-validation"}) {
    if (!gap && action.type == by_itself) {
      listener.answers = true;
      return;
    }
  }
  if (!gap && action.type != "forward") {
    gap = work.registry.gaps.add({GapKind::not_modelled,
                                  "an action of the type `" + std::string(action.type) + "` is not known",
                                  "what it does with requests is not known", place});
  }
  auto& groups = listener.groups;
  if (gap) {
    if (!listener.answers.known() || !*listener.answers) listener.answers = gap;
    groups.open = gap;
    return;
  }
  for (const TargetGroupId id : action.groups) {
    if (std::find(groups.begin(), groups.end(), id) == groups.end()) groups.items.push_back(id);
  }
  if (action.groups.open) groups.open = action.groups.open;
}

void put_listener(Work& work, LoadBalancer& balancer, Listener listener, const std::string& known_as) {
  auto& all = balancer.listeners.items;
  const auto same = std::find_if(all.begin(), all.end(), [&](const Listener& l) {
    return l.port == listener.port && l.protocol == listener.protocol && !l.gap && !listener.gap;
  });
  // One that is there already, and changes.
  const bool replaces = same != all.end() && !work.created.contains(Ref(balancer.id));
  const std::size_t number = replaces ? static_cast<std::size_t>(same - all.begin()) : all.size();
  if (replaces) {
    *same = std::move(listener);
  } else {
    all.push_back(std::move(listener));
  }
  work.listeners.insert_or_assign(known_as, ListenerPlace{balancer.id, number});
}

Listener* find_listener(Work& work, const std::string& known_as) {
  const auto found = work.listeners.find(known_as);
  if (found == work.listeners.end()) return nullptr;
  LoadBalancer* row = work.row(work.change.put.load_balancers, found->second.balancer);
  return row == nullptr || found->second.number >= row->listeners.size() ? nullptr
                                                                         : &row->listeners.items[found->second.number];
}

// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
// "By default, Network Load Balancers" with groups apply inbound rules to traffic over PrivateLink.
void complete_balancer(Work& work, LoadBalancer& row, const Value<Text>& enforce) {
  const bool application = row.type.known() && *row.type == BalancerType::application;
  const bool classic = row.type.known() && *row.type == BalancerType::classic;
  if (!row.type.known()) {
    if (row.groups.empty() && !row.groups.open) row.groups.open = row.type.gap();
  } else if (application || classic) {
    row.groups = groups_or_default(work, std::move(row.groups), row.vpc);
  }
  if (application) row.cross_zone = true;
  if (row.type.known() && *row.type == BalancerType::gateway) row.internet_facing = false;
  if (!enforce.known()) {
    row.filters_private_link = enforce.gap();
  } else if (row.groups.open) {
    row.filters_private_link = row.groups.open;
  } else {
    const bool off = equals_ignoring_case(work.registry.view(*enforce), "off");
    row.filters_private_link = !off && !row.groups.empty() && !application && !classic;
  }
}

void put_balancer(Work& work, LoadBalancer row, const Value<bool>& dual_stack, const Value<bool>& public_ipv4) {
  if (const LoadBalancer* below = work.base->load_balancers.find(row.id)) {
    row.interfaces = below->interfaces;
    row.host = below->host;
    row.listeners = below->listeners;
  } else {
    row.interfaces.open = row.subnets.open;
    for (const SubnetId subnet : row.subnets) put_interface(work, row, subnet, dual_stack, public_ipv4);
    if (!row.listeners.open && !(row.type.known() && *row.type == BalancerType::classic))
      row.listeners.open = more_beside(work, row.id);
  }
  work.put(work.change.put.load_balancers, std::move(row));
}

// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
// Client IP preservation: on for instances, and for addresses over UDP; off for addresses over TCP and TLS.
Value<bool> keeps_client_address(const Value<TargetType>& type, std::string_view protocol, GapId unknown) {
  if (protocol == "HTTP" || protocol == "HTTPS" || protocol == "GENEVE") return false;
  if (!type.known()) return type.gap();
  switch (*type) {
    case TargetType::instance: return true;
    case TargetType::ip:
      if (protocol == "TCP" || protocol == "TLS") return false;
      if (protocol == "UDP" || protocol == "TCP_UDP" || protocol == "QUIC" || protocol == "TCP_QUIC") return true;
      return unknown;
    case TargetType::balancer: return true;  // "disabled" is the default of addresses over TCP and TLS alone
    case TargetType::function: return false;
  }
  return unknown;
}

void add_target(Work& work, const Value<TargetGroupId>& group, const BalancerTarget& target, GapId gap) {
  auto& rows = work.change.put.target_groups;
  if (group.known()) {
    TargetGroup* row = work.row_or_base(rows, work.base->target_groups, *group);
    if (row == nullptr) return;
    if (gap) {
      row->targets.open = gap;
    } else {
      row->targets.items.push_back(target);
    }
    return;
  }
  for (const TargetGroup& below : work.base->target_groups) work.row_or_base(rows, work.base->target_groups, below.id);
  for (TargetGroup& row : rows) row.targets.open = group.gap();
}

void add_classic_listener(Work& work, LoadBalancer& row, std::string_view protocol, std::uint16_t port,
                          std::uint16_t instance_port, Origin place) {
  Listener listener;
  listener.place = place;
  listener.port = port;
  if (const auto known = balancer_protocol(protocol)) {
    listener.protocol = known->protocol;
  } else {
    listener.gap = work.registry.gaps.add(
        {GapKind::not_readable, "the protocol of a listener is not understood", "correct it", place});
  }
  TargetGroup group;
  const std::string id = std::string(work.registry.id(row.id)) + ":" + std::to_string(instance_port);
  group.id = work.registry.ids.get<TargetGroupId>(work.registry.ids.scope(row.id), work.text(id));
  group.head = row.head;
  group.vpc = row.vpc;
  group.type = TargetType::instance;
  group.port = instance_port;
  group.keeps_client_address = false;
  group.own_cross_zone = false;
  group.targets.open = more_beside(work, row.id);
  listener.groups.items.push_back(group.id);
  work.put(work.change.put.target_groups, std::move(group));
  row.listeners.items.push_back(std::move(listener));
}

void add_classic_target(Work& work, LoadBalancerId balancer, const BalancerTarget& target, GapId gap) {
  for (const LoadBalancer& row : work.change.put.load_balancers) {
    const bool classic = row.type.known() && *row.type == BalancerType::classic;
    if (!classic || (balancer && row.id != balancer)) continue;
    for (const Listener& listener : row.listeners) {
      for (const TargetGroupId group : listener.groups) {
        TargetGroup* own = work.row(work.change.put.target_groups, group);
        const auto is_it = [&](const BalancerTarget& t) { return t.what == target.what; };
        if (own == nullptr || std::any_of(own->targets.begin(), own->targets.end(), is_it)) continue;
        add_target(work, Value<TargetGroupId>(group), target, gap);
      }
    }
  }
}

GapId more_beside(Work& work, Ref object) { return work.created.contains(object) ? GapId() : beside(work); }

}  // namespace sallyport::read::planned
