// Accounts of an organization: estates that a transit gateway and private zones join.
#include <algorithm>
#include <string>

#include "estate.h"
#include "library/net/random.h"

namespace sallyport::bench {
namespace {

constexpr const char* region = "eu-central-1";
constexpr std::size_t vpcs_of_a_gateway = 250;  // ranges repeat after that
constexpr std::size_t vpcs_of_a_zone = 10;

class Joined {
 public:
  Joined(const Cloud& cloud, const EstateSize& size)
      : cloud_(cloud),
        account_(std::to_string(111'122'223'333 + size.account)),
        change_(cloud.registry_ptr()),
        random_(size.seed + 31 * static_cast<std::uint64_t>(size.account)) {}

  Change run() {
    for (const Vpc& vpc : cloud_->vpcs) vpcs_.push_back(&vpc);
    // As they were made: ids are in no order.
    std::sort(vpcs_.begin(), vpcs_.end(), [&](const Vpc* a, const Vpc* b) { return number(*a) < number(*b); });
    for (std::size_t n = 0; n < vpcs_.size(); n += vpcs_of_a_gateway) gateway(n);
    for (std::size_t n = 0; n < vpcs_.size(); n += vpcs_of_a_zone) zone(n);
    return std::move(change_);
  }

 private:
  Text text(const std::string& s) { return cloud_.registry().text(s); }
  Head head(const std::string& name) { return {text(name), text(account_), text(region), {}, {}}; }
  std::string next() { return account_ + std::to_string(10'000 + ++last_); }

  int number(const Vpc& vpc) const { return std::stoi(std::string(cloud_.view(vpc.head.name).substr(4))); }

  template <class T>
  T id(const std::string& prefix) {
    return cloud_.registry().ids.get<T>(text(region), text(prefix + "-0" + next()));
  }

  TransitTable table(TransitGatewayId gateway, const char* name) {
    TransitTable t;
    t.id = id<TransitTableId>("tgw-rtb");
    t.head = head(name);
    t.gateway = gateway;
    t.shows_propagated = true;
    return t;
  }

  static TransitRoute route(const Prefix& to, TransitAttachmentId by, bool propagated) {
    TransitRoute r;
    r.destination = to;
    r.propagated = propagated;
    r.blackhole = !by;
    if (by) r.attachments.push_back(by);
    return r;
  }

  // Two tables: the hub (the first VPC) sees everybody, the others see the hub, and
  // each other where they are of one half. One range is dropped.
  void gateway(std::size_t first) {
    TransitGateway g;
    g.id = id<TransitGatewayId>("tgw");
    g.head = head("network");
    g.state = State::working;
    g.group_referencing = true;
    change_.put.transit_gateways.push_back(g);
    TransitTable tables[] = {table(g.id, "hub"), table(g.id, "spokes")};
    for (std::size_t n = first; n < std::min(first + vpcs_of_a_gateway, vpcs_.size()); ++n) {
      if (n != first && random_.chance(20)) continue;
      const Vpc& vpc = *vpcs_[n];
      TransitAttachment a;
      a.id = id<TransitAttachmentId>("tgw-attach");
      a.head = head(std::string(cloud_.view(vpc.head.name)));
      a.kind = AttachmentKind::vpc;
      a.state = State::working;
      a.gateway = g.id;
      a.vpc = vpc.id;
      for (const Subnet& s : cloud_->subnets) {
        if (*s.vpc == vpc.id && cloud_.view(s.head.name).starts_with("private")) a.subnets.items.push_back(s.id);
      }
      a.appliance_mode = n == first;
      a.ipv6 = vpc.cidrs.size() > 1;
      a.group_referencing = random_.chance(50);
      a.table = tables[n == first ? 0 : 1].id;
      const Prefix block = *vpc.cidrs.items[0];
      for (TransitTable& t : tables) {
        if (&t == &tables[1] && n != first && random_.chance(50)) continue;
        t.propagations.items.push_back(a.id);
        t.routes.items.push_back(route(block, a.id, true));
      }
      change_.put.transit_attachments.push_back(a);
      routes(vpc, g.id);
    }
    for (TransitTable& t : tables) {
      t.routes.items.push_back(route(*parse_prefix("10.255.0.0/16"), {}, false));
      change_.put.transit_tables.push_back(t);
    }
  }

  // Private and data tiers, as far as somebody thought of it.
  void routes(const Vpc& vpc, TransitGatewayId gateway) {
    for (const RouteTable& table : cloud_->route_tables) {
      if (*table.vpc != vpc.id || table.subnets.empty() || random_.chance(10)) continue;
      const Subnet* subnet = cloud_->subnets.find(table.subnets.items[0]);
      if (cloud_.view(subnet->head.name).starts_with("public")) continue;
      RouteTable changed = table;
      Route r;
      r.destination = *parse_prefix("10.0.0.0/8");
      r.target = RouteTarget::transit_gateway;
      r.object = gateway;
      r.blackhole = false;
      changed.routes.items.push_back(r);
      change_.put.route_tables.push_back(changed);
    }
  }

  void zone(std::size_t first) {
    const std::size_t end = std::min(first + vpcs_of_a_zone, vpcs_.size());
    HostedZone z;
    z.id = cloud_.registry().ids.get<HostedZoneId>(text("aws"), text("Z" + next()));
    z.head = {text("team-" + std::to_string(first / vpcs_of_a_zone) + ".corp.example"), text(account_), {}, {}, {}};
    z.is_private = true;
    for (std::size_t n = first; n < end; ++n) z.vpcs.items.push_back(vpcs_[n]->id);
    for (int n = 0; n < 30; ++n) {
      const std::string name = "db-" + std::to_string(n) + "." + std::string(cloud_.view(z.head.name));
      const std::string address = "10." + std::to_string(first % 250) + ".96." + std::to_string(10 + n);
      z.records.items.push_back({text(name), text("A"), {{text(address)}, {}}, {}});
    }
    change_.put.hosted_zones.push_back(z);
    if (first % (4 * vpcs_of_a_zone) != 0) return;
    // Its first VPC offers a central endpoint to the others of the ten.
    for (const Endpoint& e : cloud_->endpoints) {
      if (*e.vpc != vpcs_[first]->id || cloud_.view(e.service) != "com.amazonaws.eu-central-1.kms") continue;
      HostedZone central;
      central.id = cloud_.registry().ids.get<HostedZoneId>(text("aws"), text("Z" + next()));
      central.head = {text("kms.eu-central-1.amazonaws.com"), text(account_), {}, {}, {}};
      central.is_private = true;
      for (std::size_t n = first + 1; n < end; ++n) central.vpcs.items.push_back(vpcs_[n]->id);
      DnsRecord record{central.head.name, text("A"), {}, e.dns_names.items[0]};
      central.records.items.push_back(record);
      change_.put.hosted_zones.push_back(central);
    }
  }

  const Cloud& cloud_;
  std::string account_;
  Change change_;
  generate::Random random_;
  std::vector<const Vpc*> vpcs_;
  int last_ = 0;
};

}  // namespace

Cloud organization_account(const EstateSize& size) {
  const Cloud cloud = estate(size);
  return apply(cloud, Joined(cloud, size).run());
}

std::string indented(const std::string& json) {
  std::string out;
  out.reserve(json.size() * 2);
  std::size_t depth = 0;
  bool in_text = false;
  const auto line = [&] { (out += '\n').append(4 * depth, ' '); };
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_text) {
      out += c;
      if (c == '\\') out += json[++i];
      in_text = c != '"';
    } else if (c == '"') {
      out += c;
      in_text = true;
    } else if (c == '{' || c == '[') {
      out += c;
      const std::size_t next = json.find_first_not_of(" \n", i + 1);
      if (json[next] == '}' || json[next] == ']') {
        out += json[i = next];
        continue;
      }
      ++depth;
      line();
    } else if (c == '}' || c == ']') {
      --depth;
      line();
      out += c;
    } else if (c == ',') {
      out += c;
      line();
    } else if (c == ':') {
      out += ": ";
    } else if (c != ' ' && c != '\n') {
      out += c;
    }
  }
  return out += '\n';
}

EstateSize of_organization(EstateSize size) {
  size.vary_kinds = 3;
  size.peerings = 5;
  return size;
}

std::size_t write_organization(const std::string& folder, int accounts, const EstateSize& size) {
  std::size_t bytes = 0;
  for (int n = 0; n < accounts; ++n) {
    EstateSize own = size;
    own.account = n;
    std::vector<generate::File> files = estate_files(organization_account(own), own);
    for (generate::File& file : files) {
      file.json = indented(file.json);
      bytes += file.json.size();
    }
    if (!generate::write(folder, files)) return 0;
  }
  return bytes;
}

}  // namespace sallyport::bench
