// VPC endpoints, and endpoint services of one's own (GE, IF, EP).
#include "read/planned/endpoints.h"
#include "base/wildcard.h"
#include "read/cloudformation/families.h"
#include "read/cloudformation/lattice.h"
#include "read/planned/parts.h"

namespace sallyport::read::cloudformation {
namespace {

// Default: AWS::EC2::VPCEndpoint, `VpcEndpointType`: Gateway.
Value<EndpointType> read_type(const Properties& p) {
  const Value<Text> type = p.text("VpcEndpointType");
  if (!type.known()) return type.gap();
  if (const auto read = planned::endpoint_type(p.registry().view(*type))) return *read;
  return p.registry().texts.has_symbol(*type) ? p.gap("VpcEndpointType") : p.not_understood("VpcEndpointType");
}

// An endpoint of AWS's own service works at once; another's owner may have to accept it.
Value<State> read_state(const Properties& p, std::string_view service) {
  if (planned::accepts_at_once(service)) return State::working;
  const EndpointService* own = planned::service_named(p.work(), p.id<EndpointServiceId>(p.work().text(service)));
  if (own != nullptr && own->configured && own->acceptance_required.known() && !*own->acceptance_required)
    return State::working;
  return once_made(p.work(), "whether `" + p.resource().address + "` is accepted is not known before the stack is made",
                   p.origin());
}

Value<EndpointIpType> read_ip_type(const Properties& p) {
  const Value<Text> type = p.text("IpAddressType");
  if (!type.known()) return type.gap();
  const auto read = planned::endpoint_ip_type(p.registry().view(*type));
  return read ? Value<EndpointIpType>(*read) : p.not_understood("IpAddressType");
}

Value<bool> only_inbound(const Properties& p) {
  GapId gap;
  const Properties options = p.block("DnsOptions", gap);
  const Value<Text> word = options.text("PrivateDnsOnlyForInboundResolverEndpoint");
  if (gap || !word.known()) return gap ? gap : word.gap();
  const std::string_view text = p.registry().view(*word);
  return text == "OnlyInboundResolver" || equals_ignoring_case(text, "true");
}

// Where it is not given, the page does not say what holds.
Value<bool> private_dns(const Properties& p, const Value<EndpointType>& type) {
  if (p.gives("PrivateDnsEnabled")) return p.flag("PrivateDnsEnabled", false);
  if (type.known() && (*type == EndpointType::gateway || *type == EndpointType::gateway_load_balancer)) return false;
  return p.registry().gaps.add({GapKind::undocumented,
                                "whether private DNS is on for `" + p.resource().address +
                                    "` is not documented where `PrivateDnsEnabled` is not given",
                                "give `PrivateDnsEnabled`", p.origin()});
}

// An endpoint of which it is not known whether it is there: it may answer for names or not, and its route may
// stand in its tables (GE-1). Of what is no gateway endpoint nothing more is claimed.
void doubt_endpoint(const Properties& p, Endpoint& row) {
  Work& work = p.work();
  row.state = p.doubt();
  const bool is_gateway = row.type.known() && *row.type == EndpointType::gateway;
  if (is_gateway || !row.type.known()) {
    for (const RouteTableId id : row.route_tables) {
      planned::add_perhaps(work, planned::table_of(work, id, row.head), row, p.doubt());
    }
    row.route_tables.items.clear();
  }
  if (!is_gateway && !row.head.gap) row.head.gap = p.doubt();
}

}  // namespace

void read_endpoint(const Properties& p) {
  Work& work = p.work();
  Registry& registry = work.registry;
  Endpoint row;
  row.id = p.own_id<EndpointId>();
  row.head = p.head();
  row.type = read_type(p);
  row.vpc = p.ref<VpcId>("VpcId");
  const Value<Text> service = p.text("ServiceName");
  if (!service.known()) {
    row.head.gap = service.gap();
  } else if (registry.texts.has_symbol(*service)) {
    // In a Region that is not known, or not of these templates: which it is, decides everything.
    row.service = *service;
    if (planned::service_named(work, p.id<EndpointServiceId>(*service)) == nullptr) row.head.gap = p.gap("ServiceName");
  } else {
    row.service = *service;
  }
  row.state = service.known() ? read_state(p, registry.view(*service)) : Value<State>(service.gap());
  read_lattice_side(p, row);
  const Value<Text> region = p.text("ServiceRegion");
  row.service_region = region.known() && !region->empty() ? *region : p.place().region;
  if (!region.known()) row.head.gap = region.gap();
  row.ip_type = read_ip_type(p);
  row.policy = p.policy(
      "PolicyDocument",
      planned::endpoint_policy_id(registry, p.place().partition, p.place().region, p.place().account, p.own_text()),
      registry.view(row.head.name));
  row.route_tables = p.refs<RouteTableId>("RouteTableIds");
  row.subnets = p.refs<SubnetId>("SubnetIds");
  row.groups = p.refs<SecurityGroupId>("SecurityGroupIds");
  row.private_dns = private_dns(p, row.type);
  row.private_dns_only_inbound = only_inbound(p);
  row.dns_names.open = p.gap("DnsEntries");
  if (!row.type.known() || is_lattice(*row.type)) row.custom_names.open = p.gap("PrivateDnsEntries");
  if (p.doubt()) doubt_endpoint(p, row);
  work.created.insert(row.id);
  work.put(work.change.put.endpoints, std::move(row));
}

// A service of one's own: its name holds the id that AWS chooses.
void read_endpoint_service(const Properties& p) {
  Work& work = p.work();
  const TextPool& texts = work.registry.texts;
  EndpointService row;
  row.id = p.id<EndpointServiceId>(
      work.text("com.amazonaws.vpce." + texts.string(p.place().region) + "." + texts.string(p.own_text())));
  row.head = p.head();
  row.policy_supported = false;
  row.interface_type = !p.gives("GatewayLoadBalancerArns");
  row.gateway_type = false;
  // "Indicates whether requests ... must be accepted": AWS::EC2::VPCEndpointService names no default.
  row.acceptance_required =
      p.gives("AcceptanceRequired") ? p.flag("AcceptanceRequired", true) : Value<bool>(p.gap("AcceptanceRequired"));
  row.aws_owned = false;
  row.configured = true;
  row.state = State::working;
  for (const char* property : {"NetworkLoadBalancerArns", "GatewayLoadBalancerArns"}) {
    const List<LoadBalancerId> own = p.refs<LoadBalancerId>(property);
    row.balancers.items.insert(row.balancers.items.end(), own.begin(), own.end());
    if (own.open) row.balancers.open = own.open;
  }
  work.created.insert(row.id);
  row.connections.open = beside(work);  // who connects from elsewhere
  row.zones.open = p.gap("AvailabilityZones");
  work.put(work.change.put.endpoint_services, std::move(row));
}

void read_service_permissions(const Properties& p) {
  Work& work = p.work();
  Value<Text> id = p.text("ServiceId");
  if (id.known() && p.may_be_another(Kind::endpoint_service, *id)) id = p.gap("ServiceId");
  const List<Text> principals = p.texts("AllowedPrincipals");
  const std::string ending = id.known() ? "." + work.registry.texts.string(*id) : std::string();
  for (const EndpointService& there : work.base->endpoint_services) {
    const bool ours = there.configured && there.head.region == p.place().region;
    if (ours && (!id.known() || work.registry.id(there.id).ends_with(ending))) {
      work.row_or_base(work.change.put.endpoint_services, work.base->endpoint_services, there.id);
    }
  }
  for (EndpointService& row : work.change.put.endpoint_services) {
    if (id.known() && !work.registry.id(row.id).ends_with(ending)) continue;
    const GapId gap = p.doubt() ? p.doubt() : id.known() ? principals.open : id.gap();
    if (gap) row.principals.open = gap;
    if (!p.doubt() && id.known())
      row.principals.items.insert(row.principals.items.end(), principals.begin(), principals.end());
  }
}

}  // namespace sallyport::read::cloudformation
