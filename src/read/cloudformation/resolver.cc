// Route 53 Resolver: forwarding rules, their associations, endpoints (DN-8).
#include "read/cloudformation/families.h"
#include "read/planned/zones.h"

namespace sallyport::read::cloudformation {
namespace {

ResolverRuleType rule_type(std::string_view word) {
  if (word == "FORWARD") return ResolverRuleType::forward;
  if (word == "SYSTEM") return ResolverRuleType::system;
  return ResolverRuleType::other;
}

// A rule may be about any name.
void doubt_rules(Work& work, GapId gap) { work.doubted.emplace(Kind::resolver_rule, gap); }

}  // namespace

void read_resolver_rule(const Properties& p) {
  Work& work = p.work();
  ResolverRule row;
  row.id = p.own_id<ResolverRuleId>();
  row.head = p.head();
  const Value<Text> domain = p.text("DomainName");
  if (!domain.known() || work.registry.texts.has_symbol(*domain)) {
    row.head.gap = domain.known() ? p.gap("DomainName") : domain.gap();
    doubt_rules(work, row.head.gap);
  } else {
    row.domain = work.text(planned::plain_domain(work.registry.view(*domain)));
  }
  const Value<Text> type = p.text("RuleType");
  const bool told = type.known() && !work.registry.texts.has_symbol(*type);
  row.type = told ? Value<ResolverRuleType>(rule_type(work.registry.view(*type)))
                  : Value<ResolverRuleType>(type.known() ? p.gap("RuleType") : type.gap());
  const List<Properties> servers = p.blocks("TargetIps");
  row.servers.open = servers.open;
  for (const Properties& server : servers) {
    row.servers.items.push_back(server.address(server.gives("Ipv6") && !server.gives("Ip") ? "Ipv6" : "Ip"));
  }
  work.created.insert(row.id);
  work.put(work.change.put.resolver_rules, std::move(row));
}

void read_resolver_association(const Properties& p) {
  Work& work = p.work();
  const Value<ResolverRuleId> id = p.ref<ResolverRuleId>("ResolverRuleId");
  const Value<VpcId> vpc = p.ref<VpcId>("VPCId");
  ResolverRule* row =
      id.known() ? work.row_or_base(work.change.put.resolver_rules, work.base->resolver_rules, *id) : nullptr;
  if (row == nullptr) {
    const GapId gap =
        id.known()
            ? work.registry.gaps.add({GapKind::not_collected,
                                      "the resolver rule of `" + p.resource().address + "` is not in the templates",
                                      "collect the account (`collect.sh`)", p.origin()})
            : id.gap();
    doubt_rules(work, gap);
    // A rule for some name: in the VPC, whichever it is.
    ResolverRule some;
    some.id = p.own_id<ResolverRuleId>("ResolverRule");
    some.head = p.head();
    some.head.gap = gap;
    some.type = gap;
    some.vpcs.open = gap;
    row = &work.put(work.change.put.resolver_rules, std::move(some));
    if (vpc.known()) row->vpcs = {{*vpc}, {}};
    return;
  }
  if (p.doubt() || !vpc.known()) {
    row->vpcs.open = p.doubt() ? p.doubt() : vpc.gap();
  } else {
    row->vpcs.items.push_back(*vpc);
  }
}

void read_resolver_endpoint(const Properties& p) {
  Work& work = p.work();
  ResolverEndpoint row;
  row.id = p.own_id<ResolverEndpointId>();
  row.head = p.head();
  const Value<Text> direction = p.text("Direction");
  row.inbound =
      direction.known() ? Value<bool>(work.registry.view(*direction) != "OUTBOUND") : Value<bool>(direction.gap());
  row.state = State::working;
  List<SubnetId> subnets;
  const List<Properties> places = p.blocks("IpAddresses");
  subnets.open = row.addresses.open = places.open;
  for (const Properties& place : places) {
    const Value<SubnetId> subnet = place.ref<SubnetId>("SubnetId");
    if (subnet.known()) subnets.items.push_back(*subnet);
    if (!subnet.known()) subnets.open = subnet.gap();
    row.addresses.items.push_back(place.gives("Ip") ? place.address("Ip") : Value<Address>(place.gap("Ip")));
  }
  row.vpc = planned::vpc_of(work, subnets);
  row.groups = p.refs<SecurityGroupId>("SecurityGroupIds");
  work.created.insert(row.id);
  work.put(work.change.put.resolver_endpoints, std::move(row));
}

}  // namespace sallyport::read::cloudformation
