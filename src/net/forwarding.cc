#include "net/forwarding.h"

#include <algorithm>

namespace sallyport::net {
namespace {

bool covers(std::string_view domain, std::string_view name) {
  if (domain.empty() || name == domain) return true;
  return name.size() > domain.size() && name.ends_with(domain) && name[name.size() - domain.size() - 1] == '.';
}

bool has(const ResolverEndpoint& endpoint, Address address) {
  return std::any_of(endpoint.addresses.begin(), endpoint.addresses.end(),
                     [&](const Value<Address>& a) { return a.known() && *a == address; });
}

}  // namespace

Forwarding forwarding_of(const Index& index, const Vpc& vpc, std::string_view name) {
  Forwarding result;
  const ResolverRule* best = nullptr;
  const auto length = [&](const ResolverRule& rule) { return index.view(rule.domain).size(); };
  for (const ResolverRule& rule : index.cloud()->resolver_rules) {
    const bool associated = std::find(rule.vpcs.begin(), rule.vpcs.end(), vpc.id) != rule.vpcs.end();
    const bool perhaps = !associated && rule.vpcs.open && rule.head.region == vpc.head.region;
    if (!associated && !perhaps) continue;
    if (!rule.head.gap && !covers(index.view(rule.domain), name)) continue;
    result.looked_at.push_back(&rule);
    if (rule.head.gap) {
      result.gap = rule.head.gap;
    } else if (perhaps) {
      if (!rule.type.known() || *rule.type != ResolverRuleType::system) result.gap = rule.vpcs.open;
    } else if (best == nullptr || length(rule) > length(*best)) {
      best = &rule;
    }
  }
  if (best == nullptr) return result;
  if (!best->type.known()) {
    result.gap = best->type.gap();
  } else if (*best->type == ResolverRuleType::forward) {
    result.rule = best;
    result.length = length(*best);
  } else if (*best->type == ResolverRuleType::other) {
    result.gap = index.gap(GapKind::not_modelled,
                           "the resolver rule `" + index.show(best->id) + "` is neither forwarding nor a system rule");
  }
  return result;
}

namespace {

Servers servers_at(const Index& index, const List<Value<Address>>& addresses, Text region) {
  Servers result;
  result.gap = addresses.open;
  if (!result.gap) result.gap = index.cloud().missing(Kind::resolver_endpoint, Text(), region);
  std::vector<VpcId> vpcs;
  for (const Value<Address>& server : addresses) {
    if (!result.shown.empty()) result.shown += ", ";
    if (!server.known()) {
      result.gap = server.gap();
      continue;
    }
    result.addresses.push_back(to_string(*server));
    result.shown += "`" + result.addresses.back() + "`";
    // Ranges of VPCs may overlap: then it is not known whose endpoint it is.
    std::size_t found = 0;
    for (const ResolverEndpoint& endpoint : index.cloud()->resolver_endpoints) {
      if (!has(endpoint, *server)) continue;
      ++found;
      const bool answers = endpoint.inbound.known() && *endpoint.inbound && endpoint.state.known() &&
                           *endpoint.state == State::working && endpoint.vpc.known() && !endpoint.head.gap;
      vpcs.push_back(answers ? *endpoint.vpc : VpcId());
    }
    if (found != 1) vpcs.emplace_back();
  }
  const bool one = !vpcs.empty() && std::all_of(vpcs.begin(), vpcs.end(), [&](VpcId v) { return v && v == vpcs[0]; });
  if (one && !result.gap) result.vpc = index.cloud()->vpcs.find(vpcs[0]);
  return result;
}

}  // namespace

Servers servers_of(const Index& index, const ResolverRule& rule) {
  return servers_at(index, rule.servers, rule.head.region);
}

Servers servers_of(const Index& index, const Vpc& vpc) {
  List<Value<Address>> servers;
  servers.items.assign(vpc.dns_servers.begin(), vpc.dns_servers.end());
  return servers_at(index, servers, vpc.head.region);
}

}  // namespace sallyport::net
