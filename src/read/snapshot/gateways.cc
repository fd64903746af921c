// Internet, egress-only and NAT gateways, and VPC Block Public Access (IG, NA, BP).
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
  if (state == "pending" || state == "failed" || state == "deleting") return State::not_working;
  return answer.lacking(name, "State", node["State"]);
}

NatAddress nat_address(Answer& answer, Node node, std::string_view name) {
  NatAddress address;
  address.private_address = answer.address(node["PrivateIp"], name);
  const Node elastic = node["PublicIp"];
  address.has_public = !elastic.absent();
  if (address.has_public) address.public_address = answer.address(elastic, name);
  return address;
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
    if (node["State"].text() == "deleted") continue;  // AWS lists it for an hour more
    nat.head = answer.head(node, node["Tags"]);
    nat.state = nat_state(answer, node, name);
    nat.vpc = answer.ref<VpcId>(node, "VpcId", name);
    nat.regional = equals_ignoring_case(node["AvailabilityMode"].text(), "regional");
    if (!nat.regional) nat.subnet = answer.ref<SubnetId>(node, "SubnetId", name);
    for (const Node address : answer.list(node, "NatGatewayAddresses", name, nat.addresses.open).items()) {
      nat.addresses.items.push_back(nat_address(answer, address, name));
    }
    nat.is_public = connectivity(answer, node, nat, name);
    answer.put(answer.rows().nat_gateways, std::move(nat), node);
  }
}

void read_public_block(Answer& answer) {
  const Node options = answer.root()["VpcBlockPublicAccessOptions"];
  const std::string_view mode = options["InternetGatewayBlockMode"].text();
  if (mode == "off") return;
  Text region = answer.region;
  if (region.empty()) region = answer.text(options["AwsRegion"]);
  Text account = answer.account;
  if (account.empty()) account = answer.account_id(options["AwsAccountId"]);
  answer.work().public_blocks[{account, region}] =
      answer.gap(GapKind::not_modelled,
                 "VPC Block Public Access is `" + std::string(mode) + "` in " + answer.registry().texts.string(region),
                 "what it blocks is not decided yet", options);
}

// Until the rules BP-1..6 are modelled: a gateway under Block Public Access is
// perhaps attached and perhaps as good as not.
void finish_gateways(Work& work) {
  const auto doubt = [&](const Head& head, List<VpcId>& vpcs) {
    for (const auto& [where, gap] : work.public_blocks) {
      const auto& [account, region] = where;
      if (region != head.region || (!account.empty() && !head.account.empty() && account != head.account)) continue;
      vpcs.items.clear();
      vpcs.open = gap;
    }
  };
  for (InternetGateway& gateway : work.change.put.internet_gateways) doubt(gateway.head, gateway.vpcs);
  for (EgressOnlyGateway& gateway : work.change.put.egress_only_gateways) doubt(gateway.head, gateway.vpcs);
}

}  // namespace sallyport::read::snapshot
