// VPCs, subnets, and what has an address in them.
#include <algorithm>

#include "library/net/generate_parts.h"

namespace sallyport::generate {

Address nth(const Prefix& p, std::uint64_t n) {
  Address a = p.first();
  a.low += n;
  return a;
}

namespace {

Prefix parse(const std::string& text) { return *parse_prefix(text); }

}  // namespace

void Plan::make_sites() {
  const int count = random.between(1, knobs.vpcs);
  for (int v = 0; v < count; ++v) {
    Site site;
    site.region = random.chance(knobs.other_region) ? "eu-west-1" : "eu-central-1";
    site.region_text = text(site.region);
    site.vpc = id<VpcId>(site, "vpc-" + std::to_string(v + 1));
    const int range = v > 0 && random.chance(knobs.same_range) ? v - 1 : v;
    site.cidr = parse("10." + std::to_string(range) + ".0.0/16");
    site.ipv6 = random.chance(knobs.ipv6);

    Vpc vpc;
    vpc.id = site.vpc;
    vpc.head = head(site, "vpc" + std::to_string(v + 1));
    vpc.cidrs.items.push_back(site.cidr);
    const std::string second = "172.16." + std::to_string(v) + ".0/24";
    const bool secondary = random.chance(25);
    if (secondary) vpc.cidrs.items.push_back(parse(second));
    const std::string v6 = "2a05:d014:" + std::to_string(v + 1) + "::/48";
    if (site.ipv6) vpc.cidrs.items.push_back(parse(v6));
    vpc.dns_support = !random.chance(knobs.dns_off);
    vpc.dns_hostnames = !random.chance(2 * knobs.dns_off);
    vpc.custom_dns = random.chance(knobs.dns_off / 2);
    for (const Value<Prefix>& p : vpc.cidrs) ranges.push_back(*p);
    change.put.vpcs.push_back(vpc);

    const int subnets = random.between(1, knobs.subnets);
    for (int s = 0; s < subnets; ++s) {
      Subnet subnet;
      subnet.id = id<SubnetId>(site, "subnet-" + std::to_string(v + 1) + std::to_string(s + 1));
      subnet.head = head(site, "sn" + std::to_string(v + 1) + std::to_string(s + 1));
      subnet.vpc = site.vpc;
      const char zone = static_cast<char>('a' + s % 3);
      subnet.zone = text(site.region + zone);
      subnet.zone_id = text((site.region == "eu-west-1" ? "euw1-az" : "euc1-az") + std::to_string(s % 3 + 1));
      const Prefix cidr = secondary && s == 3
                              ? parse("172.16." + std::to_string(v) + ".0/25")
                              : parse("10." + std::to_string(range) + "." + std::to_string(s + 1) + ".0/24");
      subnet.cidrs.items.push_back(cidr);
      ranges.push_back(cidr);
      ranges.push_back(prefix(nth(cidr, 16), 28));
      if (site.ipv6 && random.chance(80)) {
        const Prefix six = parse("2a05:d014:" + std::to_string(v + 1) + ":" + std::to_string(s + 1) + "::/64");
        subnet.cidrs.items.push_back(six);
        ranges.push_back(six);
      }
      site.subnets.push_back(subnet.id);
      change.put.subnets.push_back(subnet);
    }
    sites.push_back(site);
  }
  for (const char* range : {"0.0.0.0/0", "0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "::/0", "::/0", "8.8.8.0/24",
                            "10.0.0.0/8", "18.156.0.0/24", "52.0.0.0/8", "2a05:d014::/32"}) {
    ranges.push_back(parse(range));
  }
}

Subnet& Plan::subnet(SubnetId id) {
  return *std::find_if(change.put.subnets.begin(), change.put.subnets.end(),
                       [&](const Subnet& s) { return s.id == id; });
}

Interface& Plan::add_interface(Site& site, SubnetId where, InterfaceKind kind, const std::string& name) {
  std::uint64_t used = 0;
  for (const Interface& i : change.put.interfaces) {
    if (*i.subnet == where) used += 2;
  }
  Interface i;
  i.id = id<InterfaceId>(site, "eni-" + number());
  i.head = head(site, name);
  i.vpc = site.vpc;
  i.subnet = where;
  i.kind = kind;
  i.source_dest_check = kind != InterfaceKind::nat_gateway && !random.chance(5);
  i.state = State::working;
  const Subnet& s = subnet(where);
  i.addresses.items.push_back(nth(*s.cidrs.items[0], 10 + used));
  if (kind == InterfaceKind::plain && random.chance(10)) i.addresses.items.push_back(nth(*s.cidrs.items[0], 11 + used));
  if (s.cidrs.size() > 1 && kind != InterfaceKind::nat_gateway && random.chance(70))
    i.addresses.items.push_back(nth(*s.cidrs.items[1], 10 + used));
  change.put.interfaces.push_back(i);
  return change.put.interfaces.back();
}

std::vector<SecurityGroupId> Plan::some_groups(Site& site) {
  std::vector<SecurityGroupId> groups = {random.one_of(site.groups)};
  const SecurityGroupId more = random.one_of(site.groups);
  if (random.chance(30) && more != groups[0]) groups.push_back(more);
  return groups;
}

void Plan::make_workloads(Site& site) {
  for (const SubnetId where : site.subnets) {
    for (int n = random.between(0, knobs.instances); n > 0; --n) {
      Instance instance;
      const std::string name = "app" + number();
      instance.id = id<InstanceId>(site, "i-" + number());
      instance.head = head(site, name);
      instance.state = state();
      instance.vpc = site.vpc;
      instance.windows = random.chance(20);
      const int interfaces = random.chance(12) ? 2 : 1;
      for (int k = 0; k < interfaces; ++k) {
        const SubnetId in = k == 0 ? where : random.one_of(site.subnets);
        Interface& i = add_interface(site, in, InterfaceKind::plain, "");
        i.instance = instance.id;
        i.groups.items = some_groups(site);
        if (random.chance(knobs.public_address)) {
          i.public_addresses.items.push_back({elastic(), *i.addresses.items[0]});
        }
        ranges.push_back(host(*i.addresses.items[0]));
        instance.interfaces.items.push_back(i.id);
      }
      change.put.instances.push_back(instance);
    }
  }
  if (random.chance(15)) {
    Interface& i = add_interface(site, random.one_of(site.subnets), InterfaceKind::managed, "database");
    i.groups.items = some_groups(site);
  }
  if (random.chance(10)) {
    Interface& i = add_interface(site, random.one_of(site.subnets), InterfaceKind::plain, "spare");
    i.groups.items = some_groups(site);
    i.state = State::not_working;
  }
  if (!random.chance(knobs.function)) return;
  const std::string name = "work" + number();
  Function f;
  f.id = registry->ids.get<FunctionId>(text("aws"),
                                       text("arn:aws:lambda:" + site.region + ":111122223333:function:" + name));
  f.head = head(site, name);
  Placement network;
  if (!random.chance(15)) {
    network.vpc = site.vpc;
    network.groups.items = some_groups(site);
    network.subnets.items.push_back(random.one_of(site.subnets));
    const SubnetId second = random.one_of(site.subnets);
    if (second != network.subnets.items[0]) network.subnets.items.push_back(second);
    network.ipv6 = random.chance(40);
    for (const SubnetId in : network.subnets) {
      Interface& i = add_interface(site, in, InterfaceKind::function, "");
      i.description = text("AWS Lambda VPC ENI-" + name);
      i.groups = network.groups;
      // LA-4: an IPv6 address in each dual-stack subnet, or none at all.
      std::erase_if(i.addresses.items, [](const Value<Address>& a) { return a->family == Family::v6; });
      const Subnet& s = subnet(in);
      if (network.ipv6 && s.cidrs.size() > 1) i.addresses.items.push_back(nth(*s.cidrs.items[1], 200));
    }
  }
  f.network = network;
  change.put.functions.push_back(f);
}

}  // namespace sallyport::generate
