// Route 53 Resolver: forwarding rules, their associations, endpoints (DN-8).
#include <algorithm>

#include "read/planned/standing.h"
#include "read/planned/zones.h"
#include "read/terraform/families.h"

namespace sallyport::read::terraform {
namespace {

ResolverRuleType rule_type(std::string_view word) {
  if (word == "FORWARD") return ResolverRuleType::forward;
  if (word == "SYSTEM") return ResolverRuleType::system;
  return ResolverRuleType::other;
}

// Which names it is about is not known.
GapId shared_rule(const Block& b) {
  return b.registry().gaps.add({GapKind::not_collected,
                                "the resolver rule of `" + b.resource().address + "` is not in the plan",
                                "collect the account (`collect.sh`) and give its folder too", b.origin()});
}

// A rule may be about any name.
void doubt_rules(Work& work, GapId gap) { work.doubted.emplace(Kind::resolver_rule, gap); }

void put_unseen_rule(const Block& b, const Value<VpcId>& vpc, GapId gap) {
  const Text id = b.registry().texts.symbol(b.resource().address + ".resolver_rule_id");
  planned::put_unseen_rule(b.work(), b.id<ResolverRuleId>(id), b.head(), vpc, gap);
}

// The rule is in the VPC from now on, or no longer.
void associate(const Block& b, ResolverRule& row, const Value<VpcId>& vpc) {
  if (!vpc.known()) {
    row.vpcs.open = vpc.gap();
    return;
  }
  const bool is_in = std::find(row.vpcs.begin(), row.vpcs.end(), *vpc) != row.vpcs.end();
  if (!b.resource().stays()) {
    std::erase(row.vpcs.items, *vpc);
  } else if (!is_in) {
    row.vpcs.items.push_back(*vpc);
  }
}

}  // namespace

void read_resolver_rule(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> id = b.own_id();
  if (!id) return;
  ResolverRule row;
  row.id = b.id<ResolverRuleId>(*id);
  if (work.stands(work.base->resolver_rules, row.id, b.resource())) return;
  row.head = b.head(b.node("name").text());
  const Value<Text> domain = b.text("domain_name");
  if (!domain.known()) {
    row.head.gap = domain.gap();
    doubt_rules(work, domain.gap());
  } else {
    row.domain = work.text(planned::plain_domain(work.registry.view(*domain)));
  }
  const Value<Text> type = b.text("rule_type");
  row.type = type.known() ? Value<ResolverRuleType>(rule_type(work.registry.view(*type)))
                          : Value<ResolverRuleType>(type.gap());
  const List<Block> servers = b.has("target_ip") == Has::computed ? List<Block>() : b.blocks("target_ip");
  row.servers.open = servers.open;
  for (const Block& server : servers) {
    row.servers.items.push_back(server.address(server.gives_any("ipv6") && !server.gives_any("ip") ? "ipv6" : "ip"));
  }
  if (b.resource().is_new()) {
    work.created.insert(row.id);
  } else {
    row.vpcs.open = beside(work);
  }
  work.put(work.change.put.resolver_rules, std::move(row));
}

void read_resolver_association(const Block& b) {
  Work& work = b.work();
  const Value<ResolverRuleId> id = b.ref<ResolverRuleId>("resolver_rule_id");
  const Value<VpcId> vpc = b.ref<VpcId>("vpc_id");
  auto& rows = work.change.put.resolver_rules;
  if (id.known()) {
    if (b.resource().fate == Fate::kept && work.base->resolver_rules.find(*id) != nullptr) return;
    ResolverRule* row = work.row_or_base(rows, work.base->resolver_rules, *id);
    if (row == nullptr) {
      if (!b.resource().stays()) return;
      const GapId shared = shared_rule(b);
      doubt_rules(work, shared);
      put_unseen_rule(b, vpc, shared);
      return;
    }
    associate(b, *row, vpc);
    return;
  }
  doubt_rules(work, id.gap());
  put_unseen_rule(b, vpc, id.gap());
}

void read_resolver_endpoint(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> id = b.own_id();
  if (!id) return;
  ResolverEndpoint row;
  row.id = b.id<ResolverEndpointId>(*id);
  if (work.stands(work.base->resolver_endpoints, row.id, b.resource())) return;
  row.head = b.head(b.node("name").text());
  const Value<Text> direction = b.text("direction");
  row.inbound =
      direction.known() ? Value<bool>(work.registry.view(*direction) != "OUTBOUND") : Value<bool>(direction.gap());
  row.state = State::working;
  List<SubnetId> subnets;
  const List<Block> places = b.blocks("ip_address");
  subnets.open = row.addresses.open = places.open;
  for (const Block& place : places) {
    const Value<SubnetId> subnet = place.ref<SubnetId>("subnet_id");
    if (subnet.known()) subnets.items.push_back(*subnet);
    if (!subnet.known()) subnets.open = subnet.gap();
    row.addresses.items.push_back(place.gives_any("ip") && place.has("ip") != Has::computed
                                      ? place.address("ip")
                                      : Value<Address>(b.gap("ip_address")));
  }
  row.vpc = planned::vpc_of(work, subnets);
  row.groups = b.refs<SecurityGroupId>("security_group_ids", is_new_vpc(work, row.vpc));
  if (b.resource().is_new()) work.created.insert(row.id);
  work.put(work.change.put.resolver_endpoints, std::move(row));
}

}  // namespace sallyport::read::terraform
