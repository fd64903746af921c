// Transit gateways as AWS answers.
#include "library/net/snapshot_parts.h"

namespace sallyport::generate {
namespace {

std::string enabled(bool on) { return json_string(on ? "enable" : "disable"); }

const char* resource_type(AttachmentKind kind) {
  switch (kind) {
    case AttachmentKind::vpc: return "vpc";
    case AttachmentKind::peering: return "peering";
    case AttachmentKind::vpn: return "vpn";
    case AttachmentKind::direct_connect: return "direct-connect-gateway";
    case AttachmentKind::connect: return "connect";
    case AttachmentKind::other: break;
  }
  return "network-function";
}

std::string state_word(State state) { return json_string(state == State::working ? "available" : "pendingAcceptance"); }

}  // namespace

std::vector<std::string> Writer::transit_gateways() const {
  std::vector<std::string> all;
  for (const TransitGateway& g : cloud->transit_gateways) {
    if (!here(g.head)) continue;
    all.push_back(object({{"TransitGatewayId", id(g.id)},
                          {"OwnerId", owner(g.head)},
                          {"State", state_word(*g.state)},
                          {"Options", object({{"AmazonSideAsn", "64512"},
                                              {"DnsSupport", enabled(true)},
                                              {"SecurityGroupReferencingSupport", enabled(*g.group_referencing)}})},
                          {"Tags", tags(g.head)}}));
  }
  return all;
}

std::vector<std::string> Writer::transit_attachments() const {
  std::vector<std::string> all;
  for (const TransitAttachment& a : cloud->transit_attachments) {
    if (!here(a.head)) continue;
    const bool vpc = *a.kind == AttachmentKind::vpc;
    const std::string association =
        *a.table ? object({{"TransitGatewayRouteTableId", id(*a.table)}, {"State", json_string("associated")}})
                 : std::string();
    all.push_back(object({{"TransitGatewayAttachmentId", id(a.id)},
                          {"TransitGatewayId", id(*a.gateway)},
                          {"TransitGatewayOwnerId", owner(a.head)},
                          {"ResourceOwnerId", owner(a.head)},
                          {"ResourceType", json_string(resource_type(*a.kind))},
                          {"ResourceId", vpc ? id(*a.vpc) : json_string("other-1")},
                          {"State", state_word(*a.state)},
                          {"Association", association},
                          {"Tags", tags(a.head)}}));
  }
  return all;
}

std::vector<std::string> Writer::transit_vpc_attachments() const {
  std::vector<std::string> all;
  for (const TransitAttachment& a : cloud->transit_attachments) {
    if (!here(a.head) || *a.kind != AttachmentKind::vpc) continue;
    all.push_back(object({{"TransitGatewayAttachmentId", id(a.id)},
                          {"TransitGatewayId", id(*a.gateway)},
                          {"VpcId", id(*a.vpc)},
                          {"VpcOwnerId", owner(a.head)},
                          {"State", state_word(*a.state)},
                          {"SubnetIds", ids(a.subnets)},
                          {"Options", object({{"DnsSupport", enabled(true)},
                                              {"SecurityGroupReferencingSupport", enabled(*a.group_referencing)},
                                              {"Ipv6Support", enabled(*a.ipv6)},
                                              {"ApplianceModeSupport", enabled(*a.appliance_mode)}})},
                          {"Tags", tags(a.head)}}));
  }
  return all;
}

std::vector<std::string> Writer::transit_peerings() const {
  std::vector<std::string> all;
  for (const TransitAttachment& a : cloud->transit_attachments) {
    if (!here(a.head) || *a.kind != AttachmentKind::peering) continue;
    const TransitAttachment& far = *cloud->transit_attachments.find(*a.peer);
    const auto side = [&](const TransitAttachment& s) {
      return object({{"TransitGatewayId", id(*s.gateway)},
                     {"OwnerId", owner(s.head)},
                     {"Region", json_string(text(s.head.region))}});
    };
    const bool first = text(a.head.region) < text(far.head.region);
    all.push_back(object({{"TransitGatewayAttachmentId", id(a.id)},
                          {"RequesterTgwInfo", side(first ? a : far)},
                          {"AccepterTgwInfo", side(first ? far : a)},
                          {"State", state_word(*a.state)},
                          {"Tags", tags(a.head)}}));
  }
  return all;
}

std::vector<std::string> Writer::transit_tables() const {
  std::vector<std::string> all;
  for (const TransitTable& t : cloud->transit_tables) {
    if (!here(t.head)) continue;
    all.push_back(object({{"TransitGatewayRouteTableId", id(t.id)},
                          {"TransitGatewayId", id(*t.gateway)},
                          {"State", json_string("available")},
                          {"Tags", tags(t.head)}}));
  }
  return all;
}

std::vector<std::string> Writer::transit_routes(const TransitTable& table) const {
  std::vector<std::string> all;
  for (const TransitRoute& r : table.routes) {
    std::vector<std::string> attachments;
    for (const TransitAttachmentId a : r.attachments) {
      attachments.push_back(object({{"TransitGatewayAttachmentId", id(a)}, {"ResourceType", json_string("vpc")}}));
    }
    const Prefix* p = std::get_if<Prefix>(&r.destination);
    all.push_back(object({{"DestinationCidrBlock", p == nullptr ? std::string() : json_string(to_string(*p))},
                          {"PrefixListId", p == nullptr ? id(std::get<PrefixListId>(r.destination)) : std::string()},
                          {"TransitGatewayAttachments", attachments.empty() ? std::string() : array(attachments)},
                          {"Type", json_string(r.propagated ? "propagated" : "static")},
                          {"State", json_string(*r.blackhole ? "blackhole" : "active")}}));
  }
  return all;
}

std::vector<std::string> Writer::transit_propagations(const TransitTable& table) const {
  std::vector<std::string> all;
  for (const TransitAttachmentId a : table.propagations) {
    all.push_back(object({{"TransitGatewayAttachmentId", id(a)},
                          {"ResourceType", json_string("vpc")},
                          {"State", json_string("enabled")}}));
  }
  return all;
}

}  // namespace sallyport::generate
