#include "estate.h"

#include <algorithm>
#include <array>
#include <string>

#include "library/net/erase.h"
#include "library/net/random.h"

namespace sallyport::bench {
namespace {

using generate::Random;

constexpr const char* region = "eu-central-1";
constexpr int zones = 3;
enum Tier { public_tier, private_tier, data_tier, tiers };

Prefix parse(const std::string& text) { return *parse_prefix(text); }

Address nth(const Prefix& p, std::uint64_t n) {
  Address a = p.first();
  a.low += n;
  return a;
}

struct Site {
  VpcId vpc;
  int number = 0;
  Prefix cidr;
  bool ipv6 = false;
  std::array<SubnetId, tiers * zones> subnets{};
  std::array<Prefix, tiers * zones> blocks{};
  std::array<int, tiers * zones> used{};
  std::array<RouteTableId, tiers * zones> route_tables{};
  std::vector<SecurityGroupId> groups;
};

class Builder {
 public:
  explicit Builder(const EstateSize& size)
      : size_(size),
        account_(std::to_string(111'122'223'333 + size.account)),
        registry_(std::make_shared<Registry>()),
        change_(registry_),
        random_(size.seed + 977 * static_cast<std::uint64_t>(size.account)) {}

  Cloud build() {
    managed_lists();  // before the account counts: every account sees the same objects
    last_ += 1'000'000'000u * static_cast<std::uint64_t>(size_.account);
    own_lists();
    for (int v = 0; v < size_.vpcs; ++v) sites_.push_back(vpc(v));
    for (int v = 0; v < size_.vpcs; ++v) {
      Site& site = sites_[static_cast<std::size_t>(v)];
      const int interfaces = size_.interfaces / size_.vpcs + (v < size_.interfaces % size_.vpcs ? 1 : 0);
      groups(site, std::max(2, interfaces / size_.per_application + 1));
      workloads(site, interfaces);
      endpoints(site);
    }
    for (std::size_t v = 1; v < sites_.size() && v <= static_cast<std::size_t>(size_.peerings); ++v)
      peering(sites_[0], sites_[v]);
    for (Site& site : sites_) routes(site);
    services();
    resources();
    generate::claim_coverage(change_, {});
    change_.sets_organization = true;
    change_.organization = Organization{};
    return apply(Cloud(registry_), std::move(change_));
  }

 private:
  Text text(const std::string& s) { return registry_->text(s); }

  // `sg-0123456789abcdef0`: as long as AWS's own.
  template <class T>
  T id(const std::string& prefix) {
    static constexpr char hex[] = "0123456789abcdef";
    std::uint64_t n = 0xD1B54A32D192ED03u * ++last_;
    std::string s = prefix + "-0";
    for (int i = 0; i < 16; ++i, n >>= 4) s += hex[n & 15];
    return registry_->ids.get<T>(text(region), text(s));
  }

  Head head(const std::string& name) { return {text(name), text(account_), text(region), {}, {}}; }

  PrefixListId list(const std::string& name, bool aws, const std::vector<Prefix>& entries) {
    PrefixList row;
    row.id = id<PrefixListId>("pl");
    row.head = head(name);
    row.aws_managed = aws;
    row.entries.items = entries;
    change_.put.prefix_lists.push_back(row);
    return row.id;
  }

  void managed_lists() {
    std::vector<Prefix> s3;
    for (const char* p : {"3.5.134.0/23", "3.5.136.0/22", "16.12.24.0/21", "52.219.44.0/22", "52.219.72.0/22",
                          "52.219.140.0/24", "52.219.168.0/24", "52.219.170.0/23", "54.231.192.0/20"})
      s3.push_back(parse(p));
    service_lists_ = {
        list("com.amazonaws.eu-central-1.s3", true, s3),
        list("com.amazonaws.eu-central-1.dynamodb", true, {parse("52.94.17.0/24"), parse("52.119.188.0/22")})};
  }

  void own_lists() {
    for (int n = 0; n < size_.lists; ++n) {
      std::vector<Prefix> entries;
      for (int e = 0; e < size_.entries; ++e) {
        const auto bits = static_cast<std::uint32_t>(random_.next());
        entries.push_back(prefix(v4((bits & 0x00FFFFFFu) | (random_.chance(50) ? 0x0A000000u : 0xC3000000u)),
                                 static_cast<unsigned>(random_.between(20, 28))));
      }
      std::sort(entries.begin(), entries.end());
      entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
      own_lists_.push_back(list("list-" + std::to_string(n), false, entries));
    }
  }

  Site vpc(int v) {
    Site site;
    site.number = v;
    site.vpc = id<VpcId>("vpc");
    site.cidr = parse("10." + std::to_string(v % 250) + ".0.0/16");  // later ones repeat ranges, as real ones do
    site.ipv6 = random_.chance(size_.ipv6);
    Vpc row;
    row.id = site.vpc;
    row.head = head("vpc-" + std::to_string(v));
    row.cidrs.items.push_back(site.cidr);
    const std::string six = "2a05:d014:" + std::to_string(v % 9999) + ":";
    if (site.ipv6) row.cidrs.items.push_back(parse(six + ":/48"));
    row.dns_support = true;
    row.dns_hostnames = !random_.chance(5);
    row.custom_dns = random_.chance(2);
    change_.put.vpcs.push_back(row);
    static constexpr const char* tier_names[] = {"public", "private", "data"};
    for (int n = 0; n < tiers * zones; ++n) {
      const auto at = static_cast<std::size_t>(n);
      Subnet subnet;
      subnet.id = site.subnets[at] = id<SubnetId>("subnet");
      subnet.head = head(std::string(tier_names[n / zones]) + "-" + static_cast<char>('a' + n % zones));
      subnet.vpc = site.vpc;
      subnet.zone = text(std::string(region) + static_cast<char>('a' + n % zones));
      subnet.zone_id = text("euc1-az" + std::to_string(n % zones + 1));
      site.blocks[at] = parse("10." + std::to_string(v % 250) + "." + std::to_string(16 * n) + ".0/20");
      subnet.cidrs.items.push_back(site.blocks[at]);
      if (site.ipv6) subnet.cidrs.items.push_back(parse(six + std::to_string(n + 1) + "::/64"));
      change_.put.subnets.push_back(subnet);
    }
    acls(site);
    return site;
  }

  void acls(const Site& site) {
    const auto entry = [](NetworkAcl& acl, std::uint16_t number, bool egress, bool allow, Family family,
                          std::uint16_t first, std::uint16_t last) {
      AclEntry e;
      e.number = number;
      e.egress = egress;
      e.allow = allow;
      e.cidr = everything(family);
      if (last != 0) e.protocol = tcp, e.first_port = first, e.last_port = last;
      acl.entries.items.push_back(e);
    };
    NetworkAcl standard;
    standard.id = id<NetworkAclId>("acl");
    standard.head = head("");
    standard.vpc = site.vpc;
    standard.is_default = true;
    for (const bool egress : {false, true}) {
      entry(standard, 100, egress, true, Family::v4, 0, 0);
      entry(standard, 101, egress, true, Family::v6, 0, 0);
      entry(standard, 32767, egress, false, Family::v4, 0, 0);
    }
    for (const SubnetId subnet : site.subnets) {
      if (!random_.chance(size_.custom_acls)) {
        standard.subnets.items.push_back(subnet);
        continue;
      }
      NetworkAcl acl;
      acl.id = id<NetworkAclId>("acl");
      acl.head = head("");
      acl.vpc = site.vpc;
      acl.is_default = false;
      acl.subnets.items.push_back(subnet);
      for (const bool egress : {false, true}) {
        AclEntry deny;  // somebody who was once unwelcome
        deny.number = 10;
        deny.egress = egress;
        deny.cidr = prefix(v4(0xC6336400u + static_cast<std::uint32_t>(random_.below(256))), 32);
        acl.entries.items.push_back(deny);
        entry(acl, 100, egress, true, Family::v4, 443, 443);
        entry(acl, 110, egress, true, Family::v4, 5432, 5432);
        entry(acl, 120, egress, true, Family::v4, random_.chance(80) ? 1024 : 32768,
              random_.chance(90) ? 65535 : 61000);
        entry(acl, 32767, egress, false, Family::v4, 0, 0);
      }
      change_.put.network_acls.push_back(acl);
    }
    change_.put.network_acls.push_back(standard);
  }

  void groups(Site& site, int count) {
    for (int n = 0; n < count; ++n) site.groups.push_back(id<SecurityGroupId>("sg"));
    for (std::size_t n = 0; n < site.groups.size(); ++n) {
      SecurityGroup group;
      group.id = site.groups[n];
      group.head = head("app-" + std::to_string(n));
      group.vpc = site.vpc;
      GroupRule out;
      out.egress = true;
      out.peer = everything(Family::v4);
      if (random_.chance(40)) out.protocol = tcp, out.first_port = out.last_port = 443;
      group.rules.items.push_back(out);
      for (int r = 1; r < size_.rules_per_group; ++r) group.rules.items.push_back(rule(site));
      change_.put.security_groups.push_back(group);
    }
  }

  GroupRule rule(const Site& site) {
    static constexpr std::uint16_t ports[] = {443, 443, 443, 80, 22, 5432, 3306, 6379, 8080, 9092};
    GroupRule rule;
    rule.egress = random_.chance(20);
    rule.protocol = random_.chance(95) ? tcp : udp;
    rule.first_port = rule.last_port = random_.one_of(ports);
    if (random_.chance(10)) rule.last_port = static_cast<std::uint16_t>(rule.first_port + 99);
    if (random_.chance(size_.references)) {
      const Site& other = &site != &sites_.front() && !sites_.empty() && random_.chance(5) ? sites_.front() : site;
      GroupPeer peer;
      peer.account = text(account_);
      peer.group = random_.one_of(other.groups.empty() ? site.groups : other.groups);
      rule.peer = peer;
    } else if (random_.chance(20) && !own_lists_.empty()) {
      rule.peer = random_.chance(30) ? random_.one_of(service_lists_) : random_.one_of(own_lists_);
    } else if (random_.chance(50)) {
      rule.peer = site.cidr;
    } else if (random_.chance(60)) {
      rule.peer = random_.one_of(site.blocks);
    } else {
      rule.peer = random_.chance(30) ? everything(Family::v4) : parse("10.0.0.0/8");
    }
    return rule;
  }

  Interface& interface(Site& site, std::size_t subnet, InterfaceKind kind) {
    Interface i;
    i.id = id<InterfaceId>("eni");
    i.head = head("");
    i.vpc = site.vpc;
    i.subnet = site.subnets[subnet];
    i.kind = kind;
    i.source_dest_check = kind != InterfaceKind::nat_gateway;
    i.state = State::working;
    const int n = 10 + site.used[subnet]++;
    i.addresses.items.push_back(nth(site.blocks[subnet], static_cast<std::uint64_t>(n)));
    change_.put.interfaces.push_back(i);
    return change_.put.interfaces.back();
  }

  Address elastic() { return v4(0x03'40'00'00u + ++elastic_); }

  void workloads(Site& site, int count) {
    for (int n = 0; n < count; ++n) {
      const auto application = static_cast<std::size_t>(n / size_.per_application);
      const Tier tier = application % 5 == 0 ? public_tier : application % 5 == 4 ? data_tier : private_tier;
      const auto subnet = static_cast<std::size_t>(tier * zones + n % zones);
      const int kind = (static_cast<int>(application) + site.number * size_.vary_kinds) % 10;
      const std::vector<SecurityGroupId> own = {site.groups[application % (site.groups.size() - 1) + 1],
                                                site.groups[0]};
      Interface& i = interface(site, subnet,
                               kind == 8   ? InterfaceKind::function
                               : kind == 9 ? InterfaceKind::managed
                                           : InterfaceKind::plain);
      i.groups.items = own;
      if (kind < 8) {
        Instance instance;
        instance.id = id<InstanceId>("i");
        instance.head = head("app-" + std::to_string(application));
        instance.state = random_.chance(97) ? State::working : State::not_working;
        instance.vpc = site.vpc;
        instance.windows = random_.chance(8);
        instance.interfaces.items.push_back(i.id);
        i.instance = instance.id;
        if (tier == public_tier && random_.chance(60))
          i.public_addresses.items.push_back({elastic(), *i.addresses.items[0]});
        change_.put.instances.push_back(instance);
      } else if (kind == 8) {
        function(site, own, subnet, i);
      }
    }
  }

  void function(const Site& site, const std::vector<SecurityGroupId>& own, std::size_t subnet, Interface& i) {
    const std::string name = "function-" + std::to_string(++functions_);
    Function f;
    f.id = registry_->ids.get<FunctionId>(text("aws"),
                                          text("arn:aws:lambda:eu-central-1:" + account_ + ":function:" + name));
    f.head = head(name);
    Placement network;
    network.vpc = site.vpc;
    network.subnets.items.push_back(site.subnets[subnet]);
    network.groups.items = own;
    f.network = network;
    i.description = text("AWS Lambda VPC ENI-" + name);
    change_.put.functions.push_back(f);
  }

  void endpoints(Site& site) {
    static constexpr const char* names[] = {"lambda",  "sqs",  "sts", "kms", "secretsmanager",
                                            "ecr.api", "logs", "ssm", "sns", "ecr.dkr"};
    for (int n = 0; n < std::min(size_.endpoints, static_cast<int>(std::size(names))); ++n) {
      Endpoint e = endpoint(site, names[n], EndpointType::interface);
      e.private_dns = random_.chance(85);
      e.groups.items = {site.groups[0]};
      for (int z = 0; z < zones; ++z) {
        const auto subnet = static_cast<std::size_t>(private_tier * zones + z);
        if (z > 0 && random_.chance(20)) continue;
        Interface& i = interface(site, subnet, InterfaceKind::endpoint);
        i.groups = e.groups;
        e.subnets.items.push_back(site.subnets[subnet]);
        e.interfaces.items.push_back(i.id);
      }
      const std::string base(registry_->id(e.id));
      e.dns_names.items.push_back(text(base + "-x1." + names[n] + ".eu-central-1.vpce.amazonaws.com"));
      change_.put.endpoints.push_back(e);
    }
  }

  Endpoint endpoint(const Site& site, const std::string& service, EndpointType type) {
    Endpoint e;
    e.id = id<EndpointId>("vpce");
    e.head = head(service);
    e.type = type;
    e.state = State::working;
    e.vpc = site.vpc;
    e.service = text("com.amazonaws.eu-central-1." + service);
    e.service_region = text(region);
    e.ip_type = EndpointIpType::ipv4;
    e.private_dns = false;
    e.private_dns_only_inbound = false;
    return e;
  }

  void peering(const Site& hub, const Site& spoke) {
    if (hub.cidr.overlaps(spoke.cidr)) return;
    Peering p;
    p.id = registry_->ids.get<PeeringId>(text("aws"), text("pcx-0" + std::to_string(1'000'000'000 + ++last_)));
    p.head = head("hub");
    p.state = State::working;
    p.requester = {hub.vpc, text(account_), text(region), {hub.cidr}, true};
    p.accepter = {spoke.vpc, text(account_), text(region), {spoke.cidr}, true};
    change_.put.peerings.push_back(p);
  }

  void routes(Site& site) {
    InternetGateway igw;
    igw.id = id<InternetGatewayId>("igw");
    igw.head = head("");
    igw.vpcs.items.push_back(site.vpc);
    change_.put.internet_gateways.push_back(igw);
    std::array<NatGatewayId, zones> nats{};
    for (std::size_t z = 0; z < zones; ++z) {
      Interface& i = interface(site, z, InterfaceKind::nat_gateway);
      NatGateway nat;
      nat.id = nats[z] = id<NatGatewayId>("nat");
      nat.head = head("");
      nat.state = State::working;
      nat.vpc = site.vpc;
      nat.subnet = site.subnets[z];
      nat.is_public = true;
      NatAddress address;
      address.private_address = *i.addresses.items[0];
      address.public_address = elastic();
      address.has_public = true;
      i.public_addresses.items.push_back({*address.public_address, *address.private_address});
      nat.addresses.items.push_back(address);
      change_.put.nat_gateways.push_back(nat);
    }
    Endpoint s3 = endpoint(site, "s3", EndpointType::gateway);
    Endpoint dynamodb = endpoint(site, "dynamodb", EndpointType::gateway);
    for (std::size_t n = 0; n <= tiers * zones; ++n) {  // one for each subnet, then the main table
      RouteTable table;
      table.id = id<RouteTableId>("rtb");
      table.head = head("");
      table.vpc = site.vpc;
      table.main = n == tiers * zones;
      if (!*table.main) table.subnets.items.push_back(site.subnets[n]);
      const auto add = [&](Prefix to, RouteTarget target, Ref object) {
        Route r;
        r.destination = to;
        r.target = target;
        r.object = object;
        r.blackhole = false;
        if (target == RouteTarget::local) r.origin = RouteOrigin::created_with_table;
        table.routes.items.push_back(r);
      };
      add(site.cidr, RouteTarget::local, {});
      const std::size_t tier = n / zones;
      if (tier == public_tier) add(everything(Family::v4), RouteTarget::internet_gateway, igw.id);
      if (tier == private_tier) add(everything(Family::v4), RouteTarget::nat_gateway, nats[n % zones]);
      for (const Peering& p : change_.put.peerings) {
        const PeeringSide* other = p.requester.vpc == site.vpc  ? &p.accepter
                                   : p.accepter.vpc == site.vpc ? &p.requester
                                                                : nullptr;
        if (other != nullptr && tier != data_tier && random_.chance(95))
          add(other->cidrs[0], RouteTarget::peering, p.id);
      }
      if (tier < tiers && random_.chance(90)) s3.route_tables.items.push_back(table.id);  // the rest was forgotten
      if (tier < tiers && random_.chance(70)) dynamodb.route_tables.items.push_back(table.id);
      change_.put.route_tables.push_back(table);
    }
    change_.put.endpoints.push_back(s3);
    change_.put.endpoints.push_back(dynamodb);
  }

  void services() {
    static constexpr const char* names[][2] = {
        {"lambda", "lambda"},   {"sqs", "sqs"},   {"sts", "sts"}, {"kms", "kms"}, {"secretsmanager", "secretsmanager"},
        {"ecr.api", "api.ecr"}, {"logs", "logs"}, {"ssm", "ssm"}, {"sns", "sns"}, {"ecr.dkr", "*.dkr.ecr"},
        {"s3", "*.s3"},         {"dynamodb", ""}};
    for (const auto& [service, name] : names) {
      EndpointService row;
      row.id = registry_->ids.get<EndpointServiceId>(text(region),
                                                     text("com.amazonaws.eu-central-1." + std::string(service)));
      row.head = head("");
      if (*name != 0) row.private_dns_names.items.push_back(text(std::string(name) + ".eu-central-1.amazonaws.com"));
      row.policy_supported = true;
      row.interface_type = true;
      row.gateway_type = std::string_view(service) == "s3" || std::string_view(service) == "dynamodb";
      row.acceptance_required = false;
      row.aws_owned = true;
      change_.put.endpoint_services.push_back(row);
    }
  }

  void resources() {
    for (int n = 0; n < size_.buckets; ++n) {
      Bucket bucket;
      const std::string name = (size_.account == 0 ? "data-" : "data-" + account_ + "-") + std::to_string(n);
      bucket.id = registry_->ids.get<BucketId>(text("aws"), text(name));
      bucket.head = head(name);
      bucket.region = text(region);
      change_.put.buckets.push_back(bucket);
    }
    for (int n = 0; n < size_.tables; ++n) {
      Table table;
      const std::string name = "table-" + std::to_string(n);
      table.id = registry_->ids.get<TableId>(text("aws"),
                                             text("arn:aws:dynamodb:eu-central-1:" + account_ + ":table/" + name));
      table.head = head(name);
      change_.put.tables.push_back(table);
    }
  }

  EstateSize size_;
  std::string account_;
  RegistryPtr registry_;
  Change change_;
  Random random_;
  std::vector<Site> sites_;
  std::vector<PrefixListId> service_lists_;
  std::vector<PrefixListId> own_lists_;
  std::uint64_t last_ = 0;
  std::uint32_t elastic_ = 0;
  int functions_ = 0;
};

}  // namespace

Cloud estate(const EstateSize& size) { return Builder(size).build(); }

std::vector<generate::File> estate_files(const Cloud& cloud, const EstateSize& size) {
  std::vector<generate::File> files = generate::snapshot(cloud, std::to_string(111'122'223'333 + size.account));
  generate::Random random(size.seed + 1);
  std::erase_if(files, [&](const generate::File& file) {
    // `.../ec2-describe-vpc-attribute/vpc-1--enableDnsSupport.json`: about one resource.
    const bool one = std::count(file.path.begin(), file.path.end(), '/') > 2;
    return one && random.chance(size.not_collected);
  });
  return files;
}

}  // namespace sallyport::bench
