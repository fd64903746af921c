// Transit gateways: in each Region with VPCs perhaps one, with attachments, tables and
// the routes of the VPCs to it; and a peering of the gateways of two Regions.
#include <algorithm>
#include <map>

#include "library/net/generate_parts.h"

namespace sallyport::generate {
namespace {

// A Region's gateway while it grows.
struct Hub {
  TransitGatewayId gateway;
  std::vector<std::size_t> sites;  // attached ones
  std::vector<TransitAttachmentId> attachments;
  std::vector<TransitTable> tables;
};

TransitRoute route(std::variant<Prefix, PrefixListId> to, TransitAttachmentId attachment) {
  TransitRoute r;
  r.destination = to;
  r.attachments.push_back(attachment);
  r.blackhole = false;
  return r;
}

void add(TransitTable& table, TransitRoute r) {
  const bool taken = std::any_of(table.routes.begin(), table.routes.end(),
                                 [&](const TransitRoute& other) { return other.destination == r.destination; });
  if (!taken) table.routes.items.push_back(std::move(r));
}

}  // namespace

// One subnet in each of some zones.
std::vector<SubnetId> Plan::some_zones(const Site& site) {
  std::vector<SubnetId> chosen;
  std::vector<Text> zones;
  for (const SubnetId id : site.subnets) {
    const Text zone = subnet(id).zone_id;
    if (std::find(zones.begin(), zones.end(), zone) != zones.end() || random.chance(25)) continue;
    zones.push_back(zone);
    chosen.push_back(id);
  }
  if (chosen.empty()) chosen.push_back(site.subnets.front());
  return chosen;
}

void Plan::route_to_gateway(const Site& site, TransitGatewayId gateway, const Prefix& to, int percent) {
  for (RouteTable& table : change.put.route_tables) {
    if (*table.vpc != site.vpc || !random.chance(percent)) continue;
    const bool taken = std::any_of(table.routes.begin(), table.routes.end(), [&](const Route& r) {
      const Prefix* p = std::get_if<Prefix>(&r.destination);
      return p != nullptr && *p == to;
    });
    // RT-7: what lies inside the VPC is local.
    if (taken || site.cidr.contains(to)) continue;
    Route r;
    r.destination = to;
    r.target = RouteTarget::transit_gateway;
    r.object = gateway;
    r.blackhole = random.chance(3);
    table.routes.items.push_back(r);
  }
}

void Plan::make_transit(std::uint64_t seed) {
  // A stream of its own, so that all else of a seed's cloud stays what it is.
  Random own(seed * 6'700'417 + 3);
  std::swap(random, own);
  std::map<std::string, Hub> hubs;
  std::map<std::string, Site> homes;
  for (std::size_t n = 0; n < sites.size(); ++n) {
    Site& site = sites[n];
    homes.try_emplace(site.region, site);
    Hub& hub = hubs[site.region];
    if (random.chance(90)) hub.sites.push_back(n);
  }
  for (auto& [region, hub] : hubs) {
    if (hub.sites.empty() || !random.chance(knobs.transit_gateway)) {
      hub.sites.clear();
      continue;
    }
    const Site& home = homes.at(region);
    TransitGateway gateway;
    gateway.id = hub.gateway = id<TransitGatewayId>(home, "tgw-1");
    gateway.head = head(home);
    gateway.state = State::working;
    gateway.group_referencing = random.chance(60);
    change.put.transit_gateways.push_back(gateway);
    for (int t = random.chance(40) ? 2 : 1; t > 0; --t) {
      TransitTable table;
      table.id = id<TransitTableId>(home, "tgw-rtb-" + number());
      table.head = head(home);
      table.gateway = hub.gateway;
      table.shows_propagated = random.chance(50);
      hub.tables.push_back(table);
    }
    for (const std::size_t n : hub.sites) {
      TransitAttachment a;
      a.id = id<TransitAttachmentId>(home, "tgw-attach-" + number());
      a.head = head(home);
      a.kind = AttachmentKind::vpc;
      a.state = state();
      a.gateway = hub.gateway;
      if (!random.chance(4)) a.table = random.one_of(hub.tables).id;
      a.vpc = sites[n].vpc;
      a.subnets.items = some_zones(sites[n]);
      a.appliance_mode = random.chance(15);
      a.ipv6 = sites[n].ipv6 && random.chance(70);
      a.group_referencing = random.chance(70);
      hub.attachments.push_back(a.id);
      change.put.transit_attachments.push_back(a);
    }
  }
  for (auto& [region, hub] : hubs) {
    for (TransitTable& table : hub.tables) {
      std::vector<Prefix> propagated;
      for (std::size_t n = 0; n < hub.sites.size(); ++n) {
        const Site& site = sites[hub.sites[n]];
        // TG-7
        const bool overlaps =
            std::any_of(propagated.begin(), propagated.end(), [&](const Prefix& p) { return p.overlaps(site.cidr); });
        if (overlaps || !random.chance(85)) continue;
        propagated.push_back(site.cidr);
        table.propagations.items.push_back(hub.attachments[n]);
        if (!table.shows_propagated) continue;
        const TransitAttachment& a =
            *std::find_if(change.put.transit_attachments.begin(), change.put.transit_attachments.end(),
                          [&](const TransitAttachment& r) { return r.id == hub.attachments[n]; });
        for (const Vpc& vpc : change.put.vpcs) {
          if (vpc.id != site.vpc) continue;
          for (const Value<Prefix>& block : vpc.cidrs) {
            if (block->family() == Family::v6 && !*a.ipv6) continue;
            TransitRoute r = route(*block, a.id);
            r.propagated = true;
            add(table, r);
          }
        }
      }
      // Routes that somebody wrote: central egress, black holes, one host more.
      for (std::size_t n = 0; n < hub.sites.size(); ++n) {
        const Site& site = sites[hub.sites[n]];
        if (site.public_nat && random.chance(45)) add(table, route(everything(Family::v4), hub.attachments[n]));
        if (random.chance(10)) add(table, route(*parse_prefix("10.0.0.0/8"), hub.attachments[n]));
        if (random.chance(10))
          add(table, route(subnet(random.one_of(site.subnets)).cidrs.items[0].shown_or({}), hub.attachments[n]));
        if (random.chance(5)) add(table, route(random.one_of(lists_of(region, true)), hub.attachments[n]));
        if (random.chance(6)) {
          TransitRoute hole = route(random.chance(50) ? site.cidr : *parse_prefix("8.8.8.0/24"), {});
          hole.attachments.clear();
          hole.blackhole = true;
          add(table, hole);
        }
      }
      if (random.chance(12)) {
        const Site& home = homes.at(region);
        TransitAttachment vpn;
        vpn.id = id<TransitAttachmentId>(home, "tgw-attach-" + number());
        vpn.head = head(home);
        vpn.kind = random.chance(70) ? AttachmentKind::vpn : AttachmentKind::direct_connect;
        vpn.state = State::working;
        vpn.gateway = hub.gateway;
        vpn.table = table.id;
        change.put.transit_attachments.push_back(vpn);
        add(table, route(*parse_prefix("192.168.0.0/16"), vpn.id));
      }
    }
    for (const std::size_t n : hub.sites) {
      for (const std::size_t other : hub.sites) {
        if (other != n) route_to_gateway(sites[n], hub.gateway, sites[other].cidr, 80);
      }
      if (random.chance(25)) route_to_gateway(sites[n], hub.gateway, *parse_prefix("10.0.0.0/8"), 60);
      if (random.chance(35)) route_to_gateway(sites[n], hub.gateway, everything(Family::v4), 60);
      if (random.chance(15)) route_to_gateway(sites[n], hub.gateway, *parse_prefix("192.168.0.0/16"), 60);
      if (sites[n].ipv6 && random.chance(30)) {
        route_to_gateway(sites[n], hub.gateway, *parse_prefix("2a05:d014::/32"), 60);
      }
      if (hub.sites.size() < 2 || !random.chance(50)) continue;
      // TG-9: a rule that names a group of another VPC.
      const Site& other = sites[random.one_of(hub.sites)];
      for (SecurityGroup& group : change.put.security_groups) {
        if (*group.vpc != sites[n].vpc || other.groups.empty() || random.chance(50)) continue;
        GroupRule rule;
        rule.peer = GroupPeer{random.one_of(other.groups), text("111122223333"), {}};
        group.rules.items.push_back(rule);
      }
    }
  }
  const auto one = hubs.find("eu-central-1");
  const auto two = hubs.find("eu-west-1");
  if (one != hubs.end() && two != hubs.end() && !one->second.sites.empty() && !two->second.sites.empty() &&
      random.chance(80)) {
    const std::string name = "tgw-attach-" + number();
    Hub* sides[] = {&one->second, &two->second};
    const Site* home[] = {&homes.at("eu-central-1"), &homes.at("eu-west-1")};
    const State works = state();
    TransitAttachmentId ids[] = {id<TransitAttachmentId>(*home[0], name), id<TransitAttachmentId>(*home[1], name)};
    for (int s = 0; s < 2; ++s) {
      TransitAttachment a;
      a.id = ids[s];
      a.head = head(*home[s]);
      a.kind = AttachmentKind::peering;
      a.state = works;
      a.gateway = sides[s]->gateway;
      a.table = random.one_of(sides[s]->tables).id;
      a.peer = ids[1 - s];
      change.put.transit_attachments.push_back(a);
      for (TransitTable& table : sides[s]->tables) {
        for (const std::size_t n : sides[1 - s]->sites) {
          if (random.chance(85)) add(table, route(sites[n].cidr, a.id));  // TG-8
        }
      }
      for (const std::size_t n : sides[s]->sites) {
        for (const std::size_t far : sides[1 - s]->sites) {
          route_to_gateway(sites[n], sides[s]->gateway, sites[far].cidr, 80);
        }
      }
    }
  }
  for (auto& [region, hub] : hubs) {
    for (TransitTable& table : hub.tables) change.put.transit_tables.push_back(table);
  }
  std::swap(random, own);
}

}  // namespace sallyport::generate
