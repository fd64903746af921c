// Route 53 Resolver as AWS answers.
#include "library/net/snapshot_parts.h"

namespace sallyport::generate {

std::vector<std::string> Writer::resolver_rules() const {
  std::vector<std::string> all;
  for (const ResolverRule& r : cloud->resolver_rules) {
    if (!here(r.head)) continue;
    const bool forwards = *r.type == ResolverRuleType::forward;
    std::vector<std::string> servers;
    for (const Value<Address>& a : r.servers)
      servers.push_back(object({{"Ip", json_string(to_string(*a))}, {"Port", "53"}}));
    all.push_back(object({{"Id", id(r.id)},
                          {"OwnerId", owner(r.head)},
                          {"DomainName", json_string(text(r.domain) + ".")},
                          {"RuleType", json_string(forwards ? "FORWARD" : "SYSTEM")},
                          {"TargetIps", forwards ? array(servers) : std::string()},
                          {"Status", json_string("COMPLETE")},
                          {"ShareStatus", json_string("NOT_SHARED")}}));
  }
  return all;
}

std::vector<std::string> Writer::resolver_rule_associations() const {
  std::vector<std::string> all;
  for (const ResolverRule& r : cloud->resolver_rules) {
    if (!here(r.head)) continue;
    for (const VpcId vpc : r.vpcs) {
      all.push_back(object({{"Id", json_string("rslvr-rrassoc-1")},
                            {"ResolverRuleId", id(r.id)},
                            {"VPCId", id(vpc)},
                            {"Status", json_string("COMPLETE")}}));
    }
  }
  return all;
}

std::vector<std::string> Writer::resolver_endpoints() const {
  std::vector<std::string> all;
  for (const ResolverEndpoint& e : cloud->resolver_endpoints) {
    if (!here(e.head)) continue;
    all.push_back(object({{"Id", id(e.id)},
                          {"SecurityGroupIds", ids(e.groups)},
                          {"Direction", json_string(*e.inbound ? "INBOUND" : "OUTBOUND")},
                          {"HostVPCId", id(*e.vpc)},
                          {"Status", json_string(*e.state == State::working ? "OPERATIONAL" : "ACTION_NEEDED")}}));
  }
  return all;
}

std::vector<std::string> Writer::resolver_addresses(const ResolverEndpoint& endpoint) const {
  std::vector<std::string> all;
  for (const Value<Address>& a : endpoint.addresses) {
    all.push_back(object(
        {{"IpId", json_string("rni-1")}, {"Ip", json_string(to_string(*a))}, {"Status", json_string("ATTACHED")}}));
  }
  return all;
}

}  // namespace sallyport::generate
