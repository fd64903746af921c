// Route 53 Resolver: inbound endpoints, and rules that forward names or keep them.
#include <map>

#include "library/net/generate_parts.h"

namespace sallyport::generate {

void Plan::make_resolver(std::uint64_t seed) {
  // A stream of its own, so that all else of a seed's cloud stays what it is.
  Random own(seed * 8'191'003 + 11);
  std::swap(random, own);
  std::map<std::string, ResolverEndpoint> inbound;
  for (const Site& site : sites) {
    if (inbound.contains(site.region) || !random.chance(knobs.resolver_rule)) continue;
    ResolverEndpoint e;
    e.id = id<ResolverEndpointId>(site, "rslvr-in-" + number());
    e.head = head(site);
    e.inbound = !random.chance(10);
    e.state = state();
    e.vpc = site.vpc;
    for (const SubnetId s : site.subnets) {
      if (e.addresses.size() < 2) e.addresses.items.push_back(nth(*subnet(s).cidrs.items[0], 250));
    }
    inbound.emplace(site.region, e);
    change.put.resolver_endpoints.push_back(e);
  }
  for (const Site& site : sites) {
    while (random.chance(knobs.resolver_rule)) {
      static const char* domains[] = {"", "amazonaws.com", "REGION.amazonaws.com", "sqs.REGION.amazonaws.com",
                                      "corp.internal"};
      std::string domain = random.one_of(domains);
      if (const auto at = domain.find("REGION"); at != std::string::npos) domain.replace(at, 6, site.region);
      const bool taken =
          std::any_of(change.put.resolver_rules.begin(), change.put.resolver_rules.end(), [&](const ResolverRule& r) {
            return registry->view(r.domain) == domain && r.head.region == site.region_text;
          });
      if (taken) break;
      ResolverRule rule;
      rule.id = id<ResolverRuleId>(site, "rslvr-rr-" + number());
      rule.head = head(site);
      rule.domain = text(domain);
      rule.type = random.chance(25) ? ResolverRuleType::system : ResolverRuleType::forward;
      if (*rule.type == ResolverRuleType::forward) {
        const auto hub = inbound.find(site.region);
        if (hub != inbound.end() && random.chance(75)) {
          rule.servers = hub->second.addresses;
        } else {
          rule.servers.items.push_back(v4(0xC0'A8'35'35));
        }
      }
      for (const Site& other : sites) {
        if (other.region == site.region && random.chance(60)) rule.vpcs.items.push_back(other.vpc);
      }
      change.put.resolver_rules.push_back(rule);
    }
  }
  std::swap(random, own);
}

}  // namespace sallyport::generate
