// Classic Load Balancers: listeners and instances stand in one resource (LB, AC-10).
#include "read/planned/balancers.h"

#include "read/planned/standing.h"
#include "read/terraform/families.h"

namespace sallyport::read::terraform {
namespace {

std::uint16_t port_of(const Block& b, const char* attribute) {
  const auto port = b.node(attribute).integer();
  return port && *port > 0 && *port <= 0xFFFF ? static_cast<std::uint16_t>(*port) : std::uint16_t{0};
}

BalancerTarget target_of(const Block& b, InstanceId instance) {
  BalancerTarget target;
  target.what = instance;
  target.place = b.origin();
  target.healthy = planned::later(b.work(), "the health of targets", b.origin());
  return target;
}

// The balancer that goes by that name; none: it is not in the plan.
LoadBalancerId balancer_named(Work& work, std::string_view name) {
  const std::string ending = ":loadbalancer/" + std::string(name);
  for (const LoadBalancer& row : work.change.put.load_balancers) {
    if (work.registry.id(row.id).ends_with(ending)) return row.id;
  }
  return {};
}

}  // namespace

void read_classic_balancer(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> arn = b.own_id("arn");
  if (!arn) return;
  LoadBalancer row;
  row.id = b.id<LoadBalancerId>(*arn);
  if (work.stands(work.base->load_balancers, row.id, b.resource())) return;
  row.head = b.head(b.node("name").text());
  if (!b.node("name").text().empty()) row.head.name = work.text(b.node("name").text());
  if (b.resource().is_new()) work.created.insert(row.id);
  row.type = BalancerType::classic;
  row.state = State::working;
  const Value<bool> internal = b.flag("internal", false);
  row.internet_facing = internal.known() ? Value<bool>(!*internal) : internal;
  if (b.has("subnets") == Has::computed || b.has("subnets") == Has::nothing) {
    row.subnets.open = b.gap("subnets");  // by zones: in default subnets
  } else {
    row.subnets = b.refs<SubnetId>("subnets", true);
  }
  row.vpc = planned::vpc_of(work, row.subnets);
  if (b.has("security_groups") != Has::computed)
    row.groups = b.refs<SecurityGroupId>("security_groups", is_new_vpc(work, row.vpc));
  row.cross_zone = b.flag("cross_zone_load_balancing", true);
  row.host = work.text(b.node("dns_name").text());
  planned::complete_balancer(work, row, Value<Text>(Text()));
  const List<Block> listeners = b.blocks("listener");
  row.listeners.open = listeners.open;
  for (const Block& listener : listeners) {
    const std::uint16_t port = port_of(listener, "lb_port"), inside = port_of(listener, "instance_port");
    if (port == 0 || inside == 0) {
      row.listeners.open = listener.gap(port == 0 ? "lb_port" : "instance_port");
    } else {
      planned::add_classic_listener(work, row, listener.node("lb_protocol").text(), port, inside, b.origin());
    }
  }
  const LoadBalancerId id = row.id;
  const Value<bool> has_public = row.internet_facing;
  planned::put_balancer(work, std::move(row), false, has_public);
  if (b.has("instances") == Has::computed || b.has("instances") == Has::nothing) return;
  const List<InstanceId> instances = b.refs<InstanceId>("instances", work.base->instances.empty());
  for (const InstanceId instance : instances) planned::add_classic_target(work, id, target_of(b, instance), {});
  if (instances.open) planned::add_classic_target(work, id, {}, instances.open);
}

void read_classic_target(const Block& b) {
  Work& work = b.work();
  const Value<Text> name = b.named("elb", Kind::load_balancer);
  const Value<InstanceId> instance = b.ref<InstanceId>("instance");
  const GapId gap = !b.resource().stays() ? beside(work) : instance.known() ? GapId() : instance.gap();
  if (!name.known()) return planned::add_classic_target(work, {}, {}, name.gap());
  const LoadBalancerId id = balancer_named(work, work.registry.view(*name));
  if (id) planned::add_classic_target(work, id, target_of(b, instance.known() ? *instance : InstanceId()), gap);
}

void add_instances_to_classic(const Block& b, const char* attribute, InstanceId instances, GapId gap) {
  Work& work = b.work();
  if (!b.gives_any(attribute) || b.has(attribute) == Has::computed) return;
  const auto add = [&](const Value<Text>& name) {
    if (!name.known()) return planned::add_classic_target(work, {}, {}, name.gap());
    const LoadBalancerId id = balancer_named(work, work.registry.view(*name));
    if (id) planned::add_classic_target(work, id, target_of(b, instances), gap);
  };
  if (attribute == std::string_view("elb")) return add(b.named(attribute, Kind::load_balancer));
  const List<Text> names = b.names(attribute, Kind::load_balancer);
  for (const Text name : names) add(name);
  if (names.open) add(names.open);
}

}  // namespace sallyport::read::terraform
