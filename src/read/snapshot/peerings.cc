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

}  // namespace

void read_peerings(Answer& answer) {
  for (const Node node : answer.root()["VpcPeeringConnections"].items()) {
    const std::string_view name = node["VpcPeeringConnectionId"].text();
    Peering peering;
    peering.id = answer.id<PeeringId>(name);
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
    answer.put(answer.rows().peerings, std::move(peering), node);
  }
}

}  // namespace sallyport::read::snapshot
