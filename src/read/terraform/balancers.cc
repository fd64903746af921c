// Load balancers, their listeners with rules, target groups and targets (LB, SG-13).
#include "read/planned/balancers.h"

#include "read/planned/standing.h"
#include "read/terraform/families.h"

namespace sallyport::read::terraform {
namespace {

// `{"true", "false"}`, a boolean, or nothing: then `otherwise`.
Value<bool> flag_in_words(const Block& b, const char* attribute, const Value<bool>& otherwise) {
  if (b.has(attribute) != Has::value) return b.has(attribute) == Has::unknown ? b.gap(attribute) : otherwise;
  const std::string_view word = b.node(attribute).text();
  if (word.empty() && !b.node(attribute).boolean()) return otherwise;
  if (word == "use_load_balancer_configuration") return otherwise;
  return b.flag(attribute, false);
}

// Its own subnets, or those of its mappings.
List<SubnetId> read_subnets(const Block& b) {
  if (b.has("subnets") == Has::value || b.has("subnets") == Has::unknown) {
    const List<SubnetId> given = b.refs<SubnetId>("subnets", true);
    if (!given.empty() || given.open) return given;
  }
  List<SubnetId> subnets;
  if (b.has("subnet_mapping") == Has::computed) return {{}, b.gap("subnets")};
  const List<Block> mappings = b.blocks("subnet_mapping");
  subnets.open = mappings.open;
  for (const Block& mapping : mappings) {
    const Value<SubnetId> subnet = mapping.ref<SubnetId>("subnet_id");
    if (!subnet.known()) {
      subnets.open = subnet.gap();
    } else {
      subnets.items.push_back(*subnet);
    }
  }
  if (subnets.empty() && !subnets.open) subnets.open = b.gap("subnets");
  return subnets;
}

Value<VpcId> read_vpc_of(const Block& b, const List<SubnetId>& subnets) {
  if (!b.node("vpc_id").text().empty()) return b.id<VpcId>(b.work().text(b.node("vpc_id").text()));
  return planned::vpc_of(b.work(), subnets);
}

// `ipv4`, `dualstack`, `dualstack-without-public-ipv4`.
struct Addresses {
  Value<bool> dual_stack = false;
  Value<bool> without_ipv4 = false;
};
Addresses read_addresses(const Block& b) {
  if (b.has("ip_address_type") == Has::computed) return {};
  const Value<Text> type = b.text("ip_address_type");
  if (!type.known()) return {type.gap(), type.gap()};
  const std::string_view word = b.registry().view(*type);
  return {!word.empty() && word != "ipv4", word == "dualstack-without-public-ipv4"};
}

Value<std::uint16_t> read_port(const Block& b, const char* attribute) {
  if (b.has(attribute) == Has::unknown) return b.gap(attribute);
  const auto port = b.node(attribute).integer();
  if (port && *port > 0 && *port <= 0xFFFF) return static_cast<std::uint16_t>(*port);
  return b.not_understood(attribute);
}

// `f` for each group that an action forwards to.
List<TargetGroupId> groups_of_action(const Block& action) {
  List<TargetGroupId> groups;
  const auto add = [&](const Value<TargetGroupId>& group) {
    if (!group.known()) {
      groups.open = group.gap();
    } else if (*group) {
      groups.items.push_back(*group);
    }
  };
  const auto from = [&](const Block& block, const char* attribute) {
    const Value<Text> arn = block.named(attribute, Kind::target_group);
    add(arn.known() ? Value<TargetGroupId>(block.id<TargetGroupId>(*arn)) : Value<TargetGroupId>(arn.gap()));
  };
  if (action.has("forward") == Has::value || action.has("forward") == Has::unknown) {
    const List<Block> forwards = action.blocks("forward");
    if (forwards.open) groups.open = forwards.open;
    for (const Block& forward : forwards) {
      const List<Block> several = forward.blocks("target_group");
      if (several.open) groups.open = several.open;
      for (const Block& one : several) from(one, "arn");
    }
  }
  if (groups.empty() && !groups.open && action.gives_any("target_group_arn")) from(action, "target_group_arn");
  if (groups.empty() && !groups.open) groups.open = action.gap("target_group_arn");
  return groups;
}

void read_actions(const Block& b, const char* attribute, Listener& listener) {
  Work& work = b.work();
  const List<Block> actions = b.blocks(attribute);
  if (actions.open) planned::add_action(work, listener, {{}, {}, actions.open}, b.origin());
  for (const Block& block : actions) {
    planned::BalancerAction action;
    const Value<Text> type = block.text("type");
    if (type.known()) action.type = work.registry.view(*type);
    action.gap = type.known() ? GapId() : type.gap();
    if (action.type == "forward") action.groups = groups_of_action(block);
    planned::add_action(work, listener, action, b.origin());
  }
}

// The balancers that a listener may belong to, each with its row.
template <class F>
void each_balancer(const Block& b, F f) {
  Work& work = b.work();
  auto& rows = work.change.put.load_balancers;
  const Value<LoadBalancerId> id = b.ref<LoadBalancerId>("load_balancer_arn");
  if (id.known() && b.resource().fate == Fate::kept && work.base->load_balancers.find(*id) != nullptr) return;
  if (id.known()) {
    if (LoadBalancer* row = work.row_or_base(rows, work.base->load_balancers, *id)) f(*row, GapId());
    return;
  }
  for (LoadBalancer& row : rows) f(row, id.gap());
}

std::string listener_key(const Block& b) {
  const std::string_view arn = b.resource().values["arn"].text();
  return arn.empty() ? std::string(b.resource().address) : std::string(arn);
}

}  // namespace

void read_load_balancer(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> arn = b.own_id("arn");
  if (!arn) return;
  LoadBalancer row;
  row.id = b.id<LoadBalancerId>(*arn);
  if (work.stands(work.base->load_balancers, row.id, b.resource())) return;
  row.head = b.head(b.node("name").text());
  if (!b.node("name").text().empty()) row.head.name = work.text(b.node("name").text());
  const Value<Text> type =
      b.has("load_balancer_type") == Has::computed ? Value<Text>(Text()) : b.text("load_balancer_type");
  const auto known = type.known() ? planned::balancer_type(work.registry.view(*type)) : std::nullopt;
  row.type = known          ? Value<BalancerType>(*known)
             : type.known() ? Value<BalancerType>(b.not_understood("load_balancer_type"))
                            : Value<BalancerType>(type.gap());
  row.state = State::working;
  const Value<bool> internal = b.flag("internal", false);
  row.internet_facing = internal.known() ? Value<bool>(!*internal) : internal;
  row.subnets = read_subnets(b);
  row.vpc = read_vpc_of(b, row.subnets);
  if (b.has("security_groups") != Has::computed)
    row.groups = b.refs<SecurityGroupId>("security_groups", is_new_vpc(work, row.vpc));
  row.cross_zone = b.flag("enable_cross_zone_load_balancing", false);
  const char* enforce = "enforce_security_group_inbound_rules_on_private_link_traffic";
  if (b.resource().is_new()) work.created.insert(row.id);
  planned::complete_balancer(work, row, b.has(enforce) == Has::computed ? Value<Text>(Text()) : b.text(enforce));
  std::string host(b.node("dns_name").text());
  for (char& c : host) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  row.host = work.text(host);
  const Addresses addresses = read_addresses(b);
  Value<bool> has_public = row.internet_facing;
  if (has_public.known() && *has_public) {
    has_public = addresses.without_ipv4.known() ? Value<bool>(!*addresses.without_ipv4) : addresses.without_ipv4;
  }
  planned::put_balancer(work, std::move(row), addresses.dual_stack, has_public);
}

void read_listener(const Block& b) {
  Work& work = b.work();
  Listener listener;
  listener.place = b.origin();
  const Value<Text> protocol = b.has("protocol") == Has::computed ? Value<Text>(Text()) : b.text("protocol");
  if (!protocol.known()) {
    listener.gap = protocol.gap();
  } else if (protocol->empty() && b.node("port").absent() && b.has("port") != Has::unknown) {
    listener.protocol = any_protocol;  // of a Gateway Load Balancer: all packets (GW-4)
  } else {
    // "The possible values for Application Load Balancers ... default HTTP"
    const std::string_view word = protocol->empty() ? "HTTP" : work.registry.view(*protocol);
    if (const auto known = planned::balancer_protocol(word)) {
      listener.protocol = known->protocol, listener.both_protocols = known->both;
    } else {
      listener.gap = b.not_understood("protocol");
    }
    const Value<std::uint16_t> port = read_port(b, "port");
    if (port.known()) listener.port = *port;
    if (!port.known()) listener.gap = port.gap();
  }
  read_actions(b, "default_action", listener);
  each_balancer(b, [&](LoadBalancer& row, GapId gap) {
    if (!b.resource().stays()) gap = beside(work);
    if (!gap && listener.gap) gap = listener.gap;  // it may be at any port
    if (gap) {
      row.listeners.open = gap;
      return;
    }
    // Rules that others may have added to what is there already.
    const bool has_rules = !row.type.known() || *row.type == BalancerType::application;
    if (has_rules && !b.resource().is_new()) {
      listener.groups.open = beside(work);
      if (!listener.answers.known() || !*listener.answers) listener.answers = beside(work);
    }
    planned::put_listener(work, row, listener, listener_key(b));
  });
}

void read_listener_rule(const Block& b) {
  Work& work = b.work();
  const Value<Text> written = b.text("listener_arn");
  const Resource* named = b.named_resource("listener_arn", "aws_lb_listener", {"arn", "id"});
  if (named == nullptr) named = b.named_resource("listener_arn", "aws_alb_listener", {"arn", "id"});
  Listener* listener = nullptr;
  if (named != nullptr) {
    const std::string_view arn = named->values["arn"].text();
    listener = planned::find_listener(work, arn.empty() ? std::string(named->address) : std::string(arn));
  }
  if (listener != nullptr && b.resource().stays()) return read_actions(b, "action", *listener);
  // A listener that the plan does not hold; with a base, one of its rows.
  const GapId gap = b.resource().stays() ? b.gap("listener_arn") : beside(work);
  if (written.known() && listener == nullptr && work.base->load_balancers.empty()) return;
  if (b.resource().fate == Fate::kept && listener == nullptr && written.known()) return;
  for (const LoadBalancer& below : work.base->load_balancers) {
    work.row_or_base(work.change.put.load_balancers, work.base->load_balancers, below.id);
  }
  for (LoadBalancer& row : work.change.put.load_balancers) {
    for (Listener& one : row.listeners.items) {
      if (listener != nullptr && &one != listener) continue;
      planned::add_action(work, one, {{}, {}, gap}, b.origin());
    }
  }
}

void read_target_group(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> arn = b.own_id("arn");
  if (!arn) return;
  TargetGroup row;
  row.id = b.id<TargetGroupId>(*arn);
  if (work.stands(work.base->target_groups, row.id, b.resource())) return;
  row.head = b.head(b.node("name").text());
  if (b.resource().is_new()) work.created.insert(row.id);
  const Value<Text> type = b.text("target_type");
  const auto known = type.known() ? planned::target_type(work.registry.view(*type)) : std::nullopt;
  row.type = known          ? Value<TargetType>(*known)
             : type.known() ? Value<TargetType>(b.not_understood("target_type"))
                            : Value<TargetType>(type.gap());
  row.own_cross_zone = false;
  if (row.type.known() && *row.type == TargetType::function) {
    row.vpc = VpcId();
    row.keeps_client_address = false;
  } else {
    row.vpc = b.ref<VpcId>("vpc_id");
    const Value<Text> protocol = b.text("protocol");
    const std::string_view word = protocol.known() ? work.registry.view(*protocol) : std::string_view();
    const auto packets = planned::balancer_protocol(word);
    if (packets) row.protocol = packets->both ? any_protocol : packets->protocol;
    if (!protocol.known()) row.head.gap = protocol.gap();
    if (protocol.known() && !packets) row.head.gap = b.not_understood("protocol");
    const Value<std::uint16_t> port = read_port(b, "port");
    if (port.known()) row.port = *port;
    if (!port.known()) row.head.gap = port.gap();
    row.keeps_client_address = flag_in_words(
        b, "preserve_client_ip", planned::keeps_client_address(row.type, word, b.gap("preserve_client_ip")));
    const Value<Text> cross = b.has("load_balancing_cross_zone_enabled") == Has::computed
                                  ? Value<Text>(Text())
                                  : b.text("load_balancing_cross_zone_enabled");
    if (!cross.known()) {
      row.says_cross_zone = true, row.own_cross_zone = cross.gap();
    } else if (const std::string_view says = work.registry.view(*cross); says == "true" || says == "false") {
      row.says_cross_zone = true, row.own_cross_zone = says == "true";
    }
  }
  row.targets.open = planned::more_beside(work, row.id);
  if (const TargetGroup* below = work.base->target_groups.find(row.id)) row.targets = below->targets;
  work.put(work.change.put.target_groups, std::move(row));
}

void read_target(const Block& b) {
  Work& work = b.work();
  const Value<TargetGroupId> group = b.ref<TargetGroupId>("target_group_arn");
  if (group.known() && b.resource().fate == Fate::kept && work.base->target_groups.find(*group) != nullptr) return;
  const TargetGroup* row = group.known() ? work.row(work.change.put.target_groups, *group) : nullptr;
  if (row == nullptr && group.known()) row = work.base->target_groups.find(*group);
  GapId gap = b.resource().stays() ? GapId() : beside(work);
  BalancerTarget target;
  target.place = b.origin();
  if (b.gives_any("port") && b.has("port") != Has::computed) {
    const Value<std::uint16_t> port = read_port(b, "port");
    if (port.known()) target.port = *port;
    if (!port.known()) gap = port.gap();
  }
  const Value<Text> zone =
      b.has("availability_zone") == Has::computed ? Value<Text>(Text()) : b.text("availability_zone");
  if (zone.known()) target.zone = *zone;
  target.healthy = planned::later(work, "the health of targets", b.origin());
  const Value<TargetType> type = row == nullptr ? Value<TargetType>(b.gap("target_id")) : row->type;
  const auto read = [&]<class T>(T) {
    const Value<Text> id = b.named("target_id", T::kind);
    if (!id.known()) gap = id.gap();
    if (id.known()) target.what = b.id<T>(*id);
  };
  if (!type.known()) {
    gap = type.gap();
  } else if (*type == TargetType::instance) {
    read(InstanceId());
  } else if (*type == TargetType::function) {
    read(FunctionId());
  } else if (*type == TargetType::balancer) {
    read(LoadBalancerId());
  } else {
    const Value<Address> address = b.address("target_id");
    if (address.known()) target.what = *address;
    if (!address.known()) gap = address.gap();
  }
  planned::add_target(work, group, target, gap);
}

void add_instances_to_groups(const Block& b, const char* attribute, InstanceId instances, GapId gap) {
  Work& work = b.work();
  if (b.has(attribute) == Has::computed || b.has(attribute) == Has::nothing) return;
  BalancerTarget target;
  target.what = instances;
  target.place = b.origin();
  target.healthy = planned::later(work, "the health of targets", b.origin());
  const List<TargetGroupId> groups = b.refs<TargetGroupId>(attribute, work.base->target_groups.empty());
  for (const TargetGroupId group : groups) planned::add_target(work, group, target, gap);
  if (groups.open) planned::add_target(work, Value<TargetGroupId>(groups.open), target, groups.open);
}

}  // namespace sallyport::read::terraform
