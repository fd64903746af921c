// Network interfaces and Elastic IP addresses.
#include <algorithm>

#include "read/json/ahead.h"
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

struct TypeName {
  std::string_view name;
  InterfaceKind kind;
};
// `InterfaceType`, both spellings that AWS has used for some.
constexpr TypeName type_names[] = {
    {"nat_gateway", InterfaceKind::nat_gateway},
    {"natGateway", InterfaceKind::nat_gateway},
    {"vpc_endpoint", InterfaceKind::endpoint},
    {"gateway_load_balancer_endpoint", InterfaceKind::gateway_load_balancer_endpoint},
    {"lambda", InterfaceKind::function},
    {"load_balancer", InterfaceKind::load_balancer},
    {"network_load_balancer", InterfaceKind::load_balancer},
    {"gateway_load_balancer", InterfaceKind::load_balancer},
    {"transit_gateway", InterfaceKind::transit_gateway},
    {"branch", InterfaceKind::plain},
    {"trunk", InterfaceKind::plain},
    {"efa", InterfaceKind::plain},
    {"efa-only", InterfaceKind::plain},
    {"api_gateway_managed", InterfaceKind::managed},
    {"aws_codestar_connections_managed", InterfaceKind::managed},
    {"ec2_instance_connect_endpoint", InterfaceKind::managed},
    {"efs", InterfaceKind::managed},
    {"evs", InterfaceKind::managed},
    {"global_accelerator_managed", InterfaceKind::managed},
    {"iot_rules_managed", InterfaceKind::managed},
    {"quicksight", InterfaceKind::managed},
};

// Older answers say `interface` of nearly everything: the description tells.
constexpr TypeName described[] = {
    {"Interface for NAT Gateway", InterfaceKind::nat_gateway},
    {"VPC Endpoint Interface", InterfaceKind::endpoint},
    {"AWS Lambda VPC ENI", InterfaceKind::function},
    {"ELB ", InterfaceKind::load_balancer},
    {"Network Interface for Transit Gateway", InterfaceKind::transit_gateway},
};

InterfaceKind read_kind(Answer& answer, Node node, std::string_view name) {
  const std::string_view type = node["InterfaceType"].text();
  for (const TypeName& t : type_names) {
    if (type == t.name) return t.kind;
  }
  if (!type.empty() && type != "interface") {
    answer.say(Severity::note, "unknown-type",
               "the interface `" + std::string(name) + "` is of a type that is not known: `" + std::string(type) + "`",
               node["InterfaceType"]);
    return InterfaceKind::other;
  }
  const std::string_view description = node["Description"].text();
  if (node["RequesterManaged"].boolean().value_or(false) || !node["Attachment"]["InstanceId"]) {
    for (const TypeName& t : described) {
      if (description.starts_with(t.name)) return t.kind;
    }
  }
  const bool on_instance = !node["Attachment"]["InstanceId"].text().empty();
  return node["RequesterManaged"].boolean().value_or(false) && !on_instance ? InterfaceKind::managed
                                                                            : InterfaceKind::plain;
}

Value<State> read_state(Answer& answer, Node node, std::string_view name) {
  const std::string_view status = node["Status"].text();
  if (status == "in-use" || status == "associated") return State::working;
  if (status == "available" || status == "pending") return State::not_working;
  if (status == "attaching" || status == "detaching") {
    return answer.gap(GapKind::undocumented,
                      "the interface `" + std::string(name) + "` is `" + std::string(status) + "`",
                      "collect again when it has settled", node);
  }
  return answer.lacking(name, "Status", node["Status"]);
}

void add_public(Answer& answer, Node association, const Value<Address>& inside, std::string_view name, Interface& row) {
  if (association["PublicIp"].absent()) return;  // a carrier or customer-owned address
  const Value<Address> outside = answer.address(association["PublicIp"], name);
  if (!outside.known() || !inside.known()) {
    row.public_addresses.open = outside.known() ? inside.gap() : outside.gap();
    return;
  }
  auto& list = row.public_addresses.items;
  const bool stands =
      std::any_of(list.begin(), list.end(), [&](const PublicAddress& p) { return p.address == *outside; });
  if (!stands) list.push_back({*outside, *inside});
}

void read_addresses_of(Answer& answer, Node node, std::string_view name, Interface& row) {
  auto& addresses = row.addresses;
  Node all = node["PrivateIpAddresses"];
  if (!all.is(json::Kind::array)) {
    // Some answers have the primary address only.
    const GapId open = answer.lacking(name, "PrivateIpAddresses", all);
    addresses.open = open, row.public_addresses.open = open;
    if (!node["PrivateIpAddress"].absent()) {
      addresses.items.push_back(answer.address(node["PrivateIpAddress"], name));
      add_public(answer, node["Association"], addresses.items.back(), name, row);
    }
  }
  for (const Node entry : all.items()) {
    const Value<Address> inside = answer.address(entry["PrivateIpAddress"], name);
    add_public(answer, entry["Association"], inside, name, row);
    if (entry["Primary"].boolean().value_or(false)) {
      addresses.items.insert(addresses.items.begin(), inside);
    } else {
      addresses.items.push_back(inside);
    }
  }
  // The interface's own association repeats that of its primary address.
  if (!addresses.empty()) add_public(answer, node["Association"], addresses.items.front(), name, row);
  for (const Node entry : answer.optional_list(node, "Ipv6Addresses", name, addresses.open).items()) {
    addresses.items.push_back(answer.address(entry["Ipv6Address"], name));
  }
  for (const char* delegated : {"Ipv4Prefixes", "Ipv6Prefixes"}) {
    if (node[delegated].size() == 0) continue;
    addresses.open =
        answer.gap(GapKind::not_modelled, "the interface `" + std::string(name) + "` holds whole prefixes of addresses",
                   "which of them are in use is not known", node[delegated]);
  }
}

void read_interface(Answer& answer, Node node) {
  const std::string_view name = node["NetworkInterfaceId"].text();
  Interface row;
  row.id = answer.id<InterfaceId>(name);
  if (!row.id) return unnamed(answer, node, "NetworkInterfaceId");
  row.head = answer.head(node, node["TagSet"]);
  row.vpc = answer.ref<VpcId>(node, "VpcId", name);
  row.subnet = answer.ref<SubnetId>(node, "SubnetId", name);
  row.kind = read_kind(answer, node, name);
  row.source_dest_check = answer.flag(node, "SourceDestCheck", name);
  row.state = read_state(answer, node, name);
  row.instance = answer.id<InstanceId>(node["Attachment"]["InstanceId"]);
  row.description = answer.text(node["Description"]);
  read_addresses_of(answer, node, name, row);
  for (const Node group : answer.list(node, "Groups", name, row.groups.open).items()) {
    if (const auto id = answer.id<SecurityGroupId>(group["GroupId"])) {
      row.groups.items.push_back(id);
    } else {
      row.groups.open = answer.lacking(name, "GroupId", group["GroupId"]);
    }
  }
  answer.put(answer.rows().interfaces, std::move(row), node);
}

}  // namespace

void read_interfaces(Answer& answer) {
  json::each_item(answer.root()["NetworkInterfaces"], [&](Node node) { read_interface(answer, node); });
}

// Elastic IPs repeat what interfaces say; they help where interfaces do not.
void read_addresses(Answer& answer) {
  for (const Node node : answer.root()["Addresses"].items()) {
    const InterfaceId interface = answer.id<InterfaceId>(node["NetworkInterfaceId"]);
    if (!interface) continue;  // free, or EC2-Classic
    const std::string_view name = node["AllocationId"].text();
    const Value<Address> outside = answer.address(node["PublicIp"], name);
    const Value<Address> inside = answer.address(node["PrivateIpAddress"], name);
    if (outside.known() && inside.known()) answer.work().elastic[interface].push_back({*outside, *inside});
  }
}

void finish_interfaces(Work& work) {
  boost::unordered_flat_map<std::uint32_t, const Subnet*> subnets;
  for (const Subnet& s : work.change.put.subnets) subnets.try_emplace(s.id.number(), &s);
  for (Interface& interface : work.change.put.interfaces) {
    const auto elastic = work.elastic.find(interface.id);
    if (elastic != work.elastic.end()) {
      for (const Association& a : elastic->second) {
        auto& list = interface.public_addresses.items;
        const bool stands =
            std::any_of(list.begin(), list.end(), [&](const PublicAddress& p) { return p.address == a.address; });
        if (!stands) list.push_back({a.address, a.private_address});
      }
    }
    // An address must lie in the interface's subnet.
    if (!interface.subnet.known()) continue;
    const auto found = subnets.find(interface.subnet->number());
    if (found == subnets.end() || !found->second->cidrs.complete()) continue;
    for (Value<Address>& address : interface.addresses.items) {
      if (!address.known()) continue;
      bool inside = false;
      for (const Value<Prefix>& block : found->second->cidrs) {
        inside = inside || !block.known() || block->contains(*address);
      }
      if (inside) continue;
      const std::string what = "`" + to_string(*address) + "` of the interface `" +
                               std::string(work.registry->id(interface.id)) + "` lies outside its subnet";
      say(work, Severity::warning, "contradiction", what, interface.head.origin);
      address = work.registry->gaps.add(
          {GapKind::contradictory, what, "collect interfaces and subnets again", interface.head.origin});
    }
  }
}

}  // namespace sallyport::read::snapshot
