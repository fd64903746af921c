// Route 53 Resolver: rules, their associations, endpoints (DN-8, DN-9, DN-11).
#include <algorithm>

#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

// Rules that AWS makes by itself: they keep private zones and EC2's own names (DN-8).
bool is_autodefined(std::string_view id) { return id.starts_with("rslvr-autodefined-"); }

std::string domain_of(std::string_view written) {
  std::string name(written);
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (name.ends_with('.')) name.pop_back();
  return name;
}

Value<ResolverRuleType> type_of(Answer& answer, Node node, std::string_view id) {
  const std::string_view type = node["RuleType"].text();
  if (type == "FORWARD") return ResolverRuleType::forward;
  if (type == "SYSTEM") return ResolverRuleType::system;
  if (type == "RECURSIVE" || type == "DELEGATE") return ResolverRuleType::other;
  return answer.lacking(id, "RuleType", node["RuleType"]);
}

Value<State> endpoint_state(Answer& answer, Node node, std::string_view id) {
  const std::string_view state = node["Status"].text();
  if (state == "OPERATIONAL" || state == "UPDATING") return State::working;
  if (state == "CREATING" || state == "DELETING" || state == "ACTION_NEEDED") return State::not_working;
  return answer.lacking(id, "Status", node["Status"]);
}

}  // namespace

void read_resolver_rules(Answer& answer) {
  for (const Node node : answer.root()["ResolverRules"].items()) {
    const std::string_view id = node["Id"].text();
    if (is_autodefined(id)) continue;
    ResolverRule row;
    row.id = answer.id<ResolverRuleId>(id);
    if (!row.id) {
      unnamed(answer, node, "Id");
      continue;
    }
    row.head = answer.head(node, {}, node["Name"].text());
    if (!node["DomainName"].is(json::Kind::string)) {
      row.head.gap = answer.lacking(id, "DomainName", node["DomainName"]);
    }
    row.domain = answer.text(domain_of(node["DomainName"].text()));
    row.type = type_of(answer, node, id);
    for (const Node server : answer.optional_list(node, "TargetIps", id, row.servers.open).items()) {
      const Node six = server["Ipv6"];
      row.servers.items.push_back(answer.address(six.absent() ? server["Ip"] : six, id));
    }
    answer.work().resolver.listed_by[row.id].insert({answer.account, answer.region});
    answer.put(answer.rows().resolver_rules, std::move(row), node);
  }
}

// A rule acts on the VPCs that it is associated with.
void read_resolver_rule_associations(Answer& answer) {
  ResolverParts& parts = answer.work().resolver;
  if (answer.root()["NextToken"].absent()) parts.associations_read.insert({answer.account, answer.region});
  for (const Node node : answer.root()["ResolverRuleAssociations"].items()) {
    const std::string_view rule = node["ResolverRuleId"].text();
    const std::string_view status = node["Status"].text();
    if (is_autodefined(rule) || status == "FAILED" || status == "DELETING") continue;
    const auto id = answer.id<ResolverRuleId>(rule);
    const auto vpc = answer.id<VpcId>(node["VPCId"]);
    if (id && vpc) {
      parts.associations[id].push_back(vpc);
      continue;
    }
    // It associates something: no name of the Region's VPCs is settled.
    cover(answer.work(), Kind::resolver_rule, answer.account, answer.region,
          answer.gap(GapKind::not_readable, "a resolver rule association does not say of which rule and VPC it is",
                     "collect it again", node));
  }
}

void read_resolver_endpoints(Answer& answer) {
  for (const Node node : answer.root()["ResolverEndpoints"].items()) {
    const std::string_view id = node["Id"].text();
    ResolverEndpoint row;
    row.id = answer.id<ResolverEndpointId>(id);
    if (!row.id) {
      unnamed(answer, node, "Id");
      continue;
    }
    row.head = answer.head(node, {}, node["Name"].text());
    const std::string_view direction = node["Direction"].text();
    if (direction.starts_with("INBOUND")) {
      row.inbound = true;
    } else if (direction == "OUTBOUND") {
      row.inbound = false;
    } else {
      row.inbound = answer.lacking(id, "Direction", node["Direction"]);
    }
    row.state = endpoint_state(answer, node, id);
    row.vpc = answer.ref<VpcId>(node, "HostVPCId", id);
    for (const Node group : answer.list(node, "SecurityGroupIds", id, row.groups.open).items()) {
      row.groups.items.push_back(answer.id<SecurityGroupId>(group));
    }
    answer.put(answer.rows().resolver_endpoints, std::move(row), node);
  }
}

void read_resolver_endpoint_addresses(Answer& answer) {
  if (answer.subject.empty()) {
    return answer.say(Severity::warning, "no-subject", "the file's name must be the resolver endpoint's id");
  }
  List<Value<Address>>& all = answer.work().resolver.addresses[answer.id<ResolverEndpointId>(answer.subject)];
  for (const Node node : answer.list(answer.root(), "IpAddresses", answer.subject, all.open).items()) {
    for (const char* member : {"Ip", "Ipv6"}) {
      if (!node[member].absent()) all.items.push_back(answer.address(node[member], answer.subject));
    }
  }
}

void finish_resolver(Work& work) {
  Registry& registry = *work.registry;
  ResolverParts& parts = work.resolver;
  const auto show = [&](Ref ref) { return "`" + registry.texts.string(registry.ids.id(ref)) + "`"; };
  std::set<ResolverRuleId> known;
  for (ResolverRule& rule : work.change.put.resolver_rules) {
    known.insert(rule.id);
    if (const auto found = parts.associations.find(rule.id); found != parts.associations.end())
      rule.vpcs.items = found->second;
    bring_by_profile(work, rule.id, rule.vpcs.items);
    // In whose answers the rule stands, those may have associated it with a VPC.
    for (const auto& who : parts.listed_by[rule.id]) {
      if (parts.associations_read.contains(who)) continue;
      rule.vpcs.open = registry.gaps.add({GapKind::not_collected,
                                          "with which VPCs the resolver rule " + show(rule.id) + " is associated",
                                          "aws route53resolver list-resolver-rule-associations", rule.head.origin});
    }
  }
  // Associated, but the rule itself is in no answer: it may be about any name.
  for (const auto& [id, vpcs] : parts.associations) {
    if (known.contains(id)) continue;
    ResolverRule rule;
    rule.id = id;
    rule.head.region = registry.ids.scope(id);
    rule.head.gap = registry.gaps.add({GapKind::not_collected,
                                       "the resolver rule " + show(id) + " is not in the input",
                                       "aws route53resolver list-resolver-rules",
                                       {}});
    rule.type = rule.head.gap;
    rule.vpcs.items = vpcs;
    work.change.put.resolver_rules.push_back(std::move(rule));
  }
  for (ResolverEndpoint& endpoint : work.change.put.resolver_endpoints) {
    if (const auto found = parts.addresses.find(endpoint.id); found != parts.addresses.end()) {
      endpoint.addresses = found->second;
    } else {
      endpoint.addresses.open =
          registry.gaps.add({GapKind::not_collected,
                             "the addresses of the resolver endpoint " + show(endpoint.id) + " were not collected",
                             "aws route53resolver list-resolver-endpoint-ip-addresses", endpoint.head.origin});
    }
  }
}

}  // namespace sallyport::read::snapshot
