#include "library/net/naive_names.h"

#include <algorithm>

namespace sallyport::naive {
namespace {

// A service's public name, `{r}` for the Region; a `*` label stands for any labels.
struct KnownName {
  const char* service;
  const char* name;
};
constexpr KnownName known_names[] = {
    {"s3", "s3.{r}.amazonaws.com"},
    {"s3", "*.s3.{r}.amazonaws.com"},
    {"dynamodb", "dynamodb.{r}.amazonaws.com"},
    {"dynamodb", "*.ddb.{r}.amazonaws.com"},  // S3-8
    {"lambda", "lambda.{r}.amazonaws.com"},
    {"sqs", "sqs.{r}.amazonaws.com"},
    {"sts", "sts.{r}.amazonaws.com"},
    {"kms", "kms.{r}.amazonaws.com"},
    {"secretsmanager", "secretsmanager.{r}.amazonaws.com"},
    {"ecr", "api.ecr.{r}.amazonaws.com"},
};
constexpr const char* regions[] = {"eu-central-1", "eu-west-1"};

std::string fill(std::string name, const std::string& region) { return name.replace(name.find("{r}"), 3, region); }

// `*.x` covers every name below x, not x itself.
bool covers(const std::string& pattern, const std::string& host) {
  if (!pattern.starts_with("*.")) return pattern == host;
  return host.size() > pattern.size() - 1 && host.ends_with(pattern.substr(1));
}

// The zone that a private name makes: `*.dkr.ecr...` stands in `dkr.ecr...`.
std::string zone_of(const std::string& name) { return name.starts_with("*.") ? name.substr(2) : name; }

bool within(const std::string& zone, const std::string& host) {
  return host == zone || (host.size() > zone.size() && host.ends_with("." + zone));
}

std::string text(const Cloud& cloud, Text t) { return std::string(cloud.view(t)); }

std::vector<Address> addresses_of(const Cloud& cloud, const Endpoint& endpoint, Family family, Text zone) {
  std::vector<Address> found;
  for (const InterfaceId id : endpoint.interfaces) {
    const Interface* interface = cloud->interfaces.find(id);
    if (interface == nullptr) continue;
    if (!zone.empty() && cloud->subnets.find(*interface->subnet)->zone != zone) continue;
    for (const Value<Address>& a : interface->addresses) {
      if (a->family == family) found.push_back(*a);
    }
  }
  return found;
}

// IF-7: an endpoint's own name; with `-<zone>` behind its id it is a zonal one.
std::optional<Resolved> endpoint_name(const Cloud& cloud, const std::string& host, Family family) {
  for (const Endpoint& endpoint : cloud->endpoints) {
    for (const Text name : endpoint.dns_names) {
      if (!covers(text(cloud, name), host)) continue;
      const std::string own = zone_of(text(cloud, name));
      const std::string first = own.substr(0, own.find('.'));
      Text zone;
      for (const Subnet& subnet : cloud->subnets) {
        if (!subnet.zone.empty() && first.ends_with("-" + text(cloud, subnet.zone))) zone = subnet.zone;
      }
      Resolved answer;
      answer.addresses = addresses_of(cloud, endpoint, family, zone);
      answer.meant = endpoint.interfaces.items;
      return answer;
    }
  }
  return std::nullopt;
}

Resolved public_answer(const Cloud& cloud, const std::string& host, Family family) {
  if (const auto own = endpoint_name(cloud, host, family)) return *own;
  if (auto instance = instance_name(cloud, {}, host)) {
    if (family == Family::v6) instance->addresses.clear();
    return *instance;
  }
  Resolved answer;
  for (const KnownName& known : known_names) {
    for (const char* region : regions) {
      if (!covers(fill(known.name, region), host)) continue;
      if (family == Family::v4) answer.service = Service{known.service, region};
      return answer;
    }
  }
  answer.elsewhere = true;
  return answer;
}

const DnsRecord* record(const Cloud& cloud, const HostedZone& zone, const std::string& name, Family family) {
  const DnsRecord* found = nullptr;
  for (const DnsRecord& r : zone.records) {
    if (text(cloud, r.name) != name) continue;
    const std::string type = text(cloud, r.type);
    if (type == "CNAME") return &r;
    if (type == (family == Family::v4 ? "A" : "AAAA")) found = &r;
  }
  return found;
}

bool name_exists(const Cloud& cloud, const HostedZone& zone, const std::string& name) {
  return std::any_of(zone.records.begin(), zone.records.end(),
                     [&](const DnsRecord& r) { return within(name, text(cloud, r.name)); });
}

// DN-7: an exact record, else the wildcard next above; else there is no such name.
const DnsRecord* lookup(const Cloud& cloud, const HostedZone& zone, const std::string& host, Family family) {
  if (name_exists(cloud, zone, host)) return record(cloud, zone, host, family);
  std::string above = host;
  while (above != text(cloud, zone.head.name)) {
    above = above.substr(above.find('.') + 1);
    if (name_exists(cloud, zone, "*." + above)) return record(cloud, zone, "*." + above, family);
    if (name_exists(cloud, zone, above)) return nullptr;
  }
  return nullptr;
}

// DN-8: the rule of the VPC with the longest domain that holds the name.
const ResolverRule* rule_for(const Cloud& cloud, VpcId vpc, const std::string& host) {
  const ResolverRule* found = nullptr;
  for (const ResolverRule& rule : cloud->resolver_rules) {
    const std::string domain = text(cloud, rule.domain);
    if (std::find(rule.vpcs.begin(), rule.vpcs.end(), vpc) == rule.vpcs.end()) continue;
    if (!domain.empty() && !within(domain, host)) continue;
    if (found == nullptr || domain.size() > text(cloud, found->domain).size()) found = &rule;
  }
  return found;
}

// How the question came: from a workload of the VPC, or by its inbound resolver endpoint.
enum class Asked { inside, inbound };

// Where the name comes from: a client, or a record.
enum class Named { asked, by_alias, by_cname };

Resolved resolve_at(const Cloud& cloud, VpcId vpc, const std::string& host, Family family, int depth,
                    Asked asked = Asked::inside, Named named = Named::asked);

// DN-11: the servers of a rule answer as the VPC's resolver does where they are the inbound
// endpoint of one VPC. DN-9: what others answer nobody knows.
Resolved forwarded(const Cloud& cloud, const ResolverRule& rule, const std::string& host, Family family, int depth) {
  VpcId at;
  bool others = rule.servers.empty();
  for (const Value<Address>& server : rule.servers) {
    VpcId of;
    int found = 0;
    for (const ResolverEndpoint& endpoint : cloud->resolver_endpoints) {
      for (const Value<Address>& a : endpoint.addresses) {
        if (*a != *server) continue;
        ++found;
        if (*endpoint.inbound && *endpoint.state == State::working) of = *endpoint.vpc;
      }
    }
    if (found != 1 || !of || (at && at != of)) others = true;
    at = of;
  }
  if (!others) return resolve_at(cloud, at, host, family, depth + 1, Asked::inbound);
  Resolved answer;
  answer.unknown = true;
  return answer;
}

Resolved resolve_at(const Cloud& cloud, VpcId vpc, const std::string& host, Family family, int depth, Asked asked,
                    Named named) {
  Resolved answer;
  answer.unsettled = depth > 8;  // records or rules in a circle
  if (answer.unsettled) return answer;
  const Vpc* from = cloud->vpcs.find(vpc);
  if (from == nullptr) return public_answer(cloud, host, family);
  if (*from->custom_dns && asked == Asked::inside) {  // DN-10
    answer.unknown = true;
    return answer;
  }
  if (!*from->dns_support) return answer;   // DN-1
  if (firewall_blocks(cloud, vpc, host)) {  // DN-16; of names that others lead to no page speaks
    answer.unsettled = asked == Asked::inbound || named != Named::asked;
    return answer;
  }
  const ResolverRule* rule = named == Named::by_alias ? nullptr : rule_for(cloud, vpc, host);
  const bool forwards = rule != nullptr && *rule->type == ResolverRuleType::forward;
  if (forwards && named == Named::by_cname) {  // no page says whether it takes these
    answer.unsettled = true;
    return answer;
  }
  if (const auto instance = instance_name(cloud, vpc, host)) {
    Resolved found = *instance;
    if (forwards) found.unsettled = true;  // DN-8: which of them the autodefined rules keep
    if (family == Family::v6) found.addresses.clear();
    return found;
  }
  if (!*from->dns_hostnames)  // DN-2
    return forwards ? forwarded(cloud, *rule, host, family, depth) : public_answer(cloud, host, family);

  // The most specific private zone that holds the name: hosted ones, and those that
  // endpoints bring (DN-3).
  const HostedZone* hosted = nullptr;
  const Endpoint* endpoint = nullptr;
  std::size_t hosted_length = 0;
  std::size_t endpoint_length = 0;
  for (const HostedZone& zone : cloud->hosted_zones) {
    const std::string name = text(cloud, zone.head.name);
    if (!*zone.is_private || !within(name, host) || name.size() < hosted_length) continue;
    if (std::find(zone.vpcs.begin(), zone.vpcs.end(), vpc) == zone.vpcs.end()) continue;
    if (hosted != nullptr && name.size() == hosted_length) answer.unsettled = true;
    hosted = &zone;
    hosted_length = name.size();
  }
  bool covered = false;
  for (const Endpoint& e : cloud->endpoints) {
    if (*e.type != EndpointType::interface || *e.vpc != vpc || !*e.private_dns) continue;
    if (*e.private_dns_only_inbound && asked == Asked::inside) continue;  // S3-1
    const EndpointService* service = nullptr;
    for (const EndpointService& row : cloud->endpoint_services) {
      if (cloud.id(row.id) == cloud.view(e.service)) service = &row;
    }
    if (service == nullptr) continue;
    for (const Text n : service->private_dns_names) {  // DN-4, DN-5
      const std::string name = text(cloud, n);
      const std::string zone = zone_of(name);
      if (!within(zone, host) || zone.size() < endpoint_length) continue;
      const bool match = covers(name, host);
      covered = match || (covered && zone.size() == endpoint_length && endpoint == &e);
      if (endpoint != nullptr && endpoint != &e && zone.size() == endpoint_length) answer.unsettled = true;
      endpoint = &e;
      endpoint_length = zone.size();
    }
  }
  if (endpoint != nullptr && *endpoint->state != State::working) answer.unsettled = true;  // its zone may be gone
  if (hosted != nullptr && endpoint != nullptr && hosted_length == endpoint_length) answer.unsettled = true;  // DN-6
  if (forwards) {
    const std::size_t length = text(cloud, rule->domain).size();
    const bool zone_wins = hosted != nullptr && hosted_length > length;
    const bool endpoint_wins = endpoint != nullptr && endpoint_length > length && endpoint_length >= hosted_length;
    if (endpoint_wins) answer.unsettled = true;  // DN-9: AWS says it of zones that one makes oneself
    if (endpoint_wins) return answer;
    if (!zone_wins) return forwarded(cloud, *rule, host, family, depth);
  }
  if (endpoint != nullptr && endpoint_length >= hosted_length) {
    if (covered) answer.addresses = addresses_of(cloud, *endpoint, family, Text());
    if (covered) answer.meant = endpoint->interfaces.items;
    if (!covered) answer.unsettled = true;  // below a zone of AWS's whose records nobody sees
    return answer;
  }
  if (hosted == nullptr) {
    Resolved open = public_answer(cloud, host, family);
    open.unsettled = answer.unsettled;
    return open;
  }
  const DnsRecord* found = lookup(cloud, *hosted, host, family);
  if (found == nullptr) return answer;  // DN-7: no fall-through
  const std::string next = !found->alias.empty()                 ? text(cloud, found->alias)
                           : text(cloud, found->type) == "CNAME" ? text(cloud, found->values.items.at(0))
                                                                 : "";
  if (!next.empty()) {
    return resolve_at(cloud, vpc, next, family, depth + 1, asked,
                      found->alias.empty() ? Named::by_cname : Named::by_alias);
  }
  for (const Text value : found->values) answer.addresses.push_back(*parse_address(cloud.view(value)));
  return answer;
}

}  // namespace

Resolved resolve(const Cloud& cloud, VpcId vpc, const std::string& host, Family family) {
  return resolve_at(cloud, vpc, host, family, 0);
}

std::vector<std::string> default_names(const Service& service) {
  std::vector<std::string> names;
  for (const KnownName& known : known_names) {
    if (service.name != known.service) continue;
    std::string name = fill(known.name, service.region);
    if (name.starts_with("*.")) name.replace(0, 1, service.name == "dynamodb" ? "111122223333" : "some-bucket");
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace sallyport::naive
