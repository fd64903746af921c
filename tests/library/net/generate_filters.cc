// Prefix lists, security groups and network ACLs.
#include <algorithm>

#include "library/net/generate_parts.h"

namespace sallyport::generate {
namespace {

constexpr std::uint16_t ports[] = {22, 53, 80, 443, 1024, 5432, 8080, 32768, 40000, 49152, 61000, 65535};

std::pair<std::uint16_t, std::uint16_t> some_ports(Random& random) {
  std::uint16_t first = random.one_of(ports);
  std::uint16_t last = random.chance(50) ? first : random.one_of(ports);
  if (first > last) std::swap(first, last);
  return {first, last};
}

std::int16_t some_protocol(Random& random) {
  static constexpr std::int16_t protocols[] = {any_protocol, any_protocol, tcp, tcp, tcp, tcp, udp, icmp, icmpv6, 50};
  return random.one_of(protocols);
}

// Protocol and ports of an entry or rule.
template <class Rule>
void some_traffic(Rule& rule, Random& random) {
  rule.protocol = some_protocol(random);
  if (rule.protocol == tcp || rule.protocol == udp) {
    std::tie(rule.first_port, rule.last_port) = some_ports(random);
  }
  if (rule.protocol == icmp && random.chance(40)) {
    rule.icmp_type = random.chance(50) ? 8 : random.chance(50) ? 0 : 3;
    rule.icmp_code = random.chance(50) ? -1 : 0;
  }
  if (rule.protocol == icmpv6 && random.chance(40)) rule.icmp_type = random.chance(50) ? 128 : 129;
}

}  // namespace

void Plan::make_lists() {
  const auto add = [&](const std::string& region, const std::string& id_text, const std::string& name, bool aws,
                       std::initializer_list<const char*> entries) {
    PrefixList list;
    list.id = registry->ids.get<PrefixListId>(text(region), text(id_text));
    list.head = {text(name), aws ? text("AWS") : text("111122223333"), text(region), {}, {}};
    list.aws_managed = aws;
    for (const char* e : entries) list.entries.items.push_back(*parse_prefix(e));
    change.put.prefix_lists.push_back(list);
    return list.id;
  };
  service_lists = {
      add("eu-central-1", "pl-6ea54007", "com.amazonaws.eu-central-1.s3", true, {"3.5.134.0/30", "52.219.72.0/29"}),
      add("eu-central-1", "pl-66a5400f", "com.amazonaws.eu-central-1.dynamodb", true, {"52.94.17.0/30"}),
      add("eu-west-1", "pl-6da54004", "com.amazonaws.eu-west-1.s3", true, {"3.5.64.0/30", "52.218.0.0/29"}),
      add("eu-west-1", "pl-6fa54006", "com.amazonaws.eu-west-1.dynamodb", true, {"52.119.240.0/30"}),
  };
  own_lists = {
      add("eu-central-1", "pl-0a", "offices", false, {"8.8.8.0/24", "10.1.0.0/16", "10.0.1.0/24"}),
      add("eu-central-1", "pl-0b", "partners", false, {"8.8.8.0/25", "10.0.0.0/8", "52.219.72.0/30"}),
      add("eu-west-1", "pl-0c", "offices", false, {"8.8.8.0/24", "10.0.0.0/16", "10.2.1.0/24"}),
      add("eu-west-1", "pl-0d", "partners", false, {"8.8.8.0/25", "10.0.0.0/8", "52.218.0.0/30"}),
  };
}

std::vector<PrefixListId> Plan::lists_of(const std::string& region, bool own) const {
  std::vector<PrefixListId> found;
  for (const PrefixListId id : own ? own_lists : service_lists) {
    if (registry->view(registry->ids.scope(id)) == region) found.push_back(id);
  }
  return found;
}

void Plan::make_groups(Site& site) {
  const int count = random.between(2, 4);
  for (int n = 0; n < count; ++n) site.groups.push_back(id<SecurityGroupId>(site, "sg-" + number()));
  for (const SecurityGroupId group_id : site.groups) {
    SecurityGroup group;
    group.id = group_id;
    group.head = head(site, "group");
    group.vpc = site.vpc;
    const auto add = [&](bool egress) -> GroupRule& {
      GroupRule rule;
      rule.egress = egress;
      rule.peer = random.one_of(ranges);
      group.rules.items.push_back(rule);
      return group.rules.items.back();
    };
    const auto open = [&](bool egress) {
      add(egress).peer = everything(Family::v4);
      if (site.ipv6) add(egress).peer = everything(Family::v6);
    };
    for (const bool egress : {true, false}) {
      if (egress && random.chance(knobs.closed_group)) continue;
      if (random.chance(egress ? 88 : 50)) open(egress);
      for (int n = random.between(egress ? 0 : 1, 3); n > 0; --n) {
        GroupRule& rule = add(egress);
        some_traffic(rule, random);
        if (random.chance(50)) {
          rule.protocol = tcp;
          rule.first_port = rule.last_port = 443;
          rule.icmp_type = rule.icmp_code = -1;
        }
        // Whom it names: a range, a list, a group of this VPC or of another.
        if (random.chance(20)) {
          rule.peer = random.one_of(lists_of(site.region, !random.chance(60)));
        } else if (random.chance(35)) {
          const Site& other = random.chance(70) ? site : random.one_of(sites);
          GroupPeer peer;
          peer.account = text("111122223333");
          if (!other.groups.empty()) peer.group = random.one_of(other.groups);
          if (other.groups.empty() || random.chance(5)) peer.group = id<SecurityGroupId>(site, "sg-gone");
          if (other.region != site.region) peer.group = id<SecurityGroupId>(site, "sg-gone");
          rule.peer = peer;
        }
      }
    }
    change.put.security_groups.push_back(group);
  }
}

void Plan::make_acls(Site& site) {
  const auto entry = [](std::uint16_t number, bool egress, bool allow, Prefix cidr) {
    AclEntry e;
    e.number = number;
    e.egress = egress;
    e.allow = allow;
    e.cidr = cidr;
    return e;
  };
  NetworkAcl standard;
  standard.id = id<NetworkAclId>(site, "acl-" + number());
  standard.head = head(site);
  standard.vpc = site.vpc;
  standard.is_default = true;
  for (const bool egress : {true, false}) {
    standard.entries.items.push_back(entry(100, egress, true, everything(Family::v4)));
    standard.entries.items.push_back(entry(101, egress, true, everything(Family::v6)));
    standard.entries.items.push_back(entry(32767, egress, false, everything(Family::v4)));
    standard.entries.items.push_back(entry(32768, egress, false, everything(Family::v6)));
  }
  for (const SubnetId where : site.subnets) {
    if (!random.chance(knobs.custom_acl)) {
      if (random.chance(90)) standard.subnets.items.push_back(where);  // AC-1: also without association
      continue;
    }
    NetworkAcl acl;
    acl.id = id<NetworkAclId>(site, "acl-" + number());
    acl.head = head(site);
    acl.vpc = site.vpc;
    acl.is_default = false;
    acl.subnets.items.push_back(where);
    for (const bool egress : {true, false}) {
      // Holes first, in any order of writing, then what is mostly open behind them.
      for (int n = random.between(0, 2); n > 0; --n) {
        AclEntry e =
            entry(static_cast<std::uint16_t>(random.between(1, 99)), egress, random.chance(35), random.one_of(ranges));
        some_traffic(e, random);
        const bool taken = std::any_of(acl.entries.begin(), acl.entries.end(), [&](const AclEntry& other) {
          return other.egress == egress && other.number == e.number;
        });
        if (!taken) acl.entries.items.push_back(e);
      }
      if (random.chance(65)) {
        acl.entries.items.push_back(entry(200, egress, true, everything(Family::v4)));
        acl.entries.items.push_back(entry(201, egress, true, everything(Family::v6)));
      } else {
        // 443 (and 22) one way, return ports the other: all of them, or too few.
        AclEntry requests = entry(200, egress, true, everything(Family::v4));
        requests.protocol = tcp;
        requests.first_port = random.chance(50) ? 443 : 22;
        requests.last_port = 443;
        acl.entries.items.push_back(requests);
        AclEntry replies = entry(210, egress, true, random.chance(70) ? everything(Family::v4) : random.one_of(ranges));
        replies.protocol = random.chance(80) ? tcp : any_protocol;
        if (replies.protocol == tcp) {
          static constexpr std::uint16_t firsts[] = {1024, 1024, 1024, 32768, 40000, 49152};
          replies.first_port = random.one_of(firsts);
          replies.last_port = random.chance(75) ? 65535 : 61000;
        }
        acl.entries.items.push_back(replies);
      }
      acl.entries.items.push_back(entry(32767, egress, false, everything(Family::v4)));
    }
    if (random.chance(50)) std::reverse(acl.entries.items.begin(), acl.entries.items.end());
    change.put.network_acls.push_back(acl);
  }
  change.put.network_acls.push_back(standard);
}

}  // namespace sallyport::generate
