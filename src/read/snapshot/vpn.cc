// What works behind virtual private gateways: VPN connections and Direct Connect (VG-1, RT-18).
//
// Tunnels and BGP sessions that are down for a moment count as working, as targets do that are unhealthy.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpnConnection.html
// https://docs.aws.amazon.com/directconnect/latest/APIReference/API_VirtualInterface.html
// https://docs.aws.amazon.com/directconnect/latest/APIReference/API_DirectConnectGatewayAssociation.html
#include <algorithm>

#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

std::pair<Text, Text> place_of(const Answer& answer) { return {answer.account, answer.region}; }

// What one answer knows of a gateway; what works outweighs what does not.
void note(Answer& answer, Node gateway, Truth works) {
  const auto id = answer.id<VpnGatewayId>(gateway);
  if (!id) return;
  Truth& known = answer.work().vpn.works.try_emplace(id, Truth::no).first->second;
  known = known | works;
}

Truth state_in(std::string_view word, std::initializer_list<std::string_view> good,
               std::initializer_list<std::string_view> bad) {
  if (std::find(good.begin(), good.end(), word) != good.end()) return Truth::yes;
  return std::find(bad.begin(), bad.end(), word) != bad.end() ? Truth::no : Truth::unknown;
}

}  // namespace

void read_vpn_gateways(Answer& answer) {
  for (const Node node : answer.root()["VpnGateways"].items()) {
    if (node["State"].text() == "deleted") continue;
    VpnGateway row;
    row.id = answer.id<VpnGatewayId>(node["VpnGatewayId"]);
    if (!row.id) {
      unnamed(answer, node, "VpnGatewayId");
      continue;
    }
    row.head = answer.head(node, node["Tags"]);
    answer.put(answer.rows().vpn_gateways, std::move(row), node);
  }
}

void read_vpn_connections(Answer& answer) {
  if (answer.root()["NextToken"].absent()) answer.work().vpn.connections_read.insert(place_of(answer));
  for (const Node node : answer.root()["VpnConnections"].items())
    note(answer, node["VpnGatewayId"], state_in(node["State"].text(), {"available"}, {"deleting", "deleted"}));
}

void read_virtual_interfaces(Answer& answer) {
  answer.work().vpn.virtual_interfaces_read.insert(place_of(answer));
  for (const Node node : answer.root()["virtualInterfaces"].items()) {
    note(answer, node["virtualGatewayId"],
         state_in(node["virtualInterfaceState"].text(), {"available", "down"}, {"deleting", "deleted", "rejected"}));
  }
}

// Asked of one gateway, whose id is the file's name: also what other accounts associated.
void read_direct_connect_associations(Answer& answer) {
  if (answer.root()["nextToken"].absent() && answer.subject.starts_with("vgw-"))
    answer.work().vpn.associations_read.insert(answer.id<VpnGatewayId>(answer.subject));
  for (const Node node : answer.root()["directConnectGatewayAssociations"].items()) {
    const Node gateway =
        node["virtualGatewayId"].text().empty() ? node["associatedGateway"]["id"] : node["virtualGatewayId"];
    // Whether a virtual interface is attached to the Direct Connect gateway its own account knows.
    const Truth works = state_in(node["associationState"].text(), {}, {"disassociated"});
    note(answer, gateway, works);
  }
}

void finish_vpn_gateways(Work& work) {
  const VpnParts& parts = work.vpn;
  for (VpnGateway& row : work.change.put.vpn_gateways) {
    const std::string id(work.registry->id(row.id));
    const auto gap = [&](const std::string& what, const std::string& command) {
      return work.registry->gaps.add({GapKind::not_collected, what, command, row.head.origin});
    };
    const auto found = parts.works.find(row.id);
    const Truth works = found == parts.works.end() ? Truth::no : found->second;
    const std::pair place{row.head.account, row.head.region};
    if (works == Truth::yes) {
      row.connected = true;
    } else if (!parts.connections_read.contains(place)) {
      row.connected =
          gap("which VPN connections `" + id + "` has was not collected", "aws ec2 describe-vpn-connections");
    } else if (works == Truth::unknown) {
      row.connected =
          gap("whether what hangs on `" + id + "` works is not in the answers", "aws ec2 describe-vpn-connections");
    } else if (!parts.virtual_interfaces_read.contains(place)) {
      row.connected = gap("which virtual interfaces of Direct Connect `" + id + "` has was not collected",
                          "aws directconnect describe-virtual-interfaces");
    } else if (!parts.associations_read.contains(row.id)) {
      row.connected = gap("with which Direct Connect gateway `" + id + "` is associated was not collected",
                          "aws directconnect describe-direct-connect-gateway-associations --virtual-gateway-id " + id);
    } else {
      row.connected = false;
    }
    row.listed = works == Truth::no && parts.connections_read.contains(place);
  }
}

}  // namespace sallyport::read::snapshot
