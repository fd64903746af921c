#include "library/net/erase.h"

#include <algorithm>
#include <functional>
#include <iterator>

#include "model/change.h"

namespace sallyport::generate {
namespace {

template <class Row>
constexpr Kind kind_of = decltype(Row::id)::kind;

class Eraser {
 public:
  Eraser(const Cloud& cloud, Random& random, std::vector<std::string>& what)
      : cloud_(cloud), random_(random), what_(what), change_(cloud.registry_ptr()) {
    gap_ = cloud.registry().gaps.add({GapKind::not_collected, "erased by the test", ""});
    const CloudTables& t = cloud.tables();
    const auto copy = [](const auto& rows, auto& into) { into.assign(rows.begin(), rows.end()); };
    copy(t.vpcs, change_.put.vpcs), copy(t.subnets, change_.put.subnets);
    copy(t.route_tables, change_.put.route_tables), copy(t.network_acls, change_.put.network_acls);
    copy(t.security_groups, change_.put.security_groups), copy(t.interfaces, change_.put.interfaces);
    copy(t.instances, change_.put.instances), copy(t.internet_gateways, change_.put.internet_gateways);
    copy(t.egress_only_gateways, change_.put.egress_only_gateways), copy(t.nat_gateways, change_.put.nat_gateways);
    copy(t.endpoints, change_.put.endpoints), copy(t.endpoint_services, change_.put.endpoint_services);
    copy(t.prefix_lists, change_.put.prefix_lists), copy(t.peerings, change_.put.peerings);
    copy(t.transit_gateways, change_.put.transit_gateways);
    copy(t.transit_attachments, change_.put.transit_attachments), copy(t.transit_tables, change_.put.transit_tables);
    copy(t.hosted_zones, change_.put.hosted_zones), copy(t.functions, change_.put.functions);
    copy(t.buckets, change_.put.buckets), copy(t.tables, change_.put.tables);
    copy(t.load_balancers, change_.put.load_balancers), copy(t.target_groups, change_.put.target_groups);
    copy(t.resolver_rules, change_.put.resolver_rules), copy(t.resolver_endpoints, change_.put.resolver_endpoints);
    copy(t.public_access_blocks, change_.put.public_access_blocks);
    copy(t.public_access_exclusions, change_.put.public_access_exclusions);
    copy(t.dns_firewalls, change_.put.dns_firewalls), copy(t.resource_gateways, change_.put.resource_gateways);
    copy(t.resource_configurations, change_.put.resource_configurations);
    copy(t.service_networks, change_.put.service_networks);
    copy(t.platform_workloads, change_.put.platform_workloads);
  }

  Cloud finish() {
    claim_coverage(change_, missing_);
    for (const Kind kind : missing_) {
      for (const char* account : {"", "111122223333"}) {
        for (const char* region : {"", "eu-central-1", "eu-west-1"}) {
          change_.collected(kind, cloud_.registry().text(account), cloud_.registry().text(region), gap_);
        }
      }
    }
    change_.sets_organization = true;
    change_.organization = cloud_.organization();
    return apply(Cloud(cloud_.registry_ptr()), std::move(change_));
  }

  void piece() {
    Objects& put = change_.put;
    const bool recent = !put.dns_firewalls.empty() || !put.resource_gateways.empty() || !put.service_networks.empty();
    if (recent && random_.chance(30)) return one_of_recent();
    if (!put.platform_workloads.empty() && random_.chance(40))
      return some(put.platform_workloads, [&](PlatformWorkload& p) { one_of_platform(p); });
    switch (random_.below(22)) {
      case 0: return some(put.vpcs, [&](Vpc& v) { one_of_vpc(v); });
      case 1: return some(put.subnets, [&](Subnet& s) { one_of_subnet(s); });
      case 2:
      case 3: return some(put.route_tables, [&](RouteTable& t) { one_of_table(t); });
      case 4:
      case 5: return some(put.network_acls, [&](NetworkAcl& a) { one_of_acl(a); });
      case 6:
      case 7: return some(put.security_groups, [&](SecurityGroup& g) { one_of_group(g); });
      case 8: return some(put.interfaces, [&](Interface& i) { one_of_interface(i); });
      case 9:
        return some(put.instances, [&](Instance& i) {
          random_.chance(50)   ? lose(i.state, "state")
          : random_.chance(50) ? lose(i.vpc, "vpc")
                               : open(i.interfaces, "interfaces");
        });
      case 10: return one_of_gateway();
      case 11: return some(put.endpoints, [&](Endpoint& e) { one_of_endpoint(e); });
      case 12:
        return some(put.endpoint_services, [&](EndpointService& s) { open(s.private_dns_names, "private names"); });
      case 13:
        return some(put.prefix_lists, [&](PrefixList& l) {
          random_.chance(85) ? open(l.entries, "entries") : lose(l.aws_managed, "aws_managed");
        });
      case 14: return some(put.peerings, [&](Peering& p) { lose(p.state, "state"); });
      case 15:
      case 16: return some(put.transit_attachments, [&](TransitAttachment& a) { one_of_attachment(a); });
      case 17:
        return random_.chance(75)
                   ? some(put.transit_tables, [&](TransitTable& t) { one_of_transit_table(t); })
                   : some(put.transit_gateways, [&](TransitGateway& g) { lose(g.group_referencing, "referencing"); });
      case 18:
        return random_.chance(50) ? some(put.public_access_blocks, [&](PublicAccessBlock& b) { lose(b.mode, "mode"); })
                                  : some(put.public_access_exclusions, [&](PublicAccessExclusion& e) {
                                      random_.chance(70) ? lose(e.mode, "mode") : lose_what(e);
                                    });
      case 20:
        if (put.load_balancers.empty()) return some(put.security_groups, [&](SecurityGroup& g) { one_of_group(g); });
        return random_.chance(60) ? some(put.load_balancers, [&](LoadBalancer& b) { one_of_balancer(b); })
                                  : some(put.target_groups, [&](TargetGroup& g) { one_of_target_group(g); });
      case 19:
        return random_.chance(60) ? some(put.resolver_rules, [&](ResolverRule& r) { one_of_rule(r); })
                                  : some(put.resolver_endpoints, [&](ResolverEndpoint& e) { one_of_resolver(e); });
      default:
        return random_.chance(50) ? some(put.hosted_zones, [&](HostedZone& z) { one_of_zone(z); })
                                  : some(put.functions, [&](Function& f) { one_of_function(f); });
    }
  }

  // One kind is not there at all, as if its call had been refused.
  void whole_kind() {
    static constexpr Kind kinds[] = {
        Kind::vpc,
        Kind::subnet,
        Kind::route_table,
        Kind::network_acl,
        Kind::security_group,
        Kind::network_interface,
        Kind::instance,
        Kind::internet_gateway,
        Kind::egress_only_gateway,
        Kind::nat_gateway,
        Kind::endpoint,
        Kind::endpoint_service,
        Kind::prefix_list,
        Kind::peering,
        Kind::transit_gateway,
        Kind::transit_attachment,
        Kind::transit_table,
        Kind::hosted_zone,
        Kind::function,
        Kind::bucket,
        Kind::table,
        Kind::public_access_block,
        Kind::public_access_exclusion,
    };
    const Kind kind = kinds[random_.below(std::size(kinds))];
    each_kind(change_.put, [&](auto& rows) {
      using Row = typename std::remove_reference_t<decltype(rows)>::value_type;
      if (kind_of<Row> == kind) rows.clear();
    });
    missing_.push_back(kind);
    what_.push_back(std::string("all of ") + name(kind));
  }

 private:
  // Does something to one row: mostly `f`, else doubts it, else drops it.
  template <class Row, class F>
  void some(std::vector<Row>& rows, F f) {
    if (rows.empty()) return;
    const std::size_t n = random_.below(rows.size());
    about_ = cloud_.registry().texts.string(cloud_.registry().ids.id(rows[n].id));
    if (random_.chance(8)) {
      rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(n));
      missing_.push_back(kind_of<Row>);
      note("the row");
    } else if (random_.chance(5)) {
      rows[n].head.gap = gap_;
      note("certainty");
    } else {
      f(rows[n]);
    }
  }

  void note(const std::string& part) { what_.push_back(about_ + ": " + part); }

  template <class T>
  void lose(Value<T>& value, const char* part) {
    value = gap_;
    note(part);
  }

  // The list may have more; mostly it does.
  template <class T>
  void open(List<T>& list, const char* part) {
    list.open = gap_;
    note(part);
    for (int n = 0; n < 2 && !list.empty() && random_.chance(75); ++n) {
      list.items.erase(list.items.begin() + static_cast<std::ptrdiff_t>(random_.below(list.size())));
    }
  }

  template <class T>
  void open_or_lose_one(List<Value<T>>& list, const char* part) {
    if (list.empty() || random_.chance(50)) return open(list, part);
    lose(list.items[random_.below(list.size())], part);
  }

  void one_of_vpc(Vpc& v) {
    switch (random_.below(4)) {
      case 0: return open_or_lose_one(v.cidrs, "cidrs");
      case 1: return lose(v.dns_support, "dns support");
      case 2: return lose(v.dns_hostnames, "dns hostnames");
      default: return lose(v.custom_dns, "custom dns");
    }
  }

  void one_of_subnet(Subnet& s) { random_.chance(50) ? lose(s.vpc, "vpc") : open_or_lose_one(s.cidrs, "cidrs"); }

  void one_of_table(RouteTable& t) {
    switch (random_.below(6)) {
      case 0: return lose(t.main, "main");
      case 1: return open(t.subnets, "subnets");
      case 2: return lose(t.vpc, "vpc");
      case 3: return open(t.routes, "routes");
      default: break;
    }
    if (t.routes.empty()) return;
    Route& r = t.routes.items[random_.below(t.routes.size())];
    if (random_.chance(40)) return lose(r.blackhole, "a route's state");
    // Where it leads, or from where, is not known.
    r.gap = gap_;
    if (random_.chance(50)) {
      r.target = RouteTarget::other;
      r.object = Ref();
    } else {
      r.destination = Prefix();
    }
    note("a route");
  }

  void one_of_acl(NetworkAcl& a) {
    switch (random_.below(5)) {
      case 0: return lose(a.is_default, "is_default");
      case 1: return open(a.subnets, "subnets");
      case 2: return open(a.entries, "entries");
      case 3: return lose(a.vpc, "vpc");
      default: break;
    }
    if (a.entries.empty()) return;
    AclEntry& e = a.entries.items[random_.below(a.entries.size())];
    e.gap = gap_;
    note("an entry");
    // What was not understood stands there as anything.
    if (random_.chance(50)) e.cidr = Prefix();
    if (random_.chance(50)) e.protocol = any_protocol;
    if (random_.chance(50)) e.allow = !e.allow;
  }

  void one_of_group(SecurityGroup& g) {
    if (random_.chance(20)) return lose(g.vpc, "vpc");
    if (g.rules.empty() || random_.chance(45)) return open(g.rules, "rules");
    GroupRule& r = g.rules.items[random_.below(g.rules.size())];
    r.gap = gap_;
    note("a rule");
    if (random_.chance(50)) r.peer = Prefix();
    if (random_.chance(50)) r.protocol = 99;
  }

  void one_of_interface(Interface& i) {
    switch (random_.below(7)) {
      case 0: return lose(i.vpc, "vpc");
      case 1: return lose(i.subnet, "subnet");
      case 2: return lose(i.source_dest_check, "source/destination check");
      case 3: return lose(i.state, "state");
      case 4: return open_or_lose_one(i.addresses, "addresses");
      case 5: return open(i.public_addresses, "public addresses");
      default: return open(i.groups, "groups");
    }
  }

  void one_of_gateway() {
    switch (random_.below(3)) {
      case 0: return some(change_.put.internet_gateways, [&](InternetGateway& g) { open(g.vpcs, "vpcs"); });
      case 1: return some(change_.put.egress_only_gateways, [&](EgressOnlyGateway& g) { open(g.vpcs, "vpcs"); });
      default: break;
    }
    some(change_.put.nat_gateways, [&](NatGateway& n) {
      switch (random_.below(6)) {
        case 0: return lose(n.state, "state");
        case 1: return lose(n.vpc, "vpc");
        case 2: return lose(n.subnet, "subnet");
        case 3: return lose(n.is_public, "type");
        case 4: return open(n.addresses, "addresses");
        default: break;
      }
      if (n.addresses.empty()) return;
      NatAddress& a = n.addresses.items[random_.below(n.addresses.size())];
      random_.chance(50) || !a.has_public ? lose(a.private_address, "an address")
                                          : lose(a.public_address, "an address");
    });
  }

  void one_of_endpoint(Endpoint& e) {
    switch (random_.below(11)) {
      case 0: return lose(e.type, "type");
      case 1: return lose(e.state, "state");
      case 2: return lose(e.vpc, "vpc");
      case 3: return lose(e.ip_type, "ip type");
      case 4: return open(e.route_tables, "route tables");
      case 5: return open(e.subnets, "subnets");
      case 6: return open(e.interfaces, "interfaces");
      case 7: return open(e.groups, "groups");
      case 8: return lose(e.private_dns, "private dns");
      case 9: return lose(e.private_dns_only_inbound, "inbound only");
      default: return open(e.dns_names, "dns names");
    }
  }

  void one_of_attachment(TransitAttachment& a) {
    switch (random_.below(9)) {
      case 0: return lose(a.kind, "kind");
      case 1: return lose(a.state, "state");
      case 2: return lose(a.gateway, "gateway");
      case 3: return lose(a.table, "table");
      case 4: return lose(a.peer, "peer");
      case 5: return lose(a.vpc, "vpc");
      case 6: return open(a.subnets, "subnets");
      case 7: return lose(a.appliance_mode, "appliance mode");
      default: return lose(a.group_referencing, "referencing");
    }
  }

  void one_of_transit_table(TransitTable& t) {
    if (t.routes.empty() || random_.chance(40)) return open(t.routes, "routes");
    TransitRoute& r = t.routes.items[random_.below(t.routes.size())];
    if (random_.chance(40)) return lose(r.blackhole, "a route's state");
    r.gap = gap_;
    if (random_.chance(50)) r.destination = Prefix();
    note("a route");
  }

  void one_of_balancer(LoadBalancer& b) {
    switch (random_.below(10)) {
      case 8: return lose(b.vpc, "vpc");
      case 0: return lose(b.type, "type");
      case 1: return lose(b.state, "state");
      case 2: return lose(b.internet_facing, "scheme");
      case 3: return lose(b.cross_zone, "cross zone");
      case 4: return lose(b.filters_private_link, "private link filter");
      case 5: return open(b.groups, "groups");
      case 6: return open(b.listeners, "listeners");
      case 7: return open(b.subnets, "subnets");
      default: break;
    }
    if (b.listeners.empty()) return;
    Listener& l = b.listeners.items[random_.below(b.listeners.size())];
    random_.chance(50) ? open(l.groups, "a listener's groups") : lose(l.answers, "a listener's answer");
  }

  void one_of_target_group(TargetGroup& g) {
    switch (random_.below(3)) {
      case 0: return open(g.targets, "targets");
      case 1: return lose(g.keeps_client_address, "client addresses");
      default: break;
    }
    g.says_cross_zone = true;
    lose(g.own_cross_zone, "cross zone");
  }

  // Of what generate_recent.cc makes.
  void one_of_recent() {
    Objects& put = change_.put;
    switch (random_.below(4)) {
      case 0:
        return some(put.dns_firewalls, [&](DnsFirewall& f) {
          switch (random_.below(5)) {
            case 0: return lose(f.vpc, "vpc");
            case 1: return lose(f.state, "state");
            case 2: return open(f.rules, "rules");
            case 3: return lose(f.rules.items.at(0).blocks, "what a rule does");
            default: return open(f.rules.items.at(0).domains, "domains");
          }
        });
      case 1:
        return some(put.resource_gateways, [&](ResourceGateway& g) {
          switch (random_.below(4)) {
            case 0: return lose(g.state, "state");
            case 1: return lose(g.vpc, "vpc");
            case 2: return open(g.subnets, "subnets");
            default: return open(g.groups, "groups");
          }
        });
      case 2:
        return some(put.resource_configurations, [&](ResourceConfiguration& r) {
          switch (random_.below(5)) {
            case 0: return lose(r.state, "state");
            case 1: return lose(r.kind, "kind");
            case 2: return lose(r.gateway, "gateway");
            case 3: return lose(r.ports, "ports");
            default: return lose(r.address, "address");
          }
        });
      default:
        return some(put.service_networks, [&](ServiceNetwork& n) {
          switch (random_.below(4)) {
            case 0: return lose(n.authorizes, "auth type");
            case 1: return open(n.services, "services");
            case 2: return lose(n.vpcs.items.at(0).state, "state of an association");
            default: return open(n.vpcs.items.at(0).groups, "groups of an association");
          }
        });
    }
  }

  void one_of_rule(ResolverRule& r) {
    switch (random_.below(3)) {
      case 0: return lose(r.type, "type");
      case 1: return open_or_lose_one(r.servers, "servers");
      default: return open(r.vpcs, "vpcs");
    }
  }

  void one_of_resolver(ResolverEndpoint& e) {
    switch (random_.below(4)) {
      case 0: return lose(e.inbound, "direction");
      case 1: return lose(e.state, "state");
      case 2: return lose(e.vpc, "vpc");
      default: return open_or_lose_one(e.addresses, "addresses");
    }
  }

  void lose_what(PublicAccessExclusion& e) {
    e.what = Ref();
    e.head.gap = gap_;
    note("what it excludes");
  }

  void one_of_zone(HostedZone& z) {
    switch (random_.below(4)) {
      case 0: return lose(z.is_private, "is_private");
      case 1: return open(z.vpcs, "vpcs");
      case 2: return open(z.records, "records");
      default: break;
    }
    if (!z.records.empty()) open(z.records.items[random_.below(z.records.size())].values, "a record's values");
  }

  void one_of_platform(PlatformWorkload& p) {
    switch (random_.below(6)) {
      case 0: return lose(p.state, "state");
      case 1: return lose(p.goes_around, "goes_around");
      case 2: return lose(p.publicly_accessible, "publicly_accessible");
      case 3: return open(p.interfaces, "interfaces");
      case 4: return open(p.admits, "admits");
      default: break;
    }
    if (!p.place.known() || random_.chance(50)) return lose(p.place, "place");
    Placement place = *p.place;
    random_.chance(50) ? open(place.subnets, "subnets") : open(place.groups, "groups");
    p.place = place;
  }

  void one_of_function(Function& f) {
    if (!f.network.known() || random_.chance(50)) return lose(f.network, "network");
    Placement network = *f.network;
    random_.chance(50) ? open(network.subnets, "subnets") : open(network.groups, "groups");
    f.network = network;
  }

  const Cloud& cloud_;
  Random& random_;
  std::vector<std::string>& what_;
  Change change_;
  GapId gap_;
  std::string about_;
  std::vector<Kind> missing_;
};

}  // namespace

void claim_coverage(Change& change, const std::vector<Kind>& missing) {
  for (int k = 1; k < static_cast<int>(Kind::count_); ++k) {
    const Kind kind = static_cast<Kind>(k);
    if (std::find(missing.begin(), missing.end(), kind) != missing.end()) continue;
    for (const char* account : {"", "111122223333"}) {
      for (const char* region : {"", "eu-central-1", "eu-west-1"}) {
        change.collected(kind, change.registry->text(account), change.registry->text(region));
      }
    }
  }
}

Cloud erase(const Cloud& cloud, const Erasure& erasure, Random& random, std::vector<std::string>& what) {
  Eraser eraser(cloud, random, what);
  if (random.chance(erasure.whole_kind)) eraser.whole_kind();
  for (int n = 0; n < erasure.pieces; ++n) eraser.piece();
  return eraser.finish();
}

}  // namespace sallyport::generate
