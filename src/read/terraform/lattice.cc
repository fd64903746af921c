// VPC Lattice: resource gateways and configurations, service networks and what is associated with them
// (RE-1, RE-2, RE-6, RE-7, RE-9).
//
// https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateResourceConfiguration.html
// https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateServiceNetwork.html
#include "read/planned/lattice.h"

#include "read/terraform/families.h"

namespace sallyport::read::terraform {
namespace {

// The object that an argument names, by its ARN or by its id; none for nothing.
template <class T>
Value<T> named_part(const Block& b, const char* attribute, const char* sort) {
  const Value<Text> name = b.named(attribute, T::kind);
  if (!name.known()) return name.gap();
  if (name->empty()) return T();
  const Place& place = b.place();
  return b.id<T>(
      planned::lattice_arn(b.registry(), place.partition, place.region, account_or_any(b.work(), place), sort, *name));
}

// What apply makes works; of what exists, its status says it.
Value<State> state_of(const Block& b, const char* attribute) {
  if (b.resource().is_new()) return State::working;
  const auto state = planned::lattice_state(b.node(attribute).text());
  return state ? Value<State>(*state) : Value<State>(beside(b.work()));
}

Value<ResourceConfigurationKind> kind_of_configuration(const Block& b) {
  if (b.has("type") == Has::computed || b.has("type") == Has::nothing) return ResourceConfigurationKind::single;
  const Value<Text> type = b.text("type");
  if (!type.known()) return type.gap();
  const std::string_view word = b.registry().view(*type);
  if (word == "SINGLE") return ResourceConfigurationKind::single;
  if (word == "GROUP") return ResourceConfigurationKind::group;
  if (word == "CHILD") return ResourceConfigurationKind::child;
  if (word == "ARN") return ResourceConfigurationKind::arn;
  return b.not_understood("type");
}

Value<PortSet> ports_of(const Block& b) {
  // AWS's own choice where none are given is not documented for each kind.
  const List<Text> ranges = b.names("port_ranges", Kind::none);
  if (ranges.open) return ranges.open;
  if (ranges.empty()) return b.gap("port_ranges");
  PortSet ports;
  for (const Text range : ranges) {
    if (!planned::add_ports(ports, b.registry().view(range))) return b.not_understood("port_ranges");
  }
  return ports;
}

// What the resource is: one of a name, an address and an ARN.
void read_definition(const Block& b, ResourceConfiguration& row) {
  const List<Block> definitions = b.blocks("resource_configuration_definition");
  if (definitions.open) row.head.gap = definitions.open;
  const auto text = [&](const Block& part, const char* attribute, Text& into) {
    const Value<Text> value = part.text(attribute);
    if (value.known()) {
      into = *value;
    } else {
      row.head.gap = value.gap();
    }
  };
  for (const Block& definition : definitions) {
    const List<Block> names = definition.blocks("dns_resource");
    const List<Block> addresses = definition.blocks("ip_resource");
    const List<Block> arns = definition.blocks("arn_resource");
    for (const GapId open : {names.open, addresses.open, arns.open}) {
      if (open) row.head.gap = open;
    }
    for (const Block& name : names) text(name, "domain_name", row.host);
    for (const Block& arn : arns) text(arn, "arn", row.arn);
    for (const Block& address : addresses) row.address = address.address("ip_address"), row.has_address = true;
  }
}

// The networks that an association may belong to, each with why it may not be so.
template <class F>
void each_network(const Block& b, F f) {
  Work& work = b.work();
  const auto id = named_part<ServiceNetworkId>(b, "service_network_identifier", "servicenetwork");
  if (!id.known()) {
    for (ServiceNetwork& row : work.change.put.service_networks) f(row, id.gap());
    return;
  }
  if (b.resource().fate == Fate::kept && work.base->service_networks.find(*id) != nullptr) return;
  f(planned::service_network_of(work, *id, b.head()), b.resource().stays() ? GapId() : beside(work));
}

}  // namespace

void read_resource_gateway(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> arn = b.own_id("arn");
  if (!arn) return;
  ResourceGateway row;
  row.id = b.id<ResourceGatewayId>(*arn);
  if (work.stands(work.base->resource_gateways, row.id, b.resource())) return;
  row.head = b.head(b.node("name").text());
  row.state = state_of(b, "status");
  row.vpc = b.ref<VpcId>("vpc_id");
  const bool only_new = is_new_vpc(work, row.vpc);
  row.subnets = b.refs<SubnetId>("subnet_ids", only_new);
  row.groups = b.refs<SecurityGroupId>("security_group_ids", only_new);  // none given: which, no page says
  if (b.resource().is_new()) work.created.insert(row.id);
  work.put(work.change.put.resource_gateways, std::move(row));
}

void read_resource_configuration(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> arn = b.own_id("arn");
  if (!arn) return;
  ResourceConfiguration row;
  row.id = b.id<ResourceConfigurationId>(*arn);
  if (work.stands(work.base->resource_configurations, row.id, b.resource())) return;
  row.head = b.head(b.node("name").text());
  row.kind = kind_of_configuration(b);
  row.state = b.resource().is_new() ? Value<State>(State::working) : Value<State>(beside(work));
  row.gateway = named_part<ResourceGatewayId>(b, "resource_gateway_identifier", "resourcegateway");
  if (b.gives_any("resource_configuration_group_id")) {
    row.group = named_part<ResourceConfigurationId>(b, "resource_configuration_group_id", "resourceconfiguration");
  }
  row.ports = ports_of(b);
  read_definition(b, row);
  row.custom_domain = b.text("custom_domain_name");
  if (b.resource().is_new()) work.created.insert(row.id);
  work.put(work.change.put.resource_configurations, std::move(row));
}

// "NONE: The resource does not use an IAM policy. This is the default."
void read_service_network(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> arn = b.own_id("arn");
  if (!arn) return;
  ServiceNetwork row;
  row.id = b.id<ServiceNetworkId>(*arn);
  if (work.stands(work.base->service_networks, row.id, b.resource())) return;
  row.head = b.head(b.node("name").text());
  const bool is_new = b.resource().is_new();
  if (b.has("auth_type") == Has::computed || b.has("auth_type") == Has::nothing) {
    row.authorizes = is_new ? Value<bool>(false) : Value<bool>(beside(work));
  } else {
    const Value<Text> type = b.text("auth_type");
    row.authorizes = type.known() ? Value<bool>(b.registry().view(*type) != "NONE") : Value<bool>(type.gap());
  }
  if (is_new) {
    work.created.insert(row.id);
  } else {
    row.vpcs.open = row.services.open = row.resources.open = beside(work);
  }
  work.put(work.change.put.service_networks, std::move(row));
}

void read_network_vpc(const Block& b) {
  // Then names of the network's resources are answered in the VPC by zones that VPC Lattice makes.
  if (const Value<bool> names = b.flag("private_dns_enabled", false); !names.known() || *names) {
    const GapId gap = b.registry().gaps.add(
        {GapKind::not_modelled,
         "the names that `" + std::string(b.resource().address) + "` brings to its VPC are not read",
         "collect the account once the plan is applied", b.origin()});
    b.work().doubted.emplace(Kind::hosted_zone, gap);
  }
  each_network(b, [&](ServiceNetwork& row, GapId gap) {
    if (gap) {
      row.vpcs.open = gap;
      return;
    }
    ServiceNetworkVpc vpc;
    vpc.vpc = b.ref<VpcId>("vpc_identifier");
    vpc.state = state_of(b, "status");
    vpc.private_dns = b.flag("private_dns_enabled", false);
    vpc.groups = b.refs<SecurityGroupId>("security_group_ids", is_new_vpc(b.work(), vpc.vpc));
    row.vpcs.items.push_back(std::move(vpc));
  });
}

void read_network_service(const Block& b) {
  each_network(b, [&](ServiceNetwork& row, GapId gap) {
    if (gap) {
      row.services.open = gap;
      return;
    }
    const Value<Text> given = b.text("service_identifier");
    TextPool& texts = b.registry().texts;
    LatticeService service;
    service.arn = given.known() ? *given : texts.symbol(b.resource().address + ".service_identifier");
    service.host = b.work().text(b.node("dns_entry").at(0)["domain_name"].text());
    service.custom_domain = b.work().text(b.node("custom_domain_name").text());
    row.services.items.push_back(service);
  });
}

void read_network_resource(const Block& b) {
  const auto resource =
      named_part<ResourceConfigurationId>(b, "resource_configuration_identifier", "resourceconfiguration");
  each_network(b, [&](ServiceNetwork& row, GapId gap) {
    if (gap || !resource.known()) {
      row.resources.open = gap ? gap : resource.gap();
    } else {
      row.resources.items.push_back(*resource);
    }
  });
}

}  // namespace sallyport::read::terraform
