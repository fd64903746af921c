// DNS Firewall of Route 53 Resolver: rule groups on VPCs, their rules and domain lists.
//
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_FirewallRule.html
#include <algorithm>

#include "read/cloudformation/families.h"
#include "read/planned/zones.h"

namespace sallyport::read::cloudformation {
namespace {

GapId not_in_templates(const Properties& p, const char* what) {
  return p.registry().gaps.add({GapKind::not_collected,
                                std::string(what) + " of `" + p.resource().address + "` is not in the templates",
                                "collect the account (`collect.sh`) and give its folder with `--base`", p.origin()});
}

// A word of the rule, as far as it is told.
Value<Text> word(const Properties& rule, const char* property) {
  const Value<Text> text = rule.text(property);
  return text.known() && rule.registry().texts.has_symbol(*text) ? Value<Text>(rule.gap(property)) : text;
}

// ALLOW and ALERT let a query pass; BLOCK answers with nothing, or with another name.
Value<bool> blocks(const Properties& rule) {
  const Value<Text> action = word(rule, "Action");
  if (!action.known()) return action.gap();
  if (rule.registry().view(*action) != "BLOCK") return false;
  const Value<Text> response = word(rule, "BlockResponse");
  if (!response.known()) return response.gap();
  if (rule.registry().view(*response) != "OVERRIDE") return true;
  return rule.registry().gaps.add({GapKind::not_modelled,
                                   "a rule of `" + rule.resource().address + "` answers with another name instead",
                                   "ask by that name", rule.origin()});
}

// What the list holds: AWS's own, and those in files, are not in the templates.
List<Text> domains(const Properties& rule) {
  Work& work = rule.work();
  for (const char* property : {"DnsThreatProtection", "FirewallRuleType"}) {
    if (rule.gives(property)) {
      return {
          {},
          work.registry.gaps.add(
              {GapKind::outside, "what DNS Firewall Advanced takes for a threat nobody can see", {}, rule.origin()})};
    }
  }
  const Resource* list = resource_named(rule, "FirewallDomainListId", "AWS::Route53Resolver::FirewallDomainList");
  if (list == nullptr || list->doubt) return {{}, not_in_templates(rule, "a domain list")};
  const Properties properties(work, *list);
  List<Text> names = properties.texts("Domains");
  if (properties.gives("DomainFileUrl")) names.open = properties.gap("DomainFileUrl");
  for (Text& name : names.items) {
    if (work.registry.texts.has_symbol(name)) names.open = properties.gap("Domains");
    name = work.text(planned::plain_domain(work.registry.view(name)));
  }
  return names;
}

// The rules of a group, by rank; one whose rank is not known may come first.
List<DnsFirewallRule> rules_of(const Properties& group) {
  List<DnsFirewallRule> rules;
  const List<Properties> written = group.blocks("FirewallRules");
  rules.open = written.open;
  for (const Properties& one : written) {
    const Value<std::int64_t> priority = one.number("Priority", -1);
    if (!priority.known() || *priority < 0) {
      rules.open = priority.known() ? one.not_understood("Priority") : priority.gap();
      continue;
    }
    DnsFirewallRule rule;
    rule.priority = static_cast<int>(*priority);
    rule.blocks = blocks(one);
    rule.domains = domains(one);
    rule.some_types = one.gives("Qtype");
    rule.place = one.origin();
    rules.items.push_back(std::move(rule));
  }
  std::stable_sort(rules.items.begin(), rules.items.end(),
                   [](const DnsFirewallRule& a, const DnsFirewallRule& b) { return a.priority < b.priority; });
  return rules;
}

}  // namespace

void read_firewall_association(const Properties& p) {
  Work& work = p.work();
  DnsFirewall row;
  row.id = p.own_id<DnsFirewallId>();
  row.head = p.head();
  row.vpc = p.ref<VpcId>("VpcId");
  row.state = State::working;
  const Value<std::int64_t> priority = p.number("Priority", -1);
  if (priority.known() && *priority >= 0) {
    row.priority = static_cast<int>(*priority);
  } else {
    row.state = priority.known() ? p.not_understood("Priority") : priority.gap();  // what is asked first is not known
  }
  const Resource* group = resource_named(p, "FirewallRuleGroupId", "AWS::Route53Resolver::FirewallRuleGroup");
  const bool there = group != nullptr && !group->doubt;
  row.rules =
      there ? rules_of(Properties(work, *group)) : List<DnsFirewallRule>{{}, not_in_templates(p, "the rule group")};
  row.head.gap = row.rules.open;  // one that is not known may be asked before those that are
  if (p.doubt()) row.state = p.doubt();
  work.created.insert(row.id);
  work.put(work.change.put.dns_firewalls, std::move(row));
}

}  // namespace sallyport::read::cloudformation
