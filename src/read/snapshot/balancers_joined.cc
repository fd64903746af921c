// Load balancers and target groups once all files were read: listeners with the groups of
// their rules, attributes, health, and the interfaces that a balancer has made.
#include <algorithm>

#include "read/snapshot/balancers.h"
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {

Value<bool> attribute(const BalancerParts& parts, const BalancerKey& key, const std::string& name, GapId gap) {
  const auto found = parts.attributes.find(key);
  if (found == parts.attributes.end()) return gap;
  const auto value = found->second.values.find(name);
  if (value == found->second.values.end()) return gap;
  if (value->second == "true") return true;
  if (value->second == "false") return false;
  return gap;
}

namespace {

constexpr const char* cross_zone = "load_balancing.cross_zone.enabled";

template <class Row>
BalancerKey key_of(const Work& work, const Row& row) {
  const std::string_view arn = work.registry->id(row.id);
  return {row.head.account, row.head.region, std::string(arn.substr(arn.find_last_of("/:") + 1))};
}

GapId not_collected(Work& work, const char* what, const Head& head, const std::string& remedy) {
  return work.registry->gaps.add(
      {GapKind::not_collected,
       std::string(what) + " of `" + work.registry->texts.string(head.name) + "` were not collected", remedy,
       head.origin});
}

void add_actions(Listener& listener, const Actions& actions) {
  for (const TargetGroupId group : actions.groups) {
    auto& groups = listener.groups.items;
    if (std::find(groups.begin(), groups.end(), group) == groups.end()) groups.push_back(group);
  }
  if (actions.gap) listener.groups.open = actions.gap;
}

// Only an application balancer's listeners have rules behind the default action.
Listener joined(Work& work, const LoadBalancer& balancer, const ListenerParts& parts) {
  Listener listener = parts.row;
  add_actions(listener, parts.default_actions);
  listener.answers = parts.default_actions.answers;
  GapId unsure = parts.default_actions.gap;
  if (!balancer.type.known() || *balancer.type == BalancerType::application) {
    const auto rules = work.balancers.rules.find(parts.key);
    if (rules == work.balancers.rules.end()) {
      unsure = not_collected(work, "the rules of the listeners", balancer.head,
                             "aws elbv2 describe-rules --listener-arn (of each listener)");
      listener.groups.open = unsure;
    } else {
      add_actions(listener, rules->second);
      if (rules->second.answers) listener.answers = true;
      if (rules->second.gap) unsure = rules->second.gap;
    }
  }
  if (unsure && !*listener.answers) listener.answers = unsure;
  return listener;
}

void join_listeners(Work& work, LoadBalancer& balancer) {
  const auto found = work.balancers.listeners.find(key_of(work, balancer));
  if (found == work.balancers.listeners.end()) {
    balancer.listeners.open = not_collected(
        work, "the listeners", balancer.head,
        "aws elbv2 describe-listeners --load-balancer-arn " + std::string(work.registry->id(balancer.id)));
    return;
  }
  for (const ListenerParts& parts : found->second) balancer.listeners.items.push_back(joined(work, balancer, parts));
  balancer.listeners.open = found->second.open;
}

void join_cross_zone(Work& work, LoadBalancer& balancer) {
  if (balancer.type.known() && *balancer.type == BalancerType::application) {
    balancer.cross_zone = true;  // always, at this level
    return;
  }
  const bool classic = balancer.type.known() && *balancer.type == BalancerType::classic;
  const std::string command = classic ? "aws elb describe-load-balancer-attributes --load-balancer-name " +
                                            work.registry->texts.string(balancer.head.name)
                                      : "aws elbv2 describe-load-balancer-attributes --load-balancer-arn " +
                                            std::string(work.registry->id(balancer.id));
  balancer.cross_zone = attribute(work.balancers, key_of(work, balancer), cross_zone,
                                  not_collected(work, "the attributes", balancer.head, command));
}

void join_group(Work& work, TargetGroup& group) {
  const std::string arn(work.registry->id(group.id));
  const BalancerKey key = key_of(work, group);
  const auto attributes = work.balancers.attributes.find(key);
  if (!group.keeps_client_address.known()) {
    group.keeps_client_address =
        attribute(work.balancers, key, "preserve_client_ip.enabled", group.keeps_client_address.gap());
  }
  // `use_load_balancer_configuration` says nothing of its own.
  group.own_cross_zone = not_collected(work, "the attributes of the target group", group.head,
                                       "aws elbv2 describe-target-group-attributes --target-group-arn " + arn);
  if (attributes != work.balancers.attributes.end()) {
    const auto word = attributes->second.values.find(cross_zone);
    group.says_cross_zone =
        word != attributes->second.values.end() && (word->second == "true" || word->second == "false");
    group.own_cross_zone = group.says_cross_zone && word->second == "true";
  }
  const auto health = work.balancers.health.find(key);
  if (health != work.balancers.health.end()) {
    group.targets = health->second;
  } else {
    group.targets.open =
        not_collected(work, "the targets", group.head, "aws elbv2 describe-target-health --target-group-arn " + arn);
  }
}

// A Classic balancer's groups are made by ourselves: `...:loadbalancer/NAME:PORT`.
void join_classic_group(Work& work, TargetGroup& group) {
  group.own_cross_zone = false;
  const auto health = work.balancers.classic_health.find(
      {group.head.account, group.head.region, work.registry->texts.string(group.head.name)});
  if (health == work.balancers.classic_health.end()) return;
  for (BalancerTarget& target : group.targets.items) {
    const auto state = health->second.find(std::string(work.registry->id(std::get<InstanceId>(target.what))));
    if (state != health->second.end()) target.healthy = state->second;
  }
}

// The interfaces of a balancer say whose they are: `ELB net/NAME/ID`, `ELB app/NAME/ID`,
// `ELB gwy/NAME/ID`, and `ELB NAME` of a Classic one.
std::string description_of(const Work& work, const LoadBalancer& balancer) {
  const std::string_view arn = work.registry->id(balancer.id);
  constexpr std::string_view before = ":loadbalancer/";
  const std::size_t at = arn.find(before);
  return at == std::string_view::npos ? std::string() : "ELB " + std::string(arn.substr(at + before.size()));
}

void link_interfaces(Work& work) {
  std::map<std::tuple<Text, Text, std::string_view>, LoadBalancer*> described;
  std::vector<std::string> names;
  names.reserve(work.change.put.load_balancers.size());
  for (LoadBalancer& balancer : work.change.put.load_balancers) {
    names.push_back(description_of(work, balancer));
    described.try_emplace({balancer.head.account, balancer.head.region, names.back()}, &balancer);
    const auto listed = work.coverage.find({Kind::network_interface, balancer.head.account, balancer.head.region});
    if (listed == work.coverage.end() || listed->second) {
      balancer.interfaces.open =
          not_collected(work, "the network interfaces", balancer.head, "aws ec2 describe-network-interfaces");
    }
  }
  for (const Interface& interface : work.change.put.interfaces) {
    if (interface.kind != InterfaceKind::load_balancer) continue;
    const auto found =
        described.find({interface.head.account, interface.head.region, work.registry->view(interface.description)});
    if (found != described.end()) found->second->interfaces.items.push_back(interface.id);
  }
}

}  // namespace

void finish_balancers(Work& work) {
  for (LoadBalancer& balancer : work.change.put.load_balancers) {
    const bool classic = balancer.type.known() && *balancer.type == BalancerType::classic;
    if (!classic) join_listeners(work, balancer);
    join_cross_zone(work, balancer);
  }
  for (TargetGroup& group : work.change.put.target_groups) {
    const bool classic = work.registry->id(group.id).find(":targetgroup/") == std::string_view::npos;
    classic ? join_classic_group(work, group) : join_group(work, group);
  }
  link_interfaces(work);
}

}  // namespace sallyport::read::snapshot
