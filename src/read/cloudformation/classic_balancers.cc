// Classic Load Balancers: listeners and instances stand in one resource (LB, AC-10).
#include "read/cloudformation/families.h"
#include "read/cloudformation/identity.h"
#include "read/planned/balancers.h"
#include "read/planned/standing.h"

namespace sallyport::read::cloudformation {
namespace {

BalancerTarget target_of(const Properties& p, InstanceId instance) {
  BalancerTarget target;
  target.what = instance;
  target.place = p.origin();
  target.healthy = once_made(p.work(), "the health of targets is not known before the stack is made", p.origin());
  return target;
}

}  // namespace

void read_classic_balancer(const Properties& p) {
  Work& work = p.work();
  const Value<Text> arn = own_arn(work, p.resource());
  LoadBalancer row;
  row.id = p.id<LoadBalancerId>(arn.known() ? *arn : p.own_text());
  row.head = p.head();
  const Value<Text> name = p.text("LoadBalancerName");
  if (name.known() && !name->empty() && !work.registry.texts.has_symbol(*name)) row.head.name = *name;
  work.created.insert(row.id);
  row.type = BalancerType::classic;
  row.state = State::working;
  const Value<Text> scheme = p.text("Scheme");
  const std::string_view word = scheme.known() ? work.registry.view(*scheme) : std::string_view();
  row.internet_facing = !scheme.known()                             ? Value<bool>(scheme.gap())
                        : word.empty() || word == "internet-facing" ? Value<bool>(true)
                        : word == "internal"                        ? Value<bool>(false)
                                                                    : Value<bool>(p.gap("Scheme"));
  row.subnets = p.refs<SubnetId>("Subnets");
  if (row.subnets.empty() && !row.subnets.open) row.subnets.open = beside(work);  // by zones: in default subnets
  row.vpc = planned::vpc_of(work, row.subnets);
  row.groups = p.refs<SecurityGroupId>("SecurityGroups");
  row.cross_zone = p.flag("CrossZone", false);
  planned::complete_balancer(work, row, Value<Text>(Text()));
  const List<Properties> listeners = p.blocks("Listeners");
  row.listeners.open = listeners.open;
  for (const Properties& listener : listeners) {
    const Value<std::int64_t> port = listener.number("LoadBalancerPort", 0),
                              inside = listener.number("InstancePort", 0);
    const Value<Text> protocol = listener.text("Protocol");
    const auto fits = [](const Value<std::int64_t>& n) { return n.known() && *n > 0 && *n <= 0xFFFF; };
    if (!fits(port) || !fits(inside) || !protocol.known()) {
      row.listeners.open = !port.known()     ? port.gap()
                           : !inside.known() ? inside.gap()
                           : !fits(port)     ? listener.not_understood("LoadBalancerPort")
                           : !fits(inside)   ? listener.not_understood("InstancePort")
                                             : protocol.gap();
      continue;
    }
    planned::add_classic_listener(work, row, work.registry.view(*protocol), static_cast<std::uint16_t>(*port),
                                  static_cast<std::uint16_t>(*inside), p.origin());
  }
  const LoadBalancerId id = row.id;
  const Value<bool> has_public = row.internet_facing;
  planned::put_balancer(work, std::move(row), false, has_public);
  const List<InstanceId> instances = p.refs<InstanceId>("Instances");
  for (const InstanceId instance : instances) planned::add_classic_target(work, id, target_of(p, instance), {});
  if (instances.open) planned::add_classic_target(work, id, {}, instances.open);
}

void add_instances_to_classic(const Properties& p, const char* property, InstanceId instances, GapId gap) {
  Work& work = p.work();
  const List<Text> names = p.texts(property);
  for (const Text name : names) {
    const std::string ending = ":loadbalancer/" + work.registry.texts.string(name);
    for (const LoadBalancer& row : work.change.put.load_balancers) {
      if (work.registry.id(row.id).ends_with(ending))
        planned::add_classic_target(work, row.id, target_of(p, instances), gap);
    }
  }
  if (names.open) planned::add_classic_target(work, {}, {}, names.open);
}

}  // namespace sallyport::read::cloudformation
