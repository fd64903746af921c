#include "net/dns_firewall.h"

#include <algorithm>
#include <utility>

#include "facts/names.h"
#include "net/domain.h"
#include "net/name_book.h"

namespace sallyport::net {
namespace {

std::string quoted(const std::string& text) { return "`" + text + "`"; }

struct Hit {
  Truth covers = Truth::no;
  GapId gap;
  bool assumed = false;  // a list of AWS's own is taken not to name a service of AWS
};

Hit hit(const Index& index, const DnsFirewallRule& rule, std::string_view name) {
  Hit result;
  for (const Text domain : rule.domains) {
    const std::string_view pattern = index.view(domain);
    if (pattern == "*" || covers(pattern, name)) result.covers = Truth::yes;
  }
  if (result.covers == Truth::yes && rule.some_types) {
    result.covers = Truth::unknown;
    result.gap = index.gap(GapKind::not_modelled,
                           "a rule of DNS Firewall is about one record type of `" + std::string(name) + "` only");
  }
  if (result.covers != Truth::no || rule.domains.complete()) return result;
  // What AWS's own lists of threats hold nobody can see.
  const bool of_aws = index.registry().gaps[rule.domains.open].kind == GapKind::outside;
  if (of_aws && !index.options().strict && index.names().behind(name)) {
    result.assumed = true;
  } else {
    result.covers = Truth::unknown;
    result.gap = rule.domains.open;
  }
  return result;
}

class Screen {
 public:
  Screen(const Index& index, const Vpc& vpc, std::string_view name) : index_(index), vpc_(vpc), name_(name) {}

  Screened run() {
    if (!collected() && result_.gap) return std::move(result_);
    std::vector<const DnsFirewall*> groups;
    for (const DnsFirewall& group : index_.cloud()->dns_firewalls) {
      if (group.vpc.known() && *group.vpc == vpc_.id) groups.push_back(&group);
      if (!group.vpc.known() && group.head.region == vpc_.head.region)
        may(Truth::unknown, group.vpc.gap(), nullptr, {});
    }
    std::stable_sort(groups.begin(), groups.end(),
                     [](const DnsFirewall* a, const DnsFirewall* b) { return a->priority < b->priority; });
    for (const DnsFirewall* group : groups) {
      if (group->state.known() && *group->state == State::not_working) continue;
      result_.reads.push_back(group->id);
      if (ask(*group)) return settle();
    }
    may(Truth::yes, {}, nullptr, {});
    return settle();
  }

 private:
  // A default of AWS's stands in for what was not collected: nothing filters but the groups that are there.
  bool collected() {
    const GapId missing = index_.cloud().missing(Kind::dns_firewall, vpc_.head.account, vpc_.head.region);
    if (!missing) return true;
    if (index_.options().strict || index_.registry().gaps[missing].kind != GapKind::not_collected) {
      result_.passes = Truth::unknown;
      result_.gap = missing;
    } else {
      result_.assumptions.push_back("DNS Firewall filters nothing that is asked in " + quoted(index_.show(vpc_.id)) +
                                    " (not collected)");
    }
    return false;
  }

  // True: it decides, whatever stands behind it.
  bool ask(const DnsFirewall& group) {
    const GapId doubt = !group.state.known() ? group.state.gap() : group.head.gap;
    for (const DnsFirewallRule& rule : group.rules) {
      if (truth(rule.blocks) != Truth::no) result_.filtered = true;
      const Hit found = hit(index_, rule, name_);
      if (found.assumed) {
        result_.assumptions.push_back("AWS's own lists of " + quoted(index_.show(group.id)) +
                                      " name no service of AWS");
      }
      if (found.covers == Truth::no) continue;
      const GapId gap = !rule.blocks.known() ? rule.blocks.gap() : found.gap ? found.gap : doubt;
      may(!truth(rule.blocks), gap, &group, rule.place);
      if (found.covers == Truth::yes && !doubt) return true;
    }
    if (group.rules.open) may(Truth::unknown, group.rules.open, &group, group.head.origin);
    return false;
  }

  // One thing that may happen.
  void may(Truth passes, GapId gap, const DnsFirewall* by, Origin place) {
    if (passes == Truth::no && !result_.by && by != nullptr) {
      result_.by = by->id;
      result_.place = place;
      result_.why = "DNS Firewall blocks " + quoted(std::string(name_)) + " in " + quoted(index_.show(vpc_.id)) + " (" +
                    quoted(index_.show(by->id)) + ")";
    }
    if (passes != Truth::no) pass_ = true;
    if (passes != Truth::yes) block_ = true;
    if (gap && !result_.gap) result_.gap = gap;
  }

  Screened settle() {
    result_.passes = pass_ && block_ ? Truth::unknown : pass_ ? Truth::yes : Truth::no;
    if (result_.passes != Truth::unknown) {
      result_.gap = {};
    } else if (!result_.gap) {
      result_.gap = index_.gap(GapKind::undocumented, "whether DNS Firewall lets `" + std::string(name_) + "` pass");
    }
    return std::move(result_);
  }

  const Index& index_;
  const Vpc& vpc_;
  std::string_view name_;
  bool pass_ = false;
  bool block_ = false;
  Screened result_;
};

}  // namespace

Screened screen(const Index& index, const Vpc& vpc, std::string_view name) { return Screen(index, vpc, name).run(); }

}  // namespace sallyport::net
