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
    out_.grants = grants(access_, door_);
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
      if (gateway_) {
        out_.outsiders.push_back({who, object, Truth::no, "gateway endpoints serve their own VPC only", {}});
      } else {
        out_.outsiders.push_back(
            {who, object, Truth::unknown, "the VPC has a route to `" + id_of(cloud_, object) + "`",
             gap(GapKind::outside, "who comes in by `" + id_of(cloud_, object) + "` is not in the input",
                 "say what lies behind it under `assume:`")});
      }
    }
  }

  const Access& access_;
  const Cloud& cloud_;
  const Endpoint& door_;
  bool gateway_ = false;
  Audience out_;
};

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
    out.outsiders.push_back({"endpoint", e.id, works, "`" + id_of(cloud, e.id) + "` leads here", e.state.gap()});
  }
  if (service.find(".vpce.") == std::string_view::npos) {
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
