// VPC peering connections (PX-1, PX-2, DN-13).
#include "base/wildcard.h"
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

PeeringSide read_side(Answer& answer, Node node, std::string_view name, GapId& gap) {
  PeeringSide side;
  side.region = node["Region"].text().empty() ? answer.region : answer.text(node["Region"]);
  side.account = answer.account_id(node["OwnerId"]);
  side.vpc = answer.id_in<VpcId>(side.region, node["VpcId"].text());
  const auto add = [&](Node cidr) {
    if (cidr.absent()) return;
    if (const Value<Prefix> p = answer.prefix(cidr, name); p.known()) {
      side.cidrs.push_back(*p);
    } else {
      gap = p.gap();
    }
  };
  for (const Node block : node["CidrBlockSet"].items()) add(block["CidrBlock"]);
  if (side.cidrs.empty()) add(node["CidrBlock"]);
  for (const Node block : node["Ipv6CidrBlockSet"].items()) add(block["Ipv6CidrBlock"]);
  side.dns_resolution = answer.flag(node["PeeringOptions"], "AllowDnsResolutionFromRemoteVpc", name);
  return side;
}

Value<State> read_state(Answer& answer, Node node, std::string_view name) {
  const std::string_view code = node["Status"]["Code"].text();
  if (code == "active") return State::working;
  for (const char* dead : {"initiating-request", "pending-acceptance", "provisioning", "rejected", "expired", "failed",
                           "deleting", "deleted"}) {
    if (code == dead) return State::not_working;
  }
  return answer.lacking(name, "Status", node["Status"]["Code"]);
}

// Each owner sees the options of its own side only, and its own tags: two views of
// one peering complete each other unless they differ in what both see.
bool complete(Peering& standing, const Peering& other) {
  const auto same = [](const PeeringSide& a, const PeeringSide& b) {
    return a.vpc == b.vpc && a.account == b.account && a.region == b.region && a.cidrs == b.cidrs &&
           (!a.dns_resolution.known() || !b.dns_resolution.known() || a.dns_resolution == b.dns_resolution);
  };
  if (standing.state != other.state || !same(standing.requester, other.requester) ||
      !same(standing.accepter, other.accepter)) {
    return false;
  }
  if (!standing.requester.dns_resolution.known()) standing.requester.dns_resolution = other.requester.dns_resolution;
  if (!standing.accepter.dns_resolution.known()) standing.accepter.dns_resolution = other.accepter.dns_resolution;
  return true;
}

bool same(const Peering& a, const Peering& b) {
  return a.state == b.state && a.requester.vpc == b.requester.vpc && a.accepter.vpc == b.accepter.vpc && !a.head.gap &&
         !b.head.gap;
}

}  // namespace

void read_peerings(Answer& answer) {
  for (const Node node : answer.root()["VpcPeeringConnections"].items()) {
    const std::string_view name = node["VpcPeeringConnectionId"].text();
    Peering peering;
    peering.id = answer.id_in<PeeringId>(answer.partition, name);  // one id in both of its Regions
    if (!peering.id) {
      unnamed(answer, node, "VpcPeeringConnectionId");
      continue;
    }
    peering.head = answer.head(node, node["Tags"]);
    peering.state = read_state(answer, node, name);
    peering.requester = read_side(answer, node["RequesterVpcInfo"], name, peering.head.gap);
    peering.accepter = read_side(answer, node["AccepterVpcInfo"], name, peering.head.gap);
    // Both sides list it, each with its own tags: the requester's view stands.
    if (!peering.requester.account.empty()) peering.head.account = peering.requester.account;
    if (!peering.requester.vpc || !peering.accepter.vpc) {
      peering.head.gap = answer.lacking(name, "VpcId", node["AccepterVpcInfo"]["VpcId"]);
    }
    Peering* standing = answer.standing(answer.rows().peerings, peering.id);
    if (standing != nullptr && complete(*standing, peering)) continue;
    // The other Region lists it too, with tags of its own.
    auto& rows = answer.rows().peerings;
    if (const Peering* seen = answer.standing(rows, peering.id); seen != nullptr && same(*seen, peering)) continue;
    answer.put(rows, std::move(peering), node);
  }
}

}  // namespace sallyport::read::snapshot
