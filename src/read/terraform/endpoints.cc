// VPC endpoints with their associations and policies (GE, IF, EP).
#include <algorithm>
#include <type_traits>

#include "base/wildcard.h"
#include "read/planned/endpoints.h"
#include "read/terraform/families.h"
#include "read/terraform/owners.h"
#include "read/terraform/standing.h"

namespace sallyport::read::terraform {
namespace {

Value<EndpointType> read_type(const Block& b) {
  const Value<Text> type = b.text("vpc_endpoint_type");
  if (!type.known()) {
    if (b.has("vpc_endpoint_type") == Has::computed) return EndpointType::gateway;
    return type.gap();
  }
  const auto read = planned::endpoint_type(b.registry().view(*type));
  return read ? Value<EndpointType>(*read) : b.not_understood("vpc_endpoint_type");
}

// A new endpoint of AWS's own service works after apply; another's owner must accept it (PL-3).
Value<State> read_state(const Block& b, const Value<Text>& service) {
  const std::string_view state = b.node("state").text();
  if (equals_ignoring_case(state, "available")) return State::working;
  if (!state.empty()) return State::not_working;
  if (!service.known()) return b.gap("state");
  if (planned::accepts_at_once(b.registry().view(*service))) return State::working;
  const EndpointService* own = planned::service_named(b.work(), b.id<EndpointServiceId>(*service));
  if (own == nullptr || !own->configured) return b.gap("state");
  if (own->acceptance_required.known() && !*own->acceptance_required) return State::working;
  const Value<bool> accepts = b.flag("auto_accept", false);
  return accepts.known() && *accepts ? Value<State>(State::working) : Value<State>(b.gap("state"));
}

Value<EndpointIpType> read_ip_type(const Block& b) {
  if (b.has("ip_address_type") == Has::computed) return EndpointIpType::ipv4;
  const Value<Text> type = b.text("ip_address_type");
  if (!type.known()) return type.gap();
  const auto read = planned::endpoint_ip_type(b.registry().view(*type));
  return read ? Value<EndpointIpType>(*read) : b.not_understood("ip_address_type");
}

std::string policy_id(const Block& b, const Text name) {
  return planned::endpoint_policy_id(b.registry(), b.place().partition, b.place().region, b.place().account, name);
}

Value<bool> only_inbound(const Block& b) {
  if (b.has("dns_options") == Has::computed) return false;
  const List<Block> options = b.blocks("dns_options");
  if (options.open) return options.open;
  for (const Block& block : options) return block.flag("private_dns_only_for_inbound_resolver_endpoint", false);
  return false;
}

// What an endpoint of VPC Lattice leads to (RE-1, RE-6): it works once that is made along with it; what somebody
// else shares may not be there.
void read_lattice_side(const Block& b, Endpoint& row) {
  const auto take = [&](const char* attribute, auto& id) {
    if (!b.gives_any(attribute)) return;
    using Id = std::remove_reference_t<decltype(id)>;
    const Value<Text> arn = b.named(attribute, Id::kind);
    if (!arn.known()) {
      row.head.gap = arn.gap();
      return;
    }
    id = b.id<Id>(*arn);
    if (b.work().created.contains(Ref(id)) && b.resource().is_new()) row.state = State::working;
  };
  take("resource_configuration_arn", row.resource);
  take("service_network_arn", row.network);
}

// What AWS chooses where nothing is given is nothing; but for an endpoint that exists,
// what its refresh showed.
template <class T>
List<T> read_ids(const Block& b, const char* attribute, bool only_new) {
  if (b.has(attribute) == Has::computed && b.resource().is_new()) return {};
  return b.refs<T>(attribute, only_new);
}

void read_names(const Block& b, Endpoint& row) {
  if (b.has("dns_entry") == Has::computed || b.has("dns_entry") == Has::unknown) {
    row.dns_names.open = b.gap("dns_entry");
    return;
  }
  const std::string_view own = b.registry().id(row.id);
  for (const Node entry : b.node("dns_entry").items()) {
    const std::string_view name = entry["dns_name"].text();
    if (name.empty()) continue;
    if (name.starts_with(own) && name.find(".vpce.") == std::string_view::npos) {
      row.dns_names.open = b.not_understood("dns_entry");
    } else {
      row.dns_names.items.push_back(b.registry().text(name));
    }
  }
}

// The endpoints that an association may belong to, and its other side.
template <class F>
void each_endpoint(const Block& b, const char* other, Kind kind, F f) {
  Work& work = b.work();
  const Value<EndpointId> id = b.ref<EndpointId>("vpc_endpoint_id");
  const Value<Text> text = b.named(other, kind);
  if (id.known() && b.resource().fate == Fate::kept && work.base->endpoints.find(*id) != nullptr) return;
  const GapId gap = !b.resource().stays() ? beside(work) : !id.known() ? id.gap() : text.known() ? GapId() : text.gap();
  take_base(b, "vpc_endpoint_id", id, work.change.put.endpoints, work.base->endpoints);
  if (id.known() && work.row(work.change.put.endpoints, *id) == nullptr) {
    if (const Endpoint* there = work.base->endpoints.find(*id)) work.put(work.change.put.endpoints, Endpoint(*there));
  }
  for (Endpoint& row : work.change.put.endpoints) {
    if (id.known() ? row.id == *id : row.head.region == b.place().region) f(row, text.known() ? *text : Text(), gap);
  }
}

template <class T>
void add_or_open(List<T>& list, T id, GapId gap) {
  if (gap) {
    list.open = gap;
  } else if (std::find(list.begin(), list.end(), id) == list.end()) {
    list.items.push_back(id);
  }
}

}  // namespace

void read_endpoint(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> name = b.own_id();
  if (!name) return;
  Endpoint row;
  row.id = b.id<EndpointId>(*name);
  if (work.stands(work.base->endpoints, row.id, b.resource())) return;
  row.head = b.head();
  row.type = read_type(b);
  row.vpc = b.ref<VpcId>("vpc_id");
  const bool only_new = is_new_vpc(work, row.vpc);
  const Value<Text> service = b.named("service_name", Kind::endpoint_service);
  row.state = read_state(b, service);
  if (service.known() && !service->empty()) {
    row.service = *service;
  } else if (!service.known()) {
    row.head.gap = service.gap();
  }
  read_lattice_side(b, row);
  const Value<Text> region = b.text("service_region");
  row.service_region = region.known() && !region->empty() ? *region : b.place().region;
  row.ip_type = read_ip_type(b);
  // None is full access (EP-1); what exists shows its own.
  row.policy = b.has("policy") == Has::computed && b.resource().is_new()
                   ? Value<PolicyId>(PolicyId())
                   : put_policy(b, "policy", policy_id(b, *name), b.registry().view(row.head.name));
  row.route_tables = read_ids<RouteTableId>(b, "route_table_ids", only_new);
  row.subnets = read_ids<SubnetId>(b, "subnet_ids", only_new);
  row.groups = read_ids<SecurityGroupId>(b, "security_group_ids", only_new);
  if (!b.resource().is_new()) row.interfaces = read_ids<InterfaceId>(b, "network_interface_ids", only_new);
  row.private_dns = b.flag("private_dns_enabled", false);
  row.private_dns_only_inbound = only_inbound(b);
  if (!row.type.known() || is_lattice(*row.type)) row.custom_names.open = b.gap("private DNS entries");
  read_names(b, row);
  if (b.resource().is_new()) work.created.insert(row.id);
  work.put(work.change.put.endpoints, std::move(row));
}

void read_endpoint_route_table(const Block& b) {
  each_endpoint(b, "route_table_id", Kind::route_table, [&](Endpoint& row, Text table, GapId gap) {
    if (!b.resource().stays() && !table.empty()) {
      std::erase(row.route_tables.items, b.id<RouteTableId>(table));  // its route goes with it
      return;
    }
    add_or_open(row.route_tables, gap ? RouteTableId() : b.id<RouteTableId>(table), gap);
  });
}

void read_endpoint_subnet(const Block& b) {
  each_endpoint(b, "subnet_id", Kind::subnet, [&](Endpoint& row, Text subnet, GapId gap) {
    add_or_open(row.subnets, gap ? SubnetId() : b.id<SubnetId>(subnet), gap);
  });
}

void read_endpoint_group(const Block& b) {
  each_endpoint(b, "security_group_id", Kind::security_group, [&](Endpoint& row, Text group, GapId gap) {
    const Value<bool> replaces = b.flag("replace_default_association", false);
    if (!replaces.known()) gap = replaces.gap();
    // The VPC's default group stays beside it, unless it is replaced.
    const auto of_vpc = row.vpc.known() ? b.work().default_groups.find(*row.vpc) : b.work().default_groups.end();
    if (row.groups.empty() && replaces.known() && !*replaces && of_vpc != b.work().default_groups.end()) {
      row.groups.items.push_back(of_vpc->second);
    }
    if (!b.resource().stays() && !group.empty()) std::erase(row.groups.items, b.id<SecurityGroupId>(group));
    add_or_open(row.groups, gap ? SecurityGroupId() : b.id<SecurityGroupId>(group), gap);
  });
}

void read_endpoint_policy(const Block& b) {
  each_endpoint(b, "vpc_endpoint_id", Kind::endpoint, [&](Endpoint& row, Text, GapId gap) {
    if (gap) {
      row.policy = gap;
    } else if (b.has("policy") == Has::computed || b.has("policy") == Has::nothing) {
      row.policy = PolicyId();
    } else {
      row.policy = put_policy(b, "policy", policy_id(b, b.registry().ids.id(row.id)), b.registry().view(row.head.name));
    }
  });
}

}  // namespace sallyport::read::terraform
