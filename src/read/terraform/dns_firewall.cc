// DNS Firewall of Route 53 Resolver: rule groups on VPCs, their rules and domain lists.
//
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_FirewallRule.html
#include <algorithm>

#include "read/planned/zones.h"
#include "read/terraform/families.h"

namespace sallyport::read::terraform {
namespace {

constexpr const char* group_type = "aws_route53_resolver_firewall_rule_group";
constexpr const char* list_type = "aws_route53_resolver_firewall_domain_list";

GapId not_in_plan(const Block& b, const char* what) {
  return b.registry().gaps.add({GapKind::not_collected,
                                std::string(what) + " of `" + b.resource().address + "` is not in the plan",
                                "collect the account (`collect.sh`) and give its folder too", b.origin()});
}

// ALLOW and ALERT let a query pass; BLOCK answers with nothing, or with another name.
Value<bool> blocks(const Block& b) {
  const Value<Text> action = b.text("action");
  if (!action.known()) return action.gap();
  if (b.registry().view(*action) != "BLOCK") return false;
  const Value<Text> response = b.text("block_response");
  if (!response.known()) return response.gap();
  if (b.registry().view(*response) != "OVERRIDE") return true;
  return b.registry().gaps.add({GapKind::not_modelled,
                                "`" + b.resource().address + "` answers with another name instead", "ask by that name",
                                b.origin()});
}

// What the list holds: AWS's own, and those of others, are not in the plan.
List<Text> domains(const Block& b) {
  if (b.gives_any("dns_threat_protection")) {
    return {{},
            b.registry().gaps.add(
                {GapKind::outside, "what DNS Firewall Advanced takes for a threat nobody can see", {}, b.origin()})};
  }
  const Resource* list = b.named_resource("firewall_domain_list_id", list_type, {"id"});
  if (list == nullptr) return {{}, not_in_plan(b, "the domain list")};
  const Block block(b.work(), *list);
  List<Text> names;
  if (block.has("domains") == Has::unknown) names.open = block.gap("domains");
  for (const Node name : block.raw("domains").items()) {
    if (name.text().empty()) {
      names.open = block.gap("domains");
    } else {
      names.items.push_back(b.work().text(planned::plain_domain(name.text())));
    }
  }
  return names;
}

DnsFirewallRule rule_of(const Block& b) {
  DnsFirewallRule rule;
  rule.priority = static_cast<int>(b.node("priority").integer().value_or(0));
  rule.blocks = blocks(b);
  rule.domains = domains(b);
  rule.some_types = b.gives_any("q_type");
  rule.place = b.origin();
  return rule;
}

// The rules of a group; open where others may have added some, or where it cannot be told which are its own.
List<DnsFirewallRule> rules_of(Work& work, const Resource& group) {
  List<DnsFirewallRule> rules;
  if (!group.is_new()) rules.open = beside(work);
  for (const Resource* r : work.document.of_type("aws_route53_resolver_firewall_rule")) {
    const Block b(work, *r);
    const Resource* of = b.named_resource("firewall_rule_group_id", group_type, {"id"});
    if (of != nullptr && of != &group) continue;
    // One whose rank is not known may come first.
    const bool ranked = b.has("priority") == Has::value;
    if (of == nullptr || !r->stays() || !ranked) {
      rules.open = of != nullptr && r->stays() ? b.gap("priority")
                   : of == nullptr             ? b.gap("firewall_rule_group_id")
                                               : beside(work);
      continue;
    }
    rules.items.push_back(rule_of(b));
  }
  std::stable_sort(rules.items.begin(), rules.items.end(),
                   [](const DnsFirewallRule& a, const DnsFirewallRule& b) { return a.priority < b.priority; });
  return rules;
}

}  // namespace

void read_firewall_association(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> id = b.own_id();
  if (!id) return;
  DnsFirewall row;
  row.id = b.id<DnsFirewallId>(*id);
  if (work.stands(work.base->dns_firewalls, row.id, b.resource())) return;
  row.head = b.head(b.node("name").text());
  row.vpc = b.ref<VpcId>("vpc_id");
  row.state = State::working;
  if (b.has("priority") == Has::value) {
    row.priority = static_cast<int>(b.node("priority").integer().value_or(0));
  } else {
    row.state = b.gap("priority");  // what is asked before it is not known
  }
  const Resource* group = b.named_resource("firewall_rule_group_id", group_type, {"id"});
  row.rules = group == nullptr ? List<DnsFirewallRule>{{}, not_in_plan(b, "the rule group")} : rules_of(work, *group);
  row.head.gap = row.rules.open;  // one that is not known may be asked before those that are
  if (b.resource().is_new()) work.created.insert(row.id);
  work.put(work.change.put.dns_firewalls, std::move(row));
}

}  // namespace sallyport::read::terraform
