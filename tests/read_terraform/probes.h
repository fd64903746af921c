// Probes: real plans have few workloads, so each subnet gets one.
//
// Its group lets everything through, its address is one of the subnet's that is not known, and it
// has no public one. It is named after the subnet's block, which all forms of an architecture share.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "model/cloud.h"
#include "model/later.h"
#include "net/engine.h"

namespace sallyport::read {

// The cloud with a probe in each subnet that has a block and of which `wanted` holds.
inline Cloud with_probes(
    const Cloud& cloud, const std::function<bool(const Subnet&)>& wanted = [](const Subnet&) { return true; }) {
  Change change(cloud.registry_ptr());
  Registry& registry = cloud.registry();
  for (const Subnet& subnet : cloud->subnets) {
    // What stands for one of several is no place for a probe.
    if (subnet.cidrs.empty() || cloud.view(subnet.head.name).starts_with("one of ") || !wanted(subnet)) continue;
    const Value<Prefix>& first = subnet.cidrs.items[0];
    const std::string name =
        "probe in " +
        (first.known() && !is_later(*first) ? to_string(*first) : std::string(cloud.view(subnet.head.name)));
    SecurityGroup group;
    group.id = registry.ids.get<SecurityGroupId>(subnet.head.region, registry.texts.symbol("group of " + name));
    group.head = subnet.head;
    group.vpc = subnet.vpc;
    for (const bool egress : {false, true}) {
      for (const Family family : {Family::v4, Family::v6}) {
        GroupRule rule;
        rule.egress = egress;
        rule.peer = everything(family);
        group.rules.items.push_back(rule);
      }
    }
    Instance instance;
    instance.id = registry.ids.get<InstanceId>(subnet.head.region, registry.texts.symbol(name));
    instance.head = subnet.head;
    instance.head.name = registry.text(name);
    instance.state = State::working;
    instance.vpc = subnet.vpc;
    Interface interface;
    interface.id = registry.ids.get<InterfaceId>(subnet.head.region, registry.texts.symbol("interface of " + name));
    interface.head = subnet.head;
    interface.vpc = subnet.vpc;
    interface.subnet = subnet.id;
    interface.source_dest_check = true;
    interface.state = State::working;
    interface.instance = instance.id;
    interface.addresses.items.emplace_back(
        registry.gaps.add({GapKind::known_after_apply, "the address of a probe", ""}));
    interface.groups.items.push_back(group.id);
    instance.interfaces.items.push_back(interface.id);
    change.put.security_groups.push_back(std::move(group));
    change.put.instances.push_back(std::move(instance));
    change.put.interfaces.push_back(std::move(interface));
  }
  return apply(cloud, std::move(change));
}

}  // namespace sallyport::read
