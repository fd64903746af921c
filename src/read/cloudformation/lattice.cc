// VPC Lattice: resource gateways and configurations, service networks and what is associated with them
// (RE-1, RE-2, RE-6, RE-7, RE-9).
//
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-vpclattice-resourceconfiguration.html
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-vpclattice-servicenetworkvpcassociation.html
#include "read/cloudformation/lattice.h"

#include "read/cloudformation/identity.h"
#include "read/planned/lattice.h"

namespace sallyport::read::cloudformation {
namespace {

template <class T>
T id_of(const Properties& p, Text arn) {
  return p.registry().ids.get<T>(p.place().partition, arn);
}

// The object that a property names, by its ARN or by its id; none for nothing. A parameter without value may be what
// another of the templates makes.
template <class T>
Value<T> named(const Properties& p, const char* property, const char* sort) {
  const Value<Text> name = p.text(property);
  if (!name.known()) return name.gap();
  if (name->empty()) return T();
  if (p.may_be_another(T::kind, *name)) return p.gap(property);
  const Place& place = p.place();
  return id_of<T>(p, planned::lattice_arn(p.registry(), place.partition, place.region,
                                          account_of(p.work(), *p.resource().stack), sort, *name));
}

// The network of an association; one that is not told may be any that exists.
Value<ServiceNetworkId> network_of(const Properties& p, const char* property) {
  Work& work = p.work();
  const Value<ServiceNetworkId> id = named<ServiceNetworkId>(p, property, "servicenetwork");
  if (id.known() && *id && !is_untold(work.registry.texts, work.registry.ids.id(*id))) return id;
  for (const ServiceNetwork& there : work.base->service_networks) {
    work.row_or_base(work.change.put.service_networks, work.base->service_networks, there.id);
  }
  return id.known() && (!*id || !work.base->service_networks.empty()) ? Value<ServiceNetworkId>(p.gap(property)) : id;
}

// The networks that an association may belong to, each with why it may not be so.
template <class F>
void each_network(const Properties& p, const Value<ServiceNetworkId>& id, F f) {
  if (id.known()) return f(planned::service_network_of(p.work(), *id, p.head()), p.doubt());
  for (ServiceNetwork& row : p.work().change.put.service_networks) f(row, id.gap());
}

Value<ResourceConfigurationKind> kind_of_configuration(const Properties& p) {
  const Value<Text> type = p.text("ResourceConfigurationType");
  if (!type.known()) return type.gap();
  const std::string_view word = p.registry().view(*type);
  if (word == "SINGLE") return ResourceConfigurationKind::single;
  if (word == "GROUP") return ResourceConfigurationKind::group;
  if (word == "CHILD") return ResourceConfigurationKind::child;
  if (word == "ARN") return ResourceConfigurationKind::arn;
  return p.registry().texts.has_symbol(*type) ? p.gap("ResourceConfigurationType")
                                              : p.not_understood("ResourceConfigurationType");
}

// Which ports are carried where none are given, no page says.
Value<PortSet> ports_of(const Properties& p) {
  const List<Text> ranges = p.texts("PortRanges");
  if (ranges.open) return ranges.open;
  if (ranges.empty()) return p.gap("PortRanges");
  PortSet ports;
  for (const Text range : ranges) {
    if (p.registry().texts.has_symbol(range)) return p.gap("PortRanges");
    if (!planned::add_ports(ports, p.registry().view(range))) return p.not_understood("PortRanges");
  }
  return ports;
}

// What the resource is: one of a name, an address and an ARN.
void read_definition(const Properties& p, ResourceConfiguration& row) {
  GapId gap;
  const Properties definition = p.block("ResourceConfigurationDefinition", gap);
  if (gap) {
    row.head.gap = gap;
    return;
  }
  const Properties name = definition.block("DnsResource", gap);
  if (gap) row.head.gap = gap;
  const auto take = [&](const Properties& part, const char* property, Text& into) {
    const Value<Text> value = part.text(property);
    if (!value.known() || is_untold(p.registry().texts, *value)) {
      row.head.gap = value.known() ? part.gap(property) : value.gap();
    } else {
      into = *value;
    }
  };
  take(name, "DomainName", row.host);
  take(definition, "ArnResource", row.arn);
  row.has_address = definition.gives("IpResource");
  if (row.has_address) row.address = definition.address("IpResource");
}

}  // namespace

Value<ResourceConfigurationId> resource_configuration_named(const Properties& p, const char* property) {
  return named<ResourceConfigurationId>(p, property, "resourceconfiguration");
}

void read_resource_gateway(const Properties& p) {
  Work& work = p.work();
  ResourceGateway row;
  row.id = id_of<ResourceGatewayId>(p, p.own_text());
  row.head = p.head();
  row.state = State::working;
  row.vpc = p.ref<VpcId>("VpcIdentifier");
  row.subnets = p.refs<SubnetId>("SubnetIds");
  row.groups = p.refs<SecurityGroupId>("SecurityGroupIds");
  if (row.groups.empty() && !row.groups.open) row.groups.open = p.gap("SecurityGroupIds");  // which, no page says
  work.created.insert(row.id);
  work.put(work.change.put.resource_gateways, std::move(row));
}

void read_resource_configuration(const Properties& p) {
  Work& work = p.work();
  ResourceConfiguration row;
  row.id = id_of<ResourceConfigurationId>(p, p.own_text());
  row.head = p.head();
  row.kind = kind_of_configuration(p);
  row.state = State::working;
  row.gateway = named<ResourceGatewayId>(p, "ResourceGatewayId", "resourcegateway");
  row.group = resource_configuration_named(p, "ResourceConfigurationGroupId");
  row.ports = ports_of(p);
  read_definition(p, row);
  row.custom_domain = p.text("CustomDomainName");
  work.created.insert(row.id);
  work.put(work.change.put.resource_configurations, std::move(row));
}

// "NONE: The resource does not use an IAM policy. This is the default."
void read_service_network(const Properties& p) {
  Work& work = p.work();
  ServiceNetwork row;
  row.id = id_of<ServiceNetworkId>(p, p.own_text());
  row.head = p.head();
  const Value<Text> type = p.text("AuthType");
  if (!type.known() || work.registry.texts.has_symbol(*type)) {
    row.authorizes = type.known() ? p.gap("AuthType") : type.gap();
  } else {
    row.authorizes = !type->empty() && work.registry.view(*type) != "NONE";
  }
  work.created.insert(row.id);
  work.put(work.change.put.service_networks, std::move(row));
}

// An association that may not be there, or of which the network is not known, may still bring its route.
void read_network_vpc(const Properties& p) {
  const Value<VpcId> vpc = p.ref<VpcId>("VpcIdentifier");
  const Value<ServiceNetworkId> id = network_of(p, "ServiceNetworkIdentifier");
  if (const GapId perhaps = p.doubt() ? p.doubt() : id.known() ? GapId() : id.gap()) {
    planned::put_lattice_routes(p.work(), p.head(), vpc, perhaps);
  }
  // Then names of the network's resources are answered in the VPC by zones that VPC Lattice makes.
  if (const Value<bool> names = p.flag("PrivateDnsEnabled", false); !names.known() || *names) {
    const GapId gap = p.registry().gaps.add(
        {GapKind::not_modelled, "the names that `" + p.resource().address + "` brings to its VPC are not read",
         "collect the account once the stack is made", p.origin()});
    p.work().doubted.emplace(Kind::hosted_zone, gap);
  }
  each_network(p, id, [&](ServiceNetwork& row, GapId gap) {
    if (gap) {
      row.vpcs.open = gap;
      return;
    }
    ServiceNetworkVpc association;
    association.vpc = vpc;
    association.state = State::working;
    association.private_dns = p.flag("PrivateDnsEnabled", false);
    association.groups = p.refs<SecurityGroupId>("SecurityGroupIds");
    row.vpcs.items.push_back(std::move(association));
  });
}

void read_network_service(const Properties& p) {
  each_network(p, network_of(p, "ServiceNetworkIdentifier"), [&](ServiceNetwork& row, GapId gap) {
    if (gap) {
      row.services.open = gap;
      return;
    }
    const Value<Text> given = p.text("ServiceIdentifier");
    LatticeService service;
    service.arn = given.known() ? *given : p.own_text("Service");
    row.services.items.push_back(service);
  });
}

void read_network_resource(const Properties& p) {
  const auto resource = resource_configuration_named(p, "ResourceConfigurationId");
  each_network(p, network_of(p, "ServiceNetworkId"), [&](ServiceNetwork& row, GapId gap) {
    if (gap || !resource.known()) {
      row.resources.open = gap ? gap : resource.gap();
    } else {
      row.resources.items.push_back(*resource);
    }
  });
}

// It works once what it leads to is made along with it; what somebody else shares may not be there.
void read_lattice_side(const Properties& p, Endpoint& row) {
  const auto take = [&]<class T>(const char* property, const char* sort, T& id) {
    if (!p.gives(property)) return;
    const Value<T> given = named<T>(p, property, sort);
    if (!given.known()) {
      row.head.gap = given.gap();
      return;
    }
    id = *given;
    if (p.work().created.contains(Ref(id))) row.state = State::working;
  };
  take("ResourceConfigurationArn", "resourceconfiguration", row.resource);
  take("ServiceNetworkArn", "servicenetwork", row.network);
}

}  // namespace sallyport::read::cloudformation
