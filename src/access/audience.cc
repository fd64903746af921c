#include "access/audience.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "access/doors.h"
#include "access/grants.h"

namespace sallyport::access {
namespace {

std::string id_of(const Cloud& cloud, Ref ref) { return show_symbols(cloud.id(ref)); }

Truth reaches(const net::Answer& a, const Endpoint& door) {
  Truth found = Truth::no;
  for (const net::Passage& p : a.passages) {
    if (p.endpoint == Ref(door.id)) found = found | (p.certain ? Truth::yes : Truth::unknown);
    if (!p.endpoint && !p.certain && p.source_addresses.empty()) found = found | Truth::unknown;  // lost
  }
  return found;
}

// The same of a flow to the endpoint's own addresses: it arrives there or nowhere.
Truth arrives(const net::Answer& a) {
  switch (a.verdict) {
    case net::Verdict::private_:
    case net::Verdict::public_: return Truth::yes;
    case net::Verdict::blocked: return Truth::no;
    case net::Verdict::unknown: break;
  }
  return Truth::unknown;
}

class Asking {
 public:
  Asking(const Access& access, const Endpoint& door) : access_(access), cloud_(access.cloud()), door_(door) {
    gateway_ = door.type.known() && *door.type == EndpointType::gateway;
    out_.door = door.id;
    out_.id = id_of(cloud_, door.id);
    out_.kind = !door.type.known() ? "endpoint" : kind(*door.type);
    out_.service = cloud_.view(door.service);
  }

  Audience run() {
    workloads();
    peers();
    gateways();
    // Behind what VPC Lattice leads to stands no API.
    if (!door_.type.known() || !is_lattice(*door_.type)) out_.grants = grants(access_, door_);
    return std::move(out_);
  }

 private:
  static const char* kind(EndpointType type) {
    switch (type) {
      case EndpointType::gateway: return "gateway-endpoint";
      case EndpointType::interface: return "interface-endpoint";
      case EndpointType::gateway_load_balancer: return "gateway-load-balancer-endpoint";
      case EndpointType::resource: return "resource-endpoint";
      case EndpointType::service_network: return "service-network-endpoint";
    }
    return "endpoint";
  }

  GapId gap(GapKind kind, std::string what, std::string remedy = {}) const {
    return cloud_.registry().gaps.add({kind, std::move(what), std::move(remedy)});
  }

  void workloads() {
    std::map<std::tuple<int, std::string>, Reach> groups;
    const Serves service = serves(cloud_, door_);
    for (const net::Workload& w : net::workloads(cloud_)) {
      net::Target target = net::EndpointTarget{door_.id};
      if (gateway_) target = net::ServiceTarget{service.service, service.region};
      const net::Answer a = access_.net().answer({w, target, tcp, 443});
      const Truth truth = gateway_ ? reaches(a, door_) : arrives(a);
      std::string why = truth == Truth::no && a.verdict != net::Verdict::blocked ? std::string("goes by another door")
                                                                                 : a.reason.message;
      if (why.empty()) why = a.reason.code;
      const int order = truth == Truth::yes ? 0 : truth == Truth::unknown ? 1 : 2;
      Reach& group = groups[{order, truth == Truth::yes ? std::string() : why}];
      group.reaches = truth;
      group.why = truth == Truth::yes ? "reaches it" : why;
      group.workloads.push_back(net::label(cloud_, net::Source(w)));
      if (truth == Truth::unknown) group.gaps.insert(group.gaps.end(), a.gaps.begin(), a.gaps.end());
    }
    for (auto& [key, group] : groups) {
      std::sort(group.workloads.begin(), group.workloads.end());
      std::sort(group.gaps.begin(), group.gaps.end());
      group.gaps.erase(std::unique(group.gaps.begin(), group.gaps.end()), group.gaps.end());
      out_.reach.push_back(std::move(group));
    }
  }

  void peers() {
    if (!door_.vpc.known()) return;
    for (const Peering& p : cloud_->peerings) {
      const bool ours = p.requester.vpc == *door_.vpc, theirs = p.accepter.vpc == *door_.vpc;
      if (!ours && !theirs) continue;
      const PeeringSide& peer = ours ? p.accepter : p.requester;
      const std::string vpc = id_of(cloud_, peer.vpc);
      if (gateway_) {
        out_.outsiders.push_back({"peer", p.id, Truth::no, "gateway endpoints serve their own VPC only", {}});
      } else if (p.state.known() && *p.state != State::working) {
        out_.outsiders.push_back({"peer", p.id, Truth::no, "the peering is not active", {}});
      } else if (cloud_->vpcs.find(peer.vpc) != nullptr) {
        out_.outsiders.push_back(
            {"peer", p.id, Truth::yes, "`" + vpc + "` is peered; its workloads are decided above", {}});
      } else {
        out_.outsiders.push_back({"peer", p.id, Truth::unknown, "`" + vpc + "` is peered, but is not in the input",
                                  gap(GapKind::outside, "the peer VPC `" + vpc + "` is not in the input",
                                      "collect account " + std::string(cloud_.view(peer.account)))});
      }
    }
    if (const GapId missing = cloud_.missing(Kind::peering, door_.head.account, door_.head.region);
        missing && !gateway_) {
      out_.outsiders.push_back({"peer", {}, Truth::unknown, "peerings were not collected", missing});
    }
  }

  // What comes over a transit gateway, a VPN, Direct Connect: told by the routes back.
  void gateways() {
    if (!door_.vpc.known()) return;
    std::map<Ref, const char*> seen;
    for (const RouteTable& table : cloud_->route_tables) {
      if (!table.vpc.known() || *table.vpc != *door_.vpc) continue;
      for (const Route& r : table.routes) {
        if (r.target == RouteTarget::transit_gateway) seen.emplace(r.object, "transit-gateway");
        if (r.target == RouteTarget::core_network) seen.emplace(r.object, "cloud-wan");
        if (r.target == RouteTarget::vpn_gateway) seen.emplace(r.object, "on-premises");
      }
    }
    for (const auto& [object, who] : seen) {
      if (!gateway_ && object.kind == Kind::transit_gateway && attached(object.as<Kind::transit_gateway>())) continue;
      if (gateway_) {
        out_.outsiders.push_back({who, object, Truth::no, "gateway endpoints serve their own VPC only", {}});
      } else {
        out_.outsiders.push_back(
            {who, object, Truth::unknown, "the VPC has a route to `" + id_of(cloud_, object) + "`",
             gap(GapKind::outside, "who comes in by `" + id_of(cloud_, object) + "` is not in the input", "")});
      }
    }
  }

  // Whoever is attached to a gateway of which all is known, one by one. False: that is not so.
  bool attached(TransitGatewayId gateway) {
    const TransitGateway* row = cloud_->transit_gateways.find(gateway);
    if (row == nullptr || cloud_.missing(Kind::transit_attachment, row->head.account, row->head.region)) return false;
    for (const TransitAttachment& a : cloud_->transit_attachments) {
      if (!a.gateway.known() || *a.gateway != gateway) continue;
      if (a.vpc.known() && *a.vpc == *door_.vpc) continue;
      const std::string id = id_of(cloud_, a.id);
      const Vpc* vpc = a.vpc.known() ? cloud_->vpcs.find(*a.vpc) : nullptr;
      const auto add = [&](Truth reaches, std::string why, GapId gap) {
        out_.outsiders.push_back({"transit-gateway", a.id, reaches, std::move(why), gap});
      };
      if (vpc != nullptr) {
        add(Truth::yes, "`" + id_of(cloud_, vpc->id) + "` is attached; its workloads are decided above", {});
        continue;
      }
      if (leads_to_known_vpcs(a)) {
        add(Truth::yes, "`" + id + "` leads to a gateway of which all is known; its workloads are decided above", {});
        continue;
      }
      GapId why;
      const Truth led = led_here(a, why);
      if (led == Truth::no) {
        add(Truth::no, "no route leads here from `" + id + "`", {});
      } else if (led == Truth::yes) {
        add(Truth::unknown, "a route leads here from `" + id + "`",
            gap(GapKind::outside, "who comes in by `" + id + "` is not in the input", "collect the account behind it"));
      } else {
        add(Truth::unknown, "where `" + id + "` leads is not known", why);
      }
    }
    return true;
  }

  // A peering to a gateway to which nothing but VPCs of the input is attached.
  bool leads_to_known_vpcs(const TransitAttachment& peering) const {
    if (peering.kind != Value<AttachmentKind>(AttachmentKind::peering) || !peering.peer.known()) return false;
    const TransitAttachment* far = cloud_->transit_attachments.find(*peering.peer);
    const TransitGateway* gateway =
        far != nullptr && far->gateway.known() ? cloud_->transit_gateways.find(*far->gateway) : nullptr;
    if (gateway == nullptr || cloud_.missing(Kind::transit_attachment, gateway->head.account, gateway->head.region))
      return false;
    return std::all_of(cloud_->transit_attachments.begin(), cloud_->transit_attachments.end(),
                       [&](const TransitAttachment& a) {
                         if (a.id == far->id || (a.gateway.known() && *a.gateway != gateway->id)) return true;
                         return a.vpc.known() && cloud_->vpcs.find(*a.vpc) != nullptr;
                       });
  }

  // Does the table of the attachment lead to the door's VPC?
  Truth led_here(const TransitAttachment& from, GapId& why) const {
    if (!from.table.known()) return why = from.table.gap(), Truth::unknown;
    if (!*from.table) return Truth::no;
    const TransitTable* table = cloud_->transit_tables.find(*from.table);
    const Vpc* home = cloud_->vpcs.find(*door_.vpc);
    if (table == nullptr || home == nullptr) {
      why = cloud_.registry().gaps.add({GapKind::not_collected, "the table of `" + id_of(cloud_, from.id) + "`",
                                        listing_command(Kind::transit_table)});
      return Truth::unknown;
    }
    Truth led = Truth::no;
    if (table->routes.open) led = Truth::unknown, why = table->routes.open;
    for (const TransitRoute& route : table->routes) {
      const bool here = std::any_of(route.attachments.begin(), route.attachments.end(), [&](TransitAttachmentId id) {
        const TransitAttachment* to = cloud_->transit_attachments.find(id);
        return to == nullptr || !to->vpc.known() || *to->vpc == *door_.vpc;
      });
      if (!here) continue;
      const auto* prefix = std::get_if<Prefix>(&route.destination);
      const bool covers = prefix == nullptr || std::any_of(home->cidrs.begin(), home->cidrs.end(), [&](const auto& c) {
                            return !c.known() || c->overlaps(*prefix);
                          });
      if (covers) return Truth::yes;
    }
    return led;
  }

  const Access& access_;
  const Cloud& cloud_;
  const Endpoint& door_;
  bool gateway_ = false;
  Audience out_;
};

const char* connected(Truth works) {
  switch (works) {
    case Truth::yes: return " leads here";
    case Truth::no: return " is not connected: its state lets nothing through";
    case Truth::unknown: break;
  }
  return " may lead here";
}

// PL-2, PL-3: whom the owner's answers let connect, and who is connected from accounts that were
// not collected.
void offered(const Cloud& cloud, const EndpointService& service, Audience& out) {
  for (const EndpointConnection& c : service.connections) {
    if (cloud->endpoints.find(c.endpoint) != nullptr) continue;
    const Truth works = c.state.known() ? truth(*c.state == State::working) : Truth::unknown;
    out.outsiders.push_back(
        {"endpoint", c.endpoint, works,
         "`" + id_of(cloud, c.endpoint) + "` of `" + std::string(cloud.view(c.account)) + "`" + connected(works),
         c.state.gap()});
  }
  if (service.connections.open) {
    out.outsiders.push_back(
        {"endpoint", {}, Truth::unknown, "connections were not collected", service.connections.open});
  }
  const Truth asked = truth(service.acceptance_required);
  const auto add = [&](const std::string& who) {
    const std::string then = asked == Truth::no    ? " may connect, and is let in at once"
                             : asked == Truth::yes ? " may ask to connect: the owner accepts or rejects"
                                                   : " may connect; whether it must be accepted is not known";
    out.outsiders.push_back(
        {"other-tenants",
         {},
         asked == Truth::no ? Truth::yes : Truth::unknown,
         who + then,
         asked == Truth::no ? GapId()
         : asked == Truth::yes
             ? cloud.registry().gaps.add(
                   {GapKind::outside, "whom the owner of `" + std::string(cloud.id(service.id)) + "` accepts", {}})
             : service.acceptance_required.gap()});
  };
  for (const Text principal : service.principals) {
    const std::string_view who = cloud.view(principal);
    add(who == "*" ? std::string("everybody") : "`" + std::string(who) + "`");
  }
  if (service.principals.open) {
    out.outsiders.push_back(
        {"other-tenants", {}, Truth::unknown, "its allowed principals were not collected", service.principals.open});
  } else if (service.principals.empty()) {
    out.outsiders.push_back({"other-tenants", {}, Truth::no, "no other account is allowed to connect", {}});
  }
}

// The consumers of an endpoint service: endpoints of the cloud, and other tenants.
Audience consumers(const Access& access, Ref door, std::string_view service) {
  const Cloud& cloud = access.cloud();
  Audience out;
  out.door = door;
  out.id = service;
  out.kind = "endpoint-service";
  out.service = service;
  for (const Endpoint& e : cloud->endpoints) {
    if (cloud.view(e.service) != service) continue;
    const Truth works = e.state.known() ? truth(*e.state == State::working) : Truth::unknown;
    out.outsiders.push_back(
        {"endpoint", e.id, works, "`" + id_of(cloud, e.id) + "`" + connected(works), e.state.gap()});
  }
  const EndpointService* row = cloud->endpoint_services.find(door.as<Kind::endpoint_service>());
  if (row != nullptr && row->configured) {
    offered(cloud, *row, out);
  } else if (service.find(".vpce.") == std::string_view::npos) {
    out.outsiders.push_back({"other-tenants", {}, Truth::yes, "a service of AWS: every customer reaches it", {}});
  } else {
    const GapId gap = cloud.registry().gaps.add({GapKind::not_collected,
                                                 "whom `" + std::string(service) + "` lets connect was not collected",
                                                 "aws ec2 describe-vpc-endpoint-service-permissions --service-id " +
                                                     std::string(service.substr(service.rfind('.') + 1))});
    out.outsiders.push_back({"other-tenants", {}, Truth::unknown, "its allowed principals were not collected", gap});
  }
  return out;
}

}  // namespace

Result<Audience> audience(const Access& access, std::string_view door) {
  const Cloud& cloud = access.cloud();
  const Result<const Endpoint*> endpoint = endpoint_named(cloud, door);
  if (endpoint) return Asking(access, **endpoint).run();
  for (const EndpointService& s : cloud->endpoint_services) {
    const std::string_view name = cloud.id(s.id);
    const bool by_id = name.size() > door.size() && name.ends_with(door) && name[name.size() - door.size() - 1] == '.';
    if (name == door || by_id) return consumers(access, s.id, name);
  }
  for (const Endpoint& e : cloud->endpoints) {
    if (cloud.view(e.service) == door) return consumers(access, Ref(), door);
  }
  return fail("no endpoint or endpoint service of the input is called `" + std::string(door) + "`",
              "give a vpce- id, a vpce-svc- id or a service's name");
}

}  // namespace sallyport::access
