#include "net/dns.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "facts/endpoints.h"
#include "facts/names.h"
#include "facts/regions.h"
#include "net/assumed.h"
#include "net/dns_firewall.h"
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
    const Truth custom = assumed(vpc_->custom_dns, "the DHCP options of `" + vpc + "` name Amazon's resolver");
    if (custom == Truth::yes) {
      if (by_assumption({vpc, std::string(index_.view(vpc_->head.name))}, out_.name, 0)) return false;
      return lost(index_.gap(GapKind::outside, "custom DNS servers answer in `" + vpc + "` (DHCP options)",
                             "state under `assume:` what they answer"));
    }
    if (custom == Truth::unknown) return lost(vpc_->custom_dns.gap());
    return resolver_answers() && firewall_passes();
  }

  // DN-1, DN-8: does it answer, and are its rules known?
  bool resolver_answers() {
    const std::string vpc = index_.show(vpc_->id);
    if (!vpc_->dns_support.known()) return lost(vpc_->dns_support.gap());
    if (!*vpc_->dns_support) {
      Resolution none;
      none.end = NameEnd::no_answer;
      none.detail = "enableDnsSupport is off in `" + vpc + "`";
      none.by = vpc_->id;
      none.place = vpc_->head.origin;
      out_.ends.push_back(std::move(none));
      return false;
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

  // A default of AWS stands in for what was not collected, and is named.
  Truth assumed(const Value<bool>& value, std::string assumption) {
    if (value.known()) return truth(*value);
    if (index_.options().strict || index_.registry().gaps[value.gap()].kind != GapKind::not_collected)
      return Truth::unknown;
    out_.assumptions.push_back(std::move(assumption) + " (not collected)");
    return Truth::no;
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
    for (const HostedZone* zone : index_.loose_zones()) {
      if (is_under(name, lower(index_.view(zone->head.name)))) lost(zone->vpcs.open);
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

  // DN-3, DN-4, S3-1: interface endpoints whose private names cover the name.
  void collect_endpoints(const std::string& name, std::vector<Match>& matches) {
    const Text account = vpc_->head.account;
    if (const GapId missing = index_.cloud().missing(Kind::endpoint, account, vpc_->head.region)) lost(missing);
    if (const GapId stray = index_.stray(Kind::endpoint)) lost(stray);
    for (const Endpoint* endpoint : index_.endpoints(vpc_->id)) {
      if (endpoint->type.known() && *endpoint->type != EndpointType::interface) continue;
      const Truth on =
          truth(endpoint->private_dns) & (inbound_ ? Truth::yes : !truth(endpoint->private_dns_only_inbound));
      if (on == Truth::no) continue;
      const EndpointNames& names = index_.names().of(index_, *endpoint);
      const auto hit = std::find_if(names.names.begin(), names.names.end(),
                                    [&](const std::string& pattern) { return covers(pattern, name); });
      const bool listed = hit != names.names.end();
      if (!listed && !(names.gap && may_cover(*endpoint, name))) continue;
      out_.reads.push_back(endpoint->id);
      if (!listed || on == Truth::unknown || !endpoint->type.known() || !endpoint->state.known() ||
          endpoint->head.gap) {
        // It may or may not answer: both ends stay possible.
        GapId gap = endpoint->head.gap ? endpoint->head.gap : names.gap;
        if (on == Truth::unknown) {
          gap = endpoint->private_dns.known() ? endpoint->private_dns_only_inbound.gap() : endpoint->private_dns.gap();
        }
        if (!endpoint->state.known()) gap = endpoint->state.gap();
        if (!endpoint->type.known()) gap = endpoint->type.gap();
        at_endpoint(*endpoint, {}, told([&] {
          return "private DNS of `" + index_.show(endpoint->id) + "` may answer for `" + name + "`";
        }));
        out_.ends.back().gap = gap;
        continue;
      }
      // Only a working endpoint has its zone; a pending one may not have it yet.
      if (endpoint->state.known() && *endpoint->state == State::not_working) continue;
      const std::size_t zone = hit->starts_with("*.") ? hit->size() - 2 : hit->size();
      matches.push_back({zone, nullptr, endpoint});
    }
  }

  // Could a name that is not listed be one of this endpoint's? Only a name of the
  // service behind it.
  bool may_cover(const Endpoint& endpoint, const std::string& name) const {
    const auto behind = facts::api_service_of_endpoint_service(index_.view(endpoint.service));
    const auto& host = index_.names().behind(name);
    if (!host) return false;
    // A service of one Region has no names of another (XR-1).
    const std::string_view region = index_.view(endpoint.service_region);
    if (!host->region.empty() && !region.empty() && host->region != region) return false;
    if (!behind || behind->service == nullptr) return true;
    return behind->service == host->service;
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
    Resolution r;
    r.end = NameEnd::endpoint;
    r.endpoint = &endpoint;
    r.zone = std::move(zone);
    r.detail = std::move(detail);
    r.by = endpoint.id;
    r.place = endpoint.head.origin;
    out_.ends.push_back(std::move(r));
  }

  void at_balancer(const LoadBalancer& balancer, std::string detail) {
    Resolution r;
    r.end = NameEnd::balancer;
    r.balancer = &balancer;
    r.detail = std::move(detail);
    r.by = balancer.id;
    r.place = balancer.head.origin;
    out_.ends.push_back(std::move(r));
  }

  void public_dns(const std::string& name, const std::string& why) {
    if (const LoadBalancer* balancer = index_.balancer_named(name))
      return at_balancer(*balancer, "`" + name + "` is a load balancer's own name");
    if (const auto own = endpoint_named(index_, name)) {
      at_endpoint(*own->endpoint, own->zone, "`" + name + "` is an endpoint's own name");
      return;
    }
    if (auto instance = instance_name(index_, vpc_, name)) {
      for (Resolution& r : *instance) out_.ends.push_back(std::move(r));
      return;
    }
    if (screened_) {
      out_.assumptions.push_back("DNS Firewall blocks no name to which `" + name + "` leads in public DNS");
    }
    if (const auto& host = index_.names().behind(name)) {
      Resolution r;
      r.end = NameEnd::service;
      const std::string region = region_of(*host);
      r.side = index_.names().addresses(index_, host->service->name, region, Family::v4);
      if (host->kind == facts::NameKind::dualstack || host->kind == facts::NameKind::fips_dualstack) {
        r.side_v6 = index_.names().addresses(index_, host->service->name, region, Family::v6);
      }
      r.detail = told([&] { return "`" + name + "` resolves to public addresses (" + why + ")"; });
      out_.ends.push_back(std::move(r));
      return;
    }
    lost(index_.gap(GapKind::outside, "to what `" + name + "` resolves is not in the input", "ask by address"));
  }

  // The Region of a public name: it says so, or the service has one for the partition;
  // `<bucket>.s3.amazonaws.com` leads to wherever the bucket is. Empty: not known.
  std::string region_of(const facts::HostMatch& host) const {
    if (!host.region.empty()) return host.region;
    if (!region_.empty()) return std::string(region_);
    if (!host.resource.empty()) {
      for (const Bucket& bucket : index_.cloud()->buckets) {
        if (index_.cloud().id(bucket.id) == host.resource && bucket.region.known())
          return std::string(index_.view(*bucket.region));
      }
      return {};
    }
    const facts::Partition* partition = facts::partition(host.partition);
    return partition == nullptr ? std::string() : std::string(partition->global_region);
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
  if (out.ends.empty()) out.ends.push_back({});
  return out;
}

}  // namespace sallyport::net
