// EC2's own names of instances (DN-13), and what DNS Firewall blocks (DN-16).
#include <algorithm>

#include "library/net/naive_names.h"
#include "library/net/naive_rules.h"

namespace sallyport::naive {
namespace {

bool both_attributes(const Vpc& vpc) { return *vpc.dns_support && *vpc.dns_hostnames; }

// `10-0-0-7` as an address.
std::optional<Address> dashed(std::string text) {
  std::replace(text.begin(), text.end(), '-', '.');
  const auto address = parse_address(text);
  return address ? std::optional(*address) : std::nullopt;
}

// `prefix` + dashed address + `.REGION` + suffix; else nothing.
std::optional<std::pair<Address, std::string>> parts(const std::string& host, const std::string& prefix,
                                                     const std::string& suffix) {
  const auto dot = host.find('.');
  if (!host.starts_with(prefix) || !host.ends_with(suffix) || dot + suffix.size() >= host.size()) return std::nullopt;
  const auto address = dashed(host.substr(prefix.size(), dot - prefix.size()));
  if (!address) return std::nullopt;
  return std::pair(*address, host.substr(dot + 1, host.size() - suffix.size() - dot - 1));
}

// DN-13: is there a way of names between the two VPCs?
enum class Joined { yes, no, unsettled };

Joined joined(const Cloud& cloud, const Vpc& from, const Vpc& home) {
  if (!both_attributes(from) || !both_attributes(home)) return Joined::no;
  for (const Peering& p : cloud->peerings) {
    if (!joins(p, from.id, home.id)) continue;
    const PeeringSide& far = p.requester.vpc == home.id ? p.requester : p.accepter;
    if (*far.dns_resolution) return Joined::yes;
  }
  Joined found = Joined::no;
  for (const TransitAttachment& a : cloud->transit_attachments) {
    for (const TransitAttachment& b : cloud->transit_attachments) {
      if (*a.kind != AttachmentKind::vpc || *b.kind != AttachmentKind::vpc || *a.gateway != *b.gateway) continue;
      if (*a.vpc != from.id || *b.vpc != home.id) continue;
      const TransitGateway* gateway = cloud->transit_gateways.find(*a.gateway);
      if (gateway == nullptr || !*gateway->dns_support || !*b.dns_support) continue;
      if (*a.dns_support) return Joined::yes;
      found = Joined::unsettled;  // its own side's option: AWS does not say
    }
  }
  return found;
}

}  // namespace

std::optional<Resolved> instance_name(const Cloud& cloud, VpcId vpc, const std::string& host) {
  const Vpc* from = cloud->vpcs.find(vpc);
  Resolved answer;
  if (const auto inside = parts(host, "ip-", ".compute.internal")) {
    if (from == nullptr || !both_attributes(*from)) return answer;
    const Interface* owner = interface_with(cloud, vpc, inside->first);
    answer.unsettled = owner == nullptr || cloud.view(from->head.region) != inside->second;
    answer.addresses.push_back(inside->first);
    return answer;
  }
  const auto outside = parts(host, "ec2-", ".compute.amazonaws.com");
  if (!outside) return std::nullopt;
  answer.addresses.push_back(outside->first);
  const Interface* owner = interface_with_public(cloud, outside->first);
  if (from == nullptr || owner == nullptr) return answer;
  const Vpc* home = cloud->vpcs.find(*owner->vpc);
  if (cloud.view(home->head.region) != outside->second) answer.unsettled = true;
  Joined near = joined(cloud, *from, *home);
  if (home == from) near = both_attributes(*from) ? Joined::yes : Joined::unsettled;
  if (near == Joined::unsettled) answer.unsettled = true;
  if (near != Joined::yes) return answer;
  for (const PublicAddress& a : owner->public_addresses) {
    if (a.address == outside->first) answer.addresses = {a.private_address};
  }
  return answer;
}

bool firewall_blocks(const Cloud& cloud, VpcId vpc, const std::string& host) {
  const DnsFirewallRule* first = nullptr;
  std::pair<int, int> order;
  for (const DnsFirewall& group : cloud->dns_firewalls) {
    if (*group.vpc != vpc || *group.state != State::working) continue;
    for (const DnsFirewallRule& rule : group.rules) {
      const bool covered = std::any_of(rule.domains.begin(), rule.domains.end(), [&](Text domain) {
        const std::string d(cloud.view(domain));
        return d == "*" || d == host ||
               (d.starts_with("*.") && host.size() > d.size() - 1 && host.ends_with(d.substr(1)));
      });
      const std::pair here(group.priority, rule.priority);
      if (!covered || (first != nullptr && order < here)) continue;
      first = &rule;
      order = here;
    }
  }
  return first != nullptr && *first->blocks;
}

}  // namespace sallyport::naive
