// Load balancers, their listeners with rules, target groups and targets (LB, SG-13).
#include "read/planned/balancers.h"

#include "base/wildcard.h"
#include "read/cloudformation/families.h"
#include "read/planned/standing.h"

namespace sallyport::read::cloudformation {
namespace {

Value<std::uint16_t> read_port(const Properties& p, const char* property) {
  const Value<std::int64_t> port = p.number(property, 0);
  if (!port.known()) return port.gap();
  if (*port > 0 && *port <= 0xFFFF) return static_cast<std::uint16_t>(*port);
  return p.not_understood(property);
}

// One of the attributes that are given as a list of keys and values; empty if it is not there.
Value<Text> attribute_of(const Properties& p, const char* list, std::string_view key) {
  const List<Properties> all = p.blocks(list);
  for (const Properties& entry : all) {
    const Value<Text> name = entry.text("Key");
    if (!name.known()) return name.gap();
    if (p.registry().view(*name) == key) return entry.text("Value");
  }
  return all.open ? Value<Text>(all.open) : Value<Text>(Text());
}

Value<bool> flag_of(const Properties& p, const char* list, std::string_view key, const Value<bool>& otherwise) {
  const Value<Text> word = attribute_of(p, list, key);
  if (!word.known()) return word.gap();
  const std::string_view text = p.registry().view(*word);
  if (text == "true" || text == "false") return text == "true";
  return p.registry().texts.has_symbol(*word) ? Value<bool>(p.gap(list)) : otherwise;
}

List<SubnetId> read_subnets(const Properties& p) {
  if (p.gives("Subnets")) return p.refs<SubnetId>("Subnets");
  List<SubnetId> subnets;
  const List<Properties> mappings = p.blocks("SubnetMappings");
  subnets.open = mappings.open;
  for (const Properties& mapping : mappings) {
    const Value<SubnetId> subnet = mapping.ref<SubnetId>("SubnetId");
    if (subnet.known()) {
      subnets.items.push_back(*subnet);
    } else {
      subnets.open = subnet.gap();
    }
  }
  if (subnets.empty() && !subnets.open) subnets.open = beside(p.work());
  return subnets;
}

void read_actions(const Properties& p, const char* property, Listener& listener) {
  Work& work = p.work();
  const List<Properties> actions = p.blocks(property);
  if (actions.open) planned::add_action(work, listener, {{}, {}, actions.open}, p.origin());
  for (const Properties& block : actions) {
    planned::BalancerAction action;
    const Value<Text> type = block.text("Type");
    if (type.known()) action.type = work.registry.view(*type);
    action.gap = !type.known() ? type.gap() : work.registry.texts.has_symbol(*type) ? block.gap("Type") : GapId();
    if (action.type == "forward") {
      const auto add = [&](const Properties& from) {
        const Value<TargetGroupId> group = from.ref<TargetGroupId>("TargetGroupArn");
        if (!group.known()) {
          action.groups.open = group.gap();
        } else if (*group) {
          action.groups.items.push_back(*group);
        }
      };
      GapId gap;
      const List<Properties> several = block.block("ForwardConfig", gap).blocks("TargetGroups");
      for (const Properties& one : several) add(one);
      if (gap || several.open) action.groups.open = gap ? gap : several.open;
      if (action.groups.empty() && !action.groups.open) add(block);
      if (action.groups.empty() && !action.groups.open) action.groups.open = block.not_understood("TargetGroupArn");
    }
    planned::add_action(work, listener, action, p.origin());
  }
}

}  // namespace

void read_load_balancer(const Properties& p) {
  Work& work = p.work();
  LoadBalancer row;
  row.id = p.own_id<LoadBalancerId>();
  row.head = p.head();
  const Value<Text> name = p.text("Name");
  if (name.known() && !name->empty() && !work.registry.texts.has_symbol(*name)) row.head.name = *name;
  const Value<Text> type = p.text("Type");
  const auto known = type.known() ? planned::balancer_type(work.registry.view(*type)) : std::nullopt;
  row.type = known ? Value<BalancerType>(*known) : Value<BalancerType>(type.known() ? p.gap("Type") : type.gap());
  row.state = State::working;
  // "The default is internet-facing": AWS::ElasticLoadBalancingV2::LoadBalancer, `Scheme`.
  const Value<Text> scheme = p.text("Scheme");
  const std::string_view word = scheme.known() ? work.registry.view(*scheme) : std::string_view();
  row.internet_facing = !scheme.known()                             ? Value<bool>(scheme.gap())
                        : word.empty() || word == "internet-facing" ? Value<bool>(true)
                        : word == "internal"                        ? Value<bool>(false)
                                                                    : Value<bool>(p.gap("Scheme"));
  row.subnets = read_subnets(p);
  row.vpc = planned::vpc_of(work, row.subnets);
  row.groups = p.refs<SecurityGroupId>("SecurityGroups");
  row.cross_zone = flag_of(p, "LoadBalancerAttributes", "load_balancing.cross_zone.enabled", false);
  work.created.insert(row.id);
  planned::complete_balancer(work, row, p.text("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"));
  const Value<Text> addresses = p.text("IpAddressType");
  const std::string_view kind = addresses.known() ? work.registry.view(*addresses) : std::string_view();
  const Value<bool> dual =
      addresses.known() ? Value<bool>(!kind.empty() && kind != "ipv4") : Value<bool>(addresses.gap());
  Value<bool> has_public = row.internet_facing;
  if (has_public.known() && *has_public) {
    has_public =
        addresses.known() ? Value<bool>(kind != "dualstack-without-public-ipv4") : Value<bool>(addresses.gap());
  }
  planned::put_balancer(work, std::move(row), dual, has_public);
}

void read_listener(const Properties& p) {
  Work& work = p.work();
  Listener listener;
  listener.place = p.origin();
  const Value<Text> protocol = p.text("Protocol");
  if (!protocol.known()) {
    listener.gap = protocol.gap();
  } else if (protocol->empty() && !p.gives("Port")) {
    listener.protocol = any_protocol;  // of a Gateway Load Balancer: all packets (GW-4)
  } else {
    const auto known = planned::balancer_protocol(work.registry.view(*protocol));
    if (known) listener.protocol = known->protocol, listener.both_protocols = known->both;
    if (!known) listener.gap = p.gap("Protocol");
    const Value<std::uint16_t> port = read_port(p, "Port");
    if (port.known()) listener.port = *port;
    if (!port.known()) listener.gap = port.gap();
  }
  read_actions(p, "DefaultActions", listener);
  auto& rows = work.change.put.load_balancers;
  const Value<LoadBalancerId> id = p.ref<LoadBalancerId>("LoadBalancerArn");
  const GapId gap = p.doubt() ? p.doubt() : !id.known() ? id.gap() : listener.gap;
  if (id.known()) {
    LoadBalancer* row = work.row_or_base(rows, work.base->load_balancers, *id);
    if (row == nullptr) return;
    if (gap) {
      row->listeners.open = gap;
    } else {
      planned::put_listener(work, *row, std::move(listener), work.registry.texts.string(p.own_text()));
    }
    return;
  }
  for (LoadBalancer& row : rows) row.listeners.open = gap;
}

void read_listener_rule(const Properties& p) {
  Work& work = p.work();
  const Value<Text> arn = p.text("ListenerArn");
  Listener* named = arn.known() ? planned::find_listener(work, work.registry.texts.string(*arn)) : nullptr;
  if (named != nullptr && !p.doubt()) return read_actions(p, "Actions", *named);
  const GapId gap = p.doubt() ? p.doubt() : p.gap("ListenerArn");
  for (const LoadBalancer& below : work.base->load_balancers) {
    work.row_or_base(work.change.put.load_balancers, work.base->load_balancers, below.id);
  }
  for (LoadBalancer& row : work.change.put.load_balancers) {
    for (Listener& one : row.listeners.items) {
      if (named == nullptr || &one == named) planned::add_action(work, one, {{}, {}, gap}, p.origin());
    }
  }
}

void read_target_group(const Properties& p) {
  Work& work = p.work();
  TargetGroup row;
  row.id = p.own_id<TargetGroupId>();
  row.head = p.head();
  work.created.insert(row.id);
  const Value<Text> type = p.text("TargetType");
  const auto known = type.known() ? planned::target_type(work.registry.view(*type)) : std::nullopt;
  row.type = known ? Value<TargetType>(*known) : Value<TargetType>(type.known() ? p.gap("TargetType") : type.gap());
  row.own_cross_zone = false;
  if (row.type.known() && *row.type == TargetType::function) {
    row.vpc = VpcId();
    row.keeps_client_address = false;
  } else {
    row.vpc = p.ref<VpcId>("VpcId");
    const Value<Text> protocol = p.text("Protocol");
    const std::string_view word = protocol.known() ? work.registry.view(*protocol) : std::string_view();
    const auto packets = planned::balancer_protocol(word);
    if (packets) row.protocol = packets->both ? any_protocol : packets->protocol;
    if (!packets) row.head.gap = protocol.known() ? p.gap("Protocol") : protocol.gap();
    const Value<std::uint16_t> port = read_port(p, "Port");
    if (port.known()) row.port = *port;
    if (!port.known()) row.head.gap = port.gap();
    const char* attributes = "TargetGroupAttributes";
    row.keeps_client_address = flag_of(p, attributes, "preserve_client_ip.enabled",
                                       planned::keeps_client_address(row.type, word, p.gap(attributes)));
    const Value<Text> cross = attribute_of(p, attributes, "load_balancing.cross_zone.enabled");
    const std::string_view says = cross.known() ? work.registry.view(*cross) : std::string_view();
    row.says_cross_zone = !cross.known() || says == "true" || says == "false";
    if (row.says_cross_zone) row.own_cross_zone = cross.known() ? Value<bool>(says == "true") : cross.gap();
  }
  const List<Properties> targets = p.blocks("Targets");
  row.targets.open = targets.open;
  for (const Properties& entry : targets) {
    BalancerTarget target;
    target.place = p.origin();
    target.healthy = once_made(work, "the health of targets is not known before the stack is made", p.origin());
    const Value<Text> id = entry.text("Id");
    const Value<std::int64_t> port = entry.number("Port", 0);
    const Value<Text> zone = entry.text("AvailabilityZone");
    if (port.known() && *port > 0 && *port <= 0xFFFF) target.port = static_cast<std::uint16_t>(*port);
    if (zone.known()) target.zone = *zone;
    const auto address = id.known() ? parse_address(work.registry.view(*id)) : Result<Address>(Address());
    if (!id.known() || !port.known() || !row.type.known()) {
      row.targets.open = !id.known() ? id.gap() : !port.known() ? port.gap() : row.type.gap();
      continue;
    }
    if (*row.type == TargetType::instance) {
      target.what = p.id<InstanceId>(*id);
    } else if (*row.type == TargetType::function) {
      target.what = p.id<FunctionId>(*id);
    } else if (*row.type == TargetType::balancer) {
      target.what = p.id<LoadBalancerId>(*id);
    } else if (address) {
      target.what = *address;
    } else {
      row.targets.open = entry.gap("Id");
      continue;
    }
    row.targets.items.push_back(target);
  }
  work.put(work.change.put.target_groups, std::move(row));
}

}  // namespace sallyport::read::cloudformation
