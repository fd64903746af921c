// Internet, egress-only and NAT gateways (IG, NA).
#include <algorithm>

#include "base/wildcard.h"
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

// Attachments of an internet or egress-only gateway. EC2 writes `available` for an
// internet gateway where it means attached.
List<VpcId> attachments(Answer& answer, Node node, std::string_view name) {
  List<VpcId> vpcs;
  for (const Node attachment : answer.list(node, "Attachments", name, vpcs.open).items()) {
    const std::string_view state = attachment["State"].text();
    if (state == "detached") continue;
    const auto vpc = answer.id<VpcId>(attachment["VpcId"]);
    if (vpc && (state == "available" || state == "attached")) {
      vpcs.items.push_back(vpc);
    } else {
      vpcs.open = answer.gap(GapKind::undocumented,
                             "an attachment of `" + std::string(name) + "` is `" + std::string(state) + "`",
                             "collect again when it has settled", attachment);
    }
  }
  return vpcs;
}

Value<State> nat_state(Answer& answer, Node node, std::string_view name) {
  const std::string_view state = node["State"].text();
  if (state == "available") return State::working;
  if (state == "pending" || state == "failed" || state == "deleting" || state == "deleted")
    return State::not_working;  // `deleted` stays listed for an hour, and routes may still lead there
  return answer.lacking(name, "State", node["State"]);
}

NatAddress nat_address(Answer& answer, Node node, std::string_view name) {
  NatAddress address;
  address.private_address = answer.address(node["PrivateIp"], name);
  const Node elastic = node["PublicIp"];
  address.has_public = !elastic.absent();
  if (address.has_public) address.public_address = answer.address(elastic, name);
  address.zone = answer.text(node["AvailabilityZone"]);
  address.zone_id = answer.text(node["AvailabilityZoneId"]);
  return address;
}

// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html
Value<bool> every_zone(Answer& answer, Node node, std::string_view name) {
  const std::string_view word = node["AutoProvisionZones"].text();
  if (word == "enabled") return true;
  if (word == "disabled") return false;
  return answer.lacking(name, "AutoProvisionZones", node["AutoProvisionZones"]);
}

Value<bool> connectivity(Answer& answer, Node node, const NatGateway& nat, std::string_view name) {
  const std::string_view type = node["ConnectivityType"].text();
  if (type == "public") return true;
  if (type == "private") return false;
  // Answers from before 2021 do not say: an Elastic IP makes it a public one.
  for (const NatAddress& a : nat.addresses) {
    if (type.empty() && a.has_public) return true;
  }
  return answer.lacking(name, "ConnectivityType", node["ConnectivityType"]);
}

}  // namespace

void read_internet_gateways(Answer& answer) {
  for (const Node node : answer.root()["InternetGateways"].items()) {
    const std::string_view name = node["InternetGatewayId"].text();
    InternetGateway gateway;
    gateway.id = answer.id<InternetGatewayId>(name);
    if (!gateway.id) {
      unnamed(answer, node, "InternetGatewayId");
      continue;
    }
    gateway.head = answer.head(node, node["Tags"]);
    gateway.vpcs = attachments(answer, node, name);
    answer.put(answer.rows().internet_gateways, std::move(gateway), node);
  }
}

void read_egress_only_gateways(Answer& answer) {
  for (const Node node : answer.root()["EgressOnlyInternetGateways"].items()) {
    const std::string_view name = node["EgressOnlyInternetGatewayId"].text();
    EgressOnlyGateway gateway;
    gateway.id = answer.id<EgressOnlyGatewayId>(name);
    if (!gateway.id) {
      unnamed(answer, node, "EgressOnlyInternetGatewayId");
      continue;
    }
    gateway.head = answer.head(node, node["Tags"]);
    gateway.vpcs = attachments(answer, node, name);
    answer.put(answer.rows().egress_only_gateways, std::move(gateway), node);
  }
}

void read_nat_gateways(Answer& answer) {
  for (const Node node : answer.root()["NatGateways"].items()) {
    const std::string_view name = node["NatGatewayId"].text();
    NatGateway nat;
    nat.id = answer.id<NatGatewayId>(name);
    if (!nat.id) {
      unnamed(answer, node, "NatGatewayId");
      continue;
    }
    nat.head = answer.head(node, node["Tags"]);
    nat.state = nat_state(answer, node, name);
    nat.vpc = answer.ref<VpcId>(node, "VpcId", name);
    nat.regional = equals_ignoring_case(node["AvailabilityMode"].text(), "regional");
    if (nat.regional) {
      nat.table = answer.ref<RouteTableId>(node, "RouteTableId", name);
      nat.every_zone = every_zone(answer, node, name);
    } else {
      nat.subnet = answer.ref<SubnetId>(node, "SubnetId", name);
    }
    for (const Node address : answer.list(node, "NatGatewayAddresses", name, nat.addresses.open).items()) {
      const std::string_view status = address["Status"].text();
      if (nat.regional && !status.empty() && status != "succeeded") {
        nat.addresses.open = answer.gap(GapKind::undocumented,
                                        "an address of `" + std::string(name) + "` is `" + std::string(status) + "`",
                                        "collect again when it has settled", address);
        continue;
      }
      nat.addresses.items.push_back(nat_address(answer, address, name));
    }
    nat.is_public = connectivity(answer, node, nat, name);
    // A public gateway that runs has an Elastic IP: one that is not there was not told.
    const auto has_public = [](const NatAddress& a) { return a.has_public; };
    auto& addresses = nat.addresses.items;
    const bool untold =
        nat.is_public.known() && *nat.is_public && std::none_of(addresses.begin(), addresses.end(), has_public);
    for (NatAddress& a : addresses) {
      if (!untold) break;
      a.has_public = true;
      a.public_address = answer.lacking(name, "PublicIp", {});
    }
    answer.put(answer.rows().nat_gateways, std::move(nat), node);
  }
}

}  // namespace sallyport::read::snapshot
