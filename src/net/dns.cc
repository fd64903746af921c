#include "net/dns.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "net/assumed.h"
#include "net/dns_endpoints.h"
#include "net/dns_firewall.h"
#include "net/dns_public.h"
#include "net/domain.h"
#include "net/forwarding.h"
#include "net/name_book.h"

namespace sallyport::net {
namespace {

constexpr int deepest_alias = 8;  // longer chains of CNAMEs are taken for loops

class Resolver {
 public:
  // `inbound`: asked by a resolver endpoint of `vpc` (DN-11), for somebody elsewhere.
  Resolver(const Index& index, const Vpc* vpc, std::string_view region, Resolved& out, bool inbound = false)
      : index_(index), vpc_(vpc), region_(region), out_(out), inbound_(inbound) {}

  void run(const std::string& name) {
    if (vpc_ == nullptr) {
      public_dns(name, "asked from outside every VPC");
      return;
    }
    out_.reads.push_back(vpc_->id);
    if (settings_allow()) in_vpc(name, 0);
  }

  void run_inbound(const std::string& name, int depth) {
    out_.reads.push_back(vpc_->id);
    if (!resolver_answers()) return;
    // Whether its filter is asked for what comes by an inbound endpoint AWS does not say.
    if (screen(index_, *vpc_, name).filtered && screen(index_, *vpc_, name).passes != Truth::yes) {
      lost(index_.gap(GapKind::undocumented, "whether DNS Firewall of `" + index_.show(vpc_->id) + "` filters `" +
                                                 name + "`, which comes by a resolver endpoint"));
      return;
    }
    in_vpc(name, depth);
  }

 private:
  // DN-10: is it the VPC's own resolver that is asked?
  bool settings_allow() {
    const std::string vpc = index_.show(vpc_->id);
    if (vpc_->head.gap) return lost(vpc_->head.gap);
    // A VPC that names no options has those that AWS gives it.
    const bool by_default = !vpc_->custom_dns.known() && !index_.options().strict &&
                            index_.registry().gaps[vpc_->custom_dns.gap()].kind == GapKind::undocumented;
    if (by_default) out_.assumptions.push_back("`" + vpc + "`, which names no DHCP options, asks Amazon's resolver");
    const Truth custom = by_default ? Truth::no : truth(vpc_->custom_dns);
    if (custom == Truth::yes) {
      const Servers servers = servers_of(index_, *vpc_);
      std::vector<std::string> objects = servers.addresses;
      objects.insert(objects.end(), {vpc, std::string(index_.view(vpc_->head.name))});
      if (by_assumption(objects, out_.name, 0)) return false;
      if (servers.vpc != nullptr && !index_.options().strict) {  // DN-11
        out_.assumptions.push_back(servers.shown + " is reached from `" + vpc + "`");
        Resolver(index_, servers.vpc, region_, out_, true).run_inbound(out_.name, 1);
        return false;
      }
      return lost(index_.gap(GapKind::outside, "custom DNS servers answer in `" + vpc + "` (DHCP options)",
                             "state under `assume:` what they answer"));
    }
    if (custom == Truth::unknown) return lost(vpc_->custom_dns.gap());
    return resolver_answers() && firewall_passes();
  }

  // DN-1, DN-8: does it answer, and are its rules known?
  bool resolver_answers() {
    const std::string vpc = index_.show(vpc_->id);
    if (vpc_->dns_support != Value<bool>(true)) {
      Resolution none;
      none.end = NameEnd::no_answer;
      none.gap = vpc_->dns_support.known() ? GapId() : vpc_->dns_support.gap();
      none.detail = std::string(none.gap ? "perhaps " : "") + "enableDnsSupport is off in `" + vpc + "`";
      none.by = vpc_->id;
      none.place = vpc_->head.origin;
      out_.ends.push_back(std::move(none));
      if (vpc_->dns_support.known()) return false;
    }
    const GapId rules = index_.cloud().missing(Kind::resolver_rule, vpc_->head.account, vpc_->head.region);
    if (!rules) return true;
    if (index_.options().strict || index_.registry().gaps[rules].kind != GapKind::not_collected) return lost(rules);
    out_.assumptions.push_back("no resolver rule forwards names of `" + vpc + "` (resolver rules were not collected)");
    return true;
  }

  // What the resolver is asked from inside the VPC DNS Firewall filters first. It looks at names
  // to which CNAMEs lead as well; of those that public DNS has nothing is known.
  bool firewall_passes() {
    Screened screened = screen(index_, *vpc_, out_.name);
    out_.reads.insert(out_.reads.end(), screened.reads.begin(), screened.reads.end());
    out_.assumptions.insert(out_.assumptions.end(), screened.assumptions.begin(), screened.assumptions.end());
    screened_ = screened.filtered;
    if (screened.passes == Truth::yes) return true;
    Resolution none;
    none.end = NameEnd::filtered;
    none.gap = screened.gap;
    none.detail = std::move(screened.why);
    none.by = screened.by;
    none.place = screened.place;
    out_.ends.push_back(std::move(none));
    return screened.passes == Truth::unknown;
  }

  // Names to which the asked one leads. False: whether the filter stops them is not known.
  bool filtered(const std::string& name) {
    if (!screened_) return false;
    const Screened further = screen(index_, *vpc_, name);
    if (further.passes == Truth::yes) return false;
    lost(further.gap ? further.gap
                     : index_.gap(GapKind::undocumented,
                                  "whether DNS Firewall stops `" + out_.name + "`, which leads to `" + name + "`"));
    return true;
  }

  // A detail, where somebody reads it.
  template <class Say>
  std::string told(Say say) const {
    return index_.options().hops || index_.options().reasons ? say() : std::string();
  }

  bool lost(GapId gap) {
    Resolution r;
    r.gap = gap;
    r.detail = told([&] { return index_.registry().gaps[gap].what; });
    out_.ends.push_back(std::move(r));
    return false;
  }

  // How a name came up: rules are for what clients ask. What an alias stands for Route 53
  // knows by itself; of where a CNAME leads AWS does not say.
  enum class Named : std::uint8_t { asked, by_alias, by_cname };

  Forwarding rules_for(const std::string& name, Named how) {
    if (how == Named::by_alias) return {};
    Forwarding forwarding = forwarding_of(index_, *vpc_, name);
    for (const ResolverRule* rule : forwarding.looked_at) out_.reads.push_back(rule->id);
    if (how == Named::by_cname && forwarding.rule != nullptr) {
      forwarding.gap = index_.gap(GapKind::undocumented, "whether the resolver rule " + quoted(forwarding.rule->id) +
                                                             " takes `" + name + "`, to which a CNAME leads");
      forwarding.rule = nullptr;
    }
    if (forwarding.gap) lost(forwarding.gap);
    return forwarding;
  }

  void in_vpc(const std::string& name, int depth, Named how = Named::asked) {
    if (depth > deepest_alias) {
      lost(index_.gap(GapKind::contradictory, "`" + name + "` is an alias of an alias ... without end"));
      return;
    }
    const Forwarding forwarding = rules_for(name, how);
    // DN-2: both attributes are needed for anything private.
    const Truth private_names = truth(vpc_->dns_support) & truth(vpc_->dns_hostnames);
    if (private_names == Truth::no) {
      beyond(forwarding, name, "enableDnsHostnames is off, private names do not answer", depth);
      return;
    }
    const std::size_t before = out_.ends.size();
    const bool answered = private_answer(name, forwarding, depth);
    const bool fresh = out_.ends.size() > before;
    if (private_names == Truth::unknown && fresh) {
      // With the attribute off, public DNS answers instead.
      beyond(forwarding, name, "if enableDnsHostnames is off", depth);
      out_.ends.back().gap = vpc_->dns_hostnames.gap();
    }
    if (!answered) beyond(forwarding, name, "no private name covers it", depth);
  }

  // What the user vouches for: an answer of one who goes by any of these. False: nothing.
  bool by_assumption(const std::vector<std::string>& objects, const std::string& name, int depth) {
    const Assumption* assumed = assumed_to_answer(index_, objects, name);
    if (assumed == nullptr) return false;
    if (assumed->addresses.empty() && assumed->with != "public") {
      const auto found = std::find_if(index_.cloud()->vpcs.begin(), index_.cloud()->vpcs.end(),
                                      [&](const Vpc& v) { return index_.show(v.id) == assumed->with; });
      if (found == index_.cloud()->vpcs.end() || depth >= deepest_alias) return false;
      out_.assumptions.push_back(shown(*assumed));
      Resolver(index_, &*found, region_, out_, true).run_inbound(name, depth + 1);
      return true;
    }
    out_.assumptions.push_back(shown(*assumed));
    if (assumed->addresses.empty()) {
      public_dns(name, shown(*assumed));
      return true;
    }
    Resolution r;
    r.end = NameEnd::addresses;
    for (const Address a : assumed->addresses) r.side.set = r.side.set | set_of(a);
    r.detail = shown(*assumed);
    out_.ends.push_back(std::move(r));
    return true;
  }

  // Where nothing private answers: the servers of a forwarding rule, else public DNS.
  void beyond(const Forwarding& forwarding, const std::string& name, const std::string& why, int depth) {
    if (forwarding.rule == nullptr) return public_dns(name, why);
    const Servers servers = servers_of(index_, *forwarding.rule);
    const std::string by =
        "the resolver rule `" + index_.show(forwarding.rule->id) + "` forwards `" + name + "` to " + servers.shown;
    std::vector<std::string> objects = servers.addresses;
    objects.push_back(index_.show(forwarding.rule->id));
    if (!forwarding.rule->head.name.empty()) objects.emplace_back(index_.view(forwarding.rule->head.name));
    if (by_assumption(objects, name, depth)) return;
    if (servers.vpc == nullptr || index_.options().strict) {
      Resolution r;
      r.gap = servers.gap ? servers.gap : index_.gap(GapKind::outside, by, "state under `assume:` what they answer");
      r.detail = by;
      r.by = forwarding.rule->id;
      r.place = forwarding.rule->head.origin;
      out_.ends.push_back(std::move(r));
      return;
    }
    // DN-11
    out_.assumptions.push_back(servers.shown + " is reached from the resolver endpoint of the rule `" +
                               index_.show(forwarding.rule->id) + "`");
    Resolver(index_, servers.vpc, region_, out_, true).run_inbound(name, depth + 1);
  }

  struct Match {
    std::size_t length = 0;  // of the zone's name: the longest wins
    const HostedZone* zone = nullptr;
    const Endpoint* endpoint = nullptr;
  };

  // True if private data answers for sure (so public DNS does not).
  bool private_answer(const std::string& name, const Forwarding& forwarding, int depth) {
    std::vector<Match> matches;
    for (const HostedZone* zone : index_.zones(vpc_->id)) {
      const std::string domain = lower(index_.view(zone->head.name));
      if (!is_under(name, domain)) continue;
      if (!zone->is_private.known()) {
        lost(zone->is_private.gap());
        continue;
      }
      matches.push_back({domain.size(), zone, nullptr});
    }
    if (const GapId missing = index_.cloud().missing(Kind::hosted_zone, vpc_->head.account, Text())) lost(missing);
    if (vpc_->foreign_zones && index_.options().strict) lost(vpc_->foreign_zones);
    if (vpc_->foreign_zones && !index_.options().strict) {
      out_.assumptions.push_back("no private zone of another account and no Route 53 Profile is associated with `" +
                                 index_.show(vpc_->id) + "` (not collected)");
    }
    for (const HostedZone* zone : index_.loose_zones()) {
      const bool is_here = std::find(zone->vpcs.begin(), zone->vpcs.end(), vpc_->id) != zone->vpcs.end();
      if (!is_here && is_under(name, lower(index_.view(zone->head.name)))) lost(zone->vpcs.open);
    }
    collect_endpoints(name, matches);
    // DN-8: the most specific name wins, a forwarding rule before a zone of the same name.
    if (forwarding.rule != nullptr) {
      std::erase_if(matches, [&](const Match& m) { return m.length <= forwarding.length; });
    }
    if (matches.empty()) return false;
    std::stable_sort(matches.begin(), matches.end(),
                     [](const Match& a, const Match& b) { return a.length > b.length; });
    if (matches.size() > 1 && matches[0].length == matches[1].length && !same_answer(matches[0], matches[1])) {
      lost(index_.gap(GapKind::contradictory,
                      "two private zones of `" + index_.show(vpc_->id) + "` answer for `" + name + "`"));
      return true;
    }
    const Match& best = matches.front();
    if (best.endpoint != nullptr) {
      at_endpoint(*best.endpoint, {}, told([&] {
        return "private DNS of `" + index_.show(best.endpoint->id) + "` answers for `" + name + "`";
      }));
      // DN-9: AWS speaks of rules for private hosted zones that one associates oneself.
      if (forwarding.rule != nullptr) {
        out_.ends.back().gap = index_.gap(
            GapKind::undocumented, "whether the resolver rule " + quoted(forwarding.rule->id) +
                                       " for a shorter name takes the private names of " + quoted(best.endpoint->id));
        return false;
      }
    } else {
      in_zone(*best.zone, name, depth);
    }
    return true;
  }

  static bool same_answer(const Match& a, const Match& b) { return a.endpoint == b.endpoint && a.zone == b.zone; }

  // What endpoints answer by private DNS.
  void collect_endpoints(const std::string& name, std::vector<Match>& matches) {
    EndpointAnswers answers = answering_endpoints(index_, *vpc_, name, inbound_);
    out_.reads.insert(out_.reads.end(), answers.reads.begin(), answers.reads.end());
    out_.assumptions.insert(out_.assumptions.end(), answers.assumptions.begin(), answers.assumptions.end());
    for (const EndpointAnswer& answer : answers.list) {
      if (answer.endpoint == nullptr) {
        lost(answer.gap);
      } else if (!answer.gap) {
        matches.push_back({answer.length, nullptr, answer.endpoint});
      } else {
        // It may or may not answer: both ends stay possible.
        at_endpoint(*answer.endpoint, {}, told([&] {
          return "private DNS of `" + index_.show(answer.endpoint->id) + "` may answer for `" + name + "`";
        }));
        out_.ends.back().gap = answer.gap;
      }
    }
  }

  void in_zone(const HostedZone& zone, const std::string& name, int depth) {
    out_.reads.push_back(zone.id);
    const std::string label = "private hosted zone `" + std::string(index_.view(zone.head.name)) + "`";
    const DnsRecord* wildcard = nullptr;
    std::size_t wildcard_length = 0;
    std::vector<const DnsRecord*> exact;
    for (const DnsRecord& record : zone.records) {
      const std::string record_name = lower(index_.view(record.name));
      if (!answers_with_address(record)) continue;
      if (record_name == name) {
        exact.push_back(&record);
      } else if (record_name.starts_with("*.") && covers(record_name, name) && record_name.size() > wildcard_length) {
        wildcard = &record;
        wildcard_length = record_name.size();
      }
    }
    if (exact.empty() && wildcard != nullptr) exact.push_back(wildcard);
    if (zone.records.open || zone.head.gap) lost(zone.head.gap ? zone.head.gap : zone.records.open);
    if (exact.empty()) {
      if (zone.records.open) return;
      Resolution none;
      none.end = NameEnd::nothing;
      none.detail = label + " has no record for `" + name + "`; there is no fall-through to public DNS";
      none.by = zone.id;
      none.place = zone.head.origin;
      out_.ends.push_back(std::move(none));
      return;
    }
    AddressSet addresses;
    for (const DnsRecord* record : exact) {
      const std::string alias = lower(index_.view(record->alias));
      const bool cname = index_.view(record->type) == "CNAME";
      if (record->values.open) lost(record->values.open);
      if (!alias.empty() || cname) {
        const std::string next = !alias.empty()           ? alias
                                 : record->values.empty() ? ""
                                                          : lower(index_.view(record->values.items.front()));
        follow(next, label, depth, alias.empty() ? Named::by_cname : Named::by_alias);
        return;
      }
      for (const Text value : record->values) {
        if (const Result<Address> a = parse_address(index_.view(value))) addresses = addresses | set_of(*a);
      }
    }
    if (addresses.empty()) {
      lost(index_.gap(GapKind::not_readable, label + " answers for `" + name + "` with something that is no address"));
      return;
    }
    // Records that are addresses of an endpoint's interfaces lead to that endpoint by
    // their addresses: the walk finds it.
    Resolution r;
    r.end = NameEnd::addresses;
    r.side.set = std::move(addresses);
    r.detail = label + " answers for `" + name + "`";
    r.by = zone.id;
    r.place = zone.head.origin;
    out_.ends.push_back(std::move(r));
  }

  static bool is_one_of(std::string_view type, std::initializer_list<std::string_view> types) {
    return std::find(types.begin(), types.end(), type) != types.end();
  }

  bool answers_with_address(const DnsRecord& record) const {
    return is_one_of(index_.view(record.type), {"A", "AAAA", "CNAME"});
  }

  void follow(const std::string& name, const std::string& label, int depth, Named how) {
    if (filtered(name)) return;
    if (const auto own = endpoint_named(index_, name)) {
      rules_for(name, how);
      at_endpoint(*own->endpoint, own->zone, label + " leads to `" + name + "`");
      return;
    }
    if (const LoadBalancer* balancer = index_.balancer_named(name)) {
      rules_for(name, how);
      at_balancer(*balancer, label + " leads to `" + name + "`");
      return;
    }
    in_vpc(name, depth + 1, how);
  }

  void at_endpoint(const Endpoint& endpoint, std::string zone, std::string detail) {
    out_.ends.push_back(led_to(endpoint, std::move(zone), std::move(detail)));
  }

  void at_balancer(const LoadBalancer& balancer, std::string detail) {
    out_.ends.push_back(led_to(balancer, std::move(detail)));
  }

  void public_dns(const std::string& name, const std::string& why) {
    for (Resolution& r : public_answer(index_, vpc_, name, region_, why)) {
      const bool own = r.end == NameEnd::endpoint || r.end == NameEnd::balancer || r.end == NameEnd::addresses;
      if (screened_ && !own)
        out_.assumptions.push_back("DNS Firewall blocks no name to which `" + name + "` leads in public DNS");
      out_.ends.push_back(std::move(r));
    }
  }

  std::string quoted(Ref ref) const { return "`" + index_.show(ref) + "`"; }

  const Index& index_;
  const Vpc* vpc_;
  std::string_view region_;
  Resolved& out_;
  bool inbound_;
  bool screened_ = false;  // DNS Firewall blocks some names
};

}  // namespace

Resolved resolve(const Index& index, const Vpc* vpc, std::string_view name, std::string_view region) {
  Resolved out;
  out.name = lower(name);
  Resolver(index, vpc, region, out).run(out.name);
  // Told first is what answers for sure, last that perhaps nobody does.
  const auto place = [](const Resolution& r) { return !r.gap ? 0 : r.end != NameEnd::no_answer ? 1 : 2; };
  std::stable_sort(out.ends.begin(), out.ends.end(),
                   [&](const Resolution& a, const Resolution& b) { return place(a) < place(b); });
  if (out.ends.empty()) out.ends.push_back({});
  return out;
}

}  // namespace sallyport::net
