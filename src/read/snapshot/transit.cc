// Transit gateways and their attachments (TG-1, TG-5, TG-8..10). An attachment stands in
// several answers, each with a part of it: the list of all, that of VPCs with their
// subnets, that of peerings with the other side, and those of the route tables.
#include <algorithm>

#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

// `deleted` stays listed for a while, and routes may still lead there.
bool is_gone(std::string_view state) { return state == "deleted" || state == "rejected" || state == "failed"; }

Value<State> read_state(Answer& answer, Node node, std::string_view name) {
  const std::string_view state = node["State"].text();
  if (state == "available") return State::working;
  for (const char* waiting : {"initiating", "initiatingRequest", "pendingAcceptance", "pending", "rollingBack",
                              "deleting", "rejecting", "failing"}) {
    if (state == waiting) return State::not_working;
  }
  if (is_gone(state)) return State::not_working;
  if (state == "modifying") {
    return answer.gap(GapKind::undocumented, "`" + std::string(name) + "` is `modifying`",
                      "collect again when it has settled", node);
  }
  return answer.lacking(name, "State", node["State"]);
}

// `enable` and `disable`; what older answers do not have is not known.
Value<bool> option(Answer& answer, Node options, const char* member, std::string_view name) {
  const std::string_view word = options[member].text();
  if (word == "enable") return true;
  if (word == "disable") return false;
  return answer.lacking(name, member, options[member]);
}

Value<AttachmentKind> attachment_kind(Answer& answer, Node node, std::string_view name) {
  const std::string_view type = node["ResourceType"].text();
  if (type == "vpc") return AttachmentKind::vpc;
  if (type == "peering" || type == "tgw-peering") return AttachmentKind::peering;
  if (type == "vpn" || type == "vpn-concentrator") return AttachmentKind::vpn;
  if (type == "direct-connect-gateway") return AttachmentKind::direct_connect;
  if (type == "connect") return AttachmentKind::connect;
  if (type.empty()) return answer.lacking(name, "ResourceType", node["ResourceType"]);
  return AttachmentKind::other;
}

// Every attribute of a new row is unknown until an answer says it.
AttachmentParts& parts_of(Answer& answer, TransitAttachmentId id, std::string_view name, Node node) {
  const auto [entry, is_new] = answer.work().transit.attachments.try_emplace(id);
  AttachmentParts& parts = entry->second;
  if (is_new) {
    parts.row.id = id;
    parts.row.head = answer.head(node, node["Tags"]);
    const GapId gap = answer.gap(GapKind::not_collected, "`" + std::string(name) + "` is in the input only in part",
                                 "aws ec2 describe-transit-gateway-attachments and -vpc-attachments", node);
    parts.row.kind = gap;
    parts.row.state = gap;
    parts.row.gateway = gap;
    parts.row.vpc = gap;
    parts.row.subnets.open = gap;
    parts.row.appliance_mode = gap;
    parts.row.ipv6 = gap;
    parts.row.group_referencing = gap;
    parts.row.dns_support = gap;
    parts.row.peer = gap;
  }
  return parts;
}

// One attribute as two answers have it: what is known stands, two that differ do not.
template <class T>
void settle(Answer& answer, AttachmentParts& parts, Value<T>& standing, const Value<T>& seen, Node node) {
  if (!seen.known()) {
    if (!standing.known()) standing = seen;
    return;
  }
  if (standing.known() && *standing != *seen) {
    parts.row.head.gap = answer.gap(GapKind::contradictory,
                                    "`" + answer.registry().texts.string(answer.registry().ids.id(parts.row.id)) +
                                        "` is in the input twice, with different contents",
                                    "remove the outdated file", node);
    return;
  }
  standing = seen;
}

void set_owner(Answer& answer, Node node, const char* member, AttachmentParts& parts) {
  if (const Node owner = node[member]; !owner.scalar().empty()) parts.row.head.account = answer.account_id(owner);
}

}  // namespace

void read_transit_gateways(Answer& answer) {
  for (const Node node : answer.root()["TransitGateways"].items()) {
    const std::string_view name = node["TransitGatewayId"].text();
    TransitGateway gateway;
    gateway.id = answer.id<TransitGatewayId>(name);
    if (!gateway.id) {
      unnamed(answer, node, "TransitGatewayId");
      continue;
    }
    if (node["State"].text() == "deleted") continue;
    gateway.head = answer.head(node, node["Tags"]);
    gateway.state = read_state(answer, node, name);
    gateway.group_referencing = option(answer, node["Options"], "SecurityGroupReferencingSupport", name);
    gateway.dns_support = option(answer, node["Options"], "DnsSupport", name);
    answer.put(answer.rows().transit_gateways, std::move(gateway), node);
  }
}

void read_transit_attachments(Answer& answer) {
  for (const Node node : answer.root()["TransitGatewayAttachments"].items()) {
    const std::string_view name = node["TransitGatewayAttachmentId"].text();
    const auto id = answer.id<TransitAttachmentId>(name);
    if (!id) {
      unnamed(answer, node, "TransitGatewayAttachmentId");
      continue;
    }
    AttachmentParts& parts = parts_of(answer, id, name, node);
    parts.gone = parts.gone || is_gone(node["State"].text());
    set_owner(answer, node, "TransitGatewayOwnerId", parts);
    const Value<AttachmentKind> kind = attachment_kind(answer, node, name);
    settle(answer, parts, parts.row.kind, kind, node);
    settle(answer, parts, parts.row.state, read_state(answer, node, name), node);
    settle(answer, parts, parts.row.gateway, answer.ref<TransitGatewayId>(node, "TransitGatewayId", name), node);
    if (kind.known() && *kind == AttachmentKind::vpc) {
      settle(answer, parts, parts.row.vpc, answer.ref<VpcId>(node, "ResourceId", name), node);
    } else if (kind.known()) {
      parts.row.vpc = VpcId();
    }
    const Node association = node["Association"];
    const std::string_view table = association["TransitGatewayRouteTableId"].text();
    const std::string_view state = association["State"].text();
    if (!table.empty() && (state == "associated" || state.empty())) {
      parts.has_association = true;
      parts.row.table = answer.id<TransitTableId>(table);
    } else if (!table.empty() && state != "disassociated") {
      parts.has_association = true;
      parts.row.table = answer.gap(GapKind::undocumented,
                                   "the association of `" + std::string(name) + "` is `" + std::string(state) + "`",
                                   "collect again when it has settled", node);
    } else if (!parts.has_association && answer.account_id(node["TransitGatewayOwnerId"]) == answer.account &&
               !answer.account.empty()) {
      // Only the gateway's owner sees associations; whether it is a policy table
      // instead, finish_transit asks.
      parts.has_association = true;
      parts.row.table = TransitTableId();
    }
  }
}

void read_transit_vpc_attachments(Answer& answer) {
  for (const Node node : answer.root()["TransitGatewayVpcAttachments"].items()) {
    const std::string_view name = node["TransitGatewayAttachmentId"].text();
    const auto id = answer.id<TransitAttachmentId>(name);
    if (!id) {
      unnamed(answer, node, "TransitGatewayAttachmentId");
      continue;
    }
    AttachmentParts& parts = parts_of(answer, id, name, node);
    parts.gone = parts.gone || is_gone(node["State"].text());
    settle(answer, parts, parts.row.kind, Value<AttachmentKind>(AttachmentKind::vpc), node);
    settle(answer, parts, parts.row.state, read_state(answer, node, name), node);
    settle(answer, parts, parts.row.gateway, answer.ref<TransitGatewayId>(node, "TransitGatewayId", name), node);
    settle(answer, parts, parts.row.vpc, answer.ref<VpcId>(node, "VpcId", name), node);
    const Node options = node["Options"];
    // Answers from before an option was there do not have it; then it was not there to be set.
    const auto older = [&](const char* member) {
      return options[member].absent() && options["DnsSupport"] ? Value<bool>(false)
                                                               : option(answer, options, member, name);
    };
    settle(answer, parts, parts.row.appliance_mode, older("ApplianceModeSupport"), node);
    settle(answer, parts, parts.row.ipv6, option(answer, options, "Ipv6Support", name), node);
    settle(answer, parts, parts.row.group_referencing, option(answer, options, "SecurityGroupReferencingSupport", name),
           node);
    settle(answer, parts, parts.row.dns_support, option(answer, options, "DnsSupport", name), node);
    List<SubnetId> subnets;
    for (const Node subnet : answer.list(node, "SubnetIds", name, subnets.open).items()) {
      subnets.items.push_back(answer.id<SubnetId>(subnet));
    }
    std::sort(subnets.items.begin(), subnets.items.end());
    if (parts.has_vpc && parts.row.subnets != subnets && !subnets.open) {
      parts.row.subnets.open =
          answer.gap(GapKind::contradictory, "the subnets of `" + std::string(name) + "` differ between two answers",
                     "remove the outdated file", node);
    } else if (!parts.has_vpc) {
      parts.row.subnets = std::move(subnets);
      parts.has_vpc = true;
    }
  }
}

// Both owners list a peering, each in its own Region: this one's side names the other.
void read_transit_peerings(Answer& answer) {
  for (const Node node : answer.root()["TransitGatewayPeeringAttachments"].items()) {
    const std::string_view name = node["TransitGatewayAttachmentId"].text();
    if (name.empty()) {
      unnamed(answer, node, "TransitGatewayAttachmentId");
      continue;
    }
    if (is_gone(node["State"].text())) continue;
    const std::string_view other_name = node["AccepterTransitGatewayAttachmentId"].text();
    struct Side {
      Node info;
      std::string_view id;
    };
    const Side sides[] = {{node["RequesterTgwInfo"], name},
                          {node["AccepterTgwInfo"], other_name.empty() ? name : other_name}};
    const auto region_of = [&](const Side& s) {
      return s.info["Region"].text().empty() ? answer.region : answer.text(s.info["Region"]);
    };
    for (int s = 0; s < 2; ++s) {
      const Side& here = sides[s];
      const Side& there = sides[1 - s];
      const std::string_view gateway = here.info["TransitGatewayId"].text();
      if (gateway.empty()) continue;  // a core network
      const auto id = answer.id_in<TransitAttachmentId>(region_of(here), here.id);
      AttachmentParts& parts = parts_of(answer, id, here.id, node);
      parts.row.head.region = region_of(here);
      set_owner(answer, here.info, "OwnerId", parts);
      settle(answer, parts, parts.row.kind, Value<AttachmentKind>(AttachmentKind::peering), node);
      settle(answer, parts, parts.row.state, read_state(answer, node, name), node);
      settle(answer, parts, parts.row.gateway,
             Value<TransitGatewayId>(answer.id_in<TransitGatewayId>(region_of(here), gateway)), node);
      parts.row.vpc = VpcId();
      if (there.info["TransitGatewayId"].text().empty()) continue;
      parts.row.peer = answer.id_in<TransitAttachmentId>(region_of(there), there.id);
      parts.has_peer = true;
    }
  }
}

// An attachment has a route table or a policy table, not both.
void read_transit_policy_tables(Answer& answer) {
  GapId gap;
  for (const Node node : answer.root()["TransitGatewayPolicyTables"].items()) {
    if (node["State"].text() == "deleted") continue;
    gap = answer.gap(GapKind::not_modelled,
                     "`" + std::string(node["TransitGatewayPolicyTableId"].text()) +
                         "` may route what enters by an attachment without route table",
                     {}, node);
  }
  answer.work().transit.policy_tables[{answer.account, answer.region}] = gap;
}

void finish_transit(Work& work) {
  Registry& registry = *work.registry;
  TransitParts& transit = work.transit;
  for (auto& [id, parts] : transit.attachments) {
    TransitAttachment& row = parts.row;
    const std::string name = registry.texts.string(registry.ids.id(id));
    if (parts.gone) {
      row.state = State::not_working;
      row.table = TransitTableId();
      work.change.put.transit_attachments.push_back(row);
      continue;
    }
    if (!parts.has_association || (row.table.known() && !*row.table)) {
      const auto seen = transit.associations.find(id);
      if (seen != transit.associations.end()) {
        row.table = seen->second;
        parts.has_association = true;
      }
    }
    if (!parts.has_association) {
      row.table =
          registry.gaps.add({GapKind::not_collected,
                             "which route table of the gateway `" + name + "` is associated with was not collected",
                             "collect the account of the gateway's owner, too", row.head.origin});
    } else if (row.table.known() && !*row.table) {
      const auto policies = transit.policy_tables.find({row.head.account, row.head.region});
      if (policies == transit.policy_tables.end()) {
        row.table =
            registry.gaps.add({GapKind::not_collected,
                               "`" + name + "` has no route table; whether it has a policy table was not collected",
                               "aws ec2 describe-transit-gateway-policy-tables", row.head.origin});
      } else if (policies->second) {
        row.table = policies->second;
      }
    }
    // Without the peerings' own answer: the same id in another Region is the other side.
    if (row.kind.known() && *row.kind == AttachmentKind::peering && !parts.has_peer) {
      std::vector<TransitAttachmentId> others;
      for (const auto& [other, _] : transit.attachments) {
        if (other != id && registry.ids.id(other) == registry.ids.id(id)) others.push_back(other);
      }
      row.peer = others.size() == 1
                     ? Value<TransitAttachmentId>(others.front())
                     : Value<TransitAttachmentId>(registry.gaps.add(
                           {GapKind::not_collected, "the other side of the peering `" + name + "` is not in the input",
                            "aws ec2 describe-transit-gateway-peering-attachments, and the other Region or account",
                            row.head.origin}));
    }
    if (!row.kind.known() || *row.kind != AttachmentKind::vpc) row.subnets = {};
    if (!row.kind.known()) row.subnets.open = row.kind.gap();
    work.change.put.transit_attachments.push_back(row);
  }
}

}  // namespace sallyport::read::snapshot
