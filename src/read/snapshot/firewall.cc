// DNS Firewall of Route 53 Resolver: rule groups on VPCs, their rules and domain lists.
//
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_FirewallRuleGroupAssociation.html
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_FirewallRule.html
#include <algorithm>
#include <charconv>

#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

std::string domain_of(std::string_view written) {
  std::string name(written);
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (name.ends_with('.')) name.pop_back();
  return name;
}

int number_of(Node node) {
  const std::string_view text = node.scalar();
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Value<State> state_of_association(Answer& answer, Node node, std::string_view id) {
  const std::string_view status = node["Status"].text();
  if (status == "COMPLETE" || status == "UPDATING") return State::working;
  if (status == "DELETING")
    return answer.gap(GapKind::undocumented, "`" + std::string(id) + "` is being deleted", "collect again", node);
  return answer.lacking(id, "Status", node["Status"]);
}

// ALLOW and ALERT let a query pass; BLOCK answers with nothing, or with another name.
Value<bool> blocks(Answer& answer, Node node, std::string_view about) {
  const std::string_view action = node["Action"].text();
  if (action == "ALLOW" || action == "ALERT") return false;
  if (action != "BLOCK") return answer.lacking(about, "Action", node["Action"]);
  if (node["BlockResponse"].text() != "OVERRIDE") return true;
  return answer.gap(GapKind::not_modelled,
                    "a rule of `" + std::string(about) + "` answers with `" +
                        std::string(node["BlockOverrideDomain"].text()) + "` instead",
                    "ask by that name", node);
}

}  // namespace

void read_firewall_associations(Answer& answer) {
  for (const Node node : answer.root()["FirewallRuleGroupAssociations"].items()) {
    const std::string_view id = node["Id"].text();
    DnsFirewall row;
    row.id = answer.id<DnsFirewallId>(id);
    if (!row.id) {
      unnamed(answer, node, "Id");
      continue;
    }
    row.head = answer.head(node, {}, node["Name"].text());
    row.vpc = answer.ref<VpcId>(node, "VpcId", id);
    row.state = state_of_association(answer, node, id);
    row.priority = number_of(node["Priority"]);
    const std::string_view group = node["FirewallRuleGroupId"].text();
    if (group.empty()) row.rules.open = answer.lacking(id, "FirewallRuleGroupId", node["FirewallRuleGroupId"]);
    answer.work().firewall.group_of[row.id] = {answer.region, answer.text(group)};
    answer.put(answer.rows().dns_firewalls, std::move(row), node);
  }
}

void read_firewall_rules(Answer& answer) {
  FirewallParts& parts = answer.work().firewall;
  const auto of = [&](std::string_view group) -> List<FirewallRule>& {
    return parts.rules[{answer.region, answer.text(group)}];
  };
  if (!answer.subject.empty()) of(answer.subject);  // there may be none
  for (const Node node : answer.root()["FirewallRules"].items()) {
    const std::string_view group = node["FirewallRuleGroupId"].text();
    FirewallRule rule;
    rule.row.priority = number_of(node["Priority"]);
    rule.row.blocks = blocks(answer, node, group);
    rule.row.some_types = !node["Qtype"].text().empty();
    rule.row.place = node.origin();
    rule.list = answer.text(node["FirewallDomainListId"]);
    if (!node["DnsThreatProtection"].text().empty()) {
      rule.list = {};
      rule.row.domains.open =
          answer.gap(GapKind::outside, "what DNS Firewall Advanced takes for a threat nobody can see", {}, node);
    }
    of(group.empty() ? std::string_view(answer.subject) : group).items.push_back(std::move(rule));
  }
  if (!answer.root()["NextToken"].absent()) {
    const GapId gap = answer.gap(GapKind::not_collected, "further rules of a DNS Firewall rule group", "all pages");
    for (auto& [key, rules] : parts.rules) {
      if (answer.subject.empty() || answer.registry().view(key.second) == answer.subject) rules.open = gap;
    }
  }
}

void read_firewall_domain_lists(Answer& answer) {
  for (const Node node : answer.root()["FirewallDomainLists"].items()) {
    if (node["ManagedOwnerName"].text().empty()) continue;
    answer.work().firewall.managed.insert({answer.region, answer.text(node["Id"])});
  }
}

void read_firewall_domains(Answer& answer) {
  if (answer.subject.empty())
    return answer.say(Severity::warning, "no-subject", "the file's name must be the domain list's id");
  List<Text>& domains = answer.work().firewall.domains[{answer.region, answer.text(answer.subject)}];
  for (const Node node : answer.list(answer.root(), "Domains", answer.subject, domains.open).items()) {
    domains.items.push_back(answer.text(domain_of(node.text())));
  }
  if (!answer.root()["NextToken"].absent()) {
    domains.open = answer.gap(GapKind::not_collected, "further domains of `" + answer.subject + "`", "all pages");
  }
}

void finish_firewall(Work& work) {
  FirewallParts& parts = work.firewall;
  Registry& registry = *work.registry;
  for (DnsFirewall& row : work.change.put.dns_firewalls) {
    const auto& group = parts.group_of[row.id];
    if (group.second.empty()) continue;
    const std::string id = registry.texts.string(group.second);
    const auto rules = parts.rules.find(group);
    if (rules == parts.rules.end()) {
      row.rules.open = registry.gaps.add(
          {GapKind::not_collected, "the rules of the DNS Firewall rule group `" + id + "` were not collected",
           "aws route53resolver list-firewall-rules --firewall-rule-group-id " + id, row.head.origin});
      continue;
    }
    row.rules.open = rules->second.open;
    for (const FirewallRule& rule : rules->second.items) {
      DnsFirewallRule made = rule.row;
      if (!rule.list.empty()) {
        const auto domains = parts.domains.find({group.first, rule.list});
        const std::string list = registry.texts.string(rule.list);
        if (domains != parts.domains.end()) {
          made.domains = domains->second;
        } else if (parts.managed.contains({group.first, rule.list})) {
          made.domains.open = registry.gaps.add(
              {GapKind::outside, "what AWS's own domain list `" + list + "` holds nobody can see", {}, rule.row.place});
        } else {
          made.domains.open = registry.gaps.add(
              {GapKind::not_collected, "the domains of the list `" + list + "` were not collected",
               "aws route53resolver list-firewall-domains --firewall-domain-list-id " + list, rule.row.place});
        }
      }
      row.rules.items.push_back(std::move(made));
    }
    std::stable_sort(row.rules.items.begin(), row.rules.items.end(),
                     [](const DnsFirewallRule& a, const DnsFirewallRule& b) { return a.priority < b.priority; });
  }
}

}  // namespace sallyport::read::snapshot
