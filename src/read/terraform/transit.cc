// Transit gateways: attachments, route tables with their associations, propagations and
// routes (TG-1, TG-2, TG-5, TG-9, TG-10).
#include <algorithm>

#include "read/planned/transit.h"
#include "read/terraform/families.h"

namespace sallyport::read::terraform {
namespace {

// `enable` or `disable`; `otherwise` where nothing is given.
Value<bool> option(const Block& b, const char* attribute, Value<bool> otherwise) {
  if (b.has(attribute) == Has::computed || b.has(attribute) == Has::nothing) return otherwise;
  const Value<Text> word = b.text(attribute);
  if (!word.known()) return word.gap();
  if (b.registry().view(*word) == "enable") return true;
  if (b.registry().view(*word) == "disable") return false;
  return b.not_understood(attribute);
}

// The default table of a gateway of this plan; empty if it has none, or is not in it.
TransitTableId default_table(const Block& gateway) {
  const Value<Text> id = meaning(gateway.work(), gateway.resource(), "association_default_route_table_id");
  return id.known() && !id->empty() ? gateway.id<TransitTableId>(*id) : TransitTableId();
}

// The parts of an attachment and a table that a resource joins.
struct Join {
  Value<TransitTableId> table;
  Value<TransitAttachmentId> attachment;
  GapId gap;  // set: it is not known which, or it goes away
};
Join join_of(const Block& b) {
  Join join{b.ref<TransitTableId>("transit_gateway_route_table_id"),
            b.ref<TransitAttachmentId>("transit_gateway_attachment_id"),
            {}};
  join.gap = !b.resource().stays()     ? beside(b.work())
             : !join.table.known()     ? join.table.gap()
             : join.attachment.known() ? GapId()
                                       : join.attachment.gap();
  return join;
}

template <class F>
void each_table(const Block& b, const Value<TransitTableId>& id, F f) {
  if (id.known()) return f(planned::transit_table_of(b.work(), *id, b.head()));
  for (TransitTable& row : b.work().change.put.transit_tables) {
    if (row.head.region == b.place().region) f(row);
  }
}

// Is the part as it stands in the base?
bool kept_in_base(const Block& b, const Value<TransitTableId>& table) {
  return b.resource().fate == Fate::kept && table.known() && b.work().base->transit_tables.find(*table) != nullptr;
}

}  // namespace

// Defaults: `default_route_table_association` and `_propagation` enable,
// `security_group_referencing_support` disable (EC2 API, TransitGatewayRequestOptions).
void read_transit_gateway(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> name = b.own_id();
  if (!name) return;
  TransitGateway row;
  row.id = b.id<TransitGatewayId>(*name);
  if (work.stands(work.base->transit_gateways, row.id, b.resource())) return;
  row.head = b.head();
  row.state = State::working;
  row.group_referencing = option(b, "security_group_referencing_support", false);
  row.dns_support = option(b, "dns_support", true);
  const bool is_new = b.resource().is_new();
  if (is_new) work.created.insert(row.id);
  planned::TransitDefaults& defaults = work.transit_defaults[row.id];
  defaults.associates = option(b, "default_route_table_association", true);
  defaults.propagates = option(b, "default_route_table_propagation", true);
  defaults.table = default_table(b);
  defaults.account = b.place().account;
  const bool has_table =
      !defaults.associates.known() || *defaults.associates || !defaults.propagates.known() || *defaults.propagates;
  if (!has_table) defaults.table = {};
  if (defaults.table) {
    TransitTable table;
    table.id = defaults.table;
    table.head = b.head();
    table.head.name = work.text("default route table of " + b.resource().address);
    table.gateway = row.id;
    if (is_new) {
      work.created.insert(table.id);
    } else {
      table.routes.open = table.propagations.open = beside(work);
    }
    work.put(work.change.put.transit_tables, std::move(table));
  }
  work.put(work.change.put.transit_gateways, std::move(row));
}

void read_transit_table(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> name = b.own_id();
  if (!name) return;
  TransitTable row;
  row.id = b.id<TransitTableId>(*name);
  if (work.stands(work.base->transit_tables, row.id, b.resource())) return;
  row.head = b.head();
  row.gateway = b.ref<TransitGatewayId>("transit_gateway_id");
  if (b.resource().is_new()) {
    work.created.insert(row.id);
  } else {
    row.routes.open = row.propagations.open = beside(work);
  }
  work.put(work.change.put.transit_tables, std::move(row));
}

// Defaults: `appliance_mode_support` and `ipv6_support` disable, association with and
// propagation into the gateway's default table (EC2 API, CreateTransitGatewayVpcAttachment).
void read_transit_vpc_attachment(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> name = b.own_id();
  if (!name) return;
  TransitAttachment row;
  row.id = b.id<TransitAttachmentId>(*name);
  if (work.stands(work.base->transit_attachments, row.id, b.resource())) return;
  row.head = b.head();
  row.kind = AttachmentKind::vpc;
  row.gateway = b.ref<TransitGatewayId>("transit_gateway_id");
  row.vpc = b.ref<VpcId>("vpc_id");
  row.subnets = b.refs<SubnetId>("subnet_ids", is_new_vpc(work, row.vpc));
  row.appliance_mode = option(b, "appliance_mode_support", false);
  row.ipv6 = option(b, "ipv6_support", false);
  row.group_referencing = option(b, "security_group_referencing_support", b.gap("security_group_referencing_support"));
  row.dns_support = option(b, "dns_support", true);
  if (b.resource().is_new()) work.created.insert(row.id);
  planned::attach(work, row, b.resource().is_new(),
                  {b.flag("transit_gateway_default_route_table_association", true),
                   b.flag("transit_gateway_default_route_table_propagation", true)});
}

// The side that the plan makes; the other one has the same id in its own Region.
void read_transit_peering(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> name = b.own_id();
  if (!name) return;
  TransitAttachment row;
  row.id = b.id<TransitAttachmentId>(*name);
  if (work.stands(work.base->transit_attachments, row.id, b.resource())) return;
  row.head = b.head();
  row.kind = AttachmentKind::peering;
  row.vpc = VpcId();
  row.gateway = b.ref<TransitGatewayId>("transit_gateway_id");
  row.table = TransitTableId();  // peerings are never associated by default
  if (!b.resource().is_new()) row.table = beside(work);
  const Value<Text> region = b.text("peer_region");
  if (region.known()) {
    row.peer = work.registry.ids.get<TransitAttachmentId>(*region, *name);
  } else {
    row.peer = region.gap();
  }
  row.state = b.gap("state");  // until somebody accepts it
  if (b.resource().is_new()) work.created.insert(row.id);
  work.put(work.change.put.transit_attachments, std::move(row));
}

void read_transit_accepter(const Block& b) {
  Work& work = b.work();
  const Value<Text> id = b.named("transit_gateway_attachment_id", Kind::transit_attachment);
  if (!id.known()) return;
  for (TransitAttachment& row : work.change.put.transit_attachments) {
    if (work.registry.ids.id(row.id) != *id) continue;
    row.state = b.resource().stays() ? Value<State>(State::working) : Value<State>(beside(work));
  }
}

void read_transit_association(const Block& b) {
  const Join join = join_of(b);
  if (kept_in_base(b, join.table)) return;
  if (join.attachment.known()) planned::attachment_of(b.work(), *join.attachment, b.head());
  for (TransitAttachment& row : b.work().change.put.transit_attachments) {
    if (join.attachment.known() ? row.id != *join.attachment : row.head.region != b.place().region) continue;
    row.table = join.gap ? Value<TransitTableId>(join.gap) : join.table;
  }
}

void read_transit_propagation(const Block& b) {
  const Join join = join_of(b);
  if (kept_in_base(b, join.table)) return;
  each_table(b, join.table, [&](TransitTable& table) {
    planned::propagate(table, join.attachment.known() ? *join.attachment : TransitAttachmentId(), join.gap);
  });
}

void read_transit_route(const Block& b) {
  const bool by_list = b.resource().type == "aws_ec2_transit_gateway_prefix_list_reference";
  const Value<TransitTableId> id = b.ref<TransitTableId>("transit_gateway_route_table_id");
  if (kept_in_base(b, id)) return;
  const bool was_there = b.resource().fate == Fate::changed || !b.resource().stays();
  const GapId gap = !id.known() ? id.gap() : was_there ? beside(b.work()) : GapId();
  if (gap) {
    each_table(b, id, [&](TransitTable& table) { table.routes.open = gap; });
    if (!b.resource().stays() || !id.known()) return;
  }
  TransitRoute route;
  route.place = b.origin();
  route.destination = everything(Family::v4);
  const auto destination = [&](const auto& value) {
    if (value.known()) {
      route.destination = *value;
    } else {
      route.gap = value.gap();
    }
  };
  if (by_list) {
    destination(b.ref<PrefixListId>("prefix_list_id"));
  } else {
    destination(b.prefix("destination_cidr_block"));
  }
  route.blackhole = b.flag("blackhole", false);
  const Value<TransitAttachmentId> attachment = b.ref<TransitAttachmentId>("transit_gateway_attachment_id");
  if (!attachment.known()) {
    route.gap = attachment.gap();
  } else if (*attachment) {
    route.attachments.push_back(*attachment);
  } else {
    route.blackhole = true;
  }
  each_table(b, id, [&](TransitTable& table) { table.routes.items.push_back(route); });
}

// What comes by BGP puts routes into the tables of a transit gateway, and no plan shows them. What hangs on a VPN
// gateway does not, but the gateway carries something then, or does no more.
// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html
void read_transit_routes_of_others(const Block& b) {
  Work& work = b.work();
  const bool vpn = b.resource().type != "aws_dx_gateway_association";
  if (b.resource().fate != Fate::kept) {
    const GapId later = work.registry.gaps.add(
        {GapKind::known_after_apply, "whether `" + b.resource().address + "` works is known after apply",
         "apply the plan and collect `aws ec2 describe-vpn-connections`", b.origin()});
    planned::doubt_vpn_gateways(work, b.place().region, later);
  }
  if (vpn && !b.gives_any("transit_gateway_id")) return;
  if (b.resource().fate == Fate::kept && !work.base->transit_gateways.empty()) return;
  const GapId gap = work.registry.gaps.add(
      {GapKind::not_modelled, "`" + b.resource().address + "` may put routes into transit gateways",
       "apply the plan and collect `aws ec2 search-transit-gateway-routes`", b.origin()});
  const Value<TransitGatewayId> gateway =
      b.gives_any("transit_gateway_id") ? b.ref<TransitGatewayId>("transit_gateway_id") : Value<TransitGatewayId>(gap);
  planned::open_tables_of(work, gateway, b.place().region, gap);
}

}  // namespace sallyport::read::terraform
